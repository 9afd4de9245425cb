"""OpenStreetMap values that hold a figure: speed, width, lanes, level, name."""

from __future__ import annotations

import re
from math import nan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KMH_PER_MPH = 1.609344
"""By definition: the international mile."""
KMH_PER_KNOT = 1.852
"""By definition: the nautical mile."""
METRES_PER_FOOT = 0.3048
"""By definition: the international foot."""
METRES_PER_INCH = 0.0254
"""By definition: a twelfth of a foot."""
_MOST_LANES = 255
"""What a byte of the network file holds."""
_SLOWEST_KMH = 1.0
"""Below it a tag is a slip, and travel times would swamp all others."""
_FASTEST_KMH = 160.0
"""No street is driven faster, whatever a tag says."""
_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph|knots)?")
_METRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m|metres|meters)?")
_FEET = re.compile(r"""(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|in))?""")
_SPEED_WORDS = {
    "walk": 7.0,
    "none": 130.0,
    "unlimited": 130.0,
    "living_street": 10.0,
    "urban": 50.0,
    "rural": 80.0,
    "trunk": 100.0,
    "motorway": 120.0,
}
_NATIONAL_KMH = {
    "NZ:rural": 100.0, "NZ:motorway": 100.0, "AU:rural": 100.0, "AU:motorway": 110.0,
    "GB:nsl_restricted": 48.28032, "GB:nsl_single": 96.56064, "GB:nsl_dual": 112.65408, "GB:motorway": 112.65408,
    "DE:rural": 100.0, "DE:motorway": 130.0, "FR:rural": 80.0, "FR:motorway": 130.0, "IT:rural": 90.0,
    "FI:rural": 80.0, "AT:rural": 100.0, "PL:rural": 90.0, "RU:urban": 60.0, "RU:rural": 90.0,
}  # fmt: skip


def speed_kmh(text: str | None) -> float | None:
    """The speed a ``maxspeed`` value stands for, km/h between 1 and 160; None where it stands for none that we know.

    >>> speed_kmh("50"), round(speed_kmh("30 mph"), 1), speed_kmh("NZ:urban"), speed_kmh("walk"), speed_kmh("signals")
    (50.0, 48.3, 50.0, 7.0, None)
    """
    text = (text or "").strip()
    found = _NATIONAL_KMH.get(text) or _SPEED_WORDS.get(text.rpartition(":")[2])
    if found is None and (match := _SPEED.fullmatch(text)):
        unit = {"mph": KMH_PER_MPH, "knots": KMH_PER_KNOT}.get(match[2] or "", 1.0)
        found = float(match[1]) * unit
        found = found if found > 0 else None
    return None if found is None else min(max(found, _SLOWEST_KMH), _FASTEST_KMH)


def speeds_kmh(tags: Mapping[str, str], usual: float) -> tuple[float, float]:
    """Speed along and against a way: by direction where tagged, else ``maxspeed``, else the class's usual speed.

    >>> speeds_kmh({"maxspeed": "40", "maxspeed:backward": "30"}, 50)
    (40.0, 30.0)
    """
    both = speed_kmh(tags.get("maxspeed")) or speed_kmh(tags.get("maxspeed:type")) or usual
    return speed_kmh(tags.get("maxspeed:forward")) or both, speed_kmh(tags.get("maxspeed:backward")) or both


def speed_not_understood(tags: Mapping[str, str]) -> list[str]:
    """Speeds that the import could not read."""
    keys = ("maxspeed", "maxspeed:forward", "maxspeed:backward")
    return [f"speed {key}={tags[key]}" for key in keys if key in tags and speed_kmh(tags[key]) is None]


def width_m(tags: Mapping[str, str]) -> float:
    r"""Metres between kerbs, NaN where not known.

    >>> width_m({"width": "3.5 m"}), round(width_m({"width": "12'6\""}), 2), width_m({"width": "wide"})
    (3.5, 3.81, nan)
    """
    figures = (metres(tags.get(key)) for key in ("width", "width:carriageway", "est_width"))
    return next((figure for figure in figures if figure is not None), nan)


def metres(text: str | None) -> float | None:
    r"""A length in metres, or in feet and inches; None where it is neither, or nothing.

    >>> metres("18"), metres("18,5 m"), round(metres("60'"), 1), metres("0"), metres("wide"), metres(None)
    (18.0, 18.5, 18.3, None, None, None)
    """
    text = (text or "").strip()
    if match := _METRES.fullmatch(text):
        return float(match[1].replace(",", ".")) or None
    if match := _FEET.fullmatch(text):
        return float(match[1]) * METRES_PER_FOOT + float(match[2] or 0) * METRES_PER_INCH or None
    return None


def lane_count(tags: Mapping[str, str]) -> int:
    """Lanes in both directions together, 0 where not known.

    >>> lane_count({"lanes": "3"}), lane_count({"lanes:forward": "2", "lanes:backward": "1"}), lane_count({"lanes": "2;3"})
    (3, 3, 0)
    """
    both = _whole(tags.get("lanes"))
    return min(both or _whole(tags.get("lanes:forward")) + _whole(tags.get("lanes:backward")), _MOST_LANES)


def level(tags: Mapping[str, str]) -> int:
    """1 for what runs over, -1 for what runs under, 0 on the ground.

    >>> level({"bridge": "yes"}), level({"tunnel": "yes", "layer": "-1"}), level({"tunnel": "building_passage"}), level({})
    (1, -1, 0, 0)
    """
    match = re.match(r"[+-]?\d+", tags.get("layer", ""))
    layer = int(match[0]) if match else 0
    if layer:
        return 1 if layer > 0 else -1
    if tags.get("bridge", "no") != "no":
        return 1
    return -1 if tags.get("tunnel", "no") not in {"no", "building_passage"} else 0


def street_name(tags: Mapping[str, str]) -> str | None:
    """The street's name, its number where it has none."""
    return tags.get("name") or tags.get("ref") or None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
