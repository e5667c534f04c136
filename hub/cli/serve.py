"""`hub serve`: GraphQL until Ctrl-C."""

import errno
import ipaddress
import socket
from contextlib import suppress
from functools import partial

import click
import uvicorn

from hub.api.app import create_app
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.errors import InvalidSettings, NotServedYet, PortTaken
from hub.local_neo4j import LocalNeo4j
from hub.settings import Settings, load_settings
from hub.text import Text
from hub.wiring import login_of

_GRACE_SECONDS = 5
_HIGHEST_PORT = 65_535


@click.command()
@click.option("--host", help="监听地址，默认 HUB_HOST。  Where to listen, else HUB_HOST.")
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    help="监听端口，默认 HUB_PORT；0 为任意空闲端口。  0 takes any free port.",
)
@json_option
@reports_errors
def serve(*, host: str | None, port: int | None, as_json: bool) -> None:
    """提供 GraphQL 服务，直到 Ctrl-C；Neo4j 继续运行。  Serve GraphQL until Ctrl-C."""
    settings = _with(load_settings(), host=host, port=port)
    _refuse_what_is_not_served(settings)
    login_of(settings)
    with _listening(settings) as listener:
        server = _Server(settings, listener, as_json=as_json)
        with suppress(KeyboardInterrupt):  # raised again once the server has ended in good order
            server.run(sockets=[listener])
    if not as_json:
        say(Text("服务已结束；Neo4j 继续运行", "Serving has ended; Neo4j keeps running"))


class _Server(uvicorn.Server):
    """Tells its addresses once they answer."""

    def __init__(self, settings: Settings, listener: socket.socket, *, as_json: bool) -> None:
        self._settings = settings
        self._url = _url(listener)
        self._as_json = as_json
        super().__init__(
            uvicorn.Config(
                partial(create_app, settings),
                factory=True,
                loop="uvloop",
                http="httptools",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        addresses = {
            "graphql": f"{self._url}/graphql",
            "health": f"{self._url}/health",
            "ready": f"{self._url}/ready",
            "browser": _browser_url(self._settings),
        }
        if self._as_json:
            print_json(addresses)
        else:
            _say_addresses(addresses)


def _say_addresses(addresses: dict[str, str | None]) -> None:
    say(Text("诚信枢纽正在服务", "The hub is serving"))
    OUT.print(f"  GraphQL, GraphiQL  {addresses['graphql']}", markup=False)
    OUT.print(f"  health             {addresses['health']}", markup=False)
    OUT.print(f"  ready              {addresses['ready']}", markup=False)
    if addresses["browser"]:
        OUT.print(f"  Neo4j Browser      {addresses['browser']}", markup=False)
    say(
        Text(
            "Ctrl-C 结束服务；Neo4j 继续运行，hub down 停止",
            "Ctrl-C ends the serving; Neo4j keeps running until hub down",
        )
    )


def _with(settings: Settings, *, host: str | None, port: int | None) -> Settings:
    given = {"host": host, "port": port}
    return settings.model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )


def _refuse_what_is_not_served(settings: Settings) -> None:
    """Raises `NotServedYet`, `InvalidSettings`. Others may ask once callers are authenticated."""
    if settings.profile == "production":
        raise NotServedYet(
            Text(
                "production 尚不提供：调用者须先验明身份，该功能还没有完成",
                "production is not served yet: callers must be authenticated, and are not",
            ),
            mend=Text("请使用 HUB_PROFILE=development", "Use HUB_PROFILE=development"),
        )
    if not _is_loopback(settings.host):
        raise InvalidSettings(
            "HUB_HOST",
            Text(
                f"{settings.host} 不是本机回环地址；development 只服务本机",
                f"{settings.host} is no loopback address; development serves this machine only",
            ),
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False


def _listening(settings: Settings) -> socket.socket:
    """Taken before anything is started; who connects early waits.

    Raises `PortTaken`, `InvalidSettings`.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(settings.port, "HUB_PORT") from error
        cause = error.strerror or str(error)
        raise InvalidSettings(
            "HUB_PORT",
            Text(
                f"无法监听 {settings.port}（{cause}）",
                f"cannot listen on {settings.port} ({cause})",
            ),
        ) from error
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _browser_url(settings: Settings) -> str | None:
    """None where somebody's own server is used: only they know its Browser."""
    if settings.neo4j_uri is not None:
        return None
    address = LocalNeo4j(settings).address()
    return None if address is None else address.browser_url
