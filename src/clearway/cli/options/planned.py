"""What is shut, from a plan, a cordon or a file of closures: for the commands that send traffic round it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.closures import PlanClosures
from clearway.planning.plan.closures_all_day import closures_all_day, held_at
from clearway.planning.plan.document import is_plan, read_plan
from clearway.record.entry import now

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.cli.options.closures import Shut
    from clearway.cli.options.record import CalendarOptions
    from clearway.network.model import Network


def all_that_is_shut(roads: Network, plan: Path | None, shut: Shut, calendar: CalendarOptions) -> PlanClosures:
    """What the file of ``--plan`` and the options shut; with a moment, what is in force then, for as long as is asked.

    Args:
        roads: The network.
        plan: A traffic management plan, closures as GeoJSON, or a cordon; None: the options alone.
        shut: The options.
        calendar: By which the times of a plan are read.

    Raises:
        BadFile, BadGeometry, UnknownName: a file cannot be used.
    """
    of_plan = _of_plan(roads, plan, shut, calendar)
    found = (*shut.all(roads), *of_plan.closures)
    if shut.moment is not None:
        found = held_at(found, shut.moment)
    return PlanClosures(found, of_plan.unplaced)


def _of_plan(roads: Network, plan: Path | None, shut: Shut, calendar: CalendarOptions) -> PlanClosures:
    if plan is None:
        return PlanClosures((), {})
    document = read_json(plan, "Give a plan, closures as GeoJSON, or the JSON of 'clearway cordon'.")
    if is_plan(document):
        return closures_all_day(read_plan(plan, calendar.calendar(None, None), now()), Gazetteer(roads))
    return PlanClosures(tuple(shut.of_file(plan, roads)), {})
