"""A rule that is deliberately wrong, and the cases that must tell."""

from dataclasses import replace

from hub.domain.cases import Case
from hub.domain.catalogue import Catalogue
from hub.domain.vocabulary import Outcome

GRAVE = (Outcome.BLOCK, Outcome.RESTRICT)


def softened(catalogue: Catalogue, code: str) -> Catalogue:
    """The catalogue in which the rule only shows what it should bar or restrict."""
    rule = catalogue.rules[code]
    effects = tuple(
        replace(effect, outcome=Outcome.ATTENTION) if effect.outcome in GRAVE else effect
        for effect in rule.effects
    )
    rules = {**catalogue.rules, code: replace(rule, effects=effects)}
    return replace(catalogue, rules=rules)


def rests_on(case: Case, code: str) -> bool:
    """Somewhere the rule bars or restricts, and is among those that decide."""
    answers = (expected.answer for expected in case.expect)
    return any(code in answer.decided_by and answer.outcome in GRAVE for answer in answers)
