"""Places where a barrier may stand, and their prices.

A place is one spot on a street, the spots of both carriageways, or a corner (:mod:`clearway.planning.cordon.planner.corners`)
with any of its arms. What a cut goes through are **elements**: spots, and where a spot is both an arm of a corner and one of
two carriageways that are not, a second element in line with the first, so that a barrier there belongs to the corner or to the
pair, whichever is cheaper. Elements closed together for one price are **bundles**. No element is in two bundles.

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
from clearway.planning.cordon.planner.corners import Corners, corners_of
from clearway.planning.cordon.planner.window import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window

UNITS = 1024
"""To a hundredth of a point: above the most places that a cordon has, so that their number decides ties and nothing else."""
NOT_TO_BE_CUT = 1 << 60
"""A price above every sum of prices, and low enough that a few of them still fit a 64-bit integer."""
_STRAIGHT_ON_COSINE = -0.3
"""Of the angle between two streets leaving a junction, 107 degrees: from there on one goes on as the other."""
_LEAST_SHARED = 2
"""With a single arm that can be closed, a corner has nothing to share."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """Several elements closed as one place, or as one street of a corner, for one price in units.

    ``strands`` number the carriageways that the elements are on: bundles along one street have them in common.
    """

    elements: tuple[int, ...]
    price: int
    strands: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Places:
    """Elements, their own prices and the bundles.

    Elements 0 .. Q - 1 are the window's spots; those after them are second ones of a spot. E elements in all.
    """

    price: Longs  # (E,) units: alone, or of a corner's arm its own part; NOT_TO_BE_CUT where no barrier may stand
    first: Longs  # (E,) units: of which a corner pays the largest of its closed arms, once; 0 where no corner shares it
    corner_of: Longs  # (E,) corner whose arm the element is, -1 where no corner shares it
    bundle_of: Longs  # (E,) index into bundles, -1 none
    bundles: tuple[Bundle, ...]
    spot_of: Longs  # (E,) window spot
    second_of: Longs  # (Q,) second element of each spot, -1 none
    lonlat: Floats  # (E, 2)
    corners: Corners

    @property
    def spot_count(self) -> int:
        """How many spots the window has."""
        return len(self.second_of)

    def bundle_lonlat(self, bundle: Bundle) -> Floats:
        """(2,) where the middle of a bundle is."""
        middle: Floats = self.lonlat[list(bundle.elements)].mean(axis=0)
        return middle

    def elements_of(self, parts: Iterable[int]) -> list[int]:
        """The elements that some parts close; a part is an element, or -1 - a bundle."""
        return [element for part in parts for element in elements_of(self.bundles, part)]


def elements_of(bundles: tuple[Bundle, ...], part: int) -> tuple[int, ...]:
    """The elements that a part closes."""
    return (part,) if part >= 0 else bundles[-1 - part].elements


@dataclass(frozen=True, eq=False)
class Post:
    """A place that a cordon uses, where one crew stands.

    Attributes:
        parts: The parts that it closes.
        spots: The window spots, in ascending order: one barrier at each.
        corner: The corner whose arms they are, -1 where no corner shares the price.
        units: What it costs.
    """

    parts: frozenset[int]
    spots: tuple[int, ...]
    corner: int
    units: int


def posts_of(places: Places, parts: Iterable[int]) -> list[Post]:
    """The places that parts make up: the closed arms of each corner are one; and every other part is."""
    chosen = set(parts)
    for bundled in sorted(part for part in chosen if part < 0):
        chosen -= {int(places.spot_of[element]) for element in elements_of(places.bundles, bundled)}
    together: dict[tuple[int, int], set[int]] = {}
    for part in sorted(chosen):
        corner = int(places.corner_of[elements_of(places.bundles, part)[0]])
        together.setdefault((corner, 0 if corner >= 0 else part), set()).add(part)
    return [_post(places, frozenset(own), corner) for (corner, _), own in together.items()]


def _post(places: Places, parts: frozenset[int], corner: int) -> Post:
    spots = sorted({int(places.spot_of[element]) for element in places.elements_of(parts)})
    return Post(parts, tuple(spots), corner, cost_of(places, parts))


def cost_of(places: Places, parts: Iterable[int]) -> int:
    """What parts cost together, in units: their prices, and of each corner the largest first part of its closed arms."""
    parts, first = frozenset(parts), dict[int, int]()
    for element in places.elements_of(parts):
        corner = int(places.corner_of[element])
        if corner >= 0:
            first[corner] = max(first.get(corner, 0), int(places.first[element]))
    own = sum(int(places.price[part]) if part >= 0 else places.bundles[-1 - part].price for part in parts)
    return own + sum(first.values())


def priced_places(window: Window, question: CordonQuestion) -> Places:
    """Every place of a window with its price."""
    spot_price = _spot_prices(window, question)
    corners = corners_of(window, question, spot_price)
    usable = window.spot_along | window.spot_against
    barrable = usable & (spot_price > 0) & ~window.spot_closed_in & ~_inside(window) & ~corners.too_short
    arm = barrable & (corners.of_spot >= 0)
    arms = np.bincount(corners.of_spot[arm], minlength=corners.count + 1)
    shared = arm & (arms[corners.of_spot] >= _LEAST_SHARED)
    alone = np.where(corners.is_link, corners.own + corners.first, spot_price)
    price = np.where(shared, corners.own * UNITS, alone * UNITS + 1)
    pairs = _carriageway_pairs(window, barrable)
    inner = shared[pairs].all(axis=1) & (corners.of_spot[pairs[:, 0]] == corners.of_spot[pairs[:, 1]])
    outer = pairs[~inner & ~corners.is_link[pairs].any(axis=1)]  # a link is its corner's alone
    doubled = np.unique(outer[shared[outer]])
    second_of = np.full(len(window.spots), -1, np.int64)
    second_of[doubled] = len(window.spots) + np.arange(len(doubled))
    spot_of = np.concatenate((np.arange(len(window.spots)), doubled))
    bundles = _inner_bundles(pairs[inner], corners, spot_price, question)
    bundles += _outer_bundles(outer, second_of, alone, question)
    bundles = _with_strands(window, bundles, spot_of)
    bundle_of = np.full(len(spot_of), -1, np.int64)
    for index, bundle in enumerate(bundles):
        bundle_of[list(bundle.elements)] = index
    first = np.where(shared, corners.first * UNITS + 1, 0)
    streets = window.streets
    spots = window.spots[spot_of]
    return Places(
        price=np.where(np.append(barrable, barrable[doubled]), np.append(price, alone[doubled] * UNITS + 1), NOT_TO_BE_CUT),
        first=np.append(first, np.zeros(len(doubled), np.int64)),
        corner_of=np.append(np.where(shared, corners.of_spot, -1), np.full(len(doubled), -1)),
        bundle_of=bundle_of,
        bundles=tuple(bundles),
        spot_of=spot_of,
        second_of=second_of,
        lonlat=np.column_stack((streets.spot_lon[spots], streets.spot_lat[spots])),
        corners=corners,
    )


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


def _carriageway_pairs(window: Window, barrable: Bools) -> Longs:
    """(n, 2) window spots on the two carriageways of one street, abreast of each other."""
    partner = window.streets.spot_partner[window.spots]
    at = np.minimum(np.searchsorted(window.spots, partner), len(window.spots) - 1)
    first = np.flatnonzero((partner > window.spots) & (window.spots[at] == partner) & barrable & barrable[at])
    return np.column_stack((first, at[first])).astype(np.int64)


def _inner_bundles(pairs: Longs, corners: Corners, price: Longs, question: CordonQuestion) -> list[Bundle]:
    """Both carriageways of a street as arms of one corner: the own part of the dearer, a small share of the other."""
    found = []
    share = question.costs.carriageway_share
    for pair in pairs.tolist():
        own = [int(corners.own[spot]) for spot in pair]
        together = max(own) + max(1, round(share * min(int(price[spot]) for spot in pair)))
        if together <= sum(own):
            found.append(Bundle(tuple(pair), together * UNITS))
    return found


def _outer_bundles(pairs: Longs, second_of: Longs, alone: Longs, question: CordonQuestion) -> list[Bundle]:
    found = []
    for pair in pairs.tolist():
        prices = [int(alone[spot]) for spot in pair]
        joint = joint_price(prices, question.costs.carriageway_share)
        if joint <= sum(prices):
            elements = tuple(int(second_of[spot]) if second_of[spot] >= 0 else spot for spot in pair)
            found.append(Bundle(elements, joint * UNITS + 1))
    return found


def _with_strands(window: Window, bundles: list[Bundle], spot_of: Longs) -> list[Bundle]:
    """The bundles with the carriageway that each element is on."""
    if not bundles:
        return bundles
    spots = spot_of[np.array([bundle.elements for bundle in bundles])]
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
