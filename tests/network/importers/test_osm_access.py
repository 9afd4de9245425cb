import pytest

from clearway.network.classes import VEHICLE_CLASSES, class_names, load_vehicle_classes
from clearway.network.importers.access_values import access_values, meaning
from clearway.network.importers.osm import permit_masks
from clearway.network.importers.osm_access import not_understood

ROWS = load_vehicle_classes()


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
