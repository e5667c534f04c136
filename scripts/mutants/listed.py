"""The mutants, as the YAML files beside this module list them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

_FOLDER = Path(__file__).parent


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mutant(_Entry):
    """`survives` is the reason why no check can catch it."""

    breaks: str
    change: Mapping[str, str]
    """Texts that stand once in the file, and what each becomes."""
    survives: str | None = None


class Group(_Entry):
    """Mutants of one file that one check catches; `check` are arguments of pytest."""

    file: str
    check: str
    mutants: Sequence[Mutant]

    def about(self, word: str) -> "Group":
        """With the mutants that have the word in their file or in what they break."""
        chosen = [one for one in self.mutants if word in self.file or word in one.breaks]
        return self.model_copy(update={"mutants": chosen})


def listed() -> Sequence[Group]:
    files = [_FOLDER / "decision.yaml", _FOLDER / "reads.yaml"]
    groups = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    return [group for read in groups for group in TypeAdapter(list[Group]).validate_python(read)]
