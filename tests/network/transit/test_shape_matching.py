"""Which streets drawn paths mean: golden rows for the complaints that other matchers get."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.transit.bus_paths import BusPath
from clearway.network.transit.bus_streets import bus_streets
from clearway.network.transit.shape_matching import OFF, match_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
BOTH = class_mask(["bus", "general"])


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def matched(network: Network, *points: tuple[float, float]) -> BusPath:
    drawn = np.array([at(*point) for point in points])
    (pieces,) = match_paths(bus_streets(network), [drawn])
    return BusPath(network, pieces, drawn)


def sources(path: BusPath) -> list[str]:
    """What is driven, as ``7+`` and ``7-``; ``off`` on no street; each once in a row."""
    way = path.network.way_source
    named = ["off" if arc == OFF else f"{way[arc >> 1]}{'-' if arc & 1 else '+'}" for arc in path.arcs.tolist()]
    return [one for index, one in enumerate(named) if not index or one != named[index - 1]]


def whys(path: BusPath) -> list[tuple[int, str]]:
    return [(int(path.network.way_source[move.way]), move.why) for move in path.forbidden()]


def street(draft: NetworkDraft, source: int, *points: tuple[float, float], permit: tuple[int, int] | None = None) -> None:
    ends = [draft.junction(*at(*points[0])), draft.junction(*at(*points[-1]))]
    draft.way(*ends, points=[at(*point) for point in points], source=source, permit=permit)


@pytest.fixture
def grid() -> Network:
    """Streets 10, 11, 12 from west to east at 0, 100 and 200 m north; streets 20, 21, 22 northward at 0, 200 and 400 m east."""
    draft = NetworkDraft("Grid")
    corners = {(x, y): draft.junction(*at(x, y)) for x in (0, 200, 400) for y in (0, 100, 200)}
    for row, y in enumerate((0, 100, 200)):
        for x, after in pairwise((0, 200, 400)):
            draft.way(corners[x, y], corners[after, y], source=10 + row)
    for column, x in enumerate((0, 200, 400)):
        for y, after in pairwise((0, 100, 200)):
            draft.way(corners[x, y], corners[x, after], source=20 + column)
    return draft.finish()


def test_a_path_is_matched_in_its_direction_from_where_it_begins_to_where_it_ends(grid: Network) -> None:
    path = matched(grid, (20, 4), (200, 4), (200, 100), (380, 100))
    assert sources(path) == ["10+", "21+", "11+"]
    assert path.pieces[0].from_m == pytest.approx(20, abs=1)
    assert path.pieces[-1].to_m == pytest.approx(180, abs=1)
    assert sources(matched(grid, (380, 100), (200, 100), (200, 4), (20, 4))) == ["11-", "21-", "10-"]


def test_a_corner_cut_by_a_coarse_drawing_is_driven_round(grid: Network) -> None:
    assert sources(matched(grid, (20, 0), (180, 0), (220, 20), (200, 80), (200, 180))) == ["10+", "21+"]


def test_one_early_point_astray_spoils_nothing_that_comes_after(grid: Network) -> None:
    path = matched(grid, (0, 0), (40, 0), (50, 28), (60, 0), (200, 0), (400, 0))
    assert sources(path) == ["10+"]
    assert path.off_m() == 0


def test_a_path_against_a_one_way_street_is_flagged_and_not_bent_round_the_block() -> None:
    draft = NetworkDraft("One way")
    a, b, c, d = (draft.junction(*at(x, y)) for x, y in ((0, 0), (200, 0), (200, 60), (0, 60)))
    draft.way(a, b, source=1, permit=(BOTH, 0))
    draft.way(b, c, source=2)
    draft.way(c, d, source=3)
    draft.way(d, a, source=4)
    network = draft.finish()
    path = matched(network, (200, 0), (0, 0))
    assert (sources(path), whys(path)) == (["1-"], [(1, "against a one-way street")])
    path = matched(network, (0, 0), (200, 0))
    assert (sources(path), whys(path)) == (["1+"], [])


def test_of_two_carriageways_about_as_near_the_one_in_the_path_s_direction_is_meant() -> None:
    draft = NetworkDraft("Dual")
    street(draft, 1, (0, 0), (400, 0), permit=(BOTH, 0))
    street(draft, 2, (400, 12), (0, 12), permit=(BOTH, 0))
    network = draft.finish()
    assert sources(matched(network, (0, 6), (400, 6))) == ["1+"]
    assert sources(matched(network, (0, 10), (400, 10))) == ["1+"]
    assert sources(matched(network, (400, 2), (0, 2))) == ["2+"]


def test_a_path_that_leaves_the_map_and_comes_back_is_matched_before_and_after(grid: Network) -> None:
    path = matched(grid, (0, 0), (200, 0), (200, -300), (400, -300), (400, 0), (400, 180))
    assert sources(path) == ["10+", "off", "22+"]
    assert 700 < path.off_m() < 860


def test_a_path_drawn_twice_over_the_same_street_drives_it_twice(grid: Network) -> None:
    loop = ((20, 0), (200, 0), (200, 100), (0, 100), (0, 0), (200, 0), (380, 0))
    assert sources(matched(grid, *loop)) == ["10+", "21+", "11-", "20-", "10+"]
    assert matched(grid, *loop).arcs.tolist().count(0) == 2


def test_a_path_far_from_every_street_is_on_none(grid: Network) -> None:
    path = matched(grid, (5000, 5000), (6000, 5000))
    assert sources(path) == ["off"]
    assert path.chains == ()


def test_an_empty_network_takes_any_path() -> None:
    path = matched(NetworkDraft("Nothing").finish(), (0, 0), (100, 0))
    assert sources(path) == ["off"]


ROADS = """
n 1 0 0
n 2 200 0
n 3 400 0
n 4 200 150
n 5 400 150
n 6 0 8
n 7 200 8
n 8 400 8
"""


@pytest.mark.parametrize(
    ("ways", "points", "driven", "flags"),
    [
        # a busway beside a street: buses may be on either, and are where they are drawn
        ("w 10 1,2,3 highway=residential\nw 11 6,7,8 highway=busway", ((0, 8), (400, 8)), ["11+"], []),
        ("w 10 1,2,3 highway=residential\nw 11 6,7,8 highway=busway", ((0, 0), (400, 0)), ["10+"], []),
        # access=no and bus=yes
        ("w 10 1,2,3 highway=service access=no bus=yes", ((0, 0), (400, 0)), ["10+"], []),
        # a contraflow lane for buses
        ("w 10 1,2,3 highway=residential vehicle:backward=no bus:backward=designated", ((400, 0), (0, 0)), ["10-"], []),
        ("w 10 1,2,3 highway=residential oneway=yes oneway:bus=no", ((400, 0), (0, 0)), ["10-"], []),
        ("w 10 1,2,3 highway=residential oneway=yes", ((400, 0), (0, 0)), ["10-"], [(10, "against a one-way street")]),
        # no motor vehicles, buses neither
        ("w 10 1,2,3 highway=residential motor_vehicle=no", ((0, 0), (400, 0)), ["10+"],
         [(10, "no buses there by the map")]),
        # a turn ban, and the same with buses excepted
        (("w 10 1,2 highway=residential\nw 12 2,3 highway=residential\nw 11 2,4 highway=residential\n"
         "r 1 w10:from n2:via w11:to restriction=no_left_turn type=restriction"),
         ((0, 0), (200, 0), (200, 150)), ["10+", "11+"], [(11, "a turn that is forbidden")]),
        (("w 10 1,2 highway=residential\nw 12 2,3 highway=residential\nw 11 2,4 highway=residential\n"
         "r 1 w10:from n2:via w11:to restriction=no_left_turn type=restriction except=psv"),
         ((0, 0), (200, 0), (200, 150)), ["10+", "11+"], []),
    ],
)  # fmt: skip
def test_buses_have_their_own_directions_and_turns(
    draw: Callable[[str], Network],
    ways: str,
    points: tuple[tuple[float, float], ...],
    driven: list[str],
    flags: list[tuple[int, str]],
) -> None:
    path = matched(draw(ROADS + ways), *points)
    assert sources(path) == driven
    assert list(dict.fromkeys(whys(path))) == flags


def test_a_bollard_on_the_path_is_flagged(draw: Callable[[str], Network]) -> None:
    network = draw("n 1 0 0\nn 2 200 0 barrier=bollard\nn 3 400 0\nw 10 1,2,3 highway=residential")
    path = matched(network, (0, 0), (400, 0))
    assert whys(path) == [(10, "past a bollard that stops buses")]
    assert whys(matched(network, (0, 0), (150, 0))) == []


def test_a_bus_that_turns_round_in_the_street_is_flagged(grid: Network) -> None:
    path = matched(grid, (0, 0), (200, 0), (0, 0))
    assert sources(path) == ["10+", "10-"]
    assert whys(path) == [(10, "turns round in the street")]
