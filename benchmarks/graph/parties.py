"""Divisions, the units in them, and who holds posts there; enterprises."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.graph import names
from benchmarks.graph.sizes import Size
from benchmarks.graph.telling import LAST_DAY, Chance, Part, Told, span, thing
from hub.domain.clocks import OPEN_START, Span
from hub.domain.facts import Fact, Ref, Value

_EVER = Span(OPEN_START)
_DEPARTMENTS = 9


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    level: str
    parent: int | None
    """Its number among the divisions."""


def divisions(size: Size) -> list[Division]:
    """The province first, then its leagues, then their banners, then their townships."""
    found = [Division(names.PROVINCE, "REGION", None)]
    above = range(1)
    for level, name, count in (
        ("LEAGUE_CITY", names.league, size.leagues),
        ("BANNER_COUNTY", names.banner, size.banners),
        ("TOWNSHIP", names.township, size.townships),
    ):
        first = len(found)
        found += [Division(name(found[n].code, i), level, n) for n in above for i in range(count)]
        above = range(first, len(found))
    return found


class Parties:
    """Who takes part, each by number.

    Unit `n` lies in division `n % d` of all `d`: first its government, then nine departments,
    then institutions of those. Official `n` is the principal of unit `n`, or of its staff.
    """

    def __init__(self, size: Size, seed: int, jurisdiction: str) -> None:
        self.size = size
        self.divisions = divisions(size)
        self.busy = range(len(self.divisions), len(self.divisions) + size.busy)
        """Numbers of the busy units: departments all."""
        self._jurisdiction = jurisdiction
        self._seed = seed

    def division_of(self, unit: int) -> int:
        return unit % len(self.divisions)

    def unit(self, number: int) -> Ref:
        organ = number < len(self.divisions) * (1 + _DEPARTMENTS)
        region = self.divisions[self.division_of(number)].code
        return Ref("Unit", names.unit(number, region, organ=organ))

    def parts(self) -> Iterator[Part]:
        for number in range(len(self.divisions)):
            yield from self._division(number)
        chance = Chance(f"{self._seed} units")
        for number in range(self.size.units):
            yield from self._unit(number, chance)
        chance = Chance(f"{self._seed} officials")
        for number in range(self.size.officials):
            yield from self._official(number, chance)
        chance = Chance(f"{self._seed} enterprises")
        for number in range(self.size.enterprises):
            yield from self._enterprise(number, chance)

    def _division(self, number: int) -> Iterator[Part]:
        division = self.divisions[number]
        ref, name = Ref("Region", division.code), f"示例区划{number}"
        yield thing(ref, name=name)
        said = {"name": name, "shortName": name, "level": division.level}
        yield Told(Fact("RegionState", ref, _EVER, properties=said), span(0))
        if division.parent is not None:
            above = Ref("Region", self.divisions[division.parent].code)
            yield Told(Fact("PART_OF", ref, _EVER, above), span(0))

    def _unit(self, number: int, chance: Chance) -> Iterator[Part]:
        ref, division = self.unit(number), self.divisions[self.division_of(number)]
        name = f"示例单位{number:06d}"
        yield thing(ref, "Subject", name=name)
        since = chance.day(0, 365)
        region = Ref("Region", division.code)
        yield from self._unit_states(number, name, division.level, since, chance)
        yield from chance.tell(Fact("IN_REGION", ref, span(since), region), since)
        if number < len(self.divisions):
            yield from chance.tell(Fact("GOVERNS", ref, span(since), region), since)
        superior = self._superior(number)
        if superior is not None:
            above = Fact("SUBORDINATE_TO", ref, span(since), self.unit(superior))
            yield from chance.tell(above, since)

    def _superior(self, number: int) -> int | None:
        place, division = divmod(number, len(self.divisions))
        if place == 0:
            return self.divisions[division].parent
        if place <= _DEPARTMENTS:
            return division
        return (1 + place % _DEPARTMENTS) * len(self.divisions) + division

    def _unit_states(
        self, number: int, name: str, level: str, since: int, chance: Chance
    ) -> Iterator[Part]:
        ref = self.unit(number)
        said: dict[str, Value] = {
            "name": name,
            "unitKind": "ORGAN" if ref.id.startswith("11") else "INSTITUTION",
            "adminLevel": level,
            "jurisdiction": self._jurisdiction,
            "status": "ACTIVE",
        }
        ends = number >= self.busy.stop and chance.happens(0.01)
        renamed = not ends and chance.happens(0.05)
        until = chance.day(since, LAST_DAY - 1) if ends or renamed else None
        first = Fact("UnitState", ref, span(since, until), key="1", properties=said)
        yield from chance.tell(first, since, {"name": f"{name}（误）"})
        if until is None:
            return
        after = {"status": "MERGED"} if ends else {"name": f"{name}（更名）"}
        second = Fact("UnitState", ref, span(until), key="2", properties=said | after)
        yield from chance.tell(second, until)
        if ends:
            heir, passed = self.unit(self.division_of(number)), {"scope": ("ALL",)}
            heard = Fact("SUCCEEDED_BY", ref, span(until), heir, properties=passed)
            yield from chance.tell(heard, until)

    def _official(self, number: int, chance: Chance) -> Iterator[Part]:
        ref, name = Ref("Person", names.person(number)), f"示例公职人员{number:07d}"
        yield thing(ref, "Subject", "Official", name=name)
        since = chance.day(0, LAST_DAY - 400)
        left = chance.day(since + 300, LAST_DAY - 1) if chance.happens(0.05) else None
        said = {"name": name, "officialKind": "CIVIL_SERVANT"}
        known = said | {"status": "IN_POST"}
        state = Fact("PersonState", ref, span(since, left), key="1", properties=known)
        yield from chance.tell(state, since, {"name": f"{name}（误）"})
        if left is not None:
            known = said | {"status": "RETIRED"}
            yield from chance.tell(
                Fact("PersonState", ref, span(left), key="2", properties=known), left
            )
        yield from self._posts(number, since, left, chance)

    def _posts(self, number: int, since: int, left: int | None, chance: Chance) -> Iterator[Part]:
        units = self.size.units
        turn = chance.day(since, since + 300) if chance.happens(0.5) else since
        if turn > since:
            earlier, principal = chance.below(units), chance.happens(0.2)
            yield from self._post(number, earlier, span(since, turn), chance, principal=principal)
        yield from self._post(
            number, number % units, span(turn, left), chance, principal=number < units
        )

    def _post(
        self, number: int, unit: int, valid: Span, chance: Chance, *, principal: bool
    ) -> Iterator[Part]:
        held: dict[str, Value] = {
            "post": "PRINCIPAL" if principal else "STAFF",
            "rank": "示例职级",
            "isPrincipal": principal,
            "docNo": f"示例组任{number}号",
        }
        ref, key = Ref("Person", names.person(number)), str(valid.start)
        post = Fact("HOLDS_POST", ref, valid, self.unit(unit), key=key, properties=held)
        yield from chance.tell(post, _day_of(valid), {"rank": "示例职级（误）"})

    def _enterprise(self, number: int, chance: Chance) -> Iterator[Part]:
        ref, name = Ref("Enterprise", names.enterprise(number)), f"示例企业{number:07d}有限公司"
        yield thing(ref, name=name)
        since = chance.day(0, 365)
        said: dict[str, Value] = {
            "name": name,
            "size": chance.one_of(("MICRO", "SMALL", "SMALL", "MEDIUM", "LARGE")),
            "ownership": chance.one_of(("PRIVATE", "PRIVATE", "PRIVATE", "STATE")),
            "jurisdiction": self._jurisdiction,
        }
        state = Fact("EnterpriseState", ref, span(since), properties=said)
        yield from chance.tell(state, since, {"size": "LARGE"})


def _day_of(valid: Span) -> int:
    return (valid.start - span(0).start) // 86_400_000
