"""Turn restrictions as vehicles meet them: metres driven to each street's house, and no way left by turning round."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from clearway.network.importers.osm import import_osm
from clearway.network.importers.u_turns import u_turn_places
from clearway.network.model import NEVER_MS, Network
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals
from clearway.network.timed import network_at

CASES = Path(__file__).parents[2] / "data" / "cases" / "network"
# a cross of 200 m arms; the drive starts at the end of the west arm, houses stand 10 m before each other end
CROSS = """
    n 1 -200 0
    n 2 200 0
    n 3 0 200
    n 4 0 -200
    n 9 0 0
    n 90 190 6 addr:housenumber=1 addr:street=E
    n 91 6 190 addr:housenumber=1 addr:street=N
    n 92 6 -190 addr:housenumber=1 addr:street=S
    w 11 1,9 highway=residential name=W
    w 12 9,2 highway=residential name=E
    w 13 9,3 highway=residential name=N
    w 14 9,4 highway=residential name=S
"""
# two carriageways, eastward below and westward above, joined at x = 0 and x = 200
DUAL = """
    n 1 -200 0
    n 2 0 0
    n 3 200 0
    n 4 400 0
    n 8 0 10 {middle}
    n 11 -200 20
    n 12 0 20
    n 13 200 20
    n 90 -190 26 addr:housenumber=1 addr:street=W2
    w 21 1,2 highway=residential oneway=yes name=E1
    w 22 2,3 highway=residential oneway=yes name=E2
    w 23 3,4 highway=residential name=E3
    w 24 3,13 highway=residential name=L2
    {link}
    w 31 13,12 highway=residential oneway=yes name=W1
    w 32 12,11 highway=residential oneway=yes name=W2
    r 1 w21:from {via} w32:to type=restriction restriction=no_u_turn
"""
Draw = Callable[[str], Network]
at = datetime.fromisoformat


def metres(
    network: Network, vehicle_class: str = "general", start: tuple[float, float] | None = None
) -> dict[str, float | None]:
    """Metres from the start to each street's house, to the nearest 10; None where it is not reached."""
    graph = routing_graph(network, vehicle_class)
    at = start or (float(network.junction_lon[0]), float(network.junction_lat[0]))
    ms = arrivals(shortest_tree(graph, origins(graph, [at])), address_targets(graph)).ms
    speed = float(network.arc_speed_kmh[list(_CLASSES).index(vehicle_class)][0]) / 3600
    streets = [(network.string(int(label)) or "").split()[-1] for label in network.address_label]
    return {
        street: None if each == NEVER_MS else round(float(each) * speed, -1)
        for street, each in zip(streets, ms.tolist(), strict=True)
    }


_CLASSES = ("emergency", "resident", "service", "bus", "general", "foot", "cycle")


def rule(text: str) -> str:
    return f"r 1 w11:from n9:via {text} type=restriction\n"


@pytest.mark.parametrize(
    ("case", "want"),
    [
        ("t07-base-and-conditional", {"E": 390, "N": 790, "S": 390}),
        ("t16-unsplit-from", {"E": 390, "N": 790, "S": 390}),
        ("t19-two-via-ways", {"W2": 810}),
    ],
)
@pytest.mark.parametrize("vehicle_class", ["general", "emergency"])
def test_a_case_is_driven_as_far_as_in_the_field(case: str, want: dict[str, float], vehicle_class: str) -> None:
    network = import_osm(CASES / f"{case}.osm")
    assert metres(network, vehicle_class, (9.9982014, 0.0)) == want


def test_the_rule_for_all_and_the_rule_for_some_hold_together(draw: Draw) -> None:
    network = draw(CROSS + rule("w13:to restriction:hgv=no_left_turn restriction:motorcar=no_left_turn"))
    assert metres(network, "general")["N"] == metres(network, "service")["N"] == 790
    assert metres(network, "bus")["N"] == 390


def test_several_values_hold_together(draw: Draw) -> None:
    town = CROSS + rule("w13:to w14:to 'restriction=no_left_turn;no_right_turn'")
    assert metres(draw(town)) == {"E": 390, "N": 790, "S": 790}


