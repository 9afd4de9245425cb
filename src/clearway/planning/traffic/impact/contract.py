"""The shape of an answer: what a set of closures does to the city, how sure that is, and what it rests on.

All flows are vehicles (passenger car units) in the hour that was assigned; **vehicle hours** are the hours that all of them
together spend on the streets. A figure that is compared before and after counts only trips that still have a way: what has
none is counted apart, so that a city whose trips are cut off does not look quicker for it.
"""

from __future__ import annotations

from pydantic import Field

from clearway.shapes import Figure, Latitude, Longitude, OpenFigure, Shape, Spot, WayIndex


class ImpactRange(Shape):
    """One figure over the draws of the ensemble."""

    low: OpenFigure
    middle: OpenFigure = Field(description="the median")
    high: OpenFigure
    draws: int
    agree: int = Field(description="draws that point the same way as the main answer")


class HowSure(Shape):
    """What is known about the error."""

    sentence: str = Field(description="summary for every screen and document")
    draws: int = Field(description="draws of the demand beside the main one; 0: none were asked for")
    extra_vehicle_hours: ImpactRange | None
    trips_lost_per_hour: ImpactRange | None
    streets_that_agree: int | None = Field(description="of the worst streets, loaded more in at least nine draws of ten")
    rank_correlation: Figure | None = Field(
        description="Spearman's, of streets' change of flow between the draws and the main answer: the median draw"
    )
    gap_before: OpenFigure = Field(description="relative gap of the assignment without closures")
    gap_after: OpenFigure = Field(description="with them")
    draw_extra_vehicle_hours: tuple[OpenFigure, ...] = Field((), description="of each draw, to compare plans draw by draw")
    draw_trips_lost_per_hour: tuple[OpenFigure, ...] = Field((), description="the same")


class LostTrips(Shape):
    """Trips from one zone to another that no longer have a route."""

    start_zone: str
    end_zone: str
    user_class: str
    trips_per_hour: Figure


class ImpactTotals(Shape):
    """The whole city in one hour; before and after count the trips that have a route in both."""

    trips_per_hour: Figure = Field(description="all trips demanded, including those within a zone and those without a route")
    trips_lost_per_hour: Figure = Field(description="that the closures leave without a route")
    trips_lost_before_per_hour: Figure = Field(description="that had no route before either")
    vehicle_hours_before: Figure
    vehicle_hours_after: Figure
    extra_vehicle_hours: Figure
    extra_vehicle_hours_percent: OpenFigure = Field(description="by what was before")
    delay_vehicle_hours_before: Figure = Field(description="beyond what the same ways take on empty streets; of all trips")
    delay_vehicle_hours_after: Figure
    minutes_per_trip_before: OpenFigure = Field(description="mean over trips between zones")
    minutes_per_trip_after: OpenFigure
    vehicle_km_before: Figure | None = Field(description="driven by all trips; null where lengths are not known")
    vehicle_km_after: Figure | None


class StreetImpact(Shape):
    """One street, all pieces of one name that hang together."""

    street: str
    at: str = Field(description="the piece that gains or loses most; flows and saturations are of its direction that does")
    way_indexes: tuple[WayIndex, ...] = Field(description="the piece that 'at' names first")
    sources: tuple[int, ...] = Field(description="the pieces' ids in the source")
    flow_before_per_hour: Figure
    flow_after_per_hour: Figure
    flow_change_per_hour: Figure
    saturation_before: OpenFigure = Field(description="flow by capacity; above 1 more want to pass than can")
    saturation_after: OpenFigure
    extra_minutes: OpenFigure = Field(description="along the whole street, in the direction that gains most")
    extra_delay_vehicle_hours: OpenFigure = Field(description="of all vehicles on the street; streets are ranked by it")
    flow_change_range_per_hour: ImpactRange | None = None
    extra_minutes_range: ImpactRange | None = None
    how_sure: str = Field("", description="grows in 19 of 20 draws, or empty without draws")


class WayImpacts(Shape):
    """Every way whose flow changes by a vehicle an hour or more, as columns of equal length."""

    way: list[WayIndex] = Field(description="rising")
    flow_before_per_hour: list[float] = Field(description="both directions together")
    flow_change_per_hour: list[float] = Field(description="after less before")
    saturation_before: list[float | None] = Field(description="of the fuller direction")
    saturation_after: list[float | None] = Field(description="of the fuller direction")
    extra_minutes: list[float | None] = Field(description="from end to end, in the direction that gains most")
    shut: list[bool] = Field(description="whether a closure stands on it")
    agreement: list[float | None] = Field(description="share of the draws in which its flow changes the same way")


class ZoneImpact(Shape):
    """One suburb or zone: all trips that begin or end there and still have a route."""

    zone: str
    trips_per_hour: Figure
    trips_lost_per_hour: Figure = Field(description="those that no longer have a route")
    minutes_per_trip_before: OpenFigure
    minutes_per_trip_after: OpenFigure
    extra_minutes_per_trip: OpenFigure
    extra_vehicle_hours: OpenFigure = Field(description="a trip counts in the zone it begins in and in the zone it ends in")
    extra_minutes_range: ImpactRange | None = None


