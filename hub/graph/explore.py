"""The investigators' queries of `graph_schema/browser/queries/`: one text for Browser and command.

A text names the time filter and a few forms of writing by `@word(…)`; here they become Cypher, so
that no file repeats them. `$at` and `$knownAt` may be null: now, and the newest knowledge.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, LiteralString, TypeAlias

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from hub.domain.clocks import OPEN_END, OPEN_START, Millis, parse_instant
from hub.errors import InvalidParameter, StatementTimedOut, UnknownQuery
from hub.graph.door import Door, Row, literal
from hub.graph.time_filter import at_the_clocks, held, known
from hub.resources import resource
from hub.text import Text

MOST_ROWS = 200
CHAPTERS: Mapping[str, Text] = {
    "units": Text("单位与人员", "Units and people"),
    "contracts": Text("合同与承诺", "Contracts and commitments"),
    "money": Text("钱", "Money"),
    "records": Text("记录与法律", "Records and law"),
    "knowledge": Text("枢纽所知", "What the hub knows"),
}
Value: TypeAlias = str | int | None


def _told(value: object) -> object:
    """`[中文, English]`, as the files write it."""
    return Text(*value) if isinstance(value, list) else value


Told = Annotated[Text, BeforeValidator(_told)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(_Entry):
    """`example` is of the demo region, and of what is `named`; an optional one may be left null.

    `thing` is the label of what it names, where it names one.
    """

    told: Told
    thing: str | None = None
    type: Literal["text", "instant"] = "text"
    example: str | None = None
    named: str | None = None
    optional: bool = False

    def read(self, name: str, given: str | None) -> Value:
        """As Cypher takes it. Raises `InvalidParameter`, `InvalidInstant`."""
        text = (given or "").strip()
        if not text:
            if not self.optional:
                raise InvalidParameter(name, Text("必须填写", "it is needed"))
            return None
        return text if self.type == "text" else parse_instant(text, where=name)


class Query(_Entry):
    """`columns` are what the table shows of what the text returns; all else is for drawing."""

    name: str
    chapter: Literal["units", "contracts", "money", "records", "knowledge"]
    title: Told
    question: Told
    parameters: Mapping[str, Parameter] = Field(default_factory=dict[str, Parameter])
    columns: Mapping[str, Told]
    cypher: str

    @property
    def text(self) -> LiteralString:
        """The whole statement, as Neo4j runs it."""
        return literal(f"{_PROLOGUE}{_expanded(self.cypher)}LIMIT {MOST_ROWS}")

    @property
    def table(self) -> LiteralString:
        """The statement again, told in its columns alone under their titles."""
        columns = (f"{name} AS `{' '.join(title)}`" for name, title in self.columns.items())
        return literal(f"{self.text}\nNEXT\nRETURN {', '.join(columns)}")

    @property
    def examples(self) -> Mapping[str, str]:
        return {name: one.example for name, one in self.parameters.items() if one.example}

    def read(self, given: Mapping[str, str]) -> Mapping[str, Value]:
        """The parameters as Cypher takes them. Raises `InvalidParameter`, `InvalidInstant`."""
        for name in given:
            if name not in self.parameters:
                known_names = "、".join(self.parameters) or "-"
                reason = f"可用：{known_names}", f"there are: {', '.join(self.parameters) or '-'}"
                raise InvalidParameter(name, Text(*reason))
        return {name: one.read(name, given.get(name)) for name, one in self.parameters.items()}


async def explore(
    door: Door, query: Query, given: Mapping[str, str], *, at: Millis, known_at: Millis | None
) -> list[Row]:
    """The query's columns, at most `MOST_ROWS` rows.

    Raises `InvalidParameter` also where it names what the graph does not have, `InvalidInstant`,
    `GraphProblem`s.
    """
    values = query.read(given)
    parameters = {"at": at, "knownAt": known_at, **values}
    try:
        rows = await door.read(query.text, **parameters)
    except StatementTimedOut:  # a cold server plans longer than that, and keeps the plan
        rows = await door.read(query.text, **parameters)
    if not rows:
        await _require_things(door, query, values)
    return [{name: row[name] for name in query.columns} for row in rows]


async def _require_things(door: Door, query: Query, values: Mapping[str, Value]) -> None:
    """No row about a thing that is there is an answer; about one that is not, a mistake."""
    for name, one in query.parameters.items():
        if one.thing is not None and not await door.read(_there(one.thing), id=values[name]):
            reason = f"库中没有 {values[name]!r}", f"the graph has no {values[name]!r}"
            raise InvalidParameter(name, Text(*reason))


@cache
def _there(label: str) -> LiteralString:
    return literal(f"MATCH (n:{label} {{id: $id}}) RETURN n.id AS id")


@cache
def queries() -> Mapping[str, Query]:
    """By name, in the order of their files."""
    folder = resource("graph_schema", "browser", "queries")
    read = (_query(path) for path in sorted(folder.glob("*.yaml")))
    return {query.name: query for query in read}


def query_named(name: str) -> Query:
    """Raises `UnknownQuery`."""
    if name not in queries():
        raise UnknownQuery(name)
    return queries()[name]


def _query(path: Path) -> Query:
    """The name is that of the file without its number."""
    _, _, name = path.stem.partition("-")
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Query.model_validate({"name": name, **told})


_AT: LiteralString = "coalesce($at, datetime.realtime().epochMillis)"
_PROLOGUE: LiteralString = f"CYPHER 25\n{at_the_clocks(_AT, '$knownAt')}"
# China has kept one hour, eight ahead of UTC, since 1992.
_SHANGHAI_MS = 8 * 3_600_000


def _units_within(region: LiteralString, unit: LiteralString) -> LiteralString:
    """Binds the units that lie in the region, or in one up to two levels below it."""
    return (
        f"MATCH (g:Region {{id: {region}}})"
        f" ((:Region)<-[below:PART_OF WHERE {held('below')}]-(:Region)){{0,2}} (part:Region)\n"
        f"MATCH (part)<-[placed:IN_REGION]-({unit}:Unit) WHERE {held('placed')}"
    )


def _name(thing: LiteralString) -> LiteralString:
    """The name it had then; its caption would be the newest."""
    return (
        f"head(COLLECT {{ MATCH ({thing})-[:HAS_STATE]->(named:UnitState|EnterpriseState)"
        f" WHERE {held('named')} RETURN named.name ORDER BY named.validFrom DESC LIMIT 1 }})"
    )


def _paid(debt: LiteralString) -> LiteralString:
    """Minor units paid on the debt."""
    return (
        f"reduce(total = 0, part IN COLLECT {{ MATCH ({debt})<-[settles:SETTLES]-(q:Payment)"
        f" MATCH (q)-[:HAS_STATE]->(made:PaymentState)"
        f" WHERE {held('settles')} AND {held('made')} RETURN made.amountMinor }} | total + part)"
    )


def _money(minor: LiteralString, state: LiteralString) -> LiteralString:
    """Exactly, in the currency and scale of the state: `CNY 46000.00`."""
    unit: LiteralString = f"toInteger(10 ^ {state}.scale)"
    return (
        f"{state}.currency + ' ' + toString(({minor}) / {unit}) + CASE {state}.scale WHEN 0 THEN ''"
        f" ELSE '.' + right('00000000' + toString(({minor}) % {unit}), {state}.scale) END"
    )


def _shanghai(instant: LiteralString) -> LiteralString:
    return literal(f"datetime({{epochMillis: {instant}.epochMillis + {_SHANGHAI_MS}}})")


def _day(instant: LiteralString) -> LiteralString:
    """In Asia/Shanghai; null where nothing is known to bound it."""
    return literal(
        f"CASE WHEN {instant}.epochMillis > {OPEN_START} AND {instant}.epochMillis < {OPEN_END}"
        f" THEN toString(date({_shanghai(instant)})) END"
    )


def _moment(instant: LiteralString) -> LiteralString:
    """To the minute, in Asia/Shanghai."""
    return f"replace(left(toString({_shanghai(instant)}), 16), 'T', ' ')"


def _today() -> LiteralString:
    return f"date({_shanghai('at')})"


def _person(variable: LiteralString) -> LiteralString:
    """Of real persons nothing is told before there is a purpose to tell it for."""
    told = f"coalesce({variable}.name, {variable}.id)"
    return f"CASE WHEN {variable}.synthetic THEN {told} ELSE '不予显示 withheld' END"


def _told_of(person: LiteralString, value: LiteralString) -> LiteralString:
    return f"CASE WHEN {person}.synthetic THEN {value} END"


_WORDS: Mapping[str, Callable[..., LiteralString]] = {
    "held": held,
    "known": known,
    "units_within": _units_within,
    "name": _name,
    "person": _person,
    "told": _told_of,
    "paid": _paid,
    "money": _money,
    "day": _day,
    "moment": _moment,
    "today": _today,
}
_WORD = re.compile(r"@(\w+)\(([^()]*)\)")


def _expanded(cypher: str) -> str:
    return _WORD.sub(_written, cypher)


def _written(word: re.Match[str]) -> str:
    arguments = [argument.strip() for argument in word[2].split(",") if argument.strip()]
    return _WORDS[word[1]](*arguments)
