"""``clearway access``: how soon help reaches every address under closures, and the checker of its certificates."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.groups import DefaultGroup
from clearway.cli.options.closures import Shut
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Names, VehicleSize
from clearway.cli.progress import Progress
from clearway.cli.text.access import access_lines, address_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.network.classes import VEHICLE_CLASSES, class_index, class_mask
from clearway.network.store import load_network
from clearway.network.timed import network_at
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.address_lookup import address_of
from clearway.planning.access.planner.address_proof import Timed, address_proof, timed_services
from clearway.planning.access.planner.certificate import write_certificate
from clearway.planning.access.planner.hours import hours_notes
from clearway.planning.access.planner.lane import both_ways, occupied_of, says_at
from clearway.planning.access.planner.listing import write_csv, write_geojson
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.services import (
    load_services,
    no_hospital,
    services_text,
    staffed,
    unanswered,
    unknown_columns,
    with_vehicles,
)
from clearway.planning.access.planner.stations import (
    STATION_KINDS,
    StationList,
    hospitals_among,
    read_hospitals,
    read_stations,
    stations_of,
)
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.vehicles import Vehicle
from clearway.planning.access.planner.water import HYDRANT_M
from clearway.planning.geojson import read_json, unread
from clearway.planning.street_names import StreetNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.access.planner.services import Service, Staffed
    from clearway.planning.closure_files import SiteStreets


@option_class
class Help:
    """Where help starts, who drives, and how soon it should come."""

    stations: Path | None = option("--stations", help="GeoJSON points where vehicles start; else the network's own stations.")
    station_kinds: tuple[str, ...] = option(
        "--station-kinds", type=Names(), multiple=False, default=",".join(STATION_KINDS[:3]), show_default=True,
        help="Kinds of place that count as stations; add 'hospital' if ambulances wait there.",
    )  # fmt: skip
    hospitals: Path | None = option(
        "--hospitals", help="GeoJSON points where patients are taken; else those of the kind 'hospital' among the stations, or "
        "the network's own.",
    )  # fmt: skip
    hydrant_m: float = option(
        "--hydrant-metres", type=click.FloatRange(0, min_open=True), default=HYDRANT_M, show_default=True,
        help="How near to an address a hydrant should be, where the network has hydrants.",
    )  # fmt: skip
    services: Path | None = option(
        "--services", help="CSV of services, their stations, standards and turnout; 'clearway access services' prints ours."
    )
    access_class: str | None = option(
        "--class", help=f"Who drives, for every service: {', '.join(VEHICLE_CLASSES)}.  [default: as the services say]"
    )
    vehicles: tuple[tuple[str, Vehicle], ...] = option(
        "--vehicle", type=VehicleSize(), multiple=True,
        help="Size of a service's vehicle, such as fire:height=3.5,width=2.5,weight=14 (also length, axle, turning; "
        "metres and tonnes); without a service: of every one. What is left out is as its class.",
    )  # fmt: skip
    within_s: float | None = option(
        "--within", type=click.FloatRange(0, min_open=True),
        help="Seconds within which help should come, for every service.  [default: as the services say]",
    )  # fmt: skip

    def table(self) -> tuple[Service, ...]:
        """The services, with what the options change in all of them.

        Raises:
            BadFile: the table cannot be used.
            UnknownName: no such class.
        """
        changes: dict[str, Any] = {}
        if self.access_class is not None:
            class_index(self.access_class)
            changes["vehicle_class"] = self.access_class
        if self.within_s is not None:
            changes["within_s"] = self.within_s
        return tuple(replace(service, **changes) for service in load_services(self.services))

    def kinds(self) -> tuple[str, ...]:
        """The kinds of place that count as stations."""
        named = (kind for one in self.table() for kind in one.station_kinds) if self.services else ()
        return tuple(dict.fromkeys((*self.station_kinds, *named)))

    def where_it_starts(self, network: Network) -> StationList:
        """The stations: of their file, or the network's own.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        if self.stations:
            return read_stations(self.stations, network, kinds=self.kinds())
        return stations_of(network, kinds=self.kinds())

    def where_patients_go(self, network: Network) -> StationList:
        """The hospitals: of their file, among the stations, or the network's own; none where none is known.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        if self.hospitals:
            return read_hospitals(self.hospitals, network)
        document = read_json(self.stations, "Give a GeoJSON FeatureCollection of Points.") if self.stations else None
        return StationList(hospitals_among(document, network, source=str(self.stations)), {})


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
@takes(Help, "help_")
@takes(Shut, "shut")
@takes(Outputs, "outputs")
def report(network: Path, help_: Help, shut: Shut, outputs: Outputs) -> None:
    """Time every address from its nearest station, before and after closures, and block every street in turn.

    Fire, ambulance and police get an answer each; an address is reached where every one of them reaches it. Check the
    certificate afterwards, by code that shares nothing with the search: 'clearway access check CERTIFICATE NETWORK'.
    """
    loaded = load_network(network)
    roads = network_at(loaded, shut.moment)
    with Progress() as progress:
        progress.tell("Reading stations and closures")
        table, kinds, found_at = help_.table(), help_.kinds(), help_.where_it_starts(roads)
        services = with_vehicles(staffed(table, found_at.stations), help_.vehicles, table)
        hospitals = help_.where_patients_go(roads)
        closures = shut.all(roads)
        progress.tell(f"Timing {roads.address_count:,} addresses and blocking {roads.way_count:,} streets in turn")
        timer = AccessTimer(roads)
        found = assess_services(
            timer,
            services,
            closures=closures,
            moment=shut.moment,
            hospitals=hospitals.stations,
            hydrant_m=help_.hydrant_m,
        )
        progress.tell("Writing the certificate")
        proof = outputs.certificate or Path(f"{network.stem}.access.json")
        write_certificate(proof, found.reports, shut.moment, network=loaded)
        if outputs.geojson:
            write_geojson(outputs.geojson, found)
        if outputs.csv:
            write_csv(outputs.csv, found)
    notes = (
        *unanswered(table, services, kinds),
        *(f"Not read: the column {name!r} of {help_.services}. Is it spelt right?" for name in unknown_columns(help_.services)),
        *unread("stations", found_at.unknown),
        *unread("hospitals", hospitals.unknown),
        *unread("closures", shut.unread()),
        *hours_notes(loaded, closures, shut.moment),
        *(no_hospital(services) if not hospitals.stations else ()),
    )
    extra: dict[str, Any] = {
        "ignored_stations": dict(found_at.ignored),
        "certificate": str(proof),
        "notes": notes,
        "at": shut.moment.isoformat() if shut.moment else None,
    }
    if (held := shut.occupied(roads)) and held.streets:
        timed = [Timed(one.service, one.network, one.size, one.before, one.after) for one in found.reports]
        lanes = both_ways(timer, timed, held.streets)
        extra["occupied"] = occupied_of(StreetNames(roads), lanes, held.streets, shut=_stopped(held, services))
    answer = found.answer(outputs.most).model_copy(update=extra)
    check_next = f"Certificate: {proof}. Next: clearway access check {proof} {network}"
    click.echo(json.dumps(answer.as_json()) if outputs.as_json else "\n".join([*access_lines(answer), check_next]))


@access.command(context_settings={"ignore_unknown_options": True})  # a position may begin with a minus
@click.argument("network", type=FILE)
@click.argument("place")
@takes(Help, "help_")
@takes(Shut, "shut")
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON.")
def address(network: Path, place: str, help_: Help, shut: Shut, *, as_json: bool) -> None:
    """Prove how help reaches one address: station, streets, seconds, a second route, or what cuts it off.

    PLACE is the address as the network spells it ("12 Hill Street"), or its position ("174.7771,-41.2784").
    """
    loaded = load_network(network)
    roads = network_at(loaded, shut.moment)
    names = StreetNames(roads)
    wanted = address_of(names, place)
    with Progress() as progress:
        progress.tell("Timing help to the address")
        table = help_.table()
        services = with_vehicles(staffed(table, help_.where_it_starts(roads).stations), help_.vehicles, table)
        closures, timer = shut.all(roads), AccessTimer(roads)
        timed, assumed = timed_services(timer, services, closures, shut.moment), []
        if held := shut.occupied(roads):
            lanes = both_ways(timer, timed, held.streets)
            assumed = says_at(names, lanes, held.streets, wanted, shut=_stopped(held, services))
        rests_on = hours_notes(loaded, closures, shut.moment)
        proof = address_proof(names, timer, timed, wanted, assumed=assumed, rests_on=rests_on)
    click.echo(json.dumps(proof.as_json()) if as_json else "\n".join(address_lines(proof)))


def _stopped(held: SiteStreets, services: Sequence[Staffed]) -> bool:
    """Whether some service is taken not to drive along the occupied streets."""
    return bool(held.shuts & class_mask(one.service.vehicle_class for one in services))


@access.command()
def services() -> None:
    """Print our table of services, to be changed and given back with --services."""
    click.echo(services_text(), nl=False)


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
