"""A town like a ladder, whose detours are counted by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.planning.plan.detours.finding import Asked, detours

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.plan.detours.contract import Detour, Detours, Movement
    from clearway.planning.plan.detours.loads import Traffic

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
MOTOR = class_mask(["emergency", "resident", "service", "bus", "general"])


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def ladder(blocks: int = 3) -> NetworkDraft:
    """Main Street in blocks of 200 m, Back Street 100 m north of it; Cross 0 to Cross n between them.

    Ways: blocks of Main Street, then of Back Street, then the cross streets.
    """
    draft = NetworkDraft("Ladder")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(blocks + 1)] for y in (0, 100)]
    for name, row in zip(("Main Street", "Back Street"), rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(*rows, strict=True)):
        draft.way(first, second, name=f"Cross {number}")
    return draft


def found(network: Network, *closures: Closure, places: tuple[Station, ...] = (), traffic: Traffic | None = None) -> Detours:
    return detours(network, Asked(closures=closures, places=places, traffic=traffic))


def movement(answer: Detours, starts_at: str) -> Movement:
    (one,) = (one for one in answer.general.movements if one.starts_at == starts_at)
    return one


def words(way: Detour) -> list[str]:
    return [leg.words() for leg in way.legs]


def three_rows(blocks: int) -> NetworkDraft:
    """The ladder with Far Street 100 m north of Back Street and joined to it by the same cross streets."""
    draft = ladder(blocks)
    north = [draft.junction(*at(200 * x, 200)) for x in range(blocks + 1)]
    for first, second in pairwise(north):
        draft.way(first, second, name="Far Street")
    for number, far in enumerate(north):
        draft.way(blocks + 1 + number, far, name=f"Cross {number}")
    return draft
