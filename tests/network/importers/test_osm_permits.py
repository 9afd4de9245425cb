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


MOTOR = {"emergency", "resident", "service", "bus", "general"}
ROWS_BY_WHOM: list[tuple[list[str], set[str]]] = [
    (["yes", "designated", "official", "permissive", "public", "discouraged"], {*MOTOR, "foot", "cycle"}),
    (["use_sidepath"], {*MOTOR, "foot"}),
    (["dismount"], {"emergency", "foot"}),
    (["destination"], {"emergency", "resident", "service", "bus", "foot", "cycle"}),
    (["delivery"], {"emergency", "service"}),
    (["customers"], {"emergency", "service", "foot", "cycle"}),
    (["permit", "private"], {"emergency", "resident"}),
    (["residents"], {"emergency", "resident", "foot", "cycle"}),
    (["agricultural", "forestry", "emergency", "military", "no"], {"emergency"}),
    (["psv", "bus"], {"emergency", "bus"}),
]
LET_IN = {value: whom for values, whom in ROWS_BY_WHOM for value in values}


def test_every_row_of_the_table_has_its_expectation() -> None:
    assert set(LET_IN) == set(access_values())


@pytest.mark.parametrize("value", LET_IN)
def test_each_row_of_the_table_lets_in_whom_it_names_each_way_and_changes_nothing_the_other_way(value: str) -> None:
    everybody, named = set(VEHICLE_CLASSES), LET_IN[value]
    assert (along(access__forward=value), against(access__forward=value)) == (named, everybody)
    assert (along(access__backward=value), against(access__backward=value)) == (everybody, named)
    assert along(access=value) == against(access=value) == named


@pytest.mark.parametrize("value", LET_IN)
def test_no_row_of_the_table_opens_a_footway_by_the_general_key_or_steps_by_any(value: str) -> None:
    assert along(highway="footway", access=value) <= {"foot"}
    assert along(highway="steps", access=value, motor_vehicle="yes", emergency="yes") <= {"foot"}
    opened = LET_IN[value] - {"foot", "cycle"} - ({"emergency"} if value in {"military", "no"} else set())
    assert along(highway="footway", motor_vehicle=value) == opened | {"foot"}


@pytest.mark.parametrize(
    ("key", "whom"),
    [
        ("access", {*MOTOR, "foot", "cycle"}),
        ("vehicle", {*MOTOR, "cycle"}),
        ("motor_vehicle", MOTOR),
        ("motorcar", {"resident", "general"}),
        ("hgv", {"service"}),
        ("goods", {"service"}),
        ("psv", {"bus"}),
        ("bus", {"bus"}),
        ("foot", {"foot"}),
        ("bicycle", {"cycle"}),
    ],
)
def test_each_key_shuts_out_those_it_is_for_but_engines(key: str, whom: set[str]) -> None:
    assert along(**{key: "no"}) == set(VEHICLE_CLASSES) - (whom - {"emergency"})
    assert along(**{key: " no ; nonsense"}) == along(**{key: "no"})


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("busway", "lane", True),
        ("busway", "opposite_lane", True),
        ("busway", "opposite", False),
        ("lanes:bus", "1", True),
        ("lanes:psv:forward", "2", True),
        ("lanes:taxi", "1", True),
        ("lanes:bus", "0", False),
        ("lanes:bus", "no", False),
        ("lanes:forward", "2", False),
        ("lanes", "2", False),
        ("bus:lanes", "no|designated", True),
        ("bus:lanes:forward", "yes|designated", True),
        ("taxi:lanes", "designated", True),
        ("motor_vehicle:lanes", "yes|no", True),
        ("access:lanes", "yes|yes", False),
        ("bicycle:lanes", "no|designated", False),
        ("foot:lanes", "no", False),
    ],
)
def test_lanes_that_are_reserved_are_counted_and_others_are_not(key: str, value: str, said: bool) -> None:  # noqa: FBT001
    assert not_understood(tagged({key: value}), ROWS) == ([f"reserved lanes {key}"] if said else [])


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("oneway:conditional", "yes @ (07:00-09:00)", "conditional tag oneway:conditional"),
        ("maxspeed:conditional", "30 @ wet", "conditional tag maxspeed:conditional"),
        ("maxheight:conditional", "2 @ x", "conditional tag maxheight:conditional"),
        ("parking:conditional", "no @ x", None),
        ("access:forward", "perhaps", "access value access:forward=perhaps"),
        ("bicycle:backward", "perhaps", "access value bicycle:backward=perhaps"),
        ("access:note", "perhaps", None),
        ("emergency", "fire_hydrant", None),
        ("name", "perhaps", None),
        ("access", "yes", None),
    ],
)
def test_what_is_left_aside_is_said_and_nothing_else(key: str, value: str, said: str | None) -> None:
    assert not_understood(tagged({key: value}), ROWS) == ([said] if said else [])


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        ({"bus:lanes:backward": "no|no"}, {"foot"}),
        ({"bus:lanes:forward": "designated"}, {"foot"}),
        ({"lanes:bus:backward": "0"}, {"foot"}),
        ({"lanes:bus:backward": "no"}, {"foot"}),
        ({"busway": "lane"}, {"foot"}),
        ({"busway:both": "opposite"}, {"foot", "bus", "emergency"}),
        ({"busway:right": "opposite"}, {"foot", "bus", "emergency"}),
        ({"cycleway": "lane"}, {"foot"}),
        ({"cycleway:both": "opposite_share_busway"}, {"foot", "cycle"}),
        ({"cycleway:oneway": "yes"}, {"foot"}),
        ({"oneway:vehicle": "no"}, set(VEHICLE_CLASSES)),
        ({"motor_vehicle:oneway": "no"}, MOTOR | {"foot"}),
        ({"oneway:emergency": "no"}, {"foot", "emergency"}),
        ({"oneway:foot": "yes"}, set()),
    ],
)
def test_who_may_go_against_a_one_way_street(tags: dict[str, str], who: set[str]) -> None:
    both = {name for name, row in BY_NAME.items() if directions({"oneway": "yes"} | tags, row) == BOTH}
    assert both == who


def test_a_contraflow_lane_opens_no_street_that_changes_by_the_hour() -> None:
    for name in set(VEHICLE_CLASSES) - {"foot"}:
        assert directions({"oneway": "reversible", "busway": "opposite", "cycleway": "opposite"}, BY_NAME[name]) == NEITHER


def test_nothing_is_unknown_about_a_street_without_a_one_way_tag() -> None:
    assert oneway_not_understood({}) == oneway_not_understood({"oneway": ""}) == []
