"""The law can be walked both ways, as it was at the clocks it was reached at."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, LiteralString, cast

import pytest

from hub.api.law_types import Law
from hub.api.loaders import Loaders
from hub.api.nodes import global_id
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, parse_instant
from hub.domain.things import Clocks
from hub.domain.vocabulary import InfoCategory, RecordKind
from hub.graph.model import graph_model
from hub.graph.rule_sets import RuleSetReader
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from hub.wiring import Catalogues, Hub, now
from tests.serving import Served

Pairs = set[tuple[str, str]]

LAW: Catalogue = read_catalogue(resource("seeds", "catalogue")).catalogue
DAY = "2026-11-23T01:00:00.000Z"
FIRST_INSTANT = "2021-10-18T16:00:00.000Z"
THE_INSTANT_BEFORE = "2021-10-18T15:59:59.999Z"

ROOTS = {
    "RuleSet": "ruleSet",
    "Rule": "rules",
    "Behaviour": "behaviours",
    "Scenario": "scenarios",
    "Measure": "measures",
    "LegalBasis": "legalBases",
}
"""The root fields that list the law, by label."""

TRIGGERS: Mapping[str, tuple[str, str, str, list[str]]] = {
    "Behaviour": ("behaviours", "behaviour", "String", list(LAW.behaviours)),
    "InfoCategory": ("categories", "category", "InfoCategory", [*InfoCategory]),
    "RecordKind": ("recordKinds", "recordKind", "RecordKind", [*RecordKind]),
    "ListKind": ("listKinds", "listKind", "String", list(LAW.vocabulary["listKinds"].titles)),
}
"""What triggers rules: in `triggers`, as an argument of `rules`, its type, and all codes."""

_EDGES: LiteralString = """
MATCH (a:Rule|RuleSet)-[r]->(b)
WHERE type(r) = $kind AND $start IN labels(a) AND $end IN labels(b)
  AND any(x IN [a, b] WHERE x:Rule AND x.id STARTS WITH $prefix)
