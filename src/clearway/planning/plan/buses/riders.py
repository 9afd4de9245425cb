"""What riders need: each stop that is missed, where to go instead, temporary stops, and bays that have moved."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from clearway.network.kernels import on_all_cores
from clearway.planning.plan.buses.contract import (
    STEP_FREE_WORDS,
    Bay,
    Interchange,
    MissedStop,
    NearestStop,
    RouteAtStop,
    TemporaryStop,
)
from clearway.planning.plan.buses.interchanges import busiest_hour
from clearway.planning.plan.buses.on_foot import NO_SPOT, Walk, Walks
from clearway.planning.plan.buses.temporary_stops import Miss, Place, places_for
from clearway.planning.plan.buses.words import Kerb, clock, kerb
from clearway.words import listed, time_words

if TYPE_CHECKING:
    from clearway.network.transit.timetable import Stop
    from clearway.planning.plan.buses.contract import StepFree
    from clearway.planning.plan.buses.interchanges import PlacedBay
    from clearway.planning.plan.buses.situation import Situation

SPARES_M = 100.0
"""A temporary stop that spares riders less of a walk is not worth its sign."""
_MS_PER_MINUTE = 60_000
"""Times of arcs are in milliseconds, answers in minutes."""
RouteKey = tuple[str, str]


class Riders:
    """Makes the part for riders of one situation."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._stops = situation.buses.timetable.stops
        self._kerbs = {
            bay.stop_id: kerb(situation.names, bay.arc, bay.along_m) for _, bays in situation.interchanges for bay in bays
        }
        self._places = self._temporary_places()
        self._asked = list(situation.calls)
        self._number = {stop: index for index, stop in enumerate(self._asked)}
        spots = [situation.footways.spots.get(stop, NO_SPOT) for stop in self._asked]
        spots += [(place.arc >> 1, place.kerb.at_m, 0.0) for place in self._places]
        spots += [(bay.arc >> 1, self._kerbs[bay.stop_id].at_m, 0.0) for _, bays in situation.interchanges for bay in bays]
        walks = Walks(situation.footways, situation.closures, spots)
        self._walks = dict(zip(situation.missed, on_all_cores(walks.from_stop, situation.missed), strict=True))

    @cached_property
    def _served(self) -> dict[RouteKey, set[str]]:
        """Stops at which all cut trips of a route and direction that call there still do, and those of trips not cut."""
        situation = self._situation
        served: dict[RouteKey, set[str]] = defaultdict(set)
        missed: dict[RouteKey, set[str]] = defaultdict(set)
        for line in situation.buses.lines:
            served[line.pattern.route.route_id, line.pattern.direction] |= set(line.pattern.stops)
        for stop, calls in situation.missed.items():
            for index, _ in calls:
                pattern = situation.line(situation.changes[index]).pattern
                missed[pattern.route.route_id, pattern.direction].add(stop)
        return {key: stops - missed[key] for key, stops in served.items()}

    def stops(self) -> tuple[MissedStop, ...]:
        """Every missed stop, those with most missed calls first."""
        found = [self._stop(stop) for stop in self._situation.missed]
        return tuple(sorted(found, key=lambda one: (-one.calls, one.stop_id)))

    def _stop(self, stop_id: str) -> MissedStop:
        situation, stop = self._situation, self._stops[stop_id]
        times: list[float] = []
        calls = 0
        by_route: dict[RouteKey, int] = defaultdict(int)
        towards: dict[RouteKey, tuple[str, str]] = {}
        for index, place in situation.missed[stop_id]:
            change = situation.changes[index]
            pattern = situation.line(change).pattern
            key = pattern.route.route_id, pattern.direction
            by_route[key] += len(change.cut.trips)
            towards.setdefault(key, (pattern.route.name, pattern.towards))
            times += [pattern.trips[trip].times_s[place] for trip in change.cut.trips]
            calls += len(change.cut.trips)
        routes = tuple(
            RouteAtStop(
                route_id=key[0],
                route=towards[key][0],
                direction=key[1],
                towards=towards[key][1],
                calls=count,
                instead=self._nearest(stop_id, self._served[key]),
            )
            for key, count in by_route.items()
        )
        open_stops = {one for key in by_route for one in self._served[key]} - set(situation.missed)
        nearest = self._nearest(stop_id, open_stops)
        moved = self._kerbs[stop_id].where if stop_id in self._kerbs else ""
        return MissedStop(
            stop_id=stop_id,
            name=stop.name,
            lon=stop.lon,
            lat=stop.lat,
            step_free=_step_free(stop),
            calls=calls,
            calls_that_day=situation.calls[stop_id],
            first=clock(min(times)),
            last=clock(max(times)),
            routes=routes,
            nearest_open=nearest,
            moved_to=moved,
            tell=tuple(self._tell(stop_id, routes, moved)),
        )

    def _nearest(self, stop_id: str, among: set[str]) -> NearestStop | None:
        """The nearest stop of some on foot; in a straight line where no way on foot is known to any."""
        others = [one for one in among - {stop_id} if one in self._number]
        if not others:
            return None
        walks = {one: self._walk(stop_id, self._number[one]) for one in others}
        known = [one for one in others if walks[one].known]
        if known:
            best = min(known, key=lambda one: (walks[one].metres, one))
        else:
            own = np.array((self._stops[stop_id].lon, self._stops[stop_id].lat))
            scale = self._situation.buses.streets.scale
            best = min(
                others,
                key=lambda one: (
                    float(np.hypot(*((np.array((self._stops[one].lon, self._stops[one].lat)) - own) * scale))),
                    one,
                ),
            )
        walk = walks[best]
        return NearestStop(
            stop_id=best,
            name=self._stops[best].name,
            metres=walk.metres if walk.known else None,
            step_free=_step_free(self._stops[best]),
            steps_on_the_way=walk.steps if walk.known else None,
        )

    def _walk(self, stop_id: str, point: int) -> Walk:
        return self._walks[stop_id][point]

    def _tell(self, stop_id: str, routes: tuple[RouteAtStop, ...], moved: str) -> list[str]:
        """What a notice at the stop says."""
        stop = self._stops[stop_id]
        names = list(dict.fromkeys(one.route for one in routes))
        found = [f"No {'bus' if len(names) == 1 else 'buses'} of {listed(names)} at {stop.name} {self._until(stop_id)}."]
        if moved:
            walk = self._walk(stop_id, self._point_of_kerb(stop_id))
            far = f", {walk.metres:,.0f} m on foot" if walk.known else ""
            found.append(f"They stop at {moved}{far}.")
        else:
            by_stop: dict[str, list[RouteAtStop]] = defaultdict(list)
            for one in routes:
                by_stop[one.instead.stop_id if one.instead else ""].append(one)
            for other, there in by_stop.items():
                shown = listed(list(dict.fromkeys(one.route for one in there)))
                instead = there[0].instead
                if instead is None:
                    found.append(f"{shown}: no other stop is served.")
                else:
                    far = f"{instead.metres:,.0f} m on foot" if instead.metres is not None else "how far on foot is not known"
                    steps = ", with steps on the way" if instead.steps_on_the_way else ""
                    found.append(
                        f"{shown}: use {instead.name} (stop {other}), {far}{steps}. {STEP_FREE_WORDS[instead.step_free]}"
                    )
        temporary = [place for place in self._places if place.stop_id == stop_id and self._spares(place)]
        found += [f"Temporary stop proposed at {place.kerb.where}." for place in temporary]
        return found

    def _until(self, stop_id: str) -> str:
        """From when until when the closures hold that keep buses from a stop."""
        situation = self._situation
        numbers = {one for index, _ in situation.missed[stop_id] for one in situation.changes[index].cut.cut_by}
        closures = [situation.bus_closures[number] for number in numbers]
        zone = situation.buses.timetable.zone or ZoneInfo("UTC")
        starts = [one.starts for one in closures if one.starts]
        ends = [one.ends for one in closures if one.ends]
        begins = f"from {time_words(min(starts), zone)} " if len(starts) == len(closures) else ""
        until = f"until {time_words(max(ends), zone)}" if len(ends) == len(closures) else "until further notice"
        hours = {one.hours for one in closures}
        return begins + until + (f", {hours.pop()}" if len(hours) == 1 and "" not in hours else "")

    def _point_of_kerb(self, stop_id: str) -> int:
        return len(self._asked) + len(self._places) + list(self._kerbs).index(stop_id)

    def _temporary_places(self) -> list[Place]:
        """Kerbs on the detours near stops that are missed and whose bays have not moved."""
        situation, found = self._situation, []
        for stop_id, calls in situation.missed.items():
            misses = []
            for index, _ in calls:
                change = situation.changes[index]
                if stop_id not in change.bays:
                    route = situation.line(change).pattern.route.route_id
                    arcs = tuple(arc for one in change.drive.rounds for arc in one.arcs)
                    misses.append(Miss(index, route, len(change.cut.trips), arcs))
            found += places_for(situation.names, self._stops[stop_id], misses)
        return found

    def _spares(self, place: Place) -> bool:
        """Whether a place is so much nearer than the stop that its riders would use instead."""
        walk = self._walk(place.stop_id, len(self._asked) + self._places.index(place))
        if not walk.known:
            return False
        situation = self._situation
        keys = set()
        for index in place.changes:
            pattern = situation.line(situation.changes[index]).pattern
            keys.add((pattern.route.route_id, pattern.direction))
        instead = [self._nearest(place.stop_id, self._served[key]) for key in keys]
        return any(one is None or one.metres is None or one.metres - walk.metres >= SPARES_M for one in instead)

    @cached_property
    def temporary_stops(self) -> tuple[TemporaryStop, ...]:
        """Temporary stops worth their sign, those with most calls first."""
        kept = [place for place in self._places if self._spares(place)]
        found: list[TemporaryStop] = []
        for place in sorted(kept, key=lambda one: (-one.calls, one.stop_id, one.arc)):
            walk = self._walk(place.stop_id, len(self._asked) + self._places.index(place))
            found.append(
                TemporaryStop(
                    number=len(found) + 1,
                    where=place.kerb.where,
                    lon=place.kerb.lon,
                    lat=place.kerb.lat,
                    way=place.arc >> 1,
                    at_m=place.kerb.at_m,
                    instead_of=(place.stop_id,),
                    metres=walk.metres if walk.known else None,
                    routes=place.route_ids,
                    calls=place.calls,
                )
            )
        return tuple(found)

    @cached_property
    def interchanges(self) -> tuple[Interchange, ...]:
        """Interchanges with their bays."""
        found: list[Interchange] = []
        for stops, bays in self._situation.interchanges:
            placed = {bay.stop_id for bay in bays}
            found.append(
                Interchange(
                    name=_common_name([self._stops[stop].name for stop in stops]),
                    stops=stops,
                    bays=tuple(self._bay(bay, self._kerbs[bay.stop_id]) for bay in bays),
                    not_placed=tuple(stop for stop in stops if stop not in placed),
                )
            )
        return tuple(found)

    def _bay(self, bay: PlacedBay, spot: Kerb) -> Bay:
        situation = self._situation
        calls = [(index, place) for index, place in situation.missed[bay.stop_id] if index in bay.via]
        times: list[float] = []
        routes: dict[str, None] = {}
        added, count = 0.0, 0
        for index, place in calls:
            change = situation.changes[index]
            pattern = situation.line(change).pattern
            times += [pattern.trips[trip].times_s[place] for trip in change.cut.trips]
            routes[pattern.route.route_id] = None
            added += len(change.cut.trips) * bay.via[index].extra_ms
            count += len(change.cut.trips)
        walk = self._walk(bay.stop_id, self._point_of_kerb(bay.stop_id))
        return Bay(
            stop_id=bay.stop_id,
            name=self._stops[bay.stop_id].name,
            where=spot.where,
            lon=spot.lon,
            lat=spot.lat,
            way=bay.arc >> 1,
            at_m=spot.at_m,
            metres=walk.metres if walk.known else None,
            routes=tuple(routes),
            calls=count,
            most_an_hour=busiest_hour(times),
            minutes_added=added / max(count, 1) / _MS_PER_MINUTE,
        )


def _step_free(stop: Stop) -> StepFree:
    return "not known" if stop.step_free is None else "yes" if stop.step_free else "no"


def _common_name(names: list[str]) -> str:
    """What the names of some bays begin with.

    >>> _common_name(["Wellington Station - Stop A", "Wellington Station - Stop B"])
    'Wellington Station'
    """
    words = [name.split() for name in names]
    shared = []
    for at_place in zip(*words, strict=False):
        if len(set(at_place)) > 1:
            break
        shared.append(at_place[0])
    while shared and (not shared[-1][0].isalnum() or shared[-1].lower() in {"stop", "bay", "stand", "platform"}):
        shared.pop()
    return " ".join(shared) or names[0]
