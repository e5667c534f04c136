"""Every relationship is walked both ways; lists are whole, bounded, the same through all pages."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from hub.api.context import Context
from hub.api.loaders import Loaders
from hub.api.nodes import global_id
from hub.api.relation_fields import type_of
from hub.api.schema import schema
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.graph.door import Door, Row
from hub.graph.entry import enter
from hub.graph.kinds import shown_kinds
from hub.graph.model import graph_model
from hub.graph.relations import EDGES_OF_A_THING, Relation, relations
from hub.wiring import Hub, now
from tests.serving import Served
from tests.worlds import DAY, EVER, batch, fresh_code, fresh_name, unit

_STATE_OF = {"HAS_STATE", "STANDS"}
ENDED = Span(EVER.start, Millis(DAY - 86_400_000))
MADE_BY_IMPORTS = {"FROM"}
"""Relationships that no fact tells of: an import makes them."""
WALKED = [
    relation
    for relation in relations().values()
    if relation.kind not in {*_STATE_OF, *MADE_BY_IMPORTS} and relation.start != "Behaviour"
]


def _name(label: str) -> str:
    return label if label == "Behaviour" else shown_kinds()[label].name


def _thing(label: str) -> Entity:
    """An invented thing of the label, that may be shown to anybody."""
    declared = graph_model().nodes[label]
    code = {"Unit": fresh_code(), "Person": fresh_name("P-TEST")}.get(label, fresh_name("XX:TEST"))
    labels = ("FailureEvent",) if label == "CreditRecord" else declared.labels
    told = {"synthetic": True} if "synthetic" in declared.properties else {}
    return Entity(Ref(label, code), labels, told)


def _fact(relation: Relation, here: Ref, there: Ref, valid: Span = EVER) -> Fact:
    start, end = (here, there) if relation.out else (there, here)
    return Fact(relation.kind, start, valid, object=end)


async def _neighbours(served: Served, relation: Relation, code: str) -> tuple[int, set[str]]:
    query = f"""query($id: ID!) {{ node(id: $id) {{ ... on {_name(relation.start)} {{
      {relation.field}(first: 100) {{ totalCount complete edges {{ node {{ id }} }} }} }} }} }}"""
    page = served.ask(query, id=str(global_id(_name(relation.start), code)))
    listed = page["data"]["node"][relation.field]
    assert listed["complete"] is True
    return listed["totalCount"], {edge["node"]["id"] for edge in listed["edges"]}


@pytest.fixture(scope="module")
async def walked(demo: Hub, anyio_backend: str) -> dict[str, tuple[str, set[str]]]:
    """Where each relation is walked from, and the ids of what it leads to.

    That is one of each kind of end; beside them there is one to which it led until yesterday.
    """
    entities, facts = list[Entity](), list[Fact]()
    expected: dict[str, tuple[str, set[str]]] = {}
    for relation in WALKED:
        here, gone = _thing(relation.start), _thing(relation.ends[0])
        held = [
            Entity(Ref("Behaviour", "ZWSX-01")) if end == "Behaviour" else _thing(end)
            for end in relation.ends
        ]
        past = [] if relation.ends[0] == "Behaviour" else [gone]
        entities += [thing for thing in (here, *held, *past) if thing.ref.label != "Behaviour"]
        facts += [_fact(relation, here.ref, there.ref) for there in held]
        facts += [_fact(relation, here.ref, there.ref, ENDED) for there in past]
        facts += [_state(thing) for thing in (here, *held) if _has_state(thing)]
        ids = {str(global_id(_name(thing.ref.label), thing.ref.id)) for thing in held}
        expected[relation.key] = here.ref.id, ids
    await enter(demo.door, batch(entities, facts), writer="test")
    return expected


def _has_state(thing: Entity) -> bool:
    kind = shown_kinds().get(thing.ref.label)
    return kind is not None and kind.state is not None and kind.state != "SourceGeneration"


def _state(thing: Entity) -> Fact:
    state = shown_kinds()[thing.ref.label].state
    assert state is not None
    return Fact(state, thing.ref, EVER, key=fresh_name("state"))


@pytest.mark.parametrize("relation", WALKED, ids=lambda relation: relation.key)
async def test_every_relation_leads_to_what_holds_and_to_nothing_else(
    served: Served, walked: dict[str, tuple[str, set[str]]], relation: Relation
) -> None:
    code, ends = walked[relation.key]

    assert await _neighbours(served, relation, code) == (len(ends), ends)


def test_every_relationship_of_the_model_is_walked_both_ways() -> None:
    law = {"CONTAINS", "TRIGGERED_BY", "IMPOSES", "IN", "BASED_ON"}
    ways = {(relation.kind, relation.out) for relation in relations().values()}
    wanted = {(k, out) for k in graph_model().relationships for out in (True, False)}

    assert {way for way in wanted if way[0] not in law} == ways


def test_a_state_leads_to_what_it_is_a_state_of_and_back(served: Served) -> None:
    told = served.ask(
        """{ unit(code: "12159900990000260C") {
          id states { totalCount edges { node { id name of { id } } } }
          records { edges { node { id standings { edges { node { status of { id } } } } } } } } }"""
    )["data"]["unit"]
    [state], [record] = told["states"]["edges"], told["records"]["edges"]

    assert state["node"]["of"]["id"] == told["id"]
    assert [standing["node"] for standing in record["node"]["standings"]["edges"]] == [
        {"status": "IN_FORCE", "of": {"id": record["node"]["id"]}}
    ]


def test_an_import_leads_to_its_source_and_back(served: Served) -> None:
    state = served.ask('{ unit(code: "12159900990000260C") { importId } }')["data"]["unit"]
    told = served.ask(
        """query($id: ID!) { node(id: $id) { ... on Import { sources { edges { node { id code
          imports { edges { node { code } } } } } } } } }""",
        id=str(global_id("Import", state["importId"])),
    )["data"]["node"]
    [source] = [edge["node"] for edge in told["sources"]["edges"]]

    assert source["code"] == "DEMO"
    assert state["importId"] in [edge["node"]["code"] for edge in source["imports"]["edges"]]


_COUNTS: dict[str, tuple[str, str]] = {
    "units": ("Region", "MATCH (:Region {id: $code})<-[e:IN_REGION]-(:Unit)"),
    "children": ("Region", "MATCH (:Region {id: $code})<-[e:PART_OF]-(:Region)"),
}


@pytest.mark.parametrize("field", _COUNTS)
async def test_totals_are_those_of_a_count_query(demo: Hub, served: Served, field: str) -> None:
    _, pattern = _COUNTS[field]
    told = served.ask(
        f'{{ region(code: "159900") {{ effectiveAt knownAt {field}(first: 1) {{ totalCount }} }} }}'
    )["data"]["region"]
    [row] = await demo.door.read(
        f"""{pattern}
        WITH e, datetime($at) AS at, datetime($known) AS known
        WHERE e.validFrom <= at AND at < e.validTo
          AND e.recordedFrom <= known AND known < e.recordedTo
        RETURN count(e) AS number""",  # pyright: ignore[reportArgumentType]  # a test's own words
        code="159900",
        at=told["effectiveAt"],
        known=told["knownAt"],
    )

    assert told[field]["totalCount"] == row["number"]


# Pages


async def _many_contracts(hub: Hub, number: int) -> tuple[str, list[str]]:
    code = fresh_code()
    buyer, state = unit(code)
    contracts = [Entity(Ref("Contract", f"XX-PAGE:{code}-{n:05d}")) for n in range(number)]
    facts = [Fact("PARTY_TO", buyer.ref, EVER, object=contract.ref) for contract in contracts]
    await enter(hub.door, batch([buyer, *contracts], [state, *facts]), writer="test")
    return code, [contract.ref.id for contract in contracts]


_PAGE = """query($code: String!, $after: String) { unit(code: $code) {
  contracts(first: 37, after: $after) { totalCount effectiveAt knownAt
    pageInfo { hasNextPage endCursor } edges { node { code } } } } }"""


async def test_through_all_pages_there_is_no_gap_and_no_repeat_while_a_writer_writes(
    demo: Hub, served: Served
) -> None:
    code, contracts = await _many_contracts(demo, 120)
    seen, after, more = list[str](), None, True
    clocks = set[tuple[str, str]]()

    while more:
        page = served.ask(_PAGE, code=code, after=after)["data"]["unit"]["contracts"]
        seen += [edge["node"]["code"] for edge in page["edges"]]
        clocks.add((page["effectiveAt"], page["knownAt"]))
        assert page["totalCount"] == 120
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        await _write_meanwhile(demo, code, contracts)

    assert seen == contracts
    assert len(clocks) == 1
    fresh = served.ask(_PAGE, code=code)["data"]["unit"]["contracts"]
    assert fresh["totalCount"] == 120  # one came and one went with each of the four pages


async def _write_meanwhile(hub: Hub, code: str, contracts: list[str]) -> None:
    """One more contract at the front of the list, and one fewer."""
    buyer = Ref("Unit", code)
    new = Entity(Ref("Contract", f"XX-PAGE:{code}-00000-{fresh_name('NEW')}"))
    gone = Fact("PARTY_TO", buyer, EVER, object=Ref("Contract", contracts[_gone(contracts)]))
    new_fact = Fact("PARTY_TO", buyer, EVER, object=new.ref)
    await enter(hub.door, batch([new], [new_fact], withdrawn=[gone]), writer="test")


_withdrawn = iter(range(100, 120))


def _gone(_contracts: list[str]) -> int:
    return next(_withdrawn)


async def test_a_list_is_sorted_and_narrowed_by_what_its_things_have(
    demo: Hub, served: Served
) -> None:
    code = fresh_code()
    buyer, state = unit(code)
    amounts = {"A": (1_000_00, 2), "B": (250_00, 2), "C": (5_000, 0), "D": None}
    contracts = {name: Entity(Ref("Contract", f"XX-SORT:{code}-{name}")) for name in amounts}
    facts = [Fact("PARTY_TO", buyer.ref, EVER, object=c.ref) for c in contracts.values()]
    for number, (name, amount) in enumerate(amounts.items()):
        money = {} if amount is None else {"amountMinor": amount[0], "scale": amount[1]}
        told = {"signedOn": f"2024-0{number + 1}-01", "currency": "CNY", **money}
        facts.append(Fact("ContractState", contracts[name].ref, EVER, properties=told))
    await enter(demo.door, batch([buyer, *contracts.values()], [state, *facts]), writer="test")

    def names(arguments: str) -> str:
        found = f"contracts({arguments}) {{ edges {{ node {{ code }} }} }}"
        query = f'{{ unit(code: "{code}") {{ {found} }} }}'
        edges = served.ask(query)["data"]["unit"]["contracts"]["edges"]
        return "".join(edge["node"]["code"][-1] for edge in edges)

    assert names("orderBy: AMOUNT") == "BACD"
    assert names("orderBy: AMOUNT_DESC") == "CABD"
    assert names("orderBy: SIGNED_ON_DESC") == "DCBA"
    assert names('amountFrom: "250.00", amountTo: "5000"') == "AB"
    assert names('amountFrom: "250.01"') == "AC"
    assert names('signedOnFrom: "2024-02-01", signedOnTo: "2024-04-01"') == "BC"
    assert names('currency: ["PYG"]') == ""
    assert names('side: ["PARTY_A"]') == ""


async def test_a_hub_vertex_answers_within_its_cap_and_says_so(demo: Hub, served: Served) -> None:
    code = fresh_code()
    buyer, state = unit(code)
    await enter(demo.door, batch([buyer], [state]), writer="test")
    await demo.door.run(_TEN_THOUSAND, code=code, at=EVER.start, open=EVER.end)

    asked = (
        f'{{ unit(code: "{code}") {{ contracts {{ totalCount complete edges {{ cursor }} }} }} }}'
    )
    page = served.ask(asked)["data"]["unit"]["contracts"]

    assert page["complete"] is False
    assert page["totalCount"] == EDGES_OF_A_THING
    assert len(page["edges"]) == 20
    await demo.door.run(_CLOSE_ALL_BUT, code=code, at=EVER.start, few=20)

    page = served.ask(asked)["data"]["unit"]["contracts"]

    assert (page["complete"], page["totalCount"]) == (True, 20)
    await demo.door.run("MATCH (:Unit {id: $code})-->(c:Contract) DETACH DELETE c", code=code)


_CLOSE_ALL_BUT = """
MATCH (:Unit {id: $code})-[e:PARTY_TO]->() WITH e SKIP $few
SET e.recordedTo = datetime({epochMillis: $at})
"""
_TEN_THOUSAND = """
MATCH (u:Unit {id: $code})
UNWIND range(1, 10000) AS n
CREATE (u)-[e:PARTY_TO {factId: 'PARTY_TO-' + $code + '-' + n + '.1',
  importId: 'test', digest: ''}]->(:Contract {id: 'XX-MANY:' + $code + '-' + n})
