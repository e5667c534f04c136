"""Subject, scenario and capacity, as every command takes them that asks about one subject."""

import sys

import click

from hub.cli.exit_statuses import OUTCOME_STATUSES
from hub.domain.vocabulary import Outcome

subject_argument = click.argument("subject")
"""Gives the command its argument `subject`."""
scenario_option = click.option(
    "--scenario", required=True, help="应用场景编码。  Code of the scenario."
)
"""Gives the command its argument `scenario`."""
capacity_option = click.option(
    "--capacity", help="以何身份参与；只有一种时可省略。  As what it takes part."
)
"""Gives the command its argument `capacity`."""
purpose_option = click.option(
    "--purpose", help="查询用途，随结论返回。  Given back with the answer."
)
"""Gives the command its argument `purpose`."""
matter_option = click.option("--matter", help="所办事项，随结论返回。  Given back with the answer.")
"""Gives the command its argument `matter`."""
exit_outcome_option = click.option(
    "--exit-outcome", is_flag=True, help="退出码表示结论，见下。  See below."
)
"""Gives the command its argument `exit_outcome`; its table is `outcome_epilog`."""


def exit_with(outcome: Outcome) -> None:
    sys.exit(OUTCOME_STATUSES[outcome])
