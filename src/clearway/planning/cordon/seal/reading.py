"""Read a file of barriers: GeoJSON that people draw, a cordon that Clearway planned, or a line of words for each.

GeoJSON features are Points, or LineStrings drawn across streets. Of a point, ``street`` names the street that it stands on,
``place`` = ``"junction"`` shuts all arms of the junction there; ``street`` with ``at`` (and ``side``) is a place in words and
needs no geometry. ``shuts`` and ``lets_through`` list vehicle classes, as of closures. Words are lines such as "Hill Street
at Molesworth Street, north side", or a CSV table with the columns ``street``, ``at`` and ``side``.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clearway.errors import BadFile, UnknownName
from clearway.network.classes import MOTOR_CLASSES, VEHICLE_CLASSES
from clearway.planning.cordon.seal.contract import MOST_BARRIERS, GivenBarrier
from clearway.planning.geojson import Feature, features_of
from clearway.shapes import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REMEDY = (
    "Give GeoJSON with a Point for each barrier, a plan of 'clearway cordon --json', or a line for each such as "
    "'Hill Street at Molesworth Street'."
)
_DRAWN_BESIDE = frozenset({"line", "enclosed", "bar", "site"})
"""What ``clearway cordon --geojson`` and the page write besides the barriers."""


def read_barriers(path: Path) -> tuple[GivenBarrier, ...]:
    """The barriers of a file.

    Raises:
        BadFile: it cannot be read, or holds no barriers.
        UnknownName: a vehicle class in it is unknown.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    except UnicodeDecodeError as error:
        raise BadFile(path, "is not a text", REMEDY) from error
    return barriers_of(text, str(path))


def barriers_of(text: str, source: str) -> tuple[GivenBarrier, ...]:
    """The barriers of a file's text.

    Args:
        text: GeoJSON, the JSON of a plan, or lines.
        source: What to call it in messages.

    Raises:
        BadFile: it holds no barriers, too many, or one that cannot be read.
        UnknownName: a vehicle class in it is unknown.

    >>> [barrier.words for barrier in barriers_of("Hill Street at Molesworth Street", "barriers")]
    ['Hill Street at Molesworth Street']
    """
    plain = text.lstrip("\ufeff \t\r\n")
    found = tuple(_drawn(plain, source) if plain[:1] in {"{", "["} else _lines(plain, source))
    if not found:
        raise BadFile(source, "contains no barriers", REMEDY)
    if len(found) > MOST_BARRIERS:
        raise BadFile(source, f"contains {len(found):,} barriers", f"Give {MOST_BARRIERS} at most.")
    return found


def _drawn(text: str, source: str) -> Iterator[GivenBarrier]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(source, "is not JSON, or is cut short", REMEDY) from error
    planned = _planned(document)
    if planned is not None:
        for number, barrier in enumerate(planned, start=1):
            yield _of_a_plan(barrier, f"barrier {number}", source)
        return
    if isinstance(document, dict) and document.get("type") in {"Point", "MultiPoint", "LineString", "MultiLineString"}:
        document = {"type": "Feature", "properties": {}, "geometry": document}
    for feature in features_of(document, source, REMEDY):
        if feature.properties.get("role") not in _DRAWN_BESIDE:
            yield from _feature(feature, source)


def _planned(document: object) -> list[Any] | None:
    """The barriers of a plan's file, or of an answer of the server."""
    for holder in (document, document.get("cordon") if isinstance(document, dict) else None):
        if isinstance(holder, dict) and isinstance(holder.get("barriers"), list):
            return list(holder["barriers"])
    return None


def _of_a_plan(barrier: object, title: str, source: str) -> GivenBarrier:
    if not isinstance(barrier, dict) or not isinstance(barrier.get("way_indexes"), list):
        raise BadFile(source, f"{title} lacks 'way_indexes'", REMEDY)
    street, side = str(barrier.get("street") or ""), str(barrier.get("side") or "")
    label = ", ".join(filter(None, (street, side)))[:200]
    return _given(_exact(barrier) | {"label": label, "shuts": barrier.get("shuts")}, title, source)


