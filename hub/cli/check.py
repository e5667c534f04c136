"""`hub check`: what restricts this subject, in this scenario, as of when."""

import sys
from pathlib import Path

import click

from hub.checks.explanation import ExplainedVerdict
from hub.checks.explanation_json import verdict_json
from hub.cli.clock_options import asked_instant, at_option, known_at_option
from hub.cli.exit_statuses import OUTCOME_STATUSES, outcome_epilog
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors
from hub.cli.receipt import write_text
from hub.cli.verdict_page import print_verdict
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.evidence.recorded import Context
from hub.settings import load_settings
from hub.wiring import Hub


@click.command(epilog=outcome_epilog())
@click.argument("subject")
@click.option("--scenario", required=True, help="应用场景编码。  Code of the scenario.")
@click.option("--capacity", help="以何身份参与；只有一种时可省略。  As what it takes part.")
@at_option
@known_at_option
@click.option("--purpose", help="查询用途，随结论返回。  Given back with the answer.")
@click.option("--matter", help="所办事项，随结论返回。  Given back with the answer.")
@click.option("--authorisation", help="授权文书，随结论返回。  Given back with the answer.")
@click.option(
    "--receipt",
    "receipt_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="签名回执写入文件。  Write the signed receipt there.",
)
@click.option("--exit-outcome", is_flag=True, help="退出码表示结论，见下。  See below.")
@json_option
@reports_errors
def check(
    *,
    subject: str,
    scenario: str,
    capacity: str | None,
    at: str | None,
    known_at: str | None,
    purpose: str | None,
    matter: str | None,
    authorisation: str | None,
    receipt_file: Path | None,
    exit_outcome: bool,
    as_json: bool,
) -> None:
    """核查主体在场景下受何限制。  Check SUBJECT in a scenario.

    SUBJECT 是统一社会信用代码、人员编号(P-…)或境外标识(方案:值)；名称不能作为查询依据。
    A credit code, a person id or a foreign scheme:value; never a name.
    """
    ask = Ask(
        subject=parse_subject_id(subject),
        scenario=scenario,
        capacity=capacity,
        effective_at=asked_instant(at, where="effectiveAt"),
        known_at=asked_instant(known_at, where="knownAt"),
        purpose=purpose,
        matter=matter,
        authorisation=authorisation,
    )
    explained = on_hub(load_settings(), lambda hub: _checked(hub, ask, receipt_file))
    if as_json:
        print_json(verdict_json(explained))
    else:
        print_verdict(explained, OUT)
    if exit_outcome:
        sys.exit(OUTCOME_STATUSES[explained.verdict.outcome])


async def _checked(hub: Hub, ask: Ask, receipt_file: Path | None) -> ExplainedVerdict:
    await hub.require_ready()
    explained = await hub.check(ask)
    if receipt_file is not None:
        issued = await hub.evidence.receipts.issue(explained.verdict.id, Context.of(ask))
        write_text(issued.signed, receipt_file)
    return explained
