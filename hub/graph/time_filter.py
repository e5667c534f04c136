"""The one filter that applies both clocks to a read.

`at` and `known` are `datetime` expressions of the statement, built by `datetime({epochMillis: …})`:
another zone form of the same instant would fall on the wrong side of a boundary.
"""

from typing import LiteralString

from hub.domain.clocks import OPEN_END, Millis


def clocks(at: LiteralString = "$at", known_at: LiteralString = "$known") -> LiteralString:
    """`WITH` items that set `at` and `known` from epoch milliseconds, with `knownUpTo` in scope.

    Nothing is read later than `knownUpTo`: whatever is being written carries a later tick.
    """
    return (
        f"datetime({{epochMillis: {at}}}) AS at,"
        f" CASE WHEN {known_at} < knownUpTo.epochMillis"
        f" THEN datetime({{epochMillis: {known_at}}}) ELSE knownUpTo END AS known"
    )


def as_known(known_at: Millis | None) -> Millis:
    """How it travels: NULL is of another type, for which Neo4j plans a statement anew."""
    return OPEN_END if known_at is None else known_at


_READ_THE_CLOCK: LiteralString = """MATCH (k:KnowledgeClock {id: 1})
WITH k.knownUpTo AS knownUpTo
"""
TELL_THE_CLOCK: LiteralString = "RETURN knownUpTo.epochMillis AS knownUpTo"
"""How the one row of a statement begins that `knowledge_clock.read_known` runs."""


def at_the_clocks(at: LiteralString = "$at", known_at: LiteralString = "$known") -> LiteralString:
    """How a statement begins that reads all as of the same clocks: `at` and `known` are set."""
    return f"{_READ_THE_CLOCK}WITH knownUpTo, {clocks(at, known_at)}\n"


def each_at_its_clocks(answer: LiteralString, name: LiteralString) -> LiteralString:
    """A statement that answers each of `$lists.asks` as `q` at its own `q.at` and `q.known`.

    `answer` reads and returns what the one row tells as a list by that name.
    """
    return f"""{_READ_THE_CLOCK}{TELL_THE_CLOCK}, COLLECT {{
UNWIND $lists.asks AS q
WITH q, {clocks("q.at", "q.known")}
{answer}
}} AS {name}
"""


def known(fact: LiteralString, as_of: LiteralString = "known") -> LiteralString:
    """The hub held the fact to be so at `known`, or at the instant `as_of`."""
    return f"({fact}.recordedFrom <= {as_of} AND {fact}.recordedTo > {as_of})"


def recorded(fact: LiteralString) -> LiteralString:
    """The hub had come to hold the fact to be so by `known`, and may have corrected it since.

    Only a history reads so.
    """
    return f"({fact}.recordedFrom <= known)"


def held_from(fact: LiteralString) -> LiteralString:
    """Known, and holding in the world at `at` or later.

    Only a check reads so, to learn until when its answer stays right; `checks.decide` takes the
    facts of one instant from what was read.
    """
    return f"({fact}.validTo > at AND {known(fact)})"


def held(fact: LiteralString, when: LiteralString = "at") -> LiteralString:
    """Known, and holding in the world at `when`."""
    return f"({fact}.validFrom <= {when} AND {fact}.validTo > {when} AND {known(fact)})"
