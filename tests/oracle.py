"""The check written a second time, as plainly as can be, to hold the engine against.

Written from the design's words and the decisions, and sharing no code with the engine: facts are
its own, the law is the JSON body of a rule set. It knows no statement and no short cut: every reach
looks at every fact, and until when an answer holds is found by asking again at every instant at
which anything begins or ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain

from tests.oracle_facts import (
    END,
    GRAVITY,
    Answer,
    Arrival,
    Fact,
    Ground,
    Law,
    Question,
    World,
    decided,
    entry,
    goes_back,
    gravest,
    in_force,
    is_own,
    newest,
    reduced,
    ways_back,
    windows,
    words_of,
    years_later,
)

Known = Mapping[str, Sequence[Fact]]
"""All that was known, by kind."""

_INSTANTS = ("eventAt", "publicUntil", "countsUntil", "freshUntil")
_BY_TIME_ALONE = ("IN_FORCE", "EXPIRED")
_PENALTIES = ("PENALTY", "JUDGMENT")
_SUCCESSIONS = 5
"""Most of them that a reach follows."""
_SHOWN_ONLY = ("PRINCIPAL", "SUBORDINATE")


def answer(world: World, question: Question) -> Answer:
    """What the engine has to say, and until when."""
    known, instants = _reading(world, question.known)
    now = _Moment(world, known, question, question.at).answer()
    if now.refused:
        return now
    for instant in instants:
        if question.at < instant < END:
            then = _Moment(world, known, question, instant).answer()
            if then != now:
                return replace(now, valid_until=instant)
    return now


@lru_cache(maxsize=256)
def _reading(world: World, instant: int) -> tuple[Known, Sequence[int]]:
    """What was known at the instant, and in their order all instants at which it may change."""
    known = _known(world, instant)
    return known, sorted(_instants(world, known))


def _known(world: World, instant: int) -> Known:
    by_kind: dict[str, list[Fact]] = {}
    for fact in world.facts:
        if fact.recorded.holds(instant):
            by_kind.setdefault(fact.kind, []).append(fact)
    return by_kind


def _instants(world: World, known: Known) -> set[int]:
    """At which anything begins or ends."""
    found: set[int] = set()
    years = {years for law in world.laws.values() for years in windows(law)}
    for fact in chain.from_iterable(known.values()):
        found.update(fact.valid, (fact.said[name] for name in _INSTANTS if name in fact.said))
        starts = [fact.said["eventAt"]] if "eventAt" in fact.said else []
        if fact.end and fact.end in world.days:
            starts.append(world.days[fact.end])
        found.update(years_later(start, count) for start in starts for count in years)
    for law in world.laws.values():
        for basis in law["legalBases"]:
            found.update(in_force(basis))
    return found


class _Moment:
    """The question at one instant of the world."""

    def __init__(self, world: World, known: Known, question: Question, instant: int) -> None:
        self._world = world
        self._known = known
        self._subject = question.subject
        self._question = question
        self._at = instant

    def answer(self) -> Answer:
        """Where no rule set is in force, the newest of those known tells the scenarios."""
        scenario = self._question.scenario
        published = [f for f in self._of("RuleSetState") if f.said["status"] == "PUBLISHED"]
        rule_set = newest(f for f in published if f.valid.holds(self._at))
        asked_of = rule_set or newest(published)
        if asked_of and entry(self._world.laws[asked_of], "scenarios", scenario) is None:
            return Answer(refused="UNKNOWN_SCENARIO")
        if not self._is_person and self._state() is None:
            return Answer(refused="UNKNOWN_UNIT")
        return self._judged(self._world.laws[rule_set], rule_set) if rule_set else Answer()

    def _judged(self, law: Law, rule_set: str) -> Answer:
        scenario = entry(law, "scenarios", self._question.scenario) or {}
        arrivals = list(self._arrivals())
        grounds = self._grounds(law, arrivals)
        fresh = self._fresh_sources(law)
        coverage = tuple((source, source in fresh) for source in scenario["sources"])
        covered = all(covers for _, covers in coverage)
        left_open = any(self._leaves_open(law, arrival) for arrival in arrivals)
        complete = not (left_open or self._leads_too_far_back(law))
        outcome = gravest([ground.outcome for ground in grounds])
        if not (covered and complete):
            outcome = gravest([outcome, "UNCOVERED"])
        given = frozenset(reduced(grounds) if self._is_person else grounds)
        return Answer(None, outcome, covered, complete, given, coverage, rule_set)

    # ---- what holds

    @property
    def _is_person(self) -> bool:
        return self._subject.startswith("P-")

    def _of(self, kind: str) -> Sequence[Fact]:
        return self._known.get(kind, ())

    def _now(self, kind: str) -> Iterator[Fact]:
        return (fact for fact in self._of(kind) if fact.valid.holds(self._at))

    def _state(self) -> Fact | None:
        either = [*self._now("UnitState"), *self._now("PersonState")]
        states = [fact for fact in either if fact.start == self._subject]
        return self._latest(states)

    def _latest(self, states: Iterable[Fact]) -> Fact | None:
        def place(fact: Fact) -> tuple[int, str]:
            return fact.valid.start, self._world.id_of(fact)

        return max(states, key=place, default=None)

    def _fresh_sources(self, law: Law) -> set[str]:
        """Of which a delivery is fresh, for the jurisdiction of the subject.

        A person is of the law's own where nothing else is told.
        """
        state = self._state()
        told = state.said.get("jurisdiction") if state else None
        jurisdiction = told or (law["ruleSet"]["jurisdiction"] if self._is_person else None)
        return {
            delivery.said["source"]
            for delivery in self._now("SourceGeneration")
            if jurisdiction in delivery.said["jurisdictions"]
            and delivery.said["freshUntil"] > self._at
        }

    # ---- the six reaches

    def _arrivals(self) -> Iterator[Arrival]:
        for standing in self._now("Standing"):
            about = [fact for fact in self._now("ABOUT") if fact.start == standing.start]
            yield from self._responsible(standing)
            for edge in about:
                if edge.end == self._subject:
                    yield Arrival("OWN", standing, (edge,))
                yield from self._principal(standing, edge)
                yield from self._succession(standing, edge)
                yield from self._subordinate(standing, edge)
                yield from self._region(standing, edge)

    def _responsible(self, standing: Fact) -> Iterator[Arrival]:
        for edge in self._now("RESPONSIBLE_FOR"):
            if (edge.start, edge.end) == (self._subject, standing.start):
                yield Arrival("RESPONSIBLE", standing, (edge,))

    def _principal(self, standing: Fact, about: Fact) -> Iterator[Arrival]:
        for post in self._of("HOLDS_POST"):
            then = post.said["isPrincipal"] and post.valid.holds(standing.said["eventAt"])
            if then and (post.start, post.end) == (self._subject, about.end):
                yield Arrival("PRINCIPAL", standing, (post, about))

    def _succession(self, standing: Fact, about: Fact) -> Iterator[Arrival]:
        """What has passed stays passed: whether a succession ended is not asked."""
        domain = standing.said.get("domain")
        for way in self._passed:
            scopes = [fact.said["scope"] for fact in way if "ALL" not in fact.said["scope"]]
            if (
                way[-1].start == about.end
                and len(way) <= _SUCCESSIONS
                and standing.said["eventAt"] < way[-1].valid.start
                and (domain is None or all(domain in scope for scope in scopes))
            ):
                undecided = domain is None and bool(scopes)
                yield Arrival("SUCCESSION", standing, (*way, about), undecided)

    @cached_property
    def _passed(self) -> Sequence[tuple[Fact, ...]]:
        """Ways back, one succession longer than they are followed."""
        begun = [fact for fact in self._of("SUCCEEDED_BY") if fact.valid.start <= self._at]
        ways = ways_back(begun, self._subject, _SUCCESSIONS + 1)
        return [way for way in ways if goes_back(way)]

    def _subordinate(self, standing: Fact, about: Fact) -> Iterator[Arrival]:
        event = standing.said["eventAt"]
        then = [fact for fact in self._of("SUBORDINATE_TO") if fact.valid.holds(event)]
        for way in ways_back(then, self._subject, hops=3):
            if way[-1].start == about.end != self._subject:
                yield Arrival("SUBORDINATE", standing, (*way, about))

    def _region(self, standing: Fact, about: Fact) -> Iterator[Arrival]:
        event = standing.said["eventAt"]
        for governs in self._of("GOVERNS"):
            for lies in self._of("IN_REGION"):
                if (
                    governs.valid.holds(event)
                    and lies.valid.holds(event)
                    and governs.start == self._subject != about.end
                    and (lies.start, lies.end) == (about.end, governs.end)
                ):
                    unit = self._then("UnitState", lies.start, event)
                    division = self._then("RegionState", lies.end, event)
                    own = is_own(unit, division)
                    told = tuple(state for state in (unit, division) if state)
                    if own is not False:
                        path = (governs, lies, about, *told)
                        yield Arrival("REGION", standing, path, undecided=own is None)

    def _then(self, kind: str, of: str | None, instant: int) -> Fact | None:
        """What was so of it at the instant; of several the one that began last."""
        states = [f for f in self._of(kind) if f.start == of and f.valid.holds(instant)]
        return self._latest(states)

    # ---- rules

    def _grounds(self, law: Law, arrivals: Sequence[Arrival]) -> list[Ground]:
        """A fallback speaks only where no specific rule met the same record by the same reach."""
        grounds = list(self._grounds_of(law, arrivals, fallback=False))
        met = {(ground.record, ground.reach) for ground in grounds}
        rest = [arrival for arrival in arrivals if (arrival.record, arrival.reach) not in met]
        return [*grounds, *self._grounds_of(law, rest, fallback=True)]

    def _grounds_of(
        self, law: Law, arrivals: Sequence[Arrival], *, fallback: bool
    ) -> Iterator[Ground]:
        for rule in law["rules"]:
            if rule["kind"] == "CHECK" and rule.get("fallback", False) == fallback:
                for arrival in arrivals:
                    if arrival.reach in rule["reaches"] and not arrival.undecided:
                        ground = self._ground(law, rule, arrival)
                        if ground is not None:
                            yield ground

    def _ground(self, law: Law, rule: Law, arrival: Arrival) -> Ground | None:
        """By the gravest of the rule's effects here, the first of them where several are."""
        bases = [entry(law, "legalBases", code) for code in rule["bases"]]
        holding = [basis for basis in bases if basis and in_force(basis).holds(self._at)]
        ceilings = [basis["ceiling"] for basis in holding if basis["grade"] != "MEMORY"]
        if not ceilings or not any(map(words_of(rule), holding)):
            return None
        limits = [gravest(ceilings)]
        if arrival.reach in _SHOWN_ONLY or rule.get("maturity") == "EXPERIMENTAL":
            limits.append("ATTENTION")
        found: list[tuple[str, Sequence[Fact]]] = []
        for effect in filter(self._concerns, rule["effects"]):
            asked = self._asked_of_subject(effect.get("subject", {}), arrival)
            speaks = arrival.reach in effect.get("reaches", rule["reaches"])
            if asked is not None and speaks and self._is_met(effect, arrival):
                found.append((min([effect["outcome"], *limits], key=GRAVITY.index), asked))
        if not found:
            return None
        outcome, asked = max(found, key=lambda pair: GRAVITY.index(pair[0]))
        path = (*arrival.path, arrival.standing, *self._ties(arrival.record), *asked)
        return Ground(
            rule=rule["code"],
            outcome=outcome,
            measure=rule["measure"],
            bases=tuple(basis["code"] for basis in holding),
            reach=arrival.reach,
            disputed=arrival.standing.said["disputed"],
            record=arrival.record,
            path=frozenset(fact.id for fact in path),
        )

    def _ties(self, record: str) -> list[Fact]:
        kinds = ("OF", "DETERMINED_BY", "EVIDENCED_BY")
        return [fact for kind in kinds for fact in self._now(kind) if fact.start == record]

    def _concerns(self, effect: Law) -> bool:
        asked = self._question
        capacities = effect.get("capacities", [asked.capacity])
        return asked.scenario in effect["scenarios"] and asked.capacity in capacities

    def _asked_of_subject(self, condition: Law, arrival: Arrival) -> Sequence[Fact] | None:
        """Facts that meet what the rule asks of the subject; None when they do not.

        For what failed in a division it is that division which has to be governed.
        """
        state = self._state()
        facts: list[Fact] = []
        for name, told in (("unitKinds", "unitKind"), ("levels", "adminLevel")):
            if name in condition:
                if state is None or state.said.get(told) not in condition[name]:
                    return None
                facts.append(state)
        for name, kind in (("governs", "GOVERNS"), ("inPost", "HOLDS_POST")):
            if condition.get(name):
                holding = [fact for fact in self._now(kind) if fact.start == self._subject]
                if kind == "GOVERNS" and arrival.reach == "REGION":
                    holding = [fact for fact in holding if fact.end == arrival.path[0].end]
                if not holding:
                    return None
                facts.append(min(holding, key=self._world.id_of))
        return facts

    # ---- records

    def _is_met(self, effect: Law, arrival: Arrival) -> bool:
        return any(self._meets(when, arrival.standing) for when in effect["when"])

    def _meets(self, when: Law, standing: Fact) -> bool:
        said = standing.said
        behaviours = {f.end for f in self._now("OF") if f.start == standing.start}
        return (
            self._in_time(when, standing)
            and any(kind in when.get("kinds", [kind]) for kind in self._kinds(standing.start))
            and ("behaviours" not in when or bool(behaviours.intersection(when["behaviours"])))
            and said["category"] in when.get("categories", [said["category"]])
            and said.get("list") in when.get("lists", [said.get("list")])
            and said.get("penalty") in when.get("penalties", [said.get("penalty")])
            and said.get("domain") in when.get("domains", [said.get("domain")])
            and set(when.get("marks", ())) <= set(said.get("marks", ()))
        )

    def _in_time(self, when: Law, standing: Fact) -> bool:
        """Within so many years of the penalty, if the rule names them; else within its own term."""
        said = standing.said
        if when.get("lapsed") and not self._lapsed(said):
            return False
        if "withinYears" not in when:
            return bool(when.get("lapsed")) or self._counts(said)
        end = years_later(self._penalty(standing), when["withinYears"])
        return said["status"] in _BY_TIME_ALONE and self._at < end

    def _penalty(self, standing: Fact) -> int:
        """The day of the first document that imposes such a penalty; else the last that is told.

        A criminal punishment is imposed by a judgment, any other by a penalty decision.
        """
        documents = {f.end for f in self._now("EVIDENCED_BY") if f.start == standing.start}
        days = {name: day for name, day in self._world.days.items() if name in documents}
        penalty = standing.said.get("penalty")
        imposing = _PENALTIES if penalty is None else _PENALTIES[penalty == "CRIMINAL" :][:1]
        types = self._world.types
        penalties = [day for name, day in days.items() if types.get(name) in imposing]
        return min(penalties) if penalties else max([standing.said["eventAt"], *days.values()])

    def _kinds(self, record: str) -> Sequence[str]:
        """A judgment default is a failure event too."""
        kind = self._world.record_kinds[record]
        return (kind, "FAILURE_EVENT") if kind == "JUDGMENT_DEFAULT" else (kind,)

    def _counts(self, said: Law) -> bool:
        return said["status"] == "IN_FORCE" and self._at < said["countsUntil"]

    def _lapsed(self, said: Law) -> bool:
        """Neither counted nor public any more, while the obligation is still unperformed."""
        over = self._at >= said["countsUntil"] and self._at >= said["publicUntil"]
        return said["status"] in _BY_TIME_ALONE and said["obligationOpen"] and over

    def _leaves_open(self, law: Law, arrival: Arrival) -> bool:
        """Nobody can say whether it concerns the subject, and if it did there might be a ground."""
        if not arrival.undecided:
            return False
        rules = [one for one in law["rules"] if arrival.reach in one.get("reaches", ())]
        return any(self._ground(law, rule, one) for rule in rules for one in decided(arrival, law))

    def _leads_too_far_back(self, law: Law) -> bool:
        """A sixth succession lies beyond the reach, where nobody has looked."""
        too_far = any(len(way) > _SUCCESSIONS for way in self._passed)
        return too_far and self._reads(law, "SUCCESSION")

    def _reads(self, law: Law, reach: str) -> bool:
        """Some effect that speaks here does."""
        read = (effect.get("reaches", rule["reaches"]) for rule, effect in self._speaking(law))
        return any(reach in some for some in read)

    def _speaking(self, law: Law) -> Iterator[tuple[Law, Law]]:
        for rule in law["rules"]:
            for effect in rule.get("effects", ()):
                if self._concerns(effect):
                    yield rule, effect
