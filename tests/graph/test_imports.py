"""Imports become known at one tick, or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest
from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END
from hub.domain.facts import Batch, Entity, Fact, Ref, Value
from hub.domain.identifiers import SubjectId
from hub.errors import ImportRefused
from hub.graph import fact_writer, imports
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.worlds import EVER, batch, fresh_code, fresh_name, unit

_STATES = """
MATCH (u:Unit {id: $code})-[:HAS_STATE]->(x:UnitState)
RETURN x.name AS name, x.recordedTo.epochMillis = $open AS open ORDER BY x.factId
"""
_KNOWN_UP_TO = "MATCH (k:KnowledgeClock {id: 1}) RETURN k.knownUpTo.epochMillis AS known"
_STATE_OF_IMPORT = "MATCH (i:Import {contentHash: $content_hash}) RETURN i.state AS state"


class _Killed(Exception):
    """The process is gone at this point."""


async def _states(hub: Hub, code: str) -> list[tuple[object, object]]:
    rows = await hub.door.read(_STATES, code=code, open=OPEN_END)
    return [(row["name"], row["open"]) for row in rows]


async def _known_up_to(hub: Hub) -> object:
    [row] = await hub.door.read(_KNOWN_UP_TO)
    return row["known"]


def _units(codes: Sequence[SubjectId], name: str) -> Batch:
    things = [unit(code, name=name) for code in codes]
    return batch([entity for entity, _ in things], [fact for _, fact in things])


async def test_a_batch_of_many_transactions_becomes_known_at_its_one_tick(hub: Hub) -> None:
    codes = [fresh_code() for _ in range(2_500)]

    result = await imports.import_batch(hub.door, _units(codes, "示例"), holder="test")

    assert (result.added, result.closed) == (2_500, 0)
    assert result.tick == await _known_up_to(hub)
    stamps = await hub.door.read(
        "MATCH (x:UnitState {importId: $id}) RETURN DISTINCT x.recordedFrom.epochMillis AS at",
        id=result.import_id,
    )
    assert stamps == [{"at": result.tick}]


async def test_the_same_content_twice_writes_nothing(hub: Hub) -> None:
    given = _units([fresh_code()], "示例")
    await imports.import_batch(hub.door, given, holder="test")

    again = await imports.import_batch(hub.door, given, holder="test")

    assert again == imports.UNCHANGED


async def test_equal_facts_in_a_new_file_are_left_alone_and_changed_ones_corrected(
    hub: Hub,
) -> None:
    same, changed = fresh_code(), fresh_code()
    await imports.import_batch(hub.door, _units([same, changed], "旧"), holder="test")
    things = [unit(same, name="旧"), unit(changed, name="新")]
    given = batch([entity for entity, _ in things], [state for _, state in things])

    result = await imports.import_batch(hub.door, given, holder="test")

    assert (result.added, result.closed) == (1, 1)
    assert await _states(hub, same) == [("旧", True)]
    assert await _states(hub, changed) == [("旧", False), ("新", True)]


async def test_what_was_corrected_may_come_back_as_a_third_version(hub: Hub) -> None:
    code = fresh_code()
    for name in ("甲", "乙", "甲"):
        await imports.import_batch(hub.door, _units([code], name), holder="test")

    assert await _states(hub, code) == [("甲", False), ("乙", False), ("甲", True)]


async def test_a_withdrawn_fact_is_closed_and_kept(hub: Hub) -> None:
    code = fresh_code()
    _, state = unit(code, name="示例")
    await imports.import_batch(hub.door, _units([code], "示例"), holder="test")

    result = await imports.import_batch(hub.door, batch([], [], [state]), holder="test")

    assert (result.added, result.closed) == (0, 1)
    assert await _states(hub, code) == [("示例", False)]


async def test_a_fact_about_a_missing_thing_refuses_the_whole_batch(hub: Hub) -> None:
    code, missing = fresh_code(), fresh_code()
    entity, state = unit(code)
    dangling = Fact("SUBORDINATE_TO", Ref("Unit", code), EVER, object=Ref("Unit", missing))
    given = batch([entity], [state, dangling])

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, given, holder="test")

    assert await _states(hub, code) == []
    rows = await hub.door.read(_STATE_OF_IMPORT, content_hash=given.content_hash)
    assert rows == [{"state": "REFUSED"}]


async def test_a_thing_kept_with_other_content_refuses_the_whole_batch(hub: Hub) -> None:
    number = 900_000 + len(await hub.door.read("MATCH (w:RuleSet) RETURN w"))
    told = {"number": number, "contentHash": "a", "body": "{}", "title": "甲"}
    first = Entity(Ref("RuleSet", str(number)), properties=told)
    retitled = replace(first, properties={**told, "title": "乙"})
    changed = replace(first, properties={**told, "body": '{"rules": []}'})
    await imports.import_batch(hub.door, batch([first], []), holder="test")
    await imports.import_batch(hub.door, batch([retitled], []), holder="test")

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, batch([changed], []), holder="test")

    rows = await hub.door.read("MATCH (w:RuleSet {number: $n}) RETURN w.body AS body", n=number)
    assert rows == [{"body": "{}"}]


async def test_a_refused_batch_leaves_neither_things_nor_captions(hub: Hub) -> None:
    old, new, missing = fresh_code(), fresh_code(), fresh_code()
    await imports.import_batch(hub.door, _units([old], "旧"), holder="test")
    things = [unit(old, name="旧"), unit(new, name="新")]
    renamed = replace(things[0][0], properties={"name": "改名", "synthetic": True})
    dangling = Fact("SUBORDINATE_TO", Ref("Unit", new), EVER, object=Ref("Unit", missing))
    given = batch([renamed, things[1][0]], [*(state for _, state in things), dangling])

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, given, holder="test")

    rows = await hub.door.read(
        "MATCH (u:Unit) WHERE u.id IN $ids RETURN u.id AS id, u.name AS name", ids=[old, new]
    )
    assert rows == [{"id": old, "name": "示例"}]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            Entity(Ref("Document", "D"), properties={"issuedOn": "2026-01-01"}),
            {"issuedOn": "2026-02-02"},
        ),
        (Entity(Ref("Document", "D"), properties={"docNo": "1"}), {"docNo": "2"}),
    ],
    ids=["a day", "a number"],
)
async def test_what_never_changes_is_refused_when_it_does(
    hub: Hub, kept: Entity, told: dict[str, Value]
) -> None:
    ref = Ref("Document", fresh_name("D"))
    await imports.import_batch(hub.door, batch([replace(kept, ref=ref)], []), holder="test")

    with pytest.raises(ImportRefused):
        await imports.import_batch(
            hub.door, batch([Entity(ref, properties=told)], []), holder="test"
        )


async def test_what_was_not_told_before_is_added(hub: Hub) -> None:
    ref = Ref("Document", fresh_name("D"))
    told = {"issuedOn": "2026-01-01"}
    await imports.import_batch(
        hub.door, batch([Entity(ref, properties={"docNo": "1"})], []), holder="test"
    )
    await imports.import_batch(hub.door, batch([Entity(ref, properties=told)], []), holder="test")

    rows = await hub.door.read(
        "MATCH (d:Document {id: $id}) RETURN d.docNo AS no, toString(d.issuedOn) AS day", id=ref.id
    )
    assert rows == [{"no": "1", "day": "2026-01-01"}]


async def test_what_a_killed_import_had_not_added_yet_is_added_when_it_is_told_again(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_told: object, **_more: object) -> None:
        raise _Killed

    ref = Ref("Document", fresh_name("D"))
    told = batch([Entity(ref, properties={"issuedOn": "2026-01-01"})], [])
    await imports.import_batch(
        hub.door, batch([Entity(ref, properties={"docNo": "1"})], []), holder="test"
    )
    with monkeypatch.context() as patched:
        patched.setattr(fact_writer, "complete_entities", die)
        with pytest.raises(_Killed):
            await imports.import_batch(hub.door, told, holder="test")

    for _ in range(2):
        assert await imports.import_batch(hub.door, told, holder="test") == imports.UNCHANGED
        rows = await hub.door.read(
            "MATCH (d:Document {id: $id}) RETURN toString(d.issuedOn) AS day", id=ref.id
        )
        assert rows == [{"day": "2026-01-01"}]


async def test_of_what_is_told_twice_in_a_batch_the_last_is_kept(hub: Hub) -> None:
    code = fresh_code()
    entity, _ = unit(code)
    named = [replace(entity, properties={"name": name, "synthetic": True}) for name in "甲乙丙甲"]

    for told in (named[:2], named[2:]):
        await imports.import_batch(hub.door, batch(told, []), holder="test")
        rows = await hub.door.read("MATCH (u:Unit {id: $id}) RETURN u.name AS name", id=code)
        assert rows == [{"name": told[-1].properties["name"]}]


@pytest.mark.parametrize("labels", [("FailureEvent", "JudgmentDefault"), ("Penalty",), ()])
async def test_a_record_stays_of_the_kind_it_was(hub: Hub, labels: tuple[str, ...]) -> None:
    ref = Ref("CreditRecord", fresh_name("CR"))
    await imports.import_batch(hub.door, batch([Entity(ref, ("FailureEvent",))], []), holder="test")

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, batch([Entity(ref, labels)], []), holder="test")


async def test_two_facts_that_contradict_each_other_refuse_the_whole_batch(hub: Hub) -> None:
    code = fresh_code()
    entity, state = unit(code, name="甲")
    _, other = unit(code, name="乙")

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, batch([entity], [state, other]), holder="test")

    assert await _states(hub, code) == []


async def test_an_import_is_refused_when_what_it_corrects_changed_while_it_was_staged(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = fresh_code()
    await imports.import_batch(hub.door, _units([code], "旧"), holder="test")
    correction = _units([code, *(fresh_code() for _ in range(1_500))], "导入")
    plan, calls = fact_writer.plan, count(1)

    async def plan_late(
        tx: AsyncManagedTransaction, facts: Sequence[Fact], withdrawn: Sequence[Fact] = ()
    ) -> fact_writer.Plan:
        if next(calls) == 2:  # the first thousand facts are staged
            await enter(hub.door, _units([code], "手工"), writer="test")
        return await plan(tx, facts, withdrawn)

    monkeypatch.setattr(fact_writer, "plan", plan_late)

    with pytest.raises(ImportRefused):
        await imports.import_batch(hub.door, correction, holder="test")

    assert await _states(hub, code) == [("旧", False), ("手工", True)]
