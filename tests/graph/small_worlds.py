"""A small world entered at one tick, and read as a check reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hub.domain.clocks import Millis, Span, day_start, format_instant
from hub.domain.facts import Entity, Fact, Ref, Value
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held, Known
from hub.domain.vocabulary import Reach
from hub.graph.check_reader import CheckReader
from hub.graph.entry import enter
from hub.graph.fact_writer import fact_key
from hub.wiring import Hub
from tests.worlds import EVER, batch, fresh_code, fresh_name, person, record, standing, unit

FROM = day_start(date(2026, 3, 1))
TO = day_start(date(2026, 6, 1))
BETWEEN = day_start(date(2026, 4, 15))
LATE = day_start(date(2027, 1, 1))


@dataclass
class World:
    """Things and facts with ids of their own, entered together."""

    entities: list[Entity] = field(default_factory=list[Entity])
    facts: list[Fact] = field(default_factory=list[Fact])

    def unit(self, *, valid: Span = EVER, **changes: Value) -> SubjectId:
        code = fresh_code()
        self._add(unit(code, valid=valid, **changes))
        return code

    def person(self) -> SubjectId:
        code = SubjectId(fresh_name("P-TEST"))
        self._add(person(code))
        return code

    def record(
        self,
        about: SubjectId,
        *,
        labels: tuple[str, ...] = ("FailureEvent",),
        valid: Span = EVER,
        stands: Span = EVER,
        **changes: Value,
    ) -> str:
        """A record with its standing; the event was a day before FROM unless said otherwise."""
        code = fresh_name("CR-TEST")
        kind = "Person" if about.startswith("P-") else "Unit"
        self._add(record(code, Ref(kind, about), labels=labels, valid=valid))
        told: Mapping[str, Value] = {"eventAt": FROM - 86_400_000, **changes}
        self.facts.append(standing(code, valid=stands, key="", **told))
        return code

    def determined(self, about: SubjectId, by: SubjectId, since: Millis, **changes: Value) -> str:
        """A record as an intake enters it: its standing is kept by its first instant."""
        code, valid = fresh_name("CR-TEST"), Span(since)
        self._add(record(code, Ref("Unit", about), valid=valid))
        key = format_instant(since)
        self.facts.append(standing(code, valid=valid, key=key, **changes))
        self.edge("DETERMINED_BY", Ref("CreditRecord", code), Ref("Unit", by), valid=valid)
        return code

    def edge(
        self, kind: str, start: Ref, end: Ref, *, valid: Span = EVER, key: str = "", **told: Value
    ) -> Fact:
        fact = Fact(kind, start, valid, end, key, told)
        self.facts.append(fact)
        return fact

    def post(
        self, who: str, where: str, *, valid: Span = EVER, key: str = "", principal: bool = True
    ) -> Fact:
        ends = Ref("Person", who), Ref("Unit", where)
        return self.edge("HOLDS_POST", *ends, valid=valid, key=key, isPrincipal=principal)

    def succession(
        self, earlier: str, later: str, at: Millis, scope: Sequence[str] = ("ALL",)
    ) -> Fact:
        ends = Ref("Unit", earlier), Ref("Unit", later)
        return self.edge("SUCCEEDED_BY", *ends, valid=Span(at), scope=tuple(scope))

    def subordination(self, lower: str, upper: str, *, valid: Span = EVER) -> Fact:
        return self.edge("SUBORDINATE_TO", Ref("Unit", lower), Ref("Unit", upper), valid=valid)

    def region(self, *units: str, valid: Span = EVER, level: str | None = "BANNER_COUNTY") -> Ref:
        """A region in which these units lie."""
        region = Ref("Region", fresh_name("R"))
        self.entities.append(Entity(region))
        self.facts.append(Fact("RegionState", region, EVER, properties={"level": level}))
        for code in units:
            self.edge("IN_REGION", Ref("Unit", code), region, valid=valid)
        return region

    def government(self, region: Ref, *, valid: Span = EVER) -> SubjectId:
        """A unit that governs the region."""
        code = self.unit()
        self.edge("GOVERNS", Ref("Unit", code), region, valid=valid)
        return code

    async def enter(self, hub: Hub) -> Millis:
        """The tick at which it became known. What is entered next may lean on it."""
        tick = await enter(hub.door, batch(self.entities, self.facts), writer="test")
        self.entities, self.facts = [], []
        return tick

    def _add(self, thing: tuple[Entity, Fact]) -> None:
        self.entities.append(thing[0])
        self.facts.append(thing[1])


async def read(
    hub: Hub,
    subject: str,
    at: Millis,
    known_at: Millis | None = None,
    *,
    guard: int = 1_000,
    fan: int = 1_000,
) -> Known:
    reader = CheckReader(hub.door, guard=guard, fan=fan)
    [known] = await reader.read([SubjectId(subject)], at=at, known_at=known_at)
    return known


async def arrived(hub: Hub, subject: str, at: Millis) -> list[tuple[Reach, str]]:
    """What arrives and holds at the instant."""
    known = await read(hub, subject, at)
    return [(came.reach, came.record) for came in known.arrivals if came.holds(at)]


async def around(hub: Hub, subject: str, at: Millis) -> list[int]:
    """How many arrive a millisecond before the instant, at it, and a millisecond after."""
    return [len(await arrived(hub, subject, Millis(at + step))) for step in (-1, 0, 1)]


def id_of(fact: Fact, version: int = 1) -> str:
    return f"{fact_key(fact)}{version}"


def held(fact: Fact, *, at_event: bool = False) -> Held:
    """The fact as it is read back in its first version."""
    return Held(
        fact_id=id_of(fact),
        kind=fact.kind,
        start=fact.subject,
        end=fact.object,
        valid=fact.valid,
        at_event=at_event,
        once_begun=fact.kind == "SUCCEEDED_BY",
    )
