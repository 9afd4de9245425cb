"""Which edge may follow which in SUMO: all that meet at a junction, less what turn restrictions forbid."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Longs, Network

_PAIR_ARCS = 2
"""A connection of SUMO joins two edges: longer restrictions cannot be written as one."""


class Movement(NamedTuple):
    """From an edge into another, for some of the classes that may drive both; without ``into`` the edge leads nowhere."""

    out_of: int
    into: int | None
    classes: int


class Arms(NamedTuple):
    """The edges that meet at junctions: arcs first, then connectors. E edges.

    Attributes:
        arc: (E,) arc of each edge, -1 for a connector.
        tail: (E,) junction it leaves, -1 where that is a zone.
        head: (E,) junction it enters, -1 where that is a zone.
        zone: (E,) zone of a connector, -1 for an arc.
        classes: (E,) mask of the problem's classes that may drive it: bit k for its class k.
    """

    arc: Longs
    tail: Longs
    head: Longs
    zone: Longs
    classes: Longs


def movements_of(network: Network, arms: Arms, class_names: Sequence[str]) -> Iterator[Movement]:
    """Every movement that some class may make, by edge left, then by edge entered.

    Nobody passes from a zone's connector straight into the same zone. Turning round is allowed, as in Clearway's own searches.

    Args:
        network: For its turn restrictions over two arcs.
        arms: The edges.
        class_names: The problem's classes.
    """
    leaving = defaultdict(list)
    for edge in np.flatnonzero(arms.tail >= 0).tolist():
        leaving[int(arms.tail[edge])].append(edge)
    forbidden = _forbidden(network, class_names)
    arc, zone, classes = arms.arc.tolist(), arms.zone.tolist(), arms.classes.tolist()
    for edge in np.flatnonzero(arms.head >= 0).tolist():
        found = False
        for after in leaving[int(arms.head[edge])]:
            allowed = classes[edge] & classes[after] & ~forbidden.get((arc[edge], arc[after]), 0)
            if allowed and not zone[edge] == zone[after] >= 0:
                yield Movement(edge, after, allowed)
                found = True
        if not found:
            yield Movement(edge, None, 0)


def restrictions_left_out(network: Network, class_names: Sequence[str]) -> int:
    """How many restrictions over three arcs or more bind one of some classes: SUMO cannot say them."""
    bits = sum(1 << class_index(name) for name in class_names)
    return int(((np.diff(network.turn_start) > _PAIR_ARCS) & ((network.turn_classes & bits) > 0)).sum())


def _forbidden(network: Network, class_names: Sequence[str]) -> dict[tuple[int, int], int]:
    """The classes that may not drive one arc after another, as a mask of the problem's classes."""
    pairs = np.flatnonzero(np.diff(network.turn_start) == _PAIR_ARCS)
    first = network.turn_start[pairs]
    bound: dict[tuple[int, int], int] = defaultdict(int)
    for user_class, name in enumerate(class_names):
        held = (network.turn_classes[pairs] >> class_index(name) & 1) > 0
        ends = zip(network.turn_arcs[first[held]].tolist(), network.turn_arcs[first[held] + 1].tolist(), strict=True)
        for pair in ends:
            bound[pair] |= 1 << user_class
    return bound
