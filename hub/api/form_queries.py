"""Root fields of the check in its larger forms: many subjects, every scenario, a whole region."""

from typing import Annotated

import strawberry

from hub.api.check_arguments import Authorisation, Capacity, Matter, Purpose, Scenario, Subject
from hub.api.clock_arguments import EffectiveAt, KnownAt, known_at_of
from hub.api.context import Info, core_info
from hub.api.enums import Outcome
from hub.api.form_types import (
    CheckedItem,
    CheckedMany,
    Matrix,
    MatrixCell,
    RestrictedUnits,
    SubjectError,
)
from hub.api.list_arguments import PAGE, After, First
from hub.api.nodes import check_first, parse_key_cursor
from hub.api.selections import selected
from hub.api.verdict_types import Verdict
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.domain.forms import ManyAsk, RestrictedAsk
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Verdict as Decided
from hub.errors import HubError


@strawberry.type
class FormQueries:
    @strawberry.field(
        description=both(
            "批量核查：至多一千个主体，一项有误不影响其他",
            "check many: at most 1,000 subjects, one of them wrong spoils nothing",
        )
    )
    async def check_many(
        self,
        info: Info,
        subjects: Annotated[
            list[str],
            argument("主体标识，至多一千个，可重复", "identifiers, at most 1,000, also repeated"),
        ],
        scenario: Scenario,
        capacity: Capacity = None,
        purpose: Purpose = None,
        matter: Matter = None,
        authorisation: Authorisation = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> CheckedMany:
        ask = ManyAsk(
            subjects=subjects,
            scenario=scenario,
            capacity=capacity,
            effective_at=effective_at,
            known_at=known_at,
            purpose=purpose,
            matter=matter,
            authorisation=authorisation,
        )
        return await _checked_many(info, ask)

    @strawberry.field(
        description=both(
            "一个单位在全部场景与身份下的结论，只用于单位",
            "one unit in every scenario and capacity; for units only",
        )
    )
    async def matrix(
        self,
        info: Info,
        subject: Subject,
        purpose: Purpose = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Matrix:
        hub = info.context.hub
        matrix = await hub.checks.matrix(
            parse_subject_id(subject), effective_at=effective_at, known_at=known_at, purpose=purpose
        )
        return Matrix(
            effective_at=matrix.clocks.at,
            known_at=known_at_of(matrix.clocks),
            cells=[MatrixCell.of(one) for one in await hub.answered(matrix.verdicts)],
        )

    @strawberry.field(
        description=both(
            "区划内受限的单位，只用于单位；结论为未覆盖的单位，要问到 UNCOVERED 才列出",
            "restricted units of a region; those not covered are listed from UNCOVERED down",
        )
    )
    async def restricted(
        self,
        info: Info,
        scenario: Scenario,
        region: Annotated[
            str, argument("行政区划代码，含其下各级区划", "division code; divisions under it too")
        ],
        capacity: Capacity = None,
        at_least: Annotated[
            Outcome, argument("结论至少为此", "at least this outcome")
        ] = Outcome.RESTRICT,
        purpose: Purpose = None,
        first: First = PAGE,
        after: After = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> RestrictedUnits:
        ask = RestrictedAsk(region.strip(), scenario, capacity, at_least, purpose)
        return await _restricted(info, ask, first, after, (effective_at, known_at))


async def _checked_many(info: Info, ask: ManyAsk) -> CheckedMany:
    """A subject that was given twice is answered twice and checked once."""
    hub = info.context.hub
    many = await hub.checks.many(ask)
    given = {one.id: one for one in many.answers if isinstance(one, Decided)}
    explained = await hub.answered([*given.values()])
    verdicts = {one.verdict.id: Verdict.of(one) for one in explained}
    return CheckedMany(
        effective_at=many.clocks.at,
        known_at=known_at_of(many.clocks),
        items=[
            CheckedItem(
                position=position,
                subject=subject,
                verdict=verdicts[one.id] if isinstance(one, Decided) else None,
                error=SubjectError.of(one) if isinstance(one, HubError) else None,
            )
            for position, (subject, one) in enumerate(zip(ask.subjects, many.answers, strict=True))
        ],
    )


async def _restricted(
    info: Info,
    ask: RestrictedAsk,
    first: int,
    after: str | None,
    asked: tuple[Millis | None, Millis | None],
) -> RestrictedUnits:
    check_first(first)
    lists, core = info.context.hub.restricted, core_info(info)
    listed = ["restricted", ask.region, ask.scenario, ask.capacity, ask.at_least]
    asked, key = (asked, "") if after is None else parse_key_cursor(listed, after)
    clocks = await lists.clocks(ask, *asked)
    page = await lists.page(ask, clocks, first=first, after=key)
    total = None
    if "totalCount" in selected(core.field_nodes, core.fragments):
        whole = after is None and page.go_on_after is None
        total = len(page.verdicts) if whole else await lists.count(ask, clocks)
    explained = await info.context.hub.answered(page.verdicts)
    return RestrictedUnits.of(listed, page, explained, total)
