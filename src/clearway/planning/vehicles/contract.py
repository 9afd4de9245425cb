"""What is answered of the fewest vehicles to move."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.shapes import Latitude, Longitude, Shape, WayIndex

WishKind = Literal["help_in_time", "two_approaches", "bus_route", "street"]


class StretchMoved(Shape):
    """A stretch from which vehicles are moved."""

    stretch: str
    move: int = Field(ge=0, description="vehicles to move here, besides those of earlier steps")
    frees: Literal["lane", "carriageway"] = Field(description="a lane for help, or all that is driven on")
    later: int = Field(ge=0, description="addresses that help would reach later, or not, if this stretch alone stayed as it is")
    lost: int = Field(ge=0, description="of these, those that help would not reach")
    seconds: float = Field(ge=0, description="seconds that it saves at the others, all together")
    most_seconds: float = Field(ge=0, description="seconds that it saves at one address, at most")
    first: str | None = Field(description="the first address that would be lost, or the one that would wait longest")
    assumed: bool = Field(default=False, description="whether its tally is assumed, not counted")


class Need(Shape):
    """Of some stretches one at least must be freed: else somebody is not served.

    With all other stretches free, help of ``service`` does not come to ``address`` within ``within_ms``, or, with the way
    ``blocked``, not at all.
    """

    any_of: tuple[tuple[int, int], ...] = Field(
        description="stretches by their place in the tally, each with the level: 1 or 2"
    )
    service: str
    address: int = Field(ge=0, description="address index of the network")
    within_ms: int | None = Field(description="milliseconds; null: however late")
    blocked: WayIndex | None = Field(description="the way that somebody has blocked; null: none")


class StartClaim(Shape):
    """Where vehicles of a service start."""

    name: str
    lon: Longitude
    lat: Latitude
    way: WayIndex
    at_m: float = Field(ge=0, description="metres from the way's tail")
    turnout_ms: int = Field(ge=0)


class ShutClaim(Shape):
    """What else is shut to a service; or, where ``ms`` is given, a gate that takes so long to open."""

    way: WayIndex
    at_m: float | None
    along: bool
    against: bool
    ms: int | None = None


class HelpClaim(Shape):
    """A service, as the times rest on it."""

    service: str
    vehicle_class: str
    size: tuple[float | None, ...] | None = Field(description="metres or tonnes; null: as the network has its class")
    within_ms: int = Field(ge=0)
    starts: tuple[StartClaim, ...]
    shut: tuple[ShutClaim, ...]


class Step(Shape):
    """A wish, and the fewest vehicles to move for it besides those that were moved for the wishes before."""

    wish: WishKind
    of: str = Field(description="the bus route or the street; empty for help")
    ways: tuple[WayIndex, ...] = Field(description="those of the route or the street; empty for help")
    more: int = Field(ge=0, description="vehicles to move besides those of earlier steps")
    vehicles: int = Field(ge=0, description="vehicles moved once this step is done")
    at_least: int = Field(
        ge=0, description="vehicles that no choice can do without, those of earlier steps being as few as they are"
    )
    proven: bool
    served: int = Field(ge=0, description="addresses that the wish is met for; 0 for a route or a street")
    never: int = Field(
        ge=0, description="addresses that it could not be met for with every stretch free; nothing is claimed of them"
    )
    moved: tuple[StretchMoved, ...]
    levels: tuple[int, ...] = Field(
        description="what is free of each stretch of the tally then: 0 nothing more, 1 a lane, 2 all"
    )
    needs: tuple[Need, ...] = Field(description="why fewer will not do")


class Cleared(Shape):
    """The staircase: which vehicles to move first, and what that wins."""

    stretches: int
    vehicles: int = Field(description="that stand on them, all together")
    across: int = Field(description="of these, those in the carriageway")
    network: str = Field(description="the digest of the network, which its ways and addresses belong to")
    help: tuple[HelpClaim, ...]
    steps: tuple[Step, ...]
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]
