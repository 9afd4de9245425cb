"""Handover points as they stand, places inside, and who comes: in sentences and at their bounds, in the grid of streets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.services import Service, Staffed, load_services, staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.handover.finding import crews_of
from clearway.planning.plan.handover.places import inside_of
from clearway.planning.plan.handover.standing import handover_standing
from clearway.planning.street_names import StreetNames
from clearway.record.kinds.plans import HandoverPlace, TrafficPlan
from clearway.record.place import Point
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.plan.contract import HandoverStatus
    from handover_rooms import Room

HELP = class_mask(["emergency"])
AMBULANCE = Service("ambulance", ("ambulance_station",))


Lines = tuple[tuple[tuple[float, float], ...], ...]


def block() -> Network:
    """A block of 100 m: South Street, East Street, North Street and West Street round it."""
    town = Town()
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    for name, start, end in zip(("South", "East", "North", "West"), corners, [*corners[1:], corners[0]], strict=True):
        town.street(start, end, name=f"{name} Street", speed_kmh=50.0)
    return town.network()


def standing(
    network: Network,
    spot: tuple[float, float],
    *shut: Closure,
    services: tuple[Staffed, ...] | None = None,
    occupied: Lines = (),
) -> HandoverStatus:
    """A point that is served from the south-west corner, with the hospital 40 m along South Street."""
    base = Station("Base", "ambulance_station", *place(0.0, 0.0), 60.0)
    handover = (HandoverPlace(id="H1", place=Point(at=place(*spot))),)
    plan = TrafficPlan(plan="p", title="P", handover=handover, occupied=occupied)
    timer = AccessTimer(network)
    helping = services if services is not None else (Staffed(AMBULANCE, (base,)),)
    (one,) = handover_standing(
        plan, Gazetteer(network), timer, helping, [Station("Clinic", "hospital", *place(40.0, 0.0))], shut
    )
    return one


def test_streets_that_a_plan_occupies_are_shut_to_who_comes() -> None:
    """Who stands in East Street and in North Street stands round the north-east corner; in one of them, on one way to it."""
    east, north = (place(100.0, 0.0), place(100.0, 100.0)), (place(100.0, 100.0), place(0.0, 100.0))
    for occupied, ways in (((east,), (1,)), ((north,), (2,)), ((east, north), (1, 2))):
        one = standing(block(), (100.0, 100.0), occupied=occupied)
        shut = standing(block(), (100.0, 100.0), *(Closure(way, HELP, label="") for way in ways))
        assert one == shut
        assert one != standing(block(), (100.0, 100.0))


def test_a_corner_with_two_ways_there_and_on_is_safe_and_gives_its_minutes() -> None:
    """To the north-east corner two blocks at 60 km/h are 12 s after a minute; on to the hospital 160 m are 9.6 s."""
    one = standing(block(), (100.0, 100.0))
    assert (one.ok, one.says) == (
        True, "Ambulance from Base in 1.2 min, to Clinic in 0.2 min. No single blocked street stops it.",
    )  # fmt: skip
    assert one.ambulance_seconds == pytest.approx(72.0, abs=0.05)
    assert one.hospital_seconds == pytest.approx(9.6, abs=0.05)
    assert one.id == "H1"
    assert (one.lon, one.lat) == pytest.approx(place(100.0, 100.0), abs=1e-6)


def test_where_one_street_is_left_it_is_named_and_what_shut_the_other() -> None:
    shut = Closure(2, HELP, label="crane")
    one = standing(block(), (100.0, 100.0), shut)
    assert not one.ok
    assert one.says == (
        "Ambulance from Base in 1.2 min, to Clinic in 0.2 min. One vehicle across South Street between West Street and "
        "East Street and none can come. Shut on an approach: crane."
    )
    # what lies elsewhere, or has no name, is not named
    far = Closure(2, class_mask(["general"]), label="no matter")
    assert standing(block(), (100.0, 100.0), far).ok
    for others in ((), (far,)):
        assert standing(block(), (100.0, 100.0), replace(shut, label=""), *others).says.endswith("none can come.")
    # the point lies where the ambulance stands, and only the way to the hospital is down to one street
    out = standing(block(), (0.0, 0.0), Closure(0, HELP, at_m=60.0, label="hole"))
    assert out.says.endswith(
        "One vehicle across South Street between West Street and East Street and none can leave. Shut on an approach: hole."
    )


def test_where_nobody_comes_or_no_hospital_is_left_it_says_which() -> None:
    both = [Closure(way, HELP, label=f"C{way}") for way in (1, 2)]
    gone = standing(block(), (100.0, 100.0), *both)
    assert gone.says == "No ambulance gets there. Shut on an approach: C1 and C2."
    assert (gone.ok, gone.ambulance_seconds, gone.hospital_seconds) == (False, None, None)
    # the hospital stands in a stretch that is shut at both its ends: an ambulance gets to the corner and no farther
    held = [Closure(0, HELP, at_m=at_m, label="held") for at_m in (30.0, 50.0)]
    lost = standing(block(), (100.0, 100.0), *held)
    assert lost.says == "An ambulance gets there, and from there to no hospital. Shut on an approach: held."
    assert (lost.ambulance_seconds is None, lost.hospital_seconds) == (False, None)


@pytest.mark.parametrize(("away_m", "near"), [(59.8, True), (60.2, False)])
def test_a_point_up_to_sixty_metres_from_a_corner_is_that_corner(away_m: float, *, near: bool) -> None:
    one = standing(block(), (100.0 + away_m, 100.0))
    assert one.ok is near
    assert (one.says == "It lies more than 60 m from every corner that an ambulance may drive to.") is not near


def test_the_end_of_a_path_is_no_corner_for_an_ambulance() -> None:
    """The path's end is 28 m away, the corner at its beginning 42 m."""
    town = Town()
    town.street((0.0, 0.0), (100.0, 0.0), name="Street", speed_kmh=50.0)
    town.street((100.0, 0.0), (150.0, 50.0), name="Path", permit=(32, 32))
    assert standing(town.network(), (130.0, 30.0)).ambulance_seconds == pytest.approx(66.0, abs=0.05)


