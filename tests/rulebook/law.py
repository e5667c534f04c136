"""The law that ships, read once for the tests beside it, and changed copies of it."""

from dataclasses import replace
from typing import Any

from hub.domain.catalogue import Catalogue, Effect, Rule
from hub.intake.catalogue import read_catalogue
from hub.resources import resource

SEEDS = resource("seeds", "catalogue")
FILES = read_catalogue(SEEDS)
LAW = FILES.catalogue


def with_rule(rule: Rule) -> Catalogue:
    return replace(LAW, rules={**LAW.rules, rule.code: rule})


def changed(rule: str, /, **changes: Any) -> Rule:
    return replace(LAW.rules[rule], **changes)


def changed_effect(rule: str, /, **changes: Any) -> Effect:
    """The first effect of the rule, changed."""
    return replace(LAW.rules[rule].effects[0], **changes)
