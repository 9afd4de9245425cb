"""The network with given barriers as lasting obstacles, so that a planner and a checker see them as they see walls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.cordon.seal.placing import Placed

_KIND = "block"
"""An obstacle that planner and checker alike take for a wall."""


def barred_network(network: Network, barriers: Sequence[Placed]) -> Network:
    """A network with some barriers standing.

    A barrier is a stop for the classes that it shuts. A filter makes two junctions of one: the arms on one side meet at the
    new one. Ways keep their indexes; new junctions come after all others, one for each filter, in order.

    Raises:
        BadInput: two filters part one junction.
    """
    cuts = [(way, at_m, one.shuts) for one in barriers for way, at_m in one.cuts if one.shuts]
    partings = [(one.number, one.parting) for one in barriers if one.parting is not None]
    tail, head = network.way_tail.copy(), network.way_head.copy()
    lon, lat, edge = list[float](), list[float](), list[bool]()
    parted: dict[int, int] = {}
    for number, parting in partings:
        if parting.junction in parted:
            raise BadInput(f"Barriers {parted[parting.junction]} and {number} both part one junction. Leave one of them out.")
        parted[parting.junction] = number
        for way, at_tail in parting.ends:
            (tail if at_tail else head)[way] = network.junction_count + len(lon)
        lon.append(float(network.junction_lon[parting.junction]))
        lat.append(float(network.junction_lat[parting.junction]))
        edge.append(bool(network.junction_edge[parting.junction]))
    kinds = network.stop_kinds if _KIND in network.stop_kinds else (*network.stop_kinds, _KIND)
    return replace(
        network,
        way_tail=tail,
        way_head=head,
        junction_lon=np.concatenate((network.junction_lon, lon)),
        junction_lat=np.concatenate((network.junction_lat, lat)),
        junction_edge=np.concatenate((network.junction_edge, np.array(edge, np.bool_))),
        stop_kinds=kinds,
        stop_way=np.concatenate((network.stop_way, [way for way, _, _ in cuts])).astype(np.int32),
        stop_offset_m=np.concatenate((network.stop_offset_m, [at_m for _, at_m, _ in cuts])).astype(np.float64),
        stop_blocks=np.concatenate((network.stop_blocks, [mask for _, _, mask in cuts])).astype(np.uint8),
        stop_kind=np.concatenate((network.stop_kind, np.full(len(cuts), kinds.index(_KIND)))).astype(np.uint8),
        strings_seen={},
    )
