import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.clocks import Span, parse_instant
from hub.domain.facts import Entity, Fact, Ref, Value
from hub.domain.identifiers import parse_subject_id
from hub.errors import ImportRefused
from hub.intake.ocds import OcdsCounts, OcdsReading, read_ocds
from hub.resources import resource

PARAGUAY = resource("seeds", "demo", "ocds", "dncp-paraguay.jsonl")
ANOTHER = Path(__file__).parent / "another_publisher.json"
ALWAYS = Span(parse_instant("1900-01-01T00:00:00Z"))
COPACO = "Compañía Paraguaya de Comunicaciones (COPACO)"
ANDE = "Administración Nacional de Electricidad (ANDE)"
MSPBS = "Ministerio de Salud Pública y Bienestar Social (MSPBS)"
POWER_STATIONS = "ocds-03ad3f-280555/280555-consorcio-siemens-rieder-500-kv-1"


@pytest.fixture(scope="module")
def paraguay() -> OcdsReading:
    return read_ocds(PARAGUAY, jurisdiction=None)


@pytest.fixture(scope="module")
def another() -> OcdsReading:
    return read_ocds(ANOTHER, jurisdiction="KW")


def _entities(reading: OcdsReading, label: str) -> dict[str, Entity]:
    return {one.ref.id: one for one in reading.batch.entities if one.ref.label == label}


def _state(reading: OcdsReading, kind: str, id_: str) -> Fact:
    (fact,) = [one for one in reading.batch.facts if (one.kind, one.subject.id) == (kind, id_)]
    return fact


def _parties(reading: OcdsReading, contract: str) -> set[tuple[Ref, Value]]:
    return {
        (one.subject, one.properties["side"])
        for one in reading.batch.facts
        if one.kind == "PARTY_TO" and one.object == Ref("Contract", contract)
    }


def _release(contract: Mapping[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "ocid": "ocds-abc123-1",
        "date": "2024-01-01T00:00:00Z",
        "buyer": {"name": "Ministry", "identifier": {"scheme": "KW-MOC", "id": "1"}},
        "contracts": [{"id": "C", **contract}] if contract is not None else [],
    } | fields


def _read(tmp_path: Path, *releases: object, jurisdiction: str | None = None) -> OcdsReading:
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join(json.dumps(release) for release in releases), encoding="utf-8")
    return read_ocds(path, jurisdiction=jurisdiction)


# ---- the real file


def test_the_paraguayan_file_reaches_the_published_figures(paraguay: OcdsReading) -> None:
    assert paraguay.counts == OcdsCounts(
        releases=84,
        processes=12,
        contract_objects=48,
        award_objects=25,
        contracts=18,
        changes=3,
        buyers=8,
        suppliers=14,
        published={"PYG": Decimal(31_178_214_724), "USD": Decimal(90_467_512)},
        kept={"PYG": Decimal(11_307_171_034), "USD": Decimal(45_233_756)},
        missing={
            "contracts.amountMinor": 3,
            "contracts.awardId": 2,
            "contracts.endOn": 3,
            "contracts.signedOn": 3,
            "contracts.startOn": 3,
            "contracts.suppliers": 3,
        },
    )
    assert paraguay.rejections == []
    assert paraguay.not_taken == {
        "awards.date": 25,
        "awards.status": 25,
        "awards.title": 25,
        "awards.value": 25,
    }
    assert paraguay.not_understood == {
        "_source": 84,
        "awards.suppliers.identifier.key": 4,
        "contracts.suppliers.identifiers": 44,
        "validationErrors": 47,
        "version": 47,
    }


def test_every_buyer_is_a_unit_that_can_be_asked_about(paraguay: OcdsReading) -> None:
    units = _entities(paraguay, "Unit")

    assert {id_: unit.properties["name"] for id_, unit in units.items()} == {
        "ocds-03ad3f:568f3ac237aab1b307a19a33a825253e": COPACO,
        "ocds-03ad3f:70d6751f3ff59d3131fd210f5cdf18c4": "Municipalidad de Asunción",
        "ocds-03ad3f:776a7e7784a34ee58ee02e35255247e6": "Municipalidad de Ciudad del Este",
        "ocds-03ad3f:785d97d8ca6596fc119d77f87f5b7529": ANDE,
        "ocds-03ad3f:8c80ac018902eb0906c2bb5f879037d4": MSPBS,
        "ocds-03ad3f:a29307966ce9ce8efa4e531674fd5844": COPACO,
        "ocds-03ad3f:af08a74732d1272cca8485318faaa18e": "Instituto de Previsión Social (IPS)",
        "ocds-03ad3f:e8b95e96a52a00a988e8fa7344dc3e86": "Municipalidad de Ciudad del Este",
    }
    assert all(unit.labels == ("Subject",) for unit in units.values())
    assert all(parse_subject_id(id_) == id_ for id_ in units)


