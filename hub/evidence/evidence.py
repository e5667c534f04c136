"""All evidence of one process: what was answered, and what goes with it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from hub.domain.clocks import Millis
from hub.evidence.keyring import Keyring, ensure_keyring, read_keyring
from hub.evidence.matters import MatterRegister
from hub.evidence.person_keys import PersonKeys
from hub.evidence.receipts import NamesUnits, ReceiptIssuer, RuleSets
from hub.evidence.replay import AsksAgain, Replayer
from hub.evidence.signing_keys import SigningKeys
from hub.evidence.verdict_store import VerdictStore
from hub.evidence.volumes import Volumes
from hub.settings import Settings


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts share one set of volumes."""

    verdicts: VerdictStore
    matters: MatterRegister
    persons: PersonKeys
    replays: Replayer
    receipts: ReceiptIssuer


@contextmanager
def opened_evidence(
    settings: Settings,
    *,
    asks: AsksAgain,
    rule_sets: RuleSets,
    names: NamesUnits,
    now: Callable[[], Millis],
) -> Generator[Evidence]:
    """What waits to be written is durable when the block has ended. `now` is the wall clock."""
    further = settings.further_verdict_folders
    volumes = Volumes(settings.verdict_folder, further=further, keyring=lambda: _keyring(settings))
    store = VerdictStore(volumes, now=now)
    persons = PersonKeys(settings.person_key_file, now=now)
    receipts = ReceiptIssuer(
        store,
        SigningKeys(settings),
        rule_sets=rule_sets,
        names=names,
        subjects=persons,
        issuer=settings.receipt_issuer,
        now=now,
    )
    try:
        replays = Replayer(store, asks, persons)
        yield Evidence(store, MatterRegister(volumes), persons, replays, receipts)
    finally:
        volumes.close()


def _keyring(settings: Settings) -> Keyring:
    own = settings.verdict_keys
    return ensure_keyring(settings.verdict_key_file) if own is None else read_keyring(own)
