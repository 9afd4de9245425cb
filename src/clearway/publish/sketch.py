"""A sketch map: the streets round what happens, and what is known of them, drawn from the network itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.planning.street_names import shown_name
from clearway.publish.svg import BLUE, GREY, INK, ORANGE, PAPER, RULE, VERMILION, Drawing, path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats, Network
    from clearway.planning.whereabouts import Whereabouts
    from clearway.record.kind import Sign

REACH_M = 1200.0
"""How far from the middle of things a place may lie and still be on the map, metres."""

_MARGIN_M = 120.0
_APART = 21.0
_COLOURS: dict[Sign, str] = {"shut": VERMILION, "restricted": ORANGE, "open": BLUE, "incident": VERMILION, "place": INK}
_MINOR = frozenset({"path", "footway", "steps", "cycleway", "track"})
_MAJOR = frozenset({"motorway", "trunk", "primary", "secondary"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the map.

    Attributes:
        where: Where it lies.
        sign: What is known of it.
        number: As in the list beside the map; 0 for none. What has no spot is dotted along its street, without a number.
    """

    where: Whereabouts
    sign: Sign
    number: int = 0


def sketch(
    network: Network, marks: Sequence[Mark], title: str, *, width: float = 640.0, height: float = 460.0
) -> tuple[str, frozenset[int]] | None:
    """A map as SVG round what is marked, and the numbers that stand on it; None where nothing is.

    Args:
        network: The streets.
        marks: What is shown, the first lowest. What lies far from the others is left out.
        title: What it shows.
        width: User units.
        height: User units.
    """
    if not marks:
        return None
    spots = [mark.where.spot for mark in marks if mark.where.spot] or _ends_of(network, marks)
    if not spots:
        return None
    view = _View(np.array(spots), width, height)
    drawing = Drawing(width, height, title)
    drawing.add("rect", class_="ground", width=width, height=height, fill="#f4f6f8")
    ways = view.ways_in(network)
    _streets(drawing, view, network, ways)
    near = set(ways)
    shown = [
        mark for mark in marks if (view.holds(mark.where.spot) if mark.where.spot else not near.isdisjoint(mark.where.ways))
    ]
    for mark in shown:
        is_loose = mark.where.spot is None
        for way in mark.where.ways if mark.sign != "incident" or is_loose else ():
            line = path(view.points(network.geometry(way)))
            dashes = "1 7" if is_loose else "7 4" if mark.sign == "restricted" else None
            drawing.add(
                "path", class_=mark.sign, d=line, fill="none", stroke=_COLOURS[mark.sign], stroke_width=3.5 if is_loose else 5,
                stroke_dasharray=dashes, stroke_linecap="round" if is_loose else None, stroke_opacity=0.85,
            )  # fmt: skip
    _names(drawing, view, network, ways)
    taken: list[tuple[float, float]] = []
    for mark in shown:
        if mark.number and mark.where.spot:
            _numbered(drawing, view, mark, mark.where.spot, taken)
    _bar(drawing, view, width, height)
    return str(drawing), frozenset(mark.number for mark in shown if mark.number and mark.where.spot)


class _View:
    """The piece of ground that is drawn: round the median of the marks, as far as they reach."""

    def __init__(self, spots: Floats, width: float, height: float) -> None:
        middle = np.median(spots, axis=0)
        self._scale = np.array(flat_scale(float(middle[1])))
        flat = (spots - middle) * self._scale
        near = flat[np.hypot(*flat.T) <= REACH_M]
        low, high = near.min(axis=0) - _MARGIN_M, near.max(axis=0) + _MARGIN_M
        centre = (low + high) / 2
        per_unit = float(((high - low) / (width, height)).max())
        half = np.array([width, height]) * per_unit / 2
        self.metres_per_unit = per_unit
        self._low = middle + (centre - half) / self._scale
        self._high = middle + (centre + half) / self._scale
        self._size = np.array([width, height])
        self.points_width = width

    def points(self, line: Floats) -> list[tuple[float, float]]:
        """Longitudes and latitudes in user units."""
        share = (line - self._low) / (self._high - self._low)
        return [(float(x), float(y)) for x, y in np.column_stack((share[:, 0], 1 - share[:, 1])) * self._size]

    def holds(self, where: tuple[float, float]) -> bool:
        spot = np.array(where)
        return bool((spot >= self._low).all() and (spot <= self._high).all())

    def ways_in(self, network: Network) -> list[int]:
        ends = np.stack((network.way_tail, network.way_head))
        lon, lat = network.junction_lon[ends], network.junction_lat[ends]
        inside = (lon >= self._low[0]) & (lon <= self._high[0]) & (lat >= self._low[1]) & (lat <= self._high[1])
        return [int(way) for way in np.flatnonzero(inside.any(axis=0))]


