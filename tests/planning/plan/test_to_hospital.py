"""The way from a gate to hospital, by hand: outside the ring where there is one, through the ring where not, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.model import MS_PER_KMH_M
from clearway.planning.access.planner.stations import Station
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.to_hospital import ways_to_hospital
from plan_rings import DAYS, NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clearway.network.model import Network
    from clearway.planning.plan.to_hospital import HospitalWay

TOWN = """
b 174.76 -41.29 174.78 -41.27
n 1 0 0
n 2 400 0
n 3 400 300
n 4 0 300
n 5 400 -200
w 10 1,2 highway=residential name="Low Street"
w 11 2,3 highway=residential name="East Street"
w 12 3,4 highway=residential name="High Street"
w 13 4,1 highway=residential name="West Street"
w 14 2,5 highway=residential name="East Street"
"""
"""A block of 400 by 300 m, and East Street 200 m on to the south."""


def ways(
    network: Network, places: Mapping[str, tuple[float, float]], hospital: tuple[float, float]
) -> Mapping[str, HospitalWay]:
    """From barriers at some spots; what is called G is a gate that help passes."""
    barriers = [
        {
            "id": name,
            "place": {"type": "point", "at": spot},
            **({"opens": "staffed", "opening_seconds": 20} if name[0] == "G" else {}),
        }
        for name, spot in places.items()
    ]
    rules = [{"who": "emergency services", "may": "enter_and_leave"}]
    plan = plan_of({"plan": "tmp", "title": "Town", "barriers": barriers, "passages": rules}, DAYS, NOW)
    return ways_to_hospital(plan, Gazetteer(network), [Station("Ward", "hospital", *hospital)], None)


@pytest.fixture
def spot(draw: Callable[[str], Network]) -> tuple[Network, Callable[[float, float], tuple[float, float]]]:
    """The town, and a spot so many metres east and north of its first corner."""
    network = draw(TOWN)
    west, south = float(network.junction_lon.min()), float(network.junction_lat.min())
    wide, high = float(network.junction_lon.max()) - west, float(network.junction_lat.max()) - south
    return network, lambda east, north: (west + wide * east / 400, south + high * (north + 200) / 500)


def test_the_shortest_way_turn_by_turn_with_its_metres_and_seconds(
    spot: tuple[Network, Callable[[float, float], tuple[float, float]]],
) -> None:
    """From 100 m along Low Street: 300 m on, then left, 150 m up East Street."""
    network, at = spot
    way = ways(network, {"G1": at(100, 0)}, at(400, 150))["G1"]
    assert [(leg.turn, leg.street, round(leg.metres)) for leg in way.legs] == [
        ("from", "Low Street", 300), ("left into", "East Street", 150),
    ]  # fmt: skip
    assert round(way.metres) == 450
    speed = float(network.arc_speed_kmh[:, 0].max())
    assert way.seconds == pytest.approx(450 * MS_PER_KMH_M / speed / 1000, rel=0.3)
    assert (way.hospital, way.opens) == ("Ward", ())


def test_another_barrier_is_gone_round_though_it_would_open(
    spot: tuple[Network, Callable[[float, float], tuple[float, float]]],
) -> None:
    """G2 stands between: 100 m back, round the block, 150 m down East Street."""
    network, at = spot
    way = ways(network, {"G1": at(100, 0), "G2": at(200, 0)}, at(400, 150))["G1"]
    assert [leg.street for leg in way.legs] == ["Low Street", "West Street", "High Street", "East Street"]
    assert round(way.metres) == 100 + 300 + 400 + 150
    assert way.opens == ()


def test_where_no_way_is_open_it_goes_through_what_opens_for_help_and_says_so(
    spot: tuple[Network, Callable[[float, float], tuple[float, float]]],
) -> None:
    network, at = spot
    found = ways(network, {"G1": at(100, 0), "G2": at(200, 0), "B3": at(0, 100)}, at(400, 150))
    assert found["G1"].opens == ("G2",)
    assert round(found["G1"].metres) == 450
    assert "B3" not in found


def test_no_way_is_no_way(spot: tuple[Network, Callable[[float, float], tuple[float, float]]]) -> None:
    network, at = spot
    assert ways(network, {"G1": at(100, 0), "B2": at(200, 0), "B3": at(0, 100)}, at(400, 150)) == {}


def test_a_hospital_on_the_gates_own_street_is_driven_to_straight(
    spot: tuple[Network, Callable[[float, float], tuple[float, float]]],
) -> None:
    network, at = spot
    way = ways(network, {"G1": at(300, 0)}, at(50, 0))["G1"]
    assert [(leg.street, round(leg.metres)) for leg in way.legs] == [("Low Street", 250)]
    walled = ways(network, {"G1": at(300, 0), "B2": at(200, 0)}, at(50, 0))["G1"]
    assert round(walled.metres) == 100 + 300 + 400 + 300 + 50
