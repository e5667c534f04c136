"""Puts the pages together and has MkDocs build them.

The site mirrors the repository: its Markdown pages with whatever they link to, so that their links
lead where they lead in the repository, and beside them the pages made from model, catalogue,
schema, errors and commands, below `reference/`.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graphql import build_schema
from mkdocs.commands.build import build
from mkdocs.config import load_config  # pyright: ignore[reportUnknownVariableType]

from hub.cli import main as hub_command
from hub.graph.model import graph_model
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from scripts.check_links import links, pages
from scripts.docs.catalogue_pages import catalogue_pages
from scripts.docs.command_page import command_page
from scripts.docs.error_page import error_page
from scripts.docs.model_page import model_page
from scripts.docs.schema_pages import schema_pages

_HERE = Path(__file__).parent
_DECISIONS = "docs/decisions/"
_RULES = "reference/catalogue/rule-"

Navigation = Sequence["str | Mapping[str, str | Navigation]"]


def build_site(root: Path, target: Path) -> None:
    """Build the whole site anew. Raises MkDocs' `Abort` for a page that links to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        written = [page.relative_to(root).as_posix() for page in pages(root)]
        for name in {*written, *_linked(root, written)}:
            _copy(root / name, stage / name)
        generated = generated_pages(root)
        for name, text in generated.items():
            _write(stage / name, text)
        shutil.copytree(_HERE / "theme", stage / "theme")
        _run(stage, target, navigation(written, list(generated)))


def generated_pages(root: Path) -> Mapping[str, str]:
    """By path below the site."""
    sdl = resource("graph_schema", "schema.graphql").read_text(encoding="utf-8")
    files = read_catalogue(resource("seeds", "catalogue"))
    catalogue = catalogue_pages(files).items()
    schema = schema_pages(build_schema(sdl)).items()
    return {
        "reference/model.md": model_page(graph_model()),
        **{f"reference/catalogue/{name}": text for name, text in catalogue},
        **{f"reference/graphql/{name}": text for name, text in schema},
        "reference/errors.md": error_page((root / "README.md").read_text(encoding="utf-8")),
        "reference/commands.md": command_page(hub_command),
    }


def navigation(written: Sequence[str], generated: Sequence[str]) -> Navigation:
    """Every page, each once."""
    guides = [name for name in written if name.startswith("docs/")]
    decisions = [name for name in guides if name.startswith(_DECISIONS)]
    catalogue = [name for name in generated if name.startswith("reference/catalogue/")]
    graphql = [name for name in generated if name.startswith("reference/graphql/")]
    single = [name for name in generated if name.count("/") == 1]
    rules = [name for name in catalogue if name.startswith(_RULES)]
    return [
        {"开始 Start": "README.md"},
        {"指南 Guides": [name for name in guides if name not in decisions]},
        {
            "参考 Reference": [
                *single,
                {"规则目录 Catalogue": [name for name in catalogue if name not in rules]},
                {"逐条规则 Rule by rule": sorted(rules, key=_fallbacks_last)},
                {"GraphQL": graphql},
            ]
        },
        {"决定 Decisions": decisions},
        {"项目 Project": [name for name in written if name not in guides and name != "README.md"]},
    ]


def _fallbacks_last(rule: str) -> tuple[bool, str]:
    return rule.startswith(f"{_RULES}F-"), rule


def _linked(root: Path, written: Sequence[str]) -> Iterator[str]:
    """Files of the repository that pages link to."""
    for name in written:
        page = root / name
        for link in links(page.read_text(encoding="utf-8")):
            url = urlsplit(link.target)
            file = (page.parent / unquote(url.path)).resolve()
            if url.path and not url.netloc and file.is_file():
                yield file.relative_to(root).as_posix()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _run(stage: Path, target: Path, nav: Navigation) -> None:
    config = load_config(
        str(_HERE / "mkdocs.yml"), docs_dir=str(stage), site_dir=str(target), nav=nav
    )
    logging.getLogger("jieba").setLevel(logging.WARNING)  # it tells how it loads its words
    build(config)
