"""Root fields of the evidence: a recorded verdict, its replay, decisions nobody checked for."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from hub.api.check_arguments import Scenario
from hub.api.context import Info
from hub.api.evidence_types import Matter, RecordedVerdict, Replay, UncheckedMatters
from hub.api.list_arguments import PAGE, After, First
from hub.api.nodes import MOST, KeyPlace, PageInfo, check_first, key_cursor, parse_key_cursor
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.domain.things import Clocks
from hub.errors import InvalidPage
from hub.evidence.matters import MatterPlace, Unchecked

VerdictId = Annotated[str, argument("结论编号", "id of the verdict")]


@strawberry.type
class EvidenceQueries:
    @strawberry.field(
        description=both("留痕的结论，凭编号", "a verdict as recorded, by the id it was given with")
    )
    async def verdict(self, info: Info, id: VerdictId) -> RecordedVerdict:  # noqa: A002
        return RecordedVerdict.of(await info.context.hub.evidence.verdicts.find(id))

    @strawberry.field(
        description=both(
            "按原时点再问一次，与留痕逐字比对；不留痕",
            "asks again at the clocks of the verdict and compares; nothing is recorded",
        )
    )
    async def replay(self, info: Info, id: VerdictId) -> Replay:  # noqa: A002
        return Replay.of(await info.context.hub.evidence.replays.replay(id))

    @strawberry.field(
        description=both(
            "已登记而决定前没有核查的事项；为此事项、在同一场景、对同一主体、就查询之时核查的才算："
            "不是预测，核查时点不早于查询前一小时，所知为最新或不早于一小时，决定时未过 validUntil",
            "registered matters decided without a check before: one for the matter, in its"
            " scenario, on its subject, valid when it was decided and of the time of asking, which"
            " a forecast is not, nor what was so or known more than an hour before it was asked",
        )
    )
    async def decisions_without_check(
        self,
        info: Info,
        scenario: Scenario,
        start: Annotated[Millis, argument("决定时间起", "decided from", name="from")],
        end: Annotated[Millis, argument("决定时间止，不含", "decided before", name="to")],
        first: First = PAGE,
        after: After = None,
    ) -> UncheckedMatters:
        check_first(first)
        listed = ["decisionsWithoutCheck", scenario, start, end]
        place = MatterPlace(start) if after is None else _place(parse_key_cursor(listed, after))
        register = info.context.hub.evidence.matters
        page = await register.without_check(scenario, after=place, before=end, first=first)
        return UncheckedMatters(
            page_info=_page_info(page, listed, end), nodes=[Matter.of(one) for one in page.matters]
        )


def _page_info(page: Unchecked, listed: Sequence[object], end: Millis) -> PageInfo:
    """Its cursor holds the instant of decision and the digest of the name."""
    if page.end is None:
        return PageInfo(has_next_page=False, end_cursor=None)
    place = KeyPlace(Clocks(page.end.decided_at, end), page.end.name.hex())
    return PageInfo(has_next_page=True, end_cursor=key_cursor(listed, place))


def _place(place: KeyPlace) -> MatterPlace:
    """Raises `InvalidPage`."""
    try:
        return MatterPlace(place.clocks.at, bytes.fromhex(place.key))
    except ValueError as error:
        raise InvalidPage("after", MOST) from error
