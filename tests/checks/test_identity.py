"""The same answer has the same id; whatever makes it another answer changes it."""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.checks.identity import body, content, identify
from hub.domain.catalogue import LegalBasis, SubjectCondition
from hub.domain.clocks import Millis
from hub.domain.facts import Ref
from hub.domain.known import Held, Known, Tie
from hub.domain.verdict import Ask, Ground, Judgement, Mark, RuleSetRef, SourceCoverage, Verdict
from hub.domain.vocabulary import Outcome, Reach, SubjectKind
from hub.text import Text
from tests.checks.worlds import (
    AT,
    EVER,
    OTHER,
    PERSON,
    UNIT,
    WORDS,
    arrival,
    basis,
    behaviour,
    catalogue,
    decided,
    effect,
    generation,
    held,
    known,
    ref_of,
    rule,
    standing,
    state,
)

LAW = catalogue(
    rule("R1", effect(Outcome.BLOCK)),
    rule("R2", effect(Outcome.REFERENCE, subject=SubjectCondition(in_post=True))),
    rule("R3", effect(Outcome.ATTENTION), reaches=(Reach.SUCCESSION,)),
)


def _fixed() -> Verdict:
    """Written out by hand: no helper's default may ever move its id."""
    record = Ref("CreditRecord", "CR-QTJTBQIKMH4ST2HZ")
    about = Held("ABOUT-1.1", "ABOUT", record, Ref("Unit", UNIT), EVER)
    came = arrival(record.id, edges=(about,))
    stands = replace(came.standing, fact=Held("Standing-1.2", "Standing", record, None, EVER))
    ground = Ground(
        rule="R17",
        outcome=Outcome.RESTRICT,
        measure="M05",
        verb="限制",
        quote="限制申请财政性资金项目",
        implementer=Text("财政部门", "finance department"),
        bases=(basis("LB-01"), basis("LB-02")),
        reach=Reach.OWN,
        disputed=True,
        arrival=replace(came, standing=stands),
        facts=(about, stands.fact),
    )
    covered = SourceCoverage("REGISTER", True, "SourceGeneration-1.1", Millis(0), Millis(AT + 1))
    stale = SourceCoverage("COURT", covered=False, generation=None, as_of=None, fresh_until=None)
    return Verdict(
        id="",
        content_id="",
        subject=UNIT,
        subject_kind=SubjectKind.UNIT,
        subject_name="示例单位",
        scenario="FUNDING_SUPPORT",
        capacity="APPLICANT",
        effective_at=AT,
        known_at=Millis(AT - 1),
        epoch=1,
        rule_set=RuleSetRef(1, "rule-set-hash"),
        judgement=Judgement(
            Outcome.RESTRICT,
            covered=False,
            complete=True,
            grounds=(ground,),
            coverage=(covered, stale),
        ),
        valid_until=Millis(AT + 3_600_123),
        marks=(Mark.FORECAST,),
        purpose="P",
        matter="M",
        authorisation="A",
    )


# Body layout version 1, frozen

FIXED_BODY = (
    '{"body":1,"capacity":"APPLICANT","complete":true,"coverage":['
    '{"asOf":"1970-01-01T00:00:00.000Z","covered":true,'
    '"freshUntil":"2026-11-23T01:00:00.001Z","generation":"SourceGeneration-1.1",'
    '"source":"REGISTER"},'
    '{"asOf":null,"covered":false,"freshUntil":null,"generation":null,"source":"COURT"}],'
    '"covered":false,"decide":1,"effectiveAt":"2026-11-23T01:00:00.000Z","epoch":1,"grounds":['
    '{"bases":["LB-01","LB-02"],"disputed":true,"facts":["ABOUT-1.1","Standing-1.2"],'
    '"measure":"M05","outcome":"RESTRICT","reach":"OWN","record":"CR-QTJTBQIKMH4ST2HZ",'
    '"rule":"R17"}],"knownAt":"2026-11-23T00:59:59.999Z","marks":["FORECAST"],'
    '"outcome":"RESTRICT","ruleSet":"rule-set-hash","scenario":"FUNDING_SUPPORT",'
    '"subject":"12159900990000260C","validUntil":"2026-11-23T02:00:00.123Z"}'
)


