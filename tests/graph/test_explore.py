"""Every question of the Browser kit, asked of the demo region."""

import re
from typing import cast

import pytest
from neo4j.graph import Entity as Drawn
from neo4j.graph import Path as DrawnPath

from hub.domain.clocks import Span
from hub.domain.facts import Entity, Fact, Ref
from hub.errors import HubError, InvalidInstant, InvalidParameter, UnknownQuery
from hub.graph.door import Row
from hub.graph.entry import enter
from hub.graph.explore import CHAPTERS, MOST_ROWS, Query, explore, queries, query_named
from hub.graph.time_filter import known
from hub.wiring import Hub, now
from tests.graph.model_walk import MODEL, patterns_of, strange_words
from tests.worlds import batch, fresh_code, fresh_name, instant, unit

DAY = instant("2026-11-23T09:00:00+08:00")
UNIT = "11159900990000236Y"
ROAD = "111599009900001646"
EACH = pytest.mark.parametrize("query", queries().values(), ids=queries())

ASKED_OF_KNOWLEDGE_ALONE = {
    "find-a-code": "a former name finds its thing too",
    "principals-of-a-unit": "who was principal, ever",
    "posts-of-an-official": "all posts, ended ones too",
    "colleagues-of-an-official": "who ever served together",
    "contract-with-its-changes": "the whole history of a contract",
    "history-of-a-record": "the whole history of a record",
    "what-changed": "what the hub learnt, whenever it held",
    "known-then-and-now": "what the hub knew, whenever it held",
}
"""Questions that do not ask whether a fact holds in the world at `at`, and why."""


async def _ask(hub: Hub, name: str, /, **given: str) -> list[Row]:
    query = query_named(name)
    return await explore(hub.door, query, {**query.examples, **given}, at=DAY, known_at=None)


# The texts


def test_there_are_thirty_one_questions_in_five_chapters() -> None:
    assert len(queries()) == 31
    assert [query.chapter for query in queries().values()] == sorted(
        (query.chapter for query in queries().values()), key=list(CHAPTERS).index
    )


@EACH
def test_every_word_of_a_text_is_a_word_of_the_model(query: Query) -> None:
    not_of_the_graph = {"start", "end", "moment", "since", "step"}
    strange = list(strange_words(query.text))

    assert [word for word in strange if word.split(".")[0] not in not_of_the_graph] == []


@EACH
def test_every_two_clock_fact_passes_the_one_filter(query: Query) -> None:
    facts = [
        pattern.variable
        for pattern in patterns_of(query.text)
        if set(pattern.kinds) & set(MODEL.two_clock())
    ]

    assert facts
    for variable in set(facts):
        assert variable is not None, "a fact without a name cannot be filtered"
        is_known = cast("str", known(variable))  # pyright: ignore[reportArgumentType]
        holds = rf"{variable}\.validFrom <= [\w.]+ AND {variable}\.validTo > [\w.]+ AND "
        assert query.text.count(is_known) >= facts.count(variable), variable
        if query.name not in ASKED_OF_KNOWLEDGE_ALONE:
            filtered = re.findall(holds + re.escape(is_known), query.text)
            assert len(filtered) >= facts.count(variable), variable


@EACH
def test_a_text_says_in_order_and_up_to_where(query: Query) -> None:
    assert re.search(rf"ORDER BY [^\n]+\nLIMIT {MOST_ROWS}$", query.text)
    assert "@" not in query.text


def test_the_clocks_are_asked_for_by_every_text_and_default_to_now() -> None:
    for query in queries().values():
        assert "coalesce($at, datetime.realtime().epochMillis)" in query.text
        assert "CASE WHEN $knownAt < knownUpTo.epochMillis" in query.text


# The answers


@EACH
async def test_the_example_is_answered_with_its_columns_and_something_to_draw(
    query: Query, demo: Hub
) -> None:
    given = {"at": None, "knownAt": None, **query.read(query.examples)}
    rows = await demo.door.read(query.text, **given)
    graph, told = _apart(rows[0], query)

    assert 1 <= len(rows) < MOST_ROWS
    assert set(query.columns) <= set(rows[0])
    assert any(_holds_graph(value) for value in graph.values())
    assert not any(_holds_graph(value) for value in told.values())


@EACH
async def test_the_table_tells_the_columns_alone_under_their_titles(
    query: Query, demo: Hub
) -> None:
    given = {"at": None, "knownAt": None, **query.read(query.examples)}
    drawn = await demo.door.read(query.text, **given)
    table = await demo.door.read(query.table, **given)

    assert [list(row.values()) for row in table] == [
        [row[name] for name in query.columns] for row in drawn
    ]
    assert list(table[0]) == [f"{zh} {en}" for zh, en in query.columns.values()]


async def test_an_example_is_of_what_it_says(demo: Hub) -> None:
    named = {
        (one.example, one.named)
        for query in queries().values()
        for one in query.parameters.values()
        if one.named
    }
    things = await demo.door.read(
        """UNWIND $ids AS id MATCH (n:Subject|Enterprise|Region|Contract|Debt|CreditRecord {id: id})
        RETURN id, coalesce(n.name, n.title) AS name""",
        ids=[example for example, _ in named],
    )

    assert {(row["id"], row["name"]) for row in things} == named


