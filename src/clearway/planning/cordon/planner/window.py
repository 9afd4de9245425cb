"""The part of the network that decides the question: what is site, what is outside, and everything between.

All that lies farther than the radius is outside by definition, so nothing beyond it can change the answer: the cut of the
window is the cut of the whole network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

from clearway.errors import BadGeometry, Infeasible
from clearway.network.classes import MOTOR_CLASSES, class_mask, load_street_classes
from clearway.planning.cordon.planner.street_pieces import MOUTH_M, streets_of

if TYPE_CHECKING:
    from clearway.network.model import Bools, Bytes, Floats, Longs, Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.site import Site
    from clearway.planning.cordon.planner.street_pieces import Streets

FREE, OUTSIDE, SITE = 0, 1, 2
"""Where a piece or a junction lies; a free one is for the cut to decide."""
_LEAST_RUN_M = 4.0
"""Room before the site for the barrier itself; with less it would stand inside."""
_STUB_M = MOUTH_M + 0.01
"""A shorter piece is as far out as what bounds it: a barrier may stand at the mouth of a street that leads over the radius."""
_AT_EDGE_M = 1.0
"""An end of the data this near to the site lies on its outline."""
_NEAR_EDGE_M = 50.0
"""A site this near to where the data end is warned of even with a small radius: its outside is hardly in the map."""


@dataclass(frozen=True, eq=False)
class Window:
    """Ways near the site, and the side that each junction and piece must be on.

    Arrays over the window: V ways, K junctions, M pieces, Q spots; ``*_at`` hold the network's indexes.
    """

    network: Network
    streets: Streets
    site: Site
    ways: Longs  # (V,) way indexes, ascending
    junctions: Longs  # (K,) junction indexes, ascending
    pieces: Longs  # (M,) piece indexes, ascending
    spots: Longs  # (Q,) spot indexes, ascending
    junction_side: Bytes  # (K,) FREE, OUTSIDE or SITE
    piece_side: Bytes  # (M,)
    spot_first: Longs  # (Q,) before the spot along the way: window piece, or -1 - window junction
    spot_second: Longs  # (Q,) after it
    spot_along: Bools  # (Q,) whether the shut classes can drive over it along the way
    spot_against: Bools  # (Q,)
    spot_closed_in: Bools  # (Q,) no room for a barrier between the site and the junction
    spot_occupied: Bools  # (Q,) on an occupied stretch
    moved_spot_m: dict[int, float] = field(default_factory=dict)  # spots moved out of the site: metres from the tail
    at_edge: bool = False  # whether the data end at the site or in it, so that a street which they lack may lead in
    warnings: tuple[str, ...] = ()

    def nothing_outside(self, radius_m: float) -> str:
        """A sentence where no place is outside, so that nothing can be said of who comes from there; else empty."""
        if (self.junction_side == OUTSIDE).any() or (self.piece_side == OUTSIDE).any():
            return ""
        return (
            f"Nothing counts as outside: every street lies within {radius_m:.0f} m of the site, and beyond the site the data "
            "end nowhere. Import a larger area, or give a smaller radius."
        )


def window_of(network: Network, site: Site, question: CordonQuestion) -> Window:
    """Cut the window out of the network and decide what is site and what is outside.

    Raises:
        BadGeometry: the site touches no street, or swallows every street within the radius.
        Infeasible: a place is both in the site and to stay outside.
    """
    streets = streets_of(network, signs=question.trust_signs)
    ways = _ways_near(network, streets, site, question)
    junctions = np.unique(np.concatenate((network.way_tail[ways], network.way_head[ways]))).astype(np.int64)
    pieces = _ranges(streets.piece_start[ways], streets.piece_start[ways + 1])
    spots = _ranges(streets.piece_start[ways] + ways, streets.piece_start[ways + 1] + ways + 1)
    junction_side, near = _junction_sides(network, site, question, ways, junctions)
    piece_side = _piece_sides(network, streets, site, question, pieces=pieces, junctions=junctions, side=junction_side)
    if not (piece_side == SITE).any() and not (junction_side == SITE).any():
        raise BadGeometry("The site touches no street that vehicles can use. Draw it across the street, or name the stretches.")
    outside_pieces, outside_junctions = _named_outside(network, streets, site, pieces, junctions)
    _refuse_both(
        network, streets, pieces[outside_pieces & (piece_side == SITE)], junctions[outside_junctions & (junction_side == SITE)]
    )
    piece_side[outside_pieces], junction_side[outside_junctions] = OUTSIDE, OUTSIDE
    first, second = _spot_ends(network, streets, ways, junctions)
    along, against = drivable_spots(network, streets, question, spots)
    moved, closed_in = _site_mouths(
        network, streets, site, question, spots=spots, ends=(first, second), sides=(piece_side, junction_side)
    )
    return Window(
        network=network,
        streets=streets,
        site=site,
        ways=ways,
        junctions=junctions,
        pieces=pieces,
        spots=spots,
        junction_side=junction_side,
        piece_side=piece_side,
        spot_first=first,
        spot_second=second,
        spot_along=along,
        spot_against=against,
        spot_closed_in=closed_in,
        spot_occupied=np.isin(streets.spot_way[spots], np.array(question.stretches, dtype=np.int64)),
        moved_spot_m=moved,
        at_edge=_is_at_edge(network, site, near),
        warnings=_edge_warnings(network, site, question, near),
    )


def usable_arcs(network: Network, ways: Longs, question: CordonQuestion) -> tuple[Bools, Bools]:
    """(n,), (n,) whether the shut classes can drive ways along and against: as signed, or as a car fits."""
    shut = class_mask(question.shut)
    along, against = (network.arc_permit[2 * ways + side] & shut != 0 for side in (0, 1))
    if question.trust_signs:
        return along, against
    drivable = {row.name for row in load_street_classes() if row.drivable}
    fits = np.array([name in drivable for name in network.street_classes], dtype=np.bool_)[network.way_class[ways]]
    either = along | against | (fits & bool(shut & class_mask(MOTOR_CLASSES)))
    return either, either


def _ways_near(network: Network, streets: Streets, site: Site, question: CordonQuestion) -> Longs:
    west, south, east, north = site.box(question.radius_m)
    box = streets.way_box
    near = np.flatnonzero((box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north))
    along, against = usable_arcs(network, near, question)
    return near[along | against]


def _ranges(first: Longs, end: Longs) -> Longs:
    count = end - first
    return (np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())).astype(np.int64)


def _junction_sides(
    network: Network, site: Site, question: CordonQuestion, ways: Longs, junctions: Longs
) -> tuple[Bytes, Floats]:
    places = np.column_stack((network.junction_lon[junctions], network.junction_lat[junctions]))
    distance = site.distances_m(places)
    side = np.zeros(len(junctions), np.uint8)
    edge = network.junction_edge[junctions]
    side[(distance > question.radius_m) | edge] = OUTSIDE
    level = network.way_level[ways] == 0
    ground = np.isin(junctions, np.concatenate((network.way_tail[ways[level]], network.way_head[ways[level]])))
    side[site.holds(places) & ground] = SITE
    stretches = np.unique(np.array(question.stretches, dtype=np.int64))
    ends = np.concatenate((network.way_tail[stretches], network.way_head[stretches]))
    corners, meeting = np.unique(ends, return_counts=True)
    side[np.isin(junctions, corners[(meeting > 1) | network.junction_edge[corners]])] = SITE
    return side, distance[edge]


def _piece_sides(
    network: Network, streets: Streets, site: Site, question: CordonQuestion,
    *, pieces: Longs, junctions: Longs, side: Bytes,
) -> Bytes:  # fmt: skip
    piece_way = streets.piece_way[pieces]
    result = np.zeros(len(pieces), np.uint8)
    site_junctions = junctions[side == SITE]
    meets = np.isin(network.way_tail[piece_way], site_junctions) | np.isin(network.way_head[piece_way], site_junctions)
    long = pieces[streets.piece_to_m[pieces] - streets.piece_from_m[pieces] > _STUB_M]
    middles = np.column_stack((streets.piece_lon[long], streets.piece_lat[long]))
    result[np.isin(pieces, long[site.distances_m(middles) > question.radius_m])] = OUTSIDE
    box = streets.way_box[:, piece_way]
    west, south, east, north = site.box(0.0)
    crossed: dict[int, bool] = {}
    shapely.prepare(site.ground)
    touching = (box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north)

    def crosses(index: int) -> bool:
        way = int(piece_way[index])
        if way not in crossed:
            crossed[way] = bool(site.ground.intersects(shapely.linestrings(site.flat(network.geometry(way)))))
        alone = streets.piece_start[way + 1] - streets.piece_start[way] == 1
        return crossed[way] and bool(alone or site.ground.intersects(_piece_line(network, streets, site, int(pieces[index]))))

    for index in np.flatnonzero(touching & ((network.way_level[piece_way] == 0) | meets)).tolist():
        if crosses(index):
            result[index] = SITE
    over = [
        index for index in np.flatnonzero(touching & (network.way_level[piece_way] > 0) & ~meets).tolist() if crosses(index)
    ]
    if over:
        result[_on_bridges_alone(network, streets, site, pieces, result, over, site_junctions)] = SITE
    result[np.isin(piece_way, np.array(question.stretches, dtype=np.int64))] = SITE
    return result


def _on_bridges_alone(
    network: Network, streets: Streets, site: Site, pieces: Longs, side: Bytes, over: list[int], site_junctions: Longs
) -> list[int]:
    """Of pieces of bridges over the site, those over a part of it that touches no street on the ground: they are occupied."""
    points = shapely.points(site.flat(np.column_stack((network.junction_lon, network.junction_lat))[site_junctions]))
    held = [_piece_line(network, streets, site, int(pieces[index])) for index in np.flatnonzero(side == SITE)]
    lines = {index: _piece_line(network, streets, site, int(pieces[index])) for index in over}
    found: set[int] = set()
    for part in shapely.get_parts(site.ground):
        shapely.prepare(part)
        if not shapely.covers(part, points).any() and not shapely.intersects(part, held).any():
            found.update(index for index, line in lines.items() if part.intersects(line))
    return sorted(found)


def _piece_line(network: Network, streets: Streets, site: Site, piece: int) -> shapely.LineString:
    way = int(streets.piece_way[piece])
    line = shapely.LineString(site.flat(network.geometry(way)))
    scale = line.length / float(network.way_length_m[way])
    return substring(line, streets.piece_from_m[piece] * scale, streets.piece_to_m[piece] * scale)


def _named_outside(network: Network, streets: Streets, site: Site, pieces: Longs, junctions: Longs) -> tuple[Bools, Bools]:
    if site.outside.is_empty:
        return np.zeros(len(pieces), np.bool_), np.zeros(len(junctions), np.bool_)
    shapely.prepare(site.outside)
    west, south, east, north = shapely.transform(site.outside, site.lonlat).bounds
    box = streets.way_box[:, streets.piece_way[pieces]]
    named = (box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north)
    for index in np.flatnonzero(named):
        named[index] = site.outside.intersects(_piece_line(network, streets, site, int(pieces[index])))
    places = np.column_stack((network.junction_lon[junctions], network.junction_lat[junctions]))
    return named, shapely.intersects(site.outside, shapely.points(site.flat(places)))


def _refuse_both(network: Network, streets: Streets, pieces: Longs, junctions: Longs) -> None:
    if not len(pieces) and not len(junctions):
        return
    ways = streets.piece_way[pieces] if len(pieces) else streets.junction_ways[streets.junction_start[junctions[:1]]]
    name = network.street(int(ways[0])) or "an unnamed street"
    raise Infeasible(f"{name} is in the site and must also stay outside. Remove it from one of the two.")


def _spot_ends(network: Network, streets: Streets, ways: Longs, junctions: Longs) -> tuple[Longs, Longs]:
    count = streets.piece_start[ways + 1] - streets.piece_start[ways]
    way_at = np.repeat(np.arange(len(ways)), count + 1)
    first_piece = np.cumsum(count) - count
    step = np.arange(len(way_at)) - np.repeat(first_piece + np.arange(len(ways)), count + 1)
    first, second = first_piece[way_at] + step - 1, first_piece[way_at] + step
    tails, heads = step == 0, step == count[way_at]
    first[tails] = -1 - np.searchsorted(junctions, network.way_tail[ways])
    second[heads] = -1 - np.searchsorted(junctions, network.way_head[ways])
    return first, second


def drivable_spots(network: Network, streets: Streets, question: CordonQuestion, spots: Longs) -> tuple[Bools, Bools]:
    """(Q,), (Q,) whether the shut classes can drive over spots along and against the way, past what stands there today."""
    shut = class_mask(question.shut)
    ways, left = streets.spot_way[spots], shut & ~streets.spot_blocks[spots]
    if question.trust_signs:
        along, against = (network.arc_permit[2 * ways + side] & left != 0 for side in (0, 1))
        return along, against
    along, against = usable_arcs(network, ways, question)
    return along & (left != 0), against & (left != 0)


def _site_mouths(
    network: Network, streets: Streets, site: Site, question: CordonQuestion,
    *, spots: Longs, ends: tuple[Longs, Longs], sides: tuple[Bytes, Bytes],
) -> tuple[dict[int, float], Bools]:  # fmt: skip
    """Move the spots at the mouths of site pieces out of the site; say where there is no room."""
    piece_side, junction_side = sides
    closed_in = np.zeros(len(spots), np.bool_)
    stretches = frozenset(question.stretches)
    moved: dict[int, float] = {}
    first, second = ends
    for index in np.flatnonzero((first < 0) | (second < 0)):
        at_tail = first[index] < 0
        junction, piece = (-1 - first[index], second[index]) if at_tail else (-1 - second[index], first[index])
        if junction_side[junction] == SITE or piece < 0 or piece_side[piece] != SITE:
            continue
        way = int(streets.spot_way[spots[index]])
        run = 0.0 if way in stretches else _run_outside(network, site, way, at_tail=bool(at_tail))
        closed_in[index] = run < _LEAST_RUN_M
        offset = min(float(streets.spot_m[spots[index]]) if at_tail else MOUTH_M, run / 2, network.way_length_m[way] / 3)
        moved[int(spots[index])] = offset if at_tail else float(network.way_length_m[way]) - offset
    return moved, closed_in


def _run_outside(network: Network, site: Site, way: int, *, at_tail: bool) -> float:
    """Metres from a way's end to where it meets the site."""
    points = site.flat(network.geometry(way))
    line = shapely.LineString(points if at_tail else points[::-1])
    meeting = line.intersection(site.ground)
    if meeting.is_empty:
        return 0.0
    return float(min(line.project(shapely.Point(point)) for point in shapely.get_coordinates(meeting)))


def _is_at_edge(network: Network, site: Site, edge_distance_m: Floats) -> bool:
    west, south, east, north = network.coverage
    a, b, c, d = site.box(0.0)
    near = len(edge_distance_m) > 0 and float(edge_distance_m.min()) <= _AT_EDGE_M
    return near or a <= west or b <= south or c >= east or d >= north


def _edge_warnings(network: Network, site: Site, question: CordonQuestion, edge_distance_m: Floats) -> tuple[str, ...]:
    west, south, east, north = network.coverage
    a, b, c, d = site.box(0.0)
    if _is_at_edge(network, site, edge_distance_m):
        return (
            "The site touches the edge of the data. Streets beyond it may lead in without a barrier. Import a larger area.",
        )
    gaps = np.array([a - west, c - east, b - south, d - north]) * np.repeat(site.scale, 2)
    nearest = float(min(np.abs(gaps).min(), edge_distance_m.min(initial=np.inf)))
    if nearest < max(_NEAR_EDGE_M, question.radius_m):
        return (f"The edge of the data is {nearest:.0f} m from the site. It counts as outside, not as a wall.",)
    return ()
