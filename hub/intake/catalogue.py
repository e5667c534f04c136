"""Reads a rule set: from the folder `seeds/catalogue/`, or from the content the graph keeps."""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import rfc8785
from pydantic import ValidationError

from hub.domain.cases import CaseFile
from hub.domain.catalogue import Catalogue, Rule
from hub.domain.vocabulary import RuleKind
from hub.errors import CatalogueRefused
from hub.intake.cases import read_cases
from hub.intake.catalogue_entries import (
    BehaviourEntry,
    CodedEntry,
    Flaw,
    LegalBasisEntry,
    MeasureEntry,
    RemedyEntry,
    RuleEntry,
    RuleSetEntry,
    ScenarioEntry,
    SourceEntry,
    TermEntry,
    WordListEntry,
    reason_of,
)
from hub.intake.catalogue_law import unlawful_rules
from hub.intake.catalogue_references import unknown_codes
from hub.intake.yaml_files import Json, read_yaml
from hub.text import Text

Content = Mapping[str, object]
"""A rule set as JSON says it: `ruleSet` is one object, every other section a list of entries."""

T = TypeVar("T")

_SECTIONS = {
    "vocabulary": "vocabulary",
    "legal_bases": "legalBases",
    "sources": "sources",
    "scenarios": "scenarios",
    "measures": "measures",
    "behaviours": "behaviours",
    "terms": "terms",
    "remedies": "remedies",
    "rules": "rules",
}
"""File or folder of each section."""

_RULE_SET = "rule_set"
CASES = "cases"
"""Folder of the law's cases, which are not part of the content."""

NEEDS_CASE = Text("CHECK 规则没有案例", "a CHECK rule needs a case")


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """A folder that was read whole and found sound. `origins` names the file of (section, code)."""

    content: Content
    origins: Mapping[tuple[str, str], str]
    catalogue: Catalogue
    cases: tuple[CaseFile, ...]


def read_catalogue(folder: Path) -> CatalogueFiles:
    """Read, check and parse the folder, cases included.

    Raises `CatalogueRefused` naming file, entry and reason of the first flaw found.
    """
    content, origins = _gather(folder)
    catalogue = _build(content, origins)
    cases = read_cases(folder / CASES, catalogue)
    for rule in rules_without_case(catalogue, cases):
        raise _refused(Flaw("rules", rule.code, NEEDS_CASE), origins)
    return CatalogueFiles(content, origins, catalogue, cases)


def read_unchecked(folder: Path) -> Catalogue:
    """The folder parsed, whatever its codes and its law are worth. Raises `CatalogueRefused`."""
    content, origins = _gather(folder)
    with _telling(origins):
        return _parse(content)


def rules_without_case(catalogue: Catalogue, cases: Iterable[CaseFile]) -> list[Rule]:
    """CHECK rules about which no case is."""
    shown = {case.rule for file in cases for case in file.cases}
    rules = catalogue.rules.values()
    return [rule for rule in rules if rule.kind is RuleKind.CHECK and rule.code not in shown]


def parse_catalogue(content: Content) -> Catalogue:
    """The rule set of a content. Raises `CatalogueRefused`, the section standing for the file."""
    return _build(content, {})


def stored_catalogue(content: Content) -> Catalogue:
    """The rule set of a content that the graph keeps: it was found sound when it was made known.

    What readings have been learnt since never undoes it: its verdicts are answered again by it.
    """
    with _telling({}):
        return _parse(content)


def canonical(content: Content) -> bytes:
    """The RFC 8785 form: the order of entries matters, that of keys does not."""
    return rfc8785.dumps(cast("dict[str, Json]", dict(content)))


