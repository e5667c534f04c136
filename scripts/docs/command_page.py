"""The reference of the command `hub`: every command's own help."""

from collections.abc import Iterator

import click

from scripts.docs.markdown import code, heading, page

_WIDTH = 100


def command_page(main: click.Group) -> str:
    blocks = (block for path, command in commands(main) for block in _command(path, command))
    return page("# 命令 Commands", *blocks)


def commands(group: click.Group, path: str = "hub") -> Iterator[tuple[str, click.Command]]:
    """The group itself, then all below it, each with its whole name."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _command(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(
        command, info_name=path, max_content_width=_WIDTH, terminal_width=_WIDTH
    )
    yield heading(2, code(path), path.replace(" ", "-"))
    yield f"```text\n{command.get_help(context)}\n```"
