"""What is wrong with a walk through the graph."""

from collections.abc import Sequence

from hub.errors.base import InvalidInput, NotFound
from hub.text import Text


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


class NodeNotFound(NotFound):
    code = "UNKNOWN_NODE"

    def __init__(self, given: str) -> None:
        super().__init__(
            Text(f"没有标识为 {given!r} 的对象", f"Nothing is kept under {given!r}"),
            mend=Text("请使用查询返回的 id", "Use an id that a query returned"),
            where="id",
        )
