"""What a receipt says in words: titles and the law cited, by the rule set of the verdict."""

from typing import Any

from hub.domain.bodies import Body
from hub.domain.catalogue import Catalogue, LegalBasis
from hub.domain.clocks import format_bound

Words = dict[str, Any]


def words(body: Body, catalogue: Catalogue, *, subject: str | None) -> Words:
    """In the order of the body's lists; `subject` is the name of a unit."""
    scenario = catalogue.scenarios[body["scenario"]]
    capacities = {capacity.code: capacity.title for capacity in scenario.capacities}
    return {
        "subject": subject,
        "scenario": scenario.title._asdict(),
        "capacity": capacities[body["capacity"]]._asdict(),
        "outcome": _word(catalogue, "outcomes", body["outcome"]),
        "ruleSet": {"number": catalogue.number, "title": catalogue.title._asdict()},
        "grounds": [_ground(ground, catalogue) for ground in body["grounds"]],
        "coverage": [_source(source, catalogue) for source in body["coverage"]],
    }


def _ground(ground: Body, catalogue: Catalogue) -> Words:
    rule = catalogue.rules[ground["rule"]]
    return {
        "rule": rule.code,
        "title": rule.title._asdict(),
        "outcome": _word(catalogue, "outcomes", ground["outcome"]),
        "measure": catalogue.measures[ground["measure"]].title._asdict(),
        "verb": rule.verb,
        "quote": rule.quote,
        "implementer": rule.implementer._asdict(),
        "reach": _word(catalogue, "reaches", ground["reach"]),
        "legalBases": [_basis(catalogue.legal_bases[code]) for code in ground["bases"]],
    }


def _basis(basis: LegalBasis) -> Words:
    return {
        "code": basis.code,
        "document": basis.document._asdict(),
        "docNo": basis.doc_no,
        "article": basis.article,
        "grade": basis.grade,
        "inForceFrom": format_bound(basis.in_force.start),
        "inForceTo": format_bound(basis.in_force.end),
    }


def _source(covered: Body, catalogue: Catalogue) -> Words:
    source = catalogue.sources[covered["source"]]
    return {
        "source": source.code,
        "title": source.title._asdict(),
        "channel": source.channel._asdict(),
    }


def _word(catalogue: Catalogue, word_list: str, code: str) -> Words:
    return catalogue.vocabulary[word_list].titles[code]._asdict()
