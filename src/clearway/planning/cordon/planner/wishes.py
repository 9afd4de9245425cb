"""Wishes: a barrier here, none there, this street stays open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import Infeasible, UnknownName
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, Bundle
from clearway.planning.cordon.planner.window import SITE

if TYPE_CHECKING:
    from clearway.network.model import Longs
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
    from clearway.shapes import Spot

_REACH_M = 150.0
"""A pin that lies farther from every place is a slip of the finger."""


@dataclass(frozen=True, eq=False)
class Wishes:
    """Prices and bundles after the wishes, and what they fix.

    A place is named by its element, or by -1 - its bundle.

    Attributes:
        price: (E,) units of each element; 0 where a barrier stands by wish.
        bundle_of: (E,) bundle of each element, -1 none.
        bundles: As before by index, without what already stands.
        pinned: Places that must be used.
        pinned_price: What they cost together, units.
        standing: Elements that pinned places close.
        held_pieces: Window pieces that must stay outside.
        held_junctions: Window junctions that must stay outside.
    """

    price: Longs
    bundle_of: Longs
    bundles: tuple[Bundle, ...]
    pinned: frozenset[int]
    pinned_price: int
    standing: frozenset[int]
    held_pieces: Longs
    held_junctions: Longs


def wishes_of(window: Window, places: Places, question: CordonQuestion) -> Wishes:
    """Apply a question's wishes to the places.

    Raises:
        Infeasible: a pin or ban lies far from any place, two wishes contradict each other, or a street cannot stay open.
        UnknownName: a way that is to bear no barrier is not in the network.
    """
    _refuse_unknown(window, question)
    held_pieces, held_junctions = _held(window, question)
    price, bundle_of = places.price.copy(), places.bundle_of.copy()
    bundles = list(places.bundles)
    banned = {_nearest(window, places, point, "never") for point in question.never}
    barred = np.array([*question.never_ways, *question.keep_open], dtype=np.int64)
    spots = np.flatnonzero(np.isin(window.streets.spot_way[window.spots], barred))
    pinned = frozenset(_nearest(window, places, point, "pin") for point in question.pins)
    on_barred = set(spots.tolist())
    if pinned & banned or any(on_barred.intersection(elements_of(places.bundles, place)) for place in pinned):
        raise Infeasible("A barrier is pinned where no barrier may stand. Remove the pin or the ban.")
    for place in banned:
        _bar(place, price, bundle_of, bundles)
    for spot in spots:
        _bar(int(spot), price, bundle_of, bundles)
    total = sum(place_price(places.price, places.bundles, place) for place in pinned)
    standing = _stand(pinned, price, bundle_of, bundles)
    return Wishes(price, bundle_of, tuple(bundles), pinned, total, standing, held_pieces, held_junctions)


def elements_of(bundles: tuple[Bundle, ...], place: int) -> tuple[int, ...]:
    """The elements that a place closes."""
    return (place,) if place >= 0 else bundles[-1 - place].elements


def place_price(price: Longs, bundles: tuple[Bundle, ...], place: int) -> int:
    """What a place costs, in units."""
    return int(price[place]) if place >= 0 else bundles[-1 - place].price


def _bar(place: int, price: Longs, bundle_of: Longs, bundles: list[Bundle]) -> None:
    """Let no barrier stand at a place; nor at a larger one that includes it."""
    if place >= 0:
        price[place] = NOT_TO_BE_CUT
        place = -1 - int(bundle_of[place])
    if place < 0:
        bundle_of[list(bundles[-1 - place].elements)] = -1


def _stand(pinned: frozenset[int], price: Longs, bundle_of: Longs, bundles: list[Bundle]) -> frozenset[int]:
    """Make pinned places free; a bundle that includes one costs only what it adds."""
    standing: set[int] = set()
    for place in sorted(pinned):
        elements = elements_of(tuple(bundles), place)
        if place >= 0 and bundle_of[place] >= 0:
            index = int(bundle_of[place])
            rest = tuple(element for element in bundles[index].elements if element != place)
            bundles[index] = Bundle(rest, bundles[index].price - int(price[place]))
        standing.update(elements)
        bundle_of[list(elements)] = -1
    price[sorted(standing)] = 0
    return frozenset(standing)


def _nearest(window: Window, places: Places, point: Spot, what: str) -> int:
    """The place nearest to a point, a larger place before a smaller one at the same distance."""
    single = np.flatnonzero(places.price < NOT_TO_BE_CUT)
    spots = np.concatenate((places.lonlat[single], np.array([places.bundle_lonlat(b) for b in places.bundles]).reshape(-1, 2)))
    names = np.concatenate((single, -1 - np.arange(len(places.bundles)))).astype(np.int64)
    distance = (
        np.hypot(*window.site.flat(spots - np.array((point.lon, point.lat)) + window.site.origin).T)
        if len(names)
        else np.empty(0)
    )
    if not len(names) or distance.min() > _REACH_M:
        raise Infeasible(
            f"No barrier can stand near {point.lon:g}, {point.lat:g} ({what}). Give a point on a street around the site."
        )
    return int(names[np.lexsort((names, np.rint(distance * 10)))[0]])


def _refuse_unknown(window: Window, question: CordonQuestion) -> None:
    if unknown := [way for way in question.never_ways if not 0 <= way < window.network.way_count]:
        raise UnknownName("way where no barrier may stand", unknown)


def _held(window: Window, question: CordonQuestion) -> tuple[Longs, Longs]:
    """Window pieces and junctions of the ways that must stay open."""
    network = window.network
    ways = np.intersect1d(np.array(question.keep_open, dtype=np.int64), window.ways)
    pieces = np.flatnonzero(np.isin(window.streets.piece_way[window.pieces], ways))
    ends = np.unique(np.concatenate((network.way_tail[ways], network.way_head[ways]))).astype(np.int64)
    junctions = np.searchsorted(window.junctions, ends)
    ends_of_site = np.concatenate((window.spot_first[window.spot_occupied], window.spot_second[window.spot_occupied]))
    entries = junctions[(window.junction_side[junctions] == SITE) | np.isin(-1 - junctions, ends_of_site)]
    inside = pieces[window.piece_side[pieces] == SITE]
    if len(entries) or len(inside):
        raise Infeasible(_entry_sentence(window, ways, entries, inside))
    return pieces, junctions


def _entry_sentence(window: Window, ways: Longs, entries: Longs, inside: Longs) -> str:
    network, streets = window.network, window.streets
    corners = window.junctions[entries]
    entering = ways[np.isin(network.way_tail[ways], corners) | np.isin(network.way_head[ways], corners)]
    first = int(entering[0]) if len(entering) else int(streets.piece_way[window.pieces[inside[0]]])
    street = network.street(first) or "An unnamed street"
    crossing: dict[str, None] = {}
    for corner in corners:
        around = streets.junction_ways[streets.junction_start[corner] : streets.junction_start[corner + 1]]
        names = sorted(name for way in around if (name := network.street(int(way)) or "an unnamed street") != street)
        crossing |= dict.fromkeys([max(names, key=names.count)] if names else [])
    by = f"enters the site by {' and '.join(crossing)}" if crossing else "runs through the site"
    return f"{street} cannot stay open: it {by}. Allow it to be closed, or make the site smaller."
