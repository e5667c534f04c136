"""Names and numbers find their things, present or former; whatever is typed, nothing breaks."""

import hashlib

import anyio
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from hub.domain.clocks import OPEN_START, Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.search import Candidates
from hub.errors import InvalidPage, InvalidSearchText, UnknownKind
from hub.graph.search import MOST_HITS, NameSearch, search_kinds
from hub.settings import Settings
from hub.wiring import Hub, open_hub
from tests.graph.small_worlds import BETWEEN, FROM, LATE, TO, World
from tests.worlds import EVER, fresh_name, unit

_BUREAU = Ref("Unit", "11159900990000236Y")


async def _search(
    hub: Hub,
    text: str,
    *,
    at: Millis = LATE,
    known_at: Millis | None = None,
    kinds: frozenset[str] | None = None,
    first: int = 20,
) -> Candidates:
    search = NameSearch(hub.door).search
    return await search(text, at=at, known_at=known_at, kinds=kinds, first=first)


async def _named(
    hub: Hub, text: str, *, at: Millis = LATE, known_at: Millis | None = None
) -> list[tuple[str, bool]]:
    """Ids of what has or had that very name, with whether it is held."""
    found = await _search(hub, text, at=at, known_at=known_at)
    return [(item.ref.id, item.held) for item in found.items if item.exact]


def _contract(world: World, **told: str) -> Ref:
    ref = Ref("Contract", fresh_name("CT-TEST"))
    world.entities.append(Entity(ref, (), {"synthetic": True}))
    world.facts.append(Fact("ContractState", ref, EVER, properties=told))
    return ref


def _word() -> str:
    """Four ideographs that hardly any other name has."""
    digest = hashlib.sha256(fresh_name("word").encode()).digest()
    pairs = zip(digest[:8:2], digest[1:8:2], strict=True)
    return "".join(chr(0x4E00 + (high * 256 + low) % 20_000) for high, low in pairs)


# Ranking


async def test_an_equal_name_comes_first_whatever_else_is_like_it(demo: Hub) -> None:
    found = await _search(demo, "示例旗投资促进局", kinds=frozenset({"Unit"}))

    best, second = found.items[:2]
    assert (best.ref, best.text, best.exact, best.held) == (_BUREAU, "示例旗投资促进局", True, True)
    assert (second.text, second.exact) == ("范例旗投资促进局", False)
    assert [item.score for item in found.items[1:]] == sorted(
        (item.score for item in found.items[1:]), reverse=True
    )


async def test_a_part_of_a_name_finds_all_that_have_it(demo: Hub) -> None:
    found = await _search(demo, "投资促进", kinds=frozenset({"Unit"}))

    assert {item.text for item in found.items if "投资促进" in item.text} == {
        "示例旗投资促进局",
        "范例旗投资促进局",
    }
    assert not any(item.exact for item in found.items)


@pytest.mark.parametrize(
    "text",
    [
        "示发改认〔2026〕7号",
        "示发改认[2026]7号",
        "示发改认（２０２６）７号",
        " 示发改认 ２０２６ 7号。",
    ],
)
async def test_a_document_number_is_found_whatever_its_width_and_punctuation(
    demo: Hub, text: str
) -> None:
    best = (await _search(demo, text)).items[0]

    assert (best.ref.label, best.text) == ("Document", "示发改认〔2026〕7号")
    assert (best.exact, best.held, best.valid) == (True, True, None)


async def test_letters_are_found_whatever_their_case_and_width(hub: Hub) -> None:
    world, word = World(), _word()
    number, title = fresh_name("HT-A"), f"{word}ＡＢＣ工程施工合同"
    ref = _contract(world, contractNo=number, title=title)
    await world.enter(hub)

    for text in (f"{word}abc工程施工合同", f"{word}Ａｂｃ工程施工合同"):
        best = (await _search(hub, text)).items[0]
        assert (best.ref, best.text, best.exact) == (ref, title, True)
    by_number = (await _search(hub, number.lower(), kinds=frozenset({"Contract"}))).items[0]
    assert (by_number.ref, by_number.text, by_number.exact) == (ref, number, True)


async def test_a_code_finds_its_thing_first_once_it_is_known(demo: Hub) -> None:
    code = "12159900990000260C"
    hospital = Ref("Unit", code)

    for text in (code, f" {code.lower()} ", "１２１５９９００９９００００２６０Ｃ"):
        [first, *_] = (await _search(demo, text)).items
        assert (first.ref, first.text, first.exact, first.held) == (hospital, code, True, True)
    for hidden in (
        await _search(demo, code, kinds=frozenset({"Contract"})),
        await _search(demo, code, known_at=Millis(0)),
    ):
        assert hospital not in [item.ref for item in hidden.items]


async def test_a_thing_is_one_candidate_however_many_names_it_had(hub: Hub) -> None:
    world, word = World(), _word()
    code = world.unit(valid=Span(OPEN_START, FROM), name=f"{word}局")
    world.facts.append(
        Fact(
            "UnitState",
            Ref("Unit", code),
            Span(FROM),
            key="2",
            properties={"name": f"{word}委员会", "status": "ACTIVE"},
        )
    )
    await world.enter(hub)

    assert await _named(hub, f"{word}委员会") == [(code, True)]
    assert await _named(hub, f"{word}局") == [(code, False)]
    assert await _named(hub, f"{word}局", at=Millis(FROM - 1)) == [(code, True)]