def _exact(held: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan says of where a barrier stands."""
    return {"way_indexes": held["way_indexes"], "at_m": held.get("at_m") or [], "lon": held.get("lon"), "lat": held.get("lat")}


def _feature(feature: Feature, source: str) -> Iterator[GivenBarrier]:
    held = feature.properties
    geometry = feature.geometry or {}
    named = str(held.get("name") or held.get("label") or held.get("number") or "")
    asked: dict[str, Any] = {"label": named, "shuts": _shuts(feature, source), "street": str(held.get("street") or "")}
    kind, at = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point" and isinstance(held.get("way_indexes"), list) and held.get("at_m"):
        lon, lat = _pair(at, feature, source)
        exact = _exact(held) | {"lon": lon, "lat": lat}
        yield _given(exact | {"label": asked["label"], "shuts": asked["shuts"]}, feature.title, source)
    elif kind in {"Point", "MultiPoint"}:
        for lon, lat in [_pair(one, feature, source) for one in ([at] if kind == "Point" else _listed(at, feature, source))]:
            junction = held.get("place") == "junction"
            yield _given(asked | {"lon": lon, "lat": lat, "junction": junction}, feature.title, source)
    elif kind in {"LineString", "MultiLineString"}:
        for line in [at] if kind == "LineString" else _listed(at, feature, source):
            points = [list(_pair(point, feature, source)) for point in _listed(line, feature, source)]
            yield _given(asked | {"line": points, "street": ""}, feature.title, source)
    elif kind is None and held.get("street") and (held.get("at") or held.get("cross_street")):
        words = _joined(held["street"], held.get("at") or held.get("cross_street"), held.get("side"))
        yield _given(asked | {"words": words, "street": ""}, feature.title, source)
    else:
        what = f"is a {kind}" if kind else "has no geometry"
        raise BadFile(source, f"{feature.title} {what}", REMEDY)


def _listed(value: object, feature: Feature, source: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadFile(source, f"{feature.title} has no coordinates", REMEDY)
    return value


def _pair(value: object, feature: Feature, source: str) -> tuple[float, float]:
    pair = value[:2] if isinstance(value, list) else []
    if len(pair) != 2 or any(isinstance(one, bool) or not isinstance(one, int | float) for one in pair):  # noqa: PLR2004
        raise BadFile(source, f"{feature.title} has no longitude and latitude", "Give each position as [longitude, latitude].")
    return float(pair[0]), float(pair[1])


def _shuts(feature: Feature, source: str) -> list[str] | None:
    shuts, passing = (_names(feature.properties.get(name)) for name in ("shuts", "lets_through"))
    if unknown := [name for name in (*(shuts or ()), *(passing or ())) if name not in VEHICLE_CLASSES]:
        raise UnknownName(f"vehicle class in {feature.title} of {source}", unknown, VEHICLE_CLASSES)
    if shuts is None and passing is None:
        return None
    return [name for name in (MOTOR_CLASSES if shuts is None else shuts) if name not in (passing or ())]


def _names(value: object) -> list[str] | None:
    if value is None:
        return None
    return [str(name) for name in value] if isinstance(value, list) else [part.strip() for part in str(value).split(",")]


def _lines(text: str, source: str) -> Iterator[GivenBarrier]:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    head = [name.strip().lower().replace(" ", "_") for name in next(csv.reader(lines[:1]), [])]
    if "street" in head and len(head) > 1:
        yield from _rows(lines, head, source)
        return
    for number, line in enumerate(lines, start=1):
        yield _given(_worded(line.strip()) | {"label": line.strip()[:200]}, f"line {number}", source)


def _worded(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(",")]
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return {"words": line}
    return {"lon": lon, "lat": lat}


def _rows(lines: list[str], head: list[str], source: str) -> Iterator[GivenBarrier]:
    for number, cells in enumerate(csv.reader(lines[1:]), start=1):
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        cross = row.get("at") or row.get("cross_street") or row.get("cross") or ""
        if not row.get("street") or not cross:
            raise BadFile(source, f"row {number} has no street and cross street", "Fill the columns 'street' and 'at'.")
        words = _joined(row["street"], cross, row.get("side"))
        yield _given({"words": words, "label": row.get("name") or row.get("label") or words}, f"row {number}", source)


def _joined(street: object, cross: object, side: object) -> str:
    plain = str(side or "").strip().removesuffix(" side")
    return f"{street} at {cross}" + (f", {plain} side" if plain else "")


def _given(asked: dict[str, Any], title: str, source: str) -> GivenBarrier:
    try:
        return GivenBarrier.model_validate(asked)
    except ValidationError as error:
        problem = problems_of(error.errors())
        raise BadFile(source, f"{title} cannot be read: {problem}", REMEDY) from error
