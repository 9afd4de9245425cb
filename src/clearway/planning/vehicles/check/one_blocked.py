"""Every street blocked in turn, by plain searches: whom that cuts off, and who has two approaches.

A car may stand anywhere on the blocked street: an address on it is cut off where it is so for some spot of the car, and so is
one that is reached from a station on it.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from clearway.planning.access.check.network_reading import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Longs
    from clearway.planning.access.check.claim import StationClaim
    from clearway.planning.access.check.network_reading import NetworkReading


class OneBlocked:
    """The streets of one class under some closures, a street blocked in turn.

    Args:
        reading: The streets.
        starts: The stations.
    """

    def __init__(self, reading: NetworkReading, starts: Sequence[StationClaim]) -> None:
        self._reading, self._starts = reading, starts
        streets = reading.streets
        self._network = streets.network
        driven = np.flatnonzero(reading.passable[streets.moves.arc])
        order = driven[np.argsort(streets.moves.state[driven], kind="stable")]
        self._from, self._to = streets.moves.state[order], streets.moves.after[order]
        self._way = streets.moves.arc[order] >> 1
        at_m = self._network.address_offset_m.astype(np.float64)
        self._arcs = [2 * self._network.address_way.astype(np.int64) + side for side in (0, 1)]
        self._open = [reading.to_ms(arc, at_m) < NEVER for arc in self._arcs]
        self._at_m = at_m
        self._straight: dict[int, list[float]] = {}  # of an address, the stations that drive straight to it
        for start in starts:
            for address in np.flatnonzero(self._network.address_way == start.way).tolist():
                if reading.straight(start, address) is not None:
                    self._straight.setdefault(address, []).append(start.at_m)

    def two_approaches(self, addresses: Iterable[int] | None = None) -> Bools:
        """(D,) the addresses that are reached, and that no single blocked street cuts off.

        Args:
            addresses: Those to look at; the others are False. None: all.
        """
        if addresses is None:
            safe, ways = self._reached.copy(), self._tree_ways
        else:
            safe = np.zeros_like(self._reached)
            safe[list(addresses)] = self._reached[list(addresses)]
            ways = self._ways_to(np.flatnonzero(safe))
        first = [start.way for start in self._starts]  # one that alone leads from all stations spares the rest
        for way in dict.fromkeys([*first, *ways.tolist()]):
            if not safe.any():
                break
            safe &= ~self.cut_off_by(way)
        return safe

    def cut_off_by(self, way: int) -> Bools:
        """(D,) the addresses, of those that are reached, that a blocked way cuts off."""
        held = sorted({start.at_m for start in self._starts if start.way == way})
        on_it = np.flatnonzero(self._network.address_way == way).tolist()
        lost = np.zeros(self._network.address_count, np.bool_)
        for low, high in pairwise((-np.inf, *held, np.inf)):
            entered = self._entered(way, (low, high))
            by_end = [entered[arc] & is_open for arc, is_open in zip(self._arcs, self._open, strict=True)]
            here = ~(by_end[0] | by_end[1])
            here[on_it] = here[list(self._straight)] = False  # who is driven straight to along another street is not cut off
            lost |= here
            for address in on_it:
                lost[address] |= self._cut_off_on_it(address, (low, high), (bool(by_end[0][address]), bool(by_end[1][address])))
        return lost & self._reached

    def _cut_off_on_it(self, address: int, between: tuple[float, float], by_end: tuple[bool, bool]) -> bool:
        """Whether a car on the address's own way, between two spots, may cut it off.

        Args:
            address: The address.
            between: Metres from the way's tail, where the car stands somewhere.
            by_end: Whether it is driven to from the tail, and from the head, as long as no car stands between.
        """
        at_m, length = float(self._at_m[address]), float(self._network.way_length_m[self._network.address_way[address]])
        low, high = between
        spots = [(low, min(high, at_m)), (max(low, at_m), high)]
        for car_from, car_to in spots:
            if car_from >= car_to or car_to <= 0 or car_from >= length:
                continue  # no car stands there
            behind = at_m <= car_from  # on the tail's side of the car
            straight = any((station <= car_from) == behind for station in self._straight.get(address, ()))
            if not by_end[0 if behind else 1] and not straight:
                return True
        return False

    @cached_property
    def _reached(self) -> Bools:
        entered = self._entered(None, (-np.inf, np.inf))
        by_end = [entered[arc] & is_open for arc, is_open in zip(self._arcs, self._open, strict=True)]
        found: Bools = by_end[0] | by_end[1]
        found[list(self._straight)] = True
        return found

    @cached_property
    def _search(self) -> tuple[Longs, Longs]:
        """(S + 1,) of each state the state before it and the way between, on the way of a search; -1 where there is none."""
        before, _ = self._run(None, (-np.inf, np.inf))
        way = np.full(len(before), -1, np.int64)
        on_tree = before[self._to] == self._from
        way[self._to[on_tree]] = self._way[on_tree]
        return before, way

    @cached_property
    def _tree_ways(self) -> Longs:
        """Who blocks a way that no drive of a search takes cuts off nobody; ways of addresses and stations besides."""
        _, way = self._search
        stations = [start.way for start in self._starts]
        return np.unique(np.concatenate((way[way >= 0], self._network.address_way.astype(np.int64), stations))).astype(np.int64)

    def _ways_to(self, addresses: Longs) -> Longs:
        before, way = self._search
        moves = self._reading.streets.moves
        ways = {start.way for start in self._starts}
        for address in addresses.tolist():
            ways.add(int(self._network.address_way[address]))
            arcs = [arc[address] for arc, is_open in zip(self._arcs, self._open, strict=True) if is_open[address]]
            entries = np.isin(moves.arc, arcs)
            for state in moves.state[entries].tolist():
                at = state
                while way[at] >= 0:
                    ways.add(int(way[at]))
                    at = int(before[at])
        return np.array(sorted(ways), np.int64)

    def _entered(self, blocked: int | None, between: tuple[float, float]) -> Bools:
        """(A,) whether the start of an arc is reached."""
        moves = self._reading.streets.moves
        _, reached = self._run(blocked, between)
        entered = np.zeros(len(self._reading.streets.tail), np.bool_)
        entered[moves.arc[reached[moves.state]]] = True
        return entered

    def _run(self, blocked: int | None, between: tuple[float, float]) -> tuple[Longs, Bools]:
        """The state before each, and which are reached, with a way blocked between two spots on it."""
        count = self._reading.streets.state_count
        keep = slice(None) if blocked is None else self._way != blocked
        start = np.searchsorted(self._from[keep], np.arange(count + 1))
        seeds = sorted(set(self._seeds(blocked, between)))
        ends = np.concatenate((self._to[keep], np.array(seeds, np.int64)))
        graph = csr_array((np.ones(len(ends)), ends, np.append(start, len(ends))), shape=(count + 1, count + 1))
        order, before = breadth_first_order(graph, count)
        reached = np.zeros(count + 1, np.bool_)
        reached[order] = True
        return before.astype(np.int64), reached[:count]

    def _seeds(self, blocked: int | None, between: tuple[float, float]) -> Iterable[int]:
        streets = self._reading.streets
        for one in self._starts:
            for arc in (2 * one.way, 2 * one.way + 1):
                if one.way == blocked and (one.at_m <= between[0]) != (arc % 2 == 1):
                    continue  # the car stands on that side
                if self._reading.seed(one, arc) is not None:
                    yield int(streets.moves.after[arc])
