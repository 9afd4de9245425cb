"""The plan: a question of the page answered by the cordon and the access desk, one network each."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from clearway.cache import Cache
from clearway.errors import BadGeometry, UnknownName
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.address_proof import address_proof, timed_services
from clearway.planning.access.planner.lane import both_ways, occupied_of, says_at
from clearway.planning.access.planner.nearby import access_near
from clearway.planning.access.planner.services import load_services, staffed, with_vehicles
from clearway.planning.access.planner.stations import hospitals_among, stations_from
from clearway.planning.access.planner.timing import AccessTimer, slowest_s
from clearway.planning.access.planner.vehicles import Vehicle, size_of
from clearway.planning.cordon.planner.plan import CordonSearch, plan_cordon
from clearway.planning.cordon.planner.steps import Steps, untold
from clearway.planning.cordon.seal.verdict import sealed
from clearway.planning.occupied import full, occupied_streets
from clearway.server.desks.plan.models import OthersAnswer, PlanAnswer, PlanQuestion
from clearway.server.desks.plan.summary import Lost, assumptions, summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Ints, Network
    from clearway.planning.access.planner.contract import Access, AddressProof
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.planner.contract import Cordon
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.cordon.seal.contract import Seal, SealQuestion
    from clearway.server.contract import StationCollection
    from clearway.server.desks.map.street_lookup import StreetLookup

T = TypeVar("T")

PLAN_LIMIT_S = 30.0
"""Of computing, for one question: as long as somebody looks at a page that says what it does. What has not been found by then
would take minutes or hours."""

_CACHED_ANSWERS = 64


class Planner:
    """Answers plan questions on one network. Safe for several threads; the last answers are cached, so undo is instant."""

    def __init__(self, network: Network, streets: StreetLookup, stations: StationCollection) -> None:
        self._network = network
        self._stations = stations
        self._names = streets.names
        self._noun = network.address_noun
        self.timer = AccessTimer(network)
        """Times addresses; what it knows of them without closures serves every desk."""
        self._answers: Cache[tuple[PlanAnswer, tuple[Closure, ...]]] = Cache(_CACHED_ANSWERS)
        self._others: Cache[OthersAnswer] = Cache(_CACHED_ANSWERS)
        self._seals: Cache[Seal] = Cache(_CACHED_ANSWERS)

    def plan(self, question: PlanQuestion, tell: Tell = untold) -> PlanAnswer:
        """The answer to a question, as far as there is one within ``PLAN_LIMIT_S``.

        Args:
            question: The question.
            tell: Called at each step with what is being done and the share that is done; what it raises ends the work.

        Raises:
            UnknownName: a way is not in the network.
            BadGeometry: the site, a closure or a station cannot be used.
            Infeasible: the wishes contradict each other or the streets.
            TooLong: the time ended before there was any cordon.
        """
        return self.planned(question, tell)[0]

    def planned(self, question: PlanQuestion, tell: Tell = untold) -> tuple[PlanAnswer, tuple[Closure, ...]]:
        """The answer, and what its plan shuts by barriers and by hand; raises as ``plan`` does."""
        return self._made_once(self._answers, question, lambda: self._made(question, tell))

    def others(self, question: PlanQuestion, tell: Tell = untold) -> OthersAnswer:
        """The frontier and the alternatives that a question asks for; raises as ``plan`` does."""
        self._check_ways(question)
        if not has_site(question):
            return OthersAnswer(frontier=(), alternatives=(), notes=())
        return self._made_once(self._others, question, lambda: self._other_cordons(question, tell))

    def seal(self, question: SealQuestion, tell: Tell = untold) -> Seal:
        """Whether barriers as given seal a site; what is missing is looked for within ``PLAN_LIMIT_S``.

        Raises:
            BadInput: there are no barriers, or one cannot be placed.
            BadGeometry: the site or a barrier cannot be used.
            Infeasible: a street is in the site and must also stay outside.
            UnknownName: a way or street is not in the network.
        """
        return sealed(self._network, question, tell=tell, limit_s=PLAN_LIMIT_S)

    def seal_once(self, question: SealQuestion) -> Seal:
        """The same, worked out once for all who watch the same plan; raises as ``seal`` does."""
        return self._seals.of(question.model_dump_json(), lambda: self.seal(question))

    def _made_once(self, known: Cache[T], question: PlanQuestion, make: Callable[[], T]) -> T:
        """A known answer, or a new one: nobody waits for another's, for that one may be waiting for its turn."""
        key = question.model_dump_json()
        found = known.get(key)
        if found is None:
            began = time.monotonic()
            found = make()
            if time.monotonic() - began < PLAN_LIMIT_S:
                known.put(key, found)
        return found

    def _other_cordons(self, question: PlanQuestion, tell: Tell) -> OthersAnswer:
        found = CordonSearch(self._network, question, Steps(tell, PLAN_LIMIT_S)).others()
        return OthersAnswer(frontier=found.frontier, alternatives=found.alternatives, notes=found.notes)

    def _made(self, question: PlanQuestion, tell: Tell) -> tuple[PlanAnswer, tuple[Closure, ...]]:
        started = time.perf_counter()
        self._check_ways(question)
        plan = plan_cordon(self._network, question, tell=tell, limit_s=PLAN_LIMIT_S) if has_site(question) else None
        tell("Timing help to every address", 1.0)
        barriers = plan.closures() if plan else []
        closures = [*(replace(barrier, delay_s=question.gate_s) for barrier in barriers), *self.hand_closures(question)]
        access, lost, before, after = self._timed(question, closures)
        answer = PlanAnswer(
            cordon=plan,
            access=access,
            seconds_before=before,
            seconds_after=after,
            summary=summary(plan, access, question, inside=self._inside(plan, after), lost=lost, noun=self._noun),
            elapsed_ms=round((time.perf_counter() - started) * 1000),
        )
        return answer, tuple(closures)

    def _check_ways(self, question: PlanQuestion) -> None:
        named = [*question.stretches, *question.keep_open, *(closure.way for closure in question.closures)]
        if unknown := [way for way in dict.fromkeys(named) if way >= self._network.way_count]:
            raise UnknownName("way", unknown)
        for closure in question.closures:
            length = float(self._network.way_length_m[closure.way])
            if closure.at_m is not None and closure.at_m > length + 1:
                raise BadGeometry(
                    f"A closure at {closure.at_m:g} m lies beyond way {closure.way}, which is {length:.0f} m long."
                )

    def hand_closures(self, question: PlanQuestion) -> list[Closure]:
        """The closures that a question names itself, and the occupied streets where they are shut to classes."""
        by_hand = [
            Closure(
                way=closure.way, shuts=class_mask(closure.shuts), at_m=closure.at_m, label=closure.label or "closed by hand"
            )
            for closure in question.closures
        ]
        return by_hand + full(self._occupied(question), class_mask(question.occupied_shuts))

    def _occupied(self, question: PlanQuestion) -> list[Closure]:
        return occupied_streets(self._names, question.stretches, question.site)

    def address(self, question: PlanQuestion, address: int, tell: Tell = untold) -> AddressProof:
        """How each service comes to one address under the plan that answers a question.

        Raises:
            NotFound: the network has no such address.
            UnknownName, BadGeometry, Infeasible, TooLong: as ``plan`` does.
        """
        _, closures = self.planned(question, tell)
        services = timed_services(self.timer, self._services(question), closures)
        streets = self._occupied(question)
        lanes = both_ways(self.timer, services, streets)
        assumed = says_at(self._names, lanes, streets, address, shut=is_full(question))
        return address_proof(self._names, self.timer, services, address, assumed=assumed, rests_on=assumptions(question))

    def _services(self, question: PlanQuestion) -> tuple[Staffed, ...]:
        """The services that have stations, as the question has their class, their time and their vehicles."""
        table = [replace(one, vehicle_class=question.access_class, within_s=question.within_s) for one in load_services()]
        return with_vehicles(staffed(table, self._stations_of(question)), vehicles_of(question), table)

    def _timed(
        self, question: PlanQuestion, closures: list[Closure]
    ) -> tuple[Access | None, dict[str, Lost], list[int], list[int]]:
        """Access in figures, whom each service no longer reaches, and seconds to every address before and after."""
        services = self._services(question)
        if not services:
            nowhere = [-1] * self._network.address_count
            return None, {}, nowhere, nowhere
        timed = timed_services(self.timer, services, closures)
        sizes = [size_of(self._network, question.access_class, one.service.vehicle) for one in services]
        ringed = [
            self.timer.ringed(one.stations, question.access_class, closures, size=size)
            for one, size in zip(services, sizes, strict=True)
        ]
        near = [*question.stretches, *(closure.way for closure in closures)]
        each = [(one.service, one.before, one.after, ring) for one, ring in zip(timed, ringed, strict=True)]
        report = access_near(self._names, each, self.timer, near=near, hospitals=self._hospitals_of(question))
        if streets := self._occupied(question):
            lanes = both_ways(self.timer, timed, streets)
            occupied = occupied_of(self._names, lanes, streets, shut=is_full(question))
            report = report.model_copy(update={"occupied": occupied})
        before, after = slowest_s([one.before for one in timed]), slowest_s([one.after for one in timed])
        lost = {one.service.name: self._lost(one.before.ms, one.after.ms) for one in timed}
        return report, lost, before.tolist(), after.tolist()

    def _lost(self, before_ms: Ints, after_ms: Ints) -> Lost:
        """Who was reached and is no longer."""
        gone = np.flatnonzero((before_ms < NEVER_MS) & (after_ms == NEVER_MS))
        streets = Counter(self._names.street(int(way)) for way in self._network.address_way[gone])
        return Lost(len(gone), tuple(street for street, _ in streets.most_common()))

    def _inside(self, cordon: Cordon | None, seconds: list[int]) -> list[int]:
        """Seconds to each address on an enclosed street."""
        if cordon is None:
            return []
        enclosed = np.isin(self._network.address_way, cordon.enclosed.way_indexes)
        return [seconds[address] for address in np.flatnonzero(enclosed)]

    def _hospitals_of(self, question: PlanQuestion) -> tuple[Station, ...]:
        collection = question.stations or self._stations
        return hospitals_among(collection.model_dump(), self._network, source="The stations")

    def _stations_of(self, question: PlanQuestion) -> tuple[Station, ...]:
        collection = question.stations or self._stations
        if not collection.features:
            return ()
        return stations_from(collection.model_dump(), self._network, source="The stations").stations


def has_site(question: PlanQuestion) -> bool:
    """Whether there is anything to close off."""
    return question.site is not None or bool(question.stretches)


def vehicles_of(question: PlanQuestion) -> list[tuple[str, Vehicle]]:
    """What a question says of each service's vehicle."""
    return [(one.service, Vehicle(**one.model_dump(exclude={"service"}))) for one in question.vehicles]


def is_full(question: PlanQuestion) -> bool:
    """Whether help does not drive along the occupied streets."""
    return question.access_class in question.occupied_shuts
