"""Root fields of the law: the rule set in force at the clocks, and its parts."""

from collections.abc import Iterable
from typing import Annotated

import strawberry

from hub.api.clock_arguments import EffectiveAt, KnownAt, asked_clocks
from hub.api.context import Info
from hub.api.enums import InfoCategory, RecordKind, RuleKind
from hub.api.law_types import (
    Behaviour,
    Law,
    LegalBasis,
    Measure,
    Rule,
    RuleSet,
    Scenario,
    list_kinds,
    triggered,
)
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.errors import UnknownCode, UnknownScenario


@strawberry.type
class LawQueries:
    @strawberry.field(description=both("应用场景", "the scenarios"))
    async def scenarios(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[Scenario]:
        law = await _law(info, effective_at, known_at)
        return [Scenario.of(scenario, law) for scenario in law.catalogue.scenarios.values()]

    @strawberry.field(description=both("失信行为清单", "the list of dishonest behaviours"))
    async def behaviours(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[Behaviour]:
        law = await _law(info, effective_at, known_at)
        return [Behaviour.of(behaviour, law) for behaviour in law.catalogue.behaviours.values()]

    @strawberry.field(description=both("惩戒措施", "the measures"))
    async def measures(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[Measure]:
        law = await _law(info, effective_at, known_at)
        return [Measure.of(measure, law) for measure in law.catalogue.measures.values()]

    @strawberry.field(description=both("规则", "the rules"))
    async def rules(
        self,
        info: Info,
        kind: Annotated[RuleKind | None, argument("只要此种类", "of this kind only")] = None,
        scenario: Annotated[
            str | None, argument("只要在此场景有后果的", "with an effect in this scenario only")
        ] = None,
        behaviour: Annotated[
            str | None, argument("只要由此失信行为触发的", "triggered by this behaviour only")
        ] = None,
        category: Annotated[
            InfoCategory | None,
            argument("只要由此信息类别触发的", "triggered by this category of information only"),
        ] = None,
        record_kind: Annotated[
            RecordKind | None,
            argument("只要由此种记录触发的", "triggered by this kind of record only"),
        ] = None,
        list_kind: Annotated[
            str | None, argument("只要由此种名单触发的", "triggered by this kind of list only")
        ] = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> list[Rule]:
        law = await _law(info, effective_at, known_at)
        if scenario is not None and scenario not in law.catalogue.scenarios:
            raise UnknownScenario(scenario, [*law.catalogue.scenarios])
        _require_code("behaviour", behaviour, law.catalogue.behaviours)
        _require_code("listKind", list_kind, list_kinds(law.catalogue))
        return law.rules(
            lambda rule: (
                (kind is None or rule.kind is kind)
                and (scenario is None or scenario in rule.scenarios)
                and triggered(
                    rule,
                    behaviour=behaviour,
                    category=category,
                    record_kind=record_kind,
                    list_kind=list_kind,
                )
            )
        )

    @strawberry.field(description=both("法律依据", "the legal bases"))
    async def legal_bases(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[LegalBasis]:
        law = await _law(info, effective_at, known_at)
        return [LegalBasis.of(basis, law) for basis in law.catalogue.legal_bases.values()]

    @strawberry.field(
        description=both(
            "施行中的规则集，或指定序号的一号", "the rule set in force, or the one of that number"
        )
    )
    async def rule_set(
        self,
        info: Info,
        number: Annotated[int | None, argument("序号", "number, whatever its state")] = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> RuleSet:
        if number is None:
            return RuleSet.of(await _law(info, effective_at, known_at))
        clocks = asked_clocks(info, effective_at, known_at)
        catalogue = await info.context.hub.catalogues.named(str(number), clocks.known_at)
        return RuleSet.of(Law(catalogue, clocks))


async def _law(info: Info, at: Millis | None, known_at: Millis | None) -> Law:
    """The rule set in force at the clocks. Raises `NoRuleSetInForce`, `KnownAtInFuture`."""
    return await info.context.loaders.law(asked_clocks(info, at, known_at))


def _require_code(argument: str, code: str | None, known: Iterable[str]) -> None:
    """Raises `UnknownCode`: an empty list would say that no rule names it."""
    if code is not None and code not in (codes := [*known]):
        raise UnknownCode(argument, code, codes)
