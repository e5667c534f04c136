"""The next rule set, in which a legal basis ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Span, day_start
from hub.errors import BasisNotInForce, UnknownCode
from hub.intake.catalogue import Content

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


def _ended(entry: Entry, day: date) -> Entry:
    return {**entry, "inForce": {**entry.get("inForce", {}), "to": day.isoformat()}}


def _renumbered(rule_set: Entry, number: int, start: date) -> Entry:
    old, title = rule_set["number"], rule_set["title"]
    renamed = {
        "zh": title["zh"].replace(f"第{old}号", f"第{number}号"),
        "en": title["en"].replace(f"no. {old}", f"no. {number}"),
    }
    return {**rule_set, "number": number, "title": renamed, "inForceFrom": start.isoformat()}
