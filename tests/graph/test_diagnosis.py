from hub.domain.clocks import parse_instant
from hub.graph.diagnosis import clock_state, freshness, server_name
from hub.wiring import Hub

STALE = parse_instant("2026-10-03T09:00:00+08:00")
BACK = parse_instant("2026-11-23T09:00:00+08:00")


async def test_the_server_names_its_product_version_and_edition(hub: Hub) -> None:
    name, version, edition = (await server_name(hub.door)).split()

    assert (name, edition) == ("Neo4j", "community")
    assert version.count(".") == 2


async def test_a_clock_at_rest_has_published_all_it_gave_out(demo: Hub) -> None:
    clock = await clock_state(demo.door)

    assert clock.known_up_to == clock.pending
    assert clock.ahead_ms < 0
    assert (clock.unpublished, clock.writing) == (False, False)


async def test_a_source_is_as_fresh_as_its_best_delivery_for_the_place(cases: Hub) -> None:
    before = {of.source: of for of in await freshness(cases.door, jurisdiction="CN-15", at=STALE)}
    after = {of.source: of for of in await freshness(cases.door, jurisdiction="CN-15", at=BACK)}

    assert before["COURT_DEFAULTERS"].fresh_until == parse_instant("2026-10-01T00:00:00+08:00")
    assert after["COURT_DEFAULTERS"].fresh_until == parse_instant("2036-01-01T00:00:00+08:00")
    assert list(before) == list(after) == sorted(before)
