"""Rule sets and deliveries that all random worlds share: a question reads every one there is.

Three rule sets, told of in turn: the catalogue as it is; from the middle on another in which bases
begin and end; and one with rules of every reach, a draft first. In between there are instants that
none of them governs.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from hub.domain.clocks import day_start, parse_instant
from hub.intake.catalogue import canonical, read_catalogue
from hub.resources import resource
from tests.oracle_facts import END, START, Fact, Law, Span

DAYS = [
    day_start(date(*day))
    for day in [
        (2023, 3, 1),
        (2024, 2, 29),
        (2025, 6, 1),
        (2026, 1, 15),
        (2026, 3, 1),
        (2026, 6, 1),
        (2027, 2, 28),
    ]
]
"""Everything begins and ends on these; three years lie between some of them, leap day included."""

TICKS = [parse_instant(f"2020-0{month}-01T00:00:00Z") for month in (1, 2, 3)]
"""When the hub got to know; long before it knew of the seeds that lie in the same graph."""

JURISDICTIONS = ["X-FRESH", "X-STALE", "X-RENEWED", "X-LATE", "X-GAP", "X-UNKNOWN"]

_ALWAYS = Span(TICKS[0])
_NEW_RULES: Mapping[str, tuple[Sequence[str], Sequence[tuple[str, Law, Law]]]] = {
    "X-SUBORDINATE": (["SUBORDINATE"], [("ATTENTION", {}, {})]),
    "X-REGION": (["REGION"], [("RESTRICT", {}, {"governs": True})]),
    "X-WINDOW": (["OWN", "SUCCESSION"], [("RESTRICT", {"withinYears": 1}, {})]),
    "X-TWICE": (
        ["OWN", "SUCCESSION"],
        [("ATTENTION", {}, {}), ("RESTRICT", {}, {"levels": ["LEAGUE_CITY"]})],
    ),
}
"""Reaches, and effects by outcome, what they ask of the record and what of the subject."""


@cache
def laws() -> Mapping[str, Law]:
    """By the id of their rule set."""
    files = read_catalogue(resource("seeds", "catalogue"))
    first: dict[str, Any] = json.loads(canonical(files.content))
    second, third, fourth = (deepcopy(first) for _ in range(3))
    _end_bases(second)
    _add_rules(third)
    _drop_scenarios(fourth, ["MARKET_ACCESS", "TRANSFER_IN"])
    numbered = {"901": first, "902": second, "903": third, "904": fourth}
    for (number, law), jurisdiction in zip(numbered.items(), JURISDICTIONS, strict=False):
        law["ruleSet"] |= {"number": int(number), "jurisdiction": jurisdiction}
    return numbered


@cache
def facts() -> Sequence[Fact]:
    """When each rule set is in force, and what was delivered."""
    states = [
        ("901", "PUBLISHED", Span(DAYS[0]), _ALWAYS),
        ("902", "PUBLISHED", Span(DAYS[2]), Span(TICKS[1], TICKS[2])),
        ("902", "PUBLISHED", Span(DAYS[1], DAYS[4]), Span(TICKS[2])),
        ("903", "DRAFT", Span(START, DAYS[3]), _ALWAYS),
        ("903", "PUBLISHED", Span(DAYS[3], DAYS[6]), Span(TICKS[1])),
        ("904", "PUBLISHED", Span(DAYS[6]), Span(TICKS[2])),
    ]
    rule_sets = [
        Fact(f"RuleSetState-{n}.1", "RuleSetState", number, None, valid, known, {"status": status})
        for n, (number, status, valid, known) in enumerate(states)
    ]
    return [*rule_sets, *_deliveries()]


def _deliveries() -> Iterator[Fact]:
    """Of every source; X-UNKNOWN has none."""
    for place, source in enumerate(sorted(entry["code"] for entry in laws()["901"]["sources"])):
        day = DAYS[place % len(DAYS)]
        deliveries = [
            (["X-FRESH"], Span(), END, _ALWAYS),
            (["X-STALE", "X-RENEWED"], Span(), day, _ALWAYS),
            (["X-RENEWED"], Span(DAYS[1]), END, _ALWAYS),
            (["X-LATE"], Span(), END, Span(TICKS[place % len(TICKS)])),
            (["X-GAP", "X-STALE"], Span(DAYS[0], day), END, _ALWAYS),
        ]
        for version, (places, valid, fresh_until, known) in enumerate(deliveries):
            said = {"source": source, "jurisdictions": places, "freshUntil": fresh_until}
            name = f"SourceGeneration-{source}-{version}.1"
            yield Fact(name, "SourceGeneration", source, None, valid, known, said)


def _end_bases(law: Law) -> None:
    lives = {
        "SXMD-2013-6": {"to": "2026-06-01"},
        "CAIKU-2016-125": {"from": "2026-03-01", "to": "2027-02-28"},
        "NZF-2021-12-2-2-2": {"from": "2026-01-15"},
        "GWYF-2018-26": {"to": "2026-03-01"},
    }
    for basis in law["legalBases"]:
        if basis["code"] in lives:
            basis["inForce"] = lives[basis["code"]]


def _drop_scenarios(law: Law, codes: Sequence[str]) -> None:
    """With every effect in them, and the rules that have no other."""
    law["scenarios"][:] = [entry for entry in law["scenarios"] if entry["code"] not in codes]
    for rule in law["rules"]:
        for effect in rule.get("effects", ()):
            effect["scenarios"] = [code for code in effect["scenarios"] if code not in codes]
        rule["effects"] = [effect for effect in rule.get("effects", ()) if effect["scenarios"]]
    law["rules"][:] = [rule for rule in law["rules"] if rule["effects"] or rule["kind"] == "DUTY"]


def _add_rules(law: Law) -> None:
    """Like R29, in every scenario of units, for any dishonest record."""
    like = next(rule for rule in law["rules"] if rule["code"] == "R29")
    units = [entry["code"] for entry in law["scenarios"] if entry["subjectKind"] == "UNIT"]
    dishonest: Law = {"categories": ["GENERAL_DISHONEST", "SERIOUS_DISHONEST"]}
    for code, (reaches, effects) in _NEW_RULES.items():
        told: list[Law] = [
            {
                "when": [{**dishonest, **when}],
                "scenarios": units,
                "outcome": outcome,
                "subject": subject,
            }
            for outcome, when, subject in effects
        ]
        law["rules"].append({**like, "code": code, "reaches": reaches, "effects": told})
