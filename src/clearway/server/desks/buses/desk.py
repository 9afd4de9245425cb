"""What the server answers about buses: how they drive under the page's plan. The timetable is read when first asked.

The modules of buses are imported then too, for they take a moment that nobody should wait for who only wants a cordon.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.errors import BadInput
from clearway.server.desks.buses.models import BusAnswer
from clearway.server.desks.plan.desk import planner_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from clearway.planning.plan.buses.rerouting import BusModel
    from clearway.server.desks.buses.models import BusQuestion
    from clearway.server.networks import ServedNetwork

    Tell = Callable[[str, float], None]

_CACHED_DAYS = 3
_CACHED_ANSWERS = 16


class BusDesk:
    """Answers about the buses of one network; the last days and answers are cached.

    Args:
        served: The network, with the timetable of its buses where the server knows one.
    """

    def __init__(self, served: ServedNetwork) -> None:
        self._network, self._timetable = served.network, served.sources.timetable
        self._planner = served.desk(planner_of)
        self._days: Cache[BusModel] = Cache(_CACHED_DAYS)
        self._answers: Cache[BusAnswer] = Cache(_CACHED_ANSWERS)
        self._reading = Lock()

    def changes(self, question: BusQuestion, tell: Tell) -> BusAnswer:
        """What a plan does to the buses of a day.

        Raises:
            BadInput: the server knows no timetable.
            ClearwayError: the plan has no answer, or the timetable cannot be used.
            Stopped: somebody cancelled.
        """
        timetable = self._timetable
        if timetable is None:
            raise BadInput("The server knows no timetable of buses. Start it again with --gtfs FEED.zip.")
        return self._answers.of(question.model_dump_json(), lambda: self._made(timetable, question, tell))

    def _made(self, timetable: Path, question: BusQuestion, tell: Tell) -> BusAnswer:
        tell("Applying the plan to the streets", 0.0)
        alone = question.plan.model_copy(update={"frontier": False, "alternatives": 0})
        _, closures = self._planner.planned(alone, lambda doing, _share: tell(doing, 0.0))
        with self._reading:
            model = self._days.of(str(question.day), lambda: self._read(timetable, question.day, tell))
        tell("Finding detours", 0.8)
        began = time.perf_counter()
        found = model.changes(closures)
        return BusAnswer(changes=found, elapsed_ms=round((time.perf_counter() - began) * 1000))

    def _read(self, timetable: Path, day: date | None, tell: Tell) -> BusModel:
        from clearway.network.transit.bus_network import bus_network  # noqa: PLC0415
        from clearway.network.transit.timetable import read_timetable  # noqa: PLC0415
        from clearway.planning.plan.buses.rerouting import BusModel  # noqa: PLC0415

        tell("Reading the timetable", 0.1)
        trips = read_timetable(timetable, day)
        tell("Putting the buses on the streets", 0.3)
        return BusModel(bus_network(self._network, trips))
