from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from graphql import GraphQLObjectType, build_schema, get_named_type

from hub.api.schema import schema
from hub.cli.check import check
from hub.cli.opening import on_hub
from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import login_of
from tests.cli.command import answer_of, error_of, hub_command
from tests.worlds import fresh_code, fresh_name

HOSPITAL = "12159900990000260C"
LISTED_PERSON = "P-159900-0112"
BUREAU = "11159900990000236Y"
BUYS = ("check", HOSPITAL, "--scenario", "GOV_PROCUREMENT", "--capacity", "SUPPLIER")
DAY = ("--at", "2026-11-23T09:00:00+08:00")

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")


def test_programs_read_outcome_law_record_and_path() -> None:
    verdict = answer_of(hub_command(*BUYS, *DAY, "--json"))
    ground = verdict["grounds"][0]

    assert verdict["outcome"] == "BLOCK"
    assert verdict["subject"] == {"code": HOSPITAL, "kind": "UNIT", "name": "示例旗人民医院"}
    assert verdict["effectiveAt"] == "2026-11-23T01:00:00.000Z"
    assert verdict["validUntil"] == "2035-12-31T16:00:00.000Z"
    assert verdict["ruleSet"]["number"] == 2
    assert [source["covered"] for source in verdict["coverage"]] == [True] * 8
    assert [ground["rule"] for ground in verdict["grounds"]] == ["R24", "R29", "R25", "R16"]
    assert (ground["outcome"], ground["reach"], ground["disputed"]) == ("BLOCK", "OWN", False)
    assert ground["quote"] == "应当拒绝其参与政府采购活动"
    assert ground["legalBases"][0]["docNo"] == "财库〔2016〕125号"
    assert ground["record"]["kind"] == "JUDGMENT_DEFAULT"
    assert ground["record"]["documents"][0]["docNo"] == "（2025）示9921执117号"
    assert ground["record"]["determinedBy"][0]["name"] == "示例旗人民法院"
    assert [(step["kind"], step["end"] and step["end"]["label"]) for step in ground["path"]] == [
        ("ABOUT", "Unit"),
        ("Standing", None),
        ("OF", "Behaviour"),
        ("DETERMINED_BY", "Unit"),
        ("EVIDENCED_BY", "Document"),
    ]


def test_the_cypher_of_a_ground_returns_its_facts_and_no_others(settings: Settings) -> None:
    ground = answer_of(hub_command(*BUYS, *DAY, "--json"))["grounds"][0]

    [row] = on_hub(settings, lambda hub: hub.door.read(literal(ground["cypher"])))
    drawn = {name: cast("Mapping[str, str]", thing) for name, thing in row.items()}

    assert [drawn[f"f{number}"]["factId"] for number in range(1, 6)] == [
        step["factId"] for step in ground["path"]
    ]
    assert sorted(drawn) == [f"f{number}" for number in range(1, 6)] + [
        f"n{number}" for number in range(1, 6)
    ]


def test_every_word_of_the_json_is_a_word_of_the_graphql_schema() -> None:
    verdict_type = build_schema(schema.as_str()).type_map["Verdict"]
    assert isinstance(verdict_type, GraphQLObjectType)

    assert list(strange_words(answer_of(hub_command(*BUYS, *DAY, "--json")), verdict_type)) == []


def strange_words(value: dict[str, Any], kind: GraphQLObjectType) -> Iterator[str]:
    for name, content in value.items():
        if name not in kind.fields:
            yield f"{kind.name}.{name}"
            continue
        inner = cast("object", get_named_type(kind.fields[name].type))
        if isinstance(inner, GraphQLObjectType) and content is not None:
            items = cast(
                "list[dict[str, Any]]", content if isinstance(content, list) else [content]
            )
            for item in items:
                yield from strange_words(item, inner)


