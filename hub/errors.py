"""All errors the hub tells people about, as one tree.

HubError
├── InvalidInput             the request can be mended by whoever made it
│   ├── InvalidIdentifier    INVALID_IDENTIFIER
│   ├── InvalidInstant       INVALID_INSTANT
│   ├── KnownAtInFuture      KNOWN_AT_IN_FUTURE
│   ├── UnknownScenario      UNKNOWN_SCENARIO
│   ├── UnknownCode          UNKNOWN_CODE
│   ├── CapacityRequired     CAPACITY_REQUIRED
│   ├── CapacityNotAllowed   CAPACITY_NOT_ALLOWED
│   ├── WrongSubjectKind     WRONG_SUBJECT_KIND
│   ├── UnitsOnly            UNITS_ONLY
│   ├── PurposeRequired      PURPOSE_REQUIRED
│   ├── TooManySubjects      TOO_MANY_SUBJECTS
│   ├── MatterRequired       MATTER_REQUIRED
│   ├── MatterConflict       MATTER_CONFLICT
│   ├── IdempotencyConflict  IDEMPOTENCY_CONFLICT
│   ├── ReviewNotRequired    REVIEW_NOT_REQUIRED
│   ├── ReasonsRequired      REASONS_REQUIRED
│   ├── NotOfSubject         NOT_OF_SUBJECT
│   ├── InvalidPage          INVALID_PAGE
│   ├── InvalidFilter        INVALID_FILTER
│   ├── InvalidHops          INVALID_HOPS
│   ├── InvalidSearchText    INVALID_SEARCH_TEXT
│   ├── UnknownKind          UNKNOWN_KIND
│   ├── ForbiddenTransition  FORBIDDEN_TRANSITION
│   ├── WrongMover           WRONG_MOVER
│   ├── RuleSetNotNext       RULE_SET_NOT_NEXT
│   ├── RuleSetTransition    RULE_SET_TRANSITION
│   ├── RuleSetRetroactive   RULE_SET_RETROACTIVE
│   ├── BasisNotInForce      BASIS_NOT_IN_FORCE
│   ├── UnknownQuery         UNKNOWN_QUERY
│   ├── InvalidParameter     INVALID_PARAMETER
│   ├── QueryTooLarge        QUERY_TOO_LARGE
│   ├── QueryTooCostly       QUERY_TOO_COSTLY
│   ├── InvalidReceipt       INVALID_RECEIPT
│   ├── InvalidKeys          INVALID_KEYS
│   ├── InvalidSettings      INVALID_SETTINGS
│   ├── EndpointUnreachable  ENDPOINT_UNREACHABLE
│   └── NotServedYet         NOT_SERVED_YET
├── NotFound                 nothing is kept under that identifier
│   ├── UnitNotFound         UNKNOWN_UNIT
│   ├── NodeNotFound         UNKNOWN_NODE
│   ├── VerdictNotFound      UNKNOWN_VERDICT
│   ├── VerdictWithheld      VERDICT_WITHHELD
│   ├── KeyNotFound          UNKNOWN_KEY
│   ├── CasesNotLoaded       CASES_NOT_LOADED
│   ├── RegionNotFound       UNKNOWN_REGION
│   ├── RuleSetNotFound      UNKNOWN_RULE_SET
│   └── NoRuleSetInForce     NO_RULE_SET_IN_FORCE
├── RefusedData              a file or the catalogue breaks a rule; nothing of it was kept
│   ├── CatalogueRefused     CATALOGUE_REFUSED
│   └── ImportRefused        IMPORT_REFUSED
├── GraphProblem             Neo4j cannot serve the request now
│   ├── GraphUnavailable     GRAPH_UNAVAILABLE
│   ├── GraphBusy            GRAPH_BUSY
│   ├── GraphLoginRefused    GRAPH_LOGIN_REFUSED
│   ├── StatementTimedOut    STATEMENT_TIMED_OUT
│   ├── SchemaNewer          SCHEMA_NEWER
│   ├── SchemaOlder          SCHEMA_OLDER
│   ├── MigrationUnfinished  MIGRATION_UNFINISHED
│   ├── CatalogueMissing     CATALOGUE_MISSING
│   ├── StillWarmingUp       STILL_WARMING_UP
│   ├── Publishing           PUBLISHING
│   ├── LeaseLost            LEASE_LOST
│   └── ClockAhead           CLOCK_AHEAD
├── EvidenceProblem          what is answered cannot be recorded, or what was cannot be read
│   ├── VerdictStoreUnavailable  VERDICT_STORE_UNAVAILABLE
│   ├── VerdictStoreDamaged      VERDICT_STORE_DAMAGED
│   └── VerdictStoreNewer        VERDICT_STORE_NEWER
└── LocalServerProblem       the local Neo4j could not be provided
    ├── DownloadFailed       DOWNLOAD_FAILED
    ├── PortTaken            PORT_TAKEN
    ├── NotEnoughMemory      NOT_ENOUGH_MEMORY
    ├── ServerDidNotStart    SERVER_DID_NOT_START
    └── InstanceBusy         INSTANCE_BUSY

A class keeps its facts as attributes and writes its own sentences; `code` is public and never
changes. Whatever is no `HubError` is a bug: logged with its traceback, shown as `INTERNAL`.
"""

