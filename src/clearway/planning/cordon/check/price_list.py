"""What a barrier must cost anywhere, by the table of costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clearway.network.classes import load_street_classes

if TYPE_CHECKING:
    from clearway.planning.cordon.check.network_reading import NetworkReading


class PriceList:
    """Prices in hundredths of a point, from the network and the question's table of costs."""

    def __init__(self, reading: NetworkReading) -> None:
        self._reading, self._network = reading, reading.network
        self._costs = reading.question["costs"]
        self._classes = {row.name: row for row in load_street_classes()}

    def mouth(self, way: int) -> int | None:
        """Price of a barrier at a way's end, None where it may not be cut."""
        network, costs = self._network, self._costs
        name = network.class_of(way)
        row = self._classes.get(name, self._classes["road"])
        if row.barrier_cost is None and not self._reading.question["allow_motorway"]:
            return None
        usual = costs["motorway"] if row.barrier_cost is None else row.barrier_cost
        points = costs["by_class"].get(row.name, usual) + costs["extra_lane"] * max(self._lanes(way, row.lane_count) - 2, 0)
        points += costs["bus_trip"] * int(network.way_bus_trips[way])
        points += costs["off_ground"] if network.way_level[way] else 0
        points += 0 if row.drivable else costs["by_hand"]
        return max(1, round(float(points) * 100))

    def mid_block(self, way: int) -> int | None:
        """Price of a barrier away from a way's ends."""
        mouth = self.mouth(way)
        return None if mouth is None else mouth + round(self._costs["mid_block"] * 100)

    def joint(self, prices: list[int], share: str) -> int:
        """Price of several closed as one place, by a share of the table."""
        rest = sum(prices) - max(prices)
        return max(prices) + max(1, round(float(self._costs[share]) * rest))

    def _lanes(self, way: int, usual: int) -> int:
        if self._network.way_lanes[way]:
            return int(self._network.way_lanes[way])
        width = float(self._network.way_width_m[way])
        return usual if math.isnan(width) else round(width / 3.5)
