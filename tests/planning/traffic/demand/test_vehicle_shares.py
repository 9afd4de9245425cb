from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import TripTable
from clearway.planning.traffic.demand.vehicle_shares import shared, units_a_vehicle, with_residents
from clearway.planning.traffic.demand.zones import make_zones

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network


def test_all_drive_as_general_traffic_where_no_other_class_is_named() -> None:
    assert shared(np.array([[100.0]]), ("general",)).tolist() == [[[pytest.approx(105.0)]]]


def test_trades_drive_as_their_own_class_where_it_is_named() -> None:
    assert shared(np.array([[100.0]]), ("general", "service")).ravel() == pytest.approx([90.0, 15.0])


def test_the_average_vehicle_is_what_its_shares_make_it(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("class,share,pcu,otherwise\ngeneral,0.5,1,\nservice,0.5,2,general\n")
    assert units_a_vehicle(table=path) == 1.5
    assert shared(np.array([[100.0]]), ("general",), table=path).tolist() == [[[150.0]]]


def test_shares_that_are_no_parts_of_one_and_classes_without_a_row_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("class,share,pcu,otherwise\ngeneral,0.5,1,\n")
    with pytest.raises(BadTraffic, match=r"add up to 0\.5"):
        shared(np.ones((1, 1)), ("general",), table=path)
    with pytest.raises(BadTraffic, match="no row for the class 'foot'"):
        shared(np.ones((1, 1)), ("foot",))


def test_residents_drive_the_trips_that_touch_their_suburb(town: Network) -> None:
    zones = make_zones(town, zone_count=3, most_external=0)
    trips = np.zeros((2, 3, 3))
    trips[0] = np.arange(9).reshape(3, 3)
    table = TripTable(trips, zones.names, ("general", "resident"), "told")
    moved = with_residents(table, zones, [zones.names[1]])
    assert moved.trips[1].tolist() == [[0, 1, 0], [3, 4, 5], [0, 7, 0]]
    assert moved.trips.sum(axis=0).tolist() == trips[0].tolist()
    assert moved.statement == "told"
    with pytest.raises(BadTraffic, match="no zone or suburb 'Nowhere'"):
        with_residents(table, zones, ["Nowhere"])
    with pytest.raises(BadTraffic, match="needs the classes general and resident"):
        with_residents(TripTable(trips[:1], zones.names), zones, [zones.names[1]])
