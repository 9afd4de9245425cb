"""The networks that figures are measured on: Wellington, a real extract, and a generated city of about 209,000 junctions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from clearway.demo.wellington import wellington_network
from clearway.network.build import NetworkDraft
from clearway.network.geometry import METRES_PER_DEGREE
from clearway.network.importers.osm import import_osm
from clearway.network.model import ARRAY_DTYPES, CLASS_COUNT, NO_NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clearway.network.model import Network

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Longs = NDArray[np.int64]

HELSINKI = Path(__file__).parents[1] / "tests" / "data" / "osm" / "helsinki-centre.osm.pbf"
SIDE = 461
BLOCK_M = 100.0
_JITTER_M = 30.0
_ARTERIAL_EVERY = 12
_RIVERS = 4
_BRIDGE_EVERY = 24
_MISSING, _ONE_WAY = 0.21, 0.14
_ADDRESSES_PER_WAY = 2
_WEST, _SOUTH = 174.0, -41.0
_EVERYBODY = 127


@cache
def wellington() -> Network:
    """Wellington City of the demonstration, from the council's centrelines: some 5,000 junctions."""
    return wellington_network()


@cache
def helsinki() -> Network:
    """A real OpenStreetMap extract of Helsinki's centre, turn restrictions included."""
    return import_osm(HELSINKI, name="Helsinki centre")


@cache
def generated_city(side: int = SIDE, seed: int = 2022) -> Network:
    """A planar city: a jittered grid with arterials, one-way streets, gaps, and rivers with few bridges.

    Args:
        side: Streets each way; the largest part that is joined both ways is kept.
        seed: Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    x, y = _junctions(side, rng)
    tail, head, arterial = _streets(side, rng)
    one_way = (rng.random(len(tail)) < _ONE_WAY) & ~arterial
    swap = rng.random(len(tail)) < 0.5  # noqa: PLR2004 - half of them
    tail, head = np.where(swap, head, tail), np.where(swap, tail, head)
    kept = _largest_part(side * side, tail, head, one_way)
    number = np.cumsum(kept) - 1
    ways = kept[tail] & kept[head]
    tail, head, arterial, one_way = number[tail[ways]], number[head[ways]], arterial[ways], one_way[ways]
    return _network((x[kept], y[kept]), (tail, head), arterial, one_way, rng)


def _junctions(side: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    row, column = np.divmod(np.arange(side * side), side)
    jitter = rng.uniform(-_JITTER_M, _JITTER_M, (2, side * side))
    return column * BLOCK_M + jitter[0], row * BLOCK_M + jitter[1]


def _streets(side: int, rng: np.random.Generator) -> tuple[Longs, Longs, Bools]:
    """Tail and head of the grid's streets that were built, and whether each is part of an arterial."""
    node = np.arange(side * side).reshape(side, side)
    tail = np.concatenate((node[:, :-1].ravel(), node[:-1, :].ravel()))
    head = np.concatenate((node[:, 1:].ravel(), node[1:, :].ravel()))
    row, column = np.divmod(tail, side)
    across = head == tail + 1
    arterial = np.where(across, row % _ARTERIAL_EVERY == 0, column % _ARTERIAL_EVERY == 0)
    banks = (np.arange(1, _RIVERS + 1) * side // (_RIVERS + 1))[:, None]
    banks = banks + (side / 25 * np.sin(np.arange(side) / side * 2 * np.pi * np.arange(1, _RIVERS + 1)[:, None])).astype(int)
    in_river = ~across & (row == banks[:, column]).any(axis=0)
    built = np.where(in_river, column % _BRIDGE_EVERY == 0, arterial | (rng.random(len(tail)) >= _MISSING))
    return tail[built], head[built], arterial[built]


def _largest_part(count: int, tail: Longs, head: Longs, one_way: Bools) -> Bools:
    start, end = np.concatenate((tail, head[~one_way])), np.concatenate((head, tail[~one_way]))
    _, part = connected_components(csr_array((np.ones(len(start)), (start, end)), shape=(count, count)), connection="strong")
    largest: Bools = part == np.bincount(part).argmax()
    return largest


def _network(
    at: tuple[Floats, Floats], ends: tuple[Longs, Longs], arterial: Bools, one_way: Bools, rng: np.random.Generator
) -> Network:
    (x, y), (tail, head) = at, ends
    blank = NetworkDraft("Generated city").finish()
    count, both = len(tail), np.column_stack(ends).ravel()
    lon, lat = _WEST + x / METRES_PER_DEGREE / np.cos(np.radians(_SOUTH)), _SOUTH + y / METRES_PER_DEGREE
    length = np.hypot(x[head] - x[tail], y[head] - y[tail]) * rng.uniform(1.0, 1.15, count)
    speed = np.repeat(np.where(arterial, 60.0, rng.choice([30.0, 40.0, 50.0], count)), 2)
    address_way = np.repeat(np.arange(count), _ADDRESSES_PER_WAY)
    share = (np.tile(np.arange(_ADDRESSES_PER_WAY), count) + 0.5) / _ADDRESSES_PER_WAY
    permit = np.full(2 * count, _EVERYBODY)
    permit[1::2][one_way] = 0
    names = [row.name for row in NetworkDraft("").street_classes]
    arrays: dict[str, Any] = {
        "junction_lon": lon,
        "junction_lat": lat,
        "junction_edge": np.zeros(len(x), np.bool_),
        "way_tail": tail,
        "way_head": head,
        "way_source": np.arange(count),
        "way_name": np.full(count, NO_NAME),
        "way_class": np.where(arterial, names.index("primary"), names.index("residential")),
        "way_length_m": length,
        "way_level": np.zeros(count),
        "way_lanes": np.full(count, 2),
        "way_width_m": np.full(count, np.nan),
        "way_bus_trips": np.zeros(count),
        "way_points": 2 * np.arange(count + 1),
        "point_lon": lon[both],
        "point_lat": lat[both],
        "arc_permit": permit,
        "arc_speed_kmh": np.tile(speed, (CLASS_COUNT, 1)),
        "address_way": address_way,
        "address_offset_m": share * length[address_way],
        "address_side": np.zeros(len(address_way)),
        "address_lon": lon[tail[address_way]] * (1 - share) + lon[head[address_way]] * share,
        "address_lat": lat[tail[address_way]] * (1 - share) + lat[head[address_way]] * share,
        "address_label": np.full(len(address_way), NO_NAME),
    }
    typed: dict[str, Any] = {key: np.ascontiguousarray(values, dtype=ARRAY_DTYPES[key]) for key, values in arrays.items()}
    coverage = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    return replace(blank, coverage=coverage, strings_seen={}, **typed)
