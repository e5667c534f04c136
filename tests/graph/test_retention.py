"""An archived record is found by nobody, but by questions of earlier clocks."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from hub.domain.clocks import Millis, Span, day_start
from hub.domain.facts import Entity, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks, PageAsk, Shape
from hub.graph.relations import relations
from hub.graph.retention import Archivist, Due
from hub.wiring import Hub, now
from tests.graph.small_worlds import World, read
from tests.worlds import KEPT_FIVE_YEARS, fresh_name

BEGUN, COUNTED = day_start(date(2018, 3, 1)), day_start(date(2019, 3, 1))
ARCHIVED = day_start(date(2024, 3, 1))


@dataclass
class Case:
    hub: Hub
    subject: SubjectId
    determiner: SubjectId
    record: str
    name: str
    before: Millis

    async def arrives(self, at: Millis, known_at: Millis | None = None) -> bool:
        known = await read(self.hub, self.subject, at, known_at)
        return any(came.holds(at) for came in known.arrivals)

    async def listed(self, at: Millis) -> tuple[int, int]:
        ask = PageAsk(self.subject, Clocks(at, None), first=10)
        relation = relations()["Unit.records"]
        [page] = await self.hub.navigator.pages(relation, Shape(), [ask])
        assert page is not None
        return page.total, len(page.rows)

    async def found(self) -> list[Ref]:
        found = await self.hub.names.search(self.name, at=now(), known_at=None)
        return [item.ref for item in found.items]

    async def joined(self) -> int:
        start, end = Ref("Unit", self.subject), Ref("Unit", self.determiner)
        found = await self.hub.paths.paths(start=start, end=end, at=now(), known_at=None)
        return len(found.paths)

    async def due(self) -> Due | None:
        return await _due(self.hub, self.record)


async def _due(hub: Hub, record: str) -> Due | None:
    archivist = await _archivist(hub)
    found = [due async for due in archivist.due() if due.before.code == record]
    return found[0] if found else None


async def _archivist(hub: Hub, at: Millis | None = None) -> Archivist:
    law = await hub.catalogues.current()
    return Archivist(hub.door, KEPT_FIVE_YEARS, law, now=at or now())


@pytest.fixture(scope="module")
async def case(demo: Hub) -> Case:
    world = World()
    subject, determiner = world.unit(), world.unit()
    told = {"countsUntil": COUNTED, "publicUntil": COUNTED}
    record = world.determined(subject, determiner, BEGUN, **told)
    name = fresh_name("示例归档记录")
    [thing] = [each for each in world.entities if each.ref.id == record]
    world.entities.remove(thing)
    world.entities.append(replace(thing, properties={"synthetic": True, "name": name}))
    before = await world.enter(demo)
    case = Case(demo, subject, determiner, record, name, before)
    assert await case.arrives(now())
    assert (await case.listed(now()), await case.joined()) == ((1, 1), 1)
    assert Ref("CreditRecord", record) in await case.found()
    due = await case.due()
    assert due is not None
    assert due.at == ARCHIVED
    archivist = await _archivist(demo)
    await archivist.archive(due, writer="test", is_gone=lambda _holder: False)
    return case


async def test_no_check_list_search_or_path_finds_it(case: Case) -> None:
    assert not await case.arrives(now())
    assert (await case.listed(now()), await case.joined()) == ((0, 0), 0)
    assert Ref("CreditRecord", case.record) not in await case.found()
    [thing] = await case.hub.navigator.things(
        "CreditRecord", None, [(case.record, Clocks(now(), None))]
    )
    assert thing is not None
    assert thing[1]["shown"] is False


async def test_questions_of_earlier_clocks_find_it(case: Case) -> None:
    assert await case.arrives(now(), case.before)
    around = [await case.arrives(Millis(ARCHIVED + step)) for step in (-1, 0, 1)]
    assert around == [True, False, False]


async def test_it_is_archived_once(case: Case) -> None:
    assert await case.due() is None


async def test_what_is_not_kept_long_enough_is_not_due(demo: Hub) -> None:
    due = [each async for each in (await _archivist(demo, ARCHIVED)).due()]

    assert [each for each in due if each.at > ARCHIVED] == []


async def test_what_a_rule_looks_back_on_from_its_document_is_kept_for_a_term_from_then_on(
    demo: Hub,
) -> None:
    world = World()
    fined = world.record(
        world.unit(),
        labels=("Penalty",),
        stands=Span(BEGUN),
        eventAt=BEGUN,
        countsUntil=COUNTED,
        publicUntil=COUNTED,
    )
    document = Ref("Document", fresh_name("D-TEST"))
    world.entities.append(Entity(document, properties={"issuedOn": "2018-06-01"}))
    world.edge("EVIDENCED_BY", Ref("CreditRecord", fined), document)
    await world.enter(demo)

    due = await _due(demo, fined)

    assert due is not None
    assert due.at == day_start(date(2026, 6, 1))
