"""Debts that may be supposed paid, as of both clocks."""

import pytest

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.suppositions import DebtKnown
from hub.domain.things import Clocks
from hub.graph.supposed_debts import SupposedDebts
from hub.wiring import Hub
from tests.worlds import DAY, EVER, batch, fresh_code, fresh_name, record, unit

CLOCKS = Clocks(DAY, None)


@pytest.fixture(scope="module")
async def debtor(demo: Hub) -> tuple[SubjectId, str, str, str]:
    """A unit, two debts of its own, and a record that arises from both; from one since `DAY`."""
    code, first, second = fresh_code(), fresh_name("D"), fresh_name("D")
    arisen = fresh_name("CR")
    owner, debts = Ref("Unit", code), [Ref("Debt", name) for name in (first, second)]
    state, fact = unit(code)
    entity, about = record(arisen, owner, labels=("RiskAlert",))
    facts = [fact, about, *(Fact("OWES", owner, EVER, debt) for debt in debts)]
    facts += [
        Fact("ARISES_FROM", entity.ref, valid, debt)
        for debt, valid in zip(debts, (EVER, Span(DAY)), strict=True)
    ]
    entities = [state, entity, *(Entity(debt, properties={"synthetic": True}) for debt in debts)]
    await demo.keep(batch(entities, facts), lambda _count: None)
    return code, first, second, arisen


async def test_a_record_tells_all_the_debts_it_arises_from(
    demo: Hub, debtor: tuple[SubjectId, str, str, str]
) -> None:
    code, first, second, arisen = debtor
    known = await SupposedDebts(demo.door).debts([second, first, first], code, CLOCKS)
    both = {arisen: frozenset({first, second})}

    assert known == [DebtKnown(first, True, both), DebtKnown(second, True, both)]


async def test_before_it_arose_it_is_told_of_neither(
    demo: Hub, debtor: tuple[SubjectId, str, str, str]
) -> None:
    code, first, second, arisen = debtor
    clocks = Clocks(Millis(DAY - 1), None)

    assert await SupposedDebts(demo.door).debts([first, second], code, clocks) == [
        DebtKnown(first, owed=True, records={arisen: frozenset({first})}),
        DebtKnown(second, owed=True, records={}),
    ]


async def test_what_was_not_known_then_and_what_others_owe_is_not_the_subjects(
    demo: Hub, debtor: tuple[SubjectId, str, str, str]
) -> None:
    code, first, _, arisen = debtor
    reader = SupposedDebts(demo.door)

    assert await reader.debts([first], code, Clocks(DAY, Millis(0))) == [
        DebtKnown(first, owed=False, records={})
    ]
    assert await reader.debts([first], fresh_code(), Clocks(Millis(DAY - 1), None)) == [
        DebtKnown(first, owed=False, records={arisen: frozenset({first})})
    ]
    assert await reader.debts([fresh_name("D")], code, CLOCKS) == []
