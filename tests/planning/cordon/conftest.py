"""Small towns on a metre grid, and a brute force that shares nothing with the planner but the list of places."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.planning.cordon.planner.barrier_costs import BarrierCosts, street_prices
from clearway.planning.cordon.planner.cut_model import built
from clearway.planning.cordon.planner.places import priced_places
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.planner.wishes import wishes_of
from clearway.planning.cordon.seal.contract import GivenBarrier
from drawn_towns import LAT, LON, METRE_LAT, METRE_LON, Town, place, square

if TYPE_CHECKING:
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
__all__ = ["LAT", "LON", "METRE_LAT", "METRE_LON", "Town", "diagonal", "place", "square"]


def diagonal(*points: tuple[float, float]) -> GivenBarrier:
    """A filter along a line of the metre grid."""
    return GivenBarrier(line=[list(place(*point)) for point in points])


@dataclass(frozen=True)
class Parts:
    """What the planner makes of a question before it cuts."""

    window: Window
    places: Places
    model: Model


def parts_of(network: Network, question: CordonQuestion) -> Parts:
    window = window_of(network, located_site(network, question), question)
    places = priced_places(window, question)
    return Parts(window, places, built(window, places, wishes_of(window, places, question)))


class Rule:
    """What barriers at some spots cost, worked out from the network alone: no code of the planner's or the checker's."""

    def __init__(
        self,
        network: Network,
        spots: dict[int, tuple[int, int]],
        pairs: list[tuple[int, int]],
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
        self.prices = [
            int(price) for price in street_prices(network, np.arange(network.way_count), costs, allow_motorway=False)
        ]
        # a link is its corner's alone; where streets are too few for a corner it is a street as any other
        link_pairs = {
            pair for pair in pairs if any(spots[spot][0] in self._links and self.corner(spot) is not None for spot in pair)
        }
        self._outer = [pair for pair in pairs if not self._inner(pair) and pair not in link_pairs]

    def too_short(self, spot: int) -> bool:
        """Whether a spot is on a link without room."""
        way = self._spots[spot][0]
        return way in self._links and self.corner(spot) is not None and self._network.way_length_m[way] < 8

    def corner(self, spot: int) -> int | None:
        """The corner whose arm a spot is."""
        home = self._home[self._spots[spot][1]]
        return home if self._arms[home] >= 3 else None

    def cost(self, closed: frozenset[int], most: int | None = None, pinned: frozenset[int] = frozenset()) -> int | None:
        """Hundredths of the cheapest way to part barriers into (at most so many) places; None where there is none.

        A pinned arm is a place of its corner: it makes none with the carriageway beside it, unless that is pinned too.
        """
        outer = [pair for pair in self._outer if closed.issuperset(pair) and not self._stays_with_its_corner(pair, pinned)]
        found = [self._parted(closed, used, most) for n in range(len(outer) + 1) for used in combinations(outer, n)]
        known = [cost for cost in found if cost is not None]
        return min(known, default=None)

    def _stays_with_its_corner(self, pair: tuple[int, int], pinned: frozenset[int]) -> bool:
        held = pinned.intersection(pair)
        return len(held) == 1 and self.corner(min(held)) is not None

    def _parted(self, closed: frozenset[int], pairs: tuple[tuple[int, int], ...], most: int | None) -> int | None:
        left, total = set(closed), 0
        for pair in pairs:
            if not left.issuperset(pair):
                return None
            alone = sorted(self._alone(spot) for spot in pair)
            total += alone[1] + max(1, round(self._costs.carriageway_share * alone[0]))
            left -= set(pair)
        groups: dict[Any, set[int]] = {}
        for spot in left:
            groups.setdefault(spot if self.corner(spot) is None else f"corner {self.corner(spot)}", set()).add(spot)
        total += sum(self._together(group) for group in groups.values())
        return total if most is None or len(pairs) + len(groups) <= most else None

    def _together(self, spots: set[int]) -> int:
        if len(spots) == 1:
            return self._alone(min(spots))
        own = {spot: self._own(self.prices[self._spots[spot][0]]) for spot in spots}
        total = sum(own.values()) + max(self._rest(spot) for spot in spots)
        for pair in self._pairs:
            if spots.issuperset(pair):
                second = max(1, round(self._costs.carriageway_share * min(self.prices[self._spots[spot][0]] for spot in pair)))
                total -= max(0, min(own[spot] for spot in pair) - second)
        return total

    def _alone(self, spot: int) -> int:
        price = self.prices[self._spots[spot][0]]
        return price if self.corner(spot) is None else self._own(price) + self._rest(spot)

    def _own(self, price: int) -> int:
        return max(1, round(self._costs.junction_share * price))

    def _rest(self, spot: int) -> int:
        way = self._spots[spot][0]
        if way not in self._links:
            return self.prices[way] - self._own(self.prices[way])
        home = self.corner(spot)
        at = [
            price for way, price in enumerate(self.prices) if home in {self._home[end] for end in self._ends(way)} and price > 0
        ]
        return max(price - self._own(price) for price in at)

    def _inner(self, pair: tuple[int, int]) -> bool:
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

    spots: frozenset[int]
    addresses: int


class BruteForce:
    """Every set of barriers tried by a plain search over ways of one piece each. Streets can be driven both ways."""

    def __init__(self, parts: Parts, costs: BarrierCosts = BarrierCosts()) -> None:  # noqa: B008 - it is frozen
        window, self.places = parts.window, parts.places
        network = window.network
        assert len(window.pieces) == len(window.ways), "the brute force knows ways of one piece only"
        self.outside, self.site = (
            {("j", j) for j in np.flatnonzero(window.junction_side == side).tolist()}
            | {("w", w) for w in np.flatnonzero(window.piece_side == side).tolist()}
            for side in (1, 2)
        )
        self.steps: dict[tuple[str, int], list[tuple[tuple[str, int], int]]] = {}
        at: dict[int, tuple[int, int]] = {}
        for spot in range(len(window.spots)):
            first, second = (
                ("w", end) if end >= 0 else ("j", -1 - end)
                for end in (int(window.spot_first[spot]), int(window.spot_second[spot]))
            )
            junction = int(window.junctions[first[1] if first[0] == "j" else second[1]])
            at[spot] = (int(window.streets.spot_way[window.spots[spot]]), junction)
            for start, end, open_ in ((first, second, window.spot_along[spot]), (second, first, window.spot_against[spot])):
                if open_:
                    self.steps.setdefault(start, []).append((end, spot))
        ways = window.streets.piece_way[window.pieces]
        self.addresses = {("w", index): int((network.address_way == way).sum()) for index, way in enumerate(ways)}
        usable = {spot for spot in at if window.spot_along[spot] or window.spot_against[spot]}
        usable -= set(np.flatnonzero(window.spot_closed_in).tolist())
        index_of = {int(spot): index for index, spot in enumerate(window.spots)}
        partner = window.streets.spot_partner[window.spots]
        found = ((spot, index_of.get(int(partner[spot]), -1)) for spot in usable)
        pairs = [(one, other) for one, other in found if one < other and other in usable]
        one_way = {at[spot][0]: (bool(window.spot_along[spot]), bool(window.spot_against[spot])) for spot in at}
        self.rule = Rule(network, at, pairs, costs, one_way)
        self.usable = {spot for spot in usable if self.rule.prices[at[spot][0]] > 0 and not self.rule.too_short(spot)}
        self.before = self.reached(frozenset())

    def reached(self, closed: frozenset[int]) -> set[tuple[str, int]]:
        queue = list(self.outside)
        seen = set(queue)
        while queue:
            for other, spot in self.steps.get(queue.pop(), []):
                if spot not in closed and other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    def seals(self, banned: frozenset[int] = frozenset(), standing: frozenset[int] = frozenset()) -> list[Seal]:
        """Every set of barriers that seals the site and holds no barrier in vain, with those that stand anyway."""
        found: set[frozenset[int]] = set()
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

    def _way_in(self, closed: frozenset[int]) -> frozenset[int] | None:
        """Spots on one way in that is left."""
        came: dict[tuple[str, int], tuple[tuple[str, int], int] | None] = dict.fromkeys(sorted(self.outside))
        queue = list(came)
        while queue:
            node = queue.pop(0)
            if node in self.site:
                on_path = set()
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
