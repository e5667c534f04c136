"""The identity of a verdict: SHA-256 over the RFC 8785 form of its body.

Codes and `factId`s only: titles, names, Cypher, language, requester and purpose are outside.
Instants are ISO 8601 in UTC with three decimals; there are no floats; lists have a declared order.
"""

import hashlib
import unicodedata
from dataclasses import replace

from hub.domain.bodies import Body, content_of, digest
from hub.domain.canonical import canonical
from hub.domain.clocks import Millis, format_instant
from hub.domain.verdict import Ground, Judgement, Verdict

BODY_VERSION = 1
DECIDE_VERSION = 1


def identify(verdict: Verdict) -> Verdict:
    """The verdict with its `id`, `content_id` and `body`."""
    whole = body(verdict)
    told = canonical(whole)
    return replace(
        verdict,
        id=hashlib.sha256(told).hexdigest(),
        content_id=digest(content_of(whole)),
        body=told,
    )


def body(verdict: Verdict) -> Body:
    """Everything that makes this answer this answer. Its layout is `BODY_VERSION`."""
    return {
        "body": BODY_VERSION,
        "decide": DECIDE_VERSION,
        "subject": unicodedata.normalize("NFC", verdict.subject),
        "scenario": verdict.scenario,
        "capacity": verdict.capacity,
        "ruleSet": verdict.rule_set.content_hash if verdict.rule_set else None,
        "marks": sorted(verdict.marks),
        **judgement_content(verdict.judgement),
        "effectiveAt": format_instant(verdict.effective_at),
        "knownAt": format_instant(verdict.known_at),
        "epoch": verdict.epoch,
        "coverage": [
            {
                "source": source.source,
                "covered": source.covered,
                "generation": source.generation,
                "asOf": _instant(source.as_of),
                "freshUntil": _instant(source.fresh_until),
            }
            for source in verdict.judgement.coverage
        ],
        "validUntil": _instant(verdict.valid_until),
    }


def content(verdict: Verdict) -> Body:
    """The body without clocks: equal while the answer stays the same."""
    return content_of(body(verdict))


def judgement_content(judgement: Judgement) -> Body:
    return {
        "outcome": judgement.outcome,
        "covered": judgement.covered,
        "complete": judgement.complete,
        "grounds": [ground_content(ground) for ground in judgement.grounds],
        "coverage": [
            {"source": source.source, "covered": source.covered} for source in judgement.coverage
        ],
    }


def ground_content(ground: Ground) -> Body:
    return {
        "rule": ground.rule,
        "outcome": ground.outcome,
        "measure": ground.measure,
        "bases": [basis.code for basis in ground.bases],
        "reach": ground.reach,
        "disputed": ground.disputed,
        "record": ground.arrival.record if ground.arrival else None,
        "facts": [fact.fact_id for fact in ground.facts] if ground.facts is not None else None,
    }


def _instant(instant: Millis | None) -> str | None:
    return None if instant is None else format_instant(instant)
