"""`model.yaml`, migrations, statements and the stored graph say the same."""

import dataclasses
import re
from collections.abc import Mapping
from typing import cast

import pytest

from hub.domain.known import (
    Arrival,
    Generation,
    Held,
    Known,
    RuleSetInForce,
    Standing,
    SubjectState,
    Tie,
)
from hub.graph.check_statement import CHECK
from hub.graph.migrations import migrations
from hub.graph.model import NodeKind, Property, RelationshipKind
from hub.wiring import Hub
from tests.graph.model_walk import (
    COMPOSED,
    CONSTANTS,
    EXPLORED,
    KINDS,
    MODEL,
    kinds_of_variables,
    properties_of,
    reads_of,
    strange_words,
    unfiltered,
)

Unique = tuple[str, str]
"""A label or relationship type, and the property that is unique there."""


# The model by itself


def test_every_word_is_told_in_chinese_and_english_with_its_source() -> None:
    entries: dict[str, NodeKind | RelationshipKind | Property] = {**KINDS}
    for name, kind in KINDS.items():
        entries |= {f"{name}.{word}": prop for word, prop in kind.properties.items()}
    entries |= {f"stamp.{word}": prop for word, prop in MODEL.stamp.items()}

    for name, entry in entries.items():
        assert re.search(r"[\u4e00-\u9fff]", entry.zh), name
        assert re.search(r"[A-Za-z]", entry.en), name
        assert entry.source in MODEL.sources, name


