"""Where people live and where they drive to: homes and visits of each address, from its street and the places near.

``attraction.csv`` says how much each kind counts. A frontage point, which stands in for addresses where a network has none,
counts by how built up its surroundings are: a lone road through hills has few houses along it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter
from scipy.spatial import cKDTree

from clearway.assignment.costs import BadTraffic
from clearway.network.geometry import flat_scale
from clearway.planning.traffic.demand.areas import address_metres
from clearway.planning.traffic.demand.external_zones import entry_capacity
from clearway.tables import bundled_table, number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats, Longs, Network

TABLE = bundled_table("clearway.planning.traffic.demand", "attraction.csv")
DAYS = ("weekday", "weekend")
_OLDER_WORDS = {"gate": "edge"}
"""Words of tables that were written for version 0.1.0."""
BUILT_UP_M = 300.0
"""How far around a frontage point others are counted: two or three blocks."""
LONE_ROAD_POINTS, BUILT_UP_POINTS = 30, 80
"""Frontage points, one every 20 m, within that distance on a single straight road, and where a street grid is built up."""
_LEAST_BUILT_UP_SHARE = 0.05
"""Even a lone road has a house here and there: one for twenty in town."""
_PLACE_WITHIN_M = 500.0
"""A place farther from every address lies outside what the network covers."""
_CELL_M = 100.0
"""Of the squares that bus trips are summed in: a block."""
_CELLS_AROUND = 5
"""Squares in each direction that a mean is taken over: a walk of some 250 m from the stop."""
_BUS_TRIPS = 100.0
"""What a row "buses" of the table counts."""


@dataclass(frozen=True, eq=False)
class Activity:
    """Homes and visits of each address. D addresses.

    Attributes:
        homes: (D,) dwellings, relative to a residential street's.
        visits: (D,) visits a day by car, relative.
        places: How many places of each kind were counted.
    """

    homes: Floats
    visits: Floats
    places: dict[str, int]


def address_activity(network: Network, *, day: str = "weekday", table: Path = TABLE) -> Activity:
    """Homes and visits of each address of a network.

    Args:
        network: The network; its streets, addresses, places and bus trips are read.
        day: "weekday" or "weekend".
        table: A table like ``attraction.csv``. Kinds of street and place that it does not name count for nothing.

    Raises:
        BadTraffic: another day.
        BadFile: the table cannot be used.
    """
    counted = read_attraction(table, day)
    way = network.address_way
    street = np.array([counted["street"].get(name, (0.0, 0.0)) for name in network.street_classes] or [(0.0, 0.0)])
    homes, visits = street[network.way_class[way]].T
    per_bus = counted["buses"].get(f"{_BUS_TRIPS:g}", (0.0, 0.0))[1]
    visits = visits + per_bus * _buses_near(network)
    dense = _built_up(network)
    at_places, places = _place_visits(network, counted["place"])
    return Activity(homes * dense, visits * dense + at_places, places)


def edge_vehicles(network: Network, junction: Longs, *, day: str = "weekday", table: Path = TABLE) -> tuple[Floats, Floats]:
    """Vehicles a day that come into the map at some junctions on its edge, and that leave it.

    Returns:
        (n,) and (n,), from the capacity of the streets there.
    """
    daily = read_attraction(table, day)["edge"]
    a_day = np.array([daily.get(name, (0.0, 0.0))[1] for name in network.street_classes])
    away, to = entry_capacity(network, junction)
    return away @ a_day, to @ a_day


def read_attraction(table: Path, day: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Homes and visits by what and kind.

    Raises:
        BadTraffic: the day is neither of the two.
        BadFile: the table cannot be used.
    """
    if day not in DAYS:
        raise BadTraffic(f"There is no day '{day}'. Choose {' or '.join(DAYS)}.")
    counted: dict[str, dict[str, tuple[float, float]]] = {"street": {}, "buses": {}, "place": {}, "edge": {}}
    for row in read_table(table, ("what", "kind", "homes", *DAYS)):
        counted.setdefault(_OLDER_WORDS.get(row["what"], row["what"]), {})[row["kind"]] = (
            number(row, "homes", table),
            number(row, day, table),
        )
    return counted


def _built_up(network: Network) -> Floats:
    """(D,) how built up it is around each address: 1 for real addresses, which say it by themselves."""
    if network.address_source != "frontage" or not network.address_count:
        return np.ones(network.address_count)
    at = np.column_stack(address_metres(network))
    tree = cKDTree(at)
    near = np.asarray(tree.query_ball_point(at, BUILT_UP_M, return_length=True, workers=-1))
    share: Floats = np.clip((near - LONE_ROAD_POINTS) / (BUILT_UP_POINTS - LONE_ROAD_POINTS), _LEAST_BUILT_UP_SHARE, 1.0)
    return share


def _buses_near(network: Network) -> Floats:
    """(D,) mean square of the bus trips a day, in hundreds, over the addresses in the squares around each address.

    The square, for where many lines meet is where the middle of town is; the mean around, for what a bus brings people to is
    not all on its own street.
    """
    trips = network.way_bus_trips[network.address_way] / _BUS_TRIPS
    if not trips.any():
        return np.zeros(network.address_count)
    column, row = (np.floor((axis - axis.min()) / _CELL_M).astype(np.int64) for axis in address_metres(network))
    shape = (int(column.max()) + 1, int(row.max()) + 1)
    count, squared = np.zeros(shape), np.zeros(shape)
    np.add.at(count, (column, row), 1.0)
    np.add.at(squared, (column, row), trips**2)
    around, held = (uniform_filter(grid, _CELLS_AROUND, mode="constant") for grid in (squared, count))
    near: Floats = around[column, row] / held[column, row]
    return near


def _place_visits(network: Network, counted: dict[str, tuple[float, float]]) -> tuple[Floats, dict[str, int]]:
    """(D,) visits to places, at the address nearest to each; places farther than 500 m from any are passed over."""
    visits = np.zeros(network.address_count)
    if not network.address_count or not len(network.place_kind):
        return visits, {}
    _, south, _, north = network.coverage
    scale = np.array(flat_scale((south + north) / 2))
    tree = cKDTree(np.column_stack((network.address_lon, network.address_lat)) * scale)
    away, nearest = tree.query(np.column_stack((network.place_lon, network.place_lat)) * scale)
    names = [network.place_kinds[kind] for kind in network.place_kind.tolist()]
    places: dict[str, int] = {}
    for name, metres, address in zip(names, np.asarray(away).tolist(), np.asarray(nearest).tolist(), strict=True):
        if metres <= _PLACE_WITHIN_M and (size := counted.get(name, (0.0, 0.0))[1]) > 0:
            visits[address] += size
            places[name] = places.get(name, 0) + 1
    return visits, places
