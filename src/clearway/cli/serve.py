"""``clearway serve``: your own networks in the browser; and what it shares with ``clearway demo``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.page import PageOptions
from clearway.cli.options.second_reader import SecondReader
from clearway.cli.options.typed import FILE, FOLDER, option, option_class, takes
from clearway.record.open import open_record

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.server.city import City
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord
    from clearway.server.sources import TrafficSources


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
    bus_lines: Path | None = option("--bus-lines", help="Bus lines that 'clearway impact lines' wrote.")
    demand: Path | None = option("--demand", help="Your own trips between the areas, CSV or OMX.  [default: synthetic trips]")

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
        from clearway.server.sources import sources_of_files  # noqa: PLC0415

        return sources_of_files(bus_lines=self.bus_lines, areas=self.areas, demand=self.demand)


@option_class
class Reports:
    """Where reports come from, and where what they say is stored."""

    address: str | None = option(
        "--record", envvar="CLEARWAY_RECORD",
        help="File of the record, or postgresql://user@host:5432/name.  [default: room.record in the data folder]",
    )  # fmt: skip
    inbox: Path | None = option("--inbox", type=FOLDER, help="Folder or mail folder that is watched for reports.")


@click.command()
@click.argument("networks", metavar="NETWORK...", type=FILE, nargs=-1, required=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other machines in.")
@takes(PageOptions, "page")
@takes(CityOptions, "about")
@takes(Reports, "reports")
@takes(SecondReader, "second")
def serve(
    networks: tuple[Path, ...], host: str, page: PageOptions, about: CityOptions, reports: Reports, second: SecondReader
) -> None:
    """Open your own networks in the browser.

    Make one with 'clearway network import CITY.osm.pbf --out city.clearway'. Site, stations, areas, bus lines
    and trips belong to the first network; draw the others on the map. There is no sign-in yet: anybody who reaches the port can
    use it.
    """
    data = page.folder()
    # imported late: a refusal does not wait for the planner
    from clearway.intake.inbox import Inbox  # noqa: PLC0415
    from clearway.network.store import load_network  # noqa: PLC0415
    from clearway.server.city import city_from  # noqa: PLC0415
    from clearway.server.networks import served_networks  # noqa: PLC0415
    from clearway.server.operations import ServedRecord  # noqa: PLC0415
    from clearway.server.serve import bound_socket  # noqa: PLC0415

    first, *others = [load_network(path) for path in networks]
    opened = [(first, about.city(first)), *((other, city_from(other, name=other.name)) for other in others)]
    inbox = Inbox(reports.inbox) if reports.inbox else None
    listener = bound_socket(host, page.port)
    served = served_networks(opened, about.traffic())
    with closing(open_record(reports.address or str(data / "room.record"), at_once=False)) as store:
        open_page(served, listener, ServedRecord(store, inbox, second.reader()), browser=page.browser)


def open_page(networks: Sequence[ServedNetwork], listener: socket.socket, record: ServedRecord, *, browser: bool) -> None:
    """Prepare the search, then serve until Ctrl-C."""
    from clearway.network.kernel_cache import holds_kernels  # noqa: PLC0415
    from clearway.server.serve import serve as serve_networks  # noqa: PLC0415

    ready = holds_kernels()
    click.echo("Preparing the search ..." if ready else "Preparing the search, first time only (a minute or so) ...")
    serve_networks(networks, listener, record=record, browser=browser, say=click.echo)
