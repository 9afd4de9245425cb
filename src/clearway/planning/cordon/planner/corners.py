"""Corners: junctions, or groups of junctions so close together that one crew watches them, with a price for any of their arms.

Every way that ends at a corner is an **arm**; a short link between two junctions of a corner is one at each of its ends. A
crew at a corner may close any of the arms. The rule (number 2 in plans): each arm has its own part, a share of what it costs
alone, and once the corner pays the largest of what is left of the arms that are closed. So one arm alone costs what it costs
anywhere, the dearest of several pays in full, each other arm its share, and a further arm never makes it cheaper. The second
carriageway of a street whose first is closed at the same corner pays a smaller share. A link stands amid the traffic of all
streets: what is left of it is the most that is left of any arm of the corner.

Such a price is submodular, and on each level of what the corner pays once its links keep its nodes together, so a minimum cut
with auxiliary nodes is exact (for single nodes: V. Kolmogorov, R. Zabih, 2004; in general: S. Jegelka, J. Bilmes, 2011).

What a corner is depends on the streets and on who drives there, never on the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.network.geometry import METRES_PER_DEGREE
from clearway.planning.cordon.planner.barrier_costs import street_prices
from clearway.planning.cordon.planner.window import drivable_spots, usable_arcs

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs, Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window

PRICE_RULE = 2
"""How corners are priced; 1 closed all arms of a junction or none, and let no barrier stand on a link."""
LINK_M = 25.0
"""Junctions of two carriageways lie this near to one another: one crew watches both."""
WIDEST_M = 70.0
"""A wider group of junctions is a square that one crew cannot overlook."""
LEAST_ARMS = 3
"""A junction of fewer streets is a bend or an end: no place of its own."""
LEAST_LINK_M = 8.0
"""On a shorter link a barrier and its vehicle would stand on the streets at its ends."""
_BEYOND_M = 150.0
"""Two corners' width: so far beyond the window corners are looked at, so that none is cut off at its edge."""


@dataclass(frozen=True, eq=False)
class Corners:
    """The corners of a window. K junctions, Q spots of the window.

    Attributes:
        of_junction: (K,) corner of each junction, -1 where it is only a bend or an end.
        of_spot: (Q,) corner of each spot at the end of a way or on a link, -1 elsewhere.
        is_link: (Q,) whether the spot is on a short link between two junctions of its corner.
        too_short: (Q,) whether it is on a link too short for a barrier.
        own: (Q,) hundredths of a point: the arm's own part.
        first: (Q,) hundredths: what is left of the arm's price, of which the corner pays the largest once.
        count: How many corners there are.
    """

    of_junction: Longs
    of_spot: Longs
    is_link: Bools
    too_short: Bools
    own: Longs
    first: Longs
    count: int


def corners_of(window: Window, question: CordonQuestion, spot_price: Longs) -> Corners:
    """The corners of a window.

    Args:
        window: The window.
        question: Whose costs and classes count.
        spot_price: (Q,) hundredths of a point for a barrier alone, -1 where none may stand.
    """
    ways = _ways_around(window, question)
    network = window.network
    group, links = _groups(window, question, ways)
    ends = np.concatenate((network.way_tail[ways], network.way_head[ways]))
    outer = np.bincount(group[ends], weights=~np.isin(np.concatenate((ways, ways)), links), minlength=int(group.max()) + 1)
    real = np.flatnonzero(outer >= LEAST_ARMS)
    number = np.full(int(group.max()) + 1, -1, np.int64)
    number[real] = np.arange(len(real))
    own_price = street_prices(network, ways, question.costs, allow_motorway=question.allow_motorway)
    own_part = own_parts(own_price, question.costs.junction_share)
    most = np.zeros(len(number), np.int64)
    np.maximum.at(most, group[ends], np.tile(np.where(own_price > 0, own_price - own_part, 0), 2))
    spot_way = window.streets.spot_way[window.spots]
    on_link = np.isin(spot_way, links)
    junction = _junction_of_spots(window)
    at = np.where(junction >= 0, group[window.junctions[junction]], group[network.way_tail[spot_way]])
    of_spot = np.where((junction >= 0) | on_link, number[at], -1)
    is_link = on_link & (of_spot >= 0)
    own = own_parts(spot_price, question.costs.junction_share)
    return Corners(
        of_junction=number[group[window.junctions]],
        of_spot=of_spot,
        is_link=is_link,
        too_short=is_link & (network.way_length_m[spot_way] < LEAST_LINK_M),
        own=own,
        first=np.where(is_link, most[at], np.maximum(spot_price - own, 0)),
        count=len(real),
    )


