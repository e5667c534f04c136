"""The invented region that shows what the hub does (`seeds/demo/`), as one batch."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from hub.domain.catalogue import Catalogue
from hub.domain.facts import Batch, Entity, Fact
from hub.errors import CatalogueRefused, ImportRefused
from hub.intake.catalogue import content_hash
from hub.intake.catalogue_entries import reason_of
from hub.intake.demo_checks import flaws
from hub.intake.demo_entries import (
    ClueEntry,
    CommitmentEntry,
    ContractEntry,
    DebtEntry,
    DeliveryEntry,
    Demo,
    DemoEntry,
    EnterpriseEntry,
    OfficialEntry,
    RecordEntry,
    RegionEntry,
    UnitEntry,
)
from hub.intake.demo_facts import parts_of
from hub.intake.yaml_files import Json, read_yaml
from hub.text import Text

SOURCE = "DEMO"

E = TypeVar("E", bound=DemoEntry)


def read_demo(folder: Path, catalogue: Catalogue) -> Batch:
    """Everything invented, with the deliveries of the catalogue's sources.

    Belongs after the rule set of the catalogue, whose behaviours and sources it names. Raises
    `ImportRefused` naming file, entry and reason of the first flaw.
    """
    files = _Files(folder)
    demo = files.demo()
    for flaw in flaws(demo, catalogue):
        raise ImportRefused(f"{flaw.section}.yaml", flaw.entry, flaw.reason)
    told: dict[object, Entity | Fact] = {}
    for part in parts_of(demo, catalogue):
        if told.setdefault(_about(part), part) != part:
            reason = Text("同一事项说法不一", "it is told in two ways")
            raise ImportRefused(folder.name, _shown(part), reason)
    content = {**files.content, "ruleSet": catalogue.number}
    return Batch(
        SOURCE,
        content_hash(content),
        entities=[part for part in told.values() if isinstance(part, Entity)],
        facts=[part for part in told.values() if isinstance(part, Fact)],
    )


def _about(part: Entity | Fact) -> object:
    if isinstance(part, Entity):
        return part.ref
    return part.kind, part.subject, part.object, part.key


def _shown(part: Entity | Fact) -> str:
    """Such as `Document 示测〔2026〕1号@11…` or `SIGNED P-159900-0001`."""
    if isinstance(part, Entity):
        return f"{part.ref.label} {part.ref.id}"
    return f"{part.kind} {part.subject.id}"


class _Files:
    """Reads the files of a folder, keeping their content as it was written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.content: dict[str, Json] = {}

    def demo(self) -> Demo:
        return Demo(
            regions=self._entries("regions", RegionEntry),
            units=self._entries("units", UnitEntry),
            officials=self._entries("officials", OfficialEntry),
            enterprises=self._entries("enterprises", EnterpriseEntry),
            contracts=self._entries("contracts", ContractEntry),
            debts=self._entries("debts", DebtEntry),
            commitments=self._entries("commitments", CommitmentEntry),
            clues=self._entries("clues", ClueEntry),
            records=self._entries("records", RecordEntry),
            sources=self._entries("sources", DeliveryEntry),
        )

    def _entries(self, stem: str, model: type[E]) -> list[E]:
        file = f"{stem}.yaml"
        try:
            loaded = read_yaml(self._folder / file, name=file)
        except CatalogueRefused as error:
            raise ImportRefused(file, error.entry, error.reason) from error
        if not isinstance(loaded, list):
            raise ImportRefused(
                file, "-", Text("应当是条目的列表", "a list of entries is expected")
            )
        self.content[stem] = loaded
        return [_entry(file, place, raw, model) for place, raw in enumerate(loaded, start=1)]


def _entry(file: str, place: int, raw: Json, model: type[E]) -> E:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ImportRefused(file, _name(place, raw), reason_of(error)) from error


def _name(place: int, raw: Json) -> str:
    """How a flawed entry calls itself, or else its place: `#3`."""
    named = raw if isinstance(raw, dict) else {}
    return next((str(named[key]) for key in ("code", "id", "number") if key in named), f"#{place}")
