"""Access as a map shows it: figures of the whole network, with what is listed lying near the site and the closures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.contract import Access, WorstAddress
from clearway.planning.access.planner.report import (
    WORST_COUNT,
    address_fields,
    blocked_street,
    longest_waits,
    most_cut_off,
    most_delaying,
    side_of,
    single_street,
    station_name,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Ints, Network
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.street_names import StreetNames

AREA_M = 600.0
"""How far around site and closures streets are listed: as far as a map of them usually shows."""
MOST_WAYS = 1500
"""So many are blocked in turn within a second, also in a city of millions."""
MOST_SWEPT = 40_000
"""Every way of the network is blocked in turn where it has no more; else those near the site alone."""


def access_near(names: StreetNames, before: Timing, after: Timing, *, near: Sequence[int], within_s: float) -> Access:
    """Both timings in figures, and streets blocked in turn under the closures of ``after``; those near some ways listed.

    Seconds of single addresses are whole, rounded up.

    Args:
        names: Of the network.
        before: Without closures.
        after: Under them.
        near: Ways of the site and the closures: what is listed lies within ``AREA_M`` of them.
        within_s: Seconds within which help should come.
    """
    network = names.network
    area = _area(network, near)
    whole = network.way_count <= MOST_SWEPT
    sweep = block_each_way(after.graph, after.tree, after.targets, None if whole else area)
    among = np.isin(sweep.ways, area)
    return Access(
        addresses=network.address_count,
        before=side_of(before),
        after=side_of(after),
        within=within(before, after, within_s),
        worst=tuple(_worst(names, before, after, address) for address in _worst_addresses(before, after, area)),
        two_approaches=int(sweep.two_approaches.sum()) if whole else None,
        single_street=tuple(single_street(names, sweep, row) for row in most_cut_off(sweep, among)[:WORST_COUNT]),
        n_minus_1=tuple(blocked_street(names, sweep, row) for row in most_delaying(sweep, among)[:WORST_COUNT]),
    )


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


def _worst_addresses(before: Timing, after: Timing, area: Ints) -> list[int]:
    """First who is no longer reached, anywhere; then who waits longest in the area. One address for each street."""
    network = after.graph.network
    waits = np.where(np.isin(network.address_way, area) & (after.ms < NEVER_MS), after.ms, -1)
    waits[(after.ms == NEVER_MS) & (before.ms < NEVER_MS)] = NEVER_MS
    return longest_waits(network, waits)


def _worst(names: StreetNames, before: Timing, after: Timing, address: int) -> WorstAddress:
    return WorstAddress(
        **address_fields(names, address),
        station_before=station_name(before, address),
        seconds_before=_seconds(before, address),
        station_after=station_name(after, address),
        seconds_after=_seconds(after, address),
        station=station_name(after, address),
    )


def _seconds(timing: Timing, address: int) -> float | None:
    seconds = int(timing.seconds[address])
    return None if seconds < 0 else float(seconds)