from collections.abc import Sequence
from typing import ClassVar

from hub.text import Text


class HubError(Exception):
    """What went wrong and how to mend it, in both languages; `where` names file, entry or field."""

    code: ClassVar[str]
    exit_status: ClassVar[int]
    retryable: ClassVar[bool] = False
    """Whether the same request, unchanged, may succeed in seconds."""

    def __init__(self, what: Text, *, mend: Text, where: str | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.mend = mend
        self.where = where


class InvalidInput(HubError):
    exit_status = 2


class InvalidIdentifier(InvalidInput):
    code = "INVALID_IDENTIFIER"

    def __init__(self, given: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"标识 {given!r} 无效：{reason.zh}", f"Identifier {given!r} is invalid: {reason.en}"
            ),
            mend=Text(
                "请核对18位统一社会信用代码、人员编号(P-…)或境外标识(方案:值)",
                "Check the 18-character credit code, person id (P-…) or foreign scheme:value",
            ),
            where="subject",
        )
        self.given = given
        self.reason = reason


class InvalidInstant(InvalidInput):
    code = "INVALID_INSTANT"

    def __init__(self, given: str, reason: Text, *, where: str | None = None) -> None:
        super().__init__(
            Text(f"时间 {given!r} 无效：{reason.zh}", f"Instant {given!r} is invalid: {reason.en}"),
            mend=Text(
                "请写明时区，精度不超过毫秒，例如 2026-11-23T09:00:00+08:00",
                "State the zone, milliseconds at most, such as 2026-11-23T09:00:00+08:00",
            ),
            where=where,
        )
        self.given = given


class KnownAtInFuture(InvalidInput):
    code = "KNOWN_AT_IN_FUTURE"

    def __init__(self, given: str, now: str) -> None:
        super().__init__(
            Text(
                f"knownAt {given} 晚于现在 {now}：将来所知无从查起",
                f"knownAt {given} is later than now, {now}: future knowledge cannot be read",
            ),
            mend=Text(
                "请省略 knownAt 或给出过去的时刻", "Leave knownAt out or give a past instant"
            ),
            where="knownAt",
        )


class UnknownScenario(InvalidInput):
    code = "UNKNOWN_SCENARIO"

    def __init__(self, scenario: str, known: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"没有规则涉及应用场景 {scenario!r}，不能作出结论",
                f"No rule set names the scenario {scenario!r}: an unruled question has no answer",
            ),
            mend=Text(f"请从中选择：{'、'.join(known)}", f"Choose one of: {', '.join(known)}"),
            where="scenario",
        )
        self.scenario = scenario


class UnknownCode(InvalidInput):
    code = "UNKNOWN_CODE"

    def __init__(self, argument: str, given: str, known: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"规则集中没有 {argument} 为 {given!r} 的条目",
                f"The rule set has no {argument} {given!r}",
            ),
            mend=Text(f"请从中选择：{'、'.join(known)}", f"Choose one of: {', '.join(known)}"),
            where=argument,
        )


class CapacityRequired(InvalidInput):
    code = "CAPACITY_REQUIRED"

    def __init__(self, scenario: str, allowed: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 必须写明主体以何身份参与",
                f"Scenario {scenario} needs to know as what the subject takes part",
            ),
            mend=Text(
                f"请给出 capacity：{'、'.join(allowed)}", f"Give capacity: {', '.join(allowed)}"
            ),
            where="capacity",
        )
        self.allowed = tuple(allowed)


class CapacityNotAllowed(InvalidInput):
    code = "CAPACITY_NOT_ALLOWED"

    def __init__(self, capacity: str, scenario: str, allowed: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 没有参与身份 {capacity!r}",
                f"Scenario {scenario} has no capacity {capacity!r}",
            ),
            mend=Text(f"请从中选择：{'、'.join(allowed)}", f"Choose one of: {', '.join(allowed)}"),
            where="capacity",
        )
        self.allowed = tuple(allowed)


