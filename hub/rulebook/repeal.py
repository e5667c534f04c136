"""The next rule set, in which a legal basis ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span, day_start, format_shanghai
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

    Rules that rest on it alone end with it, the others go on. A title that names the number names
    the new one. Raises `UnknownCode`, `BasisNotInForce`.
    """
    in_force = life_of(basis, catalogue)
    if not in_force.start < day_start(day) < in_force.end:
        raise BasisNotInForce(basis, day.isoformat())
    bases = cast("list[Entry]", content["legalBases"])
    rule_set = cast("Entry", content["ruleSet"])
    return {
        **content,
        "ruleSet": _renumbered(rule_set, number, day),
        "legalBases": [_ended(entry, day) if entry["code"] == basis else entry for entry in bases],
    }


def require_same_law(newest: Catalogue, earlier: Catalogue, *, until: Millis) -> None:
    """The newest rule set may take the place of an earlier one before `until`, its last instant.

    So it may where they say the same until then, as after repeals alone: what ends later is still
    in force. Otherwise what the newest is to bring would come too early. Raises
    `RuleSetTransition`.
    """
    if differences(_until(earlier, until), _until(newest, until)):
        since = format_shanghai(until)
        reason = Text(
            f"它自 {since} 起施行的改动不止依据失效，不能提前",
            f"what it changes from {since} on is more than the end of bases and cannot come sooner",
        )
        raise RuleSetTransition(newest.number, reason)


def _until(catalogue: Catalogue, instant: Millis) -> Catalogue:
    """As it can be told from its answers before the instant."""
    bases = {
        code: replace(basis, in_force=Span(basis.in_force.start, min(basis.in_force.end, instant)))
        for code, basis in catalogue.legal_bases.items()
    }
    return replace(catalogue, legal_bases=bases)


def _ended(entry: Entry, day: date) -> Entry:
    return {**entry, "inForce": {**entry.get("inForce", {}), "to": day.isoformat()}}


def _renumbered(rule_set: Entry, number: int, start: date) -> Entry:
    old, title = rule_set["number"], rule_set["title"]
    renamed = {
        "zh": title["zh"].replace(f"第{old}号", f"第{number}号"),
        "en": title["en"].replace(f"no. {old}", f"no. {number}"),
    }
    return {**rule_set, "number": number, "title": renamed, "inForceFrom": start.isoformat()}
