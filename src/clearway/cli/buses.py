"""``clearway buses``: what closures do to the buses of a timetable."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from clearway.cli.options.closures import Shut
from clearway.cli.options.planned import all_that_is_shut
from clearway.cli.options.record import CalendarOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress
from clearway.cli.text.buses import bus_lines
from clearway.files import writing
from clearway.network.store import load_network
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.planning.plan.buses.geojson_out import buses_geojson
from clearway.planning.plan.buses.rerouting import BusModel


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
        shut_by = all_that_is_shut(roads, question.plan, shut, calendar)
        progress.tell("Reading the timetable")
        during = [(one.starts, one.ends) for one in shut_by.closures if one.holds("bus")]
        timetable = read_timetable(question.gtfs, _day(question), during)
        progress.tell("Putting the buses on the streets")
        model = BusModel(bus_network(roads, timetable))
        progress.tell("Finding detours")
        found = model.changes(shut_by.closures)
    found = found.model_copy(update={"warnings": (*shut_by.unplaced_sentences(), *found.warnings)})
    if question.geojson:
        with writing(question.geojson) as file:
            file.write(json.dumps(buses_geojson(found)))
    click.echo(json.dumps(found.as_json()) if question.as_json else "\n".join(bus_lines(found)))


def _day(question: BusQuestion) -> date | None:
    return question.day.date() if question.day else None
