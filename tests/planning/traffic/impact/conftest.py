"""A town with one short bridge and a longer way over another one.

    west ---- Main Street ---- bank ==== North Bridge ==== shore ---- East Street ---- east
                                |                            |
                            West Bank                    East Bank
                                |                            |
                               foot ==== South Bridge ==== landing

Main and East Street are 1000 m, the bridges 500 m, both banks 1000 m. All is 50 km/h. Trips go between its two ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.problem import TripTable
from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem
from clearway.planning.traffic.demand.zones import Zones

if TYPE_CHECKING:
    from clearway.network.model import Network

NORTH_M = 6_371_008.8 * np.pi / 180
EAST_M = NORTH_M * np.cos(np.radians(41.28))


def position(east_m: float, north_m: float) -> tuple[float, float]:
    return 174.77 + east_m / EAST_M, -41.28 + north_m / NORTH_M


@pytest.fixture(scope="session")
def bridge_town() -> Network:
    draft = NetworkDraft("Bridge Town", coverage=(174.0, -42.0, 175.0, -41.0))
    west, bank, shore, east, foot, landing = (
        draft.junction(*position(*at)) for at in ((0, 0), (1000, 0), (1500, 0), (2500, 0), (1000, -1000), (1500, -1000))
    )
    for tail, head, name in (
        (west, bank, "Main Street"),
        (bank, shore, "North Bridge"),
        (shore, east, "East Street"),
        (bank, foot, "West Bank"),
        (foot, landing, "South Bridge"),
        (landing, shore, "East Bank"),
    ):
        draft.way(tail, head, name=name, street_class="secondary", lanes=2)
    return draft.finish()


@dataclass(frozen=True)
class Table:
    """Trips of a town's own: the same at every hour, drawn in even steps between nine and eleven tenths."""

    streets: StreetProblem
    table: TripTable

    def trips(self, hour: int) -> TripTable:
        return replace(self.table, statement=f"Counted by hand at {hour} o'clock.")

    def draws(self, hour: int, count: int) -> list[TripTable]:
        return [self.trips(hour).scaled(factor) for factor in np.linspace(0.9, 1.1, count)]


@pytest.fixture
def bridge_trips(bridge_town: Network) -> Table:
    """800 vehicles an hour from West to East, 300 back."""
    zones = Zones(
        names=("West", "East"),
        lon=bridge_town.junction_lon[[0, 3]],
        lat=bridge_town.junction_lat[[0, 3]],
        external=np.ones(2, np.bool_),
        address_zone=np.full(bridge_town.address_count, -1, np.int32),
        entry_zone=np.array([0, 1], np.int32),
        entry_junction=np.array([0, 3], np.int32),
    )
    trips = TripTable(np.array([[[5.0, 800.0], [300.0, 0.0]]]), zones.names)
    return Table(street_problem(bridge_town, zones), trips)
