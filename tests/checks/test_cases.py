"""The law's cases, each a claim of its own, against the pure judgement."""

import pytest

from hub.checks.cases import run_case
from hub.domain.cases import Case
from hub.intake.catalogue import read_catalogue
from hub.resources import resource

_FILES = read_catalogue(resource("seeds", "catalogue"))
_CASES = [
    pytest.param(case, id=f"{file.file}: {case.name}")
    for file in _FILES.cases
    for case in file.cases
]


@pytest.mark.parametrize("case", _CASES)
def test_the_clause_is_applied_as_the_case_says(case: Case) -> None:
    for result in run_case(case, _FILES.catalogue):
        expected = result.expected

        assert result.outcome is expected.outcome
        assert sorted(result.grounds) == sorted(expected.grounds)
        assert result.decided_by == expected.decided_by
