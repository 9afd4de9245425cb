import numpy as np
import pytest

from clearway.demo.wellington import wellington_timetable
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.model import Network
from clearway.network.transit.bus_network import driven_paths
from clearway.network.transit.bus_trips import matched, way_trips, with_bus_trips
from small_timetables import Bus, at, timetable_of

ONE_WAY = (class_mask(["bus", "general"]), 0)


@pytest.fixture
def town() -> Network:
    """Two carriageways 20 m apart, a street that crosses both, and a path beside the southern one."""
    draft = NetworkDraft("Town", coverage=(174.0, -42.0, 175.0, -41.0))
    west, east, back_east, back_west = (draft.junction(*at(x, y)) for x, y in ((0, 0), (400, 0), (400, 20), (0, 20)))
    south, north = draft.junction(*at(200, -200)), draft.junction(*at(200, 220))
    path_a, path_b = draft.junction(*at(0, -4)), draft.junction(*at(400, -4))
    draft.way(west, east, name="Eastward", permit=ONE_WAY)
    draft.way(back_east, back_west, name="Westward", permit=ONE_WAY)
    draft.way(south, north, name="Cross")
    draft.way(path_a, path_b, street_class="footway", name="Path")
    return draft.finish()


def counted(network: Network, *buses: Bus) -> tuple[list[int], float, float]:
    """Trips over each way, metres of drawn paths found on a street, and metres drawn within the network's coverage."""
    timetable = timetable_of(*buses)
    driven = driven_paths(network, timetable)
    return way_trips(network, timetable, driven).tolist(), *matched(network, driven)


def test_a_path_stays_on_its_own_carriageway_and_off_the_street_it_crosses(town: Network) -> None:
    trips, found_m, inside_m = counted(town, Bus([(0, 8), (400, 8)], 7))
    assert trips == [7, 0, 0, 0]
    assert found_m == inside_m == pytest.approx(400, abs=5)
    assert counted(town, Bus([(400, 8), (0, 8)], 7))[0] == [0, 7, 0, 0]


def test_both_directions_of_a_street_add_up(town: Network) -> None:
    assert counted(town, Bus([(203, -200), (203, 220)], 3), Bus([(203, 220), (203, -200)], 4))[0] == [0, 0, 7, 0]


def test_a_path_that_leaves_a_street_at_once_does_not_count_on_it(town: Network) -> None:
    trips, found_m, inside_m = counted(town, Bus([(0, 0), (100, 0), (100, -150)], 7))
    assert trips == [0, 0, 0, 0]
    assert 0 < found_m < inside_m


def test_what_lies_outside_the_network_s_coverage_is_not_held_against_the_match(town: Network) -> None:
    _, found_m, inside_m = counted(town, Bus([(0, 0), (400, 0)]), Bus([(9e6, 9e6), (9e6, 9.1e6)]))
    assert found_m == inside_m > 0


@pytest.mark.slow
def test_wellington_s_golden_mile_carries_the_buses_and_most_of_their_paths_are_found(wellington: Network) -> None:
    network = with_bus_trips(wellington, wellington_timetable())
    found = network.report["bus_trips"]
    assert found["day"] == "2020-02-20"
    assert found["matched_share"] > 0.95
    busiest = {network.street(way) for way in np.argsort(network.way_bus_trips)[-8:].tolist()}
    assert busiest <= {"Willis St", "Lambton Quay", "Manners St"}
    foot_only = network.arc_permit[0::2] | network.arc_permit[1::2]
    assert not network.way_bus_trips[foot_only & class_mask(["bus"]) == 0].any()
    assert wellington.way_bus_trips.sum() == 0
