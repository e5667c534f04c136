"""The generated graph as a stream of things and facts.

The law is named, not brought: behaviours and sources are bare ids that the hub's seed completes.
"""

from collections.abc import Iterator

from benchmarks.graph import names
from benchmarks.graph.dealings import Dealings
from benchmarks.graph.parties import Parties
from benchmarks.graph.records import Records
from benchmarks.graph.sizes import Size
from benchmarks.graph.telling import Part, Told, span
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_START, Millis, Span
from hub.domain.facts import Entity, Fact, Ref, Value
from hub.domain.vocabulary import SubjectKind

_FRESH_UNTIL = Millis(2_082_729_600_000)
"""2036-01-01T00:00:00+08:00: the deliveries cover whatever is asked before."""


def parts_of(size: Size, seed: int, catalogue: Catalogue) -> Iterator[Part]:
    """Everything, each thing before the facts that name it; the same seed gives the same."""
    behaviours = [
        code
        for code, behaviour in catalogue.behaviours.items()
        if SubjectKind.UNIT in behaviour.applies_to
    ]
    for behaviour in behaviours:
        yield Entity(Ref("Behaviour", behaviour))
    yield from _deliveries(catalogue)
    parties = Parties(size, seed, catalogue.jurisdiction)
    yield from parties.parts()
    dealings = Dealings(parties, seed)
    yield from dealings.parts()
    yield from Records(parties, dealings.deals, behaviours, seed).parts()


def hub_enterprise() -> str:
    """Code of the enterprise that is a party to every twelfth contract."""
    return names.enterprise(0)


def busy_units(size: Size) -> list[str]:
    """Codes of the units that have many contracts with many debts each."""
    parties = Parties(size, seed=0, jurisdiction="")
    return [parties.unit(number).id for number in parties.busy]


def _deliveries(catalogue: Catalogue) -> Iterator[Part]:
    for source in catalogue.sources:
        ref = Ref("Source", source)
        said: dict[str, Value] = {
            "source": source,
            "freshUntil": _FRESH_UNTIL,
            "jurisdictions": (catalogue.jurisdiction,),
        }
        yield Entity(ref)
        fact = Fact("SourceGeneration", ref, Span(OPEN_START), key="1", properties=said)
        yield Told(fact, span(0))
