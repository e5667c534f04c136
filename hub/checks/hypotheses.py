"""Facts as they would be, were something supposed of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hub.checks.clearing import remedies
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_START, Span
from hub.domain.known import Arrival, Known, RuleSetInForce
from hub.domain.suppositions import DebtKnown, Supposition
from hub.domain.vocabulary import ClearanceKind, StandingStatus
from hub.errors import NotOfSubject


def under(known: Known, catalogue: Catalogue) -> Known:
    """As if that rule set alone had always been in force."""
    number, content_hash = catalogue.number, catalogue.content_hash
    supposed = RuleSetInForce(f"RuleSet-{number}", number, content_hash, Span(OPEN_START))
    return replace(known, rule_sets=(supposed,))


def suppose(
    known: Known, supposition: Supposition, debts: Sequence[DebtKnown], catalogue: Catalogue
) -> Known:
    """With records repaired and debts paid; `debts` are what is known of those that are named.

    Raises `NotOfSubject` naming what does not concern the subject: such a supposition would
    change nothing and be taken for an answer.
    """
    reached = {arrival.record for arrival in known.arrivals}
    _require("recordsRepaired", supposition.records_repaired, reached)
    of_subject = {debt.code for debt in debts if debt.owed or not reached.isdisjoint(debt.records)}
    _require("debtsPaid", supposition.debts_paid, of_subject)
    fulfilled = _fulfilled(debts, frozenset(supposition.debts_paid))
    return replace(
        known,
        arrivals=tuple(
            _repaired(arrival)
            if arrival.record in supposition.records_repaired
            else _performed(arrival, catalogue, known)
            if arrival.record in fulfilled
            else arrival
            for arrival in known.arrivals
        ),
    )


def _require(argument: str, given: Iterable[str], of_subject: set[str]) -> None:
    strange = [code for code in given if code not in of_subject]
    if strange:
        raise NotOfSubject(argument, strange)


def _fulfilled(debts: Sequence[DebtKnown], paid: frozenset[str]) -> set[str]:
    """Records all of whose debts are paid."""
    return {record for debt in debts for record, owed in debt.records.items() if owed <= paid}


def _performed(arrival: Arrival, catalogue: Catalogue, known: Known) -> Arrival:
    """Ended where the law ends the record by performance, else with nothing left to perform.

    What performance ends of a lapsed record is that it is shown as owed; the record itself stays.
    """
    ways = remedies(arrival, catalogue, known.at)
    if any(way.kind is ClearanceKind.FULFIL and not way.lapsed for way in ways):
        return _repaired(arrival)
    return replace(arrival, standing=replace(arrival.standing, obligation_open=False))


def _repaired(arrival: Arrival) -> Arrival:
    standing = arrival.standing
    repaired = replace(standing, status=StandingStatus.REPAIRED, obligation_open=False)
    return replace(arrival, standing=repaired)
