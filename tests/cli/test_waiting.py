import io

import pytest
from rich.console import Console

from hub.cli import waiting
from hub.cli.waiting import Waiting
from hub.text import Text


def _shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=terminal, width=100)
    monkeypatch.setattr(waiting, "ERR", console)
    with Waiting() as progress:
        progress.stage(Text("下载 Neo4j", "Downloading Neo4j"))
        progress.expect(2_000_000)
        progress.advance(1_500_000)
        progress.advance(-500_000)
    return shown.getvalue()


def test_a_terminal_shows_a_bar_with_what_has_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(monkeypatch, terminal=True)

    assert "下载 Neo4j" in shown
    assert "1.0/2.0 MB" in shown


def test_elsewhere_each_stage_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, terminal=False) == "下载 Neo4j  Downloading Neo4j\n"


def test_a_counted_stage_shows_how_many_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(waiting, "ERR", Console(file=shown, force_terminal=True, width=100))
    with Waiting() as progress:
        step = progress.counting(Text("行政区划", "divisions"), 477)
        step(400)
        step(7)

    assert "407/477" in shown.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_a_silent_wait_shows_nothing(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(waiting, "ERR", Console(file=shown, force_terminal=terminal))
    with Waiting(silent=True) as progress:
        progress.stage(Text("读取", "Reading"))
        progress.counting(Text("行政区划", "divisions"), 3)(3)

    assert shown.getvalue() == ""