def own_parts(price: Longs, share: float) -> Longs:
    """Own part of an arm's price: a share of it, at least a hundredth of a point.

    >>> own_parts(np.array([500, 333, 1]), 0.6)
    array([300, 200,   1])
    """
    own: Longs = np.maximum(1, np.rint(share * price)).astype(np.int64)
    return own


def _junction_of_spots(window: Window) -> Longs:
    """(Q,) window junction that each spot is at, -1 for those between a way's ends."""
    at: Longs = np.where(window.spot_first < 0, -1 - window.spot_first, -1)
    both: Longs = np.where(window.spot_second < 0, -1 - window.spot_second, at)
    return both


def _ways_around(window: Window, question: CordonQuestion) -> Longs:
    """Ways that can be driven in the window and a little beyond."""
    west, south, east, north = window.site.box(question.radius_m + _BEYOND_M)
    box = window.streets.way_box
    near = np.flatnonzero((box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north))
    along, against = usable_arcs(window.network, near, question)
    return np.union1d(near[along | against], window.ways).astype(np.int64)


def _groups(window: Window, question: CordonQuestion, ways: Longs) -> tuple[Longs, Longs]:
    """(J,) group of each junction of the network, and the ways that are links inside one."""
    network = window.network
    tail, head = network.way_tail[ways].astype(np.int64), network.way_head[ways].astype(np.int64)
    close = (np.hypot(*_apart_m(network, tail, head).T) <= LINK_M) & (network.way_length_m[ways] <= 2 * LINK_M)
    close &= (tail != head) & (network.way_level[ways] == 0)
    links = ways[close]
    along, against = _passable(window, question, links)
    tail, head = tail[close], head[close]
    start, end = np.concatenate((tail[along], head[against])), np.concatenate((head[along], tail[against]))
    graph = coo_array((np.ones(len(start), np.bool_), (start, end)), shape=(network.junction_count,) * 2)
    _, label = connected_components(graph, directed=True, connection="strong")
    group: Longs = label.astype(np.int64)
    alone = ~_narrow(network, group)[group]
    group[alone] = int(group.max()) + 1 + np.flatnonzero(alone)
    return group, links[(group[tail] == group[head]) & (along | against)]


def _passable(window: Window, question: CordonQuestion, ways: Longs) -> tuple[Bools, Bools]:
    """(n,), (n,) whether ways can be driven from end to end, along and against."""
    first = window.streets.piece_start[ways] + ways
    count = window.streets.piece_start[ways + 1] + ways + 1 - first
    if not len(ways):
        return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
    spots = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    start = np.cumsum(count) - count
    along, against = drivable_spots(window.network, window.streets, question, spots)
    return np.logical_and.reduceat(along, start), np.logical_and.reduceat(against, start)


def _apart_m(network: Network, tail: Longs, head: Longs) -> Floats:
    """(n, 2) metres east and north from one junction to another, by the latitude of the first."""
    east = (network.junction_lon[head] - network.junction_lon[tail]) * np.cos(np.radians(network.junction_lat[tail]))
    return np.column_stack((east, network.junction_lat[head] - network.junction_lat[tail])) * METRES_PER_DEGREE


def _narrow(network: Network, group: Longs) -> Bools:
    """Whether each group is narrow enough for one crew to overlook."""
    count = int(group.max(initial=-1)) + 1
    first = np.zeros(count, np.int64)
    members = np.arange(len(group))[::-1]
    first[group[members]] = members
    at = _apart_m(network, first[group], np.arange(len(group)))
    low, high = np.zeros((count, 2)), np.zeros((count, 2))
    np.minimum.at(low, group, at)
    np.maximum.at(high, group, at)
    narrow: Bools = np.hypot(*(high - low).T) <= WIDEST_M
    return narrow
