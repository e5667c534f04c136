"""The page of the model says everything that the model says, and its drawing leads there."""

import re

import pytest

from hub.graph.model import GraphModel, graph_model
from scripts.docs.model_diagram import boxes, edges, model_svg
from scripts.docs.model_page import model_page


@pytest.fixture(scope="module")
def model() -> GraphModel:
    return graph_model()


@pytest.fixture(scope="module")
def page(model: GraphModel) -> str:
    return model_page(model)


def section(page: str, name: str) -> str:
    """What stands below one heading."""
    return page.partition(f"`{name}` {{#{name}}}")[2].partition("\n### ")[0]


def test_every_label_and_relationship_has_its_heading_with_its_chinese_title(
    model: GraphModel, page: str
) -> None:
    kinds = {**model.nodes, **model.relationships}

    missing = [
        name for name, kind in kinds.items() if f"### {kind.zh} `{name}` {{#{name}}}" not in page
    ]

    assert missing == []


def test_every_property_is_told_with_type_unit_and_source(model: GraphModel, page: str) -> None:
    kinds = {**model.nodes, **model.relationships}
    told = [
        (name, called, f"| {prop.type}{f', {prop.unit}' if prop.unit else ''}", prop.source)
        for name, kind in kinds.items()
        for called, prop in kind.properties.items()
    ]

    missing = [
        (name, called)
        for name, called, kind, source in told
        if not re.search(
            rf"^\| `{called}` .*{re.escape(kind)}.*#source-{source}\)",
            section(page, name),
            re.MULTILINE,
        )
    ]

    assert len(told) > 150
    assert missing == []


def test_a_unit_leads_out_and_in_to_all_its_relationships(page: str) -> None:
    unit = section(page, "Unit")

    assert "**出向 out** [`IN_REGION`](#IN_REGION) · [`GOVERNS`](#GOVERNS)" in unit
    assert "[`HOLDS_POST`](#HOLDS_POST)" in unit.partition("入向 in")[2]
    assert "**唯一键 key** `id`" in unit


def test_a_relationship_tells_its_ends_and_the_fields_that_walk_it(page: str) -> None:
    signed = section(page, "SIGNED")

    assert (
        "**路径 path** [`Person`](#Person) → `SIGNED` → "
        "[`Contract`](#Contract) · [`ContractChange`](#ContractChange)"
    ) in signed
    assert "**沿箭头 along the arrow** `signed` 签署的合同与变更 " in signed
    assert "**逆箭头 against it** `signedBy` 签署人 <small>who signed</small>" in signed


def test_the_drawing_has_every_kind_of_thing_and_every_relationship_between_them(
    model: GraphModel,
) -> None:
    drawn = {name for names in boxes(model).values() for name in names}
    arrows = {relation for relations in edges(model).values() for relation in relations}
    states = {name for name, node in model.nodes.items() if node.state_of}

    assert drawn & states == set()
    assert {"Unit", "Person", "Contract", "CreditRecord", "Rule", "Import"} <= drawn
    assert set(model.relationships) - arrows == {"HAS_STATE", "STANDS"}


def test_things_with_the_same_relationships_share_a_box(model: GraphModel) -> None:
    assert ("InfoCategory", "RecordKind", "ListKind") in boxes(model).values()


def test_everything_in_the_drawing_leads_to_its_entry(model: GraphModel) -> None:
    svg = model_svg(model)
    led = set(re.findall(r'href="#(\w+)"', svg))
    drawn = {name for names in boxes(model).values() for name in names}

    assert svg.startswith("<svg")
    assert drawn <= led
    assert led <= model.nodes.keys() | model.relationships.keys()
