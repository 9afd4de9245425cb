"""Import of an OpenStreetMap extract, with pyrosm and osmnx reading the same extract in the same run.

    python benchmarks/import_extract.py [EXTRACT.osm.pbf] [--rounds N] [--json]

Each reader runs in its own process, once unmeasured, then ``--rounds`` times; the figure is the median. What they do is
not the same: pyrosm reads the streets with their nodes, and the buildings (no turn restrictions, vehicle classes or
barriers); osmnx builds a simplified graph of the streets. osmnx reads XML only and refuses ways with missing nodes, so it
is given the extract as XML without such ways, and so are we in the row beside it. We read all that the import is asked for:
seven vehicle classes, barriers, turn restrictions, addresses, places, areas.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRACT = Path(__file__).parents[1] / "tests" / "data" / "osm" / "helsinki-centre.osm.pbf"
ROUNDS = 5


def clearway(path: Path) -> int:
    """Our import; returns the number of ways."""
    from clearway.network.importers.osm import import_osm  # noqa: PLC0415 - each reader loads in its own process

    return import_osm(path).way_count


def pyrosm_streets(path: Path) -> int:
    """Streets and buildings by pyrosm; returns the number of edges."""
    from pyrosm import OSM  # noqa: PLC0415

    osm = OSM(str(path))
    _, edges = osm.get_network(network_type="all", nodes=True)
    osm.get_buildings()
    return len(edges)


def osmnx_graph(path: Path) -> int:
    """The graph by osmnx from XML; returns the number of edges."""
    import osmnx  # noqa: PLC0415

    return len(osmnx.graph_from_xml(path, retain_all=True).edges)


def as_xml(extract: Path, folder: Path) -> Path:
    """The extract as plain XML, without the ways that lack nodes."""
    import osmium  # noqa: PLC0415

    path = folder / "extract.osm"
    with osmium.SimpleWriter(str(path)) as writer:
        for thing in osmium.FileProcessor(str(extract)).with_locations():
            if not isinstance(thing, osmium.osm.Way) or all(node.location.valid() for node in thing.nodes):
                writer.add(thing)
    return path


def measured(reader: Callable[[Path], int], path: Path, rounds: int) -> dict[str, Any]:
    """Median seconds of a reader in a process of its own, after one round unmeasured, and how many pieces it made."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, count = pool.apply(_rounds, (reader, path, rounds))
    return {"seconds": round(statistics.median(seconds), 3), "runs": [round(each, 3) for each in seconds], "pieces": count}


def _rounds(reader: Callable[[Path], int], path: Path, rounds: int) -> tuple[list[float], int]:
    count = reader(path)
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        reader(path)
        seconds.append(time.perf_counter() - start)
    return seconds, count


def compare(extract: Path, rounds: int) -> dict[str, Any]:
    """Every reader on one extract, and how many times as long as ours each takes."""
    with tempfile.TemporaryDirectory() as folder:
        xml = as_xml(extract, Path(folder))
        figures = {
            "clearway": measured(clearway, extract, rounds),
            "pyrosm": measured(pyrosm_streets, extract, rounds),
            "clearway, XML": measured(clearway, xml, rounds),
            "osmnx, XML": measured(osmnx_graph, xml, rounds),
        }
    ours = figures["clearway"]["seconds"]
    for figure in figures.values():
        figure["times_ours"] = round(figure["seconds"] / ours, 2)
    return {"extract": extract.name, "bytes": extract.stat().st_size, "readers": figures}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Import of an extract, beside pyrosm and osmnx.")
    parser.add_argument("extract", nargs="?", type=Path, default=EXTRACT)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = compare(options.extract, options.rounds)
    if options.json:
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(f"{found['extract']}, {found['bytes']:,} bytes")
    for name, figure in found["readers"].items():
        click.echo(f"  {name:<14}{figure['seconds']:>8.3f} s{figure['times_ours']:>8.2f} x{figure['pieces']:>9,} pieces")


if __name__ == "__main__":
    main()
