"""Drives that no single blocked street stops: by brute force, a car across every street at every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.plan.handover.approaches import Vehicles
from drawn_towns import Town as Drawn
from random_towns import TURNOUT_MS, ByHand, random_towns
from rounds import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.planning.plan.handover.approaches import Approaches
    from random_towns import Town

PARTS = (0.06, 0.19, 0.31, 0.44, 0.56, 0.69, 0.81, 0.94)
"""Between any two of the quarters at which stations of these towns stand."""


class FromCorner(ByHand):
    """Drives that begin at a junction."""

    corner = 0

    def seeds(self) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        yield 0, self.corner, ()

    def hospital_ms(self, spots: list[tuple[int, float]]) -> int:
        best = NEVER_MS
        for way, at_m in spots:
            length = float(self.network.way_length_m[way])
            for arc, metres, end_m in ((2 * way, at_m, -1.0), (2 * way + 1, length - at_m, 1e9)):
                if self.clear(arc, end_m, at_m):
                    for (junction, driven), ms in self.ms.items():
                        if junction == self.network.arc_tail[arc] and self.may_follow((*driven, arc)):
                            best = min(best, ms + self.stretch(arc, metres))
        return best


def from_corner(town: Town, corner: int, cars: tuple[tuple[int, float], ...] = ()) -> FromCorner:
    kind = type("From", (FromCorner,), {"corner": corner})
    found: FromCorner = kind(town, cars=cars)
    return found


def blocked(town: Town) -> Iterator[tuple[tuple[int, float], ...]]:
    for way, length in enumerate(town.network.way_length_m.tolist()):
        yield from (((way, part * length),) for part in PARTS)


def judged(town: Town, ms: Callable[[tuple[tuple[int, float], ...]], int]) -> tuple[int, bool]:
    """The quickest, and whether one is left whatever is blocked."""
    quickest = ms(())
    return quickest, quickest < NEVER_MS and all(ms(cars) < NEVER_MS for cars in blocked(town))


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(random_towns(), st.data())
def test_a_corner_is_safe_just_when_a_car_across_any_street_leaves_a_drive(town: Town, data: st.DataObject) -> None:
    assume(town.stations)
    network, graph = town.network, town.graph()
    closures = tuple(one for one in town.closures if one.holds("emergency"))
    town = type(town)(network, town.stations, list(closures))
    way = data.draw(st.integers(0, network.way_count - 1))
    spots = [(way, float(network.way_length_m[way]) * data.draw(st.sampled_from([0.25, 0.5, 0.75])))]
    stations = tuple((where, at_m, wait) for (where, at_m), wait in zip(town.stations, TURNOUT_MS, strict=False))
    vehicles = Vehicles(graph, closures, stations, tuple(spots))
    corner = data.draw(st.integers(0, network.junction_count - 1))

    into = vehicles.into(corner)
    quickest, safe = judged(town, lambda cars: ByHand(town, cars=cars).junction_ms()[corner])
    assert (into.drives[0].ms if into.drives else NEVER_MS, into.safe) == (quickest, safe)

    out = vehicles.out_of(corner)
    quickest, safe = judged(town, lambda cars: from_corner(town, corner, cars).hospital_ms(spots))
    assert (out.drives[0].ms if out.drives else NEVER_MS, out.safe) == (quickest, safe)


SOUTH, EAST, NORTH, WEST = range(4)
HELP = class_mask(["emergency"])


def round_the_block(
    *shut: int, stations: tuple[tuple[int, float, int], ...] = ((SOUTH, 20.0, 5000),), hospitals: tuple[tuple[int, float], ...]
) -> Vehicles:
    """A block of 100 m, its streets one after another from the corner 0 of 0, 1, 2 and 3, at 60 ms a metre."""
    town = Drawn()
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        town.street(start, end, speed_kmh=50.0)
    closures = tuple(Closure(way, HELP) for way in shut)
    return Vehicles(AccessTimer(town.network()).graph("emergency"), closures, stations, hospitals)


Told = tuple[list[tuple[int, tuple[int, ...], int, dict[int, tuple[int, int]]]], int | None]


def told(found: Approaches) -> Told:
    """Each drive with the stretches that it drives, to the metre, and the way that all need."""
    rounded = [{way: (round(low), round(high)) for way, (low, high) in one.stretches.items()} for one in found.drives]
    return [(one.place, one.arcs, one.ms, own) for one, own in zip(found.drives, rounded, strict=True)], found.single


def test_a_second_drive_goes_round_the_other_side_of_the_block() -> None:
    """From 20 m along South Street after 5 s, and to 30 m along North Street."""
    vehicles = round_the_block(hospitals=((NORTH, 30.0),))
    assert told(vehicles.into(2)) == (
        [
            (0, (0, 2), 5000 + 180 * 60, {SOUTH: (20, 100), EAST: (0, 100)}),
            (0, (1, 7, 5), 5000 + 220 * 60, {SOUTH: (0, 20), WEST: (0, 100), NORTH: (0, 100)}),
        ],
        None,
    )
    assert told(vehicles.into(0))[0][0] == (0, (1,), 5000 + 20 * 60, {SOUTH: (0, 20)})
    assert told(vehicles.out_of(0)) == (
        [
            (0, (7, 5), 170 * 60, {WEST: (0, 100), NORTH: (30, 100)}),
            (0, (0, 2, 4), 230 * 60, {SOUTH: (0, 100), EAST: (0, 100), NORTH: (0, 30)}),
        ],
        None,
    )
    assert told(vehicles.out_of(3))[0][0] == (0, (5,), 70 * 60, {NORTH: (30, 100)})
    assert all(found.safe for found in (vehicles.into(2), vehicles.into(0), vehicles.out_of(0), vehicles.out_of(3)))


def test_each_stretch_is_as_long_as_its_own_street() -> None:
    """Along streets of 100, 60, 100 and 60 m from half way along the first."""
    town = Drawn()
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)]
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        town.street(start, end, speed_kmh=50.0)
    vehicles = Vehicles(AccessTimer(town.network()).graph("emergency"), (), ((SOUTH, 50.0, 0),), ((SOUTH, 50.0),))
    assert [own for _, _, _, own in told(vehicles.into(3))[0]] == [
        {SOUTH: (0, 50), WEST: (0, 60)},
        {SOUTH: (50, 100), EAST: (0, 60), NORTH: (0, 100)},
    ]
    assert [own for _, _, _, own in told(vehicles.out_of(2))[0]] == [
        {SOUTH: (50, 100), EAST: (0, 60)},
        {SOUTH: (0, 50), WEST: (0, 60), NORTH: (0, 100)},
    ]


def test_the_street_that_all_drives_need_is_named_also_where_they_come_from_two_stations() -> None:
    stations = ((SOUTH, 20.0, 5000), (WEST, 50.0, 60_000))
    vehicles = round_the_block(NORTH, stations=stations, hospitals=((SOUTH, 30.0), (EAST, 60.0)))
    assert told(vehicles.into(2)) == ([(0, (0, 2), 5000 + 180 * 60, {SOUTH: (20, 100), EAST: (0, 100)})], SOUTH)
    assert told(vehicles.into(0)) == (
        [(0, (1,), 5000 + 20 * 60, {SOUTH: (0, 20)}), (1, (6,), 60_000 + 50 * 60, {WEST: (50, 100)})], None,
    )  # fmt: skip
    assert told(vehicles.into(3)) == (
        [(0, (1, 7), 5000 + 120 * 60, {SOUTH: (0, 20), WEST: (0, 100)}), (1, (7,), 60_000 + 50 * 60, {WEST: (0, 50)})], WEST,
    )  # fmt: skip
    assert told(vehicles.out_of(2)) == ([(1, (3,), 40 * 60, {EAST: (60, 100)})], EAST)
    assert told(vehicles.out_of(3)) == ([(0, (6, 0), 130 * 60, {WEST: (0, 100), SOUTH: (0, 30)})], SOUTH)
    assert not any(found.safe for found in (vehicles.into(2), vehicles.into(3), vehicles.out_of(2)))


def test_where_nothing_leads_there_is_no_drive_and_no_street_that_all_need() -> None:
    vehicles = round_the_block(NORTH, WEST, hospitals=((SOUTH, 30.0),))
    assert told(vehicles.into(3)) == told(vehicles.out_of(3)) == ([], None)
    assert not vehicles.into(3).safe
