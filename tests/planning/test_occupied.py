"""Which streets of a site are occupied, and as far as where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.classes import class_mask
from clearway.planning.closure_files import cordon_streets
from clearway.planning.occupied import full, occupied_streets
from clearway.planning.street_names import StreetNames
from clearway.shapes import Polygon

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network

CROSS = """
    b 174.76 -41.29 174.79 -41.27
    n 1 0 0
    n 2 100 0
    n 3 200 0
    n 4 100 100
    n 5 100 -100
    n 6 0 50
    n 7 200 50
    w 10 1,2 highway=residential name=High
    w 11 2,3 highway=residential name=High
    w 12 4,2 highway=residential name=Cross
    w 13 2,5 highway=residential name=Cross
    w 14 6,7 highway=residential name=Flyover bridge=yes layer=1
"""
LON, LAT, METRE_LAT = 174.77, -41.28, 1 / 111_194.93
METRE_LON = METRE_LAT / np.cos(np.radians(LAT))


@pytest.fixture
def cross(draw: Callable[[str], Network]) -> Network:
    return draw(CROSS)


def box(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle in metres east and north of the drawing's fixed point."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return Polygon(type="Polygon", coordinates=[[[LON + x * METRE_LON, LAT + y * METRE_LAT] for x, y in ring]])


def places(network: Network, ground: Polygon | None, stretches: tuple[int, ...] = ()) -> list[tuple[int, int | None]]:
    """Source ids with the metres east or south along each."""
    found = occupied_streets(StreetNames(network), stretches, ground)
    return [(int(network.way_source[one.way]), None if one.at_m is None else round(one.at_m)) for one in found]


def test_a_street_is_occupied_from_the_outline_on(cross: Network) -> None:
    assert sorted(places(cross, box(60, -40, 130, 30))) == [(10, 60), (11, 30), (12, 70), (13, 40)]


def test_a_street_that_lies_wholly_on_the_ground_is_occupied_whole(cross: Network) -> None:
    assert sorted(places(cross, box(60, -10, 220, 10)), key=str) == [(10, 60), (11, None), (12, 90), (13, 10)]


def test_a_street_across_the_ground_is_shut_where_it_enters_and_where_it_leaves(cross: Network) -> None:
    assert places(cross, box(20, -10, 70, 10)) == [(10, 20), (10, 70)]


def test_a_bridge_passes_over_and_a_touched_street_beside(cross: Network) -> None:
    assert places(cross, box(20, 40, 70, 60)) == []
    assert places(cross, box(20, 1, 70, 30)) == []
    assert places(cross, None) == []


def test_a_marked_stretch_is_whole_also_where_the_ground_covers_a_part(cross: Network) -> None:
    way = int((cross.way_source == 10).nonzero()[0][0])
    assert places(cross, box(20, -10, 70, 10), (way, way)) == [(10, None)]
    (one,) = full(occupied_streets(StreetNames(cross), [way]), class_mask(["emergency"]))
    assert (one.shuts, one.label) == (1, "occupied: High")
    assert full(occupied_streets(StreetNames(cross), [way]), 0) == []


def test_a_plan_of_before_took_a_lane_to_be_free_and_a_plan_of_now_says_what_it_takes(cross: Network) -> None:
    def shuts(**question: list[object]) -> int | None:
        found = cordon_streets({"barriers": [], "question": question}, cross)
        return None if found is None else found.shuts

    assert shuts(stretches=[0]) == 0
    assert shuts(stretches=[0], occupied_shuts=[]) == 0
    assert shuts(stretches=[0], occupied_shuts=["emergency"]) == 1
    assert shuts() is None
    assert cordon_streets([], cross) is None
