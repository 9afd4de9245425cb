"""The site on the ground: its shape checked, put into metres, and measured against the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.validation import explain_validity

from clearway.errors import BadGeometry, UnknownName
from clearway.network.geometry import flat_scale
from clearway.shapes import Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from clearway.network.model import Bools, Floats, Network
    from clearway.planning.cordon.planner.question import CordonQuestion, Outside
    from clearway.shapes import MultiPolygon

_POSITION_NUMBERS = 2
"""Longitude and latitude; GeoJSON allows a height after them."""
_LEAST_RING_POSITIONS = 4
"""A triangle whose first position is repeated."""
_MOST_LAT_DEG, _MOST_LON_DEG = 90.0, 180.0
"""The globe."""


@dataclass(frozen=True, eq=False)
class Site:
    """What is occupied, in flat metres round its middle.

    Attributes:
        ground: The polygons, empty where stretches alone are the site.
        whole: The polygons and the lines of the stretches.
        outside: What must stay outside, empty where nothing is named.
        origin: Longitude and latitude of the middle.
        scale: Metres per degree of longitude and latitude.
    """

    ground: BaseGeometry
    whole: BaseGeometry
    outside: BaseGeometry
    origin: Floats
    scale: Floats

    def flat(self, lonlat: Floats) -> Floats:
        """(n, 2) metres east and north of the middle."""
        metres: Floats = (np.asarray(lonlat, dtype=np.float64) - self.origin) * self.scale
        return metres

    def lonlat(self, flat: Floats) -> Floats:
        """(n, 2) longitude and latitude."""
        degrees: Floats = np.asarray(flat) / self.scale + self.origin
        return degrees

    def box(self, grown_m: float) -> tuple[float, float, float, float]:
        """West, south, east and north of the site, grown by metres."""
        west, south, east, north = self.whole.bounds
        corners = self.lonlat(np.array([[west - grown_m, south - grown_m], [east + grown_m, north + grown_m]]))
        return (*corners[0], *corners[1])

    def distances_m(self, lonlat: Floats) -> Floats:
        """(n,) metres from the site."""
        shapely.prepare(self.whole)
        metres: Floats = shapely.distance(self.whole, shapely.points(self.flat(lonlat)))
        return metres

    def holds(self, lonlat: Floats) -> Bools:
        """(n,) whether points lie inside the polygons."""
        shapely.prepare(self.ground)
        inside: Bools = shapely.covers(self.ground, shapely.points(self.flat(lonlat)))
        return inside


def located_site(network: Network, question: CordonQuestion) -> Site:
    """The site of a question, checked.

    Raises:
        BadGeometry: no site, an unusable shape, or one that lies off the network or is larger than it.
        UnknownName: a stretch, or another way named, is not in the network.
    """
    for what, ways in (("stretch", question.stretches), ("street to keep open", question.keep_open)):
        if unknown := [way for way in ways if not 0 <= way < network.way_count]:
            raise UnknownName(what, unknown)
    if not network.way_count:
        raise BadGeometry("The network has no streets. Import one that covers the site.")
    ground = _polygons(question.site, network) if question.site is not None else shapely.Polygon()
    lines = [shapely.LineString(network.geometry(way)) for way in question.stretches]
    whole = shapely.union_all([ground, *lines])
    if whole.is_empty:
        raise BadGeometry("There is no site. Draw a polygon, or name the stretches of street that are occupied.")
    _check_place(whole, network)
    west, south, east, north = whole.bounds
    origin = np.array([(west + east) / 2, (south + north) / 2])
    scale = np.array(flat_scale(float(origin[1])))
    outside = _any_shape(question.outside, network) if question.outside is not None else shapely.Polygon()
    flat = [shapely.transform(part, lambda points: (points - origin) * scale) for part in (ground, whole, outside)]
    return Site(flat[0], flat[1], flat[2], origin, scale)


def _polygons(site: Polygon | MultiPolygon, network: Network) -> BaseGeometry:
    """The parcels of a site; what touches or overlaps is one."""
    polygons = [site.coordinates] if isinstance(site, Polygon) else site.coordinates
    for ring in (ring for polygon in polygons for ring in polygon):
        _check_ring(ring, network)
    parcels = [shape({"type": "Polygon", "coordinates": polygon}) for polygon in polygons]
    for number, parcel in enumerate(parcels, start=1):
        whose = "The site's outline" if len(parcels) == 1 else f"The outline of parcel {number} of the site"
        if not parcel.is_valid:
            raise BadGeometry(f"{whose} crosses or touches itself ({explain_validity(parcel)}). Draw it again without a loop.")
    ground = shapely.union_all(parcels)
    if ground.area == 0:
        raise BadGeometry("The site's polygon has no area. Draw its outline with at least three corners.")
    return ground


def _check_ring(ring: list[list[float]], network: Network) -> None:
    for position in ring:
        _check_position(position, network)
    if len(ring) < _LEAST_RING_POSITIONS:
        raise BadGeometry("The site's outline has fewer than three corners. Draw at least three, and end on the first.")
    if ring[0][:2] != ring[-1][:2]:
        raise BadGeometry(
            "The site's outline is open: its last corner is not its first. Close it by repeating the first corner."
        )


def _check_position(position: Sequence[float], network: Network) -> None:
    lon, lat = position[:_POSITION_NUMBERS]
    west, south, east, north = network.coverage
    grown_lon, grown_lat = max(east - west, 0.01), max(north - south, 0.01)

    def near(x: float, y: float) -> bool:
        return west - grown_lon <= x <= east + grown_lon and south - grown_lat <= y <= north + grown_lat

    if near(lat, lon) and not near(lon, lat):
        raise BadGeometry(
            f"Longitude and latitude look swapped: [{lon:g}, {lat:g}]. Try [{lat:g}, {lon:g}]: GeoJSON puts longitude first."
        )
    if abs(lat) > _MOST_LAT_DEG or abs(lon) > _MOST_LON_DEG:
        raise BadGeometry(f"[{lon:g}, {lat:g}] is not a place on earth. Give [longitude, latitude] in degrees.")


def _any_shape(geometry: Outside, network: Network) -> BaseGeometry:
    remedy = "Give a GeoJSON geometry with coordinates."
    try:
        outside = shape(geometry.model_dump())
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise BadGeometry(f"What must stay outside is not a GeoJSON geometry. {remedy}") from error
    for position in shapely.get_coordinates(outside).tolist():
        _check_position(position, network)
    if outside.is_empty:
        raise BadGeometry(f"What must stay outside is empty. {remedy}")
    parts = shapely.get_parts(shapely.get_parts(outside))
    if not shapely.is_valid(parts).all():
        raise BadGeometry("The outline of what must stay outside crosses itself. Draw it again without a loop.")
    return shapely.union_all(parts)


def _check_place(whole: BaseGeometry, network: Network) -> None:
    west, south, east, north = network.coverage
    box = shapely.box(west, south, east, north)
    if not box.intersects(whole):
        raise BadGeometry(
            f"The site lies outside the network, which covers longitude {west:.3f} to {east:.3f} and latitude "
            f"{south:.3f} to {north:.3f}. Move the site, or import the streets around it."
        )
    a, b, c, d = whole.bounds
    if a <= west and b <= south and c >= east and d >= north:
        raise BadGeometry(
            "The site is larger than the network, so nothing is left outside. Draw a smaller site or import more."
        )
