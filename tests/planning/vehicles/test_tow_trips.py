"""Trips of tow trucks one after another by hand: hours of trucks and storage places, escorts, what stands in front."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.problem import Bound, Job, Leg, Problem, Schedule, Trip, Truck, Yard
from clearway.planning.vehicles.towing.trips import State, after, driven, fits, take, trips_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window

HOOK, YARD = 100, 30
PLAIN = Truck(heavy=False, size=0, storage=0, windows=ALWAYS)
BACK = Leg((10, 20), (40, 70), 50)
"""From the first storage place 10 s, from the second 20 s; back to the first 40 s, to the second 70 s."""


def problem(*jobs: Job, trucks: Sequence[Truck] = (PLAIN,), **fields: Any) -> Problem:  # noqa: ANN401 - its fields
    given: dict[str, Any] = {"yards": (Yard(ALWAYS), Yard(ALWAYS)), "legs": {(0, 0): BACK, (0, 1): BACK}, "lane_moves": (0, 0)}
    return Problem(jobs or (car(),), tuple(trucks), **(given | fields))


def car(stretch: int = 0, *, heavy: bool = False, step: int = 0) -> Job:
    return Job(stretch, "car", heavy, step, HOOK, YARD)


def trips(town: Problem, state: State | None = None, index: int = 0, truck: int = 0) -> list[Trip]:
    return list(trips_of(town, state or after(town, ()), index, truck))


def times(one: Trip) -> tuple[int, ...]:
    return one.start_s, one.arrive_s, one.hooked_s, one.at_yard_s, one.done_s


def test_a_truck_has_a_trip_to_each_storage_place() -> None:
    first, second = trips(problem())
    assert (first.storage_from, first.storage_to, times(first)) == (0, 0, (0, 10, 110, 150, 180))
    assert (second.storage_from, second.storage_to, times(second)) == (0, 1, (0, 10, 110, 180, 210))


def test_a_trip_changes_where_everything_is() -> None:
    town = problem(car(), car())
    state = after(town, ())
    assert (state.free_s, state.at, state.stored, state.hooked, state.escorts) == ([0], [0], [0, 0], {}, [])
    take(town, state, trips(town)[1])
    assert (state.free_s, state.at, state.stored, state.hooked) == ([210], [1], [0, 1], {0: [110]})
    again = trips(town, state, 1)[0]
    assert (again.storage_from, times(again)) == (1, (210, 230, 330, 370, 400)), "from the second storage place it takes longer"
    assert after(town, [again, trips(town)[1]]).at == [0], "trips are done in the order of time, however they are given"


@pytest.mark.parametrize(
    ("truck", "job", "legs"),
    [
        (PLAIN, car(heavy=True), {(0, 0): BACK}),
        (PLAIN, car(), {(0, 1): BACK, (1, 0): BACK}),
        (PLAIN, car(), {(0, 0): Leg((None, 20), (40, 70), 50)}),
        (PLAIN, car(), {(0, 0): Leg((10, 20), (None, None), 50)}),
    ],
)
def test_a_truck_that_cannot_do_a_job_has_no_trip(truck: Truck, job: Job, legs: dict[tuple[int, int], Leg]) -> None:
    assert trips(problem(job, trucks=[truck], legs=legs)) == []


def test_a_heavy_truck_moves_what_is_heavy_and_what_is_not() -> None:
    heavy = replace(PLAIN, heavy=True)
    town = problem(car(heavy=True), car(), trucks=[heavy])
    assert [len(trips(town, index=one)) for one in (0, 1)] == [2, 2]


def test_no_trip_goes_where_no_way_leads_or_where_nothing_fits_any_more() -> None:
    town = problem(legs={(0, 0): Leg((10, None), (None, 70), 50)})
    assert [one.storage_to for one in trips(town)] == [1]
    small = problem(car(), car(), yards=(Yard(ALWAYS, 1), Yard(ALWAYS, 0)))
    state = after(small, ())
    (only,) = trips(small, state)
    assert only.storage_to == 0
    take(small, state, only)
    assert trips(small, state, 1) == []


@pytest.mark.parametrize(
    ("windows", "start_s", "lasts_s", "found"),
    [
        ([(0, 10)], 0, 10, 0), ([(0, 10)], 0, 11, None), ([(0, 10)], 1, 10, None), ([(5, 15)], 0, 10, 5),
        ([(0, 10), (20, 40)], 1, 10, 20), ([(0, 10), (20, 40)], 30, 10, 30), ([(0, 10), (20, 40)], 31, 10, None),
        ([], 0, 0, None),
    ],
)  # fmt: skip
def test_the_first_second_at_which_something_fits(windows: list[Window], start_s: int, lasts_s: int, found: int | None) -> None:
    assert fits(windows, start_s, lasts_s) == found


@pytest.mark.parametrize(
    ("works", "open_", "start_s"),
    [
        (ALWAYS, ((150, 180),), 0),
        (ALWAYS, ((151, 181),), 1),
        (ALWAYS, ((0, 179), (500, 530)), 350),
        (((0, 180),), ALWAYS, 0),
        (((0, 179), (300, 480)), ALWAYS, 300),
        (((0, 600), (900, 9999)), ((500, 529), (1200, 9999)), 1050),  # neither alone would begin then
        (((0, 179),), ALWAYS, None),
        (ALWAYS, ((0, 179),), None),
        (((0, 180),), ((151, 9999),), None),
    ],
)
def test_a_trip_lies_in_the_hours_of_its_truck_and_ends_in_those_of_its_storage_place(
    works: tuple[Window, ...], open_: tuple[Window, ...], start_s: int | None
) -> None:
    found = trips(problem(trucks=[replace(PLAIN, windows=works)], yards=(Yard(open_), Yard(()))))
    assert [one.start_s for one in found] == ([] if start_s is None else [start_s])
    assert [one.done_s for one in found] == ([] if start_s is None else [start_s + 180])


BEHIND = {(0, 0): BACK, (0, 1): replace(BACK, after=(0,))}


@pytest.mark.parametrize(
    ("moves", "hooked", "start_s"),
    [
        (0, [], 0), (1, [], None), (1, [400], 400), (2, [400], None), (2, [600, 400], 600), (1, [600, 400], 400),
        (2, [900, 600, 400], 600),
    ],
)  # fmt: skip
def test_who_stands_behind_waits_until_enough_are_hooked_in_front(moves: int, hooked: list[int], start_s: int | None) -> None:
    town = problem(car(1), legs=BEHIND, lane_moves=(moves, 0))
    state = after(town, ())
    state.hooked[0] = hooked
    assert [one.start_s for one in trips(town, state)][:1] == ([] if start_s is None else [start_s])


def test_who_stands_behind_two_waits_for_the_later_and_a_truck_that_is_free_later_still_sets_out_then() -> None:
    town = problem(car(1), legs={(0, 1): replace(BACK, after=(0, 2))}, lane_moves=(1, 0, 1))
    state = after(town, ())
    state.hooked |= {0: [700], 2: [300]}
    assert trips(town, state)[0].start_s == 700
    state.free_s[0] = 800
    assert trips(town, state)[0].start_s == 800
    del state.hooked[2]
    assert trips(town, state) == []


ESCORTED = replace(PLAIN, escort=True)


def escorted(*busy: list[Window], move_s: int = 50, escorts: int | None = None) -> list[tuple[int, int | None]]:
    """Start and escort of the trip to the first storage place, while escorts are busy so."""
    town = problem(trucks=[ESCORTED] * 3, escorts=len(busy) if escorts is None else escorts, escort_move_s=move_s)
    state = after(town, ())
    state.escorts = [list(one) for one in busy]
    return [(one.start_s, one.escort) for one in trips(town, state)][:1]


def test_an_escort_sets_out_before_its_truck_arrives_and_not_before_the_start() -> None:
    assert escorted([]) == [(40, 0)], "it needs 50 s, the truck 10 s"
    assert escorted([], move_s=10) == [(0, 0)]
    assert escorted([], move_s=9) == [(0, 0)]
    assert escorted([], move_s=11) == [(1, 0)]


@pytest.mark.parametrize(
    ("busy", "found"),
    [
        ([[(0, 900)]], (940, 0)),
        ([[(0, 900)], []], (40, 1)),
        ([[(0, 900)], [(0, 300)]], (340, 1)),
        ([[(150, 900)]], (40, 0)),  # hooked up at 150 it is free again
        ([[(149, 900)]], (940, 0)),
        ([[(0, 100), (249, 400)]], (440, 0)),  # 150 s between two are needed
        ([[(0, 100), (250, 400)]], (140, 0)),
    ],
)
def test_a_truck_that_wants_an_escort_waits_until_one_is_free(busy: list[list[Window]], found: tuple[int, int]) -> None:
    assert escorted(*busy) == [found]


def test_where_there_is_no_escort_a_truck_that_wants_one_does_nothing_and_one_that_does_not_works() -> None:
    assert escorted(escorts=0) == []
    assert [one.escort for one in trips(problem(trucks=[PLAIN], escorts=0))] == [None, None]
    assert [one.escort for one in trips(problem(trucks=[ESCORTED], escorts=None))] == [None, None], "nobody said how many: all"


def test_an_escort_is_busy_from_before_the_truck_arrives_until_it_leaves() -> None:
    town = problem(car(), car(), trucks=[ESCORTED, ESCORTED], escorts=5, escort_move_s=50)
    state = after(town, ())
    assert state.escorts == [[], []], "no more than there are trucks"
    take(town, state, trips(town)[0])
    assert state.escorts == [[(0, 150)], []]
    assert [one.escort for one in trips(town, state, 1, 1)] == [1, 1]


def test_a_truck_with_an_escort_keeps_its_hours_while_it_waits() -> None:
    short = replace(ESCORTED, windows=((0, 300), (2000, 9999)))
    town = problem(trucks=[short], escorts=1, escort_move_s=50)
    state = after(town, ())
    state.escorts = [[(0, 200)]]
    assert [one.start_s for one in trips(town, state)] == [2000, 2000]
    state.escorts = [[(0, 2100)]]
    assert [one.start_s for one in trips(town, state)] == [2140, 2140]


def test_one_truck_does_its_jobs_one_after_another() -> None:
    town = problem(car(), car(1), trucks=[PLAIN, replace(PLAIN, heavy=True)])
    first, second = trips(town)[1], trips(town, index=1)[0]
    found = driven(town, after(town, ()), 0, [first, second], 400)
    assert found is not None
    assert [(one.job, one.truck, one.storage_from, one.storage_to, one.start_s, one.done_s) for one in found] == [
        (0, 0, 0, 1, 0, 210), (1, 0, 1, 0, 210, 400),
    ]  # fmt: skip
    assert driven(town, after(town, ()), 0, [first, second], 399) is None
    assert driven(town, after(town, ()), 1, [], 0) == []
    state = after(town, ())
    state.free_s[1], state.at[1] = 1000, 1
    (late,) = driven(town, state, 1, [second], 9999) or []
    assert (late.truck, late.storage_from, late.start_s, late.done_s) == (1, 1, 1000, 1190)


def test_one_truck_does_none_of_its_jobs_where_it_cannot_do_each() -> None:
    trip = Trip(0, 0, 0, 1, 0, 0, 0, 0, 0)
    fine = problem()
    assert driven(fine, after(fine, ()), 0, [trip], 9999)
    for town in (
        problem(car(heavy=True)),
        problem(legs={(0, 0): Leg((None, 20), (40, 70), 50)}),
        problem(legs={(0, 0): Leg((10, 20), (40, None), 50)}),
        problem(trucks=[replace(PLAIN, windows=((0, 209),))]),
    ):
        assert driven(town, after(town, ()), 0, [trip], 9999) is None


def test_a_tow_takes_at_least_the_quickest_drive_of_any_truck_that_can_do_it() -> None:
    legs = {(0, 0): Leg((10,), (40,), 50), (1, 0): Leg((5, None), (None, 9), 12)}
    small = replace(PLAIN, size=1)
    town = problem(car(), car(heavy=True), car(3), trucks=[PLAIN, small], legs=legs)
    assert [town.least_s(one) for one in town.jobs] == [12 + HOOK + YARD, None, None]
    lorry = replace(town, trucks=(replace(PLAIN, heavy=True), small))
    assert [lorry.least_s(one) for one in lorry.jobs] == [142, 180, None]
    assert legs[1, 0].there_and_back_s == 14
    assert Leg((10, 8, None), (40, None, 30), 0).there_and_back_s == 38


def test_a_step_ends_with_the_last_of_it_and_of_those_before() -> None:
    jobs = (car(step=0), car(step=1), car(step=2))
    one = Trip(0, 0, 0, 0, 0, 0, 0, 0, 500)
    found = Schedule((one, replace(one, job=1, done_s=300), replace(one, job=2, done_s=900)))
    assert [found.end_s(jobs, step) for step in range(3)] == [500, 500, 900]
    assert (Schedule(()).end_s(jobs, 2), found.left, found.bounds) == (0, (), ())
    assert Bound(5) == Bound(5, ())
