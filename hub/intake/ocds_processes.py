"""The releases of one contracting process together: what stands in the end, who is who."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import reduce
from typing import NamedTuple
from unicodedata import normalize

from hub.intake.ocds_releases import Amendment, Organisation, PublishedContract, Release
from hub.intake.publishers import ocid_prefix

_WITH_SCHEME = re.compile(r"([A-Z]{2}-[A-Za-z0-9-]+):(.+)")


class Identity(NamedTuple):
    """`id` is `scheme:value`; `local` when the scheme is only the publisher's prefix."""

    id: str
    scheme: str
    local: bool


class Process:
    """Expects its releases from the oldest to the newest."""

    def __init__(self, ocid: str, releases: Sequence[Release]) -> None:
        self.ocid = ocid
        self.releases = releases
        organisations = [one for release in releases for one in release.organisations]
        self._registered = {one.id: one for one in organisations if one.identifier and one.scheme}
        self._namesakes: dict[str, set[Identity]] = {}
        for one in organisations:
            if one.name and (identity := self._stated_identity(one)):
                self._namesakes.setdefault(one.name, set()).add(identity)

    def contracts(self) -> Sequence[PublishedContract]:
        """Merged by id, as OCDS merges: each field as the newest release that states it has it."""
        versions: dict[str, list[PublishedContract]] = {}
        for release in self.releases:
            for contract in release.contracts:
                versions.setdefault(contract.id, []).append(contract)
        return [reduce(_merged, versions[id_]) for id_ in sorted(versions)]

    def buyer(self) -> Organisation | None:
        """Of the newest release that names one, else the procuring entity of the newest tender."""
        newest = list(reversed(self.releases))
        named = [one.buyer for one in newest] + [one.procuring_entity for one in newest]
        return next((one for one in named if one), None)

    def suppliers_of(self, contract: PublishedContract) -> Sequence[Organisation]:
        """Those of the contract itself, else of its award as last stated, else of its process.

        None when the award has several suppliers and several contracts, or the process several
        contracts: whose is whose is open.
        """
        if contract.suppliers:
            return contract.suppliers
        awards = (award for release in reversed(self.releases) for award in release.awards)
        award = next((one for one in awards if one.id == contract.award_id), None)
        if award is None or not award.suppliers:
            return self._suppliers_in_role()
        alone = len(self._contracts_of_award(contract.award_id)) == 1
        return award.suppliers if alone or len(award.suppliers) == 1 else ()

    def _suppliers_in_role(self) -> Sequence[Organisation]:
        """Parties that supply the only contract of a process whose awards name no supplier."""
        contracts = {contract.id for release in self.releases for contract in release.contracts}
        awarded = any(award.suppliers for release in self.releases for award in release.awards)
        if awarded or len(contracts) != 1:
            return ()
        return next((one.suppliers for one in reversed(self.releases) if one.suppliers), ())

    def awards_without_contract(self) -> set[str]:
        awards = {award.id for release in self.releases for award in release.awards}
        contracts = (contract for release in self.releases for contract in release.contracts)
        return awards - {contract.award_id for contract in contracts}

    def _contracts_of_award(self, award_id: str | None) -> set[str]:
        contracts = (contract for release in self.releases for contract in release.contracts)
        return {contract.id for contract in contracts if contract.award_id == award_id}

    def identity(self, organisation: Organisation) -> Identity | None:
        """By its identifier, else its id, else what the process calls by the very same name.

        A name counts only inside the process and only when it is not ambiguous there: bodies of one
        name in two processes stay two.
        """
        return self._stated_identity(organisation) or self._namesake(organisation.name)

    def _stated_identity(self, organisation: Organisation) -> Identity | None:
        value = organisation.identifier
        if value and organisation.scheme:
            return _joined(organisation.scheme, value)
        if value or organisation.id is None:
            return self._local(value)
        party = self._registered.get(organisation.id)
        return self._stated_identity(party) if party else self._local(organisation.id)

    def _local(self, value: str | None) -> Identity | None:
        if value is None:
            return None
        if match := _WITH_SCHEME.fullmatch(value):
            return _joined(match[1], match[2])
        prefix = ocid_prefix(self.ocid)
        return _joined(prefix, value, local=True) if prefix else None

    def _namesake(self, name: str | None) -> Identity | None:
        found = self._namesakes.get(name or "", set())
        candidates = {identity for identity in found if not identity.local} or found
        return next(iter(candidates)) if len(candidates) == 1 else None


def processes_of(releases: Iterable[Release]) -> Sequence[Process]:
    """Ordered by ocid. Expects the releases from the oldest to the newest."""
    by_ocid: dict[str, list[Release]] = {}
    for release in releases:
        by_ocid.setdefault(release.ocid, []).append(release)
    return [Process(ocid, by_ocid[ocid]) for ocid in sorted(by_ocid)]


def _joined(scheme: str, value: str, *, local: bool = False) -> Identity:
    """Without spaces and full-width forms, which people type into identifiers."""
    bare = "".join(normalize("NFKC", value).split()).removeprefix(f"{scheme}:")
    return Identity(f"{scheme}:{bare}", scheme, local)


def _merged(older: PublishedContract, newer: PublishedContract) -> PublishedContract:
    stated = {
        one.name: value
        for one in fields(newer)
        if one.name != "released_at" and (value := getattr(newer, one.name)) not in (None, ())
    }
    amendments = _amendments(older.amendments, newer.amendments)
    return replace(older, **stated | {"amendments": amendments})


def _amendments(older: Sequence[Amendment], newer: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """By id; those without one are replaced together."""
    restated = {one.id for one in newer}
    kept = [one for one in older if one.id not in restated and (one.named or not newer)]
    return (*kept, *newer)
