"""Streets as a cordon sees them: pieces that are inside or outside, and spots between them where a barrier may stand.

Every way has a spot a few metres in from each end, and on long ways, at lasting obstacles and abreast of the other
carriageway's ends, spots in between. Between two spots lies a piece; addresses belong to pieces. The arrays depend on the
network, and on whether signs are trusted, and are made once for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from clearway.network.geometry import METRES_PER_DEGREE, flat_scale
from clearway.planning.cordon.planner.carriageways import abreast_offsets, candidates, paired_spots

if TYPE_CHECKING:
    from clearway.network.model import Bytes, Floats, Longs, Network

MOUTH_M = 8.0
"""How far into a way from its end a barrier stands, at most a third of the way."""

LONG_PIECE_M = 120.0
"""About a block: on a longer street without a junction a barrier may stand on the way."""
SAME_PLACE_M = 1e-5
"""A hundredth of a millimetre: two offsets that differ by less are one, rounded twice."""
_MOST_PIECES = 24
"""Of one way, so that a road of twenty kilometres through hills does not have more spots than a suburb."""
_CLOSEST_SPOTS_M = 12.0
"""The width of a barrier and its vehicle: nearer spots are one to a crew."""
PHYSICAL_STOPS = frozenset(
    {"block", "bollard", "bus_trap", "chain", "concrete_block", "cycle_barrier", "debris", "ditch", "fence", "guard_rail"}
    | {"jersey_barrier", "kissing_gate", "log", "planter", "rock", "stile", "turnstile", "wall", "tank_trap", "swing_barrier"}
)
"""Kinds of stop (OpenStreetMap ``barrier=*``) that hold a vehicle back whatever its driver wants; a gate can be opened."""


@dataclass(frozen=True, eq=False)
class Streets:
    """Pieces and spots of every way. Shapes: W ways, N pieces, S = N + W spots.

    Spot ``k`` of way ``w`` is ``piece_start[w] + w + k``; it lies before piece ``piece_start[w] + k`` of the way.
    """

    piece_start: Longs  # (W + 1,) first piece of each way
    piece_way: Longs  # (N,)
    piece_from_m: Floats  # (N,) metres from the way's tail
    piece_to_m: Floats  # (N,)
    piece_addresses: Longs  # (N,)
    address_piece: Longs  # (A,) the piece that each address lies on
    piece_lon: Floats  # (N,) of its middle
    piece_lat: Floats  # (N,)
    spot_way: Longs  # (S,)
    spot_m: Floats  # (S,) metres from the way's tail
    spot_blocks: Bytes  # (S,) classes that a lasting obstacle here holds back
    spot_lon: Floats  # (S,)
    spot_lat: Floats  # (S,)
    spot_east: Floats  # (S,) the way's direction there, unit vector
    spot_north: Floats  # (S,)
    spot_partner: Longs  # (S,) the spot abreast on the other carriageway, -1 none
    way_box: Floats  # (4, W) west, south, east, north of each way
    junction_ways: Longs  # (2 W,) ways by junction
    junction_start: Longs  # (J + 1,) first entry of each junction


_PREPARED: WeakKeyDictionary[Network, dict[bool, Streets]] = WeakKeyDictionary()


def streets_of(network: Network, *, signs: bool = False) -> Streets:
    """The pieces and spots of a network, made at the first call and kept while the network lives.

    Args:
        network: The network.
        signs: Whether signs are trusted: then every stop parts its way, gates and kerbs too.
    """
    prepared = _PREPARED.setdefault(network, {})
    if signs not in prepared:
        prepared[signs] = _made(network, signs=signs)
    return prepared[signs]


def _made(network: Network, *, signs: bool) -> Streets:
    line = _Lines(network)
    twins = candidates(network)
    way, offset, blocks = _inner_spots(network, line, twins, signs=signs)
    piece_start = np.concatenate(([0], np.cumsum(1 + np.bincount(way, minlength=network.way_count)))).astype(np.int64)
    piece_way = np.repeat(np.arange(network.way_count), np.diff(piece_start))
    first = np.zeros(len(piece_way), np.bool_)
    first[piece_start[:-1]] = True
    last = np.roll(first, -1)
    piece_from, piece_to = np.zeros(len(piece_way)), network.way_length_m[piece_way].copy()
    piece_from[~first], piece_to[~last] = offset, offset
    middle_lon, middle_lat, _, _ = line.at(piece_way, (piece_from + piece_to) / 2)
    spot_way = np.repeat(np.arange(network.way_count), np.diff(piece_start) + 1)
    spot_m, spot_blocks = _spots(network, piece_start, spot_way, offset, blocks)
    lon, lat, east, north = line.at(spot_way, spot_m)
    address_piece = _address_pieces(network, piece_start, way, offset)
    order = np.argsort(ends := np.concatenate((network.way_tail, network.way_head)), kind="stable")
    return Streets(
        piece_start=piece_start,
        piece_way=piece_way,
        piece_from_m=piece_from,
        piece_to_m=piece_to,
        piece_addresses=np.bincount(address_piece, minlength=int(piece_start[-1])),
        address_piece=address_piece,
        piece_lon=middle_lon,
        piece_lat=middle_lat,
        spot_way=spot_way,
        spot_m=spot_m,
        spot_blocks=spot_blocks,
        spot_lon=lon,
        spot_lat=lat,
        spot_east=east,
        spot_north=north,
        spot_partner=paired_spots(
            network, twins, spot_way, places=np.column_stack((lon, lat)), heading=np.column_stack((east, north))
        ),
        way_box=_boxes(network),
        junction_ways=(order % max(network.way_count, 1)).astype(np.int64),
        junction_start=np.concatenate(([0], np.cumsum(np.bincount(ends, minlength=network.junction_count)))).astype(np.int64),
    )


def _inner_spots(network: Network, line: _Lines, twins: tuple[Longs, Longs], *, signs: bool) -> tuple[Longs, Floats, Bytes]:
    """Way, offset and blocked classes of every spot that is not at a way's end, sorted, none too near another."""
    physical = np.array([signs or kind in PHYSICAL_STOPS for kind in network.stop_kinds], dtype=np.bool_)
    stops = np.flatnonzero(physical[network.stop_kind]) if len(network.stop_way) else np.empty(0, np.int64)
    evenly_way, evenly_m = _even_offsets(network)
    abreast_way, abreast_m = abreast_offsets(network, twins, line.at, MOUTH_M)
    way = np.concatenate((network.stop_way[stops], abreast_way, evenly_way)).astype(np.int64)
    offset = np.concatenate((network.stop_offset_m[stops], abreast_m, evenly_m))
    blocks = np.zeros(len(way), np.uint8)
    blocks[: len(stops)] = network.stop_blocks[stops]
    rank = np.zeros(len(way), np.int64)
    rank[len(stops) :], rank[len(stops) + len(abreast_way) :] = 1, 2
    offset = np.clip(offset, 0, network.way_length_m[way])
    keep = _spaced(network, way, offset, rank)
    order = np.lexsort((offset[keep], way[keep]))
    return way[keep][order], offset[keep][order], blocks[keep][order]


