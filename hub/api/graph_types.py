"""Things of the graph as GraphQL types, as of both clocks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

import strawberry

from hub.api.context import Info
from hub.api.enums import (
    AdminLevel,
    InfoCategory,
    PublicitySeverity,
    RecordKind,
    StandingStatus,
    UnitKind,
)
from hub.api.law_types import end_or_none, instant_or_none
from hub.api.nodes import Connection, Node, global_id, parse_page
from hub.api.words import argument, both, told
from hub.domain import things
from hub.domain.clocks import OPEN_START, Millis

First = Annotated[int, argument("一页几项，1 到 100", "items of the page, 1 to 100")]
After = Annotated[str | None, argument("上一页的 endCursor", "the endCursor of the page before")]


@strawberry.type(
    description=both("所指的对象与通向它的事实", "a thing pointed at, and the fact leading to it")
)
class Link:
    id: strawberry.ID | None = told(
        "可用 node 查询的标识", "id for `node`, where it can be followed"
    )
    code: str = told("编号", "its code")
    name: str | None = told("名称", "its name")
    fact_id: str = told("事实编号", "id of the fact")
    valid_from: Millis | None = told("生效起；空为不详", "holds from; null where unknown")
    valid_to: Millis | None = told("生效止；空为至今", "holds until; null while it has no end")

    @classmethod
    def of(cls, named: things.Named, kind: str | None = None) -> Self:
        return cls(
            id=global_id(kind, named.code) if kind else None,
            code=named.code,
            name=named.name,
            fact_id=named.fact_id,
            valid_from=named.valid.start if named.valid.start > OPEN_START else None,
            valid_to=end_or_none(named.valid),
        )


def _links(all_named: Sequence[things.Named], kind: str | None = None) -> list[Link]:
    return [Link.of(named, kind) for named in all_named]


@strawberry.type(description=both("金额", "an amount of money"))
class Money:
    amount: Decimal = told("十进制金额", "decimal amount")
    currency: str = told("币种 ISO 4217", "ISO 4217 currency")

    @classmethod
    def of(cls, money: things.Money | None) -> Self | None:
        if money is None:
            return None
        return cls(amount=Decimal(money.minor).scaleb(-money.scale), currency=money.currency)


@strawberry.type(description=both("核查时点的记录状态", "standing of a record at the instant"))
class Standing:
    fact_id: str = told("事实编号", "id of the fact")
    status: StandingStatus = told("状态；只有施行中的计入", "status; only one in force counts")
    category: InfoCategory = told("信息类别", "category of information")
    severity: PublicitySeverity | None = told("公示等级", "severity on the national scale")
    event_at: Millis = told("发生时间", "when it happened")
    public_until: Millis | None = told("公示止", "published until")
    counts_until: Millis | None = told("计入止", "counts in checks until")
    disputed: bool = told("有已受理的异议", "an accepted objection is pending")
    obligation_open: bool = told("义务尚未履行", "the obligation is unperformed")
    domain: str | None = told("领域", "domain")
    list_kind: str | None = told("名单", "list it stands on")
    penalty: str | None = told("处罚种类", "kind of penalty")
    discipline: str | None = told("处分种类", "kind of sanction")
    marks: list[str] = told("标记", "further findings of the document")
    reason: str | None = told("变动原因", "why this version began")
    valid_from: Millis = told("此状态自", "this version holds from")
    valid_to: Millis | None = told("此状态至；空为至今", "and until; null while it has no end")

    @classmethod
    def of(cls, standing: things.StandingAt) -> Self:
        return cls(
            fact_id=standing.fact_id,
            status=StandingStatus(standing.status),
            category=InfoCategory(standing.category),
            severity=PublicitySeverity(standing.severity) if standing.severity else None,
            event_at=standing.event_at,
            public_until=instant_or_none(standing.public_until),
            counts_until=instant_or_none(standing.counts_until),
            disputed=standing.disputed,
            obligation_open=standing.obligation_open,
            domain=standing.domain,
            list_kind=standing.list_kind,
            penalty=standing.penalty,
            discipline=standing.discipline,
            marks=list(standing.marks),
            reason=standing.reason,
            valid_from=standing.valid.start,
            valid_to=end_or_none(standing.valid),
        )


@strawberry.type(description=both("依据文书", "a document"))
class Document:
    code: str = told("文书标识", "number with its issuer")
    doc_no: str | None = told("文号", "document number")
    doc_type: str | None = told("文书类型", "type")
    issuer: str | None = told("作出机关", "issuer")
    issued_on: date | None = told("作出日期", "issued on")
    fact_id: str = told("事实编号", "id of the fact that joins it to the record")

    @classmethod
    def of(cls, document: things.DocumentAt) -> Self:
        return cls(
            code=document.code,
            doc_no=document.doc_no,
            doc_type=document.doc_type,
            issuer=document.issuer,
            issued_on=document.issued_on,
            fact_id=document.fact_id,
        )


@strawberry.type(description=both("信用记录", "credit record"))
class Record(Node):
    code: str = told("记录编号", "code")
    kind: RecordKind = told("记录种类", "kind of record")
    title: str | None = told("标题", "title")
    synthetic: bool = told("虚构的演示数据", "invented for demonstration")
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    standing: Standing | None = told("当时的状态；空为尚无或已终止", "standing at the instant")
    about: Link | None = told("所涉单位；涉及个人时为空", "the unit it is about; null for persons")
    behaviours: list[Link] = told("失信行为", "behaviours it is an instance of")
    determined_by: list[Link] = told("认定单位", "units that determined it")
    documents: list[Document] = told("依据文书", "documents it rests on")
    arises_from: list[Link] = told("起因：合同、欠款、承诺或线索", "what it arose from")

    @classmethod
    def of(cls, record: things.RecordAt) -> Self:
        return cls(
            id=global_id("Record", record.code),
            code=record.code,
            kind=RecordKind(record.kind),
            title=record.title,
            synthetic=record.synthetic,
            effective_at=record.clocks.at,
            known_at=record.clocks.known_at,
            standing=Standing.of(record.standing) if record.standing else None,
            about=Link.of(record.about, "Unit") if record.about else None,
            behaviours=_links(record.behaviours, "Behaviour"),
            determined_by=_links(record.determiners, "Unit"),
            documents=[Document.of(document) for document in record.documents],
            arises_from=_links(record.arises_from),
        )


@strawberry.type(description=both("合同", "contract"))
class Contract:
    code: str = told("合同标识", "number with its issuer")
    fact_id: str = told("状态事实编号", "id of the state's fact")
    contract_no: str | None = told("合同编号", "number")
    title: str | None = told("合同名称", "title")
    side: str | None = told("单位所在一方", "side on which the unit stands")
    domain: str | None = told("领域", "domain")
    status: str | None = told("履约状态，按发布方原文", "status in the publisher's words")
    amount: Money | None = told(
        "金额；发布方未给出则为空", "amount; null where the publisher gave none"
    )
    signed_on: date | None = told("签订日期", "signed on")
    counterparties: list[Link] = told("其他各方", "the other parties")

    @classmethod
    def of(cls, contract: things.ContractAt) -> Self:
        return cls(
            code=contract.code,
            fact_id=contract.fact_id,
            contract_no=contract.contract_no,
            title=contract.title,
            side=contract.side,
            domain=contract.domain,
            status=contract.status,
            amount=Money.of(contract.amount),
            signed_on=contract.signed_on,
            counterparties=_links(contract.counterparties),
        )


@strawberry.type(description=both("欠款（应付账款）", "debt: an account payable"))
class Debt:
    code: str = told("欠款标识", "code")
    fact_id: str = told("状态事实编号", "id of the state's fact")
    payable_kind: str | None = told("欠款性质", "kind")
    due: Money | None = told("应付金额", "amount due")
    paid: Money | None = told("已付金额", "amount paid")
    due_on: date | None = told("到期日", "due on")
    dispute_status: str | None = told("分歧状态", "whether it is disputed")
    creditors: list[Link] = told("债权人", "creditors")

    @classmethod
    def of(cls, debt: things.DebtAt) -> Self:
        return cls(
            code=debt.code,
            fact_id=debt.fact_id,
            payable_kind=debt.payable_kind,
            due=Money.of(debt.due),
            paid=Money.of(debt.paid),
            due_on=debt.due_on,
            dispute_status=debt.dispute_status,
            creditors=_links(debt.creditors),
        )


@strawberry.type(description=both("行政事业单位", "administrative unit or public institution"))
class Unit(Node):
    code: str = told("统一社会信用代码或境外标识", "credit code or foreign scheme:value")
    name: str = told("名称", "name")
    synthetic: bool = told("虚构的演示数据", "invented for demonstration")
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    fact_id: str = told("状态事实编号", "id of the state's fact")
    unit_kind: UnitKind | None = told("机构类别", "kind of unit")
    level: AdminLevel | None = told("行政层级", "level of administration")
    status: str | None = told("状态", "status")
    jurisdiction: str | None = told("法域", "jurisdiction whose sources can cover it")
    regions: list[Link] = told("所在区划", "divisions it lies in")
    governs: list[Link] = told("作为政府管辖的区划", "divisions it governs")
    superiors: list[Link] = told("上级单位", "superior units")
    predecessors: list[Link] = told("前身", "units it succeeded")
    succeeded_by: list[Link] = told("承继单位", "units that succeeded it")
    clocks: strawberry.Private[things.Clocks]

    @classmethod
    def of(cls, unit: things.UnitAt) -> Self:
        return cls(
            id=global_id("Unit", unit.code),
            code=unit.code,
            name=unit.name,
            synthetic=unit.synthetic,
            effective_at=unit.clocks.at,
            known_at=unit.clocks.known_at,
            fact_id=unit.fact_id,
            unit_kind=UnitKind(unit.unit_kind) if unit.unit_kind else None,
            level=AdminLevel(unit.level) if unit.level else None,
            status=unit.status,
            jurisdiction=unit.jurisdiction,
            regions=_links(unit.regions, "Region"),
            governs=_links(unit.governs, "Region"),
            superiors=_links(unit.superiors, "Unit"),
            predecessors=_links(unit.predecessors, "Unit"),
            succeeded_by=_links(unit.successors, "Unit"),
            clocks=unit.clocks,
        )

    @strawberry.field(description=both("关于该单位的信用记录", "records about the unit"))
    async def records(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Record]:
        key = parse_page(first, after)
        page = await info.context.hub.navigator.records_of(self.code, self.clocks, first, key)
        return Connection[Record].of(page, Record.of)

    @strawberry.field(description=both("该单位为一方的合同", "contracts the unit is a party to"))
    async def contracts(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Contract]:
        key = parse_page(first, after)
        page = await info.context.hub.navigator.contracts_of(self.code, self.clocks, first, key)
        return Connection[Contract].of(page, Contract.of)

    @strawberry.field(description=both("该单位的欠款", "debts the unit owes"))
    async def debts(self, info: Info, first: First = 20, after: After = None) -> Connection[Debt]:
        key = parse_page(first, after)
        page = await info.context.hub.navigator.debts_of(self.code, self.clocks, first, key)
        return Connection[Debt].of(page, Debt.of)


@strawberry.type(description=both("任职", "a post"))
class Post:
    unit: Link = told("单位", "the unit")
    post: str | None = told("职务", "the post")
    rank: str | None = told("职级", "rank")
    is_principal: bool = told("主要负责人", "principal of the unit")


@strawberry.type(
    description=both(
        "公职人员；真实人员只回显编号，库中有无此人不可由此得知",
        "public official; of real persons only the id is echoed, known or not",
    )
)
class Official(Node):
    code: str = told("内部编号", "the hub's id")
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    synthetic: bool = told("虚构的演示数据", "invented for demonstration")
    name: str | None = told("姓名", "name; gated")
    official_kind: str | None = told("人员类别", "kind of official; gated")
    status: str | None = told("在职状态", "status; gated")
    posts: list[Post] | None = told("任职", "posts; gated")

    @classmethod
    def of(cls, official: things.OfficialAt) -> Self:
        posts = official.posts
        return cls(
            id=global_id("Official", official.code),
            code=official.code,
            effective_at=official.clocks.at,
            known_at=official.clocks.known_at,
            synthetic=official.synthetic,
            name=official.name,
            official_kind=official.official_kind,
            status=official.status,
            posts=None if posts is None else [_post(post) for post in posts],
        )


def _post(post: things.PostAt) -> Post:
    return Post(
        unit=Link.of(post.unit, "Unit"),
        post=post.post,
        rank=post.rank,
        is_principal=post.is_principal,
    )


@strawberry.type(description=both("行政区划", "administrative division"))
class Region(Node):
    code: str = told("行政区划代码", "division code")
    name: str | None = told("名称", "name")
    short_name: str | None = told("简称", "short name")
    level: AdminLevel | None = told("层级", "level")
    in_use: bool = told(
        "当时在用；停用代码见 replacedBy", "in use at the instant; else see replacedBy"
    )
    synthetic: bool = told("虚构的演示数据", "invented for demonstration")
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    parent: Link | None = told("上级区划", "division it is part of")
    children: list[Link] = told("下级区划", "divisions that are part of it")
    replaced_by: list[Link] = told("后继代码", "codes that replaced it")
    government: Link | None = told("本级政府", "the government of the division")

    @classmethod
    def of(cls, region: things.RegionAt) -> Self:
        return cls(
            id=global_id("Region", region.code),
            code=region.code,
            name=region.name,
            short_name=region.short_name,
            level=AdminLevel(region.level) if region.level else None,
            in_use=region.in_use,
            synthetic=region.synthetic,
            effective_at=region.clocks.at,
            known_at=region.clocks.known_at,
            parent=Link.of(region.parent, "Region") if region.parent else None,
            children=_links(region.children, "Region"),
            replaced_by=_links(region.replaced_by, "Region"),
            government=Link.of(region.government, "Unit") if region.government else None,
        )
