"""OpenStreetMap tags of a street: which classes of vehicle may drive along it and against it.

**Access.** The keys of a class run from the general to the particular (``access < vehicle < motor_vehicle < ...``, column
``access_keys`` of the vehicle class table). In each direction the most particular key whose value we know decides;
``key:forward`` and ``key:backward`` come before plain ``key``. The meaning of a value is in ``access_values.csv``, a third
table that a user can read: a cell says ``yes`` (may use it), ``no`` (may not), or ``default`` (the tag changes nothing for this
class). Where no tag decides, the class may use the street classes of its table row. A general ``access=yes`` never widens that
(a footway with ``access=yes`` stays a footway), a particular key does (``motor_vehicle=yes`` on a footway), except on steps.
Tags in column ``shut_by`` take a street from a class in the same way: a motorroad from walkers, unless ``foot=yes``.

**One-way.** In order: the class's own ``oneway:KEY`` (or the older ``KEY:oneway``), most particular key first; then ``oneway``;
then what is one-way without a tag: roundabouts, circular junctions and motorways. Lanes against the traffic
(``busway=opposite_lane``, ``bus:lanes:backward``, ``cycleway=opposite`` ...) let buses, and with them the emergency services,
or bicycles go both ways. ``reversible`` changes by the hour and is shut to all who heed the signs, since nobody can rely on it;
``alternating`` is one lane shared in turns, so it is open both ways.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING

from clearway.network.classes import MOTOR_CLASSES, VEHICLE_CLASSES
from clearway.network.importers.osm_limits import limit_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.classes import VehicleClass

GENERAL_KEY = "access"
NEVER_DRIVEN = frozenset({"steps", "corridor"})
_OWN_KEY = "emergency"
_DIRECTIONS = ("forward", "backward")
BOTH, ALONG, AGAINST, NEITHER = (True, True), (True, False), (False, True), (False, False)
_VALUES = {
    **dict.fromkeys(("yes", "1", "true"), ALONG),
    **dict.fromkeys(("-1", "reverse"), AGAINST),
    **dict.fromkeys(("no", "0", "false", "alternating"), BOTH),
    "reversible": NEITHER,
}
_CYCLE_OPPOSITE = {"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"}
_BUS_OPPOSITE = {"opposite", "opposite_lane"}
_SIDES = ("", ":left", ":right", ":both")
_LANE_OPEN = {"yes", "designated"}
_LANE_OWNERS = {"bus", "psv", "taxi"}
_NO_MOTOR = {"foot", "bicycle"}
_RESERVED = {"no", "designated"}


def permit_masks(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> tuple[int, int]:
    """The classes that may drive along and against a way with these tags.

    >>> from clearway.network.classes import class_names, load_vehicle_classes
    >>> tags = {"highway": "residential", "oneway": "yes", "oneway:bicycle": "no"}
    >>> class_names(permit_masks(tags, load_vehicle_classes())[1])
    ('foot', 'cycle')
    """
    along = against = 0
    outline = tags.get("area") == "yes"
    for bit, row in enumerate(rows):
        shut = (outline and row.name in MOTOR_CLASSES) or any(f"{key}={value}" in row.shut_by for key, value in tags.items())
        usual = tags["highway"] in row.streets and not shut
        access = access_both_ways(tags, row, default=usual)
        signs = directions(tags, row)
        along |= (access[0] and signs[0]) << bit
        against |= (access[1] and signs[1]) << bit
    return along, against


@dataclass(frozen=True, slots=True)
class AccessValue:
    """One row of the table: the value of a tag, what it means to each class, and why."""

    value: str
    meaning: dict[str, str]
    notes: str


@cache
def access_values() -> dict[str, AccessValue]:
    """The table by value.

    >>> access_values()["destination"].meaning["general"]
    'no'
    """
    text = resources.files("clearway.network").joinpath("access_values.csv").read_text("utf-8")
    return {
        row["value"]: AccessValue(row["value"], {name: row[name] for name in VEHICLE_CLASSES}, row["notes"])
        for row in csv.DictReader(StringIO(text))
    }


@cache
def meaning(value: str, vehicle_class: str) -> str | None:
    """``yes``, ``no`` or ``default``; None where no part of the value is in the table.

    A list such as ``destination;delivery`` lets in every class that one of its parts lets in.

    >>> meaning("destination;delivery", "service"), meaning("kiosk", "service")
    ('yes', None)
    """
    table = access_values()
    parts = [table[part.strip()].meaning[vehicle_class] for part in value.split(";") if part.strip() in table]
    return next((verdict for verdict in ("yes", "default", "no") if verdict in parts), None)


def access_both_ways(tags: Mapping[str, str], row: VehicleClass, *, default: bool) -> tuple[bool, bool]:
    """Whether a class may use a street along and against its direction, one-way signs aside.

    Args:
        tags: The way's tags.
        row: The class.
        default: Whether the class may use this kind of street where no tag decides.

    >>> from clearway.network.classes import load_vehicle_classes
    >>> general = load_vehicle_classes()[4]
    >>> access_both_ways({"access": "no", "motor_vehicle:forward": "yes"}, general, default=True)
    (True, False)
    """
    if row.name in MOTOR_CLASSES and tags.get("highway") in NEVER_DRIVEN:
        return False, False
    along, against = (_allowed(tags, row, direction, default=default) for direction in _DIRECTIONS)
    return along, against


def deciding(tags: Mapping[str, str], row: VehicleClass, direction: str = "") -> tuple[str, str] | None:
    """The key that decides for a class and what it says (``yes``, ``no``, ``default``); None where no tag speaks to it."""
    for key in reversed(row.access_keys):
        for spelling in (f"{key}:{direction}", key) if direction else (key,):
            value = tags.get(spelling)
            verdict = meaning(value, row.name) if value else None
            if verdict:
                # the emergency services' own key binds them where a general "no" does not
                return key, "no" if value == "no" and key == _OWN_KEY else verdict
    return None


def _allowed(tags: Mapping[str, str], row: VehicleClass, direction: str, *, default: bool) -> bool:
    found = deciding(tags, row, direction)
    if found is None or found[1] == "default":
        return default
    key, verdict = found
    return verdict == "yes" and (default or key != GENERAL_KEY)


def not_understood(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> list[str]:
    """Access and direction tags that the import left aside: conditional ones, lanes, and values that are in no table."""
    keys = {key for row in rows for key in row.access_keys}
    return [reason for key, value in tags.items() if (reason := _why_left(key, value, keys, rows))]


def _why_left(key: str, value: str, keys: set[str], rows: tuple[VehicleClass, ...]) -> str | None:
    base, _, rest = key.partition(":")
    if rest.endswith("conditional") and base in {*keys, *limit_tags(), "oneway", "maxspeed"}:
        return f"conditional tag {key}"
    if _reserves_lanes(base, rest, value, keys):
        return f"reserved lanes {key}"
    if base in keys and rest in {"", *_DIRECTIONS} and base != _OWN_KEY and meaning(value, rows[0].name) is None:
        return f"access value {key}={value}"
    return None


def _reserves_lanes(base: str, rest: str, value: str, keys: set[str]) -> bool:
    if base == "busway":
        return value in {"lane", "opposite_lane"}
    if base == "lanes":
        return rest.partition(":")[0] in _LANE_OWNERS and value not in {"0", "no"}
    return (
        base in (keys - _NO_MOTOR) | _LANE_OWNERS
        and rest.partition(":")[0] == "lanes"
        and bool(_RESERVED & set(value.split("|")))
    )


def directions(tags: Mapping[str, str], row: VehicleClass) -> tuple[bool, bool]:
    """Whether a class may go along and against the way's direction, as far as one-way signs go.

    >>> from clearway.network.classes import load_vehicle_classes
    >>> bus, cycle = load_vehicle_classes()[3], load_vehicle_classes()[6]
    >>> directions({"oneway": "yes", "oneway:bus": "no"}, bus), directions({"oneway": "-1"}, cycle)
    ((True, True), (False, True))
    """
    if own := _own(tags, row):
        return own
    usual = street_direction(tags)
    if not row.heeds_oneway or (usual in (ALONG, AGAINST) and _contraflow(tags, row, usual)):
        return BOTH
    return usual


def street_direction(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """The directions of ordinary traffic."""
    tagged = _VALUES.get(tags.get("oneway", ""))
    if tagged is not None:
        return tagged
    circular = tags.get("junction") in {"roundabout", "circular"}
    return ALONG if circular or tags.get("highway") == "motorway" else BOTH


def oneway_not_understood(tags: Mapping[str, str]) -> list[str]:
    """One-way values that are unknown, or that hold only at some hours."""
    value = tags.get("oneway")
    return [f"one-way value {value}"] if value == "reversible" or (value and value not in _VALUES) else []


def _own(tags: Mapping[str, str], row: VehicleClass) -> tuple[bool, bool] | None:
    for key in reversed((*row.access_keys, *(("psv", "bus") if _shares_bus_lanes(row) else ()))):
        for spelling in (f"oneway:{key}", f"{key}:oneway"):
            found = _VALUES.get(tags.get(spelling, ""))
            # what frees a bus frees an engine; what binds a bus binds only the bus
            if found is not None and (key in row.access_keys or found == BOTH):
                return found
    return None


def _contraflow(tags: Mapping[str, str], row: VehicleClass, usual: tuple[bool, bool]) -> bool:
    if "bicycle" in row.access_keys:
        return _cycle_contraflow(tags)
    against = "backward" if usual == ALONG else "forward"
    return ("bus" in row.access_keys or _shares_bus_lanes(row)) and _bus_contraflow(tags, against)


def _shares_bus_lanes(row: VehicleClass) -> bool:
    return "emergency" in row.access_keys


def _cycle_contraflow(tags: Mapping[str, str]) -> bool:
    for side in _SIDES:
        if tags.get(f"cycleway{side}") in _CYCLE_OPPOSITE or tags.get(f"cycleway{side}:oneway") in {"no", "-1"}:
            return True
    return False


def _bus_contraflow(tags: Mapping[str, str], against: str) -> bool:
    if any(tags.get(f"busway{side}") in _BUS_OPPOSITE for side in _SIDES):
        return True
    for kind in ("bus", "psv"):
        if _LANE_OPEN & set(tags.get(f"{kind}:lanes:{against}", "").split("|")):
            return True
        if tags.get(f"lanes:{kind}:{against}", "0") not in {"0", "no", ""}:
            return True
    return False
