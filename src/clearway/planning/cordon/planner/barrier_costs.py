"""What a barrier costs, in points: one point is one crew for a quarter of an hour.

The rule for a street: base of its class, plus its lanes beyond two, the bus trips it cuts, and work that no truck can do.
Barriers at one corner, or over both carriageways of one street, pay the dearest and a share of the others: one crew, one
trip. All prices are whole hundredths of a point, so that optima are exact.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field, ValidationError

from clearway.errors import BadFile
from clearway.network.classes import load_street_classes
from clearway.planning.geojson import read_json
from clearway.shapes import Exact, problems_of

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.classes import StreetClass
    from clearway.network.model import Floats, Longs, Network

LANE_M = 3.5
"""A usual traffic lane: a street whose width is known has as many as fit."""
HUNDREDTHS = 100
"""Of a point: prices are whole numbers of them, so that sums are exact."""
_LANES_INCLUDED = 2
"""In the price of a street class; more lanes cost more."""
_REMEDY = 'Give a JSON object such as {"bus_trip": 0.02, "by_class": {"primary": 12}}.'
MOST_POINTS = 1e6
"""Dearer than any place is out of the question anyway, and the sum over a city still fits a whole number."""


Points = Annotated[float, Field(ge=0, le=MOST_POINTS, strict=True)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]


class BarrierCosts(Exact):
    """The table of costs, in points, that a user may override by a JSON file of the same fields."""

    by_class: dict[str, Points] = Field({}, description="base cost of a street class, over the street class table")
    motorway: Points = Field(40.0, description="of classes that the table does not let be cut, once they are allowed")
    extra_lane: Points = Field(1.0, description="for each lane beyond two")
    bus_trip: Points = Field(0.02, description="for each scheduled bus trip a day that is cut")
    off_ground: Points = Field(4.0, description="on a bridge or in a tunnel, where a truck cannot easily set a barrier down")
    by_hand: Points = Field(1.0, description="on steps, paths and other ways where no truck fits")
    mid_block: Points = Field(1.0, description="away from a junction, where drivers must turn round")
    junction_share: Share = Field(0.6, description="of every closed arm of a corner but the dearest")
    carriageway_share: Share = Field(
        0.15, description="of the cheaper carriageway where both are closed at one corner or place"
    )


def read_costs(path: Path) -> BarrierCosts:
    """Read a cost table that overrides ours.

    Raises:
        BadFile: it cannot be read, names an unknown cost, or holds something other than numbers of at least 0.
    """
    document = read_json(path, _REMEDY)
    try:
        return BarrierCosts.model_validate(document)
    except ValidationError as error:
        known = f"{_REMEDY} Known: {', '.join(sorted(BarrierCosts.model_fields))}."
        raise BadFile(path, f"is not a table of barrier costs: {problems_of(error.errors())}", known) from error


def street_prices(network: Network, ways: Longs, costs: BarrierCosts, *, allow_motorway: bool) -> Longs:
    """Price of a barrier at the end of each way, in hundredths of a point; -1 where it may not be cut.

    Args:
        network: The network.
        ways: (n,) way indexes.
        costs: The table.
        allow_motorway: Whether classes without a barrier cost in the street class table may be cut at ``costs.motorway``.

    Returns:
        (n,) int64, at least 1, or -1.
    """
    rows = [_row(name) for name in network.street_classes]
    base = np.array([_base(row.name, row.barrier_cost, costs, allow_motorway=allow_motorway) for row in rows])
    driven = np.array([row.drivable for row in rows])
    classes = network.way_class[ways]
    points: Floats = base[classes]
    points = points + costs.extra_lane * np.maximum(lane_counts(network, ways) - _LANES_INCLUDED, 0)
    points += costs.bus_trip * network.way_bus_trips[ways]
    points += costs.off_ground * (network.way_level[ways] != 0)
    points += costs.by_hand * ~driven[classes]
    return np.where(np.isnan(points), -1, np.maximum(np.rint(np.nan_to_num(points) * HUNDREDTHS), 1)).astype(np.int64)


def usual_points(street_class: str) -> float | None:
    """Base cost of a class of street as the street class table has it; None: not to be cut unless motorways are allowed.

    >>> usual_points("primary"), usual_points("motorway"), usual_points("unheard of")
    (12.0, None, 5.0)
    """
    return _row(street_class).barrier_cost


def lane_counts(network: Network, ways: Longs) -> Longs:
    """(n,) lanes of each way, both directions: as known, else by its width, else as its class usually has."""
    usual = np.array([_row(name).lane_count for name in network.street_classes])[network.way_class[ways]]
    width = network.way_width_m[ways]
    by_width = np.where(np.isnan(width), usual, np.rint(np.nan_to_num(width) / LANE_M))
    lanes = network.way_lanes[ways]
    return np.where(lanes > 0, lanes, by_width).astype(np.int64)


def joint_price(prices: list[int], share: float) -> int:
    """Price of several arms closed as one place: the dearest and a share of the others, always more than the dearest.

    >>> joint_price([500, 300, 300], 0.25)
    650
    """
    dearest = max(prices)
    return dearest + max(1, round(share * (sum(prices) - dearest)))


def _row(street_class: str) -> StreetClass:
    """What the table says of a class; of an unknown one what it says of roads."""
    table = _street_table()
    return table.get(street_class, table["road"])


@cache
def _street_table() -> dict[str, StreetClass]:
    return {row.name: row for row in load_street_classes()}


def _base(name: str, usual: float | None, costs: BarrierCosts, *, allow_motorway: bool) -> float:
    if usual is None and not allow_motorway:
        return math.nan
    return float(costs.by_class.get(name, costs.motorway if usual is None else usual))
