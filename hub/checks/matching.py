"""Which record meets which rule, at one instant."""

from collections.abc import Collection

from hub.domain.catalogue import Catalogue, Effect, Rule, Speaking, SubjectCondition, Trigger
from hub.domain.clocks import Millis, day_start, later
from hub.domain.facts import Ref
from hub.domain.known import Arrival, Held, Known, Standing, SubjectState
from hub.domain.vocabulary import Outcome, Reach, ReadingGrade, StandingStatus

PUNISHING = frozenset({"JUDGMENT", "PENALTY"})
"""Types of document by which a subject is punished."""

_PUNISHED_BY = {"CRIMINAL": frozenset({"JUDGMENT"})}
"""By penalty; all others are imposed by a penalty decision."""

_NOT_ENDED = (StandingStatus.IN_FORCE, StandingStatus.EXPIRED)
"""Nothing but time has taken anything from them."""


def counts(standing: Standing, at: Millis) -> bool:
    """Determined, in force and inside its term; a dispute does not stop it."""
    return standing.status is StandingStatus.IN_FORCE and at < standing.counts_until


def lapsed(standing: Standing, at: Millis) -> bool:
    """Past its publication and its term, with the obligation still unperformed."""
    stands = standing.status in _NOT_ENDED
    return stands and standing.obligation_open and at >= over(standing)


def over(standing: Standing) -> Millis:
    """First instant after both its terms."""
    return max(standing.counts_until, standing.public_until)


def met(trigger: Trigger, arrival: Arrival, at: Millis) -> bool:
    """All conditions the trigger names are met by the record as it stands at the instant."""
    return not arrival.undecided and may_meet(trigger, arrival, at)


def may_meet(trigger: Trigger, arrival: Arrival, at: Millis) -> bool:
    """As `met`; an undecided record where it might turn out to be."""
    if not _runs(trigger, arrival, at) or not could_meet(trigger, arrival):
        return False
    behaviours = {tie.code for tie in arrival.behaviours if tie.fact.holds(at)}
    return not trigger.behaviours or bool(behaviours & set(trigger.behaviours))


def could_meet(trigger: Trigger, arrival: Arrival) -> bool:
    """What the trigger asks whatever the time: records that fail it need no further look."""
    standing = arrival.standing
    return (
        _stands(trigger, standing)
        and (not trigger.categories or standing.category in trigger.categories)
        and (not trigger.kinds or any(kind.covers(arrival.kind) for kind in trigger.kinds))
        and (not trigger.lists or standing.list_kind in trigger.lists)
        and (not trigger.penalties or standing.penalty in trigger.penalties)
        and (not trigger.domains or standing.domain in trigger.domains or _of_any_domain(arrival))
        and (
            not trigger.behaviours or any(t.code in trigger.behaviours for t in arrival.behaviours)
        )
        and (not trigger.marks or set(trigger.marks) <= set(standing.marks))
    )


def _of_any_domain(arrival: Arrival) -> bool:
    """What nobody can decide because the record names none."""
    is_passed_on = arrival.reach is Reach.SUCCESSION
    return arrival.undecided and is_passed_on and arrival.standing.domain is None


def _stands(trigger: Trigger, standing: Standing) -> bool:
    """In force; where the rule asks beyond the term, also what no more than time has expired."""
    beyond = trigger.lapsed or trigger.within_years is not None
    return standing.status in (_NOT_ENDED if beyond else (StandingStatus.IN_FORCE,))


def bearing(speaking: Speaking, known: Known) -> frozenset[int]:
    """Places of the arrivals with a record that the rule could meet, whatever the time."""
    if not known.arrivals:
        return frozenset()

    def find() -> frozenset[int]:
        return frozenset(
            place
            for place, arrival in enumerate(known.arrivals)
            if any(could_meet(trigger, arrival) for trigger in speaking.triggers)
        )

    return known.once(speaking, find)


def _runs(trigger: Trigger, arrival: Arrival, at: Millis) -> bool:
    """A look-back is the law's own: it takes the place of the record's term, shorter or longer."""
    if trigger.lapsed and not lapsed(arrival.standing, at):
        return False
    if trigger.within_years is not None:
        return at < look_back_end(trigger.within_years, arrival, at)
    return trigger.lapsed or counts(arrival.standing, at)


def look_back_end(years: int, arrival: Arrival, at: Millis) -> Millis:
    """First instant after it."""
    return later(look_back_start(arrival, at), years=years)


def look_back_start(arrival: Arrival, at: Millis) -> Millis:
    """The first day of a document that holds and by which such a penalty is imposed.

    Where none does, the latest that a document or the event tells: it ends no sooner than it may.
    """
    imposing = _imposing(arrival.standing.penalty)
    told = [
        (day_start(tie.issued_on), tie.doc_type in imposing)
        for tie in arrival.documents
        if tie.issued_on and tie.fact.holds(at)
    ]
    punished = [day for day, punishes in told if punishes]
    if punished:
        return min(punished)
    return max([arrival.standing.event_at, *(day for day, _ in told)])


def _imposing(penalty: str | None) -> Collection[str]:
    """Types of document by which a subject is punished so, or where nothing is said in any way."""
    return PUNISHING if penalty is None else _PUNISHED_BY.get(penalty, {"PENALTY"})


def look_back_ends(trigger: Trigger, arrival: Arrival) -> Collection[Millis]:
    """Instants at which the trigger's look-back may end, whichever documents hold then."""
    if trigger.within_years is None:
        return ()
    days = {tie.issued_on for tie in arrival.documents if tie.issued_on}
    starts = {arrival.standing.event_at, *map(day_start, days)}
    return {later(start, years=trigger.within_years) for start in starts}


def subject_facts(
    condition: SubjectCondition,
    known: Known,
    state: SubjectState | None,
    at: Millis,
    *,
    division: Ref | None = None,
) -> tuple[Held, ...] | None:
    """Facts that meet what the rule asks of the subject; None when they do not.

    `division` is the one to be governed; None for any.
    """
    facts: list[Held] = []
    if condition.unit_kinds or condition.levels:
        if state is None:
            return None
        if condition.unit_kinds and state.unit_kind not in condition.unit_kinds:
            return None
        if condition.levels and state.level not in condition.levels:
            return None
        facts.append(state.fact)
    governs = [fact for fact in known.governs if division in (None, fact.end)]
    for asked, held in ((condition.governs, governs), (condition.in_post, known.posts)):
        if asked:
            holding = sorted((h for h in held if h.holds(at)), key=lambda h: h.fact_id)
            if not holding:
                return None
            facts.append(holding[0])
    return tuple(facts)


def outcome_of(effect: Effect, rule: Rule, catalogue: Catalogue, at: Millis) -> Outcome | None:
    """The effect's outcome, no graver than the bases in force at the instant still allow.

    None when no basis is in force: the rule has ended.
    """
    ceilings = [
        basis.ceiling
        for basis in catalogue.bases_in_force(rule, at)
        if basis.grade is not ReadingGrade.MEMORY
    ]
    if not ceilings:
        return None
    return min(effect.outcome, Outcome.gravest(ceilings), key=lambda outcome: outcome.gravity)