def test_the_id_of_a_written_out_verdict_is_frozen() -> None:
    verdict = identify(_fixed())

    assert verdict.id == "c46481000ac040d86f321311173c4e5096d88e1d662db6438a7651c4e7df324a"
    assert verdict.content_id == "5500791b05bef7ea23a04b039d6b645836c5777298a0deac8ef41d56cd3d9733"


def test_the_id_is_the_sha_256_of_the_body_in_rfc_8785_form() -> None:
    assert identify(_fixed()).id == hashlib.sha256(FIXED_BODY.encode()).hexdigest()
    assert identify(_fixed()).body == FIXED_BODY.encode()
    assert json.loads(FIXED_BODY) == body(_fixed())


def test_the_content_is_the_body_without_its_clocks() -> None:
    clocks = {"effectiveAt", "knownAt", "epoch", "validUntil"}
    expected = {key: value for key, value in json.loads(FIXED_BODY).items() if key not in clocks}
    expected["coverage"] = [
        {"source": "REGISTER", "covered": True},
        {"source": "COURT", "covered": False},
    ]

    assert content(_fixed()) == expected


# What changes the id

Change = Callable[[Verdict], Verdict]


def _judged(**changes: object) -> Change:
    return lambda verdict: replace(verdict, judgement=replace(verdict.judgement, **changes))


def _grounded(**changes: object) -> Change:
    def change(verdict: Verdict) -> Verdict:
        [ground] = verdict.grounds
        return _judged(grounds=(replace(ground, **changes),))(verdict)

    return change


def _covered(**changes: object) -> Change:
    def change(verdict: Verdict) -> Verdict:
        first, *rest = verdict.judgement.coverage
        return _judged(coverage=(replace(first, **changes), *rest))(verdict)

    return change


def _of(**changes: object) -> Change:
    return lambda verdict: replace(verdict, **changes)


OTHER_RECORD = arrival("CR-OTHER")
OTHER_FACT = held("ABOUT", Ref("CreditRecord", "CR-OTHER"), ref_of(UNIT))

CONTENT: dict[str, Change] = {
    "subject": _of(subject=OTHER.id),
    "scenario": _of(scenario="TENDERING"),
    "capacity": _of(capacity="BIDDER"),
    "rule set": _of(rule_set=RuleSetRef(1, "another-hash")),
    "no rule set": _of(rule_set=None),
    "forecast": _of(marks=()),
    "hypothetical": _of(marks=(Mark.FORECAST, Mark.HYPOTHETICAL)),
    "outcome": _judged(outcome=Outcome.BLOCK),
    "covered": _judged(covered=True),
    "complete": _judged(complete=False),
    "no grounds": _judged(grounds=()),
    "rule": _grounded(rule="R18"),
    "outcome of a ground": _grounded(outcome=Outcome.REFERENCE),
    "measure": _grounded(measure="M06"),
    "bases": _grounded(bases=(basis("LB-01"),)),
    "order of bases": _grounded(bases=(basis("LB-02"), basis("LB-01"))),
    "reach": _grounded(reach=Reach.SUCCESSION),
    "disputed": _grounded(disputed=False),
    "record": _grounded(arrival=OTHER_RECORD),
    "no record": _grounded(arrival=None),
    "facts": _grounded(facts=(OTHER_FACT,)),
    "facts withheld": _grounded(facts=None),
    "no facts": _grounded(facts=()),
    "source": _covered(source="LIST"),
    "covered by a source": _covered(covered=False),
}
CLOCKS: dict[str, Change] = {
    "effective at": _of(effective_at=Millis(AT + 1)),
    "known at": _of(known_at=Millis(AT - 2)),
    "epoch": _of(epoch=2),
    "valid until": _of(valid_until=Millis(AT + 3_600_124)),
    "no end": _of(valid_until=None),
    "generation": _covered(generation="SourceGeneration-1.2"),
    "as of": _covered(as_of=Millis(1)),
    "fresh until": _covered(fresh_until=Millis(AT + 2)),
}
OUTSIDE: dict[str, Change] = {
    "subject's name": _of(subject_name="另一名称"),
    "purpose": _of(purpose=None),
    "matter": _of(matter="另一事项"),
    "authorisation": _of(authorisation=None),
    "number of the rule set": _of(rule_set=RuleSetRef(2, "rule-set-hash")),
    "verb": _grounded(verb="取消"),
    "quote": _grounded(quote="…"),
    "implementer": _grounded(implementer=WORDS),
    "words of a basis": _grounded(
        bases=tuple(replace(_basis, quote="…") for _basis in (basis("LB-01"), basis("LB-02")))
    ),
}


