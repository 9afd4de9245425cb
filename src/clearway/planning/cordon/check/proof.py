"""The proof: paths into the site that no cordon can stop for less than the plan claims.

A spot is passed along and against separately: a cordon leaves one side of it outside, so it stops paths one way only.
Streets and junctions where a barrier may stand, and their prices, are worked out here again. Which spots of two carriageways
and which junctions make one place is read from the certificate.
"""

from __future__ import annotations

from collections import Counter, deque
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from clearway.planning.cordon.check.price_list import PriceList

if TYPE_CHECKING:
    from clearway.planning.cordon.check.network_reading import NetworkReading

    State = tuple[str, int, int]  # ("part", way, number), ("corner", junction, 0) or ("crossing", number, 0)

_UNITS = 1024
"""To a hundredth of a point, as the format of plans has it."""
_PER_POINT = 100 * _UNITS
_LEAST_ARMS = 3
"""A junction of fewer streets is a bend or an end: no place of its own."""
_SAME_M = 1e-5
"""Offsets are written with more digits than this: a hundredth of a millimetre."""
_ROUNDED_M = 0.02
"""An obstacle this near to a spot is at it."""
_DIRECTIONS = ("spot", "spot back")


class Refused(Exception):
    """The proof fails; the message says why."""


class Proof:
    """Follows the paths of a certificate by rule 1, in which a junction or crossing is closed on all its arms or on none."""

    def __init__(self, reading: NetworkReading, plan: dict[str, Any]) -> None:
        self._reading, self._network, self._plan = reading, reading.network, plan
        self._certificate = plan["certificate"]
        self._prices = PriceList(reading)
        self._spots: dict[int, list[float]] = {int(way): list(at) for way, at in self._certificate["spots"].items()}
        self._crossing = {
            corner: index for index, group in enumerate(self._certificate.get("crossings", ())) for corner in group
        }
        self._used: Counter[tuple[str, int, int]] = Counter()
        self._started: State | None = None
        self._ways_at: dict[int, list[int]] = {}
        for way in sorted({*reading.near.tolist(), *self._spots}):
            for end in {int(self._network.way_tail[way]), int(self._network.way_head[way])}:
                self._ways_at.setdefault(end, []).append(way)

    def value(self) -> int:
        """Units that the paths prove."""
        self._check_spots()
        for path in self._certificate["paths"]:
            if not isinstance(path["amount"], int) or path["amount"] <= 0:
                raise Refused("a path does not carry a whole amount above 0")
            self._follow(path["amount"], [tuple(step) for step in path["steps"]])
        self._check_prices()
        paths = sum(path["amount"] for path in self._certificate["paths"])
        return int(paths + self._standing() + self._for_good())

    def _check_spots(self) -> None:
        for way, offsets in self._spots.items():
            inside = offsets[0] >= 0 and offsets[-1] <= self._network.way_length_m[way] + 0.01
            if len(offsets) < 2 or not inside or any(low > high for low, high in pairwise(offsets)):  # noqa: PLR2004 - two ends
                raise Refused(f"the spots on way {way} are out of order")

    def _follow(self, amount: int, steps: list[tuple[Any, ...]]) -> None:
        state = self._started = self._start(amount, steps)
        after_jump = steps[0][0] != "spot"
        for number, step in enumerate(steps):
            if step[0] == "spot":
                if number and state[0] != "part" and not after_jump:
                    self._used[self._closing(state)] += amount
                state = self._over(state, int(step[1]), int(step[2]), amount)
                after_jump = False
            elif step[0] == "leads":
                state = self._jump(state, self._place(step[1:]))
                after_jump = True
            elif step[0] in {"junction", "crossing"} and after_jump:
                self._used[self._closing(state)] += amount
        if state[0] != "site" and not self._is_site(state):
            raise Refused("a path ends outside the site")

    def _start(self, amount: int, steps: list[tuple[Any, ...]]) -> State:
        word = steps[0][0]
        if word == "addresses":
            way, part = int(steps[0][1]), int(steps[0][2])
            if self._inside_crossing(way):
                crossing = self._crossing[int(self._network.way_tail[way])]
                self._used["addresses of crossing", crossing, 0] += amount
                return ("crossing", crossing, 0)
            self._used["addresses", way, part] += amount
            return ("part", way, part)
        if word == "held":
            return self._held(self._place(steps[0][1:]))
        if word != "spot":
            raise Refused("a path does not start outside")
        ends = [self._end(int(steps[0][1]), int(steps[0][2]), side) for side in (0, 1)]
        outside = [end for end in ends if self._is_outside(end)]
        if not outside:
            raise Refused("a path does not start outside")
        if len(outside) > 1 and len(steps) > 1 and steps[1][0] == "spot":
            nexts = {self._end(int(steps[1][1]), int(steps[1][2]), side) for side in (0, 1)}
            outside = [end for end in outside if ends[1 - ends.index(end)] in nexts] or outside
        return outside[0]

    def _held(self, state: State) -> State:
        """A path may start where a street is to stay open."""
        open_ways = set(self._reading.question["keep_open"])
        ways = [state[1]] if state[0] == "part" else [way for c in self._corners_of(state) for way in self._ways_at.get(c, [])]
        if not open_ways.intersection(ways):
            raise Refused("a path starts on a street that need not stay open")
        return state

    def _over(self, state: State, way: int, spot: int, amount: int) -> State:
        ends = [self._end(way, spot, side) for side in (0, 1)]
        if state not in ends:
            raise Refused(f"a path jumps to {self._network.street(way) or 'an unnamed street'}")
        forward = ends.index(state) == 0
        if not self._reading.permits[0 if forward else 1][way]:
            raise Refused(f"a path runs against the signs of {self._network.street(way) or 'an unnamed street'}")
        if self._is_wall(way, spot) or (state != self._started and self._has_wall(state)):
            raise Refused("a path runs through a lasting obstacle")
        self._used["spot" if forward else "spot back", way, spot] += amount
        return ends[1] if forward else ends[0]

    def _is_wall(self, way: int, spot: int) -> bool:
        return any(abs(wall - self._spots[way][spot]) < _ROUNDED_M for wall in self._reading.walls(way))

    def _has_wall(self, state: State) -> bool:
        """Whether a lasting obstacle stands amid a part, so that nobody leaves it on the other side."""
        if state[0] != "part":
            return False
        low, high = self._span(state[1], state[2])
        return any(low + _ROUNDED_M <= wall <= high - _ROUNDED_M for wall in self._reading.walls(state[1]))

    def _end(self, way: int, spot: int, side: int) -> State:
        last = len(self._spots[way]) - 1
        if side == 0 and spot == 0:
            return self._corner(int(self._network.way_tail[way]))
        if side == 1 and spot == last:
            return self._corner(int(self._network.way_head[way]))
        return ("part", way, spot - 1 + side)

    def _corner(self, junction: int) -> State:
        return ("crossing", self._crossing[junction], 0) if junction in self._crossing else ("corner", junction, 0)

    def _closing(self, state: State) -> tuple[str, int, int]:
        return ("junction" if state[0] == "corner" else state[0], state[1], 0)

    def _span(self, way: int, part: int) -> tuple[float, float]:
        inner = self._spots[way][1:-1]
        bounds = [0.0, *inner, float(self._network.way_length_m[way])]
        return bounds[part], bounds[part + 1]

    def _corners_of(self, state: State) -> list[int]:
        return [state[1]] if state[0] == "corner" else list(self._certificate["crossings"][state[1]])

    def _is_site(self, state: State) -> bool:
        if state[0] == "part":
            return self._reading.is_site(state[1], *self._span(state[1], state[2]))
        return bool(self._reading.corner_site[self._corners_of(state)].any())

    def _is_outside(self, state: State) -> bool:
        if state[0] == "part":
            return self._reading.is_outside(state[1], *self._span(state[1], state[2]))
        return bool(self._reading.corner_outside[self._corners_of(state)].any())

    def _jump(self, state: State, target: State) -> State:
        """Where a path steps to from a place that every way to it passes; checked by a search round that point."""
        if self._reached_without(state, target):
            raise Refused("a path steps to a point that can be driven round")
        return target

    def _place(self, place: tuple[Any, ...]) -> State:
        if place[0] == "part":
            way, part = int(place[1]), int(place[2])
            return (
                ("crossing", self._crossing[int(self._network.way_tail[way])], 0)
                if self._inside_crossing(way)
                else ("part", way, part)
            )
        return ("site", 0, 0) if place[0] == "site" else (str(place[0]), int(place[1]), 0)

    def address_problems(self) -> list[str]:
        """What is wrong with the number of addresses that the plan encloses; by rule 1 it is not looked at."""
        return []

    def enclosed_addresses(self, closed: set[tuple[int, int]]) -> int:
        """Addresses that can be reached from outside, and no longer can with barriers at some spots."""
        parts: list[State] = [("part", way, at) for way, offsets in self._spots.items() for at in range(len(offsets) - 1)]
        states = [*parts, *map(self._corner, self._ways_at)]
        sites = set(filter(self._is_site, states))
        outside = set(filter(self._is_outside, states)) - sites
        before, after = (self._reached(outside, sites, standing) for standing in (set(), closed))
        return sum(self._addresses_on(way, part) for word, way, part in before - after if word == "part")

    def _reached(self, outside: set[State], sites: set[State], standing: set[tuple[int, int]]) -> set[State]:
        """What a search from outside reaches; whoever is on the site gets anywhere on it."""
        queue, seen = deque(outside), set(outside)
        while queue:
            state = queue.popleft()
            for other in (*self._neighbours(state, standing), *(sites if state in sites else ())):
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    def _reached_without(self, goal: State, removed: State) -> bool:
        """Whether a search from outside finds a place without passing another."""
        standing = {(int(step[1]), int(step[2])) for step in self._certificate["standing"] if step[0] == "spot"}
        closed = {self._closed_corner(step) for step in self._certificate["standing"] if step[0] != "spot"} | {removed}
        starts = {self._corner(corner) for corner in self._ways_at if self._reading.corner_outside[corner]}
        queue = deque(start for start in starts if start not in closed)
        seen = set(queue)
        while queue:
            state = queue.popleft()
            if state == goal:
                return True
            for other in self._neighbours(state, standing):
                if other not in seen and other not in closed and not self._is_site(other):
                    seen.add(other)
                    queue.append(other)
        return False

    def _closed_corner(self, step: list[Any]) -> State:
        return ("crossing", int(step[1]), 0) if step[0] == "crossing" else self._corner(int(step[1]))

    def _neighbours(self, state: State, standing: set[tuple[int, int]]) -> list[State]:
        found: list[State] = []
        if self._has_wall(state):
            return found
        for way, spot in self._spots_at(state):
            if (way, spot) in standing or self._is_wall(way, spot):
                continue
            sides = [side for side in (0, 1) if self._end(way, spot, side) == state and self._reading.permits[side][way]]
            found += [self._end(way, spot, 1 - side) for side in sides]
        return found

    def _spots_at(self, state: State) -> list[tuple[int, int]]:
        if state[0] == "part":
            return [(state[1], state[2]), (state[1], state[2] + 1)]
        ways = {way for corner in self._corners_of(state) for way in self._ways_at.get(corner, []) if way in self._spots}
        return [(way, spot) for way in ways for spot in (0, len(self._spots[way]) - 1)]

    def _check_prices(self) -> None:
        barred = {tuple(element) for element in self._certificate["barred"]}
        self._check_barred(barred)
        standing = {tuple(element) for element in self._certificate["standing"]}
        for (kind, first, second), amount in self._used.items():
            element = ("spot", first, second) if kind in _DIRECTIONS else (kind, first)
            if element in standing:
                raise Refused("a path runs through a barrier that a wish pins")
            limit = None if element in barred else self._limit(kind, first, second)
            if limit is not None and amount > limit:
                raise Refused(f"more passes {self._name(kind, first)} than a barrier there costs")
        for pair in self._certificate["pairs"]:
            self._check_pair([tuple(element) for element in pair], barred | standing)

    def _check_pair(self, pair: list[tuple[Any, ...]], excused: set[tuple[Any, ...]]) -> None:
        if excused.intersection(pair):
            return
        prices = [self._hundredths(int(way), int(spot)) for _, way, spot in pair]
        known = [price for price in prices if price is not None]
        if len(known) < len(pair):
            return
        limit = self._prices.joint(known, "carriageway_share") * _UNITS + 1
        if sum(max(self._used[kind, int(way), int(spot)] for kind in _DIRECTIONS) for _, way, spot in pair) > limit:
            raise Refused(f"more passes the two carriageways of {self._name('spot', int(pair[0][1]))} than closing both costs")

    def _check_barred(self, barred: set[tuple[Any, ...]]) -> None:
        question = self._reading.question
        ways = {*question["keep_open"], *question["never_ways"]}
        others = [element for element in barred if element[0] != "spot" or element[1] not in ways]
        if len(others) > len(question["never"]):
            raise Refused("it leaves out places that no wish rules out")

    def _hundredths(self, way: int, spot: int) -> int | None:
        inner = 0 < spot < len(self._spots[way]) - 1
        return self._prices.mid_block(way) if inner else self._prices.mouth(way)

    def _limit(self, kind: str, first: int, second: int) -> int | None:
        """Units that may pass a place; None where no barrier can stand."""
        if kind == "addresses":
            return self._addresses_on(first, second) * int(self._certificate["address_weight"])
        if kind == "addresses of crossing":
            inner = {way for corner in self._corners_of(("crossing", first, 0)) for way in self._ways_at.get(corner, [])}
            ways = [way for way in inner if self._inside_crossing(way)]
            return int(np.isin(self._network.address_way, ways).sum()) * int(self._certificate["address_weight"])
        price: int | None
        if kind in _DIRECTIONS:
            taken = first in self._reading.stretches or self._inside_crossing(first)
            price = None if taken or self._has_no_room(first, second) else self._hundredths(first, second)
        else:
            price = self._corner_price(("corner" if kind == "junction" else kind, first, 0))
        return None if price is None else price * _UNITS + 1

    def _inside_crossing(self, way: int) -> bool:
        ends = [self._crossing.get(int(end[way]), -1) for end in (self._network.way_tail, self._network.way_head)]
        return ends[0] >= 0 and ends[0] == ends[1]

    def _has_no_room(self, way: int, spot: int) -> bool:
        """Whether the site comes so near to the way's end that no barrier fits between."""
        for side in (0, 1):
            end, other = self._end(way, spot, side), self._end(way, spot, 1 - side)
            if end[0] != "part" and other[0] == "part" and self._is_site(other) and not self._is_site(end):
                line = self._reading.line(way) if side == 0 else self._reading.line(way).reverse()
                meeting = shapely.get_coordinates(line.intersection(self._reading.polygon))
                return min(line.project(shapely.Point(point)) for point in meeting) < 4.0 if len(meeting) else True  # noqa: PLR2004
        return False

    def _corner_price(self, state: State) -> int | None:
        corners = self._corners_of(state)
        arms = [way for corner in corners for way in self._ways_at.get(corner, []) if not self._inside_crossing(way)]
        arms += [way for way in set(arms) if self._network.way_tail[way] == self._network.way_head[way]]
        occupied = len(set(arms) & self._reading.stretches) > 0
        arms = [way for way in arms if way not in self._reading.stretches]
        touched = any(self._has_no_room(way, spot) for way in set(arms) for spot in self._mouths(way, corners))
        ends = self._reading.corner_site[corners].any() or self._reading.corner_outside[corners].any()
        prices = [self._prices.mouth(way) for way in arms]
        known = [price for price in prices if price is not None]
        if len(arms) < _LEAST_ARMS - occupied or touched or ends or len(known) < len(arms):
            return None
        return self._prices.joint(known, "junction_share")

    def _mouths(self, way: int, corners: list[int]) -> list[int]:
        """Spots of a way at its ends on some junctions."""
        ends = [(0, self._network.way_tail[way]), (len(self._spots[way]) - 1, self._network.way_head[way])]
        return [spot for spot, corner in ends if corner in corners]

    def _standing(self) -> int:
        claimed = int(self._certificate["standing_price"])
        if claimed and not self._reading.question["pins"]:
            raise Refused("it counts barriers that no wish asks for")
        if claimed > round(self._plan["barrier_cost"] * 100) * _UNITS + len(self._plan["barriers"]):
            raise Refused("the pinned barriers cost more than all barriers")
        return claimed

    def _for_good(self) -> int:
        total = 0
        for way, part in self._certificate["enclosed_for_good"]:
            if not self._reading.is_site(way, *self._span(way, part)):
                raise Refused("it counts addresses as always enclosed that are not on the site")
            total += self._addresses_on(way, part)
        return total * int(self._certificate["address_weight"])

    def _addresses_on(self, way: int, part: int) -> int:
        low, high = self._span(way, part)
        on_way = self._network.address_offset_m[self._network.address_way == way]
        last = part == len(self._spots[way]) - 2
        return int(((on_way >= low - _SAME_M) & ((on_way < high - _SAME_M) | last)).sum())

    def _name(self, kind: str, first: int) -> str:
        if kind in {*_DIRECTIONS, "addresses"}:
            return self._network.street(first) or f"way {first}"
        return f"{kind} {first}"
