"""Why nobody tows a vehicle, word for word, and how trucks come to stretches: the first reason that holds, each bound of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.vehicles import NO_SIZE
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.ground import Ground, TowQuestion, ground_of
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.problem import Schedule, Trip
from clearway.planning.vehicles.towing.reasons import not_towed
from clearway.planning.vehicles.towing.streets import Reached, Spot, TowStreets, least, stored
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
FIRST, MIDDLE, FAR, SIDE = 0, 1, 2, 3
EVERYBODY = class_mask(MOTOR_CLASSES)
MIDDLE_CARS = Stretch("middle", (MIDDLE,), {"car": 2}, 2, 0, 1)
FAR_BOTH = Stretch("far", (FAR,), {"car": 1, "truck": 1}, 2, 1, 0)
ONE = {"trucks": 1, "willing": "yes"}
LIGHT, BOTH = {"id": "A", "light": ONE}, {"id": "A", "light": ONE, "heavy": ONE}
FORTNIGHT = "Within a fortnight no truck has the time for it while a storage place with room is open."


def streets(*, low: Sequence[int] = (), one_way: Sequence[int] = ()) -> Network:
    """Main Street in three blocks of 500 m, the yard at its start, Side Street of 500 m off its first corner."""
    town = Town()
    for at, x in enumerate((0.0, 500.0, 1000.0)):
        town.street((x, 0.0), (x + 500.0, 0.0), name=f"{('First', 'Second', 'Third')[at]} Street", speed_kmh=36.0)
    town.street((500.0, 0.0), (500.0, 500.0), name="Side Street", speed_kmh=36.0)
    for way in low:
        for arc in (2 * way, 2 * way + 1):
            town.draft.limit(0, 3.0, classes=EVERYBODY, arc=arc)
    network = town.network()
    permit = network.arc_permit.copy()
    permit[[2 * way + 1 for way in one_way]] = 0
    return replace(network, arc_permit=permit)


@pytest.fixture(scope="module")
def town() -> Network:
    return streets()


def ground(
    network: Network, *operators: dict[str, Any], stretches: Sequence[Stretch] = (MIDDLE_CARS, FAR_BOTH), yards: int = 1,
    closures: tuple[Closure, ...] = (), capacity: int | None = None, escorts: int | None = None,
) -> Ground:  # fmt: skip
    lon, lat = place(0.0, 0.0)
    storage = [{"id": f"yard {at}", "lon": lon, "lat": lat, "capacity": capacity} for at in range(yards)]
    given = means_of({"storage": storage, "operators": list(operators), "escorts": escorts})
    return ground_of(network, TowQuestion(wanted_of(stretches, given), given, closures, starts=STARTS))


def reasons(found: Ground, *left: int, done: Sequence[Trip] = ()) -> list[tuple[str, str]]:
    return [(one.why, one.says) for one in not_towed(found, Schedule(tuple(done), left))]


def brought(job: int, yard: int = 0, truck: int = 0) -> Trip:
    return Trip(job, truck, 0, yard, 0, 0, 0, 0, 0)


def test_vehicles_that_are_alike_are_one_reason_in_the_order_of_steps_and_stretches(town: Network) -> None:
    found = ground(town)
    jobs = tuple(replace(one, step=int(at == 0)) for at, one in enumerate(found.problem.jobs))
    later = replace(found, problem=replace(found.problem, jobs=jobs))
    left = list(not_towed(later, Schedule((), (3, 2, 1, 0))))
    assert [(one.step, one.stretch, one.vehicle, one.number) for one in left] == [
        (0, 0, "car", 1), (0, 1, "car", 1), (0, 1, "truck", 1), (1, 0, "car", 1),
    ]  # fmt: skip
    assert [(one.vehicle, one.number) for one in not_towed(found, Schedule((), (0, 1)))] == [("car", 2)]
    assert list(not_towed(found, Schedule(()))) == []


def test_without_a_truck_that_could_no_operator_is_willing(town: Network) -> None:
    light, heavy = "No operator with a light or heavy truck is willing.", "No operator with a heavy truck is willing."
    assert reasons(ground(town), 0, 2) == [("no_truck", light), ("no_truck", heavy)]
    assert reasons(ground(town, LIGHT), 0, 2) == [("no_window", FORTNIGHT), ("no_truck", heavy)]
    assert reasons(ground(town, {"id": "A", "heavy": ONE}), 0, 2)[0] == ("no_window", FORTNIGHT)


def test_storage_is_full_once_each_place_is(town: Network) -> None:
    full = ("yard_full", "Every storage place is full.")
    both = ground(town, BOTH, yards=2, capacity=1)
    assert reasons(both, 0, done=[brought(1, 0)]) == [("no_window", FORTNIGHT)]
    assert reasons(both, 0, done=[brought(1, 0), brought(2, 1)]) == [full]
    assert reasons(ground(town, BOTH, capacity=2), 0, done=[brought(1)]) == [("no_window", FORTNIGHT)]
    assert reasons(ground(town, BOTH), 0, done=[brought(1)]) == [("no_window", FORTNIGHT)], "of no limit nothing is full"
    assert reasons(ground(town, BOTH, capacity=0), 0) == [full]


def test_without_any_escort_those_are_left_that_are_towed_only_with_one(town: Network) -> None:
    wants = LIGHT | {"escort": True}
    none = ("no_escort", "The operators want an escort, and there is none.")
    assert reasons(ground(town, wants, escorts=0), 0) == [none]
    assert reasons(ground(town, wants, escorts=1), 0) == [("no_window", FORTNIGHT)]
    assert reasons(ground(town, wants), 0) == [("no_window", FORTNIGHT)]
    other = LIGHT | {"id": "B"}
    assert reasons(ground(town, wants, other, escorts=0), 0) == [("no_window", FORTNIGHT)]
    heavy = {"id": "B", "heavy": ONE}
    assert reasons(ground(town, wants, heavy, escorts=0), 2, done=[brought(0)]) == [("no_window", FORTNIGHT)]


def test_who_stands_behind_others_is_left_where_too_few_of_those_go(town: Network) -> None:
    behind = ("behind", "Trucks come to far only past middle, and too few vehicles go from there.")
    two = (replace(MIDDLE_CARS, lane_moves=2), FAR_BOTH)
    assert reasons(ground(town, BOTH, stretches=two), 3) == [behind]
    assert reasons(ground(town, BOTH, stretches=two), 3, done=[brought(0)]) == [behind]
    assert reasons(ground(town, BOTH, stretches=two), 3, done=[brought(0), brought(1)]) == [("no_window", FORTNIGHT)]
    assert reasons(ground(town, BOTH), 0) == [("no_window", FORTNIGHT)], "nobody stands before the middle"
    three = (
        Stretch("first", (FIRST,), {"car": 1}, 1, 0, 1), MIDDLE_CARS, replace(FAR_BOTH, vehicles={"car": 1}, across=1),
    )  # fmt: skip
    west = ground(town, BOTH, stretches=three)
    assert reasons(west, 3) == [
        ("behind", "Trucks come to far only past first and middle, and too few vehicles go from there.")
    ]  # fmt: skip
    assert reasons(west, 3, done=[brought(0)])[0][0] == "behind"
    assert reasons(west, 3, done=[brought(0), brought(1)])[0][0] == "no_window"


def test_whoever_withdrew_has_no_time_and_others_have_none_within_a_fortnight(town: Network) -> None:
    gone = LIGHT | {"withdrew": STARTS.isoformat()}
    light = ("no_window", "Whoever has a light or heavy truck has withdrawn before there was time for it.")
    assert reasons(ground(town, gone), 0) == [light]
    assert reasons(ground(town, gone, LIGHT | {"id": "B"}), 0) == [("no_window", FORTNIGHT)]
    heavy = {"id": "B", "heavy": ONE, "withdrew": STARTS.isoformat()}
    whole = ground(town, LIGHT, heavy)
    assert reasons(whole, 2, done=[brought(0)]) == [
        ("no_window", "Whoever has a heavy truck has withdrawn before there was time for it.")
    ]
    assert reasons(whole, 3, done=[brought(0)]) == [("no_window", FORTNIGHT)]


def test_a_barrier_is_named_before_the_streets_themselves(town: Network) -> None:
    shut = (Closure(FIRST, EVERYBODY, at_m=200.0),)
    barred = ("no_way", "The barriers let no tow truck (class 'service') to middle and out again.")
    assert reasons(ground(town, BOTH, closures=shut), 0) == [barred]
    lost = ("no_way", "No street leads a tow truck from a storage place to middle and back.")
    assert reasons(ground(streets(one_way=[FIRST]), BOTH), 0) == [lost]
    assert reasons(ground(streets(one_way=[FIRST]), BOTH, closures=shut), 0) == [lost]


@pytest.mark.parametrize(
    ("low", "height", "said"),
    [
        ([FIRST], 3.1, "First Street (height 3 m)"),
        ([FIRST, SIDE], 3.1, "First Street (height 3 m) and Side Street (height 3 m)"),
    ],
)
def test_a_truck_that_is_too_large_is_told_with_the_places(low: list[int], height: float, said: str) -> None:
    tall = {"id": "A", "light": ONE, "height_m": height}
    ((why, words),) = reasons(ground(streets(low=low), tall), 0)
    assert why == "too_large"
    assert words.startswith("A truck 3.1 m high")
    assert "does not come to middle: too low or narrow are " in words
    for name in ("First Street", "Side Street"):
        assert (name in words) == (name in said)
    assert "more" not in words


def test_of_many_places_that_are_too_low_three_are_named_and_the_rest_counted() -> None:
    tall = {"id": "A", "light": ONE, "height_m": 3.1}
    ((_, words),) = reasons(ground(streets(low=[FIRST, MIDDLE, FAR, SIDE]), tall), 0)
    assert words.endswith(" and 1 more.")
    ((_, three),) = reasons(ground(streets(low=[FIRST, MIDDLE, SIDE]), tall), 0)
    assert "more" not in three
    assert three.count("(height 3 m)") == 3


def test_size_is_no_reason_where_barriers_keep_a_small_truck_out_too() -> None:
    tall = {"id": "A", "light": ONE, "height_m": 3.1}
    shut = (Closure(FIRST, EVERYBODY, at_m=200.0),)
    assert reasons(ground(streets(low=[FIRST]), tall, closures=shut), 0)[0][0] == "no_way"
    small = {"id": "B", "heavy": ONE, "height_m": 2.9}
    assert reasons(ground(streets(low=[FIRST]), tall, small), 0)[0][0] == "no_window", "the other's truck fits"


# ---- how trucks come to a stretch


def come(
    network: Network, ways: Sequence[Sequence[int]], *, full: Sequence[int] = (), spots: Sequence[Spot] = (Spot(FIRST, 0.0),),
    closures: Sequence[Closure] = (),
) -> list[Reached | None]:  # fmt: skip
    return TowStreets(network, spots, ways, frozenset(full), NO_SIZE, closures).reached()


def test_trucks_come_to_the_end_of_a_stretch_that_is_nearest_there_and_back(town: Network) -> None:
    (found,) = come(town, [[MIDDLE]])
    assert found == Reached(MIDDLE, 0.5, (), (53,), (53,), 106)
    (east,) = come(town, [[MIDDLE]], spots=[Spot(FAR, 400.0)])
    assert east is not None
    assert east.way == MIDDLE
    assert east.at_m == pytest.approx(float(town.way_length_m[MIDDLE]) - 0.5)
    assert (east.in_s, east.out_s, east.round_s, east.least_s) == ((43,), (43,), 86, 86)
    (both,) = come(town, [[MIDDLE]], spots=[Spot(FIRST, 0.0), Spot(FAR, 400.0)])
    assert both is not None
    assert (both.round_s, both.least_s) == (86, 86)
    assert both.in_s == (106, 43), "through the stretch that is free"


def test_nobody_drives_through_a_full_stretch_until_it_is_free(town: Network) -> None:
    middle, far = come(town, [[MIDDLE], [FAR]], full=[0])
    assert (middle and middle.after, far and far.after) == ((), (0,))
    assert far is not None
    assert (far.in_s, far.out_s, far.least_s) == ((106,), (106,), 212)
    middle, far = come(town, [[MIDDLE], [FAR]])
    assert far is not None
    assert far.after == (), "who leaves a lane is before nobody"
    first, middle, far = come(town, [[FIRST], [MIDDLE], [FAR]], full=[0, 1, 2])
    assert [one and one.after for one in (first, middle, far)] == [(), (0,), (0, 1)]
    assert [one and one.least_s for one in (first, middle, far)] == [2, 106, 212]


def test_a_stretch_that_a_truck_comes_to_and_not_back_from_is_not_reached() -> None:
    one_way = streets(one_way=[FIRST])
    assert come(one_way, [[MIDDLE], [FAR]]) == [None, None]
    assert come(streets(one_way=[MIDDLE]), [[FAR]]) == [None]
    (own,) = come(streets(one_way=[MIDDLE]), [[MIDDLE]])
    assert own is not None, "on the stretch itself nobody else drives"
    turned = Town()
    turned.street((0.0, 0.0), (500.0, 0.0), name="First Street", speed_kmh=36.0)
    turned.street((1000.0, 0.0), (500.0, 0.0), name="Second Street", speed_kmh=36.0)
    network = turned.network()
    permit = network.arc_permit.copy()
    permit[2 * MIDDLE + 1] = 0
    assert come(replace(network, arc_permit=permit), [[MIDDLE]]) != [None]


def test_two_storage_places_are_each_as_far_as_they_are_and_one_without_a_way_is_none(town: Network) -> None:
    spots = [Spot(FIRST, 0.0), Spot(SIDE, 200.0)]
    (found,) = come(town, [[MIDDLE]], spots=spots)
    assert found is not None
    assert (found.in_s, found.out_s, found.least_s) == ((53, 22), (53, 22), 44)
    shut = [Closure(SIDE, EVERYBODY, at_m=100.0)]
    (barred,) = come(town, [[MIDDLE]], spots=spots, closures=shut)
    assert barred is not None
    assert (barred.in_s, barred.out_s, barred.least_s) == ((53, None), (53, None), 106)


def test_barriers_on_a_stretch_count_and_that_it_is_shut_as_a_whole_does_not(town: Network) -> None:
    assert come(town, [[MIDDLE]], closures=[Closure(MIDDLE, EVERYBODY)]) == come(town, [[MIDDLE]])
    assert come(town, [[FAR]], closures=[Closure(MIDDLE, EVERYBODY)]) == [None]
    barrier = [Closure(FIRST, EVERYBODY, at_m=200.0)]
    assert come(town, [[FIRST]], spots=[Spot(MIDDLE, 400.0)], closures=barrier) != come(town, [[FIRST]], closures=barrier)
    gate = [Closure(FIRST, 0, at_m=250.0, delay_s=60.0)]
    (slow,) = come(town, [[MIDDLE]], closures=gate)
    assert slow is not None
    assert (slow.in_s, slow.out_s, slow.least_s) == ((113,), (113,), 226)


def test_a_place_lies_on_the_nearest_street_that_any_truck_may_drive(town: Network) -> None:
    ((spot, metres), (far, off)) = stored(town, [place(200.0, 40.0), place(500.0, 480.0)])
    assert (spot.way, far.way) == (FIRST, SIDE)
    assert [spot.at_m, metres, off] == pytest.approx([200.0, 40.0, 0.0], abs=0.5)
    assert stored(town, []) == []
    ((low, _),) = stored(streets(low=[FIRST]), [place(200.0, 0.0)])
    assert low.way == FIRST, "however large it is"


def test_the_least_of_some_seconds_is_that_of_those_known() -> None:
    assert least([None, 7, 3, None]) == 3
    assert Reached(0, 0.0, (), (None, 4), (9, None)).round_s == 13
