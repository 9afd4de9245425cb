"""Schedules of a set-up grown by one place, many at a time, by the rules of :mod:`clearway.planning.plan.stages.problem`.

A schedule is a row (:mod:`clearway.planning.plan.stages.dominance`). Units that are alike stand in the order of their minutes,
so that schedules that differ in names alone are the same row.

Of crews or forklifts that come in time to a place the one is sent that is missed least at those that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.dominance import COLUMNS, ENDS, LAST, UNITS, is_as_soon
from clearway.planning.plan.stages.left_over import further_minutes
from clearway.planning.plan.stages.problem import TRUCK
from clearway.planning.plan.stages.subsets import NEVER

if TYPE_CHECKING:
    from clearway.network.model import Ints, Longs
    from clearway.planning.plan.stages.dominance import Rules

    Grown = tuple[Longs, Ints, Longs, Longs, Ints]


@kernel
def _nearest(rules: Rules, kind: int, after: int, unit: int, point: int, pieces: int) -> int:
    """Minutes at least from a point to the next place of a unit, with so many pieces on a truck."""
    numbers, left = rules.numbers, rules.left
    if kind != TRUCK:
        return int(left.nearest[after, unit, point])
    drives = numbers.drives[unit]
    least = int(rules.subsets.minutes[after, drives, point, numbers.depot[unit]]) + left.loaded[after, unit]
    if pieces >= left.pieces[after]:
        for job in range(len(numbers.work)):
            if not after >> job & 1 and numbers.needs[job, kind] and pieces >= min(numbers.pieces[job], numbers.carries[unit]):
                least = min(least, int(rules.subsets.minutes[after, drives, point, job]))
    return int(least)


@kernel
def _all_go_home(rules: Rules, row: Ints, after: int) -> bool:
    """Whether no truck has enough on it for any place that is left."""
    first, end, units = rules.numbers.first[TRUCK], rules.numbers.first[TRUCK + 1], len(rules.numbers.drives)
    return bool((row[UNITS + 2 * units + first : UNITS + 2 * units + end] < rules.left.pieces[after]).all())


@kernel
def _level(moments: Longs, total: Ints, from_depots: int) -> int:
    """The minute to which the units of a kind fill up with what is left, from the moments on at which they can begin.

    Args:
        moments: (M,) put in order.
        total: (M + 1, M + 1) minutes that are left, by how many places are a first, and a last one.
        from_depots: 1 if the moments are those at a depot: the drive to the first place of each is still to come; else 0.
    """
    for unit in range(1, len(moments)):  # the soonest first
        at, minute = unit, moments[unit]
        while at > 0 and moments[at - 1] > minute:
            moments[at] = moments[at - 1]
            at -= 1
        moments[at] = minute
    spent = 0
    for count in range(1, len(moments) + 1):
        spent += moments[count - 1]
        level = -(-(spent + total[0 if from_depots else count, count]) // count)
        if count == len(moments) or level <= moments[count]:
            return int(level)
    return 0


@kernel
def _load_level(rules: Rules, row: Ints, after: int, moments: Longs) -> int:
    """The minute to which the trucks fill up with what is left, load by load, from when they can be at their depots."""
    numbers, loads = rules.numbers, rules.loads
    first, units, places = numbers.first[TRUCK], len(numbers.drives), 0
    digits = 0
    for truck in range(len(moments)):
        digits = digits * loads.base + row[UNITS + 2 * units + first + truck]
    for job in range(len(numbers.work)):
        places += not after >> job & 1 and numbers.needs[job, TRUCK]
    moments.sort()
    least, spent, bag = NEVER, 0, loads.bags[digits]
    for count in range(1, min(places, len(moments)) + 1):
        spent += moments[count - 1]
        least = min(least, -(-(spent + loads.least[after, bag, count]) // count))
    return int(least)


@kernel
def _least(  # noqa: C901, PLR0912 - one loop within another
    rules: Rules, after: int, last: int, row: Ints, begins: Longs, homes: Longs, turns: Longs
) -> int:
    """Minutes that every schedule takes that goes on.

    ``begins`` (U,): the soonest minute at which each unit begins a place; ``homes`` (U,): that at which a truck can be at its
    depot. Both are put in order; the soonest minutes of the next places are put into the row.
    """
    numbers, left = rules.numbers, rules.left
    least, whole = int(row[ENDS]), len(rules.subsets.safe) - 1
    starts = row[len(row) - len(numbers.work) :]
    starts[:] = NEVER
    if after == whole:
        return least
    for kind in range(3):
        first, end = numbers.first[kind], numbers.first[kind + 1]
        if left.total[kind, after, end - first, end - first] == 0:
            continue
        least = max(least, _level(begins[first:end], left.total[kind, after], 0))
        if kind == TRUCK and len(rules.loads.least):
            least = max(least, _load_level(rules, row, after, homes[first:end]))
        elif kind == TRUCK and _all_go_home(rules, row, after):
            least = max(least, _level(homes[first:end], left.total[kind, after], 1))
    places, work, everywhere = 0, left.work[after], 7
    for job in range(len(numbers.work)):
        if not after >> job & 1:
            places += 1
            for kind in range(3):
                if not numbers.needs[job, kind]:
                    everywhere &= ~(1 << kind)
    turns[:] = 0
    for place in range(places):
        begun = starts[place - 1] if place else int(last)
        for kind in range(3):
            first, end = numbers.first[kind], numbers.first[kind + 1]
            if not everywhere >> kind & 1:
                continue
            round_, soonest = work + left.between[kind, after], first
            for unit in range(first, end):
                if begins[unit] + turns[unit] * round_ < begins[soonest] + turns[soonest] * round_:
                    soonest = unit
            begun = max(begun, begins[soonest] + turns[soonest] * round_)
            turns[soonest] += 1
            if place >= end - first:
                begun = max(begun, starts[place - (end - first)] + round_)
        starts[place] = begun
    return int(max(least, starts[places - 1] + work))


@kernel
def grown(  # noqa: C901, PLR0912, PLR0915 - one choice within another
    rules: Rules, done: Longs, rows: Ints, upper: int, only: int
) -> Grown:
    """Every schedule of one place more that may be done sooner than ``upper``.

    Each has the jobs begun, its row, the minutes that it takes at least, the row that it was grown from, and the choice: job,
    crew, truck, whether by way of the depot, forklift; units by their order in that row.

    Args:
        rules: The stage.
        done: (R,) jobs begun.
        rows: (R, columns) schedules.
        upper: Minutes to be beaten.
        only: The job to take, -1 for any.
    """
    numbers, subsets = rules.numbers, rules.subsets
    units, jobs = len(numbers.drives), len(numbers.work)
    at, free, left, stock = UNITS, UNITS + units, UNITS + 2 * units, UNITS + COLUMNS * units
    next_ = rows.shape[1] - jobs
    size, found = 1024, 0
    out_done, out_least, out_parent = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    out_rows, out_choice = np.empty((size, rows.shape[1]), np.int32), np.empty((size, 5), np.int32)
    near, here, near_here = np.empty(units, np.int64), np.empty(units, np.int64), np.empty(units, np.int64)
    begins, homes, turns = np.empty(units, np.int64), np.empty(units, np.int64), np.empty(units, np.int64)
    kind_of = np.empty(units, np.int64)
    for kind in range(3):
        kind_of[numbers.first[kind] : numbers.first[kind + 1]] = kind
    lows, highs = np.empty(3, np.int64), np.empty(3, np.int64)
    for parent in range(len(done)):
        row, before = rows[parent], done[parent]
        for job in range(jobs):
            after = before | 1 << job
            if before >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job] or only not in (-1, job):
                continue
            for kind in range(3):
                needed = numbers.needs[job, kind]
                lows[kind], highs[kind] = (numbers.first[kind], numbers.first[kind + 1]) if needed else (-1, 0)
            for unit in range(units):
                kind, point = kind_of[unit], row[at + unit]
                near[unit] = _nearest(rules, kind, after, unit, point, row[left + unit])
                near_here[unit] = _nearest(rules, kind, after, unit, job, 0) if kind != TRUCK else 0
                here[unit] = int(row[free + unit]) + subsets.minutes[before, numbers.drives[unit], point, job]
            for truck in range(lows[1], highs[1]):
                if truck >= 0 and _as_before(rules, row, truck, units):
                    continue
                for by_depot in range(2 if truck >= 0 else 1):
                    comes, works, rest = int(row[LAST]), int(numbers.work[job]), 0
                    if truck >= 0:
                        carries, filled = numbers.carries[truck], row[left + truck]
                        enough = min(numbers.pieces[job], carries)
                        if (by_depot and filled >= carries) or (not by_depot and filled < enough):
                            continue
                        arrives = here[truck]
                        if by_depot:
                            drives, depot, filled = numbers.drives[truck], numbers.depot[truck], carries
                            arrives = int(row[free + truck]) + subsets.minutes[before, drives, row[at + truck], depot]
                            arrives += numbers.load_minutes + int(subsets.minutes[before, drives, depot, job])
                        comes, works = max(comes, arrives), works + further_minutes(numbers, subsets, after, job, truck, filled)
                        rest = (filled - int(numbers.pieces[job])) % carries
                        near_here[truck] = _nearest(rules, TRUCK, after, truck, job, rest)
                    for crew in range(lows[0], highs[0]):
                        if crew >= 0 and another_will_do(rules, row, after, crew, here, comes):
                            continue
                        begun = max(comes, here[crew]) if crew >= 0 else comes
                        for forklift in range(lows[2], highs[2]):
                            if forklift >= 0 and another_will_do(rules, row, after, forklift, here, begun):
                                continue
                            last = max(begun, here[forklift]) if forklift >= 0 else begun
                            if last + works >= upper:
                                continue
                            if found == size:
                                size *= 2
                                out_done, out_least, out_parent = _wider(out_done), _wider(out_least), _wider(out_parent)
                                out_rows, out_choice = _more_rows(out_rows), _more_rows(out_choice)
                            new = out_rows[found]
                            for column in range(next_):
                                new[column] = row[column]
                            last = homewards(rules, new, last, before, after, (crew, truck, forklift))
                            if last + works >= upper:
                                continue
                            ends = max(int(row[ENDS]), last + works)
                            for unit in range(units):
                                if unit in (crew, truck, forklift):
                                    new[at + unit], new[free + unit] = job, last + works
                                    begins[unit] = last + works + near_here[unit]
                                elif new[at + unit] == row[at + unit]:
                                    begins[unit] = max(last, new[free + unit] + near[unit])
                                else:
                                    begins[unit] = last
                                if numbers.carries[unit]:
                                    home = subsets.minutes[after, numbers.drives[unit], new[at + unit], numbers.depot[unit]]
                                    homes[unit] = new[free + unit] + home
                            if truck >= 0:
                                new[left + truck] = rest
                                kit = stock + (numbers.depot[truck] - jobs) * rules.structures + rules.structure[job]
                                new[kit] -= numbers.pieces[job]
                                if new[kit] < 0:
                                    continue
                            new[ENDS] = ends
                            least = _least(rules, after, last, new, begins, homes, turns)
                            if least >= upper:
                                continue
                            new[LAST] = last
                            _put_in_order(rules, new, units)
                            out_done[found], out_least[found], out_parent[found] = after, least, parent
                            choice = out_choice[found]
                            choice[0], choice[1], choice[2], choice[3], choice[4] = job, crew, truck, by_depot, forklift
                            found += 1
    return out_done[:found], out_rows[:found], out_least[:found], out_parent[:found], out_choice[:found]


@kernel
def _wider(array: Longs) -> Longs:
    """Twice as long."""
    new = np.empty(2 * len(array), array.dtype)
    new[: len(array)] = array
    return new


@kernel
def _more_rows(array: Ints) -> Ints:
    """Twice as many rows."""
    new = np.empty((2 * len(array), array.shape[1]), array.dtype)
    new[: len(array)] = array
    return new


@kernel
def _as_before(rules: Rules, row: Ints, unit: int, units: int) -> bool:
    """Whether a unit is just as the one before it."""
    if not rules.numbers.alike[unit]:
        return False
    same = True
    for column in range(UNITS + unit, UNITS + 3 * units, units):
        same &= bool(row[column] == row[column - 1])
    return same


@kernel
def another_will_do(rules: Rules, row: Ints, after: int, unit: int, here: Longs, comes: int) -> bool:
    """Whether a like of a unit is at a place in time as well, and better sent there: the unit serves what is left as soon.

    Args:
        rules: The stage.
        row: The schedule before.
        after: The jobs begun, with this one.
        unit: Which is it.
        here: (U,) when each is at the place.
        comes: When the place could begin without it.
    """
    numbers, units = rules.numbers, len(rules.numbers.drives)
    first = unit
    while numbers.alike[first]:
        first -= 1
    starts = row[len(row) - len(numbers.work) + 1 :]
    for other in range(first, units):
        if other > first and not numbers.alike[other]:
            break
        if other == unit or max(here[unit], here[other]) > comes:
            continue
        if is_as_soon(rules, after, row, unit, row, other, starts) and (
            other < unit or not is_as_soon(rules, after, row, other, row, unit, starts)
        ):
            return True
    return _as_before(rules, row, unit, units)


@kernel
def homewards(rules: Rules, new: Ints, last: int, before: int, after: int, busy: tuple[int, int, int]) -> int:
    """Send home whoever else would be shut in; the minute at which the place can be begun then."""
    numbers, subsets = rules.numbers, rules.subsets
    units = len(numbers.drives)
    for unit in range(units):
        point = new[UNITS + unit]
        if unit in busy or subsets.gets_out[after, point]:
            continue
        home = new[UNITS + units + unit] + subsets.minutes[before, numbers.drives[unit], point, numbers.depot[unit]]
        new[UNITS + unit], new[UNITS + units + unit], new[UNITS + 2 * units + unit] = numbers.depot[unit], home, 0
        last = max(last, home)
    return last


@kernel
def _put_in_order(rules: Rules, new: Ints, units: int) -> None:
    """Units that are alike by the minute at which they are free, then by their point, then by their load."""
    for unit in range(1, units):
        at = unit
        while rules.numbers.alike[at] and _comes_before(new, at, units):
            for column in range(UNITS + at, UNITS + COLUMNS * units, units):
                new[column], new[column - 1] = new[column - 1], new[column]
            at -= 1


@kernel
def _comes_before(row: Ints, unit: int, units: int) -> bool:
    """Whether a unit comes before the one that stands before it."""
    for column in (UNITS + units + unit, UNITS + unit, UNITS + 2 * units + unit):
        if row[column] != row[column - 1]:
            return bool(row[column] < row[column - 1])
    return False