def test_people_read_outcome_law_and_path() -> None:
    lines = hub_command(*BUYS, *DAY).stdout.splitlines()
    record = "(CreditRecord CR-34N63W7ETEUS5BTG)"

    assert lines[1] == "禁止 BLOCK  blocked"
    assert lines[6] == "  业务时点   effective at  2026-11-23 09:00:00  Asia/Shanghai"
    assert lines[10].startswith("1. R24  拒绝失信供应商参与政府采购")
    assert lines[11] == "  原文       quote         “应当拒绝其参与政府采购活动”"
    assert "财库〔2016〕125号" in lines[14]
    assert lines[17] == "  文号       document      （2025）示9921执117号"
    assert lines[20] == (
        f"  路径       path          (Unit {HOSPITAL}) ←ABOUT— {record} · Standing"
        " —OF→ (Behaviour ZWSX-17)"
    )
    assert lines[23].startswith("  如何消除   cleared by    FULFIL  全部履行生效法律文书确定的义务")
    assert "须经认定单位确认" in lines[23]
    assert "CORRECTION  认为列入错误的" in lines[24]
    assert lines[26].startswith("MATCH (n1:CreditRecord {id: 'CR-34N63W7ETEUS5BTG'})-[f1:ABOUT")


def test_people_read_what_ends_within_ninety_days() -> None:
    asked = ("check", BUREAU, "--scenario", "FUNDING_SUPPORT", "--at", "2027-03-01T00:00:00+08:00")

    page = hub_command(*asked).stdout

    assert "  九十日内   in 90 days    2027-04-20 00:00:00  Asia/Shanghai  ENDS R12" in page
    assert "BEGINS F-LAPSED-UNIT  — → ATTENTION" in page


def test_both_forms_tell_the_same_verdict() -> None:
    told = answer_of(hub_command(*BUYS, *DAY, "--json"))
    again = hub_command(*BUYS, *DAY, "--known-at", told["knownAt"]).stdout.splitlines()

    assert again[-2:] == [
        f"  结论编号   verdict id    {told['id']}",
        f"  内容编号   content id    {told['contentId']}",
    ]


def test_a_person_is_told_result_and_basis_only_and_to_have_it_reviewed() -> None:
    asked = ("check", LISTED_PERSON, "--scenario", "RECRUIT_EXAM", *DAY)
    verdict, page = answer_of(hub_command(*asked, "--json")), hub_command(*asked).stdout
    [ground] = verdict["grounds"]

    assert verdict["humanReviewRequired"] is True
    assert verdict["subject"] == {"code": LISTED_PERSON, "kind": "PERSON", "name": None}
    assert (ground["record"], ground["path"], ground["cypher"]) == (None, None, None)
    assert (ground["clearedBy"], verdict["nearMiss"]) == (None, [])
    assert "需人工复核" in page
    assert "对个人只给出结论与依据" in page
    assert "MATCH" not in page


def test_purpose_matter_and_authorisation_are_given_back() -> None:
    given = ("--purpose", "采购审查", "--matter", "某项目", "--authorisation", "某函")
    told = answer_of(hub_command(*BUYS, *DAY, *given, "--json"))

    assert (
        told["id"]
        == answer_of(hub_command(*BUYS, *DAY, "--known-at", told["knownAt"], "--json"))["id"]
    )
    assert (told["purpose"], told["matter"], told["authorisation"]) == (
        "采购审查",
        "某项目",
        "某函",
    )


def test_the_same_key_gets_the_same_verdict_and_no_other_question() -> None:
    given = (*BUYS, "--matter", fresh_name("M"), "--idempotency-key", "first try", "--json")
    first, again = answer_of(hub_command(*given)), answer_of(hub_command(*given))
    other = hub_command(*given, "--purpose", "另一用途")
    alone = hub_command(*BUYS, "--idempotency-key", "first try", "--json")

    assert first == again
    assert error_of(other)["code"] == "IDEMPOTENCY_CONFLICT"
    assert error_of(alone)["code"] == "MATTER_REQUIRED"


def test_a_check_in_the_terminal_takes_all_that_one_by_graphql_takes() -> None:
    query = schema.core.query_type
    assert query is not None
    words = {"at": "effectiveAt", "known_at": "knownAt", "idempotency_key": "idempotencyKey"}
    options = {words.get(option.name or "", option.name) for option in check.params}

    assert {*query.fields["check"].args} <= options


