from pathlib import Path

import pytest

from scripts.check_site import flaws


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "part").mkdir()
    (tmp_path / "index.html").write_text('<h1 id="标题">Home</h1>', encoding="utf-8")
    (tmp_path / "look.css").write_text("p { background: url(paper.png) }")
    return tmp_path


def flaws_of(site: Path, page: str) -> list[str]:
    (site / "part" / "page.html").write_text(page, encoding="utf-8")
    return list(flaws(site))


def test_links_to_pages_anchors_files_and_the_outside_are_whole(site: Path) -> None:
    page = """
    <link rel="stylesheet" href="../look.css"><p id="here"></p>
    <a href="../index.html">x</a> <a href="../index.html#%E6%A0%87%E9%A2%98">x</a>
    <a href="#here">x</a> <a href="https://example.org/nowhere">x</a> <a href="mailto:a@b.c">x</a>
    """

    assert flaws_of(site, page) == []


def test_a_link_to_no_page_is_found(site: Path) -> None:
    assert flaws_of(site, '<a href="gone.html">x</a>') == [
        "part/page.html: 没有这个文件 no such file: gone.html"
    ]


def test_a_link_to_no_anchor_is_found_in_a_drawing_too(site: Path) -> None:
    page = '<svg><a xlink:href="#gone"><text>x</text></a></svg><a href="../index.html#no">x</a>'

    assert flaws_of(site, page) == [
        "part/page.html: 没有这个标题 no such anchor: #gone",
        "part/page.html: 没有这个标题 no such anchor: ../index.html#no",
    ]


def test_a_folder_is_no_page(site: Path) -> None:
    assert flaws_of(site, '<a href="../part">x</a>') == [
        "part/page.html: 没有这个文件 no such file: ../part"
    ]


@pytest.mark.parametrize(
    "loaded",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<img src="//cdn.example.org/a.png">',
        '<link rel="stylesheet" href="http://fonts.example.org/css">',
        '<iframe src="https://example.org/"></iframe>',
    ],
)
def test_whatever_a_page_loads_from_outside_is_found(site: Path, loaded: str) -> None:
    [flaw] = flaws_of(site, loaded)

    assert flaw.startswith("part/page.html: 取自外部 comes from outside: ")


def test_a_missing_picture_is_found(site: Path) -> None:
    assert flaws_of(site, '<img src="gone.png">') == [
        "part/page.html: 没有这个文件 no such file: gone.png"
    ]


def test_a_style_sheet_that_loads_from_outside_is_found(site: Path) -> None:
    (site / "look.css").write_text("@font-face { src: url(https://fonts.example.org/a.woff2) }")

    assert list(flaws(site)) == ["look.css: 取自外部 comes from outside: url(http"]
