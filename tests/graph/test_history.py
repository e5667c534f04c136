"""All versions of a fact and of all about a thing, with both spans and where each came from."""

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.history import History, VersionPlace
from hub.errors import NodeNotFound, UnitsOnly
from hub.graph.entry import enter
from hub.graph.history import HistoryReader, fact_key_of
from hub.wiring import Hub
from tests.graph.small_worlds import FROM, TO, World, id_of
from tests.worlds import EVER, batch, unit

BUREAU = Ref("Unit", "11159900990000236Y")


async def _of_fact(hub: Hub, fact: Fact, known_at: Millis | None = None) -> History:
    key = fact_key_of(id_of(fact))
    assert key is not None
    return await HistoryReader(hub.door).of_fact(
        key, known_at=known_at, first=10, after=VersionPlace()
    )


async def _of_thing(hub: Hub, thing: Ref, first: int = 100) -> History:
    return await HistoryReader(hub.door).of_thing(
        thing, known_at=None, first=first, after=VersionPlace()
    )


async def test_every_version_of_a_fact_is_told_with_both_spans(hub: Hub) -> None:
    world = World()
    who, where = world.person(), world.unit()
    heir = world.unit()
    fact = world.edge("SUCCEEDED_BY", Ref("Unit", where), Ref("Unit", heir), scope=("ALL",))
    world.post(who, where)
    first = await world.enter(hub)
    ends = Ref("Unit", where), Ref("Unit", heir)
    told = {"scope": ("PPP",), "docNo": "示并2号"}
    world.facts.append(Fact("SUCCEEDED_BY", ends[0], Span(FROM, TO), ends[1], "", told))
    second = await world.enter(hub)

    history = await _of_fact(hub, fact)

    assert [(v.fact_id, v.valid, v.recorded) for v in history.versions] == [
        (id_of(fact), EVER, Span(first, second)),
        (id_of(fact, 2), Span(FROM, TO), Span(second)),
    ]
    assert (history.versions[0].start, history.versions[0].end) == ends
    assert history.versions[1].told == {"scope": ["PPP"], "docNo": "示并2号"}
    assert [v.entered_by for v in history.versions] == ["TEST", "TEST"]
    assert (history.more, history.complete) == (False, True)


async def test_a_version_is_seen_from_the_instant_it_became_known(hub: Hub) -> None:
    code = World().unit()
    [entity, fact] = unit(code, name="示例单位甲")
    first = await _entered(hub, entity, fact)
    second = await _entered(hub, entity, unit(code, name="示例单位乙")[1])

    seen = [
        [v.recorded for v in (await _of_fact(hub, fact, Millis(at))).versions]
        for at in (first, second - 1, second, second + 1)
    ]

    assert seen[0] == seen[1] == [Span(first, OPEN_END)]
    assert seen[2] == seen[3] == [Span(first, second), Span(second)]
    with pytest.raises(NodeNotFound):
        await _of_fact(hub, fact, Millis(first - 1))


async def _entered(hub: Hub, entity: Entity, fact: Fact) -> Millis:
    return await enter(hub.door, batch([entity], [fact]), writer="test")


async def test_a_thing_tells_all_about_it_with_its_import_and_in_pages(demo: Hub) -> None:
    whole = (await _of_thing(demo, BUREAU)).versions
    reader, place, paged = HistoryReader(demo.door), VersionPlace(), [*whole[:0]]
    while True:
        page = await reader.of_thing(BUREAU, known_at=None, first=3, after=place)
        paged += page.versions
        if not page.more:
            break
        place = page.versions[-1].place

    assert paged == [*whole]
    assert {"UnitState", "IN_REGION", "ABOUT", "PARTY_TO", "OWES"} <= {v.kind for v in whole}
    assert {v.source.code for v in whole} == {"DEMO"}
    assert all(v.entered_by is None for v in whole)
    assert [v.place for v in whole] == sorted(v.place for v in whole)


async def test_nothing_is_told_of_persons(demo: Hub) -> None:
    person = Ref("Person", "P-159900-0074")
    post = Fact("HOLDS_POST", person, EVER, BUREAU)
    with pytest.raises(UnitsOnly):
        await _of_thing(demo, person)
    with pytest.raises(UnitsOnly):
        await _of_thing(demo, Ref("Person", "P-159900-8888"))
    with pytest.raises(UnitsOnly):
        await _of_fact(demo, post)

    kinds = {v.kind for v in (await _of_thing(demo, Ref("Unit", "111599009900001646"))).versions}
    assert not kinds & {"HOLDS_POST", "SIGNED"}


async def test_a_record_about_a_person_is_answered_like_none(demo: Hub) -> None:
    [row] = await demo.door.read(
        """MATCH (r:CreditRecord)-[:ABOUT]->(:Person {id: 'P-159900-0074'})
        MATCH (r)-[:STANDS]->(s) RETURN r.id AS code, s.factId AS fact ORDER BY code LIMIT 1"""
    )
    key = fact_key_of(str(row["fact"]))
    assert key is not None
    with pytest.raises(NodeNotFound):
        await _of_thing(demo, Ref("CreditRecord", str(row["code"])))
    with pytest.raises(NodeNotFound):
        await HistoryReader(demo.door).of_fact(key, known_at=None, first=1, after=VersionPlace())
    [organ] = await demo.door.read(
        """MATCH (:CreditRecord {id: $code})-[:DETERMINED_BY]->(u) RETURN u.id AS code""",
        code=row["code"],
    )
    told = (await _of_thing(demo, Ref("Unit", str(organ["code"])))).versions
    assert row["code"] not in {v.start.id for v in told}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("UnitState-o275n5vla2e4peqpvhjx.1", "UnitState-o275n5vla2e4peqpvhjx"),
        ("UnitState-o275n5vla2e4peqpvhjx", "UnitState-o275n5vla2e4peqpvhjx"),
        ("HAS_STATE-o275n5vla2e4peqpvhjx.1", None),
        ("UnitState-short.1", None),
        ("Nothing-o275n5vla2e4peqpvhjx.1", None),
    ],
)
def test_the_key_of_a_fact_is_read_from_any_of_its_ids(given: str, key: str | None) -> None:
    assert fact_key_of(given) == key
