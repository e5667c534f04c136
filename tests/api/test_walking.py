"""What is answered level by level is what the executor of graphql-core answers thing by thing."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import graphql
import pytest

from hub.api import compiled
from hub.api.context import Context
from hub.api.loaders import Loaders
from hub.api.schema import schema
from hub.wiring import Hub, now

QUERIES = {
    "a list": """{ unit(code: "11159900990000236Y") { code name
      contracts { totalCount edges { cursor node { title } } } } }""",
    "nested lists": """{ region(code: "159900") { name children(first: 5) { edges { node {
      code units(first: 30, orderBy: NAME_DESC) { pageInfo { endCursor hasNextPage } edges {
        validFrom node { name status debts(first: 5, dueOnFrom: "2020-01-01") { totalCount edges {
          node { amountDue { amount currency } creditors(first: 3) { edges { node { name } } } }
        } } } } } } } } } }""",
    "things of several kinds": """{ region(code: "159900") { units(first: 40) { edges { node {
      caption contracts(first: 3) { edges { side node { code parties(first: 3) { edges {
        side node {
        __typename id caption ... on Enterprise { size }
        ... on Unit { adminLevel posts(first: 2) { edges { post node { name } } } }
      } } } } } } } } } } }""",
    "records and the law": """{ region(code: "159921") { units(first: 20) { edges { node {
      records(first: 5) { edges { node { kind standing { status category severity eventAt }
        behaviours(first: 2) { edges { node { code title { zh } legalBases { document { zh } } } } }
        documents(first: 2) { edges { node { docNo issuedOn } } }
        determinedBy(first: 2) { edges { node { name } } }
        arisesFrom(first: 3) { edges { node { __typename caption } } } } } } } } } } }""",
    "aliases, fragments and directives": """query($yes: Boolean! = true, $no: Boolean! = false) {
      u: unit(code: "11159900990000236Y") { ...U again: contracts(first: 1) { n: totalCount }
        records @skip(if: $yes) { totalCount } posts @include(if: $no) { totalCount } } }
      fragment U on Unit { k: code contracts(first: 2) { edges { node { ...C } } } }
      fragment C on Contract { t: title ... @include(if: $yes) { changes { totalCount } } }""",
    "states and what they are of": """{ unit(code: "11159900990000236Y") {
      states { edges { node { name of { code } } } } } }""",
    "a person": """{ official(code: "P-159900-0023") { name posts { edges { post node { code
      subordinates(first: 3) { edges { node { name } } } } } }
      responsibilities { totalCount } } }""",
    "a withheld person": '{ official(code: "P-NOBODY-1") { code posts { totalCount } } }',
    "an error below": """{ unit(code: "11159900990000236Y") { name
      contracts { edges { node { title debts(first: 0) { totalCount } } } } } }""",
    "an error beside": """{ unit(code: "11159900990000236Y") { name
      contracts(after: "x") { totalCount } debts { totalCount } } }""",
}


def _context(hub: Hub, at: Any) -> Context:
    return Context(hub=hub, now=at, loaders=Loaders(hub.navigator, hub.catalogues))


async def _standard(hub: Hub, query: str, at: Any) -> graphql.ExecutionResult:
    execute = cast("Callable[..., Any]", vars(graphql)["execute"])
    answer = execute(schema.core, graphql.parse(query), context_value=_context(hub, at))
    return await cast("Awaitable[Any]", answer)


@pytest.mark.parametrize("name", QUERIES)
async def test_the_answer_is_that_of_the_standard_executor(demo: Hub, name: str) -> None:
    at = now()

    expected = await _standard(demo, QUERIES[name], at)
    answer = await schema.execute(QUERIES[name], context_value=_context(demo, at))

    assert answer.data == expected.data
    assert [error.path for error in answer.errors or []] == [
        error.path for error in expected.errors or []
    ]


async def test_nested_lists_are_walked_and_not_done_one_by_one(
    demo: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked, walk = list[int](), compiled.walk

    async def counted(way: Any, objects: Any, run: Any) -> Any:
        answers = await walk(way, objects, run)
        walked.append(len(answers))
        return answers

    monkeypatch.setattr(compiled, "walk", counted)
    await schema.execute(QUERIES["nested lists"], context_value=_context(demo, now()))

    assert walked == [1]
