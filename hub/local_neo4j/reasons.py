"""One sentence on why Neo4j ended, read from what it wrote last."""

import re

from hub.text import Text

PASSWORD_LOST = Text("密码文件丢失", "its password file is lost")
PASSWORD_REFUSED = Text("它不接受密码文件中的密码", "it refuses the password of the password file")
RESET = Text(
    "请运行 hub neo4j reset，本地数据会清空，可重新导入",
    "Run hub neo4j reset; it empties the local data, which can be loaded again",
)

_KNOWN: tuple[tuple[str, Text], ...] = (
    ("PortBindException|Address already in use", Text("端口已被占用", "a port is taken")),
    (
        "store_lock|FileLockException",
        Text("数据目录正被另一个 Neo4j 使用", "another Neo4j is using the data"),
    ),
    ("UnsupportedClassVersionError", Text("Java 版本太旧", "the Java is too old")),
    (
        "OutOfMemoryError|Could not reserve enough space|insufficient memory",
        Text("内存不足", "memory ran out"),
    ),
    ("No space left on device", Text("磁盘已满", "the disk is full")),
    (
        "Unrecognized setting|Error evaluating value for setting",
        Text("配置文件中有它不认识的设置", "the configuration holds a setting it does not know"),
    ),
    (
        "Missing checkpoint|inconsistent|corrupt",
        Text("数据文件已损坏", "the data files are damaged"),
    ),
)
_ERROR = re.compile(r"^\S+ \S+ ERROR +")


def why_it_ended(log: str) -> Text:
    """The known reason found in `log`, else its first complaint as it stands."""
    for pattern, reason in _KNOWN:
        if re.search(pattern, log):
            return reason
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    complaints = [line for line in lines if _ERROR.match(line) or "Exception" in line]
    if not lines:
        return Text("没有任何输出就退出了", "it ended without a word")
    words = _ERROR.sub("", (complaints or lines[-1:])[0])[:300]
    return Text(words, words)
