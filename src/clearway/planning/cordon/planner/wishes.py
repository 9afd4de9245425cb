"""Wishes: a barrier here, none there, this street stays open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import Infeasible, UnknownName
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, Bundle, cost_of, elements_of
from clearway.planning.cordon.planner.window import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.model import Longs
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
    from clearway.shapes import Spot

_REACH_M = 150.0
"""A pin that lies farther from every place is a slip of the finger."""


@dataclass(frozen=True, eq=False)
class Held:
    """A point at which a barrier is pinned or forbidden, and the place nearest to it."""

    point: Spot
    parts: frozenset[int]
    spots: tuple[int, ...]
    lonlat: tuple[float, float]
    moved_m: float
    whole_corner: bool


@dataclass(frozen=True, eq=False)
class Wishes:
    """Prices and bundles after the wishes, and what they fix.

    A part of a place is named by its element, or by -1 - its bundle.

    Attributes:
        price: (E,) units of each element; 0 where a barrier stands by wish.
        first: (E,) units of which a corner pays the largest of its arms, beyond what it pays for those that stand by wish.
        bundle_of: (E,) bundle of each element, -1 none.
        bundles: As before by index, without what already stands.
        pinned: Parts that must be used.
        pinned_price: What they cost together, units.
        standing: Elements that pinned places close.
        held_pieces: Window pieces that must stay outside.
        held_junctions: Window junctions that must stay outside.
        pins: Where barriers are pinned.
        bans: Where they are forbidden.
    """

    price: Longs
    first: Longs
    bundle_of: Longs
    bundles: tuple[Bundle, ...]
    pinned: frozenset[int]
    pinned_price: int
    standing: frozenset[int]
    held_pieces: Longs
    held_junctions: Longs
    pins: tuple[Held, ...]
    bans: tuple[Held, ...]


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
    barred_ways = np.array([*question.never_ways, *question.keep_open], dtype=np.int64)
    on_barred = np.isin(window.streets.spot_way[window.spots], barred_ways)
    bans = tuple(_nearest(window, places, point, "never") for point in question.never)
    banned = {spot for ban in bans for spot in ban.spots}
    banned.update(np.flatnonzero(on_barred).tolist())
    pins = tuple(_nearest(window, places, point, "pin") for point in question.pins)
    pinned = _without_bundled(places, frozenset(part for pin in pins for part in pin.parts))
    if banned.intersection(_spots(places, pinned)):
        raise Infeasible("A barrier is pinned where no barrier may stand. Remove the pin or the ban.")
    for spot in banned:
        _bar(places, spot, price, bundle_of)
    total = cost_of(places, pinned)
    standing = frozenset(places.elements_of(pinned))
    _stand(places, pinned, price, bundle_of, bundles)
    return Wishes(
        price=price,
        first=_first_beyond(places, pinned),
        bundle_of=bundle_of,
        bundles=tuple(bundles),
        pinned=pinned,
        pinned_price=total,
        standing=standing,
        held_pieces=held_pieces,
        held_junctions=held_junctions,
        pins=pins,
        bans=bans,
    )


def _without_bundled(places: Places, parts: frozenset[int]) -> frozenset[int]:
    """The same spots closed by bundles where that is cheaper, and no element besides a bundle that closes it too."""
    seconds = {element: int(places.second_of[element]) for element in parts if 0 <= element < places.spot_count}
    near = {int(places.bundle_of[element]) for pair in seconds.items() for element in pair if element >= 0}
    for index in sorted(near - {-1}):
        spots = {int(places.spot_of[element]) for element in places.bundles[index].elements}
        together = (parts - spots) | {-1 - index}
        if parts >= spots and cost_of(places, together) < cost_of(places, parts):
            parts = together
    bundled = _spots(places, (part for part in parts if part < 0))
    return frozenset(part for part in parts if part < 0 or part not in bundled)


def _first_beyond(places: Places, pinned: frozenset[int]) -> Longs:
    """(E,) first parts less what corners pay already.

    Two pinned carriageways abreast are a place of their own; where another arm of a corner is closed too, one of them may
    become an arm of it, the other one stand alone: then closing the arm adds less.
    """
    paid = np.zeros(places.corners.count + 1, np.int64)
    elements = np.array(places.elements_of(pinned), dtype=np.int64)
    np.maximum.at(paid, places.corner_of[elements], places.first[elements])
    paid[-1] = 0
    left: Longs = np.maximum(places.first - paid[places.corner_of], 0)
    for part in sorted(part for part in pinned if part < 0):
        bundle = places.bundles[-1 - part]
        spots = [int(places.spot_of[element]) for element in bundle.elements]
        for arm, other in (spots, spots[::-1]):
            corner = int(places.corner_of[arm])
            dearer = bundle.price - int(places.price[arm]) - int(places.price[other])
            if 0 <= corner != int(places.corner_of[other]) and dearer > 0:
                arms = places.corner_of == corner
                added = np.maximum(places.first, places.first[arm]) - paid[corner] - dearer
                left[arms] = np.clip(added[arms], 0, left[arms])
    return left


def _spots(places: Places, parts: Iterable[int]) -> set[int]:
    """Window spots that parts close."""
    return {int(places.spot_of[element]) for element in places.elements_of(parts)}


def _bar(places: Places, spot: int, price: Longs, bundle_of: Longs) -> None:
    """Let no barrier stand at a spot; nor at a larger place that includes it."""
    for element in (spot, int(places.second_of[spot])):
        if element < 0:
            continue
        price[element] = NOT_TO_BE_CUT
        index = int(bundle_of[element])
        if index >= 0:
            bundle_of[list(places.bundles[index].elements)] = -1


def _stand(places: Places, pinned: frozenset[int], price: Longs, bundle_of: Longs, bundles: list[Bundle]) -> None:
    """Make pinned places free; a bundle that includes one costs only what it adds.

    A pinned arm belongs to its corner: with the carriageway beside it, if that is not of the corner, it shares nothing then.
    """
    for part in sorted(pinned):
        elements = elements_of(places.bundles, part)
        if part >= 0 and bundle_of[part] >= 0:
            index = int(bundle_of[part])
            rest = tuple(element for element in bundles[index].elements if element != part)
            bundles[index] = Bundle(rest, bundles[index].price - int(price[part]))
        seconds = [int(second) for second in places.second_of[[e for e in elements if e < places.spot_count]] if second >= 0]
        for second in seconds:
            if bundle_of[second] >= 0:
                bundle_of[list(places.bundles[bundle_of[second]].elements)] = -1
        bundle_of[list(elements)] = -1
        price[list(elements)] = 0


def _nearest(window: Window, places: Places, point: Spot, what: str) -> Held:
    """The place nearest to a point, a larger place before a smaller one at the same distance."""
    single = np.flatnonzero(places.price[: places.spot_count] < NOT_TO_BE_CUT)
    whole = _whole_corners(window, places)
    spots = np.concatenate(
        (
            places.lonlat[single],
            np.array([places.bundle_lonlat(b) for b in places.bundles]).reshape(-1, 2),
            np.array([lonlat for lonlat, _ in whole]).reshape(-1, 2),
        )
    )
    names = np.concatenate((single, -1 - np.arange(len(places.bundles) + len(whole)))).astype(np.int64)
    distance = (
        np.hypot(*window.site.flat(spots - np.array((point.lon, point.lat)) + window.site.origin).T)
        if len(names)
        else np.empty(0)
    )
    if not len(names) or distance.min() > _REACH_M:
        raise Infeasible(
            f"No barrier can stand near {point.lon:g}, {point.lat:g} ({what}). Give a point on a street around the site."
        )
    at = int(np.lexsort((names, np.rint(distance * 10)))[0])
    corner = -1 - int(names[at]) - len(places.bundles)
    parts = whole[corner][1] if corner >= 0 else frozenset({int(names[at])})
    return Held(
        point=point,
        parts=parts,
        spots=tuple(sorted(_spots(places, parts))),
        lonlat=(float(spots[at, 0]), float(spots[at, 1])),
        moved_m=float(distance[at]),
        whole_corner=corner >= 0,
    )


def _whole_corners(window: Window, places: Places) -> list[tuple[Longs, frozenset[int]]]:
    """Where each corner is whose arms can all be closed, and the parts that close its streets from outside."""
    network, corners = window.network, places.corners
    found = []
    arms = np.flatnonzero((corners.of_spot >= 0) & ~corners.is_link & (window.spot_along | window.spot_against))
    arms = arms[~window.spot_occupied[arms]]
    order = arms[np.argsort(corners.of_spot[arms], kind="stable")]
    number, start = np.unique(corners.of_spot[order], return_index=True)
    lonlat = np.column_stack((network.junction_lon[window.junctions], network.junction_lat[window.junctions]))
    members = np.argsort(corners.of_junction, kind="stable")
    first = np.searchsorted(corners.of_junction[members], np.arange(corners.count + 1))
    for corner, own in zip(number.tolist(), np.split(order, start[1:])[: len(number)], strict=True):
        if (places.corner_of[own] == corner).all():
            at = lonlat[members[first[corner] : first[corner + 1]]].mean(axis=0)
            found.append((at, _without_bundled(places, frozenset(own.tolist()))))
    return found


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
