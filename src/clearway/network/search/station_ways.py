"""A blocked way on which a station itself stands.

The car may stand on either side of the station, or between two: each stretch of the way between stations is tried, the
stations before it can leave by the tail only, those behind it by the head only, and each address is given the worst.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.graph import ranges
from clearway.network.search.targets import nearest_approach, straight_ms

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Ints, Longs
    from clearway.network.search.repair import Retimer
    from clearway.network.search.targets import Targets


@dataclass(frozen=True, eq=False)
class Before:
    """The addresses with nothing blocked. D addresses, N nodes.

    Attributes:
        ms: (D,) milliseconds to each.
        direct_ms: (D,) straight from an origin on the same way, ``NEVER_MS`` where there is none.
        node_start: (N + 1,) first entry of each node in ``address``.
        address: The addresses whose soonest approach is from each node, node by node.
    """

    ms: Ints
    direct_ms: Ints
    node_start: Ints
    address: Ints

    def served_from(self, nodes: Ints) -> Ints:
        """The addresses whose soonest approach is from one of some nodes."""
        return self.address[ranges(self.node_start[nodes], self.node_start[nodes + 1])]


def worst_with_stations(retimer: Retimer, targets: Targets, before: Before, way: int) -> tuple[Ints, Ints]:
    """What a car at the worst spot for each address does, on a way that holds origins of the tree.

    Args:
        retimer: Of the tree with nothing blocked; as it was when this returns.
        targets: Under the tree's closures.
        before: The addresses with nothing blocked.
        way: The way.

    Returns:
        The addresses that may be concerned, rising, and the milliseconds to each of them; the others keep their time.
    """
    origins, network = retimer.tree.origins, retimer.tree.graph.network
    length = float(network.way_length_m[way])
    here, on_way = origins.way == way, targets.on_way(way)
    ends = np.unique(np.clip([0.0, *origins.offset_m[here], length], 0.0, length))
    concerned, times = [on_way], [before.ms[on_way]]
    for low, high in pairwise(ends.tolist()):
        sides = here & (origins.offset_m <= low), here & (origins.offset_m >= high)
        changed, seed_ms = _park(retimer, way, *sides)
        addresses = before.served_from(changed)
        addresses = addresses[network.address_way[addresses] != way]
        concerned += [addresses, on_way]
        times.append(np.minimum(_soonest(retimer, targets, addresses), before.direct_ms[addresses]))
        times.append(_on_the_way(retimer, targets, way, (low, high), sides))
        retimer.undo()
        retimer.labels.seed_ms[:] = seed_ms
    listed, at = np.unique(np.concatenate(concerned), return_inverse=True)
    worst = before.ms[listed]
    np.maximum.at(worst, at, np.concatenate(times))
    return listed.astype(np.int32), worst


def _park(retimer: Retimer, way: int, before: Bools, behind: Bools) -> tuple[Ints, Words]:
    """Shut the way; origins before the car no longer leave by its head, nor those behind it by its tail.

    Returns:
        The nodes that may have changed; the seeds' times as they were, to be put back.
    """
    origins, seed_ms = retimer.tree.origins, retimer.labels.seed_ms.view(np.int32)
    before_ms = retimer.labels.seed_ms.copy()
    lost = (before[origins.seed_origin] & (origins.seed_arc == 2 * way)) | (
        behind[origins.seed_origin] & (origins.seed_arc == 2 * way + 1)
    )
    nodes = origins.seed_node[lost]
    seed_ms[nodes] = NEVER_MS
    np.minimum.at(seed_ms, origins.seed_node[~lost], origins.seed_ms[~lost])
    worse = nodes[seed_ms[nodes] > retimer.tree.ms[nodes]]
    return retimer.without(retimer.tree.graph.edges_of(np.array([2 * way, 2 * way + 1])), worse), before_ms


def _soonest(retimer: Retimer, targets: Targets, addresses: Ints) -> Ints:
    """Milliseconds to some addresses by their approaches."""
    first, end = targets.start[addresses], targets.start[addresses + 1]
    approach = ranges(first, end)
    start = np.concatenate((np.zeros(1, np.int32), np.cumsum(end - first, dtype=np.int32)))
    ms, taken = np.empty(len(addresses), np.int32), np.empty(len(addresses), np.int32)
    nearest_approach(retimer.ms, start, targets.node[approach], targets.extra_ms[approach], ms, taken)
    return ms


def _on_the_way(retimer: Retimer, targets: Targets, way: int, ends: tuple[float, float], sides: tuple[Bools, Bools]) -> Ints:
    """Milliseconds to each address on the way, the car between two ends and, where the address is too, on its worse side."""
    at_m = targets.graph.network.address_offset_m[targets.on_way(way)]
    along = _from_side(retimer, targets, way, against=False, stations=sides[0])
    against = _from_side(retimer, targets, way, against=True, stations=sides[1])
    return np.maximum(np.where(at_m < ends[1], along, 0), np.where(at_m > ends[0], against, 0)).astype(np.int32)


def _from_side(retimer: Retimer, targets: Targets, way: int, *, against: bool, stations: Bools) -> Longs:
    """Milliseconds to each address on the way from one side of the car: by that side's end, or from a station on that side."""
    addresses, origins = targets.on_way(way), retimer.tree.origins
    first, end = targets.start[addresses], targets.start[addresses + 1]
    approach, row = ranges(first, end), np.repeat(np.arange(len(addresses)), end - first)
    soonest = np.full(len(addresses), NEVER_MS, np.int64)
    entered = targets.arc[approach] % 2 == against
    there = retimer.ms[targets.node[approach]].astype(np.int64) + targets.extra_ms[approach]
    np.minimum.at(soonest, row[entered], there[entered])
    for station in np.flatnonzero(stations).tolist():
        there = straight_ms(targets, way, float(origins.offset_m[station]), int(origins.start_ms[station]))
        soonest = np.minimum(soonest, there)
    return soonest
