"""``clearway impact``: what closures do to a city's traffic, plans side by side, and many variants in order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway import __version__
from clearway.cli.groups import DefaultGroup
from clearway.cli.options.moment import Moment
from clearway.cli.progress import Progress
from clearway.cli.text.impact import told_comparison, told_impact, told_variants
from clearway.errors import BadFile, BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.store import load_network, network_digest
from clearway.network.transit.bus_lines import lines_of_feed, read_lines, write_lines
from clearway.planning.access.planner.report import WITHIN_S
from clearway.planning.access.planner.stations import STATION_KINDS, read_stations, stations_of
from clearway.planning.closure_files import closures_from, cordon_closures
from clearway.planning.cordon.planner.question import DEFAULT_RADIUS_M, CordonQuestion
from clearway.planning.cordon.planner.site_file import read_site
from clearway.planning.geojson import read_json
from clearway.planning.street_expressions import ways_called
from clearway.planning.traffic.assign.case import DemandChoice, network_case
from clearway.planning.traffic.demand.areas import read_areas
from clearway.planning.traffic.demand.zones import ZONE_COUNT
from clearway.planning.traffic.impact.change import FORMAT
from clearway.planning.traffic.impact.compare import compared
from clearway.planning.traffic.impact.geojson_out import impact_geojson
from clearway.planning.traffic.impact.impact_desk import DEFAULT_DRAWS, DEFAULT_HOUR, ImpactDesk
from clearway.planning.traffic.impact.own_trips import OwnTrips
from clearway.planning.traffic.impact.report import as_json as json_of
from clearway.planning.traffic.impact.running import OnDask, RunFile, Threads
from clearway.planning.traffic.impact.variants import ORDERS, Variant, rank_variants

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.traffic.impact.impact_desk import TripSource
    from clearway.planning.traffic.impact.running import Place

    Command = Callable[..., Any]

_FILE = click.Path(path_type=Path, dir_okay=False)
_MOST_DRAWS, _MOST_VARIANTS = 1000, 5000
_REMEDY = "Give GeoJSON of what is shut, or the JSON that 'clearway cordon NETWORK --site SITE.geojson --json' prints."
_LOCAL, _OFF = "local", "off"
_RESTS_ON = (
    *("demand", "matrices", "areas", "area_name", "zones", "day"),
    *("stations", "within_s", "bus_lines", "gtfs"),
)


@click.group(cls=DefaultGroup, default="report")
def impact() -> None:
    """Say what closures do to a city: traffic, buses, ambulance and fire, who gains and who loses, and how sure that is."""


def _city_options(command: Command) -> Command:
    """What the commands that weigh plans share."""
    options = (
        click.option("--demand", type=_FILE, metavar="TRIPS", help="Your own trips: CSV or OMX; synthetic ones if absent."),
        click.option("--matrix", "matrices", multiple=True, help="Matrix of an OMX file."),
        click.option("--areas", type=_FILE, help="GeoJSON polygons with names: the zones, or the suburbs they are parts of."),
        click.option("--area-name", default="name", show_default=True, help="The property that names an area."),
        click.option("--zones", type=click.IntRange(1), default=ZONE_COUNT, show_default=True, help="Zones to aim at."),
        click.option("--hour", type=click.IntRange(0, 23), default=DEFAULT_HOUR, show_default=True, help="Hour to assign."),
        click.option(
            "--day", type=click.Choice(["weekday", "weekend"]), default="weekday", show_default=True, help="Kind of day."
        ),
        click.option("--stations", type=_FILE, help="GeoJSON points where ambulance and fire start; else the network's own."),
        click.option(
            "--within", "within_s", type=click.FloatRange(0, min_open=True), default=WITHIN_S, show_default=True,
            help="Seconds within which help should come.",
        ),
        click.option("--bus-lines", type=_FILE, help="Bus lines that 'clearway impact lines' wrote."),
        click.option("--gtfs", type=_FILE, help="GTFS feed (.zip) with the bus lines, instead of --bus-lines."),
        click.option(
            "--dask", default=_LOCAL, show_default=True, metavar="ADDRESS",
            help="Where many assignments run: address of a Dask scheduler (tcp://...), 'local', or 'off' for plain threads.",
        ),
        click.option(
            "--workers", type=click.IntRange(0), default=0, show_default=True,
            help="Processes of the local cluster; 0: threads of this one, which start at once.",
        ),
        click.option("--keep", type=_FILE, metavar="RUN.sqlite", help="Keep results as they come; run again to go on."),
        click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@impact.command()
@click.argument("network", type=_FILE)
@click.option("--closures", type=_FILE, help="GeoJSON of what is shut, and to whom.")
@click.option("--cordon", type=_FILE, help="The JSON of 'clearway cordon': its barriers are what is shut.")
@click.option("--as-blocks", is_flag=True, help="Take cordons' barriers as blocks that nobody passes, gates too.")
@click.option("--at", "moment", type=Moment(), help="Only closures in force at this time, as 2022-02-10T08:00:00+13:00.")
@click.option("--name", help="What to call the plan.  [default: the name of its file]")
@click.option("--compare", type=_FILE, multiple=True, metavar="FILE", help="Other plans beside it: closures or cordons.")
@click.option(
    "--draws",
    type=click.IntRange(0, _MOST_DRAWS),
    default=DEFAULT_DRAWS,
    show_default=True,
    help="Draws of the demand, which say how sure the answer is; 0 for none.",
)
@click.option("--geojson", type=_FILE, metavar="OUT", help="Write the map of who gains and loses to a GeoJSON file.")
@_city_options
def report(network: Path, *, geojson: Path | None, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - one for each option
    """Weigh a plan, or several side by side.

    The trips of an hour are assigned to the streets without the closures and with them, and again for every draw of the demand.
    """
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        plans = _plans(roads, options)
        desk = _desk(roads, options, progress)
        kept = _run_file(options, roads)
        found = [
            desk.impact(
                closures,
                name=name,
                hour=options["hour"],
                draws=options["draws"],
                tell=lambda doing, share, name=name: progress.tell(f"{name}: {doing} ({share:.0%})"),  # type: ignore[misc]
                place=_place(options),
                kept=kept,
            )
            for name, closures in plans
        ]
    if geojson:
        _write(geojson, json.dumps(impact_geojson(roads, found[0])))
    if len(found) == 1:
        click.echo(json.dumps(found[0].as_json()) if as_json else "\n".join(told_impact(found[0])))
        return
    table = compared(found)
    document = {"comparison": table.as_json(), "plans": [one.as_json() for one in found]}
    click.echo(json.dumps(document) if as_json else "\n".join([*told_comparison(table), "", *told_impact(found[0])]))


@impact.command()
@click.argument("network", type=_FILE)
@click.option("--site", type=_FILE, help="GeoJSON: polygons are the site, lines are occupied stretches of street.")
@click.option("--stretch", multiple=True, metavar="STREET", help="An occupied street: name, 'A from B to C', or source id.")
@click.option(
    "--radius",
    "radius_m",
    type=float,
    default=DEFAULT_RADIUS_M,
    show_default=True,
    help="What lies farther from the site is outside, metres.",
)
@click.option(
    "--plan", "plans", type=_FILE, multiple=True, help="A variant of your own: closures or a cordon; as many as wanted."
)
@click.option(
    "--count", type=click.IntRange(1, _MOST_VARIANTS), default=300, show_default=True, help="Cordons round the site to weigh."
)
@click.option("--by", type=click.Choice(list(ORDERS)), default="burden", show_default=True, help="What the order goes by.")
@click.option("--show", type=click.IntRange(1), default=10, show_default=True, help="How many to list.")
@_city_options
def variants(network: Path, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - one for each option
    """Weigh many variants and put them in order: cordons round a site, and plans of your own.

    Barriers are moved along their streets, one after the other, and each cordon is sealed anew. The order goes by a burden in
    vehicle hours, whose weights are a choice; --by orders by one figure alone.
    """
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        listed = _variants(roads, options, progress)
        desk = _desk(roads, options, progress)
        ranked = rank_variants(
            desk,
            listed,
            hour=options["hour"],
            by=options["by"],
            place=_place(options),
            kept=_run_file(options, roads),
            tell=lambda done, count: progress.tell(f"Weighed {done:,} of {count:,} variants"),
        )
    statement = desk.trips(options["hour"]).statement
    if as_json:
        click.echo(json.dumps({"statement": statement, "by": options["by"], "variants": [json_of(one) for one in ranked]}))
    else:
        click.echo("\n".join(told_variants(ranked, statement, by=options["by"], show=options["show"])))


@impact.command()
@click.argument("network", type=_FILE)
@click.option("--gtfs", type=_FILE, required=True, help="GTFS feed (.zip).")
@click.option("--out", type=_FILE, required=True, help="Where to write the bus lines.")
def lines(network: Path, gtfs: Path, out: Path) -> None:
    """Find the streets that each bus route drives, and write them to a file for --bus-lines."""
    roads = load_network(network)
    found = lines_of_feed(roads, gtfs)
    _write(out, write_lines(roads, found))
    routes = len({line.route for line in found})
    click.echo(f"{len(found)} lines of {routes} routes. Next: clearway impact {network} --bus-lines {out} --closures FILE")


def _plans(roads: Network, options: dict[str, Any]) -> list[tuple[str, list[Closure]]]:
    """The plan and those beside it, by name."""
    given = [options[key] for key in ("closures", "cordon") if options[key]]
    if not given:
        raise BadInput("There is no plan. Give --closures FILE.geojson or --cordon CORDON.json.")
    shuts = class_mask(VEHICLE_CLASSES) if options["as_blocks"] else None
    moment = options["moment"]
    together = [closure for path in given for closure in _closures(path, roads, shuts)]
    plans = [(options["name"] or " and ".join(path.stem for path in given), together)]
    plans += [(path.stem, _closures(path, roads, shuts)) for path in options["compare"]]
    return [
        (name, [one for one in closures if any(one.holds(vehicle, moment) for vehicle in VEHICLE_CLASSES)])
        for name, closures in plans
    ]


def _closures(path: Path, roads: Network, shuts: int | None) -> list[Closure]:
    """What a file shuts, be it GeoJSON or a cordon."""
    document = read_json(path, _REMEDY)
    if isinstance(document, dict) and "barriers" in document:
        return cordon_closures(document, roads, shuts=shuts, source=str(path))
    return closures_from(document, roads, source=str(path))


def _desk(roads: Network, options: dict[str, Any], progress: Progress) -> ImpactDesk:
    """The city: its trips, its stations, its bus lines."""
    progress.tell("Reading the trips" if options["demand"] else "Making a synthetic demand")
    source = _source(roads, options)
    progress.tell("Reading stations and bus lines")
    return ImpactDesk(
        source, stations=_stations(roads, options), bus_lines=_bus_lines(roads, options), within_s=options["within_s"]
    )


def _source(roads: Network, options: dict[str, Any]) -> TripSource:
    areas = read_areas(options["areas"], roads, name_property=options["area_name"]) if options["areas"] else None
    if options["demand"] is None:
        from clearway.planning.traffic.demand.ensemble import SyntheticSource  # noqa: PLC0415 - it takes a second to import
        from clearway.planning.traffic.demand.town import make_town  # noqa: PLC0415

        return SyntheticSource(make_town(roads, areas=areas, zone_count=options["zones"], day=options["day"]))
    choice = DemandChoice(
        options["demand"], areas, zone_count=options["zones"], day=options["day"], matrices=tuple(options["matrices"])
    )
    case = network_case(roads, choice)
    if case.roads is None:
        raise BadInput("The trips are not of a Clearway network.")
    told = (
        case.trips.statement or f"The trips are those of {options['demand'].name}, taken as those of the hour that is assigned."
    )
    return OwnTrips(case.roads, replace(case.trips, statement=told))


def _stations(roads: Network, options: dict[str, Any]) -> tuple[Station, ...]:
    kinds = STATION_KINDS[:2]
    if options["stations"]:
        return read_stations(options["stations"], roads, kinds=kinds).stations
    own = {roads.place_kinds[int(kind)] for kind in roads.place_kind}
    return stations_of(roads, kinds=kinds).stations if own & set(kinds) else ()


def _bus_lines(roads: Network, options: dict[str, Any]) -> tuple[BusLine, ...]:
    if options["gtfs"] and options["bus_lines"]:
        raise BadInput("Give bus lines once: --bus-lines FILE or --gtfs FEED.")
    if options["gtfs"]:
        return lines_of_feed(roads, options["gtfs"])
    if not options["bus_lines"]:
        return ()
    path: Path = options["bus_lines"]
    try:
        return read_lines(roads, path.read_text("utf-8"), source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read ({error})", "Give a file that 'clearway impact lines' wrote.") from error


def _variants(roads: Network, options: dict[str, Any], progress: Progress) -> list[Variant]:
    """Plans of the user's own, then cordons round the site."""
    from clearway.planning.traffic.impact.cordon_variants import cordon_variants  # noqa: PLC0415 - it takes a second to import

    own = [Variant(path.stem, tuple(_closures(path, roads, None)), (str(path),)) for path in options["plans"]]
    if options["site"] is None and not options["stretch"]:
        if not own:
            raise BadInput("There is nothing to vary. Give --site SITE.geojson, --stretch STREET, or plans with --plan FILE.")
        return own
    ground, stretches = read_site(options["site"], roads) if options["site"] else (None, ())
    named = [way for called in options["stretch"] for way in ways_called(roads, called)]
    question = CordonQuestion(
        site=ground, stretches=tuple(dict.fromkeys([*stretches, *named])), radius_m=options["radius_m"]
    ).checked()
    found = cordon_variants(
        roads, question, count=options["count"], tell=lambda done, count: progress.tell(f"Found {done} of {count} cordons")
    )
    return [*own, *found]


def _place(options: dict[str, Any]) -> Place:
    """Where many assignments run."""
    if options["dask"] == _OFF:
        return Threads()
    return OnDask(None if options["dask"] in {_LOCAL, ""} else options["dask"], options["workers"])


def _run_file(options: dict[str, Any], roads: Network) -> RunFile | None:
    """The file of results, tied to what they all rest on: the city and its trips, not the plan."""
    if options["keep"] is None:
        return None
    rests_on = {key: options[key] for key in _RESTS_ON}
    known = {key: _digest(value) if isinstance(value, Path) else value for key, value in rests_on.items()}
    return RunFile(options["keep"], json.dumps([__version__, FORMAT, network_digest(roads), known]))


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error
