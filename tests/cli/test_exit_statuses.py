from collections.abc import Iterator

from click.testing import CliRunner

from hub.cli import main
from hub.cli.exit_statuses import EXIT_STATUSES, OUTCOME_STATUSES
from hub.domain.vocabulary import Outcome
from hub.errors import HubError


def statuses(error: type[HubError]) -> Iterator[int]:
    if hasattr(error, "exit_status"):
        yield error.exit_status
    for kind in error.__subclasses__():
        yield from statuses(kind)


def test_every_error_ends_with_a_documented_status() -> None:
    assert set(statuses(HubError)) <= set(EXIT_STATUSES)


def test_the_help_shows_every_status() -> None:
    told = CliRunner().invoke(main, ["--help"]).stdout

    assert [status for status in EXIT_STATUSES if f"\n  {status:>4}  " not in told] == []


def test_the_help_of_check_shows_the_status_of_every_outcome() -> None:
    told = CliRunner().invoke(main, ["check", "--help"]).stdout

    assert list(OUTCOME_STATUSES) == sorted(Outcome, key=lambda outcome: outcome.gravity)
    assert [word for word, n in OUTCOME_STATUSES.items() if f"{n:>4}  {word}\n" not in told] == []


def test_the_statuses_of_outcomes_grow_with_gravity_and_are_no_errors() -> None:
    grave = list(OUTCOME_STATUSES.values())

    assert grave == sorted(grave)
    assert set(grave) & set(EXIT_STATUSES) == {0}