def _ends_of(network: Network, marks: Sequence[Mark]) -> list[tuple[float, float]]:
    """Longitude and latitude of the ends of the streets that are marked."""
    junctions = [int(end[way]) for mark in marks for way in mark.where.ways for end in (network.way_tail, network.way_head)]
    return [(float(network.junction_lon[one]), float(network.junction_lat[one])) for one in junctions]


def _streets(drawing: Drawing, view: _View, network: Network, ways: Sequence[int]) -> None:
    for way in ways:
        kind = network.class_of(way)
        wide = 1.2 if kind in _MINOR else 6.0 if kind in _MAJOR else 3.6
        line = path(view.points(network.geometry(way)))
        drawing.add("path", class_="street", d=line, fill="none", stroke=RULE if wide < 2 else "#c3ccd5", stroke_width=wide)  # noqa: PLR2004 - user units


def _names(drawing: Drawing, view: _View, network: Network, ways: Sequence[int]) -> None:
    """One name for each street, along its longest piece, where there is room for it."""
    longest: dict[str, int] = {}
    for way in ways:
        name = shown_name(network.street(way))
        if name and network.class_of(way) not in _MINOR:
            best = longest.get(name)
            if best is None or network.way_length_m[way] > network.way_length_m[best]:
                longest[name] = way
    taken: list[tuple[float, float, float]] = []
    for name, way in sorted(longest.items(), key=lambda item: -float(network.way_length_m[item[1]])):
        points = view.points(network.geometry(way))
        (x0, y0), (x1, y1) = points[0], points[-1]
        x, y, half = (x0 + x1) / 2, (y0 + y1) / 2, len(name) * 2.9
        room = float(network.way_length_m[way]) / view.metres_per_unit
        free = all(abs(x - tx) > (half + th) * 0.8 or abs(y - ty) > 14 for tx, ty, th in taken)  # noqa: PLR2004 - user units
        if room < half or not free or not (half < x < view.points_width - half):
            continue
        angle = float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle  # noqa: PLR2004 - upright
        taken.append((x, y, half))
        drawing.add(
            "text", name, class_="name", x=x, y=y + 3.5, text_anchor="middle", font_size=10, fill=GREY, stroke=PAPER,
            stroke_width=3, paint_order="stroke", stroke_linejoin="round", transform=f"rotate({angle:.1f} {x:.1f} {y:.1f})",
        )  # fmt: skip


def _numbered(drawing: Drawing, view: _View, mark: Mark, spot: tuple[float, float], taken: list[tuple[float, float]]) -> None:
    """A numbered sign; moved aside in a spiral where others stand already."""
    ((x0, y0),) = view.points(np.array([spot]))
    turns = ((0.0, 0.0), *((6 + 2.2 * step, 2.4 * step) for step in range(1, 60)))
    around = ((x0 + far * math.cos(turn), y0 + far * math.sin(turn)) for far, turn in turns)
    x, y = next((spot for spot in around if all(math.dist(spot, other) >= _APART for other in taken)), (x0, y0))
    taken.append((x, y))
    colour = _COLOURS[mark.sign]
    group = drawing.add("g", class_=f"mark {mark.sign}")
    if mark.sign == "incident":
        drawing.add(
            "path", inside=group, d=path([(x, y - 11), (x + 11, y), (x, y + 11), (x - 11, y)], closed=True), fill=colour
        )
    else:
        drawing.add("circle", inside=group, cx=x, cy=y, r=9, fill=colour, stroke=PAPER, stroke_width=1.5)
    drawing.add(
        "text", str(mark.number), inside=group, x=x, y=y + 4, text_anchor="middle", fill=PAPER, font_weight=700, font_size=11
    )


def _bar(drawing: Drawing, view: _View, width: float, height: float) -> None:
    """A scale bar and the north."""
    metres = next(step for step in (50, 100, 200, 500, 1000, 2000) if step / view.metres_per_unit > width / 8)
    long = metres / view.metres_per_unit
    x, y = width - 16, height - 14
    drawing.add("rect", x=x - long - 8, y=y - 18, width=long + 16, height=26.0, fill=PAPER, fill_opacity=0.8)
    drawing.add("line", x1=x - long, x2=x, y1=y, y2=y, stroke=INK, stroke_width=2)
    drawing.add("text", f"{metres} m, north is up", x=x, y=y - 5, text_anchor="end", fill=INK, font_size=10)
