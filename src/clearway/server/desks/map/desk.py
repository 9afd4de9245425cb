"""The map of one network: its streets by index, place and name, and its tiles."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from clearway.planning.picked import picked
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place
from clearway.server.desks.map.buses import bus_streets
from clearway.server.desks.map.models import BusStreets, NetworkSummary, PlacePicked, PlaceRead
from clearway.server.desks.map.street_lookup import StreetLookup
from clearway.server.desks.map.tiles import Tiles

if TYPE_CHECKING:
    from clearway.server.networks import ServedNetwork


class MapDesk:
    """Answers about the map of one network. Made in a second or two for a city; safe for several threads."""

    def __init__(self, served: ServedNetwork) -> None:
        self._served = served
        self.streets = StreetLookup(served.network)
        self.tiles = Tiles(served.network)

    @cached_property
    def buses(self) -> BusStreets:
        """Where buses drive; made when first asked for."""
        return bus_streets(self._served.network, self._served.sources.bus_lines(self._served.network))

    def picked(self, lon: float, lat: float) -> PlacePicked:
        """A point on the map as an entry's place."""
        place = picked(self.streets.finder, self.streets.names, lon, lat)
        return PlacePicked(place=place, words=words_of_place(place))


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


def place_read(served: ServedNetwork, text: str) -> PlaceRead:
    """A place in words on a network.

    Raises:
        BadInput: it is empty, too long, or its coordinates lie outside the globe.
    """
    place = place_of_text(text)
    where = served.gazetteer.of(place)
    return PlaceRead(
        place=place,
        words=words_of_place(place),
        certainty=where.certainty,
        says=where.says,
        spot=where.spot,
        ways=list(where.ways),
        choices=list(where.choices),
    )
