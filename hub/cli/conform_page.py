"""What `hub conform` found: for people file by file, for programs as JSON."""

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text as Line

from hub.checks.conformance import LawFile, LawResult, Told
from hub.cli.output import OUT, say
from hub.domain.clocks import format_instant, format_shanghai
from hub.text import Text

Fields = dict[str, object]


def print_results(results: Sequence[LawResult]) -> None:
    for file, of_file in groupby(results, key=lambda result: result.file):
        _print_file(file, list(of_file))
    count, red = len(results), failed(results)
    for result in red:
        _print_failed(result)
    passed = count - len(red)
    say(
        Text(
            f"{count} 个案例：{passed} 个相符，{len(red)} 个不符",
            f"{count} cases: {passed} passed, {len(red)} failed",
        )
    )


def results_json(url: str, results: Sequence[LawResult]) -> Fields:
    red = failed(results)
    return {
        "url": url,
        "passed": len(results) - len(red),
        "failed": len(red),
        "cases": len(results),
        "files": [_file_json(file, list(of)) for file, of in groupby(results, lambda r: r.file)],
        "red": [fields for result in red for fields in _red_json(result)],
    }


def failed(results: Sequence[LawResult]) -> list[LawResult]:
    return [result for result in results if result.differing]


def _print_file(file: LawFile, results: Sequence[LawResult]) -> None:
    """With the words it rests on and how well they were read."""
    passed = len(results) - len(failed(results))
    same = passed == len(results)
    mark = Line("✓" if same else "✗", style="green" if same else "bold red")
    told = f" {passed}/{len(results)} {file.point.zh}  "
    OUT.print(Line.assemble(mark, told, (file.file, "dim")))
    for law in dict.fromkeys(case.law for case in file.cases if case.law):
        OUT.print(Line(f"      {law.zh}", style="dim"))


def _print_failed(result: LawResult) -> None:
    OUT.print(Line(f"✗ {result.file.file}: {result.case.name}", style="bold red"))
    for question, got in result.differing:
        asked = [question.subject, question.scenario, question.capacity or ""]
        OUT.print(Line(f"  {' '.join(asked)} {format_shanghai(question.at)}"))
        OUT.print(Line(f"    应为 expected {_short(question.expected)}"))
        OUT.print(Line(f"    实为 got      {_short(got)}"))


def _short(answer: Told) -> str:
    """`RESTRICT grounds=[R29/E1] …`: what is empty or false is left out."""
    words = [f"{key}={value}" for key, value in answer.items() if value and key != "outcome"]
    return " ".join([str(answer.get("outcome", "")), *words]).replace("'", "")


def _file_json(file: LawFile, results: Sequence[LawResult]) -> Fields:
    return {
        "file": file.file,
        "point": file.point._asdict(),
        "cases": [
            {"case": one.case.name, "law": _law(one.case.law), "passed": not one.differing}
            for one in results
        ],
    }


def _law(law: Text | None) -> Fields | None:
    return None if law is None else law._asdict()


def _red_json(result: LawResult) -> list[Fields]:
    return [
        {
            "file": result.file.file,
            "case": result.case.name,
            "subject": question.subject,
            "scenario": question.scenario,
            "capacity": question.capacity,
            "effectiveAt": format_instant(question.at),
            "expected": question.expected,
            "got": got,
        }
        for question, got in result.differing
    ]