class WrongSubjectKind(InvalidInput):
    code = "WRONG_SUBJECT_KIND"

    def __init__(self, subject: str, scenario: str, expected: Text) -> None:
        super().__init__(
            Text(
                f"应用场景 {scenario} 只核查{expected.zh}，{subject!r} 不是",
                f"Scenario {scenario} checks {expected.en}, which {subject!r} is not",
            ),
            mend=Text(
                "请核对主体与应用场景是否匹配", "Check that subject and scenario belong together"
            ),
            where="subject",
        )


class UnitsOnly(InvalidInput):
    """Of persons nothing is listed, compared, supposed or told of the past."""

    code = "UNITS_ONLY"

    def __init__(self, form: str) -> None:
        super().__init__(
            Text(f"{form} 只用于单位，不用于个人", f"{form} is for units, never for persons"),
            mend=Text(
                "个人只能逐人、按一个场景、为授权的用途核查：check",
                "Check a person alone, in one scenario, for an authorised purpose: check",
            ),
            where=form,
        )


class PurposeRequired(InvalidInput):
    code = "PURPOSE_REQUIRED"

    def __init__(self, scenario: str) -> None:
        super().__init__(
            Text(
                f"批量核查个人（{scenario}）必须写明用途和授权文书",
                f"Checking many persons ({scenario}) takes a purpose and an authorisation",
            ),
            mend=Text("请给出 purpose 与 authorisation", "Give purpose and authorisation"),
            where="purpose",
        )


class TooManySubjects(InvalidInput):
    code = "TOO_MANY_SUBJECTS"

    def __init__(self, given: int, most: int) -> None:
        super().__init__(
            Text(
                f"一次最多核查 {most} 个主体，这里有 {given} 个；没有核查任何一个",
                f"One request checks at most {most} subjects, not {given}; none was checked",
            ),
            mend=Text(
                f"请分成每次不超过 {most} 个，并都使用第一次返回的 effectiveAt 与 knownAt，"
                "合起来就是同一时点的一份名单",
                f"Send {most} or fewer at a time, all with the effectiveAt and knownAt that the"
                " first answer states: together they are one list as of one moment",
            ),
            where="subjects",
        )
        self.given = given
        self.most = most


class MatterRequired(InvalidInput):
    code = "MATTER_REQUIRED"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "idempotencyKey 只对所办事项有意义，没有写明 matter",
                "An idempotencyKey belongs to a matter, and none was given",
            ),
            mend=Text("请给出 matter，或省略 idempotencyKey", "Give matter, or leave the key out"),
            where="matter",
        )


class MatterConflict(InvalidInput):
    code = "MATTER_CONFLICT"

    def __init__(self, matter: str) -> None:
        super().__init__(
            Text(
                f"事项 {matter!r} 已登记，内容不同",
                f"The matter {matter!r} is registered with other content",
            ),
            mend=Text(
                "登记不能改动；请核对，或用另一名称登记",
                "A registration never changes: check it, or register under another name",
            ),
            where="matter",
        )


class IdempotencyConflict(InvalidInput):
    code = "IDEMPOTENCY_CONFLICT"

    def __init__(self, key: str) -> None:
        super().__init__(
            Text(
                f"idempotencyKey {key!r} 已用于同一事项的另一问题",
                f"The idempotencyKey {key!r} was used for another question of this matter",
            ),
            mend=Text(
                "重试时请原样重发；新的问题请用新的键",
                "Send the same question again, or a new key with a new question",
            ),
            where="idempotencyKey",
        )


class ReviewNotRequired(InvalidInput):
    code = "REVIEW_NOT_REQUIRED"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"结论 {verdict_id} 不需要人工复核",
                f"Verdict {verdict_id} is not for a human to confirm",
            ),
            mend=Text(
                "只复核 humanReviewRequired 为真的结论",
                "Review only verdicts whose humanReviewRequired is true",
            ),
            where="id",
        )


class ReasonsRequired(InvalidInput):
    code = "REASONS_REQUIRED"

    def __init__(self, argument: str) -> None:
        super().__init__(
            Text(f"人工复核须写明 {argument}", f"A review must state its {argument}"),
            mend=Text(
                "请写明复核人和理由，不得空白", "Name who reviews and why; neither may be blank"
            ),
            where=argument,
        )


class NotOfSubject(InvalidInput):
    """Whether such a thing exists elsewhere is not told."""

    code = "NOT_OF_SUBJECT"

    def __init__(self, argument: str, given: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"{'、'.join(given)} 不及于该主体，无从假设",
                f"Nothing can be supposed of {', '.join(given)}: it does not concern the subject",
            ),
            mend=Text(
                "请使用该主体核查依据中的记录编号，或其所欠账款的标识",
                "Use codes of records in the grounds of the subject's check, or of debts it owes",
            ),
            where=argument,
        )
        self.given = tuple(given)


