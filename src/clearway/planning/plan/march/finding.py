"""A march on the streets: its route, its column, what rolls with it, and the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.errors import BadInput
from clearway.planning.cordon.planner.steps import UNHURRIED
from clearway.planning.plan.handover.telling import corner_words
from clearway.planning.plan.march.assumed import CROSS_S, column_of
from clearway.planning.plan.march.contract import (
    MarchAnswer,
    MarchCrossing,
    MarchMinute,
    MarchStretch,
    SideStreet,
    Window,
)
from clearway.planning.plan.march.proving import worst_minute
from clearway.planning.plan.march.rolling import Rolling, overlapping
from clearway.planning.plan.march.timing import MPS_PER_KMH, Column, refuse_overtaking
from clearway.planning.plan.march.waiting import held_buses
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from clearway.network.closures import Closure
    from clearway.network.transit.bus_network import BusNetwork
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.plan.march.contract import Assumption, HeldRoute, WorstMinute
    from clearway.planning.plan.march.rolling import Span
    from clearway.planning.plan.march.route import MarchStreets
    from clearway.record.kinds.plans import PlannedMarch
    from clearway.record.place import Place

_MOST_MINUTES = 1500
"""Rows of the film: a day and an hour; of longer events each row stands for more."""
_MINUTE = timedelta(minutes=1)
_ROUND_M = 1
"""Decimals of a metre: nobody knows better where a head is."""


@dataclass(frozen=True)
class Delay:
    """A march that is late: by how many seconds, from which moment on; None: from its start."""

    seconds: float
    since: datetime | None = None


@dataclass(frozen=True)
class Sighting:
    """Head or tail of a march reported at a place at a moment."""

    place: Place
    at: datetime
    tail: bool = False


class Judges(NamedTuple):
    """What a march is judged by besides its own times; whatever is None is left out."""

    timer: AccessTimer | None = None
    services: Sequence[Staffed] = ()
    buses: BusNetwork | None = None


class Found(NamedTuple):
    """The answer, the closures with their times, and the certificate of access at the worst moment."""

    answer: MarchAnswer
    closures: tuple[Closure, ...]
    rolling: Rolling
    certificate: dict[str, Any] | None


def plan_march(
    march: PlannedMarch,
    streets: MarchStreets,
    zone: ZoneInfo,
    changes: Sequence[Delay | Sighting] = (),
    judges: Judges = Judges(),  # noqa: B008 - it cannot be changed
    steps: Steps = UNHURRIED,
) -> Found:
    """A march as it rolls.

    Args:
        march: Route, times and margins.
        streets: Of the network.
        zone: In which times are written.
        changes: Delays and sightings, in the order in which they are applied.
        judges: Who is timed, and which buses are held.
        steps: Told how far it is.

    Raises:
        BadInput: it says no start, its route cannot be walked, or its column cannot be.
    """
    if march.starts is None:
        raise BadInput(f"March {march.id} says no start. Give it one.")
    steps.at("Finding the route", 0.0)
    route = streets.route(march)
    length_m, inputs = column_of(march)
    planned = _column(march, march.starts, route.length_m, length_m)
    stops = sorted((streets.stop_m(route, one.place), one.minutes * 60) for one in march.stops)
    planned = planned if not march.pace_kmh else _halting(planned, stops)
    column = planned
    for change in changes:
        if isinstance(change, Delay):
            column = column.held(change.since or column.starts, change.seconds)
        else:
            metres = streets.stop_m(route, change.place)
            column = column.seen(metres, change.at, tail=change.tail)
    rolling = Rolling(streets, route, column, march)
    refuse_overtaking(column, rolling.named_corners())
    steps.at("Rolling the closures", 0.2)
    closures = tuple(rolling.closures())
    proved = None
    if judges.timer is not None:
        proved = worst_minute(judges.timer, judges.services, closures, streets.names, steps)
    steps.at("Asking which buses are held", 0.95)
    buses = held_buses(judges.buses, closures) if judges.buses is not None else None
    late_s = (column.over - planned.over).total_seconds()
    answer = _answer(rolling, inputs, late_s, proved.worst if proved else None, buses, zone)
    return Found(answer, closures, rolling, proved.certificate if proved else None)


def _column(march: PlannedMarch, starts: datetime, route_m: float, length_m: float) -> Column:
    pace = march.pace_kmh * MPS_PER_KMH
    stands_s = (march.ends - starts).total_seconds() if march.ends and not pace else 0.0
    return Column(starts, route_m, pace, (march.tail_kmh or march.pace_kmh) * MPS_PER_KMH, length_m, stands_s=stands_s)


def _halting(column: Column, stops: Sequence[tuple[float, float]]) -> Column:
    return Column(
        column.starts,
        column.route_m,
        column.pace,
        column.tail_pace,
        column.length_m,
        tuple((column.head_time(metres), seconds) for metres, seconds in stops),
    )


def _answer(
    rolling: Rolling,
    inputs: tuple[Assumption, ...],
    late_s: float,
    worst: WorstMinute | None,
    buses: tuple[HeldRoute, ...] | None,
    zone: ZoneInfo,
) -> MarchAnswer:
    march, column, route, names = rolling.march, rolling.column, rolling.route, rolling.streets.names
    network = route.network
    stretches = tuple(
        MarchStretch(
            number=one.number,
            street=names.between(one.way),
            way=one.way,
            from_m=round(one.from_m, _ROUND_M),
            to_m=round(one.to_m, _ROUND_M),
            closed_from=one.shut.starts,
            head=one.people.starts,
            tail=one.people.ends,
            reopens=one.shut.ends,
            line=route.part(one.from_m, one.to_m),
        )
        for one in rolling.stretches
    )
    sides = tuple(
        SideStreet(
            street=names.street(way),
            corner=corner_words(names, corner.junction),
            way=way,
            at_m=round(at_m, 2),
            lon=round(float(network.junction_lon[corner.junction]), 6),
            lat=round(float(network.junction_lat[corner.junction]), 6),
            held_from=corner.shut.starts,
            released=corner.shut.ends,
        )
        for corner in rolling.corners
        for way, at_m, _ in corner.arms
    )
    crossings = tuple(
        MarchCrossing(
            id=f"X{number}",
            where=corner_words(names, one.junction),
            lon=round(float(network.junction_lon[one.junction]), 6),
            lat=round(float(network.junction_lat[one.junction]), 6),
            metres=round(one.metres, _ROUND_M),
            shut=tuple(map(_window, one.people)),
        )
        for number, one in enumerate(rolling.crossings, 1)
    )
    no_crossing = tuple(map(_window, rolling.no_crossing()))
    minutes = tuple(_minutes(rolling, crossings))
    answer = MarchAnswer(
        id=march.id,
        kind="march" if column.pace else "event",
        route_m=round(route.length_m, _ROUND_M),
        column_m=round(column.length_m, _ROUND_M),
        starts=column.starts,
        head_arrives=column.comes(column.head_time(route.length_m)),
        tail_leaves=column.goes(column.tail_time(0.0)),
        over=column.over,
        first_closed=min(one.closed_from for one in stretches),
        all_open=max(one.reopens for one in stretches),
        late_seconds=late_s,
        stretches=stretches,
        sides=sides,
        crossings=crossings,
        no_crossing=no_crossing,
        minutes=minutes,
        worst=worst,
        buses=buses,
        line=route.part(0.0, route.length_m),
        inputs=inputs,
        summary=(),
        warnings=(),
    )
    told = {"summary": tuple(_summary(answer, zone)), "warnings": tuple(_warnings(answer, march, names.network.notices))}
    return answer.model_copy(update=told)


def _minutes(rolling: Rolling, crossings: Sequence[MarchCrossing]) -> Iterator[MarchMinute]:
    """The film: a row for every minute from the first closure until all is open."""
    first = min(one.shut.starts for one in rolling.stretches).replace(second=0)
    last = max(one.shut.ends for one in rolling.stretches)
    step = _MINUTE * math.ceil(max((last - first) / _MINUTE, 1) / _MOST_MINUTES)
    people = [(row.id, one.people) for row, one in zip(crossings, rolling.crossings, strict=True)]
    at = first
    while at <= last:
        yield MarchMinute(
            at=at,
            head_m=round(rolling.column.head_m(at), _ROUND_M),
            tail_m=round(rolling.column.tail_m(at), _ROUND_M),
            shut=tuple(one.number for one in rolling.stretches if overlapping([one.shut], at)),
            crossings=tuple(name for name, spans in people if not overlapping(spans, at)),
        )
        at += step


def _window(span: Span) -> Window:
    return Window(starts=span.starts, ends=span.ends)


def _summary(answer: MarchAnswer, zone: ZoneInfo) -> Iterator[str]:
    def clock(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%H:%M}"

    begins = time_words(answer.starts, zone)
    longest = max(answer.stretches, key=lambda one: one.reopens - one.closed_from)
    lasts = f"{longest.street}, {(longest.reopens - longest.closed_from) / _MINUTE:.0f} min"
    shut = f"Streets are shut from {clock(answer.first_closed)} to {clock(answer.all_open)}"
    if answer.kind == "march":
        column = f"{answer.route_m:,.0f} m with a column of {answer.column_m:,.0f} m"
        tail = f"the tail leaves at {clock(answer.tail_leaves)} and arrives at {clock(answer.over)}"
        yield f"{answer.id}: {column}, from {begins}; the head arrives at {clock(answer.head_arrives)}, {tail}."
        shut += f"; each opens again behind the tail. Longest: {lasts}"
    else:
        yield f"{answer.id}: {answer.route_m:,.0f} m of street held from {begins} until {clock(answer.over)}."
    if answer.late_seconds:
        late = abs(answer.late_seconds) / 60
        yield f"It is {late:.0f} min {'later' if answer.late_seconds > 0 else 'earlier'} than planned, and everything with it."
    yield f"{shut}."
    yield from _crossing_words(answer, clock)
    yield from _help_words(answer, clock)
    yield from _bus_words(answer)


def _crossing_words(answer: MarchAnswer, clock: Callable[[datetime], str]) -> Iterator[str]:
    if not answer.crossings:
        yield "No corner of the route has streets on both sides: no ambulance crosses it."
    elif answer.no_crossing:
        spans = listed([f"{clock(one.starts)} to {clock(one.ends)}" for one in answer.no_crossing])
        remedy = "Leave gaps in the column, or shorten it" if answer.kind == "march" else "Keep a corner free, as two events"
        yield f"No crossing is open to an ambulance from {spans}. {remedy}."
    else:
        yield f"At every moment at least one of {counted(len(answer.crossings), 'crossing')} is open to an ambulance."


def _help_words(answer: MarchAnswer, clock: Callable[[datetime], str]) -> Iterator[str]:
    if (worst := answer.worst) is None:
        return
    more = worst.unreached - worst.unreached_before
    reach = "help reaches as many addresses as without the march"
    if more > 0:
        reach = f"help does not reach {counted(more, 'address', 'addresses')} that it reaches otherwise"
    yield f"Worst minute of {counted(worst.moments, 'different one')}: {clock(worst.at)}, when {reach}."
    yield from (f"  {line}" for line in worst.on_foot)
    if worst.accepted:
        yield "The independent checker accepts the certificate of that minute."
    else:
        yield f"The independent checker refuses the certificate of that minute: {worst.refused[0]}"


def _bus_words(answer: MarchAnswer) -> Iterator[str]:
    if answer.buses is None:
        return
    if not answer.buses:
        yield "No bus of the timetable meets it."
        return
    longest = answer.buses[0]
    trips = counted(sum(one.trips for one in answer.buses), "bus trip")
    routes = counted(len({one.route for one in answer.buses}), "route")
    yield (
        f"{trips} on {routes} would wait if buses waited, the longest {longest.longest_seconds / 60:.0f} min: "
        f"{longest.route} to {longest.towards}."
    )


def _warnings(answer: MarchAnswer, march: PlannedMarch, notices: Sequence[str]) -> Iterator[str]:
    assumed = [one.name.replace("_", " ") for one in answer.inputs if one.source == "assumed"]
    if assumed:
        yield f"Assumed: {listed(assumed)}."
    if march.gaps and march.pace_kmh and march.gap_m / (march.pace_kmh * MPS_PER_KMH) < CROSS_S:
        yield f"A gap of {march.gap_m:g} m passes in less than {CROSS_S:.0f} s: no ambulance crosses through it."
    yield "Ambulances are taken to use streets that are shut but empty; stewards let them through."
    yield from notices
