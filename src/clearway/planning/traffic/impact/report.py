"""The shape of an answer: what a set of closures does to the city, how sure that is, and what it rests on.

All flows are vehicles (passenger car units) in the hour that was assigned; **vehicle hours** are the hours that all of them
together spend on the streets. A figure that is compared before and after counts only trips that still have a way: what has
none is counted apart, so that a city whose trips are cut off does not look quicker for it.

Every part says itself as JSON with :func:`as_json`: the field's names, numbers rounded to four decimals, ``None`` for what
cannot be reached.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Range:
    """One figure over the draws of the ensemble.

    Attributes:
        low: The lowest of all draws.
        middle: Their median.
        high: The highest.
        draws: How many draws there were.
        agree: How many of them point the same way as the main answer (grow where it grows, fall where it falls).
    """

    low: float
    middle: float
    high: float
    draws: int
    agree: int


@dataclass(frozen=True, slots=True)
class HowSure:
    """What is known of the error.

    Attributes:
        sentence: In plain words, for every screen and document.
        draws: Draws of the demand that were assigned beside the main one; 0 where none were asked for.
        extra_vehicle_hours: Over the draws.
        trips_lost_per_hour: Over the draws.
        streets_that_agree: Of the worst streets, how many are loaded more in at least nine draws of ten.
        rank_correlation: Spearman's, of the streets' change of flow between the draws and the main answer: the median draw.
        gap_before: Relative gap of the assignment without closures.
        gap_after: With them.
        draw_extra_vehicle_hours: Of each draw, in their order, so that two plans can be compared draw by draw.
        draw_trips_lost_per_hour: The same.
    """

    sentence: str
    draws: int
    extra_vehicle_hours: Range | None
    trips_lost_per_hour: Range | None
    streets_that_agree: int | None
    rank_correlation: float | None
    gap_before: float
    gap_after: float
    draw_extra_vehicle_hours: tuple[float, ...] = ()
    draw_trips_lost_per_hour: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class LostTrips:
    """Trips from one zone to another that no longer have a way."""

    start_zone: str
    end_zone: str
    user_class: str
    trips_per_hour: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole city in one hour. "Before" and "after" count the trips that have a way in both.

    Attributes:
        trips_per_hour: All that was asked, trips within a zone and trips without a way too.
        trips_lost_per_hour: Trips that the closures leave without a way.
        trips_lost_before_per_hour: Trips that had none before either.
        vehicle_hours_before: Without closures.
        vehicle_hours_after: With them.
        extra_vehicle_hours: The difference.
        extra_vehicle_hours_percent: By what was before.
        delay_vehicle_hours_before: Beyond what the same ways take on empty streets; of all trips.
        delay_vehicle_hours_after: The same with the closures.
        minutes_per_trip_before: Mean over trips between zones.
        minutes_per_trip_after: Mean.
        vehicle_km_before: Driven by all trips; None where lengths are not known.
        vehicle_km_after: With the closures.
    """

    trips_per_hour: float
    trips_lost_per_hour: float
    trips_lost_before_per_hour: float
    vehicle_hours_before: float
    vehicle_hours_after: float
    extra_vehicle_hours: float
    extra_vehicle_hours_percent: float
    delay_vehicle_hours_before: float
    delay_vehicle_hours_after: float
    minutes_per_trip_before: float
    minutes_per_trip_after: float
    vehicle_km_before: float | None
    vehicle_km_after: float | None


