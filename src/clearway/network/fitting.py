"""A network as one vehicle finds it that is larger or smaller than its class's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network


def fitted(network: Network, vehicle_class: str, size: Sequence[float]) -> Network:
    """The network with the permissions of one class as a vehicle of this size has them; those of the others stay.

    What a tag or a barrier forbids to the class whatever its size stays forbidden. A network without limits comes back
    unchanged.

    Args:
        network: The network.
        vehicle_class: The class.
        size: One figure for each of ``SIZES``: metres or tonnes, 0 where it does not matter.

    Raises:
        UnknownName: no such class.
    """
    bit = np.uint8(1 << class_index(vehicle_class))
    concerned = network.limit_classes & bit > 0
    tight = concerned & (np.asarray(size, np.float64)[network.limit_size] > network.limit_most)
    permit, blocks = network.arc_permit.copy(), network.stop_blocks.copy()
    on_arc, at_stop = network.limit_arc >= 0, network.limit_stop >= 0
    permit[network.limit_arc[concerned & on_arc]] |= bit
    permit[network.limit_arc[tight & on_arc]] &= ~bit
    blocks[network.limit_stop[concerned & at_stop]] &= ~bit
    blocks[network.limit_stop[tight & at_stop]] |= bit
    return replace(network, arc_permit=permit, stop_blocks=blocks, strings_seen={})
