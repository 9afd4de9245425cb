"""Handover points and marches of plans on one network: what takes a moment to make is made once."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.errors import BadInput
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import hospitals_among, stations_from
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.handover.finding import Helping, find_handover
from clearway.planning.plan.handover.into_plan import with_handover
from clearway.planning.plan.march.finding import Delay, Judges, Sighting, plan_march
from clearway.planning.plan.march.into_plan import with_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.planning.plan.passages import full_moment
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.place_text import place_of_text
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.plans.models import HandoverFound, MarchRolled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clearway.network.transit.bus_network import BusNetwork
    from clearway.record.kinds.plans import PlannedMarch, TrafficPlan
    from clearway.record.moments import Calendar
    from clearway.server.contract import StationCollection
    from clearway.server.desks.plans.models import HandoverQuestion, MarchQuestion
    from clearway.server.jobs import JobProgress
    from clearway.server.networks import ServedNetwork

_CACHED_DAYS = 2
"""Service days whose buses are on the streets: a march has one."""


class PlanGround:
    """What plans stand on, on one network. Safe for several threads.

    Args:
        served: The network.
    """

    def __init__(self, served: ServedNetwork) -> None:
        self._served = served
        self._days: Cache[BusNetwork] = Cache(_CACHED_DAYS)
        self._lock = Lock()
        self._streets: MarchStreets | None = None

    def helping(self, stations: StationCollection | None) -> Helping:
        """Who helps, from which stations, and where patients are taken: of the collection given, else of the city's."""
        collection = (stations or self._served.city.stations).model_dump()
        network = self._served.network
        found = stations_from(collection, network, source="The stations").stations if collection["features"] else ()
        hospitals = hospitals_among(collection, network, source="The stations")
        return Helping(self._served.desk(planner_of).timer, staffed(load_services(), found), hospitals)

    def handover(self, question: HandoverQuestion, progress: JobProgress[HandoverFound]) -> HandoverFound:
        """Where crews meet patients of a plan.

        Raises:
            BadInput, BadGeometry, Infeasible: as :func:`find_handover`.
            Stopped: somebody cancelled.
        """
        plan, _ = self._read(question)
        helping, steps = self.helping(question.stations), Steps(progress)
        found = find_handover(plan, self._served.gazetteer, helping, question.wishes, full_moment(plan), steps)
        return HandoverFound(handover=found.answer, document=with_handover(plan, found.answer))

    def march(self, question: MarchQuestion, progress: JobProgress[MarchRolled]) -> MarchRolled:
        """A march of a plan as it rolls.

        Raises:
            BadInput: the plan has no such march, or it cannot be.
            Stopped: somebody cancelled.
        """
        plan, days = self._read(question)
        march = next((one for one in plan.marches if one.id == question.march), None)
        if march is None:
            raise BadInput(f"The plan has no march {question.march!r}. Add it to the plan's 'marches'.")
        judges = Judges()
        if question.proof:
            helping = self.helping(question.stations)
            judges = Judges(helping.timer, helping.services, self._buses(march, days, progress))
        streets = self._march_streets()
        found = plan_march(march, streets, days.zone, list(_changes(question, days)), judges, Steps(progress))
        return MarchRolled(march=found.answer, document=with_march(plan, march, found))

    def _read(self, question: HandoverQuestion | MarchQuestion) -> tuple[TrafficPlan, Calendar]:
        days = calendar(question.zone or self._served.zone or "UTC")
        return plan_of(dict(question.document), days, now()), days

    def _march_streets(self) -> MarchStreets:
        with self._lock:
            if self._streets is None:
                self._streets = MarchStreets(self._served.gazetteer)
            return self._streets

    def _buses(self, march: PlannedMarch, days: Calendar, progress: JobProgress[MarchRolled]) -> BusNetwork | None:
        """The buses of the day; None where the server knows no timetable."""
        timetable = self._served.sources.timetable
        if timetable is None or march.starts is None:
            return None
        day: date = march.starts.astimezone(days.zone).date()

        def read() -> BusNetwork:
            from clearway.network.transit.bus_network import bus_network  # noqa: PLC0415 - only who asks for buses waits
            from clearway.network.transit.timetable import read_timetable  # noqa: PLC0415

            progress("Putting the buses on the streets", 0.05)
            return bus_network(self._served.network, read_timetable(timetable, day, ()))

        with self._lock:
            return self._days.of(day, read)


def _changes(question: MarchQuestion, days: Calendar) -> Iterator[Delay | Sighting]:
    if question.delay_minutes:
        yield Delay(question.delay_minutes * 60, days.moment(question.delay_from) if question.delay_from else None)
    for one in question.seen:
        place = place_of_text(one.place) if isinstance(one.place, str) else one.place
        yield Sighting(place, days.moment(one.at), one.tail)
