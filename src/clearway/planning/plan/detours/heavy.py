"""The network as a heavy vehicle finds it that drives through: where cars may pass, lorries may, and it fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.fitting import fitted
from clearway.planning.access.planner.vehicles import size_words

if TYPE_CHECKING:
    from clearway.network.model import Network

_LORRY, _THROUGH = class_mask(["service"]), class_mask(["general"])


def records_limits(network: Network) -> bool:
    """Whether the network records any limit of size for lorries; where it has none, nobody knows where one fits."""
    return bool((network.limit_classes & _LORRY).any())


def for_heavy(network: Network, size: tuple[float, ...]) -> Network:
    """The network whose general traffic is a heavy vehicle of a size.

    Args:
        network: The network.
        size: One figure for each of ``SIZES``: metres or tonnes, 0 where it does not matter.
    """
    fit = fitted(network, "service", size)
    through = np.where(fit.arc_permit & _LORRY > 0, network.arc_permit, network.arc_permit & ~np.uint8(_THROUGH))
    blocks = np.where(fit.stop_blocks & _LORRY > 0, network.stop_blocks | np.uint8(_THROUGH), network.stop_blocks)
    return replace(network, arc_permit=through.astype(np.uint8), stop_blocks=blocks.astype(np.uint8), strings_seen={})


def heavy_words(size: tuple[float, ...]) -> str:
    """Such as "heavy vehicles (4.3 m high, 46 t)"."""
    return f"heavy vehicles ({size_words(size)})"
