"""A catalogue as a batch for the graph: the body verdicts read, and its parts to explore."""

from collections.abc import Iterator, Sequence

import orjson

from hub.domain.catalogue import Catalogue, Rule, Trigger
from hub.domain.clocks import Span, day_start
from hub.domain.facts import Batch, Entity, Fact, Link, Ref
from hub.domain.rule_sets import RuleSetState, RuleSetStatus
from hub.intake.catalogue import Content, canonical, content_hash

SOURCE = "CATALOGUE"
CHANGES = "RULES"
"""Source of what becomes of rule sets apart from the seeds: drafts, publications, repeals."""

STATE = "RuleSetState"

_WORDS = {"InfoCategory": "infoCategories", "RecordKind": "recordKinds", "ListKind": "listKinds"}


def rule_set_batch(content: Content, catalogue: Catalogue) -> Batch:
    """One rule set, published from its first day on. Titles are captions; the body decides."""
    published = RuleSetState(RuleSetStatus.PUBLISHED, Span(day_start(catalogue.in_force_from)))
    return Batch(
        source=SOURCE,
        content_hash=catalogue.content_hash,
        entities=_entities(content, catalogue),
        facts=[state_fact(catalogue.number, published), *legal_basis_states(catalogue)],
        links=list(_links(catalogue)),
    )


def content_of(batch: Batch) -> Content:
    """What `rule_set_batch` was made of."""
    [body] = (one.properties["body"] for one in batch.entities if one.ref.label == "RuleSet")
    return orjson.loads(str(body))


def change_batch(
    content: Content, catalogue: Catalogue, facts: Sequence[Fact], withdrawn: Sequence[Fact] = ()
) -> Batch:
    """One rule set, new to the graph or not, with what becomes of it and of others."""
    becomes = [[fact.subject.id, *fact.valid, dict(fact.properties)] for fact in facts]
    return Batch(
        source=CHANGES,
        content_hash=content_hash({"ruleSet": catalogue.content_hash, "facts": becomes}),
        entities=_entities(content, catalogue),
        facts=facts,
        links=list(_links(catalogue)),
        withdrawn=withdrawn,
    )


def state_fact(number: int, state: RuleSetState) -> Fact:
    """A rule set has one fact a status; that of the publication goes by no key."""
    key = "" if state.status is RuleSetStatus.PUBLISHED else state.status
    told = {"document": state.document} if state.document else {}
    properties = {"status": state.status.value, **told}
    return Fact(STATE, rule_set_ref(number), state.valid, key=key, properties=properties)


def rule_set_ref(number: int) -> Ref:
    return Ref("RuleSet", str(number))


def legal_basis_states(catalogue: Catalogue) -> list[Fact]:
    """How long each article is in force, as a published rule set has it."""
    return [
        Fact(
            "LegalBasisState",
            Ref("LegalBasis", code),
            basis.in_force,
            properties={"docNo": basis.doc_no, "article": basis.article, "grade": basis.grade},
        )
        for code, basis in catalogue.legal_bases.items()
    ]


def _entities(content: Content, catalogue: Catalogue) -> list[Entity]:
    told = {
        "number": catalogue.number,
        "contentHash": catalogue.content_hash,
        "body": canonical(content).decode(),
        "title": catalogue.title.zh,
    }
    return [Entity(rule_set_ref(catalogue.number), properties=told), *_parts(catalogue)]


def _parts(catalogue: Catalogue) -> Iterator[Entity]:
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


def _links(catalogue: Catalogue) -> Iterator[Link]:
    rule_set = rule_set_ref(catalogue.number)
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