def test_without_stations_a_point_is_not_checked_and_without_points_nothing_is_said(room: Room) -> None:
    assert standing(block(), (0.0, 0.0), services=()).says.startswith("Not checked: No ambulance station is known")
    timer = AccessTimer(room.grid.network)
    assert handover_standing(room.plan.model_copy(update={"handover": ()}), room.grid, timer, (), ()) == ()
    lost = TrafficPlan(plan="p", title="P", handover=(HandoverPlace(id="X", place=Point(at=(0.0, 0.0))),))
    services = staffed(load_services(), [room.station])
    (far,) = handover_standing(lost, room.grid, timer, services, [room.hospital])
    assert (far.ok, far.ambulance_seconds) == (False, None)


def test_stations_and_hospitals_off_the_streets_are_left_out_and_named_where_all_are() -> None:
    network, timer = block(), AccessTimer(block())
    near, off = (Station(name, "ambulance_station", *place(0.0, south)) for name, south in (("Near", -149.0), ("Off", -151.0)))
    clinic, away = (Station(name, "hospital", *place(100.0, south)) for name, south in (("Clinic", -149.0), ("Away", -151.0)))
    crews = crews_of(timer, [Staffed(AMBULANCE, (off, near))], [away, clinic], [])
    assert ([one.name for one in crews.stations], [one.name for one in crews.hospitals]) == (["Near"], ["Clinic"])
    assert len(crews.vehicles.stations) == len(crews.vehicles.hospitals) == 1
    with pytest.raises(BadInput, match=r"Off \(151 m\)\. Put each station within 150 m"):
        crews_of(timer, [Staffed(AMBULANCE, (off,))], [clinic], [])
    with pytest.raises(BadInput, match=r"Away \(151 m\)\. Put each hospital within 150 m"):
        crews_of(timer, [Staffed(AMBULANCE, (near,))], [away], [])
    fire = Staffed(Service("fire", ("fire_station",)), (near,))
    assert crews_of(timer, [fire, Staffed(AMBULANCE, (near,))], [clinic], []).service == AMBULANCE
    shut = [Closure(0, HELP), Closure(1, class_mask(["general"]))]
    assert crews_of(timer, [Staffed(AMBULANCE, (near,))], [clinic], shut).vehicles.closures == (shut[0],)
    assert network.way_count == 4


def test_places_inside_are_every_address_and_occupied_streets_every_twenty_metres(room: Room) -> None:
    inside = inside_of(room.plan, room.grid, StreetNames(room.grid.network))
    on_street = inside.address < 0
    assert on_street.any()
    assert not on_street.all()
    for way in np.unique(inside.way[on_street]).tolist():
        length = float(room.grid.network.way_length_m[way])
        metres = np.sort(inside.at_m[on_street & (inside.way == way)])
        assert len(metres) == np.ceil(length / 20.0)
        assert np.diff(metres) == pytest.approx([length / len(metres)] * (len(metres) - 1))
        assert [metres[0], length - metres[-1]] == pytest.approx([length / len(metres) / 2] * 2)
    addresses = inside.address[~on_street]
    assert room.grid.network.address_way[addresses].tolist() == inside.way[~on_street].tolist()
    assert room.grid.network.address_offset_m[addresses].tolist() == inside.at_m[~on_street].tolist()
    assert len(inside.labels) == len(inside.way)
