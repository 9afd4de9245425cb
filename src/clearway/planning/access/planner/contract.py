"""The shape of access: how soon help reaches every address before and after closures, and on what that depends.

The API answers what the page shows (:class:`Access`), the command line everything (:class:`FullAccess`). Seconds are from the
nearest station, ``null`` where an address is not reached; lists are worst first.
"""

from __future__ import annotations

from pydantic import Field

from clearway.network.classes import VehicleClassName
from clearway.shapes import Latitude, LineCoordinates, Longitude, Shape, WayIndex


class Address(Shape):
    """An address and where it is."""

    address: int = Field(description="address index; the place in seconds_before and seconds_after")
    label: str
    street: str
    way: int = Field(description="its street's id in the source")
    lon: Longitude
    lat: Latitude


class UnreachedAddress(Address):
    """An address that is not reached."""

    cut_off_by: tuple[str, ...] = Field(
        description="the closures that cut it off, by their labels; none: no street leads there"
    )
    closures: tuple[int, ...] = Field(description="the same closures by their place among those in force")
    too_large_for: tuple[str, ...] = Field(
        (), description="the places that are too tight for a service's vehicle, where a smaller one would reach the address"
    )
    on_foot_m: float | None = Field(
        None, description="metres on foot from the last point that every service's vehicles reach; null: nobody can walk there"
    )


class TimedAddress(Address):
    """An address with its times."""

    station_before: str | None
    seconds_before: float | None
    station_after: str | None
    seconds_after: float | None


class WorstAddress(TimedAddress):
    """One of the addresses that wait longest."""

    station: str | None = Field(description="that comes soonest after the closures")


class AddressRow(TimedAddress):
    """All that is known of one address."""

    reached_before: bool
    reached_after: bool
    cut_off_by: tuple[str, ...] = Field(description="the closures that cut it off, by their labels")
    hospital_before: str | None = Field(description="where the whole trip of a patient ends; null: none is possible, or known")
    trip_seconds_before: float | None = Field(description="from the call to the hospital's door; of several services the last")
    hospital_after: str | None
    trip_seconds_after: float | None
    depends_on: tuple[int, ...] = Field(description="source ids of the streets that alone lead there")


class AccessSide(Shape):
    """Access before or after the closures."""

    reached: int
    unreached_count: int
    p50: float | None
    p90: float | None
    max: float | None


class FullAccessSide(AccessSide):
    """The same with every address that is not reached."""

    addresses: int
    unreached: tuple[UnreachedAddress, ...]
    seconds: dict[str, float | None] = Field(description="p50, p90 and max once more")


class Within(Shape):
    """Addresses reached within the wished time."""

    seconds: float
    before: int
    after: int


class SingleStreet(Shape):
    """A street on which addresses depend: blocked, they are cut off."""

    street: str
    ways: tuple[int, ...]
    way_indexes: tuple[WayIndex, ...]
    addresses: int


class BlockedStreet(Shape):
    """A street with a car across it."""

    street: str
    ways: tuple[int, ...]
    way_indexes: tuple[WayIndex, ...]
    added_seconds: float = Field(description="most seconds that it adds for one address")
    total_seconds: float = Field(description="seconds that it adds for all addresses together")
    addresses: int = Field(description="addresses that wait longer")
    cut_off: int = Field(description="addresses that are no longer reached")


class Standard(Shape):
    """What a service aims at, and how far it gets."""

    seconds: float
    share: float = Field(description="of all addresses, 0 to 1, that should be reached within these seconds")
    share_before: float | None = Field(description="that is; null where the network has no address")
    share_after: float | None
    met_before: bool
    met_after: bool


class EnginesSide(Shape):
    """How many vehicles come in time, before or after the closures."""

    none: int = Field(description="addresses to which none comes in time")
    one: int
    two_or_more: int
    second: AccessSide = Field(description="until the second vehicle comes")


class Engines(Shape):
    """How many vehicles of a service come in time, those at each station counted."""

    seconds: float
    before: EnginesSide
    after: EnginesSide


class VehicleSize(Shape):
    """The vehicle by which streets are judged; null: nothing is known, or nothing matters."""

    height_m: float | None
    width_m: float | None
    weight_t: float | None
    length_m: float | None
    axle_t: float | None
    turning_m: float | None = Field(None, description="from kerb to kerb, to turn round; null: nobody said")