def test_two_prescriptions_from_one_approach_leave_both_open(draw: Draw) -> None:
    town = (
        CROSS + rule("w12:to restriction=only_straight_on") + rule("w14:to restriction=only_right_turn").replace("r 1", "r 2")
    )
    network = draw(town)
    assert metres(network) == {"E": 390, "N": 790, "S": 390}
    assert network.report["turn_restrictions"]["kept"] == 2
    several = CROSS + rule("w12:to w14:to 'restriction=only_straight_on;only_right_turn'")
    assert metres(draw(several)) == {"E": 390, "N": 790, "S": 390}


def test_a_prescription_of_what_another_forbids_is_counted_as_contradictory_and_cuts_nothing_off(draw: Draw) -> None:
    network = draw(
        CROSS + rule("w13:to restriction=only_left_turn") + rule("w13:to restriction=no_left_turn").replace("r 1", "r 2")
    )
    assert network.report["turn_restrictions"]["refused"] == {"prescribes what another restriction forbids": 1}
    assert metres(network) == {"E": 390, "N": 790, "S": 390}


def test_a_class_that_may_not_drive_what_is_prescribed_is_not_bound_by_it(draw: Draw) -> None:
    town = CROSS.replace("w 13 9,3 highway=residential", "w 13 9,3 highway=residential motor_vehicle=no bus=yes")
    network = draw(town + rule("w13:to restriction=only_left_turn"))
    assert metres(network, "general")["S"] == 390
    assert metres(network, "bus")["S"] == 790


@pytest.mark.parametrize(
    ("link", "via", "middle"),
    [
        ("w 25 2,8 highway=residential\n    w 26 8,12 highway=residential", "w25:via w26:via", ""),
        ("w 25 2,8,12 highway=residential", "w25:via", ""),
    ],
)
def test_turning_round_twice_on_a_link_between_carriageways_is_no_way_past_a_restriction(
    draw: Draw, link: str, via: str, middle: str
) -> None:
    assert metres(draw(DUAL.format(link=link, via=via, middle=middle))) == {"W2": 810}


def test_turning_round_twice_on_a_via_way_between_ordinary_junctions_is_no_way_past_a_restriction(draw: Draw) -> None:
    # west arm, a via street of 100 m, then the house to the left; side arms at both ends make turning round possible there
    network = draw("""
        n 1 -200 0
        n 2 0 0
        n 3 100 0
        n 4 300 0
        n 5 0 -200
        n 6 100 200
        n 7 100 -300
        n 90 106 190 addr:housenumber=1 addr:street=N
        w 11 1,2 highway=residential name=W
        w 12 2,3 highway=residential name=V
        w 13 3,4 highway=residential name=E
        w 14 2,5 highway=residential name=A
        w 15 3,6 highway=residential name=N
        w 16 3,7 highway=residential name=B
        r 1 w11:from w12:via w15:to type=restriction restriction=no_left_turn
    """)
    assert metres(network) == {"N": 890}


def test_nobody_turns_round_in_the_middle_of_a_street_to_get_past_a_restriction(draw: Draw) -> None:
    halfway = CROSS.replace("w 12 9,2", "w 12 9,8").replace("n 9 0 0", "n 9 0 0\n    n 8 50 0{place}")
    halfway += "w 15 8,2 highway=residential name=E\n"
    assert metres(draw(halfway.format(place="") + rule("w13:to restriction=no_left_turn")))["N"] == 790
    circle = halfway.format(place=" highway=turning_circle") + rule("w13:to restriction=no_left_turn")
    assert metres(draw(circle))["N"] == 490


HALFWAY = """
    n 5 50 0{place}
    n 6 -200 0
    n 7 200 0
    n 8 0 200
    n 9 0 0
    n 91 6 190 addr:housenumber=1 addr:street=N
    w 11 6,9 highway=residential name=W
    w 12 9,5 highway=residential name=E
    w 13 9,8 highway=residential name=N
    w 15 5,7 highway=residential name=E
"""
"""A cross of three arms; halfway along the eastern one, at the first of all junctions, there may be room to turn round."""


