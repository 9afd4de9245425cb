"""``clearway detours``: the detour for through traffic that a plan cuts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.closures import Shut
from clearway.cli.options.planned import all_that_is_shut
from clearway.cli.options.record import CalendarOptions
from clearway.cli.options.trips import TripOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress
from clearway.cli.text.detours import detour_lines
from clearway.errors import BadInput
from clearway.files import writing
from clearway.network.store import load_network
from clearway.planning.access.planner.stations import given_or_own
from clearway.planning.access.planner.vehicles import MOST_SIZE
from clearway.planning.plan.detours.finding import Asked
from clearway.planning.plan.detours.finding import detours as found_detours
from clearway.planning.plan.detours.geojson_out import detours_geojson
from clearway.planning.plan.detours.loads import loaded
from clearway.planning.plan.detours.places import KINDS
from clearway.planning.plan.detours.question import HEIGHT_M, LENGTH_M, WEIGHT_T, WIDTH_M, DetourQuestion, HeavyVehicle
from clearway.planning.plan.detours.routes import with_detours
from clearway.planning.plan.document import read_plan, write_plan
from clearway.planning.traffic.impact.assigner import Assigner
from clearway.record.entry import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.plan.detours.contract import Detours
    from clearway.planning.plan.detours.loads import Traffic

_SIZE = click.FloatRange(0, MOST_SIZE)


@option_class
class DetourOptions:
    """What is shut, for whom a detour is asked, and where the answer goes."""

    plan: Path | None = option(
        "--plan", help="A traffic management plan ('clearway plan'), or a file of closures or of a cordon: what is shut."
    )
    synthetic: bool = option("--synthetic", help="Load the detours with synthetic trips, where you have none of your own.")
    places: Path | None = option(
        "--places", help="GeoJSON points with 'name' and 'kind': schools, stations, campuses.  [default: the network's own]"
    )
    heavy_height_m: float = option(
        "--heavy-height", type=_SIZE, default=HEIGHT_M, show_default=True, help="Of a lorry, metres."
    )
    heavy_width_m: float = option("--heavy-width", type=_SIZE, default=WIDTH_M, show_default=True, help="Of a lorry, metres.")
    heavy_weight_t: float = option(
        "--heavy-weight", type=_SIZE, default=WEIGHT_T, show_default=True, help="Of a lorry, tonnes."
    )
    heavy_length_m: float = option(
        "--heavy-length", type=_SIZE, default=LENGTH_M, show_default=True, help="Of a lorry, metres."
    )
    geojson: Path | None = option("--geojson", metavar="OUT", help="Write detours and warnings to a GeoJSON file.")
    out: Path | None = option("--out", metavar="PLAN", help="Write the plan with its detours to a file.")
    as_json: bool = option("--json", help="Print the answer as JSON.")

    def asked(self, hour: int | None) -> DetourQuestion:
        """The question that the API is asked too."""
        heavy = HeavyVehicle(
            height_m=self.heavy_height_m, width_m=self.heavy_width_m, weight_t=self.heavy_weight_t, length_m=self.heavy_length_m
        )
        return DetourQuestion(heavy=heavy, hour=hour)


@click.command()
@click.argument("network", type=FILE)
@takes(DetourOptions, "question")
@takes(Shut, "shut")
@takes(TripOptions, "trips")
@takes(CalendarOptions, "calendar")
def detours(network: Path, question: DetourOptions, shut: Shut, trips: TripOptions, calendar: CalendarOptions) -> None:
    """Send through traffic round closures: the way of each movement turn by turn, and where to warn drivers.

    A driver is warned at the last junction at which one can still turn off without turning round. How full the detours get
    is worked out by the traffic engine from the trips that you give, and is not known without any. Foot, step-free and cycle
    ways, and how people get to schools, stations and campuses near by, are told beside them.
    """
    if question.out and question.plan is None:
        raise BadInput("There is no plan to write the detours to. Give it with --plan PLAN.json, or leave --out out.")
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        shut_by = all_that_is_shut(roads, question.plan, shut, calendar)
        asked = question.asked(trips.hour if trips.demand or question.synthetic else None)
        traffic = None if asked.hour is None else _traffic(roads, trips, asked.hour, shut_by.closures, progress)
        found = found_detours(
            roads,
            Asked(
                closures=shut_by.closures,
                heavy=asked.heavy,
                places=given_or_own(question.places, roads, kinds=KINDS),
                traffic=traffic,
            ),
            progress.share,
        )
    found = found.model_copy(update={"warnings": (*shut_by.unplaced_sentences(), *found.warnings)})
    _write(question, calendar, found)
    click.echo(json.dumps(found.as_json()) if question.as_json else "\n".join(detour_lines(found)))


def _write(question: DetourOptions, calendar: CalendarOptions, found: Detours) -> None:
    """The map, and the plan with its detours, where they are asked for."""
    if question.out and question.plan:
        plan = read_plan(question.plan, calendar.calendar(None, None), now())
        write_plan(question.out, with_detours(plan, found.general))
    if question.geojson:
        with writing(question.geojson) as file:
            file.write(json.dumps(detours_geojson(found)))


def _traffic(roads: Network, trips: TripOptions, hour: int, closures: Sequence[Closure], progress: Progress) -> Traffic:
    source = trips.source(roads, progress.tell)
    return loaded(Assigner(source.streets), source.trips(hour), hour, closures, progress.share)
