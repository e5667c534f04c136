"""The Cypher of a ground draws exactly its path."""

from collections.abc import Sequence

import pytest
from neo4j.graph import Node, Relationship

from hub.domain.facts import Entity, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held
from hub.graph.door import literal
from hub.graph.entry import enter
from hub.graph.fact_writer import fact_key
from hub.graph.path_cypher import path_cypher
from hub.wiring import Hub
from tests.worlds import EVER, batch, fresh_code, fresh_name, person, record, standing, unit

_IDENTITIES = {"CreditRecord", "Unit", "Person", "Region", "Behaviour", "Document"}


def _edge(kind: str, start: Ref, end: Ref) -> Fact:
    return Fact(kind, start, EVER, object=end)


def _held(fact: Fact) -> Held:
    return Held(f"{fact_key(fact)}1", fact.kind, fact.subject, fact.object, fact.valid)


async def _drawn(hub: Hub, facts: Sequence[Fact]) -> tuple[list[str], list[Ref]]:
    """Ids of the facts and the things that the path's Cypher returns; it returns one row."""
    [row] = await hub.door.read(literal(path_cypher(_held(fact) for fact in facts)))
    ids: list[str] = []
    things: list[Ref] = []
    for value in row.values():
        assert isinstance(value, Node | Relationship)
        if "factId" in value:
            ids.append(value["factId"])
        else:
            assert isinstance(value, Node)
            [label] = value.labels & _IDENTITIES
            things.append(Ref(label, value["id"]))
    return sorted(ids), sorted(things)


def test_a_fact_is_one_line_and_a_thing_is_named_once() -> None:
    unit_ref, paper = Ref("Unit", "12159900990000260C"), Ref("CreditRecord", "CR-1")
    about = Held("ABOUT-a.1", "ABOUT", paper, unit_ref, EVER)
    stands = Held("Standing-b.2", "Standing", paper, None, EVER)
    state = Held("UnitState-c.1", "UnitState", unit_ref, None, EVER)

    assert path_cypher([about, stands, state]) == (
        "MATCH (n1:CreditRecord {id: 'CR-1'})-[f1:ABOUT {factId: 'ABOUT-a.1'}]->"
        "(n2:Unit {id: '12159900990000260C'})\n"
        "MATCH (n1)-[:STANDS]->(f2:Standing {factId: 'Standing-b.2'})\n"
        "MATCH (n2)-[:HAS_STATE]->(f3:UnitState {factId: 'UnitState-c.1'})\n"
        "RETURN *"
    )


async def test_a_path_of_every_kind_of_step_draws_its_facts_and_nothing_beside(hub: Hub) -> None:
    first, second, third = (Ref("Unit", fresh_code()) for _ in range(3))
    official, paper = Ref("Person", fresh_name("P-TEST")), Ref("CreditRecord", fresh_name("CR"))
    region, document = Ref("Region", fresh_name("R")), Ref("Document", fresh_name("D"))
    behaviour = Ref("Behaviour", fresh_name("B"))
    units = [unit(SubjectId(ref.id)) for ref in (first, second, third)]
    path = [
        _edge("HOLDS_POST", official, third),
        _edge("RESPONSIBLE_FOR", official, paper),
        _edge("SUCCEEDED_BY", second, third),
        _edge("SUCCEEDED_BY", first, second),
        record(paper.id, first)[1],
        standing(paper.id),
        _edge("OF", paper, behaviour),
        _edge("DETERMINED_BY", paper, second),
        _edge("EVIDENCED_BY", paper, document),
        units[2][1],
        _edge("GOVERNS", third, region),
    ]
    beside = [
        units[0][1],
        units[1][1],
        person(official.id)[1],
        Fact("HOLDS_POST", official, EVER, third, "another"),
        _edge("SUCCEEDED_BY", first, third),
        _edge("DETERMINED_BY", paper, third),
        standing(paper.id, key="another"),
    ]
    things = [
        *(entity for entity, _ in units),
        person(official.id)[0],
        record(paper.id, first)[0],
        *(Entity(ref) for ref in (region, document, behaviour)),
    ]
    await enter(hub.door, batch(things, [*path, *beside]), writer="test")

    ids, named = await _drawn(hub, path)

    assert ids == sorted(_held(fact).fact_id for fact in path)
    assert named == sorted([first, second, third, official, paper, region, document, behaviour])


@pytest.mark.parametrize(
    "text",
    [
        "XX-REG:o'neill",
        'XX-REG:"quoted"',
        "XX-REG:back\\slash",
        "XX-REG:trailing\\",
        "XX-REG:\\'",
        "XX-REG:\\u0027}) MATCH (x) RETURN x //",
        "XX-REG:'}) MATCH (x) RETURN x //",
        "XX-REG:`tick`",
        "XX-REG:两\n行",
    ],
)
async def test_whatever_an_identifier_holds_only_its_own_facts_are_drawn(
    hub: Hub, text: str
) -> None:
    code = SubjectId(f"{text}{fresh_name('')}")
    entity, state = unit(code)
    await enter(hub.door, batch([entity], [state]), writer="test")

    assert await _drawn(hub, [state]) == ([_held(state).fact_id], [Ref("Unit", code)])
