"""The way of a march through the streets: by their names in order, or along a line.

People on foot may take any street whatever its signs; vehicles in the column need streets that a vehicle fits, and no steps.
Along named streets the way is the shortest that keeps to each of them from one corner to the next (Dijkstra's method over
corner and street); a roundabout between two of them is taken as traffic takes it. From where it begins to the first street, and
from the last one to where it ends, it is the shortest of all.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import nearest_on_line, stretch_of
from clearway.network.search.graph import grouped, routing_graph
from clearway.network.search.origins import origins
from clearway.planning.plan.ring import street_of
from clearway.planning.street_names import StreetNames, said_name
from clearway.record.place_words import words_of_place
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Floats, Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import PlannedMarch
    from clearway.record.place import Place

_NEAR_M = 150.0
"""A place that is farther than this from every street is none on the route."""
_ON_ROUTE_M = 60.0
"""Half a block: a stop that lies farther from the route is on another street."""
_DETOUR = 3.0
"""Times the straight distance, and a block more: a longer way to the first street takes streets that somebody must name."""
_SHORT_M = 0.01
"""A centimetre: a shorter piece of street is none."""
_ROUND_M = 250.0
"""Metres: the way round a large roundabout, some 80 m across."""
_MOTOR = class_mask(MOTOR_CLASSES)
_FLOAT = "service"
_FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one way, as it is walked: from one offset to the other, metres from the way's tail."""

    way: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Its length."""
        return abs(self.to_m - self.from_m)


Leads = dict[int, list[Piece]]
"""By corner, the pieces walked to it from where a route begins, or ends."""


@dataclass(frozen=True, eq=False)
class Route:
    """The way of a march. N pieces.

    Attributes:
        network: The streets.
        pieces: In order.
    """

    network: Network
    pieces: tuple[Piece, ...]

    @cached_property
    def start_m(self) -> Floats:
        """(N + 1,) metres walked before each piece; the last entry is the length."""
        return np.concatenate(([0.0], np.cumsum([one.length_m for one in self.pieces])))

    @property
    def length_m(self) -> float:
        """Metres from beginning to end."""
        return float(self.start_m[-1])

    @cached_property
    def corners(self) -> tuple[int, ...]:
        """(N - 1,) the junction after each piece but the last."""
        found = []
        for one in self.pieces[:-1]:
            along = one.to_m > one.from_m
            found.append(int((self.network.way_head if along else self.network.way_tail)[one.way]))
        return tuple(found)

    def part(self, from_m: float, to_m: float) -> list[list[float]]:
        """Longitude and latitude along the route between two of its metres; at least two points."""
        low, high = max(from_m, 0.0), min(max(to_m, from_m, 0.0), self.length_m)
        low = min(low, high)
        points: list[list[float]] = []
        for piece, begins in zip(self.pieces, self.start_m.tolist(), strict=False):
            first, last = max(low - begins, 0.0), min(high - begins, piece.length_m)
            if last < 0 or first > piece.length_m or (last <= first and points):
                continue
            sign = 1 if piece.to_m >= piece.from_m else -1
            line = stretch_of(self.network.geometry(piece.way), piece.from_m + sign * first, piece.from_m + sign * last)
            points += line.round(6).tolist()
        return points if len(points) > 1 else [*points, *points]

    def metres_of(self, spot: tuple[float, float]) -> tuple[float, float]:
        """Metres along the route where it comes nearest to a place, and how far that is from it."""
        best = (float("inf"), 0.0)
        for piece, begins in zip(self.pieces, self.start_m.tolist(), strict=False):
            away, at_m, _ = nearest_on_line(self.network.geometry(piece.way), *spot)
            low, high = sorted((piece.from_m, piece.to_m))
            on = min(max(at_m, low), high)
            off = away if on == at_m else away + abs(at_m - on)
            best = min(best, (off, begins + abs(on - piece.from_m)))
        return best[1], best[0]


class MarchStreets:
    """Finds routes on one network; what it needs of the network is made once. Safe for several threads.

    Args:
        gazetteer: Of the network.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.network = network = gazetteer.network
        self.names = StreetNames(network)
        ends = np.concatenate((network.way_tail, network.way_head))
        start, order = grouped(ends, network.junction_count)
        self.ways_at: tuple[Ints, Ints] = start, (order % max(network.way_count, 1)).astype(np.int32)
        permit = network.arc_permit[0::2] | network.arc_permit[1::2]
        self.driven: Bools = permit & _MOTOR > 0
        self.walked: Bools = self.driven | (permit & class_mask([_FOOT]) > 0)

    @cached_property
    def foot(self) -> RoutingGraph:
        """For people on foot."""
        return routing_graph(self.network, _FOOT)

    @cached_property
    def floats(self) -> RoutingGraph:
        """For vehicles in a column."""
        return routing_graph(self.network, _FLOAT)

    @cached_property
    def circles(self) -> frozenset[int]:
        """The ways of roundabouts: one-way, and called so or without a name."""
        one_way = (self.network.arc_permit[0::2] & _MOTOR > 0) != (self.network.arc_permit[1::2] & _MOTOR > 0)
        called = ((way, said_name(self.network.street(way))) for way in np.flatnonzero(one_way).tolist())
        return frozenset(way for way, name in called if name is None or name.casefold().endswith("roundabout"))

    def leads(self, way: int, corner: int) -> bool:
        """Whether traffic may go along a way from one of its ends."""
        arc = 2 * way + (int(self.network.way_tail[way]) != corner)
        return bool(self.network.arc_permit[arc] & _MOTOR)

    def drivable(self, way: int) -> bool:
        """Whether any vehicle may drive on a way."""
        return bool(self.driven[way])

    def at(self, junction: int) -> list[int]:
        """The ways that meet at a junction."""
        start, ways = self.ways_at
        found: list[int] = ways[start[junction] : start[junction + 1]].tolist()
        return found

    def route(self, march: PlannedMarch) -> Route:
        """The way of a march.

        Raises:
            BadInput: a street is not on the map, two streets do not meet, or a place lies on no street.
        """
        search = _Search(self, floats=march.floats)
        pieces = search.along_line(march.line) if march.line else search.along_streets(march)
        route = Route(self.network, tuple(one for one in pieces if one.length_m > _SHORT_M))
        if not route.pieces:
            raise BadInput("The route has no length: it ends where it begins. Give another place, or more streets.")
        return route

    def stop_m(self, route: Route, place: Place) -> float:
        """Metres along a route at which a place lies.

        Raises:
            BadInput: it is not on the map, or not on the route.
        """
        where = self.gazetteer.of(place)
        if where.spot is None:
            raise BadInput(f"{words_of_place(place)} is not a place on the route. {where.says}")
        metres, away = route.metres_of(where.spot)
        if away > _ON_ROUTE_M:
            raise BadInput(f"{words_of_place(place)} lies {away:,.0f} m from the route. Name a place on it.")
        return metres


