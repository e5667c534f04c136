"""A verdict as people read it in the terminal: outcome, grounds with law and path, coverage.

Lines are never broken here, so that ids, Cypher and quotes can be copied whole.
"""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Line

from hub.checks.clearing import Clearance
from hub.checks.explanation import (
    ExplainedCoverage,
    ExplainedGround,
    ExplainedRecord,
    ExplainedVerdict,
)
from hub.cli.lines import both, day, instant, joined, row, titled
from hub.domain.catalogue import LegalBasis
from hub.domain.clocks import OPEN_START, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Held
from hub.domain.reviews import VerdictStatus
from hub.domain.verdict import GroundChange, Judgement, NearMiss, Verdict
from hub.domain.vocabulary import Outcome
from hub.text import Text

OUTCOME_COLOURS = {
    Outcome.BLOCK: "red",
    Outcome.RESTRICT: "dark_orange",
    Outcome.REFERENCE: "magenta",
    Outcome.UNCOVERED: "blue",
    Outcome.ATTENTION: "yellow",
    Outcome.CLEAR: "green",
}

_REVIEW = Text(
    "需人工复核：由具名人员确认或推翻之前，此结论只是初步的",
    "human review required: provisional until a named human confirms or overturns it",
)
_OVERTURNED = Text("已经人工推翻，不能据此决定", "a human overturned it: do not decide on this")
_NOT_COVERED = Text(
    "来源未覆盖：没有记录不等于没有失信，不能据此通过",
    "not covered: no record is not a clean record, so do not decide on this",
)
_NO_SOURCE = Text("来源未覆盖", "not covered by its sources")
NOT_ALL_READ = Text("记录或承继过多，未读全", "too many records or successions, not all read")
_UNDECIDED = Text(
    "有的记录无从断定是否及于主体", "of some records it is open whether they concern the subject"
)
_RESULT_ONLY = Text("对个人只给出结论与依据", "for persons: result and basis only")
_DISPUTED = Text("异议处理中", "disputed")
_CONTINUED = Text("", "")
_OBLIGATION_FIRST = Text("须先履行义务", "what is owed first")
_CONFIRMED = Text("须经认定单位确认", "the determining unit confirms")
_NO_CHANGE = Text("没有已知的变化时点", "no change is known")
_NO_RULE_SET = Text("该时点没有生效的规则集", "no rule set was in force then")
_NO_DELIVERY = Text("没有有效批次", "no fresh delivery")


def print_verdict(explained: ExplainedVerdict, console: Console) -> None:
    verdict = explained.verdict
    colour = OUTCOME_COLOURS[verdict.outcome]
    console.print(Rule(style=colour))
    console.print(titled(verdict.outcome, outcome_title(explained), style=f"bold {colour}"))
    console.print(Rule(style=colour))
    for line in (*_question(explained), *_warnings(explained)):
        console.print(line)
    for number, ground in enumerate(explained.grounds, start=1):
        console.print()
        console.print(_heading(number, ground))
        for line in _ground(verdict.subject, ground):
            console.print(line)
    for number, miss in enumerate(verdict.near_misses):
        label = _CONTINUED if number else Text("九十日内", "in 90 days")
        console.print(row(label, _near_miss(miss)))
    console.print()
    console.print(_coverage(explained.coverage))
    for line in _identity(verdict):
        console.print(line)


def outcome_title(explained: ExplainedVerdict) -> Text:
    """UNCOVERED with what is missing."""
    verdict, title = explained.verdict, explained.outcome_title
    if verdict.outcome is not Outcome.UNCOVERED:
        return title
    missing = _missing(verdict)
    zh, en = (one.zh for one in missing), (one.en for one in missing)
    return Text(f"{title.zh}：{'、'.join(zh)}", "; ".join(en))


def _missing(verdict: Verdict) -> list[Text]:
    judgement = verdict.judgement
    if verdict.rule_set is None:
        return [_NO_RULE_SET]
    told = {
        _NO_SOURCE: not judgement.covered,
        NOT_ALL_READ: bool(judgement.cut),
        _UNDECIDED: _any_undecided(judgement),
    }
    return [text for text, applies in told.items() if applies]


