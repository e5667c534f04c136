from hub.domain.facts import Batch, Entity, Fact, Ref
from hub.graph.sealing import needs_sealing, sealed
from tests.worlds import EVER, batch, person

REAL = Ref("Person", "P-159900-9001")


def _real() -> Batch:
    entity = Entity(REAL, ("Subject",), {"name": "范例某"})
    return batch(
        [entity], [Fact("PersonState", REAL, EVER, properties={"name": "范例某", "status": None})]
    )


def _seal(code: str, text: str) -> str:
    return f"{code}:{len(text)}"


def test_the_name_of_a_real_person_is_sealed_and_no_caption_tells_it() -> None:
    given = _real()
    kept = sealed(given, _seal)

    assert needs_sealing(given)
    assert kept.facts[0].properties == {"name": "P-159900-9001:3", "status": None}
    assert kept.entities[0].properties == {}


def test_an_erased_one_has_no_name() -> None:
    assert sealed(_real(), lambda _code, _text: None).facts[0].properties["name"] is None


def test_invented_persons_and_units_stay_legible() -> None:
    entity, state = person("P-TEST-1")
    given = batch([entity], [state])

    assert not needs_sealing(given)
    assert sealed(given, _seal) == given
