"""Fifty random worlds, asked at many clocks: what `make mutants` holds mutants of a read against.

Beside them lie a few that chance seldom draws: ways as long as a reach goes, and longer. The first
run in a graph draws and loads them, asks the oracle, and keeps it all in the mark of the graph:
Hypothesis draws otherwise when the code it looks at is another.
"""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import LiteralString

from hub.wiring import Hub, seed_batches
from tests.asked_worlds import Engine
from tests.loaded_worlds import LoadedWorlds, Placed
from tests.oracle import answer
from tests.oracle_facts import START, Answer, Fact, Question, Span
from tests.random_worlds import Asking, Told, askings, drawn, worlds
from tests.shared_laws import DAYS, JURISDICTIONS, TICKS

_WORLDS, _ASKINGS = 50, 24
_UNIT = {"unitKind": "ORGAN", "adminLevel": "LEAGUE_CITY", "jurisdiction": JURISDICTIONS[0]}
_RECORD = {
    "category": "SERIOUS_DISHONEST",
    "status": "IN_FORCE",
    "eventAt": DAYS[0],
    "publicUntil": DAYS[-1],
    "countsUntil": DAYS[-1],
    "disputed": False,
    "obligationOpen": False,
    "domain": None,
}
_DOMAINS = ("PROCUREMENT", "TENDER")
_LATE = Asking(DAYS[4], TICKS[-1], ("FUNDING_SUPPORT", "APPLICANT"), ("TRANSFER_IN", "CANDIDATE"))
_KEPT: LiteralString = "MATCH (t:TestDatabase) RETURN t.asked AS asked"
_KEEP: LiteralString = "MATCH (t:TestDatabase) SET t.asked = $asked"

Asked = tuple[Sequence[Placed], Sequence[tuple[Asking, Mapping[tuple[str, Question], Answer]]]]
"""The worlds, and what the oracle says of each subject at each pair of clocks."""


async def test_the_engine_answers_as_the_oracle_does(hub: Hub) -> None:
    engine = Engine(hub.door)
    placed, asked = await _kept(hub) or await _loaded(hub)

    for asking, answers in asked:
        for said in await engine.answers(placed, asking):
            where = said.world.ids[said.question.subject]
            assert said.answer == answers[where, said.question]


async def _kept(hub: Hub) -> Asked | None:
    [row] = await hub.door.read(_KEPT)
    kept = row["asked"]
    return pickle.loads(kept) if isinstance(kept, bytes) else None  # noqa: S301  # its own


async def _loaded(hub: Hub) -> Asked:
    """The import of the law moves the knowledge clock past the worlds' ticks."""
    loader, rare = LoadedWorlds(hub.door), [*_chains(), *_successions(), _events()]
    told = [*rare, *_departments(), _withdrawn(), *drawn(worlds(), _WORLDS)]
    await hub.keep(seed_batches(demo=False)[-1], lambda _count: None)
    await loader.load_laws()
    placed = await loader.load(told)
    asked = [(asking, _answers(placed, asking)) for asking in [_LATE, *drawn(askings(), _ASKINGS)]]
    await hub.door.run(_KEEP, asked=pickle.dumps((placed, asked)))
    return placed, asked


def _answers(placed: Sequence[Placed], asking: Asking) -> Mapping[tuple[str, Question], Answer]:
    return {
        (world.ids[name], question): answer(world.world, question)
        for world in placed
        for name in world.told.subjects
        for question in [asking.question(name)]
    }


def _chains() -> Sequence[Told]:
    """Of as many hops as a reach goes, and of one more."""
    return [
        _chain("SUCCEEDED_BY", {"scope": ["ALL"]}, hops=5),
        _chain("SUCCEEDED_BY", {"scope": ["ALL"]}, hops=6),
        _chain("SUBORDINATE_TO", {}, hops=3),
        _chain("SUBORDINATE_TO", {}, hops=4),
    ]


def _chain(kind: str, said: Mapping[str, object], *, hops: int) -> Told:
    """A record about the unit so many hops from U0."""
    units = [f"U{place}" for place in range(hops + 1)]
    valid = Span(DAYS[1]) if kind == "SUCCEEDED_BY" else Span()
    facts = [
        *(_fact("UnitState", unit, None, Span(), _UNIT) for unit in units),
        *(_fact(kind, lower, upper, valid, said) for upper, lower in pairwise(units)),
        _fact("ABOUT", "R0", units[-1], Span(), {}),
        _fact("Standing", "R0", None, Span(), _RECORD),
    ]
    return Told(tuple(facts), {"R0": "FAILURE_EVENT"})


