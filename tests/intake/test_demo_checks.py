import shutil
from pathlib import Path

import pytest

from hub.domain.catalogue import Catalogue
from hub.errors import ImportRefused
from hub.intake.catalogue import read_catalogue
from hub.intake.demo import read_demo
from hub.resources import resource

FOLDER = resource("seeds", "demo")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


def refusal(folder: Path, catalogue: Catalogue, file: str, written: str, instead: str) -> str:
    """What is said of the demo with the first occurrence of a text changed."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(ImportRefused) as caught:
        read_demo(folder, catalogue)
    return caught.value.what.en


@pytest.mark.parametrize(
    ("file", "written", "instead", "place", "reason"),
    [
        pytest.param(*row, id=f"{row[0]}: {row[4]}")
        for row in (
            (
                "units.yaml",
                "11159900990000017L",
                "11159900990000017M",
                "11159900990000017M",
                "code is '11159900990000017M': Value error, its 18th character does not check",
            ),
            (
                "units.yaml",
                "11159900990000017L",
                "11152105011615449P",
                "11152105011615449P",
                "code is '11152105011615449P': Value error, an invented code has 15990099",
            ),
            (
                "units.yaml",
                "name: 示例盟行政公署",
                "name: 某盟行政公署",
                "11159900990000017L",
                "name is '某盟行政公署': String should match pattern '示例|范例'",
            ),
            (
                "units.yaml",
                "11159900990000025F",
                "11159900990000017L",
                "11159900990000017L",
                "it stands twice",
            ),
            (
                "units.yaml",
                "region: '159900'",
                "region: '159999'",
                "11159900990000017L",
                "it names the region 159999, which is not there",
            ),
            (
                "units.yaml",
                "governs: '159901'",
                "governs: '159900'",
                "11159900990000017L",
                "the region has two governments",
            ),
            (
                "units.yaml",
                "since: 2010-01-01",
                "colour: red",
                "11159900990000017L",
                "since is missing",
            ),
            ("regions.yaml", "code: '159901'", "code: '150102'", "150102", "code is '150102': "),
            (
                "officials.yaml",
                "kind: CIVIL_SERVANT",
                "kind: SHAMAN",
                "P-159900-0001",
                "officialKinds has no 'SHAMAN'",
            ),
            (
                "officials.yaml",
                "to: 2025-09-01",
                "to: 2025-09-02",
                "P-159900-0023",
                "11159900990000236Y has two principals",
            ),
            (
                "contracts.yaml",
                "startOn: 2021-05-28",
                "startOn: 2021-05-17",
                "示合〔2021〕001号@11159900990000236Y",
                "signed, start and end are out of order",
            ),
            (
                "contracts.yaml",
                "amount: 12000000",
                "amount: 0.5",
                "line 12",
                "the YAML cannot be read: 0.5 is no whole number; quote it",
            ),
            (
                "debts.yaml",
                "amount: 250000}",
                "amount: '600000.01'}",
                "示欠〔2025〕004号@12159900990000180Q",
                "more was paid than was due",
            ),
            (
                "debts.yaml",
                "kind: GOODS",
                "kind: LOVE",
                "示欠〔2025〕001号@11159900990000252L",
                "debtKinds has no 'LOVE'",
            ),
            (
                "debts.yaml",
                "示合〔2025〕008号@",
                "示合〔2025〕999号@",
                "示欠〔2025〕001号@11159900990000252L",
                "it names the contract 示合〔2025〕999号@11159900990000252L, which is not there",
            ),
            (
                "units.yaml",
                "since: 2019-05-01",
                "governs: '159921', since: 2019-05-01",
                "12159900990000121M",
                "only an organ governs a region",
            ),
            (
                "units.yaml",
                "date: 2026-06-30, scope",
                "date: 2010-01-01, scope",
                "12159900990000113T",
                "it ends before it begins",
            ),
            (
                "units.yaml",
                "superior: '11159900990000017L'",
                "superior: '11159900990000025F'",
                "11159900990000025F",
                "it is its own superior or successor",
            ),
            (
                "officials.yaml",
                "name: 示例公职人员120}",
                "name: 示例公职人员120, kind: OTHER}",
                "P-159900-0120",
                "kind and posts are told together or not at all",
            ),
            (
                "officials.yaml",
                "to: 2025-09-01",
                "to: 2016-02-01",
                "P-159900-0046",
                "the post in 11159900990000236Y ends before it begins",
            ),
            (
                "officials.yaml",
                "left: {date: 2022-10-01",
                "left: {date: 2022-09-30",
                "P-159900-0054",
                "a post is held after leaving",
            ),
            (
                "officials.yaml",
                "status: RETIRED",
                "status: ASLEEP",
                "P-159900-0054",
                "officialStatuses has no 'ASLEEP'",
            ),
            (
                "contracts.yaml",
                "{status: BREACHED, date: 2026-01-15}",
                "{status: BREACHED, date: 2021-05-18}",
                "示合〔2021〕001号@11159900990000236Y",
                "it turned before it was signed",
            ),
            (
                "contracts.yaml",
                "partyB: '911599009910001077'",
                "partyB: '11159900990000236Y'",
                "示合〔2021〕001号@11159900990000236Y",
                "both sides are one body",
            ),
            (
                "contracts.yaml",
                "amount: 12000000",
                "amount: 0",
                "示合〔2021〕001号",
                "amount is 0: Value error, an amount is more than nothing",
            ),
            (
                "contracts.yaml",
                "amount: 12000000",
                "amount: plenty",
                "示合〔2021〕001号",
                "amount is 'plenty': Value error, no number",
            ),
            (
                "contracts.yaml",
                "amount: 12000000",
                "amount: true",
                "示合〔2021〕001号",
                "amount is True: Value error, neither whole yuan",
            ),
            (
                "debts.yaml",
                "creditor: '91159900991000094H'",
                "creditor: '11159900990000017L'",
                "示欠〔2025〕001号@11159900990000252L",
                "the creditor is no enterprise",
            ),
            (
                "debts.yaml",
                "dueOn: 2025-07-31",
                "dueOn: 2025-06-30",
                "示欠〔2025〕001号@11159900990000252L",
                "it is due before delivery",
            ),
            (
                "debts.yaml",
                "disputedAmount: 165200",
                "disputedAmount: 826001",
                "示欠〔2025〕031号@111599009900002284",
                "more is disputed than was due",
            ),
            (
                "clues.yaml",
                "channel: HOTLINE_12345",
                "channel: GOSSIP",
                "示线〔2026〕1号",
                "clueChannels has no 'GOSSIP'",
            ),
            (
                "sources.yaml",
                "freshUntil: 2036-01-01",
                "freshUntil: 2026-10-01",
                "REGIONAL_PLATFORM/2",
                "it is stale on delivery",
            ),
            (
                "sources.yaml",
                "REGIONAL_PLATFORM",
                "HEARSAY",
                "HEARSAY/1",
                "it names the source HEARSAY, which is not there",
            ),
        )
    ],
)
def test_a_flawed_entry_is_refused_by_file_place_and_reason(
    tmp_path: Path,
    catalogue: Catalogue,
    file: str,
    written: str,
    instead: str,
    place: str,
    reason: str,
) -> None:
    assert refusal(tmp_path, catalogue, file, written, instead).startswith(
        f"{file}, {place} cannot be imported: {reason}"
    )


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        pytest.param(*row, id=row[2])
        for row in (
            ("ZWSX-17", "ZWSX-99", "it names the behaviour ZWSX-99, which is not there"),
            (
                "determinedBy: '111599009900002952'",
                "determinedBy: '12159900990000260C'",
                "a subject cannot determine its own record",
            ),
            ("  determinedBy: '111599009900002952'\n", "", "nobody determined it"),
            (
                "determinedBy: '111599009900002952'",
                "determinedBy: '91159900991000094H'",
                "it names the unit 91159900991000094H, which is not there",
            ),
            ("  behaviours: [ZWSX-17]\n", "", "a failure event without its behaviour"),
            ("category: SERIOUS_DISHONEST, ", "", "the first standing has no category"),
            ("SERIOUS_DISHONEST", "POSITIVE", "a JUDGMENT_DEFAULT cannot be POSITIVE"),
            ("obligationOpen: true", "marks: [loud]", "marks has no 'loud'"),
            (
                "obligationOpen: true",
                "list: WAGE_ARREARS",
                "a JUDGMENT_DEFAULT does not say WAGE_ARREARS",
            ),
            (
                "obligationOpen: true",
                "countsTerm: SOON",
                "there is no term SOON",
            ),
            (
                "obligationOpen: true",
                "countsTerm: COMPLAINT-TRANSFER",
                "there is no term COMPLAINT-TRANSFER",
            ),
            (
                "obligationOpen: true",
                "countsTerm: JUDGMENT_DEFAULT-LISTING",
                "of the term JUDGMENT_DEFAULT-LISTING no text in force that day was read",
            ),
            (
                "obligationOpen: true",
                "publicTerm: PUBLICITY-SERIOUS-MAX",
                "of the term PUBLICITY-SERIOUS-MAX no text in force that day was read",
            ),
            (
                "obligationOpen: true",
                "status: REPAIRED",
                "None begins as REPAIRED",
            ),
            (
                "obligationOpen: true}",
                "obligationOpen: true}\n    - {from: 2026-05-01, status: DETERMINED}",
                "A record cannot go from IN_FORCE to DETERMINED",
            ),
            (
                "obligationOpen: true}",
                "obligationOpen: true}\n    - {from: 2026-03-01}",
                "the standings are out of order",
            ),
            (
                "id: '示欠〔2024〕008号",
                "id: '示欠〔2024〕999号",
                "it names the Debt 示欠〔2024〕999号@12159900990000260C, which is not there",
            ),
        )
    ],
)
def test_a_flawed_record_is_refused(
    tmp_path: Path, catalogue: Catalogue, written: str, instead: str, reason: str
) -> None:
    place = "JUDGMENT_DEFAULT （2025）示9921执117号@111599009900002952 12159900990000260C"
    told = refusal(tmp_path, catalogue, "records.yaml", written, instead)

    assert told == f"records.yaml, {place} cannot be imported: {reason}"


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("type: ENFORCEMENT_DECISION, ", "document.type"),
        ("docNo: （2025）示9921执117号, ", "document.docNo"),
        (", issuer: '111599009900002952'", "document.issuer"),
        (",\n     date: 2026-03-02", "document.date"),
    ],
)
def test_a_record_needs_type_number_issuer_and_day_of_its_document(
    tmp_path: Path, catalogue: Catalogue, written: str, missing: str
) -> None:
    told = refusal(tmp_path, catalogue, "records.yaml", written, "")

    assert told == f"records.yaml, #1 cannot be imported: {missing} is missing"


def test_a_record_rests_on_a_document_the_behaviour_asks_for(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    told = refusal(tmp_path, catalogue, "records.yaml", "ENFORCEMENT_DECISION", "HONOUR")

    assert told.endswith(": ZWSX-17 does not rest on HONOUR")


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        (", list: WAGE_ARREARS", "", "a LISTING without its kind"),
        (
            "determinedBy: '11159900990000068W'",
            """determinedBy: '11159900990000068W'
  responsible: [{person: P-159900-0001, role: DIRECT, docNo: 示责1号, since: 2026-06-02}]""",
            "there is responsibility for failure events only",
        ),
    ],
)
def test_a_flawed_listing_is_refused(
    tmp_path: Path, catalogue: Catalogue, written: str, instead: str, reason: str
) -> None:
    told = refusal(tmp_path, catalogue, "records.yaml", written, instead)

    assert told.endswith(f"P-159900-0112 cannot be imported: {reason}")
