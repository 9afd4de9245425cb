"""The question a cordon answers: what is occupied, what must stay outside, and the user's wishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clearway.errors import BadInput
from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.costs import BarrierCosts

DEFAULT_SHUT = ("resident", "service", "bus", "general")
DEFAULT_RADIUS_M = 800.0
MAX_RADIUS_M = 20_000.0


@dataclass(frozen=True, slots=True)
class CordonQuestion:
    """What to seal off, and how.

    Attributes:
        site: GeoJSON Polygon or MultiPolygon, or None where stretches alone are the site.
        stretches: Way indexes that are occupied along their whole length.
        outside: GeoJSON geometry of what must stay outside.
        shut: Vehicle classes that may not enter; the others pass.
        trust_signs: Take directions and permissions as signed; else any way that a car fits into can be driven both ways.
        radius_m: Everything farther than this from the site, in a straight line, is outside.
        allow_motorway: Whether motorways may be cut.
        costs: What barriers cost.
        address_cost: Points that each enclosed address costs; 0 still prefers fewer among equally cheap cordons.
        at_most: Most places that may be used, None: any number.
        pins: (lon, lat) points; a barrier must stand at the place nearest to each.
        never: (lon, lat) points; no barrier may stand at the place nearest to each.
        never_ways: Way indexes that no barrier may stand on.
        keep_open: Way indexes that must stay open to the outside.
        frontier: Whether to compute the trade-off between barriers and enclosed addresses.
        alternatives: How many other cordons to look for.
    """

    site: dict[str, Any] | None = None
    stretches: tuple[int, ...] = ()
    outside: dict[str, Any] | None = None
    shut: tuple[str, ...] = DEFAULT_SHUT
    trust_signs: bool = False
    radius_m: float = DEFAULT_RADIUS_M
    allow_motorway: bool = False
    costs: BarrierCosts = field(default_factory=BarrierCosts)
    address_cost: float = 0.0
    at_most: int | None = None
    pins: tuple[tuple[float, float], ...] = ()
    never: tuple[tuple[float, float], ...] = ()
    never_ways: tuple[int, ...] = ()
    keep_open: tuple[int, ...] = ()
    frontier: bool = True
    alternatives: int = 0

    def checked(self) -> CordonQuestion:
        """This question, once its numbers and names make sense.

        Raises:
            BadInput: a number is out of range, or nothing is to be shut.
            UnknownName: a vehicle class is unknown.
        """
        if not class_mask(self.shut):
            raise BadInput("No vehicle class is shut out. Name at least one, such as 'general'.")
        if not 0 < self.radius_m <= MAX_RADIUS_M:
            raise BadInput(f"A radius of {self.radius_m:g} m cannot be used. Give metres from 1 to {MAX_RADIUS_M:.0f}.")
        if not 0 <= self.address_cost <= 1000:  # noqa: PLR2004 - dearer than any cordon
            raise BadInput(f"An address cost of {self.address_cost:g} points cannot be used. Give 0 to 1000.")
        if self.at_most is not None and self.at_most < 1:
            raise BadInput(f"A limit of {self.at_most} barriers cannot be used. Give 1 or more.")
        if not 0 <= self.alternatives <= 10:  # noqa: PLR2004 - more than anybody weighs
            raise BadInput(f"{self.alternatives} alternatives cannot be given. Ask for 0 to 10.")
        return self
