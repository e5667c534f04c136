import io
from dataclasses import replace

from rich.console import Console

from hub.api.verdict_types import Verdict
from hub.checks.explanation import ExplainedComparison
from hub.checks.explanation_json import comparison_json, verdict_json
from hub.checks.service import CheckService
from hub.cli.comparison_page import print_comparison
from hub.cli.verdict_page import arrows, print_verdict
from hub.domain.clocks import OPEN_START, Span
from hub.domain.comparison import Changes, DoubtChange
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held
from hub.domain.verdict import Ask, Turn
from hub.domain.vocabulary import Outcome, Reach
from hub.graph.check_reader import CheckReader
from hub.wiring import Hub, now
from tests.checks.worlds import arrival
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
        "记录或承继过多，未读全：本主体  too many records or successions, not all read: its own"
        in page.getvalue()
    )
    assert page.getvalue().splitlines()[1] == (
        "信息不全，不能作出结论：记录或承继过多，未读全 UNCOVERED"
        "  too many records or successions, not all read"
    )


async def test_what_is_missing_and_what_nobody_can_decide_is_said_by_name(demo: Hub) -> None:
    ask = Ask(SubjectId("12159900990000260C"), "FUNDING_SUPPORT", effective_at=DAY)
    [clean] = await demo.answered([await demo.checks.check(ask)])
    undecided = replace(arrival("CR-OPEN", reach=Reach.SUCCESSION), undecided=True)
    judged = replace(
        clean.verdict.judgement, outcome=Outcome.UNCOVERED, complete=False, undecided=(undecided,)
    )
    law = await demo.catalogues.current()
    words = law.vocabulary["outcomes"].titles[Outcome.UNCOVERED]
    open_one = replace(clean, verdict=replace(clean.verdict, judgement=judged), outcome_title=words)
    none = replace(clean.verdict, judgement=replace(judged, undecided=()), rule_set=None)
    changes = Changes(
        (),
        (),
        (
            DoubtChange(Turn.BEGINS, Reach.REGION, None, ()),
            DoubtChange(Turn.BEGINS, Reach.SUCCESSION, "CR-OPEN", ()),
        ),
    )
    page, compared = io.StringIO(), io.StringIO()

    print_verdict(open_one, Console(file=page, width=200))
    comparison = ExplainedComparison(clean, replace(open_one, verdict=none), changes)
    print_comparison(comparison, Console(file=compared, width=200))

    lines = [line.strip() for line in page.getvalue().splitlines()]
    open_zh = "有的记录无从断定是否及于主体"
    open_en = "of some records it is open whether they concern the subject"
    assert lines[1] == f"信息不全，不能作出结论：{open_zh} UNCOVERED  {open_en}"
    assert f"{open_zh}：CR-OPEN  {open_en}: CR-OPEN" in lines
    assert verdict_json(open_one)["undecidedRecords"] == ["CR-OPEN"]
    assert Verdict.of(open_one).undecided_records == ["CR-OPEN"]
    told = [line.split(maxsplit=3)[-1] for line in compared.getvalue().splitlines()[-2:]]
    assert told == [
        "BEGINS REGION  记录或承继过多，未读全  too many records or successions, not all read",
        "BEGINS SUCCESSION  CR-OPEN",
    ]
    assert "该时点没有生效的规则集 UNCOVERED  no rule set was in force then" in compared.getvalue()
    assert comparison_json(comparison)["doubts"] == [
        {"turn": "BEGINS", "reach": "REGION", "record": None, "causes": []},
        {"turn": "BEGINS", "reach": "SUCCESSION", "record": "CR-OPEN", "causes": []},
    ]
