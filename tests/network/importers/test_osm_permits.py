import pytest

from clearway.network.classes import VEHICLE_CLASSES, class_names, load_vehicle_classes
from clearway.network.importers.osm_permits import (
    AGAINST,
    ALONG,
    BOTH,
    NEITHER,
    access_values,
    directions,
    meaning,
    not_understood,
    oneway_not_understood,
    permit_masks,
)

ROWS = load_vehicle_classes()
BY_NAME = {row.name: row for row in ROWS}


def along(**tags: str) -> set[str]:
    return set(class_names(permit_masks(tagged(tags), ROWS)[0]))


def against(**tags: str) -> set[str]:
    return set(class_names(permit_masks(tagged(tags), ROWS)[1]))


def tagged(tags: dict[str, str]) -> dict[str, str]:
    return {"highway": "residential"} | {key.replace("__", ":"): value for key, value in tags.items()}


def test_an_untagged_residential_street_lets_everybody_in_both_ways() -> None:
    assert along() == against() == set(VEHICLE_CLASSES)


@pytest.mark.parametrize(
    ("value", "cars"),
    [
        ("yes", {"emergency", "resident", "service", "bus", "general"}),
        ("permissive", {"emergency", "resident", "service", "bus", "general"}),
        ("destination", {"emergency", "resident", "service", "bus"}),
        ("delivery", {"emergency", "service"}),
        ("customers", {"emergency", "service"}),
        ("permit", {"emergency", "resident"}),
        ("private", {"emergency", "resident"}),
        ("no", {"emergency"}),
        ("destination;delivery", {"emergency", "resident", "service", "bus"}),
    ],
)
def test_each_value_lets_in_the_vehicles_it_names(value: str, cars: set[str]) -> None:
    assert along(motor_vehicle=value) == cars | {"foot", "cycle"}


def test_the_more_particular_key_decides() -> None:
    assert along(access="no", vehicle="private", motor_vehicle="destination", bus="yes") >= {"bus", "resident", "service"}
    assert "general" not in along(access="no", vehicle="private", motor_vehicle="destination", bus="yes")
    assert along(access="no", foot="yes") == {"emergency", "foot"}
    assert along(motor_vehicle="no", motorcar="yes") == {"emergency", "resident", "general", "foot", "cycle"}


def test_a_street_closed_to_traffic_lets_the_emergency_services_in_unless_their_own_key_says_no() -> None:
    assert "emergency" in along(access="no")
    assert "emergency" not in along(access="no", emergency="no")
    assert "emergency" not in along(emergency="no")


def test_an_engine_may_use_a_bus_lane_a_shopping_street_and_a_footway_marked_for_it_but_no_steps() -> None:
    assert along(highway="busway") >= {"emergency", "bus"}
    assert "general" not in along(highway="busway")
    assert "emergency" in along(highway="pedestrian")
    assert "emergency" not in along(highway="footway")
    assert "emergency" in along(highway="footway", emergency="yes")
    assert "emergency" not in along(highway="steps", emergency="yes")
    assert "general" not in along(highway="steps", motor_vehicle="yes")


def test_general_access_does_not_turn_a_footway_into_a_street_but_motor_vehicle_does() -> None:
    assert along(highway="footway", access="yes") == {"foot"}
    assert along(highway="footway", motor_vehicle="yes") == {"emergency", "resident", "service", "bus", "general", "foot"}


def test_access_by_direction_comes_before_access_both_ways() -> None:
    tags = {"motor_vehicle": "no", "motor_vehicle__backward": "yes"}
    assert "general" not in along(**tags)
    assert "general" in against(**tags)
    assert "general" not in against(access__backward="no")


def test_the_outline_of_a_square_is_for_walkers_unless_a_tag_names_vehicles() -> None:
    assert along(highway="pedestrian", area="yes") == {"foot"}
    assert "service" in along(highway="pedestrian", area="yes", motor_vehicle="delivery")


def test_an_unknown_value_leaves_the_more_general_key_to_decide() -> None:
    assert along(motor_vehicle="perhaps", access="private") == {"emergency", "resident"}


def test_conditional_tags_and_unknown_values_are_counted() -> None:
    tags = tagged({"access__conditional": "no @ (22:00-06:00)", "motor_vehicle": "perhaps", "hgv__lanes__conditional": "x"})
    assert not_understood(tags, ROWS) == [
        "conditional tag access:conditional",
        "access value motor_vehicle=perhaps",
        "conditional tag hgv:lanes:conditional",
    ]


def test_the_table_says_yes_no_or_default_for_every_class() -> None:
    for row in access_values().values():
        assert set(row.meaning) == set(VEHICLE_CLASSES)
        assert set(row.meaning.values()) <= {"yes", "no", "default"}
    assert meaning("nonsense", "general") is None


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
    assert directions(tags, BY_NAME["general"]) == expected


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
    both = {name for name, row in BY_NAME.items() if directions(one_way, row) == BOTH}
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
    both = {name for name, row in BY_NAME.items() if directions(one_way, row) == BOTH}
    assert both == {"cycle", "foot"}


def test_a_lane_against_the_traffic_of_a_street_drawn_backwards_is_the_forward_one() -> None:
    assert directions({"oneway": "-1", "bus:lanes:forward": "designated"}, BY_NAME["bus"]) == BOTH
    assert directions({"oneway": "-1", "bus:lanes:backward": "designated"}, BY_NAME["bus"]) == AGAINST


def test_what_binds_buses_alone_does_not_bind_engines() -> None:
    assert directions({"oneway:bus": "yes"}, BY_NAME["bus"]) == ALONG
    assert directions({"oneway:bus": "yes"}, BY_NAME["emergency"]) == BOTH


def test_people_on_foot_heed_no_one_way_unless_it_is_theirs() -> None:
    assert directions({"oneway": "yes"}, BY_NAME["foot"]) == BOTH
    assert directions({"oneway:foot": "yes"}, BY_NAME["foot"]) == ALONG


def test_reversible_and_unknown_values_are_counted() -> None:
    assert oneway_not_understood({"oneway": "reversible"}) == ["one-way value reversible"]
    assert oneway_not_understood({"oneway": "perhaps"}) == ["one-way value perhaps"]
    assert oneway_not_understood({"oneway": "-1"}) == []
