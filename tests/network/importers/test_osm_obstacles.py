import pytest

from clearway.network.classes import class_names, load_vehicle_classes
from clearway.network.importers.osm_obstacles import SIZE_LIMIT, barrier_kind, stop_not_understood, stop_of

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


EVERYBODY = CARS | {"emergency", "foot", "cycle"}
KINDS_BY_WHOM: list[tuple[str, set[str]]] = [
    ("border_control entrance kerb toll_booth", EVERYBODY),
    ("cattle_grid", EVERYBODY - {"bus"}),
    ("bump_gate gate lift_gate removable_bollard rising_bollard rope sally_port swing_gate", {"emergency", "foot", "cycle"}),
    ("hampshire_gate sliding_gate", {"emergency", "foot"}),
    ("bus_trap sump_buster", {"bus", "foot", "cycle"}),
    ("height_restrictor", {"resident", "general", "foot", "cycle"}),
    (
        "barrier_board block bollard concrete_block cycle_barrier delineators jersey_barrier motorcycle_barrier",
        {"foot", "cycle"},
    ),
    ("planter rock wicket_gate width_restrictor", {"foot", "cycle"}),
    ("chain debris door full-height_turnstile horse_stile kissing_gate log spikes step stile swing_barrier", {"foot"}),
    ("tank_trap turnstile", {"foot"}),
    ("dragon", set()),
]
PASSING = {kind: whom for kinds, whom in KINDS_BY_WHOM for kind in kinds.split()}
OPENED_BY_A_CREW = {kind for kind, whom in PASSING.items() if "emergency" in whom}


def test_every_kind_of_the_table_has_its_expectation() -> None:
    assert set(PASSING) - {"dragon"} == {kind for row in ROWS for kind in row.passes}


@pytest.mark.parametrize("kind", PASSING)
def test_each_kind_of_barrier_lets_by_whom_it_names(kind: str) -> None:
    assert blocked(barrier=kind) == EVERYBODY - PASSING[kind]
    assert blocked(barrier=kind, locked="no") == EVERYBODY - PASSING[kind]
    assert blocked(barrier=kind, locked="yes") == EVERYBODY - (PASSING[kind] & {"emergency"})


@pytest.mark.parametrize("kind", PASSING)
def test_general_access_opens_what_a_crew_could_open_and_no_more(kind: str) -> None:
    opened = EVERYBODY if kind in OPENED_BY_A_CREW else PASSING[kind] | {"foot", "cycle"}
    assert blocked(barrier=kind, access="yes") == EVERYBODY - opened
    assert blocked(barrier=kind, motor_vehicle="yes") == EVERYBODY - (PASSING[kind] | CARS | {"emergency"})
    assert blocked(barrier=kind, access="no") == EVERYBODY - (PASSING[kind] & {"emergency"})


@pytest.mark.parametrize(
    ("bollard", "kind"),
    [
        ("removable", "removable_bollard"),
        ("foldable", "removable_bollard"),
        ("rising", "rising_bollard"),
        ("retractable", "rising_bollard"),
        ("telescopic", "rising_bollard"),
        ("irremovable", "bollard"),
        ("", "bollard"),
    ],
)
def test_a_bollard_is_of_the_kind_that_it_says(bollard: str, kind: str) -> None:
    assert barrier_kind({"barrier": "bollard", "bollard": bollard}) == kind
    assert barrier_kind({"barrier": "gate", "bollard": bollard}) == "gate"


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"barrier": "gate"}, []),
        ({"barrier": "dragon"}, ["barrier=dragon in no list: stops everybody"]),
        ({"barrier": "height_restrictor"}, ["barrier=height_restrictor without its size"]),
        ({"barrier": "height_restrictor", "maxheight": "2.1"}, []),
        ({"barrier": "width_restrictor", "maxweight": "3"}, ["barrier=width_restrictor without its size"]),
        ({"barrier": "width_restrictor", "maxwidth": "2"}, []),
        ({"barrier": "width_restrictor", "width": "2"}, ["barrier=width_restrictor without its size"]),  # of the thing itself
        ({"barrier": "gate", "access": "perhaps"}, ["access value access=perhaps on a barrier"]),
        ({"barrier": "gate", "maxheight": "low"}, ["limit maxheight=low on a barrier"]),
        ({"barrier": SIZE_LIMIT, "maxheight": "2"}, []),
    ],
)
def test_what_is_left_aside_at_a_barrier_is_said(tags: dict[str, str], said: list[str]) -> None:
    assert stop_not_understood(tags, ROWS) == said
