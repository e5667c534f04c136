"""What would clear a ground: what somebody can do about its record, and what happens by itself.

Clearances are no part of a verdict's id.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hub.checks import matching
from hub.checks.judge import Question
from hub.domain.catalogue import Catalogue, LegalBasis, Remedy, Term
from hub.domain.clocks import OPEN_END, Millis, day_start
from hub.domain.known import Arrival
from hub.domain.terms import end_of, term_for
from hub.domain.verdict import Ground
from hub.domain.vocabulary import ClearanceKind, StandingStatus
from hub.text import Text

_EXPIRY = Text("期限届满后不再计入", "its term ends by itself")
_RULE_END = Text("规则的依据或者回溯期届满", "the rule's basis or its look-back ends")


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


def clearances(ground: Ground, question: Question, at: Millis) -> tuple[Clearance, ...] | None:
    """What somebody can do first, then what happens by itself; None where no record is told."""
    if ground.arrival is None:
        return None
    catalogue, arrival = question.catalogue, ground.arrival
    return (
        *(
            _by_remedy(remedy, arrival, catalogue, at)
            for remedy in remedies(arrival, catalogue, at)
            if not remedy.lapsed or _rests_on_lapse(ground, arrival, question, at)
        ),
        *_by_itself(ground, arrival, question, at),
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


def _rests_on_lapse(ground: Ground, arrival: Arrival, question: Question, at: Millis) -> bool:
    """Whether the rule says nothing of the record once what is owed is performed."""
    performed = replace(arrival, standing=replace(arrival.standing, obligation_open=False))
    return not _rule_speaks(ground.rule, performed, question, at)


def _by_itself(
    ground: Ground, arrival: Arrival, question: Question, at: Millis
) -> Iterator[Clearance]:
    """At the first instant from which the rule says nothing of the record.

    Unless that never comes, or the record will stand otherwise before.
    """
    standing, rule = arrival.standing, question.catalogue.rules[ground.rule]
    ends = {standing.counts_until, *(basis.in_force.end for basis in ground.bases)}
    ends.update(*(matching.look_back_ends(trigger, arrival) for trigger in rule.triggers))
    for end in sorted(end for end in ends if at < end <= standing.fact.valid.end):
        if end < OPEN_END and not _rule_speaks(ground.rule, arrival, question, end):
            yield _at_its_end(ground, arrival, question.catalogue, end)
            return


def _at_its_end(ground: Ground, arrival: Arrival, catalogue: Catalogue, end: Millis) -> Clearance:
    standing = arrival.standing
    if end == standing.counts_until:
        term = catalogue.terms.get(standing.counts_term or "")
        bases = tuple(catalogue.legal_bases[code] for code in term.bases) if term else ()
        return Clearance(ClearanceKind.EXPIRY, _EXPIRY, end, term, bases)
    bases = tuple(basis for basis in ground.bases if basis.in_force.end == end)
    return Clearance(ClearanceKind.RULE_END, _RULE_END, end, None, bases)


def _rule_speaks(code: str, arrival: Arrival, question: Question, at: Millis) -> bool:
    return any(
        matching.outcome_of(effect, speaking.rule, question.catalogue, at) is not None
        and any(matching.met(trigger, arrival, at) for trigger in effect.when)
        for speaking in question.speech().rules
        if speaking.rule.code == code
        for effect in speaking.effects
    )