class _Search:
    def __init__(self, streets: MarchStreets, *, floats: bool) -> None:
        self._streets, self._network = streets, streets.network
        self._usable = streets.driven if floats else streets.walked
        self._graph = streets.floats if floats else streets.foot
        self._floats = floats

    def along_line(self, line: Sequence[tuple[float, float]]) -> list[Piece]:
        spots = [self._spot(lon, lat, f"{lat:g}, {lon:g}") for lon, lat in line]
        pieces: list[Piece] = []
        for one, other in pairwise(spots):
            if one == other:
                continue
            found = self._between(one, other)
            if found is None:
                raise BadInput("Two points of the line are joined by no street. Draw it along streets that meet.")
            pieces += found
        return pieces

    def along_streets(self, march: PlannedMarch) -> list[Piece]:
        names = [street_of(place) or getattr(place, "name", None) or words_of_place(place) for place in march.along]
        named = [self._ways(name) for name in names]
        streets = named[:1]
        for (one, ways), (other, others) in pairwise(zip(names, named, strict=True)):
            if not len(np.intersect1d(self._ends(ways), self._ends(others))):
                circle = self._roundabout(ways)
                if not circle or not len(np.intersect1d(self._ends(circle), self._ends(others))):
                    raise BadInput(f"{one} and {other} do not meet on this map. Name the street between them.")
                streets.append(circle)
            streets.append(others)
        first = {int(self._ends(streets[0]).min())}
        goals = self._led(march.finishes, streets[-1]) if march.finishes else {}
        if march.begins:
            starts = self._led(march.begins, streets[0])
        else:
            after = next(iter(self._joints(streets, set(), set(goals))), set(goals))
            starts = {self._farthest(streets[0], after or first): []}
        if not goals:
            before = next(reversed(self._joints(streets, set(starts), set())), set(starts))
            goals = {self._farthest(streets[-1], before or first): []}
        start, middle, goal = self._layered(streets, names, starts, goals)
        return [*starts[start], *middle, *(Piece(one.way, one.to_m, one.from_m) for one in reversed(goals[goal]))]

    def _joints(self, streets: Sequence[set[int]], starts: set[int], goals: set[int]) -> list[set[int]]:
        """From each street to the next: the corners at which a march can leave it that comes from a start and goes to a goal.

        Args:
            streets: The ways of each, in order.
            starts: Corners of the first; empty: anywhere.
            goals: Corners of the last; empty: anywhere.
        """
        corners = [set(self._ends(ways).tolist()) for ways in streets]
        joints = [one & other for one, other in pairwise(corners)]
        before = starts or corners[0]
        for at in range(len(joints)):
            joints[at] &= self._along(streets[at], before)
            before = joints[at]
        after = goals or corners[-1]
        for at in range(len(joints) - 1, -1, -1):
            joints[at] &= self._along(streets[at + 1], after, back=True)
            after = joints[at]
        return joints

    def _along(self, street: set[int], corners: set[int], *, back: bool = False) -> set[int]:
        """The corners of a street to which it leads from some of them, or from which it leads there."""
        reached, edge = set(corners), list(corners)
        while edge:
            corner = edge.pop()
            for way in self._streets.at(corner):
                other = self._other(way, corner)
                takes = way not in self._streets.circles or self._streets.leads(way, other if back else corner)
                if way in street and takes and other not in reached:
                    reached.add(other)
                    edge.append(other)
        return reached

    def _layered(
        self, streets: Sequence[set[int]], names: Sequence[str], starts: Leads, goals: Leads
    ) -> tuple[int, list[Piece], int]:
        """The shortest way that takes each street in turn: where it starts, its pieces, where it ends."""
        on = [set(self._ends(ways).tolist()) for ways in streets]
        last = len(streets) - 1
        best = {(0, corner): sum(one.length_m for one in led) for corner, led in starts.items()}
        before: dict[tuple[int, int], tuple[tuple[int, int], int | None]] = {}
        queue = [(metres, *state) for state, metres in best.items()]
        heapq.heapify(queue)
        while queue:
            metres, layer, corner = heapq.heappop(queue)
            if metres > best[layer, corner]:
                continue
            onward: list[tuple[float, tuple[int, int], int | None]] = [
                (metres + float(self._network.way_length_m[way]), (layer, self._other(way, corner)), way)
                for way in self._streets.at(corner)
                if way in streets[layer] and (way not in self._streets.circles or self._streets.leads(way, corner))
            ]
            if layer < last and corner in on[layer + 1]:
                onward.append((metres, (layer + 1, corner), None))
            for there, state, way in onward:
                if there < best.get(state, float("inf")):
                    best[state], before[state] = there, ((layer, corner), way)
                    heapq.heappush(queue, (there, *state))
        ends = {
            corner: best[last, corner] + sum(one.length_m for one in led)
            for corner, led in goals.items()
            if (last, corner) in best
        }
        if not ends:
            raise BadInput(
                f"No way leads along {listed(list(names))} in this order. Name the streets between, or another order."
            )
        state = (last, min(ends, key=lambda corner: ends[corner]))
        goal, pieces = state[1], []
        while state in before:
            state, way = before[state]
            if way is not None:
                pieces.append(self._whole(way, state[1]))
        return state[1], pieces[::-1], goal

    def _roundabout(self, ways: set[int]) -> set[int]:
        """The ways of roundabouts that begin at a street, as far as traffic comes on them in the length of one round."""
        best, found = dict.fromkeys(self._ends(ways).tolist(), 0.0), set[int]()
        queue = [(0.0, corner) for corner in sorted(best)]
        while queue:
            metres, corner = heapq.heappop(queue)
            for way in self._streets.at(corner) if metres <= best[corner] else ():
                if way not in self._streets.circles or not self._usable[way] or not self._streets.leads(way, corner):
                    continue
                there, other = metres + float(self._network.way_length_m[way]), self._other(way, corner)
                if there <= _ROUND_M:
                    found.add(way)
                    if there < best.get(other, float("inf")):
                        best[other] = there
                        heapq.heappush(queue, (there, other))
        return found

    def _led(self, place: Place, street: set[int]) -> Leads:
        """From a place to a street: by corner of the street, the pieces walked to it."""
        where = self._streets.gazetteer.of(place)
        ends = set(self._ends(street).tolist())
        if where.spot is not None:
            way, at_m = self._spot(*where.spot, words_of_place(place))
            if way in street:
                return self._leaving(way, at_m)
            starts = self._leaving(way, at_m)
        elif where.ways:  # a street or square by its name alone: where it meets the street, or wherever it is nearest
            met = self._streets.gazetteer.streets.corners((np.array(sorted(street)), np.array(where.ways)))
            if own := ends & {int(corner) for corners in met for corner in corners}:
                return {corner: [] for corner in own}
            starts = {int(corner): [] for corner in self._ends(where.ways)}
        else:
            raise BadInput(f"Nobody can say where {words_of_place(place)} is. {where.says}")
        found = self._shortest(starts, ends)
        if found is None:
            raise BadInput(f"No street leads from {words_of_place(place)} to the route. Begin or end it somewhere else.")
        corner, pieces = found
        walked, straight = sum(one.length_m for one in pieces), self._straight(next(iter(starts)), corner)
        if walked > _DETOUR * straight + _NEAR_M:
            raise BadInput(
                f"The map joins {words_of_place(place)} to the route only by {walked:,.0f} m of other streets. Name those, or "
                "another place to begin or end."
            )
        return {corner: pieces}

    def _between(self, one: tuple[int, float], other: tuple[int, float]) -> list[Piece] | None:
        """The shortest way from one spot on a street to another; None where none leads there."""
        if one[0] == other[0]:
            return [Piece(one[0], one[1], other[1])]
        ends = self._leaving(*other)
        found = [
            (pieces, corner)
            for corner, _ in ends.items()
            if (reached := self._shortest(self._leaving(*one), {corner})) is not None
            for pieces in [reached[1]]
        ]
        if not found:
            return None
        ways = [
            [*pieces, *(Piece(last.way, last.to_m, last.from_m) for last in reversed(ends[corner]))] for pieces, corner in found
        ]
        return min(ways, key=lambda way: sum(piece.length_m for piece in way))

    def _leaving(self, way: int, at_m: float) -> Leads:
        """From a spot on a street: to each of its ends."""
        network = self._network
        length = float(network.way_length_m[way])
        return {int(network.way_tail[way]): [Piece(way, at_m, 0.0)], int(network.way_head[way]): [Piece(way, at_m, length)]}

    def _shortest(self, starts: Leads, goals: set[int]) -> tuple[int, list[Piece]] | None:
        """The shortest way to the nearest of some corners, by any street; None where none leads to one."""
        best = {corner: sum(one.length_m for one in led) for corner, led in starts.items()}
        before: dict[int, tuple[int, int]] = {}
        queue = [(metres, corner) for corner, metres in best.items()]
        heapq.heapify(queue)
        while queue:
            metres, corner = heapq.heappop(queue)
            if metres > best[corner]:
                continue
            if corner in goals:
                pieces, at = [], corner
                while at in before:
                    at, way = before[at]
                    pieces.append(self._whole(way, at))
                return corner, [*starts[at], *reversed(pieces)]
            for way in self._streets.at(corner):
                there, other = metres + float(self._network.way_length_m[way]), self._other(way, corner)
                if self._usable[way] and there < best.get(other, float("inf")):
                    best[other], before[other] = there, (corner, way)
                    heapq.heappush(queue, (there, other))
        return None

    def _spot(self, lon: float, lat: float, called: str) -> tuple[int, float]:
        found = origins(self._graph, [(lon, lat)])
        if float(found.distance_m[0]) > _NEAR_M:
            raise BadInput(f"{called} lies {found.distance_m[0]:,.0f} m from every street. Put it on the route.")
        return int(found.way[0]), float(found.offset_m[0])

    def _straight(self, one: int, other: int) -> float:
        """Metres between two junctions."""
        spots = self._streets.gazetteer.streets.flat(np.array([one, other]))
        return float(np.hypot(*(spots[0] - spots[1])))

    def _whole(self, way: int, corner: int) -> Piece:
        """All of a way, from one of its ends."""
        length = float(self._network.way_length_m[way])
        return Piece(way, 0.0, length) if int(self._network.way_tail[way]) == corner else Piece(way, length, 0.0)

    def _other(self, way: int, corner: int) -> int:
        return int(self._network.way_tail[way]) + int(self._network.way_head[way]) - corner

    def _ways(self, name: str) -> set[int]:
        called = self._streets.gazetteer.streets.called(name)
        if called is None:
            like = self._streets.gazetteer.streets.like(name)
            near = f" Did you mean {' or '.join(like)}?" if like else " Look at the map for its name."
            raise BadInput(f"This map has no street called {name}.{near}")
        own = {way for way in called.ways.tolist() if self._usable[way]}
        if not own:
            who = "no vehicle may drive" if self._floats else "nobody may walk"
            raise BadInput(f"{called.name} is a street on which {who}. Leave it out, or take another.")
        return own

    def _ends(self, ways: Iterable[int]) -> Ints:
        own = np.array(sorted(ways), np.int64)
        return np.unique(np.concatenate((self._network.way_tail[own], self._network.way_head[own])))

    def _farthest(self, street: set[int], corners: set[int]) -> int:
        """The corner of a street that is farthest along it from some of its corners."""
        best = dict.fromkeys(corners, 0.0)
        queue = [(0.0, corner) for corner in sorted(corners)]
        while queue:
            metres, corner = heapq.heappop(queue)
            for way in self._streets.at(corner) if metres <= best[corner] else ():
                there, other = metres + float(self._network.way_length_m[way]), self._other(way, corner)
                if way in street and there < best.get(other, float("inf")):
                    best[other] = there
                    heapq.heappush(queue, (there, other))
        return max(sorted(best), key=lambda one: best[one])
