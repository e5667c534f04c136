import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, day_start, parse_instant
from hub.domain.facts import Batch, Fact, Ref
from hub.domain.identifiers import parse_subject_id, record_id
from hub.errors import ImportRefused
from hub.graph.model import NodeKind, RelationshipKind, graph_model
from hub.intake.catalogue import read_catalogue
from hub.intake.demo import read_demo
from hub.resources import resource

FOLDER = resource("seeds", "demo")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


@pytest.fixture(scope="module")
def demo(catalogue: Catalogue) -> Batch:
    return read_demo(FOLDER, catalogue)


def ids(demo: Batch, label: str) -> list[str]:
    return [entity.ref.id for entity in demo.entities if entity.ref.label == label]


def of_kind(demo: Batch, kind: str, subject: str | None = None) -> list[Fact]:
    return [
        fact
        for fact in demo.facts
        if fact.kind == kind and (subject is None or fact.subject.id == subject)
    ]


def test_the_region_is_as_large_as_announced(demo: Batch) -> None:
    labels = Counter(entity.ref.label for entity in demo.entities)

    assert labels == {
        "Region": 6,
        "Unit": 45,
        "Person": 120,
        "Enterprise": 60,
        "Contract": 60,
        "ContractChange": 1,
        "Debt": 41,
        "Payment": 65,
        "Commitment": 6,
        "Clue": 8,
        "CreditRecord": 41,
        "Document": 41,
    }


def test_every_credit_code_checks_and_shows_that_it_is_invented(demo: Batch) -> None:
    codes = [*ids(demo, "Unit"), *ids(demo, "Enterprise")]

    assert [parse_subject_id(code) for code in codes] == codes
    assert {code[2:10] for code in codes} == {"15990099"}
    assert {code[:2] for code in codes} == {"11", "12", "13", "91"}


def test_every_thing_says_that_it_is_invented(demo: Batch) -> None:
    assert all(entity.properties["synthetic"] is True for entity in demo.entities)


def test_every_party_has_an_invented_name(demo: Batch) -> None:
    parties = {"Region", "Unit", "Person", "Enterprise"}
    names = [str(e.properties["name"]) for e in demo.entities if e.ref.label in parties]

    assert len(names) == 231
    assert all("示例" in name or "范例" in name for name in names)


def test_no_region_is_part_of_a_real_one(demo: Batch) -> None:
    assert {code[:4] for code in ids(demo, "Region")} == {"1599"}
    assert {fact.object for fact in of_kind(demo, "PART_OF")} == {Ref("Region", "159900")}


def test_every_reference_resolves(demo: Batch, catalogue: Catalogue) -> None:
    there = {entity.ref for entity in demo.entities}
    there |= {Ref("Behaviour", code) for code in catalogue.behaviours}
    there |= {Ref("Source", code) for code in catalogue.sources}
    named = {end for fact in demo.facts for end in (fact.subject, fact.object) if end}

    assert len(demo.entities) == len({entity.ref for entity in demo.entities})
    assert named - there == set()


def test_no_two_facts_are_about_the_same(demo: Batch) -> None:
    about = [(fact.kind, fact.subject, fact.object, fact.key) for fact in demo.facts]

    assert len(about) == len(set(about))


def test_facts_use_only_the_words_of_the_model(demo: Batch) -> None:
    model = graph_model()
    for fact in demo.facts:
        declared = model.kind(fact.kind)
        assert set(fact.properties) <= set(declared.properties)
        assert declared.clocks == "two"
        if isinstance(declared, RelationshipKind):
            assert fact.object
            assert fact.subject.label in declared.start
            assert fact.object.label in declared.end
        else:
            assert fact.subject.label in declared.state_of


def test_things_use_only_the_words_of_the_model(demo: Batch) -> None:
    model = graph_model()
    for entity in demo.entities:
        declared = model.kind(entity.ref.label)
        assert isinstance(declared, NodeKind)
        assert set(entity.properties) <= set(declared.properties)
        assert set(entity.labels) <= set(model.nodes)
        assert set(declared.labels) <= set(entity.labels)


def test_reading_twice_gives_the_same_batch(demo: Batch, catalogue: Catalogue) -> None:
    assert read_demo(FOLDER, catalogue) == demo


def test_whoever_holds_a_post_is_an_official_and_candidates_are_not(demo: Batch) -> None:
    holders = {fact.subject.id for fact in of_kind(demo, "HOLDS_POST")}
    officials = {entity.ref.id for entity in demo.entities if "Official" in entity.labels}

    assert officials == holders
    assert len(officials) == 111


def test_the_worked_example_is_92_days_late_and_owes_46_000_yuan_of_interest(demo: Batch) -> None:
    [debt] = of_kind(demo, "DebtState", "示欠〔2025〕001号@11159900990000252L")

    due = date.fromisoformat(str(debt.properties["dueOn"]))
    days = (date(2025, 10, 31) - due).days
    interest_fen = int(str(debt.properties["amountDueMinor"])) * 5 * days // 10_000
    assert (due, days, interest_fen) == (date(2025, 7, 31), 92, 4_600_000)


