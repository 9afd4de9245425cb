"""What a barrier costs, in points: one point is one crew for a quarter of an hour.

The rule for a street: base of its class, plus its lanes beyond two, the bus trips it cuts, and work that no truck can do. A
barrier across a junction, or over both carriageways of one street, pays its dearest part and a share of the others: one
crew, one trip. All prices are whole hundredths of a point, so that optima are exact.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import BadFile
from clearway.network.classes import load_street_classes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clearway.network.classes import StreetClass
    from clearway.network.model import Floats, Longs, Network

LANE_M = 3.5
HUNDREDTHS = 100
_LANES_INCLUDED = 2
_REMEDY = 'Give a JSON object such as {"bus_trip": 0.02, "by_class": {"primary": 12}}.'


@dataclass(frozen=True, slots=True)
class BarrierCosts:
    """The table of costs, in points, that a user may override by a JSON file of the same fields.

    Attributes:
        by_class: Base cost of a street class, over the street class table.
        motorway: Base cost of classes that the table does not let be cut, once they are allowed.
        extra_lane: For each lane beyond two.
        bus_trip: For each scheduled bus trip a day that is cut.
        off_ground: On a bridge or in a tunnel, where a truck cannot easily set a barrier down.
        by_hand: On steps, paths and other ways where no truck fits.
        mid_block: Away from a junction, where drivers must turn round.
        junction_share: Share of every arm but the dearest at a junction closed as one place.
        carriageway_share: Share of the cheaper carriageway where both are closed as one place.
    """

    by_class: Mapping[str, float] = field(default_factory=dict)
    motorway: float = 40.0
    extra_lane: float = 1.0
    bus_trip: float = 0.02
    off_ground: float = 4.0
    by_hand: float = 1.0
    mid_block: float = 1.0
    junction_share: float = 0.6
    carriageway_share: float = 0.15

    def as_json(self) -> dict[str, Any]:
        """The table as JSON."""
        return asdict(self) | {"by_class": dict(self.by_class)}


def read_costs(path: Path) -> BarrierCosts:
    """Read a cost table that overrides ours.

    Raises:
        BadFile: it cannot be read, names an unknown cost, or holds something other than numbers of at least 0.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    except ValueError as error:
        raise BadFile(path, "is not JSON", _REMEDY) from error
    return costs_from_json(document, str(path))


def costs_from_json(document: object, source: str = "costs") -> BarrierCosts:
    """A cost table from parsed JSON.

    Raises:
        BadFile: it names an unknown cost, or holds something other than numbers of at least 0.
    """
    known = {entry.name for entry in fields(BarrierCosts)}
    if not isinstance(document, dict) or set(document) - known:
        raise BadFile(source, "is not a table of barrier costs", f"{_REMEDY} Known: {', '.join(sorted(known))}.")
    by_class = document.get("by_class", {})
    numbers = [value for key, value in document.items() if key != "by_class"]
    if not isinstance(by_class, dict) or not all(_is_cost(value) for value in [*numbers, *by_class.values()]):
        raise BadFile(source, "has a cost that is not a number of at least 0", _REMEDY)
    shares = [document.get(name, 0) for name in ("junction_share", "carriageway_share")]
    if max(shares) > 1:
        raise BadFile(source, "has a share above 1", _REMEDY)
    return BarrierCosts(**document)


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
    table = _street_table()
    rows = [table.get(name, table["road"]) for name in network.street_classes]
    base = np.array([_base(row.name, row.barrier_cost, costs, allow_motorway=allow_motorway) for row in rows])
    driven = np.array([row.drivable for row in rows])
    classes = network.way_class[ways]
    points: Floats = base[classes]
    points = points + costs.extra_lane * np.maximum(lane_counts(network, ways) - _LANES_INCLUDED, 0)
    points += costs.bus_trip * network.way_bus_trips[ways]
    points += costs.off_ground * (network.way_level[ways] != 0)
    points += costs.by_hand * ~driven[classes]
    return np.where(np.isnan(points), -1, np.maximum(np.rint(np.nan_to_num(points) * HUNDREDTHS), 1)).astype(np.int64)


def lane_counts(network: Network, ways: Longs) -> Longs:
    """(n,) lanes of each way, both directions: as known, else by its width, else as its class usually has."""
    table = _street_table()
    usual = np.array([table.get(name, table["road"]).lane_count for name in network.street_classes])[network.way_class[ways]]
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


@cache
def _street_table() -> dict[str, StreetClass]:
    return {row.name: row for row in load_street_classes()}


def _base(name: str, usual: float | None, costs: BarrierCosts, *, allow_motorway: bool) -> float:
    if usual is None and not allow_motorway:
        return math.nan
    return float(costs.by_class.get(name, costs.motorway if usual is None else usual))


def _is_cost(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
