from hub.cli import main
from scripts.docs.command_page import command_page, commands


def test_every_command_and_group_stands_there_with_its_help() -> None:
    page = command_page(main)
    paths = [path for path, _ in commands(main)]

    assert paths[0] == "hub"
    assert {"hub check", "hub neo4j", "hub neo4j start"} <= set(paths)
    assert [
        path
        for path in paths
        if f"## `{path}` {{#{path.replace(' ', '-')}}}\n\n```text\nUsage: {path} " not in page
    ] == []