@EACH
def test_whoever_is_named_by_an_example_is_named_beside_it(query: Query) -> None:
    """All but words to search for, kinds and instants."""
    codes = [one for name, one in query.parameters.items() if one.thing or name == "official"]

    assert all(one.named for one in codes)


@EACH
def test_a_debt_with_its_creditor_drawn_is_told_with_both(query: Query) -> None:
    """The id is asked for on another page."""
    if "[t:OWED_TO" in query.text:
        assert "id" in query.columns
        assert {"creditor", "owedTo", "debtor"} & set(query.columns)


def _apart(row: Row, query: Query) -> tuple[Row, Row]:
    told = {name: value for name, value in row.items() if name in query.columns}
    return {name: value for name, value in row.items() if name not in told}, told


def _holds_graph(value: object) -> bool:
    if isinstance(value, list):
        return any(_holds_graph(item) for item in cast("list[object]", value))
    return isinstance(value, Drawn | DrawnPath)


async def test_what_a_leader_inherited_is_told_with_who_was_principal_then(demo: Hub) -> None:
    rows = await _ask(demo, "inherited-obligations", unit=UNIT)

    assert [tuple(row.values())[:6] for row in rows] == [
        (
            *("合同 contract", "示例旗风电装备项目招商引资合同", None),
            *("CNY 12,000,000.00 · 违约", "2021-05-18", "示例公职人员046"),
        ),
        (
            *("承诺 commitment", "风电装备项目用地和奖补承诺", None),
            *("2025-12-31 到期 · 未兑现", "2021-05-18", "示例公职人员046"),
        ),
        (
            *("欠款 debt", "示例旗风电装备项目奖补", "示例新能源有限公司"),
            *("尚欠 open CNY 2700000.00", "2024-01-01", "示例公职人员046"),
        ),
    ]
    assert [row["id"] for row in rows] == [
        f"示合〔2021〕001号@{UNIT}",
        f"示承〔2021〕1号@{UNIT}",
        f"示欠〔2024〕041号@{UNIT}",
    ]
    assert {(row["principalNow"], row["inOfficeSince"]) for row in rows} == {
        ("示例公职人员023", "2025-09-01")
    }


async def test_a_circle_of_arrears_is_told_debt_by_debt_with_what_can_be_set_off(
    demo: Hub,
) -> None:
    rows = await _ask(demo, "circular-arrears")

    assert [(row["debtor"], row["creditor"], row["open"], row["setOff"]) for row in rows] == [
        ("示例建筑工程有限公司", "范例建材有限公司", "CNY 980000.00", "CNY 640000.00"),
        ("范例建材有限公司", "范例物流有限公司", "CNY 640000.00", "CNY 640000.00"),
        ("范例物流有限公司", "示例建筑工程有限公司", "CNY 800000.00", "CNY 640000.00"),
    ]


async def test_an_event_leads_to_the_rules_that_name_it_and_their_law(demo: Hub) -> None:
    rows = await _ask(demo, "event-to-law")

    assert [str(row["rule"])[:3] for row in rows] == ["R12", "R13", "R14"]
    assert {row["document"] for row in rows} == {"示发改认〔2026〕7号"}
    assert {row["basis"] for row in rows} == {
        "国家发展改革委关于完善政府诚信履约机制优化民营经济发展环境的通知"
    }


async def test_a_payment_counts_from_the_day_it_was_made(demo: Hub) -> None:
    query = query_named("debts-of-a-unit")
    opens: list[object] = []
    for text in ("2025-12-20T00:00:00+08:00", "2025-12-19T23:59:59.999+08:00"):
        at = instant(text)
        rows = await explore(demo.door, query, {"unit": ROAD}, at=at, known_at=None)
        opens.append(rows[-1]["open"])

    assert opens == ["CNY 8100000.00", "CNY 9600000.00"]


async def test_who_was_principal_when_and_the_same_official_elsewhere(demo: Hub) -> None:
    principals = await _ask(demo, "principals-of-a-unit", unit=UNIT)
    posts = await _ask(demo, "posts-of-an-official", official="P-159900-0046")

    assert [(row["official"], row["since"], row["until"]) for row in principals] == [
        ("示例公职人员046", "2016-02-01", "2025-09-01"),
        ("示例公职人员023", "2025-09-01", None),
    ]
    assert [(row["unit"], row["post"], row["records"]) for row in posts] == [
        ("示例旗投资促进局", "局长", 1),
        ("示例旗教育局", "副职", 0),
    ]


async def test_a_region_is_asked_with_those_below_it(demo: Hub) -> None:
    league = await _ask(demo, "units-with-records", region="159900")
    banner = await _ask(demo, "units-with-records", region="159921")

    assert len(league) == 9
    assert [row["unit"] for row in banner] == ["示例旗投资促进局", "示例旗人民医院"]


