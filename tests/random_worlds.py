"""Random worlds for engine and oracle: few things, many histories, instants that often coincide.

Deliveries of sources and rule sets are read whole by every question, so all worlds share those of
`shared_laws.py`; a world chooses among their jurisdictions. All else is its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Any, TypeVar

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hub.domain.clocks import day_of, day_start
from tests import shared_laws
from tests.oracle_facts import END, START, Fact, Question, Span, World
from tests.shared_laws import DAYS, JURISDICTIONS, TICKS

T = TypeVar("T")
Draw = st.DrawFn


@dataclass(frozen=True, slots=True)
class Told:
    """Facts under names of their own: U units, P persons, R records, G regions, D documents."""

    facts: tuple[Fact, ...]
    record_kinds: Mapping[str, str]

    def __repr__(self) -> str:
        """One fact a line: of its clocks only what is not open."""
        return "\n".join([repr(dict(self.record_kinds)), *map(_line, self.facts)])

    @property
    def subjects(self) -> list[str]:
        """Those that are asked about; the others matter by what they are to them."""
        told = {name for fact in self.facts for name in (fact.start, fact.end)}
        return [name for name in _ASKED if name in told]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of every subject of some worlds: at both clocks, in a few matters."""

    at: int
    known: int
    of_units: tuple[str, str]
    of_persons: tuple[str, str]

    def question(self, subject: str) -> Question:
        scenario, capacity = self.of_persons if subject.startswith("P-") else self.of_units
        return Question(subject, scenario, capacity, self.at, self.known)


DOCUMENT_DAYS = {f"D{number}": day_of(DAYS[(number - 1) % 3]) for number in range(1, 5)}
"""Of the documents that say one; years later other things begin or end. D0 says none."""
DOCUMENT_TYPES = {"D0": "PENALTY", "D1": "AUDIT", "D2": "PENALTY", "D3": "JUDGMENT"}
"""Of the documents that say what they are. D4 does not."""
_DOCUMENTS = st.lists(st.sampled_from(["D0", *DOCUMENT_DAYS]), max_size=2, unique=True)
_LOOKED_BACK = ("GOV_PROCUREMENT", "SUPPLIER")
"""Where the catalogue looks back on penalties, whatever their term."""
_ASKED = ("U0", "U1", "P-0")
_LATEST = TICKS[-1] + 1
_WHOLE = Span()
_FROM = [Span(day) for day in DAYS]
_UNTIL = [Span(START, day) for day in DAYS]
_BETWEEN = [Span(*pair) for pair in combinations(DAYS, 2)]
_SPANS = st.sampled_from([*[_WHOLE] * 20, *_FROM, *_UNTIL, *_BETWEEN])
_BEGINNINGS = st.sampled_from([*_FROM[2:] * 6, *_FROM, *_BETWEEN])
_LONG_AGO = st.sampled_from([*[_FROM[0]] * 12, *_FROM])
_PARTITIONS = st.sampled_from(
    [
        *[(_WHOLE,)] * 40,
        *((before, after) for before, after in zip(_UNTIL, _FROM, strict=True)),
        *((span,) for span in (*_FROM, *_UNTIL)),
    ]
)
_FIRST, _SECOND, _THIRD = TICKS
_HISTORIES = st.sampled_from(
    [
        *[(Span(_FIRST),)] * 30,
        *[(Span(_FIRST, _SECOND), Span(_SECOND))] * 3,  # corrected
        (Span(_FIRST, _THIRD),),  # withdrawn
        (Span(_SECOND),),
        (Span(_THIRD),),
        (Span(END, END),),  # staged, and known to nobody
    ]
)
_SEVERAL = st.integers(0, 5)
_MANY = 8
"""Units of a chain that is longer than a reach."""
_UNITS = st.sampled_from([*[*range(2, 5)] * 4, _MANY])

