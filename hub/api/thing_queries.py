"""Root fields that find a thing: by global id, code or number."""

import unicodedata
from typing import Annotated, Any

import strawberry

from hub.api.clock_arguments import EffectiveAt, KnownAt, asked_clocks
from hub.api.context import Info, core_info
from hub.api.law_nodes import LAW_TYPES, law_node
from hub.api.nodes import Node, parse_global_id
from hub.api.selections import selected
from hub.api.thing_types import THING_TYPES
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.domain.identifiers import parse_subject_id
from hub.errors import NodeNotFound, UnitNotFound
from hub.graph.kinds import shown_by_name

Unit: Any = THING_TYPES["Unit"].cls
Official: Any = THING_TYPES["Person"].cls
Enterprise: Any = THING_TYPES["Enterprise"].cls
Contract: Any = THING_TYPES["Contract"].cls
Debt: Any = THING_TYPES["Debt"].cls
Record: Any = THING_TYPES["CreditRecord"].cls
Document: Any = THING_TYPES["Document"].cls
Region: Any = THING_TYPES["Region"].cls


@strawberry.type
class ThingQueries:
    @strawberry.field(description=both("按全局标识取对象", "anything by its global id"))
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, argument("全局标识", "global id")],  # noqa: A002
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Node:
        found = await _node(info, *parse_global_id(id), effective_at, known_at)
        if found is None:
            raise NodeNotFound(id)
        return found

    @strawberry.field(graphql_type=Unit, description=both("单位", "a unit"))
    async def unit(
        self,
        info: Info,
        code: Annotated[
            str, argument("统一社会信用代码或境外标识", "credit code or foreign scheme:value")
        ],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        subject = parse_subject_id(code)
        found = await _thing(info, "Unit", subject, effective_at, known_at)
        if found is None:
            raise UnitNotFound(subject)
        return found

    @strawberry.field(graphql_type=Official, description=both("公职人员", "a public official"))
    async def official(
        self,
        info: Info,
        code: Annotated[str, argument("人员编号 P-…", "person id P-…")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        return await _official(info, parse_subject_id(code), effective_at, known_at)

    @strawberry.field(graphql_type=Enterprise, description=both("企业", "an enterprise"))
    async def enterprise(
        self,
        info: Info,
        code: Annotated[
            str, argument("统一社会信用代码或境外标识", "credit code or foreign scheme:value")
        ],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        subject = parse_subject_id(code)
        return await _required(info, "Enterprise", subject, effective_at, known_at)

    @strawberry.field(graphql_type=Contract, description=both("合同", "a contract"))
    async def contract(
        self,
        info: Info,
        code: Annotated[str, argument("合同标识", "code of the contract")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        return await _required(info, "Contract", code, effective_at, known_at)

    @strawberry.field(
        graphql_type=list[Contract],
        description=both("合同编号为此的合同，至多一百份", "contracts of that number, at most 100"),
    )
    async def contracts(
        self,
        info: Info,
        contract_no: Annotated[str, argument("合同编号", "number of the contract")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> list[Any]:
        return await _numbered(info, "Contract", "contractNo", contract_no, effective_at, known_at)

    @strawberry.field(graphql_type=Debt, description=both("欠款", "a debt"))
    async def debt(
        self,
        info: Info,
        code: Annotated[str, argument("欠款标识", "code of the debt")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        return await _required(info, "Debt", code, effective_at, known_at)

    @strawberry.field(graphql_type=Record, description=both("信用记录", "a record"))
    async def record(
        self,
        info: Info,
        code: Annotated[str, argument("记录编号", "code of the record")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        return await _required(info, "CreditRecord", code, effective_at, known_at)

    @strawberry.field(
        graphql_type=list[Document],
        description=both("文号为此的依据文书，至多一百份", "documents of that number, at most 100"),
    )
    async def documents(
        self,
        info: Info,
        doc_no: Annotated[str, argument("文号", "number of the document")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> list[Any]:
        return await _numbered(info, "Document", "docNo", doc_no, effective_at, known_at)

    @strawberry.field(
        graphql_type=Region, description=both("行政区划", "an administrative division")
    )
    async def region(
        self,
        info: Info,
        code: Annotated[str, argument("行政区划代码", "division code")],
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Any:
        return await _required(info, "Region", code, effective_at, known_at)


async def _node(
    info: Info, kind: str, code: str, at: Millis | None, known_at: Millis | None
) -> Any:
    if kind == "Official":
        return await _official(info, code, at, known_at)
    if kind in LAW_TYPES:
        return law_node(
            await info.context.loaders.law(asked_clocks(info, at, known_at)), kind, code
        )
    shown = shown_by_name().get(kind)
    return None if shown is None else await _thing(info, shown.label, code, at, known_at)


async def _thing(
    info: Info, label: str, code: str, at: Millis | None, known_at: Millis | None
) -> Any:
    """None where nothing is known under the code, or nothing of it may be shown."""
    clocks = asked_clocks(info, at, known_at)
    core = core_info(info)
    fields = selected(core.field_nodes, core.fragments)
    found = await info.context.loaders.thing(label, code, clocks, fields)
    if found is None:
        return None
    clocks, row = found
    return THING_TYPES[label].of(row, clocks) if row.get("stateKnown", True) else None


async def _required(
    info: Info, label: str, code: str, at: Millis | None, known_at: Millis | None
) -> Any:
    found = await _thing(info, label, code.strip(), at, known_at)
    if found is None:
        raise NodeNotFound(code)
    return found


async def _numbered(
    info: Info, label: str, word: str, number: str, at: Millis | None, known_at: Millis | None
) -> list[Any]:
    folded = unicodedata.normalize("NFKC", number).strip()
    clocks = asked_clocks(info, at, known_at)
    found = await info.context.hub.navigator.numbered(label, word, folded, clocks)
    things = (THING_TYPES[label].of(row, read_at) for read_at, row in found if row["stateKnown"])
    return [thing for thing in things if thing is not None]


async def _official(info: Info, code: str, at: Millis | None, known_at: Millis | None) -> Any:
    """An unknown person is answered like a known one of whom nothing may be shown."""
    found = await _thing(info, "Person", code, at, known_at)
    if found is not None:
        return found
    clocks = asked_clocks(info, at, known_at)
    return THING_TYPES["Person"].withheld(code, clocks)
