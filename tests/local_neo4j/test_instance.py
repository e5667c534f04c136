import stat
from pathlib import Path

import pytest

from hub.local_neo4j.instance import Instance
from hub.local_neo4j.ports import Ports


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    made = Instance(tmp_path, "one")
    made.create(Ports(7001, 7002))
    return made


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_only_its_owner_may_look_into_the_folder(instance: Instance) -> None:
    assert _mode(instance.home) == 0o700


def test_only_its_owner_may_read_the_password(instance: Instance) -> None:
    instance.ensure_password()

    assert _mode(instance.password_file) == 0o600


def test_a_password_is_made_once_and_never_twice_the_same(tmp_path: Path) -> None:
    one, two = Instance(tmp_path, "one"), Instance(tmp_path, "two")
    for instance in (one, two):
        instance.create(Ports(7001, 7002))
        instance.ensure_password()
    first = one.password()
    one.ensure_password()

    assert first is not None
    assert len(first.get_secret_value()) == 32
    assert one.password() == first != two.password()


def test_the_page_cache_is_as_large_as_asked(instance: Instance) -> None:
    instance.create(Ports(7001, 7002), pagecache_mb=2048)

    lines = (instance.conf / "neo4j.conf").read_text("utf-8").splitlines()
    assert [line for line in lines if "pagecache" in line] == ["server.memory.pagecache.size=2048m"]


def test_the_configuration_names_the_ports_and_only_loopback(instance: Instance) -> None:
    lines = (instance.conf / "neo4j.conf").read_text("utf-8").splitlines()

    assert [line for line in lines if "address" in line] == [
        "server.default_listen_address=127.0.0.1",
        "server.bolt.listen_address=127.0.0.1:7001",
        "server.bolt.advertised_address=127.0.0.1:7001",
        "server.http.listen_address=127.0.0.1:7002",
        "server.http.advertised_address=127.0.0.1:7002",
    ]


def test_browser_loads_the_kit_from_where_the_hub_serves(instance: Instance) -> None:
    instance.create(Ports(7001, 7002), hub_url="http://127.0.0.1:8123")
    lines = (instance.conf / "neo4j.conf").read_text("utf-8").splitlines()
    kit = "http://127.0.0.1:8123/browser-kit"

    assert lines[-1] == (
        f"browser.post_connect_cmd=style {kit}/style.grass; guide {kit}/guide.html"
    )


def test_browser_loads_nothing_where_the_hub_may_serve_anywhere(instance: Instance) -> None:
    assert "post_connect_cmd" not in (instance.conf / "neo4j.conf").read_text("utf-8")


def test_ports_are_kept(instance: Instance) -> None:
    assert instance.ports() is None

    instance.keep_ports(Ports(7001, 7002))

    assert instance.ports() == (7001, 7002)


@pytest.mark.parametrize("damaged", ["", "{", '{"bolt": 7001}', '{"bolt": 7001, "http": "x"}'])
def test_a_damaged_ports_file_counts_as_none(instance: Instance, damaged: str) -> None:
    (instance.home / "ports.json").write_text(damaged)

    assert instance.ports() is None


@pytest.mark.parametrize("damaged", ["", "x"])
def test_a_damaged_pid_file_counts_as_none(instance: Instance, damaged: str) -> None:
    instance.pid_file.write_text(damaged)

    assert instance.pid() is None


def test_siblings_are_the_other_folders_beside_it(instance: Instance) -> None:
    other = Instance(instance.home.parent, "other")
    other.create(Ports(7003, 7004))

    assert [sibling.name for sibling in instance.siblings()] == ["other"]


def test_discarding_takes_data_logs_and_password_and_leaves_the_ports(instance: Instance) -> None:
    instance.keep_ports(Ports(7001, 7002))
    instance.ensure_password()
    (instance.home / "data" / "databases").mkdir()
    instance.console_log.write_text("Started.")

    instance.discard()

    assert sorted(path.name for path in instance.home.iterdir()) == [
        *("conf", "import", "lib", "plugins", "ports.json", "run"),
    ]
    assert instance.password() is None
    assert not instance.has_store


def test_a_discarding_that_was_interrupted_is_finished_by_the_next_start(
    instance: Instance,
) -> None:
    (instance.home / "data").replace(instance.home / "discarded")

    instance.create(Ports(7001, 7002))

    assert not (instance.home / "discarded").exists()
    assert (instance.home / "data").is_dir()
