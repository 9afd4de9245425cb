from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.transit.bus_lines import BusLine
from clearway.planning.traffic.impact.bus_minutes import BusModel

if TYPE_CHECKING:
    from clearway.network.model import Floats, Network

MAIN, NORTH_BRIDGE, EAST, WEST_BANK, SOUTH_BRIDGE, EAST_BANK = range(6)
ALL = class_mask(MOTOR_CLASSES)
METRES_PER_MINUTE = 0.9 * 50_000 / 60
"""A bus drives nine tenths of the street's 50 km/h."""


def line(*arcs: int) -> BusLine:
    return BusLine("7", "East", 40, np.array(arcs))


EASTWARD = line(2 * MAIN, 2 * NORTH_BRIDGE, 2 * EAST)


@pytest.fixture
def none(bridge_town: Network) -> Floats:
    return np.zeros(bridge_town.arc_count)


def test_a_bus_whose_bridge_is_shut_takes_the_other_one(bridge_town: Network, none: Floats) -> None:
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([Closure(NORTH_BRIDGE, ALL)], none, none)
    assert found.state == "way round"
    assert found.minutes_before == found.minutes_free == pytest.approx(2500 / METRES_PER_MINUTE, rel=1e-3)
    assert found.minutes_after == pytest.approx(4500 / METRES_PER_MINUTE, rel=1e-3)
    assert found.extra_minutes == pytest.approx(2000 / METRES_PER_MINUTE, rel=1e-3)
    assert found.blocked_at == ("North Bridge",)
    assert found.way_round == ("West Bank", "South Bridge", "East Bank")
    assert found.away_from_line_m == pytest.approx(500, abs=1)


def test_a_closure_that_lets_buses_pass_changes_nothing(bridge_town: Network, none: Floats) -> None:
    general = class_mask(["general", "resident", "service"])
    assert BusModel(bridge_town, [EASTWARD]).impacts([Closure(NORTH_BRIDGE, general)], none, none) == ()


def test_a_closure_at_a_point_stops_a_bus_as_one_of_the_whole_way_does(bridge_town: Network, none: Floats) -> None:
    model = BusModel(bridge_town, [EASTWARD])
    assert model.impacts([Closure(NORTH_BRIDGE, ALL, at_m=100.0)], none, none) == model.impacts(
        [Closure(NORTH_BRIDGE, ALL)], none, none
    )


def test_a_closure_of_the_other_direction_leaves_a_line_alone(bridge_town: Network, none: Floats) -> None:
    assert BusModel(bridge_town, [EASTWARD]).impacts([Closure(NORTH_BRIDGE, ALL, along=False)], none, none) == ()


def test_a_bus_bears_all_of_the_delay_on_its_own_line(bridge_town: Network, none: Floats) -> None:
    after = none.copy()
    after[2 * EAST] = 90.0
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([], none, after)
    assert (found.state, found.way_round, found.blocked_at) == ("own line", (), ())
    assert found.extra_minutes == pytest.approx(1.5, abs=1e-6)


def test_a_bus_bears_the_delay_on_its_way_round(bridge_town: Network, none: Floats) -> None:
    after = none.copy()
    after[2 * SOUTH_BRIDGE] = 60.0
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([Closure(NORTH_BRIDGE, ALL)], none, after)
    assert found.extra_minutes == pytest.approx(2000 / METRES_PER_MINUTE + 1.0, rel=1e-3)


def test_a_line_whose_last_street_is_shut_ends_before_it(bridge_town: Network, none: Floats) -> None:
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([Closure(EAST, ALL)], none, none)
    assert found.state == "cut short"
    assert found.away_from_line_m == pytest.approx(1000, abs=1)
    assert found.minutes_after == pytest.approx(1500 / METRES_PER_MINUTE, rel=1e-3)
    assert found.extra_minutes == pytest.approx(0, abs=1e-9)


def test_a_line_that_begins_behind_a_closure_begins_beyond_it(bridge_town: Network, none: Floats) -> None:
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([Closure(MAIN, ALL)], none, none)
    assert found.state == "cut short"
    assert found.minutes_after == pytest.approx(1500 / METRES_PER_MINUTE, rel=1e-3)
    assert found.extra_minutes == pytest.approx(0, abs=1e-9)


def test_a_line_whose_every_street_is_shut_is_stopped(bridge_town: Network, none: Floats) -> None:
    (found,) = BusModel(bridge_town, [EASTWARD]).impacts([Closure(way, ALL) for way in (MAIN, NORTH_BRIDGE, EAST)], none, none)
    assert (found.state, found.minutes_after, found.extra_minutes) == ("stopped", None, None)


def test_a_stretch_that_no_bus_reaches_any_more_is_driven_round_as_a_whole() -> None:
    """A grid street of five pieces, shut at the second and the fourth: the third is cut off; the parallel street is taken."""
    draft = NetworkDraft("Grid")
    north = [draft.junction(174.77 + 0.001 * x, -41.28) for x in range(6)]
    south = [draft.junction(174.77 + 0.001 * x, -41.281) for x in range(6)]
    high = [draft.way(north[x], north[x + 1], name="High Street") for x in range(5)]
    low = [draft.way(south[x], south[x + 1], name="Low Street") for x in range(5)]
    for x in (0, 1, 4, 5):
        draft.way(north[x], south[x], name=f"Cross {x}")
    grid = draft.finish()
    none = np.zeros(grid.arc_count)
    (found,) = BusModel(grid, [line(*(2 * way for way in high))]).impacts(
        [Closure(high[1], ALL), Closure(high[3], ALL)], none, none
    )
    assert found.state == "way round"
    assert found.way_round == ("Cross 1", "Low Street", "Cross 4")
    assert set(found.way_round_indexes) >= set(low[1:4])
    assert found.away_from_line_m == pytest.approx(float(grid.way_length_m[high[1:4]].sum()))


def test_a_line_that_is_stopped_comes_before_one_that_is_late(bridge_town: Network, none: Floats) -> None:
    lines = [EASTWARD, BusLine("8", "Bridge", 9, np.array([2 * NORTH_BRIDGE])), BusLine("9", "Home", 3, np.array([1]))]
    found = BusModel(bridge_town, lines).impacts([Closure(NORTH_BRIDGE, ALL)], none, none)
    assert [impact.route for impact in found] == ["8", "7"]
