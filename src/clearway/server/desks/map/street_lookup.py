"""Streets by index, by place and by name: what the page asks when somebody clicks or types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.errors import NotFound
from clearway.network.classes import class_names
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.street_finder import StreetFinder
from clearway.planning.street_names import StreetNames, said_name, shown_name
from clearway.record.findable import findable, holds, words_of
from clearway.record.street_words import is_street_like
from clearway.server.desks.map.models import NearestWay, Permits, SearchHit, WayAddress, WayDetails
from clearway.shapes import LineString

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Ints, Network

_HITS = 12
_DECIMALS = 7


_NEAR_M = 400.0
"""Streets of one name no farther apart than this are one to whoever looks for it: a roundabout or a gap parts them."""


@dataclass(frozen=True, slots=True)
class _Entry:
    looked_in: str
    name: str
    rank: int  # streets before places before addresses, and what is only a part of a street after them
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
        """Streets, places and addresses whose name holds the words of a query; best first, at most a dozen, each once.

        Street types are the same in full and in short; accents and case do not matter.
        """
        words = words_of(query)
        if not words:
            return []
        whole = findable(query).strip()
        found = [entry for entry in self._entries if holds(entry.looked_in, words)]
        found.sort(
            key=lambda entry: (
                entry.name != whole,
                not entry.name.startswith(whole),
                not all(f" {word}" in entry.looked_in for word in words),
                entry.rank,
                entry.hit.label,
            )
        )
        labels: dict[tuple[str, str], SearchHit] = {}
        for entry in found:
            labels.setdefault((entry.hit.label, entry.hit.kind), entry.hit)
        return list(labels.values())[:_HITS]

    def _address(self, address: int) -> WayAddress:
        network = self.network
        return WayAddress(
            address=address,
            label=self.names.address(address),
            lon=round(float(network.address_lon[address]), _DECIMALS),
            lat=round(float(network.address_lat[address]), _DECIMALS),
            at_m=round(float(network.address_offset_m[address]), 1),
        )


def _named_streets(network: Network) -> dict[str, list[Ints]]:
    """The ways of each connected street, by name."""
    numbers: dict[str, int] = {}
    names = [shown_name(network.street(way)) or "" for way in range(network.way_count)]
    number = np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
    # a junction stands once for each name that meets there: so ways hang together only where their names agree
    spots = [number * network.junction_count + ends for ends in (network.way_tail, network.way_head)]
    nodes, ends = np.unique(np.concatenate(spots), return_inverse=True)
    tail, head = ends[: len(number)], ends[len(number) :]
    graph = coo_array((np.ones(len(number)), (tail, head)), shape=(len(nodes), len(nodes)))
    part = connected_components(graph, directed=False)[1][tail]
    order = np.lexsort((part, number)).astype(np.int32)
    streets: dict[str, list[Ints]] = {name: [] for name in numbers}
    for ways in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(ways):
            streets[names[ways[0]]].append(ways)
    streets.pop("", None)
    return streets


def _street_entries(desk: StreetLookup, streets: Mapping[str, Sequence[Ints]]) -> list[_Entry]:
    """One entry for each street of one name: pieces that lie near each other are one."""
    by_said: dict[str, list[Ints]] = {}
    for name, parts in streets.items():
        by_said.setdefault(said_name(name) or name, []).extend(parts)
    entries = []
    for name, parts in by_said.items():
        near = [(part, int(part[desk.network.way_length_m[part].argmax()])) for part in _near(desk.network, parts)]
        told = [_told_apart(desk, name, way) if len(near) > 1 else name for _, way in near]
        for (_, way), label in zip(near, told, strict=True):
            lon, lat = point_at(desk.network.geometry(way), float(desk.network.way_length_m[way]) / 2)
            only = label if told.count(label) == 1 else f"{name} (at {lat:.4f}, {lon:.4f})"
            rank = 0 if is_street_like(name) and "/" not in name else 3
            entries.append(_entry(name, rank, SearchHit(label=only, kind="street", lon=lon, lat=lat, way=way)))
    return entries


def _told_apart(desk: StreetLookup, name: str, way: int) -> str:
    """A street's name with a street that it meets, so that it is told from another one of that name."""
    network = desk.network
    met = desk.names.met_at(int(network.way_tail[way]), way) or desk.names.met_at(int(network.way_head[way]), way)
    return f"{name} (at {said_name(met)})" if met else name


def _near(network: Network, parts: Sequence[Ints]) -> list[Ints]:
    """Parts of a street, those together that lie near each other."""
    if len(parts) < 2:  # noqa: PLR2004 - one is together
        return list(parts)
    scale = np.array(flat_scale(float(network.junction_lat.mean())))
    ends = [
        np.column_stack((network.junction_lon[at], network.junction_lat[at])) * scale
        for at in (np.unique(np.concatenate((network.way_tail[part], network.way_head[part]))) for part in parts)
    ]
    left = list(range(len(parts)))
    together: list[Ints] = []
    while left:
        group, edge = [left[0]], [left.pop(0)]
        while edge:
            one = ends[edge.pop()]
            reached = [at for at in left if np.hypot(*(one[:, None] - ends[at][None]).T).min() <= _NEAR_M]
            left = [at for at in left if at not in reached]
            group += reached
            edge += reached
        together.append(np.concatenate([parts[at] for at in group]))
    return together


def _entry(name: str, rank: int, hit: SearchHit) -> _Entry:
    looked_in = findable(name)
    return _Entry(looked_in, looked_in.strip(), rank, hit)


def _place_entries(network: Network) -> list[_Entry]:
    entries = []
    for place, index in enumerate(network.place_name):
        name = network.string(int(index))
        if name:
            kind = network.place_kinds[int(network.place_kind[place])].replace("_", " ")
            lon, lat = float(network.place_lon[place]), float(network.place_lat[place])
            entries.append(_entry(name, 1, SearchHit(label=name, kind=kind, lon=lon, lat=lat)))
    return entries


def _address_entries(network: Network) -> list[_Entry]:
    entries = []
    for address in np.flatnonzero(network.address_label >= 0):
        label = network.string(int(network.address_label[address])) or ""
        lon, lat, way = network.address_lon[address], network.address_lat[address], network.address_way[address]
        hit = SearchHit(label=label, kind="address", lon=float(lon), lat=float(lat), way=int(way), address=int(address))
        entries.append(_entry(label, 2, hit))
    return entries
