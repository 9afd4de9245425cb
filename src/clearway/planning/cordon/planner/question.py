"""The question a cordon answers: what is occupied, what must stay outside, and the user's wishes.

The page, the API and the command line all build this one question, so every wish exists on each of them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.network.classes import VehicleClassName
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.occupied import DEFAULT_OCCUPIED_SHUTS
from clearway.shapes import Exact, GeometryCollection, Ground, MultiPolygon, Polygon, Spot, WayIndex

DEFAULT_SHUT: tuple[VehicleClassName, ...] = ("resident", "service", "bus", "general")
DEFAULT_RADIUS_M = 800.0
"""Ten minutes on foot: farther out a cordon shuts off a part of the town instead of a place."""
MAX_RADIUS_M = 20_000.0
"""Across a city: with more, all of the network would be the inside."""

_MOST_WAYS = 20_000
"""More than any cordon meets; it keeps a request small."""
_MOST_SPOTS = 2000
"""As many points as a person would ever set, and ten times more."""
_MOST_ADDRESS_COST_POINTS = 1000.0
"""One address outweighs any cordon."""
_MOST_ALTERNATIVES = 10
"""More than anybody compares."""

Ways = Annotated[tuple[WayIndex, ...], Field(max_length=_MOST_WAYS)]
Spots = Annotated[tuple[Spot, ...], Field(max_length=_MOST_SPOTS)]
Outside = Annotated[Polygon | MultiPolygon | GeometryCollection, Field(discriminator="type")]


class CordonQuestion(Exact):
    """What to seal off, and how."""

    site: Ground | None = Field(None, description="the ground that people hold; null where stretches alone are the site")
    stretches: Ways = Field((), description="ways that are occupied along their whole length")
    occupied_shuts: tuple[VehicleClassName, ...] = Field(
        DEFAULT_OCCUPIED_SHUTS,
        description="classes that cannot drive along the occupied streets: the stretches, and those on the site's ground; "
        "empty: a lane is free for all",
    )
    outside: Outside | None = Field(None, description="what must stay outside the cordon, besides all beyond the radius")
    shut: tuple[VehicleClassName, ...] = Field(DEFAULT_SHUT, description="classes that the cordon keeps out; the others pass")
    trust_signs: bool = Field(default=False, description="true: take one-way signs as binding; false: as streets can be driven")
    radius_m: Annotated[float, Field(gt=0, le=MAX_RADIUS_M)] = Field(
        DEFAULT_RADIUS_M, description="what lies farther from the site stays outside, metres"
    )
    allow_motorway: bool = Field(default=False, description="whether barriers may stand on motorways")
    costs: BarrierCosts = Field(BarrierCosts(), description="what barriers cost")
    address_cost: Annotated[float, Field(ge=0, le=_MOST_ADDRESS_COST_POINTS)] = Field(
        0.0, description="barrier points that enclosing one address costs; 0 still prefers fewer at equal cost"
    )
    at_most: Annotated[int, Field(ge=1, le=_MOST_WAYS)] | None = Field(None, description="the most places to use")
    pins: Spots = Field((), description="a barrier must stand at the place nearest to each")
    never: Spots = Field((), description="no barrier may stand at the place nearest to each")
    never_ways: Ways = Field((), description="no barrier may stand on these ways")
    keep_open: Ways = Field((), description="streets that stay open, outside the cordon")
    frontier: bool = Field(default=True, description="whether to follow the trade-off between barriers and enclosed addresses")
    alternatives: Annotated[int, Field(ge=0, le=_MOST_ALTERNATIVES)] = Field(
        0, description="how many really different cordons to look for"
    )