def arrows(subject: SubjectId, facts: Iterable[Held]) -> Iterator[str]:
    """The path by its facts: each goes on where the one before ended, or begins a new line."""
    line, here = "", None
    for fact in facts:
        if here not in (fact.start, fact.end):
            if line:
                yield line
            here = fact.end if fact.end and fact.end.id == subject else fact.start
            line = _thing(here)
        if fact.end is None:
            line += f" · {fact.kind}"
        elif here == fact.start:
            line, here = f"{line} —{fact.kind}→ {_thing(fact.end)}", fact.end
        else:
            line, here = f"{line} ←{fact.kind}— {_thing(fact.start)}", fact.start
    if line:
        yield line


def _question(explained: ExplainedVerdict) -> Iterator[Line]:
    verdict = explained.verdict
    until = verdict.valid_until
    subject = " ".join(filter(None, (verdict.subject_name, verdict.subject)))
    yield row(Text("主体", "subject"), Line(subject, style="bold"))
    yield row(Text("场景", "scenario"), titled(verdict.scenario, explained.scenario_title))
    yield row(Text("身份", "capacity"), titled(verdict.capacity, explained.capacity_title))
    yield row(Text("业务时点", "effective at"), instant(verdict.effective_at))
    yield row(Text("所知截至", "known at"), instant(verdict.known_at))
    yield row(
        Text("结论有效至", "valid until"),
        both(_NO_CHANGE) if until is None else instant(until),
    )
    if verdict.marks:
        yield row(Text("标记", "marks"), Line(" ".join(verdict.marks), style="bold yellow"))


def _warnings(explained: ExplainedVerdict) -> Iterator[Line]:
    judgement = explained.verdict.judgement
    told = {
        _NOT_COVERED: not judgement.covered,
        _cut(explained.cut): bool(explained.cut),
        _undecided(judgement): _any_undecided(judgement),
        _REVIEW: explained.status is VerdictStatus.PROVISIONAL,
        _OVERTURNED: explained.status is VerdictStatus.OVERTURNED,
    }
    return (both(warning, style="bold yellow") for warning, applies in told.items() if applies)


def _cut(reaches: tuple[Text, ...]) -> Text:
    zh, en = [one.zh for one in reaches], [one.en for one in reaches]
    return Text(f"{NOT_ALL_READ.zh}：{'、'.join(zh)}", f"{NOT_ALL_READ.en}: {', '.join(en)}")


def _undecided(judgement: Judgement) -> Text:
    """With the records, where they may be told."""
    told = "、".join(judgement.undecided_records)
    if not told:
        return _UNDECIDED
    return Text(f"{_UNDECIDED.zh}：{told}", f"{_UNDECIDED.en}: {told.replace('、', ', ')}")


def _any_undecided(judgement: Judgement) -> bool:
    """Of persons no record is told: what is not complete and not cut is undecided."""
    return bool(judgement.undecided) or not (judgement.complete or judgement.cut)


def _heading(number: int, explained: ExplainedGround) -> Line:
    ground = explained.ground
    heading = Line.assemble((f"{number}. {ground.rule}  ", "bold"), both(explained.rule_title))
    style = f"bold {OUTCOME_COLOURS[ground.outcome]}"
    heading.append("  ").append_text(titled(ground.outcome, explained.outcome_title, style=style))
    if ground.disputed:
        heading.append("  ").append_text(both(_DISPUTED, style="bold yellow"))
    return heading


def _ground(subject: SubjectId, explained: ExplainedGround) -> Iterator[Line]:
    ground = explained.ground
    quote = Line(f"“{ground.quote}”")
    quote.highlight_words([ground.verb], style="bold underline")
    yield row(Text("原文", "quote"), quote)
    yield row(Text("措施", "measure"), titled(ground.measure, explained.measure_title))
    yield row(Text("实施", "implementer"), both(ground.implementer))
    for basis in explained.bases:
        yield row(Text("依据", "basis"), _basis(basis))
    yield row(Text("及于主体", "reach"), titled(ground.reach, explained.reach_title))
    if explained.record is None:
        yield row(Text("记录", "record"), both(_RESULT_ONLY))
    else:
        yield from _record(explained.record)
    for number, arrow in enumerate(arrows(subject, explained.path or ())):
        yield row(_CONTINUED if number else Text("路径", "path"), Line(arrow))
    for number, clearance in enumerate(explained.cleared_by or ()):
        yield row(_CONTINUED if number else Text("如何消除", "cleared by"), _clearance(clearance))
    if explained.cypher is not None:
        yield row(Text("查询", "Cypher"), Line())
        yield Line(explained.cypher, style="cyan")


