"""Finds things by a name, a number or their code, present or former. Persons are never searched."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref
from hub.domain.search import Candidate, Candidates
from hub.domain.things import Clocks
from hub.errors import InvalidPage, InvalidSearchText, UnknownKind
from hub.graph.door import Door, Row, literal
from hub.graph.kinds import shown
from hub.graph.knowledge_clock import read_known
from hub.graph.path_statements import JOINED
from hub.graph.time_filter import TELL_THE_CLOCK, as_known, at_the_clocks, known
from hub.text import Text

MOST_CHARACTERS = 200
MOST_CANDIDATES = 100
MOST_HITS = 300
"""Names that are read for one search, the best by their score."""

_NAMED = {
    "Unit": "UnitState",
    "Enterprise": "EnterpriseState",
    "Region": "RegionState",
    "Contract": "ContractState",
    "Commitment": "Commitment",
    "Debt": "Debt",
    "CreditRecord": "CreditRecord",
    "Document": "Document",
}
"""Kinds of thing, and the label that has their name: their state, or themselves for ever."""

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"[\w\-:.@/#〔〕（）()]+")
_SHOWN: LiteralString = literal(
    f"(NOT node:CreditRecord OR {shown('CreditRecord', 'node')})"
    f" AND (NOT node:Document OR {shown('Document', 'node')})"
)

# A name is asked of the hub's knowledge alone: a former one still finds its thing. What never
# changes is known once any fact about it is.
SEARCH: LiteralString = f"""CYPHER 25
{at_the_clocks()}CALL (*) {{
  CALL db.index.fulltext.queryNodes('names', $wanted) YIELD node, score
  WITH node, score WHERE any(label IN labels(node) WHERE label IN $lists.labels)
  LIMIT $most + 1
  RETURN collect([node, score]) AS hits
}}
{TELL_THE_CLOCK}, at.epochMillis AS at, known.epochMillis AS known_at,
size(hits) > $most AS cut, COLLECT {{
  UNWIND hits[..$most] AS hit
  WITH known, hit[0] AS node, hit[1] AS score
  CALL (node, known) {{
    MATCH (thing)-[:HAS_STATE]->(node:UnitState|EnterpriseState|RegionState|ContractState)
    WHERE {known("node")}
    RETURN thing, node.validFrom.epochMillis AS start, node.validTo.epochMillis AS end
    UNION ALL
    MATCH (node:Commitment|Debt|CreditRecord|Document)
    WHERE EXISTS {{ MATCH (node)-[e:{JOINED}]-() WHERE {known("e")} }} AND {_SHOWN}
    RETURN node AS thing, NULL AS start, NULL AS end
  }}
  RETURN {{labels: labels(thing), id: thing.id, score: score, start: start, end: end,
    texts: [node.name, node.shortName, node.title, node.contractNo, node.docNo]}}
}} AS found
"""


def _coded(kind: str, named: str) -> str:
    there = f"EXISTS {{ MATCH (thing)-[:HAS_STATE]->(x:{named}) WHERE {known('x')} }}"
    if named == kind:
        there = (
            f"EXISTS {{ MATCH (thing)-[x:{JOINED}]-() WHERE {known('x')} }}"
            f" AND {shown(kind, 'thing')}"
        )
    return f"""MATCH (thing:{kind})
  WHERE '{named}' IN $lists.labels AND thing.id IN $lists.codes AND {there} RETURN thing"""


# A code is its thing's for ever, whatever it is called.
CODED: LiteralString = literal(f"""CYPHER 25
{at_the_clocks()}CALL (known) {{
  {" UNION ALL ".join(_coded(kind, named) for kind, named in _NAMED.items())}
}}
RETURN labels(thing) AS labels, thing.id AS id, 0.0 AS score, [thing.id] AS texts,
  NULL AS start, NULL AS end
