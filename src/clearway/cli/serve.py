"""``clearway serve``: one's own networks in the browser; and what it shares with ``clearway demo``."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.errors import BadFile
from clearway.record.open import open_record

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("networks", metavar="NETWORK...", type=_FILE, nargs=-1, required=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port; the first free one from 8000 where absent.")
@click.option("--site", type=_FILE, help="GeoJSON: polygons are the site, lines the occupied stretches of street.")
@click.option("--stations", type=_FILE, help="GeoJSON points with 'name' and 'kind'; the network's own where absent.")
@click.option("--areas", type=_FILE, help="GeoJSON polygons with names: suburbs, of which the zones of the traffic are made.")
@click.option("--bus-lines", type=_FILE, help="Bus lines that 'clearway impact lines' wrote.")
@click.option("--demand", type=_FILE, help="Your own trips between the areas, CSV or OMX; synthetic ones where absent.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in your browser.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="Folder for the record.",
)
@click.option(
    "--record",
    "address",
    envvar="CLEARWAY_RECORD",
    help="File of the record, or postgresql://user@host:5432/name; room.record in the data folder where absent.",
)
@click.option(
    "--inbox", type=click.Path(path_type=Path, file_okay=False), help="Folder or mail folder that is watched for reports."
)
@click.option(
    "--model",
    metavar="URL",
    envvar="CLEARWAY_MODEL",
    help="A language model as second reader of reports: an OpenAI-compatible address.",
)
@click.option(
    "--model-name", default="default", show_default=True, envvar="CLEARWAY_MODEL_NAME", help="Which model to ask for there."
)
def serve(  # noqa: PLR0913 - one for each option
    networks: tuple[Path, ...],
    *,
    host: str,
    port: int | None,
    site: Path | None,
    stations: Path | None,
    areas: Path | None,
    bus_lines: Path | None,
    demand: Path | None,
    browser: bool,
    data: Path,
    address: str | None,
    inbox: Path | None,
    model: str | None,
    model_name: str,
) -> None:
    """Open your own networks in the browser.

    Make one with 'clearway network import CITY.osm.pbf --out city.clearway'. Site, stations, areas, bus lines
    and trips belong to the first network; draw the others on the map. There is no sign-in yet: whoever reaches the port can use
    it.
    """
    make_data_folder(data)
    # imported late: a refusal does not wait for the planner
    from clearway.intake.inbox import Inbox  # noqa: PLC0415
    from clearway.intake.language_model import Model  # noqa: PLC0415
    from clearway.network.store import load_network  # noqa: PLC0415
    from clearway.planning.geojson import read_json  # noqa: PLC0415
    from clearway.server.desks.plan.scenario import scenario_from  # noqa: PLC0415
    from clearway.server.networks import served_networks  # noqa: PLC0415
    from clearway.server.operations import ServedRecord  # noqa: PLC0415
    from clearway.server.serve import bound_socket  # noqa: PLC0415
    from clearway.server.sources import sources_of_files  # noqa: PLC0415

    opened = [load_network(path) for path in networks]
    scenarios = [scenario_from(network, name=network.name) for network in opened[1:]]
    scenarios.insert(
        0,
        scenario_from(
            opened[0],
            name=opened[0].name,
            site=read_json(site, "Give a GeoJSON FeatureCollection.") if site else None,
            site_source=str(site),
            stations=read_json(stations, "Give a GeoJSON FeatureCollection.") if stations else None,
            stations_source=str(stations),
        ),
    )
    watched = Inbox(inbox) if inbox else None
    second = Model(model, model_name, os.environ.get("CLEARWAY_MODEL_KEY")) if model else None
    listener = bound_socket(host, port)
    traffic = sources_of_files(bus_lines=bus_lines, areas=areas, demand=demand)
    served = served_networks(list(zip(opened, scenarios, strict=True)), traffic)
    with closing(open_record(address or str(data / "room.record"))) as store:
        open_page(served, listener, ServedRecord(store, watched, second), browser=browser)


def open_page(networks: Sequence[ServedNetwork], listener: socket.socket, record: ServedRecord, *, browser: bool) -> None:
    """Prepare the search, then serve until Ctrl-C."""
    from clearway.network.kernel_cache import holds_kernels  # noqa: PLC0415
    from clearway.server.serve import serve as serve_networks  # noqa: PLC0415

    say("Preparing the search ..." if holds_kernels() else "Preparing the search, first time only (a minute or so) ...")
    serve_networks(networks, listener, record=record, browser=browser, say=say)


def make_data_folder(data: Path) -> None:
    """Make the data folder and make sure that it can be written.

    Raises:
        BadFile: the folder cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BadFile(data, f"cannot be written ({error.strerror})", "Choose another folder with --data.") from error


def say(sentence: str) -> None:
    """One line for the person at the terminal."""
    click.echo(sentence)