def _successions() -> Sequence[Told]:
    """U0 after U1 after U2, of whose duties all passed at each step, or those of a domain."""
    scopes = (["ALL"], *([domain] for domain in _DOMAINS))
    return [_succession(first, second) for first in scopes for second in scopes]


def _succession(first: Sequence[str], second: Sequence[str]) -> Told:
    """What U2 did before the first step, on its day and before the second, in a domain or none.

    The entry of the first step ends; what it passed on stays.
    """
    moments = (DAYS[1] - 1, DAYS[1], DAYS[2] - 1)
    events = enumerate(product(moments, (_DOMAINS[0], None)))
    records = {f"R{place}": {"eventAt": at, "domain": domain} for place, (at, domain) in events}
    facts = [
        *(_fact("UnitState", unit, None, Span(), _UNIT) for unit in ("U0", "U1", "U2")),
        _fact("SUCCEEDED_BY", "U2", "U1", Span(DAYS[1], DAYS[3]), {"scope": first}),
        _fact("SUCCEEDED_BY", "U1", "U0", Span(DAYS[2]), {"scope": second}),
        *(_fact("ABOUT", name, "U2", Span(), {}) for name in records),
        *(
            _fact("Standing", name, None, Span(), {**_RECORD, **told})
            for name, told in records.items()
        ),
    ]
    return Told(tuple(facts), dict.fromkeys(records, "FAILURE_EVENT"))


def _events() -> Told:
    """U0 over U1 in its region, where P-0 leads, from one day to another; events at both."""
    span, moments = Span(DAYS[1], DAYS[3]), [DAYS[1] - 1, DAYS[1], DAYS[3] - 1, DAYS[3]]
    records = {f"R{place}": moment for place, moment in enumerate(moments)}
    facts = [
        *(_fact("UnitState", unit, None, Span(), _UNIT) for unit in ("U0", "U1")),
        _fact("PersonState", "P-0", None, Span(), {}),
        _fact("HOLDS_POST", "P-0", "U1", span, {"isPrincipal": True}),
        _fact("SUBORDINATE_TO", "U1", "U0", span, {}),
        _fact("RegionState", "G0", None, Span(), {"level": _UNIT["adminLevel"]}),
        _fact("GOVERNS", "U0", "G0", Span(), {}),
        _fact("IN_REGION", "U1", "G0", span, {}),
        *(_fact("ABOUT", name, "U1", Span(), {}) for name in records),
        *(
            _fact("Standing", name, None, Span(), {**_RECORD, "eventAt": moment})
            for name, moment in records.items()
        ),
    ]
    return Told(tuple(facts), dict.fromkeys(records, "JUDGMENT_DEFAULT"))


def _departments() -> Sequence[Told]:
    """U0 over G0, where U1 lies and fails, each of a kind and of a level or not known to be."""
    kinds, levels = ("ORGAN", "INSTITUTION", "MASS_ORG", None), ("LEAGUE_CITY", "TOWNSHIP", None)
    return [
        _department({"unitKind": kind, "adminLevel": level}, of_division)
        for kind in kinds
        for level in levels
        for of_division in levels[::2]
    ]


def _department(said: Mapping[str, object], of_division: str | None) -> Told:
    """What it was until after the event; then the unit or the division becomes another."""
    until, since = Span(START, DAYS[1]), Span(DAYS[1])
    facts = [
        _fact("UnitState", "U0", None, Span(), _UNIT),
        _fact("UnitState", "U1", None, until, said),
        _fact("UnitState", "U1", None, since, _UNIT, "later"),
        _fact("RegionState", "G0", None, until, {"level": of_division}),
        _fact("RegionState", "G0", None, since, {"level": "LEAGUE_CITY"}, "later"),
        _fact("GOVERNS", "U0", "G0", Span(), {}),
        _fact("IN_REGION", "U1", "G0", Span(), {}),
        _fact("ABOUT", "R0", "U1", Span(), {}),
        _fact("Standing", "R0", None, Span(), _RECORD),
    ]
    return Told(tuple(facts), {"R0": "JUDGMENT_DEFAULT"})


def _withdrawn() -> Told:
    """What U1 was at the event was known for a while, and no longer is."""
    told, known = _department(_UNIT, "LEAGUE_CITY"), Span(TICKS[0], TICKS[1])
    facts = (
        replace(fact, recorded=known) if fact.id == "UnitState-U1.1" else fact
        for fact in told.facts
    )
    return replace(told, facts=tuple(facts))


def _fact(
    kind: str, start: str, end: str | None, valid: Span, said: Mapping[str, object], key: str = ""
) -> Fact:
    return Fact(f"{kind}-{start}{key}.1", kind, start, end, valid, Span(TICKS[0]), said)
