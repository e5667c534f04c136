"""`hub import`: files of other publishers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import click

from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.seeding import Kept, keep_waiting, kept_fields, say_kept
from hub.cli.waiting import Waiting
from hub.intake.ocds import OcdsCounts, OcdsReading, read_ocds
from hub.intake.rejections import Rejection
from hub.settings import load_settings
from hub.text import Text

_SHOWN_REJECTIONS = 20


@click.group("import")
def import_() -> None:
    """导入文件：全部写入或全不写入，重复导入没有变化。  Import a file: all of it or nothing."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--jurisdiction",
    metavar="XX",
    help="标识中没有国别时的法域，如 PY。  For identifiers that name no country.",
)
@json_option
@reports_errors
def ocds(*, file: Path, jurisdiction: str | None, as_json: bool) -> None:
    """导入开放合同数据(OCDS)的发布文件。  Import a file of OCDS releases."""
    with Waiting(silent=as_json) as waiting:
        settings = load_settings()
        waiting.stage(Text(f"读取 {file.name}", f"Reading {file.name}"))
        reading = read_ocds(file, jurisdiction=jurisdiction)
        [kept] = on_hub(settings, lambda hub: keep_waiting(hub, [reading.batch], waiting))
    if as_json:
        print_json(_fields(file, reading, kept))
    else:
        _say(file, reading, kept)


def _say(file: Path, reading: OcdsReading, kept: Kept) -> None:
    say(Text(f"{file.name} 已导入", f"{file.name} is imported"))
    say_kept([kept])
    counts = reading.counts
    _say_numbers(
        {
            "发布 releases": counts.releases,
            "采购过程 contracting processes": counts.processes,
            "合同 contracts": counts.contracts,
            "合同变更 contract changes": counts.changes,
            "采购单位 buyers": counts.buyers,
            "供应商 suppliers": counts.suppliers,
        }
    )
    _say_numbers({f"合同金额 total {currency}": total for currency, total in counts.kept.items()})
    _say_numbers({f"缺失 missing {name}": number for name, number in counts.missing.items()})
    _say_numbers({f"未采用 not taken {name}": n for name, n in reading.not_taken.items()})
    left_aside = reading.not_understood
    _say_numbers({f"未理解 not understood {name}": n for name, n in left_aside.items()})
    _say_rejections(reading.rejections)


def _say_numbers(numbers: Mapping[str, int | Decimal]) -> None:
    for name, number in numbers.items():
        OUT.print(f"  {name}: {number:,}", markup=False)


def _say_rejections(rejections: Sequence[Rejection]) -> None:
    for line, where, reason in rejections[:_SHOWN_REJECTIONS]:
        told = f"  第 {line} 行 line {line}  {where}  {reason.zh}  {reason.en}"
        OUT.print(told, style="yellow", markup=False)
    more = len(rejections) - _SHOWN_REJECTIONS
    if more > 0:
        say(Text(f"另有 {more} 处被拒，见 --json", f"{more} more were refused, see --json"))


def _fields(file: Path, reading: OcdsReading, kept: Kept) -> dict[str, object]:
    return {
        "file": file.name,
        **kept_fields(kept),
        "counts": _counts(reading.counts),
        "missing": dict(reading.counts.missing),
        "notTaken": dict(reading.not_taken),
        "notUnderstood": dict(reading.not_understood),
        "rejections": [
            {"line": line, "field": where, "reason": reason._asdict()}
            for line, where, reason in reading.rejections
        ],
    }


def _counts(counts: OcdsCounts) -> dict[str, object]:
    """Totals are text, by currency: JSON numbers would round them."""
    return {
        "releases": counts.releases,
        "processes": counts.processes,
        "contractObjects": counts.contract_objects,
        "awardObjects": counts.award_objects,
        "contracts": counts.contracts,
        "changes": counts.changes,
        "buyers": counts.buyers,
        "suppliers": counts.suppliers,
        "published": {currency: str(total) for currency, total in counts.published.items()},
        "kept": {currency: str(total) for currency, total in counts.kept.items()},
    }
