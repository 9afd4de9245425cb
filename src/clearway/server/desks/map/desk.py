"""The map of one network: its streets by index, place and name, and its tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.server.desks.map.models import NetworkSummary
from clearway.server.desks.map.street_lookup import StreetLookup
from clearway.server.desks.map.tiles import Tiles

if TYPE_CHECKING:
    from clearway.server.networks import ServedNetwork


class MapDesk:
    """Answers about the map of one network. Made in a second or two for a city; safe for several threads."""

    def __init__(self, served: ServedNetwork) -> None:
        self.streets = StreetLookup(served.network)
        self.tiles = Tiles(served.network)


def summary_of(served: ServedNetwork) -> NetworkSummary:
    """A network in the list of networks."""
    network = served.network
    return NetworkSummary(
        id=served.id,
        name=network.name,
        addresses=network.address_count,
        ways=network.way_count,
        bounds=[round(float(edge), 6) for edge in network.coverage],
    )
