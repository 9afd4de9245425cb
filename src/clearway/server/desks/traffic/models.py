"""The contract of the routes about traffic: ``clearway.planning.traffic.impact.report`` as JSON, and the jobs that make it.

Flows are vehicles (passenger car units) in the hour that was assigned, both directions of a street together; vehicle hours are
what all of them together spend on the streets. ``null`` is what cannot be reached or was not asked for.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clearway.server.contract import Answer, ErrorBody, Exact, Latitude, Longitude, Position, Spot, WayIndex
from clearway.server.desks.plan.models import PlanQuestion

MOST_DRAWS = 200
MOST_VARIANTS = 400


class ImpactRange(Answer):
    """One figure over the draws of the ensemble."""

    low: float | None
    middle: float | None
    high: float | None
    draws: int
    agree: int = Field(description="draws that point the same way as the main answer")


class HowSure(Answer):
    """What is known of the error."""

    sentence: str = Field(description="in plain words, for every screen and document")
    draws: int = Field(description="draws of the demand beside the main one; 0: none were asked for")
    extra_vehicle_hours: ImpactRange | None
    trips_lost_per_hour: ImpactRange | None
    streets_that_agree: int | None = Field(description="of the worst streets, loaded more in at least nine draws of ten")
    rank_correlation: float | None = Field(description="of streets' change of flow between the draws and the main answer")
    gap_before: float | None
    gap_after: float | None
    draw_extra_vehicle_hours: list[float | None] = Field(description="of each draw, to compare plans draw by draw")
    draw_trips_lost_per_hour: list[float | None] = Field(description="the same")


class LostTrips(Answer):
    """Trips from one zone to another that no longer have a way."""

    start_zone: str
    end_zone: str
    user_class: str
    trips_per_hour: float


class ImpactTotals(Answer):
    """The whole city in one hour; before and after count the trips that have a way in both."""

    trips_per_hour: float
    trips_lost_per_hour: float = Field(description="that the closures leave without a way")
    trips_lost_before_per_hour: float = Field(description="that had none before either")
    vehicle_hours_before: float
    vehicle_hours_after: float
    extra_vehicle_hours: float
    extra_vehicle_hours_percent: float | None
    delay_vehicle_hours_before: float
    delay_vehicle_hours_after: float
    minutes_per_trip_before: float | None
    minutes_per_trip_after: float | None
    vehicle_km_before: float | None
    vehicle_km_after: float | None


class StreetImpact(Answer):
    """One street, all pieces of one name that hang together."""

    street: str
    at: str = Field(description="the piece that gains or loses most; flows and saturations are of that piece")
    way_indexes: list[WayIndex] = Field(description="the piece that 'at' names first")
    sources: list[int]
    flow_before_per_hour: float
    flow_after_per_hour: float
    flow_change_per_hour: float
    saturation_before: float | None = Field(description="flow by capacity in the fuller direction")
    saturation_after: float | None
    extra_minutes: float | None = Field(description="along the whole street, in the direction that gains most")
    extra_delay_vehicle_hours: float | None = Field(description="of all vehicles on the street; streets are ranked by it")
    flow_change_range_per_hour: ImpactRange | None
    extra_minutes_range: ImpactRange | None
    how_sure: str


class WayImpacts(Answer):
    """Every way whose flow changes, as columns of equal length."""

    way: list[WayIndex]
    flow_before_per_hour: list[float]
    flow_change_per_hour: list[float]
    saturation_before: list[float | None]
    saturation_after: list[float | None]
    extra_minutes: list[float | None]
    shut: list[bool] = Field(description="whether a closure stands on it")
    agreement: list[float | None] = Field(description="share of the draws in which its flow changes the same way")


class ZoneImpact(Answer):
    """One suburb or zone: all trips that begin or end there."""

    zone: str
    trips_per_hour: float
    trips_lost_per_hour: float
    minutes_per_trip_before: float | None
    minutes_per_trip_after: float | None
    extra_minutes_per_trip: float | None
    extra_vehicle_hours: float | None
    extra_minutes_range: ImpactRange | None


class BusImpact(Answer):
    """One direction of a bus route that meets a closure or a street that slows."""

    route: str
    towards: str
    trips_per_day: int
    state: str = Field(description="own line, way round, cut short or stopped")
    minutes_free: float | None
    minutes_before: float | None
    minutes_after: float | None
    extra_minutes: float | None
    away_from_line_m: float | None
    blocked_at: list[str]
    way_round: list[str]
    way_round_indexes: list[WayIndex]


class EmergencySide(Answer):
    """Times to all addresses in one state of the streets."""

    reached: int
    median_minutes: float | None
    ninth_decile_minutes: float | None
    worst_minutes: float | None
    beyond: int = Field(description="addresses later than the aim, unreached ones too")


class EmergencyAddress(Answer):
    """One address that waits much longer; null minutes: not reached."""

    address: int
    label: str
    street: str
    lon: Longitude
    lat: Latitude
    free_before_minutes: float | None
    congested_before_minutes: float | None
    free_after_minutes: float | None
    congested_after_minutes: float | None


class EmergencyImpact(Answer):
    """How help comes: on empty streets and in the hour's traffic, before and after."""

    service: str
    stations: list[str]
    aim_minutes: float
    addresses: int
    delay_share: float = Field(description="share of the traffic's delay that a vehicle under lights and sirens bears")
    free_before: EmergencySide
    congested_before: EmergencySide
    free_after: EmergencySide
    congested_after: EmergencySide
    worst_if_no_delay_minutes: float | None
    worst_if_all_delay_minutes: float | None
    longer_streets: list[EmergencyAddress]
    sentence: str


