"""The law as data: behaviours, scenarios, measures, legal bases and rules of one rule set."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

from hub.domain.clocks import Millis, Span
from hub.domain.vocabulary import (
    AdminLevel,
    ClearanceKind,
    InfoCategory,
    Maturity,
    Outcome,
    PublicitySeverity,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    SubjectKind,
    UnitKind,
)
from hub.text import Text

_ELLIPSIS = "……"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One document or one article of it. `ceiling` is the gravest outcome its words allow.

    `domains` are the fields of contracts that its words name.
    """

    code: str
    document: Text
    doc_no: str | None
    article: str | None
    in_force: Span
    grade: ReadingGrade
    ceiling: Outcome
    quote: str | None
    note: Text | None
    domains: tuple[str, ...] = ()

    def holds_words(self, quote: str) -> bool:
        """Whether each part of the quote, between ellipses, stands in the words kept of it."""
        return all(part in (self.quote or "") for part in quote.split(_ELLIPSIS))


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

    `within_years` is a look-back, half-open, from the day of the penalty (`look_back_start`); it
    replaces the record's own term. `lapsed` asks for records whose term is
    over while the obligation is still unperformed. Without either only counting records are met.
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

    A record is met by any of the triggers in `when`; no capacity named is every capacity, no reach
    named every one of the rule's.
    """

    when: tuple[Trigger, ...]
    scenarios: tuple[str, ...]
    capacities: tuple[str, ...]
    outcome: Outcome
    subject: SubjectCondition
    reaches: tuple[Reach, ...] = ()


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


@dataclass(frozen=True, slots=True, eq=False)
class Speaking:
    """A rule with those of its effects that it has in one scenario and capacity.

    One object wherever it says the same, so that what it says of a record is found once.
    """

    rule: Rule
    effects: tuple[Effect, ...]

    @property
    def triggers(self) -> Iterator[Trigger]:
        for effect in self.effects:
            yield from effect.when

    def effects_on(self, reach: Reach) -> Iterator[Effect]:
        """Those that concern a record by that reach: an effect may name some of its rule's."""
        for effect in self.effects:
            if reach in (effect.reaches or self.rule.reaches):
                yield effect


class Speech(NamedTuple):
    """All that speaks in one scenario and capacity: specific rules first, fallbacks last.

    A record that arrives by none of the `reaches` is of no concern here. `looking_back` are the
    triggers that do.
    """

    rules: tuple[Speaking, ...]
    reaches: frozenset[Reach]
    looking_back: tuple[Trigger, ...]

    @classmethod
    def of(cls, rules: Iterable[Speaking]) -> Self:
        found = tuple(rules)
        heard = [(one.rule, effect) for one in found for effect in one.effects]
        return cls(
            found,
            frozenset(reach for rule, effect in heard for reach in effect.reaches or rule.reaches),
            tuple(
                trigger
                for _, effect in heard
                for trigger in effect.when
                if trigger.within_years is not None
            ),
        )

    def reading(self, reach: Reach) -> Iterator[Speaking]:
        """Those that a record by that reach may concern."""
        return (one for one in self.rules if reach in one.rule.reaches)


@dataclass(frozen=True, slots=True)
class Term:
    """A statutory period; the title says from when it runs. One of the three lengths is given.

    Terms of one `period` take over from each other from day to day, or place to place.
    """

    code: str
    period: str
    title: Text
    jurisdiction: str
    in_force: Span
    months: int | None
    days: int | None
    working_days: int | None
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What somebody can do to end the effect of a record before its term is over.

    `behaviours` and `severities` left empty are no condition, nor is `lapsed` when None: whether
    the record is past its term with the obligation unperformed. The `period` that runs from the
    day of the document must be over first; `confirmed` ones need the determining unit.
    """

    code: str
    kind: ClearanceKind
    title: Text
    kinds: tuple[RecordKind, ...]
    behaviours: tuple[str, ...]
    severities: tuple[PublicitySeverity, ...]
    lapsed: bool | None
    period: str | None
    confirmed: bool
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
    `speaking` and `basis_instants` are what every check asks of the law, found once.
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
    remedies: Mapping[str, Remedy] = field(default_factory=dict[str, Remedy])
    speaking: Mapping[tuple[str, str], Speech] = field(init=False, repr=False, compare=False)
    """By scenario and capacity."""
    basis_instants: frozenset[Millis] = field(init=False, repr=False, compare=False)
    """At which a legal basis comes into force or ends."""
    worded: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    """By rule the bases that hold the words it quotes, read and not remembered."""

    def __post_init__(self) -> None:
        rules = sorted(self.rules.values(), key=lambda rule: (rule.fallback, rule.code))
        questions = [
            (scenario.code, capacity.code)
            for scenario in self.scenarios.values()
            for capacity in scenario.capacities
        ]
        said: dict[tuple[str, tuple[Effect, ...]], Speaking] = {}
        speaking = {
            question: Speech.of(
                said.setdefault((one.rule.code, one.effects), one)
                for one in _speaking(rules, *question)
            )
            for question in questions
        }
        instants = (instant for basis in self.legal_bases.values() for instant in basis.in_force)
        object.__setattr__(self, "speaking", speaking)
        object.__setattr__(self, "basis_instants", frozenset(instants))
        worded = {rule.code: frozenset(self._worded(rule)) for rule in self.rules.values()}
        object.__setattr__(self, "worded", worded)

    def bases_in_force(self, rule: Rule, at: Millis) -> tuple[LegalBasis, ...]:
        """Bases in force at the instant, in the rule's order; none ends the rule's effect.

        A rule is no longer law once the words it quotes are not, whatever else it names.
        """
        bases = tuple(
            basis for code in rule.bases if (basis := self.legal_bases[code]).in_force.contains(at)
        )
        return bases if any(basis.code in self.worded[rule.code] for basis in bases) else ()

    def _worded(self, rule: Rule) -> Iterator[str]:
        for code in rule.bases:
            basis = self.legal_bases.get(code)
            if basis and basis.grade is not ReadingGrade.MEMORY and basis.holds_words(rule.quote):
                yield code


def _speaking(rules: Iterable[Rule], scenario: str, capacity: str) -> Iterator[Speaking]:
    for rule in rules:
        effects = tuple(
            effect
            for effect in rule.effects
            if scenario in effect.scenarios
            and (not effect.capacities or capacity in effect.capacities)
        )
        if effects:
            yield Speaking(rule, effects)
