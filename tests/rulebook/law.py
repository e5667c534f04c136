"""The law that ships, read once for the tests beside it, and changed copies of it."""

from dataclasses import replace
from typing import Any

from hub.domain.catalogue import Catalogue, Effect, Rule
from hub.intake.catalogue import Content, read_catalogue
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


def without_scenario(code: str, *, number: int) -> Content:
    """What ships under another number, and no word of the scenario in it."""
    told: dict[str, Any] = {**FILES.content}
    rules = (_without_scenario(rule, code) for rule in told["rules"])
    return {
        **told,
        "ruleSet": {**told["ruleSet"], "number": number},
        "scenarios": [one for one in told["scenarios"] if one["code"] != code],
        "rules": [*rules],
    }


def _without_scenario(rule: dict[str, Any], code: str) -> dict[str, Any]:
    if "effects" not in rule:
        return rule
    effects = (
        {**effect, "scenarios": [one for one in effect["scenarios"] if one != code]}
        for effect in rule["effects"]
    )
    return {**rule, "effects": [effect for effect in effects if effect["scenarios"]]}
