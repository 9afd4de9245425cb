"""Read an OpenStreetMap file into plain records: streets, barriers, restrictions, house numbers, places, areas.

One pass by osmium (two where multipolygons are put together). What is read is what the import may need, nothing is judged
here but coordinates: a node that the file lacks, or whose coordinates are off the globe, is *missing*.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium

from clearway.archives import check_packed
from clearway.errors import BadFile
from clearway.network.importers import osm_features
from clearway.network.importers.osm_features import AreaRecord, HouseNumber, PlaceRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clearway.network.model import Longs

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
MISSING = 2147483647
"""The coordinate of a node that the file lacks, in 1e-7 degrees."""

_MOST_X, _MOST_Y = 1_800_000_000, 900_000_000
"""The globe, in 1e-7 degrees."""
PROGRESS_EVERY_OBJECTS = 50_000
"""A word of progress each second or so."""
_REMEDY = "Download the extract again, or make it with 'osmium extract'."
_STREET_KEYS = frozenset(
    {
        *("highway", "junction", "oneway", "name", "ref", "layer", "bridge", "tunnel", "area", "service", "route"),
        *("maxspeed", "lanes", "width", "est_width", "busway", "cycleway"),
    }
)
_LANES_WITH_A_SAY = frozenset({"bus", "psv"})
_NODE_KEYS = ("highway", "railway", "barrier", "entrance", "addr:housenumber", "amenity", "emergency")
_OTHER_KEYS = ("highway", "railway", "route", "addr:interpolation", "type", *osm_features.AREA_KEYS)


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
        path: ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
        access_keys: Access keys of all vehicle classes; other tags of a street that no rule reads are dropped.
        tell: Called now and then with a few words on how far the reading is.

    Raises:
        BadFile: the file is missing, empty, cut short, no OpenStreetMap file, out of order, or has no street.
    """
    _check_file(path)
    reading = _Reading(_STREET_KEYS | set(access_keys) | _LANES_WITH_A_SAY, tell)
    processor = osmium.FileProcessor(str(path)).with_areas(osmium.filter.KeyFilter(*osm_features.AREA_KEYS))
    for keys, kinds in ((_NODE_KEYS, osmium.osm.NODE), (_OTHER_KEYS, osmium.osm.WAY | osmium.osm.RELATION | osmium.osm.AREA)):
        wanted = osmium.filter.KeyFilter(*keys)
        wanted.enable_for(kinds)
        processor.with_filter(wanted)
    try:
        box = processor.header.box()
        for thing in processor:
            reading.take(thing)
    except RuntimeError as error:  # the only error osmium raises for a file that it cannot read
        raise BadFile(path, f"not a complete OpenStreetMap file ({error})", _REMEDY) from error
    data = reading.data
    if box.valid():
        data.box = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    _check_order(path, data, processor.node_location_storage)
    return data


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise BadFile(path, "there is no such file", "Check the name.")
    if not path.name.lower().endswith(SUFFIXES):
        raise BadFile(
            path, "this kind of file does not hold OpenStreetMap data", f"Give one that ends in {', '.join(SUFFIXES)}."
        )
    if path.stat().st_size == 0:
        raise BadFile(path, "the file is empty", _REMEDY)
    check_packed(path)


def _check_order(path: Path, data: OsmData, locations: Any) -> None:  # noqa: ANN401 - osmium has no type for it
    if not data.way_ids:
        raise BadFile(path, "has no street (no way with highway=*)", "Give an extract that contains streets.")
    refs, x, _ = data.nodes()
    missing = np.unique(refs[x == MISSING])
    if len(missing) and missing[0] <= 0:
        raise BadFile(
            path, "nodes have negative ids, as in a map that was never uploaded", "Run 'osmium renumber' on it first."
        )
    for ref in missing.tolist():
        try:
            found = locations.get(ref)
        except KeyError:
            continue
        if found.valid():
            raise BadFile(path, "its ways come before their nodes", "Run 'osmium sort' on it first.")
    if len(missing) == len(np.unique(refs)):
        problem = "no street has a node with coordinates on the globe"
        raise BadFile(
            path, problem, "If longitude and latitude are swapped, swap them; otherwise make the extract again with its nodes."
        )


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
        self._take[thing.type_str()](thing)

    def _node(self, node: Any) -> None:  # noqa: ANN401
        tags = dict(node.tags)
        if "barrier" in tags:
            self.data.barriers[node.id] = tags
        location = node.location
        if not location.valid():
            return
        lon, lat = location.lon, location.lat
        rank = osm_features.entrance_rank(tags)
        if rank:
            self.data.entrances[node.id] = (rank, lon, lat)
        self._named_things(tags, lon, lat)

    def _named_things(self, tags: dict[str, str], lon: float, lat: float) -> None:
        if "addr:housenumber" in tags:
            self.data.house_numbers.append(osm_features.house_number(tags, lon, lat))
        if kind := osm_features.place_kind(tags):
            self.data.places.append(PlaceRecord(kind, tags.get("name"), lon, lat))

    def _way(self, way: Any) -> None:  # noqa: ANN401
        if "highway" in way.tags:
            self._street(way)
            return
        other = self.data.other
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
