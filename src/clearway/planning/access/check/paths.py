"""Every path driven again, step by step, against the streets."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.access.check.claim import Claim, Row, Side, StationClaim
    from clearway.planning.access.check.network_reading import NetworkReading, Streets

_FARTHEST_M = 151.0
"""A station may stand 150 m from its street; a metre more for distances that are measured another way here."""
_METRES_PER_DEGREE = 111_195.08
"""On a sphere of the Earth's mean radius."""
_SHOWN_FLAWS = 8
"""Kinds of flaw that are listed: whoever made the certificate has enough to look at."""


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
    for number, row in enumerate(side.steps):
        if flaw := _linked(reading, claim, side.steps, row, number) or _step(reading, claim, side.steps, row):
            flaws.add(flaw[0], f"In the paths {name}, step {number} along way {row.arc >> 1} {flaw[1]}")
    for address, last in enumerate(side.addresses):
        if flaw := _address(reading, claim, side, address, last):
            flaws.add(flaw[0], f"In the paths {name}, address {address} {flaw[1]}")


def _linked(reading: NetworkReading, claim: Claim, steps: Sequence[Row], row: Row, end: int) -> tuple[str, str] | None:
    """Whether a row follows a step before number ``end`` that stops where it begins, or a station."""
    if not -len(claim.stations) <= row.before < end:
        return "order", "follows a step or a station that does not come before it"
    if row.before >= 0 and reading.streets.head[steps[row.before].arc] != reading.streets.tail[row.arc]:
        return "gap", "does not begin where the step before it ends"
    return None


def _step(reading: NetworkReading, claim: Claim, steps: Sequence[Row], row: Row) -> tuple[str, str] | None:
    """What is wrong with driving a whole arc after another, or out of a station."""
    streets, arc = reading.streets, row.arc
    if row.before < 0:
        return _timed(row, reading.seed(claim.stations[-1 - row.before], arc))
    if not streets.permitted[arc]:
        return "one-way", "runs where the class may not drive: against a one-way, or on a street shut to it"
    if streets.stops.get(arc):
        return "stop", "runs through an obstacle that the class cannot pass"
    if not reading.passable(arc):
        return "closure", "runs through a closure"
    return _turned(streets, steps, row) or _timed(row, steps[row.before].ms + reading.whole_ms(arc))


def _address(reading: NetworkReading, claim: Claim, side: Side, address: int, row: Row | None) -> tuple[str, str] | None:
    """What is wrong with the last stretch to an address."""
    if (row is None) != (address in side.unreached):
        return (
            "unreached",
            "has no path but is not listed as unreached" if row is None else "has a path but is listed as unreached",
        )
    if row is None:
        return None
    if row.before < 0:
        linked = _linked(reading, claim, side.steps, row, 0)
        straight = None if linked else reading.straight(claim.stations[-1 - row.before], address)
        return linked or _timed(row, straight[1] if straight and straight[0] == row.arc else None)
    rest = reading.last_stretch(row.arc, address)
    linked = _linked(reading, claim, side.steps, row, len(side.steps)) or _turned(reading.streets, side.steps, row)
    return linked or _timed(row, None if rest is None else side.steps[row.before].ms + rest)


def _timed(row: Row, ms: int | None) -> tuple[str, str] | None:
    if ms is None:
        return "shut", "cannot be driven to: another street, or something stands in the way"
    return None if ms == row.ms else ("time", f"does not add up: {ms} ms, not {row.ms}")


def _turned(streets: Streets, steps: Sequence[Row], row: Row) -> tuple[str, str] | None:
    """Whether the arcs driven up to a row, as far back as a forbidden turn reaches, end in one."""
    driven, at = [row.arc], row.before
    while 0 <= at < len(steps) and len(driven) <= streets.memory:
        driven.append(steps[at].arc)
        at = steps[at].before
    return None if streets.turn_allowed(driven[::-1]) else ("turn", "makes a turn that is forbidden")


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