class TightPlace(Shape):
    """A place that a service's vehicle does not fit through."""

    street: str
    ways: tuple[int, ...]
    way_indexes: tuple[WayIndex, ...]
    limit: str = Field(description="what is limited: height_m, width_m, weight_t, length_m or axle_t")
    most: float = Field(description="metres or tonnes that still pass")
    vehicle: float = Field(description="metres or tonnes of the vehicle")


class Hospital(Shape):
    """A hospital, and from how many addresses the service's vehicles come to it."""

    name: str
    lon: Longitude
    lat: Latitude
    addresses_before: int
    addresses_after: int


class Trip(Shape):
    """From the call to the hospital's door: station, patient, nearest hospital that can be reached.

    Time at the patient's side is not counted.
    """

    hospitals: tuple[Hospital, ...]
    before: AccessSide
    after: AccessSide


class LostTrip(Address):
    """An address whose patients do not come to a hospital."""

    patient_reached: bool = Field(description="whether the service comes to the address")
    hospital_reached: bool = Field(description="whether it could drive from there to a hospital")


class FullTrip(Trip):
    """The same with every address."""

    unreached: tuple[LostTrip, ...] = Field(description="after the closures")
    seconds_before: tuple[float | None, ...] = Field(description="of each address in turn; null: the trip is not possible")
    seconds_after: tuple[float | None, ...] = Field(description="the same under the closures")
    hospital_after: tuple[str | None, ...] = Field(description="where the trip from each address ends")


class Water(Shape):
    """Hydrants that a fire engine comes to, and addresses that have none of them near, in a straight line."""

    hydrants: int
    reached_before: int
    reached_after: int
    within_m: float
    without_before: int = Field(description="addresses with none of those reached within these metres")
    without_after: int


class FullWater(Water):
    """The same with addresses."""

    newly_without: tuple[Address, ...] = Field(description="addresses that had one before")


class MadeDeadEnd(Shape):
    """A street that ends at a closure, with no place to turn before it."""

    closure: str
    street: str
    way_indexes: tuple[WayIndex, ...]
    length_m: float = Field(description="metres from the closure back to where the vehicle can turn")
    too_small_m: float | None = Field(
        None, description="metres across of the largest turning place there that is too small for the vehicle; null: none is"
    )


class ServiceAccess(Shape):
    """How one service reaches the addresses: from its own stations, in its own vehicles."""

    service: str
    vehicle_class: VehicleClassName
    stations: tuple[str, ...]
    turnout_seconds: tuple[float, ...] = Field(description="of each station, in every time; 0: driving alone")
    vehicle: VehicleSize | None = Field(description="null where the size by which the network was made is not known")
    too_tight: tuple[TightPlace, ...] = Field(
        description="places that the vehicle does not fit through; a street whose limits nobody recorded lets it pass"
    )
    too_tight_count: int = Field(description="of all; the list may hold fewer")
    too_large_count: int = Field(description="addresses not reached after that a smaller vehicle would reach")
    before: AccessSide
    after: AccessSide
    within: Within
    standard: Standard | None = Field(description="null where nobody set one")
    engines: Engines | None = Field(description="null where nobody said how many vehicles stand at some station")
    on_foot_count: int = Field(
        description="of those not reached after, how many lie at most 45 m on foot from the last point that its vehicles reach"
    )
    water: Water | None = Field(description="null where it does not put out fires, or the data have no hydrants")
    dead_ends: tuple[MadeDeadEnd, ...] = Field(description="longer than 45.72 m and without a place to turn, made by closures")
    trip: Trip | None = Field(description="null where it takes nobody to hospital, or no hospital is known")
    worst: tuple[WorstAddress, ...]
    two_approaches: int | None = Field(description="addresses reached by two paths that share no street")
    single_street: tuple[SingleStreet, ...]
    n_minus_1: tuple[BlockedStreet, ...]
    notes: tuple[str, ...] = Field(description="what must be known beside the figures, in sentences")


class FullServiceAccess(ServiceAccess):
    """The same for the whole network."""

    before: FullAccessSide
    after: FullAccessSide
    trip: FullTrip | None
    water: FullWater | None
    single_street_count: int = Field(description="of all; the list may hold fewer")
    n_minus_1_count: int = Field(description="of all; the list may hold fewer")


