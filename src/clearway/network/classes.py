"""The two tables a network is made by: vehicle classes and street classes.

Both are CSV files that a user can read and change (``clearway network import --vehicle-classes FILE``). The permissions and
speeds that they give are in the arrays of a network made by them. A table of vehicle classes that is older than a column has
ours in its place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING, Literal, get_args

from clearway.errors import BadFile, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VehicleClassName = Literal["emergency", "resident", "service", "bus", "general", "foot", "cycle"]
VEHICLE_CLASSES: tuple[VehicleClassName, ...] = get_args(VehicleClassName)
"""The classes in bit order: class ``VEHICLE_CLASSES[i]`` is bit ``1 << i`` of every permission mask."""

MOTOR_CLASSES = VEHICLE_CLASSES[:5]
SIZES = ("height_m", "width_m", "weight_t", "length_m", "axle_t")
"""What a sign or a structure may limit: metres, tonnes, and tonnes on one axle."""
ALL_CLASSES_MASK = (1 << len(VEHICLE_CLASSES)) - 1


@dataclass(frozen=True, slots=True)
class VehicleClass:
    """How one class of vehicle may use the streets.

    Attributes:
        name: One of ``VEHICLE_CLASSES``.
        access_keys: OpenStreetMap access keys from the general to the particular; the last one that is tagged decides.
        max_speed_kmh: Its own top speed, or None where only the street limits it.
        speed_factor: Multiplies the street's speed (an engine under lights is faster than the traffic).
        heeds_oneway: Whether one-way signs bind it.
        heeds_turns: Whether turn restrictions bind it.
        passes: Kinds of barrier on a node (OpenStreetMap ``barrier=*``) that let it through.
        streets: Street classes that it may use where no access tag says otherwise.
        shut_by: Tags (``motorroad=yes``) that shut a street to it where no particular access tag opens it.
        size: One figure for each of ``SIZES``; 0 where nothing is known, or nothing matters.
    """

    name: str
    access_keys: tuple[str, ...]
    max_speed_kmh: float | None
    speed_factor: float
    heeds_oneway: bool
    heeds_turns: bool
    passes: frozenset[str]
    streets: frozenset[str]
    shut_by: frozenset[str]
    size: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StreetClass:
    """What is true of a class of street where its own record is silent.

    Attributes:
        name: OpenStreetMap ``highway=*`` value, or the council's word for the same.
        speed_kmh: Assumed speed, km/h.
        drivable: Whether a car fits, whatever the signs say.
        barrier_cost: Base cost of a barrier in barrier points (one point: one crew, a quarter of an hour); None: not to be cut.
        lane_count: Assumed lanes, both directions together.
    """

    name: str
    speed_kmh: float
    drivable: bool
    barrier_cost: float | None
    lane_count: int


def class_mask(names: Iterable[str]) -> int:
    """The bit mask of the named vehicle classes.

    >>> class_mask(["emergency", "general"])
    17

    Raises:
        UnknownName: a name is not one of ``VEHICLE_CLASSES``.
    """
    wanted = list(names)
    if unknown := [name for name in wanted if name not in VEHICLE_CLASSES]:
        raise UnknownName("vehicle class", unknown, VEHICLE_CLASSES)
    return sum(1 << VEHICLE_CLASSES.index(name) for name in set(wanted))


def class_names(mask: int) -> tuple[VehicleClassName, ...]:
    """The vehicle classes in a bit mask, in table order.

    >>> class_names(17)
    ('emergency', 'general')
    """
    return tuple(name for bit, name in enumerate(VEHICLE_CLASSES) if mask >> bit & 1)


def class_index(name: str) -> int:
    """The row of one vehicle class in per-class arrays.

    Raises:
        UnknownName: the name is not one of ``VEHICLE_CLASSES``.
    """
    if name not in VEHICLE_CLASSES:
        raise UnknownName("vehicle class", [name], VEHICLE_CLASSES)
    return VEHICLE_CLASSES.index(name)


def load_vehicle_classes(path: Path | None = None) -> tuple[VehicleClass, ...]:
    """Read the table of vehicle classes, ours where no path is given.

    Raises:
        BadFile: the table lacks a class or a column, or a number in it cannot be read.
    """
    rows, shown = _rows("vehicle_classes.csv", path)
    try:
        later = {
            row["class"]: {column: row[column] for column in _LATER_COLUMNS} for row in _rows("vehicle_classes.csv", None)[0]
        }
        table = {row["class"]: _vehicle_class(later.get(row["class"], {}) | row) for row in rows}
        return tuple(table[name] for name in VEHICLE_CLASSES)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadFile(shown, f"not a table of vehicle classes ({error})", _TABLE_REMEDY) from error


def load_street_classes(path: Path | None = None) -> tuple[StreetClass, ...]:
    """Read the table of street classes, ours where no path is given.

    Raises:
        BadFile: a column is missing or a number cannot be read.
    """
    rows, shown = _rows("street_classes.csv", path)
    try:
        return tuple(
            StreetClass(
                name=row["class"],
                speed_kmh=float(row["speed_kmh"]),
                drivable=row["drivable"] == "yes",
                barrier_cost=float(row["barrier_cost"]) if row["barrier_cost"] else None,
                lane_count=int(row["lane_count"]),
            )
            for row in rows
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadFile(shown, f"not a table of street classes ({error})", _TABLE_REMEDY) from error


def drivable_classes(rows: Iterable[StreetClass]) -> frozenset[str]:
    """The street classes where a car fits, whatever the signs say."""
    return frozenset(row.name for row in rows if row.drivable)


_LATER_COLUMNS = ("shut_by", *SIZES)
_TABLE_REMEDY = "Start from the one that 'clearway network classes' prints."


def _rows(name: str, path: Path | None) -> tuple[list[dict[str, str]], str]:
    if path is None:
        return _ours(name), name
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read ({error})", _TABLE_REMEDY) from error
    return list(csv.DictReader(StringIO(text))), str(path)


@cache
def _ours(name: str) -> list[dict[str, str]]:
    """The rows of a table that comes with the program, read once."""
    return list(csv.DictReader(StringIO(resources.files("clearway.network").joinpath(name).read_text("utf-8"))))


def _vehicle_class(row: dict[str, str]) -> VehicleClass:
    return VehicleClass(
        name=row["class"],
        access_keys=tuple(row["access_keys"].split("|")),
        max_speed_kmh=float(row["max_speed_kmh"]) if row["max_speed_kmh"] else None,
        speed_factor=float(row["speed_factor"]),
        heeds_oneway=row["heeds_oneway"] == "yes",
        heeds_turns=row["heeds_turns"] == "yes",
        passes=frozenset(row["passes"].split("|")),
        streets=frozenset(row["streets"].split("|")),
        shut_by=frozenset(filter(None, row["shut_by"].split("|"))),
        size=tuple(float(row[name] or 0) for name in SIZES),
    )
