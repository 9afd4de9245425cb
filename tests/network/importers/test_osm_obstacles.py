from clearway.network.classes import class_names, load_vehicle_classes
from clearway.network.importers.osm_obstacles import barrier_kind, stop_of

ROWS = load_vehicle_classes()
CARS = {"resident", "service", "bus", "general"}


def blocked(**tags: str) -> set[str]:
    return set(class_names(stop_of(tags, ROWS).blocks))


def test_a_bollard_stops_every_car_and_the_engine_and_lets_walkers_and_bicycles_by() -> None:
    assert blocked(barrier="bollard") == CARS | {"emergency"}


def test_a_bollard_that_a_crew_can_lower_or_lift_lets_the_engine_by() -> None:
    assert blocked(barrier="bollard", bollard="rising") == CARS
    assert blocked(barrier="bollard", bollard="removable") == CARS
    assert barrier_kind({"barrier": "bollard", "bollard": "fixed"}) == "bollard"


def test_gates_open_for_the_engine() -> None:
    assert blocked(barrier="lift_gate") == CARS
    assert blocked(barrier="gate") == CARS


def test_the_node_s_own_access_tags_decide_first() -> None:
    assert blocked(barrier="gate", access="yes") == set()
    assert blocked(barrier="gate", motor_vehicle="private") == {"service", "bus", "general"}
    assert blocked(barrier="lift_gate", motor_vehicle="no", bus="yes") == {"resident", "service", "general"}
    assert blocked(barrier="gate", access="private") == {"service", "bus", "general", "foot", "cycle"}


def test_general_access_does_not_melt_a_bollard_but_a_named_vehicle_passes() -> None:
    assert blocked(barrier="bollard", access="yes") == CARS | {"emergency"}
    assert "emergency" not in blocked(barrier="bollard", emergency="yes")
    assert "bus" not in blocked(barrier="bus_trap")


def test_a_locked_gate_opens_only_for_the_engine_and_those_a_tag_names() -> None:
    assert blocked(barrier="gate", locked="yes") == CARS | {"foot", "cycle"}
    assert "foot" not in blocked(barrier="gate", locked="yes", foot="yes")
    assert blocked(barrier="gate", locked="yes", access="yes") == CARS | {"foot", "cycle"}


def test_the_emergency_services_own_no_holds_even_at_a_gate() -> None:
    assert "emergency" in blocked(barrier="gate", emergency="no")


def test_a_barrier_of_an_unknown_kind_stops_everybody() -> None:
    assert blocked(barrier="dragon") == CARS | {"emergency", "foot", "cycle"}


def test_a_kerb_or_a_toll_booth_stops_no_car() -> None:
    assert not blocked(barrier="kerb") & CARS
    assert not blocked(barrier="toll_booth") & CARS
