"""Cut OpenStreetMap ways into pieces between junctions.

A junction is a node that two ways share, that one way passes twice, or where a way ends; streets that cross without sharing a
node are on different levels and do not meet. Where nodes are missing (an extract that cuts through a way), the known parts are
kept, and the nodes next to the gap are marked as the edge of the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import METRES_PER_DEGREE

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs

DEGREES_PER_UNIT = 1e-7
"""OpenStreetMap stores coordinates as whole ten-millionths of a degree."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """K pieces over M points, and J junctions.

    Attributes:
        way: (K,) row of the way that each piece belongs to.
        first: (K,) first point of each piece.
        last: (K,) last point of each piece, inclusive.
        tail: (K,) junction at the first point.
        head: (K,) junction at the last point.
        ref: (M,) node id of each point.
        lon: (M,) degrees.
        lat: (M,) degrees.
        along_m: (M,) metres from the way's first known point; only differences within a piece mean anything.
        junction_ref: (J,) node id of each junction, ascending.
        junction_lon: (J,) degrees.
        junction_lat: (J,) degrees.
        junction_cut: (J,) a way that passes here goes on beyond the data.
        lost: (W,) the way has no two known nodes in a row, so nothing of it is imported.
        cut: (W,) some of the way's nodes are missing.
    """

    way: Longs
    first: Longs
    last: Longs
    tail: Longs
    head: Longs
    ref: Longs
    lon: Floats
    lat: Floats
    along_m: Floats
    junction_ref: Longs
    junction_lon: Floats
    junction_lat: Floats
    junction_cut: Bools
    lost: Bools
    cut: Bools

    def length_m(self) -> Floats:
        """(K,) metres of each piece."""
        return self.along_m[self.last] - self.along_m[self.first]

    def junction_of(self, refs: Longs) -> Longs:
        """The junction of each node id, -1 where the node is none."""
        if not len(self.junction_ref):
            return np.full(len(refs), -1, np.int64)
        at = np.minimum(np.searchsorted(self.junction_ref, refs), len(self.junction_ref) - 1)
        return np.where(self.junction_ref[at] == refs, at, -1)


def split_ways(way_start: Longs, nodes: tuple[Longs, Longs, Longs], wanted: Bools, missing: int) -> Pieces:
    """Cut the wanted ways at their junctions.

    Args:
        way_start: (W + 1,) first node of each way.
        nodes: Node ids and coordinates (1e-7 degrees) of all ways, one after the other.
        wanted: (W,) ways to keep.
        missing: The coordinate that stands for a missing node.
    """
    ref, x, y = nodes
    owner = np.repeat(np.arange(len(wanted)), np.diff(way_start))
    gone = (x == missing) | (y == missing)
    gaps = np.cumsum(gone)
    gaps_before = np.concatenate(([0], gaps))[way_start]
    known = ~gone & wanted[owner]
    at = np.flatnonzero(known)
    starts, _ = _run_ends(owner[at], gaps[at])
    at = at[starts | np.append(True, ref[at][1:] != ref[at][:-1])[: len(at)]]  # a node named twice in a row counts once
    cut_before = gaps[at] > gaps_before[owner[at]]
    cut_after = gaps_before[owner[at] + 1] > gaps[at]
    starts, ends = _run_ends(owner[at], gaps[at])
    lone = starts & ends
    cut_refs = np.unique(ref[at][(starts & cut_before) | (ends & cut_after)])
    keep = ~lone
    at, starts, ends = at[keep], starts[keep], ends[keep]
    lost = wanted & ~np.isin(np.arange(len(wanted)), owner[at])
    return _pieces(owner[at], (ref[at], x[at], y[at]), (starts, ends), cut_refs, (lost, np.diff(gaps_before) > 0))


def _run_ends(owner: Longs, gaps: Longs) -> tuple[Bools, Bools]:
    """Where a run of known points of one way starts, and where it ends."""
    change = (owner[1:] != owner[:-1]) | (gaps[1:] != gaps[:-1])
    return np.concatenate(([True], change))[: len(owner)], np.concatenate((change, [True]))[: len(owner)]


def _pieces(
    owner: Longs, nodes: tuple[Longs, Longs, Longs], run: tuple[Bools, Bools], cut_refs: Longs, fate: tuple[Bools, Bools]
) -> Pieces:
    ref, x, y = nodes
    starts, ends = run
    distinct, inverse, count = np.unique(ref, return_inverse=True, return_counts=True)
    marked = count >= 2  # noqa: PLR2004 - shared by two, or passed twice
    marked[inverse[starts | ends]] = True
    number = np.cumsum(marked) - 1
    at_junction = np.flatnonzero(marked[inverse])
    same = ~ends[at_junction[:-1]]
    first, last = at_junction[:-1][same], at_junction[1:][same]
    lon, lat = (np.asarray(np.round(axis * DEGREES_PER_UNIT, 7), np.float64) for axis in (x, y))
    junction_ref = distinct[marked]
    seat = np.zeros(len(distinct), np.int64)
    seat[inverse] = np.arange(len(ref))
    return Pieces(
        way=owner[first],
        first=first,
        last=last,
        tail=number[inverse[first]],
        head=number[inverse[last]],
        ref=ref,
        lon=lon,
        lat=lat,
        along_m=_along_m(lon, lat),
        junction_ref=junction_ref,
        junction_lon=lon[seat[marked]],
        junction_lat=lat[seat[marked]],
        junction_cut=np.isin(junction_ref, cut_refs),
        lost=fate[0],
        cut=fate[1],
    )


def _along_m(lon: Floats, lat: Floats) -> Floats:
    middle = np.radians((lat[1:] + lat[:-1]) / 2)
    step = np.hypot(np.diff(lon) * np.cos(middle), np.diff(lat)) * METRES_PER_DEGREE
    return np.asarray(np.concatenate(([0.0], np.cumsum(step)))[: len(lon)], np.float64)
