"""Grid references against points that others have published."""

from __future__ import annotations

import pytest

from clearway.publish.grid import NZTM, Projection, grid_words, mgrs, utm


@pytest.mark.parametrize(
    ("lon", "lat", "east", "north"),
    [
        (172.739194, -34.444066, 1_576_041.150, 6_188_574.240),
        (172.723106, -40.512409, 1_576_542.010, 5_515_331.050),
        (169.172062, -46.651295, 1_307_103.220, 4_826_464.860),
    ],
)
def test_the_new_zealand_grid_gives_the_points_of_its_surveyors(lon: float, lat: float, east: float, north: float) -> None:
    """Test points of Land Information New Zealand, given to a millionth of a degree, so to a decimetre."""
    assert NZTM.of(lon, lat) == pytest.approx((east, north), abs=0.1)


def test_the_series_gives_the_worked_example_of_the_ordnance_survey() -> None:
    """A guide to coordinate systems in Great Britain, annexe C: to the millimetre."""
    airy = (6_377_563.396, 299.3249646)
    britain = Projection(-2.0, 400_000.0, -100_000.0, 0.9996012717, airy, 49.0)
    lon, lat = 1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600
    assert britain.of(lon, lat) == pytest.approx((651_409.903, 313_177.270), abs=0.001)


def test_the_military_grid_names_the_squares_that_others_name() -> None:
    assert mgrs(-157.916078, 21.409796).startswith("4Q FJ 1234 67")
    zone, east, north = utm(-79.387139, 43.642567)
    assert (zone, round(east), round(north / 2)) == (17, 630_084, 2_416_719)
    assert mgrs(0.0, 89.0) == ""
    assert utm(5.3, 60.4)[0] == 32  # Bergen: the zone is wider there
    assert utm(15.6, 78.2)[0] == 33  # Longyearbyen


def test_the_national_grid_stands_only_where_it_holds() -> None:
    assert "NZTM" in grid_words(174.77715, -41.27845)
    assert "NZTM" not in grid_words(-87.63, 41.88)
    assert grid_words(-87.63, 41.88).startswith("41.88000 N, 87.63000 W; MGRS 16T DM ")
