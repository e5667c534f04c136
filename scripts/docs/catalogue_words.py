"""How the catalogue's codes are shown: by their titles, and leading to the page that has them."""

from collections.abc import Iterable
from typing import NamedTuple

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, format_shanghai
from hub.text import Text
from scripts.docs.markdown import both, code, link, plain

_DAY = len("2026-11-23")


class Words(NamedTuple):
    """All pages of the catalogue lie in one folder; every code is an id on its page."""

    catalogue: Catalogue

    def word(self, listed: str, word: str) -> str:
        return both(self.catalogue.vocabulary[listed].titles[word])

    def words(self, listed: str, codes: Iterable[str]) -> str:
        return _listed(self.word(listed, word) for word in codes)

    def measure(self, measure: str) -> str:
        return _entry("measures", measure, self.catalogue.measures[measure].title)

    def scenarios(self, codes: Iterable[str]) -> str:
        known = self.catalogue.scenarios
        return _listed(_entry("scenarios", each, known[each].title) for each in codes)

    def behaviours(self, codes: Iterable[str]) -> str:
        known = self.catalogue.behaviours
        return _listed(_entry("behaviours", each, known[each].title) for each in codes)

    def sources(self, codes: Iterable[str]) -> str:
        known = self.catalogue.sources
        return _listed(_entry("sources", each, known[each].title) for each in codes)

    def rules(self, codes: Iterable[str]) -> str:
        known = self.catalogue.rules
        return _listed(
            link(f"{code(each)} {plain(known[each].title.zh)}", f"rule-{each}.md") for each in codes
        )

    def basis(self, basis: str) -> str:
        """Document and article, as one cites them."""
        told = self.catalogue.legal_bases[basis]
        cited = f"{told.document.zh} {told.article}" if told.article else told.document.zh
        return link(plain(cited), f"legal-bases.md#{basis}")

    def bases(self, codes: Iterable[str]) -> str:
        return _listed(self.basis(each) for each in codes)


def days(span: Span) -> str:
    """In Asia/Shanghai, the end excluded; an open side is empty."""
    return f"{_day(span.start)} – {_day(span.end)}"


def _day(instant: Millis) -> str:
    return "" if instant in {OPEN_START, OPEN_END} else format_shanghai(instant)[:_DAY]


def _entry(name: str, entry: str, title: Text) -> str:
    return link(plain(title.zh), f"{name}.md#{entry}") + f" <small>{plain(title.en)}</small>"


def _listed(shown: Iterable[str]) -> str:
    return " · ".join(shown)
