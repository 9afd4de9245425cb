"""Access for the page: the access desk's figures, with what is listed kept near the site and the closures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.report import (
    WORST_COUNT,
    blocked_figures,
    blocked_street,
    longest_waits,
    most_cut_off,
    most_delaying,
    quantiles,
    reached_within,
)
from clearway.server.desks.plan.models import Access, AccessSide, BlockedStreet, SingleStreet, Within, WorstAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Ints, Network
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.street_names import StreetNames

AREA_M = 600.0
MOST_WAYS = 1500
MOST_SWEPT = 40_000
"""Every way of the network is blocked in turn where it has no more; else those near the site alone."""


def page_access(names: StreetNames, before: Timing, after: Timing, *, near: Sequence[int], within_s: float) -> Access:
    """Both timings in figures, and streets blocked in turn under the closures of ``after``; those near some ways listed.

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
        before=_side(before),
        after=_side(after),
        within=Within(seconds=within_s, before=reached_within(before, within_s), after=reached_within(after, within_s)),
        worst=[_worst(names, before, after, address) for address in _worst_addresses(before, after, area)],
        two_approaches=int(sweep.two_approaches.sum()) if whole else None,
        single_street=[
            SingleStreet.model_validate(blocked_street(names, sweep, row) | {"addresses": int(sweep.cut_off[row])})
            for row in most_cut_off(sweep, among)[:WORST_COUNT]
        ],
        n_minus_1=[
            BlockedStreet.model_validate(blocked_street(names, sweep, row) | blocked_figures(sweep, row))
            for row in most_delaying(sweep, among)[:WORST_COUNT]
        ],
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
    station = int(after.station[address])
    return WorstAddress(
        address=address,
        label=names.address(address),
        lon=float(names.network.address_lon[address]),
        lat=float(names.network.address_lat[address]),
        station=after.stations[station].name if station >= 0 else None,
        seconds_before=_seconds(before, address),
        seconds_after=_seconds(after, address),
    )


def _side(timing: Timing) -> AccessSide:
    reached = int((timing.ms < NEVER_MS).sum())
    return AccessSide(reached=reached, unreached_count=len(timing.ms) - reached, **quantiles(timing))


def _seconds(timing: Timing, address: int) -> float | None:
    seconds = int(timing.seconds[address])
    return None if seconds < 0 else float(seconds)
