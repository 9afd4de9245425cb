"""Which ways make a street, and what a figure of every arc is for the street as a whole.

A street is all ways of one name that hang together: two ways do where their ends are at most ``JOINED_M`` apart, so that two
carriageways are one street, and two streets of one name in two suburbs are two. A way without a name is a street of its own.
Along a street its arcs run in one of two directions, told apart by the axis along which its ways mostly lie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from clearway.network.geometry import flat_scale
from clearway.planning.street_names import StreetNames, shown_name

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Longs, Network

JOINED_M = 200.0
"""Across a square or a large junction: pieces of one name farther apart are two streets."""


class Streets:
    """The streets of one network. Built once; safe for several threads.

    Args:
        network: The network.
    """

    def __init__(self, network: Network) -> None:
        self.network, self.names = network, StreetNames(network)
        scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
        at = np.column_stack((network.junction_lon, network.junction_lat)) * scale
        self.of_way: Ints = _joined(_keys(network), np.stack((at[network.way_tail], at[network.way_head]), axis=1))
        self.count = int(self.of_way.max(initial=-1)) + 1
        self._direction = self._directions(at[network.way_head] - at[network.way_tail])

    def ways(self, street: int) -> Longs:
        """The ways of a street."""
        return np.flatnonzero(self.of_way == street)

    def called(self, street: int) -> str:
        """What the street is called; a nameless one by the streets that it lies between."""
        way = int(self.ways(street)[0])
        return self.names.street(way) if self.network.way_name[way] >= 0 else self.names.between(way)

    def summed(self, by_arc: Floats) -> Floats:
        """(S,) the sum over each street's arcs."""
        return np.bincount(np.repeat(self.of_way, 2), weights=by_arc, minlength=self.count).astype(np.float64)

    def drive_minutes(self, by_arc_s: Floats) -> Floats:
        """(S,) the sum over the arcs of the direction where it is greater, minutes; 0 where nothing can be driven.

        Args:
            by_arc_s: (A,) seconds, NaN on arcs that cannot be driven.
        """
        driven = ~np.isnan(by_arc_s)
        seconds = np.zeros((2, self.count))
        some = np.zeros((2, self.count), np.bool_)
        np.add.at(seconds, (self._direction[driven], np.repeat(self.of_way, 2)[driven]), by_arc_s[driven])
        some[self._direction[driven], np.repeat(self.of_way, 2)[driven]] = True
        greater = np.where(some, seconds, -np.inf).max(axis=0)
        return np.where(some.any(axis=0), greater, 0.0) / 60

    def _directions(self, step: Floats) -> Longs:
        """(A,) 0 or 1: which way along its street's axis each arc runs."""
        twice = np.arctan2(step[:, 1], step[:, 0]) * 2
        length = np.hypot(*step.T)
        cosine = np.bincount(self.of_way, weights=length * np.cos(twice), minlength=self.count)
        sine = np.bincount(self.of_way, weights=length * np.sin(twice), minlength=self.count)
        axis = np.arctan2(sine, cosine)[self.of_way] / 2
        along: Bools = step[:, 0] * np.cos(axis) + step[:, 1] * np.sin(axis) < 0
        return np.column_stack((along, ~along)).ravel().astype(np.int64)


def _keys(network: Network) -> list[str]:
    """A name for each way, its own where it has none."""
    return [shown_name(network.street(way)) or f"\0{way}" for way in range(network.way_count)]


def _joined(keys: list[str], ends: Floats) -> Ints:
    """(W,) number of the street of each way, from its name and (W, 2, 2) its ends in flat metres."""
    if not keys:
        return np.zeros(0, np.int32)
    _, name = np.unique(np.array(keys), return_inverse=True)
    order = np.argsort(name, kind="stable")
    pairs = [np.zeros((0, 2), np.int64)]
    for ways in np.split(order, np.flatnonzero(np.diff(name[order])) + 1):
        if len(ways) > 1:
            near = cKDTree(ends[ways].reshape(-1, 2)).query_pairs(JOINED_M, output_type="ndarray") // 2
            chain = np.column_stack((ways[near[:, 0]], ways[near[:, 1]]))
            pairs.append(chain)
    first, second = np.concatenate(pairs).T
    links = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(len(keys), len(keys)))
    return connected_components(links, directed=False)[1].astype(np.int32)
