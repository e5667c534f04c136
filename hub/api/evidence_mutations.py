"""What callers add to the evidence; nothing of it is ever changed."""

from typing import Annotated

import strawberry

from hub.api.check_arguments import Scenario
from hub.api.context import Info
from hub.api.enums import ReviewDecision
from hub.api.evidence_queries import VerdictId
from hub.api.evidence_types import Matter, RecordedVerdict
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.domain.identifiers import parse_subject_id
from hub.errors import UnknownScenario
from hub.evidence import matters


@strawberry.type(description=both("诚信枢纽的登记", "what is handed in"))
class Mutation:
    @strawberry.mutation(
        description=both(
            "人工复核：确认或推翻一个待复核的结论，须写明理由；最后一次为准",
            "confirm or overturn a provisional verdict, with reasons; the last review counts",
        )
    )
    async def review_verdict(
        self,
        info: Info,
        id: VerdictId,  # noqa: A002
        decision: Annotated[ReviewDecision, argument("决定", "the decision")],
        reviewer: Annotated[str, argument("复核人", "who reviews")],
        reasons: Annotated[str, argument("理由", "the reasons")],
    ) -> RecordedVerdict:
        store = info.context.hub.evidence.verdicts
        recorded = await store.find(id)
        await store.reviews.add(recorded, decision, reviewer=reviewer, reasons=reasons)
        return RecordedVerdict.of(await store.find(id))

    @strawberry.mutation(
        description=both(
            "登记一项决策，以便查明决定前有无核查；重复登记须内容相同",
            "register a decision, to see whether it was checked before; again only as the same",
        )
    )
    async def register_matter(
        self,
        info: Info,
        matter: Annotated[str, argument("事项，与核查时所给相同", "as given to its checks")],
        scenario: Scenario,
        decided_at: Annotated[Millis, argument("作出决定的时间", "when it was decided")],
        subject: Annotated[str | None, argument("所涉主体", "whom it is about")] = None,
        organ: Annotated[str | None, argument("作出决定的机关", "who decides")] = None,
    ) -> Matter:
        hub = info.context.hub
        known = (await hub.catalogues.current()).scenarios
        if scenario not in known:
            raise UnknownScenario(scenario, list(known))
        registered = matters.Matter(
            name=matter,
            scenario=scenario,
            decided_at=decided_at,
            subject=None if subject is None else parse_subject_id(subject),
            organ=organ,
        )
        await hub.evidence.matters.register(registered)
        return Matter.of(registered)
