import json
from pathlib import Path
from typing import Any

import pytest

from hub.errors import ImportRefused
from hub.intake.json_documents import read_entries

FIRST: dict[str, Any] = {"ocid": "ocds-abc123-1", "id": "1"}
SECOND: dict[str, Any] = {"ocid": "ocds-abc123-2", "id": "2"}
LINK: dict[str, Any] = {"url": "https://example.org/1.json", "date": "2024-01-01T00:00:00Z"}


def _file(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "releases.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        f"{json.dumps(FIRST)}\n{json.dumps(SECOND)}\n",
        f"\n{json.dumps(FIRST)}\r\n\r\n{json.dumps(SECOND)}",
        json.dumps([FIRST, SECOND]),
        json.dumps({"version": "1.1", "releases": [FIRST, SECOND]}),
        json.dumps({"version": "1.1", "releases": [FIRST, SECOND]}, indent=2),
        json.dumps({"records": [{"ocid": "o", "releases": [FIRST], "compiledRelease": SECOND}]}),
        json.dumps(
            {"records": [{"releases": [LINK], "compiledRelease": r} for r in (FIRST, SECOND)]}
        ),
        "\ufeff" + json.dumps([FIRST, SECOND]),
    ],
    ids=["lines", "spaced-lines", "list", "package", "indented", "record", "links", "mark"],
)
def test_every_form_gives_the_same_releases(tmp_path: Path, content: str) -> None:
    entries, rejections = read_entries(_file(tmp_path, content))

    assert [entry.value for entry in entries] == [FIRST, SECOND]
    assert rejections == []


def test_a_single_release_is_a_document(tmp_path: Path) -> None:
    entries, _ = read_entries(_file(tmp_path, json.dumps(FIRST, indent=1)))

    assert [(entry.line, entry.value) for entry in entries] == [(1, FIRST)]


def test_places_are_lines_of_a_file_of_lines_and_ordinals_of_a_document(tmp_path: Path) -> None:
    lines, _ = read_entries(_file(tmp_path, f"{json.dumps(FIRST)}\n\n{json.dumps(SECOND)}"))
    package, _ = read_entries(_file(tmp_path, json.dumps({"releases": [FIRST, SECOND]})))

    assert [entry.line for entry in lines] == [1, 3]
    assert [entry.line for entry in package] == [1, 2]


@pytest.mark.parametrize("other", [7, "text", None, {"id": "1"}, LINK])
def test_what_is_no_release_is_rejected_by_its_line(tmp_path: Path, other: object) -> None:
    content = f"{json.dumps(FIRST)}\n{json.dumps(other)}\n"

    entries, rejections = read_entries(_file(tmp_path, content))

    assert len(entries) == 1
    assert [rejection.line for rejection in rejections] == [2]


def test_decimals_are_read_exactly(tmp_path: Path) -> None:
    entries, _ = read_entries(_file(tmp_path, '{"ocid": "o", "amount": 0.10000000000000000001}'))

    assert str(entries[0].value["amount"]) == "0.10000000000000000001"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (f'{json.dumps(FIRST)}\n{{"ocid": \n', "releases.json#line 2"),
        (f'{{"ocid"\n{json.dumps(FIRST)}\n', "releases.json#line 2"),
        ('{\n "releases": [\n  {"ocid" "x"}\n ]\n}', "releases.json#line 3"),
        (json.dumps(FIRST) + '\n{"ocid": "o", "amount": NaN}', "releases.json#line 2"),
        ("[" * 100_000, "releases.json#line 1"),
        (json.dumps(FIRST).encode() + b"\n\xff\xfe", "releases.json#line 2"),
        ("", "releases.json#line 1"),
        ('{"some": "other file"}', "releases.json#line 1"),
    ],
    ids=["cut-line", "first-line", "document", "nan", "nesting", "bytes", "empty", "other"],
)
def test_a_broken_file_is_refused_whole_by_line(
    tmp_path: Path, content: str | bytes, where: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_entries(_file(tmp_path, content))

    assert refused.value.where == where


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_entries(tmp_path / "absent.json")

    assert refused.value.where == "absent.json#line 1"
