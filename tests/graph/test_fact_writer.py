"""What is written is what the model allows, in the forms the readers expect."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END, Span
from hub.domain.facts import Entity, Fact, Link, Ref, Value
from hub.errors import ImportRefused
from hub.graph import fact_writer, imports
from hub.graph.entry import enter
from hub.graph.fact_writer import ChangedIdentity, ContradictingFacts, MissingEndpoint
from hub.wiring import Hub
from tests.worlds import (
    EVER,
    batch,
    fresh_code,
    fresh_name,
    instant,
    person,
    record,
    standing,
    unit,
)

FROM = instant("2026-03-01T00:00:00+08:00")


async def _enter(hub: Hub, entities: Sequence[Entity], facts: Sequence[Fact]) -> None:
    await enter(hub.door, batch(entities, facts), writer="test")


def _apart(things: Sequence[tuple[Entity, Fact]]) -> tuple[list[Entity], list[Fact]]:
    return [entity for entity, _ in things], [fact for _, fact in things]


async def _versions(hub: Hub, code: str) -> list[object]:
    """Names of the unit's states that are known now, one for each."""
    rows = await hub.door.read(
        """MATCH (:Unit {id: $code})-[:HAS_STATE]->(x:UnitState)
        WHERE x.recordedTo.epochMillis = $open RETURN x.name AS name ORDER BY x.factId""",
        code=code,
        open=OPEN_END,
    )
    return [row["name"] for row in rows]


# What the model does not have


def _edge(kind: str, start: Ref, end: Ref, **properties: Value) -> Fact:
    return Fact(kind, start, EVER, object=end, properties=properties)


UNIT, PERSON, REGION = Ref("Unit", "1"), Ref("Person", "1"), Ref("Region", "1")


@pytest.mark.parametrize(
    "fact",
    [
        Fact("UnitState", UNIT, EVER, properties={"colour": "red"}),
        _edge("HOLDS_POST", PERSON, UNIT, salary=1),
        Fact("Mood", UNIT, EVER),
        _edge("LIKES", PERSON, UNIT),
    ],
)
async def test_a_word_that_is_not_in_the_model_is_not_written(hub: Hub, fact: Fact) -> None:
    with pytest.raises(KeyError):
        await _enter(hub, [], [fact])


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (Fact("UnitState", PERSON, EVER), "UnitState is no state of Person"),
        (_edge("HOLDS_POST", UNIT, UNIT), "no HOLDS_POST starts at Unit"),
        (_edge("HOLDS_POST", PERSON, REGION), "no HOLDS_POST ends at Region"),
        (Fact("HOLDS_POST", PERSON, EVER), "no HOLDS_POST ends at "),
    ],
)
async def test_a_fact_between_the_wrong_things_is_not_written(
    hub: Hub, fact: Fact, reason: str
) -> None:
    with pytest.raises(AssertionError, match=reason):
        await _enter(hub, [], [fact])


async def test_neither_is_a_label_nor_a_link_that_is_not_in_the_model(hub: Hub) -> None:
    async def links(tx: AsyncManagedTransaction) -> None:
        await fact_writer.write_links(tx, [Link("IMPOSES", UNIT, PERSON)])

    with pytest.raises(AssertionError, match="'Hero'"):
        await _enter(hub, [Entity(Ref("Person", "1"), ("Hero",))], [])
    with pytest.raises(KeyError):
        await _enter(hub, [Entity(Ref("Person", "1"), properties={"colour": "red"})], [])
    with pytest.raises(AssertionError, match="no IMPOSES starts at Unit"):
        await hub.door.write(links)


async def test_a_fact_about_a_missing_thing_leaves_nothing_of_its_batch(hub: Hub) -> None:
    code, missing = fresh_code(), fresh_code()
    entity, state = unit(code)
    dangling = _edge("SUBORDINATE_TO", Ref("Unit", code), Ref("Unit", missing))

    with pytest.raises(MissingEndpoint, match="1 of 1 SUBORDINATE_TO facts name a missing thing"):
        await _enter(hub, [entity], [state, dangling])

    assert await hub.door.read("MATCH (u:Unit {id: $code}) RETURN u", code=code) == []


# The forms in which it is stored


