"""The Python, shell and TypeScript examples, each run against the served demo region."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from hub.api.schema import schema
from tests.examples.conftest import EXAMPLES
from tests.examples.flaky import flaky_hub
from tests.serving import Served

HOSPITAL, MATTER = "12159900990000260C", '示采〔2026〕11号 "甲"'
SCENARIO, CAPACITY, AT = "GOV_PROCUREMENT", "SUPPLIER", "2026-11-23T09:00:00+08:00"
UNITS = [
    ("12159900990000260C", "示例旗人民医院"),
    ("111599009900002284", "示例旗人民政府"),
    ("111599009900002952", "示例旗人民法院"),
    ("11159900990000252L", "示例旗农牧局"),
    ("121599009900002799", "示例旗后勤服务中心"),
    ("11159900990000236Y", "示例旗投资促进局"),
    ("11159900990000244R", "示例旗教育局"),
    ("121599009900002874", "示例旗文化馆"),
]
QUESTIONS = sorted((EXAMPLES / "questions").glob("*.graphql"))


@dataclass(frozen=True)
class Client:
    """How one example is called; `verdict` reads outcome, content id and matter it printed."""

    check: Callable[[str, str], Sequence[str]]
    units: Callable[[str], Sequence[str]]
    verdict: Callable[[str], tuple[str, str, str]]


def _printed(text: str) -> tuple[str, str, str]:
    kept = dict(re.findall(r"^  (contentId|matter): (.*)$", text, re.MULTILINE))
    return text.split(maxsplit=1)[0], kept["contentId"], kept["matter"]


def _in_json(text: str) -> tuple[str, str, str]:
    verdict = json.loads(text)["data"]["check"]
    return verdict["outcome"], verdict["contentId"], verdict["matter"]


def _python() -> Client:
    def run(program: str, url: str, *given: str) -> list[str]:
        return [sys.executable, str(EXAMPLES / "python" / program), *given, "--hub", url]

    return Client(
        check=lambda url, subject: run(
            *("check.py", url, subject, SCENARIO, MATTER),
            *("--capacity", CAPACITY, "--at", AT),
        ),
        units=lambda url: run("units.py", url, "159921"),
        verdict=_printed,
    )


def _shell() -> Client:
    def run(program: str, url: str, *given: str) -> list[str]:
        return ["env", f"GRAPHQL_URL={url}", str(EXAMPLES / "curl" / program), *given]

    return Client(
        check=lambda url, subject: run(
            *("ask.sh", url, "check", f"subject={subject}", f"scenario={SCENARIO}"),
            *(f"capacity={CAPACITY}", f"matter={MATTER}", f"at={AT}"),
        ),
        units=lambda url: run("units.sh", url, "159921"),
        verdict=_in_json,
    )


def _typescript(folder: Path) -> Client:
    def run(program: str, url: str, *given: str) -> list[str]:
        return ["env", f"GRAPHQL_URL={url}", "node", str(folder / "dist" / program), *given]

    return Client(
        check=lambda url, subject: run("check.js", url, subject, SCENARIO, CAPACITY, MATTER, AT),
        units=lambda url: run("units.js", url, "159921"),
        verdict=_printed,
    )


@pytest.fixture(scope="session")
def clients(typescript: Path) -> Mapping[str, Client]:
    return {"python": _python(), "shell": _shell(), "typescript": _typescript(typescript)}


@pytest.fixture(params=["python", "shell", "typescript"])
def client(request: pytest.FixtureRequest, clients: Mapping[str, Client]) -> Client:
    return clients[request.param]


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def _asked(served: Served) -> dict[str, Any]:
    query = (EXAMPLES / "questions" / "check.graphql").read_text(encoding="utf-8")
    given = {"subject": HOSPITAL, "scenario": SCENARIO, "capacity": CAPACITY, "at": AT}
    return served.ask(query, **given)["data"]["check"]


def test_a_check_prints_the_hubs_verdict(client: Client, served: Served) -> None:
    result = _run(client.check(f"{served.url}/graphql", HOSPITAL))

    assert result.returncode == 0, result.stderr
    assert client.verdict(result.stdout) == ("BLOCK", _asked(served)["contentId"], MATTER)


def test_a_list_is_read_to_its_end_without_gap_or_repeat(client: Client, served: Served) -> None:
    result = _run(client.units(f"{served.url}/graphql"))

    lines = [line.split() for line in result.stdout.splitlines()]
    assert [(code, name) for code, name, *_ in lines] == UNITS


def test_a_passing_failure_is_tried_again(clients: Mapping[str, Client], served: Served) -> None:
    told = _all_meet(2, clients, served)

    for name, (asked, result) in told.items():
        assert (result.returncode, asked) == (0, 3), (name, result.stderr)
        assert clients[name].verdict(result.stdout)[0] == "BLOCK"


def test_a_lasting_failure_is_given_up_as_no_answer(
    clients: Mapping[str, Client], served: Served
) -> None:
    for name, (asked, result) in _all_meet(9, clients, served).items():
        assert (result.returncode, asked, result.stdout) == (1, 4, ""), name
        assert "没有结论，不作决定" in result.stderr, name


def _all_meet(
    failures: int, clients: Mapping[str, Client], served: Served
) -> Mapping[str, tuple[int, "subprocess.CompletedProcess[str]"]]:
    """How often each asked and what it said; together, since each waits between its tries."""

    def meet(client: Client) -> tuple[int, "subprocess.CompletedProcess[str]"]:
        with flaky_hub(f"{served.url}/graphql", failures=failures) as hub:
            result = _run(client.check(hub.url, HOSPITAL))
        return hub.asked, result

    with ThreadPoolExecutor() as together:
        return dict(zip(clients, together.map(meet, clients.values()), strict=True))


def test_a_wrong_question_is_not_asked_again(client: Client, served: Served) -> None:
    with flaky_hub(f"{served.url}/graphql", failures=0) as hub:
        result = _run(client.check(hub.url, "12159900990000260D"))

    assert (result.returncode, hub.asked, result.stdout) == (1, 1, "")
    assert "INVALID_IDENTIFIER" in result.stderr


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_every_question_fits_the_schema(question: Path) -> None:
    document = parse(question.read_text(encoding="utf-8"))

    assert validate(build_schema(schema.as_str()), document) == []


def test_what_the_schema_does_not_have_does_not_compile(typescript: Path) -> None:
    wrong = typescript / "src" / "wrong.ts"
    wrong.write_text(
        'import type { CheckQuery } from "./generated/graphql.js";\n'
        "export const clean = (answer: CheckQuery): boolean => answer.check.outcome === 'CLEAN';\n"
    )

    told = _run([str(typescript / "node_modules" / ".bin" / "tsc"), "-p", str(typescript)])
    wrong.unlink()

    assert told.returncode != 0
    assert "src/wrong.ts(2,55): error TS2367" in told.stdout


def test_the_lock_names_no_host() -> None:
    lock = (EXAMPLES / "typescript" / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
