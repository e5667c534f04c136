"""What law and record do not allow."""

from collections.abc import Sequence

from hub.errors.base import GraphProblem, InvalidInput, NotFound, RefusedData
from hub.text import Text


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

    def __init__(self, basis: str, day: str, *, ended: str | None) -> None:
        """`ended` is the day from which it is in force no more, where that has come."""
        super().__init__(
            Text(
                f"依据 {basis} 已自 {ended} 起失效，不能自 {day} 起废止",
                f"The basis {basis} ended on {ended} and cannot end on {day}",
            )
            if ended
            else Text(
                f"依据 {basis} 在 {day} 之前并不有效，不能自该日起废止",
                f"The basis {basis} is not in force until {day} and cannot end then",
            ),
            mend=Text("请核对依据的施行和废止日期", "Check from when until when it is in force"),
            where="basis",
        )


class BasisRevived(InvalidInput):
    code = "BASIS_REVIVED"

    def __init__(self, number: int, basis: str, reason: Text) -> None:
        super().__init__(
            Text(
                f"规则集 {number} 会恢复一项依据：{reason.zh}",
                f"Rule set {number} would revive a legal basis: {reason.en}",
            ),
            mend=Text(
                f"请在草案中写明该失效日；确需恢复的，加 --revives {basis}"
                f"（hub rules lint {number} 逐项列出）",
                f"Write that end in a draft, or where it is meant give --revives {basis}"
                f" (hub rules lint {number} lists them all)",
            ),
            where="revives",
        )
        self.basis = basis


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


class NoRuleSetInForce(NotFound):
    code = "NO_RULE_SET_IN_FORCE"

    def __init__(self, at: str) -> None:
        super().__init__(
            Text(f"{at} 时没有施行中的规则集", f"No rule set was in force at {at}"),
            mend=Text("请给出较晚的 effectiveAt 或 knownAt", "Give a later effectiveAt or knownAt"),
            where="effectiveAt",
        )


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


class CatalogueMissing(GraphProblem):
    code = "CATALOGUE_MISSING"

    def __init__(self) -> None:
        super().__init__(
            Text("图中还没有规则集", "The graph holds no rule set yet"),
            mend=Text("请运行 hub seed", "Run hub seed"),
        )
