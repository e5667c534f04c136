from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.command import answer_of, error_of, hub_command

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")

SOURCES = ["AREACODES", "CATALOGUE", "DEMO"]


def changed(result: Result) -> dict[str, bool]:
    return {batch["source"]: batch["changed"] for batch in answer_of(result)["batches"]}


def test_what_is_seeded_already_is_left_as_it_is() -> None:
    assert changed(hub_command("seed", "--json")) == dict.fromkeys(SOURCES, False)
    assert changed(hub_command("seed", "--no-demo", "--json")) == dict.fromkeys(SOURCES[:2], False)


def test_a_migrated_graph_needs_no_migration() -> None:
    assert answer_of(hub_command("migrate", "--json")) == {"applied": 0}
    assert hub_command("migrate").stdout == "数据库结构已是最新  The schema is current\n"


def test_people_read_what_became_of_each_batch() -> None:
    result = hub_command("seed")

    assert result.stdout.splitlines() == [
        "种子已载入  Seeds loaded",
        "  行政区划：早已载入，没有变化  divisions: known already, nothing changed",
        "  规则目录：早已载入，没有变化  catalogue: known already, nothing changed",
        "  示例盟：早已载入，没有变化  demo region: known already, nothing changed",
    ]
    assert result.stderr.splitlines() == [
        "读取种子文件  Reading the seeds",
        "行政区划  divisions",
        "规则目录  catalogue",
        "示例盟  demo region",
    ]


def test_a_broken_catalogue_is_refused_by_file_and_nothing_is_written(own_seeds: Path) -> None:
    (own_seeds / "catalogue" / "measures.yaml").write_text("- code: [", encoding="utf-8")

    result = hub_command("seed", "--json")

    assert result.exit_code == 5
    assert error_of(result)["code"] == "CATALOGUE_REFUSED"
    assert error_of(result)["where"].startswith("measures.yaml#line ")
    assert hub_command("stories").exit_code == 0


def test_a_flawed_demo_is_refused_by_file(own_seeds: Path) -> None:
    units = own_seeds / "demo" / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8") + "\n- {}\n", encoding="utf-8")

    result = hub_command("seed", "--json")

    assert result.exit_code == 5
    assert error_of(result)["code"] == "IMPORT_REFUSED"
    assert error_of(result)["where"].startswith("units.yaml#")