SET e.validFrom = datetime({epochMillis: $at}), e.recordedFrom = datetime({epochMillis: $at}),
  e.validTo = datetime({epochMillis: $open}), e.recordedTo = datetime({epochMillis: $open})
"""


# What is refused


@pytest.mark.parametrize("page", ["first: 0", "first: 101", "first: -1"])
def test_a_page_too_small_or_too_large_is_told_by_code(served: Served, page: str) -> None:
    [error] = served.ask(
        f'{{ unit(code: "12159900990000260C") {{ contracts({page}) {{ totalCount }} }} }}'
    )["errors"]

    assert (error["extensions"]["code"], error["extensions"]["where"]) == ("INVALID_PAGE", "first")


def _cursor_of(served: Served, field: str) -> str:
    query = f'{{ unit(code: "12159900990000260C") {{ {field} {{ edges {{ cursor }} }} }} }}'
    cursor = served.ask(query)["data"]["unit"][field]["edges"][0]["cursor"]
    assert isinstance(cursor, str)
    return cursor


def _shared(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def _with_clocks(cursor: str, at: object, known_at: object) -> str:
    digest = json.loads(base64.urlsafe_b64decode(cursor.rpartition(".")[0]))[0]
    return _shared(json.dumps([digest, at, known_at])) + ".1"


_FORGED: dict[str, Callable[[str], str]] = {
    "of another list": lambda cursor: cursor,
    "nonsense": lambda _: "nonsense",
    "empty": lambda _: "",
    "without a number": lambda cursor: cursor.rpartition(".")[0],
    "with a wild number": lambda cursor: cursor.rpartition(".")[0] + ".-7",
    "cut": lambda cursor: cursor[5:],
    "with a place beyond all lists": lambda cursor: cursor.rpartition(".")[0] + "." + "9" * 25,
    "with clocks of no time": lambda cursor: _with_clocks(cursor, 10**30, 10**30),
    "with clocks that are none": lambda cursor: _with_clocks(cursor, "5", True),
    "nested without end": lambda _: _shared("[" * 5_000 + "]" * 5_000) + ".1",
    "a global id": lambda _: str(global_id("Unit", "12159900990000260C")),
}


@pytest.mark.parametrize("forged", _FORGED)
def test_a_forged_or_foreign_cursor_is_told_by_code(served: Served, forged: str) -> None:
    after = json.dumps(_FORGED[forged](_cursor_of(served, "records")))
    [error] = served.ask(
        f'{{ unit(code: "12159900990000260C") {{ debts(after: {after}) {{ totalCount }} }} }}'
    )["errors"]

    assert (error["extensions"]["code"], error["extensions"]["where"]) == ("INVALID_PAGE", "after")


@pytest.mark.parametrize("forged", ["with clocks of no time", "with clocks that are none"])
def test_wrong_clocks_in_a_cursor_of_the_same_list_are_told_too(
    served: Served, forged: str
) -> None:
    after = json.dumps(_FORGED[forged](_cursor_of(served, "records")))
    [error] = served.ask(
        f'{{ unit(code: "12159900990000260C") {{ records(after: {after}) {{ totalCount }} }} }}'
    )["errors"]

    assert error["extensions"]["code"] == "INVALID_PAGE"


def test_no_page_size_at_all_is_told_by_code(served: Served) -> None:
    [error] = served.ask(
        """query($first: Int = 1) { unit(code: "12159900990000260C") {
          contracts(first: $first) { totalCount } } }""",
        first=None,
    )["errors"]

    assert error["extensions"]["code"] in {"INVALID_PAGE", "GRAPHQL_INVALID"}


@pytest.mark.parametrize(
    "amount",
    [
        "1E900000",
        "Infinity",
        "-Infinity",
        "NaN",
        "sNaN",
        "9e12",
        "9000000000000",
        "1_000",
        "",
        True,
    ],
)
def test_an_amount_that_is_no_money_is_told_by_code(served: Served, amount: str | bool) -> None:
    [error] = served.ask(
        """query($amount: Decimal) { unit(code: "12159900990000260C") {
          contracts(amountFrom: $amount) { totalCount } } }""",
        amount=amount,
    )["errors"]

    assert error["extensions"]["code"] == "INVALID_FILTER"


@pytest.mark.parametrize("day", ["2026-W01-1", "20260101", "2026-02-30", "2026-1-1", 1])
def test_a_day_that_is_no_day_is_told_by_code(served: Served, day: str | int) -> None:
    [error] = served.ask(
        """query($day: Date) { unit(code: "12159900990000260C") {
          contracts(signedOnFrom: $day) { totalCount } } }""",
        day=day,
    )["errors"]

    assert error["extensions"]["code"] == "INVALID_FILTER"


@pytest.mark.parametrize(
    "query",
    [
        '{ documents(docNo: "示发改认〔2026〕7号", knownAt: "2000-01-01T00:00:00Z") { code } }',
        '{ contracts(contractNo: "示合〔2021〕001号", knownAt: "2000-01-01T00:00:00Z") { code } }',
    ],
)
def test_nothing_is_found_before_it_was_known(served: Served, query: str) -> None:
    assert list(served.ask(query)["data"].values()) == [[]]


def test_a_document_is_no_thing_before_it_was_known(served: Served) -> None:
    [document] = served.ask('{ documents(docNo: "示发改认〔2026〕7号") { id } }')["data"][
        "documents"
    ]
    [error] = served.ask(
        'query($id: ID!) { node(id: $id, knownAt: "2000-01-01T00:00:00Z") { id } }',
        id=document["id"],
    )["errors"]

    assert error["extensions"]["code"] == "UNKNOWN_NODE"


def test_a_filter_with_too_many_values_is_told_by_code(served: Served) -> None:
    [error] = served.ask(
        """query($many: [String!]) { unit(code: "12159900990000260C") {
          contracts(status: $many) { totalCount } } }""",
        many=[str(number) for number in range(101)],
    )["errors"]

    assert error["extensions"]["code"] == "INVALID_FILTER"


# One statement a level


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement read from here on."""
    read, seen = Door.read, list[str]()

    async def counted(door: Door, text: Any, **parameters: object) -> list[Row]:
        seen.append(text)
        return await read(door, text, **parameters)

    monkeypatch.setattr(Door, "read", counted)
    return seen


