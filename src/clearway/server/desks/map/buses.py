"""Where buses drive: the streets of one network with the routes on each, for a layer of the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.server.desks.map.models import BusStreets, BusStretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine

_DECIMALS = 5
"""Of degrees: a metre, as a line on a map needs."""


def bus_streets(network: Network, lines: Sequence[BusLine]) -> BusStreets:
    """Streets that buses drive, those with the same routes joined; without lines, those that a timetable's counts name.

    Args:
        network: The network.
        lines: Its bus lines; empty where none is known.
    """
    routes: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        for way in (line.arcs // 2).tolist():
            routes[way].add(line.route)
    if not lines:
        routes |= {way: set() for way in np.flatnonzero(network.way_bus_trips > 0).tolist()}
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for way in sorted(routes):
        alike[tuple(sorted(routes[way], key=_by_number))].append(way)
    return BusStreets(
        stretches=[
            BusStretch(routes=list(named), lines=_joined(network, ways), ways=ways)
            for named, ways in sorted(alike.items(), key=lambda item: [_by_number(route) for route in item[0]])
        ],
        routes=sorted({route for named in routes.values() for route in named}, key=_by_number),
    )


def _by_number(route: str) -> tuple[int, str]:
    """Routes as people sort them: 2 before 10, letters after."""
    digits = "".join(sign for sign in route if sign.isdigit())
    return (int(digits) if digits and route[0].isdigit() else 10**9, route)


def _joined(network: Network, ways: list[int]) -> list[list[list[float]]]:
    merged = shapely.line_merge(shapely.MultiLineString([np.round(network.geometry(way), _DECIMALS) for way in ways]))
    return [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(merged)]
