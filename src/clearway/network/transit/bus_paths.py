"""The path of a bus on the streets: its pieces in order, where each stop lies on it, and the moves that the map forbids.

A stop belongs to the kerb: its place is a metre of one arc, so side of street and direction are known. All stops of a pattern
are placed together, in the order in which they are served, each on the side that its buses stop at where that is near.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.geometry import segment_lengths_m, stretch_of
from clearway.network.transit.shape_matching import OFF, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Bools, Floats, Longs, Network
    from clearway.network.transit.timetable import Stop

STOP_WITHIN_M = 100.0
"""A stop that is farther from its path is not on it: the two do not belong together."""
_WRONG_SIDE_M = 15.0
"""A stop across the street counts as if it lay this much farther away: the pass on its own side is meant."""
_COVERED_SHARE = 0.5
"""A street is driven where more than half of it is: less is a corner that a path begins or ends at."""
_BUS = class_mask(["bus"])


class PlacedStop(NamedTuple):
    """Where a stop lies on a path.

    Attributes:
        piece: Index of the piece; -1 where the stop is not on the path.
        along_m: Metres from the piece's beginning.
        at_m: Metres from the path's beginning; NaN where it is not on it.
        away_m: Metres between the stop and the path; NaN likewise.
    """

    piece: int
    along_m: float
    at_m: float
    away_m: float

    @property
    def on_path(self) -> bool:
        """Whether it lies on the path."""
        return self.piece >= 0


NOWHERE = PlacedStop(-1, float("nan"), float("nan"), float("nan"))


class ForbiddenMove(NamedTuple):
    """A move of a path that the map forbids a bus, as ``why`` says; at a piece, on a way."""

    piece: int
    way: int
    why: str


@dataclass(frozen=True, eq=False)
class BusPath:
    """A path on the streets of one network.

    Attributes:
        network: The network.
        pieces: What is driven, in order.
        drawn: (n, 2) longitude and latitude of the path as drawn; of one that is not, its stops.
        assumed: Whether the feed draws no path, so that this is the quickest way from stop to stop.
    """

    network: Network
    pieces: tuple[Piece, ...]
    drawn: Floats
    assumed: bool = False

    @cached_property
    def arcs(self) -> Longs:
        """(n,) arc of each piece, ``OFF`` where it is on no street."""
        return np.array([piece.arc for piece in self.pieces], np.int64)

    @cached_property
    def length_m(self) -> Floats:
        """(n,) metres of each piece."""
        return np.array([piece.to_m - piece.from_m for piece in self.pieces])

    @cached_property
    def start_m(self) -> Floats:
        """(n + 1,) metres from the path's beginning to each piece's, and to its end."""
        return np.concatenate(([0.0], np.cumsum(self.length_m)))

    @cached_property
    def chains(self) -> tuple[tuple[int, ...], ...]:
        """The arcs that are driven one after the other, without a break."""
        chains: list[list[int]] = []
        before = OFF
        for piece in self.pieces:
            if piece.arc != OFF:
                follows = before != OFF and self.network.arc_head[before] == self.network.arc_tail[piece.arc]
                chains += [] if follows else [[]]
                chains[-1].append(piece.arc)
            before = piece.arc
        return tuple(map(tuple, chains))

    @cached_property
    def driven(self) -> Longs:
        """(n,) the arcs in order that are driven for at least half of their length, without what lies on no street."""
        on = self.arcs != OFF
        arcs, length_m = self.arcs[on], self.length_m[on]
        arcs = arcs[length_m >= _COVERED_SHARE * self.network.way_length_m[arcs >> 1]]
        once: Longs = arcs[np.append(np.ones(len(arcs[:1]), np.bool_), arcs[1:] != arcs[:-1])]
        return once

    def off_m(self) -> float:
        """Metres on no street of the network."""
        return float(self.length_m[self.arcs == OFF].sum())

    def line(self, piece: int) -> Floats:
        """(n, 2) longitude and latitude of a piece as driven."""
        arc, from_m, to_m = self.pieces[piece]
        if arc == OFF:
            return stretch_of(self.drawn, from_m, to_m)
        points = self.network.geometry(arc >> 1)
        if from_m <= 0 and to_m >= float(self.network.way_length_m[arc >> 1]):
            return points[::-1] if arc & 1 else points
        return stretch_of(points[::-1] if arc & 1 else points, from_m, to_m)

    @cached_property
    def _lines(self) -> tuple[Floats, Longs]:
        """All points of the path, and the piece of each."""
        lines = [self.line(piece) for piece in range(len(self.pieces))]
        piece = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        return np.concatenate(lines) if lines else np.zeros((0, 2)), piece

    def places(self, stops: Sequence[Stop], scale: Floats) -> tuple[PlacedStop, ...]:
        """Where each stop of a pattern lies, all placed together; positions never fall.

        Args:
            stops: In the order in which they are served.
            scale: (2,) flat metres per degree.
        """
        points, piece = self._lines
        if len(points) < 2 or not stops:  # noqa: PLR2004 - a line has two ends
            return (NOWHERE,) * len(stops)
        flat = points * scale
        step = np.diff(flat, axis=0)
        within = piece[1:] == piece[:-1]
        length = np.hypot(*step.T)
        real = within & (length > 0)
        first, step, length, own = flat[:-1][real], step[real], length[real], piece[:-1][real]
        metres = np.where(within, segment_lengths_m(points), 0.0)
        along = (np.concatenate(([0.0], np.cumsum(metres)))[:-1])[real]
        at = np.array([(stop.lon, stop.lat) for stop in stops]) * scale
        candidates = _candidates(at, first, step, length, self._kerb_sign())
        chosen = _in_order([(along[seg] + share * length[seg], cost) for seg, share, _, cost in candidates])
        found = []
        for index, pick in enumerate(chosen):
            if pick < 0:
                found.append(NOWHERE)
                continue
            segment, share, away, _ = (values[pick] for values in candidates[index])
            on = int(own[segment])
            at_m = float(along[segment] + share * length[segment])
            along_m = min(max(at_m - float(self.start_m[on]), 0.0), float(self.length_m[on]))
            found.append(PlacedStop(on, along_m, at_m, float(away)))
        return tuple(found)

    def _kerb_sign(self) -> int:
        """1 where buses stop on the left of their direction, -1 on the right."""
        return 1 if self.network.driving_side == "left" else -1

    def forbidden(self) -> Iterator[ForbiddenMove]:
        """The moves that signs, obstacles and turn restrictions forbid a bus, in order."""
        network = self.network
        for index, (arc, from_m, to_m) in enumerate(self.pieces):
            if arc == OFF:
                continue
            if not network.arc_permit[arc] & _BUS:
                other_way = network.arc_permit[arc ^ 1] & _BUS
                yield ForbiddenMove(index, arc >> 1, "against a one-way street" if other_way else "no buses there by the map")
            yield from self._obstacles(index, arc, (from_m, to_m))
            before = self.pieces[index - 1].arc if index else OFF
            if before == arc ^ 1:
                yield ForbiddenMove(index, arc >> 1, "turns round in the street")
        yield from self._turns()

    def _obstacles(self, index: int, arc: int, part: tuple[float, float]) -> Iterator[ForbiddenMove]:
        network, length = self.network, float(self.network.way_length_m[arc >> 1])
        for stop in np.flatnonzero((network.stop_way == arc >> 1) & (network.stop_blocks & _BUS > 0)).tolist():
            at_m = float(network.stop_offset_m[stop])
            at_m = length - at_m if arc & 1 else at_m
            if part[0] < at_m < part[1]:
                kind = network.stop_kinds[int(network.stop_kind[stop])].replace("_", " ")
                yield ForbiddenMove(index, arc >> 1, f"past a {kind} that stops buses")

    def _turns(self) -> Iterator[ForbiddenMove]:
        """Turn restrictions that the path breaks."""
        network = self.network
        bound = np.flatnonzero(network.turn_classes & _BUS)
        if not len(bound):
            return
        by_first: dict[int, list[tuple[int, ...]]] = {}
        for turn in bound.tolist():
            arcs = tuple(network.turn_arcs[network.turn_start[turn] : network.turn_start[turn + 1]].tolist())
            by_first.setdefault(arcs[0], []).append(arcs)
        driven = tuple(self.arcs.tolist())
        for index, arc in enumerate(driven):
            for banned in by_first.get(arc, ()):
                if len(banned) > 1 and driven[index : index + len(banned)] == banned:
                    yield ForbiddenMove(index + len(banned) - 1, banned[-1] >> 1, "a turn that is forbidden")


def _candidates(
    stops: Floats, first: Floats, step: Floats, length: Floats, kerb_sign: int
) -> list[tuple[Longs, Floats, Floats, Floats]]:
    """Where a path comes nearest to each stop: segments, share along each, metres away, and the cost of each."""
    east, north = (stops[:, axis, None] - first[None, :, axis] for axis in (0, 1))
    share = np.clip((east * step[:, 0] + north * step[:, 1]) / length**2, 0.0, 1.0)
    foot_east, foot_north = east - share * step[:, 0], north - share * step[:, 1]
    away = np.hypot(foot_east, foot_north)
    left = step[:, 0] * foot_north - step[:, 1] * foot_east
    edge = np.full((len(stops), 1), np.inf)
    before, after = np.hstack((edge, away[:, :-1])), np.hstack((away[:, 1:], edge))
    nearest: Bools = (away <= STOP_WITHIN_M) & (away <= before) & (away < after)
    cost = away**2 + np.where((left * kerb_sign < 0) & (away > 1.0), _WRONG_SIDE_M**2, 0.0)
    return [
        (found, share[stop, found], away[stop, found], cost[stop, found])
        for stop, found in enumerate(np.flatnonzero(row) for row in nearest)
    ]


def _in_order(candidates: list[tuple[Floats, Floats]]) -> list[int]:
    """One candidate for each stop so that positions never fall and the costs together are least; -1 where a stop has none.

    Args:
        candidates: Position and cost of each candidate, stop by stop.
    """
    # best[k]: least cost of the stops so far with the last placed one at position levels[k]
    levels = np.unique(np.concatenate([np.zeros(1), *(at for at, _ in candidates)]))
    best = np.full(len(levels), np.inf)
    best[0] = 0.0
    chosen: list[tuple[Longs, Longs]] = []  # for each stop and level: which candidate was taken, and the level before
    for at, cost in candidates:
        reached = np.minimum.accumulate(best)
        came = np.maximum.accumulate(np.where(best <= reached, np.arange(len(levels)), 0))
        taken, before = np.full(len(levels), -1), np.arange(len(levels))
        after = best + STOP_WITHIN_M**2
        for index, level in enumerate(np.searchsorted(levels, at).tolist()):
            total = reached[level] + cost[index]
            if total < after[level]:
                after[level], taken[level], before[level] = total, index, came[level]
        best = after
        chosen.append((taken, before))
    level = int(best.argmin())
    picks = []
    for taken, before in reversed(chosen):
        picks.append(int(taken[level]))
        level = int(before[level])
    return picks[::-1]