class InvalidPage(InvalidInput):
    code = "INVALID_PAGE"

    def __init__(self, argument: str, most: int) -> None:
        super().__init__(
            Text(f"分页参数 {argument} 无效", f"The page argument {argument} is wrong"),
            mend=Text(
                f"first 取 1 到 {most}，after 使用上一页返回的 endCursor",
                f"Give first between 1 and {most}, and as after the endCursor of the page before",
            ),
            where=argument,
        )


class UnknownQuery(InvalidInput):
    code = "UNKNOWN_QUERY"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(f"没有名为 {name!r} 的查询", f"There is no query named {name!r}"),
            mend=Text("hub explore --list 列出全部查询", "hub explore --list shows them all"),
            where="name",
        )
        self.name = name


class InvalidParameter(InvalidInput):
    code = "INVALID_PARAMETER"

    def __init__(self, parameter: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"参数 {parameter} 有误：{reason.zh}",
                f"Parameter {parameter} is wrong: {reason.en}",
            ),
            mend=Text(
                "hub explore --list 列出各查询的参数",
                "hub explore --list shows the parameters of every query",
            ),
            where=parameter,
        )
        self.parameter = parameter


class InvalidFilter(InvalidInput):
    code = "INVALID_FILTER"

    def __init__(self, argument: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"筛选 {argument} 无效：{reason.zh}", f"The filter {argument} is wrong: {reason.en}"
            ),
            mend=Text(
                "一次最多 100 个值；金额须小于九万亿",
                "Give at most 100 values at once, and amounts below nine trillion",
            ),
            where=argument,
        )


class InvalidHops(InvalidInput):
    code = "INVALID_HOPS"

    def __init__(self, given: int, most: int) -> None:
        super().__init__(
            Text(f"路径长度 {given} 无效", f"A path of {given} hops cannot be asked for"),
            mend=Text(f"maxHops 取 1 到 {most}", f"Give maxHops between 1 and {most}"),
            where="maxHops",
        )


class InvalidSearchText(InvalidInput):
    code = "INVALID_SEARCH_TEXT"

    def __init__(self, reason: Text, most: int) -> None:
        super().__init__(
            Text(f"检索词无效：{reason.zh}", f"The text to search for is invalid: {reason.en}"),
            mend=Text(
                f"请给出 1 到 {most} 个字符，至少一个字母、数字或汉字",
                f"Give 1 to {most} characters, a letter, digit or ideograph among them",
            ),
            where="text",
        )


class UnknownKind(InvalidInput):
    code = "UNKNOWN_KIND"

    def __init__(self, given: str, known: Sequence[str]) -> None:
        super().__init__(
            Text(f"没有种类 {given!r}", f"There is no kind {given!r}"),
            mend=Text(f"请从中选择：{'、'.join(known)}", f"Choose among: {', '.join(known)}"),
            where="kinds",
        )


class ForbiddenTransition(InvalidInput):
    """`start` is None where a record would begin so."""

    code = "FORBIDDEN_TRANSITION"

    def __init__(self, start: str | None, end: str, allowed: Sequence[str]) -> None:
        zh = f"记录状态不能由 {start} 变为 {end}" if start else f"记录不能以 {end} 开始"
        en = f"A record cannot go from {start} to {end}" if start else f"None begins as {end}"
        super().__init__(
            Text(zh, en),
            mend=Text(
                f"可以变为：{'、'.join(allowed) or '无'}",
                f"It may become: {', '.join(allowed) or 'nothing else'}",
            ),
            where="status",
        )
        self.start = start
        self.end = end
        self.allowed = tuple(allowed)


class WrongMover(InvalidInput):
    code = "WRONG_MOVER"

    def __init__(self, mover: str, document_type: str, allowed: Sequence[str]) -> None:
        super().__init__(
            Text(
                f"{mover} 不能凭 {document_type} 作此变动",
                f"{mover} cannot do so on a {document_type}",
            ),
            mend=Text(
                f"须由：{'、'.join(allowed) or '期限届满自动变动'}",
                f"It takes: {', '.join(allowed) or 'time alone'}",
            ),
            where="by",
        )
        self.allowed = tuple(allowed)


class RuleSetNotNext(InvalidInput):
    code = "RULE_SET_NOT_NEXT"

    def __init__(self, number: int, following: int) -> None:
        super().__init__(
            Text(
                f"规则集序号 {number} 与图中的序号不相接",
                f"Rule set {number} does not follow those of the graph",
            ),
            mend=Text(
                f"请在 rule_set.yaml 中写 number: {following}",
                f"Write number: {following} in rule_set.yaml",
            ),
            where="number",
        )
        self.following = following


