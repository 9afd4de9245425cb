"""OpenStreetMap tags that limit the size of a vehicle: height, width, weight, length, load on an axle.

Which tags, and whether they bind an engine under lights, is in ``size_limits.csv``, which a user can read. The particular comes
before the general, as with access: ``maxweight:hgv`` before ``maxweight``, ``maxheight:forward`` before ``maxheight``. The
vehicle of a class is in the table of vehicle classes; one that is as large as the limit still fits.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from io import StringIO
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from clearway.network.classes import SIZES
from clearway.network.importers.osm_values import METRES_PER_FOOT, METRES_PER_INCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.classes import VehicleClass

_TONNES_PER = {
    "": 1.0, "t": 1.0, "tonne": 1.0, "tonnes": 1.0, "mt": 1.0, "kg": 0.001,
    "st": 0.90718474, "lt": 1.0160469088, "lbs": 0.00045359237, "lb": 0.00045359237,
}  # fmt: skip
_METRES_PER = {"": 1.0, "m": 1.0, "meter": 1.0, "metre": 1.0, "meters": 1.0, "metres": 1.0, "cm": 0.01}
_NO_LIMIT = {"no", "none", "default", "unlimited", "unsigned", "no_sign", "no_indications"}
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)")
_FEET = re.compile(r"""(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|''|in)?)?""")
_GENERAL_KEY = "access"
_ENGINE_KEY = "emergency"
_DIRECTIONS = ("forward", "backward")


class Limit(NamedTuple):
    """The most that may pass: a place in ``SIZES``, the figure, and the classes that it concerns, as a mask."""

    size: int
    most: float
    classes: int


class _LimitTag(NamedTuple):
    size: int
    at_nodes: bool
    binds_engines: bool


@cache
def limit_tags() -> dict[str, _LimitTag]:
    """The table by tag.

    >>> SIZES[limit_tags()["maxheight"].size]
    'height_m'
    """
    text = resources.files("clearway.network").joinpath("size_limits.csv").read_text("utf-8")
    rows = csv.DictReader(StringIO(text))
    return {
        row["tag"]: _LimitTag(SIZES.index(row["size"]), row["at_nodes"] == "yes", row["binds_engines"] == "yes") for row in rows
    }


@cache
def limit_keys() -> frozenset[str]:
    """The first parts of every tag in the table: what a reader must not drop."""
    return frozenset(tag.partition(":")[0] for tag in limit_tags())


@cache
def node_limit_keys() -> frozenset[str]:
    """The tags that limit what passes a node."""
    return frozenset(tag for tag, rule in limit_tags().items() if rule.at_nodes)


def most(text: str, size: int) -> float | None:
    r"""Metres or tonnes that a value stands for, infinite where it names no limit, None where we cannot read it.

    >>> most("3.5", 0), round(most("12'6\"", 0), 2), most("7,5 t", 2), most("none", 0), most("below_default", 0)
    (3.5, 3.81, 7.5, inf, None)
    >>> most("2;1.8", 1), most("3500 kg", 2), most("0", 0)
    (1.8, 3.5, None)
    """
    found = [_one(part.strip().lower(), size) for part in text.split(";")]
    known = [value for value in found if value is not None]
    return min(known) if len(known) == len(found) else None


def _one(text: str, size: int) -> float | None:
    if text in _NO_LIMIT:
        return inf
    metres = SIZES[size].endswith("_m")
    if metres and (match := _FEET.fullmatch(text)):
        return float(match[1]) * METRES_PER_FOOT + float(match[2] or 0) * METRES_PER_INCH
    match = _FIGURE.fullmatch(text)
    unit = (_METRES_PER if metres else _TONNES_PER).get(match[2]) if match else None
    value = float(match[1].replace(",", ".")) if match else 0.0
    return value * unit if unit and value > 0 else None


def limits(tags: Mapping[str, str], rows: tuple[VehicleClass, ...], direction: str) -> list[Limit]:
    """What limits the vehicles that go past these tags, the classes without a vehicle left out.

    Args:
        tags: Of a street, or of a node on one.
        rows: The table of vehicle classes.
        direction: ``forward`` or ``backward`` of the street; empty at a node.

    >>> from clearway.network.classes import load_vehicle_classes
    >>> limits({"maxheight": "2.1"}, load_vehicle_classes(), "forward")
    [Limit(size=0, most=2.1, classes=31)]
    """
    if limit_keys().isdisjoint(key.partition(":")[0] for key in tags):
        return []
    found: dict[tuple[int, float], int] = {}
    for tag, (size, at_nodes, binds_engines) in limit_tags().items():
        if (direction or at_nodes) and any(key.startswith(tag) for key in tags):
            for bit, row in enumerate(rows):
                at_most = _deciding(tags, tag, row, direction, size)
                bound = row.size[size] and (binds_engines or _ENGINE_KEY not in row.access_keys)
                if bound and at_most < inf:
                    found[size, at_most] = found.get((size, at_most), 0) | 1 << bit
    return [Limit(size, at_most, classes) for (size, at_most), classes in found.items()]


def too_large(found: list[Limit], rows: tuple[VehicleClass, ...]) -> int:
    """The classes whose vehicle some limit holds back, as a mask."""
    return sum(
        1 << bit
        for bit, row in enumerate(rows)
        if any(limit.classes >> bit & 1 and row.size[limit.size] > limit.most for limit in found)
    )


def limit_not_understood(tags: Mapping[str, str]) -> list[str]:
    """Limits that the import could not read."""
    table = limit_tags()
    return [
        f"limit {key}={value}" for key, value in tags.items() if (base := _base(key)) and most(value, table[base].size) is None
    ]


def _base(key: str) -> str | None:
    if key.endswith("conditional") or ":lanes" in key:
        return None
    return next((tag for tag in (key, *(key.removesuffix(f":{way}") for way in _DIRECTIONS)) if tag in limit_tags()), None)


def _deciding(tags: Mapping[str, str], tag: str, row: VehicleClass, direction: str, size: int) -> float:
    own = [f"{tag}:{key}" for key in reversed(row.access_keys) if key != _GENERAL_KEY]
    for key in (*own, tag):
        for spelling in (f"{key}:{direction}", key) if direction else (key,):
            value = most(tags[spelling], size) if spelling in tags else None
            if value is not None:
                return value
    return inf