def test_a_buyer_is_of_the_publishers_jurisdiction(paraguay: OcdsReading) -> None:
    state = _state(paraguay, "UnitState", "ocds-03ad3f:785d97d8ca6596fc119d77f87f5b7529")

    assert state.valid == ALWAYS
    assert state.properties == {
        "name": ANDE,
        "unitKind": "OTHER",
        "status": "ACTIVE",
        "jurisdiction": "PY",
        "identifierScheme": "ocds-03ad3f",
    }


def test_a_supplier_has_the_code_of_its_register(paraguay: OcdsReading) -> None:
    state = _state(paraguay, "EnterpriseState", "PY-RUC:80002379-0")

    assert state.properties == {
        "name": "EDUARDO ELIZECHE BENITEZ SAC",
        "jurisdiction": "PY",
        "identifierScheme": "PY-RUC",
    }


def test_a_masked_person_supplies_under_the_mask(paraguay: OcdsReading) -> None:
    assert _parties(paraguay, "ocds-03ad3f-284444/284444-P-e49d3950d82c-1") == {
        (Ref("Unit", "ocds-03ad3f:e8b95e96a52a00a988e8fa7344dc3e86"), "BUYER"),
        (Ref("Enterprise", "PY-RUC:P-e49d3950d82c"), "SUPPLIER"),
    }


def test_a_contract_in_another_currency_keeps_it(paraguay: OcdsReading) -> None:
    state = _state(paraguay, "ContractState", POWER_STATIONS)

    assert state.valid == Span(parse_instant("2015-12-18T12:00:00-05:00"))
    assert state.properties == {
        "contractNo": "LI-25002-16-118478",
        "title": "Lp1045_2014 Ampliación de las Subestaciones Ayolas y Villa Hayes",
        "status": "active",
        "amountMinor": 4_523_375_600,
        "currency": "USD",
        "scale": 2,
        "signedOn": "2015-12-18",
        "startOn": "2015-12-18",
        "endOn": "2018-12-18",
        "ocid": "ocds-03ad3f-280555",
        "awardId": "280555-lp1045-2014-ampliacion-subestaciones-ayolas-villa-hayes-1",
    }


def test_a_supplier_without_a_number_is_known_by_its_name_within_the_process(
    paraguay: OcdsReading,
) -> None:
    assert _parties(paraguay, POWER_STATIONS) == {
        (Ref("Unit", "ocds-03ad3f:785d97d8ca6596fc119d77f87f5b7529"), "BUYER"),
        (Ref("Enterprise", "ocds-03ad3f:42fe9e31b5eb38aadd1479615045c785"), "SUPPLIER"),
    }


def test_an_extension_is_a_contract_and_a_change_of_the_one_it_extends(
    paraguay: OcdsReading,
) -> None:
    extended = Ref("Contract", "ocds-03ad3f-273637/273637-infocenter-s-a-1")
    extension = f"{extended.id}-ampliacion"

    changed = [
        one for one in paraguay.batch.facts if (one.kind, one.subject) == ("CHANGED_BY", extended)
    ]

    assert [(one.object, one.valid) for one in changed] == [
        (Ref("ContractChange", extension), Span(parse_instant("2017-08-08T08:24:06-04:00")))
    ]
    assert (
        _entities(paraguay, "ContractChange")[extension].properties["reason"]
        == "Ampliación de Plazo"
    )
    assert _state(paraguay, "ContractState", extension).properties.get("amountMinor") is None


def test_no_two_facts_share_kind_things_and_key(paraguay: OcdsReading) -> None:
    facts = paraguay.batch.facts

    assert len({(one.kind, one.subject, one.object, one.key) for one in facts}) == len(facts)


