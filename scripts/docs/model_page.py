"""The page of `graph_schema/model.yaml`."""

from collections.abc import Iterator, Mapping

from hub.graph.model import GraphModel, NodeKind, Part, Property, RelationshipKind, Walk
from hub.text import Text
from scripts.docs.markdown import anchored, both, code, facts, heading, link, page, plain, table
from scripts.docs.model_diagram import model_svg

_CLOCKS = {
    "two": Text("双时钟", "two clocks"),
    "immutable": Text("不可变", "immutable"),
    "none": Text("枢纽自用", "bookkeeping of the hub"),
}
_PARTS: Mapping[Part, Text] = {
    "subject": Text("主体及相对方", "Subjects and their counterparts"),
    "dealing": Text("往来", "Dealings"),
    "record": Text("记录", "Records"),
    "law": Text("法律", "The law"),
    "knowledge": Text("所知", "Knowledge"),
}
_KEY = (
    "实线框随时间变化，其状态标签未画出；虚线框不可变。点击任一标签或关系可跳转。 "
    "<small>What changes has a solid frame, and states that are not drawn; what never does has a "
    "dashed one. Every label and relationship leads to its entry.</small>"
)


def model_page(model: GraphModel) -> str:
    return page(
        "---\nhide: [toc]\n---",
        "# 图的模型 The graph's model",
        "由 `graph_schema/model.yaml` 生成。Generated from `graph_schema/model.yaml`.",
        "## 全图 All of it",
        f'<div class="diagram">{model_svg(model)}</div>',
        *(_index(model, part) for part in _PARTS),
        f"**关系 Relationships** {_labels(tuple(model.relationships))}",
        _KEY,
        heading(2, "事实印记 Stamp", "stamp"),
        "每个双时钟事实都带有这些属性。 <small>Every two-clock fact carries these.</small>",
        _properties(model, model.stamp),
        *(_part(model, part) for part in _PARTS),
        heading(2, "关系 Relationships", "relationships"),
        *(_relationship(model, name, kind) for name, kind in model.relationships.items()),
        heading(2, "出处 Sources", "sources"),
        table(
            ("代码 Code", "出处 Source"),
            (
                (anchored(f"source-{name}", name), plain(told))
                for name, told in model.sources.items()
            ),
        ),
    )


def _of_part(model: GraphModel, part: Part) -> tuple[str, ...]:
    return tuple(name for name, node in model.nodes.items() if node.part == part)


def _index(model: GraphModel, part: Part) -> str:
    """Which is the key to the drawing's colours too."""
    title = f'<span class="part {part}"></span>**{_PARTS[part].zh} {_PARTS[part].en}**'
    return f"{title} {_labels(_of_part(model, part))}"


def _part(model: GraphModel, part: Part) -> str:
    labels = (_label(model, name, model.nodes[name]) for name in _of_part(model, part))
    return page(heading(2, f"{_PARTS[part].zh} {_PARTS[part].en}", f"part-{part}"), *labels)


def _label(model: GraphModel, name: str, node: NodeKind) -> str:
    return page(
        heading(3, f"{plain(node.zh)} {code(name)}", name),
        plain(node.en),
        facts({**_common(model, node), **_of_label(model, name, node)}),
        _properties(model, node.properties),
    ).rstrip()


def _relationship(model: GraphModel, name: str, kind: RelationshipKind) -> str:
    ends = (_labels(kind.start), "→", code(name), "→", _labels(kind.end))
    return page(
        heading(3, f"{plain(kind.zh)} {code(name)}", name),
        plain(kind.en),
        facts(
            {
                "路径 path": " ".join(ends),
                "沿箭头 along the arrow": _walks(kind.out),
                "逆箭头 against it": _walks(kind.back),
                **_common(model, kind),
            }
        ),
        _properties(model, kind.properties),
    ).rstrip()


def _walks(walks: tuple[Walk, ...]) -> str:
    """Fields of GraphQL."""
    return " · ".join(f"{code(walk.field)} {both(Text(walk.zh, walk.en))}" for walk in walks)


def _common(model: GraphModel, kind: NodeKind | RelationshipKind) -> dict[str, str]:
    return {"时钟 clocks": both(_CLOCKS[kind.clocks]), "出处 source": _source(model, kind.source)}


def _of_label(model: GraphModel, name: str, node: NodeKind) -> dict[str, str]:
    return {
        "唯一键 key": code(node.key) if node.key else "",
        "状态属于 state of": _labels(node.state_of),
        "附于 stands beside": _labels((*((node.marks,) if node.marks else ()), *node.labels)),
        "出向 out": _relations(model, name, outward=True),
        "入向 in": _relations(model, name, outward=False),
    }


def _relations(model: GraphModel, name: str, *, outward: bool) -> str:
    kinds = model.relationships.items()
    ends = ((relation, kind.start if outward else kind.end) for relation, kind in kinds)
    return _labels(tuple(relation for relation, labels in ends if name in labels))


def _labels(names: tuple[str, ...]) -> str:
    return " · ".join(link(code(name), f"#{name}") for name in names)


def _source(model: GraphModel, name: str) -> str:
    return link(plain(model.sources[name]), f"#source-{name}")


def _properties(model: GraphModel, properties: Mapping[str, Property]) -> str:
    head = ("属性 Property", "中文", "English", "类型 Type", "出处 Source")
    return table(head, _rows(model, properties))


def _rows(model: GraphModel, properties: Mapping[str, Property]) -> Iterator[tuple[str, ...]]:
    for name, told in properties.items():
        marks = {"caption": told.caption, "filter": told.filter, "order": told.order}
        kind = ", ".join(part for part in (told.type, told.unit, told.enum) if part)
        shown = " · ".join([kind, *(mark for mark, has in marks.items() if has)])
        yield code(name), plain(told.zh), plain(told.en), shown, _source(model, told.source)
