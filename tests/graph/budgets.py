"""How many db hits a statement may cost, as `budgets.yaml` beside this module records it.

`pytest tests/graph/test_budgets.py tests/graph/test_check_budget.py --record-budgets` writes the
file anew: look at what it changes before you keep it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yaml")
_HEAD = "# Db hits of each statement; made by --record-budgets, see budgets.py.\n\n"
_TOLERANCE = 1.1


class Budgets:
    """By the name of the statement, or of what a check is asked about."""

    def __init__(self, recorded: dict[str, int], *, recording: bool) -> None:
        self.recorded = recorded
        self._recording = recording

    def allow(self, name: str, db_hits: int) -> bool:
        """Whether that is within a tenth of what is recorded; while recording, it becomes that."""
        if self._recording:
            self.recorded[name] = db_hits
        return db_hits <= self.recorded.get(name, 0) * _TOLERANCE


@contextmanager
def opened_budgets(*, recording: bool) -> Generator[Budgets]:
    recorded: dict[str, int] = yaml.safe_load(_FILE.read_text("utf-8"))
    budgets = Budgets({} if recording else recorded, recording=recording)
    yield budgets
    if recording:
        told = yaml.safe_dump(budgets.recorded, allow_unicode=True, sort_keys=True)
        _FILE.write_text(_HEAD + told, "utf-8")