async def test_before_it_was_seeded_the_hub_knew_nothing_of_the_region(demo: Hub) -> None:
    query = query_named("debts-of-a-unit")
    known_at = instant("2020-01-01T00:00:00Z")

    assert await explore(demo.door, query, {"unit": ROAD}, at=DAY, known_at=known_at) == []


async def test_a_code_is_found_by_part_of_a_name_and_no_person_by_theirs(demo: Hub) -> None:
    rows = await _ask(demo, "find-a-code", name="旗投资促进局")

    assert ("Unit", "示例旗投资促进局", UNIT) in [tuple(row.values())[:3] for row in rows]
    assert await _ask(demo, "find-a-code", name="公职人员023") == []


async def test_whatever_is_searched_for_it_is_words_and_never_syntax(demo: Hub) -> None:
    for wild in ('"', "\\", "a AND (", "~*?", "'}) DETACH DELETE n //", "\u0000", "𝕏" * 1_000):
        assert await _ask(demo, "find-a-code", name=wild) == []


# A correction


def _owing(code: str, debt: str, amount: int) -> list[Fact]:
    since = Span(instant("2026-01-01T00:00:00+08:00"))
    said = {"amountDueMinor": amount, "currency": "PYG", "scale": 0, "dueOn": "2026-02-01"}
    ref, creditor = Ref("Debt", debt), Ref("Enterprise", f"{debt}-C")
    return [
        Fact("DebtState", ref, since, properties=said),
        Fact("OWES", Ref("Unit", code), since, ref),
        Fact("OWED_TO", ref, since, creditor),
    ]


async def test_what_was_corrected_is_seen_at_its_own_time_and_greyed(hub: Hub) -> None:
    code, debt = fresh_code(), fresh_name("DEBT")
    entity, state = unit(code)
    things = [entity, Entity(Ref("Debt", debt)), Entity(Ref("Enterprise", f"{debt}-C"))]
    first = batch(things, [state, *_owing(code, debt, 2_000)])
    before = await enter(hub.door, first, writer="test")
    await enter(hub.door, batch([], _owing(code, debt, 50)), writer="test")
    query, given = query_named("debts-of-a-unit"), {"unit": code}

    [then] = await explore(hub.door, query, given, at=DAY, known_at=before)
    [today] = await explore(hub.door, query, given, at=DAY, known_at=None)
    marked = await hub.door.read(
        """MATCH (:Debt {id: $debt})-[:HAS_STATE]->(x:DebtState)
        RETURN x.caption AS caption, x:Superseded AS superseded ORDER BY x.factId""",
        debt=debt,
    )

    assert (then["open"], today["open"]) == ("PYG 2000", "PYG 50")
    assert marked == [
        {"caption": "PYG 2,000", "superseded": True},
        {"caption": "PYG 50", "superseded": False},
    ]


# What is asked wrongly


def test_a_question_that_does_not_exist_is_refused_by_code() -> None:
    with pytest.raises(UnknownQuery) as caught:
        query_named("who-did-it")

    assert (caught.value.code, caught.value.where) == ("UNKNOWN_QUERY", "name")


@pytest.mark.parametrize(
    ("name", "given", "kind", "where"),
    [
        ("debts-of-a-unit", {}, InvalidParameter, "unit"),
        ("debts-of-a-unit", {"unit": "  "}, InvalidParameter, "unit"),
        ("debts-of-a-unit", {"unit": ROAD, "colour": "red"}, InvalidParameter, "colour"),
        ("source-coverage", {"unit": ROAD}, InvalidParameter, "unit"),
        ("what-changed", {"region": "159900", "since": "昨天"}, InvalidInstant, "since"),
        ("known-then-and-now", {"unit": UNIT, "then": "2026-06-01"}, InvalidInstant, "then"),
    ],
)
def test_a_parameter_that_is_missing_unknown_or_ill_typed_is_refused(
    name: str, given: dict[str, str], kind: type[HubError], where: str
) -> None:
    with pytest.raises(kind) as caught:
        query_named(name).read(given)

    assert caught.value.where == where


def test_an_optional_parameter_may_be_left_out() -> None:
    assert query_named("contracts-of-a-region").read({"region": " 159900 "}) == {
        "region": "159900",
        "status": None,
    }


async def test_whatever_a_parameter_holds_it_is_a_value_and_never_cypher(demo: Hub) -> None:
    for wild in ("'}) MATCH (n) DETACH DELETE n //", "`", "\\", "\u0000", "𝕏" * 1_000):
        with pytest.raises(InvalidParameter):
            await _ask(demo, "debts-of-a-unit", unit=wild)


async def test_what_changed_begins_where_it_is_asked_to(demo: Hub) -> None:
    learnt = await _ask(demo, "what-changed", since="2020-01-01T00:00:00Z")
    query, moment = query_named("what-changed"), now()
    later = {"region": "159921", "since": "2090-01-01T00:00:00Z"}

    assert {row["change"] for row in learnt} == {"新获知 learnt"}
    assert await explore(demo.door, query, later, at=moment, known_at=None) == []
