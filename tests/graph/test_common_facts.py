"""Deliveries and rule sets are read once for a knowledge instant, and never of another one."""

from typing import LiteralString, cast

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.graph.check_reader import CheckReader
from hub.graph.check_statement import CHECK
from hub.graph.common_facts import CommonFacts, KeptFacts, Map
from hub.graph.door import Door, Row
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.graph.small_worlds import BETWEEN, FROM, LATE, TO
from tests.worlds import batch, fresh_code, fresh_name


class _Listening(Door):
    """The same door, noting which statements told what is common to all."""

    def __init__(self, door: Door) -> None:
        self._real, self.now = door, door.now
        self.told: list[bool] = []

    async def read(self, text: LiteralString, **parameters: object) -> list[Row]:
        rows = await self._real.read(text, **parameters)
        self.told.append(_tells(rows[0]))
        return rows


def _tells(row: Row) -> bool:
    return cast("Map", row["known"])["common"] is not None


async def _deliver(hub: Hub, source: str, valid: Span, *, fresh_until: Millis = LATE) -> Millis:
    told = {"source": source, "freshUntil": fresh_until, "jurisdictions": ("XX-1",)}
    fact = Fact("SourceGeneration", Ref("Source", source), valid, properties=told)
    return await enter(hub.door, batch([Entity(Ref("Source", source))], [fact]), writer="test")


async def _read(reader: CheckReader, at: Millis, known_at: Millis | None = None) -> Known:
    [known] = await reader.read([SubjectId(fresh_code())], at=at, known_at=known_at)
    return known


def _of(known: Known, source: str) -> list[Span]:
    return [one.valid for one in known.generations if one.source == source]


async def test_they_are_told_once_until_the_clock_moves(hub: Hub) -> None:
    source, door = fresh_name("SOURCE"), _Listening(hub.door)
    reader = CheckReader(door)
    before = await _deliver(hub, fresh_name("SOURCE"), Span(FROM))

    first, second = await _read(reader, BETWEEN), await _read(reader, TO)
    after = await _deliver(hub, source, Span(FROM))
    third, past = await _read(reader, TO), await _read(reader, TO, before)

    assert door.told == [True, False, True, False]
    assert [known.known_at for known in (first, second, third, past)] == [
        before,
        before,
        after,
        before,
    ]
    assert [_of(known, source) for known in (second, third, past)] == [[], [Span(FROM)], []]
    assert second.generations == past.generations


async def test_what_is_kept_tells_of_an_instant_what_is_read_of_it(hub: Hub) -> None:
    ended, stale = fresh_name("SOURCE"), fresh_name("SOURCE")
    await _deliver(hub, ended, Span(FROM, TO))
    await _deliver(hub, stale, Span(FROM), fresh_until=TO)
    keeping = CheckReader(hub.door)

    for step in (-1, 0, 1):
        for turn in (FROM, BETWEEN, TO):
            at = Millis(turn + step)
            kept, read = await _read(keeping, at), await _read(CheckReader(hub.door), at)
            assert (kept.generations, kept.rule_sets) == (read.generations, read.rule_sets)


async def test_an_earlier_instant_is_read_again(hub: Hub) -> None:
    door = _Listening(hub.door)
    reader, source = CheckReader(door), fresh_name("SOURCE")
    await _deliver(hub, source, Span(FROM, BETWEEN))

    told = [_of(await _read(reader, at), source) for at in (TO, FROM, TO, FROM)]

    assert told == [[], [Span(FROM, BETWEEN)], [], [Span(FROM, BETWEEN)]]
    assert door.told == [True, True, False, False]


async def test_what_was_read_before_the_graph_was_put_back_is_told_anew(hub: Hub) -> None:
    known_at = await CheckReader(hub.door).known_up_to()
    asked = {"lists": {"subjects": [fresh_code()]}, "at": TO, "known": OPEN_END, "fan": 1}

    async def tells(epoch: int) -> bool:
        [row] = await hub.door.read(CHECK, kept=CommonFacts(epoch, known_at, TO).name, **asked)
        return _tells(row)

    assert [await tells(epoch) for epoch in (0, 1, 2)] == [True, False, True]


def _common(epoch: int, known_at: int, at: int) -> CommonFacts:
    return CommonFacts(epoch, Millis(known_at), Millis(at))


def test_the_likely_ones_reach_back_far_enough_and_no_further() -> None:
    kept = KeptFacts()
    for facts in (_common(1, 5, 10), _common(1, 7, 10), _common(1, 7, 4), _common(2, 6, 10)):
        kept.keep(facts)

    def likely(at: int, known_at: int | None) -> tuple[int, int, int]:
        asked = None if known_at is None else Millis(known_at)
        found = kept.likely(at=Millis(at), known_at=asked)
        return found.epoch, found.known_at, found.at

    assert likely(10, None) == (2, 6, 10)
    assert likely(10, 7) == (1, 7, 10)
    assert likely(9, 7) == (1, 7, 4)
    assert likely(10, 5) == (1, 5, 10)
    assert likely(3, 7) == (0, 0, 0)


def test_only_the_last_few_are_kept() -> None:
    kept = KeptFacts()
    for number in range(1, 101):
        kept.keep(_common(1, number, 0))

    assert kept.likely(at=Millis(0), known_at=Millis(85)).known_at == 85
    assert kept.likely(at=Millis(0), known_at=Millis(84)).known_at == 100
