"""A good schedule of a set-up, by chance: an order of places and units for each, changed a little, again and again.

A change is kept if the schedule is done sooner, or a little later while the search is young (S. Kirkpatrick and others,
Optimization by simulated annealing, Science 220, 1983). It proves nothing; it spares the search that does the schedules that
take longer. Schedules grow by the rules of :mod:`clearway.planning.plan.stages.problem`, and cannot break them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.left_over import further_minutes
from clearway.planning.plan.stages.problem import TRUCK
from clearway.planning.plan.stages.subsets import NEVER

if TYPE_CHECKING:
    from numpy.random import Generator

    from clearway.network.model import Ints
    from clearway.planning.plan.stages.left_over import Numbers
    from clearway.planning.plan.stages.subsets import Subsets

ENDLESS = 10**6
"""Minutes of what breaks a rule."""
_MOVES, _SWAPS, _LOADS, _UNITS = 0.35, 0.5, 0.6, 0.8
"""Up to which random number a place is begun at another time, two change places, a truck is loaded, two change their units."""
_LATE = 0.02
"""Minutes of cost for each minute at which a truck is still busy: of schedules that take as long the one with more room."""
_HOT, _COLD = 6.0, 0.25
"""Minutes that a change may cost at first, and at the end."""


class Drawn(NamedTuple):
    """A schedule in the making.

    Attributes:
        order: (N,) the places as they are begun.
        who: (N, 3) of each the crew, truck and forklift, by their numbers; -1 where it needs none.
        loaded: (N,) whether the truck goes by way of its depot though it has enough: not 0.
    """

    order: Ints
    who: Ints
    loaded: Ints


class Kit(NamedTuple):
    """Pieces at depots. (D, structures) there, and (N,) the structure of each place."""

    stock: Ints
    structure: Ints


@kernel
def annealed(numbers: Numbers, subsets: Subsets, kit: Kit, chance: Generator, rounds: int) -> tuple[int, Ints, Ints, Ints]:
    """The minutes of the best schedule that was met, and place by place: its number, its units, whether the truck was loaded.

    Args:
        numbers: Jobs and units.
        subsets: What holds for each set of jobs begun.
        kit: Pieces at depots.
        chance: Draws the changes.
        rounds: Changes to try.
    """
    count = len(numbers.work)
    now = Drawn(np.empty(count, np.int32), np.full((count, 3), -1, np.int32), np.zeros(count, np.int32))
    best = Drawn(np.empty(count, np.int32), np.full((count, 3), -1, np.int32), np.zeros(count, np.int32))
    new = Drawn(np.empty(count, np.int32), np.full((count, 3), -1, np.int32), np.zeros(count, np.int32))
    for at in range(count):
        now.order[at] = at
        for kind in range(3):
            if numbers.needs[at, kind]:
                now.who[at, kind] = numbers.first[kind] + at % (numbers.first[kind + 1] - numbers.first[kind])
    _copy(best, now)
    size = len(numbers.drives)
    point, free, left = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    stock = np.empty_like(kit.stock)
    cost, _ = timed(numbers, subsets, kit, now, (point, free, left, stock))
    least = ENDLESS
    for turn in range(rounds):
        warm = _HOT * (_COLD / _HOT) ** (turn / rounds)
        _copy(new, now)
        _change(numbers, new, chance)
        changed, minutes = timed(numbers, subsets, kit, new, (point, free, left, stock))
        if changed <= cost or chance.random() < np.exp((cost - changed) / warm):
            _copy(now, new)
            cost = changed
            if minutes < least:
                _copy(best, new)
                least = minutes
    timed(numbers, subsets, kit, best, (point, free, left, stock))
    return least, best.order, best.who[best.order], best.loaded[best.order]


@kernel
def _copy(to: Drawn, of: Drawn) -> None:
    to.order[:], to.who[:], to.loaded[:] = of.order, of.who, of.loaded


@kernel
def _change(numbers: Numbers, drawn: Drawn, chance: Generator) -> None:
    """Another order, or another unit."""
    count = len(drawn.order)
    one, other, what = int(chance.random() * count), int(chance.random() * count), chance.random()
    if what < _MOVES:
        job = drawn.order[one]
        step = 1 if other > one else -1
        for at in range(one, other, step):
            drawn.order[at] = drawn.order[at + step]
        drawn.order[other] = job
    elif what < _SWAPS:
        drawn.order[one], drawn.order[other] = drawn.order[other], drawn.order[one]
    elif what < _LOADS:
        drawn.loaded[one] = 1 - drawn.loaded[one]
    elif what < _UNITS:  # two places exchange all their units
        for kind in range(3):
            if drawn.who[one, kind] >= 0 and drawn.who[other, kind] >= 0:
                drawn.who[one, kind], drawn.who[other, kind] = drawn.who[other, kind], drawn.who[one, kind]
    else:
        kind = int(chance.random() * 3)
        units = numbers.first[kind + 1] - numbers.first[kind]
        if numbers.needs[one, kind]:
            drawn.who[one, kind] = numbers.first[kind] + int(chance.random() * units)


@kernel
def timed(  # noqa: C901, PLR0912 - one rule after another
    numbers: Numbers, subsets: Subsets, kit: Kit, drawn: Drawn, state: tuple[Ints, Ints, Ints, Ints]
) -> tuple[float, int]:
    """What a schedule costs, and its minutes: all of it done, and a little for every unit that is busy late."""
    point, free, left, stock = state
    point[:], free[:], left[:], stock[:] = numbers.depot, 0, 0, kit.stock
    count, done, last, ends = len(drawn.order), 0, 0, 0
    for at in range(count):
        job = drawn.order[at]
        after = done | 1 << job
        if not subsets.safe[after] or not subsets.gets_out[after, job]:
            return ENDLESS - 100.0 * at, ENDLESS
        arrives, work = last, numbers.work[job]
        crew, truck, forklift = drawn.who[job]
        for unit in (crew, forklift):
            if unit >= 0:
                arrives = max(arrives, free[unit] + subsets.minutes[done, numbers.drives[unit], point[unit], job])
        if truck >= 0:
            table, depot, carries = subsets.minutes[done, numbers.drives[truck]], numbers.depot[truck], numbers.carries[truck]
            filled = left[truck]
            if filled >= min(numbers.pieces[job], carries) and not drawn.loaded[job]:
                arrives = max(arrives, free[truck] + table[point[truck], job])
            else:
                drawn.loaded[job] = 1  # it has to
                filled = carries
                home = free[truck] + table[point[truck], depot] + numbers.load_minutes
                arrives = max(arrives, home + table[depot, job])
            work += further_minutes(numbers, subsets, after, job, truck, filled)
            left[truck] = (filled - numbers.pieces[job]) % carries
            stock[depot - count, kit.structure[job]] -= numbers.pieces[job]
            if stock[depot - count, kit.structure[job]] < 0:
                return ENDLESS - 100.0 * at, ENDLESS
        for unit in range(len(numbers.drives)):
            if unit not in (crew, truck, forklift) and not subsets.gets_out[after, point[unit]]:
                free[unit] += subsets.minutes[done, numbers.drives[unit], point[unit], numbers.depot[unit]]
                point[unit], left[unit] = numbers.depot[unit], 0
                arrives = max(arrives, free[unit])
        if arrives + work >= NEVER:
            return ENDLESS - 100.0 * at, ENDLESS
        for unit in (crew, truck, forklift):
            if unit >= 0:
                point[unit], free[unit] = job, arrives + work
        done, last, ends = after, arrives, max(ends, arrives + work)
    spent = 0
    for unit in range(numbers.first[TRUCK], numbers.first[TRUCK + 1]):
        spent += free[unit]
    return ends + _LATE * spent, ends
