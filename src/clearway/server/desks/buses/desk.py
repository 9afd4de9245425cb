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
from clearway.server.desks.plan.shut import shut_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from clearway.network.transit.timetable import Window
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.buses.rerouting import BusModel
    from clearway.server.desks.buses.models import BusQuestion
    from clearway.server.networks import ServedNetwork

_CACHED_DAYS = 3
_CACHED_ANSWERS = 16


class BusDesk:
    """Answers about the buses of one network; the last days and answers are cached.

    Args:
        served: The network, with the timetable of its buses where the server knows one.
    """

    def __init__(self, served: ServedNetwork) -> None:
        self._served, self._timetable = served, served.sources.timetable
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

    def day(self, tell: Tell) -> BusModel | None:
        """The buses of the busiest day; None where the server knows no timetable.

        Raises:
            BadFile: the timetable cannot be used.
            Stopped: somebody cancelled.
        """
        timetable = self._timetable
        if timetable is None:
            return None
        with self._reading:
            return self._days.of((None, ()), lambda: self._read(timetable, None, (), tell))

    def _made(self, timetable: Path, question: BusQuestion, tell: Tell) -> BusAnswer:
        shut = shut_by(self._served, question, tell)
        during = () if question.day else tuple((one.starts, one.ends) for one in shut.closures if one.holds("bus"))
        with self._reading:
            model = self._days.of((question.day, during), lambda: self._read(timetable, question.day, during, tell))
        tell("Finding detours", 0.8)
        began = time.perf_counter()
        found = model.changes(shut.closures)
        found = found.model_copy(update={"warnings": (*shut.unplaced_sentences(), *found.warnings)})
        return BusAnswer(changes=found, elapsed_ms=round((time.perf_counter() - began) * 1000))

    def _read(self, timetable: Path, day: date | None, during: Sequence[Window], tell: Tell) -> BusModel:
        from clearway.network.transit.bus_network import bus_network  # noqa: PLC0415
        from clearway.network.transit.timetable import read_timetable  # noqa: PLC0415
        from clearway.planning.plan.buses.rerouting import BusModel  # noqa: PLC0415

        tell("Reading the timetable", 0.1)
        trips = read_timetable(timetable, day, during)
        tell("Putting the buses on the streets", 0.3)
        return BusModel(bus_network(self._served.network, trips))
