"""The diagram and the table of `docs/standings.md`, made from the state machine itself."""

from collections.abc import Iterator

from hub.domain.catalogue import Catalogue
from hub.domain.standings import ENDED, MOVER_TITLES, START, TRANSITIONS, Transition
from hub.domain.vocabulary import RecordKind, StandingStatus
from scripts.docs.markdown import code, page, plain, table

_ALL = "全部 all"


def standings(catalogue: Catalogue) -> str:
    """What stands between the marks of the page."""
    return page(_diagram(catalogue), _table(catalogue))


def _diagram(catalogue: Catalogue) -> str:
    titles = catalogue.vocabulary["standingStatuses"].titles
    lines = [
        "stateDiagram-v2",
        *(f"  {status} : {titles[status].zh} {status}" for status in StandingStatus),
        *(f"  [*] --> {status}" for status in StandingStatus if status in START),
        *sorted({f"  {start} --> {one.end}" for one in TRANSITIONS for start in one.starts}),
        *(f"  class {status} ended" for status in StandingStatus if status in ENDED),
        "  classDef ended stroke-dasharray: 4 3",
    ]
    return "\n".join(["```mermaid", *lines, "```"])


def _table(catalogue: Catalogue) -> str:
    head = ("由 From", "至 To", "记录 Records", "谁凭何文书 Who on which document", "依据 Basis")
    return table(head, (_row(catalogue, one) for one in TRANSITIONS))


def _row(catalogue: Catalogue, one: Transition) -> tuple[str, ...]:
    return (
        " ".join(code(start) for start in one.starts),
        f"{code(one.end)} {plain(one.why.zh)} {plain(one.why.en)}",
        _kinds(catalogue, one),
        "；".join(_movers(catalogue, one)),
        _basis(catalogue, one),
    )


def _kinds(catalogue: Catalogue, one: Transition) -> str:
    titles = catalogue.vocabulary["recordKinds"].titles
    without = [titles[kind].zh for kind in RecordKind if kind not in one.kinds]
    within = [titles[kind].zh for kind in RecordKind if kind in one.kinds]
    if not without:
        return _ALL
    return f"{_ALL} − {'、'.join(without)}" if len(without) < len(within) else "、".join(within)


def _movers(catalogue: Catalogue, one: Transition) -> Iterator[str]:
    documents = catalogue.vocabulary["documentTypes"].titles
    for mover, types in one.by.items():
        titles = "、".join(f"{documents[kind].zh} {code(kind)}" for kind in types)
        yield f"{MOVER_TITLES[mover].zh} {code(mover)}" + (f"：{titles}" if titles else "")


def _basis(catalogue: Catalogue, one: Transition) -> str:
    if one.basis is None:
        return "本系统拟定 the hub's own proposal"
    basis = catalogue.legal_bases[one.basis]
    article = f" {plain(basis.article)}" if basis.article else ""
    return f"{plain(basis.document.zh)}{article}（{code(basis.grade)}）"
