from pathlib import Path

import pytest

from scripts.check_links import anchors, broken_links, links


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(
        "# 诚信枢纽\n\n## 怎样开始？ `make run`\n", encoding="utf-8"
    )
    return tmp_path


def broken_in(root: Path, text: str) -> list[str]:
    page = root / "docs" / "page.md"
    page.write_text(text, encoding="utf-8")
    return list(broken_links(root, page))


def test_links_to_a_file_a_folder_a_heading_and_the_outside_are_whole(root: Path) -> None:
    text = """
[file](../README.md) [folder](../docs) [from the root](/README.md)
[heading](../README.md#怎样开始-make-run) [outside](https://example.org/nowhere)
"""

    assert broken_in(root, text) == []


def test_a_missing_file_is_reported_by_file_and_line(root: Path) -> None:
    text = "# Title\n\nFirst line,\nthen [a link](gone.md).\n"

    assert broken_in(root, text) == ["docs/page.md:4: 没有这个文件 no such file: gone.md"]


def test_a_missing_heading_is_reported(root: Path) -> None:
    assert broken_in(root, "[x](../README.md#stop)") == [
        "docs/page.md:1: 没有这个标题 no such heading: ../README.md#stop"
    ]


def test_a_heading_of_the_page_itself_is_found_and_missed(root: Path) -> None:
    assert broken_in(root, "# Here\n\n[a](#here) [b](#there)\n") == [
        "docs/page.md:3: 没有这个标题 no such heading: #there"
    ]


def test_a_file_outside_the_repository_is_missing(root: Path) -> None:
    (root.parent / "outside.md").touch()

    assert broken_in(root, "![x](../../outside.md)") == [
        "docs/page.md:1: 没有这个文件 no such file: ../../outside.md"
    ]


def test_what_stands_in_code_is_no_link() -> None:
    assert list(links("`[a](b.md)`\n\n```\n[c](d.md)\n```\n")) == []


def test_repeated_headings_are_counted_up_and_explicit_anchors_count() -> None:
    assert anchors('# Twice\n\n# Twice\n\n<a id="own"></a>\n') == {"twice", "twice-1", "own"}
