"""Where given barriers stand on the network: the street pieces that each shuts, and at which metre.

A point means the street that is clearly nearest. Where another street is as near, or a junction, nobody can say what is
meant, and the sentence says how to say it. A line shuts every street that it crosses; one that runs through a junction
parts the arms on its two sides, as a diagonal filter does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.errors import BadGeometry, BadInput, UnknownName
from clearway.network.classes import class_mask
from clearway.network.geometry import flat_scale, nearest_on_line, point_at
from clearway.planning.cordon.planner.carriageways import APART_M, signed_directions
from clearway.planning.cordon.planner.street_pieces import MOUTH_M, streets_of
from clearway.planning.cordon.planner.window import usable_arcs
from clearway.planning.street_expressions import plain_name
from clearway.planning.street_finder import REACH_M
from clearway.planning.street_names import name_stem
from clearway.words import listed

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.seal.contract import GivenBarrier

COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_DRAWN_WITHIN_M, _AS_NEAR_M = 1.5, 4.0
"""A hand that draws hits a street to the metre or so; what it misses by more it may miss by a lane."""
_AT_JUNCTION_M = 6.0
"""Half the width of a street: what is drawn this near to a junction stands on it."""
_LEAST_ARMS = 3
"""A junction of fewer streets is a bend or an end: a barrier there shuts the one street."""
_LOOKED_ROUND_M = 1000.0
"""As far as the sentence about a point off the streets names the nearest."""
_OF_ITS_OWN_M = 80.0
"""A place of a plan lies this near to all of its bars: a crossing is 70 m wide at most."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A junction parted by a filter: the way ends on one side of it, as (way, at its tail)."""

    junction: int
    ends: frozenset[tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A given barrier on the network.

    Attributes:
        number: As given, from 1.
        label: What people call it.
        called: Where it stands, in words.
        lon: Degrees.
        lat: Degrees.
        cuts: Ways and metres from their first points.
        shuts: Mask of the classes that it stops, of those that are shut out.
        parting: The junction that it parts, if it is a filter.
        note: What was assumed about where it stands, in a sentence; mostly empty.
    """

    number: int
    label: str
    called: str
    lon: float
    lat: float
    cuts: tuple[tuple[int, float], ...]
    shuts: int
    parting: Parting | None = None
    note: str = ""


class Placer:
    """Finds where given barriers stand.

    Args:
        network: The network.
        question: The site, and the classes that are shut out.
    """

    def __init__(self, network: Network, question: CordonQuestion) -> None:
        self.network, self.question = network, question
        self.shut = class_mask(question.shut)
        ways = np.arange(network.way_count)
        along, against = usable_arcs(network, ways, question)
        self.usable: Bools = along | against
        self.streets = streets_of(network)
        self.sign = signed_directions(network)

    @cached_property
    def asked(self) -> str:
        """The question, as a key of what rests on it."""
        return self.question.model_dump_json()

    def title(self, given: GivenBarrier, number: int) -> str:
        """What to call a barrier in a message."""
        return f"Barrier {number}" + (f" ({given.label})" if given.label else "")

    def placed(self, given: GivenBarrier, number: int) -> Placed:
        """A barrier that is not given in words.

        Raises:
            BadGeometry: it lies on no street, or nobody can say on which.
            BadInput: its line parts several junctions.
            UnknownName: its street is unknown, or it was planned on another network.
        """
        if given.way_indexes:
            return self._exact(given, number)
        if given.line:
            return self._line(given, number)
        if given.lon is None or given.lat is None:
            raise BadGeometry(
                f"{self.title(given, number)} has no place. Give 'lon' and 'lat', 'words', a 'line', or 'way_indexes' with "
                "'at_m'."
            )
        return self._point(given, number, given.lon, given.lat)

    def of_cuts(self, number: int, cuts: list[tuple[int, float]], called: str = "") -> Placed:
        """A barrier that shuts ways at some metres; it stands in their middle."""
        points = np.array([point_at(self.network.geometry(way), at_m) for way, at_m in cuts])
        lon, lat = (float(value) for value in np.round(points.mean(axis=0), 7))
        return Placed(number, "", called or self.where(*cuts[0]), lon, lat, tuple(cuts), self.shut)

    def where(self, way: int, at_m: float) -> str:
        """A street and the cross street at the nearer end, in words that :mod:`words` reads again where both have names."""
        network = self.network
        name = self.name(way)
        at_tail = at_m <= float(network.way_length_m[way]) / 2
        corner = int((network.way_tail if at_tail else network.way_head)[way])
        cross = [other for end in self.arms(corner) if (other := self.name(end[0])) != name]
        if not cross:
            return name
        return (
            f"{name}, {COMPASS[_octant(self.heading(way, at_tail=at_tail))]} side of {max(sorted(set(cross)), key=cross.count)}"
        )

    def name(self, way: int) -> str:
        """The street's name, the carriageway left out."""
        name = self.network.street(way)
        return name_stem(name) if name else "an unnamed street"

    def arms(self, junction: int) -> list[tuple[int, bool]]:
        """The usable way ends at a junction, as (way, at its tail)."""
        network, streets = self.network, self.streets
        first, end = streets.junction_start[junction : junction + 2]
        ends = [
            (way, at_tail)
            for way in dict.fromkeys(streets.junction_ways[first:end].tolist())
            for at_tail, corner in ((True, network.way_tail[way]), (False, network.way_head[way]))
            if corner == junction and self.usable[way]
        ]
        return list(dict.fromkeys(ends))

    def mouth(self, way: int, *, at_tail: bool) -> tuple[int, float]:
        """Where a barrier stands at a way's end."""
        length = float(self.network.way_length_m[way])
        inset = min(MOUTH_M, length / 3)
        return way, inset if at_tail else length - inset

    def heading(self, way: int, *, at_tail: bool) -> Floats:
        """(2,) unit vector east and north in which a way leaves its end, looked at some metres on."""
        network = self.network
        length = float(network.way_length_m[way])
        near, far = (0.0, min(3 * MOUTH_M, length)) if at_tail else (length, max(length - 3 * MOUTH_M, 0.0))
        points = np.array([point_at(network.geometry(way), at) for at in (near, far)])
        step = (points[1] - points[0]) * flat_scale(float(points[0, 1]))
        unit: Floats = step / max(float(np.hypot(*step)), 1e-9)
        return unit

    def closed_junction(self, number: int, junctions: list[int]) -> Placed:
        """All arms of some junctions shut, those between them left out."""
        inner = set(junctions)
        network = self.network
        occupied = set(self.question.stretches)
        cuts = [
            self.mouth(way, at_tail=at_tail)
            for junction in junctions
            for way, at_tail in self.arms(junction)
            if way not in occupied and not {int(network.way_tail[way]), int(network.way_head[way])} <= inner
        ]
        names = list(dict.fromkeys(self.name(way) for junction in junctions for way, _ in self.arms(junction)))
        placed = self.of_cuts(number, cuts, f"the junction of {listed(names)}")
        lon, lat = (float(np.round(axis[junctions].mean(), 7)) for axis in (network.junction_lon, network.junction_lat))
        return replace(placed, lon=lon, lat=lat)

    def _exact(self, given: GivenBarrier, number: int) -> Placed:
        network = self.network
        if len(given.way_indexes) != len(given.at_m):
            raise BadGeometry(
                f"{self.title(given, number)} should have as many 'at_m' as 'way_indexes'. Give one for each way."
            )
        cuts = list(zip(given.way_indexes, given.at_m, strict=True))
        for way, at_m in cuts:
            known = way < network.way_count and at_m <= float(network.way_length_m[way]) + 1
            if known and given.lon is not None and given.lat is not None:
                lon, lat = point_at(network.geometry(way), at_m)
                known = bool(np.hypot(*((np.array([lon, lat]) - (given.lon, given.lat)) * flat_scale(lat))) <= _OF_ITS_OWN_M)
            if not known:
                raise UnknownName(f"way under {self.title(given, number)} (was it planned on another network?)", [way])
        placed = self.of_cuts(number, cuts)
        if given.label:
            placed = replace(placed, called=given.label)
        return placed if given.lon is None or given.lat is None else replace(placed, lon=given.lon, lat=given.lat)

    def _near(self, lon: float, lat: float, reach_m: float) -> list[tuple[float, int, float]]:
        """Distance, way and offset of the usable ways within reach of a point, nearest first."""
        east, north = np.array([reach_m, reach_m]) / flat_scale(lat)
        west_of, south_of, east_of, north_of = self.streets.way_box
        box = (east_of >= lon - east) & (west_of <= lon + east) & (north_of >= lat - north) & (south_of <= lat + north)
        found = []
        for way in np.flatnonzero(box & self.usable).tolist():
            distance, offset, _ = nearest_on_line(self.network.geometry(way), lon, lat)
            if distance <= reach_m:
                found.append((distance, way, min(offset, float(self.network.way_length_m[way]))))
        return sorted(found)

    def _point(self, given: GivenBarrier, number: int, lon: float, lat: float) -> Placed:
        title = self.title(given, number)
        near = self._near(lon, lat, REACH_M)
        if not near:
            raise BadGeometry(f"{title} at {lon:g}, {lat:g} {self._how_far(lon, lat)}. Put it on the street that it shuts.")
        if given.street and not given.junction:
            wanted = plain_name(given.street)
            named = [one for one in near if plain_name(self.name(one[1])) == wanted]
            if not named:
                names = sorted({self.name(way) for _, way, _ in near})
                raise UnknownName(f"street of {title} within {REACH_M:.0f} m", [given.street], names)
            near = named
        slack = min(max(near[0][0], _DRAWN_WITHIN_M), _AS_NEAR_M)
        close = [one for one in near if one[0] <= near[0][0] + slack]
        corner = self._junction_at(lon, lat, close)
        if given.junction:
            if corner is None:
                raise BadGeometry(f"{title} at {lon:g}, {lat:g} is not at a junction. Put it on the junction that it shuts.")
            return self.closed_junction(number, [corner])
        if corner is not None:
            raise BadGeometry(self._at_a_junction(title, corner))
        return self.of_cuts(number, self._one_street(title, close))

    def _how_far(self, lon: float, lat: float) -> str:
        west, south, east, north = self.network.coverage
        if west <= lat <= east and south <= lon <= north and not (west <= lon <= east and south <= lat <= north):
            return "has latitude first; longitude comes first"
        wide = self._near(lon, lat, _LOOKED_ROUND_M)
        if not wide:
            return "lies far from every street"
        distance, way, _ = wide[0]
        return f"is not on a street: the nearest, {self.name(way)}, is {distance:.0f} m away"

    def _junction_at(self, lon: float, lat: float, close: list[tuple[float, int, float]]) -> int | None:
        """The junction of three arms or more that a point stands on."""
        network = self.network
        corners = {int(corner) for _, way, _ in close for corner in (network.way_tail[way], network.way_head[way])}
        scale = flat_scale(lat)
        for corner in sorted(corners):
            off = np.hypot((network.junction_lon[corner] - lon) * scale[0], (network.junction_lat[corner] - lat) * scale[1])
            arms = self.arms(corner)
            shortest = min((float(network.way_length_m[way]) for way, _ in arms), default=0.0)
            if off <= min(_AT_JUNCTION_M, shortest / 4) and len(arms) >= _LEAST_ARMS:
                return corner
        return None

    def _at_a_junction(self, title: str, corner: int) -> str:
        names = list(dict.fromkeys(self.name(way) for way, _ in self.arms(corner)))
        return (
            f"{title} stands on the junction of {listed(names)}, so it may mean any arm. Move it {MOUTH_M:.0f} m into the "
            'street that it shuts, or give it "place": "junction" to shut all arms.'
        )

    def _one_street(self, title: str, close: list[tuple[float, int, float]]) -> list[tuple[int, float]]:
        """The cut that points of nearly equal distance mean: one way, or both carriageways of one street."""
        _, way, at_m = close[0]
        cuts = [(way, at_m)]
        for _, other, other_m in close[1:]:
            if self._goes_on(way, other):
                continue
            if not self._carriageways(way, other):
                names = listed(list(dict.fromkeys(self.name(one) for one in (way, other))))
                which = f"about as near to {names}" if self.name(way) != self.name(other) else f"between two pieces of {names}"
                raise BadGeometry(
                    f'{title} lies {which}. Put it on the one that it shuts, or name that street as its "street".'
                )
            if all(other != one for one, _ in cuts):
                cuts.append((other, other_m))
        return cuts

    def _goes_on(self, way: int, other: int) -> bool:
        """Whether two ways meet where no third does."""
        network = self.network
        ends = [{int(network.way_tail[one]), int(network.way_head[one])} for one in (way, other)]
        return any(len(self.arms(corner)) < _LEAST_ARMS for corner in ends[0] & ends[1])

    def _carriageways(self, way: int, other: int) -> bool:
        """Whether two ways are the carriageways of one street."""
        same = self.network.street(way) is not None and self.name(way) == self.name(other)
        return same and (self.sign[way] != 0 or self.network.street(way) != self.network.street(other))

    def beside(self, cuts: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Cuts and the cuts abreast of them on the other carriageway of the same street."""
        found = list(cuts)
        for way, at_m in cuts:
            lon, lat = point_at(self.network.geometry(way), at_m)
            for _, other, other_m in self._near(lon, lat, APART_M):
                if other != way and self._carriageways(way, other) and all(other != one for one, _ in found):
                    length = float(self.network.way_length_m[other])
                    if 0 < other_m < length:
                        found.append((other, other_m))
        return found

    def _line(self, given: GivenBarrier, number: int) -> Placed:
        title = self.title(given, number)
        lonlat = np.array([point[:2] for point in given.line or []], dtype=np.float64)
        scale = np.array(flat_scale(float(lonlat[0, 1])))
        drawn = shapely.LineString(lonlat * scale)
        (west, south), (east, north) = lonlat.min(axis=0) - REACH_M / scale, lonlat.max(axis=0) + REACH_M / scale
        box = self.streets.way_box
        near = (box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north) & self.usable
        lines = {way: shapely.LineString(self.network.geometry(way) * scale) for way in np.flatnonzero(near).tolist()}
        parting, taken = self._parted(title, drawn, lines, scale)
        cuts = []
        for way, line in lines.items():
            for point in shapely.get_coordinates(shapely.intersection(line, drawn)):
                if any(shapely.Point(point).distance(corner) <= 2 * _AT_JUNCTION_M for corner in taken):
                    continue
                offset = line.project(shapely.Point(point)) * float(self.network.way_length_m[way]) / line.length
                cuts.append((way, float(min(offset, self.network.way_length_m[way]))))
        if parting is not None:
            names = list(dict.fromkeys(self.name(way) for way, _ in self.arms(parting.junction)))
            at = [float(axis[parting.junction]) for axis in (self.network.junction_lon, self.network.junction_lat)]
            called = f"the filter across the junction of {listed(names)}"
            return Placed(number, "", called, at[0], at[1], tuple(cuts), self.shut, parting)
        if not cuts:
            lon, lat = lonlat[len(lonlat) // 2]
            raise BadGeometry(
                f"{title} crosses no street near {lon:g}, {lat:g}. Draw its line across the street that it shuts, or through "
                "a junction."
            )
        return self.of_cuts(number, cuts)

    def _parted(
        self, title: str, drawn: shapely.LineString, lines: dict[int, shapely.LineString], scale: Floats
    ) -> tuple[Parting | None, list[shapely.Point]]:
        """The junction that a line runs through, and what lies on its left."""
        network = self.network
        corners = {int(end) for way in lines for end in (network.way_tail[way], network.way_head[way])}
        found: list[Parting] = []
        places = []
        for corner in sorted(corners):
            point = shapely.Point(np.array([network.junction_lon[corner], network.junction_lat[corner]]) * scale)
            arms = self.arms(corner)
            at = drawn.project(point)
            if drawn.distance(point) > _AT_JUNCTION_M or len(arms) < _LEAST_ARMS or not 0 < at < drawn.length:
                continue
            found.append(Parting(corner, self._left_of(drawn, at, arms)))
            places.append(point)
        if len(found) > 1:
            raise BadInput(f"{title} runs through several junctions. Draw one line for each.")
        if found and not 0 < len(found[0].ends) < len(self.arms(found[0].junction)):
            names = listed(list(dict.fromkeys(self.name(way) for way, _ in self.arms(found[0].junction))))
            raise BadGeometry(
                f"{title} parts no arms of the junction of {names}: all lie on one side. Draw it between the arms."
            )
        return (found[0] if found else None), places

    def _left_of(self, drawn: shapely.LineString, at: float, arms: list[tuple[int, bool]]) -> frozenset[tuple[int, bool]]:
        before, after = (drawn.interpolate(min(max(at + step, 0.0), drawn.length)) for step in (-MOUTH_M, MOUTH_M))
        east, north = after.x - before.x, after.y - before.y
        left = []
        for way, at_tail in arms:
            heading = self.heading(way, at_tail=at_tail)
            if east * heading[1] - north * heading[0] > 0:
                left.append((way, at_tail))
        return frozenset(left)


def _octant(heading: Floats) -> int:
    return round(float(np.degrees(np.arctan2(heading[0], heading[1]))) / 45) % 8


def octant_of(name: str) -> int | None:
    """The compass direction of a word, None where it is none."""
    plain = name.strip().lower().removesuffix("ern").replace(" ", "-")
    joined = {direction.replace("-", ""): direction for direction in COMPASS}
    plain = joined.get(plain.replace("-", ""), plain)
    return COMPASS.index(plain) if plain in COMPASS else None
