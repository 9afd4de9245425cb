"""A grid of streets with a ring, an ambulance station in one corner and a hospital in the opposite one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.plan.handover.contract import HandoverWishes
from clearway.planning.plan.handover.finding import Helping, find_handover

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.handover.finding import Found
    from clearway.record.kinds.plans import TrafficPlan

FIRST, LAST = 0, 35
"""Junctions at opposite corners of the grid: Row 0 at Col 0, Row 5 at Col 5."""


@dataclass
class Room:
    grid: Gazetteer
    plan: TrafficPlan
    station: Station
    hospital: Station
    others: tuple[Station, ...] = ()

    def find(self, *also: Closure, plan: TrafficPlan | None = None, **wishes: Any) -> Found:  # noqa: ANN401 - any wish
        services = staffed(load_services(), [self.station, *self.others])
        helping = Helping(AccessTimer(self.grid.network), services, [self.hospital])
        return find_handover(plan or self.plan, self.grid, helping, HandoverWishes(**wishes), also_shut=also)