async def test_instants_are_stored_in_utc_and_days_as_days(hub: Hub) -> None:
    code, contract, document = fresh_code(), fresh_name("C"), fresh_name("D")
    told = {"signedOn": "2026-02-28", "amountMinor": 460_000_00, "currency": "CNY", "scale": 2}
    state = Fact("ContractState", Ref("Contract", contract), Span(FROM), properties=told)
    paper = Entity(Ref("Document", document), properties={"issuedOn": "2026-02-27", "docNo": None})
    entity, about = record(fresh_name("CR"), Ref("Unit", code))
    stands = standing(about.subject.id, eventAt=FROM, marks=("A", "B"), countsUntil=None)

    await _enter(
        hub,
        [unit(code)[0], Entity(Ref("Contract", contract)), paper, entity],
        [state, about, stands],
    )

    [row] = await hub.door.read(
        """MATCH (:Contract {id: $contract})-[:HAS_STATE]->(x), (d:Document {id: $document}),
          (:CreditRecord {id: $record})-[:STANDS]->(st)
        RETURN [v IN [x.validFrom, x.validTo, x.recordedTo, st.eventAt] | toString(v)] AS instants,
          [v IN [x.signedOn, d.issuedOn] | valueType(v)] AS days, toString(x.signedOn) AS signed,
          valueType(x.amountMinor) AS amount, st.marks AS marks, st.countsUntil AS missing,
          d.docNo AS number""",
        contract=contract,
        document=document,
        record=about.subject.id,
    )
    assert row == {
        "instants": [
            "2026-02-28T16:00:00Z",
            "9999-12-31T00:00:00Z",
            "9999-12-31T00:00:00Z",
            "2026-02-28T16:00:00Z",
        ],
        "days": ["DATE NOT NULL", "DATE NOT NULL"],
        "signed": "2026-02-28",
        "amount": "INTEGER NOT NULL",
        "marks": ["A", "B"],
        "missing": None,
        "number": None,
    }


async def test_a_caption_may_be_rewritten(hub: Hub) -> None:
    code = fresh_code()
    for name in ("旧", "新"):
        entity = Entity(Ref("Unit", code), ("Subject",), {"name": name, "synthetic": True})
        await _enter(hub, [entity], [])

    [row] = await hub.door.read("MATCH (u:Unit {id: $code}) RETURN u {.*} AS unit", code=code)
    assert row["unit"] == {
        "id": code,
        "name": "新",
        "synthetic": True,
        "importId": "entry:TEST",
    }


@pytest.mark.parametrize(
    ("word", "first", "second"),
    [("docNo", "1", "2"), ("issuedOn", "2026-02-27", "2026-02-28")],
)
async def test_what_is_immutable_is_never_told_anew(
    hub: Hub, word: str, first: str, second: str
) -> None:
    ref = Ref("Document", fresh_name("D"))
    await _enter(hub, [Entity(ref, properties={word: first})], [])

    with pytest.raises(ChangedIdentity) as caught:
        await _enter(hub, [Entity(ref, properties={word: second})], [])

    assert (caught.value.label, caught.value.ids) == ("Document", [ref.id])


async def test_what_was_not_told_before_is_added_and_what_is_left_out_is_kept(hub: Hub) -> None:
    ref = Ref("Document", fresh_name("D"))
    for told in ({}, {"docNo": "1"}, {"issuedOn": "2026-02-27", "docType": None}, {}):
        await _enter(hub, [Entity(ref, properties=told)], [])

    [row] = await hub.door.read(
        "MATCH (d:Document {id: $id}) RETURN d.docNo AS number, toString(d.issuedOn) AS day",
        id=ref.id,
    )
    assert row == {"number": "1", "day": "2026-02-27"}


async def test_a_fact_knows_its_import_and_its_digest(hub: Hub) -> None:
    code = fresh_code()
    entity, state = unit(code)
    tick = await enter(hub.door, batch([entity], [state]), writer="test")

    [row] = await hub.door.read(
        """MATCH (x:UnitState {factId: $fact_id})
        RETURN x.importId AS import_id, x.digest AS digest, x.recordedFrom.epochMillis AS tick""",
        fact_id=f"{fact_writer.fact_key(state)}1",
    )
    digest = fact_writer.digest_of(state)
    assert row == {"import_id": "entry:TEST", "digest": digest, "tick": tick}


# Ids and versions


def test_the_same_history_gives_the_same_ids_everywhere() -> None:
    state = Fact("UnitState", Ref("Unit", "11152105011615449P"), EVER)
    post = Fact("HOLDS_POST", Ref("Person", "P-ABC"), EVER, Ref("Unit", "1"), "a")

    assert fact_writer.fact_key(state) == "UnitState-nj7fn53nwdtlx2aocdpr."
    assert fact_writer.fact_key(post) == "HOLDS_POST-kh2o3gvkxvosmfaa6dc4."
    assert fact_writer.kind_of(f"{fact_writer.fact_key(post)}12") == "HOLDS_POST"


def test_what_a_fact_is_about_is_not_what_it_says() -> None:
    ref, end = Ref("Unit", "1"), Ref("Unit", "2")
    fact = Fact("SUCCEEDED_BY", ref, EVER, end, properties={"scope": ("ALL",), "docNo": "1"})
    said = Fact("SUCCEEDED_BY", ref, Span(FROM), end, properties={"docNo": "1", "scope": ["PPP"]})
    about = [
        Fact("SUCCEEDED_BY", end, EVER, ref),
        Fact("SUCCEEDED_BY", ref, EVER, end, key="2"),
        Fact("SUBORDINATE_TO", ref, EVER, end),
        Fact("SUCCEEDED_BY", ref, EVER),
    ]

    assert fact_writer.fact_key(said) == fact_writer.fact_key(fact)
    assert fact_writer.digest_of(said) != fact_writer.digest_of(fact)
    assert len({fact_writer.fact_key(other) for other in (*about, fact)}) == 5


