"""What would clear a ground: what somebody can do about its record, and what happens by itself.

Clearances are no part of a verdict's id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.checks import matching
from hub.checks.judge import Question
from hub.domain.catalogue import Catalogue, LegalBasis, Remedy, Speaking, Term
from hub.domain.clocks import OPEN_END, Millis, day_start
from hub.domain.known import Arrival, RuleSetInForce, rule_set_at
from hub.domain.terms import end_of, term_for
from hub.domain.verdict import Ground
from hub.domain.vocabulary import ClearanceKind, StandingStatus
from hub.text import Text

_EXPIRY = Text("期限届满后不再计入", "its term ends by itself")
_RULE_END = Text("规则、其依据或者回溯期终止", "the rule, its basis or its look-back ends")


@dataclass(frozen=True, slots=True)
class Clearance:
    """One way in which a ground goes away.

    `at` is from when somebody may act, or when it happens by itself; None when at any time.
    `obligation_first`: what is owed must be performed before.
    """

    kind: ClearanceKind
    title: Text
    at: Millis | None
    term: Term | None
    bases: tuple[LegalBasis, ...]
    obligation_first: bool = False
    needs_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """One question at the instant it was asked for, and under each rule set from then on.

    `laws` holds all of them by content hash.
    """

    question: Question
    at: Millis
    rule_sets: tuple[RuleSetInForce, ...]
    laws: Mapping[str, Catalogue]

    def law(self, at: Millis) -> Catalogue | None:
        rule_set = rule_set_at(self.rule_sets, at)
        return self.laws[rule_set.content_hash] if rule_set else None

    def speaking(self, rule: str, at: Millis) -> Iterator[Speaking]:
        """The rule as it speaks of the question then, if it does."""
        law, asked = self.law(at), (self.question.scenario.code, self.question.capacity)
        speech = law.speaking.get(asked) if law else None
        return (one for one in (speech.rules if speech else ()) if one.rule.code == rule)

    def basis(self, basis: LegalBasis, at: Millis) -> LegalBasis:
        """As the rule set then in force has it, if it does."""
        law = self.law(at)
        return law.legal_bases.get(basis.code, basis) if law else basis


def clearances(ground: Ground, prospect: Prospect) -> tuple[Clearance, ...] | None:
    """What somebody can do first, then what happens by itself; None where no record is told."""
    if ground.arrival is None:
        return None
    arrival, catalogue, at = ground.arrival, prospect.question.catalogue, prospect.at
    return (
        *(
            _by_remedy(remedy, arrival, catalogue, at)
            for remedy in remedies(arrival, catalogue, at)
            if not remedy.lapsed or _rests_on_lapse(ground.rule, arrival, prospect)
        ),
        *_by_itself(ground, arrival, prospect),
    )


def remedies(arrival: Arrival, catalogue: Catalogue, at: Millis) -> Sequence[Remedy]:
    """Of each kind, the first that speaks of the record as it stands."""
    found: dict[ClearanceKind, Remedy] = {}
    for remedy in catalogue.remedies.values():
        if remedy.kind not in found and _speaks_of(remedy, arrival, catalogue, at):
            found[remedy.kind] = remedy
    return [found[kind] for kind in ClearanceKind if kind in found]


def _speaks_of(remedy: Remedy, arrival: Arrival, catalogue: Catalogue, at: Millis) -> bool:
    standing = arrival.standing
    behaviours = {tie.code for tie in arrival.behaviours if tie.fact.holds(at)}
    return (
        arrival.kind in remedy.kinds
        and not (remedy.kind is ClearanceKind.REPAIR and standing.status is StandingStatus.EXPIRED)
        and (not remedy.behaviours or not behaviours.isdisjoint(remedy.behaviours))
        and (not remedy.severities or standing.severity in remedy.severities)
        and (remedy.lapsed is None or remedy.lapsed == matching.lapsed(standing, at))
        and (remedy.period is None or _term(remedy.period, arrival, catalogue, at) is not None)
        and bool(_in_force(remedy.bases, catalogue, at))
    )


def _by_remedy(remedy: Remedy, arrival: Arrival, catalogue: Catalogue, at: Millis) -> Clearance:
    running = _term(remedy.period, arrival, catalogue, at) if remedy.period else None
    term, possible_from = running or (None, None)
    codes = dict.fromkeys([*(term.bases if term else ()), *remedy.bases])
    open_obligation = arrival.standing.obligation_open
    return Clearance(
        kind=remedy.kind,
        title=remedy.title,
        at=possible_from,
        term=term,
        bases=_in_force(codes, catalogue, at),
        obligation_first=open_obligation and remedy.kind is ClearanceKind.REPAIR,
        needs_confirmation=remedy.confirmed,
    )


def _term(
    period: str, arrival: Arrival, catalogue: Catalogue, at: Millis
) -> tuple[Term, Millis] | None:
    """The term of the period on the day of the last document, and when it is over."""
    days = [tie.issued_on for tie in arrival.documents if tie.issued_on and tie.fact.holds(at)]
    if not days:
        return None
    term = term_for(catalogue, period, catalogue.jurisdiction, max(days))
    return None if term is None else (term, end_of(term, day_start(max(days))))


def _in_force(codes: Iterable[str], catalogue: Catalogue, at: Millis) -> tuple[LegalBasis, ...]:
    bases = (catalogue.legal_bases[code] for code in codes)
    return tuple(basis for basis in bases if basis.in_force.contains(at))


def _rests_on_lapse(rule: str, arrival: Arrival, prospect: Prospect) -> bool:
    """Whether the rule says nothing of the record once what is owed is performed."""
    performed = replace(arrival, standing=replace(arrival.standing, obligation_open=False))
    return not _rule_speaks(rule, performed, prospect, prospect.at)


def _by_itself(ground: Ground, arrival: Arrival, prospect: Prospect) -> Iterator[Clearance]:
    """At the first instant from which the rule says nothing of the record.

    Unless that never comes, or the record will stand otherwise before.
    """
    standing, at = arrival.standing, prospect.at
    ends = {standing.counts_until, *_ends_of_law(ground.rule, arrival, prospect)}
    for end in sorted(end for end in ends if at < end <= standing.fact.valid.end):
        if end < OPEN_END and not _rule_speaks(ground.rule, arrival, prospect, end):
            yield _at_its_end(ground, arrival, prospect, end)
            return


def _ends_of_law(rule: str, arrival: Arrival, prospect: Prospect) -> Iterator[Millis]:
    """Instants at which the rule, a basis of it or its look-back may end, in any rule set."""
    for rule_set in prospect.rule_sets:
        yield from rule_set.valid
        law = prospect.laws[rule_set.content_hash]
        if rule in law.rules:
            yield from (law.legal_bases[code].in_force.end for code in law.rules[rule].bases)
            for trigger in law.rules[rule].triggers:
                yield from matching.look_back_ends(trigger, arrival)


def _at_its_end(ground: Ground, arrival: Arrival, prospect: Prospect, end: Millis) -> Clearance:
    standing, catalogue = arrival.standing, prospect.question.catalogue
    if end == standing.counts_until:
        term = catalogue.terms.get(standing.counts_term or "")
        bases = tuple(catalogue.legal_bases[code] for code in term.bases) if term else ()
        return Clearance(ClearanceKind.EXPIRY, _EXPIRY, end, term, bases)
    bases = tuple(_ended(ground.bases, prospect, end))
    return Clearance(ClearanceKind.RULE_END, _RULE_END, end, None, bases)


def _ended(bases: Iterable[LegalBasis], prospect: Prospect, end: Millis) -> Iterator[LegalBasis]:
    """Those that are law until then."""
    last = Millis(end - 1)
    for basis in bases:
        then = prospect.basis(basis, end)
        if prospect.basis(basis, last).in_force.contains(last) and not then.in_force.contains(end):
            yield then


def _rule_speaks(rule: str, arrival: Arrival, prospect: Prospect, at: Millis) -> bool:
    law = prospect.law(at)
    return law is not None and any(
        matching.outcome_of(effect, speaking.rule, law, at) is not None
        and any(matching.met(trigger, arrival, at) for trigger in effect.when)
        for speaking in prospect.speaking(rule, at)
        for effect in speaking.effects_on(arrival.reach)
    )
