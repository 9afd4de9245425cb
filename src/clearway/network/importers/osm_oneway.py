"""OpenStreetMap one-way tags: in which directions a class may go along a street, access aside.

In order: the class's own ``oneway:KEY`` (or the older ``KEY:oneway``), most particular key first; then ``oneway``; then what is
one-way without a tag: roundabouts, circular junctions and motorways. Lanes against the traffic (``busway=opposite_lane``,
``bus:lanes:backward``, ``cycleway=opposite`` ...) let buses, and with them the emergency services, or bicycles go both ways.

``reversible`` changes by the hour and is shut to all who heed the signs, since nobody can rely on it; ``alternating`` is one
lane shared in turns, so it is open both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.classes import VehicleClass

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
