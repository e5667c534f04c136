"""Joins the parts: settings to a driver, readers to services. Only here the wall clock is read."""

import os
import socket
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import orjson
import psutil
from neo4j import AsyncDriver, AsyncGraphDatabase
from pydantic import SecretStr

from hub.checks.explanation import ExplainedComparison, ExplainedVerdict, Explainer
from hub.checks.recheck import Recheck
from hub.checks.restricted import RestrictedUnits
from hub.checks.service import CheckService
from hub.checks.supposing import SupposingService
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, format_instant, millis_of
from hub.domain.facts import Batch
from hub.domain.identifiers import SubjectId
from hub.domain.rule_sets import KnownRuleSet
from hub.domain.suppositions import Supposition
from hub.domain.verdict import Ask, Verdict
from hub.errors import (
    CatalogueMissing,
    GraphUnavailable,
    InvalidSettings,
    MatterRequired,
    NoRuleSetInForce,
    RuleSetNotFound,
    StatementTimedOut,
    UnitNotFound,
    VerdictWithheld,
)
from hub.evidence.evidence import Evidence, opened_evidence
from hub.evidence.recorded import Answer, Context, Recorded
from hub.evidence.verdict_store import Once
from hub.graph import imports, migrations
from hub.graph.candidates import CandidateReader
from hub.graph.check_reader import CheckReader
from hub.graph.door import Door
from hub.graph.imports import Importer, ImportResult, Step
from hub.graph.navigation import Navigator
from hub.graph.path_cypher import path_cypher
from hub.graph.paths import PathFinder
from hub.graph.rule_sets import RuleSetReader
from hub.graph.sealing import needs_sealing, sealed
from hub.graph.search import NameSearch
from hub.graph.supposed_debts import SupposedDebts
from hub.intake import rule_sets
from hub.intake.case_worlds import case_batch
from hub.intake.catalogue import read_catalogue, stored_catalogue
from hub.intake.demo import read_demo
from hub.intake.regions import read_regions
from hub.local_neo4j.server import LocalNeo4j
from hub.resources import resource
from hub.rulebook.population import Population
from hub.rulebook.rulebook import Rulebook
from hub.settings import Settings
from hub.text import Text

_CONNECT_SECONDS = 3
_ACQUIRE_SECONDS = 2
_RETRY_SECONDS = 5


def now() -> Millis:
    return millis_of(datetime.now(UTC))


def writer_name() -> str:
    """Names this process in the clock and the lease: host, pid and when it started."""
    return f"{socket.gethostname()}:{os.getpid()}:{psutil.Process().create_time():.2f}"


def writer_is_gone(writer: str) -> bool:
    """Only a process of this host can be known to have ended."""
    host, pid, started = writer.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != started
    except psutil.NoSuchProcess:
        return True


@dataclass(frozen=True, slots=True)
class Login:
    """Where Neo4j answers, and as whom."""

    uri: str
    user: str
    password: SecretStr


