"""Places where a barrier may stand, and their prices.

A place is one spot on a street, the spots of both carriageways, a junction, or a crossing. A **crossing** is a group of
junctions so close together (of dual carriageways, of a roundabout) that a crew closes all of them or none. Spots, junctions
and crossings are the **elements** that a cut goes through; places that close several elements for one price are **bundles**.
No element is in two bundles.

Prices are whole units: ``UNITS`` to a hundredth of a point, and one unit more for each place, so that among equally cheap
cordons the one with the fewest places wins. At most ``UNITS - 1`` places keep the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS, joint_price, street_prices
from clearway.planning.cordon.planner.window import FREE, SITE

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window

UNITS = 1024
"""To a hundredth of a point: above the most places that a cordon has, so that their number decides ties and nothing else."""
NOT_TO_BE_CUT = 1 << 60
"""A price above every sum of prices, and low enough that a few of them still fit a 64-bit integer."""
CROSSING_M = 25.0
"""Junctions of two carriageways lie this near to one another: one crew watches both."""
_LEAST_ARMS = 3
"""A junction of fewer streets is a bend or an end: no place of its own."""
_STRAIGHT_ON_COSINE = -0.3
"""Of the angle between two streets leaving a junction, 107 degrees: from there on one goes on as the other."""
_WIDEST_CROSSING_M = 70.0
"""A wider group of junctions is a square that one crew cannot overlook."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """Several elements closed as one place for one price, in units.

    ``strands`` number the carriageways that the elements are on: bundles along one street have them in common.
    """

    elements: tuple[int, ...]
    price: int
    strands: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Places:
    """Elements, their own prices and the bundles.

    Elements 0 .. Q - 1 are the window's spots, Q .. Q + K - 1 its junctions, and the crossings follow.
    """

    price: Longs  # (E,) units as a place of its own, NOT_TO_BE_CUT where no barrier may stand
    bundle_of: Longs  # (E,) index into bundles, -1 none
    bundles: tuple[Bundle, ...]
    lonlat: Floats  # (E, 2)
    spot_count: int  # Q
    crossing_of: Longs  # (K,) crossing each junction belongs to, -1 none
    within: Bools  # (Q,) spots inside a crossing, where no barrier stands
    crossings: tuple[Longs, ...]  # window junctions of each crossing

    def corners(self, element: int) -> Longs:
        """Window junctions of an element, empty for a spot."""
        if element < self.spot_count:
            return np.empty(0, np.int64)
        junction = element - self.spot_count
        crossing = junction - len(self.crossing_of)
        return self.crossings[crossing] if crossing >= 0 else np.array([junction], dtype=np.int64)

    def bundle_lonlat(self, bundle: Bundle) -> Floats:
        """(2,) where the middle of a bundle is."""
        middle: Floats = self.lonlat[list(bundle.elements)].mean(axis=0)
        return middle


def priced_places(window: Window, question: CordonQuestion) -> Places:
    """Every place of a window with its price."""
    spot_price = _spot_prices(window, question)
    usable = window.spot_along | window.spot_against
    barrable = usable & (spot_price > 0) & ~window.spot_closed_in & ~_inside(window)
    cut_spot = np.where(barrable, spot_price * UNITS + 1, NOT_TO_BE_CUT)
    cut_junction, closable = _junction_prices(window, question, spot_price, usable)
    crossings = _crossings(window, question, spot_price, closable)
    crossing_of, within = _membership(window, [members for members, _ in crossings])
    cut_spot[within], cut_junction[crossing_of >= 0] = NOT_TO_BE_CUT, NOT_TO_BE_CUT
    price = np.concatenate((cut_spot, cut_junction, np.array([units for _, units in crossings], dtype=np.int64)))
    bundles = _with_strands(window, _carriageway_bundles(window, question, cut_spot))
    bundle_of = np.full(len(price), -1, np.int64)
    for index, bundle in enumerate(bundles):
        bundle_of[list(bundle.elements)] = index
    members = tuple(members for members, _ in crossings)
    lonlat = _element_lonlat(window, members)
    return Places(price, bundle_of, tuple(bundles), lonlat, len(window.spots), crossing_of, within, members)


def _membership(window: Window, crossings: list[Longs]) -> tuple[Longs, Bools]:
    """Crossing of each junction, -1 none, and whether each spot lies inside one."""
    crossing_of = np.full(len(window.junctions), -1, np.int64)
    for index, members in enumerate(crossings):
        crossing_of[members] = index
    network, ways = window.network, window.streets.spot_way[window.spots]
    tail, head = (crossing_of[np.searchsorted(window.junctions, end[ways])] for end in (network.way_tail, network.way_head))
    return crossing_of, (tail >= 0) & (tail == head)


def _spot_prices(window: Window, question: CordonQuestion) -> Longs:
    by_way = street_prices(window.network, window.ways, question.costs, allow_motorway=question.allow_motorway)
    price = by_way[np.searchsorted(window.ways, window.streets.spot_way[window.spots])]
    between = (window.spot_first >= 0) & (window.spot_second >= 0)
    extra = round(question.costs.mid_block * HUNDREDTHS)
    return np.where(price > 0, price + extra * between, price).astype(np.int64)


def _inside(window: Window) -> Bools:
    """(Q,) spots whose two ends are both site."""
    first, second = (_side(window, end) == SITE for end in (window.spot_first, window.spot_second))
    both: Bools = first & second
    return both


def _side(window: Window, end: Longs) -> Longs:
    side: Longs = np.where(end >= 0, window.piece_side[np.maximum(end, 0)], window.junction_side[np.maximum(-1 - end, 0)])
    return side


def _element_lonlat(window: Window, crossings: tuple[Longs, ...]) -> Floats:
    streets = window.streets
    spots = np.column_stack((streets.spot_lon[window.spots], streets.spot_lat[window.spots]))
    corners = _corner_lonlat(window)
    middles = [corners[members].mean(axis=0) for members in crossings]
    return np.concatenate((spots, corners, np.array(middles).reshape(-1, 2)))


def _arms(window: Window, usable: Bools) -> tuple[Longs, Longs]:
    """Window spot and window junction of every way's end, occupied stretches left out."""
    at_tail = np.flatnonzero((window.spot_first < 0) & usable & ~window.spot_occupied)
    at_head = np.flatnonzero((window.spot_second < 0) & usable & ~window.spot_occupied)
    junction = np.concatenate((-1 - window.spot_first[at_tail], -1 - window.spot_second[at_head]))
    return np.concatenate((at_tail, at_head)), junction


