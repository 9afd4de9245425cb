"""Shifting flow between the segments of all pairs at once, until both segments of each cost the same.

To go over the pairs one by one at their true costs settles each, and unsettles its neighbours. With times replaced by their
tangents the same rounds cost a fiftieth, so there can be as many as it takes: projected Gauss-Seidel on the quadratic program

    minimise  g' y + y' B' S B y / 2   subject to  low <= y <= high.

This is Newton's method on all pairs together, kept to the flows there are. Where the step would raise a link's time by much
more than its tangent tells, as on an empty street of high power, the tangent gives way to a chord, and the program is solved
again. The step is then taken as far as the true total falls.

=========  ==========================================================================================================
symbol     meaning
=========  ==========================================================================================================
y          (P,) flow to shift from the second segment of each pair to the first
low, high  (P,) what the origin has on its first segment (negative) and on its second
B          (L, P) what the shifts do to the links: +1 on first segments, -1 on second
S          (L, L) slopes of the links, diagonal
g          (P,) what the first segment costs more than the second
h          (P,) the program's diagonal: how steep each pair is
v          (L,) = B y, what the shifts do to the links
rise       (L,) = S B y, what they do to the links' times
=========  ==========================================================================================================
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.state import FLOW, SLOPE, TIME, evaluate_link
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.pairs import Pairs
    from clearway.assignment.equilibrium.state import Links
    from clearway.network.model import Floats, Longs

_DUST_SHARE = 1e-12
"""Flow left on an edge below this share of what was shifted is rounding: it is taken as nothing, and the pair ends."""
_LEAST_SLOPE = 1e-300
"""Stands for the slope of a pair whose times do not change with the flow, units of time per unit of flow: nothing is divided
by 0.
"""
_MOST_ROUNDS = 60
"""Rounds of Gauss-Seidel on one program: with 20 or 200 the sweeps are the same within one."""
_MOST_BENDS = 10
"""How often tangents may give way to chords: with 3, closures in Barcelona take two sweeps more; with 30, none fewer."""
_BENT_RATIO = 1.5
"""A chord half as steep again as the slope in use takes its place; smaller bends are what the step length is for."""
_TOO_BENT_RATIO = 4.0
"""A slope four times the chord makes steps timid, and is eased."""
_MOST_HALVINGS = 20
"""A step halved twenty times is a millionth of itself."""
_OVERSHOT_SHARE = 0.2
"""The step is too long where the true total rises at its end by a fifth of the rate at which it fell at first."""
_UNDERSHOT_SHARE = 0.5
"""It is too short where the total still falls at half that rate."""


class Program(NamedTuple):
    """The quadratic program of the pairs that can move."""

    pair: Longs  # (P,) their numbers
    g: Floats
    h: Floats
    low: Floats
    high: Floats
    y: Floats


@kernel
def settle(links: Links, load: Floats, flow: Floats, pairs: Pairs, close: float) -> float:
    """Shift on all pairs at once. Pairs that cannot move, and those left with an empty segment, stop moving.

    Args:
        links: Cost functions.
        load: (L, 3) flow, time and slope of the links; written to.
        flow: By slot; written to.
        pairs: The table.
        close: Rounds are enough when one saves no more than this share of what the best one saved.

    Returns:
        What could be saved at the costs before, flow times cost.
    """
    program = _linear(load, flow, pairs)
    slope, rise, v = load[:, SLOPE].copy(), np.zeros(len(load)), np.zeros(len(load))
    downhill, whole = 0.0, False
    for bend in range(_MOST_BENDS):
        _solve(slope, pairs, program, rise, close)
        _spread(pairs, program, v)
        downhill = -float(program.g @ program.y)
        whole = _climb(links, load, pairs, program, v, 1.0) <= _OVERSHOT_SHARE * downhill
        if (whole and bend == 0) or _bend(links, load, v, slope) == 0:
            break
        for link in range(len(v)):
            rise[link] = slope[link] * v[link]
        for place, pair in enumerate(program.pair):
            program.h[place] = max(_steepness(slope, pairs, pair), _LEAST_SLOPE)
    length = 1.0 if whole else _length(links, load, pairs, program, v, downhill)
    if downhill > 0.0 and length > 0.0:
        for place, pair in enumerate(program.pair):
            _take(load, flow, pairs, pair, length * program.y[place])
        for link in range(len(load)):
            if v[link] != 0.0:
                load[link, TIME], load[link, SLOPE] = evaluate_link(links, link, load[link, FLOW])
    return downhill


@kernel
def _linear(load: Floats, flow: Floats, pairs: Pairs) -> Program:
    """The program at the present costs."""
    count, size = pairs.size[0], 0
    program = Program(
        np.empty(count, np.int64), np.empty(count), np.empty(count), np.empty(count), np.empty(count), np.zeros(count)
    )
    slope = load[:, SLOPE]
    for pair in range(count):
        excess = pairs.bias[pair]
        for link in pairs.link[pairs.link_first[pair] : pairs.link_middle[pair]]:
            excess -= load[link, TIME]
        for link in pairs.link[pairs.link_middle[pair] : pairs.link_end[pair]]:
            excess += load[link, TIME]
        low = -_spare(flow, pairs.slot[pairs.first[pair] : pairs.middle[pair]])
        high = _spare(flow, pairs.slot[pairs.middle[pair] : pairs.end[pair]])
        if (low == 0.0 and excess <= 0.0) or (high == 0.0 and excess >= 0.0):
            pairs.moving[pair] = 0
            continue
        program.pair[size], program.g[size], program.low[size], program.high[size] = pair, -excess, low, high
        program.h[size] = max(_steepness(slope, pairs, pair), _LEAST_SLOPE)
        size += 1
    return Program(
        program.pair[:size],
        program.g[:size],
        program.h[:size],
        program.low[:size],
        program.high[:size],
        program.y[:size],
    )


@kernel
def _spare(flow: Floats, slots: Longs) -> float:
    """What an origin has on the whole of a segment, nothing on an empty one."""
    if len(slots) == 0:
        return 0.0
    spare = math.inf
    for slot in slots:
        spare = min(spare, flow[slot])
    return spare


@kernel
def _steepness(slope: Floats, pairs: Pairs, pair: int) -> float:
    """How much the difference of a pair falls for each unit shifted; a link on both segments does not count."""
    links, middle = pairs.link[pairs.link_first[pair] : pairs.link_end[pair]], pairs.link_middle[pair] - pairs.link_first[pair]
    total = 0.0
    for turn, link in enumerate(links):
        times = 1.0
        if pairs.tangled[pair]:
            times = 0.0
            for other, another in enumerate(links):
                if another == link:
                    times += 1.0 if (turn < middle) == (other < middle) else -1.0
        total += times * slope[link]
    return total


@kernel
def _solve(slope: Floats, pairs: Pairs, program: Program, rise: Floats, close: float) -> None:
    """Rounds of projected Gauss-Seidel until they save little."""
    y, most = program.y, 0.0
    for _ in range(_MOST_ROUNDS):
        saved = 0.0
        for place, pair in enumerate(program.pair):
            first = pairs.link[pairs.link_first[pair] : pairs.link_middle[pair]]
            second = pairs.link[pairs.link_middle[pair] : pairs.link_end[pair]]
            excess = program.g[place]
            for link in first:
                excess += rise[link]
            for link in second:
                excess -= rise[link]
            more = min(max(y[place] - excess / program.h[place], program.low[place]), program.high[place]) - y[place]
            if more != 0.0:
                y[place] += more
                saved += abs(excess * more)
                for link in first:
                    rise[link] += slope[link] * more
                for link in second:
                    rise[link] -= slope[link] * more
        most = max(most, saved)
        if saved <= close * most:
            break


@kernel
def _spread(pairs: Pairs, program: Program, v: Floats) -> None:
    """Write v = B y."""
    v[:] = 0.0
    for place, pair in enumerate(program.pair):
        for link in pairs.link[pairs.link_first[pair] : pairs.link_middle[pair]]:
            v[link] += program.y[place]
        for link in pairs.link[pairs.link_middle[pair] : pairs.link_end[pair]]:
            v[link] -= program.y[place]


@kernel
def _bend(links: Links, load: Floats, v: Floats, slope: Floats) -> int:
    """Put chords for tangents that are left far behind, ease chords that are far too steep; on how many links."""
    bent = 0
    for link in range(len(v)):
        tangent = load[link, SLOPE]
        if v[link] <= 0.0 and slope[link] == tangent:
            continue
        chord = tangent
        if v[link] > 0.0:
            chord = max(tangent, (evaluate_link(links, link, load[link, FLOW] + v[link])[0] - load[link, TIME]) / v[link])
        if chord > _BENT_RATIO * slope[link]:
            slope[link] = chord
            bent += 1
        elif chord * _TOO_BENT_RATIO < slope[link]:
            slope[link] = math.sqrt(slope[link] * chord)
            bent += 1
    return bent


@kernel
def _climb(links: Links, load: Floats, pairs: Pairs, program: Program, v: Floats, length: float) -> float:
    """How fast the true total rises where so much of the step is taken."""
    climb = 0.0
    for place, pair in enumerate(program.pair):
        climb -= pairs.bias[pair] * program.y[place]
    for link in range(len(v)):
        if v[link] != 0.0:
            climb += v[link] * evaluate_link(links, link, max(load[link, FLOW] + length * v[link], 0.0))[0]
    return climb


@kernel
def _length(links: Links, load: Floats, pairs: Pairs, program: Program, v: Floats, downhill: float) -> float:
    """How much of the step to take, by halving: to where the true total has all but stopped falling."""
    length, low, high = 0.5, 0.0, 1.0
    for _ in range(_MOST_HALVINGS):
        climb = _climb(links, load, pairs, program, v, length)
        if climb > _OVERSHOT_SHARE * downhill:
            high = length
        elif climb < -_UNDERSHOT_SHARE * downhill:
            low = length
        else:
            break
        length = 0.5 * (low + high)
    return length


@kernel
def _take(load: Floats, flow: Floats, pairs: Pairs, pair: int, y: float) -> None:
    """Shift on one pair what is still there of it; times are left as they were. A segment left empty ends the pair."""
    first, second = pairs.slot[pairs.first[pair] : pairs.middle[pair]], pairs.slot[pairs.middle[pair] : pairs.end[pair]]
    cheap, dear = (first, second) if y > 0.0 else (second, first)
    amount = min(abs(y), _spare(flow, dear))
    if amount <= 0.0:
        return
    for slot in cheap:
        flow[slot] += amount
    for slot in dear:
        flow[slot] -= amount
        if flow[slot] <= _DUST_SHARE * amount:
            flow[slot], pairs.moving[pair] = 0.0, 0
    up = amount if y > 0.0 else -amount
    for link in pairs.link[pairs.link_first[pair] : pairs.link_middle[pair]]:
        load[link, FLOW] = max(load[link, FLOW] + up, 0.0)
    for link in pairs.link[pairs.link_middle[pair] : pairs.link_end[pair]]:
        load[link, FLOW] = max(load[link, FLOW] - up, 0.0)