@pytest.mark.parametrize(
    ("subject", "scenario", "at", "status"),
    [
        ("11159900990000316J", "FUNDING_SUPPORT", "2026-11-23T09:00:00+08:00", 0),
        ("11159900990000252L", "FUNDING_SUPPORT", "2026-11-23T09:00:00+08:00", 10),
        ("P-159900-0073", "PROMOTION", "2026-11-23T09:00:00+08:00", 12),
        ("11159900990000236Y", "FUNDING_SUPPORT", "2026-11-23T09:00:00+08:00", 13),
        (LISTED_PERSON, "RECRUIT_EXAM", "2026-11-23T09:00:00+08:00", 14),
    ],
)
def test_the_exit_status_tells_the_outcome_when_asked_to(
    subject: str, scenario: str, at: str, status: int
) -> None:
    asked = ("check", subject, "--scenario", scenario, "--at", at)

    assert hub_command(*asked, "--exit-outcome").exit_code == status
    assert hub_command(*asked).exit_code == 0


def test_a_stale_source_is_uncovered_in_the_exit_status_too() -> None:
    asked = ("check", "121599009900002019", *BUYS[2:], "--at", "2026-10-03T09:00:00+08:00")
    result = hub_command(*asked, "--exit-outcome")

    assert result.exit_code == 11
    assert "没有记录不等于没有失信" in result.stdout


@pytest.mark.parametrize(
    ("words", "status", "code", "where"),
    [
        (("12159900990000260A", *BUYS[2:]), 2, "INVALID_IDENTIFIER", "subject"),
        (("示例旗人民医院", *BUYS[2:]), 2, "INVALID_IDENTIFIER", "subject"),
        ((fresh_code(), *BUYS[2:]), 3, "UNKNOWN_UNIT", "subject"),
        ((HOSPITAL, "--scenario", "LUNCH"), 2, "UNKNOWN_SCENARIO", "scenario"),
        ((HOSPITAL, "--scenario", "GOV_PROCUREMENT"), 2, "CAPACITY_REQUIRED", "capacity"),
        ((*BUYS[1:4], "--capacity", "COOK"), 2, "CAPACITY_NOT_ALLOWED", "capacity"),
        ((HOSPITAL, "--scenario", "PROMOTION"), 2, "WRONG_SUBJECT_KIND", "subject"),
        ((*BUYS[1:], "--at", "2026-11-23T09:00:00"), 2, "INVALID_INSTANT", "effectiveAt"),
        ((*BUYS[1:], "--at", "2026-11-23T09:00:00.0001Z"), 2, "INVALID_INSTANT", "effectiveAt"),
        ((*BUYS[1:], "--known-at", "2026-13-01T00:00:00Z"), 2, "INVALID_INSTANT", "knownAt"),
        ((*BUYS[1:], "--known-at", "2126-01-01T00:00:00Z"), 2, "KNOWN_AT_IN_FUTURE", "knownAt"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_by_code_and_place(
    words: tuple[str, ...], status: int, code: str, where: str
) -> None:
    result = hub_command("check", *words, "--json")

    assert result.exit_code == status
    assert (error_of(result)["code"], error_of(result)["where"]) == (code, where)


def test_a_name_never_gets_a_verdict() -> None:
    result = hub_command("check", "示例旗人民医院", *BUYS[2:])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "这是名称；名称相近者众，凭名称不作结论" in result.stderr


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"HUB_NEO4J_URI": "bolt://127.0.0.1:1"}, 4, "GRAPH_UNAVAILABLE"),
        ({"HUB_NEO4J_PASSWORD": "wrong-password"}, 4, "GRAPH_LOGIN_REFUSED"),
        ({"HUB_NEO4J_DATABASE": "nowhere"}, 2, "INVALID_SETTINGS"),
        ({"HUB_NEO4J_URI": "bolt://127.0.0.1:notaport"}, 2, "INVALID_SETTINGS"),
        ({"HUB_NEO4J_URI": "http://127.0.0.1:7474"}, 2, "INVALID_SETTINGS"),
        ({"HUB_NEO4J_PASSWORD": None}, 2, "INVALID_SETTINGS"),
    ],
)
def test_a_neo4j_that_does_not_serve_is_told_apart_from_a_wrong_setting(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str | None],
    status: int,
    code: str,
) -> None:
    login = login_of(settings)
    right = {"HUB_NEO4J_URI": login.uri, "HUB_NEO4J_PASSWORD": login.password.get_secret_value()}
    for name, value in {**right, **changes}.items():
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)

    result = hub_command(*BUYS, "--json")

    assert result.exit_code == status
    assert error_of(result)["code"] == code
