"""``clearway vehicles``: which vehicles to move first, and what that wins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.balance import balance, check_balance
from clearway.cli.ladder import climb, ladder
from clearway.cli.lists import enter, list_table
from clearway.cli.offer import check_offer, offer, places
from clearway.cli.options.closures import Shut
from clearway.cli.options.plan_ground import HelpFrom
from clearway.cli.options.tally import TallySource
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Moment, Names
from clearway.cli.plates import find, forget_plates, moved
from clearway.cli.progress import Progress, stoppable
from clearway.cli.tally import count, tally
from clearway.cli.text.vehicles import cleared_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.cli.tow import check_tow, fee_caps, means, tow
from clearway.cli.tow_record import tow_record_command
from clearway.errors import BadInput
from clearway.network.store import load_network
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.vehicles.check import check_cleared
from clearway.planning.vehicles.clearing.staircase import LIMIT_S, cleared
from clearway.planning.vehicles.clearing.wishes import Wishes, route_ways, street_ways

if TYPE_CHECKING:
    from datetime import datetime

_REMEDY = "Give the JSON that 'clearway vehicles clear --json' prints."


@click.group()
def vehicles() -> None:
    """Say which vehicles to move first, and what that wins."""


vehicles.add_command(count)
vehicles.add_command(tally)
vehicles.add_command(balance)
vehicles.add_command(check_balance)
vehicles.add_command(moved)
vehicles.add_command(find)
vehicles.add_command(forget_plates)


@option_class
class Wanted:
    """What moving vehicles is to win besides help."""

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
@takes(TallySource, "source")
@takes(Wanted, "wanted")
@takes(HelpFrom, "help_from")
@takes(Shut, "shut")
def clear(network: Path, source: TallySource, wanted: Wanted, help_from: HelpFrom, shut: Shut) -> None:
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
        stretches, notes = source.read(gazetteer, shut.moment)
        routes = route_ways(roads, wanted.gtfs, wanted.routes) if wanted.gtfs and wanted.routes else {}
        wishes = Wishes(routes, street_ways(gazetteer, wanted.streets))
        services, closures = help_from.on(roads), shut.all(roads)
        found = stoppable(
            lambda tell: cleared(
                AccessTimer(roads),
                services,
                stretches,
                wishes,
                Steps(tell, wanted.limit_s),
                closures=closures,
                moment=shut.moment,
            ),
            progress.share,
        )
    found = found.model_copy(update={"notes": (*found.notes, *notes)})
    click.echo(json.dumps(found.as_json()) if wanted.as_json else "\n".join(cleared_lines(found)))


@vehicles.command()
@click.argument("answer", type=FILE)
@click.argument("network", type=FILE)
@takes(TallySource, "source")
@click.option("--at", "moment", type=Moment(), help="The moment of the record's tallies that it was made of.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(answer: Path, network: Path, source: TallySource, moment: datetime | None, *, as_json: bool) -> None:
    """Check an answer of 'vehicles clear', by code that shares nothing with the search.

    Give it the tally, or the record and the moment, that the answer was made of.
    """
    document = read_json(answer, _REMEDY)
    with Progress() as progress:
        progress.tell("Driving to every address again, with every street blocked in turn")
        roads = load_network(network)
        holds, fails = check_cleared(roads, source.read(Gazetteer(roads), moment)[0], document)
    tell_verdict(holds, fails, as_json=as_json)


@vehicles.command()
def template() -> None:
    """Print an example of a tally, to be filled in."""
    click.echo("stretch,car,van,camper,truck,bus,trailer,across,lanes_left,lane_moves")
    click.echo("Hill Street between Bay Road and Park Lane,12,2,1,,,,6,0,3")


vehicles.add_command(ladder)
vehicles.add_command(climb)
vehicles.add_command(tow)
vehicles.add_command(check_tow)
vehicles.add_command(means)
vehicles.add_command(fee_caps)
vehicles.add_command(tow_record_command)
vehicles.add_command(offer)
vehicles.add_command(check_offer)
vehicles.add_command(places)
vehicles.add_command(enter)
vehicles.add_command(list_table)
