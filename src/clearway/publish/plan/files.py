"""A plan for maps, phones and spreadsheets: GeoJSON (RFC 7946), KML 2.2, GPX 1.1, CSV."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.polygon import orient

from clearway.publish.plan.features import features_of
from clearway.record.moments import written
from clearway.tables import CsvWriter
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clearway.publish.plan.features import Feature, Line
    from clearway.publish.plan.known import Known

_KML, _GPX = "http://www.opengis.net/kml/2.2", "http://www.topografix.com/GPX/1/1"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""
_COLUMNS = ("kind", "name", "where", "says", "who_passes", "starts", "ends", "lon", "lat", "lines")


def as_geojson(known: Known) -> str:
    """A FeatureCollection; ``kind`` says what each feature is. What has no known spot has no geometry, and stays in it."""
    features = [{"type": "Feature", "geometry": _geometry(one), "properties": _properties(one)} for one in features_of(known)]
    head = {"type": "FeatureCollection", "plan": known.plan.plan, "version": known.plan.version, "title": known.plan.title}
    return json.dumps({**head, "made": written(known.made), "features": features}, ensure_ascii=False) + "\n"


def as_csv(known: Known) -> str:
    """One row for each feature; lines as Well-Known Text."""
    text = io.StringIO()
    table = CsvWriter(text)
    table.writerow(_COLUMNS)
    for one in features_of(known):
        lon, lat = one.point or ("", "")
        lines = _shape(one).wkt if one.lines or one.ring else ""
        starts, ends = (written(moment) if moment else "" for moment in (one.starts, one.ends))
        table.writerow((one.kind, one.name, one.where, one.says, one.who, starts, ends, lon, lat, lines))
    return text.getvalue()


def as_kml(known: Known) -> str:
    """A document with a folder for each kind of feature."""
    root = ET.Element("kml", xmlns=_KML)
    document = _sub(root, "Document")
    _sub(document, "name", f"{known.plan.title}, version {known.plan.version}")
    _sub(document, "description", f"Made {known.time(known.made)}.")
    folders: dict[str, ET.Element] = {}
    for one in features_of(known):
        if one.kind not in folders:
            folders[one.kind] = _sub(document, "Folder")
            _sub(folders[one.kind], "name", vocabulary(one.kind).capitalize())
        mark = _sub(folders[one.kind], "Placemark")
        _sub(mark, "name", one.name)
        _sub(mark, "description", _told(one))
        if one.starts or one.ends:
            span = _sub(mark, "TimeSpan")
            for name, moment in (("begin", one.starts), ("end", one.ends)):
                if moment:
                    _sub(span, name, written(moment))
        if one.point:
            _sub(_sub(mark, "Point"), "coordinates", _pairs((one.point,)))
        elif one.ring:
            outer = _sub(_sub(_sub(mark, "Polygon"), "outerBoundaryIs"), "LinearRing")
            _sub(outer, "coordinates", _pairs(_ring(one.ring)))
        elif one.lines:
            holder = _sub(mark, "MultiGeometry") if len(one.lines) > 1 else mark
            for line in one.lines:
                _sub(_sub(holder, "LineString"), "coordinates", _pairs(line))
    return _xml(root)


def as_gpx(known: Known) -> str:
    """Points as waypoints, lines and grounds as tracks; what has no known spot is left out, for GPX cannot hold it."""
    root = ET.Element("gpx", xmlns=_GPX, version="1.1", creator="Clearway")
    head = _sub(root, "metadata")
    _sub(head, "name", f"{known.plan.title}, version {known.plan.version}")
    _sub(head, "time", written(known.made))
    features = features_of(known)
    for one in features:
        if one.point:
            lon, lat = one.point
            _described(_sub(root, "wpt", lat=f"{lat:.7f}", lon=f"{lon:.7f}"), one)
    for one in features:
        if one.lines or one.ring:
            track = _described(_sub(root, "trk"), one)
            for line in one.lines or (_ring(one.ring),):
                segment = _sub(track, "trkseg")
                for lon, lat in line:
                    _sub(segment, "trkpt", lat=f"{lat:.7f}", lon=f"{lon:.7f}")
    return _xml(root)


MAP_FILES: Mapping[str, Callable[[Known], str]] = {"geojson": as_geojson, "kml": as_kml, "gpx": as_gpx, "csv": as_csv}
"""Each form by its name."""


def _shape(one: Feature) -> shapely.Geometry:
    if one.ring:
        return orient(shapely.Polygon(one.ring))
    return shapely.LineString(one.lines[0]) if len(one.lines) == 1 else shapely.MultiLineString(one.lines)


def _geometry(one: Feature) -> dict[str, Any] | None:
    if one.point:
        return {"type": "Point", "coordinates": list(one.point)}
    if not one.is_placed:
        return None
    geometry: dict[str, Any] = shapely.geometry.mapping(_shape(one))
    return geometry


def _properties(one: Feature) -> dict[str, str | None]:
    starts, ends = (written(moment) if moment else None for moment in (one.starts, one.ends))
    return {
        "kind": one.kind,
        "name": one.name,
        "where": one.where,
        "says": one.says,
        "who_passes": one.who,
        "starts": starts,
        "ends": ends,
    }


def _told(one: Feature) -> str:
    return ". ".join(filter(None, (one.where, one.says, one.who and f"Who passes: {one.who}")))


def _described(element: ET.Element, one: Feature) -> ET.Element:
    _sub(element, "name", one.name)
    _sub(element, "desc", _told(one))
    _sub(element, "type", one.kind)
    return element


def _ring(ring: Line) -> Line:
    return tuple(orient(shapely.Polygon(ring)).exterior.coords)


def _pairs(line: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{lon:.7f},{lat:.7f}" for lon, lat in line)


def _sub(inside: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(inside, tag, attributes)
    element.text = None if text is None else _NOT_IN_XML.sub("", text)
    return element


def _xml(root: ET.Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
