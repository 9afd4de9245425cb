"""Where drivers must be warned: the last junctions at which one can still turn off without turning round."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.planning.plan.detours.streets import ThroughStreets

AT_JUNCTION_M = 10.0
"""Who turns in sees a closure so near before the corner is behind."""


@dataclass(frozen=True)
class Sign:
    """A junction with a street that leads only to what is shut.

    Attributes:
        arc: The first arc of that street.
        arms: Arcs by which traffic comes to the junction and could turn into it, in rising order.
        metres: From the junction to where the nearest closure on the way stands.
        meets: Arcs that are shut and come first on the way.
    """

    arc: int
    arms: tuple[int, ...]
    metres: float
    meets: tuple[int, ...]

    @property
    def traps(self) -> bool:
        """Whether who drives in must turn round in the street: the closure is not at the junction itself."""
        return self.metres > AT_JUNCTION_M


def signs(streets: ThroughStreets) -> list[Sign]:
    """Every last junction, in the order of the arcs."""
    onward = streets.onward
    turns_in = np.flatnonzero(streets.after[onward.tail] & streets.lost[onward.head])
    arms: dict[int, set[int]] = {}
    nodes: dict[int, set[int]] = {}
    for move in turns_in.tolist():
        arc = int(onward.node_arc[onward.head[move]])
        arms.setdefault(arc, set()).add(int(onward.node_arc[onward.tail[move]]))
        nodes.setdefault(arc, set()).add(int(onward.head[move]))
    found = []
    for arc in sorted(arms):
        metres, meets = _ahead(streets, nodes[arc])
        found.append(Sign(arc, tuple(sorted(arms[arc])), metres, meets))
    return found


def _ahead(streets: ThroughStreets, starts: set[int]) -> tuple[float, tuple[int, ...]]:
    """Metres from some nodes' beginning to the nearest closure along lost streets, and all arcs shut that are met first."""
    onward, length_m = streets.onward, streets.network.way_length_m
    queue = [(0.0, node) for node in sorted(starts)]
    seen: set[int] = set()
    nearest, meets = np.inf, set()
    while queue:
        metres, node = heapq.heappop(queue)
        if node in seen:
            continue
        seen.add(node)
        arc = int(onward.node_arc[node])
        if streets.shut[arc]:
            nearest = min(nearest, metres + _along_m(streets, arc))
            meets.add(arc)
            continue
        for after in onward.nodes_after(node).tolist():
            if streets.lost[after]:
                heapq.heappush(queue, (metres + float(length_m[arc >> 1]), after))
    return float(nearest), tuple(sorted(meets))


def _along_m(streets: ThroughStreets, arc: int) -> float:
    """Metres from an arc's start to what shuts it first; 0 where all of it is shut."""
    length = float(streets.network.way_length_m[arc >> 1])
    on_it = [one for one in streets.closures if one.way == arc >> 1 and (one.against if arc & 1 else one.along)]
    return min(0.0 if one.at_m is None else length - one.at_m if arc & 1 else one.at_m for one in on_it)
