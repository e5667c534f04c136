"""One OCDS release, read into what the hub takes of it: who buys, who supplies, which contracts.

Planning, items, documents, milestones and payments are standard fields the hub does not take.
Fields that the standard does not know (1.0 to 1.1, with the extensions for contract suppliers and
extended contracts) are counted by name, so that nothing goes unnoticed.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from hub.domain.clocks import Millis
from hub.intake.json_documents import Entry
from hub.intake.money import Money, UnusableAmount, is_listed, money_of
from hub.intake.published import Published, Stated, UnreadableField
from hub.intake.publishers import Publisher, publisher_of
from hub.intake.rejections import Rejection
from hub.text import Text

_T = TypeVar("_T")

_SCHEME_CODE = re.compile("[A-Za-z][A-Za-z0-9-]{1,30}")

_UNKNOWN_END_YEAR = 2099
"""An end in 2099 or later is a way of saying that the end is unknown."""

_RELEASE_FIELDS = frozenset(
    {
        "ocid",
        "id",
        "date",
        "tag",
        "initiationType",
        "language",
        "parties",
        "buyer",
        "planning",
        "tender",
        "bids",
        "awards",
        "contracts",
        "relatedProcesses",
    }
)
_CONTRACT_FIELDS = frozenset(
    {
        "id",
        "awardID",
        "extendsContractID",
        "title",
        "description",
        "status",
        "period",
        "value",
        "items",
        "dateSigned",
        "documents",
        "implementation",
        "relatedProcesses",
        "milestones",
        "amendments",
        "amendment",
        "suppliers",
    }
)


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
    id: str
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
    organisations: tuple[Organisation, ...]
    awards: tuple[Award, ...]
    contracts: tuple[PublishedContract, ...]


@dataclass
class Releases:
    """What was read of a file and what was not; the releases from the oldest to the newest."""

    read: list[Release] = field(default_factory=list[Release])
    rejections: list[Rejection] = field(default_factory=list[Rejection])
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
        self._publisher: Publisher = publisher_of(self._ocid)
        self._fields = Published(entry.value, "", self._publisher.placeholders)

    def release(self) -> Release:
        date = self._fields.moment("date")
        if date is None:
            raise self._fields.unreadable("date", _MISSING)
        self._note_unknown(self._fields, _RELEASE_FIELDS, "")
        tender = self._fields.child("tender")
        buyer = self._named(self._fields, "buyer")
        procuring = self._named(tender, "procuringEntity")
        parties = self._each(self._fields, "parties", self._organisation)
        awards = self._each(self._fields, "awards", self._award)
        contracts = self._each(self._fields, "contracts", lambda one: self._contract(one, date.at))
        named = [one for one in (buyer, procuring) if one]
        suppliers = [one for holder in (*awards, *contracts) for one in holder.suppliers]
        in_role = next((party for party in parties if "buyer" in party.roles), None)
        return Release(
            line=self._line,
            ocid=self._ocid,
            at=date.at,
            buyer=buyer or in_role,
            procuring_entity=procuring,
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
        found: list[_T] = []
        for path, value in holder.elements(name):
            try:
                found.append(read(Published.of(value, path, self._publisher.placeholders)))
            except UnreadableField as error:
                self._into.rejections.append(Rejection(self._line, error.field, error.reason))
        return tuple(found)

    def _organisation(self, part: Published) -> Organisation:
        identifier = part.child("identifier")
        value = identifier.text("id") if identifier else None
        scheme = identifier.text("scheme") if identifier else None
        return Organisation(
            line=self._line,
            field=part.path,
            id=part.text("id"),
            scheme=self._scheme(scheme) if scheme and value else None,
            identifier=value,
            name=part.text("name") or (identifier.text("legalName") if identifier else None),
            roles=tuple(role for _, role in part.elements("roles")),
        )

    def _scheme(self, published: str) -> str:
        scheme = self._publisher.schemes.get(published, published)
        if _SCHEME_CODE.fullmatch(scheme):
            return scheme
        self._into.not_understood[f"identifier.scheme={scheme}"] += 1
        return _code_of_words(scheme)

    def _award(self, part: Published) -> Award:
        suppliers = tuple(self._organisation(one) for one in part.children("suppliers"))
        return Award(_required(part, "id"), suppliers)

    def _contract(self, part: Published, released_at: Millis) -> PublishedContract:
        own = {self._publisher.contract_number, self._publisher.change_reason} - {None}
        self._note_unknown(part, _CONTRACT_FIELDS | own, "contracts.")
        period = part.child("period")
        return PublishedContract(
            line=self._line,
            field=part.path,
            released_at=released_at,
            id=_required(part, "id"),
            number=_text_of(part, self._publisher.contract_number),
            award_id=part.text("awardID"),
            extends=part.text("extendsContractID"),
            change_reason=_text_of(part, self._publisher.change_reason),
            title=part.text("title"),
            status=part.text("status"),
            money=self._money(part.child("value")),
            signed=part.moment("dateSigned"),
            starts=period.moment("startDate") if period else None,
            ends=_known_end(period.moment("endDate")) if period else None,
            suppliers=tuple(self._organisation(one) for one in part.children("suppliers")),
            amendments=self._each(part, "amendments", _amendment),
        )

    def _money(self, value: Published | None) -> Money | None:
        if value is None or (amount := value.number("amount")) is None:
            return None
        currency = _required(value, "currency")
        if not is_listed(currency):
            self._into.not_understood[f"value.currency={currency}"] += 1
        return _exact(value, amount, currency)

    def _note_unknown(self, part: Published, known: frozenset[str | None], prefix: str) -> None:
        unknown = (name for name in part.names() if name not in known)
        self._into.not_understood.update(f"{prefix}{name}" for name in unknown)


_MISSING = Text("缺少此项", "it is missing")


def _required(part: Published, name: str) -> str:
    value = part.text(name)
    if value is None:
        raise part.unreadable(name, _MISSING)
    return value


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


def _amendment(part: Published) -> Amendment:
    return Amendment(
        id=_required(part, "id"),
        reason=part.text("rationale"),
        description=part.text("description"),
        changed=part.moment("date"),
    )
