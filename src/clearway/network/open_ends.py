"""Where the data end though the street may go on: each end with its street and a reason, and what a person knows better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import BadInput
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network

SURE = "the data end here"
"""The reason of an end of which there is no doubt."""
CONFIRMED_WITHIN_M = 20.0
"""How near a person points to an end: the width of a street."""


def open_ends_of(network: Network) -> list[dict[str, Any]]:
    """Every open end: ``junction``, ``lon``, ``lat``, ``street``, ``street_class``, ``why``, and whether it is ``doubtful``."""
    reasons = {(end["lon"], end["lat"]): end["why"] for end in network.report.get("doubtful_ends", ())}
    ends = np.concatenate((network.way_tail, network.way_head))
    order = np.argsort(ends, kind="stable")
    sorted_ends = ends[order]
    rows = []
    for junction in np.flatnonzero(network.junction_edge).tolist():
        way = int(order[np.searchsorted(sorted_ends, junction)] % network.way_count)
        place = (float(network.junction_lon[junction]), float(network.junction_lat[junction]))
        rows.append(
            {
                "junction": junction,
                "lon": place[0],
                "lat": place[1],
                "street": network.street(way),
                "street_class": network.class_of(way),
                "why": reasons.get(place, SURE),
                "doubtful": place in reasons,
            }
        )
    return rows


def confirmed(network: Network, places: Sequence[tuple[float, float]]) -> Network:
    """The network with some open ends known to be true dead ends.

    Args:
        network: A network just imported.
        places: Longitude and latitude of each, within ``CONFIRMED_WITHIN_M`` metres.

    Raises:
        BadInput: no open end lies there.
    """
    edge, doubtful = network.junction_edge.copy(), list(network.report.get("doubtful_ends", ()))
    for lon, lat in places:
        at = np.flatnonzero(network.junction_edge)
        scale = flat_scale(lat)
        off = np.hypot((network.junction_lon[at] - lon) * scale[0], (network.junction_lat[at] - lat) * scale[1])
        if not len(at) or off.min() > CONFIRMED_WITHIN_M:
            raise BadInput(
                f"No open end lies within {CONFIRMED_WITHIN_M:.0f} m of {lon:g},{lat:g}. 'clearway network info FILE --json' "
                "lists them under 'open_ends'."
            )
        junction = int(at[off.argmin()])
        edge[junction] = False
        place = (float(network.junction_lon[junction]), float(network.junction_lat[junction]))
        doubtful = [end for end in doubtful if (end["lon"], end["lat"]) != place]
    report = network.report | {"doubtful_ends": doubtful, "confirmed_dead_ends": [list(place) for place in places]}
    return replace(network, junction_edge=edge, report=report, strings_seen={})