class BusImpact(Shape):
    """One direction of a bus route that meets a closure or a street that slows."""

    route: str = Field(description="its public number")
    towards: str = Field(description="where it goes; empty where the timetable does not say")
    trips_per_day: int
    state: str = Field(description="own line, detour, cut short (a bus cannot reach one end) or stopped")
    minutes_free: OpenFigure = Field(description="driving the line on empty streets, stops not counted")
    minutes_before: OpenFigure = Field(description="in the hour's traffic, without closures")
    minutes_after: Figure | None = Field(description="with them; cut short: of the part that is left; null where stopped")
    extra_minutes: Figure | None = Field(description="of the same part of the line; null where stopped")
    away_from_line_m: OpenFigure = Field(description="metres of its line that it no longer drives")
    blocked_at: tuple[str, ...] = Field(description="streets where its line is shut")
    way_round: tuple[str, ...] = Field(description="streets that it takes instead, in order")
    way_round_indexes: tuple[WayIndex, ...]


class EmergencySide(Shape):
    """Times to all addresses in one state of the streets."""

    reached: int
    median_minutes: Figure | None = Field(description="over those reached; null where none is")
    ninth_decile_minutes: Figure | None
    worst_minutes: Figure | None
    beyond: int = Field(description="addresses later than the aim, unreached ones too")


class EmergencyAddress(Shape):
    """One address that waits much longer; null minutes: not reached."""

    address: int
    label: str
    street: str
    lon: Longitude
    lat: Latitude
    free_before_minutes: Figure | None
    congested_before_minutes: Figure | None
    free_after_minutes: Figure | None
    congested_after_minutes: Figure | None


class EmergencyImpact(Shape):
    """How help comes: on empty streets and in the hour's traffic, before and after."""

    service: str = Field(description="ambulance, fire, or all stations where they do not say what they are")
    stations: tuple[str, ...]
    aim_minutes: Figure = Field(description="what 'beyond' counts by")
    addresses: int
    delay_share: Figure = Field(description="share of the traffic's delay that a vehicle under lights and sirens bears")
    free_before: EmergencySide
    congested_before: EmergencySide
    free_after: EmergencySide
    congested_after: EmergencySide
    worst_if_no_delay_minutes: Figure | None = Field(description="worst time after, were no delay borne at all")
    worst_if_all_delay_minutes: Figure | None = Field(description="worst time after, were the whole delay borne")
    longer_streets: tuple[EmergencyAddress, ...] = Field(
        description="streets that wait longest beyond what they wait in traffic today, each by its worst address"
    )
    sentence: str


class Impact(Shape):
    """What a set of closures does to the city."""

    name: str
    sentence: str
    statement: str = Field(description="where the trips come from; show it beside every figure")
    how_sure: HowSure
    totals: ImpactTotals
    lost: tuple[LostTrips, ...] = Field(description="trips cut off, by zones, most first")
    streets: tuple[StreetImpact, ...] = Field(description="the ten worst, worst first")
    relieved: tuple[StreetImpact, ...] = Field(description="up to ten that lose most delay, most first")
    ways: WayImpacts
    zones: tuple[ZoneImpact, ...] = Field(description="who loses most first")
    buses: tuple[BusImpact, ...] | None = Field(description="null where no bus lines are known")
    emergency: tuple[EmergencyImpact, ...] | None = Field(description="null where no stations are known")
    notes: tuple[str, ...] = Field((), description="caveats, a sentence each")


class PlanFigures(Shape):
    """One plan among others."""

    name: str
    burden_vehicle_hours: Figure = Field(description="everything but fire and ambulance in one figure, by stated weights")
    extra_vehicle_hours: Figure
    extra_vehicle_hours_range: ImpactRange | None
    trips_lost_per_hour: Figure
    minutes_per_trip_after: Figure
    worst_street: str = Field(description="that gains most delay; empty where none does")
    bus_vehicle_minutes_per_hour: Figure | None = Field(description="of all buses of an hour; null where no lines are known")
    bus_lines_cut: int | None = Field(description="directions of routes that are cut short or stopped")
    emergency: dict[str, EmergencySide] | None = Field(description="each service in traffic under the closures")
    kindest_in_draws: int | None = Field(description="in how many draws no other plan has a smaller burden")


class Comparison(Shape):
    """Plans side by side, in the order given."""

    sentence: str
    statement: str
    kindest: str = Field(description="the plan with the least burden")
    draws: int
    plans: tuple[PlanFigures, ...]


class VariantImpact(Shape):
    """One cordon and what it does in the hour."""

    name: str
    places: tuple[str, ...] = Field(description="where it shuts, in words")
    spots: tuple[Spot, ...] = Field((), description="where its barriers stand: pin these to have it; empty where not known")
    cost_points: Figure | None = Field(description="of its barriers; null where not known")
    extra_vehicle_hours: OpenFigure
    trips_lost_per_hour: Figure
    help_worst_minutes: Figure | None = Field(description="longest time of any service in the traffic; null without stations")
    help_beyond: int = Field(description="addresses that some service reaches later than its aim, or not at all")
    help_unreached: int
    bus_vehicle_minutes_per_hour: Figure
    bus_lines_cut: int = Field(description="directions of routes that are cut short or stopped")
    burden_vehicle_hours: OpenFigure = Field(description="all but help in one figure")
    unbeaten: bool = Field(
        default=False, description="whether no other of the list is as good in every figure and better in one"
    )
