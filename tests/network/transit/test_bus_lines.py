import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.model import Network
from clearway.network.transit.bus_lines import BusLine, lines_of_feed, matched_lines, read_lines, write_lines
from clearway.network.transit.gtfs import BusRoute, read_bus_routes

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


@pytest.fixture
def town() -> Network:
    """Main Street in three pieces of one source id, 0 to 900 m, the middle one 30 m long; Side Street crosses at 300."""
    draft = NetworkDraft("Town", coverage=(174.0, -42.0, 175.0, -41.0))
    ends = [draft.junction(*at(x, 0)) for x in (0, 300, 330, 900)]
    south, north = draft.junction(*at(300, -200)), draft.junction(*at(300, 200))
    for first, second in pairwise(ends):
        draft.way(first, second, name="Main Street", source=7)
    draft.way(south, ends[1], name="Side Street", source=8)
    draft.way(ends[1], north, name="Side Street", source=9)
    return draft.finish()


def route(*points: tuple[float, float]) -> BusRoute:
    return BusRoute("1", "Town", 12, np.array([at(*point) for point in points]))


def test_a_line_drives_its_arcs_in_order_and_direction(town: Network) -> None:
    (there,) = matched_lines(town, [route((0, 3), (900, 3))])
    (back,) = matched_lines(town, [route((900, -3), (0, -3))])
    assert there.arcs.tolist() == [0, 2, 4]
    assert back.arcs.tolist() == [5, 3, 1]
    assert (there.route, there.towards, there.trips_per_day) == ("1", "Town", 12)


def test_a_gap_in_the_drawing_is_filled_by_the_way_a_bus_may_drive(town: Network) -> None:
    (line,) = matched_lines(town, [route((0, 0), (290, 0), (290, 60), (345, 60), (345, 0), (900, 0))])
    assert line.arcs.tolist() == [0, 2, 4]


def test_a_turn_into_another_street_is_followed(town: Network) -> None:
    (line,) = matched_lines(town, [route((0, 0), (300, 0), (300, 200))])
    assert line.arcs.tolist() == [0, 8]


def test_a_route_that_is_elsewhere_is_left_out(town: Network) -> None:
    assert matched_lines(town, [BusRoute("9", "", 1, np.array([(10.0, 50.0), (10.1, 50.0)]))]) == ()


def test_a_file_of_lines_reads_back_as_it_was_written(town: Network) -> None:
    lines = (BusLine("1", "Town, by Main Street", 12, np.array([0, 2, 4])), BusLine("1", "", 11, np.array([5, 3, 1])))
    text = write_lines(town, lines)
    assert text.splitlines()[1] == '1,"Town, by Main Street",12,7+ 7.1+ 7.2+'
    again = read_lines(town, text)
    assert [line.arcs.tolist() for line in again] == [[0, 2, 4], [5, 3, 1]]
    assert [line.towards for line in again] == ["Town, by Main Street", ""]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("route,towards\n1,x\n", "trips_per_day"),
        ("route,towards,trips_per_day,arcs\n1,x,many,7+\n", "many"),
        ("route,towards,trips_per_day,arcs\n1,x,3,7\n", "'7' is not an arc"),
        ("route,towards,trips_per_day,arcs\n1,x,3,99+\n", "no street of the network"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(town: Network, text: str, problem: str) -> None:
    with pytest.raises(BadFile, match=problem):
        read_lines(town, text)


def feed(path: Path, points: str) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("routes.txt", "route_id,route_short_name,route_type\na,12,3\nb,WRL,2\n")
        file.writestr(
            "trips.txt",
            "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\n"
            "a,w,1,Town,0,s\na,w,2,Town,0,s\na,w,3,Depot,0,u\na,w,4,Home,1,\nb,w,5,Masterton,0,s\n",
        )
        file.writestr("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n" + points)
    return path


def test_each_direction_of_a_route_is_known_by_its_commonest_path(tmp_path: Path) -> None:
    path = feed(tmp_path / "feed.zip", "s,-41.28,174.77,1\ns,-41.28,174.78,2\nu,-41.28,174.77,1\nu,-41.27,174.77,2\n")
    (only,) = read_bus_routes(path)
    assert (only.route, only.towards, only.trips, only.points.shape) == ("12", "Town", 3, (2, 2))


def test_a_feed_of_another_city_is_refused(tmp_path: Path, town: Network) -> None:
    with pytest.raises(BadFile, match="draws no bus path within the network"):
        lines_of_feed(town, feed(tmp_path / "feed.zip", "s,50.0,10.0,1\ns,50.0,10.1,2\n"))
