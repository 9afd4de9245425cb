"""Import council centrelines: GeoJSON as the Wellington pack documents it.

A piece is a LineString between two junctions; pieces that meet share exactly equal end coordinates, and pieces that cross
without sharing one are on different levels. Fields: ``id``, ``name``, ``class``, ``oneway`` (forward, backward, both,
unknown), ``access`` (bus, authorised or null), ``bus_contraflow``, ``speed_kmh``, ``grade``; ``lanes`` and ``width_m`` where
a council has them.

A feature that is no centreline for us (another geometry, another class) is counted and left out. A feature whose figures
cannot be true (coordinates off the globe, a speed of minus ten) is a fault of the file: all such are named at once, and
nothing is imported.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask, drivable_classes, load_street_classes, load_vehicle_classes
from clearway.network.importers.council_checks import faults, off_the_globe
from clearway.network.importers.data_edge import BORDER, HIGHER, dead_ends_at_border, with_doubtful_ends
from clearway.network.importers.doubts import doubts_of, with_doubts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.classes import StreetClass, VehicleClass
    from clearway.network.model import Network

EDGE_WITHIN_M = 150.0
"""A council's file declares no box, so its border is drawn round its streets, and streets bulge over it by about a block."""
_REMEDY = "Give a GeoJSON FeatureCollection of LineStrings with the fields 'id', 'class' and 'oneway'."
_BUS = class_mask(["bus"])
_FREE_OF_SIGNS = class_mask(["foot"])
_ACCESS = {
    "bus": class_mask(["emergency", "bus", "foot", "cycle"]),
    "authorised": class_mask(["emergency", "resident", "service", "bus", "foot", "cycle"]),
}
_ONEWAY = ("forward", "backward", "both", "unknown", None)
_LARGER = ("motorway", "trunk", "primary", "secondary", "tertiary")
_NEVER_STOPS = ("motorway", "trunk")
_OSM_NOTICE = "(c) OpenStreetMap contributors"
_PACK_NOTICE = "Wellington City Council, CC BY 4.0"


def import_council(
    path: Path,
    *,
    name: str | None = None,
    vehicle_classes: tuple[VehicleClass, ...] | None = None,
    street_classes: tuple[StreetClass, ...] | None = None,
    driving_side: str | None = None,
    notices: tuple[str, ...] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Network:
    """Read council centrelines into a network.

    Args:
        path: A GeoJSON file.
        name: The network's name, by default the file's own.
        vehicle_classes: The table of vehicle classes, by default ours.
        street_classes: The table of street classes, by default ours.
        driving_side: ``left`` (the default) or ``right``.
        notices: Attribution lines, by default those of the file.
        tell: Called now and then with a few words on how far the import is.

    Raises:
        BadFile: the file cannot be read, is no GeoJSON, holds figures that cannot be true, or holds no usable line.
    """
    collection = _collection(path)
    features = collection["features"]
    tell(f"reading {len(features):,} centrelines")
    _refuse_faults(path, features)
    draft = NetworkDraft(
        name or path.name.split(".")[0],
        vehicle_classes=vehicle_classes or load_vehicle_classes(),
        street_classes=street_classes or load_street_classes(),
        driving_side=driving_side or "left",
        notices=_notices(collection) if notices is None else notices,
    )
    draft.report = _add_ways(draft, features)
    if not draft.report["streets"]["kept"]:
        why = ", ".join(f"{reason}: {count}" for reason, count in draft.report["ignored"].items())
        raise BadFile(path, f"has no usable centreline ({why or 'no features at all'})", _REMEDY)
    reasons = _mark_edges(draft)
    made = with_doubtful_ends(draft.finish(), reasons)
    return with_doubts(made, doubts_of(made, drivable_classes(draft.street_classes)))


def _collection(path: Path) -> dict[str, Any]:
    try:
        collection = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror})", "Check the name.") from error
    except ValueError as error:
        raise BadFile(path, f"not a complete GeoJSON file ({error})", _REMEDY) from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise BadFile(path, "not a GeoJSON FeatureCollection", _REMEDY)
    return dict(collection)


def _refuse_faults(path: Path, features: list[dict[str, Any]]) -> None:
    found = faults(features)
    if found:
        shown = "; ".join(found[:5]) + (f"; and {len(found) - 5} more" if len(found) > 5 else "")  # noqa: PLR2004 - five say enough
        raise BadFile(path, shown, "Correct these features, or remove them.")
    if problem := off_the_globe(features):
        raise BadFile(path, *problem)


