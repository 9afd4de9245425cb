"""``clearway impact``: what closures do to a city's traffic, plans side by side, and many variants in order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway import __version__
from clearway.cli.groups import DefaultGroup
from clearway.cli.options.closures import Shut
from clearway.cli.options.cordon import CordonWishes, cordon_question
from clearway.cli.options.trips import TripOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress
from clearway.cli.text.impact import told_comparison, told_impact, told_variants
from clearway.errors import BadFile, BadInput
from clearway.files import writing
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.store import load_network, network_digest
from clearway.network.transit.bus_lines import lines_of_feed, lines_of_file, write_lines
from clearway.planning.access.planner.services import WITHIN_S
from clearway.planning.access.planner.stations import STATION_KINDS, given_or_own
from clearway.planning.occupied import full, occupied_streets
from clearway.planning.street_names import StreetNames
from clearway.planning.traffic.impact.change import FORMAT
from clearway.planning.traffic.impact.compare import compared
from clearway.planning.traffic.impact.geojson_out import impact_geojson
from clearway.planning.traffic.impact.impact_model import DEFAULT_DRAWS, ImpactModel
from clearway.planning.traffic.impact.running import OnDask, RunFile, Threads
from clearway.planning.traffic.impact.variants import ORDERS, Variant, rank_variants

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.traffic.impact.running import Place

_MOST_DRAWS, _MOST_VARIANTS = 1000, 5000
_LOCAL, _OFF = "local", "off"
_TRIPS_REST_ON = ("demand", "matrices", "areas", "area_name", "zones", "day")
_CITY_RESTS_ON = ("stations", "within_s", "bus_lines", "gtfs")


@option_class
class City:
    """What the commands that weigh plans share: a city's stations and buses, and where the work is done."""

    stations: Path | None = option("--stations", help="GeoJSON points where ambulance and fire start; else the network's own.")
    within_s: float = option(
        "--within", type=click.FloatRange(0, min_open=True), default=WITHIN_S, show_default=True,
        help="Seconds within which help should come.",
    )  # fmt: skip
    bus_lines: Path | None = option("--bus-lines", help="Bus lines that 'clearway impact lines' wrote.")
    gtfs: Path | None = option("--gtfs", help="GTFS feed (.zip) with the bus lines, instead of --bus-lines.")
    dask: str = option(
        "--dask", default=_LOCAL, show_default=True, metavar="ADDRESS",
        help="Where many assignments run: address of a Dask scheduler (tcp://...), 'local', or 'off' for plain threads.",
    )  # fmt: skip
    workers: int = option(
        "--workers", type=click.IntRange(0), default=0, show_default=True,
        help="Processes of the local cluster; 0: threads of this one, which start at once.",
    )  # fmt: skip
    keep: Path | None = option("--keep", metavar="RUN.sqlite", help="Store results as they come; run again to continue.")
    as_json: bool = option("--json", help="Print the answer as JSON.")


@option_class
class Plans:
    """What the plan is called, and what is put beside it."""

    name: str | None = option("--name", help="Name of the plan.  [default: the name of its file]")
    compare: tuple[Path, ...] = option("--compare", metavar="FILE", help="Other plans to compare with it: closures or cordons.")
    draws: int = option(
        "--draws", type=click.IntRange(0, _MOST_DRAWS), default=DEFAULT_DRAWS, show_default=True,
        help="Draws of the demand, which show how sure the answer is; 0 for none.",
    )  # fmt: skip
    geojson: Path | None = option("--geojson", metavar="OUT", help="Write the map of who gains and loses to a GeoJSON file.")


@option_class
class Listing:
    """Which variants to weigh, and in which order to list them."""

    plans: tuple[Path, ...] = option("--plan", help="A variant of your own: closures or a cordon; may be repeated.")
    count: int = option(
        "--count", type=click.IntRange(1, _MOST_VARIANTS), default=300, show_default=True,
        help="Cordons round the site to compare.",
    )  # fmt: skip
    by: str = option(
        "--by", type=click.Choice(list(ORDERS)), default="burden", show_default=True, help="Figure to rank the plans by."
    )
    show: int = option("--show", type=click.IntRange(1), default=10, show_default=True, help="How many to list.")


@click.group(cls=DefaultGroup, default="report")
def impact() -> None:
    """Show what closures do to a city: traffic, buses, ambulance and fire, who gains and who loses, and how sure that is."""


@impact.command()
@click.argument("network", type=FILE)
@takes(Shut, "shut")
@takes(Plans, "plans")
@takes(TripOptions, "trips")
@takes(City, "city")
def report(network: Path, shut: Shut, plans: Plans, trips: TripOptions, city: City) -> None:
    """Evaluate a plan, or compare several side by side.

    The trips of an hour are assigned to the streets without the closures and with them, and again for every draw of the demand.
    """
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        named = _named_closures(roads, shut, plans)
        model = _model(roads, trips, city, progress)
        kept = _run_file(trips, city, roads)
        found = [
            model.impact(
                closures,
                name=name,
                hour=trips.hour,
                draws=plans.draws,
                tell=lambda doing, share, name=name: progress.tell(f"{name}: {doing} ({share:.0%})"),  # type: ignore[misc]
                place=_place(city),
                kept=kept,
            )
            for name, closures in named
        ]
    if plans.geojson:
        with writing(plans.geojson) as file:
            file.write(json.dumps(impact_geojson(roads, found[0])))
    if len(found) == 1:
        click.echo(json.dumps(found[0].as_json()) if city.as_json else "\n".join(told_impact(found[0])))
        return
    table = compared(found)
    document = {"comparison": table.as_json(), "plans": [one.as_json() for one in found]}
    click.echo(json.dumps(document) if city.as_json else "\n".join([*told_comparison(table), "", *told_impact(found[0])]))


