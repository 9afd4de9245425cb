"""What the answer about handover points says: in sentences, figures and lines; by hand on a street with a lane off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import segment_lengths_m
from clearway.planning.access.planner.services import Service
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.plan.handover.approaches import Approaches, Vehicles
from clearway.planning.plan.handover.asked import Asked, Crews, Decided, Meeting
from clearway.planning.plan.handover.choosing import Choice
from clearway.planning.plan.handover.contract import HandoverWishes
from clearway.planning.plan.handover.into_plan import with_handover
from clearway.planning.plan.handover.places import Inside
from clearway.planning.plan.handover.telling import answer_of, corner_words
from clearway.planning.plan.handover.walking import walking
from clearway.planning.street_names import StreetNames
from clearway.record.kinds.plans import TrafficPlan
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.plan.handover.contract import HandoverAnswer
    from clearway.planning.plan.handover.finding import Found

WEST, MIDDLE, EAST, LANE_END = range(4)


def town(*, steps: bool = False) -> Network:
    """High Street, 100 m west and 100 m east of a corner, at 60 km/h for an ambulance; a lane of 300 m north; an island."""
    drawn = Town()
    drawn.street((0.0, 0.0), (100.0, 0.0), name="High Street", speed_kmh=50.0)
    drawn.street((100.0, 0.0), (200.0, 0.0), name="High Street", speed_kmh=50.0)
    drawn.street((100.0, 0.0), (100.0, 300.0), name="Lane", **({"street_class": "steps"} if steps else {}))
    drawn.street((0.0, 900.0), (100.0, 900.0), name="Island")
    return drawn.network()


def answer(
    *metres: float,
    island: int = 0,
    refused: tuple[str, ...] = (),
    bound: tuple[int, int] | None = None,
    points: int = 1,
    turnout_ms: int = 60_000,
    **wishes: float,
) -> HandoverAnswer:
    """Patients at metres up the lane and on the island are carried to the corner of High Street and the lane."""
    network = town()
    names, timer = StreetNames(network), AccessTimer(network)
    graph = timer.graph("emergency")
    vehicles = Vehicles(graph, (), ((0, 10.0, turnout_ms),), ((1, 80.0),))
    spots = [(2, one) for one in metres] + [(3, 50.0)] * island
    way, at_m = np.array([one for one, _ in spots], np.int32), np.array([one for _, one in spots])
    labels = tuple(f"P{number}" for number in range(len(spots)))
    inside = Inside(way, at_m, np.full(len(spots), -1), labels, np.array([LANE_END]), ())
    base, clinic = (
        Station("Base", "ambulance_station", *place(10.0, 0.0), 60.0),
        Station("Clinic", "hospital", *place(180.0, 0.0)),
    )
    crews = Crews(Service("ambulance", ("ambulance_station",)), None, (base,), (clinic,), vehicles)
    asked = Asked(
        TrafficPlan(plan="p", title="P", version=3),
        None,
        names,
        inside,
        crews,
        HandoverWishes(**wishes),
        wishes.get("walk_kmh", 3.0),
    )
    into, out = vehicles.into(MIDDLE), vehicles.out_of(MIDDLE)
    walks = walking(network, way, at_m, asked.kmh, steps=False).walks(MIDDLE)
    served = sum(one is not None and one.ms <= asked.most_ms for one in walks)
    total = sum(one.ms for one in walks if one is not None)
    choice = Choice((0,), served, *((bound[0], total, bound[1]) if bound else (served, total, total)))
    meeting = Meeting(MIDDLE, Approaches(into.drives * 2, None), Approaches(out.drives * 3, None))
    return answer_of(asked, Decided([meeting] * points, np.zeros(len(spots), np.int64), walks, choice, 5, 2), refused)


POINT = "H1: ambulance from Base in 1.1 min, to Clinic in 0.1 min; no street is on all of its 2 ways in, or of its 3 ways out."
PROVED = "Proved: no other corners with as many points serve more places, or as many with less walking."
ACCEPTED = "The independent checker accepts the certificate."


@pytest.mark.parametrize(
    ("points", "named"),
    [
        (2, "2 points: H1, High Street at Lane and H2, High Street at Lane."),
        (3, "3 points: H1, High Street at Lane; H2, High Street at Lane; H3, High Street at Lane."),
    ],
)
def test_more_than_two_points_are_told_apart_by_semicolons(points: int, named: str) -> None:
    assert answer(50.0, points=points).summary[0].startswith(f"Crews meet patients at {named}")


def test_where_everybody_is_carried_in_time_the_point_and_its_drives_are_told() -> None:
    """90 m at 60 km/h are 5.4 s after a minute, 80 m are 4.8 s; at 3 km/h 200 m on foot take exactly four minutes."""
    told = answer(200.0, 50.0)
    assert told.summary == (
        "Crews meet patients at 1 point: H1, High Street at Lane. 2 of 2 places inside within 240 s on foot.",
        POINT, PROVED, ACCEPTED,
    )  # fmt: skip
    assert (told.in_time, told.too_far, told.no_walk, told.corners, told.one_approach) == (2, 0, 0, 5, 2)
    assert (told.proven, told.accepted, told.plan, told.version) == (True, True, "p", 3)
    (point,) = told.points
    assert (point.id, point.station, point.hospital, point.patients) == ("H1", "Base", "Clinic", 2)
    assert point.ambulance_seconds == pytest.approx(65.4, abs=0.01)
    assert point.hospital_seconds == pytest.approx(4.8, abs=0.01)
    assert point.farthest_seconds == pytest.approx(240.0, abs=0.1)
    assert (point.lon, point.lat) == tuple(round(degrees, 7) for degrees in place(100.0, 0.0))
    assert [(one.name, one.value, one.unit, one.source) for one in told.inputs] == [
        ("walk_kmh", 3.0, "km/h", "assumed"), ("max_walk_seconds", 240.0, "s", "assumed"),
    ]  # fmt: skip
    assert told.walk_seconds == told.walk_seconds_bound == pytest.approx(300.0, abs=0.1)


def test_who_is_carried_too_far_is_counted_and_the_three_farthest_are_named() -> None:
    told = answer(210.0, 250.0, 100.0, 230.0, 290.0)
    assert told.summary[0].endswith("1 of 5 places inside within 240 s on foot.")
    assert (
        told.summary[1]
        == "No vehicle comes near 4 places. Farthest on foot: P4: 290 m to H1; P1: 250 m to H1; P3: 230 m to H1."
    )
    assert [one.in_time for one in told.places] == [False, False, True, False, False]
    assert (told.in_time, told.too_far) == (1, 4)
    assert answer(300.0, max_walk_seconds=361.0).too_far == 0
    assert answer(300.0, max_walk_seconds=359.9).too_far == 1


def test_whoever_can_walk_to_no_point_is_named_apart() -> None:
    told = answer(50.0, island=4)
    assert told.summary[1] == "From 4 places nobody can walk to a point: P1, P2, P3."
    assert (told.no_walk, told.too_far, told.in_time) == (4, 0, 1)
    lost = told.places[1]
    assert (lost.point, lost.seconds, lost.metres, lost.in_time, lost.line) == (None, None, None, False, None)
    assert told.points[0].patients == 1
    nobody = answer(island=1)
    assert (nobody.points[0].patients, nobody.points[0].farthest_seconds) == (0, 0.0)


def test_what_is_not_proved_or_refused_is_said() -> None:
    told = answer(100.0, 50.0, bound=(3, 90_000), refused=("The first reason.", "The second."))
    assert told.summary[-2] == (
        "Not proved: at most 3 places could be in time, with 90 s of walking at least; these take 180 s."
    )
    assert told.summary[-1] == "The checker refuses the certificate: The first reason."
    assert (told.proven, told.accepted, told.refused) == (False, False, ("The first reason.", "The second."))
    assert (told.in_time_bound, told.walk_seconds_bound) == (3, 90.0)


def test_minutes_have_sixty_seconds() -> None:
    """An hour until somebody leaves, and 90 m."""
    told = answer(100.0, turnout_ms=3_600_000)
    assert 3600 < told.points[0].ambulance_seconds < 3620
    assert any(
        one.startswith(("H1: ambulance from Base in 60.1 min, ", "H1: ambulance from Base in 60.2 min, "))
        for one in told.summary
    )


def test_what_is_assumed_and_left_out_is_warned_of() -> None:
    first, second, *_ = answer(100.0, walk_kmh=2.5).warnings
    assert first.startswith("Walking at 2.5 km/h with a stretcher is assumed")
    assert second == "2 corners were left out: one blocked street cuts each off from the station or from the hospital."


def metres(line: object) -> float:
    return float(segment_lengths_m(np.array(line)).sum())


def test_the_lines_run_from_the_station_to_the_corner_on_to_the_hospital_and_from_the_patient_to_it() -> None:
    told = answer(120.0)
    (point,), (patient,) = told.points, told.places
    corner = pytest.approx(place(100.0, 0.0), abs=2e-6)
    way_in, way_out = point.ways_in[0], point.ways_out[0]
    assert way_in.line[0] == pytest.approx(place(10.0, 0.0), abs=2e-6)
    assert way_in.line[-1] == way_out.line[0] == corner
    assert way_out.line[-1] == pytest.approx(place(180.0, 0.0), abs=2e-6)
    assert (way_in.to_from, way_out.to_from) == ("Base", "Clinic")
    assert way_in.streets == ("High Street",)
    assert [metres(way_in.line), metres(way_out.line)] == pytest.approx([90, 80], abs=0.3)
    assert patient.line is not None
    assert patient.line[0] == pytest.approx(place(100.0, 120.0), abs=2e-6)
    assert patient.line[-1] == corner
    assert patient.metres == pytest.approx(120, abs=0.1)
    assert patient.point == "H1"
    assert (patient.lon, patient.lat) == pytest.approx(place(100.0, 120.0), abs=2e-6)


def test_a_corner_is_called_by_two_of_its_streets_or_by_the_one_it_has() -> None:
    names = StreetNames(town())
    assert corner_words(names, MIDDLE) == "High Street at Lane"
    assert corner_words(names, WEST) == "High Street, a corner"
    drawn = Town()
    drawn.street((0.0, 0.0), (100.0, 0.0))
    assert corner_words(StreetNames(drawn.network()), 0) == "a corner of unnamed streets"


def test_a_stretcher_is_carried_over_steps_only_where_that_is_said() -> None:
    network = town(steps=True)
    way, at_m = np.array([2], np.int32), np.array([100.0])
    assert [walking(network, way, at_m, 3.0, steps=steps).walks(MIDDLE) == [None] for steps in (False, True)] == [True, False]


def test_the_points_of_a_plan_hold_the_figures_of_the_answer(usual: Found) -> None:
    made = with_handover(TrafficPlan(plan="p", title="P"), usual.answer)
    for held, point in zip(made.handover, usual.answer.points, strict=True):
        assert held.id == point.id
        assert (held.place.label, held.place.at) == (point.where, (point.lon, point.lat))  # type: ignore[union-attr] # points
        assert (held.note or "").startswith(f"{point.patients} places inside come here, the farthest in ")
        assert f"Ambulance {point.ambulance_seconds / 60:.1f} min" in (held.note or "")
    assert sum(point.patients for point in usual.answer.points) == len(usual.answer.places)
    for point in usual.answer.points:
        own = [one.seconds or 0.0 for one in usual.answer.places if one.point == point.id]
        assert (len(own), max(own)) == (point.patients, point.farthest_seconds)


CAR = class_mask(["emergency"])


@pytest.mark.parametrize(
    ("closures", "drives", "single"),
    [
        ((), 2, None),
        ((Closure(1, CAR),), 1, 0),  # only the northern side is left
        ((Closure(0, CAR), Closure(1, CAR)), 0, None),
    ],
)
def test_a_corner_with_two_ways_is_safe_and_with_one_its_street_is_named(
    closures: tuple[Closure, ...], drives: int, single: int | None
) -> None:
    """Two streets of equal length join the station's junction to the corner."""
    drawn = Town()
    drawn.street((0.0, 0.0), (100.0, 0.0), name="North")
    drawn.draft.way(0, 1, points=[place(0.0, 0.0), place(50.0, -60.0), place(100.0, 0.0)], name="South")
    network = drawn.network()
    vehicles = Vehicles(AccessTimer(network).graph("emergency"), closures, ((0, 0.0, 5_000), (1, 0.0, 0)), ((0, 0.0), (1, 0.0)))
    for found in (vehicles.into(1), vehicles.out_of(1)):
        assert (min(len(found.drives), 2), found.single, found.safe) == (drives, single, drives == 2)
