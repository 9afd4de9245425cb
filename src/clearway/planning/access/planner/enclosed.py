"""What must be known beside a service's figures: stations and hospitals too far from any street, or inside the ring.

A station is shut in where its vehicles no longer reach most of the addresses, a hospital where it is no longer reached from
most of them. Either lies inside the ring where this would be so if no barrier were opened for those who may pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.engines import station_ms
from clearway.planning.access.planner.timing import far_sentence

if TYPE_CHECKING:
    from clearway.planning.access.planner.timing import Timing

SHUT_IN_SHARE = 0.5
"""A station whose vehicles still reach less than half of what they reached before is named: no detour costs so much."""


@dataclass(frozen=True, eq=False)
class Reach:
    """How many addresses each of several places reaches, or is reached from. H places.

    Attributes:
        names: What they are called.
        before: (H,) addresses without closures.
        after: (H,) addresses under them.
        ringed: (H,) addresses if no barrier were opened; None where no barrier lets the class pass.
    """

    names: tuple[str, ...]
    before: list[int]
    after: list[int]
    ringed: list[int] | None


def notes_of(before: Timing, after: Timing, ringed: Timing | None = None) -> tuple[str, ...]:
    """Sentences about a service's stations: those too far from any street, and those that the ring encloses.

    Args:
        before: Without closures.
        after: Under them.
        ringed: If no barrier were opened; None where there is no barrier that lets its vehicles pass.
    """
    far = [far_sentence(before.graph.vehicle_class, before.far)] if before.far else []
    if not after.closures and ringed is None:
        return tuple(far)
    reach = Reach(
        tuple(station.name for station in after.stations),
        addresses_reached(before),
        addresses_reached(after),
        None if ringed is None else addresses_reached(ringed),
    )
    return (*far, *enclosed(reach, "its vehicles reach {left:,} of the {whole:,} addresses that they reached before"))


def enclosed(reach: Reach, costs: str) -> list[str]:
    """Sentences about the places that the ring encloses.

    Args:
        reach: Of the places.
        costs: What that costs one which is shut in, with ``left`` and ``whole`` addresses.
    """
    found = []
    for index, name in enumerate(reach.names):
        whole, left = reach.before[index], reach.after[index]
        if left < whole * SHUT_IN_SHARE:
            found.append(f"{name} is shut in by the closures: {costs.format(left=left, whole=whole)}.")
        elif reach.ringed is not None and reach.ringed[index] < whole * SHUT_IN_SHARE:
            found.append(f"{name} lies inside the ring: a barrier must be opened for every vehicle that comes or goes.")
    return found


def addresses_reached(timing: Timing) -> list[int]:
    """How many addresses the vehicles of each station reach alone."""
    counts: list[int] = (station_ms(timing) < NEVER_MS).sum(axis=1).tolist()
    return counts
