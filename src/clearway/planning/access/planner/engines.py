"""How many vehicles of a service come to an address, and when the second one does.

One fire engine saves people, two put out a fire. How many stand at each station is an input (``engines``); where it is not
known of every station, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.closures import gate_ms, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.search import travel_times
from clearway.network.search.targets import nearest_approach, straight_ms

if TYPE_CHECKING:
    from clearway.network.model import Ints
    from clearway.planning.access.planner.timing import Timing


def station_ms(timing: Timing) -> Ints:
    """(K, D) milliseconds from each station alone to every address, ``NEVER_MS`` where its vehicles do not come."""
    graph, origins, targets = timing.graph, timing.tree.origins, timing.targets
    shut = shut_arcs(graph.network, timing.closures, graph.vehicle_class)
    lost_ms = gate_ms(graph.network, timing.gates, graph.vehicle_class)
    table = np.empty((len(origins), targets.address_count), np.int32)
    for index, node_ms in enumerate(travel_times(graph, origins, shut, lost_ms)):
        nearest_approach(node_ms, targets.start, targets.node, targets.extra_ms, table[index], np.empty_like(table[index]))
        way, at_m, start_ms = int(origins.way[index]), float(origins.offset_m[index]), int(origins.start_ms[index])
        here = targets.on_way(way)
        table[index, here] = np.minimum(table[index, here], straight_ms(targets, way, at_m, start_ms))
    return table


def engines_in_time(table: Ints, engines: Ints, most_ms: float) -> Ints:
    """(D,) how many vehicles come within some milliseconds.

    Args:
        table: (K, D) milliseconds from each station.
        engines: (K,) vehicles at each.
        most_ms: Milliseconds, less than ``NEVER_MS``.
    """
    come: Ints = ((table <= most_ms) * engines[:, None]).sum(axis=0, dtype=np.int32)
    return come


def second_ms(table: Ints, engines: Ints) -> Ints:
    """(D,) milliseconds until the second vehicle comes, ``NEVER_MS`` where none does.

    Args:
        table: (K, D) milliseconds from each station.
        engines: (K,) vehicles at each, at least 1.
    """
    twice = table[np.repeat(np.arange(len(table)), np.minimum(engines, 2))]
    if len(twice) < 2:  # noqa: PLR2004 - a second one
        return np.full(table.shape[1], NEVER_MS, np.int32)
    second: Ints = np.partition(twice, 1, axis=0)[1]
    return second
