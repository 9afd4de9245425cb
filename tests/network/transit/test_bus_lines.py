import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.model import Network
from clearway.network.transit.bus_lines import BusLine, lines_of_feed, lines_of_paths, read_lines, write_lines
from clearway.network.transit.bus_network import driven_paths
from small_timetables import Bus, at, timetable_of


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


def lines(network: Network, *buses: Bus) -> tuple[BusLine, ...]:
    timetable = timetable_of(*buses)
    return lines_of_paths(timetable, driven_paths(network, timetable))


def test_a_line_drives_its_arcs_in_order_and_direction(town: Network) -> None:
    there, back = lines(town, Bus([(0, 3), (900, 3)], 12, towards="Town"), Bus([(900, -3), (0, -3)], direction="1"))
    assert there.arcs.tolist() == [0, 2, 4]
    assert back.arcs.tolist() == [5, 3, 1]
    assert (there.route, there.towards, there.trips_per_day) == ("1", "Town", 12)


def test_a_path_that_is_drawn_off_the_streets_breaks_the_line_and_bends_it_onto_none(town: Network) -> None:
    (line,) = lines(town, Bus([(0, 0), (300, 0), (300, 60), (400, 140), (500, 140), (600, 0), (900, 0)]))
    assert line.arcs.tolist() == [0, 4]


def test_a_turn_into_another_street_is_followed(town: Network) -> None:
    (line,) = lines(town, Bus([(0, 0), (300, 0), (300, 200)]))
    assert line.arcs.tolist() == [0, 8]


def test_a_route_that_is_elsewhere_is_left_out(town: Network) -> None:
    assert lines(town, Bus([(9e6, 9e6), (9e6, 9.1e6)])) == ()


def test_each_direction_of_a_route_is_known_by_its_commonest_path_and_one_that_is_drawn(town: Network) -> None:
    main, side = [(0, 0), (900, 0)], [(0, 0), (300, 0), (300, 200)]
    found = lines(
        town,
        *(Bus(main, 2, "a", "0", "Town"), Bus(side, 1, "a", "0", "Depot"), Bus(main[::-1], 1, "a", "1", "Home")),
        *(Bus(side, 1, "b"), Bus(None, 9, "b", stops=main)),
        Bus(None, 3, "c", stops=main),
    )
    assert [(line.route, line.towards, line.trips_per_day, line.arcs.tolist()) for line in found] == [
        ("a", "Town", 3, [0, 2, 4]),
        ("a", "Home", 1, [5, 3, 1]),
        ("b", "", 10, [0, 8]),
        ("c", "", 3, [0, 2, 4]),
    ]


def test_a_file_of_lines_reads_back_as_it_was_written(town: Network) -> None:
    written = (BusLine("1", "Town, by Main Street", 12, np.array([0, 2, 4])), BusLine("1", "", 11, np.array([5, 3, 1])))
    text = write_lines(town, written)
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


def test_a_feed_of_another_city_is_refused(tmp_path: Path, town: Network) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("routes.txt", "route_id,route_short_name,route_type\na,12,3\n")
        file.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nx,X,50.0,10.0\ny,Y,50.0,10.1\n")
        file.writestr("trips.txt", "route_id,service_id,trip_id\na,w,1\n")
        file.writestr("stop_times.txt", "trip_id,departure_time,stop_id,stop_sequence\n1,08:00:00,x,1\n1,08:10:00,y,2\n")
    with pytest.raises(BadFile, match="has no bus that drives on the network"):
        lines_of_feed(town, path)
