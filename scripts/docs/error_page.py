"""The catalogue of errors: those of `hub/errors/` by their families, then the README's others."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_origin, get_type_hints

from hub.cli.exit_statuses import EXIT_STATUSES
from hub.errors import HubError
from hub.text import Text
from scripts.docs.markdown import anchored, code, facts, heading, page, plain, rows_under, table

HTTP_STATUSES: Mapping[str, str] = {
    "BAD_REQUEST": "400",
    "BODY_TOO_LARGE": "413",
    "TIMED_OUT": "503",
    "INTERRUPTED": "仅命令行 terminal only",
}
"""Where it is not 200 with `errors`, as GraphQL answers."""

_INTRODUCTION = """\
错误不是结论，不能据此作出决定。GraphQL 在 `errors[].extensions` 给出 `code`、`messageEn`、`mend`、
`mendEn`、`where`；命令行用 `--json` 给出同样内容。`‹…›` 处是具体的值。

No error is an answer: do not decide on one. GraphQL gives `code`, `messageEn`, `mend`, `mendEn` and
`where` in `errors[].extensions`; commands give the same with `--json`. Where `‹…›` stands, errors
tell the value.

GraphQL 以 HTTP 200 回答，错误在 `errors` 中；例外另行注明。`/ready` 以 503 给出不能服务的原因。

GraphQL answers with HTTP 200 and `errors`, exceptions are noted. `/ready` tells with 503 why the
hub cannot serve."""


class _Blank(str):
    """Stands in a sentence as it is, however it is formatted."""

    __slots__ = ()

    def __format__(self, _spec: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return str(self)


def error_page(readme: str) -> str:
    kinds = list(error_classes())
    coded = {kind.code for kind in kinds}
    statuses = dict.fromkeys(kind.exit_status for kind in kinds)
    others = [row for row in rows_under(readme, "代码 Code") if row[0] not in coded]
    return page(
        "# 错误 Errors",
        _INTRODUCTION,
        *(
            block
            for status in statuses
            for block in _family(status, [kind for kind in kinds if kind.exit_status == status])
        ),
        "## 请求与程序 Requests and the program",
        table(
            ("代码 Code", "HTTP", "退出码 Status", "怎么办", "What to do"),
            (_other(*row) for row in others),
        ),
    )


def error_classes(base: type[HubError] = HubError) -> Iterator[type[HubError]]:
    """Those with a code, in the order of the tree."""
    for kind in base.__subclasses__():
        if "code" in vars(kind):
            yield kind
        yield from error_classes(kind)


def specimen(kind: type[HubError]) -> HubError:
    """An error of this class with names in place of its facts."""
    hints = get_type_hints(kind.__init__)
    needed = [
        parameter
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.default is inspect.Parameter.empty and name in hints
    ]
    return kind(**{each.name: _blank(each.name, hints[each.name]) for each in needed})


def _blank(name: str, hint: object) -> Any:
    blank = _Blank(f"‹{name}›")
    if hint is Text:
        return Text(blank, blank)
    return [blank] if get_origin(hint) is Sequence else blank


def _family(status: int, kinds: Sequence[type[HubError]]) -> Iterator[str]:
    told = EXIT_STATUSES[status]
    yield f"## {told.zh} {told.en}"
    yield facts({"退出码 exit status": code(str(status))})
    for kind in kinds:
        error = specimen(kind)
        yield heading(3, code(kind.code), kind.code)
        yield table(
            ("", "中文", "English"),
            (
                ("说明 what", plain(error.what.zh), plain(error.what.en)),
                ("办法 mend", plain(error.mend.zh), plain(error.mend.en)),
                ("位置 where", *[code(error.where) if error.where else ""] * 2),
            ),
        )


def _other(name: str, status: str, zh: str, en: str) -> tuple[str, ...]:
    return anchored(name), HTTP_STATUSES.get(name, "200"), status, plain(zh), plain(en)