class RuleSetTransition(InvalidInput):
    code = "RULE_SET_TRANSITION"

    def __init__(self, number: int, reason: Text) -> None:
        super().__init__(
            Text(
                f"规则集 {number} 不能如此公布：{reason.zh}",
                f"Rule set {number} cannot be published so: {reason.en}",
            ),
            mend=Text(
                "hub rules list 列出各规则集的状态；需要改变的，另行起草下一号",
                "hub rules list shows their states; draft the next one for what is to change",
            ),
            where="number",
        )
        self.number = number
        self.reason = reason


class RuleSetRetroactive(InvalidInput):
    code = "RULE_SET_RETROACTIVE"

    def __init__(self, number: int, day: str) -> None:
        super().__init__(
            Text(
                f"规则集 {number} 要自 {day} 起施行，而这一天已经开始",
                f"Rule set {number} would be in force from {day}, which has begun",
            ),
            mend=Text(
                "请给出以后的日期；确需溯及既往的，加 --retroactive，已有的结论仍可复现",
                "Give a later day, or --retroactive where that is meant; past answers still replay",
            ),
            where="from",
        )


class BasisNotInForce(InvalidInput):
    code = "BASIS_NOT_IN_FORCE"

    def __init__(self, basis: str, day: str) -> None:
        super().__init__(
            Text(
                f"依据 {basis} 在 {day} 之前并不有效，不能自该日起废止",
                f"The basis {basis} is not in force until {day} and cannot end then",
            ),
            mend=Text("请核对依据的施行和废止日期", "Check from when until when it is in force"),
            where="basis",
        )


class QueryTooLarge(InvalidInput):
    """`limit` is one of `hub.api.limits.Limits`."""

    code = "QUERY_TOO_LARGE"

    def __init__(self, limit: str, most: int) -> None:
        super().__init__(
            Text(
                f"查询语句过大：{limit} 不得超过 {most}",
                f"The query is too large: no more than {most} {limit}",
            ),
            mend=Text(
                "请减少字段、别名或嵌套，或分成几次查询",
                "Ask for fewer fields, aliases or levels, or ask in several queries",
            ),
            where=limit,
        )
        self.limit = limit
        self.most = most


class QueryTooCostly(InvalidInput):
    """`cost` is the number of objects that its pages may hold in all."""

    code = "QUERY_TOO_COSTLY"

    def __init__(self, cost: int, most: int) -> None:
        super().__init__(
            Text(
                f"查询各页合计最多可含 {cost} 个对象，超过上限 {most}",
                f"The pages of the query may hold {cost} objects, more than the limit of {most}",
            ),
            mend=Text(
                "请减小 first 或减少 subjects，或少嵌套一层列表，再逐页查询",
                "Give smaller numbers as first, fewer subjects, or nest one list less, and ask"
                " page by page",
            ),
            where="first",
        )
        self.cost = cost
        self.most = most


class InvalidReceipt(InvalidInput):
    code = "INVALID_RECEIPT"

    def __init__(self, reason: Text, *, where: str | None = None) -> None:
        super().__init__(
            Text(
                f"这不是可核验的回执：{reason.zh}", f"No receipt that can be verified: {reason.en}"
            ),
            mend=Text(
                "请用原样保存的回执文件，或向出具方重新索取",
                "Use the receipt's file as it was kept, or ask its issuer for it again",
            ),
            where=where,
        )


class InvalidKeys(InvalidInput):
    code = "INVALID_KEYS"

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"密钥文件 {file} 不可用：{reason.zh}", f"Key file {file} is of no use: {reason.en}"
            ),
            mend=Text(
                "请给出 JWK Set 文件，每把密钥写明 kid 和 alg",
                "Give a file with a JWK Set whose keys state kid and alg",
            ),
            where=file,
        )


class InvalidSettings(InvalidInput):
    code = "INVALID_SETTINGS"

    def __init__(self, setting: str, reason: Text) -> None:
        super().__init__(
            Text(f"设置 {setting} 有误：{reason.zh}", f"Setting {setting} is wrong: {reason.en}"),
            mend=Text("请按 README 的设置表修改", "Mend it by the settings table of the README"),
            where=setting,
        )


class EndpointUnreachable(InvalidInput):
    code = "ENDPOINT_UNREACHABLE"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            Text(
                f"{url} 没有以 GraphQL 作答（{reason}）",
                f"{url} gave no GraphQL answer ({reason})",
            ),
            mend=Text(
                "请先运行 hub serve，或写明端点的地址",
                "Run hub serve first, or name the endpoint's address",
            ),
            where="url",
        )


class NotServedYet(InvalidInput):
    code = "NOT_SERVED_YET"

    def __init__(self, what: Text, *, mend: Text) -> None:
        super().__init__(what, mend=mend)


class NotFound(HubError):
    exit_status = 3


