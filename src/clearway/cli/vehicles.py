"""``clearway vehicles``: which vehicles to move first, and what that wins."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearway.cli.options.closures import Shut
from clearway.cli.options.plan_ground import HelpFrom
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Names
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.vehicles import cleared_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadInput
from clearway.network.store import load_network
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.vehicles.check import check_cleared
from clearway.planning.vehicles.clearing.staircase import LIMIT_S, cleared
from clearway.planning.vehicles.clearing.wishes import Wishes, route_ways, street_ways
from clearway.planning.vehicles.tally import read_tally

_REMEDY = "Give the JSON that 'clearway vehicles clear --json' prints."


@click.group()
def vehicles() -> None:
    """Say which vehicles to move first, and what that wins."""


@option_class
class Wanted:
    """What stands where, and what moving it is to win besides help."""

    tally: Path = option("--tally", required=True, help="CSV of stretches with their vehicles; 'vehicles template' prints one.")
    gtfs: Path | None = option("--gtfs", help="GTFS feed (.zip) of the bus routes.")
    routes: tuple[str, ...] = option(
        "--routes", type=Names(), multiple=False, default="", metavar="ROUTE,...", help="Bus routes that are to run, in order."
    )
    streets: tuple[str, ...] = option(
        "--street", metavar="STREET", multiple=True, help="A street, or a part of one, that is to be free. May be repeated."
    )
    limit_s: float = option(
        "--limit", type=click.FloatRange(1), default=LIMIT_S, show_default=True, help="Seconds; then as far as it got."
    )
    as_json: bool = option("--json", help="Print JSON.")


@vehicles.command()
@click.argument("network", type=FILE)
@takes(Wanted, "wanted")
@takes(HelpFrom, "help_from")
@takes(Shut, "shut")
def clear(network: Path, wanted: Wanted, help_from: HelpFrom, shut: Shut) -> None:
    """Find the fewest vehicles to move, wish by wish: help in time, two approaches, bus routes, streets.

    Each step takes the fewest that it can, those before it having taken theirs, with proof. Check the JSON afterwards, by code
    that shares nothing with the search: 'clearway vehicles check ANSWER NETWORK --tally TALLY'.
    """
    if wanted.routes and not wanted.gtfs:
        raise BadInput("Nobody can say where the routes drive. Give the timetable with --gtfs FEED.zip.")
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        gazetteer = Gazetteer(roads)
        tally = read_tally(wanted.tally, gazetteer)
        routes = route_ways(roads, wanted.gtfs, wanted.routes) if wanted.gtfs and wanted.routes else {}
        wishes = Wishes(routes, street_ways(gazetteer, wanted.streets))
        services, closures = help_from.on(roads), shut.all(roads)
        found = stoppable(
            lambda tell: cleared(
                AccessTimer(roads), services, tally, wishes, Steps(tell, wanted.limit_s), closures=closures, moment=shut.moment
            ),
            progress.share,
        )
    click.echo(json.dumps(found.as_json()) if wanted.as_json else "\n".join(cleared_lines(found)))


@vehicles.command()
@click.argument("answer", type=FILE)
@click.argument("network", type=FILE)
@click.option("--tally", type=FILE, required=True, help="The CSV that the answer was made of.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(answer: Path, network: Path, tally: Path, *, as_json: bool) -> None:
    """Check an answer of 'vehicles clear', by code that shares nothing with the search."""
    document = read_json(answer, _REMEDY)
    with Progress() as progress:
        progress.tell("Driving to every address again, with every street blocked in turn")
        roads = load_network(network)
        holds, fails = check_cleared(roads, read_tally(tally, Gazetteer(roads)), document)
    tell_verdict(holds, fails, as_json=as_json)


@vehicles.command()
def template() -> None:
    """Print an example of a tally, to be filled in."""
    click.echo("stretch,car,van,camper,truck,bus,trailer,across,lanes_left,lane_moves")
    click.echo("Hill Street between Bay Road and Park Lane,12,2,1,,,,6,0,3")
