"""Trips of tow trucks one after another, within the hours of trucks and storage places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.problem import Trip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.vehicles.towing.contract import Window
    from clearway.planning.vehicles.towing.problem import Problem


@dataclass
class State:
    """Where trucks, escorts and storage places are while a schedule is made."""

    free_s: list[int]
    at: list[int]
    escorts: list[list[Window]]
    stored: list[int]
    hooked: dict[int, list[int]]


def after(problem: Problem, trips: Sequence[Trip]) -> State:
    """Where everything is once some trips are done."""
    state = State(
        free_s=[0] * len(problem.trucks),
        at=[one.storage for one in problem.trucks],
        escorts=[[] for _ in range(min(problem.escorts or 0, len(problem.trucks)))],
        stored=[0] * len(problem.yards),
        hooked={},
    )
    for trip in sorted(trips, key=lambda one: one.start_s):
        take(problem, state, trip)
    return state


def trips_of(problem: Problem, state: State, index: int, truck: int) -> Iterator[Trip]:
    """The soonest trip of a truck to each storage place that it can use."""
    job, own = problem.jobs[index], problem.trucks[truck]
    if not problem.able(own, job):
        return
    leg = problem.legs[own.size, job.stretch]
    released = _released(problem, state, leg.after)
    in_s = leg.in_s[state.at[truck]]
    if released is None or in_s is None:
        return
    for yard, out_s in enumerate(leg.out_s):
        capacity = problem.yards[yard].capacity
        if out_s is None or (capacity is not None and state.stored[yard] >= capacity):
            continue
        start_s = max(state.free_s[truck], released)
        trip = _trip(problem, (index, truck, yard), state.at[truck], start_s, (in_s, out_s))
        if own.escort and problem.escorts is not None:
            trip = _escorted(problem, state, trip)
        if trip is not None:
            yield trip


def _escorted(problem: Problem, state: State, trip: Trip | None) -> Trip | None:
    """The trip, or the soonest after it, for which an escort is free; None where there is none."""
    while trip is not None and state.escorts:
        first, end = trip.arrive_s - problem.escort_move_s, trip.hooked_s
        in_the_way = [[span for span in busy if span[0] < end and span[1] > first] for busy in state.escorts]
        if first >= 0 and [] in in_the_way:
            return replace(trip, escort=in_the_way.index([]))
        later = 0 if first < 0 else min(max(span[1] for span in spans) for spans in in_the_way)
        drives = trip.arrive_s - trip.start_s, trip.at_yard_s - trip.hooked_s
        start_s = later + problem.escort_move_s - drives[0]
        trip = _trip(problem, (trip.job, trip.truck, trip.storage_to), trip.storage_from, start_s, drives)
    return None


def _trip(problem: Problem, who: tuple[int, int, int], at: int, start_s: int, drives_s: tuple[int, int]) -> Trip | None:
    """The soonest trip within the hours of truck and storage place; None where there is none."""
    index, truck, yard = who
    job, (in_s, out_s) = problem.jobs[index], drives_s
    lead_s = in_s + job.hook_s + out_s
    windows, open_ = problem.trucks[truck].windows, problem.yards[yard].windows
    while True:
        begin = fits(windows, start_s, lead_s + job.yard_s)
        if begin is None:
            return None
        at_yard = fits(open_, begin + lead_s, job.yard_s)
        if at_yard is None:
            return None
        if at_yard == begin + lead_s:
            break
        start_s = at_yard - lead_s
    arrive_s = begin + in_s
    hooked_s = arrive_s + job.hook_s
    return Trip(index, truck, at, yard, begin, arrive_s, hooked_s, at_yard, at_yard + job.yard_s)


def fits(windows: Sequence[Window], start_s: int, lasts_s: int) -> int | None:
    """The first second from some time on at which something that long lies in a window; None where it never does."""
    for first, end in windows:
        begin = max(first, start_s)
        if begin + lasts_s <= end:
            return begin
    return None


def _released(problem: Problem, state: State, after: tuple[int, ...]) -> int | None:
    """From when on one drives through some stretches; None where too few vehicles of one are fetched before."""
    soonest = 0
    for stretch in after:
        hooked, moves = sorted(state.hooked.get(stretch, ())), problem.lane_moves[stretch]
        if len(hooked) < moves:
            return None
        if moves:
            soonest = max(soonest, hooked[moves - 1])
    return soonest


def take(problem: Problem, state: State, trip: Trip) -> None:
    """Change a state by a trip."""
    state.free_s[trip.truck] = trip.done_s
    state.at[trip.truck] = trip.storage_to
    state.stored[trip.storage_to] += 1
    state.hooked.setdefault(problem.jobs[trip.job].stretch, []).append(trip.hooked_s)
    if trip.escort is not None:
        state.escorts[trip.escort].append((trip.arrive_s - problem.escort_move_s, trip.hooked_s))


def driven(problem: Problem, before: State, truck: int, trips: Sequence[Trip], latest_s: int) -> list[Trip] | None:
    """The jobs of some trips done by one truck one after another; None where it cannot.

    Args:
        problem: Their problem.
        before: Where the truck is, and from when on.
        truck: Which truck.
        trips: With their jobs, and the storage place that each goes to.
        latest_s: When all must be done at the latest.
    """
    own, free_s, at = problem.trucks[truck], before.free_s[truck], before.at[truck]
    line = []
    for trip in trips:
        job = problem.jobs[trip.job]
        if not problem.able(own, job):
            return None
        leg = problem.legs[own.size, job.stretch]
        in_s, out_s = leg.in_s[at], leg.out_s[trip.storage_to]
        if in_s is None or out_s is None:
            return None
        found = _trip(problem, (trip.job, truck, trip.storage_to), at, free_s, (in_s, out_s))
        if found is None or found.done_s > latest_s:
            return None
        line.append(found)
        free_s, at = found.done_s, trip.storage_to
    return line
