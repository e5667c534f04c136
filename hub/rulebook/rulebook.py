"""The rule sets of one graph: drafted, published, amended by the repeal of a basis."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

import orjson

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span, day_start
from hub.domain.facts import Batch
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus, newest_published
from hub.errors import BasisRevived, CatalogueMissing, RuleSetNotFound, RuleSetRetroactive
from hub.intake.catalogue import (
    Content,
    content_hash,
    parse_catalogue,
    read_catalogue,
    stored_catalogue,
)
from hub.intake.rule_sets import (
    SOURCE,
    change_batch,
    content_of,
    legal_basis_states,
    rule_set_batch,
    state_fact,
)
from hub.rulebook.lifecycle import (
    is_published,
    publication,
    require_begun,
    require_next,
    seeded,
    taken_place_of,
)
from hub.rulebook.lint import Finding, lint, of_revivals
from hub.rulebook.repeal import cites, life_of, require_only_ends, without_basis
from hub.rulebook.revival import Revival, as_taken, number_of, revivals, taken_before


class RuleSets(Protocol):
    async def known(self) -> Sequence[KnownRuleSet]:
        """Every rule set by number, drafts among them."""
        ...

    async def body(self, content_hash: str) -> str | None: ...


class Importer(Protocol):
    async def keep(self, batch: Batch) -> object:
        """All of it or nothing."""
        ...

    async def has_kept(self, source: str, content_hash: str) -> bool:
        """Whether that content was ever imported from the source."""
        ...


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


class Amendment(NamedTuple):
    """What decides on the day, and what a repeal would put in its place.

    Where it is so already, both are the newest rule set published.
    """

    before: Catalogue
    after: Catalogue
    content: Content


class Rulebook:
    """`alone` lets nobody else import until its block ends; `now` gives the hub's wall clock.

    What becomes of rule sets is made of what is known of them, so both happen in one such block:
    of two who publish at once the second finds what the first has published.
    """

    def __init__(
        self,
        rule_sets: RuleSets,
        *,
        alone: Callable[[], AbstractAsyncContextManager[Importer]],
        now: Callable[[], Millis],
    ) -> None:
        self._rule_sets = rule_sets
        self._alone = alone
        self._now = now

    async def catalogue(self, number: int) -> Catalogue:
        """Raises `RuleSetNotFound`."""
        return stored_catalogue(await self._content(number, await self._rule_sets.known()))

    async def findings(self, number: int) -> list[Finding]:
        """What lint finds, and which bases a draft would revive. Raises `RuleSetNotFound`."""
        known = await self._rule_sets.known()
        content = await self._content(number, known)
        is_draft = any(one.is_draft for one in known if one.number == number)
        revived = await self._revivals(content, known) if is_draft else ()
        return [*lint(stored_catalogue(content)), *of_revivals(revived)]

    async def draft(self, folder: Path) -> Change:
        """The catalogue of the folder as the next rule set, to explore: it decides nothing yet.

        Raises `CatalogueRefused`, `RuleSetNotNext`.
        """
        files = read_catalogue(folder)
        catalogue = files.catalogue
        async with self._alone() as importer:
            known = await self._rule_sets.known()
            if any(one.content_hash == catalogue.content_hash for one in known):
                return Change(catalogue.number, changed=False)
            require_next(known, catalogue.number)
            draft = RuleSetState(RuleSetStatus.DRAFT, Span(self._now()))
            facts = [state_fact(catalogue.number, draft)]
            await importer.keep(change_batch(files.content, catalogue, facts))
        return Change(catalogue.number, changed=True)

    async def publish(
        self, number: int, publishing: Publishing, *, revives: Collection[str] = ()
    ) -> Change:
        """Let the rule set decide from the day on; all that was published ends there.

        A basis whose end was published ends later, or never, only if `revives` names it. Raises
        `RuleSetNotFound`, `RuleSetTransition`, `RuleSetRetroactive`, `BasisRevived`.
        """
        async with self._alone() as importer:
            known = await self._rule_sets.known()
            content = await self._content(number, known)
            if is_published(known, number, day_start(publishing.start), publishing.document):
                return Change(number, changed=False)
            self._require_to_come(number, publishing)
            for one in await self._revivals(content, known):
                if one.basis not in revives:
                    raise BasisRevived(number, one.basis, one.words)
            catalogue = parse_catalogue(content)
            await importer.keep(_published(content, catalogue, known, publishing))
        return Change(number, changed=True)

    async def repeal(self, basis: str, publishing: Publishing) -> Change:
        """The newest rule set published, with the basis ending on the day, as the next one.

        The day may come before that from which the newest decides, where all that it brings is
        the end of bases. Raises what `amendment` raises.
        """
        async with self._alone() as importer:
            known = await self._rule_sets.known()
            before, after, content = await self._amendment(basis, publishing, known)
            if after is before:
                return Change(before.number, changed=False)
            await importer.keep(_published(content, after, known, publishing))
        return Change(after.number, changed=True)

    async def shipped(self, batch: Batch, importer: Importer) -> Batch:
        """The rule set of the seeds as this graph takes it, to which nobody else imports meanwhile.

        It revives no basis, and has the next number where its own is that of a rule set which did
        not ship. Raises `RuleSetTransition`.
        """
        known = await self._rule_sets.known()
        if not any(one.content_hash == batch.content_hash for one in known if not one.is_draft):
            content = await self._taken(content_of(batch), known, importer)
            taken = rule_set_batch(content, parse_catalogue(content))
            batch = replace(taken, content_hash=batch.content_hash)
        return seeded(batch, known)

    async def amendment(self, basis: str, publishing: Publishing) -> Amendment:
        """What `repeal` would publish; nothing is written.

        Raises `UnknownCode`, `BasisNotInForce`, `RuleSetTransition`, `RuleSetRetroactive`.
        """
        return await self._amendment(basis, publishing, await self._rule_sets.known())

    async def _taken(
        self, content: Content, known: Sequence[KnownRuleSet], importer: Importer
    ) -> Content:
        number = number_of(content)
        holder = next((one for one in known if one.number == number), None)
        if holder and await importer.has_kept(SOURCE, holder.content_hash):
            return content  # a change of what shipped: the import refuses it
        published = await self._published(known)
        taken = as_taken(content, published, number)
        if holder and holder.content_hash != content_hash(taken):
            following = as_taken(content, published, known[-1].number + 1)
            return taken_before(content, published) or following
        return taken

    async def _revivals(self, content: Content, known: Sequence[KnownRuleSet]) -> list[Revival]:
        return revivals(content, await self._published(known))

    async def _published(self, known: Sequence[KnownRuleSet]) -> list[Content]:
        return [await self._content(one.number, known) for one in known if not one.is_draft]

    async def _amendment(
        self, basis: str, publishing: Publishing, known: Sequence[KnownRuleSet]
    ) -> Amendment:
        newest, start = newest_published(known), day_start(publishing.start)
        if newest is None:
            raise CatalogueMissing
        content = await self._content(newest.number, known)
        law = parse_catalogue(content)
        earlier = [
            (stored_catalogue(await self._content(rule_set.number, known)), time)
            for rule_set, time in taken_place_of(known, newest.number, start)
        ]
        ended = life_of(basis, law).end == start
        if ended and not any(cites(one, basis, time) for one, time in earlier):
            return Amendment(law, law, content)
        require_begun(known, newest.number, start)
        for one, time in earlier:
            require_only_ends(law, one, until=time.end)
        number = known[-1].number + 1
        amended = without_basis(content, law, basis, publishing.start, number=number)
        self._require_to_come(number, publishing)
        before = earlier[0][0] if earlier else law
        return Amendment(before, parse_catalogue(amended), amended)

    def _require_to_come(self, number: int, publishing: Publishing) -> None:
        if day_start(publishing.start) < self._now() and not publishing.retroactive:
            raise RuleSetRetroactive(number, publishing.start.isoformat())

    async def _content(self, number: int, known: Sequence[KnownRuleSet]) -> Content:
        rule_set = next((one for one in known if one.number == number), None)
        body = await self._rule_sets.body(rule_set.content_hash) if rule_set else None
        if body is None:
            raise RuleSetNotFound(number, [one.number for one in known])
        return orjson.loads(body)


def _published(
    content: Content,
    catalogue: Catalogue,
    known: Sequence[KnownRuleSet],
    publishing: Publishing,
) -> Batch:
    start = day_start(publishing.start)
    facts, withdrawn = publication(known, catalogue.number, start, publishing.document)
    facts = [*facts, *legal_basis_states(catalogue)]
    return change_batch(content, catalogue, facts, withdrawn)
