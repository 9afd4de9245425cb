"""What the tiles show of a network: layers of features on the unit square, indexed for drawing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.open_ends import open_ends_of
from clearway.planning.street_names import shown_name
from clearway.server.desks.map.mercator import to_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from clearway.network.model import Ints, Network

Shapes = Any
"""(n,) object array of shapely geometries."""

ADDRESS_ZOOM = 14
_STREET_ZOOM = {
    **dict.fromkeys(("motorway", "motorway_link", "trunk", "trunk_link"), 0),
    **dict.fromkeys(("primary", "primary_link"), 9),
    **dict.fromkeys(("secondary", "secondary_link"), 11),
    **dict.fromkeys(("tertiary", "tertiary_link"), 12),
    **dict.fromkeys(("unclassified", "residential", "living_street", "road", "busway", "pedestrian"), 13),
    "service": 14,
    "track": 14,
}
_FOOT_ZOOM = 14
_LABEL_LATER = 1
_AREA_ZOOM = {"building": 14, "water": 0, "park": 9}
_PLACE_ZOOM = {"fire_station": 10, "ambulance_station": 10, "hospital": 10, "fire_hydrant": 16, "turning_place": 16}
_OTHER_PLACE_ZOOM = 13
_END_ZOOM = 13


@dataclass(frozen=True, eq=False)
class Layer:
    """Features of one tile layer.

    Attributes:
        name: Layer name in the tile.
        shapes: (n,) geometries on the unit square.
        ids: (n,) feature ids.
        zoom: (n,) lowest zoom at which each is drawn.
        properties: Properties of one feature by its row.
    """

    name: str
    shapes: Shapes
    ids: Ints
    zoom: NDArray[np.int8]
    properties: Callable[[int], dict[str, Any]]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    def rows(self, zoom: int, box: tuple[float, float, float, float]) -> Ints:
        """Rows drawn at a zoom whose bounds meet a box (west, north, east, south on the unit square), in order."""
        found = np.sort(self._tree.query(shapely.box(*box)))
        rows: Ints = found[self.zoom[found] <= zoom].astype(np.int32)
        return rows


def network_layers(network: Network) -> list[Layer]:
    """Every layer of a network's tiles: areas, streets, labels, addresses, places, open ends."""
    return [_areas(network), _streets(network), _labels(network), _addresses(network), _places(network), _ends(network)]


def street_zoom(network: Network) -> NDArray[np.int8]:
    """(W,) lowest zoom at which each way is drawn."""
    by_class = [_STREET_ZOOM.get(name, _FOOT_ZOOM) for name in network.street_classes]
    zoom: NDArray[np.int8] = np.array(by_class, np.int8)[network.way_class]
    return zoom


def oneway_signs(network: Network) -> NDArray[np.int8]:
    """(W,) 1: driven along only, -1: against only, 0: both ways or not at all; by the general class, else any motor class."""
    signs = np.zeros(network.way_count, np.int8)
    for mask in (class_mask(MOTOR_CLASSES), class_mask(["general"])):
        along, against = (network.arc_permit[side::2] & mask > 0 for side in (0, 1))
        signs = np.where(along | against, along.astype(np.int8) - against.astype(np.int8), signs)
    return signs


def drivable_ways(network: Network) -> NDArray[np.bool_]:
    """(W,) ways that some class of motor vehicle may drive, in some direction."""
    drivable: NDArray[np.bool_] = (network.arc_permit[0::2] | network.arc_permit[1::2]) & class_mask(MOTOR_CLASSES) > 0
    return drivable


def _streets(network: Network) -> Layer:
    signs, drivable = oneway_signs(network), drivable_ways(network)

    def properties(way: int) -> dict[str, Any]:
        return {
            "name": shown_name(network.street(way)),
            "class": network.class_of(way),
            "oneway": int(signs[way]),
            "level": int(network.way_level[way]),
            "bus_trips": int(network.way_bus_trips[way]),
            "drivable": bool(drivable[way]),
        }

    return Layer("streets", way_lines(network), np.arange(network.way_count, dtype=np.int32), street_zoom(network), properties)


