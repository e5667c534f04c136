"""Ask the hub: there comes an answer or `NoAnswer`, and without an answer nothing is decided."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import httpx2
import stamina

_QUESTIONS = Path(__file__).parent.parent / "questions"
_SECONDS = 35
"""The hub itself gives up after 30."""
_TRIES = 4
_BUSY = {502, 503, 504}


class NoAnswer(Exception):
    """`code` is the hub's, else HTTP_… or NO_CONNECTION; `mend` says what to do about it."""

    def __init__(self, code: str, what: str, mend: str = "", *, retryable: bool = False) -> None:
        super().__init__(f"{code}: {what} {mend}".strip())
        self.code = code
        self.mend = mend
        self.retryable = retryable


def ask(hub: str, question: str, **variables: object) -> Any:
    """The answer's `data` to one of `examples/questions/`; tried again while that may help."""
    query = (_QUESTIONS / f"{question}.graphql").read_text(encoding="utf-8")
    body = {"query": query, "variables": variables}
    attempts = stamina.retry_context(_may_help, attempts=_TRIES, wait_initial=0.5, wait_max=8)
    for attempt in attempts:
        with attempt:
            return _ask_once(hub, body)
    raise AssertionError


def _may_help(error: Exception) -> bool:
    return isinstance(error, NoAnswer) and error.retryable


def _ask_once(hub: str, body: dict[str, Any]) -> Any:
    try:
        response = httpx2.post(hub, json=body, timeout=_SECONDS)
    except httpx2.TransportError as error:
        raise NoAnswer("NO_CONNECTION", str(error), retryable=True) from error
    answer = _json_of(response)
    for problem in answer.get("errors", ()):
        told = problem["extensions"]
        mend = told.get("mendEn", "")
        retryable = told.get("retryable", False)
        raise NoAnswer(told["code"], told["messageEn"], mend, retryable=retryable)
    return answer["data"]


def _json_of(response: httpx2.Response) -> Any:
    try:
        return response.json()
    except ValueError as error:
        status = response.status_code
        raise NoAnswer(f"HTTP_{status}", "no JSON", retryable=status in _BUSY) from error


def arguments(**names: str) -> ArgumentParser:
    """A parser with `--hub` and the arguments named, each with its help."""
    parser = ArgumentParser()
    parser.add_argument("--hub", default="http://127.0.0.1:8000/graphql")
    for name, told in names.items():
        parser.add_argument(name, help=told)
    return parser


def give_up(error: NoAnswer) -> None:
    """End the program with 1: nobody may take this for an outcome."""
    sys.exit(f"没有结论，不作决定  No answer: do not decide. {error}")