class LaneService(Shape):
    """How many addresses a service reaches along full streets, and with a lane kept free along them."""

    service: str
    reached_full: int = Field(description="where nobody drives along the occupied streets")
    reached_with_lane: int
    slower_full: int = Field(description="reached either way, but later where nobody drives along them")


class LaneAddress(Address):
    """An address that waits longer, or is not reached, where the occupied streets are full."""

    seconds_full: float | None = Field(description="until the last service is there; null: one does not come")
    seconds_with_lane: float | None


class Occupied(Shape):
    """What is assumed of the occupied streets, and who would be reached otherwise under the other assumption."""

    shut_to_help: bool = Field(description="whether the times of this answer take them as full of parked vehicles")
    streets: tuple[str, ...]
    way_indexes: tuple[WayIndex, ...]
    services: tuple[LaneService, ...]
    change_count: int = Field(description="addresses that differ; the list may hold fewer")
    changes: tuple[LaneAddress, ...] = Field(description="whom no service or a later one reaches first, then by delay")
    says: tuple[str, ...] = Field(description="the assumption, then what the other would change, in sentences")


class Access(Shape):
    """How help reaches the addresses, before and after.

    All services together: an address counts as reached where every service reaches it, after as long as the last of them takes.
    What each does alone stands under ``services``.
    """

    addresses: int
    before: AccessSide
    after: AccessSide
    within: Within
    worst: tuple[WorstAddress, ...]
    two_approaches: int | None = Field(description="addresses reached by two paths that share no street")
    single_street: tuple[SingleStreet, ...]
    n_minus_1: tuple[BlockedStreet, ...]
    services: tuple[ServiceAccess, ...]
    occupied: Occupied | None = Field(None, description="null where no street is occupied")
    notes: tuple[str, ...] = Field((), description="what must be known beside the figures, in sentences")


class FullAccess(Access):
    """The same for the whole network, with what was asked."""

    before: FullAccessSide
    after: FullAccessSide
    network: str
    address_source: str
    vehicle_class: VehicleClassName = Field(alias="class", description="of the first service")
    stations: int
    services: tuple[FullServiceAccess, ...]
    closures: tuple[str, ...] = Field(description="those in force for the class, by their labels")
    single_street_count: int = Field(description="of all; the list may hold fewer")
    n_minus_1_count: int = Field(description="of all; the list may hold fewer")
    ignored_stations: dict[str, int] = Field({}, description="places of other kinds among the stations given")
    at: str | None = Field(None, description="the moment whose closures are counted; null: all of them")
    certificate: str | None = Field(None, description="where the certificate was written")


class Leg(Shape):
    """A street of a route."""

    street: str
    metres: float
    seconds: float = Field(description="turns and gates on it included")
    ways: tuple[int, ...] = Field(description="source ids of its pieces, in the order in which they are driven")


class Route(Shape):
    """How help drives from a station to an address."""

    station: str
    turnout_seconds: float = Field(description="from the call until its vehicles leave")
    seconds: float = Field(description="from the call until they are there")
    metres: float
    legs: tuple[Leg, ...]
    gates: tuple[str, ...] = Field(description="barriers that are opened for it, by their labels")
    gate_seconds: float = Field(description="seconds that it waits at them, all together")
    line: LineCoordinates


class ServiceProof(Shape):
    """How one service comes to an address, or why it does not."""

    service: str
    vehicle_class: VehicleClassName
    vehicle: VehicleSize | None
    before: Route | None = Field(description="without closures; null: it does not come")
    after: Route | None = Field(description="under them; null: it does not come any more, or never did")
    second: Route | None = Field(description="under them, and without any street of `after`; null: there is none")
    depends_on: tuple[str, ...] = Field(description="streets that alone lead there: one car across any of them cuts it off")
    cut_off_by: tuple[str, ...] = Field(description="the closures that cut it off, by their labels")
    too_large_for: tuple[str, ...] = Field(description="the places that are too tight for its vehicle and keep it away")
    on_foot_m: float | None = Field(
        description="metres on foot from where its vehicles get to; 0 where they come to the door; null: nobody can walk there"
    )
    says: tuple[str, ...] = Field(description="the same in sentences")


class AddressProof(Address):
    """How each service comes to one address, and what that rests on."""

    services: tuple[ServiceProof, ...]
    assumed: tuple[str, ...] = Field(
        (), description="what is assumed of the occupied streets, and what the other assumption would change here"
    )
    rests_on: tuple[str, ...] = Field(description="what was assumed, in sentences")