def way_lines(network: Network) -> Shapes:
    """(W,) line of each way on the unit square."""
    counts = np.diff(network.way_points)
    world = to_world(network.point_lon, network.point_lat)
    return shapely.linestrings(world, indices=np.repeat(np.arange(network.way_count), counts))


def _labels(network: Network) -> Layer:
    """Ways of one name, class and level joined into long lines, so that a name has room."""
    groups: dict[tuple[str, str], list[int]] = {}
    for way in range(network.way_count):
        name = shown_name(network.street(way))
        if name:
            groups.setdefault((name, network.class_of(way)), []).append(way)
    lines = way_lines(network)
    shapes, keys, zoom = [], [], []
    for (name, street_class), ways in groups.items():
        for part in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines[ways]))):
            shapes.append(part)
            keys.append({"name": name, "class": street_class})
            zoom.append(_STREET_ZOOM.get(street_class, _FOOT_ZOOM) + _LABEL_LATER)
    return Layer("labels", _objects(shapes), np.arange(len(keys), dtype=np.int32), np.array(zoom, np.int8), keys.__getitem__)


def _addresses(network: Network) -> Layer:
    def properties(address: int) -> dict[str, Any]:
        return {"label": network.string(int(network.address_label[address]))}

    shapes = shapely.points(to_world(network.address_lon, network.address_lat))
    count = network.address_count
    return Layer("addresses", shapes, np.arange(count, dtype=np.int32), np.full(count, ADDRESS_ZOOM, np.int8), properties)


def _places(network: Network) -> Layer:
    def properties(place: int) -> dict[str, Any]:
        kind = network.place_kinds[int(network.place_kind[place])]
        return {"kind": kind, "name": network.string(int(network.place_name[place]))}

    by_kind = np.array([_PLACE_ZOOM.get(kind, _OTHER_PLACE_ZOOM) for kind in network.place_kinds], np.int8)
    shapes = shapely.points(to_world(network.place_lon, network.place_lat))
    return Layer("places", shapes, np.arange(len(shapes), dtype=np.int32), by_kind[network.place_kind], properties)


def _ends(network: Network) -> Layer:
    """Where the data end though the street may go on, with the reason."""
    ends = open_ends_of(network)
    lon, lat = (np.array([end[axis] for end in ends], np.float64) for axis in ("lon", "lat"))

    def properties(row: int) -> dict[str, Any]:
        return {"why": ends[row]["why"], "doubtful": ends[row]["doubtful"]}

    ids, zoom = np.array([end["junction"] for end in ends], np.int32), np.full(len(ends), _END_ZOOM, np.int8)
    return Layer("ends", shapely.points(to_world(lon, lat)), ids, zoom, properties)


def _areas(network: Network) -> Layer:
    def properties(area: int) -> dict[str, Any]:
        kind = network.area_kinds[int(network.area_kind[area])]
        return {"kind": kind, "name": network.string(int(network.area_name[area]))}

    world = to_world(network.area_lon, network.area_lat)
    rings = [world[first:end] for first, end in zip(network.area_points[:-1], network.area_points[1:], strict=True)]
    usable = [row for row, ring in enumerate(rings) if len(ring) > 3]  # noqa: PLR2004 - a closed triangle
    shapes = shapely.make_valid(_objects([shapely.Polygon(rings[row]) for row in usable]))
    by_kind = np.array([_AREA_ZOOM.get(kind, ADDRESS_ZOOM) for kind in network.area_kinds], np.int8)
    zoom = by_kind[network.area_kind[usable]]
    return Layer("areas", shapes, np.array(usable, np.int32), zoom, lambda row: properties(usable[row]))


def _objects(shapes: list[Any]) -> Shapes:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
