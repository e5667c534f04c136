"""Every rule set can be listed with its states and read whatever its state."""

from pathlib import Path

from hub.wiring import Hub
from tests.rule_sets import next_catalogue
from tests.rulebook.law import LAW
from tests.serving import Served

SHIPPED = LAW.number
NEXT = SHIPPED + 1
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
