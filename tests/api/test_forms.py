"""Many subjects, every scenario, a region: over HTTP, and in agreement with the single check."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from hub.api.nodes import global_id
from hub.checks.restricted import RestrictedUnits
from hub.checks.service import CheckService
from hub.domain.clocks import format_instant
from hub.domain.forms import ManyAsk, RestrictedAsk
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Verdict
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.graph.candidates import CandidateReader
from hub.graph.check_reader import CheckReader
from hub.wiring import Hub, now
from tests.serving import Served
from tests.worlds import DAY, fresh_code

LEAGUE, HOSPITAL = "159900", "12159900990000260C"
Cell = tuple[str, str]

_MANY = """
query($subjects: [String!]!, $scenario: String!, $capacity: String, $at: Instant, $known: Instant,
      $purpose: String, $authorisation: String) {
  checkMany(subjects: $subjects, scenario: $scenario, capacity: $capacity, effectiveAt: $at,
            knownAt: $known, purpose: $purpose, authorisation: $authorisation) {
    effectiveAt knownAt
    items {
      position subject verdict { id outcome effectiveAt knownAt grounds { rule } }
      error { code message { zh en } mend { zh } }
    }
  }
}
"""
_MATRIX = """
query($subject: String!, $at: Instant) {
  matrix(subject: $subject, effectiveAt: $at) {
    effectiveAt knownAt cells { scenario capacity verdict { id outcome effectiveAt knownAt } }
  }
}
"""
_RESTRICTED = """
query($scenario: String!, $region: String!, $first: Int = 20, $after: String, $least: Outcome,
      $at: Instant) {
  restricted(scenario: $scenario, region: $region, first: $first, after: $after, atLeast: $least,
             effectiveAt: $at) {
    totalCount complete effectiveAt knownAt pageInfo { hasNextPage endCursor }
    edges { cursor node { id outcome subject { code name } } }
  }
}
"""


def _code(answer: Mapping[str, Any]) -> str:
    [error] = answer["errors"]
    return error["extensions"]["code"]


# Agreement: one kernel serves every form


async def _units_of_the_demo(hub: Hub) -> list[SubjectId]:
    ask = RestrictedAsk(LEAGUE, "FUNDING_SUPPORT", at_least=Outcome.CLEAR)
    clocks = await hub.restricted.clocks(ask, DAY, None)
    page = await hub.restricted.page(ask, clocks, first=100)
    return [verdict.subject for verdict in page.verdicts]


async def _cells(hub: Hub) -> list[Cell]:
    scenarios = (await hub.catalogues.current()).scenarios.values()
    return [
        (scenario.code, capacity.code)
        for scenario in scenarios
        if scenario.subject_kind is SubjectKind.UNIT
        for capacity in scenario.capacities
    ]


async def _single(
    checks: CheckService, units: Sequence[SubjectId], cell: Cell, clocks: Clocks
) -> list[str]:
    asks = (Ask(unit, *cell, effective_at=clocks.at, known_at=clocks.known_at) for unit in units)
    return [verdict.id for verdict in await asyncio.gather(*map(checks.check, asks))]


async def _listed(
    lists: RestrictedUnits, cell: Cell, at_least: Outcome, clocks: Clocks
) -> list[str]:
    ask = RestrictedAsk(LEAGUE, *cell, at_least=at_least)
    page = await lists.page(ask, clocks, first=100)
    assert (page.go_on_after, page.complete) == (None, True)
    return [verdict.id for verdict in page.verdicts]


class _Once:
    """Gives the same answer to the same question, without asking again.

    What is read hangs on subjects and clocks alone: in every scenario a form reads the same.
    """

    def __init__(self, read: Callable[..., Awaitable[Any]]) -> None:
        self._read = read
        self.given: dict[str, Any] = {}

    async def __call__(self, *asked: object, **named: object) -> Any:
        question = repr((asked, named))
        if question not in self.given:
            self.given[question] = await self._read(*asked, **named)
        return self.given[question]


@dataclass(frozen=True)
class _Reading:
    """Facts and candidates of one graph, each read once for a question."""

    read: _Once
    known_up_to: _Once
    candidates: _Once


def _reading(hub: Hub) -> _Reading:
    facts = CheckReader(hub.door)
    found = CandidateReader(hub.door).candidates
    return _Reading(_Once(facts.read), _Once(facts.known_up_to), _Once(found))


async def test_single_many_matrix_and_list_are_one_answer_on_every_unit_of_the_demo(
    demo: Hub,
) -> None:
    units, cells, reading = await _units_of_the_demo(demo), await _cells(demo), _reading(demo)
    checks = CheckService(reading, demo.catalogues, now=now)
    lists = RestrictedUnits(checks, reading)
    clocks = await checks.clocks(DAY, None)
    matrices = [
        await checks.matrix(unit, effective_at=clocks.at, known_at=clocks.known_at)
        for unit in units
    ]

    for place, cell in enumerate(cells):
        many = await checks.many(ManyAsk(units, *cell, *clocks))
        verdicts = [one for one in many.answers if isinstance(one, Verdict)]
        ids = [verdict.id for verdict in verdicts]
        assert ids == await _single(checks, units, cell, clocks)
        assert ids == [matrix.verdicts[place].id for matrix in matrices]
        for at_least in Outcome:
            expected = [v.id for v in verdicts if v.outcome.gravity >= at_least.gravity]
            assert await _listed(lists, cell, at_least, clocks) == expected
    assert (len(units), len(cells)) == (44, 16)
    assert len(reading.read.given) == 44 + 2


# A clock that nobody can have


_KNOWN_UP_TO = "MATCH (k:KnowledgeClock {id: 1}) RETURN k.knownUpTo.epochMillis AS tick"
_POISON = """
MATCH (k:KnowledgeClock {id: 1}) SET k.knownUpTo = datetime({epochMillis: $tick})
"""
_FUNDING = f'subject: "{HOSPITAL}", scenario: "FUNDING_SUPPORT"'
_PERSON = 'subject: "P-159900-0112", scenario: "PROMOTION"'
_THEN = 'knownAt: "2026-01-01T00:00:00Z"'
_NODE = global_id("Unit", HOSPITAL)
_EVERY_FORM = {
    "check": f"check({_FUNDING}) {{ id }}",
    "as once known": f"check({_PERSON}, {_THEN}) {{ id }}",
    "many": f'checkMany(subjects: ["{HOSPITAL}"], scenario: "FUNDING_SUPPORT") {{ knownAt }}',
    "matrix": f'matrix(subject: "{HOSPITAL}") {{ knownAt }}',
    "restricted": f'restricted(region: "{LEAGUE}", scenario: "FUNDING_SUPPORT") {{ knownAt }}',
    "whatIf": f"whatIf({_FUNDING}, suppose: {{}}) {{ id }}",
    "compare": f"compare({_FUNDING}, before: {{}}, after: {{}}) {{ outcomeChanged }}",
    "history": f'history(id: "{_NODE}") {{ knownAt }}',
    "search": 'search(text: "示例旗人民医院") { knownAt }',
    "unit": f'unit(code: "{HOSPITAL}") {{ name }}',
    "a unit once": f'unit(code: "{HOSPITAL}", {_THEN}) {{ name }}',
    "no unit": f'unit(code: "{fresh_code()}") {{ name }}',
    "a contract by number": f'contracts(contractNo: "1", {_THEN}) {{ code }}',
    "a history once": f'history(id: "{_NODE}", {_THEN}) {{ knownAt }}',
    "a search once": f'search(text: "示例旗人民医院", {_THEN}) {{ knownAt }}',
    "paths once": f'paths(from: "{_NODE}", to: "{_NODE}", {_THEN}) {{ knownAt }}',
    "the law once": f"ruleSet({_THEN}) {{ number }}",
    "a rule set once": f"ruleSet(number: 2, {_THEN}) {{ number }}",
    "rule sets once": f"ruleSets({_THEN}) {{ number }}",
}


@asynccontextmanager
async def _ahead(hub: Hub, millis: int) -> AsyncGenerator[None]:
    """The clock of the graph, that long ahead of ours; nothing is written meanwhile."""
    [row] = await hub.door.read(_KNOWN_UP_TO)
    await hub.door.run(_POISON, tick=now() + millis)
    try:
        yield
    finally:
        await hub.door.run(_POISON, tick=row["tick"])


async def test_no_form_answers_from_a_graph_whose_clock_is_ahead_of_now(
    demo: Hub, served: Served
) -> None:
    async with _ahead(demo, 86_400_000):
        answers = {form: served.ask(f"{{ {asked} }}") for form, asked in _EVERY_FORM.items()}
        ready = httpx2.get(f"{served.url}/ready", timeout=30)

    assert {form: _code(answer) for form, answer in answers.items()} == dict.fromkeys(
        _EVERY_FORM, "CLOCK_AHEAD"
    )
    assert (ready.status_code, _code(ready.json())) == (503, "CLOCK_AHEAD")
    assert "errors" not in served.ask(f"{{ {_EVERY_FORM['check']} }}")
    assert httpx2.get(f"{served.url}/ready", timeout=30).is_success


async def test_a_clock_less_than_a_minute_ahead_is_a_clock_like_any_other(
    demo: Hub, served: Served
) -> None:
    async with _ahead(demo, 50_000):
        answer = served.ask(f"{{ {_EVERY_FORM['matrix']} }}")

    assert "errors" not in answer


# Several persons

_PERSONS = """
query ($one: String!, $other: String!, $purpose: String, $authorisation: String,
       $scenario: String! = "TRANSFER_IN") {
  a: check(subject: $one, scenario: "PROMOTION", purpose: $purpose, authorisation: "某函") { id }
  ...other
}
fragment other on Query {
  b: check(subject: $other, scenario: $scenario, purpose: "调动",
           authorisation: $authorisation) { id }
}
"""
_OFFICIAL, _ANOTHER = "P-159900-0112", "P-159900-0074"


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"one": _OFFICIAL, "other": _ANOTHER}, True),
        ({"one": _OFFICIAL, "other": _ANOTHER, "purpose": "选拔"}, True),
        ({"one": _OFFICIAL, "other": _ANOTHER, "purpose": " ", "authorisation": "某令"}, True),
        ({"one": _OFFICIAL, "other": _ANOTHER, "purpose": "选拔", "authorisation": "某令"}, False),
        ({"one": _OFFICIAL, "other": _OFFICIAL}, True),
        (
            {"one": _OFFICIAL, "other": _OFFICIAL, "purpose": "选拔", "authorisation": "某令"},
            False,
        ),
        ({"one": _OFFICIAL, "other": _ANOTHER, "scenario": "PROMOTION"}, True),
        ({"one": _OFFICIAL, "other": f" {_OFFICIAL} ", "scenario": "PROMOTION"}, False),
    ],
    ids=[
        "neither",
        "one without",
        "blank",
        "each authorised",
        "one person in two scenarios",
        "one person in two scenarios, each authorised",
        "two persons in one scenario",
        "the same question twice",
    ],
)
def test_several_questions_of_persons_in_one_operation_need_purpose_and_authorisation_for_each(
    served: Served, asked: Mapping[str, str], *, refused: bool
) -> None:
    answer = served.ask(_PERSONS, **asked)

    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes == ({"PURPOSE_REQUIRED"} if refused else set())


_DEPUTY = 'scenario: "NPC_DEPUTY", capacity:'


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        (f'{_DEPUTY} "ORGANISATION_NOMINEE"', f'{_DEPUTY} "JOINT_NOMINEE"', True),
        ('effectiveAt: "2026-01-02T00:00:00Z"', "", True),
        ('effectiveAt: "2026-01-02T00:00:00Z"', "effectiveAt: $at", True),
        ('knownAt: "2026-01-02T00:00:00Z"', "knownAt: $at", True),
        ('effectiveAt: "2026-01-01T08:00:00+08:00"', "effectiveAt: $at", False),
        ("capacity: null, knownAt: null", 'matter: "M-1"', False),
    ],
    ids=[
        "two capacities",
        "then and now",
        "two instants",
        "two times of knowledge",
        "one instant in two zones",
        "the default told",
    ],
)
def test_a_person_at_another_instant_or_in_another_capacity_is_another_question(
    served: Served, one: str, other: str, *, refused: bool
) -> None:
    first, second = (
        asked if "scenario" in asked else f'scenario: "PROMOTION" {asked}' for asked in (one, other)
    )
    answer = served.ask(
        f"""
        query ($at: Instant = "2026-01-01T00:00:00Z") {{
          a: check(subject: "{_OFFICIAL}", {first}) {{ id }}
          b: check(subject: "{_OFFICIAL}", {second}) {{ id }}
          c: check({_FUNDING}, effectiveAt: $at) {{ id }}
        }}
        """
    )

    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes == ({"PURPOSE_REQUIRED"} if refused else set())


def test_a_person_beside_a_unit_is_a_person_alone(served: Served) -> None:
    both = f"{{ a: check({_PERSON}) {{ id }} b: check({_FUNDING}) {{ id }} }}"

    assert "errors" not in served.ask(both)


def test_a_list_of_persons_stands_beside_no_other_question(served: Served) -> None:
    listed = 'checkMany(subjects: $others, scenario: "PROMOTION", purpose: "选拔",'
    asked = f"""
    query ($others: [String!]! = ["{_ANOTHER}"]) {{ ...list check({_PERSON}) {{ id }} }}
    fragment list on Query {{ {listed} authorisation: "某令") {{ knownAt }} }}
    """

    assert _code(served.ask(asked)) == "QUERY_TOO_LARGE"


# checkMany


def test_many_keep_their_positions_and_one_wrong_subject_spoils_no_other(served: Served) -> None:
    stranger = fresh_code()
    typed = [HOSPITAL, "示例局", stranger, HOSPITAL, "P-159900-0072"]

    many = served.ask(_MANY, subjects=typed, scenario="FUNDING_SUPPORT")["data"]["checkMany"]
    items = many["items"]

    assert [item["position"] for item in items] == [0, 1, 2, 3, 4]
    assert [item["subject"] for item in items] == typed
    assert [item["error"] and item["error"]["code"] for item in items] == [
        None,
        "INVALID_IDENTIFIER",
        "UNKNOWN_UNIT",
        None,
        "WRONG_SUBJECT_KIND",
    ]
    assert items[2]["error"]["message"]["en"] == f"No unit is kept under {str(stranger)!r}"
    assert items[0]["verdict"] == items[3]["verdict"]
    clocks = {"effectiveAt": many["effectiveAt"], "knownAt": many["knownAt"]}
    assert items[0]["verdict"].items() >= clocks.items()


def test_more_than_a_thousand_are_refused_with_the_limit_and_the_way_to_go_on(
    served: Served,
) -> None:
    answer = served.ask(_MANY, subjects=["x"] * 1_001, scenario="FUNDING_SUPPORT")

    assert _code(answer) == "TOO_MANY_SUBJECTS"
    assert "at most 1000 subjects, not 1001" in answer["errors"][0]["extensions"]["messageEn"]
    assert len(served.ask(_MANY, subjects=["x"] * 1_000, scenario="FUNDING_SUPPORT")["data"]) == 1


def test_several_requests_at_the_clocks_of_the_first_are_one_list(served: Served) -> None:
    ask = {"scenario": "FUNDING_SUPPORT", "subjects": [HOSPITAL]}
    first = served.ask(_MANY, **ask)["data"]["checkMany"]

    second = served.ask(_MANY, **ask, at=first["effectiveAt"], known=first["knownAt"])

    assert second["data"]["checkMany"] == first


def test_many_persons_need_purpose_and_authorisation_and_get_results_only(served: Served) -> None:
    ask = {"subjects": ["P-159900-0112", "P-NOBODY-0001"], "scenario": "PROMOTION"}

    assert _code(served.ask(_MANY, **ask)) == "PURPOSE_REQUIRED"
    items = served.ask(_MANY, **ask, purpose="选拔", authorisation="示例〔2026〕1号")
    assert [item["error"] for item in items["data"]["checkMany"]["items"]] == [None, None]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"scenario": "NOWHERE"}, "UNKNOWN_SCENARIO"),
        ({"scenario": "TENDERING"}, "CAPACITY_REQUIRED"),
        ({"scenario": "TENDERING", "capacity": "CAT"}, "CAPACITY_NOT_ALLOWED"),
        ({"scenario": "FUNDING_SUPPORT", "known": "2999-01-01T00:00:00Z"}, "KNOWN_AT_IN_FUTURE"),
    ],
)
def test_what_is_wrong_with_the_question_is_wrong_with_all(
    served: Served, ask: Mapping[str, str], code: str
) -> None:
    assert _code(served.ask(_MANY, subjects=["x"], **ask)) == code


# matrix


async def test_a_matrix_shows_each_scenario_and_capacity_of_units_once(
    served: Served, demo: Hub
) -> None:
    matrix = served.ask(_MATRIX, subject=HOSPITAL, at=format_instant(DAY))["data"]["matrix"]
    cells = [(cell["scenario"], cell["capacity"]) for cell in matrix["cells"]]

    assert cells == await _cells(demo)
    assert matrix["cells"][0]["verdict"]["outcome"] == "BLOCK"
    assert {cell["verdict"]["effectiveAt"] for cell in matrix["cells"]} == {format_instant(DAY)}


def test_a_matrix_of_a_person_is_refused_and_of_nobody_an_error(served: Served) -> None:
    assert _code(served.ask(_MATRIX, subject="P-159900-0072")) == "UNITS_ONLY"
    assert _code(served.ask(_MATRIX, subject=str(fresh_code()))) == "UNKNOWN_UNIT"


# restricted


def _pages(served: Served, first: int, **ask: object) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = []
    while not pages or pages[-1]["pageInfo"]["hasNextPage"]:
        after = pages[-1]["pageInfo"]["endCursor"] if pages else None
        answer = served.ask(_RESTRICTED, first=first, after=after, **ask)
        pages.append(answer["data"]["restricted"])
    return pages


def test_pages_of_restricted_units_neither_gap_nor_repeat_and_share_their_clocks(
    served: Served,
) -> None:
    ask = {"scenario": "FUNDING_SUPPORT", "region": LEAGUE}
    [whole] = _pages(served, 100, **ask)
    pages = _pages(served, 2, **ask, at=whole["effectiveAt"])
    edges = [edge["node"] for page in pages for edge in page["edges"]]

    assert edges == [edge["node"] for edge in whole["edges"]]
    assert [len(page["edges"]) for page in pages] == [2] * (len(edges) // 2) + [1] * (
        len(edges) % 2
    )
    assert {page["totalCount"] for page in (whole, *pages)} == {len(edges)}
    assert len({(page["effectiveAt"], page["knownAt"]) for page in pages}) == 1
    assert all(page["complete"] for page in pages)
    codes = [edge["subject"]["code"] for edge in edges]
    assert codes == sorted(codes)
    assert HOSPITAL in codes
    assert pages[0]["edges"][-1]["cursor"] == pages[0]["pageInfo"]["endCursor"]


def test_a_division_lists_its_own_units_only(served: Served) -> None:
    ask = {"scenario": "FUNDING_SUPPORT", "least": "CLEAR"}
    [banner], [league] = (_pages(served, 100, **ask, region=code) for code in ("159921", LEAGUE))

    codes = {edge["node"]["subject"]["code"] for edge in banner["edges"]}

    assert 0 < len(codes) < len(league["edges"]) == 44
    assert codes < {edge["node"]["subject"]["code"] for edge in league["edges"]}


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"region": "999999"}, "UNKNOWN_REGION"),
        ({"scenario": "PROMOTION"}, "UNITS_ONLY"),
        ({"scenario": "TENDERING"}, "CAPACITY_REQUIRED"),
        ({"first": 0}, "INVALID_PAGE"),
        ({"first": 101}, "INVALID_PAGE"),
        ({"after": "nonsense"}, "INVALID_PAGE"),
    ],
)
def test_a_list_that_cannot_be_told_is_an_error_and_never_empty(
    served: Served, ask: Mapping[str, object], code: str
) -> None:
    asked = {"scenario": "FUNDING_SUPPORT", "region": LEAGUE, **ask}

    assert _code(served.ask(_RESTRICTED, **asked)) == code


def test_a_cursor_of_another_list_is_refused(served: Served) -> None:
    ask = {"scenario": "FUNDING_SUPPORT", "region": LEAGUE, "first": 1}
    cursor = served.ask(_RESTRICTED, **ask)["data"]["restricted"]["pageInfo"]["endCursor"]

    for change in ({"least": "BLOCK"}, {"region": "159921"}, {"scenario": "UNIT_AWARD"}):
        assert _code(served.ask(_RESTRICTED, **{**ask, **change}, after=cursor)) == "INVALID_PAGE"


# Limits


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ("a: matrix b: matrix c: matrix d: matrix e: matrix", False),
        ("a: matrix b: matrix c: matrix d: matrix e: matrix f: check", True),
        ("a: checkMany", False),
        ("a: checkMany b: check", True),
        ("a: restricted b: checkMany", True),
    ],
)
def test_a_list_is_the_only_judgement_of_its_operation(
    served: Served, fields: str, *, refused: bool
) -> None:
    codes = {error["extensions"]["code"] for error in served.ask(f"{{ {fields} }}")["errors"]}

    assert codes == {"QUERY_TOO_LARGE" if refused else "GRAPHQL_INVALID"}
