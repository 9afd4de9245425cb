"""A user's own trip table as a source of trips: the same at every hour; its draws say what more or fewer trips would do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.problem import TripTable
    from clearway.planning.traffic.demand.roads import StreetProblem

MORE_OR_FEWER = 0.1
"""How far the draws go below and above the table, as a share."""

DAY_TO_DAY = 0.1
"""Standard deviation of the logarithm of each pair's own noise in a draw."""


class OwnTrips:
    """One trip table of the user's own.

    A table from outside says nothing of its own error. The draws multiply it by factors from nine to eleven tenths, in even
    steps, and each pair by noise, as days differ: how the answer changes with the trips, not how wrong the table is.

    Args:
        streets: The streets and zones that it is of.
        table: The trips of the hour.
    """

    def __init__(self, streets: StreetProblem, table: TripTable) -> None:
        self._streets, self._table = streets, table

    @property
    def streets(self) -> StreetProblem:
        """The streets and zones that the table is of."""
        return self._streets

    def trips(self, hour: int) -> TripTable:  # noqa: ARG002 - the hour is the table's own
        """The table."""
        return self._table

    def draws(self, hour: int, count: int) -> Sequence[TripTable]:
        """The table with more trips and fewer, the same ones whenever asked."""
        table, noise = self.trips(hour), np.random.default_rng(1)
        return [
            replace(table, trips=table.trips * factor * noise.lognormal(0.0, DAY_TO_DAY, table.trips.shape))
            for factor in np.linspace(1 - MORE_OR_FEWER, 1 + MORE_OR_FEWER, count)
        ]
