"""The documentation says what is so: its tables, names, queries and answers agree with the code."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from graphql import build_schema, parse, validate
from markdown_it import MarkdownIt

from hub.api.context import Context
from hub.api.loaders import Loaders
from hub.api.schema import schema
from hub.cli import main
from hub.cli.exit_statuses import EXIT_STATUSES, OUTCOME_STATUSES
from hub.domain.catalogue import Catalogue
from hub.domain.vocabulary import Outcome
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from hub.settings import Settings
from hub.wiring import Hub, now
from scripts.check_links import pages
from scripts.docs.command_page import commands
from scripts.docs.error_page import error_classes
from scripts.docs.markdown import rows_under

ROOT = Path(__file__).parent.parent
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in pages(ROOT)
}
README = PAGES["README.md"]
DECISIONS = {name: text for name, text in PAGES.items() if name.startswith("docs/decisions/")}
FRONT_END = ("docs/front-end-guide.md", "docs/front-end-guide.zh.md")
CALLING = ("docs/calling-before-a-decision.md", "docs/calling-before-a-decision.zh.md")

# Modules that make codes of their own, beside those of the error tree.
CODED = ("hub/api/endpoint.py", "hub/api/errors.py", "hub/cli/output.py")

_PARSER = MarkdownIt("commonmark").enable("table")
_NAMED_FILE = re.compile(r"(?:hub|seeds|graph_schema|tests|docs|scripts|benchmarks)/[\w./-]*")


def fences(text: str, language: str) -> list[str]:
    return [token.content for token in _PARSER.parse(text) if token.info == language]


def codes(text: str) -> Iterator[str]:
    """What stands in code, spans and blocks."""
    for token in _PARSER.parse(text):
        if token.type == "fence":
            yield token.content
        yield from (part.content for part in token.children or () if part.type == "code_inline")


def named(pattern: str) -> set[tuple[str, str]]:
    """Everything that matches in any page, with the page."""
    return {(found, name) for name, text in PAGES.items() for found in re.findall(pattern, text)}


def leaves() -> list[str]:
    """Names of the commands that do something."""
    return [path for path, command in commands(main) if not isinstance(command, click.Group)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


def test_two_commands_start_and_test_the_hub() -> None:
    first = next(token for token in _PARSER.parse(README) if token.type == "fence")

    assert [line.split("#")[0].strip() for line in first.content.splitlines()] == [
        "make run",
        "make test",
    ]


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    told = {row[0]: row[1] for row in rows_under(README, "设置 Setting")}
    fields = Settings.model_fields.items()
    defaults = {
        f"HUB_{name.upper()}": "" if field.default is None else str(field.default)
        for name, field in fields
        if field.default_factory is None
    }

    assert list(told) == [f"HUB_{name.upper()}" for name, _ in fields]
    assert {name: told[name] for name in defaults} == defaults
    assert all(told[name] for name in told.keys() - defaults.keys())


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    settings = {f"HUB_{name.upper()}" for name in Settings.model_fields}

    assert [(name, page) for name, page in named(r"HUB_[A-Z0-9_]+") if name not in settings] == []


def test_every_error_code_stands_in_the_readme_with_its_exit_status() -> None:
    told = {row[0]: row[1] for row in rows_under(README, "代码 Code")}
    tree = {kind.code: str(kind.exit_status) for kind in error_classes()}
    sources = [(ROOT / name).read_text(encoding="utf-8") for name in CODED]
    further = {code for source in sources for code in re.findall(r'"([A-Z_]{5,})"', source)}

    assert told.keys() == tree.keys() | further
    assert {code: told[code] for code in tree} == tree


def test_every_exit_status_stands_in_the_readme() -> None:
    told = [int(row[0]) for row in rows_under(README, "退出码 Status")]

    assert told == list(EXIT_STATUSES)


def test_the_exit_status_of_every_outcome_stands_wherever_they_are_told() -> None:
    line = ", ".join(f"`{outcome}` {status}" for outcome, status in OUTCOME_STATUSES.items())
    comment = ", ".join(f"{status} {outcome}" for outcome, status in OUTCOME_STATUSES.items())

    assert line in README
    assert [page for page in CALLING if comment not in PAGES[page]] == []


def test_every_command_stands_in_the_readme_and_none_besides() -> None:
    told = [row[0] for row in rows_under(README, "命令 Command")]

    assert sorted(told) == sorted(leaves())


def test_no_page_names_a_command_that_does_not_exist() -> None:
    known = {path.removeprefix("hub ") for path in leaves()}
    groups = {path.split()[0] for path in known if " " in path}
    missing = [
        (f"{first} {second}", page)
        for page, text in PAGES.items()
        for code in codes(text)
        for first, second in re.findall(r"(?<![\w./-])hub ([a-z]\w*)(?: ([a-z]\w*))?", code)
        if first not in known
        and f"{first} {second}" not in known
        and (second or first not in groups)
    ]

    assert missing == []


def test_no_page_names_a_make_target_that_does_not_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    missing = [
        (target, page)
        for page, text in PAGES.items()
        for code in codes(text)
        for target in re.findall(r"^make ([a-z0-9-]+)", code, re.MULTILINE)
        if target not in targets
    ]

    assert missing == []


def test_every_file_that_a_page_names_exists() -> None:
    missing = [
        (code, page)
        for page, text in PAGES.items()
        for code in codes(text)
        if _NAMED_FILE.fullmatch(code) and not (ROOT / code).exists()
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("legal_bases", r"(?<![\w-])[A-Z]{2,}-\d{4}(?:-\w+)*"),
        ("behaviours", r"ZWSX-\d+\w*"),
        ("rules", r"(?<![\w-])(?:R\d{2}P?|F-[A-Z]+(?:-[A-Z]+)*)(?!\w)"),
    ],
)
def test_every_code_of_the_law_that_a_page_cites_exists(
    catalogue: Catalogue, kind: str, pattern: str
) -> None:
    known: Mapping[str, object] = getattr(catalogue, kind)
    cited = named(pattern)

    assert len(cited) > 0
    assert [(code, page) for code, page in cited if code not in known] == []


def queries() -> Iterator[str]:
    """Of all pages: by themselves, and in the bodies that curl sends."""
    for text in PAGES.values():
        yield from fences(text, "graphql")
        for script in fences(text, "sh"):
            for body in re.findall(r"<<'END'\n(.*?)\nEND", script, re.DOTALL):
                yield json.loads(body)["query"]


def test_every_query_in_the_documentation_fits_the_schema() -> None:
    built = build_schema(schema.as_str())
    found = list(queries())

    assert len(found) >= 1 + len(CALLING) + len(FRONT_END)
    assert [error for query in found for error in validate(built, parse(query))] == []


async def test_the_readme_shows_the_answer_that_its_query_gets(demo: Hub) -> None:
    [query] = fences(README, "graphql")
    shown = README.partition("<!-- answer -->")[2].partition("<!-- /answer -->")[0]
    context = Context(hub=demo, now=now(), loaders=Loaders(demo.navigator, demo.catalogues))
    answered = await schema.execute(query, context_value=context)

    assert {"data": answered.data} == json.loads(fences(shown, "json")[0])


@pytest.mark.parametrize("page", CALLING)
def test_callers_are_told_what_to_do_for_each_outcome(page: str) -> None:
    assert [row[0] for row in rows_under(PAGES[page], "outcome")] == list(Outcome)


@pytest.mark.parametrize(
    ("page", "heading"), list(zip(FRONT_END, ("Retried", "重试"), strict=True))
)
def test_front_ends_are_told_to_retry_the_codes_that_the_hub_calls_retryable(
    page: str, heading: str
) -> None:
    told = {row[0] for row in rows_under(PAGES[page], heading)}
    retryable = {kind.code for kind in error_classes() if kind.retryable}

    assert {word for word in told if re.fullmatch("[A-Z_]+", word)} == retryable | {"TIMED_OUT"}


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(Path(name).name[:4]) for name in sorted(DECISIONS)]

    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("name", sorted(DECISIONS))
def test_a_decision_has_its_four_parts_and_stands_in_the_index(name: str) -> None:
    parts = re.findall(r"^## (.*)$", DECISIONS[name], re.MULTILINE)

    assert parts == ["Context", "Decision", "Consequences", "Alternatives"]
    assert f"({name.removeprefix('docs/')})" in PAGES["docs/index.md"]
