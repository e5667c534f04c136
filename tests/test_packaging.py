"""What people install, and the files that must agree with it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Folders under which people keep their checkouts.
MACHINE_PATH = re.compile(r"(?<![\w.)])/(?:home|root|Users|work)/\w")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text, re.MULTILINE))


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},  # noqa: TID251  # a child process, not a setting
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), cwd=ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    run("-m", "pip", "install", "--no-deps", "--target", str(target), str(wheel), cwd=target)
    return target


def test_the_wheel_carries_all_that_lies_outside_the_code(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    outside = {
        f"hub/_carried/{path.relative_to(ROOT).as_posix()}"
        for folder in ("graph_schema", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    inside = {
        path.relative_to(ROOT).as_posix()
        for folder in ("api/assets", "local_neo4j")
        for path in (ROOT / "hub" / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert outside | inside <= carried
    assert {
        "hub/_carried/graph_schema/model.yaml",
        "hub/_carried/seeds/catalogue/scenarios.yaml",
        "hub/local_neo4j/neo4j-2026.09.0.lock",
        "hub/api/assets/graphiql.html",
        "hub/api/assets/graphiql/graphiql.min.js",
    } <= carried


def test_the_installed_hub_runs_from_any_folder_without_the_repository(
    installed: Path, tmp_path: Path
) -> None:
    where = "import hub; from hub.resources import resource; print(hub.__file__, resource('seeds'))"

    assert run("-c", where, cwd=tmp_path, PYTHONPATH=str(installed)).split() == [
        str(installed / "hub" / "__init__.py"),
        str(installed / "hub" / "_carried" / "seeds"),
    ]
    assert "check" in run("-m", "hub", "--help", cwd=tmp_path, PYTHONPATH=str(installed))


def test_compose_runs_the_neo4j_that_the_local_server_is_locked_to() -> None:
    (lock,) = (ROOT / "hub" / "local_neo4j").glob("neo4j-*.lock")
    version = lock.stem.removeprefix("neo4j-")

    assert services()["neo4j"]["image"] == f"neo4j:{version}-community"


def test_compose_keeps_both_services_on_loopback() -> None:
    neo4j, hub = services()["neo4j"], services()["hub"]

    assert neo4j["environment"]["NEO4J_server_default__listen__address"] == "127.0.0.1"
    assert hub["environment"]["HUB_HOST"] == "127.0.0.1"
    assert hub["environment"]["HUB_NEO4J_URI"] == "bolt://127.0.0.1:7687"
    assert [service.get("ports") for service in (neo4j, hub)] == [None, None]


def test_compose_has_no_default_password() -> None:
    assert services()["neo4j"]["environment"]["NEO4J_AUTH"].startswith(
        "neo4j/${HUB_NEO4J_PASSWORD:?"
    )


def test_the_image_has_a_python_that_the_project_supports() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    versions = re.findall(r"^FROM python:(\d+\.\d+)-", dockerfile, re.MULTILINE)

    assert len(versions) == dockerfile.count("\nFROM") + 1
    assert all(version in SpecifierSet(project()["requires-python"]) for version in versions)


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("USER")] == ["USER hub"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_dependency_by_version_and_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and line[0] not in "# "]

    assert len(pins(lock)) == len(requirements)
    assert all("--hash=sha256:" in line for line in lines if line.startswith("    -"))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_fits_the_dependencies_of_the_project(lock: str) -> None:
    declared = project()["dependencies"]
    if lock == "requirements-dev.lock":
        declared = declared + project()["optional-dependencies"]["dev"]
    pinned = pins(lock)

    assert [
        text
        for text in declared
        if pinned.get((wanted := Requirement(text)).name, "none") not in wanted.specifier
    ] == []


def test_both_locks_agree() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_does_not_say_where_packages_come_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"^-.*|^.*https?:.*|^.* @ .*", text, re.MULTILINE) == []


def test_the_npm_lock_pins_every_package_by_hash_and_names_no_host() -> None:
    lock = json.loads((ROOT / "hub/api/assets/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert lock["lockfileVersion"] == 3
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in committed_texts()
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    ] == []


def committed_texts() -> Iterator[tuple[Path, str]]:
    """Of every file that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            yield path, path.read_text(encoding="utf-8", errors="replace")
