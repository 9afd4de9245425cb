"""Web Mercator against its own inverse and known corners."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearway.server.desks.map.mercator import tile_corner, to_world


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """The usual inverse: longitude and latitude of a point of the unit square."""
    return (x - 0.5) * 360, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_degrees_come_back_from_the_unit_square(lon: float, lat: float) -> None:
    back = to_degrees(*to_world(np.array([lon]), np.array([lat]))[0])
    np.testing.assert_allclose(back, (lon, lat), atol=1e-9)


def test_the_edge_of_the_mercator_square_is_85_degrees() -> None:
    assert abs(to_world(np.array([0.0]), np.array([85.0511287798066]))[0, 1]) < 1e-12


def test_a_tile_of_wellington_lies_where_the_usual_formula_puts_it() -> None:
    usual = (1 - math.asinh(math.tan(math.radians(-41.2784))) / math.pi) / 2 * 2**14
    x, y = to_world(np.array([174.7769]), np.array([-41.2784]))[0] * 2**14
    assert (int(x), int(y)) == (16146, int(usual))
    west, north, side = tile_corner(14, int(x), int(y))
    lon, lat = to_degrees(west, north)
    assert lon <= 174.7769 <= lon + 360 * side
    assert lat >= -41.2784 >= to_degrees(west, north + side)[1]