def _junction_prices(window: Window, question: CordonQuestion, spot_price: Longs, usable: Bools) -> tuple[Longs, Bools]:
    """Units to close each junction as one place; and whether it may be part of a crossing that is closed."""
    spot, junction = _arms(window, usable)
    count = len(window.junctions)
    number = np.bincount(junction, minlength=count)
    refused = np.zeros(count, np.bool_)
    refused[junction[(spot_price[spot] < 0) | window.spot_closed_in[spot]]] = True
    dearest = np.zeros(count, np.int64)
    np.maximum.at(dearest, junction, spot_price[spot])
    total = np.bincount(junction, weights=spot_price[spot], minlength=count).astype(np.int64)
    shared = np.maximum(1, np.rint(question.costs.junction_share * (total - dearest)).astype(np.int64))
    closable = ~refused & (window.junction_side == FREE) & (number > 0)
    return np.where(closable & (number >= _least_arms(window)), (dearest + shared) * UNITS + 1, NOT_TO_BE_CUT), closable


def _least_arms(window: Window) -> Longs:
    """(K,) how many arms a junction must have to be closed as one place; an occupied stretch that ends there is one more."""
    ends = np.concatenate((window.spot_first[window.spot_occupied], window.spot_second[window.spot_occupied]))
    least = np.full(len(window.junctions), _LEAST_ARMS)
    least[-1 - ends[ends < 0]] = _LEAST_ARMS - 1
    return least


