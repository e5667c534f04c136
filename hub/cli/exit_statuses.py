"""With which status a command ends, for scripts that go on by it."""

from collections.abc import Mapping

from hub.domain.vocabulary import Outcome
from hub.text import Text

DIFFERS = 1
INTERNAL = 1
INTERRUPTED = 130

EXIT_STATUSES: Mapping[int, Text] = {
    0: Text("已完成或已回答", "done, or answered"),
    1: Text(
        "有一项不符（stories、conform、doctor、replay、verify、rules lint），或程序出错",
        "something differs, or a bug",
    ),
    2: Text("输入或设置有误", "wrong input or settings"),
    3: Text("没有这个单位或对象", "no such unit or thing"),
    4: Text("Neo4j 此刻不能服务", "Neo4j cannot serve now"),
    5: Text("文件或规则目录被拒，未写入任何内容", "a file or the catalogue was refused"),
    6: Text("本地 Neo4j 无法提供", "the local Neo4j could not be provided"),
    7: Text("结论无法留痕，因此没有回答", "the answer could not be recorded, so none was given"),
    INTERRUPTED: Text("被 Ctrl-C 中断", "interrupted by Ctrl-C"),
}
"""Every `exit_status` of `hub.errors` is among them."""

OUTCOME_STATUSES: Mapping[Outcome, int] = {
    Outcome.CLEAR: 0,
    Outcome.ATTENTION: 10,
    Outcome.UNCOVERED: 11,
    Outcome.REFERENCE: 12,
    Outcome.RESTRICT: 13,
    Outcome.BLOCK: 14,
}
"""Of `--exit-outcome`; grows with gravity."""


def epilog() -> str:
    """The table under `hub --help`."""
    rows = (f"{status:>4}  {what.zh}  {what.en}" for status, what in EXIT_STATUSES.items())
    return "\n".join(["\b", "退出码 Exit statuses", *rows])


def outcome_epilog() -> str:
    """The table under the help of a command that takes `--exit-outcome`."""
    rows = (f"{status:>4}  {outcome}" for outcome, status in OUTCOME_STATUSES.items())
    return "\n".join(["\b", "--exit-outcome 的退出码 Its exit statuses", *rows])