def test_facts_name_only_entities_of_the_batch(paraguay: OcdsReading) -> None:
    known = {entity.ref for entity in paraguay.batch.entities}
    named = {ref for one in paraguay.batch.facts for ref in (one.subject, one.object) if ref}

    assert named == known


# ---- another publisher's file


def test_another_publishers_file_loads_without_being_listed(another: OcdsReading) -> None:
    assert another.counts == OcdsCounts(
        releases=2,
        processes=2,
        contract_objects=3,
        award_objects=1,
        contracts=3,
        changes=1,
        buyers=2,
        suppliers=2,
        published={"JPY": Decimal(1_200_000), "KWD": Decimal("10.125"), "VEF": Decimal("7.5")},
        kept={"JPY": Decimal(1_200_000), "KWD": Decimal("10.125"), "VEF": Decimal("7.5")},
        missing={
            "contracts.awardId": 2,
            "contracts.endOn": 3,
            "contracts.signedOn": 1,
            "contracts.startOn": 2,
            "contracts.status": 2,
            "contracts.suppliers": 1,
            "contracts.title": 1,
        },
    )


def test_its_parties_have_the_identifiers_the_file_gives(another: OcdsReading) -> None:
    jurisdictions = {
        fact.subject.id: fact.properties["jurisdiction"]
        for fact in another.batch.facts
        if fact.kind in {"UnitState", "EnterpriseState"}
    }

    assert jurisdictions == {
        "JP-LGC:131016": "JP",
        "XI-LEI:5299000J2N45DDNE4Y28": "KW",
        "ocds-abc123:s-9": "KW",
        "x-489d6c562d:1234567890123": "KW",
    }


def test_an_award_names_the_supplier_of_its_only_contract(another: OcdsReading) -> None:
    assert _parties(another, "ocds-abc123-0001/12") == {
        (Ref("Unit", "JP-LGC:131016"), "BUYER"),
        (Ref("Enterprise", "x-489d6c562d:1234567890123"), "SUPPLIER"),
    }


def test_an_end_in_2099_is_an_unknown_end(another: OcdsReading) -> None:
    assert _state(another, "ContractState", "ocds-abc123-0001/12").properties == {
        "contractNo": "12",
        "title": "道路工事",
        "status": "active",
        "amountMinor": 1_200_000,
        "currency": "JPY",
        "scale": 0,
        "signedOn": "2024-02-29",
        "startOn": "2024-03-01",
        "ocid": "ocds-abc123-0001",
        "awardId": "7",
    }


def test_an_amendment_is_a_change_of_its_contract(another: OcdsReading) -> None:
    change = Ref("ContractChange", "ocds-abc123-0001/12/A1")

    assert _entities(another, "ContractChange")[change.id].properties == {
        "reason": "工期延長",
        "description": "工期を三か月延長",
        "changedOn": "2024-05-02",
    }
    assert [(one.subject.id, one.valid) for one in another.batch.facts if one.object == change] == [
        ("ocds-abc123-0001/12", Span(parse_instant("2024-05-02T10:00:00+09:00")))
    ]


def test_a_contract_without_a_signing_day_holds_from_its_first_release(
    another: OcdsReading,
) -> None:
    state = _state(another, "ContractState", "ocds-abc123-0002/K-1")

    assert state.valid == Span(parse_instant("2024-04-01T09:00:00+03:00"))
    assert state.properties["amountMinor"] == 10_125
    assert state.properties["scale"] == 3


def test_what_the_file_says_beyond_the_standard_is_counted_by_name(another: OcdsReading) -> None:
    assert another.not_understood == {
        "contracts.localBudgetCode": 1,
        "identifier.scheme=法人番号": 1,
        "value.currency=VEF": 1,
    }


def test_a_name_alone_identifies_nobody(another: OcdsReading) -> None:
    assert [(one.line, one.field, one.reason.en) for one in another.rejections] == [
        (2, "contracts[0].suppliers[0]", "no identifier, and a name identifies nobody")
    ]


# ---- merging


