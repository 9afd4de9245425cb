"""OpenStreetMap access tags on a street: who may use it in which direction, one-way signs aside.

The keys of a class run from the general to the particular (``access < vehicle < motor_vehicle < ...``, column ``access_keys``
of the vehicle class table). In each direction the most particular key whose value we know decides; ``key:forward`` and
``key:backward`` come before plain ``key``. The meaning of a value is in ``access_values.csv``.

Where no tag decides, the class may use the street classes of its table row. A general ``access=yes`` never widens that
(a footway with ``access=yes`` stays a footway), a particular key does (``motor_vehicle=yes`` on a footway), except on steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.classes import MOTOR_CLASSES
from clearway.network.importers.access_values import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.classes import VehicleClass

GENERAL_KEY = "access"
NEVER_DRIVEN = frozenset({"steps", "corridor"})
_OWN_KEY = "emergency"
_DIRECTIONS = ("forward", "backward")


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
    """Access and direction tags that the import left aside: conditional ones, and values that are in no table."""
    keys = {key for row in rows for key in row.access_keys}
    return [reason for key, value in tags.items() if (reason := _why_left(key, value, keys, rows))]


def _why_left(key: str, value: str, keys: set[str], rows: tuple[VehicleClass, ...]) -> str | None:
    base, _, rest = key.partition(":")
    if rest.endswith("conditional") and base in {*keys, "oneway", "maxspeed"}:
        return f"conditional tag {key}"
    if base in keys and rest in {"", *_DIRECTIONS} and base != _OWN_KEY and meaning(value, rows[0].name) is None:
        return f"access value {key}={value}"
    return None