def _carriageway_bundles(window: Window, question: CordonQuestion, cut_spot: Longs) -> list[Bundle]:
    partner = window.streets.spot_partner[window.spots]
    at = np.searchsorted(window.spots, partner)
    bundles = []
    for first in np.flatnonzero(partner > window.spots):
        second = int(at[first])
        if second >= len(window.spots) or window.spots[second] != partner[first]:
            continue
        prices = [int(cut_spot[index]) // UNITS for index in (first, second)]
        if max(prices) * UNITS < NOT_TO_BE_CUT // 2:
            joint = joint_price(prices, question.costs.carriageway_share)
            if joint <= sum(prices):
                bundles.append(Bundle((int(first), second), joint * UNITS + 1))
    return bundles


def _with_strands(window: Window, bundles: list[Bundle]) -> list[Bundle]:
    """The bundles with the carriageway that each element is on."""
    if not bundles:
        return bundles
    spots = np.array([bundle.elements for bundle in bundles])
    ways = window.streets.spot_way[window.spots[spots]]
    names, at = np.unique(ways, return_inverse=True)
    joined = _continued(window, names)
    graph = coo_array((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=(len(names),) * 2)
    _, strand = connected_components(graph, directed=False)
    strands = strand[at.reshape(ways.shape)].tolist()
    return [Bundle(bundle.elements, bundle.price, tuple(own)) for bundle, own in zip(bundles, strands, strict=True)]


def _continued(window: Window, ways: Longs) -> Longs:
    """(n, 2) positions in ``ways`` of two that meet at a junction and run straight on."""
    network, streets = window.network, window.streets
    first = streets.piece_start[ways] + ways
    last = streets.piece_start[ways + 1] + ways
    spot = np.concatenate((first, last))
    outward = np.column_stack((streets.spot_east[spot], streets.spot_north[spot]))
    outward[len(ways) :] *= -1
    ends: dict[int, list[int]] = {}
    for index, corner in enumerate(np.concatenate((network.way_tail[ways], network.way_head[ways])).tolist()):
        ends.setdefault(corner, []).append(index)
    pairs = [pair for meeting in ends.values() for pair in combinations(meeting, 2)]
    if not pairs:
        return np.empty((0, 2), np.int64)
    meeting = np.array(pairs)
    straight = (outward[meeting[:, 0]] * outward[meeting[:, 1]]).sum(axis=1) < _STRAIGHT_ON_COSINE
    positions: Longs = meeting[straight] % len(ways)
    return positions


def _crossings(window: Window, question: CordonQuestion, spot_price: Longs, closable: Bools) -> list[tuple[Longs, int]]:
    """Window junctions of every crossing and the units to close it as one place."""
    spot, junction = _arms(window, window.spot_along | window.spot_against)
    short = _short_links(window, closable)
    least = _least_arms(window)
    count = len(window.junctions)
    graph = coo_array((np.ones(len(short)), (short[:, 0], short[:, 1])), shape=(count, count))
    _, group = connected_components(graph, directed=False)
    tail, head = _way_ends(window)
    taken = np.unique(group[tail[(group[tail] == group[head]) & _ways_decided(window)]])
    found = []
    for label in np.setdiff1d(np.flatnonzero(np.bincount(group, minlength=count) > 1), taken):
        members = np.flatnonzero(group == label)
        outer = spot[np.isin(junction, members)]
        outer = outer[~_leads_back(window, outer, members)]
        if len(outer) >= least[members].min() and _breadth_m(window, members) <= _WIDEST_CROSSING_M:
            price = joint_price(spot_price[outer].tolist(), question.costs.junction_share)
            found.append((members, price * UNITS + 1))
    return found


def _short_links(window: Window, closable: Bools) -> Longs:
    """(n, 2) closable window junctions that are joined by a way and at most ``CROSSING_M`` apart."""
    network = window.network
    tail, head = _way_ends(window)
    places = window.site.flat(_corner_lonlat(window))
    apart = np.hypot(*(places[tail] - places[head]).T)
    close = (apart <= CROSSING_M) & (network.way_length_m[window.ways] <= 2 * CROSSING_M) & (tail != head)
    close &= closable[tail] & closable[head] & (network.way_level[window.ways] == 0)
    return np.column_stack((tail[close], head[close])).astype(np.int64)


def _ways_decided(window: Window) -> Bools:
    """(V,) ways of which a piece is site, or is outside."""
    ways = window.streets.piece_way[window.pieces[window.piece_side != FREE]]
    decided: Bools = np.isin(window.ways, ways)
    return decided


def _way_ends(window: Window) -> tuple[Longs, Longs]:
    """(V,), (V,) window junctions at the ends of each way."""
    network = window.network
    tail, head = (np.searchsorted(window.junctions, end[window.ways]) for end in (network.way_tail, network.way_head))
    return tail, head


def _corner_lonlat(window: Window) -> Floats:
    return np.column_stack((window.network.junction_lon[window.junctions], window.network.junction_lat[window.junctions]))


def _breadth_m(window: Window, members: Longs) -> float:
    places = window.site.flat(_corner_lonlat(window)[members])
    return float(np.hypot(*(places.max(axis=0) - places.min(axis=0))))


def _leads_back(window: Window, spot: Longs, members: Longs) -> Bools:
    """Whether the way of each spot joins two members."""
    network, ways = window.network, window.streets.spot_way[window.spots[spot]]
    tail, head = (np.searchsorted(window.junctions, end[ways]) for end in (network.way_tail, network.way_head))
    inner: Bools = np.isin(tail, members) & np.isin(head, members)
    return inner
