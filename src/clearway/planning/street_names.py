"""What streets and addresses are called when a person must find them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Ints, Network

UNNAMED = "unnamed street"
_CARRIAGEWAY = re.compile(r"[- ](EAST|WEST|NORTH|SOUTH)$")
_SUFFIX = re.compile(r"[\s-]*\b(NORTH|SOUTH|EAST|WEST|Northbound|Southbound|Eastbound|Westbound)$")


def shown_name(name: str | None) -> str | None:
    """A street's name for people: the council marks carriageways of one street by a compass point.

    >>> shown_name("Lambton Quay-EAST")
    'Lambton Quay'
    """
    return _CARRIAGEWAY.sub("", name) if name else None


def name_stem(name: str) -> str:
    """A street's name without what tells its carriageways apart.

    >>> name_stem("Lambton Quay-EAST")
    'Lambton Quay'
    """
    return _SUFFIX.sub("", name) or name


class StreetNames:
    """The names of one network's ways and addresses. Built once; safe for several threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        ends = np.concatenate((network.way_tail, network.way_head))
        self._at_junction: Ints = (np.argsort(ends, kind="stable") % max(network.way_count, 1)).astype(np.int32)
        self._junction_start = np.searchsorted(np.sort(ends), np.arange(network.junction_count + 1))

    def street(self, way: int) -> str:
        """The street's name at a way."""
        return shown_name(self.network.street(way)) or UNNAMED

    def met_at(self, junction: int, way: int) -> str | None:
        """The first street of another name that meets a way at a junction, None where none does."""
        own = shown_name(self.network.street(way))
        first, end = self._junction_start[junction : junction + 2]
        names = (shown_name(self.network.street(int(other))) for other in self._at_junction[first:end])
        return next((name for name in names if name and name != own), None)

    def between(self, way: int) -> str:
        """A way's street and the streets it lies between, as far as they are known."""
        name = self.street(way)
        ends = [self.met_at(int(end[way]), way) for end in (self.network.way_tail, self.network.way_head)]
        known = list(dict.fromkeys(end for end in ends if end))
        return f"{name} {'between' if len(known) > 1 else 'at'} {' and '.join(known)}" if known else name

    def address(self, address: int) -> str:
        """What an address is called: its own label, or where along its street a frontage point stands."""
        network = self.network
        own = network.string(int(network.address_label[address]))
        if own:
            return own
        way, metres = int(network.address_way[address]), float(network.address_offset_m[address])
        start = self.met_at(int(network.way_tail[way]), way)
        return f"{self.street(way)}, {metres:.0f} m from {start}" if start else f"{self.street(way)}, {metres:.0f} m along"
