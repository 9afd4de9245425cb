"""Whom a service does not reach because its vehicle is too large, and the places that are too tight for it.

Limits of size are taken as closures of a network where everything fits: the places named for an address are those closures that
cut it off there, by the same witness as for closures of the day (:mod:`clearway.planning.access.planner.witness`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.classes import SIZES, class_index
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import TightPlace, VehicleSize
from clearway.planning.access.planner.vehicles import fit_sentences, size_of, too_tight
from clearway.planning.access.planner.witness import cut_off_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Ints
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.access.planner.vehicles import Size, Tight
    from clearway.planning.street_names import StreetNames


@dataclass(frozen=True, eq=False)
class Fit:
    """How a service's vehicle fits. D addresses.

    Attributes:
        size: The vehicle's; None where nothing is known of it.
        tight: The places that it does not fit through.
        lost: (D,) addresses that it does not reach under the closures and a smaller vehicle would.
        turning_m: Metres across that it needs to turn round; None where nobody said.
    """

    size: Size | None
    tight: tuple[Tight, ...]
    lost: Bools
    turning_m: float | None

    @property
    def vehicle(self) -> VehicleSize | None:
        """The vehicle by which streets are judged; None where nothing is known of it."""
        if self.size is None:
            return None
        figures = {name: figure or None for name, figure in zip(SIZES, self.size, strict=True)}
        return VehicleSize(**figures, turning_m=self.turning_m)

    def fields(self, names: StreetNames, most: int | None, near: Ints | None = None) -> dict[str, Any]:
        """The fields of a ``ServiceAccess``.

        Args:
            names: Of the network.
            most: Places to list at most; all of them where None.
            near: Ways whose places are listed, all where None.
        """
        listed = self.tight if near is None else [one for one in self.tight if one.way in set(near.tolist())]
        return {
            "vehicle": self.vehicle,
            "too_tight": tuple(_place(names, one, self.size) for one in listed[:most] if self.size),
            "too_tight_count": len(self.tight),
            "too_large_count": int(self.lost.sum()),
        }

    def notes(self, service: Service, names: StreetNames, first: Sequence[int] = ()) -> list[str]:
        """That the vehicle does not fit through some places, those on the ways ``first`` named first."""
        bit = 1 << class_index(service.vehicle_class)
        if any(service.vehicle.sizes) and not (names.network.limit_classes & bit).any():
            return [f"No street of this network has a limit of size: each is taken to let the vehicle of {service.name} pass."]
        ahead = set(first)
        tight = sorted(self.tight, key=lambda one: one.way not in ahead)
        return fit_sentences(service.name, self.size, tight, int(self.lost.sum()), names)


def fit_of(timer: AccessTimer, service: Service, after: Timing) -> Fit:
    """How a service's vehicle fits, under the closures of a timing.

    Args:
        timer: Of the network.
        service: Whose vehicle it is.
        after: How it reaches every address.

    Raises:
        UnknownName: no such class.
    """
    size = size_of(timer.network, service.vehicle_class, service.vehicle)
    tight = too_tight(timer.network, service.vehicle_class, size)
    unreached = after.ms == NEVER_MS
    lost = unreached & (timer.anything_fits(after).ms < NEVER_MS) if tight and unreached.any() else np.zeros_like(unreached)
    return Fit(size, tight, lost, service.vehicle.turning_m)


def too_large_for(timer: AccessTimer, timing: Timing, tight: Sequence[Tight]) -> dict[int, tuple[int, ...]]:
    """For each address that a smaller vehicle would reach, the indexes of the places that keep this one from it, rising.

    Args:
        timer: Of the network.
        timing: How the vehicle reaches every address.
        tight: The places that it does not fit through.
    """
    if not tight or not (timing.ms == NEVER_MS).any():
        return {}
    roomy = timer.anything_fits(timing)
    shut = [one.closure(timing.graph.vehicle_class) for one in tight]
    own = len(timing.closures)
    found = cut_off_by(roomy, timer.anything_fits(timing, shut))
    return {address: tuple(index - own for index in indexes if index >= own) for address, indexes in found.items()}


def _place(names: StreetNames, tight: Tight, size: Size) -> TightPlace:
    return TightPlace(
        street=names.between(tight.way),
        ways=(int(names.network.way_source[tight.way]),),
        way_indexes=(tight.way,),
        limit=SIZES[tight.kind],
        most=tight.most,
        vehicle=size[tight.kind],
    )
