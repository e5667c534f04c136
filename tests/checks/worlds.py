"""Rules and facts small enough to be judged by eye; every helper makes the plainest of its kind."""

from datetime import date

from hub.checks.decide import decide
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
from hub.domain.verdict import Ask, Verdict
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
EVER = Span(OPEN_START, OPEN_END)
YESTERDAY = Millis(AT - 86_400_000)
UNIT = SubjectId("12159900990000260C")
PERSON = SubjectId("P-159900-0072")
OTHER = Ref("Unit", "12159900990000138M")
HASH = "hash-of-rule-set-1"
WORDS = Text("字", "words")


def hour(number: int) -> Millis:
    """So many hours after `AT`."""
    return Millis(AT + number * 3_600_000)


def ref_of(subject: SubjectId) -> Ref:
    return Ref("Person" if subject_kind(subject) is SubjectKind.PERSON else "Unit", subject)


# The law


def basis(
    code: str = "LAW",
    *,
    ceiling: Outcome = Outcome.BLOCK,
    in_force: Span = EVER,
    grade: ReadingGrade = ReadingGrade.A,
) -> LegalBasis:
    return LegalBasis(code, WORDS, None, None, in_force, grade, ceiling, "限制", None)


def effect(
    outcome: Outcome = Outcome.RESTRICT,
    *when: Trigger,
    scenarios: tuple[str, ...] = ("FUNDING", "NOMINATION"),
    capacities: tuple[str, ...] = (),
    subject: SubjectCondition | None = None,
) -> Effect:
    asked = subject or SubjectCondition()
    return Effect(when or (Trigger(),), scenarios, capacities, outcome, asked)


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


def scenario(code: str, kind: SubjectKind, *capacities: str) -> Scenario:
    listed = tuple(Capacity(capacity, WORDS) for capacity in capacities)
    return Scenario(code, WORDS, kind, listed, sources=("REGISTER",), bases=())


SCENARIOS = (
    scenario("FUNDING", SubjectKind.UNIT, "APPLICANT"),
    scenario("TENDER", SubjectKind.UNIT, "BIDDER", "TENDERER"),
    scenario("NOMINATION", SubjectKind.PERSON, "NOMINEE"),
)


def catalogue(
    *rules: Rule,
    bases: tuple[LegalBasis, ...] = (basis(),),
    scenarios: tuple[Scenario, ...] = SCENARIOS,
) -> Catalogue:
    """FUNDING and TENDER for units, NOMINATION for persons; all depend on the source REGISTER."""
    return Catalogue(
        number=1,
        content_hash=HASH,
        title=WORDS,
        jurisdiction="CN-15",
        in_force_from=date(2021, 10, 19),
        legal_bases={entry.code: entry for entry in bases},
        behaviours={},
        scenarios={entry.code: entry for entry in scenarios},
        measures={},
        sources={},
        rules={entry.code: entry for entry in rules},
        terms={},
        vocabulary={},
    )


# The facts


def held(kind: str, start: Ref, end: Ref | None = None, *, valid: Span = EVER, no: int = 1) -> Held:
    key = "-".join([kind, start.id, *([end.id] if end else [])])
    return Held(f"{key}.{no}", kind, start, end, valid)


def state(
    subject: SubjectId = UNIT,
    *,
    valid: Span = EVER,
    no: int = 1,
    name: str = "示例单位",
    kind: UnitKind | None = UnitKind.INSTITUTION,
    level: AdminLevel | None = AdminLevel.BANNER_COUNTY,
    jurisdiction: str | None = "CN-15",
) -> SubjectState:
    ref = ref_of(subject)
    fact = held(f"{ref.label}State", ref, valid=valid, no=no)
    return SubjectState(fact, name, kind, level, None, jurisdiction)


