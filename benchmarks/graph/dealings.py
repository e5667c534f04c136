"""Contracts of units with enterprises, what is owed under them and what was paid."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.graph import names
from benchmarks.graph.parties import Parties
from benchmarks.graph.sizes import CONTRACTS_OF_BUSY, DEBTS_OF_BUSY
from benchmarks.graph.telling import LAST_DAY, Chance, Part, day_text, span, thing
from hub.domain.clocks import Span
from hub.domain.facts import Fact, Ref, Value

_FIRST_SIGNED, _LAST_SIGNED = 400, LAST_DAY - 400
_ENDED = ("FULFILLED", "FULFILLED", "FULFILLED", "BREACHED", "TERMINATED")
_DOMAINS = ("PROCUREMENT", "PROCUREMENT", "GOV_INVESTMENT", "INVESTMENT_PROMOTION", "PPP")
_KINDS = ("WORKS", "WORKS", "WORKS", "GOODS", "SERVICES", "WAGE_RELATED")
_DISPUTES = ("UNDISPUTED", "UNDISPUTED", "DISPUTED", "IN_LITIGATION")
_HUB_SHARE = 0.08
_YUAN = {"currency": "CNY", "scale": 2}


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract by what is made from it."""

    ref: Ref
    unit: Ref
    supplier: Ref
    signed: int


