"""The next rule set, in which a legal basis ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span, day_of, day_start, format_shanghai
from hub.errors import BasisNotInForce, RuleSetTransition, UnknownCode
from hub.intake.catalogue import Content
from hub.rulebook.diff import differences
from hub.text import Text

Entry = Mapping[str, Any]


def life_of(basis: str, catalogue: Catalogue) -> Span:
    """While the basis is in force. Raises `UnknownCode`."""
    if basis not in catalogue.legal_bases:
        raise UnknownCode("basis", basis, list(catalogue.legal_bases))
    return catalogue.legal_bases[basis].in_force


def without_basis(
    content: Content, catalogue: Catalogue, basis: str, day: date, *, number: int
) -> Content:
    """The same with the next number, in force from the day on, when the basis ends.

    It may end on that day already, in a set that begins later. Rules that rest on it
    alone end with it, the others go on. Raises `UnknownCode`, `BasisNotInForce`.
    """
    in_force, start = life_of(basis, catalogue), day_start(day)
    if not in_force.start < start <= in_force.end:
        ended = day_of(in_force.end).isoformat() if in_force.end < start else None
        raise BasisNotInForce(basis, day.isoformat(), ended=ended)
    bases = cast("list[Entry]", content["legalBases"])
    rule_set = cast("Entry", content["ruleSet"])
    return {
        **content,
        "ruleSet": {**renumbered(rule_set, number), "inForceFrom": day.isoformat()},
        "legalBases": [_ended(entry, day) if entry["code"] == basis else entry for entry in bases],
    }


def cites(catalogue: Catalogue, basis: str, time: Span) -> bool:
    """Whether the basis is in force at any instant of the time."""
    known = catalogue.legal_bases.get(basis)
    if known is None:
        return False
    return max(known.in_force.start, time.start) < min(known.in_force.end, time.end)


def require_only_ends(newest: Catalogue, earlier: Catalogue, *, until: Millis) -> None:
    """The newest rule set may take the place of an earlier one before `until`, its last instant.

    So it may where all that it brings until then is the end of bases, which is law on its own day
    whichever number tells it. Anything else would come too early. Raises `RuleSetTransition`.
    """
    ends = {code: min(basis.in_force.end, until) for code, basis in newest.legal_bases.items()}
    if differences(_ending(earlier, ends), _ending(newest, ends)):
        since = format_shanghai(until)
        reason = Text(
            f"它自 {since} 起施行的改动不止依据失效，不能提前",
            f"what it changes from {since} on is more than the end of bases and cannot come sooner",
        )
        raise RuleSetTransition(newest.number, reason)


def _ending(catalogue: Catalogue, ends: Mapping[str, Millis]) -> Catalogue:
    """The same with its bases ending at those instants at the latest."""
    bases = {
        code: replace(basis, in_force=Span(start, min(end, ends.get(code, end))))
        for code, basis in catalogue.legal_bases.items()
        for start, end in [basis.in_force]
    }
    return replace(catalogue, legal_bases=bases)


def _ended(entry: Entry, day: date) -> Entry:
    return {**entry, "inForce": {**entry.get("inForce", {}), "to": day.isoformat()}}


def renumbered(rule_set: Entry, number: int) -> Entry:
    """A title that names the number names the new one."""
    old, title = rule_set["number"], rule_set["title"]
    renamed = {
        "zh": title["zh"].replace(f"第{old}号", f"第{number}号"),
        "en": title["en"].replace(f"no. {old}", f"no. {number}"),
    }
    return {**rule_set, "number": number, "title": renamed}
