"""Bus lines as chains of arcs: where each route of a GTFS feed drives, and the small file that keeps it.

A route's path is matched sample by sample as for :mod:`clearway.network.transit.bus_trips`. The arcs that its samples cover
are put in the order they are driven; where one does not lead to the next, the quickest way between them that a bus may drive
fills the gap, unless it is a great way round: then the line has a break there.

The file is CSV with the columns ``route``, ``towards``, ``trips_per_day`` and ``arcs``. Arcs are written ``45600+`` and
``45600-``, along and against the way of that id in the source, ``45600.2+`` where it is the third way of the id.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadFile
from clearway.network.geometry import flat_scale
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origin_after
from clearway.network.search.search import shortest_tree
from clearway.network.transit.bus_trips import COVERED_SHARE, SAMPLE_EVERY_M, BusStreets, covered, samples
from clearway.network.transit.gtfs import read_bus_routes
from clearway.tables import CsvWriter, Row, plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clearway.network.model import Floats, Longs, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.transit.gtfs import BusRoute

COLUMNS = ("route", "towards", "trips_per_day", "arcs")
_REMEDY = "Give a file that 'clearway impact lines NETWORK --gtfs FEED --out FILE' wrote."
_ARC = re.compile(r"(\d+)(?:\.(\d+))?([+-])")
_WAY_ROUND_M = 600.0
"""One-way streets and dual carriageways lead a bus this far round even where the gap to fill is nothing."""
_MOST_WAY_ROUND_RATIO = 3.0
"""A way, beyond that, more than three times as long as the gap is not what the bus drives: the line has a break there."""


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
    """The bus lines of a GTFS feed that drive on a network, each by its commonest path.

    Raises:
        BadFile: the feed cannot be used, or no bus of it drives on the network.
    """
    lines = matched_lines(network, read_bus_routes(feed))
    if not lines:
        raise BadFile(feed, "draws no bus path within the network", "Give the timetable of this city, or leave it out.")
    return lines


def matched_lines(network: Network, routes: Iterable[BusRoute]) -> tuple[BusLine, ...]:
    """Routes as chains of arcs; those that drive nowhere on the network are left out."""
    matcher = _Matcher(network)
    chains = [(route, matcher.chain(route.points)) for route in routes]
    return tuple(BusLine(route.route, route.towards, route.trips, chain) for route, chain in chains if len(chain))


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


class _Matcher:
    """Puts paths onto one network's streets."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._graph: RoutingGraph = routing_graph(network, "bus")
        self._scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
        self._streets = BusStreets(network, self._scale)

    def chain(self, points: Floats) -> Longs:
        """Arcs that a path drives, in order."""
        at, heading = samples(points * self._scale)
        within = covered(at / self._scale, self._network.coverage)
        arcs = self._streets.nearest_arcs(at[within], heading[within])
        return np.array(self._joined(self._without_strays(self._runs(arcs))), np.int64)

    def _runs(self, sampled: Longs) -> list[int]:
        """Arcs in the order met, those left out that the path covers too little of."""
        sampled = sampled[sampled >= 0]
        if not len(sampled):
            return []
        starts = np.flatnonzero(np.append(True, sampled[1:] != sampled[:-1]))
        arcs, driven_m = sampled[starts], np.diff(np.append(starts, len(sampled))) * SAMPLE_EVERY_M
        enough = driven_m >= self._network.way_length_m[arcs >> 1] * COVERED_SHARE
        driven: list[int] = arcs[enough].tolist()
        return [arc for index, arc in enumerate(driven) if not index or arc != driven[index - 1]]

    def _without_strays(self, arcs: list[int]) -> list[int]:
        """The arcs without those that stand between two that follow one another: a street crossed, not driven."""
        driven: list[int] = []
        for index, arc in enumerate(arcs):
            after = arcs[index + 1] if index + 1 < len(arcs) else None
            stray = driven and after is not None and not self._follows(driven[-1], arc) and self._follows(driven[-1], after)
            if not stray:
                driven.append(arc)
        return driven

    def _follows(self, arc: int, after: int) -> bool:
        return bool(self._network.arc_head[arc] == self._network.arc_tail[after])

    def _joined(self, arcs: list[int]) -> list[int]:
        """The arcs with what lies between them."""
        chain = arcs[:1]
        for after in arcs[1:]:
            if not self._follows(chain[-1], after):
                chain += self._between(chain[-1], after)
            chain.append(after)
        return chain

    def _between(self, arc: int, after: int) -> Sequence[int]:
        """The quickest way from the end of an arc to the start of another, none where it is a great way round."""
        network, graph = self._network, self._graph
        first, nodes = graph.junction_copies
        junction = int(network.arc_tail[after])
        ends = nodes[first[junction] : first[junction + 1]]
        tree = shortest_tree(graph, origin_after(graph, arc))
        end = int(ends[tree.ms[ends].argmin()])
        between = tree.path(end)[1:]
        driven_m = float(network.way_length_m[np.array(between, np.int64) >> 1].sum())
        return between if driven_m <= _MOST_WAY_ROUND_RATIO * self._apart_m(arc, after) + _WAY_ROUND_M else ()

    def _apart_m(self, arc: int, after: int) -> float:
        """Metres in a straight line from the end of an arc to the start of another."""
        ends = np.array([self._network.arc_head[arc], self._network.arc_tail[after]])
        step = np.array([np.ptp(self._network.junction_lon[ends]), np.ptp(self._network.junction_lat[ends])])
        return float(np.hypot(*(step * self._scale)))
