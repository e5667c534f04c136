"""Every rule set can be listed with its states and read whatever its state."""

from pathlib import Path

from hub.checks.explanation_json import verdict_json
from hub.domain.clocks import format_instant, parse_instant
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask
from hub.intake.catalogue import parse_catalogue
from hub.intake.rule_sets import rule_set_batch
from hub.wiring import Hub
from tests.rule_sets import known_up_to, next_catalogue
from tests.rulebook.law import LAW, without_scenario
from tests.serving import Served

SHIPPED = LAW.number
NEXT = SHIPPED + 1
BUREAU = "11159900990000236Y"
BEFORE_ANY = "2020-01-01T00:00:00Z"
"""Before the first day of every rule set."""
CHECK = """
query ($at: Instant!, $known: Instant!) {
  check(subject: "11159900990000236Y", scenario: "MARKET_ACCESS", effectiveAt: $at,
        knownAt: $known) { id scenarioTitle { zh } receipt }
}
"""
LIST = "{ ruleSets { number contentHash states { status validTo document } ruleSet { number } } }"


async def test_a_draft_is_listed_and_read_and_not_in_force(
    law: Hub, served: Served, tmp_path: Path
) -> None:
    await law.rulebook.draft(next_catalogue(tmp_path / "next", number=NEXT))
    old, new = (await law.catalogues.known(None))[:2]

    assert served.ask(LIST)["data"]["ruleSets"] == [
        {
            "number": number,
            "contentHash": content_hash,
            "states": [{"status": status, "validTo": None, "document": None}],
            "ruleSet": {"number": number},
        }
        for number, content_hash, status in (
            (SHIPPED, old.content_hash, "PUBLISHED"),
            (NEXT, new.content_hash, "DRAFT"),
        )
    ]
    asked = f"{{ draft: ruleSet(number: {NEXT}) {{ number title {{ zh }} }} ruleSet {{ number }} }}"
    found = served.ask(asked)["data"]
    assert (found["draft"]["number"], found["ruleSet"]["number"]) == (NEXT, SHIPPED)


def test_a_number_that_is_not_known_is_told(served: Served) -> None:
    [error] = served.ask("{ ruleSet(number: 9) { number } }")["errors"]

    assert error["extensions"]["code"] == "UNKNOWN_RULE_SET"


async def test_a_verdict_before_any_rule_set_speaks_the_words_of_the_law_that_checked_it(
    law: Hub, served: Served
) -> None:
    tick, title = await known_up_to(law), LAW.scenarios["MARKET_ACCESS"].title
    at, known = parse_instant(BEFORE_ANY), format_instant(tick)
    ask = Ask(SubjectId(BUREAU), "MARKET_ACCESS", effective_at=at, known_at=tick)
    content = without_scenario("MARKET_ACCESS", number=NEXT)
    await law.keep(rule_set_batch(content, parse_catalogue(content)), lambda _count: None)
    newest = await law.catalogues.current()

    explained = await law.check(ask)
    issued = await law.evidence.receipts.issue(explained.verdict.id)
    told = served.ask(CHECK, at=BEFORE_ANY, known=known)["data"]["check"]

    assert (newest.number, "MARKET_ACCESS" in newest.scenarios) == (NEXT, False)
    assert explained.verdict.rule_set is None
    assert verdict_json(explained)["scenarioTitle"] == title._asdict()
    assert issued.words["scenario"] == title._asdict()
    assert issued.words["ruleSet"]["number"] == SHIPPED
    assert (told["id"], told["scenarioTitle"]["zh"]) == (explained.verdict.id, title.zh)
    assert told["receipt"] is not None
