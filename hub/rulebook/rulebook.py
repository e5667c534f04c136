"""The rule sets of one graph: drafted, published, amended by the repeal of a basis."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import orjson

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span, day_start
from hub.domain.facts import Batch
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus, newest_published
from hub.errors import CatalogueMissing, RuleSetNotFound, RuleSetRetroactive
from hub.intake.catalogue import Content, parse_catalogue, read_catalogue, stored_catalogue
from hub.intake.rule_sets import change_batch, legal_basis_states, state_fact
from hub.rulebook.lifecycle import is_published, publication, require_begun, require_next
from hub.rulebook.repeal import life_of, without_basis


class RuleSets(Protocol):
    async def known(self) -> Sequence[KnownRuleSet]:
        """Every rule set by number, drafts among them."""
        ...

    async def body(self, content_hash: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Publishing:
    """From which day, by the document of which number; of a day gone by only where meant so."""

    start: date
    document: str
    retroactive: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a rule set; not `changed` where it was so already."""

    number: int
    changed: bool


class Rulebook:
    """`keep` imports a batch whole or not at all; `now` gives the hub's wall clock."""

    def __init__(
        self,
        rule_sets: RuleSets,
        *,
        keep: Callable[[Batch], Awaitable[object]],
        now: Callable[[], Millis],
    ) -> None:
        self._rule_sets = rule_sets
        self._keep = keep
        self._now = now

    async def catalogue(self, number: int) -> Catalogue:
        """Raises `RuleSetNotFound`."""
        return stored_catalogue(await self._content(number, await self._rule_sets.known()))

    async def draft(self, folder: Path) -> Change:
        """The catalogue of the folder as the next rule set, to explore: it decides nothing yet.

        Raises `CatalogueRefused`, `RuleSetNotNext`.
        """
        files, known = read_catalogue(folder), await self._rule_sets.known()
        catalogue = files.catalogue
        if any(one.content_hash == catalogue.content_hash for one in known):
            return Change(catalogue.number, changed=False)
        require_next(known, catalogue.number)
        draft = RuleSetState(RuleSetStatus.DRAFT, Span(self._now()))
        facts = [state_fact(catalogue.number, draft)]
        await self._keep(change_batch(files.content, catalogue, facts))
        return Change(catalogue.number, changed=True)

    async def publish(self, number: int, publishing: Publishing) -> Change:
        """Let the rule set decide from the day on; all that was published ends there.

        Raises `RuleSetNotFound`, `RuleSetTransition`, `RuleSetRetroactive`.
        """
        known = await self._rule_sets.known()
        content = await self._content(number, known)
        if is_published(known, number, day_start(publishing.start), publishing.document):
            return Change(number, changed=False)
        await self._publish(content, known, publishing)
        return Change(number, changed=True)

    async def repeal(self, basis: str, publishing: Publishing) -> Change:
        """The newest rule set published, with the basis ending on the day, as the next one.

        Raises `UnknownCode`, `BasisNotInForce`, `RuleSetTransition`, `RuleSetRetroactive`.
        """
        known, day = await self._rule_sets.known(), publishing.start
        newest = newest_published(known)
        if newest is None:
            raise CatalogueMissing
        content = await self._content(newest.number, known)
        catalogue = parse_catalogue(content)
        if life_of(basis, catalogue).end == day_start(day):
            return Change(newest.number, changed=False)
        require_begun(newest, day_start(day))
        number = known[-1].number + 1
        derived = without_basis(content, catalogue, basis, day, number=number)
        await self._publish(derived, known, publishing)
        return Change(number, changed=True)

    async def _publish(
        self, content: Content, known: Sequence[KnownRuleSet], publishing: Publishing
    ) -> None:
        catalogue, start = parse_catalogue(content), day_start(publishing.start)
        if start < self._now() and not publishing.retroactive:
            raise RuleSetRetroactive(catalogue.number, publishing.start.isoformat())
        facts, withdrawn = publication(known, catalogue.number, start, publishing.document)
        facts = [*facts, *legal_basis_states(catalogue)]
        await self._keep(change_batch(content, catalogue, facts, withdrawn))

    async def _content(self, number: int, known: Sequence[KnownRuleSet]) -> Content:
        rule_set = next((one for one in known if one.number == number), None)
        body = await self._rule_sets.body(rule_set.content_hash) if rule_set else None
        if body is None:
            raise RuleSetNotFound(number, [one.number for one in known])
        return orjson.loads(body)
