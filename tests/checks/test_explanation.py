"""A verdict in words: facts may name what the law that decides does not know."""

from dataclasses import replace

from hub.checks.explanation import Explainer
from hub.domain.catalogue import Behaviour, Catalogue, Measure, Source, WordList
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, RecordKind, SubjectKind
from hub.text import Text
from tests.checks.worlds import HASH, WORDS, arrival, behaviour, catalogue, decided, known, rule

LISTED = Behaviour(
    code="ZWSX-01",
    title=Text("拖欠账款", "late payment"),
    applies_to=(SubjectKind.UNIT,),
    default_category=InfoCategory.SERIOUS_DISHONEST,
    qualifier=None,
    determiner=WORDS,
    evidence=(),
    bases=(),
)


def _law() -> Catalogue:
    enumerations = {
        "outcomes": Outcome,
        "reaches": Reach,
        "recordKinds": RecordKind,
        "infoCategories": InfoCategory,
    }
    return replace(
        catalogue(rule("R1")),
        behaviours={LISTED.code: LISTED},
        measures={"MEASURE": Measure("MEASURE", WORDS)},
        sources={"REGISTER": Source("REGISTER", WORDS, WORDS, ("CN-15",))},
        vocabulary={
            name: WordList(name, dict.fromkeys(members, WORDS))
            for name, members in enumerations.items()
        },
    )


def test_a_behaviour_that_the_law_in_force_does_not_know_is_told_by_its_code() -> None:
    law, ties = _law(), (behaviour("CR-1", "ZWSX-99"), behaviour("CR-1", "ZWSX-01"))
    verdict = decided(known(arrival(behaviours=ties)), law)

    [ground] = Explainer(law, lambda _facts: "", {HASH: law}).verdict(verdict).grounds

    assert ground.record is not None
    unlisted, listed = ground.record.behaviours
    assert (unlisted.code, unlisted.title) == ("ZWSX-99", Text("ZWSX-99", "ZWSX-99"))
    assert (unlisted.applies_to, unlisted.evidence, unlisted.bases) == ((), (), ())
    assert unlisted.default_category is InfoCategory.GENERAL_DISHONEST
    assert listed is LISTED
