"""Read closures: from GeoJSON that people draw, and from the cordon that ``clearway cordon --json`` prints.

Each GeoJSON feature names streets by ``way`` or ``ways`` (ids of the source), or by its geometry alone:

* a Point shuts the nearest way at that point; with ``way`` it is the point on that way;
* a LineString shuts the ways that it follows, whole; one that follows none shuts the ways that it crosses, at the crossing;
* a Polygon shuts the ways that it covers over half their length, whole; one that it covers less, and by 15 m at least, is shut
  amid that part;
* ids without a geometry, or with a line, shut all pieces of those ids, whole.

A feature without ``shuts`` shuts every motor class, emergency vehicles too; ``lets_through`` takes classes off that list.
``leaving`` in either says whether vehicles that leave for good are let out. At a point ``delay_s`` says how many seconds those
wait that may pass, until a crew has opened it. ``hours`` says on which days and at what times it is in force, as OpenStreetMap
writes them (``Mo-Fr 07:00-09:00``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pydantic import TypeAdapter, ValidationError
from shapely.errors import ShapelyError

from clearway.errors import BadFile, BadGeometry, BadInput, UnknownName
from clearway.network.classes import MOTOR_CLASSES, VEHICLE_CLASSES, class_mask
from clearway.network.closures import MOST_WAIT_S, Closure
from clearway.network.hours import understood
from clearway.planning.geojson import Feature, amount, features_of, position, read_json
from clearway.planning.occupied import occupied_streets
from clearway.planning.street_finder import REACH_M, Spot, StreetFinder
from clearway.planning.street_names import StreetNames
from clearway.shapes import Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clearway.network.model import Floats, Network

_PROPERTIES = frozenset(
    {"way", "ways", "label", "name", "shuts", "lets_through", "direction", "from", "to", "delay_s", "hours"}
)
"""What is read of a closure."""

LEAVING = "leaving"
"""Vehicles that leave for good: they may be let out where their class may not pass."""
DIRECTIONS = {"both": (True, True), "along": (True, False), "against": (False, True)}

_REMEDY = "Give a GeoJSON FeatureCollection whose features name a 'way' or draw a Point, LineString or Polygon on a street."
_CORDON_REMEDY = "Give the file that 'clearway cordon NETWORK --site SITE.geojson --json' prints."


def read_closures(path: Path, network: Network) -> list[Closure]:
    """The closures of a GeoJSON file; see :func:`closures_from`.

    Raises:
        BadFile: the file cannot be read or is no GeoJSON; a time or direction in it cannot be read.
        BadGeometry: a geometry is far from any street.
        UnknownName: a way or vehicle class is unknown.
    """
    return closures_from(read_json(path, _REMEDY), network, source=str(path))


def closures_from(document: object, network: Network, *, source: str = "closures") -> list[Closure]:
    """The closures of parsed GeoJSON, one for each way that a feature shuts.

    Raises:
        BadFile: it is no GeoJSON; a time or direction in it cannot be read.
        BadGeometry: a geometry is far from any street.
        UnknownName: a way or vehicle class is unknown.
    """
    reader = _Reader(network, StreetFinder(network), source)
    return [closure for feature in features_of(document, source, _REMEDY) for closure in reader.closures(feature)]


def unknown_properties(document: object, *, source: str = "closures") -> dict[str, int]:
    """Properties of closures that mean nothing here, and how many features have each.

    Raises:
        BadFile: it is no GeoJSON.
    """
    named = Counter(
        name for feature in features_of(document, source, _REMEDY) for name in feature.properties.keys() - _PROPERTIES
    )
    return dict(sorted(named.items()))


def cordon_closures(
    document: object, network: Network, *, shuts: int | None = None, gate_s: float = 0.0, source: str = "cordon"
) -> list[Closure]:
    """The barriers of a parsed cordon, one closure for each way under a barrier where it stands.

    Args:
        document: The cordon's JSON.
        network: The network it was planned on.
        shuts: Mask of the classes that no barrier lets pass; by default as each barrier says.
        gate_s: Seconds that those who may pass lose at each barrier.
        source: Where it came from, for messages.

    Raises:
        BadFile: it has no list of barriers, or a barrier lacks its ways or its place.
        UnknownName: a barrier stands on a way that the network lacks.
    """
    held = document if isinstance(document, dict) else {}
    barriers = held.get("barriers")
    if not isinstance(barriers, list) or not all(isinstance(barrier, dict) for barrier in barriers):
        raise BadFile(source, "has no list of barriers", _CORDON_REMEDY)
    finder = StreetFinder(network)
    return [
        closure
        for number, barrier in enumerate(barriers, start=1)
        for closure in _barrier(barrier, number, (shuts, gate_s), finder, source)
    ]


@dataclass(frozen=True)
class SiteStreets:
    """The occupied streets of a cordon.

    Attributes:
        streets: As closures that shut nobody yet.
        shuts: Mask of the classes that the plan takes not to drive along them; a plan that is older than the question took a
            lane to be free for all.
    """

    streets: list[Closure]
    shuts: int


def cordon_streets(document: object, network: Network, *, source: str = "cordon") -> SiteStreets | None:
    """The occupied streets of a parsed cordon; None where it does not say which they are.

    Raises:
        BadFile: what it says of its site cannot be used.
        UnknownName: a stretch is not in the network, or a class is none.
    """
    question = document.get("question") if isinstance(document, dict) else None
    if not isinstance(question, dict) or not isinstance(ways := question.get("stretches"), list):
        return None
    if unknown := [way for way in ways if not isinstance(way, int) or not 0 <= way < network.way_count]:
        raise UnknownName(f"occupied way of {source} (was it planned on another network?)", unknown)
    try:
        ground = TypeAdapter(Ground | None).validate_python(question.get("site"))
        streets = occupied_streets(StreetNames(network), ways, ground)
    except (ValidationError, ShapelyError, ValueError) as error:
        raise BadFile(source, "has a site that cannot be read as polygons", _CORDON_REMEDY) from error
    return SiteStreets(streets, class_mask(map(str, question.get("occupied_shuts") or ())))


def _barrier(
    barrier: dict[str, Any], number: int, taken_as: tuple[int | None, float], finder: StreetFinder, source: str
) -> list[Closure]:
    shuts, gate_s = taken_as
    ways, lon, lat = barrier.get("way_indexes"), barrier.get("lon"), barrier.get("lat")
    if not isinstance(ways, list) or not isinstance(lon, int | float) or not isinstance(lat, int | float):
        raise BadFile(source, f"barrier {number} lacks 'way_indexes', 'lon' or 'lat'", _CORDON_REMEDY)
    unknown = [way for way in ways if not isinstance(way, int) or not 0 <= way < finder.network.way_count]
    if unknown:
        raise UnknownName(f"way index under barrier {number} of {source} (was it planned on another network?)", unknown)
    offsets = barrier.get("at_m")
    if not isinstance(offsets, list) or len(offsets) != len(ways) or not all(isinstance(at_m, int | float) for at_m in offsets):
        offsets = [finder.spot_on(way, lon, lat).at_m for way in ways]
    mask = class_mask(barrier.get("shuts") or MOTOR_CLASSES) if shuts is None else shuts
    label = f"barrier {barrier.get('number', number)}" + (f", {barrier['street']}" if barrier.get("street") else "")
    return [Closure(way, mask, at_m=float(at_m), label=label, delay_s=gate_s) for way, at_m in zip(ways, offsets, strict=True)]


@dataclass(frozen=True, slots=True)
class _Reader:
    network: Network
    finder: StreetFinder
    source: str

    def closures(self, feature: Feature) -> list[Closure]:
        mask, lets_out = self._mask(feature)
        along, against = self._direction(feature)
        starts, ends = self._time(feature, "from"), self._time(feature, "to")
        if starts and ends and starts >= ends:
            raise BadFile(self.source, f"{feature.title} ends before it starts", "Put 'from' before 'to'.")
        delay_s = amount(feature, "delay_s", self.source, most=MOST_WAIT_S) or 0.0
        if delay_s and (feature.geometry or {}).get("type") != "Point":
            raise BadFile(
                self.source, f"{feature.title} has 'delay_s' but is not a Point", "Put a Point where its gate stands."
            )
        hours = self._hours(feature)
        label = str(feature.properties.get("label") or feature.properties.get("name") or f"closure {feature.number}")
        return [
            Closure(
                way,
                mask,
                at_m=at_m,
                along=along,
                against=against,
                starts=starts,
                ends=ends,
                label=label,
                delay_s=delay_s,
                hours=hours,
                lets_out=lets_out,
            )
            for way, at_m in self._where(feature)
        ]

    def _where(self, feature: Feature) -> list[tuple[int, float | None]]:
        named = self._named_ways(feature)
        geometry = feature.geometry or {}
        match geometry.get("type"):
            case None if named:
                return [(way, None) for way in named]
            case "Point":
                lon, lat = position(geometry.get("coordinates"), feature, self.network, self.source)
                spot = self._near(self.finder.nearest(lon, lat, among=named or None), feature)
                return [(spot.way, spot.at_m)]
            case "LineString":
                return self._on_lines([geometry.get("coordinates")], named, feature)
            case "MultiLineString":
                return self._on_lines(geometry.get("coordinates"), named, feature)
            case "Polygon" | "MultiPolygon" if not named:
                return self._on_ground(feature)
            case None:
                raise BadFile(self.source, f"{feature.title} names no way and has no geometry", _REMEDY)
            case other:
                raise BadFile(self.source, f"{feature.title} is a {other}", _REMEDY)

    def _named_ways(self, feature: Feature) -> list[int]:
        ids = feature.properties.get("ways", feature.properties.get("way"))
        if ids is None:
            return []
        listed = ids if isinstance(ids, list) else [ids]
        pieces = [_pieces(self.network, value) for value in listed]
        if unknown := [value for value, ways in zip(listed, pieces, strict=True) if not ways]:
            raise UnknownName(f"way in {feature.title} of {self.source}", unknown)
        return list(dict.fromkeys(way for ways in pieces for way in ways))

    def _on_ground(self, feature: Feature) -> list[tuple[int, float | None]]:
        try:
            ground = shapely.make_valid(shapely.force_2d(shapely.geometry.shape(dict(feature.geometry or {}))))
        except (ShapelyError, ValueError, TypeError, IndexError) as error:
            raise BadFile(self.source, f"{feature.title} has a ring that cannot be read", _REMEDY) from error
        if covered := self.finder.covered(ground):
            return covered
        raise BadGeometry(f"{self.source}: {feature.title} covers no street. Draw it over the street that it shuts.")

    def _on_lines(self, lines: object, named: list[int], feature: Feature) -> list[tuple[int, float | None]]:
        read = [self._line(line, feature) for line in lines] if isinstance(lines, list) else []
        if not read:
            raise BadFile(self.source, f"{feature.title} has an empty line", _REMEDY)
        if named:
            for lon, lat in (line[0] for line in read):
                self._near(self.finder.nearest(lon, lat, among=named), feature)
            return [(way, None) for way in named]
        return list(dict.fromkeys(place for line in read for place in self._on_line(line, feature)))

    def _on_line(self, line: Floats, feature: Feature) -> Sequence[tuple[int, float | None]]:
        if followed := self.finder.followed(line):
            return [(way, None) for way in followed]
        if crossed := self.finder.crossed(line):
            return [(spot.way, spot.at_m) for spot in crossed]
        self._near(self.finder.nearest(float(line[0, 0]), float(line[0, 1])), feature)
        raise BadGeometry(
            f"{self.source}: {feature.title} neither follows nor crosses a street. Draw it along the street it shuts."
        )

    def _line(self, line: object, feature: Feature) -> Floats:
        if not isinstance(line, list) or len(line) < 2:  # noqa: PLR2004 - a line has two ends
            raise BadFile(self.source, f"{feature.title} has a line of fewer than two points", _REMEDY)
        return np.array([position(point, feature, self.network, self.source) for point in line])

    def _near(self, spot: Spot | None, feature: Feature) -> Spot:
        if spot is None or spot.distance_m > REACH_M:
            far = "no street is there" if spot is None else f"the nearest is {spot.distance_m:.0f} m away"
            raise BadGeometry(
                f"{self.source}: {feature.title} is not on a street ({far}). "
                f"Put it within {REACH_M:.0f} m of the street it shuts."
            )
        return spot

    def _mask(self, feature: Feature) -> tuple[int, bool | None]:
        """The classes that are shut out, and whether those who leave are let out, None where nobody said."""
        shuts = _names(feature.properties.get("shuts"), MOTOR_CLASSES)
        passing = _names(feature.properties.get("lets_through"), ())
        known = (*VEHICLE_CLASSES, LEAVING)
        if unknown := [name for name in (*shuts, *passing) if name not in known]:
            raise UnknownName(f"vehicle class in {feature.title} of {self.source}", unknown, known)
        lets_out = True if LEAVING in passing else False if LEAVING in shuts else None
        held, let = ([name for name in names if name != LEAVING] for names in (shuts, passing))
        return class_mask(held) & ~class_mask(let), lets_out

    def _direction(self, feature: Feature) -> tuple[bool, bool]:
        direction = feature.properties.get("direction") or "both"
        if not isinstance(direction, str) or direction not in DIRECTIONS:
            raise UnknownName(f"direction in {feature.title} of {self.source}", [direction], DIRECTIONS)
        return DIRECTIONS[direction]

    def _hours(self, feature: Feature) -> str:
        hours = feature.properties.get("hours") or ""
        if hours and not (isinstance(hours, str) and understood(hours)):
            raise BadFile(self.source, f"{feature.title} has the 'hours' {hours!r}", _HOURS_REMEDY)
        return str(hours)

    def _time(self, feature: Feature, key: str) -> datetime | None:
        if not (text := feature.properties.get(key)):
            return None
        try:
            return read_moment(text)
        except BadInput as error:
            raise BadFile(self.source, f"{feature.title} has the {key!r} time {text!r}", _TIME_REMEDY) from error


_HOURS_REMEDY = "Write weekdays, times and months, such as 'Mo-Fr 07:00-09:00', 'Sa,Su' or 'Nov-Apr 20:00-06:00'."
_TIME_REMEDY = "Write times with their time zone, such as 2022-02-10T08:00:00+13:00."


def read_moment(text: str) -> datetime:
    """A moment written in ISO 8601 with its zone.

    >>> read_moment("2022-02-10T08:00:00+13:00").isoformat()
    '2022-02-10T08:00:00+13:00'

    Raises:
        BadInput: it is not a time, or lacks a time zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise BadInput(f"{text!r} cannot be read as a time. {_TIME_REMEDY}") from error
    if moment.tzinfo is None:
        raise BadInput(f"{text!r} lacks its time zone. {_TIME_REMEDY}")
    return moment


def _pieces(network: Network, value: object) -> list[int]:
    if isinstance(value, bool) or not isinstance(value, int):
        return []
    return [int(way) for way in np.flatnonzero(network.way_source == value)]


def _names(value: object, default: Iterable[str]) -> list[str]:
    if value is None:
        return list(default)
    return [str(name) for name in value] if isinstance(value, list) else str(value).split(",")