@pytest.mark.parametrize(("place", "north"), [("", 790), (" highway=turning_circle", 490)])
@pytest.mark.parametrize("hours", ["", ":conditional"])
def test_room_to_turn_at_the_first_junction_of_all_is_room_to_turn_also_where_a_restriction_has_hours(
    drawn_file: Callable[[str], Path], place: str, north: int, hours: str
) -> None:
    value = "'restriction:conditional=no_left_turn @ (07:00-09:00)'" if hours else "restriction=no_left_turn"
    network = network_at(import_osm(drawn_file(HALFWAY.format(place=place) + rule(f"w13:to {value}"))), at("2026-12-01T08:00"))
    west = (float(network.junction_lon.min()), float(network.junction_lat.min()))
    assert metres(network, start=west)["N"] == north


def test_nobody_turns_round_at_the_second_middle_of_a_street_either(draw: Draw) -> None:
    town = CROSS.replace("w 12 9,2", "w 12 9,8").replace("n 9 0 0", "n 9 0 0\n    n 8 50 0\n    n 7 100 0")
    town += "w 15 8,7 highway=residential name=E\nw 16 7,2 highway=residential name=E\n"
    assert metres(draw(town + rule("w13:to restriction=no_left_turn")))["N"] == 790


def test_an_ordinary_junction_is_a_place_to_turn_round(draw: Draw) -> None:
    town = CROSS.replace("w 12 9,2", "w 12 9,8").replace("n 9 0 0", "n 9 0 0\n    n 8 50 0\n    n 7 50 -40")
    town += "w 15 8,2 highway=residential name=E\nw 16 8,7 highway=residential\n"
    assert metres(draw(town + rule("w13:to restriction=no_left_turn")))["N"] == 490


def test_people_on_bicycles_turn_round_where_they_like(draw: Draw) -> None:
    link = "w 25 2,8,12 highway=residential"
    network = draw(DUAL.format(link=link, via="w25:via", middle=""))
    bound = network.turn_classes[np.diff(network.turn_start) == 2].tolist()
    assert bound
    assert not any(mask >> 6 & 1 for mask in bound)


def test_a_map_without_restrictions_forbids_no_turning_round(draw: Draw) -> None:
    network = draw(DUAL.format(link="w 25 2,8,12 highway=residential", via="w25:via", middle="").rpartition("r 1")[0])
    assert len(network.turn_classes) == 0


def test_the_table_says_where_vehicles_turn_round() -> None:
    assert u_turn_places() == {"dead_end": True, "turning_place": True, "junction": True, "one_way": False, "middle": False}


@pytest.mark.parametrize(
    ("tags", "when", "north"),
    [
        ("'restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)'", at("2026-12-01T08:00"), 790),
        ("'restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)'", at("2026-12-01T09:00"), 390),
        ("'restriction:conditional=no_left_turn @ (Mo-Fr 07:00-09:00)'", at("2026-12-05T08:00"), 390),
        ("restriction=no_left_turn 'restriction:conditional=none @ (20:00-06:00)'", at("2026-12-01T05:00"), 390),
        ("restriction=no_left_turn 'restriction:conditional=none @ (20:00-06:00)'", at("2026-12-01T07:00"), 790),
        ("restriction=no_left_turn day_on=Mo day_off=Fr hour_on=07:00 hour_off=09:00", at("2026-12-01T08:00"), 790),
        ("restriction=no_left_turn day_on=Mo day_off=Fr hour_on=07:00 hour_off=09:00", at("2026-12-01T10:00"), 390),
    ],
)
def test_a_restriction_with_hours_holds_at_its_hours(
    drawn_file: Callable[[str], Path], tags: str, when: datetime, north: int
) -> None:
    path = drawn_file(CROSS + rule(f"w13:to {tags}"))
    network = import_osm(path, moment=when)
    assert metres(network)["N"] == north
    assert network.report["moment"] == when.isoformat()
    assert network.report["not_understood"] == {}


def test_without_a_moment_hours_are_counted_and_what_has_none_holds(draw: Draw) -> None:
    network = draw(CROSS + rule("w13:to restriction=no_left_turn 'restriction:conditional=none @ (20:00-06:00)'"))
    assert metres(network)["N"] == 790
    assert network.report["not_understood"] == {"conditional tag restriction:conditional": 1}
