"""Rule sets in a real graph: drafts decide nothing, publications and repeals from a day on."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from hub.checks.identity import body
from hub.domain.clocks import OPEN_END, Millis, Span, day_start, format_shanghai
from hub.domain.facts import Batch
from hub.domain.identifiers import SubjectId
from hub.domain.rule_sets import RuleSetState, RuleSetStatus
from hub.domain.verdict import Ask, Verdict
from hub.domain.vocabulary import Outcome
from hub.errors import (
    BasisNotInForce,
    ImportRefused,
    RuleSetNotFound,
    RuleSetNotNext,
    RuleSetRetroactive,
    RuleSetTransition,
    UnknownCode,
)
from hub.intake.catalogue import parse_catalogue
from hub.intake.rule_sets import rule_set_batch
from hub.rulebook.repeal import without_basis
from hub.rulebook.rulebook import Change, Publishing
from hub.settings import Settings
from hub.wiring import Hub, open_hub
from scripts.docs.markdown import rows_under
from tests.rule_sets import known_up_to, next_catalogue
from tests.rulebook.law import FILES, LAW
from tests.worlds import DAY

PAGE = Path(__file__).parents[2] / "docs" / "when-a-clause-is-repealed.md"
DRAFT, PUBLISHED, SUPERSEDED = RuleSetStatus
SHIPPED = LAW.number
NEXT, AFTER = SHIPPED + 1, SHIPPED + 2
FIRST = day_start(LAW.in_force_from)
CHANGE_DAY = date(2027, 1, 1)
CHANGE = day_start(CHANGE_DAY)
BEFORE = Millis(CHANGE - 1)
PUBLISHING = Publishing(CHANGE_DAY, "示规〔2026〕1号", retroactive=True)
SOONER_DAY = date(2026, 12, 1)
SOONER = day_start(SOONER_DAY)
LEARNT_LATER = Publishing(SOONER_DAY, "示规〔2026〕2号", retroactive=True)
ON_EITHER_SIDE = [Millis(SOONER - 1), SOONER, BEFORE, CHANGE]
CIRCULAR, OPINIONS = "FGCJ-2023-1103", "YJ-2025-0321-2-1"
UNIT = SubjectId("11159900990000236Y")
SUPPLIER = SubjectId("12159900990000383D")


async def funded(hub: Hub, at: Millis, known_at: Millis | None = None) -> Verdict:
    ask = Ask(UNIT, "FUNDING_SUPPORT", effective_at=at, known_at=known_at)
    return await hub.checks.check(ask)


def grounds(verdict: Verdict) -> dict[str, list[str]]:
    """Codes of the bases cited, by rule."""
    return {
        ground.rule: [basis.code for basis in ground.bases] for ground in verdict.judgement.grounds
    }


def number_of(verdict: Verdict) -> int:
    assert verdict.rule_set is not None
    return verdict.rule_set.number


async def told_at(hub: Hub, known_at: Millis | None = None) -> list[tuple[int, list[str]]]:
    """Number of the rule set and the rules that ground the answer, on either side of both days."""
    answers = [await funded(hub, at, known_at) for at in ON_EITHER_SIDE]
    return [(number_of(one), sorted(grounds(one))) for one in answers]


async def states(hub: Hub) -> dict[int, list[RuleSetState]]:
    return {one.number: list(one.states) for one in await hub.catalogues.known(None)}


async def test_a_draft_can_be_explored_and_decides_nothing(law: Hub, tmp_path: Path) -> None:
    folder = next_catalogue(tmp_path / "next", number=NEXT)
    before = await funded(law, DAY)

    drafted = await law.rulebook.draft(folder)
    again = await law.rulebook.draft(folder)
    known = await law.catalogues.known(None)

    assert (drafted, again) == (Change(NEXT, changed=True), Change(NEXT, changed=False))
    assert [one.number for one in known] == [SHIPPED, NEXT]
    assert [state.status for state in known[1].states] == [DRAFT]
    assert (
        (await law.rulebook.catalogue(NEXT))
        .measures["NO_TRANSFER_IN"]
        .title.zh.endswith(f"{NEXT}号）")
    )
    assert (await law.catalogues.current()).number == SHIPPED
    assert (await funded(law, DAY)).content_id == before.content_id


async def test_a_publication_ends_the_one_before_on_its_day(law: Hub, tmp_path: Path) -> None:
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    tick = await known_up_to(law)
    assert (await law.catalogues.current()).number == SHIPPED

    published = await law.rulebook.publish(NEXT, PUBLISHING)
    told = await states(law)

    assert published == Change(NEXT, changed=True)
    assert told[SHIPPED] == [
        RuleSetState(PUBLISHED, Span(FIRST, CHANGE)),
        RuleSetState(SUPERSEDED, Span(CHANGE), PUBLISHING.document),
    ]
    assert told[NEXT][-1] == RuleSetState(PUBLISHED, Span(CHANGE), PUBLISHING.document)
    assert [number_of(await funded(law, at)) for at in (BEFORE, CHANGE)] == [SHIPPED, NEXT]
    assert number_of(await funded(law, CHANGE, tick)) == SHIPPED
    assert (await funded(law, BEFORE)).valid_until == CHANGE
    assert (await law.catalogues.current()).number == NEXT
    published_at = await known_up_to(law)
    assert await law.rulebook.publish(NEXT, PUBLISHING) == Change(NEXT, changed=False)
    assert (await known_up_to(law), await states(law)) == (published_at, told)


async def test_what_is_no_step_from_draft_to_published_is_refused(law: Hub, tmp_path: Path) -> None:
    soon = Publishing(date(9000, 1, 1), "示规〔2026〕2号")
    after = next_catalogue(tmp_path / "after", number=AFTER)
    with pytest.raises(RuleSetNotNext) as caught:
        await law.rulebook.draft(after)
    assert caught.value.following == NEXT
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    await law.rulebook.draft(after)

    with pytest.raises(RuleSetNotFound):
        await law.rulebook.publish(9, soon)
    with pytest.raises(RuleSetTransition):
        await law.rulebook.publish(SHIPPED, soon)
    with pytest.raises(RuleSetRetroactive):
        await law.rulebook.publish(NEXT, Publishing(date(2026, 1, 1), "示规〔2026〕2号"))
    await law.rulebook.publish(AFTER, soon)
    with pytest.raises(RuleSetTransition):
        await law.rulebook.publish(NEXT, soon)
    assert (await states(law))[NEXT][-1].status is DRAFT


async def test_what_was_known_before_a_retroactive_publication_still_replays(
    law: Hub, tmp_path: Path
) -> None:
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    tick = await known_up_to(law)
    before = await funded(law, DAY)

    await law.rulebook.publish(NEXT, Publishing(LAW.in_force_from, "示规〔2026〕3号", True))
    told = await states(law)

    assert told[SHIPPED] == [RuleSetState(SUPERSEDED, Span(FIRST), "示规〔2026〕3号")]
    assert told[NEXT] == [RuleSetState(PUBLISHED, Span(FIRST), "示规〔2026〕3号")]
    assert number_of(await funded(law, DAY)) == NEXT
    assert (await funded(law, DAY, tick)).content_id == before.content_id


async def test_a_repealed_basis_is_cited_until_the_instant_it_ends_and_no_longer(
    law: Hub,
) -> None:
    tick = await known_up_to(law)

    repealed = await law.rulebook.repeal("FGCJ-2023-1103", PUBLISHING)
    after = await known_up_to(law)
    last, first = await funded(law, BEFORE), await funded(law, CHANGE)

    assert repealed == Change(NEXT, changed=True)
    assert set(grounds(last)) == {"R12", "R14", "R16", "R17"}
    assert grounds(last)["R12"] == ["FGCJ-2023-1103"]
    assert set(grounds(first)) == {"R17"}
    assert [number_of(one) for one in (last, first)] == [SHIPPED, NEXT]
    assert last.valid_until == CHANGE
    for known_at in (tick, Millis(after - 1)):
        assert set(grounds(await funded(law, CHANGE, known_at))) == set(grounds(last))
    assert grounds(await funded(law, CHANGE, after)) == grounds(first)


async def test_the_page_shows_the_answers_on_either_side_of_the_repeal(law: Hub) -> None:
    tick = await known_up_to(law)
    await law.rulebook.repeal("FGCJ-2023-1103", PUBLISHING)
    asked = Ask(UNIT, "SECURITIES_ISSUANCE", effective_at=CHANGE)
    asks = replace(asked, effective_at=BEFORE), asked, replace(asked, known_at=tick)

    answers = [await law.checks.check(ask) for ask in asks]

    shown = rows_under(PAGE.read_text(encoding="utf-8"), "一问三答 Asked thrice")
    assert shown == [
        ["effectiveAt", *(format_shanghai(one.effective_at) for one in answers)],
        ["ruleSet", *(str(number_of(one)) for one in answers)],
        ["outcome", *(one.outcome for one in answers)],
        ["grounds", *map(cited, answers)],
        ["validUntil", *(format_shanghai(one.valid_until or OPEN_END) for one in answers)],
    ]


def cited(verdict: Verdict) -> str:
    told = grounds(verdict).items()
    return "<br>".join(f"{rule}: {', '.join(bases)}" for rule, bases in told)


async def test_a_rule_ends_with_the_words_it_quotes_whatever_else_it_names(law: Hub) -> None:
    ask = Ask(SUPPLIER, "GOV_PROCUREMENT", "SUPPLIER", effective_at=CHANGE)
    await law.rulebook.repeal("CGF-2014-22", PUBLISHING)

    last = await law.checks.check(replace(ask, effective_at=BEFORE))
    first = await law.checks.check(ask)

    assert (last.outcome, last.valid_until) == (Outcome.BLOCK, CHANGE)
    assert grounds(last)["R25"] == ["CGF-2014-22", "CGFTL-2015-19"]
    assert "R25" not in grounds(first)


async def test_a_rule_goes_on_when_another_basis_than_its_words_ends(law: Hub) -> None:
    ask = Ask(SUPPLIER, "GOV_PROCUREMENT", "SUPPLIER", effective_at=BEFORE)
    await law.rulebook.repeal("CGFTL-2015-19", PUBLISHING)

    last = await law.checks.check(ask)
    first = await law.checks.check(
        Ask(SUPPLIER, "GOV_PROCUREMENT", "SUPPLIER", effective_at=CHANGE)
    )

    assert grounds(last)["R25"] == ["CGF-2014-22", "CGFTL-2015-19"]
    assert grounds(first)["R25"] == ["CGF-2014-22"]
    assert last.outcome is first.outcome


async def test_a_repeal_is_of_a_basis_in_force_and_once(law: Hub) -> None:
    with pytest.raises(UnknownCode):
        await law.rulebook.repeal("FGCJ-2023-9999", PUBLISHING)
    with pytest.raises(BasisNotInForce):
        await law.rulebook.repeal("ZFTL-2020-8", PUBLISHING)
    await law.rulebook.repeal("FGCJ-2023-1103", PUBLISHING)

    assert await law.rulebook.repeal("FGCJ-2023-1103", PUBLISHING) == Change(NEXT, changed=False)
    with pytest.raises(RuleSetTransition):
        await law.rulebook.repeal("GBF-2020-42", Publishing(date(2021, 6, 1), "-", True))
    title = (await law.rulebook.catalogue(NEXT)).title
    assert (title.zh[-5:], title.en[-5:]) == (f"（第{NEXT}号）", f"no. {NEXT}")


async def test_a_repeal_learnt_later_may_be_of_an_earlier_day(law: Hub) -> None:
    both, circular, opinions = ["R12", "R14", "R16", "R17"], ["R12", "R14", "R16"], ["R17"]
    at_first = await known_up_to(law)
    await law.rulebook.repeal(CIRCULAR, PUBLISHING)
    between = await known_up_to(law)

    repealed = await law.rulebook.repeal(OPINIONS, LEARNT_LATER)

    assert repealed == Change(AFTER, changed=True)
    assert await states(law) == {
        SHIPPED: [
            RuleSetState(PUBLISHED, Span(FIRST, SOONER)),
            RuleSetState(SUPERSEDED, Span(SOONER), LEARNT_LATER.document),
        ],
        NEXT: [RuleSetState(SUPERSEDED, Span(CHANGE), LEARNT_LATER.document)],
        AFTER: [RuleSetState(PUBLISHED, Span(SOONER), LEARNT_LATER.document)],
    }
    assert await told_at(law) == [
        (SHIPPED, both),
        (AFTER, circular),
        (AFTER, circular),
        (AFTER, ["F-GENERAL-UNIT"]),
    ]
    assert await told_at(law, between) == [
        (SHIPPED, both),
        (SHIPPED, both),
        (SHIPPED, both),
        (NEXT, opinions),
    ]
    assert await told_at(law, at_first) == [(SHIPPED, both)] * 4
    ends = [(await funded(law, at)).valid_until for at in ON_EITHER_SIDE[:3]]
    assert ends == [SOONER, CHANGE, CHANGE]


async def test_what_was_answered_before_an_earlier_repeal_was_learnt_is_answered_again(
    law: Hub,
) -> None:
    await law.rulebook.repeal(CIRCULAR, PUBLISHING)
    given = [body(await funded(law, at)) for at in ON_EITHER_SIDE]

    await law.rulebook.repeal(OPINIONS, LEARNT_LATER)

    assert [again for _, again in await law.rechecks.bodies(given)] == given
    assert [body(await funded(law, at)) for at in ON_EITHER_SIDE] != given


async def test_a_basis_may_turn_out_to_have_ended_sooner(law: Hub) -> None:
    await law.rulebook.repeal(CIRCULAR, PUBLISHING)
    between = await known_up_to(law)

    sooner = await law.rulebook.repeal(CIRCULAR, LEARNT_LATER)

    opinions = ["R17"]
    assert sooner == Change(AFTER, changed=True)
    assert [rules for _, rules in await told_at(law)][1:] == [opinions] * 3
    assert [rules == opinions for _, rules in await told_at(law, between)] == [
        False,
        False,
        False,
        True,
    ]


async def test_a_clause_has_not_ended_already_while_any_rule_set_still_cites_it(law: Hub) -> None:
    content = without_basis(FILES.content, LAW, CIRCULAR, SOONER_DAY, number=NEXT)
    rule_set = cast("Mapping[str, object]", content["ruleSet"])
    content = {**content, "ruleSet": {**rule_set, "inForceFrom": CHANGE_DAY.isoformat()}}
    await law.keep(rule_set_batch(content, parse_catalogue(content)), lambda _count: None)
    assert (await told_at(law))[1:] == [(SHIPPED, ["R12", "R14", "R16", "R17"])] * 2 + [
        (NEXT, ["R17"])
    ]

    foretold = await law.rulebook.amendment(CIRCULAR, LEARNT_LATER)
    repealed = await law.rulebook.repeal(CIRCULAR, LEARNT_LATER)

    assert [foretold.before.number, foretold.after.number] == [SHIPPED, AFTER]
    assert repealed == Change(AFTER, changed=True)
    assert (await told_at(law))[1:] == [(AFTER, ["R17"])] * 3
    assert await law.rulebook.repeal(CIRCULAR, LEARNT_LATER) == Change(AFTER, changed=False)


async def test_what_else_a_rule_set_to_come_changes_is_not_brought_forward(
    law: Hub, tmp_path: Path
) -> None:
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    await law.rulebook.publish(NEXT, PUBLISHING)

    with pytest.raises(RuleSetTransition) as caught:
        await law.rulebook.repeal(CIRCULAR, LEARNT_LATER)

    assert caught.value.number == NEXT
    await law.rulebook.draft(next_catalogue(tmp_path / "after", number=AFTER))
    await law.rulebook.publish(AFTER, LEARNT_LATER)
    numbers = [number_of(await funded(law, at)) for at in ON_EITHER_SIDE]
    assert numbers == [SHIPPED, AFTER, AFTER, AFTER]


async def test_a_repeal_is_foretold_as_it_would_be_published(law: Hub) -> None:
    tick = await known_up_to(law)

    before, after, _ = await law.rulebook.amendment(CIRCULAR, PUBLISHING)

    assert await known_up_to(law) == tick
    await law.rulebook.repeal(CIRCULAR, PUBLISHING)
    assert (before.content_hash, after) == (LAW.content_hash, await law.rulebook.catalogue(NEXT))
    again = await law.rulebook.amendment(CIRCULAR, PUBLISHING)
    assert again.before is again.after


async def test_two_repeals_made_at_once_are_both_in_the_newest_rule_set(
    law: Hub, settings: Settings
) -> None:
    async with open_hub(settings) as other:
        changes = await asyncio.gather(
            law.rulebook.repeal(CIRCULAR, PUBLISHING),
            other.rulebook.repeal(OPINIONS, LEARNT_LATER),
        )

    assert {change.number for change in changes} == {NEXT, AFTER}
    bases = (await law.rulebook.catalogue(AFTER)).legal_bases
    assert (bases[CIRCULAR].in_force.end, bases[OPINIONS].in_force.end) == (CHANGE, SOONER)
    assert [rules for _, rules in await told_at(law)][1:] == [
        ["R12", "R14", "R16"],
        ["R12", "R14", "R16"],
        ["F-GENERAL-UNIT"],
    ]


async def test_of_two_publications_made_at_once_the_second_is_refused(
    law: Hub, settings: Settings, tmp_path: Path
) -> None:
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    async with open_hub(settings) as other:
        both = await asyncio.gather(
            law.rulebook.publish(NEXT, PUBLISHING),
            other.rulebook.publish(NEXT, LEARNT_LATER),
            return_exceptions=True,
        )

    [winner] = [
        given
        for given, came in zip((PUBLISHING, LEARNT_LATER), both, strict=True)
        if came == Change(NEXT, changed=True)
    ]
    [refused] = [came for came in both if isinstance(came, BaseException)]
    assert isinstance(refused, RuleSetTransition)
    last = (await states(law))[NEXT][-1]
    assert last == RuleSetState(PUBLISHED, Span(day_start(winner.start)), winner.document)


async def test_seeding_a_later_rule_set_supersedes_and_seeding_an_earlier_again_does_nothing(
    law: Hub,
) -> None:
    rule_set = cast("Mapping[str, object]", FILES.content["ruleSet"])
    content = {**FILES.content, "ruleSet": {**rule_set, "number": AFTER}}

    await law.keep(rule_set_batch(content, parse_catalogue(content)), lambda _count: None)
    told = await states(law)
    await law.keep(rule_set_batch(FILES.content, LAW), lambda _count: None)

    assert told == {
        SHIPPED: [RuleSetState(SUPERSEDED, Span(FIRST))],
        AFTER: [RuleSetState(PUBLISHED, Span(FIRST))],
    }
    assert await states(law) == told
    assert number_of(await funded(law, DAY)) == AFTER


def shipped(number: int, **changes: object) -> Batch:
    """What ships, under another number."""
    rule_set = cast("Mapping[str, object]", FILES.content["ruleSet"])
    title = {"zh": f"规则集（第{number}号）", "en": f"rule set no. {number}"}
    told = {**rule_set, "number": number, "title": title, **changes}
    content = {**FILES.content, "ruleSet": told}
    return rule_set_batch(content, parse_catalogue(content))


async def seed(hub: Hub, batch: Batch) -> None:
    await hub.keep(batch, lambda _count: None)


async def test_what_ships_later_does_not_undo_a_repeal(law: Hub) -> None:
    both, circular = ["R12", "R14", "R16", "R17"], ["R12", "R14", "R16"]
    await law.rulebook.repeal(OPINIONS, LEARNT_LATER)

    await seed(law, shipped(AFTER))

    seeded = await states(law), await known_up_to(law)
    assert seeded[0][AFTER] == [RuleSetState(PUBLISHED, Span(FIRST))]
    assert await told_at(law) == [(AFTER, both), *[(AFTER, circular)] * 3]
    bases = (await law.rulebook.catalogue(AFTER)).legal_bases
    assert bases == {
        **LAW.legal_bases,
        OPINIONS: replace(
            LAW.legal_bases[OPINIONS],
            in_force=LAW.legal_bases[OPINIONS].in_force._replace(end=SOONER),
        ),
    }
    await seed(law, shipped(AFTER))
    assert (await states(law), await known_up_to(law)) == seeded
    assert await law.rulebook.findings(SHIPPED) == []


async def test_what_ships_takes_the_next_number_where_a_repeal_has_its_own(law: Hub) -> None:
    await law.rulebook.repeal(OPINIONS, LEARNT_LATER)
    repealed = (await law.rulebook.catalogue(NEXT)).content_hash

    await seed(law, shipped(NEXT))

    told, taken = await states(law), await law.rulebook.catalogue(AFTER)
    assert (await law.rulebook.catalogue(NEXT)).content_hash == repealed
    assert told[AFTER] == [RuleSetState(PUBLISHED, Span(FIRST))]
    assert taken.title == (f"规则集（第{AFTER}号）", f"rule set no. {AFTER}")
    assert taken.legal_bases[OPINIONS].in_force.end == SOONER
    await seed(law, rule_set_batch(FILES.content, LAW))
    await seed(law, shipped(NEXT))
    assert await states(law) == told
    await seed(law, shipped(AFTER, inForceFrom="2022-01-01"))
    assert sorted(await states(law)) == [SHIPPED, NEXT, AFTER, AFTER + 1]
    with pytest.raises(ImportRefused):
        await seed(law, shipped(SHIPPED, inForceFrom="2022-01-01"))
