"""Entries of the catalogue's files as they are written, each turned into its domain object."""

from abc import abstractmethod
from datetime import date
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError
from pydantic.alias_generators import to_camel

from hub.domain.catalogue import (
    Behaviour,
    Capacity,
    Effect,
    LegalBasis,
    Measure,
    Remedy,
    Rule,
    Scenario,
    Source,
    SubjectCondition,
    Term,
    Trigger,
    WordList,
)
from hub.domain.clocks import OPEN_END, OPEN_START, Span, day_start
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

T_co = TypeVar("T_co", covariant=True)


class Flaw(NamedTuple):
    """Why an entry is refused. `section` is the key in the content, such as `legalBases`."""

    section: str
    entry: str
    reason: Text


def _day_text(value: object) -> object:
    """Numbers are no days, though pydantic would read them as such."""
    if not isinstance(value, str):
        raise ValueError("not a day such as 2021-10-19")  # noqa: TRY004  # pydantic wants ValueError
    return value


Day = Annotated[date, BeforeValidator(_day_text)]
Codes = tuple[str, ...]


class Entry(BaseModel):
    """Keys are camelCase; an unknown key is refused, an empty text too."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, str_min_length=1
    )


class CodedEntry(Entry, Generic[T_co]):
    code: str

    @abstractmethod
    def domain(self) -> T_co: ...


class InForceEntry(Entry):
    """Days in Asia/Shanghai, `to` excluded; a missing one leaves that side open."""

    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")

    def span(self) -> Span:
        return Span(
            day_start(self.start) if self.start else OPEN_START,
            day_start(self.end) if self.end else OPEN_END,
        )


class LegalBasisEntry(CodedEntry[LegalBasis]):
    document: Text
    doc_no: str | None = None
    article: str | None = None
    in_force: InForceEntry = InForceEntry()
    grade: ReadingGrade
    ceiling: Outcome
    quote: str | None = None
    note: Text | None = None
    domains: Codes = ()

    def domain(self) -> LegalBasis:
        return LegalBasis(
            code=self.code,
            document=self.document,
            doc_no=self.doc_no,
            article=self.article,
            in_force=self.in_force.span(),
            grade=self.grade,
            ceiling=self.ceiling,
            quote=self.quote,
            note=self.note,
            domains=self.domains,
        )


class BehaviourEntry(CodedEntry[Behaviour]):
    title: Text
    applies_to: tuple[SubjectKind, ...]
    default_category: InfoCategory
    qualifier: Text | None = None
    determiner: Text
    evidence: Codes
    bases: Codes

    def domain(self) -> Behaviour:
        return Behaviour(
            code=self.code,
            title=self.title,
            applies_to=self.applies_to,
            default_category=self.default_category,
            qualifier=self.qualifier,
            determiner=self.determiner,
            evidence=self.evidence,
            bases=self.bases,
        )


class CapacityEntry(Entry):
    code: str
    title: Text


class ScenarioEntry(CodedEntry[Scenario]):
    title: Text
    subject_kind: SubjectKind
    capacities: tuple[CapacityEntry, ...] = Field(min_length=1)
    sources: Codes = Field(min_length=1)
    bases: Codes

    def domain(self) -> Scenario:
        return Scenario(
            code=self.code,
            title=self.title,
            subject_kind=self.subject_kind,
            capacities=tuple(Capacity(entry.code, entry.title) for entry in self.capacities),
            sources=self.sources,
            bases=self.bases,
        )


class MeasureEntry(CodedEntry[Measure]):
    title: Text

    def domain(self) -> Measure:
        return Measure(self.code, self.title)


class SourceEntry(CodedEntry[Source]):
    title: Text
    channel: Text
    jurisdictions: Codes = Field(min_length=1)
    kinds: tuple[RecordKind, ...] = Field(min_length=1)
    lists: Codes = ()

    def domain(self) -> Source:
        return Source(
            code=self.code,
            title=self.title,
            channel=self.channel,
            jurisdictions=self.jurisdictions,
            kinds=self.kinds,
            lists=self.lists,
        )


class TriggerEntry(Entry):
    kinds: tuple[RecordKind, ...] = ()
    behaviours: Codes = ()
    categories: tuple[InfoCategory, ...] = ()
    lists: Codes = ()
    penalties: Codes = ()
    domains: Codes = ()
    marks: Codes = ()
    within_years: PositiveInt | None = None
    lapsed: bool = False

    def domain(self) -> Trigger:
        return Trigger(
            kinds=self.kinds,
            behaviours=self.behaviours,
            categories=self.categories,
            lists=self.lists,
            penalties=self.penalties,
            domains=self.domains,
            marks=self.marks,
            within_years=self.within_years,
            lapsed=self.lapsed,
        )


class SubjectConditionEntry(Entry):
    unit_kinds: tuple[UnitKind, ...] = ()
    levels: tuple[AdminLevel, ...] = ()
    governs: bool = False
    in_post: bool = False

    def domain(self) -> SubjectCondition:
        return SubjectCondition(
            unit_kinds=self.unit_kinds,
            levels=self.levels,
            governs=self.governs,
            in_post=self.in_post,
        )


class EffectEntry(Entry):
    when: tuple[TriggerEntry, ...] = Field(min_length=1)
    scenarios: Codes = Field(min_length=1)
    capacities: Codes = ()
    reaches: tuple[Reach, ...] = ()
    outcome: Outcome
    subject: SubjectConditionEntry = SubjectConditionEntry()

    def domain(self) -> Effect:
        return Effect(
            when=tuple(trigger.domain() for trigger in self.when),
            scenarios=self.scenarios,
            capacities=self.capacities,
            outcome=self.outcome,
            subject=self.subject.domain(),
            reaches=self.reaches,
        )


class RuleEntry(CodedEntry[Rule]):
    kind: RuleKind
    title: Text
    measure: str
    verb: str
    quote: str
    implementer: Text
    bases: Codes
    maturity: Maturity = Maturity.ESTABLISHED
    subject_kind: SubjectKind
    reaches: tuple[Reach, ...] = Field(min_length=1)
    effects: tuple[EffectEntry, ...] = ()
    reading: Text
    fallback: bool = False

    def domain(self) -> Rule:
        return Rule(
            code=self.code,
            kind=self.kind,
            title=self.title,
            measure=self.measure,
            verb=self.verb,
            quote=self.quote,
            implementer=self.implementer,
            bases=self.bases,
            maturity=self.maturity,
            subject_kind=self.subject_kind,
            reaches=self.reaches,
            effects=tuple(effect.domain() for effect in self.effects),
            reading=self.reading,
            fallback=self.fallback,
        )


class TermEntry(CodedEntry[Term]):
    """Without a period of its own it is the only term of the one it is named for."""

    period: str | None = None
    title: Text
    jurisdiction: str
    in_force: InForceEntry = InForceEntry()
    months: PositiveInt | None = None
    days: PositiveInt | None = None
    working_days: PositiveInt | None = None
    bases: Codes

    def domain(self) -> Term:
        return Term(
            code=self.code,
            period=self.period or self.code,
            title=self.title,
            jurisdiction=self.jurisdiction,
            in_force=self.in_force.span(),
            months=self.months,
            days=self.days,
            working_days=self.working_days,
            bases=self.bases,
        )


class RemedyEntry(CodedEntry[Remedy]):
    kind: ClearanceKind
    title: Text
    kinds: tuple[RecordKind, ...] = Field(min_length=1)
    behaviours: Codes = ()
    severities: tuple[PublicitySeverity, ...] = ()
    lapsed: bool | None = None
    period: str | None = None
    confirmed: bool
    bases: Codes = Field(min_length=1)

    def domain(self) -> Remedy:
        return Remedy(
            code=self.code,
            kind=self.kind,
            title=self.title,
            kinds=self.kinds,
            behaviours=self.behaviours,
            severities=self.severities,
            lapsed=self.lapsed,
            period=self.period,
            confirmed=self.confirmed,
            bases=self.bases,
        )


class WordEntry(Entry):
    code: str
    zh: str
    en: str


class WordListEntry(CodedEntry[WordList]):
    words: tuple[WordEntry, ...] = Field(min_length=1)

    def domain(self) -> WordList:
        return WordList(self.code, {word.code: Text(word.zh, word.en) for word in self.words})


class RuleSetEntry(Entry):
    number: PositiveInt
    title: Text
    jurisdiction: str
    in_force_from: Day


def reason_of(error: ValidationError) -> Text:
    """First complaint of pydantic, led by the path inside the entry: `effects.0.outcome`."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return Text(f"不认识的键 {place}", f"unknown key {place}")
    if first["type"] in {"missing", "missing_argument"}:
        return Text(f"缺少 {place}", f"{place} is missing")
    given = f"{first['input']!r}"
    return Text(f"{place} 的值 {given} 不对：{first['msg']}", f"{place} is {given}: {first['msg']}")