def _clearance(clearance: Clearance) -> Line:
    line = Line(clearance.kind, style="bold").append("  ").append_text(both(clearance.title))
    if clearance.at is not None:
        line.append("  ").append_text(instant(clearance.at))
    if clearance.obligation_first:
        line.append("  ").append_text(both(_OBLIGATION_FIRST))
    if clearance.needs_confirmation:
        line.append("  ").append_text(both(_CONFIRMED))
    for basis in clearance.bases:
        line.append(f"  《{basis.document.zh}》{basis.article or ''} {basis.grade}", style="dim")
    return line


def _near_miss(miss: NearMiss) -> Line:
    return instant(miss.at).append("  ").append_text(change_line(miss.change))


def change_line(change: GroundChange) -> Line:
    ground = change.told
    outcomes = (side.outcome if side else "—" for side in (change.before, change.after))
    line = Line(f"{change.turn} {change.rule}  {' → '.join(outcomes)}  ")
    line.append_text(both(change.title))
    if ground.arrival:
        line.append(f"  {ground.arrival.record}", style="dim")
    return line


def _record(record: ExplainedRecord) -> Iterator[Line]:
    standing = record.arrival.standing
    titles = [record.kind_title, record.category_title, *(b.title for b in record.behaviours)]
    what = Line(f"{record.arrival.record}  ").append_text(joined(titles))
    yield row(Text("记录", "record"), what)
    for tie in record.documents:
        yield row(Text("文号", "document"), Line(tie.title or tie.code))
    for tie in record.determiners:
        determiner = " ".join(filter(None, (tie.title, tie.code)))
        yield row(Text("认定单位", "determined by"), Line(determiner))
    yield row(Text("事件日", "event day"), Line(day(standing.event_at)))


def _basis(basis: LegalBasis) -> Line:
    line = Line(f"《{basis.document.zh}》{basis.article or ''}")
    if basis.doc_no:
        line.append(f" {basis.doc_no}")
    line.append(f"  {basis.document.en}", style="dim")
    line.append(f"  核读等级 grade {basis.grade}")
    if basis.in_force != Span(OPEN_START):
        line.append(f"  施行 in force {day(basis.in_force.start)} – {day(basis.in_force.end)}")
    return line


def _coverage(coverage: Iterable[ExplainedCoverage]) -> Table:
    table = Table(title="来源覆盖 Coverage by source", title_justify="left", box=box.SIMPLE)
    table.add_column("", no_wrap=True)
    for heading in ("来源 source", "渠道 channel", "有效期 fresh"):
        table.add_column(heading, overflow="fold")
    for source in coverage:
        told = source.coverage
        mark = Line("✓", style="green") if told.covered else Line("✗", style="bold red")
        name = Line.assemble(source.title.zh, (f" {told.source}", "dim"))
        table.add_row(mark, name, source.channel.zh, _fresh(source))
    return table


def _fresh(source: ExplainedCoverage) -> Line:
    as_of, until = source.coverage.as_of, source.coverage.fresh_until
    if as_of is None or until is None:
        return both(_NO_DELIVERY, style="bold red")
    return Line(f"{day(as_of)} – {day(until)}")


def _identity(verdict: Verdict) -> Iterator[Line]:
    rule_set = verdict.rule_set
    said = Line(f"{rule_set.number}  {rule_set.content_hash}") if rule_set else both(_NO_RULE_SET)
    yield row(Text("规则集", "rule set"), said)
    yield row(Text("结论编号", "verdict id"), Line(verdict.id))
    yield row(Text("内容编号", "content id"), Line(verdict.content_id))


def _thing(ref: Ref) -> str:
    return f"({ref.label} {ref.id})"
