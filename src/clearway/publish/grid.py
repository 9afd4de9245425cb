"""Grid references of a position: the New Zealand Transverse Mercator and the military grid (MGRS), which UTM underlies.

Transverse Mercator by the series of Krueger to the fourth order of the third flattening, as Karney gives it (Transverse
Mercator with an accuracy of a few nanometers, 2011): within a millimetre anywhere in a zone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_GRS80 = (6_378_137.0, 298.257222101)
_WGS84 = (6_378_137.0, 298.257223563)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE_M = 100_000
_SOUTH, _NORTH = -80.0, 84.0
_NEW_ZEALAND = (166.0, -48.0, 179.0, -34.0)
"""West, south, east, north: the extent of the New Zealand Transverse Mercator, degrees."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A transverse Mercator projection.

    Attributes:
        meridian: The central meridian, degrees east.
        easting_m: Easting at the central meridian.
        northing_m: Northing at the latitude of origin.
        scale: On the central meridian.
        ellipsoid: Semi-major axis in metres, and inverse flattening.
        origin: Latitude of origin, degrees.
    """

    meridian: float
    easting_m: float
    northing_m: float
    scale: float = 0.9996
    ellipsoid: tuple[float, float] = _WGS84
    origin: float = 0.0

    def of(self, lon: float, lat: float) -> tuple[float, float]:
        """Easting and northing of a position, metres.

        Args:
            lon: Degrees east, within some degrees of the central meridian.
            lat: Degrees north.
        """
        east, north = self._from_equator(lon, lat)
        return self.easting_m + east, self.northing_m + north - self._from_equator(self.meridian, self.origin)[1]

    def _from_equator(self, lon: float, lat: float) -> tuple[float, float]:
        major, inverse = self.ellipsoid
        n = 1 / (2 * inverse - 1)
        radius = major / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
        alpha = (
            n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
            13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
            61 * n**3 / 240 - 103 * n**4 / 140,
            49561 * n**4 / 161280,
        )
        eccentricity = 2 * math.sqrt(n) / (1 + n)
        sine = math.sin(math.radians(lat))
        conformal = math.sinh(math.atanh(sine) - eccentricity * math.atanh(eccentricity * sine))
        turn = math.radians(lon - self.meridian)
        xi, eta = math.atan2(conformal, math.cos(turn)), math.asinh(math.sin(turn) / math.hypot(conformal, math.cos(turn)))
        terms = list(enumerate(alpha, start=1))
        north = xi + sum(a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in terms)
        east = eta + sum(a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in terms)
        return self.scale * radius * east, self.scale * radius * north


NZTM = Projection(173.0, 1_600_000.0, 10_000_000.0, ellipsoid=_GRS80)


def utm(lon: float, lat: float) -> tuple[int, float, float]:
    """The UTM zone of a position, its easting and its northing, metres.

    >>> zone, east, north = utm(-79.387139, 43.642567)
    >>> zone, round(east / 10), round(north / 10)
    (17, 63008, 483344)
    """
    zone = _zone(lon, lat)
    return zone, *Projection(zone * 6 - 183.0, 500_000.0, 10_000_000.0 if lat < 0 else 0.0).of(lon, lat)


def mgrs(lon: float, lat: float, digits: int = 4) -> str:
    """The square of the military grid that holds a position; empty near the poles, where that grid is another one.

    Args:
        lon: Degrees east.
        lat: Degrees north.
        digits: Of easting and northing each: 5 for a square of 1 m, 4 for 10 m.
    """
    if not _SOUTH <= lat <= _NORTH:
        return ""
    zone, east, north = utm(lon, lat)
    band = _BANDS[min(int((lat + 80) // 8), len(_BANDS) - 1)]
    column = _COLUMNS[(zone - 1) % 3][int(east // _SQUARE_M) - 1]
    row = _ROWS[(int(north // _SQUARE_M) + (5 if zone % 2 == 0 else 0)) % len(_ROWS)]
    parts = [f"{int(metres % _SQUARE_M) // 10 ** (5 - digits):0{digits}d}" for metres in (east, north)]
    return f"{zone}{band} {column}{row} {' '.join(parts)}"


def grid_words(lon: float, lat: float) -> str:
    """A position in degrees and on the grids that crews have on their maps.

    >>> grid_words(174.77715, -41.27845)
    '41.27845 S, 174.77715 E; NZTM E 1748833 N 5428809; MGRS 60G UV 1383 2794'
    """
    west, south, east, north = _NEW_ZEALAND
    degrees = f"{abs(lat):.5f} {'S' if lat < 0 else 'N'}, {abs(lon):.5f} {'W' if lon < 0 else 'E'}"
    national = ""
    if west <= lon <= east and south <= lat <= north:
        easting, northing = NZTM.of(lon, lat)
        national = f"NZTM E {easting:.0f} N {northing:.0f}"
    military = mgrs(lon, lat)
    return "; ".join(filter(None, (degrees, national, military and f"MGRS {military}")))


def _zone(lon: float, lat: float) -> int:
    """The UTM zone, with the exceptions of Norway and Svalbard."""
    zone = min(int((lon + 180) // 6) + 1, 60)
    if 56 <= lat < 64 and 3 <= lon < 12:  # noqa: PLR2004 - south-west Norway
        return 32
    if lat >= 72 and 0 <= lon < 42:  # noqa: PLR2004 - Svalbard
        return 31 + 2 * int((lon + 3) // 12)
    return zone
