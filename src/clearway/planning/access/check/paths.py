"""Every path driven again, step by step, against the streets."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.access.check.network_reading import NEVER

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs
    from clearway.planning.access.check.claim import Claim, Rows, Side, StationClaim
    from clearway.planning.access.check.network_reading import NetworkReading, Streets

_FARTHEST_M = 151.0
"""A station may stand 150 m from its street; a metre more for distances that are measured another way here."""
_METRES_PER_DEGREE = 111_195.08
"""On a sphere of the Earth's mean radius."""
_SHOWN_FLAWS = 8
"""Kinds of flaw that are listed: whoever made the certificate has enough to look at."""

_TURN = "makes a turn that is forbidden"
Flaw = tuple[str, str]
"""Its kind, and what is said of it."""


class Flaws:
    """What does not hold: the first of each kind is reported, the others are counted."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._count: dict[str, int] = {}

    def add(self, kind: str, sentence: str) -> None:
        """Add a flaw; sentences come without their full stop."""
        self._first.setdefault(kind, sentence)
        self._count[kind] = self._count.get(kind, 0) + 1

    def any(self) -> bool:
        """Whether there is one."""
        return bool(self._first)

    def sentences(self) -> list[str]:
        """The sentences to show."""
        more = {kind: f" ({count - 1} more like it)" if count > 1 else "" for kind, count in self._count.items()}
        return [f"{sentence}{more[kind]}." for kind, sentence in self._first.items()][:_SHOWN_FLAWS]


def check_stations(streets: Streets, claim: Claim, flaws: Flaws) -> None:
    """Stations and hospitals must stand on streets that the class may drive, near where they are said to be."""
    if not claim.stations:
        flaws.add("no station", "It names no station")
    if claim.trip is not None and not claim.trip.hospitals:
        flaws.add("no hospital", "It names no hospital")
    for station in (*claim.stations, *(claim.trip.hospitals if claim.trip else ())):
        if not (streets.permitted[2 * station.way] or streets.permitted[2 * station.way + 1]):
            flaws.add("station street", f"{station.name} stands on way {station.way}, which the class may not drive")
        elif not 0 <= station.at_m <= streets.length[2 * station.way] + 1e-6:
            flaws.add("station offset", f"{station.name} stands beyond the end of way {station.way}")
        elif (away := _metres_away(streets, station)) > _FARTHEST_M:
            flaws.add("station place", f"{station.name} lies {away:.0f} m from where the certificate starts its vehicles")


def check_paths(reading: NetworkReading, claim: Claim, side: Side, name: str, flaws: Flaws) -> None:
    """Drive every step, then the last stretch to every address."""
    for number, (kind, says) in sorted(_step_flaws(reading, claim, side.steps).items()):
        flaws.add(kind, f"In the paths {name}, step {number} along way {side.steps.arc[number] >> 1} {says}")
    for address, (kind, says) in sorted(_address_flaws(reading, claim, side).items()):
        flaws.add(kind, f"In the paths {name}, address {address} {says}")


class _Found(dict[int, Flaw]):
    """The first flaw of each row."""

    def add(self, rows: Bools, kind: str, says: str) -> None:
        """Add a flaw to rows that have none yet."""
        for row in np.flatnonzero(rows).tolist():
            self.setdefault(row, (kind, says))

    def timed(self, rows: Bools, due: Longs, said: Longs) -> None:
        """Add that milliseconds do not add up, or that a stretch cannot be driven, to rows that have no flaw yet."""
        for row in np.flatnonzero(rows & (due != said)).tolist():
            self.setdefault(row, _timed(int(due[row]), int(said[row])))


def _step_flaws(reading: NetworkReading, claim: Claim, steps: Rows) -> _Found:
    """What is wrong with driving whole arcs after one another, or out of a station."""
    streets, found = reading.streets, _Found()
    from_station, before = _linked(reading, claim, steps, steps, np.arange(len(steps.arc)), found)
    driven = ~from_station
    for row in np.flatnonzero(from_station).tolist():
        seed = reading.seed(claim.stations[-1 - int(steps.before[row])], int(steps.arc[row]))
        if seed != steps.ms[row]:
            found[row] = _timed(NEVER if seed is None else seed, int(steps.ms[row]))
    where = "runs where the class may not drive: against a one-way, or on a street shut to it"
    found.add(driven & ~streets.permitted[steps.arc], "one-way", where)
    found.add(driven & np.isin(steps.arc, streets.stop_arc), "stop", "runs through an obstacle that the class cannot pass")
    found.add(driven & ~reading.passable[steps.arc], "closure", "runs through a closure")
    found.add(_turned(streets, steps, steps, driven, found), "turn", _TURN)
    found.timed(driven, steps.ms[before] + reading.whole_ms[steps.arc], steps.ms)
    return found


def _address_flaws(reading: NetworkReading, claim: Claim, side: Side) -> _Found:
    """What is wrong with the last stretches to addresses."""
    streets, network, last, found = reading.streets, reading.streets.network, side.addresses, _Found()
    listed = np.zeros(len(side.reached), np.bool_)
    listed[list(side.unreached)] = True
    found.add(~side.reached & ~listed, "unreached", "has no path but is not listed as unreached")
    found.add(side.reached & listed, "unreached", "has a path but is listed as unreached")
    ends = np.where(last.before < 0, 0, len(side.steps.arc))
    from_station, before = _linked(reading, claim, side.steps, last, ends, found, side.reached)
    for row in np.flatnonzero(from_station).tolist():
        straight = reading.straight(claim.stations[-1 - int(last.before[row])], row)
        due = straight[1] if straight and straight[0] == last.arc[row] else NEVER
        if due != last.ms[row]:
            found.setdefault(row, _timed(due, int(last.ms[row])))
    driven = side.reached & ~from_station
    found.add(_turned(streets, side.steps, last, driven, found), "turn", _TURN)
    rest = reading.to_ms(last.arc, network.address_offset_m.astype(np.float64))
    rest[last.arc >> 1 != network.address_way] = NEVER
    start = side.steps.ms[before] if len(side.steps.ms) else np.zeros(len(before), np.int64)
    found.timed(driven, np.minimum(start + rest, NEVER), last.ms)
    return found


def _linked(
    reading: NetworkReading, claim: Claim, steps: Rows, rows: Rows, ends: Longs, found: _Found, judged: Bools | None = None
) -> tuple[Bools, Longs]:
    """Which rows follow a station, and the step before each other one; flawed where none comes before it and stops there.

    The step before a row must be numbered below its end. Of rows that are not there nothing is judged; by default all are.
    """
    there = np.ones(len(rows.arc), np.bool_) if judged is None else judged
    wrong = there & ~((-len(claim.stations) <= rows.before) & (rows.before < ends))
    found.add(wrong, "order", "follows a step or a station that does not come before it")
    follows = there & ~wrong & (rows.before >= 0)
    before = np.where(follows, rows.before, 0)
    if len(steps.arc):
        gap = follows & (reading.streets.head[steps.arc[before]] != reading.streets.tail[rows.arc])
        found.add(gap, "gap", "does not begin where the step before it ends")
    return there & ~wrong & (rows.before < 0), before


def _turned(streets: Streets, steps: Rows, rows: Rows, judged: Bools, found: _Found) -> Bools:
    """(n,) the rows whose arcs, driven after those before as far back as a forbidden turn reaches, end in one."""
    turned = np.zeros(len(rows.arc), np.bool_)
    for row in np.flatnonzero(judged & np.isin(rows.arc, list(streets.forbidden))).tolist():
        if row in found:
            continue
        driven, at = [int(rows.arc[row])], int(rows.before[row])
        while 0 <= at < len(steps.arc) and len(driven) <= streets.memory:
            driven.append(int(steps.arc[at]))
            at = int(steps.before[at])
        turned[row] = not streets.turn_allowed(driven[::-1])
    return turned


def _timed(due: int, said: int) -> Flaw:
    if due >= NEVER:
        return "shut", "cannot be driven to: another street, or something stands in the way"
    return "time", f"does not add up: {due} ms, not {said}"


def _metres_away(streets: Streets, station: StationClaim) -> float:
    """Metres from a station to its spot on its way."""
    points = streets.network.geometry(station.way).tolist()
    per_lon = math.cos(math.radians(station.lat)) * _METRES_PER_DEGREE
    lengths = [math.hypot((b[0] - a[0]) * per_lon, (b[1] - a[1]) * _METRES_PER_DEGREE) for a, b in pairwise(points)]
    left = station.at_m * sum(lengths) / streets.length[2 * station.way]
    lon, lat = points[-1]
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            lon, lat = (a[axis] + (b[axis] - a[axis]) * left / length for axis in (0, 1))
            break
        left -= length
    return math.hypot((lon - station.lon) * per_lon, (lat - station.lat) * _METRES_PER_DEGREE)
