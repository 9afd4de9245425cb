"""What a wish asks for, and what a choice that does not meet it lacks.

Freeing more never brings help later. So a choice that leaves an address unserved proves a need: of the stretches on which the
drives to that address, or from the stations, come to a stop, at least one must be freed. The need is then tried: with every
other stretch free, the address must still be unserved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.cache import Cache
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.vehicles import size_of
from clearway.planning.vehicles.contract import Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.network.model import Bools, Floats, Ints, Longs, Network
    from clearway.network.search.sweep import Sweep
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.vehicles.clearing.program import Levels, Literal
    from clearway.planning.vehicles.tally import Stretch

LANE = 1
"""A lane for help is free: how much of a stretch is, one of two levels."""
ALL = 2
"""The whole carriageway is free."""
_CACHED = 64
"""Choices whose times are held: those that one search looks at, and looks at again; 2 MB each for a city."""
_LATE_SHOWN = 40
"""Needs that one choice teaches: more at a time make each program larger than they save programs."""


class Learnt(NamedTuple):
    """A need, as the program takes it and as it is told."""

    literals: frozenset[Literal]
    told: Need | None


class Wish(Protocol):
    """What one step of the staircase asks for."""

    def unmet(self, levels: Levels) -> list[Learnt]:
        """What a choice lacks; nothing where it meets the wish."""


@dataclass(frozen=True)
class Freed:
    """That some stretches are free from kerb to kerb: those on the way of a bus route, or of a street."""

    stretches: tuple[int, ...]

    def unmet(self, levels: Levels) -> list[Learnt]:
        """The stretches that are not."""
        return [Learnt(frozenset({(one, ALL)}), None) for one in self.stretches if levels[one] < ALL]


class HelpStreets:
    """The streets of one service, with stretches that it can drive only once they are freed.

    Args:
        timer: Times addresses.
        one: The service and its stations.
        stretches: Of the tally.
        closures: What else is shut.
        moment: When; None counts every closure.
    """

    def __init__(
        self,
        timer: AccessTimer,
        one: Staffed,
        stretches: Sequence[Stretch],
        closures: Sequence[Closure] = (),
        moment: datetime | None = None,
    ) -> None:
        service = one.service
        self.name, self.within_ms = service.name, min(round(service.within_s * 1000), NEVER_MS - 1)
        self.vehicle_class = service.vehicle_class
        self._mask = class_mask([service.vehicle_class])
        self.size = size = size_of(timer.network, service.vehicle_class, service.vehicle)
        self._timer = timer
        self._open: Timing = timer.after(one.stations, service.vehicle_class, closures, moment, size=size)
        self._ways = [stretch.ways for stretch in stretches]
        self.shut = tuple(place for place, stretch in enumerate(stretches) if stretch.is_shut_to_help)
        self._known: Cache[Timing] = Cache(_CACHED)

    @property
    def network(self) -> Network:
        """The network."""
        return self._timer.network

    def timing(self, closed: frozenset[int]) -> Timing:
        """Help with some stretches shut."""
        return self._known.of(closed, lambda: self._timed(closed))

    def _timed(self, closed: frozenset[int]) -> Timing:
        if not closed:
            return self._open
        ways = sorted({way for place in closed for way in self._ways[place]})
        closures = tuple(Closure(way=way, shuts=self._mask) for way in ways)
        return self._timer.moved(self._open, (*self._open.closures, *closures))

    def closed(self, levels: Levels) -> frozenset[int]:
        """The stretches that a choice leaves shut."""
        return frozenset(place for place in self.shut if levels[place] < LANE)

    def on_way(self) -> dict[int, list[int]]:
        """The shut stretches of each way."""
        found: dict[int, list[int]] = {}
        for place in self.shut:
            for way in self._ways[place]:
                found.setdefault(way, []).append(place)
        return found


class _Links(NamedTuple):
    """Edges as rows of a graph, of those between the same two nodes the quickest. N nodes, L links."""

    start: Longs  # (N + 1,)
    end: Longs  # (L,)
    ms: Floats  # (L,)


class _Frontier:
    """Where drives come to a stop: the shut stretches that lead on towards an address, or away from the stations."""

    def __init__(self, streets: HelpStreets, closed: frozenset[int], blocked: int | None) -> None:
        self._streets, self._timing = streets, streets.timing(closed)
        graph = self._timing.graph
        self._graph = graph
        on_way = streets.on_way()
        shut_ways = np.zeros(graph.network.way_count, np.bool_)
        shut_ways[[way for way, places in on_way.items() if closed & set(places)]] = True
        edge_way = graph.edge_arc >> 1
        base_ms = self._timing.tree.edge_ms if not closed else streets.timing(frozenset()).tree.edge_ms
        usable = base_ms < NEVER_MS
        if blocked is not None:
            usable &= edge_way != blocked
        self._shut = usable & shut_ways[edge_way]
        self._drives = usable & ~shut_ways[edge_way]
        self._usable, self._ms, self._edge_way = usable, base_ms, edge_way
        self._on_way = {way: [place for place in places if place in closed] for way, places in on_way.items()}

    def _far(self, nodes: Ints, start_ms: Ints, links: _Links) -> Floats:
        """(N,) milliseconds from some nodes, or to them."""
        count = self._graph.node_count
        soonest: dict[int, int] = {}
        for node, ms in zip(nodes.tolist(), start_ms.tolist(), strict=True):
            soonest[node] = min(ms, soonest.get(node, ms))
        ms = np.concatenate((links.ms, np.array(list(soonest.values()), np.float64) + 1.0))  # no link of a graph is 0
        ends = np.concatenate((links.end, np.array(list(soonest), np.int64)))
        graph = csr_array((ms, ends, np.append(links.start, len(ms))), shape=(count + 1, count + 1))
        found: Floats = dijkstra(graph, indices=[count])[0, :count] - 1.0
        return found

    def _links(self, chosen: Bools, *, backward: bool) -> _Links:
        graph = self._graph
        tail, head = graph.edge_tail[chosen], graph.edge_head[chosen]
        if backward:
            tail, head = head, tail
        ms = self._ms[chosen]
        order = np.lexsort((ms, head, tail))
        tail, head, ms = tail[order], head[order], ms[order]
        first = np.ones(len(tail), np.bool_)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        start = np.searchsorted(tail[first], np.arange(graph.node_count + 1))
        return _Links(start.astype(np.int64), head[first].astype(np.int64), ms[first].astype(np.float64))

    @cached_property
    def _back_now(self) -> _Links:
        return self._links(self._drives, backward=True)

    @cached_property
    def _back_freed(self) -> _Links:
        return self._links(self._usable, backward=True)

    @cached_property
    def _from_stations(self) -> Floats:
        return self._far_from_stations(self._usable, freed=True)

    @cached_property
    def _from_stations_now(self) -> Floats:
        return self._far_from_stations(self._drives, freed=False)

    def _far_from_stations(self, chosen: Bools, *, freed: bool) -> Floats:
        starts = (self._streets.timing(frozenset()) if freed else self._timing).tree.origins
        return self._far(starts.seed_node, starts.seed_ms, self._links(chosen, backward=False))

    def to_address(self, nodes: Ints, extra_ms: Ints, limit_ms: int) -> frozenset[int]:
        """Shut stretches of which a drive that comes in time takes one as its last."""
        back = self._far(nodes, extra_ms, self._back_now)
        return self._led_over(self._from_stations, back, limit_ms)

    def from_stations(self, nodes: Ints, extra_ms: Ints, limit_ms: int) -> frozenset[int]:
        """Shut stretches of which a drive that comes in time takes one as its first."""
        back = self._far(nodes, extra_ms, self._back_freed)
        return self._led_over(self._from_stations_now, back, limit_ms)

    def _led_over(self, there: Floats, back: Floats, limit_ms: int) -> frozenset[int]:
        edges = np.flatnonzero(self._shut)
        graph = self._graph
        whole_ms = there[graph.edge_tail[edges]] + self._ms[edges] + back[graph.edge_head[edges]]
        ways = np.unique(self._edge_way[edges[whole_ms <= limit_ms]])
        return frozenset(place for way in ways.tolist() for place in self._on_way.get(way, ()))


class HelpInTime:
    """That help comes within its standard, or at all where it comes later even with every stretch free.

    Args:
        streets: Of the service.
    """

    def __init__(self, streets: HelpStreets) -> None:
        self._streets = streets
        free = streets.timing(frozenset()).ms
        at_all = np.where(free < NEVER_MS, NEVER_MS - 1, NEVER_MS)
        self.limit_ms: Longs = np.where(free <= streets.within_ms, streets.within_ms, at_all).astype(np.int64)
        """(D,) milliseconds to each address; ``NEVER_MS`` where nothing is asked."""
        self.never = free > streets.within_ms
        """(D,) addresses that it does not reach within its standard with every stretch free."""

    @property
    def asked(self) -> Bools:
        """(D,) addresses for which something is asked."""
        asked: Bools = self.limit_ms < NEVER_MS
        return asked

    def late(self, closed: frozenset[int]) -> Bools:
        """(D,) the addresses that are not served with some stretches shut."""
        late: Bools = self._streets.timing(closed).ms > self.limit_ms
        return late & self.asked

    def unmet(self, levels: Levels) -> list[Learnt]:
        """The needs of the addresses that are not served."""
        streets, closed = self._streets, self._streets.closed(levels)
        late = self.late(closed)
        if not late.any():
            return []
        frontier, found = _Frontier(streets, closed, None), list[Learnt]()
        own = {way: frozenset(closed.intersection(places)) for way, places in streets.on_way().items()}
        network = streets.network
        while late.any() and len(found) < _LATE_SHOWN:
            address = int(late.argmax())
            limit_ms = int(self.limit_ms[address])
            choices: list[frozenset[int]] = []
            if on_it := own.get(int(network.address_way[address])):
                choices += [frozenset({one}) for one in sorted(on_it)]
            else:
                nodes, extra_ms = _entries(streets.timing(closed), address)
                choices += [frontier.to_address(nodes, extra_ms, limit_ms), frontier.from_stations(nodes, extra_ms, limit_ms)]
            proved = [one for one in dict.fromkeys(choices) if one and self.late(one)[address]] or [closed]
            for one in proved:
                within_ms = limit_ms if limit_ms < NEVER_MS - 1 else None
                told = Need(any_of=_lanes(one), service=streets.name, address=address, within_ms=within_ms, blocked=None)
                found.append(Learnt(frozenset(_lanes(one)), told))
                late &= ~self.late(one)
            late[address] = False
        return found


class TwoApproaches:
    """That no single blocked street cuts off an address, of those for which that can be had.

    Args:
        streets: Of the service.
    """

    def __init__(self, streets: HelpStreets) -> None:
        self.name = streets.name
        self._streets = streets
        self._sweeps: Cache[Sweep] = Cache(_CACHED)
        self.asked: Bools = self._sweep(frozenset()).two_approaches
        """(D,) addresses that have two approaches with every stretch free."""

    def _sweep(self, closed: frozenset[int]) -> Sweep:
        def swept() -> Sweep:
            timing = self._streets.timing(closed)
            return block_each_way(timing.graph, timing.tree, timing.targets)

        return self._sweeps.of(closed, swept)

    def unmet(self, levels: Levels) -> list[Learnt]:
        """The needs of the addresses that one blocked street cuts off."""
        closed = self._streets.closed(levels)
        sweep = self._sweep(closed)
        weak = self.asked & ~sweep.two_approaches
        start, ways = sweep.single_ways
        found: dict[frozenset[int], Learnt] = {}
        unreached = weak & (sweep.base_ms >= NEVER_MS)
        for address in _one_a_way(self._streets.network, weak):
            blocked = int(ways[start[address]]) if start[address + 1] > start[address] else None
            need = self._need(closed, address, blocked if not unreached[address] else None)
            told = Need(
                any_of=_lanes(need), service=self._streets.name, address=address, within_ms=None,
                blocked=blocked if not unreached[address] else None,
            )  # fmt: skip
            found.setdefault(need, Learnt(frozenset(_lanes(need)), told))
            if len(found) >= _LATE_SHOWN:
                break
        return list(found.values())

    def _need(self, closed: frozenset[int], address: int, blocked: int | None) -> frozenset[int]:
        streets = self._streets
        way = int(streets.network.address_way[address])
        own = [place for place in streets.on_way().get(way, ()) if place in closed]
        if own:
            return frozenset({own[0]})
        frontier = _Frontier(streets, closed, blocked)
        nodes, extra_ms = _entries(streets.timing(closed), address)
        choices = [frontier.to_address(nodes, extra_ms, NEVER_MS - 1), frontier.from_stations(nodes, extra_ms, NEVER_MS - 1)]
        if blocked == way:
            choices += [frontier.to_address(nodes[[one]], extra_ms[[one]], NEVER_MS - 1) for one in range(len(nodes))]
        proved = [one for one in choices if one and self._cut_off(one, address, blocked)]
        return min(proved, key=lambda one: (len(one), sorted(one)), default=closed)

    def _cut_off(self, closed: frozenset[int], address: int, blocked: int | None) -> bool:
        """Whether an address is cut off by one way, with some stretches shut and all others free."""
        timing = self._streets.timing(closed)
        if timing.ms[address] >= NEVER_MS:
            return True
        if blocked is None:
            return False
        only = block_each_way(timing.graph, timing.tree, timing.targets, np.array([blocked], np.int32))
        return bool((only.cut_address == address).any())


def _entries(timing: Timing, address: int) -> tuple[Ints, Ints]:
    """The nodes from which an address is driven to, and the milliseconds from there."""
    targets = timing.targets
    rows = slice(int(targets.start[address]), int(targets.start[address + 1]))
    return targets.node[rows], targets.extra_ms[rows]


def _lanes(places: frozenset[int]) -> tuple[Literal, ...]:
    return tuple((place, LANE) for place in sorted(places))


def _one_a_way(network: Network, chosen: Bools) -> Iterator[int]:
    """Of some addresses the first on each way."""
    addresses = chosen.nonzero()[0]
    _, first = np.unique(network.address_way[addresses], return_index=True)
    yield from addresses[np.sort(first)].tolist()
