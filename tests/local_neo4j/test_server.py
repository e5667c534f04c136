"""Real servers: `one` is kept running for the whole module, `two` stands beside it."""

import http.client
import socket
import stat
import threading
from collections.abc import Generator
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import psutil
import pytest
from neo4j import GraphDatabase

from hub.errors import NotEnoughMemory, PortTaken, ServerDidNotStart
from hub.exclusion import exclusively
from hub.local_neo4j import Address, ImportToolFailed, LocalNeo4j
from hub.local_neo4j.artifacts import VERSION
from hub.local_neo4j.instance import Instance
from hub.settings import Settings, load_settings
from tests.java_archive import quick_start


def _settings(state_dir: Path, instance: str = "one", **others: object) -> Settings:
    return Settings.model_validate({"state_dir": state_dir, "instance": instance, **others})


def _server(state_dir: Path, instance: str = "one", **others: object) -> LocalNeo4j:
    settings = _settings(state_dir, instance, **others)
    return LocalNeo4j(settings, dies_with_parent=True, java_flags=quick_start())


@pytest.fixture(scope="module")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("状态 目录")


@pytest.fixture(scope="module")
def one(state_dir: Path) -> Generator[LocalNeo4j]:
    server = _server(state_dir)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def two(state_dir: Path) -> Generator[LocalNeo4j]:
    server = _server(state_dir, "two")
    yield server
    server.stop()