class Dealings:
    """The first contracts and debts are those of the busy units; the others fall as by chance."""

    def __init__(self, parties: Parties, seed: int) -> None:
        self._parties = parties
        self._size = parties.size
        self._seed = seed
        self.deals: list[Deal] = []
        """In order of their numbers, once their parts were made."""

    def parts(self) -> Iterator[Part]:
        chance = Chance(f"{self._seed} contracts")
        for number in range(self._size.contracts):
            yield from self._contract(number, chance)
        chance = Chance(f"{self._seed} debts")
        for number in range(self._size.debts):
            yield from self._debt(number, chance)

    def _deal(self, number: int, chance: Chance) -> Deal:
        owner = number // CONTRACTS_OF_BUSY
        is_busy = owner < self._size.busy
        busy = self._parties.busy
        unit = self._parties.unit(busy[owner] if is_busy else self._other(chance))
        signed = chance.day(_FIRST_SIGNED, _LAST_SIGNED)
        code = f"示例合〔{day_text(signed)[:4]}〕{number:07d}号@{unit.id}"
        return Deal(Ref("Contract", code), unit, self._supplier(chance), signed)

    def _other(self, chance: Chance) -> int:
        """Number of a unit that is not busy."""
        number, busy = chance.zipf(self._size.units), self._parties.busy
        return number + len(busy) if number in busy else number

    def _supplier(self, chance: Chance) -> Ref:
        """Enterprise 0 supplies so much that whoever walks through it must bound the walk."""
        is_hub = chance.happens(_HUB_SHARE)
        number = 0 if is_hub else chance.zipf(self._size.enterprises)
        return Ref("Enterprise", names.enterprise(number))

    def _contract(self, number: int, chance: Chance) -> Iterator[Part]:
        deal = self._deal(number, chance)
        self.deals.append(deal)
        yield thing(deal.ref, title=f"示例合同{number:07d}")
        yield from self._contract_states(number, deal, chance)
        valid = span(deal.signed)
        for party, side in ((deal.unit, "PARTY_A"), (deal.supplier, "PARTY_B")):
            tie = Fact("PARTY_TO", party, valid, deal.ref, properties={"side": side})
            yield from chance.tell(tie, deal.signed)
        other = self._supplier(chance)
        if other != deal.supplier and chance.happens(0.05):
            tie = Fact("PARTY_TO", other, valid, deal.ref, properties={"side": "PARTY_B"})
            yield from chance.tell_wrongly(tie, deal.signed)
        if chance.happens(0.08):
            yield from self._change(number, deal, chance)
        if chance.happens(0.3):
            yield from self._signature(deal, chance)

    def _contract_states(self, number: int, deal: Deal, chance: Chance) -> Iterator[Part]:
        said: dict[str, Value] = {
            "contractNo": deal.ref.id.partition("@")[0],
            "title": f"示例合同{number:07d}",
            "domain": chance.one_of(_DOMAINS),
            "signedOn": day_text(deal.signed),
            "amountMinor": chance.amount(320_000),
            "agreedTermDays": 60,
            **_YUAN,
        }
        ended = chance.day(deal.signed, LAST_DAY - 1) if chance.happens(0.4) else None
        performing = said | {"status": "PERFORMING"}
        state = Fact(
            "ContractState", deal.ref, span(deal.signed, ended), key="1", properties=performing
        )
        yield from chance.tell(state, deal.signed, {"amountMinor": chance.amount(320_000)})
        if ended is not None:
            turned = said | {"status": chance.one_of(_ENDED)}
            state = Fact("ContractState", deal.ref, span(ended), key="2", properties=turned)
            yield from chance.tell(state, ended)

    def _change(self, number: int, deal: Deal, chance: Chance) -> Iterator[Part]:
        changed = chance.day(deal.signed, LAST_DAY - 1)
        ref = Ref("ContractChange", f"{deal.ref.id}/1")
        yield thing(
            ref,
            reason="PUBLIC_INTEREST",
            docNo=f"示例变{number}号",
            changedOn=day_text(changed),
            description="示例变更",
        )
        yield from chance.tell(Fact("CHANGED_BY", deal.ref, span(changed), ref), changed)

    def _signature(self, deal: Deal, chance: Chance) -> Iterator[Part]:
        person = Ref("Person", names.person(chance.below(self._size.officials)))
        signed: dict[str, Value] = {"role": "PRINCIPAL", "docNo": "示例纪要"}
        fact = Fact("SIGNED", person, span(deal.signed), deal.ref, properties=signed)
        yield from chance.tell(fact, deal.signed)

    def _debt(self, number: int, chance: Chance) -> Iterator[Part]:
        busy = self._size.busy * CONTRACTS_OF_BUSY
        contract = number // DEBTS_OF_BUSY
        if contract >= busy:
            contract = busy + chance.below(len(self.deals) - busy)
        deal = self.deals[contract]
        since = chance.day(deal.signed, LAST_DAY - 100)
        code = f"示例欠〔{day_text(since)[:4]}〕{number:07d}号@{deal.unit.id}"
        ref, due = Ref("Debt", code), chance.amount(150_000)
        yield thing(ref, title=f"示例欠款{number:07d}")
        yield from self._debt_state(ref, since, due, chance)
        valid = span(since)
        for fact in (
            Fact("OWES", deal.unit, valid, ref),
            Fact("OWED_TO", ref, valid, deal.supplier),
            Fact("UNDER", ref, valid, deal.ref),
        ):
            yield from chance.tell(fact, since)
        for payment in range(chance.below(3)):
            yield from self._payment(ref, f"{number:07d}-{payment}", since, due // 3, chance)

    def _debt_state(self, ref: Ref, since: int, due: int, chance: Chance) -> Iterator[Part]:
        said: dict[str, Value] = {
            "payableKind": chance.one_of(_KINDS),
            "amountDueMinor": due,
            "amountDisputedMinor": 0,
            "deliveredOn": day_text(since),
            "dueOn": day_text(since + 60),
            "disputeStatus": chance.one_of(_DISPUTES),
            **_YUAN,
        }
        state = Fact("DebtState", ref, span(since), properties=said)
        yield from chance.tell(state, since, {"amountDueMinor": due * 2})

    def _payment(
        self, debt: Ref, number: str, since: int, amount: int, chance: Chance
    ) -> Iterator[Part]:
        paid = chance.day(since, LAST_DAY - 1)
        ref, valid = Ref("Payment", f"示例付{number}号"), Span(span(paid).start)
        yield thing(ref)
        said: dict[str, Value] = {"amountMinor": amount, "paidOn": day_text(paid), **_YUAN}
        yield from chance.tell(Fact("PaymentState", ref, valid, properties=said), paid)
        yield from chance.tell(Fact("SETTLES", ref, valid, debt), paid)
