"""Small towns on a metre grid, and a brute force that shares nothing with the planner."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.cut_model import built
from clearway.planning.cordon.planner.places import priced_places
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.planner.wishes import wishes_of
from clearway.planning.cordon.seal.contract import GivenBarrier
from drawn_towns import LAT, LON, METRE_LAT, METRE_LON, Town, place, square

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
__all__ = ["LAT", "LON", "METRE_LAT", "METRE_LON", "Town", "diagonal", "place", "square"]


Spot = tuple[int, int]
PRICES = {"service": 300, "residential": 500, "tertiary": 700, "secondary": 900, "primary": 1200}
"""Hundredths of a point for a barrier on a street of each class, as the table of classes has it."""


def _metres(lon: float, lat: float) -> tuple[float, float]:
    return (lon - LON) / METRE_LON, (lat - LAT) / METRE_LAT


def _metres_of(site: Any) -> shapely.Polygon:  # noqa: ANN401 - a shape of the question
    if site is None:
        return shapely.Polygon()
    return shapely.Polygon([_metres(*point) for point in site.model_dump()["coordinates"][0]])


def diagonal(*points: tuple[float, float]) -> GivenBarrier:
    """A filter along a line of the metre grid."""
    return GivenBarrier(line=[list(place(*point)) for point in points])


@dataclass(frozen=True)
class Parts:
    """What the planner makes of a question before it cuts."""

    window: Window
    places: Places
    model: Model


def ends_of(parts: Parts, spots: Iterable[int]) -> frozenset[Spot]:
    """Spots of the planner as the brute force names them, by way and end; where the streets have one piece each."""
    streets, indexes = parts.window.streets, [int(parts.window.spots[spot]) for spot in spots]
    ways = [int(streets.spot_way[index]) for index in indexes]
    return frozenset((way, index - 2 * way) for way, index in zip(ways, indexes, strict=True))


def parts_of(network: Network, question: CordonQuestion) -> Parts:
    window = window_of(network, located_site(network, question), question)
    places = priced_places(window, question)
    return Parts(window, places, built(window, places, wishes_of(window, places, question)))


class Rule:
    """What barriers at some spots cost, worked out from the network alone: no code of the planner's or the checker's."""

    def __init__(
        self,
        network: Network,
        spots: dict[Spot, int],
        pairs: list[tuple[Spot, Spot]],
        costs: BarrierCosts,
        one_way: dict[int, tuple[bool, bool]],
    ) -> None:
        self._network, self._spots, self._costs, self._one_way = network, spots, costs, one_way
        self._home = self._homes()
        self._links = {
            way for way in range(network.way_count) if self._ends(way)[0] != self._ends(way)[1] and self._short(way)
            and self._home[self._ends(way)[0]] == self._home[self._ends(way)[1]]
        }  # fmt: skip
        self._arms = Counter(
            self._home[end] for way in range(network.way_count) for end in self._ends(way) if way not in self._links
        )
        self._pairs = pairs
        self.prices = [PRICES[network.class_of(way)] for way in range(network.way_count)]
        # a link is its corner's alone; where streets are too few for a corner it is a street as any other
        link_pairs = {pair for pair in pairs if any(spot[0] in self._links and self.corner(spot) is not None for spot in pair)}
        self._outer = [pair for pair in pairs if not self._inner(pair) and pair not in link_pairs]

    def too_short(self, spot: Spot) -> bool:
        """Whether a spot is on a link without room."""
        way = spot[0]
        return way in self._links and self.corner(spot) is not None and self._network.way_length_m[way] < 8

    def corner(self, spot: Spot) -> int | None:
        """The corner whose arm a spot is."""
        home = self._home[self._spots[spot]]
        return home if self._arms[home] >= 3 else None

    def cost(self, closed: frozenset[Spot], most: int | None = None, pinned: frozenset[Spot] = frozenset()) -> int | None:
        """Hundredths of the cheapest way to part barriers into (at most so many) places; None where there is none.

        A pinned arm is a place of its corner: it makes none with the carriageway beside it, unless that is pinned too.
        """
        outer = [pair for pair in self._outer if closed.issuperset(pair) and not self._stays_with_its_corner(pair, pinned)]
        found = [self._parted(closed, used, most) for n in range(len(outer) + 1) for used in combinations(outer, n)]
        known = [cost for cost in found if cost is not None]
        return min(known, default=None)

    def _stays_with_its_corner(self, pair: tuple[Spot, Spot], pinned: frozenset[Spot]) -> bool:
        held = pinned.intersection(pair)
        return len(held) == 1 and self.corner(min(held)) is not None

    def _parted(self, closed: frozenset[Spot], pairs: tuple[tuple[Spot, Spot], ...], most: int | None) -> int | None:
        left, total = set(closed), 0
        for pair in pairs:
            if not left.issuperset(pair):
                return None
            alone = sorted(self._alone(spot) for spot in pair)
            total += alone[1] + max(1, round(self._costs.carriageway_share * alone[0]))
            left -= set(pair)
        groups: dict[Any, set[Spot]] = {}
        for spot in left:
            groups.setdefault(spot if self.corner(spot) is None else f"corner {self.corner(spot)}", set()).add(spot)
        total += sum(self._together(group) for group in groups.values())
        return total if most is None or len(pairs) + len(groups) <= most else None

    def _together(self, spots: set[Spot]) -> int:
        if len(spots) == 1:
            return self._alone(min(spots))
        own = {spot: self._own(self.prices[spot[0]]) for spot in spots}
        total = sum(own.values()) + max(self._rest(spot) for spot in spots)
        for pair in self._pairs:
            if spots.issuperset(pair):
                second = max(1, round(self._costs.carriageway_share * min(self.prices[spot[0]] for spot in pair)))
                total -= max(0, min(own[spot] for spot in pair) - second)
        return total

    def _alone(self, spot: Spot) -> int:
        price = self.prices[spot[0]]
        return price if self.corner(spot) is None else self._own(price) + self._rest(spot)

    def _own(self, price: int) -> int:
        return max(1, round(self._costs.junction_share * price))

    def _rest(self, spot: Spot) -> int:
        way = spot[0]
        if way not in self._links:
            return self.prices[way] - self._own(self.prices[way])
        home = self.corner(spot)
        at = [
            price for way, price in enumerate(self.prices) if home in {self._home[end] for end in self._ends(way)} and price > 0
        ]
        return max(price - self._own(price) for price in at)

    def _inner(self, pair: tuple[Spot, Spot]) -> bool:
        first, second = map(self.corner, pair)
        return first is not None and first == second

    def _ends(self, way: int) -> tuple[int, int]:
        return int(self._network.way_tail[way]), int(self._network.way_head[way])

    def _short(self, way: int) -> bool:
        return bool(self._apart(*self._ends(way)) <= 25 and self._network.way_length_m[way] <= 50)

    def _apart(self, one: int, other: int) -> float:
        lon, lat = self._network.junction_lon, self._network.junction_lat
        return float(np.hypot((lon[one] - lon[other]) / METRE_LON, (lat[one] - lat[other]) / METRE_LAT))

    def _homes(self) -> list[int]:
        """The lowest junction that short ways lead each to and back from, where all of those lie close together."""
        leads = {
            (ends[side], ends[1 - side])
            for way in range(self._network.way_count) if self._short(way)
            for ends in [self._ends(way)] for side in (0, 1) if self._one_way.get(way, (False, False))[side]
        }  # fmt: skip
        count = self._network.junction_count
        far = [[one == other or (one, other) in leads for other in range(count)] for one in range(count)]
        for via in range(count):
            far = [[own[other] or (own[via] and far[via][other]) for other in range(count)] for own in far]
        home = [min(other for other in range(count) if far[one][other] and far[other][one]) for one in range(count)]
        wide = {low for low in home if self._breadth([one for one, lowest in enumerate(home) if lowest == low]) > 70}
        return [one if lowest in wide else lowest for one, lowest in enumerate(home)]

    def _breadth(self, group: list[int]) -> float:
        lon, lat = self._network.junction_lon[group], self._network.junction_lat[group]
        return float(np.hypot(np.ptp(lon) / METRE_LON, np.ptp(lat) / METRE_LAT))


@dataclass(frozen=True)
class Seal:
    """Spots at which barriers keep vehicles out, and the addresses that they enclose."""

    spots: frozenset[Spot]
    addresses: int


class BruteForce:
    """Every set of barriers tried by a plain search, read off the network and the question by code of its own.

    It knows streets on the ground of one piece each, with a spot (way, 0) at the tail and (way, 1) at the head, and sites
    whose radius holds the whole town.
    """

    def __init__(self, network: Network, question: CordonQuestion) -> None:
        assert network.way_length_m.max() <= 120, "the brute force knows ways of one piece only"
        assert not len(network.stop_way)
        assert not network.way_level.any()
        assert question.radius_m >= 5000
        self.network, self.question = network, question
        self._ground = _metres_of(question.site)
        self.driven = {way: one for way in range(network.way_count) if any(one := self._driven(way))}
        at = {(way, end): self._junction(way, end) for way in self.driven for end in (0, 1)}
        self.site = self._sites(at)
        self.outside = {("j", junction) for junction in at.values() if network.junction_edge[junction]} - self.site
        self.steps: dict[tuple[str, int], list[tuple[tuple[str, int], Spot]]] = {}
        for (way, end), junction in at.items():
            for into in (True, False):  # into the way, or out of it
                if self.driven[way][end if into else 1 - end]:
                    start, goal = (("j", junction), ("w", way)) if into else (("w", way), ("j", junction))
                    self.steps.setdefault(start, []).append((goal, (way, end)))
        self.addresses = {("w", way): int((network.address_way == way).sum()) for way in self.driven}
        usable = {spot for spot in at if not self._closed_in(*spot)}
        pairs = [pair for pair in self._abreast() if usable.issuperset(pair)]
        self.rule = Rule(network, at, pairs, question.costs, self.driven)
        self.usable = {spot for spot in usable if not self.rule.too_short(spot)}
        self.before = self.reached(frozenset())

    def _driven(self, way: int) -> tuple[bool, bool]:
        shut = class_mask(self.question.shut)
        along, against = (bool(self.network.arc_permit[2 * way + side] & shut) for side in (0, 1))
        return (along, against) if self.question.trust_signs else (True, True)

    def _junction(self, way: int, end: int) -> int:
        return int((self.network.way_head if end else self.network.way_tail)[way])

    def _line(self, way: int) -> shapely.LineString:
        return shapely.LineString([_metres(*point) for point in self.network.geometry(way).tolist()])

    def _sites(self, at: dict[Spot, int]) -> set[tuple[str, int]]:
        held, network = self.question.stretches, self.network
        ends = [self._junction(way, end) for way in held for end in (0, 1)]
        found = {("w", way) for way in self.driven if way in held or self._ground.intersects(self._line(way))}
        for junction in at.values():
            point = shapely.Point(_metres(float(network.junction_lon[junction]), float(network.junction_lat[junction])))
            if self._ground.covers(point) or ends.count(junction) > bool(not network.junction_edge[junction]):
                found.add(("j", junction))
        return found

    def _closed_in(self, way: int, end: int) -> bool:
        """Whether no barrier fits between the site and the junction at an end of a way."""
        if ("w", way) not in self.site:
            return False
        if way in self.question.stretches or ("j", self._junction(way, end)) in self.site:
            return True
        line = self._line(way)
        start = shapely.Point(line.coords[-1 if end else 0])
        return bool(start.distance(line.intersection(self._ground)) < 4)

    def _abreast(self) -> list[tuple[Spot, Spot]]:
        """Spots beside each other on the two carriageways of a street, the nearest first, each in one pair at most."""
        spots = {
            spot: self._mouth(*spot) for spot in ((way, end) for way in self.driven for end in (0, 1)) if self._one_way(spot[0])
        }
        found = []
        for (one, (x, y, east, north)), (other, (u, v, right, up)) in combinations(sorted(spots.items()), 2):
            along, across = abs((u - x) * east + (v - y) * north), abs((u - x) * north - (v - y) * east)
            turn = east * right + north * up
            opposite = turn * self._one_way(one[0]) * self._one_way(other[0]) <= 0
            named = self.network.street(one[0]) == self.network.street(other[0]) is not None
            if one[0] != other[0] and named and opposite and abs(turn) >= 0.8 and along <= 15 and 3 <= across <= 35:
                found.append((round((u - x) ** 2 + (v - y) ** 2, 3), one, other))
        taken: set[Spot] = set()
        pairs = []
        for _, one, other in sorted(found):
            if not taken & {one, other}:
                pairs.append((one, other))
                taken |= {one, other}
        return pairs

    def _one_way(self, way: int) -> int:
        """1 where motor traffic is signed along the way only, -1 against only."""
        motor = class_mask(["resident", "service", "bus", "general"])
        along, against = (bool(self.network.arc_permit[2 * way + side] & motor) for side in (0, 1))
        return along - against

    def _mouth(self, way: int, end: int) -> tuple[float, float, float, float]:
        """Metres east and north of a spot, and the way's direction."""
        line = self._line(way)
        (x, y), (u, v) = line.coords[0], line.coords[-1]
        step = min(8.0, line.length / 3)
        point = line.interpolate(line.length - step if end else step)
        return point.x, point.y, (u - x) / line.length, (v - y) / line.length

    def reached(self, closed: frozenset[Spot]) -> set[tuple[str, int]]:
        queue = list(self.outside)
        seen = set(queue)
        while queue:
            for other, spot in self.steps.get(queue.pop(), []):
                if spot not in closed and other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    def seals(self, banned: frozenset[Spot] = frozenset(), standing: frozenset[Spot] = frozenset()) -> list[Seal]:
        """Every set of barriers that seals the site and holds no barrier in vain, with those that stand anyway."""
        found: set[frozenset[Spot]] = set()
        todo = [(standing, banned)]
        while todo:
            closed, refused = todo.pop()
            path = self._way_in(closed)
            if path is None:
                found.add(closed)
                continue
            for spot in sorted(path & self.usable - refused):
                todo.append((closed | {spot}, refused))
                refused |= {spot}
        return [Seal(closed, sum(self.addresses.get(n, 0) for n in self.before - self.reached(closed))) for closed in found]

    def cheapest(self) -> int | None:
        """Hundredths of the cheapest seal."""
        return min(filter(None, (self.rule.cost(seal.spots) or 0 for seal in self.seals() if seal.spots)), default=None)

    def _way_in(self, closed: frozenset[Spot]) -> frozenset[Spot] | None:
        """Spots on one way in that is left."""
        came: dict[tuple[str, int], tuple[tuple[str, int], Spot] | None] = dict.fromkeys(sorted(self.outside))
        queue = list(came)
        while queue:
            node = queue.pop(0)
            if node in self.site:
                on_path = set[Spot]()
                while (step := came[node]) is not None:
                    node, spot = step
                    on_path.add(spot)
                return frozenset(on_path)
            for other, spot in self.steps.get(node, []):
                if spot not in closed and other not in came:
                    came[other] = (node, spot)
                    queue.append(other)
        return None


@pytest.fixture(scope="session")
def kit() -> ModuleType:
    """This module: towns, squares and the brute force."""
    return sys.modules[__name__]
