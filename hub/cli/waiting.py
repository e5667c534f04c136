"""Shows on standard error how long work gets on."""

from collections.abc import Callable
from typing import Self

from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.progress import Task as Stage
from rich.text import Text as Rendered

from hub.cli.output import ERR
from hub.text import Text


class _Amount(DownloadColumn):
    """Bytes, or how many of how many; nothing where nobody knows how much there is."""

    def render(self, task: Stage) -> Rendered:
        if task.total is None:
            return Rendered()
        if task.fields["counted"]:
            return Rendered(f"{task.completed:.0f}/{task.total:.0f}", style="progress.download")
        return super().render(task)


class Waiting:
    """A `hub.local_neo4j.Progress`: a bar on a terminal, a line a stage elsewhere."""

    def __init__(self, *, silent: bool = False) -> None:
        """`silent` shows nothing at all, for answers in JSON."""
        self._silent = silent
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            _Amount(),
            console=ERR,
            transient=True,
            disable=silent or not ERR.is_terminal,
        )
        self._stage: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def stage(self, what: Text) -> None:
        self._begin(what, None)

    def expect(self, total_bytes: int) -> None:
        if self._stage is not None:
            self._bars.update(self._stage, total=total_bytes)

    def advance(self, count: int) -> None:
        if self._stage is not None:
            self._bars.advance(self._stage, count)

    def counting(self, what: Text, total: int) -> Callable[[int], None]:
        """A new stage of so many things; call what is returned with how many are done."""
        self._begin(what, total)
        return self.advance

    def _begin(self, what: Text, total: int | None) -> None:
        if not self._silent and not ERR.is_terminal:
            ERR.print(f"{what.zh}  {what.en}", markup=False)
        if self._stage is not None:
            self._bars.remove_task(self._stage)
        description = f"{what.zh}  [dim]{what.en}[/]"
        self._stage = self._bars.add_task(description, total=total, counted=total is not None)
