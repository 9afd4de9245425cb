"""``clearway network``: import, inspect and export road networks."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.values import Point
from clearway.cli.progress import Progress
from clearway.network.classes import load_street_classes, load_vehicle_classes
from clearway.network.exporters.geojson import export_geojson
from clearway.network.exporters.gmns import export_gmns
from clearway.network.importers.importing import import_network
from clearway.network.info import info_text, network_info
from clearway.network.store import load_network, save_network
from clearway.network.transit.bus_trips import with_bus_trips

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.network.model import Network
    from clearway.shapes import Spot

_FILE = click.Path(path_type=Path, dir_okay=False)
_TABLES = {
    "vehicle": "vehicle_classes.csv",
    "streets": "street_classes.csv",
    "access": "access_values.csv",
    "limits": "size_limits.csv",
    "u_turns": "u_turns.csv",
    "sides": "driving_sides.csv",
}


@click.group()
def network() -> None:
    """Import, inspect and export road networks.

    A network comes from an OpenStreetMap extract of your city (.osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m, .opl) or from council
    centrelines (.geojson), and is stored in one file that every other command reads.
    """


@network.command("import")
@click.argument("source", type=_FILE)
@click.option("--out", "-o", type=_FILE, required=True, metavar="FILE", help="The network file to write.")
@click.option("--name", help="Name of the network.  [default: the file's name]")
@click.option("--vehicle-classes", type=_FILE, metavar="CSV", help="Your own table of vehicle classes.")
@click.option("--street-classes", type=_FILE, metavar="CSV", help="Your own table of street classes.")
@click.option("--gtfs", type=_FILE, metavar="ZIP", help="A bus timetable (static GTFS): counts the trips over each street.")
@click.option(
    "--driving-side",
    type=click.Choice(["left", "right"]),
    help="Side of the road that traffic drives on.  [default: inferred from tags, roundabouts or the place]",
)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%dT%H:%M"]),
    metavar="YYYY-MM-DDTHH:MM",
    help="Read what holds at some hours only as it is at this local time.  [default: such tags are counted, not read]",
)
@click.option(
    "--dead-end",
    "dead_ends",
    type=Point(),
    multiple=True,
    metavar="LON,LAT",
    help="A true dead end, though the data end there. Repeat for more.  [default: plans take it for open; 'info' lists them]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def import_command(  # noqa: PLR0913 - as many as the command has options; all but the first by keyword
    source: Path,
    *,
    out: Path,
    name: str | None,
    vehicle_classes: Path | None,
    street_classes: Path | None,
    gtfs: Path | None,
    driving_side: str | None,
    at: datetime | None,
    dead_ends: tuple[Spot, ...],
    as_json: bool,
) -> None:
    """Read SOURCE into a network file, whole or not at all."""
    vehicles, streets = load_vehicle_classes(vehicle_classes), load_street_classes(street_classes)
    with Progress() as progress:
        made = import_network(
            source,
            name=name,
            vehicle_classes=vehicles,
            street_classes=streets,
            driving_side=driving_side,
            moment=at,
            dead_ends=[(spot.lon, spot.lat) for spot in dead_ends],
            tell=progress.tell,
        )
        if gtfs:
            progress.tell("matching bus trips to the streets")
            made = with_bus_trips(made, gtfs)
        save_network(made, out)
    _show(made, as_json=as_json)
    if not as_json:
        click.echo(f"\nWritten: {out}. Next: clearway cordon {out} --site SITE.geojson")


@network.command("info")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def info_command(file: Path, *, as_json: bool) -> None:
    """Show what network FILE holds, and what its import left out, by reason."""
    _show(load_network(file), as_json=as_json)


def _show(made: Network, *, as_json: bool) -> None:
    info = network_info(made)
    click.echo(json.dumps(info, indent=2, ensure_ascii=False) if as_json else info_text(info))


@network.command("export")
@click.argument("file", type=_FILE)
@click.option("--geojson", type=_FILE, metavar="OUT", help="One GeoJSON file: a line for each street piece.")
@click.option("--gmns", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="A folder of GMNS tables.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export_command(file: Path, *, geojson: Path | None, gmns: Path | None, as_json: bool) -> None:
    """Export network FILE as GeoJSON, as GMNS tables, or both."""
    if not geojson and not gmns:
        raise click.UsageError("Nothing to write. Give --geojson OUT, --gmns DIR, or both.")
    made = load_network(file)
    written: dict[str, dict[str, object]] = {}
    if geojson:
        written["geojson"] = {"file": str(geojson), "features": export_geojson(made, geojson)}
    if gmns:
        written["gmns"] = {"folder": str(gmns), **asdict(export_gmns(made, gmns))}
    if as_json:
        click.echo(json.dumps(written, indent=2, ensure_ascii=False))
        return
    for what in written.values():
        where, *counts = what.items()
        click.echo(f"{where[1]}: " + ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts))
    if written.get("gmns", {}).get("restrictions_left_out"):
        click.echo("A turn restriction over several streets has no place in GMNS; those are left out.", err=True)


@network.command("classes")
@click.option("--streets", "table", flag_value="streets", help="The table of street classes.")
@click.option("--access", "table", flag_value="access", help="What each value of an access tag means to each class.")
@click.option("--limits", "table", flag_value="limits", help="The tags that limit height, width, weight, length or axle load.")
@click.option("--u-turns", "table", flag_value="u_turns", help="Where vehicles may turn round.")
@click.option("--sides", "table", flag_value="sides", help="Where traffic keeps left.")
@click.option(
    "--vehicles", "table", flag_value="vehicle", default="vehicle", help="The table of vehicle classes (the default)."
)
def classes_command(table: str) -> None:
    """Print a table that the import uses, as CSV.

    Change a copy of it and give it to 'import' as --vehicle-classes or --street-classes.
    """
    click.echo(resources.files("clearway.network").joinpath(_TABLES[table]).read_text("utf-8"), nl=False)
