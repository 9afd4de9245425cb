"""Give a network back to others as GeoJSON: one line for each way, one point for each obstacle.

The fields of a line are those that ``clearway network import`` reads from council centrelines, and more. Directions are those
of general traffic; who else may drive where is in ``along`` and ``against``.
"""

from __future__ import annotations

import json
from math import isnan
from typing import TYPE_CHECKING, Any

from clearway.files import writing
from clearway.network.classes import class_index, class_mask, class_names
from clearway.network.geometry import point_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.network.model import Network

_GENERAL = class_mask(["general"])
_MOST_OPEN = (class_mask(["general"]), class_mask(["bus"]), class_mask(["emergency"]), class_mask(["cycle"]))


def export_geojson(network: Network, path: Path) -> int:
    """Write a network as GeoJSON, one feature a line, whole or not at all; returns the number of features.

    Raises:
        BadFile: the file cannot be written.
    """
    count = 0
    with writing(path) as file:
        head = {"type": "FeatureCollection", "name": network.name, "attribution": list(network.notices)}
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        for feature in (*_ways(network), *_stops(network)):
            file.write(("" if count == 0 else ",") + "\n" + json.dumps(feature, ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    return count


def _ways(network: Network) -> Iterator[dict[str, Any]]:
    speed = network.arc_speed_kmh[class_index("general")]
    for way in range(network.way_count):
        along, against = (int(mask) for mask in network.arc_permit[2 * way : 2 * way + 2])
        width = float(network.way_width_m[way])
        properties = {
            "id": int(network.way_source[way]),
            "way": way,
            "name": network.street(way),
            "class": network.class_of(way),
            "oneway": _oneway(along, against),
            "along": list(class_names(along)),
            "against": list(class_names(against)),
            "speed_kmh": round(float(speed[2 * way]), 1),
            "speed_against_kmh": round(float(speed[2 * way + 1]), 1),
            "length_m": round(float(network.way_length_m[way]), 2),
            "grade": int(network.way_level[way]),
            "lanes": int(network.way_lanes[way]),
            "width_m": None if isnan(width) else width,
            "bus_trips": int(network.way_bus_trips[way]),
            "from": int(network.way_tail[way]),
            "to": int(network.way_head[way]),
        }
        geometry = {"type": "LineString", "coordinates": network.geometry(way).round(7).tolist()}
        yield {"type": "Feature", "properties": properties, "geometry": geometry}


def _oneway(along: int, against: int) -> str:
    """The direction of the first of general traffic, buses, engines and bicycles that may use the street at all."""
    for mask in _MOST_OPEN:
        if (along | against) & mask:
            return "both" if along & against & mask else "forward" if along & mask else "backward"
    return "both"


def _stops(network: Network) -> Iterator[dict[str, Any]]:
    for way, offset, blocks, kind in zip(
        network.stop_way.tolist(),
        network.stop_offset_m.tolist(),
        network.stop_blocks.tolist(),
        network.stop_kind.tolist(),
        strict=True,
    ):
        properties = {
            "kind": network.stop_kinds[kind],
            "way": way,
            "offset_m": round(offset, 2),
            "blocks": list(class_names(blocks)),
        }
        at = point_at(network.geometry(way), offset)
        yield {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": list(at)}}
