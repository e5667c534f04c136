"""What keeps the hub or its local Neo4j from running."""

from hub.errors.base import InvalidInput, LocalServerProblem
from hub.text import Text


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
