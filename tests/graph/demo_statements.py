"""Every statement that reads in answering, with a question about the demo region for it.

What is asked about is that of which the seeds tell most, whatever else the graph holds.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from hub.domain.clocks import OPEN_END
from hub.domain.facts import Batch, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.standings import ENDED
from hub.graph.check_reader import FAN
from hub.graph.common_facts import NOTHING_KEPT
from hub.graph.explore import queries
from hub.graph.fact_writer import fact_key
from hub.graph.history import MOST_FACTS
from hub.graph.kinds import shown_kinds
from hub.graph.path_statements import JOINING
from hub.graph.relations import EDGES_OF_A_THING, Relation, relations
from hub.wiring import seed_batches
from tests.graph.model_walk import CONSTANTS, EXPLORED, HISTORIES
from tests.graph.small_worlds import id_of
from tests.worlds import DAY

Parameters = Mapping[str, Any]
Place = Callable[[str], str]
"""Where the server keeps what has the code: its element id."""

UNIT, PERSON, REGION = "11159900990000236Y", "P-159900-0046", "159900"
_CLOCKS: Parameters = {"at": DAY, "known": OPEN_END}
_FIRST_PAGE: Parameters = {"known": OPEN_END, "first": 20, "key": "", "number": 0}
_NOT_TOLD = "NOT-TOLD:0"


class Statement(NamedTuple):
    text: str
    parameters: Parameters


def statements(place: Place = str) -> Mapping[str, Statement]:
    """By name, as the walk of all statements has it."""
    walked = {**CONSTANTS, **EXPLORED, **HISTORIES}
    asked = {**_of_constants(place), **dict(_of_what_is_explored()), **dict(_of_histories())}
    told = {name: Statement(walked[name], parameters) for name, parameters in asked.items()}
    return {**told, **_of_the_kit()}


def record() -> Ref:
    """One about the unit."""
    return _about().subject


def _of_constants(place: Place) -> Mapping[str, Parameters]:
    code, unit = record().id, place(UNIT)
    within = {"region": REGION, "after": "", "most": 101, **_CLOCKS}
    level = {"through_shared": False, "of_one": 500, "of_all": 10_001}
    hop = {"fact": id_of(_about()), "before": place(code), "after": unit}
    labels = {"labels": ["UnitState"]}
    one = {"lists": {"subjects": [UNIT]}, "fan": FAN, "kept": NOTHING_KEPT.name, **_CLOCKS}
    return {
        "candidates._BEARING": within,
        "candidates._EVERY": within,
        "check_reader._KNOWN_UP_TO": {},
        "check_statement.CHECK": one,
        "diagnosis._CLOCK": {},
        "diagnosis._FRESH": {"jurisdiction": "CN-15", "at": DAY},
        "diagnosis._UNFINISHED": {},
        "migrations._VERSION": {},
        "path_statements.LEVEL": {
            "lists": {"frontier": [unit], "kinds": JOINING},
            **level,
            **_CLOCKS,
        },
        "path_statements.STEPS": {"lists": {"hops": [hop]}, **_CLOCKS},
        "path_statements.THINGS": {"lists": {"places": [unit]}, **_CLOCKS},
        "retention._EDGES": {"code": code, **_CLOCKS},
        "retention._OVER": {
            "lists": {"ended": sorted(ENDED)},
            "after": "",
            "first": 100,
            **_CLOCKS,
        },
        "rule_sets._BODY": {"content_hash": _content_hash()},
        "rule_sets._FIRST": {},
        "rule_sets._IN_FORCE": _CLOCKS,
        "rule_sets._KNOWN": _CLOCKS,
        "rule_sets._LATEST": _CLOCKS,
        "search.CODED": {"lists": {"codes": [UNIT], **labels}, **_CLOCKS},
        "search.SEARCH": {"wanted": "投资促进局", "most": 300, "lists": labels, **_CLOCKS},
        "standings._RECORD": {"code": code},
        "standings._UNIT": {"code": UNIT},
        "supposed_debts._DEBTS": {
            "lists": {"codes": [_debt()]},
            "subject": UNIT,
            "most": 1_000,
            **_CLOCKS,
        },
    }


def _of_what_is_explored() -> Iterator[tuple[str, Parameters]]:
    for label in shown_kinds():
        yield f"thing {label}", {"lists": {"asks": [_ask(_most_told(label))]}}
    for key, relation in relations().items():
        asks = [_ask(_first(_starts(relation)))]
        yield f"list {key}", {"lists": {"asks": asks}, "most": EDGES_OF_A_THING}
    yield "numbered Contract", {"number": _number("contractNo"), "most": 100, **_CLOCKS}
    yield "numbered Document", {"number": _number("docNo"), "most": 100, **_CLOCKS}
    yield "ends of a path", {"start": UNIT, "end": PERSON, **_CLOCKS}


def _of_histories() -> Iterator[tuple[str, Parameters]]:
    """One of each form: the others name other kinds."""
    for kind in ("Standing", "ABOUT"):
        key = fact_key(next(fact for fact in _facts() if fact.kind == kind)).removesuffix(".")
        yield f"versions of a {kind}", {"about": key, **_FIRST_PAGE}
    for label in ("Unit", "CreditRecord", "Clue"):
        asked = {"about": _most_told(label), "most": MOST_FACTS, **_FIRST_PAGE}
        yield f"history of a {label}", asked


def _of_the_kit() -> Mapping[str, Statement]:
    """What `hub explore` asks, by the name it has there."""
    return {
        f"explore {name}": Statement(query.text, {"at": DAY, "knownAt": OPEN_END, **given})
        for name, query in queries().items()
        for given in [query.read(query.examples)]
    }


def _ask(code: str) -> Parameters:
    return {"place": 0, "code": code, "skip": 0, "first": 20, **_CLOCKS}


# What the seeds tell


def told_of(kind: str) -> set[SubjectId]:
    """Subjects of the demo region with a state of the kind."""
    return {SubjectId(fact.subject.id) for fact in _facts() if fact.kind == kind}


@cache
def _batches() -> Sequence[Batch]:
    return seed_batches(demo=True)


@cache
def _facts() -> Sequence[Fact]:
    return [fact for batch in _batches() for fact in batch.facts]


def _about() -> Fact:
    return next(f for f in _facts() if f.kind == "ABOUT" and f.object == Ref("Unit", UNIT))


def _debt() -> str:
    return _first(f.object.id for f in _facts() if f.kind == "ARISES_FROM" and f.object)


def _content_hash() -> str:
    [told] = [e for e in _batches()[1].entities if e.ref.label == "RuleSet"]
    return str(told.properties["contentHash"])


def _number(word: str) -> str:
    told = [*_batches()[-1].entities, *_facts()]
    return _first(str(each.properties[word]) for each in told if each.properties.get(word))


def _most_told(label: str) -> str:
    """Of the things of the label the one that most facts are about; of states one."""
    if shown_kinds()[label].is_state:
        return _first(id_of(fact) for fact in _facts() if fact.kind == label)
    ends = (end for fact in _facts() for end in (fact.subject, fact.object))
    return _first(code for end in ends for code in _of_label(label, end))


def _starts(relation: Relation) -> Iterator[str]:
    """What each fact of the relation is listed of."""
    for fact in _facts():
        if relation.to_states and fact.kind in relation.ends:
            yield from _of_label(relation.start, fact.subject)
        elif fact.kind == relation.start:
            yield id_of(fact)
        elif fact.kind == relation.kind:
            yield from _of_label(relation.start, fact.subject if relation.out else fact.object)


def _of_label(label: str, ref: Ref | None) -> list[str]:
    return [ref.id] if ref and ref.label == label else []


def _first(codes: Iterator[str]) -> str:
    """The one that comes most often, the first of several; nothing where there is none."""
    [(code, _)] = Counter(codes).most_common(1) or [(_NOT_TOLD, 0)]
    return code
