"""The guide of Neo4j Browser: the template of `graph_schema/browser/`, and a page a question."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from string import Template

from hub.graph.explore import CHAPTERS, Parameter, Query, queries
from hub.graph.model import graph_model
from hub.resources import resource

_COLOURS = (
    *("Unit", "Person", "Enterprise", "Region", "Contract", "Commitment", "Debt", "Payment"),
    *("CreditRecord", "RiskAlert", "Honour", "Document", "Behaviour", "Rule", "LegalBasis"),
    *("Measure", "Source", "Import", "Superseded"),
)
_PAGE = Template("""\
<article class="guide">
<carousel class="deck container-fluid">
<slide class="row-fluid"><div class="col-sm-12">
  <p>$back</p>
  <h3>$title_zh $title_en</h3>
  <p>$question_zh<br><em>$question_en</em></p>
  <p>① 设参数 <em>set the parameters</em></p>
  <pre class="pre-scrollable code runnable">$setting</pre>
  $parameters
  <p>② 运行查询 <em>run the query</em></p>
  <pre class="pre-scrollable code runnable">$text</pre>
  $picture
  <p>在终端里 <em>in the terminal:</em> <code>hub explore $name</code></p>
</div></slide>
</carousel>
</article>
""")
_RULE = re.compile(
    r"^node\.(?P<label>\w+) \{ color: (?P<color>#\w+);(?P<further>.*)\}$", re.MULTILINE
)
_TEXT_COLOR = re.compile(r"text-color-internal: (#\w+);")


def guide(base: str) -> str:
    """The guide's first pages, in one HTML file; the questions lead to pages below `base`."""
    return Template(_read("guide_template.html")).substitute(
        contents="".join(_contents(base)), colours="".join(_colours())
    )


def page(query: Query, base: str) -> str:
    """One question: its parameters, its text, and its picture where there is one."""
    return _PAGE.substitute(
        back=_link(base, "guide", "← 目录 Contents"),
        title_zh=query.title.zh,
        title_en=escape(query.title.en),
        question_zh=query.question.zh,
        question_en=escape(query.question.en),
        setting=escape(setting(query), quote=False),
        parameters="".join(_parameters(query.parameters)),
        text=escape(query.text, quote=False),
        picture=_picture(query.name),
        name=query.name,
    )


def setting(query: Query) -> str:
    """The command that sets the parameters in Browser, both clocks at now.

    Instants are null in it: a command of its own sets them, for people do not write milliseconds.
    """
    told = {
        name: None if one.type == "instant" else one.example
        for name, one in query.parameters.items()
    }
    return f":params {json.dumps({**told, 'at': None, 'knownAt': None}, ensure_ascii=False)}"


def _contents(base: str) -> Iterator[str]:
    for chapter, questions in groupby(queries().values(), key=lambda query: query.chapter):
        yield f"<p><b>{' '.join(CHAPTERS[chapter])}</b></p><ul>"
        for query in questions:
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


def _parameters(parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """What each is, and the command that sets an instant."""
    if parameters:
        told = (f"<code>{name}</code> {' '.join(one.told)}" for name, one in parameters.items())
        yield f"<p>{' · '.join(told)}</p>"
    for name, one in parameters.items():
        if one.type == "instant":
            instant = one.example or "2026-11-16T00:00:00+08:00"
            command = f":param {name} => datetime('{instant}').epochMillis"
            yield f'<pre class="pre-scrollable code runnable">{escape(command, quote=False)}</pre>'


def _picture(name: str) -> str:
    path = resource("graph_schema", "browser", "pictures", f"{name}.jpg")
    if not path.exists():
        return ""
    encoded = b64encode(path.read_bytes()).decode("ascii")
    return f'<p><img src="data:image/jpeg;base64,{encoded}" style="width:100%"></p>'


def _read(name: str) -> str:
    return resource("graph_schema", "browser", name).read_text(encoding="utf-8")