def standing(
    record: str,
    *,
    valid: Span = EVER,
    status: StandingStatus = StandingStatus.IN_FORCE,
    category: InfoCategory = InfoCategory.GENERAL_DISHONEST,
    event_at: Millis = YESTERDAY,
    public_until: Millis = OPEN_END,
    counts_until: Millis = OPEN_END,
    disputed: bool = False,
    obligation_open: bool = False,
    no: int = 1,
) -> Standing:
    return Standing(
        fact=held("Standing", Ref("CreditRecord", record), valid=valid, no=no),
        status=status,
        category=category,
        event_at=event_at,
        public_until=public_until,
        counts_until=counts_until,
        disputed=disputed,
        obligation_open=obligation_open,
    )


def arrival(
    record: str = "CR-1",
    *,
    subject: SubjectId = UNIT,
    reach: Reach = Reach.OWN,
    kind: RecordKind = RecordKind.FAILURE_EVENT,
    edges: tuple[Held, ...] | None = None,
    stands: Standing | None = None,
    behaviours: tuple[Tie, ...] = (),
    determiners: tuple[Tie, ...] = (),
    documents: tuple[Tie, ...] = (),
) -> Arrival:
    about = held("ABOUT", Ref("CreditRecord", record), ref_of(subject))
    return Arrival(
        reach=reach,
        record=record,
        kind=kind,
        edges=edges if edges is not None else (about,),
        standing=stands or standing(record),
        behaviours=behaviours,
        determiners=determiners,
        documents=documents,
    )


def behaviour(record: str, code: str, *, valid: Span = EVER, title: str | None = None) -> Tie:
    ends = Ref("CreditRecord", record), Ref("Behaviour", code)
    return Tie(held("OF", *ends, valid=valid), code, title)


def document(
    record: str,
    issued_on: date | None,
    *,
    doc_type: str | None = "PENALTY",
    valid: Span = EVER,
    no: int = 1,
) -> Tie:
    ends = Ref("CreditRecord", record), Ref("Document", f"D-{no}")
    fact = held("EVIDENCED_BY", *ends, valid=valid)
    return Tie(fact, f"D-{no}", "示〔2026〕1号", issued_on, doc_type)


def generation(
    *,
    source: str = "REGISTER",
    valid: Span = EVER,
    fresh_until: Millis = OPEN_END,
    jurisdictions: tuple[str, ...] = ("CN-15",),
    no: int = 1,
) -> Generation:
    fact_id = f"SourceGeneration-{source}.{no}"
    return Generation(fact_id, source, valid, fresh_until, jurisdictions)


def rule_set(*, content_hash: str = HASH, number: int = 1, valid: Span = EVER) -> RuleSetInForce:
    return RuleSetInForce(f"RuleSetState-{number}.1", number, content_hash, valid)


def known(
    *arrivals: Arrival,
    subject: SubjectId = UNIT,
    at: Millis = AT,
    states: tuple[SubjectState, ...] | None = None,
    governs: tuple[Held, ...] = (),
    posts: tuple[Held, ...] = (),
    generations: tuple[Generation, ...] = (generation(),),
    rule_sets: tuple[RuleSetInForce, ...] = (rule_set(),),
    cut: tuple[Reach, ...] = (),
    longer_from: Millis | None = None,
) -> Known:
    """One subject with its state, fresh sources and rule set 1 in force."""
    return Known(
        subject=subject,
        at=at,
        known_at=at,
        epoch=1,
        states=(state(subject),) if states is None else states,
        governs=governs,
        posts=posts,
        arrivals=arrivals,
        generations=generations,
        rule_sets=rule_sets,
        cut=cut,
        longer_from=longer_from,
    )


def decided(facts: Known, law: Catalogue, ask: Ask | None = None) -> Verdict:
    """By rule set 1; in FUNDING for a unit and NOMINATION for a person unless asked otherwise."""
    person = subject_kind(facts.subject) is SubjectKind.PERSON
    plain = Ask(facts.subject, "NOMINATION" if person else "FUNDING")
    return decide(ask or plain, facts, {HASH: law}, current=law)
