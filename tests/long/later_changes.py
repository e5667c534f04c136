"""Random later changes to a graph, each by the writer that the hub has for it.

Most come in imports of some hundreds: worlds told again otherwise, facts of the demo region held
for a shorter time or withdrawn. In between are small single writes and new rule sets.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from hub.domain.clocks import OPEN_END, Millis, Span, day_of, format_instant
from hub.domain.facts import Batch, Entity, Fact, Ref
from hub.domain.moves import Move
from hub.domain.retention import archived
from hub.domain.standings import Mover
from hub.domain.vocabulary import StandingStatus
from hub.errors import (
    BasisNotInForce,
    ForbiddenTransition,
    RuleSetTransition,
    UnitNotFound,
    WrongMover,
)
from hub.graph.retention import Archivist, Due
from hub.graph.standings import RecordMover, kept_record
from hub.rulebook.rulebook import Publishing
from hub.wiring import Hub, now, seed_batches, writer_is_gone, writer_name
from tests import shared_laws
from tests.loaded_worlds import LoadedWorlds, Placed, entities_of, held_of
from tests.random_worlds import Told
from tests.rule_sets import next_catalogue
from tests.shared_laws import DAYS
from tests.worlds import EVER, KEPT_FIVE_YEARS, fresh_name, record, standing

_WORLDS_OF_AN_IMPORT, _DEMO_FACTS_OF_AN_IMPORT = 10, 150
_SMALL_WRITES = 40
"""After each pair of imports; then the law changes."""
_TERM = replace(KEPT_FIVE_YEARS, months=1)
_MOVES = [
    (StandingStatus.REPAIRED, "REPAIR_DECISION"),
    (StandingStatus.REPAIRED, "REPAIR_DECISION"),
    (StandingStatus.SUSPENDED, "SUSPENSION_DECISION"),
    (StandingStatus.REVOKED, "REVOCATION_DECISION"),
]
_DAY_MS = 86_400_000

Identity = tuple[str, Ref, Ref | None, str]
Facts = Mapping[Identity, Fact]


class LaterChanges:
    """`tally` counts them by what they were; what a writer refused was none.

    Worlds are told again as the next of `tellings`; catalogues to draft are put into the folder.
    """

    def __init__(
        self,
        hub: Hub,
        loader: LoadedWorlds,
        worlds: Sequence[Placed],
        *,
        tellings: Iterator[Told],
        chance: Random,
        folder: Path,
    ) -> None:
        demo = seed_batches(demo=True)[-1]
        self._hub = hub
        self._loader = loader
        self._worlds = list(worlds)
        self._tellings = tellings
        self._chance = chance
        self._folder = folder
        self._invented = {entity.ref: entity for entity in demo.entities}
        self._at_first = list(demo.facts)
        self._demo = _by_identity(demo.facts)
        self._deliveries = _by_identity(_deliveries())
        self._determiners = sorted({each.subject for each in demo.facts if _is_unit(each)})
        self._records: dict[str, str] = {}
        self.tally: Counter[str] = Counter()

    async def make(self, count: int) -> None:
        """At least so many."""
        records = [self._add_record] * 3 + [self._move] * 4 + [self._archive]
        small = [*records, self._merge, self._deliver]
        while self.tally.total() < count:
            await self._tell_worlds_again()
            await self._tell_demo_again()
            for change in self._chance.choices(small, k=_SMALL_WRITES):
                await change()
            await self._change_the_law()

    async def _tell_worlds_again(self) -> None:
        before, after, entities = list[Fact](), list[Fact](), list[Entity]()
        for place in self._chance.sample(range(len(self._worlds)), _WORLDS_OF_AN_IMPORT):
            old = self._worlds[place]
            new = self._worlds[place] = self._loader.place(next(self._tellings), again=old)
            before += held_of(old.told.facts, old.ids)
            after += held_of(new.told.facts, new.ids)
            entities += entities_of(new)
        await self._tell(_by_identity(before), _by_identity(after), entities)

    async def _tell_demo_again(self) -> None:
        """Some facts as at first, some for a shorter time; and some are withdrawn."""
        chosen = self._chance.sample(self._at_first, _DEMO_FACTS_OF_AN_IMPORT)
        told = (self._chance.choice([fact, self._shortened(fact), None]) for fact in chosen)
        before = {key: self._demo[key] for key in _by_identity(chosen) if key in self._demo}
        after = _by_identity(fact for fact in told if fact)
        subjects = {fact.subject: self._invented.get(fact.subject) for fact in chosen}
        await self._tell(before, after, [entity for entity in subjects.values() if entity])
        left = {key: fact for key, fact in self._demo.items() if key not in before}
        self._demo = {**left, **after}

    def _shortened(self, fact: Fact) -> Fact:
        start, end = fact.valid
        days = [day for day in DAYS if start < day < end] or [end]
        day = self._chance.choice(days)
        return replace(
            fact,
            valid=self._chance.choice([Span(start, day), Span(Millis(min(day, end - 1)), end)]),
        )

    async def _deliver(self) -> None:
        """A source delivers again: it covers until another day."""
        key, old = self._chance.choice(list(self._deliveries.items()))
        until = self._chance.choice([*DAYS, OPEN_END])
        new = replace(old, properties={**old.properties, "freshUntil": until})
        await self._tell({key: old}, {key: new})
        self._deliveries = {**self._deliveries, key: new}

    async def _tell(self, before: Facts, after: Facts, entities: Sequence[Entity] = ()) -> None:
        """What was held as before is held as after, from one import on."""
        withdrawn = [fact for key, fact in before.items() if key not in after]
        corrected = [key for key, fact in before.items() if after.get(key, fact) != fact]
        added = [key for key in after if key not in before]
        result = await self._keep(entities, list(after.values()), withdrawn)
        assert result == (len(corrected) + len(added), len(corrected) + len(withdrawn))
        self._count("corrected", len(corrected))
        self._count("withdrawn", len(withdrawn))
        self._count("added", len(added))

    async def _keep(
        self, entities: Sequence[Entity], facts: Sequence[Fact], withdrawn: Sequence[Fact] = ()
    ) -> tuple[int, int]:
        """How many facts were written and how many closed."""
        batch = Batch("SOAK", fresh_name("SOAK"), entities, facts, withdrawn=withdrawn)
        result = await self._hub.keep(batch, lambda _count: None)
        return result.added, result.closed

    def _count(self, what: str, count: int = 1) -> None:
        self.tally[what] += count

    # Small single writes

    async def _merge(self) -> None:
        old, new = self._chance.sample(self._units(), 2)
        day = self._chance.choice(DAYS)
        doc_no = fresh_name("示并")
        told = {"scope": ["ALL"], "docNo": doc_no}
        await self._keep([], [Fact("SUCCEEDED_BY", old, Span(day), new, doc_no, told)])
        self._count("merger")

    async def _add_record(self) -> None:
        determiner, other = self._chance.sample(self._determiners, 2)
        about = self._chance.choice([other, *self._units()])
        code, day = fresh_name("SOAK"), self._chance.choice(DAYS[:4])
        entity, fact = record(code, about)
        facts = [
            fact,
            standing(code, valid=Span(day), key=format_instant(day)),
            Fact("OF", entity.ref, EVER, Ref("Behaviour", "ZWSX-01")),
            Fact("DETERMINED_BY", entity.ref, EVER, determiner),
        ]
        await self._keep([entity], facts)
        self._records[code] = determiner.id
        self._count("record")

    async def _move(self) -> None:
        """A record is repaired, suspended or revoked, if it may be."""
        if not self._records:
            return
        code = self._chance.choice(list(self._records))
        status, document = self._chance.choice(_MOVES)
        last = (await kept_record(self._hub.door, code)).standings[-1].valid.start
        at = Millis(last + self._chance.randrange(1, 100) * _DAY_MS)
        by = self._records[code]
        told = (Mover.DETERMINER, by, document, fresh_name("示决"))
        mover = RecordMover(self._hub.door, writer=writer_name(), is_gone=writer_is_gone)
        try:
            await mover.move(Move(code, status, at, *told))
            self._count(status.lower())
        except (ForbiddenTransition, UnitNotFound, WrongMover):
            return

    async def _archive(self) -> None:
        """One whose retention is over."""
        instant, law = now(), await self._hub.catalogues.current()
        archivist = Archivist(self._hub.door, _TERM, law, now=instant)
        for code in self._chance.sample(list(self._records), min(5, len(self._records))):
            kept = await kept_record(self._hub.door, code)
            found = archived(kept, _TERM, law)
            if found is not None and found[0] <= instant:
                due = Due(found[0], kept, found[1])
                await archivist.archive(due, writer=writer_name(), is_gone=writer_is_gone)
                self._count("archived")
                return

    async def _change_the_law(self) -> None:
        """A new rule set, or a legal basis that ends; of a day that may long have begun."""
        known = await self._hub.catalogues.known(None)
        number, day = known[-1].number + 1, day_of(self._chance.choice(DAYS[2:]))
        publishing = Publishing(day, fresh_name("示规"), retroactive=True)
        bases = list((await self._hub.catalogues.current()).legal_bases)
        if self._chance.random() < 0.5:
            await self._hub.rulebook.draft(
                next_catalogue(self._folder / str(number), number=number)
            )
            await self._hub.rulebook.publish(number, publishing, revives=bases)
            self._count("rule set")
            return
        try:
            await self._hub.rulebook.repeal(self._chance.choice(bases), publishing)
            self._count("repeal")
        except (BasisNotInForce, RuleSetTransition):
            return

    def _units(self) -> list[Ref]:
        """Of the worlds; a unit of each."""
        return [Ref("Unit", world.ids["U0"]) for world in self._worlds]


def _deliveries() -> list[Fact]:
    told = (fact for fact in shared_laws.facts() if fact.kind == "SourceGeneration")
    return held_of(told, {})


def _is_unit(fact: Fact) -> bool:
    return fact.kind == "UnitState"


def _by_identity(facts: Iterable[Fact]) -> Facts:
    return {(fact.kind, fact.subject, fact.object, fact.key): fact for fact in facts}