def _count(address: Address, statement: LiteralString) -> int:
    auth = (address.user, address.password.get_secret_value())
    with GraphDatabase.driver(address.bolt_uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        return int(driver.execute_query(statement, database_="neo4j").records[0]["count"])


def _pid(server: LocalNeo4j) -> int:
    pid = server.status().pid
    assert pid is not None
    return pid


def _get(url: str) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", parts.path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_started_server_answers_bolt_and_serves_browser(one: LocalNeo4j) -> None:
    address = one.start()

    assert _count(address, "RETURN 42 AS count") == 42
    assert _get(address.browser_url) == 200
    assert address.browser_url.endswith(f"/browser/?dbms=bolt://neo4j@{address.bolt_uri[7:]}")


def test_a_second_start_finds_it_running(one: LocalNeo4j) -> None:
    address, pid = one.start(), _pid(one)

    assert one.start() == one.address() == address
    assert _pid(one) == pid


def test_it_listens_on_loopback_only(one: LocalNeo4j) -> None:
    one.start()
    connections = psutil.Process(_pid(one)).net_connections()

    assert {
        connection.laddr.ip.removeprefix("::ffff:")
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    } == {"127.0.0.1"}


def test_the_password_is_in_a_private_file_and_on_no_command_line(one: LocalNeo4j) -> None:
    password = one.start().password.get_secret_value()
    file = one.status().password_file

    assert file.read_text() == password
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(password in word for word in psutil.Process(_pid(one)).cmdline())


def test_its_log_ends_with_the_last_lines_it_wrote(one: LocalNeo4j) -> None:
    one.start()

    assert any(line.endswith("Started.") for line in one.log(100))
    assert one.log(1) == one.log(100)[-1:]


def test_a_killed_server_starts_again_with_its_data_and_ports(one: LocalNeo4j) -> None:
    address = one.start()
    kept = _count(address, "CREATE (:Kept) WITH 1 AS one MATCH (n:Kept) RETURN count(n) AS count")
    process = psutil.Process(_pid(one))
    process.kill()
    process.wait()

    assert one.start() == address
    assert _count(address, "MATCH (n:Kept) RETURN count(n) AS count") == kept


def test_two_instances_have_own_ports_passwords_and_data(one: LocalNeo4j, two: LocalNeo4j) -> None:
    first, second = one.start(), two.start()
    _count(first, "CREATE (n:OfOne) RETURN count(n) AS count")

    assert first.bolt_uri != second.bolt_uri
    assert first.password != second.password
    assert _count(second, "MATCH (n:OfOne) RETURN count(n) AS count") == 0


def test_a_reset_leaves_the_ports_and_neither_data_nor_password(two: LocalNeo4j) -> None:
    before = two.start()
    _count(before, "CREATE (n) RETURN count(n) AS count")

    two.reset()
    after = two.start()

    assert after.bolt_uri == before.bolt_uri
    assert after.password != before.password
    assert _count(after, "MATCH (n) RETURN count(n) AS count") == 0


def test_a_start_waits_for_whoever_handles_the_instance(one: LocalNeo4j, state_dir: Path) -> None:
    address = one.start()
    answers: list[Address] = []
    with exclusively(Instance(state_dir, "one").lock):
        second = threading.Thread(target=lambda: answers.append(one.start()))
        second.start()
        second.join(0.5)
        assert answers == []
    second.join()

    assert answers == [address]


def test_data_used_by_another_neo4j_are_named_as_the_reason(
    one: LocalNeo4j, state_dir: Path
) -> None:
    password = one.start().password.get_secret_value()
    (state_dir / "three").mkdir()
    (state_dir / "three" / "data").symlink_to(one.status().home / "data")
    (state_dir / "three" / "password").write_text(password)
    three = _server(state_dir, "three")

    with pytest.raises(ServerDidNotStart) as raised:
        three.start()

    assert raised.value.what.zh == "本地 Neo4j 没有启动：数据目录正被另一个 Neo4j 使用"
    assert three.status().pid is None


def test_a_lost_password_is_explained_before_anything_starts(two: LocalNeo4j) -> None:
    two.start()
    file = two.status().password_file
    password = file.read_text()
    two.stop()
    file.unlink()

    with pytest.raises(ServerDidNotStart) as raised:
        two.start()

    assert raised.value.what.zh == "本地 Neo4j 没有启动：密码文件丢失"
    assert raised.value.mend.en.startswith("Run hub neo4j reset")
    assert two.status().pid is None
    file.write_text(password)


def test_a_password_that_is_not_the_data_s_is_explained(one: LocalNeo4j) -> None:
    one.start()
    file = one.status().password_file
    password = file.read_text()
    file.write_text("0" * 32)

    with pytest.raises(ServerDidNotStart) as raised:
        one.start()

    assert raised.value.what.en == (
        "The local Neo4j did not start: it refuses the password of the password file"
    )
    file.write_text(password)


def test_a_port_taken_by_another_program_is_explained_and_nothing_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = _server(tmp_path, neo4j_bolt_port=port)

        with pytest.raises(PortTaken) as raised:
            server.start()

    assert raised.value.where == "HUB_NEO4J_BOLT_PORT"
    assert server.status().pid is None


def test_who_asks_for_both_ports_waits_for_nobody_who_is_choosing(tmp_path: Path) -> None:
    cache = load_settings().cache_dir
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / f"neo4j-{VERSION}").symlink_to(cache / f"neo4j-{VERSION}")
    with socket.socket() as other, exclusively(tmp_path / "cache" / "ports.lock"):
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        server = _server(
            tmp_path, cache_dir=tmp_path / "cache", neo4j_bolt_port=port, neo4j_http_port=7474
        )

        with pytest.raises(PortTaken):
            server.start()


def test_too_little_memory_is_explained_and_nothing_starts(tmp_path: Path) -> None:
    server = LocalNeo4j(_settings(tmp_path), available_mib=lambda: 699)

    with pytest.raises(NotEnoughMemory) as raised:
        server.start()

    assert raised.value.what.en == "699 MiB of memory are free; Neo4j needs 700 MiB"
    assert server.status().pid is None


def test_a_state_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "conf").touch()

    with pytest.raises(ServerDidNotStart) as raised:
        _server(tmp_path).start()

    assert raised.value.what.en == (
        f"The local Neo4j did not start: {tmp_path}/one/conf cannot be used (File exists)"
    )


def test_of_a_server_never_started_there_is_nothing_to_tell(tmp_path: Path) -> None:
    server = _server(tmp_path)

    assert server.address() is None
    assert server.status().pid is None
    assert server.log(10) == []
    assert server.stop() is False


def test_files_that_the_import_tool_refuses_are_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "refused" / "data" / "databases").mkdir(parents=True)
    server = _server(tmp_path, "refused")

    with pytest.raises(ImportToolFailed, match=r"absent\.csv"):
        server.replace_data([f"--nodes=Unit={tmp_path / 'absent.csv'}"])

    assert server.address() is None
