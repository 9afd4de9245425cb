"""The time zone of a city, from where its streets lie."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import tzfpy

if TYPE_CHECKING:
    from clearway.network.model import Network

_AT_SEA = "Etc/"
"""How the zones of the open sea begin: no city lies there, so nothing is known."""


def zone_of(network: Network) -> str | None:
    """The IANA name of the zone that most of a network's streets keep, such as Pacific/Auckland.

    It is that of the junction in the middle, east to west and south to north: of a city on a border, its larger part.

    Returns:
        The name; None where the network has no junction, lies at sea, or keeps a zone that this machine does not know.
    """
    if not network.junction_count:
        return None
    lon, lat = network.junction_lon, network.junction_lat
    middle = int(np.argmin(np.abs(lon - np.median(lon)) + np.abs(lat - np.median(lat))))
    return _known(tzfpy.get_tz(float(lon[middle]), float(lat[middle])))


def _known(name: str) -> str | None:
    if not name or name.startswith(_AT_SEA):
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return name
