import pytest

from clearway.network.classes import load_vehicle_classes
from clearway.network.importers.osm_oneway import AGAINST, ALONG, BOTH, NEITHER, directions, oneway_not_understood

ROWS = {row.name: row for row in load_vehicle_classes()}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, BOTH),
        ({"oneway": "yes"}, ALONG),
        ({"oneway": "1"}, ALONG),
        ({"oneway": "true"}, ALONG),
        ({"oneway": "-1"}, AGAINST),
        ({"oneway": "reverse"}, AGAINST),
        ({"oneway": "no"}, BOTH),
        ({"oneway": "alternating"}, BOTH),
        ({"oneway": "reversible"}, NEITHER),
        ({"oneway": "perhaps"}, BOTH),
        ({"junction": "roundabout"}, ALONG),
        ({"junction": "circular"}, ALONG),
        ({"junction": "roundabout", "oneway": "-1"}, AGAINST),
        ({"junction": "roundabout", "oneway": "no"}, BOTH),
        ({"highway": "motorway"}, ALONG),
        ({"highway": "motorway", "oneway": "no"}, BOTH),
        ({"highway": "motorway_link"}, BOTH),
        ({"oneway:motor_vehicle": "yes"}, ALONG),
        ({"oneway": "yes", "oneway:motorcar": "no"}, BOTH),
    ],
)
def test_ordinary_traffic_heeds_each_form_of_one_way(tags: dict[str, str], expected: tuple[bool, bool]) -> None:
    assert directions(tags, ROWS["general"]) == expected


@pytest.mark.parametrize(
    "tags",
    [
        {"oneway:bus": "no"},
        {"oneway:psv": "no"},
        {"psv:oneway": "no"},
        {"busway": "opposite_lane"},
        {"busway:left": "opposite_lane"},
        {"bus:lanes:backward": "designated|no"},
        {"psv:lanes:backward": "yes"},
        {"lanes:bus:backward": "1"},
        {"lanes:psv:backward": "1"},
    ],
)
def test_a_lane_against_the_traffic_lets_buses_and_engines_both_ways_and_nobody_else(tags: dict[str, str]) -> None:
    one_way = {"oneway": "yes"} | tags
    both = {name for name, row in ROWS.items() if directions(one_way, row) == BOTH}
    assert both == {"bus", "emergency", "foot"}


@pytest.mark.parametrize(
    "tags",
    [
        {"oneway:bicycle": "no"},
        {"cycleway": "opposite"},
        {"cycleway": "opposite_lane"},
        {"cycleway:left": "opposite_track"},
        {"cycleway:right:oneway": "no"},
        {"cycleway:left:oneway": "-1"},
    ],
)
def test_a_cycle_lane_against_the_traffic_lets_bicycles_both_ways_and_no_car(tags: dict[str, str]) -> None:
    one_way = {"oneway": "yes"} | tags
    both = {name for name, row in ROWS.items() if directions(one_way, row) == BOTH}
    assert both == {"cycle", "foot"}


def test_a_lane_against_the_traffic_of_a_street_drawn_backwards_is_the_forward_one() -> None:
    assert directions({"oneway": "-1", "bus:lanes:forward": "designated"}, ROWS["bus"]) == BOTH
    assert directions({"oneway": "-1", "bus:lanes:backward": "designated"}, ROWS["bus"]) == AGAINST


def test_what_binds_buses_alone_does_not_bind_engines() -> None:
    assert directions({"oneway:bus": "yes"}, ROWS["bus"]) == ALONG
    assert directions({"oneway:bus": "yes"}, ROWS["emergency"]) == BOTH


def test_people_on_foot_heed_no_one_way_unless_it_is_theirs() -> None:
    assert directions({"oneway": "yes"}, ROWS["foot"]) == BOTH
    assert directions({"oneway:foot": "yes"}, ROWS["foot"]) == ALONG


def test_reversible_and_unknown_values_are_counted() -> None:
    assert oneway_not_understood({"oneway": "reversible"}) == ["one-way value reversible"]
    assert oneway_not_understood({"oneway": "perhaps"}) == ["one-way value perhaps"]
    assert oneway_not_understood({"oneway": "-1"}) == []
