"""Read an OpenStreetMap file into plain records: streets, barriers, restrictions, house numbers, places, areas.

One pass by osmium (two where multipolygons are put together), on the file as it lies where that is possible
(:mod:`clearway.network.importers.osm_file`). What is read is what the import may need, nothing is judged here but coordinates:
a node that the file lacks, or whose coordinates are off the globe, is *missing*.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium

from clearway.errors import BadFile
from clearway.network.importers import osm_features
from clearway.network.importers.osm_features import AreaRecord, HouseNumber, PlaceRecord
from clearway.network.importers.osm_file import Fault, OsmFile
from clearway.network.importers.osm_limits import limit_keys, node_limit_keys
from clearway.network.importers.osm_values import metres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clearway.network.model import Longs

MISSING = 2147483647
"""The coordinate of a node that the file lacks, in 1e-7 degrees."""

_MOST_X, _MOST_Y = 1_800_000_000, 900_000_000
"""The globe, in 1e-7 degrees."""
TURNING_PLACES = frozenset({"turning_circle", "turning_loop", "mini_roundabout"})
"""Nodes on a street where a vehicle can turn round."""
PROGRESS_EVERY_OBJECTS = 50_000
"""A word of progress each second or so."""
_WAYS_TO_TRY = 100
"""Either all ways of a file have places of their own, or none has; the first few may have lost their nodes."""
_WORDS = {"twice in input": Fault.TWICE, "out of order": Fault.ORDER, "inside <member>": Fault.TEXT}
"""What osmium says of files that can be put in order."""
_REMEDY = "Download the extract again, or make it with 'osmium extract'."
_STREET_KEYS = frozenset(
    {
        *("highway", "junction", "oneway", "name", "ref", "layer", "bridge", "tunnel", "area", "service", "route", "motorroad"),
        "driving_side",
        *limit_keys(),
        *("maxspeed", "lanes", "width", "est_width", "busway", "cycleway"),
    }
)
_NO_BARRIERS = frozenset({"no", "kerb", "handrail", "retaining_wall"})
"""Lines that lie along or beside streets, not across them."""
_LANES_WITH_A_SAY = frozenset({"bus", "psv"})
_NODE_KEYS = ("highway", "railway", "barrier", "entrance", "addr:housenumber", "amenity", "emergency", *node_limit_keys())
_OTHER_KEYS = ("highway", "barrier", "railway", "route", "addr:interpolation", "type", *osm_features.AREA_KEYS)


@dataclass(slots=True)
class BarrierLine:
    """A barrier drawn as a line: its kind and its points, longitude and latitude."""

    kind: str
    points: list[tuple[float, float]]


@dataclass(slots=True)
class Square:
    """Open ground: an area that people cross, and vehicles could."""

    name: str | None
    ring: list[tuple[float, float]]


@dataclass(slots=True)
class Relation:
    """A turn restriction: tags and members (type ``n``, ``w`` or ``r``, id, role)."""

    id: int
    tags: dict[str, str]
    members: list[tuple[str, int, str]]


@dataclass(slots=True)
class OsmData:
    """What one file holds. Nodes of way ``i``: ``way_start[i]:way_start[i + 1]`` of ``refs``, ``x``, ``y`` (1e-7 degrees)."""

    way_ids: list[int] = field(default_factory=list)
    way_tags: list[dict[str, str]] = field(default_factory=list)
    way_start: array[int] = field(default_factory=lambda: array("q", [0]))
    refs: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))
    barriers: dict[int, dict[str, str]] = field(default_factory=dict)
    limits: dict[int, dict[str, str]] = field(default_factory=dict)
    turning_places: set[int] = field(default_factory=set)
    barrier_places: set[tuple[float, float]] = field(default_factory=set)
    barrier_lines: list[BarrierLine] = field(default_factory=list)
    squares: list[Square] = field(default_factory=list)
    entrances: dict[int, tuple[int, float, float]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    house_numbers: list[HouseNumber] = field(default_factory=list)
    places: list[PlaceRecord] = field(default_factory=list)
    areas: list[AreaRecord] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)
    box: tuple[float, float, float, float] | None = None

    def nodes(self) -> tuple[Longs, Longs, Longs]:
        """Node ids and coordinates in 1e-7 degrees, all ways one after the other."""
        x, y = (np.frombuffer(axis, np.int32).astype(np.int64) for axis in (self.x, self.y))
        off = (np.abs(x) > _MOST_X) | (np.abs(y) > _MOST_Y)
        x[off], y[off] = MISSING, MISSING
        return np.frombuffer(self.refs, np.int64), x, y


def read_osm(path: Path, access_keys: Iterable[str], tell: Callable[[str], None]) -> OsmData:
    """Read a file.

    Args:
        path: ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.o5m``, ``.opl``, or Overpass JSON.
        access_keys: Access keys of all vehicle classes; other tags of a street that no rule reads are dropped.
        tell: Called now and then with a few words on how far the reading is.

    Raises:
        BadFile: the file is missing, empty, cut short, no OpenStreetMap file, has no street, or is too large to be put in
        order.
    """
    keys = _STREET_KEYS | set(access_keys) | _LANES_WITH_A_SAY
    with TemporaryDirectory(prefix="clearway-") as folder:
        source = OsmFile(path, Path(folder))
        while True:
            data, fault = _read(source, keys, tell)
            if fault is None:
                return data
            tell("putting the file in order")
            source.overcome(fault)


def _read(source: OsmFile, keys: frozenset[str] | set[str], tell: Callable[[str], None]) -> tuple[OsmData, Fault | None]:
    reading = _Reading(keys, tell)
    try:
        processor = osmium.FileProcessor(source.file).with_areas(osmium.filter.KeyFilter("highway", *osm_features.AREA_KEYS))
        for kinds, wanted in (
            (osmium.osm.NODE, _NODE_KEYS),
            (osmium.osm.WAY | osmium.osm.RELATION | osmium.osm.AREA, _OTHER_KEYS),
        ):
            keyed = osmium.filter.KeyFilter(*wanted)
            keyed.enable_for(kinds)
            processor.with_filter(keyed)
        box = processor.header.box()
        for thing in processor:
            reading.take(thing)
    except osmium.InvalidLocationError:
        return reading.data, Fault.TEXT
    except RuntimeError as error:  # the only other error osmium raises for a file that it cannot read
        for words, fault in _WORDS.items():
            if words in str(error):
                return reading.data, fault
        raise BadFile(source.path, f"not a complete OpenStreetMap file ({error})", _REMEDY) from error
    data = reading.data
    if box.valid():
        data.box = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    return data, _checked(source, data, processor.node_location_storage)


def _checked(source: OsmFile, data: OsmData, locations: Any) -> Fault | None:  # noqa: ANN401 - osmium has no type for it
    """Count what lies off the globe; say what still keeps the file from being read.

    Raises:
        BadFile: it has no street, or no street that lies anywhere.
    """
    if not data.way_ids:
        raise BadFile(source.path, "has no street (no way with highway=*)", "Give an extract that contains streets.")
    if fault := _why_missing(source, data, locations):
        return fault
    refs, x, _ = data.nodes()
    off = len(np.unique(refs[(np.frombuffer(data.x, np.int32) != MISSING) & (x == MISSING)])) + source.off_globe
    if off:
        data.other["node off the globe"] = off
    if (x == MISSING).all():
        problem = "no street has a node with coordinates on the globe"
        remedy = "If longitude and latitude are swapped, swap them; otherwise make the extract again with its nodes."
        raise BadFile(source.path, problem, remedy)
    return None


def _why_missing(source: OsmFile, data: OsmData, locations: Any) -> Fault | None:  # noqa: ANN401
    refs, x, _ = data.nodes()
    missing = np.unique(refs[x == MISSING])
    if len(missing) and missing[0] <= 0:
        return Fault.NEGATIVE
    for ref in missing.tolist():
        try:
            found = locations.get(ref)
        except KeyError:
            continue
        if found.valid():
            return Fault.ORDER
    if len(missing):
        ways: Any = islice(osmium.FileProcessor(source.file, osmium.osm.WAY), _WAYS_TO_TRY)
        if any(node.location.valid() for way in ways for node in way.nodes):
            return Fault.ON_WAYS
    return None


class _Reading:
    """Takes one object after the other into an ``OsmData``."""

    def __init__(self, street_keys: frozenset[str] | set[str], tell: Callable[[str], None]) -> None:
        self.data = OsmData()
        self._street_keys = street_keys
        self._tell = tell
        self._seen = 0
        self._read: dict[str, bool] = {}
        self._take = {"n": self._node, "w": self._way, "r": self._relation, "a": self._area}

    def take(self, thing: Any) -> None:  # noqa: ANN401 - osmium's objects have no common public type
        self._seen += 1
        if self._seen % PROGRESS_EVERY_OBJECTS == 0:
            self._tell(f"reading: {self._seen:,} objects, {len(self.data.way_ids):,} streets")
        if not thing.deleted:
            self._take[thing.type_str()](thing)

    def _node(self, node: Any) -> None:  # noqa: ANN401
        tags = dict(node.tags)
        if "barrier" in tags:
            self.data.barriers[node.id] = tags
        elif not node_limit_keys().isdisjoint(tags):
            self.data.limits[node.id] = tags
        if tags.get("highway") in TURNING_PLACES:
            self.data.turning_places.add(node.id)
        location = node.location
        if not location.valid():
            return
        lon, lat = location.lon, location.lat
        if "barrier" in tags:
            self.data.barrier_places.add((lon, lat))
        rank = osm_features.entrance_rank(tags)
        if rank:
            self.data.entrances[node.id] = (rank, lon, lat)
        self._named_things(tags, lon, lat)

    def _named_things(self, tags: dict[str, str], lon: float, lat: float) -> None:
        if "addr:housenumber" in tags:
            self.data.house_numbers.append(osm_features.house_number(tags, lon, lat))
        if kind := osm_features.place_kind(tags):
            self.data.places.append(PlaceRecord(kind, tags.get("name"), lon, lat, metres(tags.get("diameter"))))

    def _way(self, way: Any) -> None:  # noqa: ANN401
        if "highway" in way.tags:
            self._street(way)
            return
        other = self.data.other
        kind = way.tags.get("barrier")
        if kind and kind not in _NO_BARRIERS:
            points = [(node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()]
            if len(points) > 1:
                self.data.barrier_lines.append(BarrierLine(kind, points))
        if "addr:interpolation" in way.tags:
            other["house number interpolation line"] += 1
        for key in ("railway", "route"):
            if key in way.tags:
                other[f"{key}={way.tags[key]}"] += 1
                return
        if "building" in way.tags and not way.is_closed():
            other["building outline not closed"] += 1
        elif "building" in way.tags and any(node.x == MISSING for node in way.nodes):
            other["building outline with missing nodes"] += 1

    def _street(self, way: Any) -> None:  # noqa: ANN401
        data = self.data
        add_ref, add_x, add_y = data.refs.append, data.x.append, data.y.append
        for node in way.nodes:
            location = node.location
            add_ref(node.ref)
            add_x(location.x)
            add_y(location.y)
        data.way_start.append(len(data.refs))
        data.way_ids.append(way.id)
        data.way_tags.append({key: value for key, value in way.tags if self._is_read(key)})

    def _is_read(self, key: str) -> bool:
        """Whether some rule reads a key of a street; remembered for each key."""
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = key.partition(":")[0] in self._street_keys
        return found

    def _relation(self, relation: Any) -> None:  # noqa: ANN401
        kind = relation.tags.get("type", "")
        if kind.startswith("restriction"):
            members = [(member.type, member.ref, member.role) for member in relation.members]
            self.data.relations.append(Relation(relation.id, dict(relation.tags), members))
        elif kind == "multipolygon" and "highway" in relation.tags:
            self.data.other[f"multipolygon of highway={relation.tags['highway']}"] += 1

    def _area(self, area: Any) -> None:  # noqa: ANN401
        tags = dict(area.tags)
        kind = osm_features.area_kind(tags)
        place = osm_features.place_kind(tags)
        if "highway" in tags and (tags.get("area") == "yes" or not area.from_way()):
            rings = [[(node.location.lon, node.location.lat) for node in ring] for ring in area.outer_rings()]
            self.data.squares += [Square(tags.get("name"), ring) for ring in rings]
        if kind is None and place is None and "addr:housenumber" not in tags:
            return
        for ring in area.outer_rings():
            nodes = [(node.ref, (at := node.location).lon, at.lat) for node in ring]
            record = AreaRecord(area.orig_id(), kind, tags.get("name"), nodes, osm_features.is_building_of_note(tags))
            if "addr:housenumber" in tags:
                record.number = osm_features.house_number(tags, *record.middle())
            if kind:
                self.data.areas.append(record)
            elif record.number:
                self.data.house_numbers.append(record.number)
            if place:
                self.data.places.append(PlaceRecord(place, tags.get("name"), *record.middle()))
                place = None  # one place, however many rings