class Impact(Answer):
    """What a set of closures does to the city."""

    name: str
    sentence: str
    statement: str = Field(description="what the trips rest on; to be shown wherever a figure is")
    how_sure: HowSure
    totals: ImpactTotals
    lost: list[LostTrips]
    streets: list[StreetImpact] = Field(description="the ten worst, worst first")
    relieved: list[StreetImpact]
    ways: WayImpacts
    zones: list[ZoneImpact]
    buses: list[BusImpact] | None = Field(description="null where no bus lines are known")
    emergency: list[EmergencyImpact] | None = Field(description="null where no stations are known")
    notes: list[str]


class ImpactQuestion(Exact):
    """A plan whose traffic is asked for."""

    plan: PlanQuestion
    hour: Annotated[int, Field(ge=0, le=23)] = Field(8, description="hour of a working day in which it begins")
    draws: Annotated[int, Field(ge=0, le=MOST_DRAWS)] = Field(20, description="draws of the demand that say how sure it is")


class ImpactAnswer(Answer):
    """The traffic of a plan, and where to draw it."""

    hour: int
    impact: Impact
    barriers: int = Field(description="of the plan")
    burden_vehicle_hours: float | None = Field(description="traffic, trips cut off and buses in one figure, by stated weights")
    lines: list[list[Position]] = Field(
        description="the line of each of impact.ways; empty where it changes too little to draw"
    )
    elapsed_ms: int


class VariantsQuestion(Exact):
    """A plan whose cordon might be placed otherwise."""

    plan: PlanQuestion
    hour: Annotated[int, Field(ge=0, le=23)] = Field(8, description="hour of a working day in which it begins")
    count: Annotated[int, Field(ge=1, le=MOST_VARIANTS)] = Field(60, description="how many cordons to weigh at most")


class VariantImpact(Answer):
    """One cordon and what it does in the hour."""

    name: str
    places: list[str]
    spots: list[Spot] = Field(description="where its barriers stand: pin these to have it")
    cost_points: float | None
    extra_vehicle_hours: float | None
    trips_lost_per_hour: float
    help_worst_minutes: float | None = Field(description="longest time of any service in the traffic; null without stations")
    help_beyond: int = Field(description="addresses that some service reaches later than its aim, or not at all")
    help_unreached: int
    bus_vehicle_minutes_per_hour: float
    bus_lines_cut: int = Field(description="directions of routes that are cut short or stopped")
    burden_vehicle_hours: float | None = Field(description="all but help in one figure")
    unbeaten: bool = Field(description="whether no other of the list is as good in every figure and better in one")


class VariantsAnswer(Answer):
    """Cordons round one site, the smallest burden first."""

    hour: int
    burden: str = Field(description="what is put into one figure, in a sentence")
    statement: str = Field(description="what the trips rest on; to be shown wherever a figure is")
    variants: list[VariantImpact]


class Progress(Answer):
    """How far a piece of long work is."""

    id: str
    state: Literal["waiting", "working", "done", "failed", "cancelled"]
    doing: str = Field(description="what is being done, for a person")
    share: float = Field(description="of the whole, 0 to 1")
    seconds_left: int | None = Field(description="a guess; null while there is nothing to guess from")
    answers: int = Field(description="how many answers there have been: a first one may come before the ensemble's")
    error: ErrorBody | None


class ImpactJob(Progress):
    """The working out of an impact."""

    answer: ImpactAnswer | None = Field(description="the last one; null where the asker has seen it already")


class VariantsJob(Progress):
    """The weighing of variants."""

    answer: VariantsAnswer | None = Field(description="null where the asker has seen it already")
