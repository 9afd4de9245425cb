"""A certificate's content, every number checked to be of its kind and in its range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clearway.network.classes import SIZES, VEHICLE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.model import Bools, Longs, Network


class StationClaim(NamedTuple):
    """A station, the spot on a way where its vehicles are said to start, metres from the way's tail, and when they leave."""

    name: str
    lon: float
    lat: float
    way: int
    at_m: float
    turnout_ms: int


class ClosureClaim(NamedTuple):
    """A closure for the class: a whole way, or a point of it."""

    way: int
    at_m: float | None
    along: bool
    against: bool


class GateClaim(NamedTuple):
    """A gate that the class passes: the point of a way where it stands, and the milliseconds that opening it takes."""

    way: int
    at_m: float
    along: bool
    against: bool
    ms: int


class Rows(NamedTuple):
    """Arcs driven: after which step (or -1 - station) each is, and the milliseconds at its end."""

    before: Longs
    arc: Longs
    ms: Longs


@dataclass(frozen=True)
class Side:
    """The paths before or after: shared steps, the last stretch to each address, who has one, and who is unreached, by what."""

    steps: Rows
    addresses: Rows
    reached: Bools
    unreached: Mapping[int, tuple[int, ...]]


class TripClaim(NamedTuple):
    """Hospitals, and the milliseconds from each address to the nearest, None where none can be reached."""

    hospitals: list[StationClaim]
    before: list[int | None]
    after: list[int | None]


@dataclass(frozen=True)
class Claim:
    """A whole certificate; ``size`` has metres or tonnes for each of ``SIZES``, None: the network as it is."""

    vehicle_class: str
    size: tuple[float | None, ...] | None
    stations: list[StationClaim]
    closures: tuple[ClosureClaim, ...]
    gates: tuple[GateClaim, ...]
    before: Side
    after: Side
    trip: TripClaim | None


def read_claim(network: Network, document: Mapping[str, Any], before: Side | None = None) -> Claim:
    """The content of a parsed certificate.

    Args:
        network: The network.
        document: The parsed certificate.
        before: Its paths before, where they have been read already.

    Raises:
        KeyError: something is missing.
        TypeError: something is of the wrong kind.
        ValueError: a number lies out of its range.
    """
    if document["class"] not in VEHICLE_CLASSES:
        raise ValueError(f"unknown class {document['class']!r}")
    stations = [_station(network, item) for item in document["stations"]]
    closures = tuple(
        ClosureClaim(
            _whole(item["way"], network.way_count),
            None if item["at_m"] is None else _number(item["at_m"]),
            _flag(item["along"]),
            _flag(item["against"]),
        )
        for item in document["closures"]
    )
    gates = tuple(
        GateClaim(
            _whole(item["way"], network.way_count),
            _number(item["at_m"]),
            _flag(item["along"]),
            _flag(item["against"]),
            _whole(item["ms"], 1 << 31),
        )
        for item in document.get("gates", ())
    )
    before = before or _side(network, document["before"], len(closures))
    after = _side(network, document["after"], len(closures))
    size, trip = _size(document.get("vehicle")), _trip(network, document.get("trip"))
    return Claim(document["class"], size, stations, closures, gates, before, after, trip)


def _station(network: Network, item: Mapping[str, Any]) -> StationClaim:
    return StationClaim(
        str(item["name"]),
        _number(item["lon"]),
        _number(item["lat"]),
        _whole(item["way"], network.way_count),
        _number(item["at_m"]),
        _whole(item.get("turnout_ms", 0), 1 << 31),
    )


def _trip(network: Network, document: Mapping[str, Any] | None) -> TripClaim | None:
    if document is None:
        return None
    hospitals = [_station(network, item)._replace(turnout_ms=0) for item in document["hospitals"]]
    before, after = ([None if ms is None else _whole(ms, 1 << 31) for ms in document[side]] for side in ("before", "after"))
    if not len(before) == len(after) == network.address_count:
        raise ValueError(f"{len(before)} and {len(after)} drives to hospital instead of {network.address_count}")
    return TripClaim(hospitals, before, after)


def _size(vehicle: object) -> tuple[float | None, ...] | None:
    if vehicle is None:
        return None
    if not isinstance(vehicle, dict) or set(vehicle) != set(SIZES):
        raise ValueError(f"{vehicle!r} is not the size of a vehicle")
    size = tuple(None if vehicle[name] is None else _number(vehicle[name]) for name in SIZES)
    if any(figure is not None and figure <= 0 for figure in size):
        raise ValueError(f"{vehicle!r} is not the size of a vehicle")
    return size


def _side(network: Network, document: Mapping[str, Any], closure_count: int) -> Side:
    steps, driven = _rows(document["steps"], network.arc_count)
    addresses, reached = _rows(document["addresses"], network.arc_count)
    if not driven.all():
        raise ValueError("a step is missing")
    if len(reached) != network.address_count:
        raise ValueError(f"{len(reached)} addresses instead of {network.address_count}")
    unreached = {
        _whole(int(address), network.address_count): tuple(_whole(index, closure_count) for index in closures)
        for address, closures in document["unreached"].items()
    }
    return Side(steps, addresses, reached, unreached)


def _rows(document: Mapping[str, Any], arc_count: int) -> tuple[Rows, Bools]:
    """The columns of a table, and which of its rows are there; of the others each column has 0."""
    columns = [document[name] for name in ("from", "arc", "ms")]
    if len({len(column) for column in columns}) > 1:
        raise ValueError("columns of different lengths")
    there = [np.array([value is not None for value in column], np.bool_) for column in columns]
    if not all((one == there[0]).all() for one in there):
        raise ValueError("a row of which a part is missing")
    before, arc, ms = (_column(column) for column in columns)
    for column, end in ((arc, arc_count), (ms, 1 << 31)):
        if ((column < 0) | (column >= end))[there[0]].any():
            raise ValueError(f"a number that does not lie between 0 and {end - 1}")
    return Rows(before, arc, ms), there[0]


def _column(column: list[object]) -> Longs:
    if wrong := set(map(type, column)) - {int, type(None)}:
        raise TypeError(f"a {wrong.pop().__name__} instead of a whole number")
    try:
        return np.array([value or 0 for value in column], np.int64)
    except OverflowError as error:
        raise ValueError("a number that is too large") from error


def _whole(value: object, end: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < end:
        raise ValueError(f"{value!r} is not a whole number from 0 to {end - 1}")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value