class UnitNotFound(NotFound):
    code = "UNKNOWN_UNIT"

    def __init__(self, unit_id: str) -> None:
        super().__init__(
            Text(f"库中没有标识为 {unit_id!r} 的单位", f"No unit is kept under {unit_id!r}"),
            mend=Text(
                "请核对代码；查无此单位不等于无失信，不能据此通过",
                "Check the code; an unknown unit is not a clean one, so do not decide on this",
            ),
            where="subject",
        )
        self.unit_id = unit_id


class NodeNotFound(NotFound):
    code = "UNKNOWN_NODE"

    def __init__(self, given: str) -> None:
        super().__init__(
            Text(f"没有标识为 {given!r} 的对象", f"Nothing is kept under {given!r}"),
            mend=Text("请使用查询返回的 id", "Use an id that a query returned"),
            where="id",
        )


class RegionNotFound(NotFound):
    code = "UNKNOWN_REGION"

    def __init__(self, given: str) -> None:
        super().__init__(
            Text(
                f"此时没有代码为 {given!r} 的行政区划", f"No division has the code {given!r} then"
            ),
            mend=Text(
                "请核对区划代码；撤销的区划由 replacedBy 查其后继",
                "Check the code; a division that was abolished tells its successor as replacedBy",
            ),
            where="region",
        )
        self.given = given


class CasesNotLoaded(NotFound):
    code = "CASES_NOT_LOADED"

    def __init__(self, url: str) -> None:
        super().__init__(
            Text(f"{url} 没有载入这些案例", f"{url} does not hold these cases"),
            mend=Text(
                "请运行 hub seed --cases；其他系统请载入 hub conform --facts FILE 所写的事实",
                "Run hub seed --cases; elsewhere load what hub conform --facts FILE writes",
            ),
            where="url",
        )


class RuleSetNotFound(NotFound):
    code = "UNKNOWN_RULE_SET"

    def __init__(self, given: int | str, known: Sequence[int], *, where: str = "number") -> None:
        numbers = [str(one) for one in known]
        super().__init__(
            Text(f"没有规则集 {given}", f"There is no rule set {given}"),
            mend=Text(f"请从中选择：{'、'.join(numbers)}", f"Choose one of: {', '.join(numbers)}"),
            where=where,
        )


class VerdictNotFound(NotFound):
    code = "UNKNOWN_VERDICT"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"没有留痕编号为 {verdict_id!r} 的结论", f"No verdict is recorded as {verdict_id!r}"
            ),
            mend=Text(
                "请核对编号；其他主机的卷可用 HUB_VERDICT_VOLUMES 一并查找",
                "Check the id; HUB_VERDICT_VOLUMES looks into volumes of other hosts too",
            ),
            where="id",
        )


class VerdictWithheld(NotFound):
    code = "VERDICT_WITHHELD"

    def __init__(self, verdict_id: str) -> None:
        super().__init__(
            Text(
                f"结论 {verdict_id} 留有痕迹，但其内容已不能再给出",
                f"Verdict {verdict_id} was recorded, but can no longer be told",
            ),
            mend=Text(
                "密钥已销毁，或所依据的事实已不可用；请重新核查",
                "Its key was destroyed or its facts are no longer to be had; check anew",
            ),
            where="id",
        )


class KeyNotFound(NotFound):
    code = "UNKNOWN_KEY"

    def __init__(self, kid: str, known: Sequence[str]) -> None:
        listed = ", ".join(known) or "—"
        super().__init__(
            Text(
                f"没有编号为 {kid!r} 的公钥，已知 {listed}",
                f"No public key is known by the id {kid!r}; known are {listed}",
            ),
            mend=Text(
                "请用 --keys 给出出具方 /.well-known/jwks.json 的文件",
                "Give the issuer's /.well-known/jwks.json by --keys",
            ),
            where="kid",
        )
        self.kid = kid


class NoRuleSetInForce(NotFound):
    code = "NO_RULE_SET_IN_FORCE"

    def __init__(self, at: str) -> None:
        super().__init__(
            Text(f"{at} 时没有施行中的规则集", f"No rule set was in force at {at}"),
            mend=Text("请给出较晚的 effectiveAt 或 knownAt", "Give a later effectiveAt or knownAt"),
            where="effectiveAt",
        )


class RefusedData(HubError):
    exit_status = 5


class CatalogueRefused(RefusedData):
    code = "CATALOGUE_REFUSED"

    def __init__(self, file: str, entry: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"{file} 的 {entry} 被拒：{reason.zh}", f"{file}, {entry} is refused: {reason.en}"
            ),
            mend=Text(
                "请改正该条目后重新加载；现行规则集未变",
                "Mend the entry and load again; the rule set in force is unchanged",
            ),
            where=f"{file}#{entry}",
        )
        self.file = file
        self.entry = entry
        self.reason = reason


