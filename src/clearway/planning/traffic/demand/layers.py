"""The layer of one class of vehicle: nodes and edges over the links that all classes share.

A layer's nodes are those of the class's routing graph, then one node for each zone where its trips begin, then one where they
end. A trip comes onto the streets where nothing driven before matters, and may end at any copy of a connector's junction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.problem import NO_NODE
from clearway.network.search.graph import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bytes, Floats, Ints
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.traffic.demand.connectors import Connectors


class Layer(NamedTuple):
    """Nodes numbered from 0; E edges, Z zones."""

    node_count: int
    tail: Ints  # (E,)
    head: Ints  # (E,)
    link: Ints  # (E,)
    fixed_s: Floats  # (E,) seconds beyond the link's time
    zone_out: Ints  # (Z,) node, NO_NODE where no connector leads out of the zone
    zone_in: Ints  # (Z,)


class Layers(NamedTuple):
    """All classes' layers one after the other, named as a traffic problem names them."""

    node_count: int
    edge_tail: Ints
    edge_head: Ints
    edge_link: Ints
    edge_class: Bytes
    edge_fixed: Floats
    zone_out: Ints  # (K, Z)
    zone_in: Ints  # (K, Z)


def class_layer(graph: RoutingGraph, streets: tuple[Ints, Floats], connectors: Connectors, zone_count: int) -> Layer:
    """One class's layer.

    Args:
        graph: The class's routing graph.
        streets: (A,) the link of each arc, and (L,) seconds at no flow of each of these links.
        connectors: The connectors of the zones, whose links come after those of the streets: those out, then those in.
        zone_count: How many zones there are.
    """
    arc_link, free_s = streets
    link = arc_link[graph.edge_arc]
    slower = np.maximum(graph.edge_ms / 1000.0 - free_s[link], 0.0)
    source = graph.node_count + np.arange(zone_count, dtype=np.int32)
    sink = source + zone_count
    out, into = np.flatnonzero(connectors.out), np.flatnonzero(connectors.into)
    first, copies = graph.junction_copies
    junction = connectors.junction[into]
    many = first[junction + 1] - first[junction]
    arriving = copies[ranges(first[junction], first[junction + 1])]
    in_link = len(free_s) + len(out) + np.arange(len(into))
    return Layer(
        graph.node_count + 2 * zone_count,
        np.concatenate((graph.edge_tail, source[connectors.zone[out]], arriving)),
        np.concatenate(
            (graph.edge_head, graph.junction_node[connectors.junction[out]], np.repeat(sink[connectors.zone[into]], many))
        ),
        np.concatenate((link, len(free_s) + np.arange(len(out)), np.repeat(in_link, many))).astype(np.int32),
        np.concatenate((slower, np.zeros(len(out) + len(arriving)))),
        np.where(np.isin(np.arange(zone_count), connectors.zone[out]), source, np.int32(NO_NODE)),
        np.where(np.isin(np.arange(zone_count), connectors.zone[into]), sink, np.int32(NO_NODE)),
    )


def stacked(layers: Sequence[Layer]) -> Layers:
    """Several classes' layers as one graph, each with nodes of its own."""
    counts = [layer.node_count for layer in layers]
    shift = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))[:-1].tolist()
    pairs = list(zip(layers, shift, strict=True))
    return Layers(
        sum(counts),
        np.concatenate([layer.tail + first for layer, first in pairs]).astype(np.int32),
        np.concatenate([layer.head + first for layer, first in pairs]).astype(np.int32),
        np.concatenate([layer.link for layer in layers]),
        np.repeat(np.arange(len(layers), dtype=np.uint8), [len(layer.tail) for layer in layers]),
        np.concatenate([layer.fixed_s for layer in layers]),
        np.stack([np.where(layer.zone_out >= 0, layer.zone_out + first, NO_NODE) for layer, first in pairs]).astype(np.int32),
        np.stack([np.where(layer.zone_in >= 0, layer.zone_in + first, NO_NODE) for layer, first in pairs]).astype(np.int32),
    )
