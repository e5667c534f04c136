"""Records about units and officials, with the documents they rest on and one to four standings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.graph import names
from benchmarks.graph.dealings import Deal
from benchmarks.graph.parties import Parties
from benchmarks.graph.telling import LAST_DAY, Chance, Part, day_text, instant, span, thing
from hub.domain.clocks import OPEN_END
from hub.domain.facts import Fact, Ref, Value
from hub.domain.identifiers import record_id

_LATER = ("SUSPENDED", "IN_FORCE", "REPAIRED")


@dataclass(frozen=True, slots=True)
class _Kind:
    share: float
    labels: tuple[str, ...]
    category: str
    document: str
    about_person: bool = False
    said: tuple[tuple[str, str], ...] = ()


_KINDS = (
    _Kind(0.60, ("FailureEvent",), "GENERAL_DISHONEST", "BREACH_CONFIRMATION"),
    _Kind(0.10, ("JudgmentDefault", "FailureEvent"), "SERIOUS_DISHONEST", "LISTING_DECISION"),
    _Kind(
        0.10,
        ("Listing",),
        "SERIOUS_DISHONEST",
        "LISTING_DECISION",
        said=(("list", "WAGE_ARREARS"),),
    ),
    _Kind(
        0.10,
        ("Discipline",),
        "GENERAL_DISHONEST",
        "DISCIPLINE",
        about_person=True,
        said=(("discipline", "DEMERIT"),),
    ),
    _Kind(0.05, ("Penalty",), "GENERAL_DISHONEST", "PENALTY", said=(("penalty", "LARGE_FINE"),)),
    _Kind(0.05, ("Honour",), "POSITIVE", "HONOUR"),
)


class Records:
    def __init__(
        self, parties: Parties, deals: Sequence[Deal], behaviours: Sequence[str], seed: int
    ) -> None:
        self._parties = parties
        self._size = parties.size
        self._deals = deals
        self._behaviours = behaviours
        self._seed = seed

    def parts(self) -> Iterator[Part]:
        chance = Chance(f"{self._seed} records")
        for number in range(self._size.records):
            yield from self._record(number, chance)

    def _record(self, number: int, chance: Chance) -> Iterator[Part]:
        kind = _kind(chance.share())
        since = chance.day(400, LAST_DAY - 100)
        origin = self._deals[chance.below(len(self._deals))] if chance.happens(0.4) else None
        about = self._subject(kind, origin, chance)
        issuer = self._parties.unit(chance.below(len(self._parties.divisions)))
        doc_no = f"示例认〔{day_text(since)[:4]}〕{number}号"
        ref = Ref("CreditRecord", record_id(kind.labels[0], doc_no, issuer.id, about.id))
        document = Ref("Document", f"{doc_no}@{issuer.id}")
        yield thing(ref, *kind.labels, name=f"示例记录{number:06d}")
        yield _document(document, kind, issuer, since)
        facts = [
            Fact("ABOUT", ref, span(since), about),
            Fact("DETERMINED_BY", ref, span(since), issuer),
            Fact("EVIDENCED_BY", ref, span(since), document),
        ]
        if "FailureEvent" in kind.labels:
            behaviour = Ref("Behaviour", chance.one_of(self._behaviours))
            facts.append(Fact("OF", ref, span(since), behaviour))
        if origin is not None and not kind.about_person:
            facts.append(Fact("ARISES_FROM", ref, span(since), origin.ref))
        if not kind.about_person and chance.happens(0.1):
            facts.append(self._responsible(ref, since, chance))
        for fact in facts:
            yield from chance.tell(fact, since)
        yield from _standings(ref, kind, since, chance)

    def _subject(self, kind: _Kind, origin: Deal | None, chance: Chance) -> Ref:
        if kind.about_person:
            return Ref("Person", names.person(chance.zipf(self._size.officials)))
        if origin is not None:
            return origin.unit
        return self._parties.unit(chance.zipf(self._size.units))

    def _responsible(self, ref: Ref, since: int, chance: Chance) -> Fact:
        person = Ref("Person", names.person(chance.below(self._size.officials)))
        said: dict[str, Value] = {"role": "DIRECT", "docNo": "示例责任认定"}
        return Fact("RESPONSIBLE_FOR", person, span(since), ref, properties=said)


def _kind(share: float) -> _Kind:
    for kind in _KINDS[:-1]:
        if share < kind.share:
            return kind
        share -= kind.share
    return _KINDS[-1]


def _document(ref: Ref, kind: _Kind, issuer: Ref, issued: int) -> Part:
    doc_no = ref.id.partition("@")[0]
    return thing(
        ref,
        docNo=doc_no,
        docType=kind.document,
        issuer=f"示例机关{issuer.id}",
        issuedOn=day_text(issued),
        title=doc_no,
    )


def _standings(ref: Ref, kind: _Kind, since: int, chance: Chance) -> Iterator[Part]:
    """One version to four, each valid until the next begins."""
    turns = [since]
    while len(turns) <= len(_LATER) and chance.happens(0.4):
        turns.append(chance.day(turns[-1], LAST_DAY - 4 + len(turns)))
    said: dict[str, Value] = {
        "category": kind.category,
        "severity": chance.one_of(("MINOR", "GENERAL", "SERIOUS")),
        "eventAt": instant(since),
        "publicUntil": instant(since + 1_095),
        "countsUntil": OPEN_END,
        "disputed": chance.happens(0.05),
        "obligationOpen": chance.happens(0.3),
        "domain": "PROCUREMENT",
        **dict(kind.said),
    }
    for status, start, end in zip(("IN_FORCE", *_LATER), turns, [*turns[1:], None], strict=False):
        version = said | {"status": status}
        state = Fact("Standing", ref, span(start, end), key=day_text(start), properties=version)
        yield from chance.tell(state, start, {"severity": "MINOR"})
