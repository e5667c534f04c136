"""Small worlds for tests: units, persons and records with ids that nobody else has."""

from collections.abc import Mapping, Sequence
from itertools import count

from stdnum.cn import uscc

from hub.domain.catalogue import Term
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, parse_instant
from hub.domain.facts import Batch, Entity, Fact, Ref, Value
from hub.domain.identifiers import SubjectId, organisation_check_character
from hub.domain.retention import RETENTION
from hub.text import Text

EVER = Span(OPEN_START)
DAY = parse_instant("2026-11-23T09:00:00+08:00")
"""The day of asking of the stories."""

KEPT_FIVE_YEARS = Term(
    code="TEST",
    period=RETENTION,
    title=Text("测试的保存期限", "a term of retention for tests"),
    jurisdiction="CN-15",
    in_force=EVER,
    months=60,
    days=None,
    working_days=None,
    bases=(),
)
"""No term of retention was read yet."""

_numbers = count(1)


def fresh_code(kind: str = "12") -> SubjectId:
    """A credit code nobody else has: kind, 159999, 98 and a number, with both check characters."""
    body = f"98{next(_numbers):06d}"
    first = f"{kind}159999{body}{organisation_check_character(body)}"
    return SubjectId(first + uscc.calc_check_digit(first))


def fresh_name(prefix: str) -> str:
    return f"{prefix}-{next(_numbers):06d}"


def batch(
    entities: Sequence[Entity], facts: Sequence[Fact], withdrawn: Sequence[Fact] = ()
) -> Batch:
    name = fresh_name("TEST")
    return Batch(
        source="TEST", content_hash=name, entities=entities, facts=facts, withdrawn=withdrawn
    )


def unit(code: SubjectId, *, valid: Span = EVER, **changes: Value) -> tuple[Entity, Fact]:
    """A unit and its state; `changes` go into the state."""
    ref = Ref("Unit", code)
    told: Mapping[str, Value] = {
        "name": f"示例单位{code[-6:]}",
        "unitKind": "INSTITUTION",
        "adminLevel": "BANNER_COUNTY",
        "status": "ACTIVE",
        "jurisdiction": "CN-15",
        **changes,
    }
    entity = Entity(ref, ("Subject",), {"name": "示例", "synthetic": True})
    return entity, Fact("UnitState", ref, valid, properties=told)


def person(code: str) -> tuple[Entity, Fact]:
    ref = Ref("Person", code)
    entity = Entity(ref, ("Subject", "Official"), {"synthetic": True})
    return entity, Fact("PersonState", ref, EVER, properties={"name": "示例人员"})


def record(
    code: str, about: Ref, *, labels: tuple[str, ...] = ("FailureEvent",), valid: Span = EVER
) -> tuple[Entity, Fact]:
    """A record without standing, and what it is about."""
    ref = Ref("CreditRecord", code)
    return Entity(ref, labels, {"synthetic": True}), Fact("ABOUT", ref, valid, object=about)


def standing(code: str, *, valid: Span = EVER, key: str = "", **changes: Value) -> Fact:
    told: Mapping[str, Value] = {
        "status": "IN_FORCE",
        "category": "GENERAL_DISHONEST",
        "eventAt": valid.start if valid.start > OPEN_START else DAY - 86_400_000,
        "publicUntil": OPEN_END,
        "countsUntil": OPEN_END,
        **changes,
    }
    return Fact("Standing", Ref("CreditRecord", code), valid, key=key, properties=told)


def instant(text: str) -> Millis:
    return parse_instant(text)