class ImportRefused(RefusedData):
    code = "IMPORT_REFUSED"

    def __init__(self, file: str, place: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"{file} 的 {place} 无法导入：{reason.zh}",
                f"{file}, {place} cannot be imported: {reason.en}",
            ),
            mend=Text(
                "请改正后重新导入整个文件；本次没有写入任何内容",
                "Mend it and import the whole file again; nothing was kept",
            ),
            where=f"{file}#{place}",
        )


class GraphProblem(HubError):
    exit_status = 4


class GraphUnavailable(GraphProblem):
    code = "GRAPH_UNAVAILABLE"
    retryable = True

    def __init__(self, address: str) -> None:
        super().__init__(
            Text(f"无法连接 Neo4j（{address}）", f"Neo4j at {address} cannot be reached"),
            mend=Text(
                "请运行 hub up 启动本地服务，或检查 HUB_NEO4J_URI；在此之前不要作出决定",
                "Run hub up for the local server or check HUB_NEO4J_URI; do not decide until then",
            ),
        )


class GraphBusy(GraphProblem):
    code = "GRAPH_BUSY"
    retryable = True

    def __init__(self) -> None:
        super().__init__(
            Text("同时进行的查询太多", "Too many statements are under way"),
            mend=Text(
                "请稍后重试；没有结论就不要作出决定",
                "Try again shortly; without an answer do not decide",
            ),
        )


class GraphLoginRefused(GraphProblem):
    code = "GRAPH_LOGIN_REFUSED"

    def __init__(self, address: str, user: str) -> None:
        super().__init__(
            Text(
                f"Neo4j（{address}）拒绝用户 {user!r} 登录",
                f"Neo4j at {address} refused the user {user!r}",
            ),
            mend=Text(
                "请检查 HUB_NEO4J_USER 与 HUB_NEO4J_PASSWORD；本地服务可运行 hub neo4j reset",
                "Check HUB_NEO4J_USER and HUB_NEO4J_PASSWORD; if local, run hub neo4j reset",
            ),
        )


class StatementTimedOut(GraphProblem):
    code = "STATEMENT_TIMED_OUT"
    retryable = True

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(
            Text(
                f"查询超过 {limit_seconds:g} 秒未完成，已中止",
                f"The statement ran over {limit_seconds:g} s and was stopped",
            ),
            mend=Text(
                "请稍后重试；没有结论就不要作出决定",
                "Try again later; without an answer do not decide",
            ),
        )


class SchemaNewer(GraphProblem):
    code = "SCHEMA_NEWER"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            Text(
                f"数据库结构版本 {found} 比本程序认识的 {known} 新，拒绝使用",
                f"The database has schema version {found}, newer than {known} known here",
            ),
            mend=Text("请升级诚信枢纽", "Upgrade the hub"),
        )


class SchemaOlder(GraphProblem):
    code = "SCHEMA_OLDER"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            Text(
                f"数据库结构版本 {found} 低于所需的 {known}",
                f"The database has schema version {found}, {known} is needed",
            ),
            mend=Text("请运行 hub migrate", "Run hub migrate"),
        )


class MigrationUnfinished(GraphProblem):
    code = "MIGRATION_UNFINISHED"

    def __init__(self, version: int) -> None:
        super().__init__(
            Text(f"结构迁移 {version} 只完成了一部分", f"Migration {version} is only half applied"),
            mend=Text(
                "请再次运行 hub migrate：它会接着做完",
                "Run hub migrate again: it finishes the rest",
            ),
        )


class CatalogueMissing(GraphProblem):
    code = "CATALOGUE_MISSING"

    def __init__(self) -> None:
        super().__init__(
            Text("图中还没有规则集", "The graph holds no rule set yet"),
            mend=Text("请运行 hub seed", "Run hub seed"),
        )


class StillWarmingUp(GraphProblem):
    code = "STILL_WARMING_UP"
    retryable = True

    def __init__(self) -> None:
        super().__init__(
            Text("正在预热，首批核查会较慢", "Warming up; the first checks would be slow"),
            mend=Text("请在几秒后重试", "Try again in a few seconds"),
        )


class Publishing(GraphProblem):
    code = "PUBLISHING"
    retryable = True

    def __init__(self, import_id: str, retry_after_seconds: int) -> None:
        super().__init__(
            Text(
                f"导入 {import_id} 正在发布，暂不能写入",
                f"Import {import_id} is being published; writing must wait",
            ),
            mend=Text(
                f"请在 {retry_after_seconds} 秒后重试", f"Try again in {retry_after_seconds} s"
            ),
        )
        self.retry_after_seconds = retry_after_seconds