def _add_ways(draft: NetworkDraft, features: list[dict[str, Any]]) -> dict[str, Any]:
    known = {row.name for row in draft.street_classes}
    junctions: dict[tuple[float, float], int] = {}
    ignored: Counter[str] = Counter()
    left_aside: Counter[str] = Counter()
    for feature in features:
        reason = _why_ignored(feature, known)
        if reason:
            ignored[reason] += 1
            continue
        _add_way(draft, feature, junctions)
        left_aside.update(_not_understood(feature["properties"]))
    imported = len(features) - ignored.total()
    return {
        "source": "council centrelines",
        "streets": {"in_source": len(features), "kept": imported, "ignored": dict(ignored)},
        "barriers": {"in_source": 0, "kept": 0, "open": 0, "ignored": {}},
        "turn_restrictions": {"in_source": 0, "kept": 0, "refused": {}, "sequences": 0},
        "addresses": {"house_numbers": 0, "buildings": 0, "ignored": {}},
        "ignored": dict(ignored.most_common()),
        "not_understood": dict(left_aside.most_common()),
    }


def _add_way(draft: NetworkDraft, feature: dict[str, Any], junctions: dict[tuple[float, float], int]) -> None:
    points = [(float(point[0]), float(point[1])) for point in feature["geometry"]["coordinates"]]
    tail, head = (
        junctions[end] if end in junctions else junctions.setdefault(end, draft.junction(*end))
        for end in (points[0], points[-1])
    )
    properties = feature["properties"]
    speed = properties.get("speed_kmh")
    width = properties.get("width_m")
    draft.way(
        tail,
        head,
        points=points,
        source=properties["id"],
        name=properties.get("name"),
        street_class=properties["class"],
        permit=_permit(properties, draft),
        speed_kmh=float(speed) if speed else None,
        level=properties.get("grade") or 0,
        lanes=properties.get("lanes") or 0,
        width_m=float(width) if width else float("nan"),
    )


def _why_ignored(feature: dict[str, Any], known: set[str]) -> str | None:
    geometry, properties = feature.get("geometry"), feature.get("properties") or {}
    if not geometry:
        return "no geometry"
    if geometry.get("type") != "LineString":
        return f"geometry {geometry.get('type')}"
    points = geometry["coordinates"]
    if len({tuple(point[:2]) for point in points}) < 2:  # noqa: PLR2004 - a line has two points
        return "line without length"
    if properties.get("class") not in known:
        return f"class {properties.get('class')}"
    return None if isinstance(properties.get("id"), int) else "the id is not a whole number"


def _not_understood(properties: dict[str, Any]) -> list[str]:
    oneway, access = properties.get("oneway"), properties.get("access")
    found = [f"one-way value {oneway}"] if oneway not in _ONEWAY else []
    return found + ([f"access value {access}"] if access and access not in _ACCESS else [])


def _permit(properties: dict[str, Any], draft: NetworkDraft) -> tuple[int, int]:
    usual = draft.usual_permit(properties["class"])
    if properties.get("access"):
        usual &= _ACCESS.get(properties["access"], ~0)
    against = usual & _FREE_OF_SIGNS | (usual & _BUS if properties.get("bus_contraflow") else 0)
    match properties.get("oneway"):
        case "forward":
            return usual, against
        case "backward":
            return against, usual
        case _:
            return usual, usual


def _notices(collection: dict[str, Any]) -> tuple[str, ...]:
    """The file's own ``attribution``; else what the pack's ``*_source`` fields say."""
    own = collection.get("attribution")
    if own:
        return (own,) if isinstance(own, str) else tuple(str(line) for line in own)
    sources: set[str] = set()
    for feature in collection["features"]:
        properties = feature.get("properties") or {}
        sources.update(str(value) for key, value in properties.items() if key.endswith("_source"))
    from_pack = any(source.startswith("ramm") for source in sources)
    return ((_OSM_NOTICE,) if "osm" in sources else ()) + ((_PACK_NOTICE,) if from_pack else ())


def _mark_edges(draft: NetworkDraft) -> dict[int, str]:
    """Dead ends of larger streets at the border, and of motorways and trunk roads anywhere: those never just stop."""
    lon, lat, ends, classes = draft.outline()
    larger = np.array([name.startswith(_LARGER) for name in classes])
    through = np.array([name in _NEVER_STOPS for name in classes])
    alone = np.bincount(ends.ravel(), minlength=len(lon)) == 1
    border = dead_ends_at_border(lon, lat, tail=ends[:, 0], head=ends[:, 1], counts=larger, within_m=EDGE_WITHIN_M)
    reasons = dict.fromkeys(ends[through].ravel().tolist(), HIGHER) | dict.fromkeys(np.flatnonzero(border).tolist(), BORDER)
    reasons = {junction: why for junction, why in sorted(reasons.items()) if alone[junction]}
    draft.mark_edges(reasons)
    return reasons