def login_of(settings: Settings) -> Login:
    """Somebody's own server when one is set, else the local one, which must be running.

    Raises `InvalidSettings`, `GraphUnavailable`.
    """
    if settings.neo4j_uri is not None:
        if settings.neo4j_password is None:
            raise InvalidSettings(
                "HUB_NEO4J_PASSWORD",
                Text("使用 HUB_NEO4J_URI 时必须设置", "needed with HUB_NEO4J_URI"),
            )
        return Login(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
    address = LocalNeo4j(settings).address()
    if address is None:
        raise GraphUnavailable(f"local:{settings.instance}")
    return Login(address.bolt_uri, address.user, address.password)


class Catalogues:
    """Rule sets of the graph, each read once: a body never changes under its hash."""

    def __init__(self, bodies: RuleSetReader) -> None:
        self._bodies = bodies
        self._parsed: dict[str, Catalogue] = {}

    async def current(self, known_at: Millis | None = None) -> Catalogue:
        """The newest rule set known then as published; the first there is, before any was known."""
        latest = await self._bodies.latest(known_at) or await self._bodies.first()
        if latest is None:
            raise CatalogueMissing
        return (await self.by_hash([latest]))[latest]

    async def known(self, known_at: Millis | None) -> list[KnownRuleSet]:
        """Every rule set known then, drafts among them, by number."""
        return await self._bodies.known(known_at)

    async def named(self, given: str, known_at: Millis | None) -> Catalogue:
        """By number or content hash, drafts too. Raises `RuleSetNotFound`."""
        known = await self.known(known_at)
        for one in known:
            if given in {str(one.number), one.content_hash}:
                return (await self.by_hash([one.content_hash]))[one.content_hash]
        raise RuleSetNotFound(given, [one.number for one in known], where="ruleSet")

    async def in_force(self, at: Millis, known_at: Millis | None) -> Catalogue:
        """Raises `NoRuleSetInForce` where there was none at those clocks."""
        content_hash = await self._bodies.in_force(at, known_at)
        if content_hash is None:
            raise NoRuleSetInForce(format_instant(at))
        return (await self.by_hash([content_hash]))[content_hash]

    async def speaking(self, content_hash: str | None, known_at: Millis) -> Catalogue:
        """In whose words a verdict speaks: where none was in force, in those of what checked it."""
        if content_hash is None:
            return await self.current(known_at)
        return (await self.by_hash([content_hash]))[content_hash]

    async def by_hash(self, hashes: Sequence[str]) -> Mapping[str, Catalogue]:
        for content_hash in hashes:
            if content_hash not in self._parsed:
                body = await self._bodies.body(content_hash)
                if body is None:
                    raise CatalogueMissing
                self._parsed[content_hash] = stored_catalogue(orjson.loads(body))
        return self._parsed


@dataclass(frozen=True, slots=True)
class Hub:
    """The parts of one process, sharing one driver."""

    settings: Settings
    door: Door
    catalogues: Catalogues
    checks: CheckService
    supposing: SupposingService
    restricted: RestrictedUnits
    navigator: Navigator
    paths: PathFinder
    names: NameSearch
    rechecks: Recheck
    evidence: Evidence

    async def check(self, ask: Ask, *, key: str | None = None) -> ExplainedVerdict:
        """With a `key`, the same question about its matter gets the verdict it got before.

        Raises `MatterRequired`, `IdempotencyConflict`, `VerdictWithheld`, beside what a check does.
        """
        if key is not None:
            return await self._checked_once(ask, key)
        [explained] = await self.answered([await self.checks.check(ask)])
        return explained

    async def answered(self, verdicts: Sequence[Verdict]) -> list[ExplainedVerdict]:
        """Verdicts ready to be given, in their order: every form of the check ends here.

        They are recorded first, all or none. Raises `VerdictStoreUnavailable`.
        """
        if verdicts and self.settings.verdict_store == "on":
            await self.evidence.verdicts.record([_to_record(verdict) for verdict in verdicts])
        return [await self._explained(verdict) for verdict in verdicts]

    async def what_if(self, ask: Ask, supposition: Supposition) -> ExplainedVerdict:
        """Never recorded: nobody may act on what is not so. Raises what the service raises."""
        return await self._explained(await self.supposing.what_if(ask, supposition))

    async def compare(self, before: Ask, after: Ask) -> ExplainedComparison:
        """One question at two pairs of clocks. Raises what the service raises."""
        compared = await self.supposing.compare(before, after)
        old, new = await self.answered([compared.before, compared.after])
        return ExplainedComparison(old, new, compared.changes)

    async def told_again(self, recorded: Recorded, context: Context) -> ExplainedVerdict:
        """A recorded verdict in words, which come from the facts.

        Raises `VerdictWithheld` where they give another one or none, and for an erased person.
        """
        fields = recorded.fields
        [(_, again)] = await self.rechecks.verdicts([fields])
        erased = await self.evidence.persons.erased([fields["subject"]])
        if erased or not isinstance(again, Verdict) or again.id != recorded.id:
            raise VerdictWithheld(recorded.id)
        return await self._explained(replace(again, **asdict(context)))

    async def _checked_once(self, ask: Ask, key: str) -> ExplainedVerdict:
        if ask.matter is None:
            raise MatterRequired
        once = Once(ask.matter, key, ask)
        given = await self.evidence.verdicts.given_once(once)
        if given is None:
            verdict = await self.checks.check(ask)
            given = await self.evidence.verdicts.record_once(_to_record(verdict), once)
            if given == verdict.id:
                return await self._explained(verdict)
        context = Context.of(ask)
        return await self.told_again(await self.evidence.verdicts.find(given), context)

    async def _explained(self, verdict: Verdict) -> ExplainedVerdict:
        content_hash = verdict.rule_set.content_hash if verdict.rule_set else None
        catalogue = await self.catalogues.speaking(content_hash, verdict.known_at)
        laws = await self.catalogues.by_hash([one.content_hash for one in verdict.rule_sets])
        explained = Explainer(catalogue, path_cypher, laws).verdict(verdict)
        if not verdict.human_review_required:
            return explained
        return replace(explained, status=await self.evidence.verdicts.reviews.status(verdict.id))

    @property
    def rulebook(self) -> Rulebook:
        return Rulebook(RuleSetReader(self.door), alone=self.importing, now=now)

    @property
    def population(self) -> Population:
        return Population(CheckReader(self.door), CandidateReader(self.door))

    async def require_ready(self) -> None:
        """Raises the `GraphProblem` that keeps the hub from answering."""
        await migrations.require_current(self.door)
        await CheckReader(self.door).known_up_to()
        await self.catalogues.current()

    async def warm_up(self, checks: int) -> None:
        """Answer checks on nobody, until planner and compilers know the statement.

        Planned cold it may outrun its own timeout; the plan is kept all the same.
        """
        scenario = next(iter((await self.catalogues.current()).scenarios.values()))
        nobody = SubjectId("WARM-UP:0")
        ask = Ask(nobody, scenario.code, scenario.capacities[0].code)
        for _ in range(checks):
            with suppress(UnitNotFound, StatementTimedOut):
                await self.checks.check(ask)
        with suppress(StatementTimedOut):
            await self._warm_up_finding(now())

    async def _warm_up_finding(self, at: Millis) -> None:
        """Search for what names have in common, and go from one unit found to another."""
        units = frozenset({"Unit"})
        found = await self.names.search("局", at=at, known_at=None, kinds=units, first=2)
        if len(found.items) > 1:
            start, end = (candidate.ref for candidate in found.items)
            await self.paths.paths(start=start, end=end, at=at, known_at=None)

    async def migrate(self) -> int:
        """How many migrations were applied; an interrupted import or publication is finished."""
        applied = await migrations.migrate(self.door)
        await imports.recover(self.door, holder=writer_name(), is_gone=writer_is_gone)
        return applied

    @asynccontextmanager
    async def importing(self) -> AsyncGenerator[Importer]:
        """Nobody else imports meanwhile, of this process or another. Raises `Publishing`."""
        await migrations.require_current(self.door)
        async with imports.importing(self.door, writer_name(), writer_is_gone) as importer:
            yield importer

    async def keep(self, batch: Batch, step: Step) -> ImportResult:
        """Import one batch: all of it or nothing, and nothing when it is known already.

        A rule set of the seeds ends those before it and revives no basis; the identity of real
        persons is sealed.
        """
        if needs_sealing(batch):
            with self.evidence.persons.sealing() as seal:
                batch = sealed(batch, seal)
        async with self.importing() as importer:
            if batch.source == rule_sets.SOURCE:
                batch = await self.rulebook.shipped(batch, importer)
            return await importer.keep(batch, step)


def seed_batches(*, demo: bool, cases: bool = False) -> list[Batch]:
    """What every hub starts with, in the order to keep it: divisions, law, the demo region.

    With `cases` the worlds of the law's cases come last.

    Raises `CatalogueRefused` and `ImportRefused` before anything is written.
    """
    files = read_catalogue(resource("seeds", "catalogue"))
    batches = [
        read_regions(resource("seeds", "regions")),
        rule_sets.rule_set_batch(files.content, files.catalogue),
    ]
    if demo:
        batches.append(read_demo(resource("seeds", "demo"), files.catalogue))
    if cases:
        batches.append(case_batch(files.cases, files.catalogue))
    return batches


@asynccontextmanager
async def open_hub(settings: Settings) -> AsyncGenerator[Hub]:
    """The driver is closed when the block ends. Nothing is contacted before the first statement."""
    login = login_of(settings)
    async with _driver(settings, login) as driver:
        door = Door(
            driver,
            address=login.uri,
            user=login.user,
            database=settings.neo4j_database,
            timeout_seconds=settings.statement_timeout,
            now=now,
        )
        catalogues, facts = Catalogues(RuleSetReader(door)), CheckReader(door)
        checks = CheckService(facts, catalogues, now=now)
        restricted = RestrictedUnits(checks, CandidateReader(door))
        supposing = SupposingService(checks, SupposedDebts(door), catalogues)
        explorers = Navigator(door), PathFinder(door), NameSearch(door)
        rechecks, forms = Recheck(facts, catalogues), (checks, supposing, restricted)
        with opened_evidence(
            settings, asks=rechecks, rule_sets=catalogues, names=explorers[0], now=now
        ) as evidence:
            yield Hub(settings, door, catalogues, *forms, *explorers, rechecks, evidence)


def _to_record(verdict: Verdict) -> Answer:
    return Answer(
        id=verdict.id,
        body=verdict.body,
        subject=verdict.subject,
        scenario=verdict.scenario,
        context=Context.of(verdict),
        timely=verdict.timely,
    )


def _driver(settings: Settings, login: Login) -> AsyncDriver:
    return AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        login.uri,
        auth=(login.user, login.password.get_secret_value()),
        max_connection_pool_size=settings.pool_size,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_ACQUIRE_SECONDS,
        max_transaction_retry_time=_RETRY_SECONDS,
        liveness_check_timeout=60,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )
