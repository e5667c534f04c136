"""A verdict in words: codes get their titles, facts become the steps of a path.

Nothing here decides anything, and nothing of it is in a verdict's id.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hub.checks.clearing import Clearance, Prospect, clearances
from hub.checks.judge import Question
from hub.domain.catalogue import Behaviour, Catalogue, LegalBasis
from hub.domain.clocks import Millis
from hub.domain.comparison import Changes
from hub.domain.known import Arrival, Held, Tie
from hub.domain.reviews import VerdictStatus, verdict_status
from hub.domain.verdict import Ground, SourceCoverage, Verdict
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, RecordKind
from hub.text import Text

DrawPath = Callable[[Iterable[Held]], str]
"""Gives the Cypher that draws a path."""

_UNKNOWN = Text("不详", "unknown")


@dataclass(frozen=True, slots=True)
class ExplainedRecord:
    """A record as it stood at the instant of the check."""

    arrival: Arrival
    kind: RecordKind
    kind_title: Text
    category: InfoCategory
    category_title: Text
    behaviours: tuple[Behaviour, ...]
    determiners: tuple[Tie, ...]
    documents: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class ExplainedGround:
    """The last four are None where the answer gives result and basis only."""

    ground: Ground
    rule_title: Text
    reading: Text
    measure_title: Text
    outcome_title: Text
    reach_title: Text
    bases: tuple[LegalBasis, ...]
    record: ExplainedRecord | None
    path: tuple[Held, ...] | None
    cypher: str | None
    cleared_by: tuple[Clearance, ...] | None


@dataclass(frozen=True, slots=True)
class ExplainedCoverage:
    coverage: SourceCoverage
    title: Text
    channel: Text


@dataclass(frozen=True, slots=True)
class ExplainedVerdict:
    """`catalogue` is the rule set in whose words it speaks, `status` what humans said of it.

    `cut` are the titles of the reaches of which not all was read.
    """

    verdict: Verdict
    status: VerdictStatus
    catalogue: Catalogue
    scenario_title: Text
    capacity_title: Text
    outcome_title: Text
    grounds: tuple[ExplainedGround, ...]
    coverage: tuple[ExplainedCoverage, ...]
    cut: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ExplainedComparison:
    before: ExplainedVerdict
    after: ExplainedVerdict
    changes: Changes

    @property
    def outcome_changed(self) -> bool:
        return self.before.verdict.outcome is not self.after.verdict.outcome


class Explainer:
    """Speaks the words of one rule set; `laws` are all that a verdict names, by content hash."""

    def __init__(self, catalogue: Catalogue, draw: DrawPath, laws: Mapping[str, Catalogue]) -> None:
        self._catalogue = catalogue
        self._draw = draw
        self._laws = laws

    def verdict(self, verdict: Verdict) -> ExplainedVerdict:
        scenario = self._catalogue.scenarios[verdict.scenario]
        question = Question(self._catalogue, scenario, verdict.capacity)
        prospect = Prospect(question, verdict.effective_at, verdict.rule_sets, self._laws)
        capacities = {capacity.code: capacity.title for capacity in scenario.capacities}
        return ExplainedVerdict(
            verdict=verdict,
            status=verdict_status((), review_required=verdict.human_review_required),
            catalogue=self._catalogue,
            scenario_title=scenario.title,
            capacity_title=capacities[verdict.capacity],
            outcome_title=self.outcome(verdict.outcome),
            grounds=tuple(self._ground(ground, prospect) for ground in verdict.grounds),
            coverage=tuple(self._coverage(source) for source in verdict.judgement.coverage),
            cut=tuple(self.reach(reach) for reach in verdict.judgement.cut),
        )

    def outcome(self, outcome: Outcome) -> Text:
        return self._word("outcomes", outcome)

    def reach(self, reach: Reach) -> Text:
        return self._word("reaches", reach)

    def _ground(self, ground: Ground, prospect: Prospect) -> ExplainedGround:
        rule = self._catalogue.rules[ground.rule]
        return ExplainedGround(
            ground=ground,
            rule_title=rule.title,
            reading=rule.reading,
            measure_title=self._catalogue.measures[ground.measure].title,
            outcome_title=self.outcome(ground.outcome),
            reach_title=self.reach(ground.reach),
            bases=ground.bases,
            record=self._record(ground.arrival, prospect.at) if ground.arrival else None,
            path=ground.facts,
            cypher=self._draw(ground.facts) if ground.facts is not None else None,
            cleared_by=clearances(ground, prospect),
        )

    def _record(self, arrival: Arrival, at: Millis) -> ExplainedRecord:
        category = arrival.standing.category
        return ExplainedRecord(
            arrival=arrival,
            kind=arrival.kind,
            kind_title=self._word("recordKinds", arrival.kind),
            category=category,
            category_title=self._word("infoCategories", category),
            behaviours=tuple(
                self._catalogue.behaviours.get(tie.code) or _unlisted(tie.code, category)
                for tie in _holding(arrival.behaviours, at)
            ),
            determiners=_holding(arrival.determiners, at),
            documents=_holding(arrival.documents, at),
        )

    def _coverage(self, coverage: SourceCoverage) -> ExplainedCoverage:
        source = self._catalogue.sources[coverage.source]
        return ExplainedCoverage(coverage, source.title, source.channel)

    def _word(self, word_list: str, code: str) -> Text:
        return self._catalogue.vocabulary[word_list].titles[code]


def _unlisted(code: str, category: InfoCategory) -> Behaviour:
    """One that other law lists, an earlier rule set or a draft: of it there is only the code."""
    return Behaviour(
        code=code,
        title=Text(code, code),
        applies_to=(),
        default_category=category,
        qualifier=None,
        determiner=_UNKNOWN,
        evidence=(),
        bases=(),
    )


def _holding(ties: Iterable[Tie], at: Millis) -> tuple[Tie, ...]:
    """Facts are read from the instant on: later versions are there too."""
    return tuple(tie for tie in ties if tie.fact.holds(at))
