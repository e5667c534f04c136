"""One OCDS release, read into what the hub takes of it: who buys, who supplies, which contracts.

What the hub leaves of the standard (planning, items, documents, payments …) and what the standard
does not know are counted by name, so that nothing goes unnoticed. Of a tender only the procuring
entity is looked at.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from hub.domain.clocks import Millis
from hub.intake.json_documents import Entry
from hub.intake.money import Money, UnusableAmount, is_listed, money_of
from hub.intake.ocds_standard import (
    AMENDMENT,
    AWARD,
    CONTRACT,
    IDENTIFIER,
    ORGANISATION,
    PERIOD,
    RELEASE,
    VALUE,
    Fields,
)
from hub.intake.published import Published, Stated, UnreadableField, base_name
from hub.intake.publishers import Publisher, publisher_of
from hub.intake.rejections import Rejection
from hub.text import Text

_T = TypeVar("_T")

_SCHEME_CODE = re.compile("[A-Za-z][A-Za-z0-9-]{1,30}")

_UNKNOWN_END_YEAR = 2099
"""An end in 2099 or later is a way of saying that the end is unknown."""

_PLACE = re.compile(r"\[\d+\]")


class Organisation(NamedTuple):
    """As a release refers to it: `id` is good within the publisher, an identifier everywhere."""

    line: int
    field: str
    id: str | None
    scheme: str | None
    identifier: str | None
    name: str | None
    roles: tuple[object, ...]


class Amendment(NamedTuple):
    """`named` when the publisher gives the id, which is else made from the content."""

    id: str
    named: bool
    reason: str | None
    description: str | None
    changed: Stated | None


class Award(NamedTuple):
    id: str
    suppliers: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class PublishedContract:
    """One contract as one release states it; `None` and `()` are what it leaves open."""

    line: int
    field: str
    released_at: Millis
    id: str
    number: str | None
    award_id: str | None
    extends: str | None
    change_reason: str | None
    title: str | None
    status: str | None
    money: Money | None
    signed: Stated | None
    starts: Stated | None
    ends: Stated | None
    suppliers: tuple[Organisation, ...]
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Release:
    line: int
    ocid: str
    at: Millis
    buyer: Organisation | None
    procuring_entity: Organisation | None
    suppliers: tuple[Organisation, ...]
    """Parties in the role of supplier."""
    organisations: tuple[Organisation, ...]
    awards: tuple[Award, ...]
    contracts: tuple[PublishedContract, ...]


@dataclass
class Releases:
    """What was read of a file and what was not; the releases from the oldest to the newest."""

    read: list[Release] = field(default_factory=list[Release])
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    not_taken: Counter[str] = field(default_factory=Counter[str])
    not_understood: Counter[str] = field(default_factory=Counter[str])


def read_releases(entries: Sequence[Entry]) -> Releases:
    """An unreadable release is rejected whole, an unreadable part of it alone."""
    releases = Releases()
    for entry in entries:
        try:
            releases.read.append(_ReleaseReader(entry, releases).release())
        except UnreadableField as error:
            releases.rejections.append(Rejection(entry.line, error.field, error.reason))
    releases.read.sort(key=lambda release: release.at)
    return releases


class _ReleaseReader:
    def __init__(self, entry: Entry, into: Releases) -> None:
        header = Published(entry.value, "", frozenset())
        self._line = entry.line
        self._into = into
        self._ocid = _required(header, "ocid")
        self._language = header.text("language")
        self._publisher: Publisher = publisher_of(self._ocid)
        self._fields = Published(entry.value, "", self._publisher.placeholders)

    def release(self) -> Release:
        date = self._fields.moment("date")
        if date is None:
            raise self._fields.unreadable("date", _MISSING)
        self._note(self._fields, RELEASE)
        tender = self._fields.child("tender")
        buyer = self._named(self._fields, "buyer")
        procuring = self._named(tender, "procuringEntity")
        parties = self._each(self._fields, "parties", self._organisation)
        awards = self._each(self._fields, "awards", self._award)
        contracts = self._each(self._fields, "contracts", lambda one: self._contract(one, date.at))
        named = [one for one in (buyer, procuring) if one]
        suppliers = [one for holder in (*awards, *contracts) for one in holder.suppliers]
        return Release(
            line=self._line,
            ocid=self._ocid,
            at=date.at,
            buyer=buyer or _first_in_role(parties, "buyer"),
            procuring_entity=procuring or _first_in_role(parties, "procuringEntity"),
            suppliers=tuple(party for party in parties if "supplier" in party.roles),
            organisations=(*parties, *named, *suppliers),
            awards=awards,
            contracts=contracts,
        )

    def _named(self, holder: Published | None, name: str) -> Organisation | None:
        part = holder.child(name) if holder else None
        return self._organisation(part) if part else None

    def _each(
        self, holder: Published, name: str, read: Callable[[Published], _T]
    ) -> tuple[_T, ...]:
        """Those that can be read: each of the others is rejected alone."""

        def read_element(path: str, value: object) -> _T:
            return read(Published.of(value, path, self._publisher.placeholders))

        elements = holder.elements(name)
        found = [self._alone(partial(read_element, *element)) for element in elements]
        return tuple(one for one in found if one is not None)

    def _alone(self, read: Callable[[], _T | None]) -> _T | None:
        """None and a rejection where it cannot be read."""
        try:
            return read()
        except UnreadableField as error:
            self._into.rejections.append(Rejection(self._line, error.field, error.reason))
            return None

    def _organisation(self, part: Published) -> Organisation:
        self._note(part, ORGANISATION)
        identifier = part.child("identifier")
        name = part.worded("name", self._language)
        value = scheme = None
        if identifier:
            self._note(identifier, IDENTIFIER)
            value, scheme = identifier.text("id"), identifier.text("scheme")
            name = name or identifier.worded("legalName", self._language)
        return Organisation(
            line=self._line,
            field=part.path,
            id=part.text("id"),
            scheme=self._scheme(scheme) if scheme and value else None,
            identifier=value,
            name=name,
            roles=tuple(role for _, role in part.elements("roles")),
        )

    def _scheme(self, published: str) -> str:
        scheme = self._publisher.schemes.get(published, published)
        if _SCHEME_CODE.fullmatch(scheme):
            return scheme
        self._into.not_understood[f"identifier.scheme={scheme}"] += 1
        return _code_of_words(scheme)

    def _award(self, part: Published) -> Award:
        self._note(part, AWARD)
        suppliers = tuple(self._organisation(one) for one in part.children("suppliers"))
        return Award(_required(part, "id"), suppliers)

    def _contract(self, part: Published, released_at: Millis) -> PublishedContract:
        own = (self._publisher.contract_number, self._publisher.change_reason)
        self._note(part, CONTRACT, own)
        period = self._alone(lambda: part.child("period"))
        if period:
            self._note(period, PERIOD)
        return PublishedContract(
            line=self._line,
            field=part.path,
            released_at=released_at,
            id=_required(part, "id"),
            number=_text_of(part, self._publisher.contract_number),
            award_id=part.text("awardID"),
            extends=part.text("extendsContractID"),
            change_reason=_text_of(part, self._publisher.change_reason),
            title=part.worded("title", self._language),
            status=part.text("status"),
            money=self._alone(lambda: self._money(part.child("value"))),
            signed=self._alone(lambda: part.moment("dateSigned")),
            starts=self._alone(lambda: period and period.moment("startDate")),
            ends=self._alone(lambda: period and _known_end(period.moment("endDate"))),
            suppliers=tuple(self._organisation(one) for one in part.children("suppliers")),
            amendments=self._amendments(part),
        )

    def _money(self, value: Published | None) -> Money | None:
        if value is None:
            return None
        self._note(value, VALUE)
        if (amount := value.number("amount")) is None:
            return None
        published = _required(value, "currency")
        currency = self._publisher.currencies.get(published, published)
        if not is_listed(currency):
            self._into.not_understood[f"value.currency={currency}"] += 1
        return _exact(value, amount, currency)

    def _amendments(self, part: Published) -> tuple[Amendment, ...]:
        """Version 1.0 has one `amendment`. One that says nothing changes nothing."""
        stated = self._each(part, "amendments", self._amendment)
        stated = stated or self._each(part, "amendment", self._amendment)
        return tuple(one for one in stated if one.named or any(one[2:]))

    def _amendment(self, part: Published) -> Amendment:
        self._note(part, AMENDMENT)
        given = part.text("id")
        return Amendment(
            id=given or part.digest()[:16],
            named=given is not None,
            reason=part.worded("rationale", self._language),
            description=part.worded("description", self._language),
            changed=part.moment("date"),
        )

    def _note(self, part: Published, fields: Fields, own: Iterable[str | None] = ()) -> None:
        """Count what is left of the part, by the path without places in lists."""
        prefix = f"{_PLACE.sub('', part.path)}." if part.path else ""
        for name in part.names():
            base = base_name(name)
            if base in fields.left:
                self._into.not_taken[f"{prefix}{base}"] += 1
            elif base not in fields.taken and name not in own:
                self._into.not_understood[f"{prefix}{name}"] += 1


_MISSING = Text("缺少此项", "it is missing")


def _required(part: Published, name: str) -> str:
    value = part.text(name)
    if value is None:
        raise part.unreadable(name, _MISSING)
    return value


def _first_in_role(parties: Iterable[Organisation], role: str) -> Organisation | None:
    return next((party for party in parties if role in party.roles), None)


def _code_of_words(scheme: str) -> str:
    """`x-Registro-Unico-1c9a…` for a register named in words; the digest keeps it apart."""
    letters = normalize("NFKD", scheme).encode("ascii", "ignore").decode()
    legible = "-".join(re.findall("[A-Za-z0-9]+", letters))[:16].strip("-")
    digest = hashlib.sha256(scheme.encode()).hexdigest()[:10]
    return "-".join(part for part in ("x", legible, digest) if part)


def _text_of(part: Published, name: str | None) -> str | None:
    return part.text(name) if name else None


def _known_end(stated: Stated | None) -> Stated | None:
    return None if stated and stated.day.year >= _UNKNOWN_END_YEAR else stated


def _exact(value: Published, amount: Decimal, currency: str) -> Money:
    try:
        return money_of(amount, currency)
    except UnusableAmount as error:
        raise value.unreadable("amount", error.reason) from error