@dataclass(frozen=True, slots=True)
class StreetImpact:
    """One street, all pieces of one name that hang together.

    Attributes:
        street: Its name.
        at: The piece that gains or loses most delay, by the streets it lies between; the flows and saturations are those of
            the direction there that does.
        way_indexes: The pieces' indexes in the network, the one that ``at`` names first.
        sources: The pieces' ids in the source.
        flow_before_per_hour: Vehicles an hour there, in that direction.
        flow_after_per_hour: With the closures.
        flow_change_per_hour: The difference.
        saturation_before: Flow by capacity there, in that direction.
        saturation_after: With the closures; above 1 more want to pass than can.
        extra_minutes: What a drive along the whole street takes longer, in the direction that gains most.
        extra_delay_vehicle_hours: Delay of all vehicles on the street: after less before. Streets are ranked by this.
        flow_change_range_per_hour: ``flow_change_per_hour`` over the draws.
        extra_minutes_range: ``extra_minutes`` over the draws.
        how_sure: "grows in 19 of 20 draws", or empty without draws.
    """

    street: str
    at: str
    way_indexes: tuple[int, ...]
    sources: tuple[int, ...]
    flow_before_per_hour: float
    flow_after_per_hour: float
    flow_change_per_hour: float
    saturation_before: float
    saturation_after: float
    extra_minutes: float
    extra_delay_vehicle_hours: float
    flow_change_range_per_hour: Range | None = None
    extra_minutes_range: Range | None = None
    how_sure: str = ""


@dataclass(frozen=True, eq=False)
class WayImpacts:
    """Every way whose flow changes by a vehicle an hour or more, for the map of who gains and loses. M ways.

    Attributes:
        way: (M,) way indexes, rising.
        flow_before_per_hour: (M,) both directions together.
        flow_change_per_hour: (M,) after less before.
        saturation_before: (M,) of the fuller direction.
        saturation_after: (M,) of the fuller direction.
        extra_minutes: (M,) to drive it from end to end, in the direction that gains most.
        shut: (M,) whether a closure stands on it.
        agreement: (M,) share of the draws in which its flow changes the same way, 0 to 1; NaN without draws.
    """

    way: Ints
    flow_before_per_hour: Floats
    flow_change_per_hour: Floats
    saturation_before: Floats
    saturation_after: Floats
    extra_minutes: Floats
    shut: Bools
    agreement: Floats


@dataclass(frozen=True, slots=True)
class ZoneImpact:
    """One suburb or zone: all trips that begin or end there and still have a way.

    Attributes:
        zone: Its name.
        trips_per_hour: Trips that begin or end there.
        trips_lost_per_hour: Those of them that have no way any more.
        minutes_per_trip_before: Mean.
        minutes_per_trip_after: Mean.
        extra_minutes_per_trip: The difference.
        extra_vehicle_hours: Of all of them together; a trip counts in the zone it begins in and in the zone it ends in.
        extra_minutes_range: ``extra_minutes_per_trip`` over the draws.
    """

    zone: str
    trips_per_hour: float
    trips_lost_per_hour: float
    minutes_per_trip_before: float
    minutes_per_trip_after: float
    extra_minutes_per_trip: float
    extra_vehicle_hours: float
    extra_minutes_range: Range | None = None


@dataclass(frozen=True, slots=True)
class BusImpact:
    """One direction of a bus route that meets a closure or a street that slows.

    Attributes:
        route: Its number as people know it.
        towards: Where it goes, empty where the timetable does not say.
        trips_per_day: How often it runs on the day of the timetable.
        state: "own line" (drives on as ever), "way round" (leaves its line and joins it again), "cut short" (an end lies where
            no bus comes) or "stopped" (no part of it can be driven).
        minutes_free: Driving the line on empty streets, stops not counted.
        minutes_before: In the hour's traffic, without closures.
        minutes_after: With them, by its way round; None where stopped. Cut short: of the part that is left.
        extra_minutes: After less before, of the same part of the line; None where stopped.
        away_from_line_m: Metres of its line that it no longer drives.
        blocked_at: Streets where its line is shut.
        way_round: Streets that it takes instead, in order.
        way_round_indexes: The ways driven instead, as indexes in the network.
    """

    route: str
    towards: str
    trips_per_day: int
    state: str
    minutes_free: float
    minutes_before: float
    minutes_after: float | None
    extra_minutes: float | None
    away_from_line_m: float
    blocked_at: tuple[str, ...]
    way_round: tuple[str, ...]
    way_round_indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EmergencySide:
    """Times to all addresses in one state of the streets.

    Attributes:
        reached: Addresses reached.
        median_minutes: Over those reached; None where none is.
        ninth_decile_minutes: Nine of ten are reached within this.
        worst_minutes: The longest.
        beyond: Addresses later than the aim, unreached ones too.
    """

    reached: int
    median_minutes: float | None
    ninth_decile_minutes: float | None
    worst_minutes: float | None
    beyond: int


