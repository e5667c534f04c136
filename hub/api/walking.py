"""What lies below an object, answered level by level: one read a relation, no task a thing.

The executor would start a task for each thing of a level. A walk does the same for all of them at
once: plain fields by their plan, then each relation for all things together, then what that leads
to. It stands for answers without errors only: whatever else it meets, it raises, and the executor
does that object over in its own way.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol, cast

from graphql import FieldNode, FragmentDefinitionNode, GraphQLField

Answer = dict[str, Any]
Given = Mapping[str, Any]


class Unforeseen(Exception):
    """A value that a plan does not stand for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the schema, and the nodes of the query's text that ask for it."""

    field: GraphQLField
    nodes: tuple[FieldNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]


class Many(Protocol):
    async def many(
        self, owners: Sequence[Any], context: Any, asked: Asked, given: Given
    ) -> Sequence[Any]:
        """What the field leads to from each owner, in their order; None where it is withheld."""
        ...


@dataclass(frozen=True, slots=True)
class Walk:
    """How objects of one class are answered; `plain` leaves None in the places of `steps`."""

    plain: Callable[[Any], Answer]
    steps: "tuple[Step, ...]"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The walk for each class of object; None stands for itself where the schema lets it."""

    walks: Mapping[type, Walk]
    nullable: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One field of a walk: `leads` gives what it leads to from each object, or lists of that."""

    name: str
    leads: "Leads"
    listed: bool
    kinds: Kinds


class Leads(Protocol):
    async def __call__(self, objects: Sequence[Any], run: "Run") -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Run:
    """What one request brings: `given` coerces the arguments of a field."""

    context: Any
    given: Callable[[Asked], Given]


async def walk(way: Walk, objects: Sequence[Any], run: Run) -> list[Answer]:
    """The answers of the objects, in their order. Raises when one of them has an error."""
    answers = [way.plain(one) for one in objects]
    if way.steps:
        found = await _together([_step(step, objects, run) for step in way.steps])
        for step, values in zip(way.steps, found, strict=True):
            for answer, value in zip(answers, values, strict=True):
                answer[step.name] = value
    return answers


async def _together(steps: Sequence[Any]) -> Sequence[Any]:
    return [await steps[0]] if len(steps) == 1 else await asyncio.gather(*steps)


async def _step(step: Step, objects: Sequence[Any], run: Run) -> list[Any]:
    led = await step.leads(objects, run)
    if not step.listed:
        return await _answers(step.kinds, led, run)
    if any(type(items) is not list for items in led):
        raise Unforeseen
    items: list[Any] = [*chain.from_iterable(cast("Sequence[list[Any]]", led))]
    answers = iter(await _answers(step.kinds, items, run))
    return [[next(answers) for _ in led_to] for led_to in led]


async def _answers(kinds: Kinds, objects: Sequence[Any], run: Run) -> list[Any]:
    """Each class of object by its own walk, all of a class together."""
    by_class: dict[type[Any], list[int]] = {}
    for place, one in enumerate(objects):
        by_class.setdefault(cast("type[Any]", type(one)), []).append(place)
    answers: list[Any] = [None] * len(objects)
    for own, places in by_class.items():
        if own is type(None) and kinds.nullable:
            continue
        way = kinds.walks.get(own)
        if way is None:
            raise Unforeseen
        walked = await walk(way, [objects[place] for place in places], run)
        _put(answers, places, walked)
    return answers


def _put(answers: list[Any], places: Iterable[int], walked: Iterable[Answer]) -> None:
    for place, answer in zip(places, walked, strict=True):
        answers[place] = answer