def _spaced(network: Network, way: Longs, offset: Floats, rank: Longs) -> Longs:
    """Which inner spots stay: every stop, and others that keep clear of the way's ends and of each other, best rank first."""
    offsets_of: dict[int, list[float]] = {}
    chosen = []
    crowded = np.isin(way, way[rank < 2])  # noqa: PLR2004 - evenly spaced spots alone are never crowded
    for index in np.flatnonzero(crowded)[np.lexsort((offset[crowded], rank[crowded]))]:
        w, at = int(way[index]), float(offset[index])
        others = offsets_of.setdefault(w, [0.0, float(network.way_length_m[w])])
        if rank[index] == 0 or all(abs(at - other) >= _CLOSEST_SPOTS_M for other in others):
            others.append(at)
            chosen.append(index)
    return np.concatenate((np.flatnonzero(~crowded), np.array(chosen, dtype=np.int64)))


def _even_offsets(network: Network) -> tuple[Longs, Floats]:
    count = np.clip(np.ceil(network.way_length_m / LONG_PIECE_M), 1, _MOST_PIECES).astype(np.int64) - 1
    way = np.repeat(np.arange(network.way_count), count)
    step = np.arange(len(way)) - np.repeat(np.cumsum(count) - count, count) + 1
    return way, network.way_length_m[way] * step / (count[way] + 1)


