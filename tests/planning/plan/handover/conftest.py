"""A grid of streets with a ring, an ambulance station in one corner and a hospital in the opposite one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.access.planner.stations import Station
from handover_rooms import FIRST, LAST, Room

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.handover.finding import Found
    from plan_rings import Plans


@pytest.fixture(scope="session")
def room(grid: Gazetteer, plans: Plans) -> Room:
    spots = [(float(grid.network.junction_lon[one]), float(grid.network.junction_lat[one])) for one in (FIRST, LAST)]
    station = Station("Base", "ambulance_station", *spots[0], turnout_s=60.0)
    return Room(grid, plans(), station, Station("Clinic", "hospital", *spots[1]))


@pytest.fixture(scope="session")
def usual(room: Room) -> Found:
    """Where patients are met in the ring as it is."""
    return room.find()