@impact.command()
@click.argument("network", type=FILE)
@takes(CordonWishes, "wishes")
@takes(Listing, "listing")
@takes(TripOptions, "trips")
@takes(City, "city")
def variants(network: Path, wishes: CordonWishes, listing: Listing, trips: TripOptions, city: City) -> None:
    """Compare and rank many variants: cordons round a site, and plans of your own.

    Barriers are moved along their streets, one after the other, and each cordon is sealed anew. The ranking uses a burden in
    vehicle hours, whose weights are a choice; --by ranks by one figure alone.
    """
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        listed = _variants(roads, wishes, listing, progress)
        model = _model(roads, trips, city, progress)
        ranked = rank_variants(
            model,
            listed,
            hour=trips.hour,
            by=listing.by,
            place=_place(city),
            kept=_run_file(trips, city, roads),
            tell=lambda done, count: progress.tell(f"Compared {done:,} of {count:,} variants"),
        )
    statement = model.trips(trips.hour).statement
    if city.as_json:
        click.echo(json.dumps({"statement": statement, "by": listing.by, "variants": [one.as_json() for one in ranked]}))
    else:
        click.echo("\n".join(told_variants(ranked, statement, by=listing.by, show=listing.show)))


@impact.command()
@click.argument("network", type=FILE)
@click.option("--gtfs", type=FILE, required=True, help="GTFS feed (.zip).")
@click.option("--out", type=FILE, required=True, help="Where to write the bus lines.")
def lines(network: Path, gtfs: Path, out: Path) -> None:
    """Find the streets that each bus route drives, and write them to a file for --bus-lines."""
    roads = load_network(network)
    found = lines_of_feed(roads, gtfs)
    with writing(out) as file:
        file.write(write_lines(roads, found))
    routes = len({line.route for line in found})
    click.echo(f"{len(found)} lines of {routes} routes. Next: clearway impact {network} --bus-lines {out} --closures FILE")


def _named_closures(roads: Network, shut: Shut, plans: Plans) -> list[tuple[str, list[Closure]]]:
    """The plan and those beside it, by name."""
    given = [path for path in (shut.closures, shut.cordon) if path]
    if not given:
        raise BadInput("There is no plan. Give --closures FILE.geojson or --cordon CORDON.json.")
    together = [closure for path in given for closure in shut.of_file(path, roads)]
    named = [(plans.name or " and ".join(path.stem for path in given), together)]
    named += [(path.stem, shut.of_file(path, roads)) for path in plans.compare]
    return [
        (name, [one for one in closures if any(one.holds(vehicle, shut.moment) for vehicle in VEHICLE_CLASSES)])
        for name, closures in named
    ]


def _model(roads: Network, trips: TripOptions, city: City, progress: Progress) -> ImpactModel:
    """The city: its trips, its stations, its bus lines."""
    source = trips.source(roads, progress.tell)
    progress.tell("Reading stations and bus lines")
    return ImpactModel(
        source,
        stations=given_or_own(city.stations, roads, kinds=STATION_KINDS[:2]),
        bus_lines=_bus_lines(roads, city),
        within_s=city.within_s,
    )


def _bus_lines(roads: Network, city: City) -> tuple[BusLine, ...]:
    if city.gtfs and city.bus_lines:
        raise BadInput("Give bus lines once: --bus-lines FILE or --gtfs FEED.")
    if city.gtfs:
        return lines_of_feed(roads, city.gtfs)
    return lines_of_file(roads, city.bus_lines) if city.bus_lines else ()


def _variants(roads: Network, wishes: CordonWishes, listing: Listing, progress: Progress) -> list[Variant]:
    """Plans of the user's own, then cordons round the site."""
    from clearway.planning.traffic.impact.cordon_variants import cordon_variants  # noqa: PLC0415 - it takes a second to import

    as_drawn = Shut(closures=None, cordon=None, occupied_shuts=None, as_blocks=False, moment=None)
    own = [Variant(path.stem, tuple(as_drawn.of_file(path, roads)), (str(path),)) for path in listing.plans]
    if wishes.site is None and not wishes.stretches:
        if not own:
            raise BadInput("There is nothing to vary. Give --site SITE.geojson, --stretch STREET, or plans with --plan FILE.")
        return own
    question = cordon_question(roads, wishes)
    streets = occupied_streets(StreetNames(roads), question.stretches, question.site)
    found = cordon_variants(
        roads,
        question,
        count=listing.count,
        tell=lambda done, count: progress.tell(f"Found {done} of {count} cordons"),
    )
    occupied = full(streets, class_mask(question.occupied_shuts))
    return [*own, *(replace(one, closures=(*one.closures, *occupied)) for one in found)]


def _place(city: City) -> Place:
    """Where many assignments run."""
    if city.dask == _OFF:
        return Threads()
    return OnDask(None if city.dask in {_LOCAL, ""} else city.dask, city.workers)


def _run_file(trips: TripOptions, city: City, roads: Network) -> RunFile | None:
    """The file of results, tied to what they all rest on: the city and its trips, not the plan."""
    if city.keep is None:
        return None
    rests_on = {key: getattr(trips, key) for key in _TRIPS_REST_ON} | {key: getattr(city, key) for key in _CITY_RESTS_ON}
    known = {key: _digest(value) if isinstance(value, Path) else value for key, value in rests_on.items()}
    return RunFile(city.keep, json.dumps([__version__, FORMAT, network_digest(roads), known]))


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
