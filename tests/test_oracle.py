"""The engine on Neo4j answers as the oracle does, on random worlds at random clocks.

Hypothesis draws the worlds; they are loaded many at a time. A world in which the two differ is
taken apart fact by fact, and what is left of it is shown.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from hub.domain.verdict import Verdict
from hub.domain.vocabulary import Outcome
from hub.graph.door import Door
from hub.wiring import open_hub
from tests.asked_worlds import Engine, Said
from tests.conftest import OwnNeo4j
from tests.loaded_worlds import LoadedWorlds, Placed
from tests.oracle import answer
from tests.oracle_facts import GRAVITY, Answer
from tests.random_worlds import Asking, Told, askings, drawn, worlds
from tests.shared_laws import DAYS, TICKS

_WORLDS = 2_000
_AT_ONCE = 25
"""Worlds of one load."""
_ASKINGS = 2
"""Pairs of clocks at which each load is asked."""
_ASKED_ONE_BY_ONE = 20
_FEW = 60
"""Worlds that are enough for a law."""
_BEFORE_ANY_RULE_SET = Asking(
    DAYS[0] - 1, TICKS[1], ("MARKET_ACCESS", "APPLICANT"), ("TRANSFER_IN", "CANDIDATE")
)
"""In scenarios that a rule set known only later does not have."""


@pytest.fixture(scope="module")
async def door(doomed_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Door]:
    """To a Neo4j of its own: the rule sets of the worlds are in force for everybody in it."""
    async with open_hub(doomed_neo4j.settings) as hub:
        yield hub.door


@pytest.fixture(scope="module")
async def loader(door: Door, anyio_backend: str) -> LoadedWorlds:
    loader = LoadedWorlds(door)
    await loader.load_laws()
    return loader


@pytest.fixture(scope="module")
def engine(door: Door) -> Engine:
    return Engine(door)


async def test_the_engine_answers_as_the_oracle_does(
    loader: LoadedWorlds, engine: Engine, request: pytest.FixtureRequest
) -> None:
    told = drawn(worlds(), request.config.getoption("--worlds") or _WORLDS)
    loads = [told[begin : begin + _AT_ONCE] for begin in range(0, len(told), _AT_ONCE)]
    asked = drawn(askings(), _ASKINGS * len(loads))

    for place, load in enumerate(loads):
        placed = await loader.load(load)
        for asking in asked[place :: len(loads)]:
            for said in await engine.answers(placed, asking):
                if said.answer != answer(said.world.world, said.question):
                    pytest.fail(await _difference(loader, engine, said))


async def test_every_form_of_the_check_gives_the_same_verdict(
    loader: LoadedWorlds, engine: Engine
) -> None:
    placed = await loader.load(drawn(worlds(), _ASKED_ONE_BY_ONE))

    for asking in [*drawn(askings(), _ASKINGS), _BEFORE_ANY_RULE_SET]:
        for said in await engine.answers(placed, asking):
            assert said.answer == answer(said.world.world, said.question)
            single = await engine.single(said.world, said.question)
            assert single.id == said.id
            assert (await engine.many(said)).id == said.id
            assert (await engine.replayed(said)).id == said.id
            if not said.question.subject.startswith("P-"):
                assert (await engine.matrix(said)).id == said.id


async def test_a_list_of_restricted_units_has_every_unit_of_the_region_and_no_other(
    loader: LoadedWorlds, engine: Engine
) -> None:
    placed = await loader.load(drawn(worlds(), _ASKED_ONE_BY_ONE))

    for asking in drawn(askings(), _ASKINGS):
        for said in await engine.answers(placed, asking):
            if isinstance(said.verdict, Verdict) and _lies_in(said, "G0"):
                for at_least in (Outcome.RESTRICT, Outcome.REFERENCE, Outcome.ATTENTION):
                    listed = await engine.restricted(said, "G0", at_least)
                    assert listed == (said.verdict.outcome.gravity >= at_least.gravity)


async def test_one_record_less_never_makes_an_answer_graver(
    loader: LoadedWorlds, engine: Engine
) -> None:
    told = drawn(worlds(), _FEW)
    fewer = await loader.load([_without(world, "R0") for world in told])

    for more, less in await _pairs(engine, await loader.load(told), fewer):
        assert more.answer.refused == less.answer.refused
        assert GRAVITY.index(more.answer.outcome) >= GRAVITY.index(less.answer.outcome)


async def test_other_names_another_order_and_two_loads_change_nothing(
    loader: LoadedWorlds, engine: Engine
) -> None:
    told = drawn(worlds(), _FEW)
    turned = [replace(world, facts=world.facts[::-1]) for world in told]
    halved = await loader.load(turned, parts=2)

    for one, other in await _pairs(engine, await loader.load(told), halved):
        assert one.answer == other.answer


async def test_what_a_guard_cuts_is_never_clear(
    loader: LoadedWorlds, engine: Engine, door: Door
) -> None:
    placed = await loader.load(drawn(worlds(), _FEW))
    guarded = Engine(door, guard=1)

    for asking in drawn(askings(), 2 * _ASKINGS):
        answers = await engine.answers(placed, asking), await guarded.answers(placed, asking)
        for whole, cut in zip(*answers, strict=True):
            if cut.answer.complete:
                assert cut.id == whole.id
            else:
                assert cut.answer.outcome not in ("CLEAR", "ATTENTION")


async def test_before_anything_was_known_units_are_unknown_and_persons_uncovered(
    loader: LoadedWorlds, engine: Engine
) -> None:
    placed = await loader.load(drawn(worlds(), _FEW))
    [asking] = drawn(askings(), 1)

    for said in await engine.answers(placed, replace(asking, known=TICKS[0] - 1)):
        is_person = said.question.subject.startswith("P-")
        assert said.answer == (Answer() if is_person else Answer(refused="UNKNOWN_UNIT"))


async def _pairs(
    engine: Engine, some: Sequence[Placed], others: Sequence[Placed]
) -> Sequence[tuple[Said, Said]]:
    """What is said of the one and of the other, asked the same."""
    pairs: list[tuple[Said, Said]] = []
    for asking in drawn(askings(), _ASKINGS):
        answers = await engine.answers(some, asking), await engine.answers(others, asking)
        pairs += zip(*answers, strict=True)
    return pairs


def _without(told: Told, thing: str) -> Told:
    return replace(told, facts=tuple(f for f in told.facts if thing not in (f.start, f.end)))


def _lies_in(said: Said, region: str) -> bool:
    """The unit, in a region that there was."""
    question = said.question
    holding = {
        (fact.kind, fact.start, fact.end)
        for fact in said.world.told.facts
        if fact.valid.holds(question.at) and fact.recorded.holds(question.known)
    }
    return {("IN_REGION", question.subject, region), ("RegionState", region, None)} <= holding


async def _difference(loader: LoadedWorlds, engine: Engine, said: Said) -> str:
    """The smallest world found in which the two still differ, and what they say of it."""
    found = said
    while smaller := await _smaller(loader, engine, found):
        found = smaller
    oracle = answer(found.world.world, found.question)
    return f"{found.question}\n{found.world.told}\nengine: {found.answer}\noracle: {oracle}"


async def _smaller(loader: LoadedWorlds, engine: Engine, said: Said) -> Said | None:
    """Without one of the facts, and still different."""
    facts = said.world.told.facts
    fewer = (facts[:place] + facts[place + 1 :] for place in range(len(facts)))
    worlds = [replace(said.world.told, facts=left) for left in fewer]
    placed = await loader.load([one for one in worlds if said.question.subject in one.subjects])
    for world in placed:
        again = await engine.single(world, said.question)
        if again.answer != answer(world.world, said.question):
            return again
    return None
