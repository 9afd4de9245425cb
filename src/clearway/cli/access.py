"""``clearway access``: how soon help reaches every address under closures, and the checker of its certificates."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearway.cli.groups import DefaultGroup
from clearway.cli.options.closures import Shut
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Names
from clearway.cli.progress import Progress
from clearway.cli.text.access import access_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.store import load_network
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import write_certificate
from clearway.planning.access.planner.listing import write_csv, write_geojson
from clearway.planning.access.planner.report import WITHIN_S, assess_access
from clearway.planning.access.planner.stations import STATION_KINDS, read_stations, stations_of
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.geojson import read_json


@option_class
class Help:
    """Where help starts, who drives, and how soon it should come."""

    stations: Path | None = option("--stations", help="GeoJSON points where vehicles start; else the network's own stations.")
    station_kinds: tuple[str, ...] = option(
        "--station-kinds", type=Names(), multiple=False, default=",".join(STATION_KINDS[:2]), show_default=True,
        help="Kinds of place that count as stations; add 'hospital' if ambulances wait there.",
    )  # fmt: skip
    access_class: str = option(
        "--class", default="emergency", show_default=True, help=f"Who drives: {', '.join(VEHICLE_CLASSES)}."
    )
    within_s: float = option(
        "--within", type=click.FloatRange(0, min_open=True), default=WITHIN_S, show_default=True,
        help="Seconds within which help should come.",
    )  # fmt: skip


@option_class
class Outputs:
    """Where to write the answer."""

    certificate: Path | None = option(
        "--certificate", help="Where to write the certificate.  [default: NETWORK.access.json here]"
    )
    geojson: Path | None = option("--geojson", metavar="OUT", help="Write every address with its times to a GeoJSON file.")
    csv: Path | None = option("--csv", metavar="OUT", help="Write every address with its times to a CSV file.")
    most: int = option(
        "--most", type=click.IntRange(1), default=1000, show_default=True,
        help="Streets listed as weak, of each kind, at most.",
    )  # fmt: skip
    as_json: bool = option("--json", help="Print the report as JSON.")


@click.group(cls=DefaultGroup, default="report")
def access() -> None:
    """Prove that fire and ambulance reach every address, or show what cuts them off."""


@access.command()
@click.argument("network", type=FILE)
@takes(Help, "service")
@takes(Shut, "shut")
@takes(Outputs, "outputs")
def report(network: Path, service: Help, shut: Shut, outputs: Outputs) -> None:
    """Time every address from its nearest station, before and after closures, and block every street in turn.

    Check the certificate afterwards, by code that shares nothing with the search:
    'clearway access check CERTIFICATE NETWORK'.
    """
    roads = load_network(network)
    with Progress() as progress:
        progress.tell("Reading stations and closures")
        kinds = service.station_kinds
        listed = read_stations(service.stations, roads, kinds=kinds) if service.stations else stations_of(roads, kinds=kinds)
        closures = shut.all(roads)
        progress.tell(f"Timing {roads.address_count:,} addresses and blocking {roads.way_count:,} streets in turn")
        found = assess_access(
            AccessTimer(roads),
            listed.stations,
            vehicle_class=service.access_class,
            closures=closures,
            moment=shut.moment,
            within_s=service.within_s,
        )
        progress.tell("Writing the certificate")
        proof = outputs.certificate or Path(f"{network.stem}.access.json")
        write_certificate(proof, found, shut.moment)
        if outputs.geojson:
            write_geojson(outputs.geojson, found)
        if outputs.csv:
            write_csv(outputs.csv, found)
    answer = found.answer(outputs.most).model_copy(update={"ignored_stations": dict(listed.ignored), "certificate": str(proof)})
    check_next = f"Certificate: {proof}. Next: clearway access check {proof} {network}"
    click.echo(json.dumps(answer.as_json()) if outputs.as_json else "\n".join([*access_lines(answer), check_next]))


@access.command()
@click.argument("certificate", type=FILE)
@click.argument("network", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(certificate: Path, network: Path, *, as_json: bool) -> None:
    """Check every path, time and witness of a certificate, by code that shares nothing with the search."""
    document = read_json(certificate, "Give the certificate that 'clearway access NETWORK' wrote.")
    with Progress() as progress:
        progress.tell("Driving every path again")
        holds, fails = check_access(load_network(network), document)
    tell_verdict(holds, fails, as_json=as_json)
