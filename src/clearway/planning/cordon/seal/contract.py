"""What is asked of a cordon as given, and what is answered.

A barrier is given as people have it: a point on a street, a line across streets, a street and cross street in words, or the
ways and offsets of a plan.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from clearway.network.classes import VehicleClassName
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.contract import Barrier
from clearway.planning.cordon.planner.question import (
    DEFAULT_RADIUS_M,
    DEFAULT_SHUT,
    MAX_RADIUS_M,
    CordonQuestion,
    Outside,
    Ways,
)
from clearway.shapes import Exact, Ground, Latitude, LineCoordinates, Longitude, Shape, WayIndex

MOST_BARRIERS = 500
"""More than any crew sets; each is tried for whether it stops anything."""
_MOST_TEXT = 500_000
"""Characters: a file of ``MOST_BARRIERS`` barriers with all that a plan says of each."""
_WAYS_OF_A_BARRIER = 60
"""A crossing of wide streets has a dozen carriageways."""


class GivenBarrier(Exact):
    """A barrier as it was given: ``way_indexes`` with ``at_m``, or ``line``, or ``words``, or ``lon`` and ``lat``."""

    label: Annotated[str, Field(max_length=200)] = Field("", description="what people call it")
    lon: Longitude | None = None
    lat: Latitude | None = None
    street: Annotated[str, Field(max_length=200)] = Field(
        "", description="which street the point means, where several are near"
    )
    junction: bool = Field(default=False, description="true: all arms of the junction at the point are shut")
    line: LineCoordinates | None = Field(
        None, description="drawn across streets; one that runs through a junction parts its arms, as a diagonal filter does"
    )
    words: Annotated[str, Field(max_length=400)] = Field(
        "", description="such as 'Hill Street at Molesworth Street, north side'"
    )
    way_indexes: Annotated[tuple[WayIndex, ...], Field(max_length=_WAYS_OF_A_BARRIER)] = ()
    at_m: Annotated[tuple[Annotated[float, Field(ge=0)], ...], Field(max_length=_WAYS_OF_A_BARRIER)] = Field(
        (), description="per way: metres from its first point"
    )
    shuts: tuple[VehicleClassName, ...] | None = Field(None, description="classes that it stops; null: all that are shut out")


class SealQuestion(Exact):
    """A site, and the barriers that are to seal it."""

    site: Ground | None = Field(None, description="the ground that people hold; null where stretches alone are the site")
    stretches: Ways = Field((), description="ways that are occupied along their whole length")
    outside: Outside | None = Field(None, description="what must stay outside the cordon, besides all beyond the radius")
    shut: Annotated[tuple[VehicleClassName, ...], Field(min_length=1)] = Field(
        DEFAULT_SHUT, description="classes that the cordon is to keep out"
    )
    trust_signs: bool = Field(default=False, description="true: take one-way signs as binding; false: as streets can be driven")
    radius_m: Annotated[float, Field(gt=0, le=MAX_RADIUS_M)] | None = Field(
        None, description="what lies farther from the site is outside, metres; null: far enough for these barriers"
    )
    allow_motorway: bool = Field(default=False, description="whether a barrier that is missing may stand on a motorway")
    costs: BarrierCosts = Field(BarrierCosts(), description="what barriers cost")
    barriers: Annotated[tuple[GivenBarrier, ...], Field(max_length=MOST_BARRIERS)] = ()
    file: Annotated[str, Field(max_length=_MOST_TEXT)] = Field(
        "", description="more barriers, as a file has them: GeoJSON, a plan, or a line of words for each"
    )

    def cordon(self, **changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
        """The question of a cordon round the same site."""
        same = {name: getattr(self, name) for name in _OF_A_CORDON}
        radius_m = self.radius_m or DEFAULT_RADIUS_M
        return CordonQuestion(**(same | {"radius_m": radius_m, "frontier": False} | changes))


_OF_A_CORDON = ("site", "stretches", "outside", "shut", "trust_signs", "allow_motorway", "costs")
"""What a cordon is asked by the same names."""


class StandingBarrier(Shape):
    """A barrier as it was understood."""

    number: int = Field(description="as given, from 1")
    label: str
    called: str = Field(description="where it stands, in words")
    lon: Longitude
    lat: Latitude
    way_indexes: tuple[WayIndex, ...] = Field(description="empty at a filter, which shuts no street")
    at_m: tuple[float, ...]
    shuts: tuple[VehicleClassName, ...] = Field(description="of the classes that are shut out")
    idle: bool = Field(description="whether it stops nothing, once those that are missing stand; all idle ones can go together")


class LeakStart(Shape):
    """Where a path begins outside."""

    lon: Longitude
    lat: Latitude
    street: str
    why: str = Field(description="why this place counts as outside")
    doubtful: bool = Field(description="whether the street may end there for good; a person who knows can confirm it")


class Leak(Shape):
    """A path from outside into the site."""

    number: int
    streets: tuple[str, ...] = Field(description="in the order in which it is driven")
    path: LineCoordinates
    length_m: float
    starts: LeakStart
    classes: tuple[VehicleClassName, ...] = Field(description="classes shut out that can drive it")
    barrier: Barrier | None = Field(
        description="what stops it, of the cheapest barriers that stop all leaks together; null where none can"
    )
    note: str = Field(description="why no barrier is proposed, or may not stand; mostly empty")


class Encloses(Shape):
    """What outside traffic can no longer reach as the barriers stand, the site with it."""

    addresses: int = Field(description="or frontage points, where the network has no addresses")
    streets: tuple[str, ...] = Field(description="names, in alphabetical order; unnamed ones left out")
    street_count: int = Field(description="how many, by the source's names, and every unnamed piece")
    length_m: float
    way_indexes: tuple[WayIndex, ...] = Field(description="in whole or part")
    ways: tuple[int, ...] = Field(description="ids of the source")


class Seal(Shape):
    """The verdict on a cordon as given."""

    sealed: bool = Field(description="whether no street of the network leads from outside into the site past the barriers")
    certain: bool = Field(description="whether the map leaves no doubt about that: neither doubtful ends nor open ground")
    leaks: tuple[Leak, ...] = Field(description="found until the site is sealed; with the barrier of each, it is")
    more_leaks: bool = Field(description="whether there are more than are listed")
    cost: float = Field(description="points that the missing barriers cost together")
    idle: tuple[int, ...] = Field(description="numbers of the barriers that stop nothing")
    encloses: Encloses
    barriers: tuple[StandingBarrier, ...]
    doubts: tuple[str, ...] = Field(description="places where vehicles may come in although the map shows no street there")
    warnings: tuple[str, ...]
    summary: tuple[str, ...] = Field(description="the verdict in sentences")
    shut: tuple[VehicleClassName, ...]
    radius_m: float = Field(description="what lies farther from the site counts as outside, metres")
