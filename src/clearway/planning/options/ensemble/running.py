"""One option in one scenario: what still stands in the way of help, and whom it reaches."""

from __future__ import annotations

import math
import threading
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from clearway.cache import Cache
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.proved import EMERGENCY
from clearway.planning.options.ensemble.contract import Run
from clearway.planning.options.ground import AccessFigures, proved_access

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clearway.assignment.problem import TripTable
    from clearway.network.model import Network
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.options.ensemble.sampling import Drawn
    from clearway.planning.traffic.impact.assigner import Assigner

_KEPT = 4096
"""Answers that are kept: as many sets of shut stretches as ever come up in one ensemble."""

_HELP = class_mask([EMERGENCY])
_OTHERS = class_mask(MOTOR_CLASSES) & ~_HELP


class Place(NamedTuple):
    """A stretch of the tally: its ways, vehicles in the carriageway, and those that must go for a lane."""

    ways: tuple[int, ...]
    across: int
    lane_moves: int


class Trips(NamedTuple):
    """Demands of one hour, and what assigns them.

    Attributes:
        assigner: To the streets.
        tables: One, or as many as are drawn.
    """

    assigner: Assigner
    tables: tuple[TripTable, ...]


class Doing(NamedTuple):
    """What an option does to the streets.

    Attributes:
        option: Its id.
        barriers: What its plans shut.
        leave: The judged ends of how many vehicles leave by themselves.
        tows: Vehicles that its schedules tow, by stretch and operator.
    """

    option: str
    barriers: tuple[Closure, ...]
    leave: tuple[float, float]
    tows: Mapping[tuple[int, str], int]


@dataclass(frozen=True, eq=False)
class RunGround:
    """What all runs share; it can be sent to other processes.

    Attributes:
        network: The streets.
        services: Who helps.
        standing: What the record bars.
        places: The tally.
        may_shut: Ways of each street that may be shut.
        doings: Options, by id.
        trips: What assigns trips; None: none are.
        limit_s: Seconds that one run may take; None: as long as it takes.
    """

    network: Network
    services: tuple[Staffed, ...]
    standing: tuple[Closure, ...]
    places: tuple[Place, ...]
    may_shut: tuple[tuple[int, ...], ...]
    doings: Mapping[str, Doing]
    trips: Trips | None = None
    limit_s: float | None = None
    _timers: Cache[AccessTimer] = field(default_factory=lambda: Cache(1))
    _access: Cache[AccessFigures] = field(default_factory=lambda: Cache(_KEPT))
    _traffic: Cache[tuple[float, float]] = field(default_factory=lambda: Cache(_KEPT))

    def prepare(self, scenario: Drawn) -> None:
        """Make what runs share, so that it is not counted among the time of the first."""
        self._timers.of("timer", lambda: AccessTimer(self.network))
        if self.trips:
            self.trips.assigner.without_closures(self.trips.tables[scenario.demand])

    def traffic(self, closures: Sequence[Closure], demand: int) -> tuple[float, float] | None:
        """Vehicle hours that trips of a demand with a route take longer, and trips that have none any more.

        None where no trips are assigned.
        """
        trips = self.trips
        if trips is None:
            return None

        def lost() -> tuple[float, float]:
            change = trips.assigner.change(trips.tables[demand], closures)
            return change.extra_hours, float(change.trips_lost[0])

        return self._traffic.of((demand, frozenset(closures)), lost)

    def access(self, closures: Sequence[Closure]) -> AccessFigures:
        """Whom help reaches; each set of closures is proved once in a process."""
        timer = self._timers.of("timer", lambda: AccessTimer(self.network))
        return self._access.of(frozenset(closures), lambda: proved_access(timer, self.services, closures))


def still_standing(places: Sequence[Place], doing: Doing, scenario: Drawn) -> list[tuple[int, int]]:
    """For each stretch, vehicles left in the carriageway, and how many of them must go for a lane.

    Vehicles grow by the scenario's multiple, rounded up. Those that leave are spread over the stretches by how many stand
    there, rounded down. Trucks of an operator that drops out fetch nothing.
    """
    grown = [math.ceil(place.across * scenario.vehicles) for place in places]
    low, high = doing.leave
    leaving, total = low + scenario.leave * (high - low), sum(grown)
    left = []
    for at, place in enumerate(places):
        gone = int(leaving * grown[at] / total) if total else 0
        gone += sum(count for (stretch, by), count in doing.tows.items() if stretch == at and by not in scenario.out)
        lane = math.ceil(place.lane_moves * scenario.vehicles)
        left.append((max(grown[at] - gone, 0), max(lane - gone, 0)))
    return left


def run(ground: RunGround, task: tuple[str, Drawn]) -> bytes:
    """One run as JSON; nothing where it is not finished in its time."""
    ground.prepare(task[1])
    return within(ground.limit_s, lambda: _run(ground, *task))


def within(limit_s: float | None, work: Callable[[], bytes]) -> bytes:
    """What some work gives; nothing where it takes longer. It is then left to itself, and ends with its process.

    Args:
        limit_s: Seconds; None: as long as it takes.
        work: What is done.
    """
    if limit_s is None:
        return work()
    done: Future[bytes] = Future()

    def do() -> None:
        began = time.monotonic()
        try:
            given = work()
            done.set_result(given if time.monotonic() - began <= limit_s else b"")
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=do, daemon=True).start()
    finished, _ = wait([done], timeout=limit_s)
    return done.result() if finished else b""


def _run(ground: RunGround, option: str, scenario: Drawn) -> bytes:
    doing = ground.doings[option]
    left = still_standing(ground.places, doing, scenario)
    shut_besides = [way for at in sorted(scenario.shut) for way in ground.may_shut[at]]
    lanes = [place for place, (_, lane) in zip(ground.places, left, strict=True) if lane]
    helpless = [Closure(way=way, shuts=_HELP) for way in (*(way for one in lanes for way in one.ways), *shut_besides)]
    access = ground.access((*ground.standing, *helpless, *doing.barriers))
    full = [place for place, (count, _) in zip(ground.places, left, strict=True) if count]
    carless = [Closure(way=way, shuts=_OTHERS) for way in (*(way for one in full for way in one.ways), *shut_besides)]
    traffic = ground.traffic((*ground.standing, *carless, *doing.barriers), scenario.demand)
    found = Run(
        run=f"{option}:{scenario.number}",
        option=option,
        scenario=scenario.number,
        late=access.addresses - access.in_standard,
        lost=access.lost,
        vehicles_left=sum(count for count, _ in left),
        hours_lost=traffic[0] if traffic else None,
        trips_cut_off=traffic[1] if traffic else None,
    )
    return found.model_dump_json().encode()
