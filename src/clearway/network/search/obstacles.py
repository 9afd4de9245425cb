"""What stands along ways, as one class of vehicle meets it: stops of the network and closures of the day.

One rule for addresses, stations and blocked streets alike: an obstacle at a point parts what lies on either side of it;
what lies at exactly that point can be reached from both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index
from clearway.network.model import MS_PER_KMH_M

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Floats, Ints, Longs
    from clearway.network.search.graph import RoutingGraph


@dataclass(frozen=True, eq=False)
class Obstacles:
    """Where the vehicles of a graph's class may drive on each arc.

    Attributes:
        graph: The graph whose class it is.
        usable: (A,) the class may drive on the arc, and no closure shuts all of it.
        arc: (O,) arc of each obstacle at a point, in rising order; one that stops both directions is there twice.
        at_m: (O,) metres from the way's tail, rising within an arc.
        gate_arc: (G,) arc of each gate that the class may pass once it has been opened, in no order.
        gate_at_m: (G,) metres from the way's tail.
        gate_ms: (G,) whole milliseconds that opening it takes.
    """

    graph: RoutingGraph
    usable: Bools
    arc: Ints
    at_m: Floats
    gate_arc: Ints
    gate_at_m: Floats
    gate_ms: Ints

    def on_arc(self, arc: int) -> Floats:
        """Metres from the way's tail of each obstacle on an arc, rising."""
        first, end = np.searchsorted(self.arc, [arc, arc + 1])
        return self.at_m[first:end]

    def part(self, arc: int, from_m: float, to_m: float) -> bool:
        """Whether an obstacle on an arc stands between two offsets from the way's tail, in either order, ends not counted."""
        between = self.on_arc(arc)
        return bool(((between > min(from_m, to_m)) & (between < max(from_m, to_m))).any())

    def gates_ms(self, arc: int, from_m: float, to_m: float) -> int:
        """Milliseconds lost at the gates of an arc between two offsets from the way's tail, ends not counted."""
        between = (self.gate_at_m > min(from_m, to_m)) & (self.gate_at_m < max(from_m, to_m)) & (self.gate_arc == arc)
        return int(self.gate_ms[between].sum())

    def bounds_m(self) -> Floats:
        """(A,) the offset from the way's tail up to which an arc can be driven from its start.

        The first obstacle of an arc along the way, the last of an arc against it; infinite where nothing stands.
        """
        bounds = np.full(len(self.usable), np.inf)
        bounds[1::2] = -np.inf
        along = self.arc % 2 == 0
        np.minimum.at(bounds, self.arc[along], self.at_m[along])
        np.maximum.at(bounds, self.arc[~along], self.at_m[~along])
        return bounds

    def stretch_ms(self, arc: int, metres: float) -> int:
        """Whole milliseconds for a stretch of an arc; see :func:`stretch_ms`."""
        return int(stretch_ms(np.array([metres]), self.graph.arc_speed_kmh[[arc]])[0])


def obstacles_of(graph: RoutingGraph, closures: Iterable[Closure] = (), moment: datetime | None = None) -> Obstacles:
    """What stands in the way of a graph's class, the network's own stops and the closures that hold at a moment.

    Args:
        graph: The class's graph.
        closures: Closures, those that do not concern the class included.
        moment: When; None counts every closure.
    """
    network, vehicle_class = graph.network, graph.vehicle_class
    usable = graph.arc_permitted.copy()
    blocks = np.flatnonzero(network.stop_blocks >> class_index(vehicle_class) & 1)
    arcs = [2 * network.stop_way[blocks], 2 * network.stop_way[blocks] + 1]
    offsets = [network.stop_offset_m[blocks]] * 2
    gates: list[tuple[int, float, int]] = []
    for closure in closures:
        on = [2 * closure.way + against for against, held in enumerate((closure.along, closure.against)) if held]
        if closure.delays(vehicle_class, moment) and closure.at_m is not None:
            gates += [(arc, closure.at_m, closure.delay_ms) for arc in on]
        elif closure.holds(vehicle_class, moment) and closure.at_m is None:
            usable[on] = False
        elif closure.holds(vehicle_class, moment):
            arcs.append(np.array(on, np.int32))
            offsets.append(np.full(len(on), closure.at_m))
    arc, at_m = np.concatenate(arcs).astype(np.int32), np.concatenate(offsets)
    order = np.lexsort((at_m, arc))
    gate_arc, gate_at_m, gate_ms = np.array(gates, np.float64).reshape(-1, 3).T
    return Obstacles(graph, usable, arc[order], at_m[order], gate_arc.astype(np.int32), gate_at_m, gate_ms.astype(np.int32))


def stretch_ms(metres: Floats, speed_kmh: Floats) -> Longs:
    """Whole milliseconds for stretches of arcs: ``rint(metres * 3600 / speed)``, half to even, at least 0.

    The rule that certificates are checked by. A stretch may take 0, a whole arc (``Network.travel_ms``) at least 1.

    >>> stretch_ms(np.array([100.0, 0.0]), np.array([50.0, 50.0])).tolist()
    [7200, 0]

    Args:
        metres: (n,) driven from the arc's end or from a vehicle to an address.
        speed_kmh: (n,) > 0.
    """
    return np.maximum(np.rint(metres * MS_PER_KMH_M / speed_kmh), 0).astype(np.int64)