class LeaseLost(GraphProblem):
    code = "LEASE_LOST"

    def __init__(self, import_id: str) -> None:
        super().__init__(
            Text(
                f"导入 {import_id} 已由另一进程接手",
                f"Another process has taken over import {import_id}",
            ),
            mend=Text(
                "无需处理：接手者会完成它", "Nothing to do: whoever took it over finishes it"
            ),
        )


class ClockAhead(GraphProblem):
    code = "CLOCK_AHEAD"

    def __init__(self, ahead_seconds: float) -> None:
        super().__init__(
            Text(
                f"知识时钟比服务器时间快 {ahead_seconds:.0f} 秒，拒绝写入",
                f"The knowledge clock is {ahead_seconds:.0f} s ahead of the server; no writing",
            ),
            mend=Text(
                "请校准服务器时间；若时间无误，请运行 hub doctor --mend",
                "Set the server's clock right; if it is right, run hub doctor --mend",
            ),
        )


class EvidenceProblem(HubError):
    exit_status = 7


class VerdictStoreUnavailable(EvidenceProblem):
    code = "VERDICT_STORE_UNAVAILABLE"

    def __init__(self, cause: str) -> None:
        super().__init__(
            Text(
                f"结论无法留痕或读取（{cause}），因此不予回答",
                f"The verdict store cannot be written or read ({cause}), so nothing is answered",
            ),
            mend=Text(
                "请检查 HUB_VERDICT_DIR 所在磁盘的空间与权限；没有结论就不要作出决定",
                "Check space and rights on the disk of HUB_VERDICT_DIR; without an answer do not"
                " decide",
            ),
            where="HUB_VERDICT_DIR",
        )


class VerdictStoreDamaged(EvidenceProblem):
    code = "VERDICT_STORE_DAMAGED"

    def __init__(self, entry: str) -> None:
        super().__init__(
            Text(f"留痕 {entry} 被改动过", f"The record {entry} has been altered"),
            mend=Text(
                "请从备份恢复该卷，并查明原因",
                "Restore the volume from its backup, and find out how it came about",
            ),
            where=entry,
        )


class VerdictStoreNewer(EvidenceProblem):
    code = "VERDICT_STORE_NEWER"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            Text(
                f"留痕卷的版本 {found} 比本程序认识的 {known} 新",
                f"A volume of the verdict store has version {found}, newer than {known} known here",
            ),
            mend=Text("请升级诚信枢纽", "Upgrade the hub"),
        )


class LocalServerProblem(HubError):
    exit_status = 6


class DownloadFailed(LocalServerProblem):
    code = "DOWNLOAD_FAILED"

    def __init__(self, artifact: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"下载 {artifact} 失败：{reason.zh}", f"Downloading {artifact} failed: {reason.en}"
            ),
            mend=Text(
                "请检查网络或代理后重新运行；已下载的部分会保留",
                "Check the network or proxy and run again; what has arrived is kept",
            ),
            where=artifact,
        )


class PortTaken(LocalServerProblem):
    code = "PORT_TAKEN"

    def __init__(self, port: int, setting: str) -> None:
        super().__init__(
            Text(f"端口 {port} 已被其他程序占用", f"Port {port} is taken by another program"),
            mend=Text(
                f"请释放该端口，或用 {setting} 指定别的端口",
                f"Free the port or set {setting} to another one",
            ),
            where=setting,
        )


class NotEnoughMemory(LocalServerProblem):
    code = "NOT_ENOUGH_MEMORY"

    def __init__(self, available_mib: int, needed_mib: int) -> None:
        super().__init__(
            Text(
                f"可用内存 {available_mib} MiB，Neo4j 至少需要 {needed_mib} MiB",
                f"{available_mib} MiB of memory are free; Neo4j needs {needed_mib} MiB",
            ),
            mend=Text(
                "请关闭其他程序，或用 HUB_NEO4J_URI 使用另一台服务器",
                "Close other programs or point HUB_NEO4J_URI at another server",
            ),
        )


class ServerDidNotStart(LocalServerProblem):
    code = "SERVER_DID_NOT_START"

    def __init__(self, reason: Text, log: str, *, mend: Text | None = None) -> None:
        super().__init__(
            Text(
                f"本地 Neo4j 没有启动：{reason.zh}", f"The local Neo4j did not start: {reason.en}"
            ),
            mend=mend or Text("请查看 hub neo4j log", "See hub neo4j log"),
            where=log,
        )


class InstanceBusy(LocalServerProblem):
    code = "INSTANCE_BUSY"

    def __init__(self, instance: str) -> None:
        super().__init__(
            Text(
                f"另一个进程正在操作本地 Neo4j {instance!r}",
                f"Another process is handling the local Neo4j {instance!r}",
            ),
            mend=Text("请等它结束后重试", "Wait for it to end, then try again"),
        )
