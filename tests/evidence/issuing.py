"""Receipts without a graph: the real catalogue, a store in a folder, one verdict in full layout."""

import hashlib
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hub.domain.canonical import canonical
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.evidence.receipts import ReceiptIssuer
from hub.evidence.recorded import Answer, Context
from hub.evidence.signing_keys import SigningKeys
from hub.evidence.verdict_store import VerdictStore
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from hub.settings import Settings, load_settings
from tests.evidence.stores import PERSON, UNIT, ticking, volumes_in

NAME = "示例旗人民医院"
CONTEXT = Context("供应商资格审查", "示采〔2026〕11号", None)
_GROUND: dict[str, Any] = {
    "rule": "R24",
    "outcome": "BLOCK",
    "measure": "PROCUREMENT_REFUSED",
    "bases": ["CAIKU-2016-125"],
    "reach": "OWN",
    "disputed": False,
    "record": "CR-34N63W7ETEUS5BTG",
    "facts": ["ABOUT-1.1", "Standing-1.1"],
}
_SOURCE = {
    "source": "REGIONAL_PLATFORM",
    "covered": True,
    "generation": "SourceGeneration-1.1",
    "asOf": "2026-09-30T16:00:00.000Z",
    "freshUntil": "2035-12-31T16:00:00.000Z",
}


@cache
def seeds() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


def verdict_body(**changes: Any) -> dict[str, Any]:
    return {
        "body": 1,
        "decide": 1,
        "subject": UNIT,
        "scenario": "GOV_PROCUREMENT",
        "capacity": "SUPPLIER",
        "ruleSet": seeds().content_hash,
        "marks": [],
        "outcome": "BLOCK",
        "covered": True,
        "complete": True,
        "grounds": [_GROUND],
        "coverage": [_SOURCE],
        "effectiveAt": "2026-11-23T01:00:00.000Z",
        "knownAt": "2026-11-23T00:59:00.000Z",
        "epoch": 1,
        "validUntil": "2028-03-01T16:00:00.000Z",
        **changes,
    }


def person_body(**changes: Any) -> dict[str, Any]:
    """Result and basis only."""
    ground = {
        **_GROUND,
        "rule": "R02",
        "measure": seeds().rules["R02"].measure,
        "bases": [*seeds().rules["R02"].bases],
        "record": None,
        "facts": None,
    }
    about = {"subject": PERSON, "scenario": "TRANSFER_IN", "capacity": "CANDIDATE"}
    return verdict_body(**about, grounds=[ground], **changes)


def answer_of(body: dict[str, Any], context: Context = CONTEXT) -> Answer:
    written = canonical(body)
    digest = hashlib.sha256(written).hexdigest()
    return Answer(digest, written, SubjectId(body["subject"]), body["scenario"], context)


def settings_in(folder: Path, **changes: Any) -> Settings:
    own: dict[str, Any] = {"state_dir": folder, "instance": "own"}
    return load_settings().model_copy(update={**own, **changes})


class Known:
    """What the issuer asks of the graph and of who was erased."""

    def __init__(self, erased: Collection[SubjectId] = ()) -> None:
        self._erased = erased

    async def speaking(self, content_hash: str | None, known_at: Millis) -> Catalogue:
        return seeds()

    async def unit_name(self, unit: SubjectId, clocks: Clocks) -> str | None:
        assert unit == UNIT
        return NAME

    async def erased(self, subjects: Collection[SubjectId]) -> Collection[SubjectId]:
        return {one for one in subjects if one in self._erased}


@asynccontextmanager
async def issuing(
    folder: Path, *answers: Answer, known: Known | None = None
) -> AsyncGenerator[tuple[ReceiptIssuer, VerdictStore]]:
    """An issuer over a store with these answers, each recorded a millisecond after the last."""
    known = known or Known()
    with volumes_in(folder) as volumes:
        store = VerdictStore(volumes, now=ticking())
        for answer in answers:
            await store.record([answer])
        keys = SigningKeys(settings_in(folder))
        yield (
            ReceiptIssuer(
                store,
                keys,
                rule_sets=known,
                names=known,
                subjects=known,
                issuer="示例盟",
                now=ticking(),
            ),
            store,
        )
