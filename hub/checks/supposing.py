"""Answers about what is not so: were something otherwise, and at other clocks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from hub.checks.comparing import changes
from hub.checks.hypotheses import suppose, under
from hub.checks.service import CheckService
from hub.checks.timeline import Moment, Timeline
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.comparison import Comparison
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.suppositions import DebtKnown, Supposition
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Mark, Verdict
from hub.domain.vocabulary import SubjectKind
from hub.errors import UnitsOnly


class DebtReader(Protocol):
    async def debts(
        self, codes: Sequence[str], subject: SubjectId, clocks: Clocks
    ) -> list[DebtKnown]:
        """Those of the debts that are known at the clocks."""
        ...


class RuleSetFinder(Protocol):
    async def named(self, given: str, known_at: Millis) -> Catalogue:
        """By number or content hash, drafts too. Raises `RuleSetNotFound`."""
        ...


class SupposingService:
    def __init__(self, checks: CheckService, debts: DebtReader, rule_sets: RuleSetFinder) -> None:
        self._checks = checks
        self._debts = debts
        self._rule_sets = rule_sets

    async def what_if(self, ask: Ask, supposition: Supposition) -> Verdict:
        """Marked hypothetical.

        Raises `UnitsOnly`, `NotOfSubject`, `RuleSetNotFound` and what `check` raises.
        """
        _require_unit(ask, "whatIf")
        known = await self._checks.read(ask.subject, ask.effective_at, ask.known_at)
        if supposition.rule_set is not None:
            named = await self._rule_sets.named(supposition.rule_set, known.known_at)
            known = under(known, named)
        decider = await self._checks.decider(known)
        clocks, codes = Clocks(known.at, known.known_at), supposition.debts_paid
        debts = await self._debts.debts(codes, ask.subject, clocks) if codes else []
        supposed = suppose(known, supposition, debts, decider.law(known))
        marks = (*decider.marks, Mark.HYPOTHETICAL)
        return replace(decider, marks=marks).verdict(ask, supposed)

    async def compare(self, before: Ask, after: Ask) -> Comparison:
        """One question at two pairs of clocks. Raises `UnitsOnly` and what `check` raises."""
        _require_unit(before, "compare")
        old, earlier = await self._answered(before)
        new, later = await self._answered(after)
        return Comparison(old, new, changes(earlier, later))

    async def _answered(self, ask: Ask) -> tuple[Verdict, Moment]:
        known = await self._checks.read(ask.subject, ask.effective_at, ask.known_at)
        decider = await self._checks.decider(known)
        timeline = Timeline(ask, known, decider.catalogues, decider.current)
        return decider.verdict(ask, known), timeline.moment(known.at)


def _require_unit(ask: Ask, form: str) -> None:
    if subject_kind(ask.subject) is SubjectKind.PERSON:
        raise UnitsOnly(form)
