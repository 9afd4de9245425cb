"""OpenStreetMap barriers on a node: which classes cannot pass.

The node's own access tags decide first, by the same hierarchy as on a street; else the kind of barrier, by column ``passes``
of the vehicle class table. A general ``access=yes`` opens what an engine's crew could open anyway (a gate), not what stands
fast (a bollard). A locked gate lets through only those who carry a key, or whom a tag names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.classes import MOTOR_CLASSES
from clearway.network.importers.osm_access import GENERAL_KEY, deciding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.classes import VehicleClass

_RENAMED = {
    "removable": "removable_bollard",
    "foldable": "removable_bollard",
    "rising": "rising_bollard",
    "retractable": "rising_bollard",
    "telescopic": "rising_bollard",
}


def barrier_kind(tags: Mapping[str, str]) -> str:
    """The kind of barrier in the words of the vehicle class table.

    >>> barrier_kind({"barrier": "bollard", "bollard": "rising"}), barrier_kind({"barrier": "gate"})
    ('rising_bollard', 'gate')
    """
    kind = tags["barrier"]
    return _RENAMED.get(tags.get("bollard", ""), kind) if kind == "bollard" else kind


def blocked_mask(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> int:
    """The classes that a barrier on a node stops, as a mask."""
    kind = barrier_kind(tags)
    stands_fast = kind not in rows[0].passes
    locked = tags.get("locked") == "yes"
    return sum(1 << bit for bit, row in enumerate(rows) if not _passes(tags, row, kind, stands_fast=stands_fast, locked=locked))


def _passes(tags: Mapping[str, str], row: VehicleClass, kind: str, *, stands_fast: bool, locked: bool) -> bool:
    usual = kind in row.passes and (not locked or "emergency" in row.access_keys)
    found = deciding(tags, row)
    if found is None or found[1] == "default":
        return usual
    key, verdict = found
    if key == GENERAL_KEY and row.name in MOTOR_CLASSES and stands_fast:
        return usual and verdict == "yes"
    if key == GENERAL_KEY and locked:
        return usual
    return verdict == "yes"
