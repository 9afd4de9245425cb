"""Drives out of the streets: where they begin, what stands on them, how they are told and signed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.vehicles.offer.drives import LeavingStreets, signs_of, start_of, streets_of
from clearway.planning.vehicles.offer.leaving import Checkpoint
from clearway.planning.vehicles.towing.streets import Spot
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.drives import DriveOut

SOON = datetime.fromisoformat("2022-02-16T12:10:00+13:00")


@pytest.fixture(scope="module")
def town() -> Network:
    """Three streets of 500 m in a row at 36 km/h, the last drawn the other way round, and a lane of 200 m without a name."""
    drawn = Town()
    drawn.street((0.0, 0.0), (500.0, 0.0), name="West Street", speed_kmh=36.0)
    drawn.street((500.0, 0.0), (1000.0, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((1500.0, 0.0), (1000.0, 0.0), name="East Street", speed_kmh=36.0)
    drawn.street((1000.0, 0.0), (1000.0, 200.0), speed_kmh=36.0)
    return drawn.network()


def gate(way: int, at_m: float, label: str = "", **fields: Any) -> Checkpoint:  # noqa: ANN401 - fields of a point
    return Checkpoint(way, at_m, label or f"{at_m:g}", **({"stops": (True, True)} | fields))


def driven(town: Network, to: Spot, *points: Checkpoint, ways: tuple[int, ...] = (1,)) -> DriveOut:
    ((drive,),) = LeavingStreets(town, [ways], [to], points).out()
    assert drive is not None
    return drive


def met(town: Network, to: Spot, *points: Checkpoint) -> list[tuple[str, int]]:
    """The checkpoints of a drive, each with the seconds driven before it."""
    return [(points[one.point].label, round(one.ms / 1000)) for one in driven(town, to, *points).met]


def test_vehicles_begin_in_the_middle_of_their_longest_way_and_of_two_in_the_first(town: Network) -> None:
    assert start_of(town, [3, 1]).way == 1
    assert start_of(town, [2, 1]).way == 1
    assert start_of(town, [3]).at_m == pytest.approx(100.0, abs=0.5)


def test_a_drive_is_as_long_as_the_streets_that_it_takes(town: Network) -> None:
    """By hand: 250 m to the corner and on, at 10 m/s."""
    for to, metres, arcs in (
        (Spot(0, 100.0), 650.0, (3, 1)),
        (Spot(2, 100.0), 650.0, (2, 5)),
        (Spot(1, 50.0), 200.0, (3,)),
        (Spot(1, 450.0), 200.0, (2,)),
        (Spot(3, 150.0), 400.0, (2, 6)),
    ):
        drive = driven(town, to)
        assert (drive.arcs, drive.met) == (arcs, ())
        assert drive.metres == pytest.approx(metres, abs=0.5)
        assert drive.ms == pytest.approx(100 * metres, abs=60)
        assert drive.seconds in (metres / 10, metres / 10 + 1)
    far = driven(town, Spot(0, 100.0), ways=(2,))
    assert (far.arcs, round(far.metres), round(far.ms / 1000)) == ((4, 3, 1), 1150, 115)


def test_gates_are_met_in_their_order_between_the_start_and_the_place(town: Network) -> None:
    """By hand: from 250 m of the second way; those behind the start and behind the place are not met."""
    west = Spot(0, 100.0)
    assert met(town, west, gate(0, 300.0), gate(1, 200.0), gate(1, 100.0), gate(0, 50.0), gate(1, 300.0)) == [
        ("200", 5), ("100", 15), ("300", 45),
    ]  # fmt: skip
    assert met(town, Spot(2, 100.0), gate(2, 450.0), gate(2, 50.0), gate(1, 400.0), gate(2, 300.0)) == [
        ("400", 15), ("450", 30), ("300", 45),
    ]  # fmt: skip
    here = start_of(town, [1]).at_m
    assert met(town, west, gate(1, here, "at the start"), gate(0, 100.0, "at the place")) == []
    assert met(town, west, gate(1, here - 1, "behind the start"), gate(0, 101.0, "before the place")) == [
        ("behind the start", 0), ("before the place", 65),
    ]  # fmt: skip


def test_points_at_one_spot_are_met_in_the_order_in_which_they_were_given(town: Network) -> None:
    at = gate(1, 100.0, "b"), gate(1, 100.0, "a"), gate(1, 150.0, "b")
    assert met(town, Spot(0, 100.0), *at) == [("b", 10), ("b", 15), ("a", 15)]


def test_only_who_stops_them_or_will_shut_is_met_and_on_their_side_alone(town: Network) -> None:
    west = Spot(0, 100.0)
    assert met(town, west, gate(1, 100.0, stops=(False, True))) == [("100", 15)]
    assert met(town, west, gate(1, 100.0, stops=(True, False))) == []
    assert met(town, west, gate(1, 100.0, stops=(False, False))) == []
    assert met(town, west, gate(1, 100.0, stops=(False, False), until=SOON)) == [("100", 15)]
    assert met(town, Spot(2, 100.0), gate(1, 400.0, stops=(True, False))) == [("400", 15)]


def test_a_wait_is_in_the_seconds_of_a_drive_and_not_in_the_way_to_the_next_gate(town: Network) -> None:
    slow = gate(1, 100.0, delay_s=30.0)
    drive = driven(town, Spot(0, 100.0), slow, gate(0, 300.0))
    assert (drive.seconds, round(drive.ms / 1000)) == (66 + 30, 65)
    assert [round(one.ms / 1000) for one in drive.met] == [15, 45]


def test_a_whole_street_of_the_stretch_that_is_shut_is_shut_by_the_vehicles_themselves(town: Network) -> None:
    nobody = Checkpoint(1, None, "own", out=(False, False), back=(False, False))
    assert driven(town, Spot(0, 100.0), nobody).seconds == 66
    assert LeavingStreets(town, [(1,)], [Spot(0, 100.0)], [Checkpoint(0, None, "w", out=(False, False))]).out() == [[None]]
    assert LeavingStreets(town, [(1,)], [Spot(0, 100.0)], [gate(1, 100.0, out=(False, False))]).out() == [[None]]


def test_the_way_back_is_shut_to_whom_the_gates_do_not_let_in(town: Network) -> None:
    """By hand: 65 s to the west, 40 s from the lane; a gate between west and main lets nobody back in."""
    streets = LeavingStreets(town, [(1,), (2,)], [Spot(0, 100.0), Spot(3, 150.0)], [gate(1, 20.0, back=(False, False))])
    seconds = streets.back_s()
    assert [row[0] for row in seconds] == [None, None]
    assert [row[1] for row in seconds] == pytest.approx([40.0, 40.0], abs=1.0)
    ((back,),) = LeavingStreets(town, [(1,)], [Spot(0, 100.0)]).back_s()
    assert back == pytest.approx(65.5, abs=0.6)


def test_a_stretch_or_a_place_that_no_street_leads_to_has_no_drive() -> None:
    drawn = Town()
    drawn.street((0.0, 0.0), (500.0, 0.0), name="Main Street")
    drawn.street((0.0, 900.0), (500.0, 900.0), name="Island Street")
    streets = LeavingStreets(drawn.network(), [(0,), (1,)], [Spot(0, 10.0), Spot(1, 10.0)])
    assert [[drive is None for drive in row] for row in streets.out()] == [[False, True], [True, False]]
    assert [[seconds is None for seconds in row] for row in streets.back_s()] == [[False, True], [True, False]]


def test_a_drive_is_told_by_twelve_streets_each_once_where_it_follows_itself() -> None:
    drawn = Town()
    names = ["A", "A", "", "A", *(f"S{number}" for number in range(12)), "A"]
    for number, name in enumerate(names):
        drawn.street((100.0 * number, 0.0), (100.0 * number + 100.0, 0.0), name=name)
    network = drawn.network()
    arcs = [2 * way for way in range(len(names))]
    assert streets_of(network, arcs) == ("A", *(f"S{number}" for number in range(11)))
    assert streets_of(network, arcs[-3:]) == ("S10", "S11", "A")
    assert streets_of(network, []) == ()


def test_a_sign_stands_at_each_corner_where_a_drive_goes_on_in_another_street(town: Network) -> None:
    """From the lane, which has no name, to the west; and from the east, along ways that are driven against their direction."""
    signs = list(signs_of(town, [7, 3, 1], "Field"))
    assert [one.at for one in signs] == ["the street at Main Street", "Main Street at West Street"]
    assert [one.says for one in signs] == ["Parking Field: Main Street", "Parking Field: West Street"]
    for sign, x in zip(signs, (1000.0, 500.0), strict=True):
        assert (sign.lon, sign.lat) == pytest.approx(place(x, 0.0), abs=1e-6)
    (east,) = signs_of(town, [2, 5], "Field")
    assert (east.lon, east.lat) == pytest.approx(place(1000.0, 0.0), abs=1e-6)
    assert list(signs_of(town, [2, 6], "Field")) == []
    assert list(signs_of(town, [0, 1], "Field")) == []
