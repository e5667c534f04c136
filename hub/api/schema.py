"""The schema: one root field an idea, arguments everywhere the same."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.api.context import Info
from hub.api.enums import RuleKind
from hub.api.errors import PublicErrors, Schema
from hub.api.graph_types import Official, Record, Region, Unit
from hub.api.law_types import Behaviour, LegalBasis, Rule, Scenario
from hub.api.nodes import Node, parse_global_id
from hub.api.scalars import SCALARS
from hub.api.verdict_types import Verdict
from hub.api.words import argument, both
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, format_instant
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.errors import KnownAtInFuture, NodeNotFound, UnitNotFound

EffectiveAt = Annotated[
    Millis | None, argument("核查时点，默认现在", "instant in the world; now by default")
]
KnownAt = Annotated[
    Millis | None,
    argument("所知截至，默认最新；不得晚于现在", "as of whose knowledge; the newest by default"),
]
"""Both clocks, as every root field takes them."""


async def catalogue_at(info: Info, at: Millis | None, known_at: Millis | None) -> Catalogue:
    """The rule set in force at the clocks. Raises `NoRuleSetInForce`, `KnownAtInFuture`."""
    return await info.context.hub.catalogues.in_force(*_clocks(info, at, known_at))


def _clocks(info: Info, at: Millis | None, known_at: Millis | None) -> tuple[Millis, Millis | None]:
    now = info.context.now
    if known_at is not None and known_at > now:
        raise KnownAtInFuture(format_instant(known_at), format_instant(now))
    return now if at is None else at, known_at


@strawberry.type(description=both("诚信枢纽的查询", "queries of the hub"))
class Query:
    @strawberry.field(
        description=both(
            "核查：主体在场景下受何限制，依据何法，经何路径，截至何时",
            "check: what restricts the subject in the scenario, on which law, by which path",
        )
    )
    async def check(
        self,
        info: Info,
        subject: Annotated[
            str,
            argument(
                "统一社会信用代码、人员编号 P-… 或境外标识 方案:值",
                "credit code, person id P-… or foreign scheme:value",
            ),
        ],
        scenario: Annotated[str, argument("应用场景编码", "code of the scenario")],
        capacity: Annotated[
            str | None,
            argument(
                "参与身份；场景有多种时必填", "capacity; required where the scenario has several"
            ),
        ] = None,
        purpose: Annotated[str | None, argument("用途", "purpose of the check")] = None,
        matter: Annotated[str | None, argument("所服务的事项", "the decision served")] = None,
        authorisation: Annotated[
            str | None, argument("授权文书", "document of authorisation")
        ] = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Verdict:
        ask = Ask(
            subject=parse_subject_id(subject),
            scenario=scenario,
            capacity=capacity,
            effective_at=effective_at,
            known_at=known_at,
            purpose=purpose,
            matter=matter,
            authorisation=authorisation,
        )
        return Verdict.of(await info.context.hub.check(ask))

    @strawberry.field(description=both("按全局标识取对象", "anything by its global id"))
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, argument("全局标识", "global id")],  # noqa: A002
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Node:
        kind, code = parse_global_id(id)
        find = _FINDERS.get(kind)
        found = None if find is None else await find(info, code, effective_at, known_at)
        if found is None:
            raise NodeNotFound(id)
        return found

    @strawberry.field(description=both("单位", "a unit"))
    async def unit(
        self,
        info: Info,
        code: Annotated[
            str, argument("统一社会信用代码或境外标识", "credit code or foreign scheme:value")
        ],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Unit:
        subject = parse_subject_id(code)
        found = await _unit(info, subject, effective_at, known_at)
        if found is None:
            raise UnitNotFound(subject)
        return found

    @strawberry.field(description=both("公职人员", "a public official"))
    async def official(
        self,
        info: Info,
        code: Annotated[str, argument("人员编号 P-…", "person id P-…")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Official:
        return await _official(info, parse_subject_id(code), effective_at, known_at)

    @strawberry.field(description=both("信用记录", "a record"))
    async def record(
        self,
        info: Info,
        code: Annotated[str, argument("记录编号", "code of the record")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Record:
        found = await _record(info, code, effective_at, known_at)
        if found is None:
            raise NodeNotFound(code)
        return found

    @strawberry.field(description=both("行政区划", "an administrative division"))
    async def region(
        self,
        info: Info,
        code: Annotated[str, argument("行政区划代码", "division code")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Region:
        found = await _region(info, code, effective_at, known_at)
        if found is None:
            raise NodeNotFound(code)
        return found

    @strawberry.field(description=both("应用场景", "the scenarios"))
    async def scenarios(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[Scenario]:
        catalogue = await catalogue_at(info, effective_at, known_at)
        return [Scenario.of(scenario, catalogue) for scenario in catalogue.scenarios.values()]

    @strawberry.field(description=both("失信行为清单", "the list of dishonest behaviours"))
    async def behaviours(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[Behaviour]:
        catalogue = await catalogue_at(info, effective_at, known_at)
        return [Behaviour.of(behaviour, catalogue) for behaviour in catalogue.behaviours.values()]

    @strawberry.field(description=both("规则", "the rules"))
    async def rules(
        self,
        info: Info,
        kind: Annotated[RuleKind | None, argument("只要此种类", "of this kind only")] = None,
        scenario: Annotated[
            str | None, argument("只要在此场景有后果的", "with an effect in this scenario only")
        ] = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> list[Rule]:
        catalogue = await catalogue_at(info, effective_at, known_at)
        return [
            Rule.of(rule, catalogue)
            for rule in catalogue.rules.values()
            if (kind is None or rule.kind is kind)
            and (scenario is None or any(scenario in e.scenarios for e in rule.effects))
        ]

    @strawberry.field(description=both("法律依据", "the legal bases"))
    async def legal_bases(
        self, info: Info, effective_at: EffectiveAt = None, known_at: KnownAt = None
    ) -> list[LegalBasis]:
        catalogue = await catalogue_at(info, effective_at, known_at)
        return [LegalBasis.of(basis) for basis in catalogue.legal_bases.values()]


async def _unit(info: Info, code: str, at: Millis | None, known_at: Millis | None) -> Unit | None:
    found = await info.context.hub.navigator.unit(code, *_clocks(info, at, known_at))
    return None if found is None else Unit.of(found)


async def _official(info: Info, code: str, at: Millis | None, known_at: Millis | None) -> Official:
    return Official.of(
        await info.context.hub.navigator.official(code, *_clocks(info, at, known_at))
    )


async def _record(
    info: Info, code: str, at: Millis | None, known_at: Millis | None
) -> Record | None:
    """Records about real persons are not shown before there is a purpose to show them for."""
    found = await info.context.hub.navigator.record(code, *_clocks(info, at, known_at))
    if found is None or (found.about is None and not found.synthetic):
        return None
    return Record.of(found)


async def _region(
    info: Info, code: str, at: Millis | None, known_at: Millis | None
) -> Region | None:
    found = await info.context.hub.navigator.region(code, *_clocks(info, at, known_at))
    return None if found is None else Region.of(found)


async def _scenario(
    info: Info, code: str, at: Millis | None, known_at: Millis | None
) -> Scenario | None:
    catalogue = await catalogue_at(info, at, known_at)
    found = catalogue.scenarios.get(code)
    return None if found is None else Scenario.of(found, catalogue)


async def _behaviour(
    info: Info, code: str, at: Millis | None, known_at: Millis | None
) -> Behaviour | None:
    catalogue = await catalogue_at(info, at, known_at)
    found = catalogue.behaviours.get(code)
    return None if found is None else Behaviour.of(found, catalogue)


async def _rule(info: Info, code: str, at: Millis | None, known_at: Millis | None) -> Rule | None:
    catalogue = await catalogue_at(info, at, known_at)
    found = catalogue.rules.get(code)
    return None if found is None else Rule.of(found, catalogue)


async def _legal_basis(
    info: Info, code: str, at: Millis | None, known_at: Millis | None
) -> LegalBasis | None:
    found = (await catalogue_at(info, at, known_at)).legal_bases.get(code)
    return None if found is None else LegalBasis.of(found)


_FINDERS = {
    "Unit": _unit,
    "Official": _official,
    "Record": _record,
    "Region": _region,
    "Scenario": _scenario,
    "Behaviour": _behaviour,
    "Rule": _rule,
    "LegalBasis": _legal_basis,
}

schema = Schema(
    query=Query,
    types=[Unit, Official, Record, Region, Scenario, Behaviour, Rule, LegalBasis],
    extensions=[PublicErrors],
    config=StrawberryConfig(scalar_map=SCALARS),
)