def test_the_newest_release_wins_field_by_field(tmp_path: Path) -> None:
    first = _release({"title": "Old", "value": {"amount": 1, "currency": "USD"}})
    second = _release({"title": "New", "value": None}, date="2024-02-01T00:00:00Z")

    reading = _read(tmp_path, second, first)

    properties = _state(reading, "ContractState", "ocds-abc123-1/C").properties
    assert (properties["title"], properties["amountMinor"]) == ("New", 100)


def test_of_several_spellings_of_a_buyer_the_newest_stays(tmp_path: Path) -> None:
    renamed = {"name": "The Ministry", "identifier": {"scheme": "KW-MOC", "id": "1"}}
    newest = _release({}, date="2024-02-01T00:00:00Z", buyer=renamed, ocid="ocds-abc123-2")

    reading = _read(tmp_path, newest, _release({}))

    assert _state(reading, "UnitState", "KW-MOC:1").properties["name"] == "The Ministry"


def test_a_named_buyer_goes_before_a_newer_procuring_entity(tmp_path: Path) -> None:
    tender = {"procuringEntity": {"id": "agency", "name": "Agency"}}
    newest = _release(date="2024-02-01T00:00:00Z", tender=tender, buyer=None)

    assert list(_entities(_read(tmp_path, _release({}), newest), "Unit")) == ["KW-MOC:1"]


def test_a_party_in_the_role_of_buyer_is_the_buyer(tmp_path: Path) -> None:
    party = {"id": "KW-MOC:7", "name": "Ministry", "roles": ["buyer"]}

    reading = _read(tmp_path, _release({}, buyer=None, parties=[party]))

    assert list(_entities(reading, "Unit")) == ["KW-MOC:7"]


def test_a_register_named_in_words_has_a_legible_code(tmp_path: Path) -> None:
    buyer = {"identifier": {"scheme": "Registro Único de Empresas", "id": "800-1"}}

    reading = _read(tmp_path, _release({}, buyer=buyer), jurisdiction="PY")

    assert list(_entities(reading, "Unit")) == ["x-Registro-Unico-d-57d10183bb:800-1"]


def test_a_name_that_is_ambiguous_in_the_process_is_not_resolved(tmp_path: Path) -> None:
    parties = [{"id": "a", "name": "Twin"}, {"id": "b", "name": "Twin"}]
    release = _release({"suppliers": [{"name": "Twin"}]}, parties=parties)

    reading = _read(tmp_path, release, jurisdiction="KW")

    assert _entities(reading, "Enterprise") == {}
    assert [one.field for one in reading.rejections] == ["contracts[0].suppliers[0]"]


def test_an_award_of_several_suppliers_and_contracts_leaves_open_whose_is_whose(
    tmp_path: Path,
) -> None:
    award = {"id": "A", "suppliers": [{"id": "KW-MOC:8"}, {"id": "KW-MOC:9"}]}
    contracts = [{"id": "C", "awardID": "A"}, {"id": "D", "awardID": "A"}]

    reading = _read(tmp_path, _release(awards=[award], contracts=contracts))

    assert reading.counts.suppliers == 0
    assert reading.counts.missing["contracts.suppliers"] == 2


def test_a_process_without_contracts_brings_nothing_but_its_count(tmp_path: Path) -> None:
    reading = _read(tmp_path, _release())

    assert (reading.counts.processes, reading.batch.entities, reading.batch.facts) == (1, [], [])


def test_a_missing_buyer_is_counted(tmp_path: Path) -> None:
    assert _read(tmp_path, _release({}, buyer=None)).counts.missing["buyer"] == 1


