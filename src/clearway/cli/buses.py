"""``clearway buses``: what closures do to the buses of a timetable."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.closures import Shut
from clearway.cli.options.record import CalendarOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress
from clearway.cli.text.buses import bus_lines
from clearway.files import writing
from clearway.network.store import load_network
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.buses.geojson_out import buses_geojson
from clearway.planning.plan.buses.of_plan import closures_all_day
from clearway.planning.plan.buses.rerouting import BusModel
from clearway.planning.plan.closures import PlanClosures
from clearway.planning.plan.document import read_plan
from clearway.record.entry import now

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network


@option_class
class BusQuestion:
    """Which buses, and what is told of them."""

    gtfs: Path = option("--gtfs", required=True, help="GTFS feed (.zip): the timetable.")
    plan: Path | None = option(
        "--plan", help="A traffic management plan ('clearway plan'), or a file of closures or of a cordon: what is shut."
    )
    day: datetime | None = option(
        "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
        help="The service day.  [default: the day of the closures with most trips, else the busiest of the feed]",
    )  # fmt: skip
    geojson: Path | None = option("--geojson", metavar="OUT", help="Write detours, stops and bays to a GeoJSON file.")
    as_json: bool = option("--json", help="Print the answer as JSON.")


@click.command()
@click.argument("network", type=FILE)
@takes(BusQuestion, "question")
@takes(Shut, "shut")
@takes(CalendarOptions, "calendar")
def buses(network: Path, question: BusQuestion, shut: Shut, calendar: CalendarOptions) -> None:
    """Re-route the buses of a timetable round closures: detours, stops missed, where riders go instead.

    Without closures it says how the timetable lies on the network, and what of the feed cannot be used. Minutes are those of
    driving on empty streets.
    """
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        of_plan = _of_plan(roads, question, shut, calendar)
        closures = _closures(roads, of_plan, shut)
        progress.tell("Reading the timetable")
        during = [(one.starts, one.ends) for one in closures if one.holds("bus")]
        timetable = read_timetable(question.gtfs, _day(question), during)
        progress.tell("Putting the buses on the streets")
        model = BusModel(bus_network(roads, timetable))
        progress.tell("Finding detours")
        found = model.changes(closures)
    unplaced = [f"Barrier {barrier} of the plan stands nowhere here: {why}" for barrier, why in of_plan.unplaced.items()]
    found = found.model_copy(update={"warnings": (*unplaced, *found.warnings)})
    if question.geojson:
        with writing(question.geojson) as file:
            json.dump(buses_geojson(found), file)
    click.echo(json.dumps(found.as_json()) if question.as_json else "\n".join(bus_lines(found)))


def _day(question: BusQuestion) -> date | None:
    return question.day.date() if question.day else None


def _of_plan(roads: Network, question: BusQuestion, shut: Shut, calendar: CalendarOptions) -> PlanClosures:
    """What the file of --plan shuts."""
    if question.plan is None:
        return PlanClosures((), {})
    document = read_json(question.plan, "Give a plan, closures as GeoJSON, or the JSON of 'clearway cordon'.")
    if isinstance(document, dict) and "title" in document:
        made = read_plan(question.plan, calendar.calendar(None, None), now())
        return closures_all_day(made, Gazetteer(roads))
    return PlanClosures(tuple(shut.of_file(question.plan, roads)), {})


def _closures(roads: Network, of_plan: PlanClosures, shut: Shut) -> list[Closure]:
    """All that is shut; with a moment, what is in force then, for as long as is asked."""
    found = [*shut.all(roads), *of_plan.closures]
    if shut.moment is None:
        return found
    held = [one for one in found if any(one.holds(name, shut.moment) for name in ("bus", "foot"))]
    return [replace(one, starts=None, ends=None, hours="") for one in held]
