"""A catalogue as a batch for the graph: the body verdicts read, and its parts to explore."""

from collections.abc import Iterator

from hub.domain.catalogue import Catalogue, Rule, Trigger
from hub.domain.clocks import Span, day_start
from hub.domain.facts import Batch, Entity, Fact, Link, Ref
from hub.intake.catalogue import Content, canonical, content_hash

SOURCE = "CATALOGUE"

_WORDS = {"InfoCategory": "infoCategories", "RecordKind": "recordKinds", "ListKind": "listKinds"}


def rule_set_batch(content: Content, catalogue: Catalogue) -> Batch:
    """One rule set, in force from its first day on. Titles are captions; the body decides."""
    rule_set = Ref("RuleSet", str(catalogue.number))
    digest = content_hash(content)
    entity = Entity(
        rule_set,
        properties={
            "number": catalogue.number,
            "contentHash": digest,
            "body": canonical(content).decode(),
            "title": catalogue.title.zh,
        },
    )
    published = Fact(
        "RuleSetState",
        rule_set,
        Span(day_start(catalogue.in_force_from)),
        properties={"status": "PUBLISHED"},
    )
    return Batch(
        source=SOURCE,
        content_hash=digest,
        entities=[entity, *_entities(catalogue)],
        facts=[published, *_legal_basis_states(catalogue)],
        links=list(_links(rule_set, catalogue)),
    )


def _entities(catalogue: Catalogue) -> Iterator[Entity]:
    titled = {
        "Behaviour": catalogue.behaviours,
        "Measure": catalogue.measures,
        "Scenario": catalogue.scenarios,
        "Source": catalogue.sources,
    }
    for label, entries in titled.items():
        for code, entry in entries.items():
            yield Entity(Ref(label, code), properties={"title": entry.title.zh})
    for label, name in _WORDS.items():
        for code, title in catalogue.vocabulary[name].titles.items():
            yield Entity(Ref(label, code), properties={"title": title.zh})
    for code, basis in catalogue.legal_bases.items():
        title = " ".join(part for part in (basis.document.zh, basis.article) if part)
        yield Entity(Ref("LegalBasis", code), properties={"title": title})
    for rule in catalogue.rules.values():
        told = {"code": rule.code, "kind": rule.kind, "title": rule.title.zh, "quote": rule.quote}
        yield Entity(_rule_ref(catalogue, rule), properties=told)


def _legal_basis_states(catalogue: Catalogue) -> Iterator[Fact]:
    for code, basis in catalogue.legal_bases.items():
        yield Fact(
            "LegalBasisState",
            Ref("LegalBasis", code),
            basis.in_force,
            properties={"docNo": basis.doc_no, "article": basis.article, "grade": basis.grade},
        )


def _links(rule_set: Ref, catalogue: Catalogue) -> Iterator[Link]:
    for rule in catalogue.rules.values():
        ref = _rule_ref(catalogue, rule)
        yield Link("CONTAINS", rule_set, ref)
        yield Link("IMPOSES", ref, Ref("Measure", rule.measure))
        for basis in rule.bases:
            yield Link("BASED_ON", ref, Ref("LegalBasis", basis))
        for scenario in sorted(rule.scenarios):
            yield Link("IN", ref, Ref("Scenario", scenario))
        for target in sorted({target for trigger in rule.triggers for target in _targets(trigger)}):
            yield Link("TRIGGERED_BY", ref, target)


def _targets(trigger: Trigger) -> Iterator[Ref]:
    yield from (Ref("Behaviour", code) for code in trigger.behaviours)
    yield from (Ref("InfoCategory", code) for code in trigger.categories)
    yield from (Ref("RecordKind", code) for code in trigger.kinds)
    yield from (Ref("ListKind", code) for code in trigger.lists)


def _rule_ref(catalogue: Catalogue, rule: Rule) -> Ref:
    return Ref("Rule", f"{catalogue.number}/{rule.code}")
