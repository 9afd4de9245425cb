"""Zones: the parts of a town between which trips are counted, and the streets at the map's edge where traffic comes in.

Internal zones are made from suburbs, where polygons of them are given, from the squares of a grid, or from nothing but the
addresses. What holds more than its share of addresses is split into compact parts of as many each; squares that hold few are
joined to the nearest greater one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.areas import NO_AREA, Areas, address_metres, area_of_addresses, grid_of_addresses
from clearway.planning.traffic.demand.external_zones import MOST_EXTERNAL, ExternalZones, find_external_zones
from clearway.planning.traffic.demand.names import unique_names
from clearway.planning.traffic.demand.splitting import StreetSplitter

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Network

NO_ZONE = -1
"""The zone of an address that is in none."""
ZONE_COUNT = 100
"""Of a city of two hundred thousand: a zone is a neighbourhood, and an assignment takes a second."""
_FEW_SHARE = 0.25
"""A square with less than a quarter of a zone's share of addresses is joined to a greater one."""
_NAMES_SHOWN = 8
"""Of areas in a sentence; the others are counted."""


@dataclass(frozen=True, eq=False)
class Zones:
    """Where trips begin and end. Z zones, D addresses of the network, G entries.

    An **internal** zone is a set of addresses. An **external** zone stands for everywhere beyond the map's edge that one street
    leads to; its **entries** are the junctions where the streets leave the map.

    Attributes:
        names: Z names, for people.
        lon: (Z,) degrees, middle of the zone's addresses, or of its entries.
        lat: (Z,) degrees.
        external: (Z,) whether a zone stands for everywhere beyond an edge of the map.
        address_zone: (D,) zone of each address, ``NO_ZONE`` where it is in none.
        entry_zone: (G,) zone of each entry.
        entry_junction: (G,) its junction.
        suburb: Z names of the suburb or area that each zone is a part of; the zone's own name where it is all of it.
        notes: What was left out, a sentence each.
    """

    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    external: Bools
    address_zone: Ints
    entry_zone: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    entry_junction: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    suburb: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Number of zones."""
        return len(self.names)

    def address_counts(self) -> Ints:
        """(Z,) addresses in each zone."""
        inside = self.address_zone[self.address_zone >= 0]
        return np.bincount(inside, minlength=self.count).astype(np.int32)


class _Titles(NamedTuple):
    names: tuple[str, ...]
    suburbs: tuple[str, ...]
    notes: tuple[str, ...]


def make_zones(
    network: Network,
    *,
    areas: Areas | None = None,
    cell_m: float | None = None,
    zone_count: int = ZONE_COUNT,
    weight: Floats | None = None,
    most_external: int = MOST_EXTERNAL,
) -> Zones:
    """The zones of a network, inside ones first, and those beyond the map's edge.

    Args:
        network: The network, with addresses or frontage points.
        areas: Suburbs, each of them one zone or several; none is part of two.
        cell_m: Side of the squares of a grid, metres, where no areas are given; with neither, the addresses alone decide.
        zone_count: How many internal zones to aim at. There may be more where there are many small areas.
        weight: (D,) how much each address counts when areas are split; all alike where absent.
        most_external: How many external zones to make at most; 0 for none.

    Raises:
        BadTraffic: the network has no addresses, or no zone is asked for.
        BadGeometry: the areas miss the network, or the grid has no size.
    """
    if not network.address_count:
        raise BadTraffic(
            f"The network {network.name!r} has no addresses or frontage points to make zones from. Import it again."
        )
    if zone_count < 1:
        raise BadTraffic(f"{zone_count} zones cannot be made. Ask for 1 or more.")
    heavy = np.ones(network.address_count) if weight is None else weight
    if areas is not None:
        group = area_of_addresses(network, areas)
    elif cell_m is not None:
        group = _few_joined(grid_of_addresses(network, cell_m), address_metres(network), heavy, zone_count)
    else:
        group = np.zeros(network.address_count, np.int32)
    zone, parts = _split(network, group, heavy, zone_count)
    names, suburbs = _named(network, zone, parts, areas)
    external = find_external_zones(network, most=most_external) if most_external else ExternalZones.none()
    notes = _left_out(group, areas) if areas is not None else ()
    return _assembled(network, zone, _Titles(names, suburbs, notes), external)


def _few_joined(cell: Ints, at: tuple[Floats, Floats], weight: Floats, zone_count: int) -> Ints:
    """Squares that weigh little joined to the nearest greater one."""
    total = np.bincount(cell, weights=weight)
    middle = np.column_stack([np.bincount(cell, weights=axis) / np.bincount(cell) for axis in at])
    great = np.flatnonzero(total >= min(_FEW_SHARE * weight.sum() / zone_count, total.max()))
    joined = great[np.atleast_1d(cKDTree(middle[great]).query(middle)[1])]
    _, group = np.unique(joined[cell], return_inverse=True)
    return group.astype(np.int32)


def _split(network: Network, group: Ints, weight: Floats, zone_count: int) -> tuple[Ints, list[tuple[int, int, int]]]:
    """(D,) zone of each address; for each zone its group, its number from the north, and how many the group has."""
    zone = np.full(len(group), NO_ZONE, np.int32)
    splitter, target = StreetSplitter(network), float(weight[group != NO_AREA].sum()) / zone_count
    parts: list[tuple[int, int, int]] = []
    for label in np.unique(group[group != NO_AREA]).tolist():
        mine = np.flatnonzero(group == label)
        wanted = max(1, round(float(weight[mine].sum()) / target)) if target > 0 else 1
        part = splitter.split(mine, wanted, weight[mine])
        count = int(part.max()) + 1
        north = np.bincount(part, weights=network.address_lat[mine]) / np.bincount(part)
        rank = np.argsort(np.argsort(-north, kind="stable"))
        zone[mine] = len(parts) + rank[part]
        parts += [(label, number, count) for number in range(count)]
    return zone, parts


def _named(
    network: Network, zone: Ints, parts: list[tuple[int, int, int]], areas: Areas | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the zones, and of the suburbs that they are parts of."""
    if areas is None:
        streets = unique_names(
            [f"around {_usual_street(network, zone == number) or 'unnamed streets'}" for number in range(len(parts))]
        )
        return streets, streets
    suburbs = tuple(areas.names[group] for group, _, _ in parts)
    return unique_names(
        [f"{suburb} {number + 1}" if count > 1 else suburb for suburb, (_, number, count) in zip(suburbs, parts, strict=True)]
    ), suburbs


