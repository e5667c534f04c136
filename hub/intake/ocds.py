"""Contracts of any publisher of OCDS releases, as things and facts of the graph.

A contract holds from the day it was signed, else from the first release that names it. When a buyer
or supplier came into being no release says, so its state holds for as long as the hub can be asked
about: a later file with newer releases then never shortens what was known before.

Nothing is guessed: a missing value stays missing and is counted, currencies stay what they are, and
bodies are never joined by name across contracting processes. Of several spellings the newest stays.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hub.domain.facts import Batch
from hub.intake.json_documents import Entry, read_entries
from hub.intake.ocds_facts import ContractGraph
from hub.intake.ocds_processes import Process, processes_of
from hub.intake.ocds_releases import Release, read_releases
from hub.intake.rejections import Rejection

SOURCE = "OCDS"
_READING = "2"
"""To be raised when a file would give other facts than before: it is then another import."""


@dataclass(frozen=True, slots=True)
class OcdsCounts:
    """`published` sums every contract object of every release, `kept` the merged contracts."""

    releases: int
    processes: int
    contract_objects: int
    award_objects: int
    contracts: int
    changes: int
    buyers: int
    suppliers: int
    published: Mapping[str, Decimal]
    kept: Mapping[str, Decimal]
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OcdsReading:
    """Counted by name: `not_taken` fields of the standard, `not_understood` fields and words."""

    batch: Batch
    counts: OcdsCounts
    not_taken: Mapping[str, int]
    not_understood: Mapping[str, int]
    rejections: Sequence[Rejection]


def read_ocds(path: Path, *, jurisdiction: str | None) -> OcdsReading:
    """Read a file of OCDS releases in any form; `jurisdiction` is for identifiers without country.

    The order of the releases changes nothing. Raises `ImportRefused` when the file is not JSON or
    holds no release, and when a party's jurisdiction is neither in its identifier nor given.
    """
    entries, rejections = read_entries(path)
    canonical = sorted(((_canonical(entry), entry) for entry in entries), key=lambda pair: pair[0])
    releases = read_releases([entry for _, entry in canonical])
    processes = processes_of(releases.read)
    names = _newest_names(releases.read, processes)
    graph = ContractGraph(path.name, jurisdiction=jurisdiction, names=names)
    for process in processes:
        graph.add(process)
    content = "\n".join([_READING, jurisdiction or "", *(text for text, _ in canonical)])
    content_hash = hashlib.sha256(content.encode()).hexdigest()
    return OcdsReading(
        batch=Batch(SOURCE, content_hash, graph.entities(), graph.facts()),
        counts=_counts(releases.read, processes, graph),
        not_taken=dict(sorted(releases.not_taken.items())),
        not_understood=dict(sorted(releases.not_understood.items())),
        rejections=sorted([*rejections, *releases.rejections, *graph.rejections]),
    )


def _canonical(entry: Entry) -> str:
    """The same release gives the same text, whatever the order of its fields and the spacing."""
    return json.dumps(entry.value, sort_keys=True, separators=(",", ":"), default=str)


def _newest_names(releases: Iterable[Release], processes: Iterable[Process]) -> Mapping[str, str]:
    """By identity. Expects the releases from the oldest to the newest."""
    by_ocid = {process.ocid: process for process in processes}
    names: dict[str, str] = {}
    for release in releases:
        for organisation in release.organisations:
            identity = by_ocid[release.ocid].identity(organisation)
            if identity and organisation.name:
                names[identity.id] = organisation.name
    return names


def _counts(
    releases: Sequence[Release], processes: Sequence[Process], graph: ContractGraph
) -> OcdsCounts:
    contracts = [contract for release in releases for contract in release.contracts]
    published: dict[str, Decimal] = {}
    for contract in contracts:
        if money := contract.money:
            total = published.get(money.currency, Decimal(0))
            published[money.currency] = total + money.amount
    return OcdsCounts(
        releases=len(releases),
        processes=len(processes),
        contract_objects=len(contracts),
        award_objects=sum(len(release.awards) for release in releases),
        contracts=graph.count("Contract"),
        changes=graph.count("ContractChange"),
        buyers=graph.count("Unit"),
        suppliers=graph.count("Enterprise"),
        published=dict(sorted(published.items())),
        kept=dict(sorted(graph.kept.items())),
        missing=dict(sorted((+graph.missing).items())),
    )
