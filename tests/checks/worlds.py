"""Rules and facts small enough to be judged by eye; every helper gives the plainest of its kind."""

from dataclasses import dataclass, replace

from hub.checks.decide import decide
from hub.checks.judge import Question
from hub.domain.catalogue import (
    Capacity,
    Catalogue,
    Effect,
    LegalBasis,
    Rule,
    Scenario,
    SubjectCondition,
    Trigger,
)
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, parse_instant
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.known import (
    Arrival,
    Generation,
    Held,
    Known,
    RuleSetInForce,
    Standing,
    SubjectState,
    Tie,
)
from hub.domain.verdict import Ask, Mark, Verdict
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Maturity,
    Outcome,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    StandingStatus,
    SubjectKind,
    UnitKind,
)
from hub.text import Text

AT = parse_instant("2026-11-23T09:00:00+08:00")
HOUR = 3_600_000
EVER = Span(OPEN_START, OPEN_END)
UNIT = SubjectId("12159900990000260C")
PERSON = SubjectId("P-159900-0072")
WORDS = Text("字", "words")


def hour(number: int) -> Millis:
    """So many hours after `AT`."""
    return Millis(AT + number * HOUR)


# The law


def basis(
    code: str = "LAW",
    *,
    ceiling: Outcome = Outcome.BLOCK,
    in_force: Span = EVER,
    grade: ReadingGrade = ReadingGrade.A,
) -> LegalBasis:
    return LegalBasis(code, WORDS, None, None, in_force, grade, ceiling, None, None)


def effect(
    outcome: Outcome = Outcome.RESTRICT,
    *when: Trigger,
    scenarios: tuple[str, ...] = ("FUNDING", "NOMINATION"),
    capacities: tuple[str, ...] = (),
    subject: SubjectCondition | None = None,
) -> Effect:
    return Effect(when or (Trigger(),), scenarios, capacities, outcome, subject or SubjectCondition())


def rule(
    code: str,
    *effects: Effect,
    reaches: tuple[Reach, ...] = (Reach.OWN,),
    bases: tuple[str, ...] = ("LAW",),
    fallback: bool = False,
) -> Rule:
    return Rule(
        code=code,
        kind=RuleKind.CHECK,
        title=WORDS,
        measure="MEASURE",
        verb="限制",
        quote="限制",
        implementer=WORDS,
        bases=bases,
        maturity=Maturity.ESTABLISHED,
        subject_kind=SubjectKind.UNIT,
        reaches=reaches,
        effects=effects or (effect(),),
        reading=WORDS,
        fallback=fallback,
    )


def _scenario(code: str, kind: SubjectKind, *capacities: str) -> Scenario:
    return Scenario(
        code=code,
        title=WORDS,
        subject_kind=kind,
        capacities=tuple(Capacity(capacity, WORDS) for capacity in capacities),
        sources=("REGISTER",),
        bases=(),
    )


_SCENARIOS = (
    _scenario("FUNDING", SubjectKind.UNIT, "APPLICANT"),
    _scenario("TENDER", SubjectKind.UNIT, "BIDDER", "TENDERER"),
    _scenario("NOMINATION", SubjectKind.PERSON, "NOMINEE"),
)


def catalogue(
    *rules: Rule, bases: tuple[LegalBasis, ...] | None = None, number: int = 1
) -> Catalogue:
    """FUNDING and TENDER for units, NOMINATION for persons; all depend on the source REGISTER."""
    return Catalogue(
        number=number,
        title=WORDS,
        jurisdiction="CN-15",
        in_force_from=parse_day(),
        legal_bases={entry.code: entry for entry in (bases or (basis(),))},
        behaviours={},
        scenarios={entry.code: entry for entry in _SCENARIOS},
        measures={},
        sources={},
        rules={entry.code: entry for entry in rules},
        terms={},
        vocabulary={},
    )


def parse_day():
    raise NotImplementedError
