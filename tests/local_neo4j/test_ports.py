import socket
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from hub.errors import InvalidSettings, PortTaken
from hub.local_neo4j.ports import Ports, Wish, choose_ports, is_free


@contextmanager
def _taken(address: str = "127.0.0.1") -> Generator[int]:
    with socket.socket() as listener:
        listener.bind((address, 0))
        listener.listen()
        yield listener.getsockname()[1]


def _free() -> int:
    with _taken() as port:
        return port


def _bolt(asked: int | None = None, kept: int | None = None, usual: int = 7687) -> Wish:
    return Wish("HUB_NEO4J_BOLT_PORT", asked, kept, usual)


def _http(asked: int | None = None, kept: int | None = None, usual: int = 7474) -> Wish:
    return Wish("HUB_NEO4J_HTTP_PORT", asked, kept, usual)


def test_the_usual_ports_are_taken_when_free() -> None:
    bolt, http = _free(), _free()

    chosen = choose_ports(_bolt(usual=bolt), _http(usual=http), reserved=())

    assert chosen == Ports(bolt, http)


def test_the_ports_of_the_last_start_go_before_the_usual_ones() -> None:
    bolt, http = _free(), _free()

    chosen = choose_ports(_bolt(kept=bolt), _http(kept=http), reserved=())

    assert chosen == Ports(bolt, http)


def test_a_setting_goes_before_the_last_start() -> None:
    asked, kept, http = _free(), _free(), _free()

    chosen = choose_ports(_bolt(asked, kept), _http(kept=http), reserved=())

    assert chosen == Ports(asked, http)


def test_a_usual_port_that_is_taken_is_passed_over() -> None:
    with _taken() as taken:
        chosen = choose_ports(_bolt(usual=taken), _http(kept=_free()), reserved=())

    assert chosen.bolt > taken
    assert is_free(chosen.bolt)


def test_a_usual_port_kept_by_a_stopped_sibling_is_passed_over() -> None:
    usual = _free()

    chosen = choose_ports(_bolt(usual=usual), _http(kept=_free()), reserved={usual})

    assert chosen.bolt > usual


def test_the_two_ports_differ() -> None:
    usual = _free()

    chosen = choose_ports(_bolt(usual=usual), _http(usual=usual), reserved=())

    assert chosen.bolt == usual
    assert chosen.http > usual


def test_bolt_leaves_a_port_asked_for_browser() -> None:
    port = _free()

    chosen = choose_ports(_bolt(usual=port), _http(port), reserved=())

    assert chosen.http == port
    assert chosen.bolt > port


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])  # noqa: S104  # taken by another
def test_a_port_asked_for_and_taken_is_explained(address: str) -> None:
    with _taken(address) as taken, pytest.raises(PortTaken) as raised:
        choose_ports(_bolt(taken), _http(), reserved=())

    assert raised.value.where == "HUB_NEO4J_BOLT_PORT"
    assert raised.value.what.zh == f"端口 {taken} 已被其他程序占用"


def test_a_kept_port_that_is_taken_is_explained_not_exchanged() -> None:
    with _taken() as taken, pytest.raises(PortTaken) as raised:
        choose_ports(_bolt(_free()), _http(kept=taken), reserved=())

    assert raised.value.where == "HUB_NEO4J_HTTP_PORT"
    assert raised.value.what.en == f"Port {taken} is taken by another program"


def test_one_port_for_both_is_a_wrong_setting() -> None:
    with pytest.raises(InvalidSettings) as raised:
        choose_ports(_bolt(7700), _http(7700), reserved=())

    assert raised.value.where == "HUB_NEO4J_HTTP_PORT"


def test_a_port_is_free_again_as_soon_as_its_server_is_gone() -> None:
    with _taken() as port:
        client = socket.create_connection(("127.0.0.1", port))
    client.close()

    assert is_free(port)
