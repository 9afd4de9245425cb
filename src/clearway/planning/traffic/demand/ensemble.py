"""A range of demands instead of one: the assumptions varied together, so that an answer can be judged by how it varies.

The draws fill a Latin hypercube (M. McKay, R. Beckman and W. Conover, Technometrics 21, 1979): each assumption is cut into as
many strata as there are draws, and each stratum is drawn from once, so that few draws cover the range. Beside, each zone's
homes and visits are multiplied by noise of its own, for what is known least is how much goes on where. The same seed gives
the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.ends import balanced
from clearway.planning.traffic.demand.synthetic import hour_demand
from clearway.planning.traffic.demand.town import day_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.problem import TripTable
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.demand.synthetic import SyntheticDemand
    from clearway.planning.traffic.demand.town import Town

DRAWS = 20
"""Each stands for 5 percent: the range from 5 to 95 percent leaves out one at either end."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """How far the assumptions may be off: each a least and a greatest factor, uniform between.

    Attributes:
        total: Of the trips of the people who live in the town.
        external: Of the traffic over the map's edge.
        mean_minutes: Of the mean trip, and by it of beta.
        peak: Of the hour's share of the day.
        zone_noise: Standard deviation of the logarithm of each zone's noise; 0.3 makes most zones right within a third.
    """

    total: tuple[float, float] = (0.75, 1.25)
    external: tuple[float, float] = (0.75, 1.25)
    mean_minutes: tuple[float, float] = (0.8, 1.25)
    peak: tuple[float, float] = (0.85, 1.15)
    zone_noise: float = 0.3


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: its number from 1, and the factors that it multiplies the assumptions by."""

    number: int
    total: float
    external: float
    mean_minutes: float
    peak: float


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Demands that are all possible.

    Attributes:
        draws: What was drawn.
        tables: A trip table for each draw.
    """

    draws: tuple[Draw, ...]
    tables: tuple[TripTable, ...]


def demand_ensemble(
    demand: SyntheticDemand,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    ranges: Ranges | None = None,
    fitted: TripTable | None = None,
) -> Ensemble:
    """Demands around one that was made.

    Args:
        demand: The one in the middle.
        draws: How many, at least 1.
        seed: The same gives the same draws, on any machine.
        ranges: How far the assumptions may be off; the usual where absent.
        fitted: The demand fitted to counts: each draw is corrected, pair by pair, by as much as the one in the middle was.

    Raises:
        BadTraffic: no draws are asked for, or a range is none.
    """
    drawn = town_ensemble(demand.town, draws=draws, seed=seed, ranges=ranges)
    correction = correction_of(demand.trips, fitted) if fitted is not None else 1.0
    tables = []
    for draw, town in drawn:
        table = hour_demand(town, demand.hour.hour, peak=draw.peak).trips
        statement = (
            f"Draw {draw.number} of an ensemble around this demand: {demand.statement if fitted is None else fitted.statement}"
        )
        tables.append(replace(table, trips=table.trips * correction, statement=statement))
    return Ensemble(tuple(draw for draw, _ in drawn), tuple(tables))


def town_ensemble(
    town: Town, *, draws: int = DRAWS, seed: int = 1, ranges: Ranges | None = None
) -> tuple[tuple[Draw, Town], ...]:
    """Towns around one, from which the demand of any hour is made in a moment; arguments as for :func:`demand_ensemble`."""
    around = ranges or Ranges()
    if draws < 1:
        raise BadTraffic(f"An ensemble needs at least 1 draw, usually {DRAWS}; {draws} were asked for.")
    drawn = _draws(draws, seed, around)
    noise = np.random.default_rng(seed).normal(0.0, around.zone_noise, (draws, 2, town.streets.zones.count))
    return tuple((draw, _varied(town, draw, np.exp(noise[draw.number - 1]))) for draw in drawn)


class SyntheticSource:
    """Trips of a town by the hour, and draws of an ensemble around them, each made once. Safe for several threads.

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


def correction_of(first: TripTable, fitted: TripTable) -> Floats:
    """(K, Z, Z) by how much counts corrected each pair of a table; 1 where it had no trips.

    Raises:
        BadTraffic: the two are of different zones or classes.
    """
    if fitted.trips.shape != first.trips.shape:
        raise BadTraffic("The fitted table has other zones or classes than the demand. Fit this demand's own table.")
    return np.divide(fitted.trips, first.trips, out=np.ones_like(first.trips), where=first.trips > 0)


def _draws(count: int, seed: int, ranges: Ranges) -> tuple[Draw, ...]:
    spans = np.array((ranges.total, ranges.external, ranges.mean_minutes, ranges.peak))
    if not (
        np.isfinite(spans).all() and (spans[:, 0] > 0).all() and (spans[:, 0] <= spans[:, 1]).all() and ranges.zone_noise >= 0
    ):
        raise BadTraffic("A range runs from a factor above 0 to the same or a larger factor, and noise is 0 or more.")
    from scipy.stats import qmc  # noqa: PLC0415 - takes a second to load, and only an ensemble needs it

    cube = qmc.LatinHypercube(d=len(spans), rng=np.random.default_rng(seed)).random(count)
    factors = spans[:, 0] + cube * (spans[:, 1] - spans[:, 0])
    return tuple(Draw(number, *row) for number, row in enumerate(factors.tolist(), start=1))


def _varied(town: Town, draw: Draw, noise: Floats) -> Town:
    """A town with one draw's factors, and the noise of its zones: (2, Z), on homes and on visits."""
    external, ends, taken = town.streets.zones.external, town.ends, town.assumptions
    home = ends.home * np.where(external, draw.external, draw.total * noise[0])
    beyond = np.where(external, ends.activity * draw.external, 0.0)
    varied = balanced(home, beyond, np.where(external, 0.0, ends.activity * noise[1]))
    assumed = replace(
        taken,
        trips_a_person=taken.trips_a_person * draw.total,
        mean_minutes=(town.model.mean_time or taken.mean_minutes) * draw.mean_minutes,
        external_factor=taken.external_factor * draw.external,
    )
    model, between = day_tables(town.streets.zones, varied, town.pairs, assumptions=assumed)
    return replace(town, ends=varied, assumptions=assumed, model=model, between=between)
