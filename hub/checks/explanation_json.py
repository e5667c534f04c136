"""An explained verdict as JSON, in the words of the GraphQL schema.

Instants are ISO 8601 in UTC; what has no beginning or no end is null there.
"""

from typing import Any

from hub.checks.clearing import Clearance
from hub.checks.explanation import (
    ExplainedComparison,
    ExplainedCoverage,
    ExplainedGround,
    ExplainedRecord,
    ExplainedVerdict,
)
from hub.domain.catalogue import LegalBasis, Term
from hub.domain.clocks import Millis, format_bound, format_instant
from hub.domain.comparison import CoverageChange, DoubtChange
from hub.domain.facts import Ref
from hub.domain.known import Held, Standing, Tie
from hub.domain.verdict import Cause, GroundChange, NearMiss, RuleSetRef

Json = dict[str, Any]


def verdict_json(explained: ExplainedVerdict) -> Json:
    verdict = explained.verdict
    return {
        "id": verdict.id,
        "contentId": verdict.content_id,
        "outcome": verdict.outcome,
        "outcomeTitle": explained.outcome_title._asdict(),
        "covered": verdict.judgement.covered,
        "complete": verdict.judgement.complete,
        "cutReaches": list(verdict.judgement.cut),
        "undecidedRecords": list(verdict.judgement.undecided_records),
        "humanReviewRequired": verdict.human_review_required,
        "status": explained.status,
        "subject": {
            "code": verdict.subject,
            "kind": verdict.subject_kind,
            "name": verdict.subject_name,
        },
        "scenario": verdict.scenario,
        "scenarioTitle": explained.scenario_title._asdict(),
        "capacity": verdict.capacity,
        "capacityTitle": explained.capacity_title._asdict(),
        "effectiveAt": format_instant(verdict.effective_at),
        "knownAt": format_instant(verdict.known_at),
        "epoch": verdict.epoch,
        "ruleSet": _rule_set(verdict.rule_set) if verdict.rule_set else None,
        "validUntil": _instant(verdict.valid_until),
        "marks": list(verdict.marks),
        "grounds": [_ground(ground) for ground in explained.grounds],
        "nearMiss": [_near_miss(miss) for miss in verdict.near_misses],
        "coverage": [_coverage(source) for source in explained.coverage],
        "purpose": verdict.purpose,
        "matter": verdict.matter,
        "authorisation": verdict.authorisation,
    }


def comparison_json(compared: ExplainedComparison) -> Json:
    return {
        "before": verdict_json(compared.before),
        "after": verdict_json(compared.after),
        "outcomeChanged": compared.outcome_changed,
        "grounds": [_ground_change(change) for change in compared.changes.grounds],
        "coverage": [_coverage_change(change) for change in compared.changes.coverage],
        "doubts": [_doubt_change(change) for change in compared.changes.doubts],
    }


def _rule_set(rule_set: RuleSetRef) -> Json:
    return {"number": rule_set.number, "contentHash": rule_set.content_hash}


def _ground(explained: ExplainedGround) -> Json:
    ground = explained.ground
    return {
        "rule": ground.rule,
        "title": explained.rule_title._asdict(),
        "reading": explained.reading._asdict(),
        "outcome": ground.outcome,
        "outcomeTitle": explained.outcome_title._asdict(),
        "measure": {"code": ground.measure, "title": explained.measure_title._asdict()},
        "verb": ground.verb,
        "quote": ground.quote,
        "implementer": ground.implementer._asdict(),
        "legalBases": [_legal_basis(basis) for basis in explained.bases],
        "reach": ground.reach,
        "disputed": ground.disputed,
        "record": _record(explained.record) if explained.record else None,
        "path": None if explained.path is None else [_step(fact) for fact in explained.path],
        "cypher": explained.cypher,
        "clearedBy": None
        if explained.cleared_by is None
        else [_clearance(clearance) for clearance in explained.cleared_by],
    }


