"""Files of two publishers nobody listed, each of another shape: both are read by the standard."""

from decimal import Decimal
from pathlib import Path

import pytest

from hub.domain.facts import Ref, Value
from hub.intake.ocds import OcdsCounts, OcdsReading, read_ocds

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def records() -> OcdsReading:
    """A record package: one compiled release with links, one record of embedded releases."""
    return read_ocds(HERE / "record_publisher.json", jurisdiction="CH")


@pytest.fixture(scope="module")
def lines() -> OcdsReading:
    """A release or a package a line."""
    return read_ocds(HERE / "line_publisher.jsonl", jurisdiction="CL")


def _names(reading: OcdsReading, label: str) -> dict[str, Value]:
    entities = [one for one in reading.batch.entities if one.ref.label == label]
    return {one.ref.id: one.properties["name"] for one in entities}


def _terms(reading: OcdsReading, contract: str) -> dict[str, Value]:
    [state] = [
        one
        for one in reading.batch.facts
        if (one.kind, one.subject) == ("ContractState", Ref("Contract", contract))
    ]
    return dict(state.properties)


def _suppliers(reading: OcdsReading) -> set[tuple[str, str]]:
    return {
        (one.object.id, one.subject.id)
        for one in reading.batch.facts
        if one.kind == "PARTY_TO" and one.object and one.properties["side"] == "SUPPLIER"
    }


def _changes(reading: OcdsReading, contract: str) -> list[Value]:
    changes = {
        one.ref: one.properties["reason"]
        for one in reading.batch.entities
        if "reason" in one.properties
    }
    return [
        changes[one.object]
        for one in reading.batch.facts
        if (one.kind, one.subject.id) == ("CHANGED_BY", contract) and one.object
    ]


# ---- a record package


def test_a_package_of_records_is_counted_by_currency(records: OcdsReading) -> None:
    assert records.counts == OcdsCounts(
        releases=3,
        processes=2,
        contract_objects=5,
        award_objects=4,
        contracts=3,
        changes=3,
        buyers=2,
        suppliers=3,
        published={"CHF": Decimal("1250000.50"), "EUR": Decimal(22), "JPY": Decimal(200)},
        kept={"CHF": Decimal("1250000.50"), "EUR": Decimal(12), "JPY": Decimal(200)},
        missing={
            "awards.contracts": 1,
            "contracts.endOn": 3,
            "contracts.signedOn": 2,
            "contracts.startOn": 2,
            "contracts.status": 2,
            "contracts.title": 2,
        },
    )
    assert records.rejections == []


def test_what_is_left_of_it_is_named_with_its_place(records: OcdsReading) -> None:
    assert records.not_taken == {
        "awards.value": 1,
        "contracts.amendment.changes": 1,
        "contracts.items": 1,
        "contracts.period.durationInDays": 1,
        "planning": 1,
    }
    assert records.not_understood == {
        "awards.relatedLots": 1,
        "contracts.value.valueAddedTaxIncluded": 1,
        "parties.identifier.registrar": 1,
        "parties.shareholders": 1,
    }


def test_a_prefix_in_capitals_is_the_same_publisher(records: OcdsReading) -> None:
    assert _names(records, "Unit") == {
        "ocds-xyz789:canton": "Canton d'exemple",
        "ocds-xyz789:office": "Office",
    }


def test_a_text_in_languages_is_read_in_that_of_the_release(records: OcdsReading) -> None:
    assert _terms(records, "OCDS-xyz789-A/1/c-1") == {
        "contractNo": "c-1",
        "ocid": "OCDS-xyz789-A/1",
        "title": "Route",
        "status": "active",
        "amountMinor": 125_000_050,
        "currency": "CHF",
        "scale": 2,
        "signedOn": "2025-01-15",
        "startOn": "2025-02-01",
        "awardId": "aw-1",
    }


def test_suppliers_are_those_of_the_award_or_in_the_role_for_the_only_contract(
    records: OcdsReading,
) -> None:
    assert _suppliers(records) == {
        ("OCDS-xyz789-A/1/c-1", "CH-FDJP:CHE-000.000.001"),
        ("OCDS-xyz789-B/2/c-1", "CH-FDJP:CHE-000.000.002"),
        ("OCDS-xyz789-B/2/c-2", "ocds-xyz789:two"),
    }


def test_amendments_of_several_releases_stand_together(records: OcdsReading) -> None:
    assert _changes(records, "OCDS-xyz789-B/2/c-1") == ["first", "second"]


def test_the_one_amendment_of_version_1_0_is_a_change(records: OcdsReading) -> None:
    assert _changes(records, "OCDS-xyz789-A/1/c-1") == ["délai"]


def test_an_amount_that_a_newer_release_leaves_open_stays(records: OcdsReading) -> None:
    assert _terms(records, "OCDS-xyz789-B/2/c-2")["amountMinor"] == 200


# ---- lines


def test_a_file_of_lines_keeps_what_can_be_read_and_names_the_rest(lines: OcdsReading) -> None:
    assert lines.counts == OcdsCounts(
        releases=3,
        processes=3,
        contract_objects=4,
        award_objects=2,
        contracts=4,
        changes=0,
        buyers=1,
        suppliers=1,
        published={"CLF": Decimal("39.71"), "CLP": Decimal(1_500_000)},
        kept={"CLF": Decimal("39.71"), "CLP": Decimal(1_500_000)},
        missing={
            "awards.contracts": 1,
            "contracts.amountMinor": 2,
            "contracts.awardId": 1,
            "contracts.endOn": 4,
            "contracts.signedOn": 3,
            "contracts.startOn": 4,
            "contracts.status": 3,
            "contracts.suppliers": 3,
            "contracts.title": 1,
        },
    )
    assert lines.not_understood == {"publisher": 1, "value.currency=pesos": 1}
    assert [(one.line, one.field, one.reason.en) for one in lines.rejections] == [
        (2, "contracts[2].value.amount", "'pesos' is no currency code")
    ]


def test_parties_alone_name_buyer_and_supplier(lines: OcdsReading) -> None:
    assert _names(lines, "Unit") == {"CL-RUT:60.000.000-0": "Servicio de Ejemplo"}
    assert _suppliers(lines) == {("ocds-qqq111-1/OC-1", "ocds-qqq111:p-7")}


def test_a_unit_of_account_has_the_decimals_that_iso_4217_gives_it(lines: OcdsReading) -> None:
    terms = _terms(lines, "ocds-qqq111-1/OC-1")

    assert (terms["amountMinor"], terms["currency"], terms["scale"]) == (397_100, "CLF", 4)


def test_without_a_prefix_a_publishers_own_id_identifies_nobody(tmp_path: Path) -> None:
    file = tmp_path / "releases.json"
    file.write_text(
        '{"ocid": "101", "date": "2025-01-01T00:00:00Z", "contracts": [{"id": "C"}],'
        ' "buyer": {"id": "7", "name": "Office"}}'
    )

    [rejection] = read_ocds(file, jurisdiction="MX").rejections

    assert (rejection.field, rejection.reason.en) == (
        "buyer",
        "its identifier names no register, and the ocid no publisher",
    )
