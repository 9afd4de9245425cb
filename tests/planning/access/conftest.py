"""A town whose answers can be worked out on paper: a station, a bridge that everybody needs, and a loop behind it.

    station --- A ===bridge=== B --- C
                               |     |
                               E --- D --- F (dead end)

Every street is 100 m, 6 seconds for an engine, which drives 60 km/h on residential streets. Each has one address, amid it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.build import NetworkDraft
from clearway.planning.access.planner.stations import Station
from forged_access import problems
from forgeries import Claims
from random_access import certified

if TYPE_CHECKING:
    from clearway.network.model import Network

METRE_LON, METRE_LAT = 1 / 83_560.0, 1 / 111_195.0
PLACES = {"S": (0, 0), "A": (100, 0), "B": (200, 0), "C": (300, 0), "D": (300, -100), "E": (200, -100), "F": (400, -100)}
STREETS = {"Station Road": "SA", "Bridge": "AB", "North Street": "BC", "East Street": "CD", "South Street": "DE",
           "West Street": "EB", "End Lane": "DF"}  # fmt: skip


def at(name: str) -> tuple[float, float]:
    x, y = PLACES[name]
    return 174.77 + x * METRE_LON, -41.28 + y * METRE_LAT


@pytest.fixture(scope="session")
def loop_draft() -> NetworkDraft:
    draft = NetworkDraft("Loop town")
    corners = {name: draft.junction(*at(name)) for name in PLACES}
    for name, ends in STREETS.items():
        draft.way(corners[ends[0]], corners[ends[1]], name=name)
    for way in range(len(STREETS)):
        draft.address(way, 50.0, label=f"1 {list(STREETS)[way]}")
    return draft


@pytest.fixture(scope="session")
def loop(loop_draft: NetworkDraft) -> Network:
    return loop_draft.finish()


@pytest.fixture(scope="session")
def fire_station() -> tuple[Station, ...]:
    return (Station("Fire", "fire_station", *at("S")),)


@pytest.fixture(scope="session")
def claims() -> Claims:
    """True certificates of random towns, and their checker."""
    return Claims([(served, served.certificate) for served in certified(150)], problems)