def _clearance(clearance: Clearance) -> Json:
    return {
        "kind": clearance.kind,
        "title": clearance.title._asdict(),
        "at": _instant(clearance.at),
        "term": _term(clearance.term) if clearance.term else None,
        "legalBases": [_legal_basis(basis) for basis in clearance.bases],
        "obligationFirst": clearance.obligation_first,
        "needsConfirmation": clearance.needs_confirmation,
    }


def _term(term: Term) -> Json:
    return {"code": term.code, "title": term.title._asdict()}


def _near_miss(miss: NearMiss) -> Json:
    return {"at": format_instant(miss.at), "change": _ground_change(miss.change)}


def _ground_change(change: GroundChange) -> Json:
    ground = change.told
    return {
        "turn": change.turn,
        "rule": change.rule,
        "title": change.title._asdict(),
        "reach": ground.reach,
        "record": ground.arrival.record if ground.arrival else None,
        "recordKind": ground.arrival.kind if ground.arrival else None,
        "outcomeBefore": change.before.outcome if change.before else None,
        "outcomeAfter": change.after.outcome if change.after else None,
        "causes": [_cause(cause) for cause in change.causes],
    }


def _coverage_change(change: CoverageChange) -> Json:
    causes = [_cause(cause) for cause in change.causes]
    return {"source": change.source, "turn": change.turn, "causes": causes}


def _doubt_change(change: DoubtChange) -> Json:
    return {
        "turn": change.turn,
        "reach": change.reach,
        "record": change.record,
        "causes": [_cause(cause) for cause in change.causes],
    }


def _cause(cause: Cause) -> Json:
    return {
        "kind": cause.kind,
        "turn": cause.turn,
        "code": cause.code,
        "clock": cause.clock,
        "at": _instant(cause.at),
    }


def _legal_basis(basis: LegalBasis) -> Json:
    return {
        "code": basis.code,
        "document": basis.document._asdict(),
        "docNo": basis.doc_no,
        "article": basis.article,
        "quote": basis.quote,
        "grade": basis.grade,
        "inForceFrom": _instant(basis.in_force.start),
        "inForceTo": _instant(basis.in_force.end),
    }


def _record(explained: ExplainedRecord) -> Json:
    return {
        "code": explained.arrival.record,
        "kind": explained.kind,
        "category": explained.category,
        "behaviours": [
            {"code": behaviour.code, "title": behaviour.title._asdict()}
            for behaviour in explained.behaviours
        ],
        "documents": [{"code": tie.code, "docNo": tie.title} for tie in explained.documents],
        "determinedBy": [_unit(tie) for tie in explained.determiners],
        "standing": _standing(explained.arrival.standing),
    }


def _unit(tie: Tie) -> Json:
    return {"code": tie.code, "name": tie.title}


def _standing(standing: Standing) -> Json:
    return {
        "factId": standing.fact.fact_id,
        "status": standing.status,
        "eventAt": format_instant(standing.event_at),
        "publicUntil": _instant(standing.public_until),
        "countsUntil": _instant(standing.counts_until),
        "disputed": standing.disputed,
        "domain": standing.domain,
        "listKind": standing.list_kind,
        "penalty": standing.penalty,
        "discipline": standing.discipline,
        "marks": list(standing.marks),
    }


def _step(fact: Held) -> Json:
    return {
        "factId": fact.fact_id,
        "kind": fact.kind,
        "start": _end(fact.start),
        "end": _end(fact.end) if fact.end else None,
        "validFrom": format_instant(fact.valid.start),
        "validTo": _instant(fact.valid.end),
    }


def _end(ref: Ref) -> Json:
    return {"label": ref.label, "code": ref.id}


def _coverage(explained: ExplainedCoverage) -> Json:
    coverage = explained.coverage
    return {
        "source": {
            "code": coverage.source,
            "title": explained.title._asdict(),
            "channel": explained.channel._asdict(),
        },
        "covered": coverage.covered,
        "asOf": _instant(coverage.as_of),
        "freshUntil": _instant(coverage.fresh_until),
    }


def _instant(instant: Millis | None) -> str | None:
    """None also for what has no beginning or no end."""
    return None if instant is None else format_bound(instant)
