"""Corners by rule 2, read off the network afresh: which arms one crew closes together, and what any of them cost.

A corner is a junction of three or more streets, or a group of junctions that short links join. Each closed arm costs its own
part (a share of its price); once the corner costs the largest rest of its closed arms; a link's rest is the largest of the
corner; the second carriageway of a street pays a smaller share.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.planning.cordon.check.network_reading import NetworkReading
    from clearway.planning.cordon.check.price_list import PriceList

    Spot = tuple[int, int]
    """A way, and the number of the spot along it."""

RULE = 2
"""As plans write it; those without a number follow the first, in which a junction is closed on all arms or none."""
_LINK_M = 25.0
"""As the format of plans has it: how far apart two junctions of a corner are that a link joins."""
_WIDEST_M = 70.0
"""As the format has it: how wide a corner is."""
_SHORTEST_LINK_M = 8.0
"""As the format has it: a shorter link has no room for a barrier."""
_AROUND_M = 300.0
"""Beyond the radius, so that every corner there is read whole."""
_LEAST_ARMS = 3
"""A junction of fewer streets is a bend or an end."""
_METRES_PER_DEGREE = 6_371_008.8 * np.pi / 180
_ROUNDED_M = 0.011
"""Where a barrier stands is written in hundredths of a metre."""


def spot_number(offsets: Sequence[float], at_m: float) -> int | None:
    """Which of the spots along a way a barrier stands at; between a way's end and its first spot it is at that.

    >>> [spot_number([8.0, 100.0, 192.0], at_m) for at_m in (0.0, 8.01, 8.02, 99.99, 191.99, 200.0)]
    [0, 0, None, 1, 2, 2]
    """
    if at_m <= offsets[0] + _ROUNDED_M:
        return 0
    if at_m >= offsets[-1] - _ROUNDED_M:
        return len(offsets) - 1
    return next((number for number, offset in enumerate(offsets) if abs(offset - at_m) <= _ROUNDED_M), None)


class Corners:
    """The corners around a site. Prices are hundredths of a point."""

    def __init__(self, reading: NetworkReading, prices: PriceList, certificate: dict[str, Any]) -> None:
        self._reading, self._network, self._prices = reading, reading.network, prices
        self._spots = {int(way): list(offsets) for way, offsets in certificate["spots"].items()}
        self.pairs = [tuple((int(way), int(spot)) for _, way, spot in pair) for pair in certificate["pairs"]]
        self.partner = {spot: pair for pair in self.pairs for spot in pair}
        self._share = float(reading.question["costs"]["junction_share"])
        self._group, self._links = self._groups()
        self._corner = {junction: min(group) for group in self._group.values() for junction in group}

    def at_junction(self, junction: int) -> int | None:
        """The corner that a junction belongs to, by its lowest junction; None where it is only a bend or an end."""
        corner = self._corner.get(junction, junction)
        return corner if len(self._outer_ends(corner)) >= _LEAST_ARMS else None

    def of(self, spot: Spot) -> int | None:
        """The corner whose arm a spot closes, None where it is none's."""
        way, number = spot
        if way in self._links or number == 0:
            return self.at_junction(int(self._network.way_tail[way]))
        return self.at_junction(int(self._network.way_head[way])) if number == len(self._spots[way]) - 1 else None

    def price(self, spot: Spot) -> int | None:
        """Of a barrier at a spot as if it stood anywhere; None where no barrier may stand."""
        way, number = spot
        if self.left_out(spot):
            return None
        return self._prices.mid_block(way) if 0 < number < len(self._spots[way]) - 1 else self._prices.mouth(way)

    def left_out(self, spot: Spot) -> bool:
        """Whether a spot is on a link too short for a barrier."""
        way = spot[0]
        short = way in self._links and float(self._network.way_length_m[way]) < _SHORTEST_LINK_M
        return short and self.of(spot) is not None

    def own(self, spot: Spot) -> int:
        """The own part of an arm."""
        return self._own(self.price(spot) or 0)

    def rest(self, spot: Spot) -> int:
        """What a corner pays once if no dearer arm is closed."""
        corner = self.of(spot)
        if corner is not None and spot[0] in self._links:
            return self._largest_rest(corner)
        return (self.price(spot) or 0) - self.own(spot)

    def alone(self, spot: Spot) -> int | None:
        """Of a barrier at a spot when nothing else of its corner is closed."""
        price = self.price(spot)
        return price if price is None or self.of(spot) is None else self.own(spot) + self.rest(spot)

    def together(self, spots: Iterable[Spot]) -> int | None:
        """Of arms of one corner; None where one may not be closed."""
        closed = set(spots)
        if any(self.price(spot) is None for spot in closed):
            return None
        total = sum(map(self.own, closed)) + max(map(self.rest, closed), default=0)
        return total - sum(self.saved(pair) for pair in self.pairs if closed.issuperset(pair))

    def saved(self, pair: Iterable[Spot]) -> int:
        """By how much the second carriageway of a street is cheaper than another arm of the corner."""
        first, second = pair
        small = float(self._reading.question["costs"]["carriageway_share"])
        prices = [self.price(spot) or 0 for spot in (first, second)]
        return max(0, min(self.own(first), self.own(second)) - max(1, round(small * min(prices))))

    def abreast(self, pair: Iterable[Spot]) -> int | None:
        """Of the two carriageways of a street as one place of its own; None where a barrier may not stand on one."""
        prices = [self.alone(spot) for spot in pair]
        known = [price for price in prices if price is not None]
        return self._prices.joint(known, "carriageway_share") if len(known) == len(prices) else None

    def any(self, spots: Iterable[Spot]) -> int:
        """The least that barriers at some spots cost, and how they are parted into places is free, in hundredths and places."""
        closed = frozenset(spots)
        outer = [pair for pair in self.pairs if closed.issuperset(pair) and self.of(pair[0]) != self.of(pair[1])]
        outer += [pair for pair in self.pairs if closed.issuperset(pair) and self.of(pair[0]) is self.of(pair[1]) is None]
        return min(self._parted(closed, used) for count in range(len(outer) + 1) for used in combinations(outer, count))

    def spot_at(self, way: int, at_m: float) -> Spot | None:
        """The spot where a barrier stands, None where there is none; one moved out of the site stands nearer to its end."""
        number = spot_number(self._spots[way], at_m)
        return None if number is None else (way, number)

    def _parted(self, closed: frozenset[Spot], pairs: Iterable[tuple[Spot, ...]]) -> int:
        """Units of 1,024 to a hundredth, and one for each place."""
        left, total = set(closed), 0
        for pair in pairs:
            total += (self.abreast(pair) or 0) * 1024 + 1
            left -= set(pair)
        by_corner: dict[Any, set[Spot]] = {}
        for spot in left:
            by_corner.setdefault(spot if self.of(spot) is None else self.of(spot), set()).add(spot)
        return total + sum((self.together(own) or 0) * 1024 + 1 for own in by_corner.values())

    def _own(self, price: int) -> int:
        return max(1, round(self._share * price))

    def _largest_rest(self, corner: int) -> int:
        mouths = [self._prices.mouth(way) for junction in self._members(corner) for way in self._ways_at.get(junction, ())]
        return max((price - self._own(price) for price in mouths if price is not None), default=0)

    def _members(self, corner: int) -> set[int]:
        return self._group.get(corner, {corner})

    def _outer_ends(self, corner: int) -> list[int]:
        ends = [way for junction in self._members(corner) for way in self._ways_at.get(junction, ())]
        return [way for way in ends if way not in self._links]

    @cached_property
    def _ways_at(self) -> dict[int, list[int]]:
        """Drivable ways by junction; a loop is there twice."""
        found: dict[int, list[int]] = {}
        for way in self._around.tolist():
            for end in (int(self._network.way_tail[way]), int(self._network.way_head[way])):
                found.setdefault(end, []).append(way)
        return found

    @cached_property
    def _around(self) -> np.ndarray[Any, Any]:
        """Drivable ways with an end within the radius and a little more."""
        reading, network = self._reading, self._network
        west, south, east, north = reading.whole.bounds
        reach = reading.radius_m + _AROUND_M
        x, y = reading.corners_flat.T
        near = (x >= west - reach) & (x <= east + reach) & (y >= south - reach) & (y <= north + reach)
        used = (reading.permits[0] | reading.permits[1]) != 0
        return np.flatnonzero(used & (near[network.way_tail] | near[network.way_head]))

    def _groups(self) -> tuple[dict[int, set[int]], set[int]]:
        """Corners of several junctions by their lowest, and the links inside."""
        network, ways = self._network, self._around
        tail, head = network.way_tail[ways].astype(int), network.way_head[ways].astype(int)
        short = (self._apart_m(tail, head) <= _LINK_M) & (network.way_length_m[ways] <= 2 * _LINK_M)
        short &= (tail != head) & (network.way_level[ways] == 0)
        leads: dict[int, set[int]] = {}
        candidates = []
        for way, start, end in zip(ways[short].tolist(), tail[short].tolist(), head[short].tolist(), strict=True):
            passable = [self._can_pass(way, side) for side in (0, 1)]
            if passable[0]:
                leads.setdefault(start, set()).add(end)
            if passable[1]:
                leads.setdefault(end, set()).add(start)
            if any(passable):
                candidates.append((way, start, end))
        back: dict[int, set[int]] = {}
        for start, ends in leads.items():
            for end in ends:
                back.setdefault(end, set()).add(start)
        groups, seen = dict[int, set[int]](), set[int]()
        for junction in sorted(leads):
            if junction not in seen:
                members = _reached(junction, leads) & _reached(junction, back)
                seen |= members
                if len(members) > 1 and self._breadth_m(sorted(members)) <= _WIDEST_M:
                    groups[min(members)] = members
        home = {junction: lowest for lowest, group in groups.items() for junction in group}
        return groups, {way for way, start, end in candidates if home.get(start, -1) == home.get(end, -2)}

    def _can_pass(self, way: int, side: int) -> bool:
        permit = int(self._reading.permits[side][way])
        if not self._reading.signed:
            return bool(permit) and not self._reading.walls(way)
        stops = self._network.stop_blocks[self._network.stop_way == way]
        return bool(permit) and all(permit & ~int(blocks) for blocks in stops)

    def _apart_m(self, start: np.ndarray[Any, Any], end: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        lon, lat = self._network.junction_lon, self._network.junction_lat
        apart: np.ndarray[Any, Any] = np.hypot((lon[end] - lon[start]) * np.cos(np.radians(lat[start])), lat[end] - lat[start])
        return apart * _METRES_PER_DEGREE

    def _breadth_m(self, members: list[int]) -> float:
        lon, lat = self._network.junction_lon[members], self._network.junction_lat[members]
        east = (lon - lon[0]) * np.cos(np.radians(lat[0]))
        return float(np.hypot(np.ptp(east), np.ptp(lat)) * _METRES_PER_DEGREE)


def _reached(start: int, leads: dict[int, set[int]]) -> set[int]:
    seen, todo = {start}, [start]
    while todo:
        for other in leads.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen
