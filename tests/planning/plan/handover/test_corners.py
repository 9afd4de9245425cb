"""Which corners outside a ring are thought of, in what steps, why there is none, and what the certificate holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import Infeasible
from clearway.network.classes import class_index, class_mask, load_vehicle_classes
from clearway.network.closures import Closure
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps, untold
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.handover.contract import HandoverWishes
from clearway.planning.plan.handover.finding import Helping, find_handover
from clearway.planning.plan.handover.places import inside_of
from clearway.planning.plan.handover.walking import walking
from clearway.planning.street_names import StreetNames
from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan
from clearway.record.place import Area, Point
from drawn_towns import Town, place, square
from plan_rings import NOW

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.handover.finding import Found
    from handover_rooms import Room

HELP = class_mask(["emergency"])


def corners(room: Room, most_ms: int | None = None) -> tuple[int, int]:
    """By hand: corners from which one walks to a place in time, or that are nearest to who reaches none; and the time.

    Without a time, that of a corner which is reached exactly then, from a place that has another nearer.
    """
    network = room.grid.network
    inside = inside_of(room.plan, room.grid, StreetNames(network))
    outside = [one for one in range(36) if one not in inside.junctions]  # the grid's; the ends of its streets have one approach
    table = walking(network, inside.way, inside.at_m, 3.0, steps=False).ms_from(outside)
    least = table.min(axis=1)
    if most_ms is None:
        nearest = table.min(axis=0)
        most_ms = next(ms for ms in sorted(least.tolist()) if (nearest < ms)[table[least == ms][0] == ms].all())
    found = set(np.flatnonzero(least <= most_ms).tolist())
    return len(found | set(table[:, table.min(axis=0) > most_ms].argmin(axis=0).tolist())), most_ms


def test_a_corner_that_somebody_reaches_exactly_in_time_is_thought_of(room: Room) -> None:
    count, most_ms = corners(room)
    assert room.find(points=1, max_walk_seconds=most_ms / 1000).answer.corners == count
    assert corners(room, most_ms - 1)[0] < count


def test_a_corner_that_no_ambulance_reaches_is_none_of_those_that_one_blocked_street_cuts_off(room: Room) -> None:
    """Row 1 at Col 3 is cut off whole, then by all but one of its streets."""
    network = room.grid.network
    own = [Closure(int(way), HELP) for way in np.flatnonzero((network.way_tail == 19) | (network.way_head == 19))]
    whole, one_left = (room.find(*shut, max_walk_seconds=400).answer for shut in (own, own[1:]))
    assert (one_left.one_approach, one_left.corners) == (whole.one_approach + 1, whole.corners)


def test_a_station_inside_the_ring_makes_no_corner_inside_one_to_meet_at(room: Room) -> None:
    network = room.grid.network
    within = replace(room.station, lon=float(network.junction_lon[14]), lat=float(network.junction_lat[14]))
    with pytest.raises(Infeasible, match=r"^No ambulance comes to a corner outside the ring"):
        replace(room, station=within).find()


BLOCK = (50.0, 0.0)
SPUR = (0.0, -50.0)
ISLAND = (50.0, -500.0)


def dead_end(
    *metres: float,
    station: tuple[float, float] = BLOCK,
    hospital: tuple[float, float] = BLOCK,
    stem: bool = False,
    spur: bool = False,
    island: bool = False,
    tell: Tell = untold,
) -> Found:
    """Addresses so many metres up a dead end, which a barrier shuts near the corner of a block of 100 m.

    Args:
        metres: From the corner of North Street and East Street; with a stem, from its farther end.
        station: Where crews come from.
        hospital: Where they take patients.
        stem: Whether a street of 50 m leads from the block to the dead end.
        spur: Whether a street of 100 m leads south from the block.
        island: Whether an address inside stands on a street that nothing leads to.
        tell: Told how far it is.
    """
    town = Town()
    at = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    for name, start, end in zip(("South", "East", "North", "West"), at, [*at[1:], at[0]], strict=True):
        town.street(start, end, name=f"{name} Street", speed_kmh=50.0)
    town.street((0.0, 0.0), (-4000.0, 0.0), name="Out Street")  # to the rest of the town
    town.street((0.0, -500.0), (100.0, -500.0), name="Island")
    if spur:
        town.street((0.0, 0.0), (0.0, -100.0), name="Spur")
    east = 150.0 if stem else 100.0
    if stem:
        town.street((100.0, 100.0), (east, 100.0), name="Stem")
    far = town.street((east, 100.0), (east + 3300.0, 100.0), name="Long Street")
    for metre in metres:
        town.draft.address(far, metre)
    if island:
        town.draft.address(town.street((east + 3200.0, 150.0), (east + 3280.0, 150.0), name="Yard"), 40.0)
    network = town.network()
    site = square(east + 3250.0, 130.0, 80.0)["coordinates"][0]
    plan = TrafficPlan(
        plan="p",
        title="P",
        barriers=(PlannedBarrier(id="B1", place=Point(at=place(east + 20.0, 100.0))),),
        site=(Area(ring=tuple((lon, lat) for lon, lat in site)),),
    )
    base = Station("Base", "ambulance_station", *place(*station))
    helping = Helping(
        AccessTimer(network),
        [Staffed(Service("ambulance", ("ambulance_station",)), (base,))],
        [Station("Clinic", "hospital", *place(*hospital))],
    )
    return find_handover(plan, Gazetteer(network), helping, HandoverWishes(points=1), NOW, Steps(tell))


def test_nobody_is_carried_farther_than_three_kilometres() -> None:
    near = dead_end(2990.0, 3200.0).answer
    assert (near.corners, near.too_far, [one.where for one in near.points]) == (1, 2, ["East Street at North Street"])
    with pytest.raises(Infeasible, match=r"^No ambulance comes to a corner outside the ring that somebody inside can walk to"):
        dead_end(3010.0, 3200.0)


def test_who_reaches_none_in_time_walks_to_the_nearest_corner_that_is_safe_and_each_corner_counts_once() -> None:
    """Of two addresses one is in time at the corner that is the nearest of both; with a stem, a street's end is nearer."""
    both = dead_end(150.0, 1000.0, island=True).answer
    assert (both.corners, both.one_approach, both.in_time, both.too_far) == (1, 0, 1, 1)
    assert [one.where for one in both.points] == ["East Street at North Street"]
    assert both.no_walk == 6  # the address on the island, and its street every 20 m
    behind = dead_end(1000.0, stem=True).answer
    assert (behind.corners, behind.one_approach) == (1, 1)
    assert [one.where for one in behind.points] == ["East Street at North Street"]
    assert behind.accepted


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"station": SPUR, "spur": True}, (5, "Spur at South Street is on every way in from the stations of all of them")),
        (
            {"hospital": SPUR, "spur": True},
            (5, "Spur at South Street is on every way out to the hospitals of 4 of them at least"),
        ),
        ({"hospital": ISLAND}, (4, "from none of them a drive leads to a hospital")),
    ],
)
def test_why_there_is_no_corner_names_the_street_that_most_need(asked: dict[str, Any], said: tuple[int, str]) -> None:
    with pytest.raises(Infeasible) as refused:
        dead_end(1000.0, **asked)
    assert str(refused.value) == (
        "No corner outside the ring keeps two approaches whichever street is blocked. "
        f"Of {said[0]} corners that an ambulance comes to and somebody walks to: {said[1]}. "
        "Add a station or a hospital elsewhere, open a street outside the ring, or meet patients at a gate."
    )


