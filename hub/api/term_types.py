"""A statutory term as a GraphQL type."""

from typing import Self

import strawberry

from hub.api.law_types import Law, LegalBasis, Words, end_or_none, start_or_none
from hub.api.words import both, told
from hub.domain import catalogue as entries
from hub.domain.clocks import Millis


@strawberry.type(description=both("法定期限", "a statutory term"))
class Term:
    code: str = told("期限编码", "code")
    title: Words = told("期限名称，写明自何时起算", "title, saying from when it runs")
    jurisdiction: str = told("法域", "where it applies")
    months: int | None = told("月数", "length in months")
    days: int | None = told("日数", "length in days")
    working_days: int | None = told("工作日数", "length in working days")
    in_force_from: Millis | None = told("施行起；空为不详", "in force from; null where unknown")
    in_force_to: Millis | None = told("施行止；空为现行", "in force until; null while in force")
    legal_bases: list[LegalBasis] = told(
        "法律依据及其核读等级", "legal bases with how well each was read"
    )

    @classmethod
    def of(cls, code: str | None, law: Law) -> Self | None:
        """None where no term is named, or the rule set has none of that code."""
        term = law.catalogue.terms.get(code or "")
        return None if term is None else cls._of(term, law)

    @classmethod
    def _of(cls, term: entries.Term, law: Law) -> Self:
        return cls(
            code=term.code,
            title=Words.of(term.title),
            jurisdiction=term.jurisdiction,
            months=term.months,
            days=term.days,
            working_days=term.working_days,
            in_force_from=start_or_none(term.in_force),
            in_force_to=end_or_none(term.in_force),
            legal_bases=law.legal_bases(term.bases),
        )
