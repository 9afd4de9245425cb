"""Buses: putting a timetable's paths on the streets, beside fastmm, and sending all routes round closures.

How good a match is, is measured by one function for both: of the path's samples near a street, how many have a matched street
within ``NEAR_M`` that runs their way, how many have only one that runs against them, how far it is, and how many kilometres are
driven for each that is drawn: more than one where a match turns round or goes round a block that nobody drew.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from benchmarks import cities
from benchmarks.measure import ABSENT, Figure, processor_s, seconds, shown
from clearway.demo.wellington import wellington_timetable
from clearway.network.closures import Closure
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.bus_streets import bus_streets
from clearway.network.transit.shape_matching import OFF, match_paths
from clearway.network.transit.timetable import read_timetable
from clearway.planning.plan.buses.rerouting import BusModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from clearway.network.model import Network
    from clearway.network.transit.timetable import Timetable

    Floats = NDArray[np.float64]

FEED = wellington_timetable()
NEAR_M = 30.0
SAMPLE_M = 5.0
_BUS, _MOTOR = 8, 31
_STREETS = {
    "Molesworth Street, Lambton Quay to Hill Street": (477900,),
    "the interchange": (179800, 222400),
    "the golden mile": ("Lambton Quay", "Willis St", "Manners St"),
}


def figures() -> Iterator[Figure]:
    """Matching, then all routes of the feed under three closures."""
    network = cities.wellington()
    timetable = read_timetable(FEED)
    yield _figure("reading the timetable, 1,797 bus trips", partial(read_timetable, FEED))
    yield from _matching(network, timetable)
    buses = bus_network(network, timetable)
    yield _figure("timetable on the streets, stops placed, ready to ask", partial(bus_network, network, timetable))
    model = BusModel(buses)
    for name, streets in _STREETS.items():
        closures = _closures(network, streets)
        found = model.changes(closures)
        note = f"{found.trips_cut:,} trips of {found.routes_cut} routes, {len(found.stops)} stops missed; aim: under 2 s"
        yield _figure(f"all routes round {name}", partial(model.changes, closures), note)


def _figure(name: str, work: Callable[[], object], note: str = "") -> Figure:
    """By the clock, and by the processor in the note."""
    used = f"{shown(processor_s(work, repeats=3))} of processor"
    return Figure(name, seconds(work, repeats=3), note=f"{note}; {used}" if note else used)


def _closures(network: Network, streets: Sequence[int | str]) -> list[Closure]:
    named = [(network.street(way) or "").removesuffix("-EAST") for way in range(network.way_count)]
    ids = network.way_source.tolist()
    return [Closure(way, 31, label="shut") for way in range(network.way_count) if named[way] in streets or ids[way] in streets]


def _matching(network: Network, timetable: Timetable) -> Iterator[Figure]:
    streets = bus_streets(network)
    paths = [timetable.shapes[shape] for shape in sorted(timetable.shapes)]
    points = sum(map(len, paths))
    ours = [[piece.arc for piece in pieces if piece.arc != OFF] for pieces in match_paths(streets, paths)]
    peer = _fastmm(network, streets.scale)
    match = partial(match_paths, streets, paths)
    said = f"{_said(network, streets.scale, paths, ours)}; {shown(processor_s(match, repeats=3))} of processor"
    theirs: float | None = ABSENT
    if peer is not None:
        flat = [[*map(tuple, path * streets.scale)] for path in paths]
        matched = [_matched_by(peer, path) for path in flat]
        said += f"; fastmm: {_said(network, streets.scale, paths, matched)}"

        def work() -> list[list[int]]:
            return [_matched_by(peer, path) for path in flat]

        theirs = seconds(work, repeats=3)
        said += f"; {shown(processor_s(work, repeats=3))} of processor"
    yield _figure("streets made ready for matching", partial(bus_streets, network))
    name = f"{len(paths)} paths, {points:,} points, put on the streets"
    yield Figure(name, seconds(match, repeats=3), {"fastmm": theirs}, note=said)


class _Fastmm(NamedTuple):
    """The peer, and the network that it does not hold on to itself."""

    network: Any
    matcher: Any


def _fastmm(network: Network, scale: Floats) -> _Fastmm | None:
    """The peer on the arcs that a bus may drive; None where it is not installed."""
    with suppress(ImportError):
        import fastmm  # noqa: PLC0415 - a peer is imported only where it is installed

        net = fastmm.Network()
        for arc in np.flatnonzero(network.arc_permit & _BUS).tolist():
            line = network.geometry(arc >> 1) * scale
            ends = int(network.arc_tail[arc]), int(network.arc_head[arc])
            net.add_edge(arc, source=ends[0], target=ends[1], geom=[*map(tuple, line[::-1] if arc & 1 else line)])
        net.finalize()
        matcher = fastmm.FastMapMatch(net, fastmm.TransitionMode.SHORTEST, 300.0, None, tempfile.mkdtemp())
        return _Fastmm(net, matcher)
    return None


def _matched_by(peer: _Fastmm, path: list[tuple[float, ...]]) -> list[int]:
    import fastmm  # noqa: PLC0415 - as above

    walked = fastmm.Trajectory.from_xy_tuples(path)
    found = peer.matcher.match(walked, max_candidates=8, candidate_search_radius=35.0, gps_error=10.0)
    arcs = [edge.edge_id for part in found.subtrajectories for segment in part.segments for edge in segment.edges]
    return [arc for index, arc in enumerate(arcs) if not index or arc != arcs[index - 1]]


def _said(network: Network, scale: Floats, paths: Sequence[Floats], matched: Sequence[Sequence[int]]) -> str:
    """How good a match is, in words."""
    motor = (network.arc_permit[0::2] | network.arc_permit[1::2]) & _MOTOR > 0
    usable = shapely.STRtree(_lines(network, scale, 2 * np.flatnonzero(motor))[0])
    followed = against = near = 0
    away: list[Floats] = []
    driven_m = 0.0
    for path, arcs in zip(paths, matched, strict=True):
        at, heading = _samples(path * scale)
        points = shapely.points(at)
        on_map = np.zeros(len(at), np.bool_)
        on_map[usable.query(points, predicate="dwithin", distance=NEAR_M)[0]] = True
        near += int(on_map.sum())
        if not arcs:
            continue
        driven_m += float(network.way_length_m[np.array(arcs) >> 1].sum())
        lines, directions = _lines(network, scale, np.array(arcs))
        sample, segment = shapely.STRtree(lines).query(points, predicate="dwithin", distance=NEAR_M)
        cosine = (heading[sample] * directions[segment]).sum(axis=1)
        distance = shapely.distance(points[sample], lines[segment])
        best = np.full(len(at), np.inf)
        np.minimum.at(best, sample[cosine > 0.5], distance[cosine > 0.5])  # noqa: PLR2004 - 60 degrees
        wrong = np.zeros(len(at), np.bool_)
        wrong[sample[cosine < -0.5]] = True  # noqa: PLR2004 - 60 degrees
        followed += int((np.isfinite(best) & on_map).sum())
        against += int((wrong & ~np.isfinite(best) & on_map).sum())
        away.append(best[np.isfinite(best) & on_map])
    far = np.concatenate(away)
    middle, most = np.percentile(far, [50, 95])
    return (
        f"{followed / near:.2%} followed, {against / near:.2%} against, median {middle:.1f} m, 95 % within {most:.1f} m, "
        f"{driven_m / (near * SAMPLE_M):.2f} km driven for each km drawn"
    )


def _samples(path: Floats) -> tuple[Floats, Floats]:
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T)
    real = length > 0
    first, step, length = path[:-1][real], step[real], length[real]
    along = np.concatenate(([0.0], np.cumsum(length)))
    offset = np.arange(SAMPLE_M / 2, along[-1], SAMPLE_M)
    piece = np.searchsorted(along, offset, side="right") - 1
    heading = step / length[:, None]
    return first[piece] + heading[piece] * (offset - along[piece])[:, None], heading[piece]


def _lines(network: Network, scale: Floats, arcs: NDArray[np.int64]) -> tuple[Any, Floats]:
    """The straight pieces of some arcs, and the direction of each."""
    pieces = []
    for arc in dict.fromkeys(arcs.tolist()):
        line = network.geometry(arc >> 1) * scale
        line = line[::-1] if arc & 1 else line
        pieces.append(np.stack((line[:-1], line[1:]), axis=1))
    ends = np.concatenate(pieces)
    step = ends[:, 1] - ends[:, 0]
    length = np.hypot(*step.T)
    return shapely.linestrings(ends[length > 0]), step[length > 0] / length[length > 0, None]
