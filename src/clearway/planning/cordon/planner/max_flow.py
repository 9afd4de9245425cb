"""Maximum flow on small integer networks.

Dinic's algorithm (E. A. Dinic, 1970), with levels counted from the sink so that a finished run also gives the smallest sink
side, on arcs kept in pairs: arc ``a ^ 1`` is the reverse of arc ``a``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs


def incidence(node_count: int, arc_tail: Longs) -> tuple[Longs, Longs]:
    """Arcs by the node they leave: (N + 1,) first entry of each node, (A,) arc indexes."""
    order = np.argsort(arc_tail, kind="stable")
    start = np.zeros(node_count + 1, np.int64)
    np.cumsum(np.bincount(arc_tail, minlength=node_count), out=start[1:])
    return start, order


def max_flow(
    arc_head: Longs, start: Longs, order: Longs, capacity: Longs, source: int, sink: int, left: Longs | None = None
) -> tuple[int, Longs, Bools]:
    """A maximum flow, its residual capacities and the smallest sink side of a minimum cut.

    Args:
        arc_head: (A,) int64, node each arc enters; arc ``a ^ 1`` is the reverse of ``a``.
        start: (N + 1,) int64 from ``incidence``.
        order: (A,) int64 from ``incidence``.
        capacity: (A,) int64, at least 0.
        source: Node index.
        sink: Node index, another one.
        left: (A,) int64, at least 0: what a flow to begin with leaves of the capacity; that of no flow by default.

    Returns:
        Value, (A,) residual capacity, (N,) whether a node can still reach the sink.

    >>> head = np.array([1, 0, 2, 1])
    >>> start, order = incidence(3, head[[1, 0, 3, 2]])
    >>> max_flow(head, start, order, np.array([4, 0, 3, 0]), 0, 2)[0]
    3
    """
    residual = (capacity if left is None else left).copy()
    level = np.empty(len(start) - 1, np.int64)
    _dinic(len(start) - 1, arc_head, start, order, residual, source, sink, level)
    out_of_source = order[start[source] : start[source + 1]]
    return int((capacity[out_of_source] - residual[out_of_source]).sum()), residual, level >= 0


@kernel
def _dinic(node_count, arc_head, start, order, residual, source, sink, level):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912
    """Augment until the source is out of reach; ``level`` ends as the distance to the sink, -1 where it cannot be reached."""
    queue = np.empty(node_count, np.int64)
    current = np.empty(node_count, np.int64)
    path = np.empty(node_count, np.int64)
    while True:
        level[:] = -1
        level[sink] = 0
        queue[0] = sink
        first, end = 0, 1
        while first < end and (level[source] < 0 or level[queue[first]] < level[source] - 1):
            node = queue[first]
            first += 1
            for entry in range(start[node], start[node + 1]):
                arc = order[entry]
                other = arc_head[arc]
                if level[other] < 0 and residual[arc ^ 1] > 0:
                    level[other] = level[node] + 1
                    queue[end] = other
                    end += 1
        if level[source] < 0:
            return
        current[:] = start[:node_count]
        node, depth = source, 0
        while True:
            if node == sink:
                least = residual[path[0]]
                for step in range(1, depth):
                    least = min(least, residual[path[step]])
                back = 0
                for step in range(depth - 1, -1, -1):
                    residual[path[step]] -= least
                    residual[path[step] ^ 1] += least
                    if residual[path[step]] == 0:
                        back = step
                depth = back
                node = arc_head[path[back] ^ 1]
                continue
            while current[node] < start[node + 1]:
                arc = order[current[node]]
                if residual[arc] > 0 and level[arc_head[arc]] == level[node] - 1 and level[arc_head[arc]] >= 0:
                    break
                current[node] += 1
            if current[node] < start[node + 1]:
                path[depth] = order[current[node]]
                node = arc_head[path[depth]]
                depth += 1
            elif node == source:
                break
            else:
                depth -= 1
                node = arc_head[path[depth] ^ 1]
                current[node] += 1
