"""``clearway serve``: your own networks in the browser; and what it shares with ``clearway demo``."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.page import PageOptions
from clearway.cli.options.second_reader import SecondReader
from clearway.cli.options.typed import FILE, FOLDER, option, option_class, takes
from clearway.errors import BadFile
from clearway.record.open import open_record

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.server.city import City
    from clearway.server.door import Door
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord
    from clearway.server.sources import TrafficSources


CITIES = "cities"
"""The folder, in the data folder, of the cities that were brought in by the page."""


@option_class
class CityOptions:
    """What is known of the first network's city besides its streets."""

    site: Path | None = option("--site", help="GeoJSON: polygons are the site, lines the occupied stretches of street.")
    stations: Path | None = option(
        "--stations", help="GeoJSON points with 'name' and 'kind'.  [default: the stations in the network]"
    )
    areas: Path | None = option(
        "--areas", help="GeoJSON polygons with names: suburbs, of which the zones of the traffic are made."
    )
    bus_lines: Path | None = option("--bus-lines", help="Lines that 'clearway impact lines' wrote.  [default: those of --gtfs]")
    gtfs: Path | None = option("--gtfs", help="Timetable of the buses, a GTFS feed (.zip): the page re-routes them.")
    works: Path | None = option(
        "--works", help="GeoJSON of other works and events, with a name, a start and an end each: plans are checked against it."
    )
    means: Path | None = option(
        "--means", help="Crews, trucks, depots and kit that set plans up; 'clearway plan stages PLAN --template' prints a file."
    )
    tally: Path | None = option(
        "--tally", help="CSV of the vehicles on stretches of street; 'clearway vehicles template' prints an example."
    )
    towing: Path | None = option(
        "--towing", help="Storage places, tow trucks and escorts, as 'clearway vehicles tow' takes them."
    )
    parking: Path | None = option("--parking", help="Places to park elsewhere; 'clearway vehicles places' prints an example.")
    demand: Path | None = option("--demand", help="Your own trips between the areas, CSV or OMX.  [default: synthetic trips]")

    def refuse_without(self, networks: Sequence[Path]) -> None:
        """Refuse what belongs to the first network where there is none.

        Raises:
            click.UsageError: something of it is given.
        """
        if not networks and any(vars(self).values()):
            raise click.UsageError(
                "Site, stations, areas, buses, works, means, tally and trips belong to a network. Give its file too."
            )

    def city(self, network: Network) -> City:
        """The city.

        Raises:
            BadFile, BadGeometry: site or stations cannot be used.
        """
        from clearway.planning.geojson import read_json  # noqa: PLC0415
        from clearway.server.city import city_from  # noqa: PLC0415

        remedy = "Give a GeoJSON FeatureCollection."
        return city_from(
            network,
            name=network.name,
            site=read_json(self.site, remedy) if self.site else None,
            site_source=str(self.site),
            stations=read_json(self.stations, remedy) if self.stations else None,
            stations_source=str(self.stations),
        )

    def traffic(self) -> TrafficSources:
        """Where its traffic comes from."""
        from clearway.server.sources import VehicleFiles, sources_of_files  # noqa: PLC0415

        return sources_of_files(
            bus_lines=self.bus_lines,
            areas=self.areas,
            demand=self.demand,
            timetable=self.gtfs,
            works=self.works,
            means=self.means,
            vehicles=VehicleFiles(self.tally, self.towing, self.parking),
        )


@option_class
class Reports:
    """Where reports come from, and where what they say is stored."""

    address: str | None = option(
        "--record", envvar="CLEARWAY_RECORD",
        help="File of the record, or postgresql://user@host:5432/name.  [default: room.record in the data folder]",
    )  # fmt: skip
    plate_key: Path | None = option(
        "--plate-key", envvar="CLEARWAY_PLATE_KEY",
        help="File of the key for number plates, so that owners can look up where their vehicle is.  [default: beside the "
        "record's file]",
    )  # fmt: skip
    inbox: Path | None = option("--inbox", type=FOLDER, help="Folder or mail folder that is watched for reports.")

    def key(self, address: str) -> Path | None:
        """Where the key for number plates lies; None where nobody said, and the record is no file."""
        return self.plate_key or (None if "://" in address else Path(f"{address}.plate-key"))