def test_each_step_is_told_with_the_share_that_is_done_and_again_at_each_corner() -> None:
    told: list[tuple[str, float]] = []
    dead_end(1000.0, stem=True, tell=lambda doing, share: told.append((doing, share)))
    assert told == [
        ("Finding who is inside the ring", 0.0),
        *[("Driving to every corner outside", 0.1)] * 3,  # and to both ends of the stem
        ("Choosing the corners", 0.8),
        ("Proving every approach and every walk", 0.9),
    ]


def test_the_certificate_holds_who_asked_what_is_shut_who_comes_and_every_place() -> None:
    found = dead_end(150.0, 1000.0, island=True).certificate
    digest, places, points = found["network"].pop("digest"), found.pop("places"), found.pop("points")
    assert len(digest) == 64
    assert found.pop("vehicle") == list(load_vehicle_classes()[class_index("emergency")].size)
    assert [{**one, "at_m": one["at_m"] and round(one["at_m"])} for one in found.pop("closures")] == [
        {"way": way, "at_m": at_m, "along": True, "against": True, "label": label}
        for way, at_m, label in ((6, 20, "B1"), (6, 3170, "occupied: Long Street"), (7, None, "occupied: Yard"))
    ]
    lon, lat = place(*BLOCK)
    spot = {"lon": lon, "lat": lat, "way": 0, "at_m": pytest.approx(50.0, abs=0.01), "turnout_ms": 0}
    assert found == {
        "format": "clearway-handover-1",
        "network": {"name": "Town"},
        "plan": "p",
        "version": 1,
        "at": "2022-02-28T23:00:00.000000Z",
        "class": "emergency",
        "walk_kmh": 3.0,
        "steps": False,
        "stations": [{"name": "Base"} | spot],
        "hospitals": [{"name": "Clinic"} | spot],
    }
    (point,) = points
    assert (point["id"], point["junction"], set(point)) == ("H1", 2, {"id", "junction", "in", "out"})
    assert [(one["address"], one["way"], one["at_m"], one["point"], one["ms"]) for one in places[:3]] == [
        (0, 6, 150.0, 0, 180_000), (1, 6, 1000.0, 0, 1_200_000), (2, 7, 40.0, None, None),
    ]  # fmt: skip
    assert [one["arcs"] for one in places[:3]] == [[13], [13], []]
    assert [(one["address"], one["way"], round(one["at_m"])) for one in places[3:]] == [
        (None, 7, metres) for metres in (8, 24, 40, 56, 72)
    ]
