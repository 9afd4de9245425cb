from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.network.importers.osm_values import (
    lane_count,
    level,
    speed_kmh,
    speed_not_understood,
    speeds_kmh,
    street_name,
    width_m,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 50.0),
        ("30 mph", 48.28032),
        ("10 knots", 18.52),
        ("30mph", 48.28032),
        ("50 km/h", 50.0),
        ("walk", 7.0),
        ("none", 130.0),
        ("NZ:urban", 50.0),
        ("NZ:rural", 100.0),
        ("DE:living_street", 10.0),
        ("0", None),
        ("variable", None),
        ("50;30", None),
        (None, None),
    ],
)
def test_speeds_are_read_in_km_per_hour(text: str | None, expected: float | None) -> None:
    assert speed_kmh(text) == (pytest.approx(expected) if expected else None)


def test_speed_by_direction_comes_before_speed_both_ways_before_the_class() -> None:
    assert speeds_kmh({"maxspeed:forward": "40", "maxspeed": "30"}, 50) == (40, 30)
    assert speeds_kmh({"maxspeed": "signals"}, 50) == (50, 50)
    assert speed_not_understood({"maxspeed": "signals"}) == ["speed maxspeed=signals"]


@pytest.mark.parametrize(
    ("text", "metres"),
    [("3.5", 3.5), ("3,5 m", 3.5), ("12'", 3.6576), ("12'6\"", 3.81), ("10 ft", 3.048), ("7 m", 7.0)],
)
def test_widths_are_read_in_metres(text: str, metres: float) -> None:
    assert width_m({"width": text}) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["wide", "", "-3", "0", "3-4"])
def test_a_width_that_is_none_is_not_known(text: str) -> None:
    assert isnan(width_m({"width": text}))


def test_lanes_add_up_over_both_directions() -> None:
    assert lane_count({"lanes:forward": "2", "lanes:backward": "1"}) == 3
    assert lane_count({"lanes": "many"}) == 0
    assert lane_count({"lanes": "999"}) == 255


def test_bridges_are_above_and_tunnels_below_whatever_the_number_of_the_layer() -> None:
    assert level({"bridge": "viaduct"}) == 1
    assert level({"layer": "3", "bridge": "yes"}) == 1
    assert level({"tunnel": "yes"}) == -1
    assert level({"layer": "-2"}) == -1
    assert level({"bridge": "no"}) == 0


def test_a_street_without_a_name_goes_by_its_number() -> None:
    assert street_name({"ref": "SH 1"}) == "SH 1"
    assert street_name({"name": "Hill Street", "ref": "1"}) == "Hill Street"
    assert street_name({}) is None


@pytest.mark.slow
@given(st.text(max_size=20))
def test_no_text_whatever_breaks_the_reading_of_a_figure(text: str) -> None:
    tags = {"maxspeed": text, "width": text, "lanes": text, "layer": text}
    assert all(1 <= speed <= 160 for speed in speeds_kmh(tags, 50.0))
    assert isnan(width_m(tags)) or width_m(tags) > 0
    assert 0 <= lane_count(tags) <= 255
    assert level(tags) in {-1, 0, 1}
