"""What the oracle is told, what it is asked, what it says, and how ways and the law are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

Law = Mapping[str, Any]
"""The body of a rule set, as JSON says it."""

START, END = -2_208_988_800_000, 253_402_214_400_000
"""What has no known beginning begins here; what has no end yet ends here."""

GRAVITY = ("CLEAR", "ATTENTION", "UNCOVERED", "REFERENCE", "RESTRICT", "BLOCK")
"""Outcomes, mildest first."""

_SHANGHAI = timezone(timedelta(hours=8))


class Span(NamedTuple):
    """Half-open `[start, end)`, in epoch milliseconds."""

    start: int = START
    end: int = END

    def __str__(self) -> str:
        sides = "" if self.start == START else self.start, "" if self.end == END else self.end
        return f"[{sides[0]}, {sides[1]})"

    def holds(self, instant: int) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Fact:
    """`start` and `end` are what a relationship joins; a state has no `end`."""

    id: str
    kind: str
    start: str
    end: str | None
    valid: Span
    recorded: Span
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """`laws` by the rule set that a `RuleSetState` begins at, `record_kinds` by record.

    `days` are those of documents, each its first instant, and `types` what they are; a document
    need not say either. `ids` are those that facts have in the graph, where not their own.
    """

    facts: Sequence[Fact]
    record_kinds: Mapping[str, str]
    laws: Mapping[str, Law]
    days: Mapping[str, int]
    types: Mapping[str, str]
    ids: Mapping[str, str] = field(default_factory=dict[str, str])

    def id_of(self, fact: Fact) -> str:
        """By which one of several is told that would do as well."""
        return self.ids.get(fact.id, fact.id)


@dataclass(frozen=True, slots=True)
class Question:
    subject: str
    scenario: str
    capacity: str
    at: int
    known: int


@dataclass(frozen=True, slots=True)
class Ground:
    """`record` and `path` are None for persons."""

    rule: str
    outcome: str
    measure: str
    bases: tuple[str, ...]
    reach: str
    disputed: bool
    record: str | None
    path: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`refused` is the code of an error; nothing else is told then."""

    refused: str | None = None
    outcome: str = "UNCOVERED"
    covered: bool = False
    complete: bool = True
    grounds: frozenset[Ground] = frozenset()
    coverage: tuple[tuple[str, bool], ...] = ()
    rule_set: str | None = None
    valid_until: int | None = None


def in_force(basis: Law) -> Span:
    told: Law = basis.get("inForce", {})
    first, last = told.get("from"), told.get("to")
    return Span(_midnight(first) if first else START, _midnight(last) if last else END)


@cache
def _midnight(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=_SHANGHAI).timestamp()) * 1_000


@cache
def years_later(instant: int, years: int) -> int:
    """The same day and hour in Shanghai; of 29 February, the 28th where there is none."""
    seconds, millis = divmod(instant, 1_000)
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(_SHANGHAI)
    try:
        moved = moment.replace(year=moment.year + years)
    except ValueError:
        moved = moment.replace(year=moment.year + years, day=28)
    return int(moved.timestamp()) * 1_000 + millis


class Arrival(NamedTuple):
    """One standing of one record, arriving at the subject by one path."""

    reach: str
    standing: Fact
    path: tuple[Fact, ...]
    undecided: bool = False

    @property
    def record(self) -> str:
        return self.standing.start


def ways_back(edges: Sequence[Fact], into: str, hops: int) -> Iterator[tuple[Fact, ...]]:
    """Every way back along the edges from where they lead, no edge twice."""
    for edge in edges:
        if edge.end == into:
            yield (edge,)
            if hops > 1:
                others = [other for other in edges if other is not edge]
                for way in ways_back(others, edge.start, hops - 1):
                    yield (edge, *way)


def decided(arrival: Arrival, law: Law) -> Iterator[Arrival]:
    """As it would be; of each domain that the law asks for where it came by succession without."""
    sure, said = arrival._replace(undecided=False), arrival.standing.said
    yield sure
    if arrival.reach == "SUCCESSION" and said.get("domain") is None:
        for domain in sorted(domains(law)):
            told = replace(arrival.standing, said={**said, "domain": domain})
            yield sure._replace(standing=told)


def domains(law: Law) -> set[str]:
    triggers = (when for effect in _effects(law) for when in effect["when"])
    return {domain for when in triggers for domain in when.get("domains", ())}


def goes_back(way: Sequence[Fact]) -> bool:
    """None of them began later than the one after it."""
    starts = [fact.valid.start for fact in way]
    return starts == sorted(starts, reverse=True)


def windows(law: Law) -> Iterator[int]:
    """Years that any of its rules looks back."""
    triggers = (when for effect in _effects(law) for when in effect["when"])
    return (when["withinYears"] for when in triggers if "withinYears" in when)


def _effects(law: Law) -> Iterator[Law]:
    return (effect for rule in law["rules"] for effect in rule.get("effects", ()))


def reduced(grounds: Iterable[Ground]) -> Iterator[Ground]:
    """Result and basis only, and not how many records there are."""

    def result(ground: Ground) -> tuple[str, str, str]:
        return ground.rule, ground.outcome, ground.reach

    for _, group in groupby(sorted(grounds, key=result), key=result):
        same = list(group)
        disputed = all(ground.disputed for ground in same)
        yield replace(same[0], disputed=disputed, record=None, path=None)


def newest(states: Iterable[Fact]) -> str | None:
    """Of several rule sets the highest number."""
    return max((state.start for state in states), key=int, default=None)


def gravest(outcomes: Iterable[str]) -> str:
    return max(outcomes, key=GRAVITY.index, default="CLEAR")


def words_of(rule: Law) -> Callable[[Law], bool]:
    """Whether a basis, read and not remembered, has the words that the rule quotes."""
    parts = rule["quote"].split("……")
    return lambda basis: (
        basis["grade"] != "MEMORY" and all(part in (basis.get("quote") or "") for part in parts)
    )


def entry(law: Law, section: str, code: str) -> Law | None:
    return next((one for one in law[section] if one["code"] == code), None)


def is_own(unit: Fact | None, division: Fact | None) -> bool | None:
    """Whether the unit was a department of the division itself; None where nobody knows."""
    kind, level = (unit.said.get(name) if unit else None for name in ("unitKind", "adminLevel"))
    of_division = division.said.get("level") if division else None
    same_kind = kind in {"ORGAN", "INSTITUTION"} if kind else None
    same_level = level == of_division if level and of_division else None
    if False in (same_kind, same_level):
        return False
    return None if None in (same_kind, same_level) else True
