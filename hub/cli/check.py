"""`hub check`: what restricts this subject, in this scenario, as of when."""

from pathlib import Path

import click

from hub.checks.explanation import ExplainedVerdict
from hub.checks.explanation_json import verdict_json
from hub.cli.clock_options import asked_instant, at_option, known_at_option
from hub.cli.exit_statuses import outcome_epilog
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors
from hub.cli.question_options import (
    capacity_option,
    exit_outcome_option,
    exit_with,
    matter_option,
    purpose_option,
    scenario_option,
    subject_argument,
)
from hub.cli.receipt import write_text
from hub.cli.verdict_page import print_verdict
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.evidence.recorded import Context
from hub.settings import load_settings
from hub.wiring import Hub


@click.command(epilog=outcome_epilog())
@subject_argument
@scenario_option
@capacity_option
@at_option
@known_at_option
@purpose_option
@matter_option
@click.option("--authorisation", help="授权文书，随结论返回。  Given back with the answer.")
@click.option("--idempotency-key", help="重试键，须有 --matter。  For retries, with a matter.")
@click.option(
    "--receipt",
    "receipt_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="签名回执写入文件。  Write the signed receipt there.",
)
@exit_outcome_option
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
    idempotency_key: str | None,
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
    explained = on_hub(
        load_settings(), lambda hub: _checked(hub, ask, idempotency_key, receipt_file)
    )
    if as_json:
        print_json(verdict_json(explained))
    else:
        print_verdict(explained, OUT)
    if exit_outcome:
        exit_with(explained.verdict.outcome)


async def _checked(
    hub: Hub, ask: Ask, key: str | None, receipt_file: Path | None
) -> ExplainedVerdict:
    await hub.require_ready()
    explained = await hub.check(ask, key=key)
    if receipt_file is not None:
        issued = await hub.evidence.receipts.issue(explained.verdict.id, Context.of(ask))
        write_text(issued.signed, receipt_file)
    return explained