ORDER BY id
""")


class NameSearch:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def search(
        self,
        text: str,
        *,
        at: Millis,
        known_at: Millis | None,
        kinds: frozenset[str] | None = None,
        first: int = 20,
    ) -> Candidates:
        """An equal name or code first, then by score; any text may be given.

        Raises `InvalidSearchText`, `UnknownKind`, `InvalidPage`, `GraphProblem`s.
        """
        words = _words(text)
        _require(words, kinds, first)
        row = await read_known(
            self._door,
            SEARCH,
            wanted=_query(words),
            lists={"labels": _labels(kinds)},
            most=MOST_HITS,
            at=at,
            known=as_known(known_at),
        )
        ranked = _ranked([*row["found"], *await self._coded(text, row, kinds)], words, at)
        return Candidates(
            clocks=Clocks(Millis(row["at"]), Millis(row["known_at"])),
            items=tuple(ranked[:first]),
            complete=not row["cut"] and len(ranked) <= first,
        )

    async def _coded(
        self, text: str, row: Mapping[str, Any], kinds: frozenset[str] | None
    ) -> list[Row]:
        """Things that have the text for their code, at the clocks the names were read at."""
        codes = _codes(text)
        if not codes:
            return []
        return await self._door.read(
            CODED,
            lists={"codes": codes, "labels": _labels(kinds)},
            at=row["at"],
            known=row["known_at"],
        )


def _codes(text: str) -> list[str]:
    """The codes that the text may be: as it is, or a credit code typed carelessly.

    >>> _codes(" １２abc "), _codes("两 个")
    (['12ABC', '１２abc'], [])
    """
    given = text.strip()
    return sorted({given, _plain(given).upper()}) if _CODE.fullmatch(given) else []


def _labels(kinds: frozenset[str] | None) -> list[str]:
    return [named for kind, named in _NAMED.items() if kinds is None or kind in kinds]


def search_kinds() -> tuple[str, ...]:
    """Kinds of thing that may be searched."""
    return tuple(_NAMED)


def _words(text: str) -> list[str]:
    """Runs of letters, digits and ideographs, in the form in which they are compared.

    >>> _words("示发改认〔２０２６〕7号 ＡＢ*")
    ['示发改认', '2026', '7号', 'ab']
    """
    if len(text) > MOST_CHARACTERS:
        return [text]
    return _WORD.findall(_plain(text).lower())


def _plain(text: str) -> str:
    """Of one width."""
    return unicodedata.normalize("NFKC", text)


def _require(words: Sequence[str], kinds: frozenset[str] | None, first: int) -> None:
    if not words:
        nothing = Text("没有可检索的字符", "nothing in it can be searched for")
        raise InvalidSearchText(nothing, MOST_CHARACTERS)
    if sum(map(len, words)) > MOST_CHARACTERS:
        raise InvalidSearchText(Text("过长", "it is too long"), MOST_CHARACTERS)
    if unknown := sorted((kinds or frozenset()) - set(search_kinds())):
        raise UnknownKind(unknown[0], search_kinds())
    if not 1 <= first <= MOST_CANDIDATES:
        raise InvalidPage("first", MOST_CANDIDATES)


def _query(words: Sequence[str]) -> str:
    """The words as a phrase, which counts more, or any of them.

    Lower-case words alone hold nothing that Lucene reads as syntax.

    >>> _query(["投资促进局", "and"])
    '"投资促进局 and"^4 投资促进局 and'
    """
    joined = " ".join(words)
    return f'"{joined}"^4 {joined}'


def _ranked(hits: Sequence[Mapping[str, Any]], words: Sequence[str], at: Millis) -> list[Candidate]:
    """Each thing once, by the name that speaks most for it."""
    best: dict[Ref, Candidate] = {}
    for candidate in sorted((_candidate(hit, words, at) for hit in hits), key=_rank):
        best.setdefault(candidate.ref, candidate)
    return list(best.values())


def _rank(candidate: Candidate) -> tuple[bool, float, bool, Ref]:
    return (not candidate.exact, -candidate.score, not candidate.held, candidate.ref)


def _candidate(hit: Mapping[str, Any], words: Sequence[str], at: Millis) -> Candidate:
    wanted = "".join(words)
    texts: list[str] = [text for text in hit["texts"] if text]
    text = max(texts, key=lambda one: _likeness("".join(_words(one)), wanted))
    valid = None if hit["start"] is None else Span(Millis(hit["start"]), Millis(hit["end"]))
    return Candidate(
        ref=Ref(next(label for label in _NAMED if label in hit["labels"]), hit["id"]),
        text=text,
        score=hit["score"],
        exact="".join(_words(text)) == wanted,
        held=valid is None or valid.contains(at),
        valid=valid,
    )


def _likeness(text: str, wanted: str) -> tuple[bool, bool, int]:
    return (text == wanted, wanted in text, len(set(text) & set(wanted)))
