"""Schedules of a set-up that another one makes needless.

A schedule is a row: minutes at which the last place begins and all are finished; of each unit the point, the minute from which
it is free, and the pieces on a truck; the pieces at each depot; and the minutes before which the next places cannot begin.

One is left out if another one can do as well: one whose next place may begin as soon, that is finished before the first one can
be, and in which each unit is at every place that is left as soon as its like, whatever is shut by then, with as many pieces; or
before that place can begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.left_over import SATURATED

if TYPE_CHECKING:
    from clearway.network.model import Ints, Longs
    from clearway.planning.plan.stages.left_over import LeftOver, Numbers
    from clearway.planning.plan.stages.loads import Loads
    from clearway.planning.plan.stages.subsets import Subsets

LAST, ENDS, UNITS, COLUMNS = 0, 1, 2, 3
"""Columns of a row: the minutes, where the units begin, and how many there are of each unit."""


class Rules(NamedTuple):
    """A stage in arrays.

    Attributes:
        numbers: Jobs and units.
        subsets: What holds for each set of jobs begun.
        left: What is left to do at least.
        loads: What is left for the trucks, load by load.
        structure: (N,) of each job, by the order of the stock.
        structures: How many there are.
    """

    numbers: Numbers
    subsets: Subsets
    left: LeftOver
    loads: Loads
    structure: Ints
    structures: int


@kernel
def undominated(rules: Rules, order: Longs, done: Longs, rows: Ints, least: Longs, most: int) -> Longs:
    """Of schedules in an order in which equal sets stand together those that none of the first ``most`` kept dominates."""
    units, starts = len(rules.numbers.drives), rows.shape[1] - len(rules.numbers.work)
    kept, count, first = np.empty(len(order), np.int64), 0, 0
    for place in range(len(order)):
        one = order[place]
        if place and done[order[place - 1]] != done[one]:
            first = count
        is_worse, row, next_starts = False, rows[one], rows[one, starts:]
        for at in range(first, min(count, first + most)):
            other = rows[kept[at]]
            if other[LAST] > max(row[LAST], row[starts]) or other[ENDS] > least[one]:
                continue
            is_worse = True
            for column in range(UNITS + COLUMNS * units, starts):
                is_worse &= other[column] >= row[column]
            for unit in range(units):
                is_worse = is_worse and is_as_soon(rules, int(done[one]), other, unit, row, unit, next_starts)
            if is_worse:
                break
        if not is_worse:
            kept[count] = one
            count += 1
    return kept[:count]


@kernel
def is_as_soon(rules: Rules, done: int, mine: Ints, unit: int, other: Ints, like: int, starts: Ints) -> bool:
    """Whether a unit is at every next place as soon as its like in another schedule, or before that can begin there.

    Args:
        rules: The stage.
        done: The jobs begun in both.
        mine: The unit's schedule.
        unit: Which is it.
        other: The other's.
        like: Which that is there.
        starts: The soonest minutes of the next places in the other's.
    """
    numbers, subsets, left = rules.numbers, rules.subsets, rules.left
    units, whole = len(numbers.drives), len(subsets.safe) - 1
    here, there = mine[UNITS + unit], other[UNITS + like]
    minute, due = int(mine[UNITS + units + unit]), int(other[UNITS + units + like])
    if here == there and minute <= due and mine[UNITS + 2 * units + unit] >= other[UNITS + 2 * units + like]:
        return True
    if not (subsets.gets_out[whole, here] and subsets.gets_out[whole, there]):
        return False
    spare, is_loaded = left.spare[done, numbers.by_depot[unit], here, there], True
    if numbers.carries[unit] and other[UNITS + 2 * units + like] >= left.pieces[done]:  # it may serve a place as it is
        is_loaded = mine[UNITS + 2 * units + unit] >= other[UNITS + 2 * units + like]
        spare = min(spare, left.spare[done, numbers.by_place[unit], here, there])
    if is_loaded and minute <= due + spare:
        return True
    for later in range(len(starts)):
        most = left.farthest[done, numbers.by_depot[unit], later, here]
        if most == SATURATED or minute + most > starts[later]:
            return False
    return True