async def _execute(hub: Hub, query: str) -> Any:
    context = Context(hub=hub, now=now(), loaders=Loaders(hub.navigator, hub.catalogues))
    answer = await schema.execute(query, context_value=context)
    assert answer.errors is None
    return answer.data


async def test_each_level_is_one_statement_however_many_things_it_has(
    demo: Hub, statements: list[str]
) -> None:
    data = await _execute(
        demo,
        """{ region(code: "159900") { children(first: 5) { edges { node {
          units(first: 40) { edges { node { contracts(first: 5) { edges { node {
            parties(first: 5) { edges { node { caption } } } } } } } } } } } } } }""",
    )
    children = data["region"]["children"]["edges"]
    units = [edge for child in children for edge in child["node"]["units"]["edges"]]

    assert len(children) > 1
    assert len(units) > 10
    assert len(statements) == 5


async def test_the_same_question_twice_is_read_once(demo: Hub, statements: list[str]) -> None:
    await _execute(
        demo,
        """{ unit(code: "12159900990000260C") {
          one: records { edges { node { code } } }
          other: records { edges { node { code } } } } }""",
    )

    assert len(statements) == 2


# What persons and the law are like


def test_a_real_person_is_the_same_known_or_not_and_leads_nowhere(served: Served) -> None:
    told = served.ask(
        """{ official(code: "P-NOBODY-0001") { code caption name status synthetic
          posts { totalCount } records { totalCount } } }"""
    )["data"]["official"]

    assert told == {
        "code": "P-NOBODY-0001",
        "caption": None,
        "name": None,
        "status": None,
        "synthetic": False,
        "posts": None,
        "records": None,
    }


