"""Bus lines as chains of arcs: where each route of a GTFS feed drives, and the small file that holds them.

Each direction of a route has the path that most of its trips take, as :mod:`clearway.network.transit.bus_network` finds it:
as it is drawn, or, where none is drawn, the quickest from stop to stop. Where a path is on no street of the network, the line
has a break.

The file is CSV with the columns ``route``, ``towards``, ``trips_per_day`` and ``arcs``. Arcs are written ``45600+`` and
``45600-``, along and against the way of that id in the source, ``45600.2+`` where it is the third way of the id.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadFile
from clearway.network.transit.bus_network import paths_of_feed
from clearway.tables import CsvWriter, Row, plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clearway.network.model import Longs, Network
    from clearway.network.transit.bus_network import DrivenPaths
    from clearway.network.transit.bus_paths import BusPath
    from clearway.network.transit.timetable import Timetable, Trip

COLUMNS = ("route", "towards", "trips_per_day", "arcs")
_REMEDY = "Give a file that 'clearway impact lines NETWORK --gtfs FEED --out FILE' wrote."
_ARC = re.compile(r"(\d+)(?:\.(\d+))?([+-])")


@dataclass(frozen=True, eq=False)
class BusLine:
    """One direction of a bus route.

    Attributes:
        route: Its number as people know it.
        towards: Where it goes, empty where the timetable does not say.
        trips_per_day: How often it runs on the day of the timetable.
        arcs: (n,) arcs in the order they are driven; where one does not begin where the other ends, the line has a break.
    """

    route: str
    towards: str
    trips_per_day: int
    arcs: Longs


def lines_of_feed(network: Network, feed: Path) -> tuple[BusLine, ...]:
    """The bus lines of a GTFS feed that drive on a network, on its busiest day, each by its commonest path.

    Raises:
        BadFile: the feed cannot be used, or no bus of it drives on the network.
    """
    return lines_of_paths(*paths_of_feed(network, feed))


def lines_of_paths(timetable: Timetable, driven: DrivenPaths) -> tuple[BusLine, ...]:
    """Each direction of each route, by id; one that drives nowhere on the network is left out."""
    taken: dict[tuple[str, str], dict[BusPath, list[Trip]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for pattern, path in sorted(zip(timetable.patterns, driven.paths, strict=True), key=lambda pair: pair[0].shape_id):
        names[pattern.route.route_id] = pattern.route.name
        taken[pattern.route.route_id, pattern.direction][path] += pattern.trips
    lines = [_usual(names[route], paths) for (route, _), paths in sorted(taken.items(), key=lambda item: item[0])]
    return tuple(line for line in lines if len(line.arcs))


def _usual(route: str, paths: dict[BusPath, list[Trip]]) -> BusLine:
    """A direction of a route by the path of most trips, of equals the first; one that is drawn before one that is not."""
    path = max(paths, key=lambda path: (not path.assumed, len(paths[path])))
    shown = Counter(trip.headsign for trip in paths[path])
    towards = max(sorted(shown), key=shown.__getitem__)
    return BusLine(route, towards, sum(map(len, paths.values())), path.driven)


def write_lines(network: Network, lines: Iterable[BusLine]) -> str:
    """The text of a file of bus lines."""
    piece = _piece_numbers(network)
    out = io.StringIO()
    rows = CsvWriter(out)
    rows.writerow(COLUMNS)
    for line in lines:
        arcs = " ".join(_written(network, piece, arc) for arc in line.arcs.tolist())
        rows.writerow((line.route, line.towards, line.trips_per_day, arcs))
    return out.getvalue()


def read_lines(network: Network, text: str, *, source: str = "bus lines") -> tuple[BusLine, ...]:
    """The bus lines of a file, arcs that the network lacks left out.

    Args:
        network: The network; of the same source as the one they were written for.
        text: The file's text.
        source: Where it came from, for messages.

    Raises:
        BadFile: a column is missing, a number or an arc cannot be read, or no arc of any line is in the network.
    """
    piece = _piece_numbers(network)
    ways = {(int(origin), int(number)): way for way, (origin, number) in enumerate(zip(network.way_source, piece, strict=True))}
    try:
        rows = list(csv.DictReader(text.splitlines()))
        lines = [_line_of(row, ways) for row in rows]
    except (KeyError, ValueError, TypeError, AttributeError, csv.Error) as error:
        raise BadFile(source, f"is not a file of bus lines ({error})", _REMEDY) from error
    found = tuple(line for line in lines if len(line.arcs))
    if lines and not found:
        raise BadFile(source, f"names no street of the network {network.name!r}", _REMEDY)
    return found


def lines_of_file(network: Network, path: Path) -> tuple[BusLine, ...]:
    """The bus lines that a file holds; see :func:`read_lines`.

    Raises:
        BadFile: the file cannot be read, or :func:`read_lines` cannot use it.
    """
    try:
        return read_lines(network, path.read_text("utf-8"), source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read ({error})", "Give a file that 'clearway impact lines' wrote.") from error


def _piece_numbers(network: Network) -> Longs:
    """(W,) which of the ways of its source id each way is, from 0."""
    order = np.argsort(network.way_source, kind="stable")
    _, first, count = np.unique(network.way_source[order], return_index=True, return_counts=True)
    piece = np.empty(network.way_count, np.int64)
    piece[order] = np.arange(network.way_count) - np.repeat(first, count)
    return piece


def _line_of(row: Row, ways: dict[tuple[int, int], int]) -> BusLine:
    cells = {name: plain_cell(row[name]) for name in COLUMNS}
    return BusLine(cells["route"], cells["towards"], int(cells["trips_per_day"]), _arcs(cells["arcs"], ways))


def _written(network: Network, piece: Longs, arc: int) -> str:
    number = int(piece[arc >> 1])
    return f"{network.way_source[arc >> 1]}{f'.{number}' if number else ''}{'-' if arc & 1 else '+'}"


def _arcs(text: str, ways: dict[tuple[int, int], int]) -> Longs:
    found = []
    for word in text.split():
        parts = _ARC.fullmatch(word)
        if parts is None:
            raise ValueError(f"{word!r} is not an arc")
        way = ways.get((int(parts[1]), int(parts[2] or 0)))
        if way is not None:
            found.append(2 * way + (parts[3] == "-"))
    return np.array(found, np.int64)
