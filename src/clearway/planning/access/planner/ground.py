"""What a crew finds on the ground: hydrants that its engine comes to, and dead ends that closures make for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.access.planner.contract import Address, FullWater, MadeDeadEnd, Water
from clearway.planning.access.planner.sides import address_fields
from clearway.planning.access.planner.turning import dead_end_notes, dead_ends
from clearway.planning.access.planner.water import HYDRANT_M, water
from clearway.words import counted

if TYPE_CHECKING:
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.access.planner.turning import DeadEnd
    from clearway.planning.access.planner.water import Hydrants
    from clearway.planning.street_names import StreetNames


@dataclass(frozen=True, eq=False)
class Ground:
    """Hydrants and dead ends of one service.

    Attributes:
        hydrants: None where it does not put out fires, or no hydrant is known.
        dead_ends: Made by closures, the longest first.
        unrecorded: Closures that are none because of a turning place whose size nobody recorded.
    """

    hydrants: Hydrants | None
    dead_ends: list[DeadEnd]
    unrecorded: int

    def water_figures(self) -> Water | None:
        """How many hydrants it comes to, and how many addresses have none near."""
        return None if self.hydrants is None else Water(**_figures(self.hydrants))

    def full_water(self, names: StreetNames) -> FullWater | None:
        """The same with the addresses that had one before."""
        if self.hydrants is None:
            return None
        newly = np.flatnonzero(self.hydrants.without_after & ~self.hydrants.without_before).tolist()
        rows = tuple(Address(**address_fields(names, address)) for address in newly)
        return FullWater(**_figures(self.hydrants), newly_without=rows)

    def dead_ends_on(self, names: StreetNames) -> tuple[MadeDeadEnd, ...]:
        """The dead ends with their streets."""
        return tuple(
            MadeDeadEnd(
                closure=one.closure.label,
                street=names.between(one.closure.way),
                way_indexes=(one.closure.way,),
                length_m=round(one.length_m, 1),
                too_small_m=one.too_small_m,
            )
            for one in self.dead_ends
        )

    def notes(self, names: StreetNames) -> list[str]:
        """Sentences about hydrants that are out of reach, and about dead ends."""
        notes = []
        if self.hydrants is not None:
            lost = int((self.hydrants.before & ~self.hydrants.after).sum())
            newly = int((self.hydrants.without_after & ~self.hydrants.without_before).sum())
            if lost:
                notes.append(
                    f"{counted(lost, 'hydrant')} inside the ring or behind closures: no engine comes to them. "
                    f"{counted(newly, 'address', 'addresses')} more than before without one within "
                    f"{self.hydrants.within_m:g} m."
                )
        notes += dead_end_notes(self.dead_ends, names)
        if self.unrecorded:
            notes.append(
                f"{counted(self.unrecorded, 'closure leaves', 'closures leave')} a way back only to a turning place whose "
                "size nobody recorded: it is taken as wide enough."
            )
        return notes


def ground_of(timer: AccessTimer, service: Service, before: Timing, after: Timing, hydrant_m: float = HYDRANT_M) -> Ground:
    """Hydrants and dead ends of one service.

    Args:
        timer: Of the network.
        service: Whose they are.
        before: How it reaches every address without closures.
        after: Under them.
        hydrant_m: How near to an address a hydrant must be, metres.
    """
    found = water(timer, before, after, hydrant_m) if service.fights_fire else None
    return Ground(found, *dead_ends(before, after, service.vehicle.turning_m))


def _figures(hydrants: Hydrants) -> dict[str, Any]:
    return {
        "hydrants": len(hydrants.before),
        "reached_before": int(hydrants.before.sum()),
        "reached_after": int(hydrants.after.sum()),
        "within_m": hydrants.within_m,
        "without_before": int(hydrants.without_before.sum()),
        "without_after": int(hydrants.without_after.sum()),
    }
