"""Spots and rings, by hand."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from clearway.record.place import Junction, Street, area_m2, is_within

POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def test_a_side_is_one_of_eight_points_of_the_compass_and_of_a_street_an_even_or_odd_one() -> None:
    for side in POINTS:
        assert Junction.model_validate({"streets": ["Hill Street", "Quay"], "side": side}).side == side
        assert Street.model_validate({"street": "Quay", "side": side}).side == side
    assert [Street.model_validate({"street": "Quay", "side": side}).side for side in ("even", "odd")] == ["even", "odd"]
    for side in ("even", "north-north", "up"):
        with pytest.raises(ValidationError):
            Junction.model_validate({"streets": ["Hill Street", "Quay"], "side": side})


@pytest.mark.parametrize(
    ("lon", "lat", "within"),
    [(1, 2, True), (3, 2, False), (5, 2, True), (7, 2, False), (3, 0.5, True), (-1, 1, False), (1, 1, True)],
)
def test_a_spot_is_within_a_ring_with_a_notch_or_in_it(lon: float, lat: float, within: bool) -> None:  # noqa: FBT001
    ring = [(0.0, 0.0), (6.0, 0.0), (6.0, 4.0), (4.0, 4.0), (4.0, 1.0), (2.0, 1.0), (2.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    assert is_within((lon, lat), ring) is within


@pytest.mark.parametrize(("lon", "within"), [(-1, False), (0.5, True), (3, False)])
def test_a_line_that_meets_a_corner_of_the_ring_meets_it_once(lon: float, within: bool) -> None:  # noqa: FBT001
    assert is_within((lon, 1.0), [(0.0, 1.0), (1.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 1.0)]) is within


@pytest.mark.parametrize(("north", "square_metres"), [(0.0, 12_364.0), (60.0, 6_182.0)])
def test_a_thousandth_of_a_degree_squared_is_a_hectare_and_a_quarter_and_half_of_it_at_60_degrees(
    north: float, square_metres: float
) -> None:
    square = [(x / 1000, north + y / 1000) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    assert area_m2(square) == area_m2(square[::-1]) == pytest.approx(square_metres, abs=1)
