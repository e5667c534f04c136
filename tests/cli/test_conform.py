"""`hub conform` asks an endpoint every case, and says which answers differ."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from hub.cli.law_endpoint import CHECK
from hub.domain.vocabulary import Outcome
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from tests.cli.command import answer_of, error_of, hub_command
from tests.serving import Served

EXIT = "cases/judgment-default-exit.yaml"
CLAIM = "restricted until the instant of delisting, clear from that instant"


class _AlwaysClear(BaseHTTPRequestHandler):
    """Somebody's endpoint that has no rules."""

    protocol_version = "HTTP/1.1"
    check: ClassVar[dict[str, object]] = {
        "outcome": "CLEAR",
        "covered": True,
        "humanReviewRequired": False,
        "grounds": [],
    }

    def do_POST(self) -> None:  # the name the library asks for
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"data": {"check": self.check}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Nothing is told of requests."""


class _Malformed(_AlwaysClear):
    """Somebody's endpoint whose answers lack what was asked for."""

    check: ClassVar[dict[str, object]] = {"outcome": "CLEAR"}


@contextmanager
def endpoint(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(10)


@pytest.fixture
def always_clear() -> Generator[str]:
    with endpoint(_AlwaysClear) as url:
        yield url


@pytest.fixture
def few_cases(own_seeds: Path) -> None:
    """Only as many files as it takes to show every rule once, and that of CLAIM."""
    folder = own_seeds / "catalogue"
    shown: set[str] = set()
    for file in read_catalogue(folder).cases:
        rules = {case.rule for case in file.cases}
        if rules <= shown and file.file != EXIT:
            (folder / file.file).unlink()
        shown |= rules


@pytest.mark.usefixtures("cases")
def test_a_served_hub_answers_every_case_and_story_as_the_law_demands(served: Served) -> None:
    told = answer_of(hub_command("conform", served.url, "--json"))

    assert (told["failed"], told["red"]) == (0, [])
    assert told["passed"] == told["cases"] == sum(len(file["cases"]) for file in told["files"])
    assert told["cases"] >= 224
    assert told["files"][-1]["file"] == "demo/stories.yaml"
    assert len(told["files"][-1]["cases"]) == 24


@pytest.mark.usefixtures("few_cases")
def test_an_endpoint_that_differs_is_told_file_case_expected_and_got(always_clear: str) -> None:
    result = hub_command("conform", always_clear, "--no-demo", "--json")
    told = json.loads(result.stdout)
    red = next(each for each in told["red"] if each["case"] == CLAIM)

    files = read_catalogue(resource("seeds", "catalogue")).cases
    grave = [
        (file.file, case.name)
        for file in files
        for case in file.cases
        if {expected.answer.outcome for expected in case.expect} != {Outcome.CLEAR}
    ]
    assert result.exit_code == 1
    assert list(dict.fromkeys((each["file"], each["case"]) for each in told["red"])) == grave
    assert (told["failed"], told["passed"]) == (len(grave), told["cases"] - len(grave))
    assert red["file"] == EXIT
    assert red["effectiveAt"] == "2026-09-15T02:29:59.999Z"
    assert (red["expected"]["outcome"], red["expected"]["grounds"]) == ("RESTRICT", ["R29/E1"])
    assert red["got"] == {
        "outcome": "CLEAR",
        "grounds": [],
        "decidedBy": [],
        "disputed": [],
        "covered": True,
        "humanReviewRequired": False,
    }


@pytest.mark.usefixtures("few_cases")
def test_people_see_each_file_with_its_law_and_grade_and_what_differs(always_clear: str) -> None:
    result = hub_command("conform", always_clear, "--no-demo")
    lines = result.stdout.splitlines()

    row = lines.index(f"✗ 0/1 全部履行后退出失信被执行人名单  {EXIT}")
    assert lines[row + 1].endswith("第七条（核读等级 A）")
    place = lines.index(f"✗ {EXIT}: {CLAIM}")
    assert lines[place + 2 : place + 4] == [
        "    应为 expected RESTRICT grounds=[R29/E1] decidedBy=[R29] covered=True",
        "    实为 got      CLEAR covered=True",
    ]
    assert "个不符" in lines[-1]


@pytest.mark.usefixtures("few_cases")
def test_an_answer_that_lacks_what_was_asked_for_differs() -> None:
    with endpoint(_Malformed) as url:
        told = json.loads(hub_command("conform", url, "--no-demo", "--json").stdout)

    assert (told["passed"], told["failed"]) == (0, told["cases"])
    assert told["red"][0]["got"] == {"error": "MALFORMED"}


@pytest.mark.usefixtures("cases", "run_neo4j")
def test_the_cases_are_seeded_beside_the_demo_and_once() -> None:
    told = answer_of(hub_command("seed", "--no-demo", "--cases", "--json"))

    assert [(batch["source"], batch["changed"]) for batch in told["batches"]] == [
        ("AREACODES", False),
        ("CATALOGUE", False),
        ("CASES", False),
    ]


@pytest.mark.usefixtures("cases")
def test_cases_that_are_not_loaded_are_refused(served: Served, own_seeds: Path) -> None:
    path = own_seeds / "catalogue" / EXIT
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2026-03-01", "2026-03-02"), encoding="utf-8")

    result = hub_command("conform", served.url, "--json")

    assert result.exit_code == 3
    assert error_of(result)["code"] == "CASES_NOT_LOADED"
    assert "hub seed --cases" in error_of(result)["mend"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "no address"])
def test_an_address_where_nobody_answers_is_told(url: str) -> None:
    result = hub_command("conform", url, "--json")

    assert result.exit_code == 2
    assert error_of(result)["code"] == "ENDPOINT_UNREACHABLE"


def test_an_address_that_speaks_no_graphql_is_told(served: Served) -> None:
    result = hub_command("conform", f"{served.url}/health", "--json")

    assert error_of(result)["code"] == "ENDPOINT_UNREACHABLE"


def test_the_query_sent_is_the_one_that_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "conformance.md"

    assert CHECK in page.read_text(encoding="utf-8")


def test_the_cases_are_written_with_their_facts_and_questions(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"

    assert hub_command("conform", "--facts", str(path)).exit_code == 0

    first, *told = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    case = next(line for line in told if line["case"] == CLAIM)
    files = read_catalogue(resource("seeds", "catalogue")).cases
    standings = [fact for fact in case["facts"] if fact["kind"] == "Standing"]
    assert len(told) == sum(len(file.cases) for file in files)
    assert {fact["kind"] for fact in first["facts"]} == {"SourceGeneration", "UnitState"}
    assert [thing["id"][:9] for thing in first["things"]] == ["CASE:ALL-"]
    assert (case["file"], case["law"]["en"][-9:]) == (EXIT, "(grade A)")
    assert [question["effectiveAt"] for question in case["questions"]] == [
        "2026-09-15T02:29:59.999Z",
        "2026-09-15T02:30:00.000Z",
    ]
    assert [(fact["validFrom"], fact["validTo"]) for fact in standings] == [
        ("2026-02-28T16:00:00.000Z", "2026-09-15T02:30:00.000Z"),
        ("2026-09-15T02:30:00.000Z", None),
    ]
    assert standings[0]["properties"]["countsUntil"] == "2028-02-29T16:00:00.000Z"
    assert {thing["labels"][0] for thing in case["things"]} == {"Unit", "CreditRecord"}
