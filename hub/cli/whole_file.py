"""Files that commands write: whole, or not at all."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

STDOUT = Path("-")


@contextmanager
def whole_file(path: Path, *, encoding: str = "utf-8") -> Generator[IO[str]]:
    """Nothing stands under the name before the block has ended well: half of it looks whole.

    `-` is standard output.
    """
    if path == STDOUT:
        yield sys.stdout
        return
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding=encoding, newline="") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise click.FileError(str(path), error.strerror) from error
    finally:
        partial.unlink(missing_ok=True)
