"""Reads the law's cases and refuses one that names what the catalogue does not have."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import orjson
from pydantic import ValidationError

from hub.domain.cases import Case, CaseExpectation, CaseFile, CaseRecord
from hub.domain.catalogue import Catalogue
from hub.domain.standings import require_sequence
from hub.domain.vocabulary import Reach
from hub.errors import CatalogueRefused, ForbiddenTransition
from hub.intake.case_entries import CaseEntry, CaseFileEntry, ClauseEntry
from hub.intake.catalogue_entries import reason_of
from hub.intake.catalogue_references import unknown, words
from hub.intake.yaml_files import Json, read_yaml
from hub.text import Text

_ID_LENGTH = 16


def read_cases(folder: Path, catalogue: Catalogue) -> tuple[CaseFile, ...]:
    """Every file of the folder, by name. Raises `CatalogueRefused`, the entry being the claim."""
    return tuple(
        _read_file(path, f"{folder.name}/{path.name}", catalogue)
        for path in sorted(folder.glob("*.yaml"))
    )


def _read_file(path: Path, name: str, catalogue: Catalogue) -> CaseFile:
    raw = read_yaml(path, name=name)
    try:
        file = CaseFileEntry.model_validate(raw)
    except ValidationError as error:
        raise CatalogueRefused(name, "-", reason_of(error)) from error
    for reason in _clause_flaws(file.clause, catalogue):
        raise CatalogueRefused(name, "clause", reason)
    told = cast("Mapping[str, list[dict[str, Json]]]", raw)["cases"]
    cases = tuple(
        _case(entry, _case_id(written), name, catalogue)
        for entry, written in zip(file.cases, told, strict=True)
    )
    return CaseFile(name, file.point, file.clause.basis, file.clause.quote, cases)


def _case(entry: CaseEntry, case_id: str, file: str, catalogue: Catalogue) -> Case:
    for reason in unknown("term", entry.terms, catalogue.terms):
        raise CatalogueRefused(file, entry.case, reason)
    case = entry.domain(case_id, catalogue)
    for reason in _case_flaws(case, catalogue):
        raise CatalogueRefused(file, case.name, reason)
    return case


def _case_id(written: Mapping[str, Json]) -> str:
    """From the claim and its facts: other facts are another subject, another answer is not."""
    facts = {key: value for key, value in written.items() if key != "expect"}
    digest = hashlib.sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return digest[:_ID_LENGTH].upper()


def _clause_flaws(clause: ClauseEntry, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("basis", [clause.basis], catalogue.legal_bases)
    if not catalogue.legal_bases[clause.basis].holds_words(clause.quote):
        yield Text("引文不见于该依据", "the quote is not in the words of the basis")


def _case_flaws(case: Case, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("rule", [case.rule], catalogue.rules)
    yield from unknown("source", case.sources, catalogue.sources)
    for record in case.records:
        yield from _record_flaws(record, catalogue)
    for expectation in case.expect:
        yield from _expectation_flaws(expectation, case, catalogue)
    ids = [record.id for record in case.records]
    if len(ids) != len(set(ids)):
        yield Text("记录编号重复", "a record's id stands twice")


def _record_flaws(record: CaseRecord, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("behaviour", record.behaviours, catalogue.behaviours)
    try:
        require_sequence(record.kind, [standing.status for standing in record.standings])
    except ForbiddenTransition as error:
        yield error.what
    if (record.edge is None) is not (record.reach is Reach.OWN):
        yield Text(f"{record.id} 的 edge 与传导方式不符", f"{record.id} needs an edge unless OWN")
    if record.unit and record.reach is not Reach.REGION:
        yield Text(f"{record.id} 的 unit 只用于 REGION", f"{record.id} says unit, for REGION only")
    types = [document.type for document in record.documents if document.type]
    yield from unknown("document", types, words(catalogue, "documentTypes"))
    for standing in record.standings:
        yield from unknown("mark", standing.marks, words(catalogue, "marks"))
        for noun, code, known in (
            ("domain", standing.domain, "contractDomains"),
            ("list", standing.list_kind, "listKinds"),
            ("penalty", standing.penalty, "penaltyKinds"),
            ("discipline", standing.discipline, "disciplineKinds"),
        ):
            yield from unknown(noun, [code] if code else [], words(catalogue, known))


def _expectation_flaws(
    expectation: CaseExpectation, case: Case, catalogue: Catalogue
) -> Iterator[Text]:
    yield from unknown("scenario", [expectation.scenario], catalogue.scenarios)
    if scenario := catalogue.scenarios.get(expectation.scenario):
        known = [capacity.code for capacity in scenario.capacities]
        yield from unknown("capacity", [expectation.capacity], known)
        if scenario.subject_kind is not case.subject.kind:
            yield Text(
                f"应用场景 {scenario.code} 不核查 {case.subject.kind}",
                f"the scenario {scenario.code} does not check a {case.subject.kind}",
            )
    answer = expectation.answer
    grounds = sorted(answer.grounds)
    yield from unknown("rule", [ground.rule for ground in grounds], catalogue.rules)
    yield from unknown(
        "record", [ground.record for ground in grounds], [r.id for r in case.records]
    )
    for name, rules in (("decidedBy", answer.decided_by), ("disputed", answer.disputed)):
        if not rules <= {ground.rule for ground in grounds}:
            yield Text(f"{name} 不在 grounds 之中", f"{name} is not among the grounds")