# ---- the same content is the same import


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(PARAGUAY.read_text(encoding="utf-8").splitlines()))
def test_the_order_of_lines_changes_nothing(
    order: list[str], paraguay: OcdsReading, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shuffled = tmp_path_factory.mktemp("shuffled") / "releases.jsonl"
    shuffled.write_text("\n".join(order), encoding="utf-8")

    assert read_ocds(shuffled, jurisdiction=None) == paraguay


def test_a_package_of_the_same_releases_is_the_same_import(
    tmp_path: Path, paraguay: OcdsReading
) -> None:
    lines = PARAGUAY.read_text(encoding="utf-8").splitlines()
    package = tmp_path / "package.json"
    package.write_text('{"releases": [' + ",\n".join(lines) + "]}", encoding="utf-8")

    assert read_ocds(package, jurisdiction=None).batch == paraguay.batch


def test_another_jurisdiction_is_another_import(tmp_path: Path) -> None:
    first = _read(tmp_path, _release({}), jurisdiction="KW").batch.content_hash

    assert _read(tmp_path, _release({}), jurisdiction="BH").batch.content_hash != first


# ---- bad input


def test_a_party_without_a_jurisdiction_refuses_the_file(tmp_path: Path) -> None:
    release = _release({}, buyer={"id": "m", "name": "Ministry"})

    with pytest.raises(ImportRefused) as refused:
        _read(tmp_path, release)

    assert refused.value.where == "releases.jsonl#ocds-abc123:m"


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        ({"id": None}, "contracts[0].id"),
        ({"suppliers": ["A"]}, "contracts[0].suppliers[0]"),
    ],
)
def test_a_contract_that_cannot_be_read_is_rejected_alone(
    tmp_path: Path, contract: dict[str, Any], field: str
) -> None:
    good = _release({}, ocid="ocds-abc123-2")

    reading = _read(tmp_path, good, _release(contract))

    assert [(one.line, one.field) for one in reading.rejections] == [(2, field)]
    assert list(_entities(reading, "Contract")) == ["ocds-abc123-2/C"]


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        ({"value": {"amount": "12", "currency": "USD"}}, "contracts[0].value.amount"),
        ({"value": {"amount": 12}}, "contracts[0].value.currency"),
        ({"value": {"amount": 12, "currency": "dollars"}}, "contracts[0].value.amount"),
        ({"value": {"amount": 10**30, "currency": "USD"}}, "contracts[0].value.amount"),
        ({"value": 12}, "contracts[0].value"),
        ({"dateSigned": "2024-01-01T10:00:00"}, "contracts[0].dateSigned"),
        ({"period": {"endDate": "soon"}}, "contracts[0].period.endDate"),
    ],
)
def test_a_field_that_cannot_be_read_is_rejected_and_its_contract_kept_without_it(
    tmp_path: Path, contract: dict[str, Any], field: str
) -> None:
    reading = _read(tmp_path, _release(contract))

    assert [(one.line, one.field) for one in reading.rejections] == [(1, field)]
    assert _state(reading, "ContractState", "ocds-abc123-1/C").properties == {
        "contractNo": "C",
        "ocid": "ocds-abc123-1",
    }


@pytest.mark.parametrize(
    ("release", "field"),
    [
        (_release({}, date=None), "date"),
        (_release({}, date="2024-01-01T00:00:00"), "date"),
        (_release({}, ocid=""), "ocid"),
        (_release({}, contracts="none"), "contracts"),
    ],
)
def test_a_release_that_cannot_be_read_is_rejected_whole(
    tmp_path: Path, release: dict[str, Any], field: str
) -> None:
    reading = _read(tmp_path, release, _release({}, ocid="ocds-abc123-2"))

    assert [(one.line, one.field) for one in reading.rejections] == [(1, field)]
    assert reading.counts.releases == 1


def test_an_amendment_without_an_id_is_known_by_what_it_says(tmp_path: Path) -> None:
    contract: dict[str, Any] = {"amendments": [{"rationale": "later"}, {"changes": []}]}

    reading = _read(tmp_path, _release(contract))

    [change] = _entities(reading, "ContractChange").values()
    assert (change.ref.id, change.properties) == (
        "ocds-abc123-1/C/760bddb53a94e9f0",
        {"reason": "later"},
    )


def test_an_extension_of_a_contract_that_is_not_there_is_reported(tmp_path: Path) -> None:
    reading = _read(tmp_path, _release({"extendsContractID": "B"}))

    assert [one.field for one in reading.rejections] == ["contracts[0].extendsContractID"]
    assert (reading.counts.contracts, reading.counts.changes) == (1, 0)


def test_an_identifier_no_check_would_accept_is_rejected(tmp_path: Path) -> None:
    buyer = {"identifier": {"scheme": "KW-MOC", "id": "9" * 200}}

    reading = _read(tmp_path, _release({}, buyer=buyer))

    assert [(one.field, one.reason.en) for one in reading.rejections] == [
        ("buyer", "the identifier is too long or malformed")
    ]
    assert _entities(reading, "Unit") == {}
