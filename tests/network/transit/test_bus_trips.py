import zipfile
from pathlib import Path

import numpy as np
import pytest

from clearway.demo.wellington import wellington_timetable
from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.model import Network
from clearway.network.transit.bus_trips import match_shapes, with_bus_trips
from clearway.network.transit.gtfs import BusShape

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
ONE_WAY = (class_mask(["bus", "general"]), 0)


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


@pytest.fixture
def town() -> Network:
    """Two carriageways 20 m apart, a street that crosses both, and a path beside the southern one."""
    draft = NetworkDraft("Town", coverage=(174.0, -42.0, 175.0, -41.0))
    west, east, back_east, back_west = (draft.junction(*at(x, y)) for x, y in ((0, 0), (400, 0), (400, 20), (0, 20)))
    south, north = draft.junction(*at(200, -200)), draft.junction(*at(200, 220))
    path_a, path_b = draft.junction(*at(0, -4)), draft.junction(*at(400, -4))
    draft.way(west, east, name="Eastward", permit=ONE_WAY)
    draft.way(back_east, back_west, name="Westward", permit=ONE_WAY)
    draft.way(south, north, name="Cross")
    draft.way(path_a, path_b, street_class="footway", name="Path")
    return draft.finish()


def shape(*points: tuple[float, float], trips: int = 7) -> BusShape:
    return BusShape("s", np.array([at(*point) for point in points]), trips)


def test_a_path_stays_on_its_own_carriageway_and_off_the_street_it_crosses(town: Network) -> None:
    match = match_shapes(town, [shape((0, 8), (400, 8))])
    assert match.way_trips.tolist() == [7, 0, 0, 0]
    assert match.matched_m == match.inside_m == pytest.approx(400, abs=5)
    assert match_shapes(town, [shape((400, 8), (0, 8))]).way_trips.tolist() == [0, 7, 0, 0]


def test_both_directions_of_a_street_add_up(town: Network) -> None:
    match = match_shapes(town, [shape((203, -200), (203, 220), trips=3), shape((203, 220), (203, -200), trips=4)])
    assert match.way_trips.tolist() == [0, 0, 7, 0]


def test_a_path_that_leaves_a_street_at_once_does_not_count_on_it(town: Network) -> None:
    match = match_shapes(town, [shape((0, 0), (100, 0), (100, -150))])
    assert match.way_trips.tolist() == [0, 0, 0, 0]
    assert 0 < match.matched_m < match.inside_m


def test_what_lies_outside_the_network_s_coverage_is_not_held_against_the_match(town: Network) -> None:
    match = match_shapes(town, [shape((0, 0), (400, 0)), BusShape("far", np.array([(10.0, 50.0), (10.01, 50.0)]), 2)])
    assert match.matched_m == match.inside_m


def test_no_path_no_trip(town: Network) -> None:
    match = match_shapes(town, [])
    assert (match.way_trips.sum(), match.inside_m) == (0, 0)


def test_the_timetable_of_another_city_is_refused(town: Network, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "far.zip", "w") as file:
        file.writestr("routes.txt", "route_id,route_type\nr,3\n")
        file.writestr("trips.txt", "route_id,service_id,trip_id,shape_id\nr,s,t,p\n")
        file.writestr("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\np,50,10,1\np,50,10.1,2\n")
    with pytest.raises(BadFile, match="draws no bus path within the network"):
        with_bus_trips(town, tmp_path / "far.zip")


@pytest.mark.slow
def test_wellington_s_golden_mile_carries_the_buses_and_most_of_their_paths_are_found(wellington: Network) -> None:
    network = with_bus_trips(wellington, wellington_timetable())
    found = network.report["bus_trips"]
    assert found["day"] == "2020-02-20"
    assert found["matched_share"] > 0.95
    busiest = {network.street(way) for way in np.argsort(network.way_bus_trips)[-8:].tolist()}
    assert busiest <= {"Willis St", "Lambton Quay", "Manners St"}
    foot_only = network.arc_permit[0::2] | network.arc_permit[1::2]
    assert not network.way_bus_trips[foot_only & class_mask(["bus"]) == 0].any()
    assert wellington.way_bus_trips.sum() == 0
