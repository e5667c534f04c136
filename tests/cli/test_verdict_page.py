import io

from rich.console import Console

from hub.api.verdict_types import Verdict
from hub.checks.explanation_json import verdict_json
from hub.checks.service import CheckService
from hub.cli.verdict_page import arrows, print_verdict
from hub.domain.clocks import OPEN_START, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held
from hub.domain.verdict import Ask
from hub.graph.check_reader import CheckReader
from hub.wiring import Hub, now
from tests.worlds import DAY

PERSON, BUREAU, RECORD = Ref("Person", "P-1"), Ref("Unit", "U"), Ref("CreditRecord", "CR-1")


def fact(kind: str, start: Ref, end: Ref | None = None) -> Held:
    return Held(kind, kind, start, end, Span(OPEN_START))


def test_a_path_begins_at_the_subject_and_follows_each_fact_either_way() -> None:
    facts = [
        fact("HOLDS_POST", PERSON, BUREAU),
        fact("ABOUT", RECORD, BUREAU),
        fact("Standing", RECORD),
        fact("OF", RECORD, Ref("Behaviour", "ZWSX-01")),
    ]

    [line] = arrows(SubjectId("P-1"), facts)

    assert line == (
        "(Person P-1) —HOLDS_POST→ (Unit U) ←ABOUT— (CreditRecord CR-1) · Standing"
        " —OF→ (Behaviour ZWSX-01)"
    )


def test_a_path_that_branches_goes_on_in_a_new_line() -> None:
    facts = [
        fact("ABOUT", RECORD, BUREAU),
        fact("DETERMINED_BY", RECORD, Ref("Unit", "V")),
        fact("UnitState", BUREAU),
    ]

    assert list(arrows(SubjectId("U"), facts)) == [
        "(Unit U) ←ABOUT— (CreditRecord CR-1) —DETERMINED_BY→ (Unit V)",
        "(Unit U) · UnitState",
    ]


def test_no_facts_draw_nothing() -> None:
    assert list(arrows(SubjectId("U"), ())) == []


async def test_a_reach_of_which_not_all_was_read_is_named_to_people_and_programs(demo: Hub) -> None:
    ask = Ask(SubjectId("12159900990000260C"), "FUNDING_SUPPORT", effective_at=DAY)
    cut = CheckService(CheckReader(demo.door, guard=0), demo.catalogues, now=now)
    verdicts = [await demo.checks.check(ask), await cut.check(ask)]
    whole, short = await demo.answered(verdicts)
    page = io.StringIO()

    print_verdict(short, Console(file=page, width=200))

    assert [verdict_json(one)["cutReaches"] for one in (whole, short)] == [[], ["OWN"]]
    assert Verdict.of(short).cut_reaches == ["OWN"]
    assert (
        "记录过多，未读全：本主体  too many records, not all were read: its own" in page.getvalue()
    )
