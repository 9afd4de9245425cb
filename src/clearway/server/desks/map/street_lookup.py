"""Streets by index, by place and by name: what the page asks when somebody clicks or types."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.errors import NotFound
from clearway.network.classes import class_names
from clearway.network.geometry import point_at
from clearway.planning.street_finder import StreetFinder
from clearway.planning.street_names import StreetNames, shown_name
from clearway.server.desks.map.models import NearestWay, Permits, SearchHit, WayAddress, WayDetails
from clearway.shapes import LineString

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Ints, Network

_HITS = 12
_DECIMALS = 7


@dataclass(frozen=True, slots=True)
class _Entry:
    folded: str
    rank: int  # streets before places before addresses
    hit: SearchHit


class StreetLookup:
    """Answers about the streets of one network. Built once; safe for several threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.finder = StreetFinder(network)
        self.names = StreetNames(network)
        self._by_way: Ints = np.argsort(network.address_way, kind="stable").astype(np.int32)
        self._way_start = np.searchsorted(network.address_way[self._by_way], np.arange(network.way_count + 1))
        streets = _named_streets(network)
        self._street_of = {way: part for parts in streets.values() for part in parts for way in part.tolist()}
        self._entries = [*_street_entries(self, streets), *_place_entries(network), *_address_entries(network)]

    def details(self, way: int) -> WayDetails:
        """One way and what fronts it.

        Raises:
            NotFound: the network has no such way.
        """
        network = self.network
        if not 0 <= way < network.way_count:
            raise NotFound(f"There is no way {way}. This network's ways run from 0 to {network.way_count - 1}.")
        along, against = (list(class_names(int(mask))) for mask in network.arc_permit[2 * way : 2 * way + 2])
        return WayDetails.model_validate(
            {
                "way": way,
                "source": int(network.way_source[way]),
                "name": shown_name(network.street(way)),
                "class": network.class_of(way),
                "from": self.names.met_at(int(network.way_tail[way]), way),
                "to": self.names.met_at(int(network.way_head[way]), way),
                "length_m": round(float(network.way_length_m[way]), 1),
                "level": int(network.way_level[way]),
                "bus_trips": int(network.way_bus_trips[way]),
                "permits": Permits.model_validate({"along": along, "against": against}),
                "geometry": LineString(type="LineString", coordinates=network.geometry(way).round(_DECIMALS).tolist()),
                "street": self._street_of[way].tolist() if way in self._street_of else [way],
                "addresses": [self._address(int(at)) for at in self.addresses_on(way)],
            }
        )

    def addresses_on(self, way: int) -> Ints:
        """Address indexes of a way."""
        return self._by_way[self._way_start[way] : self._way_start[way + 1]]

    def nearest(self, lon: float, lat: float) -> NearestWay:
        """The nearest way that motor vehicles may drive.

        Raises:
            NotFound: the network has none.
        """
        spot = self.finder.nearest(lon, lat)
        if spot is None:
            raise NotFound("This network has no street for vehicles.")
        at_lon, at_lat = point_at(self.network.geometry(spot.way), spot.at_m)
        return NearestWay.model_validate(
            {
                "way": spot.way,
                "name": shown_name(self.network.street(spot.way)),
                "class": self.network.class_of(spot.way),
                "at_m": round(spot.at_m, 2),
                "lon": at_lon,
                "lat": at_lat,
                "distance_m": round(spot.distance_m, 2),
            }
        )

    def search(self, query: str) -> list[SearchHit]:
        """Streets, places and addresses whose name holds the words of a query; best first, at most a dozen."""
        words = _folded(query).split()
        if not words:
            return []
        whole = " ".join(words)
        found = [entry for entry in self._entries if all(word in entry.folded for word in words)]
        found.sort(
            key=lambda entry: (not entry.folded.startswith(whole), f" {whole}" not in entry.folded, entry.rank, entry.hit.label)
        )
        return [entry.hit for entry in found[:_HITS]]

    def _address(self, address: int) -> WayAddress:
        network = self.network
        return WayAddress(
            address=address,
            label=self.names.address(address),
            lon=round(float(network.address_lon[address]), _DECIMALS),
            lat=round(float(network.address_lat[address]), _DECIMALS),
            at_m=round(float(network.address_offset_m[address]), 1),
        )


def _folded(text: str) -> str:
    """Lower case without accents: macrons of Maori names are often left out."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _named_streets(network: Network) -> dict[str, list[Ints]]:
    """The ways of each connected street, by name."""
    groups: dict[str, list[int]] = {}
    for way in range(network.way_count):
        name = shown_name(network.street(way))
        if name:
            groups.setdefault(name, []).append(way)
    return {name: _connected(network, np.array(ways)) for name, ways in groups.items()}


def _street_entries(desk: StreetLookup, streets: Mapping[str, Sequence[Ints]]) -> list[_Entry]:
    """One entry for each connected street of one name."""
    network = desk.network
    entries = []
    for name, parts in streets.items():
        for part in parts:
            way = int(part[network.way_length_m[part].argmax()])
            lon, lat = point_at(network.geometry(way), float(network.way_length_m[way]) / 2)
            met = desk.names.met_at(int(network.way_tail[way]), way) or desk.names.met_at(int(network.way_head[way]), way)
            label = f"{name} (at {met})" if len(parts) > 1 and met else name
            entries.append(_Entry(_folded(name), 0, SearchHit(label=label, kind="street", lon=lon, lat=lat, way=way)))
    return entries


def _connected(network: Network, ways: Ints) -> list[Ints]:
    junctions, ends = np.unique(np.concatenate((network.way_tail[ways], network.way_head[ways])), return_inverse=True)
    tail, head = ends[: len(ways)], ends[len(ways) :]
    graph = coo_array((np.ones(len(ways)), (tail, head)), shape=(len(junctions), len(junctions)))
    count, part = connected_components(graph, directed=False)
    return [ways[part[tail] == index] for index in range(count)]


def _place_entries(network: Network) -> list[_Entry]:
    entries = []
    for place, index in enumerate(network.place_name):
        name = network.string(int(index))
        if name:
            kind = network.place_kinds[int(network.place_kind[place])].replace("_", " ")
            lon, lat = float(network.place_lon[place]), float(network.place_lat[place])
            entries.append(_Entry(_folded(name), 1, SearchHit(label=name, kind=kind, lon=lon, lat=lat)))
    return entries


def _address_entries(network: Network) -> list[_Entry]:
    entries = []
    for address in np.flatnonzero(network.address_label >= 0):
        label = network.string(int(network.address_label[address])) or ""
        lon, lat, way = network.address_lon[address], network.address_lat[address], network.address_way[address]
        hit = SearchHit(label=label, kind="address", lon=float(lon), lat=float(lat), way=int(way), address=int(address))
        entries.append(_Entry(_folded(label), 2, hit))
    return entries
