"""Hold the tests of the check against mutants of it: texts that must not pass when replaced.

python -m scripts.mutants [WORD]

WORD chooses those with it in their file or words. All is done in a copy, beside a Neo4j of its own.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from time import monotonic

from scripts.mutants.listed import Group, Mutant, listed
from scripts.mutants.workshop import Workshop, opened_workshop


@dataclass(frozen=True, slots=True)
class Result:
    group: Group
    mutant: Mutant
    caught: bool

    @property
    def as_listed(self) -> bool:
        return self.caught == (self.mutant.survives is None)

    def __str__(self) -> str:
        found = "caught" if self.caught else "SURVIVED"
        flaw = "" if self.as_listed else "  ← 与清单不符 not as listed"
        reason = f"\n{'':10}{self.mutant.survives}" if self.mutant.survives else ""
        return f"{found:9} {self.group.file}: {self.mutant.breaks}{flaw}{reason}"


def main(word: str = "") -> int:
    groups = [group for group in (group.about(word) for group in listed()) if group.mutants]
    begun, results = monotonic(), list[Result]()
    with opened_workshop() as workshop:
        for result in _results(workshop, groups):
            print(result, flush=True)
            results.append(result)
    caught = sum(result.caught for result in results)
    print(
        f"{len(results)} 个变异 mutants: {caught} 个查出 caught,"
        f" {len(results) - caught} 个未查出 survived, {monotonic() - begun:.0f} s"
    )
    return 0 if all(result.as_listed for result in results) else 1


def _results(workshop: Workshop, groups: Iterable[Group]) -> Iterator[Result]:
    """Cheap checks first: those without a graph come first by name."""
    for check, same in groupby(sorted(groups, key=_check), key=_check):
        workshop.begin(check)
        for group in same:
            for mutant in group.mutants:
                with workshop.mutated(group.file, mutant.change):
                    yield Result(group, mutant, workshop.catches(check))


def _check(group: Group) -> str:
    return group.check


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
