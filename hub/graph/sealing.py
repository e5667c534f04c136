"""What of a batch goes into the graph sealed: whatever `model.yaml` says is so of real persons."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from hub.domain.facts import Batch, Entity, Fact, Ref, Value
from hub.graph.model import graph_model

Seal = Callable[[str, str], str | None]
"""Of a thing's code and a text."""


def needs_sealing(batch: Batch) -> bool:
    return bool(_real(batch))


def sealed(batch: Batch, seal: Seal) -> Batch:
    """The batch, with the identity of real persons sealed; invented ones stay legible."""
    real = _real(batch)
    return replace(
        batch,
        entities=[_nameless(each) if each.ref in real else each for each in batch.entities],
        facts=[_sealed(fact, seal) if fact.subject in real else fact for fact in batch.facts],
    )


@cache
def _sealed_words() -> Mapping[str, frozenset[str]]:
    """By the kinds that have any."""
    nodes = graph_model().nodes.items()
    words = {
        kind: {w for w, prop in node.properties.items() if prop.sealed} for kind, node in nodes
    }
    return {kind: frozenset(own) for kind, own in words.items() if own}


def _real(batch: Batch) -> set[Ref]:
    """What has something to seal and is not invented."""
    told = {fact.subject for fact in batch.facts if fact.kind in _sealed_words()}
    return told and told - {e.ref for e in batch.entities if e.properties.get("synthetic")}


def _sealed(fact: Fact, seal: Seal) -> Fact:
    words = _sealed_words().get(fact.kind, frozenset())
    told: Mapping[str, Value] = {
        word: seal(fact.subject.id, value) if word in words and isinstance(value, str) else value
        for word, value in fact.properties.items()
    }
    return replace(fact, properties=told)


def _nameless(entity: Entity) -> Entity:
    """A caption would tell what is sealed."""
    declared = graph_model().nodes[entity.ref.label].properties
    told = {name: v for name, v in entity.properties.items() if not declared[name].caption}
    return replace(entity, properties=told)
