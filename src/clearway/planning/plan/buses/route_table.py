"""The table for the operator: each direction of a route with what its trips do instead."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from clearway.network.transit.shape_matching import OFF
from clearway.planning.plan.buses.contract import RouteChange, Variation
from clearway.planning.plan.buses.words import clock, notes
from clearway.planning.turn_by_turn import TurnLeg, corner, drawn, metres_of, stretches

if TYPE_CHECKING:
    from clearway.network.transit.bus_network import BusLineOnStreets
    from clearway.planning.plan.buses.detours import Round
    from clearway.planning.plan.buses.situation import Change, Situation

_MS_PER_MINUTE = 60_000
"""Times of arcs are in milliseconds, answers in minutes."""


class RouteTable:
    """Makes the table of one situation."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._network, self._names = situation.buses.network, situation.names

    def rows(self) -> tuple[RouteChange, ...]:
        """One row for each route and direction that is cut, in the timetable's order."""
        changes: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in self._situation.changes:
            pattern = self._situation.line(change).pattern
            changes[pattern.route.route_id, pattern.direction].append(change)
        return tuple(self._row(key, of_route) for key, of_route in changes.items())

    def _row(self, key: tuple[str, str], changes: list[Change]) -> RouteChange:
        lines = [line for line in self._situation.buses.lines if (line.pattern.route.route_id, line.pattern.direction) == key]
        most = max(lines, key=lambda line: len(line.pattern.trips)).pattern
        alike: dict[tuple[object, ...], list[Change]] = defaultdict(list)
        for change in changes:
            alike[self._key(change)].append(change)
        variations = tuple(self._variation(same) for same in alike.values())
        added = [one.minutes_added for one in variations if one.minutes_added is not None]
        return RouteChange(
            route_id=key[0],
            route=most.route.name,
            direction=key[1],
            towards=most.towards,
            trips=sum(len(line.pattern.trips) for line in lines),
            trips_cut=sum(len(change.cut.trips) for change in changes),
            minutes_added=max(added, default=None),
            stops_missed=tuple(dict.fromkeys(stop for one in variations for stop in one.stops_missed)),
            variations=tuple(sorted(variations, key=lambda one: -one.trips)),
        )

    def _key(self, change: Change) -> tuple[object, ...]:
        """What changes must share to be told as one."""
        line, drive = self._situation.line(change), change.drive
        ends = tuple(line.pattern.stops[place] if place is not None else "" for place in self._served_ends(change))
        arcs = line.path.arcs
        rounds = tuple(
            (one.arcs, int(arcs[one.leaves - 1]) if one.leaves else OFF, int(arcs[one.joins]) if one.joins < len(arcs) else OFF)
            for one in drive.rounds
        )
        return rounds, ends, self._missed(change), change.cut.cut_by, change.bays

    def _missed(self, change: Change) -> tuple[str, ...]:
        pattern = self._situation.line(change).pattern
        return tuple(stop for stop, served in zip(pattern.stops, change.drive.served, strict=True) if not served)

    def _served_ends(self, change: Change) -> tuple[int | None, int | None]:
        """Places of the first and last stop served, where the trip does not begin or end where it should."""
        drive, line = change.drive, self._situation.line(change)
        served = [place for place, is_served in enumerate(drive.served) if is_served]
        if drive.state == "stopped" or not served:
            return None, None
        begins = served[0] if drive.first > 0 else None
        return begins, served[-1] if drive.end < len(line.path.pieces) else None

    def _variation(self, same: list[Change]) -> Variation:
        change = same[0]
        line, drive = self._situation.line(change), change.drive
        trips = sorted(
            (self._situation.line(one).pattern.trips[trip] for one in same for trip in one.cut.trips),
            key=lambda trip: (trip.times_s[0], trip.trip_id),
        )
        begins, ends = self._served_ends(change)
        labels = [self._situation.bus_closures[index].label for index in sorted(change.cut.cut_by)]
        driven = [arc for one in drive.rounds for arc in one.arcs]
        said = [note for one in drive.rounds for note in self._notes(line, one)]
        if ends is not None and change.drive.rounds == ():
            said.append("Where the bus turns round at the end of what is left of the trip is not known.")
        return Variation(
            state=drive.state,
            trips=len(trips),
            trip_ids=tuple(trip.trip_id for trip in trips),
            first=clock(trips[0].times_s[0]),
            last=clock(trips[-1].times_s[0]),
            closures=tuple(dict.fromkeys(labels)),
            leaves=self._corner(line, drive.rounds[0].leaves) if drive.rounds else "",
            joins=self._corner(line, drive.rounds[-1].joins) if drive.rounds else "",
            legs=tuple(leg for one in drive.rounds for leg in self._legs(line, one)),
            minutes_added=None if drive.state == "stopped" else drive.extra_ms / _MS_PER_MINUTE,
            metres_added=None if drive.state == "stopped" else drive.extra_m,
            stops_missed=self._missed(change),
            starts_at=line.pattern.stops[begins] if begins is not None else "",
            ends_at=line.pattern.stops[ends] if ends is not None else "",
            bays=tuple(sorted(change.bays)),
            lines=tuple(drawn(self._network, one.arcs) for one in drive.rounds if one.arcs),
            way_indexes=tuple(dict.fromkeys(arc >> 1 for arc in driven)),
            notes=tuple(dict.fromkeys(said)),
        )

    def _ends(self, line: BusLineOnStreets, one: Round) -> tuple[int | None, int | None]:
        """The path's own arcs before and after a detour."""
        arcs = line.path.arcs
        before = int(arcs[one.leaves - 1]) if one.leaves > 0 else OFF
        after = int(arcs[one.joins]) if one.joins < len(arcs) else OFF
        return None if before == OFF else before, None if after == OFF else after

    def _legs(self, line: BusLineOnStreets, one: Round) -> tuple[TurnLeg, ...]:
        before, after = self._ends(line, one)
        found = stretches(self._names, self._situation.buses.graph.headings, one.arcs, before, after)
        return tuple(TurnLeg(turn=leg.turn, street=leg.street, metres=metres_of(self._network, leg.driven)) for leg in found)

    def _notes(self, line: BusLineOnStreets, one: Round) -> list[str]:
        before, after = self._ends(line, one)
        return notes(self._situation.buses.graph, self._names, one.arcs, before, after)

    def _corner(self, line: BusLineOnStreets, piece: int) -> str:
        """The corner at the beginning of a piece."""
        arcs = line.path.arcs
        if piece > 0 and arcs[piece - 1] != OFF:
            arc = int(arcs[piece - 1])
            return corner(self._names, int(self._network.arc_head[arc]), arc >> 1)
        if piece < len(arcs) and arcs[piece] != OFF:
            arc = int(arcs[piece])
            return corner(self._names, int(self._network.arc_tail[arc]), arc >> 1)
        return ""