@dataclass(frozen=True, slots=True)
class EmergencyAddress:
    """One address that waits much longer. Minutes are None where it is not reached."""

    address: int
    label: str
    street: str
    lon: float
    lat: float
    free_before_minutes: float | None
    congested_before_minutes: float | None
    free_after_minutes: float | None
    congested_after_minutes: float | None


@dataclass(frozen=True, slots=True)
class EmergencyImpact:
    """How help comes: on empty streets and in the hour's traffic, before and after the closures.

    Attributes:
        service: "ambulance" or "fire", or "all stations" where they do not say what they are.
        stations: Where vehicles start.
        aim_minutes: The aim that ``beyond`` counts by.
        addresses: How many addresses there are.
        delay_share: Share of the traffic's delay that a vehicle under lights and sirens is taken to bear.
        free_before: On empty streets, without closures.
        congested_before: In the hour's traffic, without closures.
        free_after: On empty streets, with them.
        congested_after: In the traffic that they cause.
        worst_if_no_delay_minutes: Worst time after, were no delay borne at all.
        worst_if_all_delay_minutes: Worst time after, were the whole delay borne.
        longer_streets: Streets whose addresses wait longest beyond what they wait in traffic today, each by its worst address.
        sentence: The answer in words.
    """

    service: str
    stations: tuple[str, ...]
    aim_minutes: float
    addresses: int
    delay_share: float
    free_before: EmergencySide
    congested_before: EmergencySide
    free_after: EmergencySide
    congested_after: EmergencySide
    worst_if_no_delay_minutes: float | None
    worst_if_all_delay_minutes: float | None
    longer_streets: tuple[EmergencyAddress, ...]
    sentence: str


@dataclass(frozen=True, eq=False)
class Impact:
    """What a set of closures does to the city.

    Attributes:
        name: What the plan is called.
        sentence: The answer in one sentence.
        statement: What the trips rest on, in words: to be shown wherever a figure is.
        how_sure: What is known of the error.
        totals: The whole city.
        lost: Trips cut off, by zones, most first.
        streets: The ten worst streets, worst first.
        relieved: Up to ten streets that lose most delay, most first.
        ways: Every way that gains or loses, for the map.
        zones: Every zone, who loses most first.
        buses: Routes that the closures delay, most first; None where no bus lines are known.
        emergency: Ambulance and fire; None where no stations are known.
        notes: What to know when reading it, a sentence each.
    """

    name: str
    sentence: str
    statement: str
    how_sure: HowSure
    totals: Totals
    lost: tuple[LostTrips, ...]
    streets: tuple[StreetImpact, ...]
    relieved: tuple[StreetImpact, ...]
    ways: WayImpacts
    zones: tuple[ZoneImpact, ...]
    buses: tuple[BusImpact, ...] | None
    emergency: tuple[EmergencyImpact, ...] | None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON; ``ways`` as columns of equal length."""
        document: dict[str, Any] = as_json(self)
        return document


def as_json(part: Any) -> Any:  # noqa: ANN401 - whatever an answer is made of
    """Any part of an answer as JSON: rounded numbers, None for infinity and for what is no number.

    >>> as_json(Range(1.00004, 2.0, float("inf"), 20, 19))
    {'low': 1.0, 'middle': 2.0, 'high': None, 'draws': 20, 'agree': 19}
    """
    if is_dataclass(part):
        return {entry.name: as_json(getattr(part, entry.name)) for entry in fields(part)}
    if isinstance(part, np.ndarray):
        return as_json(part.tolist())
    if isinstance(part, dict):
        return {key: as_json(entry) for key, entry in part.items()}
    if isinstance(part, tuple | list):
        return [as_json(entry) for entry in part]
    if isinstance(part, float):
        return round(part, _DECIMALS) if math.isfinite(part) else None
    return part
