"""Contracting processes as entities and facts: buyers, suppliers, contracts and their changes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from hub.domain.clocks import Span, millis_of
from hub.domain.facts import Entity, Fact, Ref, Value
from hub.domain.identifiers import parse_subject_id
from hub.domain.vocabulary import UnitKind
from hub.errors import ImportRefused, InvalidIdentifier
from hub.intake.ocds_processes import Identity, Process
from hub.intake.ocds_releases import Organisation, PublishedContract
from hub.intake.published import Stated
from hub.intake.publishers import publisher_of
from hub.intake.rejections import Rejection
from hub.text import Text

_ALWAYS = Span(millis_of(datetime(1900, 1, 1, tzinfo=UTC)))
"""From the earliest instant the hub can be asked about."""

_NATIONAL_SCHEME = re.compile(r"((?!X[^K])[A-Z]{2})-.+")
"""Of org-id.guide: the country leads. XI, XM and the like are international registers."""

_COUNTED_IF_MISSING = ("title", "status", "amountMinor", "signedOn", "startOn", "endOn", "awardId")

_NAMELESS = Text("没有标识；名称不能确定主体", "no identifier, and a name identifies nobody")
_NO_REGISTER = Text(
    "标识没有登记机构，ocid 也没有发布方前缀",
    "its identifier names no register, and the ocid no publisher",
)
_MALFORMED = Text("标识过长或形式不符", "the identifier is too long or malformed")
_EXTENDS_UNKNOWN = Text("文件中没有被变更的合同", "the contract it extends is not in the file")


class ContractGraph:
    """Collects what processes bring; `facts` and `entities` are in an order of their own.

    Raises `ImportRefused` where a party's jurisdiction is neither in its identifier nor given.
    """

    def __init__(self, file: str, *, jurisdiction: str | None, names: Mapping[str, str]) -> None:
        self._file = file
        self._jurisdiction = jurisdiction
        self._names = names
        self._entities: dict[Ref, Entity] = {}
        self._facts: list[Fact] = []
        self.rejections: list[Rejection] = []
        self.missing: Counter[str] = Counter()
        self.kept: dict[str, Decimal] = {}

    def entities(self) -> Sequence[Entity]:
        return [self._entities[ref] for ref in sorted(self._entities)]

    def facts(self) -> Sequence[Fact]:
        return sorted(
            self._facts, key=lambda one: (one.kind, one.subject, one.object or one.subject)
        )

    def count(self, label: str) -> int:
        return sum(ref.label == label for ref in self._entities)

    def add(self, process: Process) -> None:
        self.missing["awards.contracts"] += len(process.awards_without_contract())
        contracts = {contract.id: contract for contract in process.contracts()}
        if not contracts:
            return
        buyer = self._buyer(process)
        for contract in contracts.values():
            ref, held = _ref(process, contract.id), _held(contract)
            self._add_contract(ref, held, process, contract)
            for supplier in self._suppliers(process, contract):
                self._facts.append(_party(supplier, ref, held, side="SUPPLIER"))
            if buyer:
                self._facts.append(_party(buyer, ref, held, side="BUYER"))
            self._facts.extend(self._amendments(ref, held, contract))
            self._facts.extend(self._extension(process, contracts, contract))

    def _add_contract(
        self, ref: Ref, held: Span, process: Process, contract: PublishedContract
    ) -> None:
        terms = _terms(contract)
        title = contract.title or contract.id
        self._entities[ref] = Entity(ref, properties={"title": title})
        identity: dict[str, Value] = {
            "contractNo": contract.number or contract.id,
            "ocid": process.ocid,
        }
        self._facts.append(Fact("ContractState", ref, held, properties=identity | _stated(terms)))
        without = (name for name in _COUNTED_IF_MISSING if terms[name] is None)
        self.missing.update(f"contracts.{name}" for name in without)
        if money := contract.money:
            total = self.kept.get(money.currency, Decimal(0))
            self.kept[money.currency] = total + money.amount

    def _buyer(self, process: Process) -> Ref | None:
        buyer = process.buyer()
        if buyer is None:
            self.missing["buyer"] += 1
            return None
        return self._party(process, buyer, label="Unit")

    def _suppliers(self, process: Process, contract: PublishedContract) -> Sequence[Ref]:
        suppliers = process.suppliers_of(contract)
        if not suppliers:
            self.missing["contracts.suppliers"] += 1
        found = (self._party(process, supplier, label="Enterprise") for supplier in suppliers)
        return sorted({ref for ref in found if ref})

    def _party(self, process: Process, organisation: Organisation, *, label: str) -> Ref | None:
        identity = process.identity(organisation)
        if identity is None or not _can_be_asked(identity):
            reason = _MALFORMED if identity else _unidentified(organisation)
            self.rejections.append(Rejection(organisation.line, organisation.field, reason))
            return None
        ref = Ref(label, identity.id)
        if ref not in self._entities:
            labels = ("Subject",) if label == "Unit" else ()
            name = self._names.get(identity.id)
            self._entities[ref] = Entity(ref, labels, {"name": name or identity.id})
            self._facts.append(self._party_state(ref, name, identity, process))
        return ref

    def _party_state(
        self, ref: Ref, name: str | None, identity: Identity, process: Process
    ) -> Fact:
        kept = _stated({"name": name})
        kept["jurisdiction"] = self._jurisdiction_of(identity, process)
        kept["identifierScheme"] = identity.scheme
        if ref.label == "Unit":
            kept |= {"unitKind": UnitKind.OTHER.value, "status": "ACTIVE"}
        return Fact(f"{ref.label}State", ref, _ALWAYS, properties=kept)

    def _jurisdiction_of(self, identity: Identity, process: Process) -> str:
        if match := _NATIONAL_SCHEME.fullmatch(identity.scheme):
            return match[1]
        given = self._jurisdiction or publisher_of(process.ocid).jurisdiction
        if given is None:
            reason = Text(
                "标识中没有国别，请用 --jurisdiction 给出法域",
                "its identifier names no country; give its jurisdiction by --jurisdiction",
            )
            raise ImportRefused(self._file, identity.id, reason)
        return given

    def _amendments(self, ref: Ref, held: Span, contract: PublishedContract) -> Iterator[Fact]:
        for amendment in contract.amendments:
            change = Ref("ContractChange", f"{ref.id}/{amendment.id}")
            self._entities[change] = _change(
                change, amendment.reason, amendment.description, amendment.changed
            )
            span = Span(amendment.changed.at) if amendment.changed else held
            yield Fact("CHANGED_BY", ref, span, change)

    def _extension(
        self,
        process: Process,
        contracts: Mapping[str, PublishedContract],
        contract: PublishedContract,
    ) -> Iterator[Fact]:
        """A contract that extends another is kept as a contract and as a change of the other."""
        if contract.extends is None:
            return
        if contract.extends not in contracts:
            field = f"{contract.field}.extendsContractID"
            self.rejections.append(Rejection(contract.line, field, _EXTENDS_UNKNOWN))
            return
        change = Ref("ContractChange", _ref(process, contract.id).id)
        self._entities[change] = _change(
            change, contract.change_reason, contract.title, contract.signed
        )
        yield Fact("CHANGED_BY", _ref(process, contract.extends), _held(contract), change)


def _unidentified(organisation: Organisation) -> Text:
    return _NO_REGISTER if organisation.id or organisation.identifier else _NAMELESS


def _can_be_asked(identity: Identity) -> bool:
    """What is kept under an identifier that a check refuses could never be found."""
    try:
        return parse_subject_id(identity.id) == identity.id
    except InvalidIdentifier:
        return False


def _ref(process: Process, contract_id: str) -> Ref:
    return Ref("Contract", f"{process.ocid}/{contract_id}")


def _held(contract: PublishedContract) -> Span:
    return Span(contract.signed.at if contract.signed else contract.released_at)


def _party(party: Ref, contract: Ref, held: Span, *, side: str) -> Fact:
    return Fact("PARTY_TO", party, held, contract, key=side, properties={"side": side})


def _change(
    ref: Ref, reason: str | None, description: str | None, changed: Stated | None
) -> Entity:
    kept = {"reason": reason, "description": description, "changedOn": _day(changed)}
    return Entity(ref, properties=_stated(kept))


def _terms(contract: PublishedContract) -> dict[str, Value]:
    money = contract.money
    return {
        "title": contract.title,
        "status": contract.status,
        "amountMinor": money.minor if money else None,
        "currency": money.currency if money else None,
        "scale": money.scale if money else None,
        "signedOn": _day(contract.signed),
        "startOn": _day(contract.starts),
        "endOn": _day(contract.ends),
        "awardId": contract.award_id,
    }


def _day(stated: Stated | None) -> str | None:
    return stated.day.isoformat() if stated else None


def _stated(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
