"""What must be known beside a service's figures: stations that lie too far from any street, or that the closures shut in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.engines import station_ms
from clearway.planning.access.planner.timing import far_sentence

if TYPE_CHECKING:
    from clearway.planning.access.planner.timing import Timing

SHUT_IN_SHARE = 0.5
"""A station whose vehicles still reach less than half of what they reached before is named: no detour costs so much."""


def notes_of(before: Timing, after: Timing) -> tuple[str, ...]:
    """Sentences about a service's stations: those too far from any street, and those that the closures shut in."""
    far = [far_sentence(before.graph.vehicle_class, before.far)] if before.far else []
    return (*far, *_shut_in(before, after))


def _shut_in(before: Timing, after: Timing) -> list[str]:
    if not after.closures:
        return []
    was, now = addresses_reached(before), addresses_reached(after)
    return [
        f"{station.name} is shut in by the closures: its vehicles reach {left:,} of the {whole:,} addresses that they reached "
        "before."
        for station, whole, left in zip(after.stations, was, now, strict=True)
        if left < whole * SHUT_IN_SHARE
    ]


def addresses_reached(timing: Timing) -> list[int]:
    """How many addresses the vehicles of each station reach alone."""
    counts: list[int] = (station_ms(timing) < NEVER_MS).sum(axis=1).tolist()
    return counts