@pytest.mark.parametrize("field", CONTENT)
def test_whatever_makes_it_another_answer_changes_both_ids(field: str) -> None:
    given, changed = identify(_fixed()), identify(CONTENT[field](_fixed()))

    assert changed.id != given.id
    assert changed.content_id != given.content_id


@pytest.mark.parametrize("field", CLOCKS)
def test_a_clock_changes_the_id_and_leaves_the_content(field: str) -> None:
    given, changed = identify(_fixed()), identify(CLOCKS[field](_fixed()))

    assert changed.id != given.id
    assert changed.content_id == given.content_id


@pytest.mark.parametrize("field", OUTSIDE)
def test_words_and_what_goes_with_the_question_are_outside(field: str) -> None:
    given, changed = identify(_fixed()), identify(OUTSIDE[field](_fixed()))

    assert (changed.id, changed.content_id) == (given.id, given.content_id)


def test_marks_have_no_order() -> None:
    marks = (Mark.FORECAST, Mark.HYPOTHETICAL)

    told = {identify(replace(_fixed(), marks=order)).id for order in (marks, marks[::-1])}

    assert len(told) == 1


def test_a_subject_is_one_in_whatever_form_of_unicode() -> None:
    composed, decomposed = "XX-REG:Caf\u00e9", "XX-REG:Cafe\u0301"

    told = {identify(replace(_fixed(), subject=given)).id for given in (composed, decomposed)}

    assert len(told) == 1


# Through the decision


def _rich() -> Known:
    """Several of everything that comes in rows."""
    came = [
        arrival(f"CR-{no}", behaviours=(behaviour(f"CR-{no}", "ZWSX-01", title="行为"),))
        for no in range(4)
    ]
    came += [
        arrival("CR-1", stands=standing("CR-1", no=2)),
        arrival("CR-9", reach=Reach.SUCCESSION),
        arrival("CR-9", reach=Reach.SUCCESSION, stands=standing("CR-9", no=2)),
    ]
    return known(
        *came,
        posts=tuple(held("HOLDS_POST", ref_of(UNIT), OTHER, no=no) for no in range(3)),
        states=tuple(state(no=no) for no in range(3)),
        generations=tuple(generation(no=no) for no in range(3)),
    )


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_read_leaves_no_trace(chance: random.Random) -> None:
    facts = _rich()
    shuffled = replace(
        facts,
        **{
            rows: tuple(chance.sample(getattr(facts, rows), len(getattr(facts, rows))))
            for rows in ("arrivals", "posts", "states", "generations")
        },
    )

    assert decided(shuffled, LAW).id == decided(facts, LAW).id


def _titled(tie: Tie) -> Tie:
    return replace(tie, title="另一标题")


def _named(entry: LegalBasis) -> LegalBasis:
    return replace(entry, document=Text("另一文件", "another document"), note=WORDS)


def test_titles_names_and_captions_leave_no_trace() -> None:
    facts = _rich()
    retold = replace(
        facts,
        states=tuple(replace(entry, name="另一名称") for entry in facts.states),
        arrivals=tuple(
            replace(came, behaviours=tuple(map(_titled, came.behaviours)))
            for came in facts.arrivals
        ),
    )
    renamed = replace(
        LAW,
        title=Text("另一标题", "another title"),
        rules={
            code: replace(entry, title=Text("另", "other")) for code, entry in LAW.rules.items()
        },
        legal_bases={code: _named(entry) for code, entry in LAW.legal_bases.items()},
    )

    assert decided(retold, renamed).id == decided(facts, LAW).id


def test_purpose_matter_and_authorisation_leave_no_trace() -> None:
    ask = Ask(UNIT, "FUNDING", purpose="P", matter="M", authorisation="A")

    assert decided(_rich(), LAW, ask).id == decided(_rich(), LAW).id


def test_a_persons_reduced_answer_is_hashed_as_it_was_given() -> None:
    one = known(arrival("CR-1", subject=PERSON), subject=PERSON)
    more = known(*(arrival(f"CR-{no}", subject=PERSON) for no in range(3)), subject=PERSON)

    assert decided(one, LAW).id == decided(more, LAW).id
