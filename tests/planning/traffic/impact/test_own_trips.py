from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.traffic.impact.own_trips import OwnTrips

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource


def test_the_table_is_the_same_at_every_hour_and_its_draws_lie_around_it(bridge_trips: TripSource) -> None:
    table = bridge_trips.trips(8)
    source = OwnTrips(bridge_trips.streets, table)
    assert source.trips(3) is source.trips(17) is table
    totals = np.array([draw.total for draw in source.draws(8, 21)])
    assert 0.8 * table.total < totals[0] < table.total < totals[-1] < 1.2 * table.total
    assert abs(np.median(totals) / table.total - 1) < 0.05


def test_the_same_draws_come_whenever_asked(bridge_trips: TripSource) -> None:
    source = OwnTrips(bridge_trips.streets, bridge_trips.trips(8))
    for one, again in zip(source.draws(8, 4), source.draws(9, 4), strict=True):
        np.testing.assert_array_equal(one.trips, again.trips)
    assert source.draws(8, 0) == []
