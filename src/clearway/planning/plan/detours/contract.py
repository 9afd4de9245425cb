"""What is answered of the traffic that a plan cuts."""

from __future__ import annotations

from pydantic import Field

from clearway.planning.turn_by_turn import TurnLeg
from clearway.shapes import Figure, Latitude, LineCoordinates, Longitude, Shape, WayIndex


class Load(Shape):
    """Traffic on a stretch of a detour, where it is fullest, as the traffic engine finds it under the closures."""

    flow_per_hour: Figure = Field(description="passenger car units")
    share_of_capacity: Figure = Field(description="above 1: more wants to drive there than the street takes")
    share_before: Figure = Field(description="the same without the closures")
    where: str = Field(description="the piece of street")


class SignedLeg(TurnLeg):
    """A stretch of a detour."""

    load: Load | None = Field(description="null: not known, since no trips were given; or nothing of the street is driven")


class Detour(Shape):
    """What traffic drives instead of a movement that is cut."""

    coming_from: str = Field(description="the street by which it comes")
    leaves_at: str = Field(description="the corner where it leaves its way; empty where this map has no detour")
    joins_at: str = Field(description="the corner where it comes back to it")
    legs: tuple[SignedLeg, ...] = Field(description="turn by turn; empty where this map has no detour")
    metres: Figure | None = Field(description="null: this map has no detour")
    metres_added: Figure | None
    minutes_added: Figure | None = Field(description="on empty streets")
    minutes_added_in_traffic: Figure | None = Field(description="under the load of the hour; null: not known")
    overloaded: tuple[str, ...] | None = Field(description="pieces of street beyond their capacity; null: not known")
    tight: tuple[str, ...] = Field(description="corners that a person must look at before long vehicles are sent round them")
    there_and_back: tuple[str, ...] = Field(
        description="streets that it drives in both directions, since it must turn round by a loop or a block: no way at most "
        "three minutes slower was found that does not"
    )
    line: LineCoordinates | None = Field(description="on the map, from where the movement is left to where it is joined again")
    way_indexes: tuple[WayIndex, ...]


class Movement(Shape):
    """Traffic that drove through what is shut, from one through street to another."""

    number: int
    along: str = Field(description="the streets that it drove")
    starts_at: str = Field(description="the corner where it meets what is lost to traffic")
    ends_at: str = Field(description="the corner where it came out of it")
    closures: tuple[str, ...] = Field(description="labels of what cuts it")
    metres: Figure
    flow_before_per_hour: Figure | None = Field(description="of traffic at its first street without closures; null: not known")
    detours: tuple[Detour, ...] = Field(description="one for each street by which traffic comes, the straightest first")
    line: LineCoordinates
    way_indexes: tuple[WayIndex, ...]


class Warn(Shape):
    """The last junction at which a driver can still turn off without turning round in a street."""

    where: str
    lon: Longitude
    lat: Latitude
    street: str = Field(description="which leads only to what is shut")
    arms: tuple[str, ...] = Field(description="streets by which drivers come who must be warned before they are there")
    metres: Figure = Field(description="from there to the closure")
    traps: bool = Field(description="whether who drives in must turn round in a street; false: the closure is at the junction")
    closures: tuple[str, ...]
    way_indexes: tuple[WayIndex, ...]


class VehicleDetours(Shape):
    """What closures do to one kind of through traffic."""

    vehicle: str
    movements: tuple[Movement, ...] = Field(description="those of most traffic first; where that is not known, the longest")
    warn: tuple[Warn, ...]
    cut_off: tuple[str, ...] = Field(
        description="streets that are not shut and that nobody can drive to any more from the through streets"
    )


class OpenWay(Shape):
    """A way that is open beside a movement that is cut."""

    metres: Figure
    metres_added: Figure | None = Field(description="against the way without closures; null where there was none")
    line: LineCoordinates | None


class OtherWays(Shape):
    """How people get past who do not drive, from one end of a movement to the other; null: no way is known."""

    movement: int = Field(description="number of the movement of general traffic")
    on_foot: OpenWay | None
    step_free: OpenWay | None = Field(description="on foot without steps; kerbs and slopes are not known")
    cycle: OpenWay | None


class PlaceAccess(Shape):
    """How people get to a place near what is shut."""

    name: str
    kind: str
    lon: Longitude
    lat: Latitude
    by_car: bool = Field(description="whether one can still drive up to the street that it stands at")
    set_down: str = Field(description="the nearest corner of a through street on foot; empty where no way on foot is known")
    metres: Figure | None = Field(description="on foot from there")
    step_free_metres: Figure | None = Field(description="without steps, from the nearest corner that has such a way")
    tell: str


class Detours(Shape):
    """Detours of all traffic that closures cut."""

    general: VehicleDetours
    heavy: VehicleDetours | None = Field(description="null: not known, since the network records no limits of size")
    other_ways: tuple[OtherWays, ...]
    places: tuple[PlaceAccess, ...]
    traffic: str | None = Field(description="where the trips come from that loads rest on; null: no trips were given")
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
