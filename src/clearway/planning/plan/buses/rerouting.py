"""All buses of a day under closures: every route that is cut, its detour, its stops, and what riders are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from clearway.network.closures import shut_arcs
from clearway.network.kernels import on_all_cores
from clearway.network.search.arc_search import ArcSearch
from clearway.planning.plan.buses.contract import BusChanges, ClosureCut, ForbiddenOnPath, Matching
from clearway.planning.plan.buses.cuts import Cut, cuts
from clearway.planning.plan.buses.detours import Course, rerouted
from clearway.planning.plan.buses.interchanges import BayMiss, clusters, place_bays
from clearway.planning.plan.buses.matching import forbidden_on_paths, matching_of, unused
from clearway.planning.plan.buses.on_foot import Footways
from clearway.planning.plan.buses.riders import Riders
from clearway.planning.plan.buses.route_table import RouteTable
from clearway.planning.plan.buses.situation import Change, Situation
from clearway.planning.street_names import StreetNames
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.transit.bus_network import BusNetwork


class BusModel:
    """The buses of one network, asked about one set of closures after another. Safe for several threads.

    Args:
        buses: The buses.
    """

    def __init__(self, buses: BusNetwork) -> None:
        self.buses = buses
        calling = {stop for line in buses.lines for stop in line.pattern.stops}
        self.names = StreetNames(buses.network)
        self._footways = Footways(buses.network, [stop for stop in buses.timetable.stops.values() if stop.stop_id in calling])
        self._courses: dict[int, Course] = {}

    def changes(self, closures: Sequence[Closure]) -> BusChanges:
        """What closures do to the buses, told for operator and riders.

        Args:
            closures: What is shut; those that let buses and people on foot pass are passed over.
        """
        return told(self.situation(closures), self._matching, self._forbidden)

    def trips_cut(self, closures: Sequence[Closure]) -> tuple[int, int]:
        """How many trips and routes meet a closure: the counts of ``changes``, without looking for detours.

        Args:
            closures: What is shut; those that let buses pass are passed over.
        """
        lines = self.buses.lines
        found = cuts(self.buses.timetable, lines, [closure for closure in closures if closure.holds("bus")])
        return sum(len(cut.trips) for cut in found), len({lines[cut.line].pattern.route.route_id for cut in found})

    @cached_property
    def _matching(self) -> Matching:
        return matching_of(self.buses)

    @cached_property
    def _forbidden(self) -> tuple[ForbiddenOnPath, ...]:
        return forbidden_on_paths(self.buses, self.names)

    def situation(self, closures: Sequence[Closure]) -> Situation:
        """Which trips are cut and what they drive instead; no interchange is left without bays that can be placed."""
        buses = self.buses
        bus_closures = [closure for closure in closures if closure.holds("bus")]
        found = cuts(buses.timetable, buses.lines, bus_closures)
        searches = self._searches(bus_closures, {cut.in_force for cut in found})

        def change(cut: Cut) -> Change:
            return Change(cut, rerouted(self._course(cut.line), cut.pieces, searches[cut.in_force]))

        plain = Situation(buses, tuple(closures), self.names, self._footways, tuple(on_all_cores(change, found)))
        return self._with_bays(plain, searches)

    def _course(self, line: int) -> Course:
        if line not in self._courses:
            self._courses[line] = Course(self.buses.graph, self.buses.lines[line])
        return self._courses[line]

    def _searches(self, closures: Sequence[Closure], sets: set[frozenset[int]]) -> dict[frozenset[int], ArcSearch]:
        network = self.buses.network
        return {
            in_force: ArcSearch(self.buses.graph, shut_arcs(network, [closures[index] for index in in_force], "bus"))
            for in_force in sets
        }

    def _with_bays(self, plain: Situation, searches: dict[frozenset[int], ArcSearch]) -> Situation:
        """The same with the bays of interchanges placed anew."""
        stops = self.buses.timetable.stops
        ends = {stop for change in plain.changes for stop in (plain.line(change).pattern.stops[i] for i in (0, -1))}
        changes = list(plain.changes)
        found = []
        avoid = [(stops[stop].lon, stops[stop].lat) for stop in plain.calls if stop not in plain.missed]
        taken: list[tuple[float, float]] = []
        for ids in clusters([stops[stop] for stop in plain.missed], ends):
            bays: dict[str, list[BayMiss]] = {stop: [] for stop in ids}
            used: set[int] = set()
            for stop in ids:
                for index, place in plain.missed[stop]:
                    cut, drive = changes[index].cut, changes[index].drive
                    piece = plain.line(changes[index]).places[place].piece
                    if index not in used and drive.state != "stopped":  # of two bays of one trip the first is placed anew
                        used.add(index)
                        course, search = self._course(cut.line), searches[cut.in_force]
                        blocked = cut.pieces | drive.left_out(piece)
                        bays[stop].append(BayMiss(index, course, piece, blocked, search, len(cut.trips)))
            placed = place_bays(self.buses, {stop: misses for stop, misses in bays.items() if misses}, avoid=[*avoid, *taken])
            for bay in placed:
                for index, drive in bay.via.items():
                    changes[index] = Change(changes[index].cut, drive, changes[index].bays | {bay.stop_id})
            found.append((tuple(ids), tuple(placed)))
        return Situation(self.buses, plain.closures, self.names, self._footways, tuple(changes), tuple(found))


def told(situation: Situation, matching: Matching, forbidden: tuple[ForbiddenOnPath, ...]) -> BusChanges:
    """The answer."""
    buses, changes = situation.buses, situation.changes
    timetable = buses.timetable
    table = RouteTable(situation).rows()
    riders = Riders(situation)
    stops = riders.stops()
    trips_cut = sum(len(change.cut.trips) for change in changes)
    routes_cut = len({row.route_id for row in table})
    calls = sum(stop.calls for stop in stops)
    day = timetable.day.isoformat() if timetable.day else None
    asked = timetable.asked.isoformat() if timetable.asked else None
    return BusChanges(
        feed=timetable.feed,
        day=day,
        stands_in_for=asked,
        trips=timetable.trip_count,
        trips_cut=trips_cut,
        routes_cut=routes_cut,
        calls_missed=calls,
        closures=_closures(situation),
        routes=table,
        stops=stops,
        temporary_stops=riders.temporary_stops,
        interchanges=riders.interchanges,
        forbidden=forbidden,
        matching=matching,
        left_out=unused(buses),
        summary=(
            f"{counted(trips_cut, 'trip')} of {timetable.trip_count:,} on {counted(routes_cut, 'route')} meet a closure.",
            f"{counted(len(stops), 'stop')} missed, {counted(calls, 'call')} in all." if stops else "No stop is missed.",
            *_states(changes),
        ),
        warnings=_warnings(situation),
    )


def _states(changes: Sequence[Change]) -> list[str]:
    states: Counter[str] = Counter()
    for change in changes:
        states[change.drive.state] += len(change.cut.trips)
    said = (
        ("detour", "take a detour and come back to their path"),
        ("cut_short", "are cut short: there is no detour for a bus"),
        ("stopped", "cannot run: no part of their path can be driven"),
    )
    return [f"{counted(states[state], 'trip')} {words}." for state, words in said if states[state]]


def _closures(situation: Situation) -> tuple[ClosureCut, ...]:
    by_label: dict[str, list[int]] = defaultdict(list)
    closures = situation.bus_closures
    for index, closure in enumerate(closures):
        by_label[closure.label].append(index)
    found = []
    for label, indexes in by_label.items():
        hit = [change for change in situation.changes if change.cut.cut_by & set(indexes)]
        routes = dict.fromkeys(situation.line(change).pattern.route.route_id for change in hit)
        ways = tuple(dict.fromkeys(closures[index].way for index in indexes))
        found.append(
            ClosureCut(label=label, way_indexes=ways, trips=sum(len(one.cut.trips) for one in hit), routes=tuple(routes))
        )
    return tuple(found)


def _warnings(situation: Situation) -> tuple[str, ...]:
    timetable, found = situation.buses.timetable, []
    timed = [one for one in situation.closures if one.starts or one.ends or one.hours]
    if timetable.asked and timetable.day:
        asked, day = (f"{one:%a %d %b %Y}" for one in (timetable.asked, timetable.day))
        found.append(f"The timetable has no service on {asked}; that of {day} stands in for it.")
    if timed and timetable.day is None:
        found.append("The feed has no calendar, so that closures with times are taken as if they were always in force.")
    if timed and not situation.changes and timetable.runs_on is not None:
        day = f"{timetable.runs_on:%a %d %b %Y}"
        found.append(f"No trip of {day} meets a closure while it is in force. For another day give --day YYYY-MM-DD.")
    if not situation.bus_closures:
        found.append("Nothing is shut to buses.")
    if situation.changes:
        found.append("Minutes are those of driving on empty streets: traffic and calls are not in them.")
    lines = [situation.line(change) for change in situation.changes]
    unplaced = {
        stop for line in lines for stop, place in zip(line.pattern.stops, line.places, strict=True) if not place.on_path
    }
    if unplaced:
        lie = "lies off the path of its" if len(unplaced) == 1 else "lie off the paths of their"
        found.append(f"{counted(len(unplaced), 'stop')} {lie} trips: nothing is said of calls there.")
    return tuple(found)
