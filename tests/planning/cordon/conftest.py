"""Small towns on a metre grid, and a brute force that shares nothing with the planner but the list of places."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.planning.cordon.planner.cut_model import built
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS, priced_places
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.planner.wishes import elements_of, wishes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window

LON, LAT = 174.77, -41.28
METRE_LON, METRE_LAT = 1 / 83_560.0, 1 / 111_195.0


def place(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of metres east and north of the town's corner."""
    return (LON + x * METRE_LON, LAT + y * METRE_LAT)


def square(x: float, y: float, half: float) -> dict[str, Any]:
    """A square site round a point of the metre grid."""
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)]
    return {"type": "Polygon", "coordinates": [[list(place(*corner)) for corner in corners]]}


class Town:
    """A draft drawn in metres."""

    def __init__(self) -> None:
        self.draft = NetworkDraft("Town")
        self.at: dict[tuple[float, float], int] = {}

    def corner(self, x: float, y: float, *, edge: bool = False) -> int:
        if (x, y) not in self.at:
            self.at[x, y] = self.draft.junction(*place(x, y), edge=edge)
        return self.at[x, y]

    def street(self, start: tuple[float, float], end: tuple[float, float], **kind: Any) -> int:  # noqa: ANN401 - as the draft takes them
        return self.draft.way(self.corner(*start), self.corner(*end), **kind)

    def network(self) -> Network:
        return self.draft.finish()


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


class BruteForce:
    """Every set of places tried by a plain search over ways of one piece each."""

    def __init__(self, parts: Parts) -> None:
        window, self.places = parts.window, parts.places
        network = window.network
        assert len(window.pieces) == len(window.ways), "the brute force knows ways of one piece only"
        self.outside, self.site = (
            {("j", j) for j in np.flatnonzero(window.junction_side == side).tolist()}
            | {("w", w) for w in np.flatnonzero(window.piece_side == side).tolist()}
            for side in (1, 2)
        )
        self.steps: dict[tuple[str, int], list[tuple[tuple[str, int], int]]] = {}
        for spot in range(len(window.spots)):
            first, second = (
                ("w", end) if end >= 0 else ("j", -1 - end)
                for end in (int(window.spot_first[spot]), int(window.spot_second[spot]))
            )
            for start, end, open_ in ((first, second, window.spot_along[spot]), (second, first, window.spot_against[spot])):
                if open_:
                    self.steps.setdefault(start, []).append((end, spot))
        ways = window.streets.piece_way[window.pieces]
        self.addresses = {("w", index): int((network.address_way == way).sum()) for index, way in enumerate(ways)}
        singles = np.flatnonzero(self.places.price < NOT_TO_BE_CUT).tolist()
        self.names = [*singles, *(-1 - index for index in range(len(self.places.bundles)))]
        self.before = self.reached(())

    def price(self, name: int) -> int:
        units = int(self.places.price[name]) if name >= 0 else self.places.bundles[-1 - name].price
        return units // UNITS

    def reached(self, names: tuple[int, ...] | frozenset[int]) -> set[tuple[str, int]]:
        elements = [element for name in names for element in elements_of(self.places.bundles, name)]
        shut = {element for element in elements if element < self.places.spot_count}
        corners = {("j", int(corner)) for element in elements for corner in self.places.corners(element)}
        queue = [node for node in self.outside if node not in corners]
        seen = set(queue)
        while queue:
            for other, spot in self.steps.get(queue.pop(), []):
                if spot not in shut and other not in seen and other not in corners:
                    seen.add(other)
                    queue.append(other)
        return seen

    def sealing(self, most: int) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Cost in hundredths, addresses enclosed and places of every set of at most so many places that seals the site."""
        for count in range(most + 1):
            for chosen in combinations(self.names, count):
                seen = self.reached(chosen)
                if seen.isdisjoint(self.site):
                    lost = self.before - seen
                    yield sum(map(self.price, chosen)), sum(self.addresses.get(node, 0) for node in lost), frozenset(chosen)

    def cheapest(self) -> int:
        """Hundredths of the cheapest sealing set, by closing one place on each way in that is left."""
        self._best = sum(sorted(map(self.price, self.names)))
        self._branch(frozenset(), frozenset(), 0)
        return self._best

    def _branch(self, chosen: frozenset[int], refused: frozenset[int], cost: int) -> None:
        if cost >= self._best:
            return
        path = self._way_in(chosen)
        if path is None:
            self._best = cost
            return
        for name in self.names:
            if name not in refused and set(elements_of(self.places.bundles, name)) & path:
                self._branch(chosen | {name}, refused, cost + self.price(name))
                refused |= {name}

    def _way_in(self, chosen: frozenset[int]) -> set[int] | None:
        """Elements on one way in that is left."""
        elements = [element for name in chosen for element in elements_of(self.places.bundles, name)]
        shut = {element for element in elements if element < self.places.spot_count}
        corners = {("j", int(corner)) for element in elements for corner in self.places.corners(element)}
        came: dict[tuple[str, int], tuple[tuple[str, int], int] | None] = dict.fromkeys(sorted(self.outside - corners))
        queue = list(came)
        while queue:
            node = queue.pop(0)
            if node in self.site:
                return self._told(node, came)
            for other, spot in self.steps.get(node, []):
                if spot not in shut and other not in came and other not in corners:
                    came[other] = (node, spot)
                    queue.append(other)
        return None

    def _told(self, node: tuple[str, int], came: dict[Any, Any]) -> set[int]:
        on_path: set[int] = set()
        while came[node] is not None:
            if node[0] == "j":
                on_path.add(self.places.spot_count + node[1])
                crossing = int(self.places.crossing_of[node[1]])
                if crossing >= 0:
                    on_path.add(self.places.spot_count + len(self.places.crossing_of) + crossing)
            node, spot = came[node]
            on_path.add(spot)
        return on_path


@pytest.fixture(scope="session")
def kit() -> ModuleType:
    """This module: towns, squares and the brute force."""
    return sys.modules[__name__]
