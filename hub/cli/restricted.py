"""`hub restricted`: which units of a region are restricted in a scenario."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from hub.checks.explanation import ExplainedVerdict
from hub.checks.explanation_json import verdict_json
from hub.cli.clock_options import asked_instant, at_option, known_at_option
from hub.cli.csv_file import csv_file
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.question_options import scenario_option
from hub.cli.verdict_page import OUTCOME_COLOURS
from hub.domain.clocks import Millis, format_instant, format_shanghai
from hub.domain.forms import RestrictedAsk
from hub.domain.things import Clocks
from hub.domain.vocabulary import Outcome
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub

_PAGE = 100
_COLUMNS = (
    *("unit", "name", "outcome", "outcomeTitle", "scenario", "capacity", "rules", "measures"),
    *("legalBases", "records", "validUntil", "verdict", "effectiveAt", "knownAt"),
)


@click.command()
@scenario_option
@click.option("--region", required=True, help="行政区划代码，含其下各级。  Division code.")
@click.option("--capacity", help="以何身份参与；只有一种时可省略。  As what they take part.")
@click.option(
    "--at-least",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.RESTRICT.value,
    show_default=True,
    help="结论至少为此。  At least this outcome.",
)
@at_option
@known_at_option
@click.option("--purpose", help="查询用途，随结论返回。  Given back with the verdicts.")
@click.option(
    "--csv",
    "csv_path",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="写入 CSV 文件，- 为标准输出。  Write CSV; - is standard output.",
)
@click.option("--bom", is_flag=True, help="CSV 带 BOM，供 Excel 打开。  For Excel.")
@json_option
@reports_errors
def restricted(
    *,
    scenario: str,
    region: str,
    capacity: str | None,
    at_least: str,
    at: str | None,
    known_at: str | None,
    purpose: str | None,
    csv_path: Path | None,
    bom: bool,
    as_json: bool,
) -> None:
    """列出区划内在场景下受限的单位，按标识排序。  Restricted units of a region, by code.

    只用于单位；来源未覆盖的单位要问到 --at-least UNCOVERED 才列出。
    For units only; those not covered are listed from --at-least UNCOVERED down.
    """
    listing = _Listing(
        ask=RestrictedAsk(region.strip(), scenario, capacity, Outcome(at_least), purpose),
        at=asked_instant(at, where="effectiveAt"),
        known_at=asked_instant(known_at, where="knownAt"),
    )
    if csv_path is not None:
        with csv_file(csv_path, _COLUMNS, bom=bom) as rows:
            listing.tell(lambda explained: rows.add(_row(explained)))
    elif as_json:
        found: list[ExplainedVerdict] = []
        print_json(_document(listing.ask, listing.tell(found.append), found))
    else:
        _say(listing)


@dataclass(frozen=True, slots=True)
class _Listing:
    ask: RestrictedAsk
    at: Millis | None
    known_at: Millis | None

    def tell(self, take: Callable[[ExplainedVerdict], None]) -> Clocks:
        """Give every unit of the list to `take`, page by page; the clocks it is as of."""
        return on_hub(load_settings(), lambda hub: self._all_pages(hub, take))

    async def _all_pages(self, hub: Hub, take: Callable[[ExplainedVerdict], None]) -> Clocks:
        await hub.require_ready()
        clocks, after = await hub.restricted.clocks(self.ask, self.at, self.known_at), ""
        while True:
            page = await hub.restricted.page(self.ask, clocks, first=_PAGE, after=after)
            for explained in await hub.answered(page.verdicts):
                take(explained)
            if page.go_on_after is None:
                return clocks
            after = page.go_on_after


def _say(listing: _Listing) -> None:
    shown: list[str] = []

    def show(explained: ExplainedVerdict) -> None:
        verdict = explained.verdict
        rules = " ".join(dict.fromkeys(ground.rule for ground in verdict.grounds))
        shown.append(verdict.subject)
        line = f"{verdict.outcome:<10} {verdict.subject}  {verdict.subject_name}  {rules}"
        OUT.print(line, style=OUTCOME_COLOURS[verdict.outcome], markup=False)

    clocks = listing.tell(show)
    at = format_shanghai(clocks.at)
    say(Text(f"共 {len(shown)} 个单位，截至 {at}", f"{len(shown)} units as of {at}"))


def _row(explained: ExplainedVerdict) -> Mapping[str, object]:
    verdict, grounds = explained.verdict, explained.verdict.grounds
    bases = (basis for ground in grounds for basis in ground.bases)
    records = (ground.arrival.record for ground in grounds if ground.arrival)
    measures = (ground.measure_title.zh for ground in explained.grounds)
    return {
        "unit": verdict.subject,
        "name": verdict.subject_name,
        "outcome": verdict.outcome.value,
        "outcomeTitle": explained.outcome_title.zh,
        "scenario": verdict.scenario,
        "capacity": verdict.capacity,
        "rules": _joined(ground.rule for ground in grounds),
        "measures": _joined(measures),
        "legalBases": _joined(basis.doc_no or basis.document.zh for basis in bases),
        "records": _joined(records),
        "validUntil": verdict.valid_until and format_instant(verdict.valid_until),
        "verdict": verdict.id,
        "effectiveAt": format_instant(verdict.effective_at),
        "knownAt": format_instant(verdict.known_at),
    }


def _joined(words: Iterable[str]) -> str:
    """Each once, in their order."""
    return "；".join(dict.fromkeys(words))


def _document(
    ask: RestrictedAsk, clocks: Clocks, found: Sequence[ExplainedVerdict]
) -> Mapping[str, object]:
    return {
        "scenario": ask.scenario,
        "capacity": ask.capacity,
        "region": ask.region,
        "atLeast": ask.at_least,
        "effectiveAt": format_instant(clocks.at),
        "knownAt": clocks.known_at and format_instant(clocks.known_at),
        "units": [verdict_json(explained) for explained in found],
    }
