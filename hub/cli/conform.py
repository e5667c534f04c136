"""`hub conform`: every case of the law, asked of a served hub or of anybody's endpoint."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

import click

from hub.checks.conformance import LawFile, LawResult, case_file, story_file
from hub.cli.case_lines import case_lines
from hub.cli.conform_page import failed, print_results, results_json
from hub.cli.exit_statuses import DIFFERS
from hub.cli.law_endpoint import LawEndpoint
from hub.cli.output import json_option, print_json, reports_errors
from hub.domain.identifiers import subject_kind
from hub.domain.vocabulary import SubjectKind
from hub.intake.case_worlds import signpost
from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.intake.stories import read_stories
from hub.resources import resource
from hub.settings import load_settings


@click.command()
@click.argument("url", required=False)
@click.option(
    "--facts",
    type=click.File("wb", lazy=True),
    help="只把案例连同事实写入文件（JSON Lines）。  Only write the cases with their facts.",
)
@click.option("--no-demo", is_flag=True, help="不含示例盟的故事。  Leave the stories out.")
@json_option
@reports_errors
def conform(*, url: str | None, facts: BinaryIO | None, no_demo: bool, as_json: bool) -> None:
    """以法律案例核对一个端点；有一项不符即以 1 退出。  Ask every case of the law.

    URL 默认为本机 hub serve 的地址；案例须先以 hub seed --cases 载入。
    By default that of `hub serve` on this machine; load the cases first: hub seed --cases.
    """
    files = read_catalogue(resource("seeds", "catalogue"))
    if facts is not None:
        facts.writelines(case_lines(files))
        return
    settings = load_settings()
    endpoint = LawEndpoint(url or f"http://{settings.host}:{settings.port}")
    results = _asked(endpoint, files, demo=not no_demo)
    if as_json:
        print_json(results_json(endpoint.url, results))
    else:
        print_results(results)
    if failed(results):
        sys.exit(DIFFERS)


def _asked(endpoint: LawEndpoint, files: CatalogueFiles, *, demo: bool) -> list[LawResult]:
    law = [case_file(file, files.catalogue) for file in files.cases]
    _require_worlds(endpoint, files, law)
    if demo:
        law.append(story_file(read_stories(resource("seeds", "demo"))))
    return endpoint.run(law)


def _require_worlds(endpoint: LawEndpoint, files: CatalogueFiles, law: Sequence[LawFile]) -> None:
    """Asked of a unit: an unknown person is answered, not refused."""
    stands = signpost(case for file in files.cases for case in file.cases)
    questions = (each for file in law for case in file.cases for each in case.questions)
    unit = next(each for each in questions if subject_kind(each.subject) is SubjectKind.UNIT)
    endpoint.require(replace(unit, subject=stands))