def test_payments_of_a_debt_are_days_and_amounts(demo: Batch) -> None:
    debt = "示欠〔2025〕004号@12159900990000180Q"
    paid = [fact.subject for fact in of_kind(demo, "SETTLES") if fact.object == Ref("Debt", debt)]
    [payment] = [fact for fact in of_kind(demo, "PaymentState") if fact.subject in paid]

    assert payment.properties == {
        "paidOn": "2025-09-15",
        "amountMinor": 25_000_000,
        "currency": "CNY",
        "scale": 2,
    }


def test_a_demerit_counts_for_twelve_months_from_its_document(demo: Batch) -> None:
    record = record_id("DISCIPLINE", "示监处〔2026〕5号", "11159900990000076P", "P-159900-0074")
    [standing] = of_kind(demo, "Standing", record)

    assert standing.properties["countsUntil"] == day_start(date(2027, 3, 10))
    assert standing.properties["countsTerm"] == "DISCIPLINE-DEMERIT"


def test_a_later_standing_keeps_what_it_does_not_say(demo: Batch) -> None:
    document = ("（2025）示99执46号", "11159900990000084J", "121599009900003325")
    before, after = of_kind(demo, "Standing", record_id("JUDGMENT_DEFAULT", *document))
    delisted = parse_instant("2026-10-15T10:30:00+08:00")

    assert (before.valid.end, after.valid.start, after.valid.end) == (delisted, delisted, OPEN_END)
    changed = {
        name: after.properties[name]
        for name in after.properties
        if after.properties[name] != before.properties[name]
    }
    assert changed == {"status": "REPAIRED", "obligationOpen": False, "reason": "PERFORMED"}


def test_a_merged_unit_is_active_until_its_successor_takes_over(demo: Batch) -> None:
    merger = day_start(date(2026, 6, 30))
    active, merged = of_kind(demo, "UnitState", "12159900990000113T")
    [succession] = of_kind(demo, "SUCCEEDED_BY")

    assert (active.valid.end, merged.valid.start, succession.valid.start) == (merger,) * 3
    assert (active.properties["status"], merged.properties["status"]) == ("ACTIVE", "MERGED")
    assert succession.properties == {"scope": ("ALL",), "docNo": "示编发〔2026〕6号"}


def test_only_the_courts_list_has_a_gap(demo: Batch, catalogue: Catalogue) -> None:
    def covered(text: str) -> set[str]:
        at = parse_instant(text)
        return {
            fact.subject.id
            for fact in of_kind(demo, "SourceGeneration")
            if fact.valid.contains(at) and int(str(fact.properties["freshUntil"])) > at
        }

    everything = set(catalogue.sources)
    assert covered("2026-09-30T23:59:59.999+08:00") == everything
    assert covered("2026-10-01T00:00:00+08:00") == everything - {"COURT_DEFAULTERS"}
    assert covered("2026-10-07T23:59:59.999+08:00") == everything - {"COURT_DEFAULTERS"}
    assert covered("2026-10-08T00:00:00+08:00") == everything
    assert covered("2035-12-31T23:59:59.999+08:00") == everything


def test_names_that_differ_by_one_character_are_two_units(demo: Batch) -> None:
    names = {
        entity.ref.id: entity.properties["name"]
        for entity in demo.entities
        if entity.ref.label == "Unit"
    }

    assert names["11159900990000236Y"] == "示例旗投资促进局"
    assert names["11159900990000316J"] == "范例旗投资促进局"


def test_a_file_that_is_no_list_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "clues.yaml").write_text("number: 1\n", encoding="utf-8")

    with pytest.raises(ImportRefused) as caught:
        read_demo(tmp_path, catalogue)

    assert caught.value.where == "clues.yaml#-"


def test_a_document_told_in_two_ways_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    shutil.copytree(FOLDER, tmp_path / "demo")
    records = tmp_path / "demo" / "records.yaml"
    text = records.read_text(encoding="utf-8")
    same_document = text.replace("示监处〔2026〕6号", "示监处〔2026〕5号")
    records.write_text(same_document, encoding="utf-8")

    with pytest.raises(ImportRefused) as caught:
        read_demo(tmp_path / "demo", catalogue)

    assert caught.value.where == "demo#Document 示监处〔2026〕5号@11159900990000076P"


def test_a_fact_told_in_two_ways_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    shutil.copytree(FOLDER, tmp_path / "demo")
    contracts = tmp_path / "demo" / "contracts.yaml"
    signature = "    - {person: P-159900-0046, role: PRINCIPAL, docNo: 示旗招会纪〔2021〕4号}\n"
    text = contracts.read_text(encoding="utf-8")
    again = signature.replace("PRINCIPAL", "DIRECT")
    contracts.write_text(text.replace(signature, signature + again), encoding="utf-8")

    with pytest.raises(ImportRefused) as caught:
        read_demo(tmp_path / "demo", catalogue)

    assert caught.value.where == "demo#SIGNED P-159900-0046"
