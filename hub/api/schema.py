"""The schema: one root field an idea, arguments everywhere the same."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.api.clock_arguments import EffectiveAt, KnownAt
from hub.api.compiled import Compiled
from hub.api.context import Info
from hub.api.errors import PublicErrors, Schema
from hub.api.finding import FindingQueries
from hub.api.law_queries import LawQueries
from hub.api.law_types import LAW_TYPES
from hub.api.prepared import Documents, Prepared
from hub.api.relation_fields import add_relation_fields, resolve_relation_fields
from hub.api.scalars import SCALARS
from hub.api.thing_queries import ThingQueries
from hub.api.thing_types import THING_TYPES
from hub.api.verdict_types import Verdict
from hub.api.words import argument, both
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask


@strawberry.type(description=both("诚信枢纽的查询", "queries of the hub"))
class Query(ThingQueries, FindingQueries, LawQueries):
    @strawberry.field(
        description=both(
            "核查：主体在场景下受何限制，依据何法，经何路径，截至何时",
            "check: what restricts the subject in the scenario, on which law, by which path",
        )
    )
    async def check(
        self,
        info: Info,
        subject: Annotated[
            str,
            argument(
                "统一社会信用代码、人员编号 P-… 或境外标识 方案:值",
                "credit code, person id P-… or foreign scheme:value",
            ),
        ],
        scenario: Annotated[str, argument("应用场景编码", "code of the scenario")],
        capacity: Annotated[
            str | None,
            argument(
                "参与身份；场景有多种时必填", "capacity; required where the scenario has several"
            ),
        ] = None,
        purpose: Annotated[str | None, argument("用途", "purpose of the check")] = None,
        matter: Annotated[str | None, argument("所服务的事项", "the decision served")] = None,
        authorisation: Annotated[
            str | None, argument("授权文书", "document of authorisation")
        ] = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
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
        return Verdict.of(await info.context.hub.check(ask))


add_relation_fields()

_DOCUMENTS = Documents()

schema = Schema(
    query=Query,
    types=[*LAW_TYPES.values(), *(made.cls for made in THING_TYPES.values())],
    extensions=[PublicErrors, lambda: Prepared(_DOCUMENTS)],
    execution_context_class=Compiled,
    config=StrawberryConfig(scalar_map=SCALARS),
)

resolve_relation_fields(schema.core)
