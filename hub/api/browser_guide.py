"""The guide of Neo4j Browser: the template of `graph_schema/browser/`, and a page a question."""

import json
import re
import shlex
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from string import Template

from hub.graph.explore import CHAPTERS, Parameter, Query, queries
from hub.graph.model import graph_model
from hub.resources import resource
from hub.text import Text

_COLOURS = (
    *("Unit", "Person", "Enterprise", "Region", "Contract", "Commitment", "Debt", "Payment"),
    *("CreditRecord", "RiskAlert", "Honour", "Document", "Clue", "Behaviour", "Rule"),
    *("LegalBasis", "Measure", "Source", "Import", "Superseded"),
)
_NOTES = {
    "DebtState": Text(
        "欠款的状态圆上是应付总额，不是尚欠额；尚欠额看表。",
        "The light circle of a debt bears the amount due; what is still open is in the table.",
    ),
    "PROMISED": Text(
        "承诺只记由谁作出，图中没有受诺人。",
        "Of a promise only who made it is recorded: no promisee is drawn.",
    ),
    "TRIGGERED_BY": Text(
        "按失信等级等适用、不点名行为的规则不在此图。",
        "Rules that apply by grade of dishonesty and name no behaviour are not drawn.",
    ),
}
"""What a drawing leaves unsaid, by the word of the model that it draws."""
_BOX = Template('<pre class="pre-scrollable code runnable" style="max-height:7em">$command</pre>')
_DECK = Template("""\
<article class="guide">
<carousel class="deck container-fluid">
<slide class="row-fluid"><div class="col-sm-12">
$slide</div></slide>
</carousel>
</article>
""")
_CONTENTS = Template("""\
  <h3>目录 Contents</h3>
  <p>点问题，打开它的页。 <em>Click a question to open its page.</em></p>
  $questions
""")
_PAGE = Template("""\
  <p>$back</p>
  <h3>$title_zh $title_en</h3>
  <p>$question_zh<br><em>$question_en</em></p>
  <p>① 设参数：每页必先运行；它也把两个时钟设回现在
    <em>set the parameters: always first; it also resets both clocks to now</em></p>
  $setting
  $parameters
  <p>② 画图；若显示表格，点左侧 Graph
    <em>draw; if a table shows, click Graph on its left</em></p>
  $drawing
  <p>③ 读表：同一答案，只有可读的列
    <em>read the table: the same answer in readable columns alone</em></p>
  $table
  $notes
  $picture
  <p>在终端里 <em>in the terminal:</em> <code>$command</code></p>
""")
_RULE = re.compile(
    r"^node\.(?P<label>\w+) \{ color: (?P<color>#\w+);(?P<further>.*)\}$", re.MULTILINE
)
_TEXT_COLOR = re.compile(r"text-color-internal: (#\w+);")


def guide(base: str) -> str:
    """The guide's first pages, in one HTML file; the questions lead to pages below `base`."""
    return Template(_read("guide_template.html")).substitute(
        contents=_contents(base), colours="".join(_colours())
    )


def contents(base: str) -> str:
    """The questions alone: where a page leads back to, for Browser opens a guide at its start."""
    back = _link(base, "guide", "← 用法 How to use it")
    return _DECK.substitute(slide=f"  <p>{back}</p>\n{_contents(base)}")


def page(query: Query, base: str) -> str:
    """One question: its parameters, its texts, and its picture where there is one."""
    slide = _PAGE.substitute(
        back=_link(base, "contents", "← 目录 Contents"),
        title_zh=query.title.zh,
        title_en=escape(query.title.en),
        question_zh=query.question.zh,
        question_en=escape(query.question.en),
        setting=_box(setting(query)),
        parameters="".join(_parameters(query.parameters)),
        drawing=_box(query.text),
        table=_box(query.table),
        notes="".join(_notes(query)),
        picture=_picture(query.name),
        command=escape(command(query), quote=False),
    )
    return _DECK.substitute(slide=slide)


def command(query: Query) -> str:
    """The same example in the terminal."""
    words = (f"--set {shlex.quote(f'{name}={one}')}" for name, one in query.examples.items())
    return " ".join(["hub explore", query.name, *words])


def setting(query: Query) -> str:
    """The command that sets the parameters in Browser, both clocks at now.

    Instants are null in it: a command of its own sets them, for people do not write milliseconds.
    """
    told = {
        name: None if one.type == "instant" else one.example
        for name, one in query.parameters.items()
    }
    return f":params {json.dumps({**told, 'at': None, 'knownAt': None}, ensure_ascii=False)}"


def _contents(base: str) -> str:
    return _CONTENTS.substitute(questions="".join(_questions(base)))


def _questions(base: str) -> Iterator[str]:
    for chapter, of_chapter in groupby(queries().values(), key=lambda query: query.chapter):
        yield f"<p><b>{' '.join(CHAPTERS[chapter])}</b></p><ul>"
        for query in of_chapter:
            yield f"<li>{_link(base, query.name, ' '.join(query.title))}</li>"
        yield "</ul>"


def _link(base: str, name: str, told: str) -> str:
    """Opens another page of the guide in place of this one."""
    return f'<a exec-topic="guide {escape(base)}/{name}.html">{escape(told)}</a>'


def _colours() -> Iterator[str]:
    rules = {rule["label"]: rule for rule in _RULE.finditer(_read("style.grass"))}
    yield "<p>"
    for label in _COLOURS:
        text = _TEXT_COLOR.search(rules[label]["further"])
        color = text[1] if text else "#FFFFFF"
        style = f"background:{rules[label]['color']};color:{color}"
        shape = "padding:2px 8px;border-radius:10px;white-space:nowrap;line-height:2"
        yield f'<span style="{style};{shape}">{graph_model().nodes[label].zh} {label}</span> '
    yield "</p>"


def _box(command: str) -> str:
    """A click brings it to Browser's line."""
    return _BOX.substitute(command=escape(command, quote=False))


def _parameters(parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """What each is, whose the example is, and the command that sets an instant."""
    for name, one in parameters.items():
        example = f"（示例 <em>example:</em> {one.named}）" if one.named else ""
        yield f"<p><code>{name}</code> {escape(' '.join(one.told))}{example}</p>"
        if one.type == "instant":
            instant = one.example or "2026-11-16T00:00:00+08:00"
            yield _box(f":param {name} => datetime('{instant}').epochMillis")


def _notes(query: Query) -> Iterator[str]:
    for word, note in _NOTES.items():
        if word in query.text:
            yield f"<p>{note.zh}<br><em>{escape(note.en)}</em></p>"


def _picture(name: str) -> str:
    path = resource("graph_schema", "browser", "pictures", f"{name}.jpg")
    if not path.exists():
        return ""
    encoded = b64encode(path.read_bytes()).decode("ascii")
    return f'<p><img src="data:image/jpeg;base64,{encoded}" style="width:100%"></p>'


def _read(name: str) -> str:
    return resource("graph_schema", "browser", name).read_text(encoding="utf-8")
