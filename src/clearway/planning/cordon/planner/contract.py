"""The shape of a cordon: what the planner finds, the API answers, and a plan file holds with its proof.

The API and plan files are older than this shape, and each calls two things by a name of its own: the API goes by the aliases,
a file (``clearway-cordon-1``) by the fields' names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AliasChoices, Field, PlainSerializer

from clearway.network.classes import VehicleClassName, class_mask
from clearway.network.closures import Closure
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Latitude, LineCoordinates, Longitude, Shape, Spot, WayIndex
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FORMAT: Literal["clearway-cordon-1"] = "clearway-cordon-1"


class Barrier(Shape):
    """One place where one crew stands: at a junction, on any of its arms."""

    number: int = Field(description="clockwise from north round the site, from 1")
    place: Literal["street", "junction"]
    street: str = Field(description="the street it closes; at a junction the streets that meet there")
    between: tuple[str, ...] = Field(description="the cross streets before and after it; at a junction the streets that meet")
    side: str = Field(
        description="such as 'north side of Hill St' or 'middle of the block'; at a junction which arms are closed"
    )
    lon: Longitude
    lat: Latitude
    ways: tuple[int, ...]
    way_indexes: tuple[WayIndex, ...]
    at_m: tuple[float, ...] = Field(description="per way: metres from its first point")
    spots: tuple[Spot, ...] = Field(description="give these as pins to have this place again, or as never to have none of it")
    origin: Literal["pinned", "added", "pinned and added"] = Field(
        description="pinned: a wish asks for it; added: the plan does; both, where only some of its arms are pinned"
    )
    at_corner: bool = Field(description="false: in the middle of a block")
    cost: float = Field(description="points")
    kind: Literal["gate", "block"] = Field(description="gate: other motor classes still pass; block: none does")
    width_m: float
    width_known: bool = Field(description="false: taken from the street's class")
    today: str = Field(description="what stands there today")
    passes: tuple[VehicleClassName, ...]
    shuts: tuple[VehicleClassName, ...]
    lines: tuple[LineCoordinates, ...] = Field(description="the bar across each street it shuts")

    @property
    def called(self) -> str:
        """Where it stands, in words."""
        if self.place == "street":
            return f"{self.street}, {self.side}"
        return f"the junction of {self.street}" + (f", {self.side}" if self.side.startswith("on ") else "")

    def points(self) -> Iterator[tuple[int, float]]:
        """Each way that it closes, and how many metres from its first point."""
        return zip(self.way_indexes, self.at_m, strict=True)


class Enclosed(Shape):
    """What lies inside the cordon and outside the site."""

    addresses: int = Field(description="or frontage points, where the network has no addresses")
    streets: int = Field(
        validation_alias=AliasChoices("street_count", "streets"),
        serialization_alias="street_count",
        description="how many, by the source's names, and every unnamed piece",
    )
    street_names: tuple[str, ...] = Field(description="as the source has them, in alphabetical order")
    names: tuple[str, ...] = Field(
        validation_alias=AliasChoices("names", "streets"),
        serialization_alias="streets",
        description="names for people, in alphabetical order; unnamed ones left out",
    )
    length_m: float
    way_indexes: tuple[WayIndex, ...] = Field(description="in whole or part")


class Counts(Shape):
    """How many barriers there are and where crews stand, as a crew counts."""

    places: int = Field(description="where a crew stands: corners and places in the middle of a block, by their prices")
    barrier_count: int = Field(description="one across each street that is closed, at each place")
    corner_count: int = Field(description="corners with a barrier on one or more of their arms")
    mid_block_count: int = Field(description="places away from corners")

    def worded(self, say: Callable[[int, str], str] = counted) -> str:
        """Barriers, corners and places in the middle of a block.

        >>> Counts(places=6, barrier_count=9, corner_count=5, mid_block_count=1).worded()
        '9 barriers at 5 corners and 1 mid-block place'
        """
        where = ((self.corner_count, "corner"), (self.mid_block_count, "mid-block place"))
        barriers, places = say(self.barrier_count, "barrier"), listed([say(*one) for one in where if one[0]])
        return f"{barriers} at {places}" if places else barriers


class PointWish(Shape):
    """A point at which a barrier was pinned or forbidden, and the place that it holds."""

    asked: Spot
    lon: Longitude = Field(description="of the place nearest to the point, which is meant")
    lat: Latitude
    moved_m: float = Field(description="from the point to the place")
    why: str = Field(description="why the place is not at the point; empty where it is")
    place: str = Field(description="in words")
    numbers: tuple[int, ...] = Field(description="of the barriers that stand there")


class WishesMet(Shape):
    """What became of the wishes for barriers and streets."""

    pinned: tuple[PointWish, ...]
    forbidden: tuple[PointWish, ...]
    forbidden_streets: tuple[str, ...] = Field(description="streets along which no barrier may stand")
    kept_open: tuple[str, ...] = Field(description="streets that stay open to the outside")


class ExcludedLink(Shape):
    """A short link between two junctions of a corner, on which no barrier was considered."""

    street: str
    way: WayIndex
    lon: Longitude
    lat: Latitude
    length_m: float
    why: str


class FrontierPoint(Counts):
    """One cordon of the frontier between barriers and addresses enclosed, cheapest first."""

    cost: float
    barrier_cost: float
    addresses: int = Field(
        validation_alias=AliasChoices("addresses", "enclosed"), serialization_alias="enclosed", description="addresses enclosed"
    )
    address_cost: float = Field(description="ask again with this address_cost to get this cordon")


class FrontierCordon(FrontierPoint):
    """The same with its barriers."""

    address_cost: Annotated[float, PlainSerializer(lambda points: round(points, 6), return_type=float)]
    barriers: tuple[Barrier, ...]
    enclosed: Enclosed


class Alternative(Counts):
    """A really different cordon."""

    cost: float
    barrier_cost: float
    enclosed: Enclosed
    barriers: tuple[Barrier, ...]


class Cordon(Counts):
    """The cordon with its proof."""

    barriers: tuple[Barrier, ...] = Field(description="by place, clockwise from north; each with a line for each barrier")
    wishes: WishesMet
    excluded: tuple[ExcludedLink, ...] = Field(description="where a barrier might be thought of and none was considered")
    cost: float = Field(description="the whole objective, points: barriers and enclosed addresses")
    barrier_cost: float
    bound: float = Field(description="proven lower bound of the cost; equal to it when optimal")
    enclosed: Enclosed
    frontier: tuple[FrontierPoint, ...]
    alternatives: tuple[Alternative, ...]
    checks: tuple[str, ...] = Field(description="what is proven, in sentences")
    warnings: tuple[str, ...] = Field(description="what to look at, in sentences")
    optimal: bool = Field(description="whether the bound proves that no cordon is cheaper")


class CordonPlan(Cordon):
    """The cordon as a plan file holds it: with what was asked, and what the checker reads."""

    format: Literal["clearway-cordon-1"] = FORMAT
    frontier: tuple[FrontierCordon, ...]
    question: CordonQuestion
    certificate: dict[str, Any] = Field(description="prices and the flow that no cordon stops for less")

    def as_json(self) -> dict[str, Any]:
        """The plan as a file has it."""
        return self.model_dump(mode="json", by_alias=False)

    def closures(self) -> list[Closure]:
        """Point closures for the shut classes, on every street that a barrier closes."""
        return barrier_closures(self.barriers, self.question.shut)


def barrier_closures(barriers: Iterable[Barrier], shut: Sequence[str]) -> list[Closure]:
    """Point closures for some classes, on every street that some barriers close."""
    shuts = class_mask(shut)
    return [
        Closure(way=way, shuts=shuts, at_m=at_m, label=f"Barrier {barrier.number}")
        for barrier in barriers
        for way, at_m in barrier.points()
    ]