async def test_kinds_narrow_and_what_is_left_out_is_told(demo: Hub) -> None:
    all_kinds = await _search(demo, "示例旗", first=100)
    regions = await _search(demo, "示例旗", kinds=frozenset({"Region"}))
    cut = await _search(demo, "示例旗", first=1)

    assert {item.ref.label for item in all_kinds.items} > {"Region", "Unit"}
    assert regions.items[0].ref == Ref("Region", "159921")
    assert {item.ref.label for item in regions.items} == {"Region"}
    assert (len(cut.items), cut.complete) == (1, False)
    assert cut.items == all_kinds.items[:1]


async def test_more_names_than_are_read_are_told(hub: Hub) -> None:
    world, word = World(), _word()
    for _ in range(MOST_HITS + 1):
        _contract(world, title=f"{word}合同")
    await world.enter(hub)

    found = await _search(hub, f"{word}合同", first=100)

    assert (len(found.items), found.complete) == (100, False)
    assert {item.text for item in found.items} == {f"{word}合同"}


# Clocks


async def test_a_former_name_still_finds_its_unit_and_says_when_it_was_held(hub: Hub) -> None:
    world, word = World(), _word()
    code = world.unit(valid=Span(FROM, TO), name=f"{word}局")
    await world.enter(hub)

    held = [await _named(hub, f"{word}局", at=Millis(at)) for at in (FROM - 1, FROM, TO - 1, TO)]
    candidate = (await _search(hub, f"{word}局", at=BETWEEN)).items[0]

    assert held == [[(code, False)], [(code, True)], [(code, True)], [(code, False)]]
    assert candidate.valid == Span(FROM, TO)


async def test_a_name_is_found_from_when_it_was_known_and_not_once_it_was_corrected(
    hub: Hub,
) -> None:
    world, wrong, right = World(), _word(), _word()
    code = world.unit(name=wrong)
    first = await world.enter(hub)
    world.facts.append(unit(code, name=right)[1])
    second = await world.enter(hub)

    async def known(text: str, at: int) -> int:
        return len(await _named(hub, text, known_at=Millis(at)))

    asked = (first - 1, first, second - 1, second)
    assert [await known(wrong, at) for at in asked] == [0, 1, 1, 0]
    assert [await known(right, at) for at in asked] == [0, 0, 0, 1]


async def test_what_never_changes_is_found_once_a_fact_about_it_is_known(hub: Hub) -> None:
    world, word = World(), _word()
    debt = Ref("Debt", fresh_name("D-TEST"))
    world.entities.append(Entity(debt, (), {"title": f"{word}工程款", "synthetic": True}))
    await world.enter(hub)
    assert await _named(hub, f"{word}工程款") == []

    world.edge("OWES", Ref("Unit", world.unit()), debt)
    tick = await world.enter(hub)

    assert await _named(hub, f"{word}工程款", known_at=Millis(tick - 1)) == []
    assert await _named(hub, f"{word}工程款") == [(debt.id, True)]


# Persons


async def test_no_person_is_found_nor_the_record_of_a_real_one(hub: Hub) -> None:
    world, word = World(), _word()
    who = Ref("Person", fresh_name("P-REAL"))
    record, paper = Ref("CreditRecord", fresh_name("CR")), Ref("Document", fresh_name("DOC"))
    world.entities += [
        Entity(who, ("Subject", "Official"), {}),
        Entity(record, ("Discipline",), {"name": f"{word}处分"}),
        Entity(paper, (), {"title": f"关于给予{word}处分的决定"}),
    ]
    world.facts.append(Fact("PersonState", who, EVER, properties={"name": word}))
    world.edge("ABOUT", record, who)
    world.edge("EVIDENCED_BY", record, paper)
    await world.enter(hub)

    for text in (word, f"{word}处分", f"关于给予{word}处分的决定"):
        found = await _search(hub, text, first=100)
        assert [item.text for item in found.items if word in item.text] == []
    assert "Person" not in search_kinds()


# Whatever is typed


@pytest.mark.parametrize(
    "text", ["", " ", "　", "*", "。，〔〕", "\x00", "()", "\ud800", "a" * 201, "ﷺ" * 60]
)
async def test_nothing_and_too_much_are_refused(hub: Hub, text: str) -> None:
    with pytest.raises(InvalidSearchText) as caught:
        await _search(hub, text)

    assert (caught.value.code, caught.value.where) == ("INVALID_SEARCH_TEXT", "text")


@pytest.mark.parametrize("kind", ["Person", "UnitState", "Unitt", ""])
async def test_a_kind_that_is_not_searched_is_refused(hub: Hub, kind: str) -> None:
    with pytest.raises(UnknownKind) as caught:
        await _search(hub, "局", kinds=frozenset({kind, "Unit"}))

    assert (caught.value.code, repr(kind) in str(caught.value)) == ("UNKNOWN_KIND", True)


@pytest.mark.parametrize("first", [-1, 0, 101])
async def test_a_page_of_none_or_too_many_is_refused(hub: Hub, first: int) -> None:
    with pytest.raises(InvalidPage):
        await _search(hub, "局", first=first)


_SYNTAX = st.sampled_from('"\\+-&|!(){}[]^~*?:/ ANDORNOT TO局投资*\x00\ud800_')
_WILD = st.text(st.one_of(_SYNTAX, st.characters()), max_size=40)


@tried(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_WILD, min_size=20, max_size=40))
def test_any_text_is_answered_or_refused_in_our_words(
    demo: Hub, settings: Settings, texts: list[str]
) -> None:
    async def ask() -> None:
        async with open_hub(settings) as own:
            for text in texts:
                try:
                    found = await _search(own, text)
                except InvalidSearchText:
                    continue
                assert len(found.items) <= 20

    anyio.run(ask)
