"""Access as a map shows it: figures of the whole network, with what is listed lying near the site and the closures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.contract import Access, ServiceAccess, WorstAddress
from clearway.planning.access.planner.enclosed import notes_of
from clearway.planning.access.planner.fit import fit_of
from clearway.planning.access.planner.ground import ground_of
from clearway.planning.access.planner.in_time import service_fields, within_all
from clearway.planning.access.planner.on_foot import metres_on_foot
from clearway.planning.access.planner.report import who_watches_hospitals
from clearway.planning.access.planner.sides import address_fields, side_of
from clearway.planning.access.planner.together import (
    WORST_COUNT,
    Sides,
    Together,
    blocked_street,
    longest_waits,
    most_cut_off,
    most_delaying,
    single_street,
)
from clearway.planning.access.planner.trip import trips_of
from clearway.planning.access.planner.trip_listing import short_trip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Ints, Network
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.street_names import StreetNames

AREA_M = 600.0
"""How far around site and closures streets are listed: as far as a map of them usually shows."""
MOST_WAYS = 1500
"""So many are blocked in turn within a second, also in a city of millions."""
MOST_SWEPT = 40_000
"""Every way of the network is blocked in turn where it has no more; else those near the site alone."""


def access_near(
    names: StreetNames,
    services: Sequence[tuple[Service, Timing, Timing, Timing | None]],
    timer: AccessTimer,
    *,
    near: Sequence[int],
    hospitals: Sequence[Station] = (),
) -> Access:
    """Each service before and after in figures, and streets blocked in turn under the closures; those near some ways listed.

    Seconds of single addresses are whole, rounded up.

    Args:
        names: Of the network.
        services: At least one, each without closures, under them, and if no barrier were opened.
        timer: Of the network.
        near: Ways of the site and the closures: what is listed lies within ``AREA_M`` of them.
        hospitals: Where patients are taken.
    """
    network = names.network
    area, walking = _area(network, near), timer.graph("foot")
    blocked = None if network.way_count <= MOST_SWEPT else area
    watching = who_watches_hospitals([service for service, *_ in services])
    sides = []
    for service, before, after, ringed in services:
        places = hospitals if service in watching else ()
        trips = trips_of(timer, (before, after, ringed), places, carries=service.carries)
        sides.append(
            Sides(
                service,
                before,
                after,
                block_each_way(after.graph, after.tree, after.targets, blocked),
                metres_on_foot(after, walking),
                fit_of(timer, service, after),
                trips,
                ground_of(timer, service, before, after),
                (*notes_of(before, after, ringed), *(trips.notes if trips else ())),
            )
        )
    together = Together(tuple(sides))
    return Access(
        addresses=network.address_count,
        before=side_of(together.before_ms),
        after=side_of(together.after_ms),
        within=within_all(together),
        **_listed(names, together, area),
        services=tuple(_service(names, side, area) for side in sides),
    )


def _service(names: StreetNames, side: Sides, area: Ints) -> ServiceAccess:
    return ServiceAccess(
        **service_fields(side, names),
        **side.fit.fields(names, WORST_COUNT, area),
        before=side_of(side.before.ms),
        after=side_of(side.after.ms),
        **_listed(names, Together((side,)), area),
        water=side.ground.water_figures(),
        trip=short_trip(side.trips),
        notes=(*side.notes, *side.ground.notes(names), *side.fit.notes(side.service, names, area.tolist())),
    )


def _listed(names: StreetNames, together: Together, area: Ints) -> dict[str, Any]:
    """What is listed, and how many addresses have two approaches where every way was blocked."""
    figures = together.figures
    among = np.isin(figures.ways, area)
    whole = len(figures.ways) == names.network.way_count
    return {
        "worst": tuple(_worst(names, together, address) for address in _worst_addresses(names.network, together, area)),
        "two_approaches": int(together.two_approaches.sum()) if whole else None,
        "single_street": tuple(single_street(names, figures, row) for row in most_cut_off(figures, among)[:WORST_COUNT]),
        "n_minus_1": tuple(blocked_street(names, figures, row) for row in most_delaying(figures, among)[:WORST_COUNT]),
    }


def _area(network: Network, near: Sequence[int]) -> Ints:
    """Ways that begin or end within ``AREA_M`` of the box round some ways, the nearest ``MOST_WAYS`` at most."""
    if not near:
        return np.empty(0, np.int32)
    ends = np.concatenate((network.way_tail[list(near)], network.way_head[list(near)]))
    lon, lat = network.junction_lon, network.junction_lat
    per_lon, per_lat = flat_scale(float(lat[ends].mean()))
    away = [
        np.maximum(np.maximum(part[ends].min() - part, part - part[ends].max()), 0) * scale
        for part, scale in ((lon, per_lon), (lat, per_lat))
    ]
    metres = np.hypot(*away)
    of_way = np.minimum(metres[network.way_tail], metres[network.way_head])
    nearest = np.argsort(of_way, kind="stable")[:MOST_WAYS]
    return np.sort(nearest[of_way[nearest] <= AREA_M]).astype(np.int32)


def _worst_addresses(network: Network, together: Together, area: Ints) -> list[int]:
    """First who is no longer reached, anywhere; then who waits longest in the area. One address for each street."""
    before_ms, after_ms = together.before_ms, together.after_ms
    waits = np.where(np.isin(network.address_way, area) & (after_ms < NEVER_MS), after_ms, -1)
    waits[(after_ms == NEVER_MS) & (before_ms < NEVER_MS)] = NEVER_MS
    return longest_waits(network, waits)


def _worst(names: StreetNames, together: Together, address: int) -> WorstAddress:
    station_after = together.station_after(address)
    return WorstAddress(
        **address_fields(names, address),
        station_before=together.station_before(address),
        seconds_before=_seconds(together.before_ms, address),
        station_after=station_after,
        seconds_after=_seconds(together.after_ms, address),
        station=station_after,
    )


def _seconds(times: Ints, address: int) -> float | None:
    ms = int(times[address])
    return None if ms == NEVER_MS else float(-(-ms // 1000))
