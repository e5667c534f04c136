"""What `hub rules` shows, to people and to programs."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table

from hub.cli.output import OUT, say
from hub.domain.clocks import OPEN_END, Millis, format_instant, format_shanghai
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus
from hub.rulebook.diff import Difference
from hub.rulebook.lint import Finding, Severity
from hub.rulebook.population import Flip, Flips
from hub.text import Text

_STATUSES = {
    RuleSetStatus.DRAFT: "草案 draft",
    RuleSetStatus.PUBLISHED: "施行 in force",
    RuleSetStatus.SUPERSEDED: "已被取代 superseded",
}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_GRAVER = "red"
_HASH_LENGTH = 12
_DAY_LENGTH = 10


def rule_set_table(known: Sequence[KnownRuleSet], at: Millis) -> Table:
    """One row a state; that of the instant is bold."""
    table = Table(box=box.SIMPLE)
    table.add_column("#", justify="right")
    for heading in ("状态 status", "自 from", "至 until", "文号 document", "内容 content"):
        table.add_column(heading, overflow="fold")
    for rule_set in known:
        for state in rule_set.states:
            style = "bold" if state.valid.contains(at) else "dim"
            table.add_row(*_cells(rule_set, state), style=style)
    return table


def _cells(rule_set: KnownRuleSet, state: RuleSetState) -> Sequence[str]:
    start, end = state.valid
    return (
        str(rule_set.number),
        _STATUSES[state.status],
        _day(start),
        "" if end == OPEN_END else _day(end),
        state.document or "",
        rule_set.content_hash[:_HASH_LENGTH],
    )


def _day(instant: Millis) -> str:
    return format_shanghai(instant)[:_DAY_LENGTH]


def rule_set_fields(rule_set: KnownRuleSet) -> Mapping[str, object]:
    return {
        "number": rule_set.number,
        "contentHash": rule_set.content_hash,
        "states": [_state_fields(state) for state in rule_set.states],
    }


def _state_fields(state: RuleSetState) -> Mapping[str, object]:
    end = state.valid.end
    return {
        "status": state.status,
        "validFrom": format_instant(state.valid.start),
        "validTo": None if end == OPEN_END else format_instant(end),
        "document": state.document,
    }


def say_findings(findings: Sequence[Finding]) -> None:
    for severity, code, entry, words in findings:
        told = f"  {severity} {code}  {entry}  {words.zh}  {words.en}"
        OUT.print(told, style=_COLOURS[severity], markup=False)
    if findings:
        say(Text(f"共 {len(findings)} 处", f"{len(findings)} findings"))
    else:
        say(Text("没有发现问题", "Nothing was found"))


def finding_fields(finding: Finding) -> Mapping[str, object]:
    return {**finding._asdict(), "words": finding.words._asdict()}


def say_diff(told: Sequence[Difference], flips: Flips) -> None:
    for difference in told:
        OUT.print(f"  {difference.words.zh}", markup=False)
        OUT.print(f"    {difference.words.en}", style="dim", markup=False)
    say(Text(f"共 {len(told)} 处不同", f"{len(told)} differences"))
    for flip in flips.flips:
        OUT.print(f"  {_flip(flip)}", style=_GRAVER if flip.graver else None, markup=False)
    say(_as_of(flips))
    say(_counted(flips))


def _flip(flip: Flip) -> str:
    subject, name, scenario, capacity, before, after = flip
    told = f"{subject} {name or ''}  {scenario}/{capacity}  {before or '-'} → {after or '-'}"
    return f"{told}  更重 graver" if flip.graver else told


def _as_of(flips: Flips) -> Text:
    at, known_at = (format_shanghai(instant) for instant in flips.as_of)
    return Text(f"业务时点 {at}，所知截至 {known_at}", f"effective at {at}, known at {known_at}")


def _counted(flips: Flips) -> Text:
    more = Text("", "") if flips.complete else Text("，其余单位未核查", "; others were not asked")
    changed, graver = len(flips.flips), sum(flip.graver for flip in flips.flips)
    return Text(
        f"{flips.units} 个单位中，有 {changed} 个结论改变，其中 {graver} 个更重{more.zh}",
        f"{changed} outcomes flip among {flips.units} units, {graver} to a graver one{more.en}",
    )


def diff_fields(told: Sequence[Difference], flips: Flips) -> Mapping[str, object]:
    at, known_at = (format_instant(instant) for instant in flips.as_of)
    return {
        "differences": [{**one._asdict(), "words": one.words._asdict()} for one in told],
        "effectiveAt": at,
        "knownAt": known_at,
        "units": flips.units,
        "complete": flips.complete,
        "flips": [{**flip._asdict(), "graver": flip.graver} for flip in flips.flips],
    }
