"""The impact model: what any set of closures does to one city, asked again and again.

The trips without closures are assigned once for each hour, and once for each draw of the ensemble; every question then starts
from there, so that an answer takes a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from clearway.planning.access.planner.services import WITHIN_S
from clearway.planning.traffic.impact.answer import Evaluated, lost_of, streets_of, totals_of, ways_of, zones_of
from clearway.planning.traffic.impact.arc_traffic import arc_traffic
from clearway.planning.traffic.impact.assigner import GAP, Assigner, watching
from clearway.planning.traffic.impact.bus_minutes import BusModel
from clearway.planning.traffic.impact.change import open_arcs, unpacked
from clearway.planning.traffic.impact.contract import Impact
from clearway.planning.traffic.impact.help_minutes import HelpModel
from clearway.planning.traffic.impact.running import closures_key, run_all
from clearway.planning.traffic.impact.sureness import how_sure
from clearway.planning.traffic.impact.words import impact_sentence, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.assignment.problem import TripTable
    from clearway.network.closures import Closure
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.impact.change import Change
    from clearway.planning.traffic.impact.running import Place, RunFile

    Tell = Callable[[str, float], None]

DEFAULT_HOUR = 8
"""The busiest hour of a weekday's morning."""
DEFAULT_DRAWS = 20
"""Each stands for 5 percent: the range from 5 to 95 percent leaves out one at either end."""
_MAIN_SHARE = 0.2
"""Of the progress bar, for the demand itself; the draws have the rest."""


class TripSource(Protocol):
    """Where the trips of a city come from."""

    @property
    def streets(self) -> StreetProblem:
        """The streets and zones that its tables are of."""

    def trips(self, hour: int) -> TripTable:
        """The trips of the hour that begins at a full hour, 0 to 23."""

    def draws(self, hour: int, count: int) -> Sequence[TripTable]:
        """Other tables that are as likely, the same ones whenever asked; fewer than asked for where there are no more."""


class ImpactModel:
    """Answers what closures do to one city. Safe for several threads.

    Args:
        source: The trips and the streets.
        stations: Where emergency vehicles start; without any, nothing is said of them.
        bus_lines: The bus lines; without any, nothing is said of buses.
        gap: Relative gap of every assignment.
        within_s: Seconds within which help should come.
    """

    def __init__(
        self,
        source: TripSource,
        *,
        stations: Sequence[Station] = (),
        bus_lines: Sequence[BusLine] = (),
        gap: float = GAP,
        within_s: float = WITHIN_S,
    ) -> None:
        self._source = source
        self.assigner = Assigner(source.streets, gap=gap)
        network = source.streets.network
        self.network = network
        self.help = HelpModel(network, stations, within_s=within_s) if stations else None
        self.buses = BusModel(network, bus_lines) if bus_lines else None

    def trips(self, hour: int) -> TripTable:
        """The trips of an hour."""
        return self._source.trips(hour)

    def draws(self, hour: int, count: int) -> tuple[TripTable, ...]:
        """Other trips of an hour that are as likely; fewer than asked for where there are no more."""
        return tuple(self._source.draws(hour, count))

    def impact(
        self,
        closures: Sequence[Closure],
        *,
        name: str = "These closures",
        hour: int = DEFAULT_HOUR,
        draws: int = DEFAULT_DRAWS,
        tell: Tell = lambda _doing, _share: None,
        place: Place | None = None,
        kept: RunFile | None = None,
    ) -> Impact:
        """What some closures do.

        Args:
            closures: What is shut, and to whom.
            name: What the plan is called.
            hour: The hour that is assigned, 0 to 23.
            draws: How many draws of the demand to assign beside the main one; 0 for none, and then no range.
            tell: Called with what is being done and the share that is done; what it raises stops the work.
            place: Where the draws are assigned; threads of this process where absent.
            kept: Where their figures are kept, so that a stopped run goes on.

        Raises:
            BadTraffic: the trips cannot be assigned.
            Unavailable: the cluster that was named does not answer.
        """
        listed = tuple(closures)
        main = self._main(listed, hour, lambda doing, share: tell(doing, share * (_MAIN_SHARE if draws else 1.0)))
        drawn = self._drawn(listed, (hour, draws), tell, place, kept) if draws else ()
        return self._answer(name, listed, main, drawn, hour)

    def _main(self, closures: Sequence[Closure], hour: int, tell: Tell) -> Evaluated:
        tell("Assigning the trips to the streets as they are", 0.0)
        trips = self._source.trips(hour)
        before = self.assigner.without_closures(trips, watching(tell, "Assigning the trips to the streets as they are", 0.0))
        after = self.assigner.with_closures(trips, closures, watching(tell, "Assigning them under the closures", 0.5))
        return Evaluated(
            before=before.solution,
            after=after.solution,
            before_arcs=arc_traffic(self.assigner.streets, before.solution),
            after_arcs=arc_traffic(self.assigner.streets, after.solution),
            change=self.assigner.between(before, after),
            draws=(),
            shut=self._shut_ways(closures),
            open_arcs=open_arcs(self.assigner.streets, after.solution),
        )

    def _shut_ways(self, closures: Sequence[Closure]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """(W,) ways that are shut to a class that is assigned."""
        classes = self.assigner.streets.problem.class_names
        shut = np.zeros(self.network.way_count, np.bool_)
        shut[[closure.way for closure in closures if any(closure.holds(name) for name in classes)]] = True
        return shut

    def _drawn(
        self,
        closures: Sequence[Closure],
        asked: tuple[int, int],
        tell: Tell,
        place: Place | None,
        kept: RunFile | None,
    ) -> tuple[Change, ...]:
        """What changes in each draw."""
        tables = self.draws(*asked)

        def told(done: int, count: int) -> None:
            tell(f"Draw {min(done + 1, count)} of {count}", _MAIN_SHARE + (1 - _MAIN_SHARE) * done / max(count, 1))

        key = f"{closures_key(closures)}, {asked[0]}:00, draw"
        tasks = {f"{key} {number + 1} of {len(tables)}": number for number in range(len(tables))}
        found = run_all(draw_change, (self.assigner, tables, tuple(closures)), tasks, place=place, kept=kept, tell=told)
        return tuple(unpacked(content) for content in found.values())

    def _answer(self, name: str, closures: Sequence[Closure], main: Evaluated, draws: tuple[Change, ...], hour: int) -> Impact:
        weighed = Evaluated(**{**vars(main), "draws": draws})
        names, zones = self.assigner.names, self.assigner.streets.zones
        worst, relieved = streets_of(weighed, names)
        delays = weighed.before_arcs.delay_s, weighed.after_arcs.delay_s
        totals = totals_of(weighed)
        return Impact(
            name=name,
            sentence=impact_sentence(name, totals, worst, hour),
            statement=weighed.before.trips.statement,
            how_sure=how_sure(weighed.change, draws, worst, gaps=(weighed.before.gap, weighed.after.gap)),
            totals=totals,
            lost=lost_of(weighed.before, weighed.after),
            streets=worst,
            relieved=relieved,
            ways=ways_of(weighed),
            zones=zones_of(weighed, zones.suburb or zones.names),
            buses=self.buses.impacts(closures, *delays) if self.buses else None,
            emergency=self.help.impacts(closures, *delays) if self.help else None,
            notes=notes_of(weighed, has_buses=self.buses is not None, has_stations=self.help is not None),
        )


def draw_change(shared: tuple[Assigner, tuple[TripTable, ...], tuple[Closure, ...]], number: int) -> bytes:
    """What the closures change in one draw, packed."""
    assigner, tables, closures = shared
    return assigner.change(tables[number], closures).packed()
