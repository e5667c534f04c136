"""Receipts: what was answered, signed, so that anybody can verify it without the hub."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from joserfc import jws
from joserfc.jwk import Key

from hub.domain.bodies import Body, content_of, digest
from hub.domain.canonical import canonical
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, format_instant, parse_instant
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.things import Clocks
from hub.domain.vocabulary import SubjectKind
from hub.errors import VerdictWithheld
from hub.evidence.receipt_words import Words, words
from hub.evidence.recorded import Asking, Context, Recorded
from hub.evidence.replay import ErasedSubjects
from hub.evidence.signing_keys import SigningKeys
from hub.evidence.verdict_store import VerdictStore

Payload = dict[str, Any]

FORMAT: Final = 1
"""Layout of the payload."""

TYPE: Final = "chengxin-receipt+json"
"""`typ` of the signature: nothing else that a key may sign passes for a receipt."""

REPEATED: Final = (
    *("subject", "scenario", "capacity", "outcome", "covered", "complete", "marks", "effectiveAt"),
    *("knownAt", "epoch", "ruleSet", "validUntil"),
)
"""What the payload tells of the body beside it, for readers; the verifier holds them together."""


class NamesUnits(Protocol):
    async def unit_name(self, unit: SubjectId, clocks: Clocks) -> str | None:
        """What it was called at the clocks; None where nothing is known of it then."""
        ...


class RuleSets(Protocol):
    async def speaking(self, content_hash: str | None, known_at: Millis) -> Catalogue:
        """The rule set in whose words a verdict speaks.

        Where none was in force, that is the newest of those known then: it checked the question.
        """
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """`signed` is a flattened JWS (RFC 7515 §7.2.2) of the payload, in JSON."""

    payload: Payload
    kid: str
    signed: str

    @property
    def words(self) -> Words:
        return self.payload["words"]


class ReceiptIssuer:
    """Signs what is on record, and nothing else; `now` is the wall clock."""

    def __init__(
        self,
        verdicts: VerdictStore,
        keys: SigningKeys,
        *,
        rule_sets: RuleSets,
        names: NamesUnits,
        subjects: ErasedSubjects,
        issuer: str,
        now: Callable[[], Millis],
    ) -> None:
        self._verdicts = verdicts
        self.keys = keys
        self._rule_sets = rule_sets
        self._names = names
        self._subjects = subjects
        self._issuer = issuer
        self._now = now

    async def issue(self, verdict_id: str, context: Context | None = None) -> Receipt:
        """For the last time that it was asked for, or the last with that context.

        Raises what `VerdictStore.find` does, `InvalidKeys`, `InvalidSettings`, `GraphProblem`s.
        """
        kept = await self._verdicts.find(verdict_id)
        body = kept.fields
        if await self._subjects.erased([body["subject"]]):
            raise VerdictWithheld(verdict_id)
        known_at = parse_instant(body["knownAt"])
        catalogue = await self._rule_sets.speaking(body["ruleSet"], known_at)
        payload = {
            **self._told(kept, _asking(kept.askings, context)),
            **{name: body[name] for name in REPEATED},
            "words": words(body, catalogue, subject=await self._unit(body)),
        }
        key = await asyncio.to_thread(self.keys.active)
        return Receipt(payload, str(key.kid), signed(payload, key))

    def _told(self, kept: Recorded, asking: Asking) -> Payload:
        context = asking.told
        return {
            "receipt": FORMAT,
            "issuer": self._issuer,
            "issuedAt": format_instant(self._now()),
            "verdictId": kept.id,
            "contentId": digest(content_of(kept.fields)),
            "body": kept.body.decode(),
            "recordedAt": format_instant(asking.recorded_at),
            "status": kept.status,
            "purpose": context.purpose,
            "matter": context.matter,
            "authorisation": context.authorisation,
        }

    async def _unit(self, body: Body) -> str | None:
        """The name it bore at the clocks of the verdict; nobody's, for a person."""
        subject = SubjectId(body["subject"])
        if subject_kind(subject) is SubjectKind.PERSON:
            return None
        at, known_at = parse_instant(body["effectiveAt"]), parse_instant(body["knownAt"])
        return await self._names.unit_name(subject, Clocks(at, known_at))


def signed(payload: Mapping[str, Any], key: Key) -> str:
    """In the algorithm that the key names."""
    algorithm = str(key.alg)
    serialised = jws.serialize_json(
        {"protected": {"alg": algorithm, "kid": str(key.kid), "typ": TYPE}},
        canonical(dict(payload)),
        key,
        algorithms=[algorithm],
    )
    return canonical(dict(serialised)).decode()


def _asking(askings: Sequence[Asking], context: Context | None) -> Asking:
    alike = [asking for asking in askings if context in (None, asking.context)]
    return (alike or askings)[-1]
