"""Make the demonstration's network and scenario from the bundled files; README.md beside them names sources and licences."""

from __future__ import annotations

import csv
import gzip
import json
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.importers.council import import_council
from clearway.network.transit.bus_lines import read_lines

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.plan.works import Work
    from clearway.planning.traffic.demand.areas import Areas

NAME = "Wellington"
SCENARIO_NAME = "Parliament grounds, 21 February 2022"
ADDRESS_COST = 0.1
"""Points for each frontage point enclosed: ten of them outweigh a crew's quarter of an hour, so streets stay open."""

NOTICES = (
    "(c) OpenStreetMap contributors",
    "Wellington City Council, CC BY 4.0",
    "Bus timetable: Metlink, Greater Wellington Regional Council, CC BY 4.0",
    "A demonstration data set: not for navigation or dispatch",
)


def bundled(name: str) -> bytes:
    """A bundled file, unpacked where its name ends in .gz."""
    content = resources.files("clearway.demo").joinpath(name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def bundled_json(name: str) -> dict[str, Any]:
    """A bundled JSON file."""
    document: dict[str, Any] = json.loads(bundled(name))
    return document


def wellington_network() -> Network:
    """The road network of Wellington with its places and the sea."""
    with tempfile.TemporaryDirectory() as folder:
        roads = Path(folder) / "roads.geojson"
        roads.write_bytes(bundled("roads.geojson.gz"))
        network = import_council(roads, name=NAME, notices=NOTICES)
    return _with_areas(_with_places(_with_buses(network)))


def wellington_bus_lines(network: Network) -> tuple[BusLine, ...]:
    """The bus routes of Wellington, on the demonstration's network."""
    return read_lines(network, bundled("bus_lines.csv.gz").decode(), source="bus_lines.csv.gz")


def wellington_timetable() -> Path:
    """The file of the timetable of Wellington's buses on Thursday 20 February 2020."""
    return Path(str(resources.files("clearway.demo") / "metlink-2020-02-20.gtfs.zip"))


def wellington_tally() -> Path:
    """The file of the vehicles round Parliament, about 16 February 2022: assumed but for their total."""
    return Path(str(resources.files("clearway.demo") / "tally.csv"))


def wellington_works() -> list[Work]:
    """The events for which the council closes streets, 2021 to 2027."""
    from clearway.planning.plan.works import works_of  # noqa: PLC0415 - takes a moment, and few ask

    return works_of(bundled_json("event_closures.geojson.gz"), "The bundled events")


def wellington_suburbs(network: Network) -> Areas:
    """The suburbs of Wellington."""
    from clearway.planning.traffic.demand.areas import read_areas  # noqa: PLC0415 - takes a moment, and few ask

    return read_areas(bundled_json("suburbs.geojson.gz"), network)


def _with_buses(network: Network) -> Network:
    rows = csv.DictReader(bundled("bus_trips.csv").decode().splitlines())
    trips = {int(row["id"]): int(row["bus_trips"]) for row in rows}
    counted = [trips.get(source, 0) for source in network.way_source.tolist()]
    return replace(network, way_bus_trips=np.array(counted, np.int32))


def _with_places(network: Network) -> Network:
    points = [feature for feature in bundled_json("places.geojson")["features"] if feature["geometry"]["type"] == "Point"]
    kinds = tuple(dict.fromkeys(feature["properties"]["kind"] for feature in points))
    named, indexes = _with_strings(network, [feature["properties"]["name"] for feature in points])
    position = np.array([feature["geometry"]["coordinates"] for feature in points])
    return replace(
        named,
        place_kinds=kinds,
        place_kind=np.array([kinds.index(feature["properties"]["kind"]) for feature in points], np.uint8),
        place_name=indexes,
        place_lon=position[:, 0],
        place_lat=position[:, 1],
    )


def _with_areas(network: Network) -> Network:
    features = bundled_json("water.geojson")["features"]
    rings = [np.array(feature["geometry"]["coordinates"][0]) for feature in features]
    named, indexes = _with_strings(network, [feature["properties"]["name"] for feature in features])
    points = np.concatenate(rings)
    return replace(
        named,
        area_kinds=("water",),
        area_kind=np.zeros(len(rings), np.uint8),
        area_name=indexes,
        area_points=np.cumsum([0, *map(len, rings)]),
        area_lon=points[:, 0],
        area_lat=points[:, 1],
    )


def _with_strings(network: Network, texts: list[str]) -> tuple[Network, Any]:
    """The network with more strings, and their indexes."""
    encoded = [text.encode() for text in texts]
    first = len(network.string_start) - 1
    starts = network.string_start[-1] + np.cumsum([len(part) for part in encoded])
    grown = replace(
        network,
        string_start=np.concatenate((network.string_start, starts)),
        string_bytes=np.concatenate((network.string_bytes, np.frombuffer(b"".join(encoded), np.uint8))),
        strings_seen={},
    )
    return grown, np.arange(first, first + len(texts), dtype=np.int32)
