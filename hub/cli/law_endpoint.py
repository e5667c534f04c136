"""Asks an endpoint one check after the other, as `docs/conformance.md` tells."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from urllib.parse import urlsplit

import requests

from hub.checks.conformance import LawCase, LawFile, LawQuestion, LawResult, Told, told
from hub.domain.clocks import format_instant
from hub.errors import CasesNotLoaded, EndpointUnreachable, UnitNotFound

CHECK = """query Conform($subject: String!, $scenario: String!, $capacity: String, $at: Instant) {
  check(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at) {
    outcome
    covered
    humanReviewRequired
    grounds { rule outcome reach disputed record { code } }
  }
}"""

_TIMEOUT_SECONDS = 30
_AT_ONCE = 4


class LawEndpoint:
    """One connection to one address; `/graphql` is meant where the address names no path."""

    def __init__(self, url: str) -> None:
        named = urlsplit(url).path.strip("/")
        self.url = url if named else f"{url.rstrip('/')}/graphql"
        self._session = requests.Session()

    def require(self, signpost: LawQuestion) -> None:
        """Raises `CasesNotLoaded` where nobody knows the unit that stands for the cases."""
        if self._answer(signpost) == {"error": UnitNotFound.code}:
            raise CasesNotLoaded(self.url)

    def run(self, files: Sequence[LawFile]) -> list[LawResult]:
        """In their order, a few questions at once. Raises `EndpointUnreachable`."""
        cases = [(file, case) for file in files for case in file.cases]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = pool.map(self._answers, [case for _, case in cases])
            return [LawResult(*asked, given) for asked, given in zip(cases, answers, strict=True)]

    def _answers(self, case: LawCase) -> tuple[Told, ...]:
        return tuple(self._answer(question) for question in case.questions)

    def _answer(self, question: LawQuestion) -> Told:
        """An error is an answer too, by its code; so is what is not of the form asked for."""
        body = self._post(
            {
                "subject": question.subject,
                "scenario": question.scenario,
                "capacity": question.capacity,
                "at": format_instant(question.at),
            }
        )
        try:
            if errors := body.get("errors"):
                return {"error": errors[0]["extensions"]["code"]}
            return told(question, body["data"]["check"])
        except (LookupError, TypeError, AttributeError):
            return {"error": "MALFORMED"}

    def _post(self, variables: Mapping[str, str | None]) -> dict[str, Any]:
        try:
            answer = self._session.post(
                self.url, json={"query": CHECK, "variables": variables}, timeout=_TIMEOUT_SECONDS
            )
            body: object = answer.json()
        except requests.RequestException as error:
            raise EndpointUnreachable(self.url, type(error).__name__) from error
        if not isinstance(body, dict) or not {"data", "errors"} & body.keys():
            raise EndpointUnreachable(self.url, f"HTTP {answer.status_code}")
        return cast("dict[str, Any]", body)