RETURN coalesce(a.code, a.id) AS a, coalesce(b.code, b.id) AS b
"""


def _walks() -> Iterator[tuple[str, str, str, str, str]]:
    """Relationship, label it starts at, label it ends at, field along the arrow, field back."""
    model = graph_model()
    for kind, declared in model.relationships.items():
        for start in declared.start:
            if declared.clocks == "immutable" and model.nodes[start].part == "law":
                ends = [end for end in declared.end if not model.is_state(end)]
                [out], [back] = declared.out, declared.back
                yield from ((kind, start, end, out.field, back.field) for end in ends)


WALKS = list(_walks())
TRIGGERED = [walk for walk in WALKS if walk[0] == "TRIGGERED_BY"]


async def _edges(demo: Hub, kind: str, start: str, end: str) -> Pairs:
    prefix = f"{LAW.number}/"
    rows = await demo.door.read(_EDGES, kind=kind, start=start, end=end, prefix=prefix)
    return {(str(row["a"]), str(row["b"])) for row in rows}


def _pairs(served: Served, root: str, start: str, field: str, end: str) -> Pairs:
    """Codes of all things a root field lists, each with those the field leads to."""
    query = f"{{ {root} {{ {_code(start)} {_selected(field, end)} }} }}"
    return {
        (_code_of(thing), _code_of(other))
        for thing in _listed(served.ask(query)["data"][root])
        for other in _led_to(thing[field], end)
    }


def _selected(field: str, end: str) -> str:
    if field != "triggers":
        return f"{field} {{ {_code(end)} }}"
    listed = TRIGGERS[end][0]
    return f"triggers {{ {listed} {'' if _is_enum(end) else '{ code }'} }}"


def _listed(found: Any) -> list[Any]:
    """The rule set is one, all else are lists."""
    return cast("list[Any]", found) if isinstance(found, list) else [found]


def _led_to(found: Any, end: str) -> list[Any]:
    return _listed(found[TRIGGERS[end][0]] if isinstance(found, dict) else found)


def _code(label: str) -> str:
    return "number" if label == "RuleSet" else "code"


def _code_of(thing: Any) -> str:
    return thing if isinstance(thing, str) else str(thing.get("code") or thing["number"])


def _is_enum(label: str) -> bool:
    return label in {"InfoCategory", "RecordKind"}


def test_five_relationships_of_the_model_make_up_the_law() -> None:
    assert {walk[0] for walk in WALKS} == {"CONTAINS", "TRIGGERED_BY", "IMPOSES", "IN", "BASED_ON"}
    assert {end for _, _, end, _, _ in TRIGGERED} == set(TRIGGERS)


@pytest.mark.parametrize(("kind", "start", "end", "out", "back"), WALKS)
async def test_along_the_arrow_graphql_leads_where_the_graph_does(
    served: Served, demo: Hub, kind: str, start: str, end: str, out: str, back: str
) -> None:
    expected = await _edges(demo, kind, start, end)

    assert expected
    assert _pairs(served, ROOTS[start], start, out, end) == expected


@pytest.mark.parametrize(
    ("kind", "start", "end", "out", "back"), [walk for walk in WALKS if walk[2] in ROOTS]
)
async def test_against_the_arrow_graphql_leads_where_the_graph_does(
    served: Served, demo: Hub, kind: str, start: str, end: str, out: str, back: str
) -> None:
    expected = await _edges(demo, kind, start, end)

    found = _pairs(served, ROOTS[end], end, back, start)

    assert {(rule, code) for code, rule in found} == expected


@pytest.mark.parametrize(("kind", "start", "end", "out", "back"), TRIGGERED)
async def test_rules_are_found_by_each_code_that_triggers_them(
    served: Served, demo: Hub, kind: str, start: str, end: str, out: str, back: str
) -> None:
    _, argument, of_type, codes = TRIGGERS[end]
    query = f"query($code: {of_type}) {{ rules({argument}: $code) {{ code }} }}"

    found = {
        (rule["code"], str(code))
        for code in codes
        for rule in served.ask(query, code=code)["data"]["rules"]
    }

    assert found == await _edges(demo, kind, start, end)


def test_a_list_leads_back_to_the_rules_it_triggers(served: Served) -> None:
    query = "{ rules { code triggers { listKinds { code title { zh } rules { code } } } } }"
    listed = [
        (rule["code"], kind)
        for rule in served.ask(query)["data"]["rules"]
        for kind in rule["triggers"]["listKinds"]
    ]

    assert {code for code, _ in listed} == {
        back["code"] for _, kind in listed for back in kind["rules"]
    }
    assert all({"code": code} in kind["rules"] for code, kind in listed)
    assert {kind["title"]["zh"] for _, kind in listed} <= {
        title.zh for title in LAW.vocabulary["listKinds"].titles.values()
    }


def test_filters_of_rules_narrow_together(served: Served) -> None:
    rules = "rules(kind: CHECK, scenario: $in, recordKind: JUDGMENT_DEFAULT) { code }"
    found = served.ask(f"query($in: String) {{ {rules} }}", **{"in": "FUNDING_SUPPORT"})

    assert [rule["code"] for rule in found["data"]["rules"]] == [
        rule.code
        for rule in LAW.rules.values()
        if rule.kind == "CHECK"
        and "FUNDING_SUPPORT" in rule.scenarios
        and any(RecordKind.JUDGMENT_DEFAULT in trigger.kinds for trigger in rule.triggers)
    ]


@pytest.mark.parametrize(
    ("argument", "code", "where"),
    [
        ('behaviour: "ZWSX-99"', "UNKNOWN_CODE", "behaviour"),
        ('behaviour: ""', "UNKNOWN_CODE", "behaviour"),
        ('listKind: "BLACK"', "UNKNOWN_CODE", "listKind"),
        ('scenario: "PICNIC"', "UNKNOWN_SCENARIO", "scenario"),
    ],
)
def test_rules_by_a_code_nobody_has_are_refused(
    served: Served, argument: str, code: str, where: str
) -> None:
    [error] = served.ask(f"{{ rules({argument}) {{ code }} }}")["errors"]

    assert (error["extensions"]["code"], error["extensions"]["where"]) == (code, where)


def test_the_rule_set_in_force_names_its_content(served: Served) -> None:
    found = served.ask("{ ruleSet { id number title { zh } contentHash inForceFrom } }")

    assert found["data"]["ruleSet"] == {
        "id": global_id("RuleSet", str(LAW.number)),
        "number": LAW.number,
        "title": {"zh": LAW.title.zh},
        "contentHash": LAW.content_hash,
        "inForceFrom": FIRST_INSTANT,
    }


async def test_its_hash_is_that_of_the_graph(demo: Hub) -> None:
    instant = parse_instant(DAY)

    assert await RuleSetReader(demo.door).in_force(instant, None) == LAW.content_hash


@pytest.mark.parametrize("label", ROOTS)
def test_all_of_the_law_is_had_again_by_its_global_id(served: Served, label: str) -> None:
    root = ROOTS[label]
    first, *_ = _listed(served.ask(f"{{ {root} {{ id }} }}")["data"][root])
    query = "query($id: ID!) { node(id: $id) { __typename id } }"

    assert served.ask(query, id=first["id"])["data"]["node"] == {"__typename": label, **first}


@pytest.mark.parametrize("label", ROOTS)
def test_what_the_rule_set_does_not_have_is_unknown(served: Served, label: str) -> None:
    query = "query($id: ID!) { node(id: $id) { id } }"

    [error] = served.ask(query, id=global_id(label, "X-404"))["errors"]

    assert error["extensions"]["code"] == "UNKNOWN_NODE"


@pytest.mark.parametrize("root", ROOTS.values())
@pytest.mark.parametrize(
    "clocks", [f'effectiveAt: "{THE_INSTANT_BEFORE}"', 'knownAt: "2020-01-01T00:00:00Z"']
)
def test_before_the_rule_set_there_is_no_law(served: Served, root: str, clocks: str) -> None:
    [error] = served.ask(f"{{ {root}({clocks}) {{ id }} }}")["errors"]

    assert error["extensions"]["code"] == "NO_RULE_SET_IN_FORCE"


def test_the_law_begins_with_the_first_instant_of_its_first_day(served: Served) -> None:
    found = served.ask(f'{{ ruleSet(effectiveAt: "{FIRST_INSTANT}") {{ number rules {{ id }} }} }}')

    assert found["data"]["ruleSet"]["number"] == LAW.number
    assert len(found["data"]["ruleSet"]["rules"]) == len(LAW.rules)


@pytest.mark.parametrize(
    "path",
    [
        "behaviours",
        "behaviours rules triggers behaviours",
        "legalBases rules triggers behaviours",
        "measures rules triggers behaviours",
        "scenarios rules triggers behaviours",
        "ruleSet rules triggers behaviours",
        "rules measure rules triggers behaviours",
    ],
)
def test_walking_on_from_the_law_stays_at_the_clocks_asked_for(served: Served, path: str) -> None:
    """The last step leaves the law: it lists records, as of clocks that it tells."""
    root, *steps = path.split()
    nested = " { ".join([f"{root}(effectiveAt: $at)", *steps, "records(first: 1) { effectiveAt"])
    closed = "}" * (len(steps) + 2)

    answer = served.ask(f"query($at: Instant) {{ {nested} {closed} }}", at=FIRST_INSTANT)

    assert "errors" not in answer
    assert set(_instants(answer)) == {FIRST_INSTANT}


def _instants(answer: Any) -> Iterator[str]:
    """Every `effectiveAt` in the answer."""
    if isinstance(answer, list):
        for item in cast("list[Any]", answer):
            yield from _instants(item)
    elif isinstance(answer, dict):
        told = cast("dict[str, Any]", answer)
        yield from [told["effectiveAt"]] if "effectiveAt" in told else []
        yield from _instants(list(told.values()))


def test_a_behaviour_of_a_unit_s_record_stays_at_the_unit_s_clocks(served: Served) -> None:
    unit = served.ask(
        """query($at: Instant) { unit(code: "12159900990000260C", effectiveAt: $at) {
          effectiveAt knownAt records(first: 1) { edges { node { behaviours { edges { node {
            code rules { code } records(first: 1) { effectiveAt knownAt } } } } } } } } }""",
        at=DAY,
    )["data"]["unit"]
    [record] = unit["records"]["edges"]
    [behaviour] = [edge["node"] for edge in record["node"]["behaviours"]["edges"]]

    assert unit["effectiveAt"] == DAY
    assert behaviour["records"] == {"effectiveAt": DAY, "knownAt": unit["knownAt"]}
    assert [rule["code"] for rule in behaviour["rules"]] == [
        rule.code
        for rule in LAW.rules.values()
        if any(behaviour["code"] in trigger.behaviours for trigger in rule.triggers)
    ]


def test_walking_on_from_a_verdict_keeps_its_clocks_and_its_rule_set(served: Served) -> None:
    records = "records(first: 1) { effectiveAt knownAt }"
    rules = f"rules {{ code ruleSets {{ contentHash }} triggers {{ behaviours {{ {records} }} }} }}"
    verdict = served.ask(
        f"""query($at: Instant) {{
          check(subject: "11159900990000236Y", scenario: "FUNDING_SUPPORT", effectiveAt: $at) {{
            effectiveAt knownAt ruleSet {{ contentHash rules {{ code }} }}
            grounds {{ rule measure {{ {rules} }} legalBases {{ rules {{ code }} }}
              record {{ behaviours {{ {records} rules {{ code }} }} }} }} }} }}""",
        at=DAY,
    )["data"]["check"]
    clocks = {"effectiveAt": verdict["effectiveAt"], "knownAt": verdict["knownAt"]}
    behaviours = [one for ground in verdict["grounds"] for one in ground["record"]["behaviours"]]
    reached = [rule for ground in verdict["grounds"] for rule in ground["measure"]["rules"]]
    triggers = [one for rule in reached for one in rule["triggers"]["behaviours"]]

    assert clocks["effectiveAt"] == DAY
    assert verdict["ruleSet"]["contentHash"] == LAW.content_hash
    assert [rule["code"] for rule in verdict["ruleSet"]["rules"]] == list(LAW.rules)
    assert behaviours
    assert triggers
    assert [one["records"] for one in (*behaviours, *triggers) if one["records"] != clocks] == []
    assert {one["contentHash"] for rule in reached for one in rule["ruleSets"]} == {
        LAW.content_hash
    }
    for ground in verdict["grounds"]:
        for basis in (ground["measure"], *ground["legalBases"]):
            assert ground["rule"] in {rule["code"] for rule in basis["rules"]}


class _Counted(Catalogues):
    """Remembers which clocks the rule set in force was read for."""

    def __init__(self, bodies: RuleSetReader) -> None:
        super().__init__(bodies)
        self.asked: list[Clocks] = []

    async def in_force(self, at: Millis, known_at: Millis | None) -> Catalogue:
        self.asked.append(Clocks(at, known_at))
        return await super().in_force(at, known_at)


async def test_one_request_reads_the_rule_set_of_its_clocks_once(demo: Hub) -> None:
    catalogues = _Counted(RuleSetReader(demo.door))
    loaders = Loaders(demo.navigator, catalogues)
    today, first = Clocks(now(), None), Clocks(parse_instant(FIRST_INSTANT), None)

    laws = await asyncio.gather(*(loaders.law(clocks) for clocks in (today, first, today)))

    assert laws == [Law(LAW, today), Law(LAW, first), Law(LAW, today)]
    assert await loaders.law(today) == laws[0]
    assert catalogues.asked == [today, first]