_RECORDS: Sequence[Mapping[str, Any]] = (
    {"kind": "JUDGMENT_DEFAULT", "category": "SERIOUS_DISHONEST"},
    {"kind": "JUDGMENT_DEFAULT", "category": "SERIOUS_DISHONEST", "marks": ["inDuty"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-01"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-01", "ZWSX-15"], "marks": ["inDuty"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-15"], "marks": ["seriousCircumstances"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-10"], "marks": ["governmentProject"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-20"], "marks": ["falseCommitment", "inDuty"]},
    {"kind": "FAILURE_EVENT", "behaviours": ["ZWSX-07"]},
    {"kind": "FAILURE_EVENT", "category": "SERIOUS_DISHONEST"},
    {"kind": "LISTING", "list": "WAGE_ARREARS", "category": "SERIOUS_DISHONEST"},
    {"kind": "LISTING", "list": "TAX_MAJOR_VIOLATION", "category": "SERIOUS_DISHONEST"},
    {"kind": "LISTING", "list": "JOINT_PUNISHMENT", "marks": ["jointPunishment"]},
    {"kind": "PENALTY", "penalty": "LARGE_FINE"},
    {"kind": "PENALTY", "penalty": "CRIMINAL", "category": "SERIOUS_DISHONEST"},
    {"kind": "PENALTY", "penalty": "WARNING"},
    {"kind": "DISCIPLINE", "discipline": "DEMERIT", "marks": ["inDuty"]},
    {"kind": "RISK_ALERT", "category": "RISK_ALERT"},
    {"kind": "HONOUR", "category": "POSITIVE"},
)
_STATUSES = ("DETERMINED", "SUSPENDED", "LIFTED", "REVOKED", "REPAIRED", "EXPIRED", "ARCHIVED")

_LEVELS = st.sampled_from([*["BANNER_COUNTY"] * 5, *["LEAGUE_CITY"] * 2, None])
_UNIT = st.fixed_dictionaries(
    {
        "unitKind": st.sampled_from([*["ORGAN", "INSTITUTION"] * 4, "MASS_ORG", "OTHER", None]),
        "adminLevel": _LEVELS,
        "jurisdiction": st.sampled_from([*[JURISDICTIONS[0]] * 10, *JURISDICTIONS]),
    }
)
_REGION = st.fixed_dictionaries({"level": _LEVELS})
_GOVERNED = st.sampled_from([["G0"], ["G0"], ["G0", "G1"]])
_PERSON = st.sampled_from([{}, {}, {"jurisdiction": JURISDICTIONS[0]}])
_NOTHING: st.SearchStrategy[dict[str, Any]] = st.just({})
_DOMAINS = ["PROCUREMENT", "TENDER", "FINANCING"]
_SUCCESSION = st.fixed_dictionaries(
    {"scope": st.sampled_from([["ALL"], ["ALL"], _DOMAINS[:2], _DOMAINS[1:], _DOMAINS[1:2]])}
)
_POST = st.fixed_dictionaries({"isPrincipal": st.booleans()})


def _standing(template: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    told = {"category": "GENERAL_DISHONEST", **template}
    fixed = {name: st.just(said) for name, said in told.items() if name not in _BESIDE}
    ends = st.sampled_from([*[END] * 4, *DAYS])
    return st.fixed_dictionaries(
        {
            **fixed,
            "status": st.sampled_from([*["IN_FORCE"] * 12, *_STATUSES]),
            "eventAt": st.sampled_from([*DAYS[:3] * 3, *DAYS]),
            "publicUntil": ends,
            "countsUntil": ends,
            "disputed": st.booleans(),
            "obligationOpen": st.booleans(),
            "domain": st.sampled_from([None, *_DOMAINS]),
        }
    )


_BESIDE = ("kind", "behaviours")
_TEMPLATES = st.sampled_from([(template, _standing(template)) for template in _RECORDS])


@dataclass
class _Telling:
    """Draws facts with their histories; a correction says everything anew."""

    draw: Draw
    facts: list[Fact] = field(default_factory=list[Fact])
    number: int = 0

    def tell(
        self,
        kind: str,
        start: str,
        end: str | None = None,
        *,
        valid: st.SearchStrategy[Span] = _SPANS,
        said: st.SearchStrategy[dict[str, Any]] = _NOTHING,
    ) -> None:
        self.number += 1
        for version, recorded in enumerate(self.draw(_HISTORIES), start=1):
            name = f"{kind}-{self.number}.{version}"
            told = self.draw(valid), recorded, self.draw(said)
            self.facts.append(Fact(name, kind, start, end, *told))

    def state(self, kind: str, of: str, said: st.SearchStrategy[dict[str, Any]]) -> None:
        """States that follow each other."""
        for span in self.draw(_PARTITIONS):
            self.tell(kind, of, valid=st.just(span), said=said)


@st.composite
def worlds(draw: Draw) -> Told:
    """Two to four units, often in a chain, a person, two regions, and up to four records.

    Now and then as many units as there are successions in a chain, and two more.
    """
    telling = _Telling(draw)
    units = [f"U{number}" for number in range(draw(_UNITS))]
    chain = [*zip(units[1:], units[:-1], strict=True)]
    some_unit, two_units = (
        st.sampled_from(units),
        st.sampled_from([*chain * 4, *permutations(units, 2)]),
    )
    for unit in units:
        telling.state("UnitState", unit, _UNIT)
        telling.tell("IN_REGION", unit, draw(st.sampled_from(["G0", "G0", "G1"])))
    for division in draw(_GOVERNED):
        telling.tell("GOVERNS", "U0", division)
    telling.state("RegionState", "G0", _REGION)
    telling.tell("PersonState", "P-0", said=_PERSON)
    for _ in range(draw(_SEVERAL)):
        telling.tell("HOLDS_POST", "P-0", draw(some_unit), said=_POST)
    for kind, valid, said in (
        ("SUCCEEDED_BY", _BEGINNINGS, _SUCCESSION),
        ("SUBORDINATE_TO", _SPANS, _NOTHING),
    ):
        for _ in range(draw(_SEVERAL)):
            telling.tell(kind, *draw(two_units), valid=valid, said=said)
    for pair in chain if len(units) == _MANY else ():
        telling.tell("SUCCEEDED_BY", *pair, valid=_LONG_AGO, said=_SUCCESSION)
    kinds = {f"R{number}": _record(telling, f"R{number}", units) for number in range(draw(_FEW))}
    return Told(tuple(telling.facts), kinds)


_FEW = st.sampled_from([1, 2, 2, 3, 4])


def _record(telling: _Telling, record: str, units: Sequence[str]) -> str:
    """A record with its standings and all it is tied to; its kind."""
    draw = telling.draw
    template, standing = draw(_TEMPLATES)
    telling.tell("ABOUT", record, draw(st.sampled_from([*units, "P-0"])))
    telling.state("Standing", record, standing)
    for behaviour in template.get("behaviours", ()):
        telling.tell("OF", record, behaviour)
    if draw(st.booleans()):
        telling.tell("RESPONSIBLE_FOR", "P-0", record)
    if draw(st.booleans()):
        telling.tell("DETERMINED_BY", record, units[0])
    for document in draw(_DOCUMENTS):
        telling.tell("EVIDENCED_BY", record, document)
    return template["kind"]


def _line(fact: Fact) -> str:
    clocks = [f"{name} {span}" for name, span in (("valid", fact.valid), ("known", fact.recorded))]
    return " ".join([fact.id, fact.start, fact.end or "", *clocks, repr(dict(fact.said))])


def world_of(told: Told, ids: Mapping[str, str]) -> World:
    """All the oracle has to know; `ids` are those of the facts in the graph, by their names."""
    days = {name: day_start(day) for name, day in DOCUMENT_DAYS.items()}
    facts = [*shared_laws.facts(), *told.facts]
    return World(facts, told.record_kinds, shared_laws.laws(), days, DOCUMENT_TYPES, ids)


def askings() -> st.SearchStrategy[Asking]:
    """At a boundary or next to it on both clocks; mostly when all was known."""
    beside = [instant + step for instant in TICKS for step in (-1, 0, 1)]
    return st.builds(
        Asking,
        at=st.sampled_from([day + step for day in [*DAYS, *DAYS[2:]] for step in (-1, 0, 1)]),
        known=st.sampled_from([*[_LATEST] * len(beside), *beside]),
        of_units=st.sampled_from([*_matters("UNIT"), *[_LOOKED_BACK] * 3]),
        of_persons=st.sampled_from(_matters("PERSON")),
    )


def _matters(kind: str) -> Sequence[tuple[str, str]]:
    """Every scenario for such subjects, in every capacity."""
    return [
        (scenario["code"], capacity["code"])
        for scenario in shared_laws.laws()["901"]["scenarios"]
        if scenario["subjectKind"] == kind
        for capacity in scenario["capacities"]
    ]


def drawn(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """So many of them, as Hypothesis draws them; its first is always the simplest, and left out."""
    found: list[T] = []

    @settings(max_examples=count + 1, phases=[Phase.generate], database=None, deadline=None)
    @given(strategy)
    def collect(drawn: T) -> None:
        found.append(drawn)

    collect()
    return found[1:]
