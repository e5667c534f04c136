"""A legal basis that a rule set has in force again, though its end was published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from hub.intake.catalogue import Content
from hub.intake.catalogue_entries import InForceEntry
from hub.rulebook.repeal import Entry, renumbered
from hub.text import Text


class Revival(NamedTuple):
    """`ended` is the day published, `until` that of the rule set; None where it has none."""

    basis: str
    ended: date
    until: date | None

    @property
    def words(self) -> Text:
        zh, en = "没有失效日", "has no end"
        if self.until is not None:
            zh, en = f"自 {self.until} 起才失效", f"ends on {self.until}"
        return Text(
            f"{self.basis} 已公布自 {self.ended} 起失效，这里{zh}",
            f"{self.basis} was published to end on {self.ended}, here it {en}",
        )


def revivals(content: Content, published: Iterable[Content]) -> list[Revival]:
    """Of the published ones, by number, the newest that has a basis tells its end."""
    told = _bases(*published)
    both = [(code, told[code], entry) for code, entry in _bases(content).items() if code in told]
    ends = [(code, _end(old), _end(new)) for code, old, new in both]
    return [
        Revival(code, ended, until)
        for code, ended, until in ends
        if ended is not None and (until is None or until > ended)
    ]


def as_taken(content: Content, published: Sequence[Content], number: int) -> Content:
    """What ships, under a number of the graph that has published those: it revives no basis."""
    revived = {one.basis for one in revivals(content, published)}
    told = _bases(*published)
    bases = [
        {**entry, "inForce": told[code]["inForce"]} if code in revived else entry
        for code, entry in _bases(content).items()
    ]
    rule_set = cast("Entry", content["ruleSet"])
    return {**content, "ruleSet": renumbered(rule_set, number), "legalBases": bases}


def taken_before(content: Content, published: Sequence[Content]) -> Content | None:
    """As which of the published ones it was taken: that which it would be made into again.

    That is one of its own number or, where another had that, of a later.
    """
    for place, one in enumerate(published):
        number = number_of(one)
        if number >= number_of(content) and as_taken(content, published[:place], number) == one:
            return one
    return None


def number_of(content: Content) -> int:
    return int(cast("Entry", content["ruleSet"])["number"])


def _bases(*contents: Content) -> Mapping[str, Entry]:
    """By code, as the last one that has it tells."""
    listed = (cast("list[Entry]", content["legalBases"]) for content in contents)
    return {str(entry["code"]): entry for entries in listed for entry in entries}


def _end(entry: Mapping[str, Any]) -> date | None:
    return InForceEntry.model_validate(entry.get("inForce", {})).end
