"""What Neo4j Browser fetches from the hub, as it fetches it: from a page of another port."""

import json
import re
import shlex
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hub.api.browser_guide import command, setting
from hub.api.browser_kit import browser_kit
from hub.graph.explore import Query, queries
from hub.graph.model import graph_model
from hub.resources import resource

BROWSER = "http://127.0.0.1:7474"
BASE = "http://testserver/browser-kit"
EACH = pytest.mark.parametrize("query", queries().values(), ids=queries())


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=[browser_kit()]))


def _text(client: TestClient, name: str) -> str:
    answer = client.get(f"/browser-kit/{name}", headers={"Origin": BROWSER})
    assert answer.status_code == 200
    return answer.text


# How it is served


@pytest.mark.parametrize(
    "name", ["guide.html", "contents.html", "style.grass", "event-to-law.html"]
)
def test_a_page_of_another_port_may_read_it(client: TestClient, name: str) -> None:
    answer = client.get(f"/browser-kit/{name}", headers={"Origin": BROWSER})

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "name", ["guide.html", "contents.html", "style.grass", "event-to-law.html"]
)
def test_what_a_browser_asks_first_is_answered(client: TestClient, name: str) -> None:
    asked = {
        "Origin": BROWSER,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "cache-control,pragma",
    }
    answer = client.options(f"/browser-kit/{name}", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "cache-control,pragma"


@pytest.mark.parametrize("name", ["no-such.html", "../model.yaml", "queries", "README.md", ""])
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/browser-kit/{name}").status_code == 404


def test_nothing_can_be_written(client: TestClient) -> None:
    assert client.post("/browser-kit/guide.html").status_code == 405


# The guide


def _runnable(page: str) -> list[str]:
    return [
        unescape(code)
        for code in re.findall(r"<pre [^>]*runnable\"[^>]*>(.*?)</pre>", page, re.DOTALL)
    ]


def _leads_to(page: str) -> list[str]:
    return re.findall(r'exec-topic="guide ([^"]+)"', page)


def test_the_contents_lead_to_every_question(client: TestClient) -> None:
    guide, contents = _text(client, "guide.html"), _text(client, "contents.html")
    pages = [f"{BASE}/{name}.html" for name in queries()]

    assert _leads_to(guide) == pages
    assert _leads_to(contents) == [f"{BASE}/guide.html", *pages]
    for query in queries().values():
        assert query.title.zh in guide
        assert query.title.zh in contents


@EACH
def test_a_page_sets_the_parameters_and_runs_the_very_text_of_the_command(
    client: TestClient, query: Query
) -> None:
    page = _text(client, f"{query.name}.html")
    runnable = _runnable(page)

    assert (runnable[0], *runnable[-2:]) == (setting(query), query.text, query.table)
    assert query.question.zh in page
    assert _leads_to(page) == [f"{BASE}/contents.html"]


@EACH
def test_a_page_gives_its_example_for_the_terminal_as_it_is_typed(
    client: TestClient, query: Query
) -> None:
    page = unescape(_text(client, f"{query.name}.html"))
    hub, explore, name, *words = shlex.split(command(query))
    given = dict(word.split("=", 1) for word in words[1::2])

    assert f"<code>{command(query)}</code>" in page
    assert (hub, explore, name, set(words[::2])) == (
        *("hub", "explore", query.name),
        {"--set"} if query.examples else set(),
    )
    assert query.read(given) == query.read(query.examples)


@EACH
def test_a_page_says_whose_its_example_is_and_what_its_drawing_does_not(
    client: TestClient, query: Query
) -> None:
    page = _text(client, f"{query.name}.html")

    assert all(one.named in page for one in query.parameters.values() if one.named)
    assert ("应付总额，不是尚欠额" in page) == (":DebtState" in query.text)
    assert ("图中没有受诺人" in page) == ("PROMISED" in query.text)
    assert ("按失信等级" in page) == (query.name == "event-to-law")


@EACH
def test_the_parameters_set_are_those_of_the_text_with_both_clocks_at_now(query: Query) -> None:
    told = json.loads(setting(query).removeprefix(":params "))
    asked = set(re.findall(r"\$(\w+)", query.text))

    assert set(told) == asked
    assert (told["at"], told["knownAt"]) == (None, None)
    assert {name: told[name] for name in query.parameters} == {
        name: None if one.type == "instant" else one.example
        for name, one in query.parameters.items()
    }


def test_the_guide_says_that_no_drawing_is_a_check(client: TestClient) -> None:
    guide = _text(client, "guide.html")

    assert "图不代替核查" in guide
    assert "never a substitute for a check" in guide
    assert "Live data are for the hub's own queries and for the investigators' copy" in guide


def test_the_three_investigations_show_their_picture_and_no_page_calls_outside(
    client: TestClient,
) -> None:
    pages = {name: _text(client, f"{name}.html") for name in ["guide", "contents", *queries()]}
    pictured = [name for name, page in pages.items() if 'src="data:image/jpeg;base64,' in page]

    assert pictured == ["inherited-obligations", "circular-arrears", "event-to-law"]
    for page in pages.values():
        assert set(re.findall(r"https?://[^/\s\"'<]+", page)) <= {"http://testserver"}
        assert "<script" not in page


# The style

STYLE = resource("graph_schema", "browser", "style.grass").read_text(encoding="utf-8")
_RULE = re.compile(r"^(node|relationship)(?:\.(\w+))? \{(.*?)\}", re.MULTILINE | re.DOTALL)


def _rules(kind: str) -> Iterator[tuple[str | None, dict[str, str]]]:
    for tag, name, body in _RULE.findall(STYLE):
        if tag == kind:
            yield name or None, dict(re.findall(r"([\w-]+): ([^;]+);", body))


def test_every_label_has_a_style_but_those_that_stand_beside_a_styled_one() -> None:
    model = graph_model()
    styled = {name for name, _ in _rules("node") if name}
    beside = {name for name, node in model.nodes.items() if node.marks or node.key is None}
    unused = {"Subject", "WriterLease", "SchemaVersion"}
    later = {"Objection", "Repair", "Intervention", "MeasureTask", "Exposure", "Assessment"}

    assert styled <= set(model.nodes)
    assert set(model.nodes) - styled - beside - unused - later == set()
    assert {name for name, node in model.nodes.items() if node.state_of} <= styled
    assert {name for name, _ in _rules("relationship") if name} <= set(model.relationships)


def test_a_caption_is_a_property_that_its_label_has() -> None:
    model = graph_model()
    for name, style in _rules("node"):
        for word in re.findall(r"\{(\w+)\}", style.get("caption", "")):
            assert name is not None
            node = model.nodes[name]
            owner = model.nodes[node.marks or name]
            assert word in {*node.properties, *owner.properties}, f"{name}.{word}"


def test_what_is_corrected_is_grey_whatever_it_stands_beside() -> None:
    assert [name for name, _ in _rules("node")][-1] == "Superseded"


def test_browser_reads_no_comment_in_a_style() -> None:
    assert "/*" not in STYLE


def test_every_caption_can_be_read_on_its_colour() -> None:
    default: dict[str, str] = {}
    for name, style in _rules("node"):
        default = style if name is None else default
        both = {**default, **style}
        assert _contrast(both["color"], both["text-color-internal"]) >= 4.5, name


def _contrast(one: str, two: str) -> float:
    """By WCAG 2.1."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
