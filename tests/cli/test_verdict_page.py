from hub.cli.verdict_page import arrows
from hub.domain.clocks import OPEN_START, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held

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
