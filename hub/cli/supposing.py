"""`hub whatif` and `hub compare`: what is not so now."""

from dataclasses import replace

import click

from hub.checks.explanation import ExplainedComparison, ExplainedVerdict
from hub.checks.explanation_json import comparison_json, verdict_json
from hub.cli.clock_options import asked_instant, at_option, known_at_option
from hub.cli.comparison_page import print_comparison
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
from hub.cli.verdict_page import print_verdict
from hub.domain.identifiers import parse_subject_id
from hub.domain.suppositions import Supposition
from hub.domain.verdict import Ask
from hub.settings import load_settings
from hub.wiring import Hub


@click.command(epilog=outcome_epilog())
@subject_argument
@scenario_option
@capacity_option
@at_option
@known_at_option
@click.option(
    "--record-repaired",
    "records_repaired",
    multiple=True,
    metavar="RECORD",
    help="这条记录已修复，可重复。  This record is repaired; may be repeated.",
)
@click.option(
    "--debt-paid",
    "debts_paid",
    multiple=True,
    metavar="DEBT",
    help="这笔欠款已付清，可重复。  This debt is paid in full; may be repeated.",
)
@click.option(
    "--rule-set",
    metavar="NUMBER",
    help="适用此规则集，可为草案。  This rule set applies, be it a draft.",
)
@exit_outcome_option
@json_option
@reports_errors
def whatif(
    *,
    subject: str,
    scenario: str,
    capacity: str | None,
    at: str | None,
    known_at: str | None,
    records_repaired: tuple[str, ...],
    debts_paid: tuple[str, ...],
    rule_set: str | None,
    exit_outcome: bool,
    as_json: bool,
) -> None:
    """假设核查：若已如此，结论如何。  What the answer would be, were something otherwise.

    只用于单位；标明 HYPOTHETICAL，不留存，不能据此决定。
    For units only; marked HYPOTHETICAL, never recorded, and nothing to decide on.
    """
    ask = Ask(
        subject=parse_subject_id(subject),
        scenario=scenario,
        capacity=capacity,
        effective_at=asked_instant(at, where="effectiveAt"),
        known_at=asked_instant(known_at, where="knownAt"),
    )
    supposition = Supposition(records_repaired, debts_paid, rule_set)
    explained = on_hub(load_settings(), lambda hub: _supposed(hub, ask, supposition))
    if as_json:
        print_json(verdict_json(explained))
    else:
        print_verdict(explained, OUT)
    if exit_outcome:
        exit_with(explained.verdict.outcome)


async def _supposed(hub: Hub, ask: Ask, supposition: Supposition) -> ExplainedVerdict:
    await hub.require_ready()
    return await hub.what_if(ask, supposition)


@click.command()
@subject_argument
@scenario_option
@capacity_option
@click.option(
    "--before", metavar="INSTANT", help="前者的业务时点，默认现在。  Of the first; default: now."
)
@click.option(
    "--before-known-at", metavar="INSTANT", help="前者按当时所知。  The first as known then."
)
@click.option(
    "--after", metavar="INSTANT", help="后者的业务时点，默认现在。  Of the second; default: now."
)
@click.option(
    "--after-known-at", metavar="INSTANT", help="后者按当时所知。  The second as known then."
)
@purpose_option
@matter_option
@json_option
@reports_errors
def compare(
    *,
    subject: str,
    scenario: str,
    capacity: str | None,
    before: str | None,
    before_known_at: str | None,
    after: str | None,
    after_known_at: str | None,
    purpose: str | None,
    matter: str | None,
    as_json: bool,
) -> None:
    """同一问题在两对时钟下的比较：什么变了，因何而变。  One question at two pairs of clocks.

    只用于单位；两次结论都是真正的核查，都留存。
    For units only; both verdicts are real checks and are recorded.
    """
    plain = Ask(parse_subject_id(subject), scenario, capacity, purpose=purpose, matter=matter)
    asks = (
        _at_clocks(plain, before, before_known_at, of="before"),
        _at_clocks(plain, after, after_known_at, of="after"),
    )
    compared = on_hub(load_settings(), lambda hub: _compared(hub, *asks))
    if as_json:
        print_json(comparison_json(compared))
    else:
        print_comparison(compared, OUT)


def _at_clocks(plain: Ask, at: str | None, known_at: str | None, *, of: str) -> Ask:
    return replace(
        plain,
        effective_at=asked_instant(at, where=f"{of}.effectiveAt"),
        known_at=asked_instant(known_at, where=f"{of}.knownAt"),
    )


async def _compared(hub: Hub, before: Ask, after: Ask) -> ExplainedComparison:
    await hub.require_ready()
    return await hub.compare(before, after)
