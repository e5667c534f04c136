"""What keeps Neo4j from serving."""

from hub.errors.base import GraphProblem
from hub.text import Text


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
                f"知识时钟比现在快 {ahead_seconds:.0f} 秒，不写入也不作答",
                f"The knowledge clock is {ahead_seconds:.0f} s ahead of now: no writing, no answer",
            ),
            mend=Text(
                "请校准服务器时间；若时间无误，请运行 hub doctor --mend",
                "Set the server's clock right; if it is right, run hub doctor --mend",
            ),
        )