def test_the_order_of_properties_and_the_kind_of_list_say_nothing() -> None:
    told = {"scope": ("ALL",), "docNo": "1"}
    retold = {"docNo": "1", "scope": ["ALL"]}
    facts = [Fact("SUCCEEDED_BY", UNIT, EVER, UNIT, properties=words) for words in (told, retold)]

    assert len({fact_writer.digest_of(fact) for fact in facts}) == 1


async def test_a_correction_closes_the_old_version_and_adds_the_new_at_one_tick(hub: Hub) -> None:
    code = fresh_code()
    for name in ("甲", "乙", "乙", "甲"):
        await _enter(hub, *_apart([unit(code, name=name)]))

    rows = await hub.door.read(
        """MATCH (:Unit {id: $code})-[:HAS_STATE]->(x)
        RETURN x.name AS name, right(x.factId, 2) AS version,
          x.recordedFrom.epochMillis AS known, x.recordedTo.epochMillis AS gone
        ORDER BY x.factId""",
        code=code,
    )
    assert [(row["name"], row["version"]) for row in rows] == [
        ("甲", ".1"),
        ("乙", ".2"),
        ("甲", ".3"),
    ]
    assert [row["gone"] for row in rows] == [rows[1]["known"], rows[2]["known"], OPEN_END]


async def test_facts_that_differ_by_key_stand_side_by_side(hub: Hub) -> None:
    code, name = fresh_code(), fresh_name("P-TEST")
    posts = [
        Fact("HOLDS_POST", Ref("Person", name), EVER, Ref("Unit", code), key, {"post": key})
        for key in ("a", "b")
    ]

    await _enter(hub, [unit(code)[0], person(name)[0]], posts)
    await _enter(hub, [], posts[:1])

    rows = await hub.door.read(
        "MATCH (:Person {id: $name})-[x:HOLDS_POST]->() RETURN x.post AS post ORDER BY post",
        name=name,
    )
    assert [row["post"] for row in rows] == ["a", "b"]


# Twice in one batch


async def test_the_same_fact_twice_in_one_entry_is_written_once(hub: Hub) -> None:
    code = fresh_code()
    entity, state = unit(code, name="甲")

    await _enter(hub, [entity], [state, state])

    assert await _versions(hub, code) == ["甲"]


async def test_an_entry_that_repeats_what_is_known_and_contradicts_it_is_refused(hub: Hub) -> None:
    code = fresh_code()
    entity, known = unit(code, name="甲")
    await _enter(hub, [entity], [known])

    with pytest.raises(ContradictingFacts):
        await _enter(hub, [], [known, unit(code, name="乙")[1]])

    assert await _versions(hub, code) == ["甲"]


async def test_the_same_fact_in_two_parts_of_a_file_is_written_once(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_ROWS", 2)
    code = fresh_code()
    things = [unit(code, name="甲"), *(unit(fresh_code()) for _ in range(2)), unit(code, name="甲")]

    result = await imports.import_batch(hub.door, batch(*_apart(things)), holder="test")

    assert result.added == 3
    assert await _versions(hub, code) == ["甲"]


async def test_a_contradiction_between_two_parts_of_a_file_refuses_all_of_it(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_ROWS", 2)
    code = fresh_code()
    things = [unit(code, name="甲"), *(unit(fresh_code()) for _ in range(2)), unit(code, name="乙")]

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, batch(*_apart(things)), holder="test")

    assert await _versions(hub, code) == []


async def test_a_refused_file_may_be_sent_again_when_what_it_missed_is_there(hub: Hub) -> None:
    code, missing = fresh_code(), fresh_code()
    dangling = _edge("SUBORDINATE_TO", Ref("Unit", code), Ref("Unit", missing))
    source = fresh_name("SOURCE")
    given = replace(batch([unit(code)[0]], [dangling]), source=source)
    for _ in range(2):
        with pytest.raises(ImportRefused):
            await imports.import_batch(hub.door, given, holder="test")

    await _enter(hub, [unit(missing)[0]], [])
    result = await imports.import_batch(hub.door, given, holder="test")

    assert result.added == 1
    rows = await hub.door.read(
        "MATCH (i:Import)-[:FROM]->(:Source {id: $source}) RETURN i.state AS state ORDER BY i.id",
        source=source,
    )
    assert [row["state"] for row in rows] == ["REFUSED", "REFUSED", "PUBLISHED"]
