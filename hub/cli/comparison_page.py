"""Two answers to one question as people read them: both outcomes, what differs, and why."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text as Line

from hub.checks.explanation import ExplainedComparison, ExplainedVerdict
from hub.cli.lines import both, instant, row, titled
from hub.cli.verdict_page import NOT_ALL_READ, OUTCOME_COLOURS, change_line, outcome_title
from hub.domain.comparison import DoubtChange
from hub.domain.verdict import Cause
from hub.text import Text

_CHANGED = Text("结论不同", "the outcomes differ")
_SAME = Text("结论相同", "the outcomes are the same")
_CAUSE = Text("原因", "cause")


def print_comparison(compared: ExplainedComparison, console: Console) -> None:
    console.print(both(_CHANGED if compared.outcome_changed else _SAME, style="bold"))
    for line in _lines(compared):
        console.print(line)


def _lines(compared: ExplainedComparison) -> Iterator[Line]:
    yield from _side(Text("前者", "before"), compared.before)
    yield from _side(Text("后者", "after"), compared.after)
    for change in compared.changes.grounds:
        yield row(Text("依据", "ground"), change_line(change))
        yield from _causes(change.causes)
    for change in compared.changes.coverage:
        yield row(Text("来源覆盖", "coverage"), Line(f"{change.turn} {change.source}"))
        yield from _causes(change.causes)
    for change in compared.changes.doubts:
        yield row(Text("存疑", "in doubt"), _doubt(change))
        yield from _causes(change.causes)


def _side(label: Text, explained: ExplainedVerdict) -> Iterator[Line]:
    verdict = explained.verdict
    style = f"bold {OUTCOME_COLOURS[verdict.outcome]}"
    yield row(label, titled(verdict.outcome, outcome_title(explained), style=style))
    yield row(Text("业务时点", "effective at"), instant(verdict.effective_at))
    yield row(Text("所知截至", "known at"), instant(verdict.known_at))
    yield row(Text("结论编号", "verdict id"), Line(verdict.id))


def _doubt(change: DoubtChange) -> Line:
    """The record nobody can decide, or that the reach was not read whole."""
    line = Line(f"{change.turn} {change.reach}  ")
    return line.append_text(both(NOT_ALL_READ) if change.record is None else Line(change.record))


def _causes(causes: Iterable[Cause]) -> Iterator[Line]:
    for cause in causes:
        line = Line(" ".join(filter(None, (cause.kind, cause.turn, cause.code, cause.clock))))
        if cause.at is not None:
            line.append("  ").append_text(instant(cause.at))
        yield row(_CAUSE, line)
