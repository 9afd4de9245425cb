"""Orders of a set-up tried one after another, depth first, where it is given which truck serves which place.

With its own places given, what a truck still needs at least is known to the minute: the shortest tour through those that are
left, with its loads, past all that is begun. Where that leaves little room, few orders have to be tried.

A schedule is a row (:mod:`clearway.planning.plan.stages.dominance`), with the number of each unit and the jobs begun after its
units: those that are alike stand in the order of their minutes, but for trucks, which stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.dominance import COLUMNS, ENDS, LAST, UNITS, is_as_soon
from clearway.planning.plan.stages.growing import another_will_do, homewards
from clearway.planning.plan.stages.left_over import ENDLESS, further_minutes
from clearway.planning.plan.stages.problem import CREW, FORKLIFT, TRUCK
from clearway.planning.plan.stages.subsets import NEVER

if TYPE_CHECKING:
    from clearway.network.model import Ints, Longs
    from clearway.planning.plan.stages.dominance import Rules
    from clearway.planning.plan.stages.left_over import Numbers
    from clearway.planning.plan.stages.subsets import Subsets

_COMPARED = 300
"""Schedules of the same places that each is compared with."""


@kernel
def tried(rules: Rules, shares: Longs, target: int, most: int, choices: Ints) -> tuple[int, int]:
    """Look for a schedule that is done by a minute, share by share.

    Args:
        rules: The stage; no truck is said to be like another one.
        shares: (K, trucks) the places of each truck, as bits.
        target: The minute.
        most: Schedules that are looked at for each share.
        choices: (N, 5) filled with the schedule that is found: job, crew, truck, whether by way of the depot, forklift.

    Returns:
        Which share has a schedule, -1 if none was found, and how many before it were given up.
    """
    size = len(rules.numbers.work)
    heads = np.full(1 << size, -1, np.int32), np.full(1 << size, -1, np.int32)
    given_up = 0
    for at in range(len(shares)):
        heads[0][:], heads[1][:] = -1, -1
        found = _searched(rules, shares[at], target, most, heads, choices)
        if found > 0:
            return at, given_up
        given_up += found < 0
    return -1, given_up


@kernel
def _searched(  # noqa: C901, PLR0912, PLR0915 - one choice within another
    rules: Rules, share: Longs, target: int, most: int, heads: tuple[Ints, Ints], choices: Ints
) -> int:
    """1 if there is a schedule, 0 if there is none, -1 if too many were to be looked at."""
    numbers, subsets = rules.numbers, rules.subsets
    units, jobs, whole = len(numbers.drives), len(numbers.work), len(subsets.safe) - 1
    first, trucks = numbers.first[TRUCK], numbers.first[TRUCK + 1] - numbers.first[TRUCK]
    at, free, left, ids = UNITS, UNITS + units, UNITS + 2 * units, UNITS + COLUMNS * units
    done_at, starts_at = ids + units, ids + units + 1
    columns = starts_at + jobs
    fan = 2 * jobs * max(1, numbers.first[1]) * max(1, numbers.first[3] - numbers.first[2])
    stack, children = np.zeros((jobs + 1, columns), np.int32), np.empty((jobs, fan, columns), np.int32)
    tries, keys, counts = np.empty((jobs, fan, 5), np.int32), np.empty((jobs, fan), np.int64), np.zeros(jobs, np.int64)
    stack[0, at:free], stack[0, ids:done_at] = numbers.depot, np.arange(units)
    stack[0, starts_at:] = 0
    here, carried = np.empty(units, np.int64), int(numbers.carries.max()) + 1
    left_over, known = np.empty((64, trucks, jobs + 2, carried), np.int32), 0
    seen, before_, count = np.empty((256, columns), np.int32), np.empty(256, np.int64), 0
    truck_of, place_of = np.full(jobs, -1, np.int64), np.zeros(jobs, np.int64)
    sizes = np.zeros(trucks, np.int64)
    for own in range(trucks):
        for job in range(jobs):
            if share[own] >> job & 1:
                truck_of[job], place_of[job] = first + own, sizes[own]
                sizes[own] += 1
    alone = np.empty((trucks, 1 << sizes.max(), sizes.max(), carried), np.int32)
    for own in range(trucks):
        tours = _fill_rest(numbers, subsets, first + own, share[own], 0, left_over[0, own])
        alone[own, : tours.shape[0], : tours.shape[1], : tours.shape[2]] = tours
    depth, grows = 0, True
    while depth >= 0:
        if grows:
            row, done, found, grows = stack[depth], stack[depth, done_at], 0, False
            for job in range(jobs):
                after, truck = done | 1 << job, truck_of[job]
                if done >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job]:
                    continue
                still = 0  # what is left of the truck's share, by its own count
                for other in range(jobs):
                    if truck >= 0 and truck_of[other] == truck and not after >> other & 1:
                        still |= 1 << place_of[other]
                for unit in range(units):
                    here[unit] = int(row[free + unit]) + subsets.minutes[done, numbers.drives[unit], row[at + unit], job]
                for by_depot in range(2 if truck >= 0 else 1):
                    comes, works, remains = int(row[LAST]), int(numbers.work[job]), 0
                    needs = works
                    if truck >= 0:
                        carries, filled = numbers.carries[truck], row[left + truck]
                        if (by_depot and filled >= carries) or (not by_depot and filled < min(numbers.pieces[job], carries)):
                            continue
                        arrives = here[truck]
                        if by_depot:
                            drives, depot, filled = numbers.drives[truck], numbers.depot[truck], carries
                            arrives = int(row[free + truck]) + subsets.minutes[done, drives, row[at + truck], depot]
                            arrives += numbers.load_minutes + int(subsets.minutes[done, drives, depot, job])
                        comes, works = max(comes, arrives), works + further_minutes(numbers, subsets, after, job, truck, filled)
                        remains = (filled - int(numbers.pieces[job])) % carries
                        needs = works
                        if still:
                            needs += int(alone[truck - first, still, place_of[job], remains])
                        if comes + needs > target:
                            continue
                    elif comes + works > target:
                        continue
                    crews = (numbers.first[CREW], numbers.first[CREW + 1]) if numbers.needs[job, CREW] else (-1, 0)
                    lifts = (numbers.first[FORKLIFT], numbers.first[FORKLIFT + 1]) if numbers.needs[job, FORKLIFT] else (-1, 0)
                    for crew in range(crews[0], crews[1]):
                        if crew >= 0 and another_will_do(rules, row, after, crew, here, comes):
                            continue
                        begun = max(comes, here[crew]) if crew >= 0 else comes
                        for lift in range(lifts[0], lifts[1]):
                            if lift >= 0 and another_will_do(rules, row, after, lift, here, begun):
                                continue
                            last = max(begun, here[lift]) if lift >= 0 else begun
                            if last + needs > target:
                                continue
                            new = children[depth, found]
                            new[:] = row
                            last = homewards(rules, new, last, done, after, (crew, truck, lift))
                            ends = last + works
                            for unit in (crew, truck, lift):
                                if unit >= 0:
                                    new[at + unit], new[free + unit] = job, ends
                            if truck >= 0:
                                new[left + truck] = remains
                            new[LAST], new[ENDS], new[done_at] = last, max(new[ENDS], ends), after
                            if last + needs > target:
                                continue
                            tries[depth, found] = job, _unit(row, ids, crew), truck, by_depot, _unit(row, ids, lift)
                            _put_in_order(numbers, new, units)
                            new[starts_at:] = NEVER
                            new[starts_at : starts_at + jobs - depth - 1] = last
                            keys[depth, found] = last * NEVER + ends
                            found += 1
            counts[depth] = found
        chosen = -1
        for one in range(counts[depth]):
            if keys[depth, one] >= 0 and (chosen < 0 or keys[depth, one] < keys[depth, chosen]):
                chosen = one
        if chosen < 0:
            depth -= 1
            continue
        keys[depth, chosen] = -1
        new = children[depth, chosen]
        choices[depth] = tries[depth, chosen]
        after = new[done_at]
        if after == whole:
            return 1
        if heads[1][after] < 0:
            if known == len(left_over):
                wider = np.empty((2 * known, trucks, jobs + 2, carried), np.int32)
                wider[:known] = left_over
                left_over = wider
            for own in range(trucks):
                _fill_rest(numbers, subsets, first + own, share[own] & ~after, after, left_over[known, own])
            heads[1][after] = known
            known += 1
        if not _fits(numbers, new, left_over[heads[1][after]], new[LAST], target):
            continue
        if _is_dominated(rules, new, seen, before_, heads[0][after], starts_at):
            continue
        if count == most:
            return -1
        if count == len(seen):
            wider_rows, wider_links = np.empty((2 * count, columns), np.int32), np.empty(2 * count, np.int64)
            wider_rows[:count], wider_links[:count] = seen, before_
            seen, before_ = wider_rows, wider_links
        seen[count], before_[count], heads[0][after] = new, heads[0][after], count
        count += 1
        depth += 1
        stack[depth], grows = new, True
    return 0


@kernel
def _unit(row: Ints, ids: int, slot: int) -> int:
    return int(row[ids + slot]) if slot >= 0 else -1


@kernel
def _is_dominated(rules: Rules, new: Ints, seen: Ints, before: Longs, head: int, starts_at: int) -> bool:
    """Whether a schedule of the same places was looked at that does as well."""
    units, one = len(rules.numbers.drives), int(head)
    starts = new[starts_at:]
    for _ in range(_COMPARED):
        if one < 0:
            return False
        other = seen[one]
        one = int(before[one])
        if other[LAST] > new[LAST]:
            continue
        is_worse = True
        for unit in range(units):
            is_worse = is_worse and is_as_soon(rules, int(new[starts_at - 1]), other, unit, new, unit, starts)
        if is_worse:
            return True
    return False


@kernel
def _fits(numbers: Numbers, new: Ints, rest: Ints, last: int, target: int) -> bool:
    """Whether each truck can be done in time with what is left of its share, and begins nothing before the last place."""
    units, jobs, first = len(numbers.drives), len(numbers.work), numbers.first[TRUCK]
    for own in range(len(rest)):
        truck = first + own
        point, pieces = min(new[UNITS + truck], jobs), new[UNITS + 2 * units + truck]
        due = rest[own, point, pieces]
        if due and (new[UNITS + units + truck] + due > target or last + rest[own, jobs + 1, pieces] > target):
            return False
    return True


@kernel
def _fill_rest(  # noqa: C901, PLR0912 - one loop within another
    numbers: Numbers, subsets: Subsets, truck: int, mine: int, done: int, rest: Ints
) -> Ints:
    """Fill ``rest`` (point, pieces) with a truck's minutes at least through its places, past all that is begun.

    Returned are the minutes through each part of them but the whole, (part, place before, pieces), past those before.

    Points are the places, then its depot; the last row is counted from the minute at which it begins the first one.
    """
    count, jobs, carries = 0, len(numbers.work), numbers.carries[truck]
    own, drives, depot = np.empty(jobs, np.int64), numbers.drives[truck], numbers.depot[truck]
    rest[:] = 0
    for job in range(jobs):
        if mine >> job & 1:
            own[count] = job
            count += 1
    least = np.zeros((1 << count, count, carries), np.int32)
    if count == 0:
        return least
    for chosen in range(1, 1 << count):
        shut = done
        for one in range(count):
            if not chosen >> one & 1:
                shut |= 1 << own[one]
        table, is_whole = subsets.minutes[shut, drives], chosen == (1 << count) - 1
        if is_whole:
            rest[:] = ENDLESS
        else:
            for before in range(count):
                if not chosen >> before & 1:
                    least[chosen, before] = ENDLESS
        for one in range(count):
            if not chosen >> one & 1:
                continue
            job, then = own[one], chosen & ~(1 << one)
            pieces, work = numbers.pieces[job], int(numbers.work[job])
            loaded = work + further_minutes(numbers, subsets, shut | 1 << job, job, truck, carries)
            loaded += least[then, one, -pieces % carries]
            comes = numbers.load_minutes + int(table[depot, job]) + loaded
            for filled in range(carries):
                goes_on = work + least[then, one, filled - pieces] if filled >= pieces else ENDLESS
                if is_whole:
                    rest[jobs + 1, filled] = min(rest[jobs + 1, filled], loaded, goes_on)
                    for point in range(jobs + 1):
                        spot = depot if point == jobs else point
                        soonest = min(int(table[spot, depot]) + comes, int(table[spot, job]) + goes_on)
                        rest[point, filled] = min(rest[point, filled], soonest)
                else:
                    for before in range(count):
                        if not chosen >> before & 1:
                            spot = own[before]
                            soonest = min(int(table[spot, depot]) + comes, int(table[spot, job]) + goes_on)
                            least[chosen, before, filled] = min(least[chosen, before, filled], soonest)
    return least


@kernel
def _put_in_order(numbers: Numbers, new: Ints, units: int) -> None:
    """Units that are alike by the minute at which they are free, then by their point."""
    for unit in range(1, units):
        at = unit
        while numbers.alike[at] and _comes_before(new, at, units):
            for column in range(UNITS + at, UNITS + (COLUMNS + 1) * units, units):
                new[column], new[column - 1] = new[column - 1], new[column]
            at -= 1


@kernel
def _comes_before(row: Ints, unit: int, units: int) -> bool:
    for column in (UNITS + units + unit, UNITS + unit):
        if row[column] != row[column - 1]:
            return bool(row[column] < row[column - 1])
    return False