def _spots(network: Network, piece_start: Longs, spot_way: Longs, offset: Floats, blocks: Bytes) -> tuple[Floats, Bytes]:
    ways = np.arange(network.way_count)
    first, last = piece_start[:-1] + ways, piece_start[1:] + ways
    inner = np.ones(len(spot_way), np.bool_)
    inner[first], inner[last] = False, False
    mouth = np.minimum(MOUTH_M, network.way_length_m / 3)
    before, after = mouth.copy(), mouth.copy()
    if inner.any():
        way = spot_way[inner]
        np.minimum.at(before, way, offset / 2)
        np.minimum.at(after, way, (network.way_length_m[way] - offset) / 2)
    spot_m, spot_blocks = np.empty(len(spot_way)), np.zeros(len(spot_way), np.uint8)
    spot_m[first], spot_m[last], spot_m[inner] = before, network.way_length_m - after, offset
    spot_blocks[inner] = blocks
    return spot_m, spot_blocks


def _address_pieces(network: Network, piece_start: Longs, way: Longs, offset: Floats) -> Longs:
    """(A,) the piece of each address; one abreast of a spot belongs to the piece after it."""
    stride = float(network.way_length_m.max(initial=1.0)) * 2
    key = network.address_way * stride + network.address_offset_m
    before = np.searchsorted(way * stride + offset, key + SAME_PLACE_M, side="right")
    inner_before_way = piece_start[network.address_way] - network.address_way
    piece = piece_start[network.address_way] + np.maximum(before - inner_before_way, 0)
    return np.minimum(piece, piece_start[network.address_way + 1] - 1).astype(np.int64)


def _boxes(network: Network) -> Floats:
    if not network.way_count:
        return np.empty((4, 0))
    start = network.way_points[:-1]
    low, high = np.minimum.reduceat, np.maximum.reduceat
    lon, lat = network.point_lon, network.point_lat
    return np.vstack((low(lon, start), low(lat, start), high(lon, start), high(lat, start)))


class _Lines:
    """Every way's line, measured, so that many positions on many ways are found at once."""

    def __init__(self, network: Network) -> None:
        self._start = network.way_points[:-1]
        self._points = np.column_stack((network.point_lon, network.point_lat))
        step = np.diff(self._points, axis=0) * _scales(self._points)
        length = np.hypot(step[:, 0], step[:, 1])
        if len(length):
            length[network.way_points[1:-1] - 1] = 0.0
        self._along = np.concatenate(([0.0], np.cumsum(length)))
        self._last = network.way_points[1:] - 2

    def at(self, way: Longs, offset_m: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Longitude, latitude and unit direction (east, north) at offsets along ways."""
        target = self._along[self._start[way]] + offset_m
        at = np.clip(np.searchsorted(self._along, target, side="right") - 1, self._start[way], self._last[way])
        span = self._along[at + 1] - self._along[at]
        share = np.clip((target - self._along[at]) / np.maximum(span, 1e-9), 0.0, 1.0)
        step = self._points[at + 1] - self._points[at]
        lon, lat = (self._points[at] + share[:, None] * step).T
        flat = step * flat_scale(float(self._points[0, 1]))
        unit = flat / np.maximum(np.hypot(flat[:, 0], flat[:, 1]), 1e-9)[:, None]
        return lon, lat, unit[:, 0], unit[:, 1]


def _scales(points: Floats) -> Floats:
    middle = np.radians((points[:-1, 1] + points[1:, 1]) / 2)
    return np.column_stack((np.cos(middle) * METRES_PER_DEGREE, np.full(len(middle), METRES_PER_DEGREE)))
