"""The schema: one root field an idea, arguments everywhere the same."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.api.check_arguments import (
    Authorisation,
    Capacity,
    IdempotencyKey,
    Matter,
    Purpose,
    Scenario,
    Subject,
)
from hub.api.clock_arguments import EffectiveAt, KnownAt
from hub.api.compiled import Compiled
from hub.api.context import Info
from hub.api.errors import PublicErrors, Schema
from hub.api.evidence_mutations import Mutation
from hub.api.evidence_queries import EvidenceQueries
from hub.api.finding import FindingQueries
from hub.api.form_queries import FormQueries
from hub.api.history_queries import HistoryQueries
from hub.api.law_nodes import LAW_TYPES
from hub.api.law_queries import LawQueries
from hub.api.persons import require_purpose_of_several
from hub.api.prepared import Documents, Prepared
from hub.api.relation_fields import add_relation_fields, resolve_relation_fields
from hub.api.rule_set_queries import RuleSetQueries
from hub.api.scalars import SCALARS
from hub.api.supposing import SupposingQueries
from hub.api.thing_queries import ThingQueries
from hub.api.thing_types import THING_TYPES
from hub.api.verdict_types import Verdict
from hub.api.words import both
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask


@strawberry.type(description=both("诚信枢纽的查询", "queries of the hub"))
class Query(
    FormQueries,
    SupposingQueries,
    ThingQueries,
    FindingQueries,
    HistoryQueries,
    LawQueries,
    RuleSetQueries,
    EvidenceQueries,
):
    @strawberry.field(
        description=both(
            "核查：主体在场景下受何限制，依据何法，经何路径，截至何时",
            "check: what restricts the subject in the scenario, on which law, by which path",
        )
    )
    async def check(
        self,
        info: Info,
        subject: Subject,
        scenario: Scenario,
        capacity: Capacity = None,
        purpose: Purpose = None,
        matter: Matter = None,
        authorisation: Authorisation = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Verdict:
        ask = Ask(
            subject=parse_subject_id(subject),
            scenario=scenario,
            capacity=capacity,
            effective_at=effective_at,
            known_at=known_at,
            purpose=purpose,
            matter=matter,
            authorisation=authorisation,
        )
        require_purpose_of_several(info, ask)
        return Verdict.of(await info.context.hub.check(ask, key=idempotency_key))


add_relation_fields()

_DOCUMENTS = Documents()

schema = Schema(
    query=Query,
    mutation=Mutation,
    types=[*LAW_TYPES.values(), *(made.cls for made in THING_TYPES.values())],
    extensions=[PublicErrors, lambda: Prepared(_DOCUMENTS)],
    execution_context_class=Compiled,
    config=StrawberryConfig(scalar_map=SCALARS),
)

resolve_relation_fields(schema.core)