def content_hash(content: Content) -> str:
    """SHA-256, in hex, of the canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _gather(folder: Path) -> tuple[dict[str, Json], dict[tuple[str, str], str]]:
    content: dict[str, Json] = {}
    origins: dict[tuple[str, str], str] = {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        stem = name.split("/")[0].removesuffix(".yaml")
        loaded = read_yaml(path, name=name)
        if stem == _RULE_SET:
            content["ruleSet"] = loaded
            origins["ruleSet", "ruleSet"] = name
            continue
        section = _SECTIONS[stem]
        kept = cast("list[Json]", content.setdefault(section, []))
        for code, entry in _entries(loaded, name):
            if (section, code) in origins:
                first = origins[section, code]
                raise CatalogueRefused(
                    name,
                    code,
                    Text(f"代码重复，已见于 {first}", f"the code is taken already in {first}"),
                )
            origins[section, code] = name
            kept.append(entry)
    return content, origins


def _files(folder: Path) -> Iterator[Path]:
    """YAML files outside the cases, by name; a file that belongs to no section is refused."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() or parts[0] == CASES:
            continue
        if path.suffix != ".yaml" or parts[0].removesuffix(".yaml") not in {*_SECTIONS, _RULE_SET}:
            name = path.relative_to(folder).as_posix()
            raise CatalogueRefused(name, "-", Text("不属于规则集的文件", "no file of a rule set"))
        yield path


def _entries(loaded: Json, name: str) -> Iterator[tuple[str, Json]]:
    """Entries of one file by code."""
    if not isinstance(loaded, list):
        raise CatalogueRefused(name, "-", Text("应当是条目的列表", "a list of entries is expected"))
    for place, entry in enumerate(loaded, start=1):
        code = _code(entry, place)
        if code.startswith("#"):
            raise CatalogueRefused(name, code, Text("缺少 code", "code is missing"))
        yield code, entry


def _code(entry: object, place: int) -> str:
    """An entry without a code goes by its place, `#3`."""
    if isinstance(entry, Mapping):
        code = cast("Mapping[str, object]", entry).get("code")
        if isinstance(code, str):
            return code
    return f"#{place}"


def _build(content: Content, origins: Mapping[tuple[str, str], str]) -> Catalogue:
    with _telling(origins):
        catalogue = _parse(content)
        _raise_first(unknown_codes(catalogue))
        _raise_first(unlawful_rules(catalogue))
    return catalogue


class _Flawed(Exception):
    """Carries a flaw up to where the files are known."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@contextmanager
def _telling(origins: Mapping[tuple[str, str], str]) -> Generator[None]:
    """Tell of a flaw by the file it is in."""
    try:
        yield
    except _Flawed as flawed:
        raise _refused(flawed.flaw, origins) from flawed.__cause__


def _raise_first(flaws: Iterable[Flaw]) -> None:
    for flaw in flaws:
        raise _Flawed(flaw)


def _refused(flaw: Flaw, origins: Mapping[tuple[str, str], str]) -> CatalogueRefused:
    file = origins.get((flaw.section, flaw.entry), flaw.section)
    return CatalogueRefused(file, flaw.entry, flaw.reason)


def _parse(content: Content) -> Catalogue:
    for section in content:
        if section not in {*_SECTIONS.values(), "ruleSet"}:
            raise _Flawed(Flaw(section, "-", Text("不认识的部分", "unknown section")))
    rule_set = _rule_set(content)
    return Catalogue(
        number=rule_set.number,
        content_hash=content_hash(content),
        title=rule_set.title,
        jurisdiction=rule_set.jurisdiction,
        in_force_from=rule_set.in_force_from,
        legal_bases=_section(content, "legalBases", LegalBasisEntry),
        behaviours=_section(content, "behaviours", BehaviourEntry),
        scenarios=_section(content, "scenarios", ScenarioEntry),
        measures=_section(content, "measures", MeasureEntry),
        sources=_section(content, "sources", SourceEntry),
        rules=_section(content, "rules", RuleEntry),
        terms=_section(content, "terms", TermEntry),
        vocabulary=_section(content, "vocabulary", WordListEntry),
        remedies=_section(content, "remedies", RemedyEntry),
    )


def _rule_set(content: Content) -> RuleSetEntry:
    try:
        return RuleSetEntry.model_validate(content.get("ruleSet"))
    except ValidationError as error:
        raise _Flawed(Flaw("ruleSet", "ruleSet", reason_of(error))) from error


def _section(content: Content, name: str, model: type[CodedEntry[T]]) -> dict[str, T]:
    parsed: dict[str, T] = {}
    for place, entry in enumerate(cast("Sequence[object]", content.get(name) or ()), start=1):
        code = _code(entry, place)
        try:
            parsed[code] = model.model_validate(entry).domain()
        except ValidationError as error:
            raise _Flawed(Flaw(name, code, reason_of(error))) from error
    return parsed