async def test_that_a_real_person_holds_a_post_is_counted_and_nothing_more_told(
    demo: Hub, served: Served
) -> None:
    code, name = fresh_code(), fresh_name("P-REAL")
    office, state = unit(code)
    holder = Ref("Person", name)
    held = Fact("HOLDS_POST", holder, EVER, object=office.ref, properties={"post": "局长"})
    known = Fact("PersonState", holder, EVER, properties={"name": "某人"})
    real = Entity(holder, ("Subject", "Official"))
    await enter(demo.door, batch([office, real], [state, held, known]), writer="test")

    edge = "post factId validFrom node { id }"
    told = served.ask(f'{{ unit(code: "{code}") {{ posts {{ totalCount edges {{ {edge} }} }} }} }}')
    [error_or_person] = [
        served.ask("query($id: ID!) { node(id: $id) { id ... on Official { name } } }", id=i)
        for i in [str(global_id("Official", name))]
    ]

    assert told["data"]["unit"]["posts"] == {
        "totalCount": 1,
        "edges": [{"post": None, "factId": None, "validFrom": None, "node": None}],
    }
    assert error_or_person["data"]["node"]["name"] is None


def test_what_a_type_walks_by_is_on_it() -> None:
    for relation in relations().values():
        owner: Any = type_of(relation.start)
        names = {field.graphql_name for field in owner.__strawberry_definition__.fields}
        assert relation.field in names, relation.key
