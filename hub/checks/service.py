"""Check a subject: read the facts in one statement, decide in a pure function, answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from hub.checks.decide import decide
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, format_instant
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.verdict import Ask, Mark, Verdict
from hub.errors import KnownAtInFuture

_CALLERS_AHEAD_MS = 60_000
"""A caller's clock may be so much ahead of ours and still mean now."""


class FactReader(Protocol):
    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        """What is known about each subject, in the order given; one knowledge instant for all."""
        ...


class CatalogueReader(Protocol):
    async def current(self) -> Catalogue:
        """The newest rule set. Raises `CatalogueMissing` before the first seed."""
        ...

    async def by_hash(self, hashes: Sequence[str]) -> Mapping[str, Catalogue]:
        """The rule sets of those hashes, all of them."""
        ...


class CheckService:
    """`now` gives the hub's wall clock; the answer's knowledge instant is the graph's own."""

    def __init__(
        self, facts: FactReader, catalogues: CatalogueReader, *, now: Callable[[], Millis]
    ) -> None:
        self._facts = facts
        self._catalogues = catalogues
        self._now = now

    async def check(self, ask: Ask) -> Verdict:
        """Raises `InvalidInput`, `UnitNotFound`, `GraphProblem`. An unknown person is no error."""
        now = self._now()
        if ask.known_at is not None and ask.known_at > now:
            raise KnownAtInFuture(format_instant(ask.known_at), format_instant(now))
        at = now if ask.effective_at is None else ask.effective_at
        [known] = await self._facts.read([ask.subject], at=at, known_at=ask.known_at)
        hashes = [rule_set.content_hash for rule_set in known.rule_sets]
        return decide(
            ask,
            known,
            await self._catalogues.by_hash(hashes),
            current=await self._catalogues.current(),
            marks=(Mark.FORECAST,) if at > now + _CALLERS_AHEAD_MS else (),
        )
