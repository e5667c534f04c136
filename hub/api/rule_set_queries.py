"""The root field that lists every rule set, drafts among them, with its states."""

from typing import Self

import strawberry

from hub.api.clock_arguments import KnownAt, asked_clocks
from hub.api.context import Info
from hub.api.enums import RuleSetStatus
from hub.api.law_types import Law, RuleSet, end_or_none
from hub.api.words import both, told
from hub.domain import rule_sets
from hub.domain.clocks import Millis
from hub.domain.things import Clocks


@strawberry.type(description=both("规则集的一段状态", "rule set: one state of it"))
class RuleSetState:
    status: RuleSetStatus = told("状态", "status")
    valid_from: Millis = told("自", "from")
    valid_to: Millis | None = told("至（不含），未定为空", "until, excluded; null while open")
    document: str | None = told("公布或取代它的文号", "document that published or superseded it")

    @classmethod
    def of(cls, state: rule_sets.RuleSetState) -> Self:
        return cls(
            status=state.status,
            valid_from=state.valid.start,
            valid_to=end_or_none(state.valid),
            document=state.document,
        )


@strawberry.type(description=both("已知的规则集", "rule set as it is known, whatever its state"))
class KnownRuleSet:
    number: int = told("序号", "number")
    content_hash: str = told("内容摘要 SHA-256", "SHA-256 of its content")
    states: list[RuleSetState] = told("历次状态", "its states, in the order in which they hold")
    clocks: strawberry.Private[Clocks]

    @strawberry.field(description=both("内容", "its content"))
    async def rule_set(self, info: Info) -> RuleSet:
        catalogues = await info.context.hub.catalogues.by_hash([self.content_hash])
        return RuleSet.of(Law(catalogues[self.content_hash], self.clocks))


@strawberry.type
class RuleSetQueries:
    @strawberry.field(
        description=both("全部规则集及其状态，含草案", "every rule set with its states, drafts too")
    )
    async def rule_sets(self, info: Info, known_at: KnownAt = None) -> list[KnownRuleSet]:
        clocks = asked_clocks(info, None, known_at)
        return [
            KnownRuleSet(
                number=one.number,
                content_hash=one.content_hash,
                states=[RuleSetState.of(state) for state in one.states],
                clocks=clocks,
            )
            for one in await info.context.hub.catalogues.known(clocks.known_at)
        ]
