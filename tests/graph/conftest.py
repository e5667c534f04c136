"""What the tests of plans and of their costs share."""

from collections.abc import Generator

import pytest

from hub.settings import Settings
from tests.graph.budgets import Budgets, opened_budgets
from tests.graph.plans import Planner, opened_planner


@pytest.fixture(scope="session")
def planner(settings: Settings) -> Generator[Planner]:
    with opened_planner(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def budgets(request: pytest.FixtureRequest) -> Generator[Budgets]:
    recording = bool(request.config.getoption("--record-budgets"))
    with opened_budgets(recording=recording) as opened:
        yield opened
