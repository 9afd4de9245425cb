"""What became of the wishes: which place each point holds, how far from it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.planning.cordon.planner.contract import PointWish, WishesMet
from clearway.planning.cordon.planner.corners import LEAST_LINK_M
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT
from clearway.planning.cordon.planner.street_pieces import LONG_PIECE_M
from clearway.planning.cordon.planner.window import SITE
from clearway.planning.street_names import name_stem
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.planning.cordon.planner.contract import Barrier
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
    from clearway.planning.cordon.planner.wishes import Held, Wishes

_THERE_M = 2.0
"""A barrier's depth: a place nearer to the point than this is at it."""
_ON_STREET_M = 8.0
"""Half of a wide street: a point farther from its middle is beside it."""


def wishes_met(
    window: Window, places: Places, question: CordonQuestion, wishes: Wishes, barriers: Iterable[Barrier]
) -> WishesMet:
    """Each wish with the place that it holds, and the barriers that stand there."""
    teller = _Teller(window, places, list(barriers))
    return WishesMet(
        pinned=tuple(map(teller.met, wishes.pins)),
        forbidden=tuple(map(teller.met, wishes.bans)),
        forbidden_streets=teller.names(question.never_ways),
        kept_open=teller.names(question.keep_open),
    )


class _Teller:
    def __init__(self, window: Window, places: Places, barriers: list[Barrier]) -> None:
        self._window, self._places, self._barriers = window, places, barriers

    def met(self, held: Held) -> PointWish:
        lon, lat = (round(float(degrees), 7) for degrees in held.lonlat)
        return PointWish(
            asked=held.point,
            lon=lon,
            lat=lat,
            moved_m=round(held.moved_m, 1),
            why=self._why(held),
            place=self._place(held),
            numbers=self._numbers(held),
        )

    def names(self, ways: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._window.network.street(way) or "an unnamed street" for way in ways))

    def _numbers(self, held: Held) -> tuple[int, ...]:
        ways = {(self._way(spot), self._at_m(spot)) for spot in held.spots}
        return tuple(barrier.number for barrier in self._barriers if ways.intersection(barrier.points()))

    def _place(self, held: Held) -> str:
        streets = [name_stem(name) for name in self.names(map(self._way, held.spots))]
        if held.whole_corner:
            return f"all {len(held.spots)} streets of the corner of {listed(list(dict.fromkeys(streets)))}"
        return listed(list(dict.fromkeys(streets)))

    def _why(self, held: Held) -> str:
        if held.moved_m <= _THERE_M:
            return ""
        if held.whole_corner:
            return "a point near the middle of a corner means all of its streets"
        reasons, (spot, off_m) = [], self._nearest_spot(held)
        if off_m > _ON_STREET_M:
            reasons.append(f"the point lies {off_m:.0f} m beside the street")
        if spot in held.spots:
            reasons.append(f"places for barriers are where streets begin and, on long ones, up to {LONG_PIECE_M:g} m apart")
        else:
            reasons.append(self._barred(spot))
        return " and ".join(reasons)

    def _nearest_spot(self, held: Held) -> tuple[int, float]:
        """The spot nearest to a point on the nearest street, barrier or not; and how many metres away that street is."""
        window, network = self._window, self._window.network
        at = shapely.Point(window.site.flat(np.array([[held.point.lon, held.point.lat]]))[0])
        gaps = [shapely.LineString(window.site.flat(network.geometry(way))).distance(at) for way in window.ways.tolist()]
        way = int(window.ways[int(np.argmin(gaps))])
        spots = np.flatnonzero(window.streets.spot_way[window.spots] == way)
        away = np.hypot(*(window.site.flat(self._places.lonlat[spots]) - np.array(at.coords)).T)
        return int(spots[away.argmin()]), float(min(gaps))

    def _barred(self, spot: int) -> str:
        """Why no barrier may stand at a spot that is nearer."""
        window, places = self._window, self._places
        way = self._way(spot)
        street = window.network.street(way) or "the street there"
        ends = [int(window.spot_first[spot]), int(window.spot_second[spot])]
        sides = [window.piece_side[end] if end >= 0 else window.junction_side[-1 - end] for end in ends]
        if places.price[spot] < NOT_TO_BE_CUT:
            return "this is the nearest place"
        if all(side == SITE for side in sides):
            return f"{street} is part of the site there"
        if window.spot_closed_in[spot]:
            return f"the site leaves no room for a barrier on {street} there"
        if places.corners.too_short[spot]:
            return f"between the two junctions there, {street} is shorter than the {LEAST_LINK_M:g} m that a barrier needs"
        if not (window.spot_along[spot] or window.spot_against[spot]):
            return f"nobody who is shut out can drive along {street} there"
        return f"{street} may not be closed"

    def _way(self, spot: int) -> int:
        return int(self._window.streets.spot_way[self._window.spots[spot]])

    def _at_m(self, spot: int) -> float:
        index = int(self._window.spots[spot])
        return round(self._window.moved_spot_m.get(index, float(self._window.streets.spot_m[index])), 2)
