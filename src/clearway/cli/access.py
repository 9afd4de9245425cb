"""``clearway access``: how soon help reaches every address under closures, and the checker of its certificates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.groups import DefaultGroup
from clearway.cli.options.moment import Moment
from clearway.cli.progress import Progress
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.store import load_network
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import write_certificate
from clearway.planning.access.planner.listing import write_csv, write_geojson
from clearway.planning.access.planner.report import WITHIN_S, AccessReport, assess_access
from clearway.planning.access.planner.stations import STATION_KINDS, read_stations, stations_of
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.closure_files import read_closures, read_cordon
from clearway.planning.geojson import read_json

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN = 10


@click.group(cls=DefaultGroup, default="report")
def access() -> None:
    """Prove that fire and ambulance reach every address, or show what cuts them off."""


@access.command()
@click.argument("network", type=_FILE)
@click.option("--stations", type=_FILE, help="GeoJSON points where vehicles start; else the network's own stations.")
@click.option(
    "--station-kinds",
    default=",".join(STATION_KINDS[:2]),
    show_default=True,
    help="Kinds of place that count as stations; add 'hospital' if ambulances wait there.",
)
@click.option("--closures", type=_FILE, help="GeoJSON of what is shut, and to whom.")
@click.option("--cordon", type=_FILE, help="The JSON of 'clearway cordon': its barriers are what is shut.")
@click.option("--as-blocks", is_flag=True, help="Take the cordon's barriers as blocks that nobody passes, gates too.")
@click.option(
    "--class", "vehicle_class", default="emergency", show_default=True, help=f"Who drives: {', '.join(VEHICLE_CLASSES)}."
)
@click.option(
    "--within", "within_s", type=click.FloatRange(0, min_open=True), default=WITHIN_S, show_default=True,
    help="Seconds within which help should come.",
)  # fmt: skip
@click.option("--at", "moment", type=Moment(), help="Only closures in force at this time, as 2022-02-10T08:00:00+13:00.")
@click.option("--certificate", type=_FILE, help="Where to write the certificate.  [default: NETWORK.access.json here]")
@click.option("--geojson", type=_FILE, metavar="OUT", help="Write every address with its times to a GeoJSON file.")
@click.option("--csv", type=_FILE, metavar="OUT", help="Write every address with its times to a CSV file.")
@click.option(
    "--most", type=click.IntRange(1), default=1000, show_default=True, help="Streets listed as weak, of each kind, at most."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def report(
    network: Path, *, certificate: Path | None, geojson: Path | None, csv: Path | None, as_json: bool, **options: Any  # noqa: ANN401 - one for each option
) -> None:  # fmt: skip
    """Time every address from its nearest station, before and after closures, and block every street in turn.

    Check the certificate afterwards, by code that shares nothing with the search:
    'clearway access check CERTIFICATE NETWORK'.
    """
    roads = load_network(network)
    with Progress() as progress:
        progress.tell("Reading stations and closures")
        kinds = [kind.strip() for kind in options["station_kinds"].split(",") if kind.strip()]
        listed = (
            read_stations(options["stations"], roads, kinds=kinds) if options["stations"] else stations_of(roads, kinds=kinds)
        )
        closures = _closures(roads, options)
        progress.tell(f"Timing {roads.address_count:,} addresses and blocking {roads.way_count:,} streets in turn")
        found = assess_access(
            AccessTimer(roads),
            listed.stations,
            vehicle_class=options["vehicle_class"],
            closures=closures,
            moment=options["moment"],
            within_s=options["within_s"],
        )
        progress.tell("Writing the certificate")
        proof = certificate or Path(f"{network.stem}.access.json")
        write_certificate(proof, found, options["moment"])
        if geojson:
            write_geojson(geojson, found)
        if csv:
            write_csv(csv, found)
    document = found.as_json(options["most"]) | {"ignored_stations": dict(listed.ignored), "certificate": str(proof)}
    check_next = f"Certificate: {proof}. Next: clearway access check {proof} {network}"
    click.echo(json.dumps(document) if as_json else "\n".join([*_told(found, document), check_next]))


@access.command()
@click.argument("certificate", type=_FILE)
@click.argument("network", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(certificate: Path, network: Path, *, as_json: bool) -> None:
    """Check every path, time and witness of a certificate, by code that shares nothing with the search."""
    document = read_json(certificate, "Give the certificate that 'clearway access NETWORK' wrote.")
    with Progress() as progress:
        progress.tell("Driving every path again")
        holds, fails = check_access(load_network(network), document)
    tell_verdict(holds, fails, as_json=as_json)


def _closures(network: Network, options: dict[str, Any]) -> list[Closure]:
    if options["as_blocks"] and not options["cordon"]:
        raise BadInput("--as-blocks says how a cordon's barriers are taken. Give the cordon with --cordon CORDON.json.")
    found = read_closures(options["closures"], network) if options["closures"] else []
    if options["cordon"]:
        found += read_cordon(options["cordon"], network, shuts=class_mask(VEHICLE_CLASSES) if options["as_blocks"] else None)
    return found


def _told(found: AccessReport, document: dict[str, Any]) -> list[str]:
    """The report in words."""
    points = "addresses" if found.network.address_source == "addresses" else "frontage points (this network has no addresses)"
    lines = [f"{document['addresses']:,} {points}, {document['stations']} stations, {len(document['closures'])} closures."]
    for name in ("before", "after"):
        side = document[name]
        times = ", ".join(f"{key} {value:.0f} s" for key, value in side["seconds"].items() if value is not None)
        within = f"{document['within'][name]:,} within {found.within_s:g} s"
        lines.append(f"{name.capitalize():<7} {side['reached']:,} reached, {within}; {times or 'nobody is reached'}.")
    lines += _unreached(document)
    lines += ["Longest waits after:", *(_wait(row) for row in document["worst"])]
    lines.append(f"{document['two_approaches']:,} are reached by two approaches that share no street.")
    if document["single_street"]:
        lines.append(f"{document['single_street_count']:,} streets on which addresses depend:")
        lines += [f"  {row['street']} [{row['ways'][0]}]: {row['addresses']:,}" for row in document["single_street"][:_SHOWN]]
    if document["n_minus_1"]:
        lines.append("One car across these costs most:")
        lines += [
            f"  {row['street']} [{row['ways'][0]}]: up to {row['added_seconds']:.0f} s more, {row['addresses']:,} later, "
            f"{row['cut_off']:,} cut off"
            for row in document["n_minus_1"][:_SHOWN]
        ]
    return lines


def _unreached(document: dict[str, Any]) -> list[str]:
    rows = document["after"]["unreached"]
    if not rows:
        return ["Every one is reached after."]
    by_closures: dict[str, int] = {}
    for row in rows:
        why = f"cut off by {'; '.join(row['cut_off_by'])}" if row["cut_off_by"] else "no street leads there, closures or not"
        by_closures[why] = by_closures.get(why, 0) + 1
    common = sorted(by_closures.items(), key=lambda item: -item[1])
    return [f"Not reached after: {len(rows):,}", *(f"  {count:,}: {why}" for why, count in common[:_SHOWN])]


def _wait(row: dict[str, Any]) -> str:
    before = "unreached" if row["seconds_before"] is None else f"{row['seconds_before']:.0f} s"
    return f"  {row['label']}: {row['seconds_after']:.0f} s from {row['station_after']} (before: {before})"
