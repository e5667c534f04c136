"""What of the law has a global id."""

from collections.abc import Mapping
from typing import Any

from hub.api.law_types import Behaviour, Law, LegalBasis, Measure, Rule, RuleSet, Scenario
from hub.api.nodes import Node

_LAW: tuple[Any, ...] = Behaviour, LegalBasis, Measure, Rule, RuleSet, Scenario
LAW_TYPES: Mapping[str, Any] = {kind.__name__: kind for kind in _LAW}
"""By the name of the type."""


def law_node(law: Law, kind: str, code: str) -> Node | None:
    """None where the rule set has no such thing."""
    catalogue = law.catalogue
    if kind == "RuleSet":
        return RuleSet.of(law) if code == str(catalogue.number) else None
    entries_of: Mapping[str, Mapping[str, Any]] = {
        "Behaviour": catalogue.behaviours,
        "LegalBasis": catalogue.legal_bases,
        "Measure": catalogue.measures,
        "Rule": catalogue.rules,
        "Scenario": catalogue.scenarios,
    }
    found = entries_of[kind].get(code)
    return None if found is None else LAW_TYPES[kind].of(found, law)
