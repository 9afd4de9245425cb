"""How well a timetable lies on the streets, and where the two contradict each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from clearway.network.transit.shape_matching import OFF
from clearway.planning.plan.buses.contract import ForbiddenOnPath, Matching, Unused

if TYPE_CHECKING:
    from clearway.network.transit.bus_network import BusNetwork
    from clearway.planning.street_names import StreetNames


def matching_of(buses: BusNetwork) -> Matching:
    """The figures of a match."""
    paths = {id(line.path): line.path for line in buses.lines}.values()
    return Matching(
        paths=len(paths),
        assumed=sum(path.assumed for path in paths),
        km=sum(float(path.length_m.sum()) for path in paths) / 1000,
        off_km=sum(path.off_m() for path in paths) / 1000,
        stops_off=len(_stops_off(buses)),
    )


def _stops_off(buses: BusNetwork) -> list[str]:
    """Stops whose buses are on no street of the network there."""
    return list(
        dict.fromkeys(
            stop
            for line in buses.lines
            for stop, place in zip(line.pattern.stops, line.places, strict=True)
            if place.on_path and line.path.arcs[place.piece] == OFF
        )
    )


def forbidden_on_paths(buses: BusNetwork, names: StreetNames) -> tuple[ForbiddenOnPath, ...]:
    """Each forbidden move once, with the routes that make it, those of most routes first."""
    routes: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    at: dict[tuple[int, str], tuple[float, float]] = {}
    moves = {id(line.path): list(line.path.forbidden()) for line in buses.lines}
    for line in buses.lines:
        for move in moves[id(line.path)]:
            key = move.way, move.why
            routes[key][line.pattern.route.route_id] = None
            if key not in at:
                lon, lat = line.path.line(move.piece)[0].tolist()
                at[key] = lon, lat
    found = [
        ForbiddenOnPath(
            where=names.between(way), why=why, way=way, lon=at[way, why][0], lat=at[way, why][1], routes=tuple(listed)
        )
        for (way, why), listed in routes.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.routes), one.where)))


def unused(buses: BusNetwork) -> tuple[Unused, ...]:
    """What of the feed could not be used."""
    found = [Unused(what=what, why=why, count=len(ids), ids=tuple(dict.fromkeys(ids))) for what, why, ids in buses.left_out]
    if off := _stops_off(buses):
        why = "its buses are on no street of the network there, so that no closure here can cut it"
        found.append(Unused(what="stop", why=why, count=len(off), ids=tuple(off)))
    if buses.elsewhere:
        ids = tuple(trip.trip_id for pattern in buses.elsewhere for trip in pattern.trips)
        why = "it drives nowhere on this network, so that no closure here can cut it"
        found.append(Unused(what="trip", why=why, count=len(ids), ids=ids))
    return tuple(found)