def test_every_word_has_the_case_of_its_sort() -> None:
    words = [word for kind in KINDS.values() for word in kind.properties]

    assert [label for label in MODEL.nodes if not re.fullmatch(r"([A-Z][a-z]+)+", label)] == []
    assert [
        kind for kind in MODEL.relationships if not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind)
    ] == []
    assert [word for word in words if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", word)] == []


def test_every_end_owner_and_shared_label_is_a_label_of_the_model() -> None:
    named = [end for kind in MODEL.relationships.values() for end in (*kind.start, *kind.end)]
    for node in MODEL.nodes.values():
        named += [*node.labels, *node.state_of, *([node.marks] if node.marks else [])]

    assert set(named) <= set(MODEL.nodes)


def test_a_state_hangs_on_its_owners_by_the_relationship_it_names() -> None:
    for name, node in MODEL.nodes.items():
        if not node.state_of:
            continue
        assert node.via is not None
        via = MODEL.relationships[node.via]
        assert node.clocks == "two", name
        assert via.clocks == "immutable", name
        assert name in via.end, name
        assert set(node.state_of) <= set(via.start), name


def test_a_node_has_a_key_or_is_a_state_or_stands_beside_one_that_has() -> None:
    for name, node in MODEL.nodes.items():
        beside = [node.marks is not None, node.beside_states]
        ways = [node.key is not None, bool(node.state_of), *beside]
        assert ways.count(True) == 1, name
        assert node.key is None or node.key in node.properties, name


def test_money_has_its_unit_its_currency_and_its_scale() -> None:
    for name, kind in KINDS.items():
        amounts = [word for word in kind.properties if word.endswith("Minor")]
        assert not amounts or {"currency", "scale"} <= set(kind.properties), name
        assert all(kind.properties[word].unit == "minor units of currency" for word in amounts)


def test_captions_stand_on_things_that_never_change_and_apart_from_all_that_a_state_says() -> None:
    for name, kind in KINDS.items():
        captions = {word for word, prop in kind.properties.items() if prop.caption}
        state = isinstance(kind, NodeKind) and kind.state_of
        assert not captions or state or kind.clocks == "immutable", name
        assert captions <= ({"caption"} if state else {"name", "title"}), name


# Constraints

BESIDE_KEYS: set[Unique] = {("RuleSet", "number")}
"""Unique though no key: two rule sets of one number would be two laws."""


def _unique_by_model() -> set[Unique]:
    keys = {(label, node.key) for label, node in MODEL.nodes.items() if node.key}
    return keys | {(kind, "factId") for kind in MODEL.two_clock()} | BESIDE_KEYS


def test_the_migrations_constrain_every_key_and_every_fact_id_and_nothing_else() -> None:
    text = "\n".join(statement for step in migrations() for statement in step.statements)
    pattern = r"FOR (?:\(n:(\w+)\)|\(\)-\[r:(\w+)\]-\(\)) REQUIRE [nr]\.(\w+) IS UNIQUE"
    found = [(label or kind, word) for label, kind, word in re.findall(pattern, text)]

    assert sorted(found) == sorted(_unique_by_model())
    assert len(found) == text.count("CREATE CONSTRAINT")


async def test_the_migrated_server_has_these_constraints_and_no_others(hub: Hub) -> None:
    rows = await hub.door.read(
        """SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties
        RETURN type, labelsOrTypes + properties AS words"""
    )

    assert all("UNIQUENESS" in str(row["type"]) for row in rows)
    assert sorted(tuple(cast("list[str]", row["words"])) for row in rows) == sorted(
        _unique_by_model()
    )


# Statements


_OF_STATES = re.compile(r"State\b|Generation\b|Standing\b|\.(states|standings)\b")
SHOWN_IF_EVER_KNOWN = {"nk", "bk", "v", "w", "z"}
"""Variables that only ask whether the thing was ever known, ever about a unit, or archived."""

ASKED_OF_KNOWLEDGE_ALONE = {
    ("_LATEST", "x"): "the newest rule set known, to check a question before it is answered",
    ("_KNOWN", "x"): "every rule set there is, drafts among them, with all its states",
    **dict.fromkeys(
        [("_BEARING", "y"), ("_BEARING", "v")],
        "whom it may be worth to check: one too many does no harm",
    ),
    ("_SUCCESSION", "y"): "duties that passed stay passed: `Held` asks only whether it had begun",
    **dict.fromkeys(
        [
            (name, word)
            for name in ("_PRINCIPAL", "_SUBORDINATE", "_REGION", "_REACHES", "CHECK")
            for word in ("post", "y", "governs", "seat")
        ],
        "asked of the day of the event, which the standing tells: `edges` in CHECK",
    ),
    ("SEARCH", "node"): "a former name still finds its thing, and says that it is former",
    ("CODED", "x"): "a former unit is still found by its code",
    **dict.fromkeys(
        [*(("_RECORD", word) for word in ("a", "d", "e", "st")), ("_UNIT", "x")],
        "a move sees every version of a standing, who ever determined the record, all documents",
    ),
    **dict.fromkeys([("_EDGES", "f"), ("_EDGES", "w")], "a history tells what was ever held"),
    ("SEARCH", "e"): "what never changes is known once any fact about it is",
    **dict.fromkeys(
        [
            (name, word)
            for name in ("SEARCH", "CODED", "_SHOWN", "STEPS", "THINGS")
            for word in "vwz"
        ],
        "only asks whether the thing may be shown",
    ),
}
"""Constant and variable of the reads that do not ask whether a fact holds in the world, and why."""


def test_statements_are_found_and_read() -> None:
    found = set(CONSTANTS)

    assert {"check_statement.CHECK", "rule_sets._BODY"} <= found
    assert (len(CONSTANTS) > 30, len(COMPOSED) > 200) == (True, True)
    assert ("y", "validFrom") in reads_of(CHECK)
    assert kinds_of_variables(CHECK)["y"] == {"SUCCEEDED_BY", "SUBORDINATE_TO"}


def test_a_strange_word_is_found_wherever_it_stands() -> None:
    text = """MATCH (u:Unitt {id: 1})-[:KNOWS]->(p:Person {idd: 2})<-[e:ABOUT]-(o)
    SET p:Hero RETURN p.title, o.bar, last(e).baz"""

    assert list(strange_words(text)) == [
        "Hero",
        "Unitt",
        "KNOWS",
        "Person.idd",
        "p.title",
        "o.bar",
        "e.baz",
    ]


@pytest.mark.parametrize("name", CONSTANTS)
def test_every_label_type_and_property_of_a_statement_is_in_the_model(name: str) -> None:
    assert list(strange_words(CONSTANTS[name])) == []


def test_so_is_every_word_of_what_the_fact_writer_puts_together() -> None:
    assert {name: list(strange_words(text)) for name, text in COMPOSED.items()} == {
        name: [] for name in COMPOSED
    }


def test_and_of_what_lists_and_shows_things() -> None:
    assert len(EXPLORED) > 150
    assert {name: list(strange_words(text)) for name, text in EXPLORED.items()} == {
        name: [] for name in EXPLORED
    }


@pytest.mark.parametrize("name", CONSTANTS)
def test_every_read_of_a_two_clock_fact_goes_through_the_time_filter(name: str) -> None:
    alone = {variable for constant, variable in ASKED_OF_KNOWLEDGE_ALONE if name.endswith(constant)}

    assert unfiltered(CONSTANTS[name], alone) == []


@pytest.mark.parametrize("name", EXPLORED)
def test_so_does_every_read_of_what_lists_and_shows_things(name: str) -> None:
    of_states = {"a", "b", "n"} if _OF_STATES.search(name) else set[str]()

    assert unfiltered(EXPLORED[name], SHOWN_IF_EVER_KNOWN | of_states) == []


def test_what_writes_asks_for_facts_by_id_or_key_and_no_verdict_reads_it() -> None:
    """Why `COMPOSED` needs no time filter: the writer must see closed and staged facts too."""
    for name, text in COMPOSED.items():
        assert "validFrom <=" not in text, name
        if not name.startswith(("versions", "staged")):
            assert re.search(r"\b(CREATE|MERGE|SET|DELETE)\b", text), name


# What a verdict is made of

ASKED = "the question, or the way the answer was found"
LABEL = "a label or type, which never changes"
MADE_OF: Mapping[type, Mapping[str, str | tuple[str, ...]]] = {
    Known: {
        "subject": ASKED,
        "at": ASKED,
        "known_at": ASKED,
        "epoch": "KnowledgeClock.epoch",
        "newest": ASKED,
        "states": (),
        "governs": (),
        "posts": (),
        "arrivals": (),
        "generations": (),
        "rule_sets": (),
        "cut": ASKED,
        "longer_from": "SUCCEEDED_BY.validFrom",
        "_found": ASKED,
    },
    SubjectState: {
        "fact": (),
        "name": ("UnitState.name", "PersonState.name"),
        "unit_kind": "UnitState.unitKind",
        "level": "UnitState.adminLevel",
        "status": ("UnitState.status", "PersonState.status"),
        "jurisdiction": "UnitState.jurisdiction",
    },
    Arrival: {
        "reach": ASKED,
        "record": "CreditRecord.id",
        "kind": LABEL,
        "edges": (),
        "standing": (),
        "behaviours": (),
        "determiners": (),
        "documents": (),
        "deciding": (),
        "undecided": (
            "Standing.domain",
            "SUCCEEDED_BY.scope",
            "UnitState.unitKind",
            "UnitState.adminLevel",
            "RegionState.level",
        ),
    },
    Standing: {
        "fact": (),
        "status": "Standing.status",
        "category": "Standing.category",
        "event_at": "Standing.eventAt",
        "public_until": "Standing.publicUntil",
        "counts_until": "Standing.countsUntil",
        "severity": "Standing.severity",
        "disputed": "Standing.disputed",
        "obligation_open": "Standing.obligationOpen",
        "domain": "Standing.domain",
        "list_kind": "Standing.list",
        "penalty": "Standing.penalty",
        "discipline": "Standing.discipline",
        "marks": "Standing.marks",
        "public_term": "Standing.publicTerm",
        "counts_term": "Standing.countsTerm",
    },
    Tie: {
        "fact": (),
        "code": ("Behaviour.id", "Unit.id", "Document.id"),
        "title": ("UnitState.name", "Document.docNo"),
        "issued_on": "Document.issuedOn",
        "doc_type": "Document.docType",
    },
    Held: {
        "fact_id": "Standing.factId",
        "kind": LABEL,
        "start": ("Unit.id", "Person.id", "CreditRecord.id"),
        "end": ("Unit.id", "CreditRecord.id", "Region.id", "Behaviour.id", "Document.id"),
        "valid": ("Standing.validFrom", "Standing.validTo"),
        "at_event": ASKED,
        "once_begun": ASKED,
    },
    Generation: {
        "fact_id": "SourceGeneration.factId",
        "source": "SourceGeneration.source",
        "valid": ("SourceGeneration.validFrom", "SourceGeneration.validTo"),
        "fresh_until": "SourceGeneration.freshUntil",
        "jurisdictions": "SourceGeneration.jurisdictions",
    },
    RuleSetInForce: {
        "fact_id": "RuleSetState.factId",
        "number": "RuleSet.number",
        "content_hash": "RuleSet.contentHash",
        "valid": ("RuleSetState.validFrom", "RuleSetState.validTo"),
    },
}
"""Field by field; an empty tuple is made of the types below it."""

BOOKKEEPING = {"KnowledgeClock.epoch"}
"""In the id by design: replay after a restored backup says `epoch`, not `different`."""


@pytest.mark.parametrize("made", MADE_OF)
def test_whatever_enters_a_verdict_is_a_two_clock_fact_or_immutable(made: type) -> None:
    fields = MADE_OF[made]

    assert list(fields) == [field.name for field in dataclasses.fields(made)]
    for told in fields.values():
        for place in (told,) if isinstance(told, str) else told:
            if place in {ASKED, LABEL, *BOOKKEEPING}:
                continue
            kind, word = place.split(".")
            assert KINDS[kind].clocks in {"two", "immutable"}, place
            assert not properties_of(kind)[word].caption, place


def test_what_the_hub_has_corrected_is_asked_by_no_statement_but_only_marked() -> None:
    named = [name for name, text in {**CONSTANTS, **EXPLORED}.items() if "Superseded" in text]
    marking = [name for name, text in COMPOSED.items() if "Superseded" in text]

    assert named == []
    assert marking == [f"close {kind}" for kind in MODEL.two_clock() if MODEL.is_state(kind)]


def test_a_check_reads_no_caption() -> None:
    bound = kinds_of_variables(CHECK)
    words = [
        (f"{variable}.{word}", properties_of(kind).get(word))
        for variable, word in reads_of(CHECK)
        for kind in bound.get(variable, ())
    ]

    assert [place for place, prop in words if prop and prop.caption] == []


# The stored graph

_STORED = """
MATCH (n) WHERE NOT n:TestDatabase
UNWIND keys(n) AS word
RETURN DISTINCT labels(n) AS kinds, word, valueType(n[word]) AS type
UNION ALL
MATCH ()-[r]->()
UNWIND keys(r) AS word
RETURN DISTINCT [type(r)] AS kinds, word, valueType(r[word]) AS type
"""
_JOINED = """
MATCH (a)-[r]->(b) RETURN DISTINCT type(r) AS kind, labels(a) AS start, labels(b) AS end
"""
_UNSTAMPED = """
MATCH (n) WHERE n.factId IS NOT NULL AND any(word IN $stamp WHERE n[word] IS NULL)
RETURN n.factId AS fact_id
UNION ALL
MATCH ()-[r]->() WHERE r.factId IS NOT NULL AND any(word IN $stamp WHERE r[word] IS NULL)
RETURN r.factId AS fact_id
"""
_INSTANTS = """
MATCH (n) UNWIND keys(n) AS word WITH n[word] AS value
WHERE valueType(value) STARTS WITH 'ZONED DATETIME'
RETURN DISTINCT toString(value) AS text
UNION
MATCH ()-[r]->() UNWIND keys(r) AS word WITH r[word] AS value
WHERE valueType(value) STARTS WITH 'ZONED DATETIME'
RETURN DISTINCT toString(value) AS text
"""
_STORED_AS = {
    "string": "STRING NOT NULL",
    "strings": "LIST<STRING NOT NULL> NOT NULL",
    "integer": "INTEGER NOT NULL",
    "boolean": "BOOLEAN NOT NULL",
    "instant": "ZONED DATETIME NOT NULL",
    "date": "DATE NOT NULL",
}


async def test_everything_stored_is_declared_and_of_its_type(demo: Hub) -> None:
    for row in await demo.door.read(_STORED):
        kinds, word = cast("list[str]", row["kinds"]), str(row["word"])
        declared: dict[str, Property] = {}
        for kind in kinds:
            declared |= properties_of(kind)
        empty = row["type"] == "LIST<NOTHING> NOT NULL"
        stored = _STORED_AS["strings"] if empty else row["type"]
        assert stored == _STORED_AS[declared[word].type], f"{kinds}.{word}"


async def test_every_stored_relationship_joins_what_the_model_lets_it_join(demo: Hub) -> None:
    for row in await demo.door.read(_JOINED):
        declared = MODEL.relationships[str(row["kind"])]
        assert set(declared.start) & set(cast("list[str]", row["start"])), row
        assert set(declared.end) & set(cast("list[str]", row["end"])), row


async def test_every_stored_instant_is_in_utc_to_the_millisecond(demo: Hub) -> None:
    texts = [str(row["text"]) for row in await demo.door.read(_INSTANTS)]
    form = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z")

    assert len(texts) > 100
    assert [text for text in texts if not form.fullmatch(text)] == []


async def test_every_stored_fact_carries_its_whole_stamp(demo: Hub) -> None:
    assert await demo.door.read(_UNSTAMPED, stamp=list(MODEL.stamp)) == []
