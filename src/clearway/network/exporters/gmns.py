"""Give a network back to others in the General Modeling Network Specification (GMNS, Zephyr Foundation).

``config.csv``, ``use_definition.csv``, ``node.csv``, ``link.csv`` (one directed link for each arc that somebody may drive
from end to end; its id is the arc's) and ``movement.csv``. At a junction with a turn restriction every movement that somebody
may make is listed with who may make it; one that is not listed is forbidden to all. Where nobody may make any, all are listed
for the use ``nobody``: a junction without a row would be free to all. A restriction over three arcs or more has no place in
GMNS: such are counted and left out. So are obstacles in the middle of a street, but who cannot get through is taken off
``allowed_uses``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.files import writing
from clearway.network.classes import VEHICLE_CLASSES, class_index, class_names
from clearway.network.geometry import flat_scale
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clearway.network.model import Network

GMNS_VERSION = 0.97
"""The version of the specification whose tables are written."""
_PAIR_ARCS = 2
"""A movement of GMNS joins two links: longer restrictions cannot be written as one."""
_STRAIGHT_DEGREES = 30
"""A bend of up to a third of a right angle is straight on for a driver."""
_UTURN_DEGREES = 170
"""Nearly back: sharper than any turn from one street into another."""
_CAR_EQUIVALENTS = {"emergency": 2, "service": 1.5, "bus": 2, "foot": 0, "cycle": 0.2}
_PERSONS = {"bus": 20}
_NOBODY = "nobody"
"""The use of a movement that no class may make."""
_MOST_FREE_SPEED_KMH = 200.0
"""What the specification allows in ``free_speed``."""


@dataclass(frozen=True, slots=True)
class GmnsExport:
    """What was written: rows of ``node.csv``, ``link.csv`` and ``movement.csv``, and the restrictions that GMNS cannot say."""

    nodes: int
    links: int
    movements: int
    restrictions_left_out: int


def export_gmns(network: Network, folder: Path) -> GmnsExport:
    """Write a network as GMNS tables into a folder, made if it does not exist.

    Raises:
        BadFile: a file cannot be written.
    """
    _table(folder / "config.csv", [_config(network)])
    movements = list(_movements(network))
    _table(folder / "use_definition.csv", _uses(nobody=any(row["allowed_uses"] == _NOBODY for row in movements)))
    nodes = _table(folder / "node.csv", _nodes(network))
    links = _table(folder / "link.csv", _links(network))
    long = int((np.diff(network.turn_start) > _PAIR_ARCS).sum())
    return GmnsExport(nodes, links, _table(folder / "movement.csv", movements, _MOVEMENT), long)


_MOVEMENT = ("mvmt_id", "node_id", "ib_link_id", "ob_link_id", "type", "allowed_uses")


def _table(path: Path, rows: Iterable[dict[str, Any]], columns: tuple[str, ...] = ()) -> int:
    count = 0
    with writing(path) as file:
        writer = CsvWriter(file, lineterminator="\r\n")
        for row in rows:
            if not count:
                writer.writerow(row)
            writer.writerow(row.values())
            count += 1
        if not count:
            writer.writerow(columns)
    return count


def _config(network: Network) -> dict[str, Any]:
    return {
        "dataset_name": network.name,
        "short_length": "m",
        "long_length": "km",
        "speed": "km/h",
        "crs": "EPSG:4326",
        "geometry_field_format": "WKT",
        "currency": "",
        "version_number": GMNS_VERSION,
        "id_type": "integer",
        "attribution": "; ".join(network.notices),
    }


def _uses(*, nobody: bool) -> Iterator[dict[str, Any]]:
    for name in (*VEHICLE_CLASSES, *([_NOBODY] if nobody else [])):
        persons, equivalents = _PERSONS.get(name, 1), _CAR_EQUIVALENTS.get(name, 1)
        yield {"use": name, "persons_per_vehicle": persons, "pce": equivalents, "special_conditions": "", "description": ""}


def _nodes(network: Network) -> Iterator[dict[str, Any]]:
    columns = (network.junction_lon.tolist(), network.junction_lat.tolist(), network.junction_edge.tolist())
    for node, (lon, lat, edge) in enumerate(zip(*columns, strict=True)):
        yield {"node_id": node, "x_coord": lon, "y_coord": lat, "node_type": "edge of the data" if edge else "intersection"}


def _links(network: Network) -> Iterator[dict[str, Any]]:
    speed = network.arc_speed_kmh[class_index("general")]
    through = network.arc_through
    for arc in np.flatnonzero(through).tolist():  # an empty cell of allowed_uses would say that everybody may
        way = arc >> 1
        points = network.geometry(way)[:: -1 if arc & 1 else 1]
        yield {
            "link_id": arc,
            "name": network.street(way) or "",
            "from_node_id": int(network.arc_tail[arc]),
            "to_node_id": int(network.arc_head[arc]),
            "directed": "true",
            "geometry": "LINESTRING (" + ", ".join(f"{lon:.7f} {lat:.7f}" for lon, lat in points) + ")",
            "dir_flag": 1,
            "length": round(float(network.way_length_m[way]) / 1000, 6),
            "facility_type": network.class_of(way),
            "free_speed": round(min(float(speed[arc]), _MOST_FREE_SPEED_KMH), 1),
            "lanes": _lanes(network, way),
            "allowed_uses": ",".join(class_names(int(through[arc]))),
            "source_id": int(network.way_source[way]),
            "level": int(network.way_level[way]),
            "bus_trips": int(network.way_bus_trips[way]),
        }


def _lanes(network: Network, way: int) -> int | str:
    """Lanes in one direction, empty where not known: all of them on a one-way street, else half of them."""
    lanes = int(network.way_lanes[way])
    if not lanes:
        return ""
    general = 1 << class_index("general")
    both = network.arc_permit[2 * way] & network.arc_permit[2 * way + 1] & general
    return max(lanes // 2, 1) if both else lanes


def _movements(network: Network) -> Iterator[dict[str, Any]]:
    pairs = np.flatnonzero(np.diff(network.turn_start) == _PAIR_ARCS)
    first = network.turn_start[pairs]
    into, out = network.turn_arcs[first], network.turn_arcs[first + 1]
    bound: dict[tuple[int, int], int] = defaultdict(int)
    for arc_in, arc_out, classes in zip(into.tolist(), out.tolist(), network.turn_classes[pairs].tolist(), strict=True):
        bound[arc_in, arc_out] |= classes
    junctions = np.unique(network.arc_head[into])
    arriving, leaving = _arms(network, network.arc_head, junctions), _arms(network, network.arc_tail, junctions)
    through = network.arc_through
    number = 0
    for junction in junctions.tolist():
        every = {
            (arc_in, arc_out): int(through[arc_in] & through[arc_out]) & ~bound.get((arc_in, arc_out), 0)
            for arc_in in arriving[junction]
            for arc_out in leaving[junction]
        }
        some = any(every.values())
        for (arc_in, arc_out), allowed in every.items():
            if allowed or not some:
                uses = ",".join(class_names(allowed)) or _NOBODY
                values = (number, junction, arc_in, arc_out, turn_type(network, arc_in, arc_out), uses)
                yield dict(zip(_MOVEMENT, values, strict=True))
                number += 1


def _arms(network: Network, end: Any, junctions: Any) -> dict[int, list[int]]:  # noqa: ANN401 - integer arrays
    found: dict[int, list[int]] = {junction: [] for junction in junctions.tolist()}
    for arc in np.flatnonzero(np.isin(end, junctions) & (network.arc_permit > 0)).tolist():
        found[int(end[arc])].append(arc)
    return found


def turn_type(network: Network, arc_in: int, arc_out: int) -> str:
    """``thru`` within 30 degrees of straight on, ``uturn`` into the same way or beyond 170, else ``left`` or ``right``."""
    if arc_in ^ 1 == arc_out:
        return "uturn"
    before, after = _heading(network, arc_in, leaving=False), _heading(network, arc_out, leaving=True)
    turn = np.degrees(np.angle(after / before))
    if abs(turn) <= _STRAIGHT_DEGREES:
        return "thru"
    return "uturn" if abs(turn) > _UTURN_DEGREES else "left" if turn > 0 else "right"


def _heading(network: Network, arc: int, *, leaving: bool) -> complex:
    points = network.geometry(arc >> 1)[:: -1 if arc & 1 else 1]
    pair = points[:2] if leaving else points[-2:]
    east, north = (pair[1] - pair[0]) * flat_scale(float(pair[0, 1]))
    return complex(east, north) or 1 + 0j
