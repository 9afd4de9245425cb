"""The map of one network: its streets by index, place and name, and its tiles."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from clearway.network.geometry import point_at
from clearway.planning.picked import picked
from clearway.planning.street_names import said_name
from clearway.record.findable import without_accents
from clearway.record.place import Address, Junction, NamedPlace, Point, Street
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place
from clearway.server.desks.map.buses import bus_streets
from clearway.server.desks.map.models import BusStreets, NetworkSummary, PlacePicked, PlaceRead, SearchHit
from clearway.server.desks.map.street_lookup import StreetLookup
from clearway.server.desks.map.tiles import Tiles

if TYPE_CHECKING:
    from clearway.record.place import Place
    from clearway.server.networks import ServedNetwork


MOST_HITS = 12
_BESIDE_M = 60.0
"""A point no farther from a street is told by its name."""


_LIKE = 0.8
"""Of the letters of two names that are alike in their order."""


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

    def search(self, query: str) -> list[SearchHit]:
        """What a text names: a point, a corner or a house number first, then streets and places; else what is spelled like it.

        Raises:
            BadInput: its coordinates lie outside the globe.
        """
        spot, choices = self._spot(query)
        found = self.streets.search(query)
        if not spot and not found:
            near = [choice for choice in choices if _is_like(query, choice)]
            found = [hit for choice in near for hit in self.streets.search(choice)[:1]]
        known = {hit.label for hit in spot}
        return (spot + [hit for hit in found if hit.label not in known])[:MOST_HITS]

    def _spot(self, query: str) -> tuple[list[SearchHit], tuple[str, ...]]:
        """Where a text lies that names a point, a corner, a number or a part of a street; and what may be meant instead."""
        if not query.strip():
            return [], ()
        place = place_of_text(query)
        where = self._served.gazetteer.of(place)
        if isinstance(place, NamedPlace) or (isinstance(place, Street) and not place.between):
            return [], where.choices
        if isinstance(place, Point):
            lon, lat = place.at
            near = self.streets.finder.nearest(lon, lat)
            street = said_name(self.streets.network.street(near.way)) if near and near.distance_m <= _BESIDE_M else None
            label = f"{lat:.5f}, {lon:.5f}" + (f" ({street})" if street else "")
            return [SearchHit(label=label, kind="coordinates", lon=lon, lat=lat)], ()
        if where.spot:
            lon, lat = where.spot
        elif where.ways:
            way = where.ways[len(where.ways) // 2]
            lon, lat = point_at(self.streets.network.geometry(way), float(self.streets.network.way_length_m[way]) / 2)
        else:
            return [], where.choices
        kind = {"address": "address", "junction": "corner"}.get(place.type, "place")
        doubt = " (somewhere on this street)" if where.certainty == "somewhere_on" else ""
        return [SearchHit(label=words_of_place(self._as_mapped(place)) + doubt, kind=kind, lon=lon, lat=lat)], ()

    def _as_mapped(self, place: Place) -> Place:
        """A place with its streets spelled as on the map."""

        def mapped(name: str) -> str:
            street = self._served.gazetteer.streets.called(name)
            return street.name if street else name

        match place:
            case Address() | Street():
                return place.model_copy(update={"street": mapped(place.street)})
            case Junction():
                return place.model_copy(update={"streets": tuple(map(mapped, place.streets))})
            case _:
                return place

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


def _is_like(typed: str, name: str) -> bool:
    """Whether a name, with or without its type, is spelled much like what was typed."""
    wanted, known = without_accents(typed).strip(), without_accents(name)
    return any(SequenceMatcher(None, wanted, one).ratio() >= _LIKE for one in (known, known.rpartition(" ")[0]))
