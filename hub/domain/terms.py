"""Which statutory period is in force where and on which day."""

from collections.abc import Iterator
from datetime import date

from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import Millis, day_start, later
from hub.domain.vocabulary import ReadingGrade


def term_for(catalogue: Catalogue, period: str, jurisdiction: str, day: date) -> Term | None:
    """The term of the period on the day: the jurisdiction's own, else that of what it lies in.

    None where there is none, and where no basis of it that was read is in force: what is only
    remembered ends nothing, nor does what was repealed.
    """
    instant = day_start(day)
    in_force = {
        term.jurisdiction: term
        for term in catalogue.terms.values()
        if term.period == period
        and term.in_force.contains(instant)
        and _is_law(term, catalogue, instant)
    }
    return next((in_force[place] for place in _outward(jurisdiction) if place in in_force), None)


def end_of(term: Term, start: Millis) -> Millis:
    """First instant after a term in months or days; working days need a calendar of holidays."""
    assert term.working_days is None, f"{term.code} counts working days"
    return later(start, months=term.months or 0, days=term.days or 0)


def _is_law(term: Term, catalogue: Catalogue, at: Millis) -> bool:
    """Whether any of its bases in force was read, in full or in part."""
    bases = (catalogue.legal_bases[code] for code in term.bases)
    return any(
        basis.grade is not ReadingGrade.MEMORY and basis.in_force.contains(at) for basis in bases
    )


def _outward(jurisdiction: str) -> Iterator[str]:
    """`CN-15`, then `CN`."""
    yield jurisdiction
    country, dash, _ = jurisdiction.partition("-")
    if dash:
        yield country