def _usual_street(network: Network, mine: Bools) -> str | None:
    """The street that most addresses of a zone front."""
    names = network.way_name[network.address_way[mine]]
    names = names[names >= 0]
    return network.string(int(np.bincount(names).argmax())) if len(names) else None


def _left_out(group: Ints, areas: Areas) -> tuple[str, ...]:
    outside = int((group == NO_AREA).sum())
    empty = [name for index, name in enumerate(areas.names) if not (group == index).any()]
    notes = (
        [f"{outside:,} of {len(group):,} addresses lie outside every area of {areas.source} and make no trips."]
        if outside
        else []
    )
    if empty:
        rest = f" and {len(empty) - _NAMES_SHOWN} more" if len(empty) > _NAMES_SHOWN else ""
        notes.append(f"{', '.join(empty[:_NAMES_SHOWN])}{rest}: no address lies there, so no zone is made.")
    return tuple(notes)


def _assembled(network: Network, zone: Ints, titles: _Titles, external: ExternalZones) -> Zones:
    inside = len(titles.names)
    mine = zone >= 0
    counts = np.bincount(zone[mine], minlength=inside)
    entry_counts = np.bincount(external.zone, minlength=len(external.names))
    middles = [
        np.concatenate(
            (
                np.bincount(zone[mine], weights=address[mine], minlength=inside) / counts,
                np.bincount(external.zone, weights=junction[external.junction], minlength=len(external.names)) / entry_counts,
            )
        )
        for address, junction in ((network.address_lon, network.junction_lon), (network.address_lat, network.junction_lat))
    ]
    return Zones(
        names=unique_names([*titles.names, *external.names]),
        lon=middles[0],
        lat=middles[1],
        external=np.arange(inside + len(external.names)) >= inside,
        address_zone=zone,
        entry_zone=(external.zone + inside).astype(np.int32),
        entry_junction=external.junction.astype(np.int32),
        suburb=(*titles.suburbs, *external.names),
        notes=titles.notes,
    )
