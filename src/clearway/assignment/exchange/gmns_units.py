"""Lengths and speeds of a GMNS network in metres and metres a second.

``config.csv`` names the units. Public files, those of the specification too, name miles and then give feet: so lengths are
held against how far apart the ends of the links are, and where they cannot be what the file says (more than three times as
far, or less than a third), the unit that fits is taken and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.exchange.gmns_tables import read_gmns_table
from clearway.errors import BadFile
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats

METRES = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), 1.0),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), 1000.0),
    **dict.fromkeys(("mi", "mile", "miles"), 1609.344),
    **dict.fromkeys(("ft", "foot", "feet", "us-ft", "us survey foot"), 0.3048),
}
METRES_A_SECOND = {
    **dict.fromkeys(("mph", "mi/h", "mile/h", "miles/h", "miles per hour", "mile per hour"), 1609.344 / 3600),
    **dict.fromkeys(("kph", "kmh", "km/h", "kmph", "km/hr", "kilometers per hour", "kilometres per hour"), 1000 / 3600),
    **dict.fromkeys(("m/s", "mps"), 1.0),
}
_WORDS = {1.0: "metres", 1000.0: "kilometres", 1609.344: "miles", 0.3048: "feet"}
_MILES, _KM, _FOOT = 1609.344, 1000.0, 0.3048
"""Metres of each."""
_MOST_DETOUR_RATIO = 3.0
"""Lengths three times the straight lines, or a third of them, are in another unit than the folder says."""
_USUAL_DETOUR_RATIO = 1.1
"""Links of a road network are about a tenth longer than the straight line between their ends."""
_MOST_FEET = 3e6
"""Northings of UTM are beyond this over most of the world, those of American state planes in feet seldom are."""

_TOUCHING_M = 1e-9
"""Ends that have one position give no straight line to compare with."""


@dataclass(frozen=True, slots=True)
class Units:
    """What the numbers of a folder are in.

    Attributes:
        length_m: Metres of a unit of length.
        speed_ms: Metres a second of a unit of speed.
        named: Whether the folder says so, or it is assumed.
        crs: The coordinates' system, as the folder names it, in small letters; empty where it does not.
    """

    length_m: float
    speed_ms: float
    named: bool
    crs: str = ""


def read_units(folder: Path) -> Units:
    """The units of a folder: those of ``config.csv``, else kilometres and km/h.

    Raises:
        BadFile: a unit is unknown.
    """
    path = folder / "config.csv"
    if not path.exists():
        return Units(_KM, METRES_A_SECOND["km/h"], named=False)
    rows = list(read_gmns_table(path, ()))
    if len(rows) != 1:
        raise BadFile(path, f"has {len(rows)} rows", "Give it one row that names the units.")
    length, speed = rows[0].text("long_length").lower(), rows[0].text("speed").lower()
    for word, known in ((length, METRES), (speed, METRES_A_SECOND)):
        if word and word not in known:
            raise rows[0].fault(f"the unit '{word}' is unknown", f"Known: {', '.join(known)}.")
    metres = METRES[length] if length else _MILES if speed.startswith("m") and speed not in {"m/s", "mps"} else _KM
    usual = "mph" if metres in {_MILES, _FOOT} else "km/h"
    return Units(metres, METRES_A_SECOND[speed or usual], named=bool(length or speed), crs=rows[0].text("crs").lower())


def apart_m(start: Floats, end: Floats, units: Units) -> Floats:
    """(n,) metres between (n, 2) places: in degrees where they can be, else in metres, or in feet where lengths are miles."""
    if not len(start):
        return np.zeros(0)
    both = np.concatenate((start, end))
    degrees = "4326" in units.crs or "wgs" in units.crs or not units.crs
    if degrees and (np.abs(both) <= (180.0, 90.0)).all():
        scale = np.array(flat_scale(float(both[:, 1].mean())))
        return np.asarray(np.hypot(*((end - start) * scale).T), np.float64)
    system = _FOOT if _american(units) and np.abs(both).max() < _MOST_FEET else 1.0
    return np.asarray(np.hypot(*(end - start).T) * system, np.float64)


def fitting_unit(length: Floats, apart: Floats, units: Units) -> tuple[float, str]:
    """Metres of the unit that lengths are really in, and a sentence where that is not what the file says.

    Args:
        length: (n,) as the file gives them, NaN where it gives none.
        apart: (n,) metres between the ends of the links.
        units: What the file says.
    """
    usable = np.isfinite(length) & (length > 0) & (apart > _TOUCHING_M)
    if not usable.any():
        return units.length_m, ""
    ratio = float(np.median(length[usable] / apart[usable]))
    if 1 / _MOST_DETOUR_RATIO <= ratio * units.length_m <= _MOST_DETOUR_RATIO:
        return units.length_m, "" if units.named else _assumed(units)
    system = [_FOOT, _MILES] if _american(units) else [1.0, _KM]
    choices = system if units.named else list(_WORDS)
    best = min(choices, key=lambda metres: abs(np.log(ratio * metres / _USUAL_DETOUR_RATIO)))
    if not 1 / _MOST_DETOUR_RATIO <= ratio * best <= _MOST_DETOUR_RATIO:
        return units.length_m, "" if units.named else _assumed(units)
    source = f"config.csv says {_WORDS[units.length_m]}" if units.named else "no config.csv names the unit"
    return best, f"Lengths are read as {_WORDS[best]}, which fits the positions of the nodes; {source}."


def _assumed(units: Units) -> str:
    return f"No config.csv names the units: lengths are read as {_WORDS[units.length_m]}, speeds as km/h."


def _american(units: Units) -> bool:
    return units.length_m in {_MILES, _FOOT}
