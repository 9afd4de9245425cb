"""A drive into the site as a person follows it: streets in order, a line on the map, and where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

from clearway.network.open_ends import SURE, open_ends_of
from clearway.planning.cordon.planner.window import SITE
from clearway.planning.cordon.seal.contract import Leak, LeakStart
from clearway.planning.street_names import shown_name

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.contract import Barrier
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.seal.drives import Drives, Standing

_UNNAMED = "an unnamed street"
_SAME_DEG = 1e-9
"""A tenth of a millimetre: two points that differ by less are one."""


class PathWriter:
    """Writes the drives of one window."""

    def __init__(self, standing: Standing, question: CordonQuestion) -> None:
        self._window, self._question = standing.window, question
        self._network = standing.window.network
        self._first_half, self._barriers = standing.first_half, standing.barriers
        self._ends = {end["junction"]: end for end in open_ends_of(self._network)} if self._network.junction_edge.any() else {}

    def leak(self, number: int, drives: Drives, edges: list[int], barrier: Barrier | None, note: str) -> Leak:
        """One drive, with what stops it."""
        nodes = [int(drives.tail[edges[0]]), *(int(drives.head[edge]) for edge in edges)]
        corners = len(self._window.junctions)
        pieces = [node - corners for node in nodes if node >= corners]
        line = self._line(nodes)
        return Leak(
            number=number,
            streets=tuple(self._streets(pieces)),
            path=line,
            length_m=round(self._metres(line), 1),
            starts=self._start(nodes, pieces, line),
            classes=drives.classes,
            barrier=barrier,
            note=note,
        )

    def _streets(self, pieces: list[int]) -> list[str]:
        """Names in order, none twice running."""
        named: list[str] = []
        for piece in pieces:
            name = shown_name(self._network.street(self._way(piece))) or _UNNAMED
            if not named or named[-1] != name:
                named.append(name)
        return named

    def _way(self, piece: int) -> int:
        return int(self._window.streets.piece_way[self._window.pieces[piece]])

    def _line(self, nodes: list[int]) -> list[list[float]]:
        """Longitude and latitude along a drive; it ends where the site begins."""
        corners = len(self._window.junctions)
        points: list[list[float]] = []
        for index, node in enumerate(nodes):
            if node < corners:
                at = int(self._window.junctions[node])
                points.append([float(self._network.junction_lon[at]), float(self._network.junction_lat[at])])
                continue
            came, goes = (nodes[index + step] if 0 <= index + step < len(nodes) else None for step in (-1, 1))
            points += self._along(node - corners, came, goes)
        kept = [
            point for at, point in enumerate(points) if at == 0 or np.abs(np.subtract(point, points[at - 1])).max() > _SAME_DEG
        ]
        rounded = [[round(lon, 7), round(lat, 7)] for lon, lat in kept]
        return rounded if len(rounded) > 1 else rounded * 2

    def _along(self, piece: int, came: int | None, goes: int | None) -> list[list[float]]:
        """The points of one piece in the direction in which it is driven."""
        window, streets = self._window, self._window.streets
        index = int(window.pieces[piece])
        way = int(streets.piece_way[index])
        low, high = float(streets.piece_from_m[index]), float(streets.piece_to_m[index])
        line = shapely.LineString(window.site.flat(self._network.geometry(way)))
        scale = line.length / float(self._network.way_length_m[way])
        part = substring(line, low * scale, high * scale)
        if self._backward(piece, came, goes):
            part = part.reverse()
        if goes is None and window.piece_side[piece] == SITE and not isinstance(part, shapely.Point):
            part = self._up_to_site(part)
        flat = shapely.get_coordinates(part)
        lonlat: list[list[float]] = window.site.lonlat(flat).tolist()
        return lonlat

    def _up_to_site(self, part: shapely.LineString) -> shapely.LineString | shapely.Point:
        """A piece as far as the site's outline; the whole of it where it is an occupied stretch."""
        ground = self._window.site.ground
        if not part.intersects(ground):
            return part
        meeting = shapely.get_coordinates(part.intersection(ground))
        at = min(part.project(shapely.Point(point)) for point in meeting)
        return substring(part, 0.0, max(at, min(1.0, part.length)))

    def _backward(self, piece: int, came: int | None, goes: int | None) -> bool:
        """Whether a piece is driven against its way."""
        way, corners = self._way(piece), len(self._window.junctions)
        for node, entering in ((came, True), (goes, False)):
            if node is None:
                continue
            if node >= corners:
                return (node - corners > piece) == entering
            at_head = int(self._window.junctions[node]) == int(self._network.way_head[way])
            at_tail = int(self._window.junctions[node]) == int(self._network.way_tail[way])
            if at_head != at_tail:
                return at_head == entering
            last = int(self._window.streets.piece_start[way + 1]) - 1
            first = int(self._window.streets.piece_start[way])
            if first != last:  # a loop of several pieces
                return (int(self._window.pieces[piece]) == last) == entering
        return False

    def _metres(self, line: list[list[float]]) -> float:
        return float(shapely.LineString(self._window.site.flat(np.array(line))).length)

    def _start(self, nodes: list[int], pieces: list[int], line: list[list[float]]) -> LeakStart:
        corners = len(self._window.junctions)
        street = self._streets(pieces)[0] if pieces else _UNNAMED
        why, doubtful = f"it lies farther than {self._question.radius_m:.0f} m from the site", False
        if nodes[0] < corners:
            junction = int(self._window.junctions[nodes[0]])
            end = self._ends.get(junction)
            if end is not None:
                doubtful = bool(end["doubtful"])
                why = f"the data end here: {end['why']}" if doubtful else SURE
            elif self._named(nodes[0]):
                why = "it is named as outside"
        elif self._named(nodes[0]):
            why = "it is named as outside"
        return LeakStart(lon=line[0][0], lat=line[0][1], street=street, why=why, doubtful=doubtful)

    def _named(self, node: int) -> bool:
        """Whether a node is outside though it lies within the radius."""
        window, corners = self._window, len(self._window.junctions)
        if node < corners:
            at = int(window.junctions[node])
            place = np.array([[self._network.junction_lon[at], self._network.junction_lat[at]]])
        else:
            index = int(window.pieces[node - corners])
            place = np.array([[window.streets.piece_lon[index], window.streets.piece_lat[index]]])
        return float(window.site.distances_m(place)[0]) <= self._question.radius_m
