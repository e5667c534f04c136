import json
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner, Result

from hub.cli.output import json_option, print_json, reports_errors, say
from hub.errors import PortTaken
from hub.text import Text


@click.command()
@json_option
@reports_errors
def failing(**_: bool) -> None:
    raise PortTaken(7687, "HUB_NEO4J_BOLT_PORT")


@click.command()
@json_option
@reports_errors
def answering(*, as_json: bool) -> None:
    if as_json:
        print_json({"answer": "[是]"})
    else:
        say(Text("好", "good"))


@pytest.fixture
def run() -> Callable[..., Result]:
    return CliRunner().invoke


def test_people_read_what_happened_and_how_to_mend_it_in_two_languages(
    run: Callable[..., Result],
) -> None:
    result = run(failing)

    assert result.exit_code == 6
    assert result.stdout == ""
    assert result.stderr == (
        "端口 7687 已被其他程序占用。请释放该端口，或用 HUB_NEO4J_BOLT_PORT 指定别的端口。"
        " [PORT_TAKEN]\n"
        "Port 7687 is taken by another program."
        " Free the port or set HUB_NEO4J_BOLT_PORT to another one.\n"
    )


def test_programs_read_an_error_as_json_on_standard_output(run: Callable[..., Result]) -> None:
    result = run(failing, ["--json"])

    assert result.exit_code == 6
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "error": {
            "code": "PORT_TAKEN",
            "message": "端口 7687 已被其他程序占用",
            "messageEn": "Port 7687 is taken by another program",
            "mend": "请释放该端口，或用 HUB_NEO4J_BOLT_PORT 指定别的端口",
            "mendEn": "Free the port or set HUB_NEO4J_BOLT_PORT to another one",
            "where": "HUB_NEO4J_BOLT_PORT",
        }
    }


def test_an_answer_is_a_line_for_people_and_a_document_for_programs(
    run: Callable[..., Result],
) -> None:
    assert run(answering).stdout == "好  good\n"
    assert json.loads(run(answering, ["--json"]).stdout) == {"answer": "[是]"}


@click.command()
@json_option
@reports_errors
def buggy(**_: bool) -> None:
    raise KeyError("no such key")


@click.command()
@json_option
@reports_errors
def interrupted(**_: bool) -> None:
    raise KeyboardInterrupt


def test_a_bug_is_told_with_its_traceback_beside_it(run: Callable[..., Result]) -> None:
    result = run(buggy)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "KeyError: 'no such key'" in result.stderr
    assert "程序出错，这不是您的问题。" in result.stderr
    assert result.stderr.endswith(
        "This is a bug in the hub, not your mistake. Report what stands on standard error.\n"
    )


def test_programs_read_a_bug_as_internal(run: Callable[..., Result]) -> None:
    result = run(buggy, ["--json"])

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "INTERNAL"
    assert "no such key" not in result.stdout


def test_an_interruption_is_one_sentence_in_two_languages(run: Callable[..., Result]) -> None:
    result = run(interrupted)

    assert result.exit_code == 130
    assert result.stderr == (
        "已中断，没有留下半成品。再次运行即可接着做。 [INTERRUPTED]\n"
        "Interrupted; nothing is left half done. Run it again to go on.\n"
    )
    assert json.loads(run(interrupted, ["--json"]).stdout)["error"]["code"] == "INTERRUPTED"
