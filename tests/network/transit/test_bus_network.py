"""A timetable on the streets: paths assumed where none is drawn, paths drawn backwards, trips elsewhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clearway.network.build import NetworkDraft
from clearway.network.transit.bus_network import BusNetwork, bus_network
from small_timetables import Bus, at, timetable_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network


@pytest.fixture
def town() -> Network:
    """Main Street west to east at 0 m, Back Street at 100 m, joined every 200 m."""
    draft = NetworkDraft("Town")
    rows = [[draft.junction(*at(x, y)) for x in (0, 200, 400, 600)] for y in (0, 100)]
    for row in rows:
        for first, second in pairwise(row):
            draft.way(first, second)
    for first, second in zip(*rows, strict=True):
        draft.way(first, second)
    return draft.finish()


def buses(network: Network, stops: Sequence[tuple[float, float]], drawn: Sequence[tuple[float, float]] | None) -> BusNetwork:
    return bus_network(network, timetable_of(Bus(drawn, stops=stops)))


def test_trips_without_a_drawn_path_drive_the_quickest_way_along_the_kerbs_of_their_stops(town: Network) -> None:
    found = buses(town, [(50, 5), (350, 5), (405, 60), (450, 105)], None)
    (line,) = found.lines
    assert line.path.assumed
    assert line.path.arcs.tolist() == [0, 2, 16, 10]
    assert [place.at_m for place in line.places] == pytest.approx([0, 300, 410, 500], abs=2)


def test_a_bus_on_the_other_kerb_drives_the_other_way(town: Network) -> None:
    (line,) = buses(town, [(350, -5), (150, -5)], None).lines
    assert line.path.arcs.tolist() == [3, 1]


def test_a_stop_that_no_street_joins_leaves_a_gap_and_what_lies_beyond_is_still_matched(town: Network) -> None:
    (line,) = buses(town, [(50, 5), (150, 5), (150, 3000), (450, 5), (550, 5)], None).lines
    assert line.path.arcs.tolist() == [0, -1, -1, 4]
    assert [place.on_path for place in line.places] == [True, True, True, True, True]


def test_a_path_drawn_from_the_last_stop_to_the_first_is_turned_and_listed(town: Network) -> None:
    found = buses(town, [(50, 5), (550, 5)], [(600, 0), (0, 0)])
    (line,) = found.lines
    assert line.path.arcs.tolist() == [0, 2, 4]
    assert [(one.what, one.ids) for one in found.left_out] == [("direction of a path", ("s0",))]


def test_a_round_trip_that_ends_where_it_begins_is_left_as_it_is_drawn(town: Network) -> None:
    loop = [(0, 0), (200, 0), (200, 100), (0, 100), (0, 0)]
    found = buses(town, [(20, 5), (195, 50), (5, 20)], loop)
    assert found.left_out == ()


def test_a_trip_that_drives_nowhere_on_the_network_is_elsewhere(town: Network) -> None:
    found = buses(town, [(9000, 9000), (9500, 9000)], [(9000, 9000), (9500, 9000)])
    assert (found.lines, [pattern.route.route_id for pattern in found.elsewhere]) == ((), ["1"])


def test_a_stop_far_from_its_path_is_listed(town: Network) -> None:
    found = buses(town, [(50, 5), (300, 350), (550, 5)], [(0, 0), (600, 0)])
    assert [(one.what, one.ids) for one in found.left_out] == [("stop on a path", ("0.1",))]
