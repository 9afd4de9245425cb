"""Given barriers that stop nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.cordon.seal.drives import Drives


def idle_barriers(graphs: Sequence[Drives], count: int, shut_spots: frozenset[int]) -> list[int]:
    """Barriers that stop nothing: without all of them together, not one more drive leads in.

    Those that nothing reaches from outside are tried first, so that of two in a row the outer one counts.

    Args:
        graphs: Where each class can drive.
        count: How many barriers there are.
        shut_spots: Window spots where the barriers that are missing stand.
    """
    gone: list[int] = []
    met = {index for index in range(count) if any(_is_met(drives, index, shut_spots) for drives in graphs)}
    for index in sorted(range(count), key=lambda index: (index in met, index)):
        if not any(_stops(drives, index, gone, shut_spots) for drives in graphs):
            gone.append(index)
    return sorted(gone)


def _is_met(drives: Drives, index: int, shut_spots: frozenset[int]) -> bool:
    """Whether traffic from outside comes up to a barrier."""
    own = drives.tail[drives.barrier == index]
    return bool(len(own) and drives.reached(drives.open_edges(shut_spots=shut_spots))[own].any())


def _stops(drives: Drives, index: int, gone: Sequence[int], shut_spots: frozenset[int]) -> bool:
    """Whether some drive from outside into the site is stopped by a barrier and by no other that stands."""
    own = np.flatnonzero((drives.barrier == index) & ~np.isin(drives.spot, list(shut_spots)))
    own = own[~drives.site[drives.tail[own]]]
    if not len(own):
        return False
    edges = drives.open_edges(gone=gone, shut_spots=shut_spots)
    reached, leading = drives.reached(edges), drives.leading(edges)
    entered = own[reached[drives.tail[own]]]
    if leading[drives.head[entered]].any():
        return True
    left = own[leading[drives.head[own]]]
    for entry in entered.tolist():  # in over one of its bars and out over another, as through a junction shut on all arms
        exits = left[drives.spot[left] != drives.spot[entry]]
        if len(exits) and drives.reached(edges, _only(drives, int(drives.head[entry])))[drives.tail[exits]].any():
            return True
    return False


def _only(drives: Drives, node: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    alone = np.zeros(len(drives.site), np.bool_)
    alone[node] = True
    return alone