@option_class
class DoorOptions:
    """How the server is reached."""

    host: str = option(
        "--host", default="127.0.0.1", show_default=True,
        help="Address to listen on; 0.0.0.0 lets other machines in, and needs --hosts.",
    )  # fmt: skip
    hosts: str = option(
        "--hosts", default="", metavar="NAME[,NAME]",
        help="Names by which other machines, or a proxy, reach this one. The server answers to no others and asks for a token.",
    )  # fmt: skip
    token_file: Path | None = option(
        "--token-file",
        help="File with a token of your own; CLEARWAY_TOKEN can hold it instead.  [default: a new one each time]",
    )

    def door(self, listener: socket.socket) -> Door:
        """The door of the server that listens here.

        Raises:
            BadInput: other machines could reach it and no name is given, or a name or the token cannot be used.
            BadFile: the token's file cannot be read.
        """
        from clearway.server.door import door_of  # noqa: PLC0415 - what it needs takes time to load

        names = [name for name in self.hosts.split(",") if name.strip()]
        bound, port = listener.getsockname()[:2]
        return door_of(bound, port, asked=self.host, names=names, token=self._token())

    def _token(self) -> str | None:
        if self.token_file is None:
            return os.environ.get("CLEARWAY_TOKEN")
        try:
            return self.token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadFile(self.token_file, "cannot be read", "Give a file that holds the token and nothing else.") from error


@click.command()
@click.argument("networks", metavar="[NETWORK]...", type=FILE, nargs=-1)
@takes(DoorOptions, "entrance")
@takes(PageOptions, "page")
@takes(CityOptions, "about")
@takes(Reports, "reports")
@takes(SecondReader, "second")
def serve(
    networks: tuple[Path, ...],
    entrance: DoorOptions,
    page: PageOptions,
    about: CityOptions,
    reports: Reports,
    second: SecondReader,
) -> None:
    """Open your own networks in the browser.

    Bring your city in by the page: it takes an OpenStreetMap extract and keeps the network in the data folder. Or make one
    with 'clearway network import CITY.osm.pbf --out city.clearway'. Site, stations, areas, buses, works and trips belong to the
    first network that is given; draw the others on the map. There is no sign-in yet: on this machine anybody can use it, and
    from other machines whoever has the token.
    """
    about.refuse_without(networks)
    data = page.folder()
    # imported late: a refusal does not wait for the planner
    from clearway.intake.inbox import Inbox  # noqa: PLC0415
    from clearway.network.store import load_network  # noqa: PLC0415
    from clearway.server.city import city_from  # noqa: PLC0415
    from clearway.server.networks import served_networks  # noqa: PLC0415
    from clearway.server.operations import ServedRecord  # noqa: PLC0415
    from clearway.server.serve import bound_socket  # noqa: PLC0415

    given = [load_network(path) for path in networks]
    opened = [
        (network, city_from(network, name=network.name) if at else about.city(network)) for at, network in enumerate(given)
    ]
    inbox = Inbox(reports.inbox) if reports.inbox else None
    listener = bound_socket(entrance.host, page.port)
    door = entrance.door(listener)
    served = served_networks(opened, about.traffic())
    address = reports.address or str(data / "room.record")
    with closing(open_record(address, at_once=False)) as store:
        room = ServedRecord(store, inbox, second.reader(), reports.key(address))
        open_page(served, listener, door, room, browser=page.browser, cities=data / CITIES)


def open_page(
    networks: Sequence[ServedNetwork],
    listener: socket.socket,
    door: Door,
    record: ServedRecord,
    *,
    browser: bool,
    cities: Path,
) -> None:
    """Open the cities that were brought in by the page too, prepare the search, then serve until Ctrl-C."""
    from clearway.network.kernel_cache import holds_kernels  # noqa: PLC0415
    from clearway.server.desks.cities.desk import kept_cities  # noqa: PLC0415
    from clearway.server.networks import Networks  # noqa: PLC0415
    from clearway.server.serve import serve as serve_networks  # noqa: PLC0415

    ready = holds_kernels()
    click.echo("Preparing the search ..." if ready else "Preparing the search, first time only (a minute or so) ...")
    known = Networks(networks)
    for city in kept_cities(cities):
        known.add(city)
    serve_networks(list(known.values()), listener, door, record=record, cities=cities, browser=browser, say=click.echo)
