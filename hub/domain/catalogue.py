"""The law as data: behaviours, scenarios, measures, legal bases and rules of one rule set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hub.domain.clocks import Millis, Span
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Maturity,
    Outcome,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    SubjectKind,
    UnitKind,
)
from hub.text import Text


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One document or one article of it. `ceiling` is the gravest outcome its words allow."""

    code: str
    document: Text
    doc_no: str | None
    article: str | None
    in_force: Span
    grade: ReadingGrade
    ceiling: Outcome
    quote: str | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One entry of the list of dishonest behaviours (政务失信行为), `ZWSX-nn`."""

    code: str
    title: Text
    applies_to: tuple[SubjectKind, ...]
    default_category: InfoCategory
    qualifier: Text | None
    determiner: Text
    evidence: tuple[str, ...]
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """As what the subject stands in the matter."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of decision. `capacities` holds one entry where nothing needs to be said."""

    code: str
    title: Text
    subject_kind: SubjectKind
    capacities: tuple[Capacity, ...]
    sources: tuple[str, ...]
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done to the subject (惩戒措施)."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where records of one sort come from; it covers only the jurisdictions it is kept for.

    `channel` is the policy's name of the platform through which it is asked (二(二)2). `kinds` are
    the kinds of record it brings, `lists` the lists its listings come from.
    """

    code: str
    title: Text
    channel: Text
    jurisdictions: tuple[str, ...]
    kinds: tuple[RecordKind, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Which records a rule looks at: all named conditions together; an empty one is no condition.

    `within_years` counts from the event, half-open. `lapsed` asks for records whose term is over
    while the obligation is still unperformed; without it only counting records are met.
    """

    kinds: tuple[RecordKind, ...] = ()
    behaviours: tuple[str, ...] = ()
    categories: tuple[InfoCategory, ...] = ()
    lists: tuple[str, ...] = ()
    penalties: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    within_years: int | None = None
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class SubjectCondition:
    """Which subjects a rule speaks of; an empty tuple is no condition."""

    unit_kinds: tuple[UnitKind, ...] = ()
    levels: tuple[AdminLevel, ...] = ()
    governs: bool = False
    in_post: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does in some scenarios, for a subject standing in one of the capacities.

    A record is met by any of the triggers in `when`; no capacity named is every capacity.
    """

    when: tuple[Trigger, ...]
    scenarios: tuple[str, ...]
    capacities: tuple[str, ...]
    outcome: Outcome
    subject: SubjectCondition


@dataclass(frozen=True, slots=True)
class Rule:
    """`fallback` rules speak only where no other rule met the record by the same reach."""

    code: str
    kind: RuleKind
    title: Text
    measure: str
    verb: str
    quote: str
    implementer: Text
    bases: tuple[str, ...]
    maturity: Maturity
    subject_kind: SubjectKind
    reaches: tuple[Reach, ...]
    effects: tuple[Effect, ...]
    reading: Text
    fallback: bool

    @property
    def scenarios(self) -> frozenset[str]:
        """In which any of its effects applies."""
        return frozenset(code for effect in self.effects for code in effect.scenarios)

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Of all its effects."""
        return tuple(trigger for effect in self.effects for trigger in effect.when)


@dataclass(frozen=True, slots=True)
class Term:
    """A statutory period; the title says from when it runs. One of the three lengths is given."""

    code: str
    title: Text
    jurisdiction: str
    in_force: Span
    months: int | None
    days: int | None
    working_days: int | None
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """One closed list of codes with their titles, such as the kinds of penalty."""

    name: str
    titles: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One rule set whole. Every mapping is keyed by code and ordered as the files are.

    `content_hash` is the SHA-256 of the content it was read from, and names it in the graph.
    """

    number: int
    content_hash: str
    title: Text
    jurisdiction: str
    in_force_from: date
    legal_bases: Mapping[str, LegalBasis]
    behaviours: Mapping[str, Behaviour]
    scenarios: Mapping[str, Scenario]
    measures: Mapping[str, Measure]
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    terms: Mapping[str, Term]
    vocabulary: Mapping[str, WordList]

    def bases_in_force(self, rule: Rule, at: Millis) -> tuple[LegalBasis, ...]:
        """Bases in force at the instant, in the rule's order; none ends the rule's effect."""
        return tuple(
            basis for code in rule.bases if (basis := self.legal_bases[code]).in_force.contains(at)
        )
