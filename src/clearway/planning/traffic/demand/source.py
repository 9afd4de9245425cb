"""The synthetic demand of a town for whoever asks by the hour: made once, kept, and the same whenever asked."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from clearway.planning.traffic.demand.ensemble import correction_of, town_ensemble
from clearway.planning.traffic.demand.synthetic import hour_demand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.problem import TripTable
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.ensemble import Draw, Ranges
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.demand.synthetic import Town


class SyntheticSource:
    """Trips of a town by the hour, and draws of an ensemble around them. Safe for several threads.

    Args:
        town: What the demands are made from.
        fitted: Tables of single hours that were fitted to counts; they stand for the synthetic ones, and the draws of these
            hours are corrected by as much.
        seed: Of the draws.
        ranges: How far the assumptions may be off; the usual where absent.
    """

    def __init__(
        self, town: Town, *, fitted: dict[int, TripTable] | None = None, seed: int = 1, ranges: Ranges | None = None
    ) -> None:
        self.town = town
        self._fitted, self._seed, self._ranges = fitted or {}, seed, ranges
        self._towns: dict[int, tuple[tuple[Draw, Town], ...]] = {}
        self._lock = Lock()

    @property
    def streets(self) -> StreetProblem:
        """The streets and zones that the tables are of."""
        return self.town.streets

    def trips(self, hour: int) -> TripTable:
        """The trips of the hour that begins at a full hour, 0 to 23."""
        return self._fitted.get(hour) or hour_demand(self.town, hour).trips

    def draws(self, hour: int, count: int) -> Sequence[TripTable]:
        """Other tables that may as well be true."""
        if count < 1:
            return ()
        with self._lock:
            if count not in self._towns:
                self._towns[count] = town_ensemble(self.town, draws=count, seed=self._seed, ranges=self._ranges)
        main = self.trips(hour)
        correction: Floats | float = 1.0
        if hour in self._fitted:
            correction = correction_of(hour_demand(self.town, hour).trips, main)
        tables = [(draw, hour_demand(town, hour, peak=draw.peak).trips) for draw, town in self._towns[count]]
        return [
            replace(table, trips=table.trips * correction, statement=f"Draw {draw.number} around this demand: {main.statement}")
            for draw, table in tables
        ]
