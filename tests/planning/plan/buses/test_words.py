"""What is said of a bus's way: what a person must look at first, and the kerb of a stop for a while."""

from __future__ import annotations

import pytest

from clearway.network.classes import SIZES, class_mask
from clearway.network.transit.bus_graph import bus_graph
from clearway.planning.plan.buses.words import clock, kerb, notes
from clearway.planning.street_names import StreetNames
from drawn_towns import METRE_LAT, METRE_LON, Town, place

WIDE = {"width_m": 9.0}


def noted(town: Town, arcs: list[int], *chains: list[int], before: int | None = None, after: int | None = None) -> list[str]:
    """What is noted of arcs where the timetable's buses drive the chains."""
    network = town.network()
    return notes(bus_graph(network, chains), StreetNames(network), arcs, before, after)


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "00:00"), (59.9, "00:00"), (60, "00:01"), (3599, "00:59"), (3600, "01:00"), (90600, "25:10")]
)
def test_a_time_is_written_as_timetables_do(seconds: float, written: str) -> None:
    assert clock(seconds) == written


def test_streets_of_unknown_width_where_no_bus_drives_are_named_once_in_their_order() -> None:
    town = Town()
    for x, name in enumerate(("Back Street", "Back Street", "Lane")):
        town.street((200.0 * x, 0), (200.0 * x + 200, 0), name=name)
    assert noted(town, [0, 2, 4]) == ["Width not known, and no bus of the timetable drives there: Back Street and Lane."]
    assert noted(town, [0, 2, 4], [0, 2]) == ["Width not known, and no bus of the timetable drives there: Lane."]
    assert noted(town, [0, 2, 4], [0, 2, 4]) == []
    assert noted(town, [0], [1]) == ["Width not known, and no bus of the timetable drives there: Back Street."]  # the other way


@pytest.mark.parametrize(("width_m", "tight"), [(2.99, False), (3.0, True), (5.49, True), (5.5, False)])
def test_a_street_is_too_narrow_for_two_buses_from_three_metres_to_five_and_a_half(width_m: float, tight: bool) -> None:  # noqa: FBT001
    town = Town()
    town.street((0, 0), (200, 0), name="Lane", width_m=width_m)
    assert noted(town, [0]) == ["Lane is too narrow for a bus to pass one that comes the other way."] * tight
    assert noted(town, [0], [0]) == []  # buses of the timetable pass


def test_where_no_bus_comes_the_other_way_two_need_no_room() -> None:
    general, bus = class_mask(["general"]), class_mask(["bus"])
    for against, tight in ((0, False), (general, False), (bus, True)):
        town = Town()
        town.street((0, 0), (200, 0), name="Lane", width_m=4.0, permit=(general | bus, against))
        assert bool(noted(town, [0])) is tight


@pytest.mark.parametrize(
    ("north", "tight"),
    [(0.0, False), (100.0, False), (-300.0, True), (300.0, True)],
)
def test_a_turn_back_at_an_acute_angle_is_tight_to_either_side(north: float, tight: bool) -> None:  # noqa: FBT001
    town = Town()
    town.street((0, 0), (400, 0), name="Main Street", **WIDE)
    town.street((400, 0), (150, north) if tight else (800, north), name="Side Street", **WIDE)
    says = ["The turn from Main Street into Side Street is tight: try it with a bus."] * tight
    assert noted(town, [0, 2]) == says
    assert noted(town, [0], after=2) == says
    assert noted(town, [2], before=0) == says
    assert noted(town, [0, 2], [0, 2]) == []  # a bus of the timetable turns there
    assert noted(town, [0, 2], [0], [2]) == says  # buses drive both, none turns


@pytest.mark.parametrize(
    ("size", "says"),
    [
        ("height_m", "3.5 m high"),
        ("width_m", "3.5 m wide"),
        ("weight_t", "3.5 t"),
        ("length_m", "3.5 m long"),
        ("axle_t", "3.5 t on an axle"),
    ],
)
def test_a_limit_that_holds_for_buses_is_told_of_the_arc_that_has_it(size: str, says: str) -> None:
    town = Town()
    town.street((0, 0), (200, 0), name="Low Road", **WIDE)
    town.street((200, 0), (400, 0), name="High Road", **WIDE)
    town.draft.limit(SIZES.index(size), 3.5, classes=class_mask(["bus", "general"]), arc=0)
    town.draft.limit(SIZES.index(size), 2.5, classes=class_mask(["general"]), arc=0)
    town.draft.limit(SIZES.index(size), 1.5, classes=class_mask(["bus"]), arc=3)
    assert noted(town, [0, 2]) == [f"Low Road takes vehicles up to {says}."]
    assert noted(town, [2]) == []


@pytest.mark.parametrize("driving_side", ["left", "right"])
@pytest.mark.parametrize("against", [False, True])
@pytest.mark.parametrize(
    ("end", "left"), [
        ((100.0, 0.0), "north"), ((100.0, 100.0), "north-west"), ((0.0, 100.0), "west"), ((-100.0, 100.0), "south-west"),
        ((-100.0, 0.0), "south"), ((-100.0, -100.0), "south-east"), ((0.0, -100.0), "east"), ((100.0, -100.0), "north-east"),
    ],
)  # fmt: skip
def test_a_kerb_lies_four_metres_beside_the_street_on_the_side_that_buses_drive_on(
    end: tuple[float, float],
    left: str,
    against: bool,  # noqa: FBT001
    driving_side: str,
) -> None:
    town = Town()
    town.street((0, 0), end, name="Main Street")
    town.draft.driving_side = driving_side
    names = StreetNames(town.network())
    length = float(names.network.way_length_m[0])
    found = kerb(names, int(against), 30.0)
    unit = (end[0] / length, end[1] / length)
    turned = 1 if (driving_side == "left") is not against else -1
    at_m = length - 30.0 if against else 30.0
    wanted = place(unit[0] * at_m - unit[1] * 4.0 * turned, unit[1] * at_m + unit[0] * 4.0 * turned)
    assert abs(found.lon - wanted[0]) < 0.1 * METRE_LON
    assert abs(found.lat - wanted[1]) < 0.1 * METRE_LAT
    assert abs(found.at_m - at_m) < 1e-6
    sides = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
    side = left if turned > 0 else sides[(sides.index(left) + 4) % 8]
    assert found.where == f"{names.between(0)}, {side} side"


@pytest.mark.parametrize(("along_m", "at_m"), [(0.0, 0.0), (100.0, 100.0)])
def test_a_kerb_at_the_end_of_a_street_has_its_side_too(along_m: float, at_m: float) -> None:
    town = Town()
    town.street((0, 0), (100, 0), name="Main Street")
    names = StreetNames(town.network())
    found = kerb(names, 0, min(along_m, float(names.network.way_length_m[0])))
    assert abs(found.lat - place(at_m, 4.0)[1]) < 0.1 * METRE_LAT
    assert abs(found.lon - place(at_m, 4.0)[0]) < 1.0 * METRE_LON
    assert found.where.endswith(", north side")
