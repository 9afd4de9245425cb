"""The plan: a question of the page answered by the cordon and the access desk, one network each."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.cache import Cache
from clearway.errors import BadGeometry, UnknownName
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.nearby import access_near
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import stations_from
from clearway.planning.access.planner.timing import AccessTimer, slowest_s
from clearway.planning.closure_files import occupied_closures
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.server.desks.plan.models import PlanAnswer, PlanQuestion
from clearway.server.desks.plan.summary import summary

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import Access
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.planner.contract import Cordon, CordonPlan
    from clearway.server.contract import StationCollection
    from clearway.server.desks.map.street_lookup import StreetLookup

_CACHED_ANSWERS = 64


class Planner:
    """Answers plan questions on one network. Safe for several threads; the last answers are cached, so undo is instant."""

    def __init__(self, network: Network, streets: StreetLookup, stations: StationCollection) -> None:
        self._network = network
        self._stations = stations
        self._names = streets.names
        self._noun = "address" if network.address_source == "addresses" else "frontage point"
        self._access = AccessTimer(network)
        self._answers: Cache[tuple[PlanAnswer, tuple[Closure, ...]]] = Cache(_CACHED_ANSWERS)

    def plan(self, question: PlanQuestion) -> PlanAnswer:
        """The answer to a question.

        Raises:
            UnknownName: a way is not in the network.
            BadGeometry: the site, a closure or a station cannot be used.
            Infeasible: the wishes contradict each other or the streets.
        """
        return self._known(question)[0]

    def closures(self, question: PlanQuestion) -> tuple[Closure, ...]:
        """What the plan of a question shuts, by barriers and by hand; raises as ``plan`` does."""
        return self._known(question)[1]

    def _known(self, question: PlanQuestion) -> tuple[PlanAnswer, tuple[Closure, ...]]:
        return self._answers.of(question.model_dump_json(), lambda: self._made(question))

    def _made(self, question: PlanQuestion) -> tuple[PlanAnswer, tuple[Closure, ...]]:
        started = time.perf_counter()
        self._check_ways(question)
        plan = self._cordon(question)
        closures = [*(plan.closures() if plan else []), *hand_closures(question)]
        access, before, after = self._timed(question, closures)
        answer = PlanAnswer(
            cordon=plan,
            access=access,
            seconds_before=before,
            seconds_after=after,
            summary=summary(plan, access, question, inside=self._inside(plan, after), noun=self._noun),
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

    def _timed(self, question: PlanQuestion, closures: list[Closure]) -> tuple[Access | None, list[int], list[int]]:
        """Access in figures, and seconds to every address before and after."""
        table = [replace(one, vehicle_class=question.access_class, within_s=question.within_s) for one in load_services()]
        services = staffed(table, self._stations_of(question))
        if not services:
            nowhere = [-1] * self._network.address_count
            return None, nowhere, nowhere
        before = [self._access.before(one.stations, question.access_class) for one in services]
        after = [self._access.after(one.stations, question.access_class, closures) for one in services]
        near = [*question.stretches, *(closure.way for closure in closures)]
        timed = [(one.service, was, now) for one, was, now in zip(services, before, after, strict=True)]
        report = access_near(self._names, timed, self._access.graph("foot"), near=near)
        return report, slowest_s(before).tolist(), slowest_s(after).tolist()

    def _inside(self, cordon: Cordon | None, seconds: list[int]) -> list[int]:
        """Seconds to each address on an enclosed street."""
        if cordon is None:
            return []
        enclosed = np.isin(self._network.address_way, cordon.enclosed.way_indexes)
        return [seconds[address] for address in np.flatnonzero(enclosed)]

    def _stations_of(self, question: PlanQuestion) -> tuple[Station, ...]:
        collection = question.stations or self._stations
        if not collection.features:
            return ()
        return stations_from(collection.model_dump(), self._network, source="The stations").stations

    def _cordon(self, question: PlanQuestion) -> CordonPlan | None:
        if question.site is None and not question.stretches:
            return None
        return plan_cordon(self._network, question)


def hand_closures(question: PlanQuestion) -> list[Closure]:
    """The closures a question names itself, and the occupied stretches where they are shut to classes."""
    by_hand = [
        Closure(way=closure.way, shuts=class_mask(closure.shuts), at_m=closure.at_m, label=closure.label or "closed by hand")
        for closure in question.closures
    ]
    return by_hand + occupied_closures(question.stretches, class_mask(question.occupied_shuts))
