"""Maps of a plan in black and white: streets with their names, the ground that people hold, barriers, gates, routes.

Each has its scale, north, date and version below it. Labels stand where nothing else does; one for which there is no room near
its sign stands farther off, on a line. A street's name that has no room is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from shapely.affinity import rotate

from clearway.network.geometry import flat_scale
from clearway.planning.street_names import shown_name
from clearway.publish.svg import Drawing, path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from clearway.network.model import Floats, Network

Sign = Literal["barrier", "gate", "handover", "post", "warn", "hospital"]
Position = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, north, east and south of a label or sign, user units."""

BLACK, DARK, GREY, PALE, WATER, WHITE = "#000000", "#333333", "#9a9a9a", "#cfcfcf", "#ededed", "#ffffff"
"""Black, white and grey: a page is copied, faxed and read by torchlight."""
_MINOR = frozenset({"path", "footway", "steps", "cycleway", "track"})
_MAJOR = frozenset({"motorway", "trunk", "primary", "secondary"})
_MARGIN = 0.12
"""Of the ground that is shown, on each side of what matters."""
_MAJOR_M, _STREET_M = 11.0, 8.0
"""A street as wide as it mostly is between its kerbs; on the page never a hair and never a slab."""
_LEAST_M = 120.0
"""A map shows so many metres of ground at least: fewer, and nobody knows where it is."""
_STRIP = 22.0
"""User units below a map for its scale, north, date and version."""
_NARROW, _LINE = 400.0, 13.0
"""A narrower map has date and version on a line of their own, so high: user units."""
_LETTER = 0.56
"""Width of a letter by its size: wide enough for the faces that pages and documents use."""
_CROWDED = 25
"""With more signs than this, they are drawn and called smaller."""
_STEPS, _TURNS = 9, 12
"""Where a label may stand round its sign: so far off at most, in steps of its height, and so many places round it."""
_HATCH = 7.0
"""User units between the lines across the ground that people hold."""
_SIGN_R, _SMALL = 6.5, 0.72
"""User units from the middle of a sign to its edge, and the share of it that is left on a crowded map."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on a map.

    Attributes:
        sign: What it is.
        at: Longitude and latitude.
        label: What it is called; nothing where empty.
        along: Degrees by which its street leaves the east towards the north; None where nobody knows.
    """

    sign: Sign
    at: Position
    label: str = ""
    along: float | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A line on a map, such as a detour: dashed, with arrows, or dotted along an occupied street.

    Attributes:
        line: Longitudes and latitudes.
        kind: What it is.
        label: Its number; nothing where empty.
    """

    line: tuple[Position, ...]
    kind: Literal["detour", "occupied", "kept", "walking"]
    label: str = ""


@dataclass(frozen=True)
class Sheet:
    """What is drawn.

    Attributes:
        title: What the map shows.
        foot: Date and version, below it.
        marks: Signs.
        traces: Lines.
        site: Rings of the ground that people hold.
        shows: What must be on it; else all marks and the site.
        width: User units.
        height: User units, without the strip below.
    """

    title: str
    foot: str
    marks: tuple[Mark, ...] = ()
    traces: tuple[Trace, ...] = ()
    site: tuple[tuple[Position, ...], ...] = ()
    shows: tuple[Position, ...] = field(default=())
    width: float = 520.0
    height: float = 400.0


def drawn(network: Network, sheet: Sheet) -> str | None:
    """A map as SVG; None where nothing says where it is.

    Args:
        network: The streets.
        sheet: What is drawn.
    """
    spots = sheet.shows or (*(mark.at for mark in sheet.marks), *(spot for ring in sheet.site for spot in ring))
    if not spots:
        return None
    view = _View(np.array(spots), sheet.width, sheet.height)
    high = _STRIP if sheet.width >= _NARROW else _STRIP + _LINE
    drawing = Drawing(sheet.width, sheet.height + high, sheet.title)
    drawing.add("rect", width=sheet.width, height=sheet.height, fill=WHITE)
    _water(drawing, view, network)
    ways = view.ways_in(network)
    _streets(drawing, view, network, ways)
    _site(drawing, view, sheet.site)
    for trace in sheet.traces:
        _trace(drawing, view, trace)
    _signs(drawing, view, network, sheet, ways)
    _strip(drawing, view, sheet, high)
    return str(drawing)


class _View:
    """The piece of ground that is drawn."""

    def __init__(self, spots: Floats, width: float, height: float) -> None:
        low, high = spots.min(axis=0), spots.max(axis=0)
        middle = (low + high) / 2
        self._scale = np.array(flat_scale(float(middle[1])))
        reach = np.maximum((high - low) * self._scale * (1 + 2 * _MARGIN), _LEAST_M)
        self.metres_per_unit = float((reach / (width, height)).max())
        half = np.array([width, height]) * self.metres_per_unit / 2 / self._scale
        self._low, self._high, self._size = middle - half, middle + half, np.array([width, height])
        self.frame = shapely.box(0, 0, width, height)

    def points(self, line: Floats | Sequence[Position]) -> list[Position]:
        """Longitudes and latitudes in user units."""
        share = (np.asarray(line, float) - self._low) / (self._high - self._low)
        return [(float(x), float(y)) for x, y in np.column_stack((share[:, 0], 1 - share[:, 1])) * self._size]

    def point(self, at: Position) -> Position:
        return self.points([at])[0]

    def ways_in(self, network: Network) -> list[int]:
        ends = np.stack((network.way_tail, network.way_head))
        lon, lat = network.junction_lon[ends], network.junction_lat[ends]
        west, east = lon.min(axis=0), lon.max(axis=0)
        south, north = lat.min(axis=0), lat.max(axis=0)
        inside = (east >= self._low[0]) & (west <= self._high[0]) & (north >= self._low[1]) & (south <= self._high[1])
        return [int(way) for way in np.flatnonzero(inside)]


def _water(drawing: Drawing, view: _View, network: Network) -> None:
    kinds = network.area_kinds
    for area in range(len(network.area_kind)):
        if kinds[network.area_kind[area]] != "water":
            continue
        part = slice(int(network.area_points[area]), int(network.area_points[area + 1]))
        ring = view.points(np.column_stack((network.area_lon[part], network.area_lat[part])))
        shown = shapely.make_valid(shapely.Polygon(ring)).intersection(view.frame)
        for piece in _areas(shown):
            drawing.add("path", d=path(list(piece.exterior.coords), closed=True), fill=WATER)


def _streets(drawing: Drawing, view: _View, network: Network, ways: Iterable[int]) -> None:
    for way in ways:
        kind = network.class_of(way)
        metres = _MAJOR_M if kind in _MAJOR else _STREET_M
        wide = 0.8 if kind in _MINOR else min(max(metres / view.metres_per_unit, 1.4), 8.0)
        dashes = "3 2" if kind in _MINOR else None
        line = path(view.points(network.geometry(way)))
        drawing.add(
            "path", d=line, fill="none", stroke=GREY if kind in _MINOR else PALE, stroke_width=wide, stroke_dasharray=dashes,
            stroke_linecap="butt" if dashes else "round", stroke_linejoin="round",
        )  # fmt: skip


def _site(drawing: Drawing, view: _View, rings: Iterable[Sequence[Position]]) -> None:
    """The ground that people hold: an outline, and lines across it."""
    for ring in rings:
        ground = shapely.make_valid(shapely.Polygon(view.points(ring))).intersection(view.frame)
        west, south, east, north = ground.bounds if not ground.is_empty else (0.0, 0.0, 0.0, 0.0)
        span = (east - west) + (north - south)
        steps = np.arange(west - (north - south), east, _HATCH) if span else ()
        for start in steps:
            line = shapely.LineString([(start, north), (start + north - south, south)]).intersection(ground)
            for piece in _lines(line):
                drawing.add("path", d=path(list(piece.coords)), stroke=DARK, stroke_width=0.7, fill="none")
        for piece in _areas(ground):
            drawing.add("path", d=path(list(piece.exterior.coords), closed=True), fill="none", stroke=BLACK, stroke_width=1.2)


_LOOK = {"detour": (2.2, "9 4"), "occupied": (3.2, "1.5 3"), "kept": (2.2, None), "walking": (1.8, "7 2.5 1.5 2.5")}
"""Width and dashes of a line; one kept free is drawn through."""


def _trace(drawing: Drawing, view: _View, trace: Trace) -> None:
    points = view.points(trace.line)
    wide, dashes = _LOOK[trace.kind]
    drawing.add("path", d=path(points), fill="none", stroke=WHITE, stroke_width=wide + 2.4, stroke_linejoin="round")
    drawing.add(
        "path", d=path(points), fill="none", stroke=BLACK, stroke_width=wide, stroke_dasharray=dashes, stroke_linejoin="round"
    )
    if trace.kind == "detour":
        for (x, y), angle in _arrows(points):
            tip = [(5.0, 0.0), (-4.0, 4.2), (-4.0, -4.2)]
            turned = [
                (x + a * math.cos(angle) - b * math.sin(angle), y + a * math.sin(angle) + b * math.cos(angle)) for a, b in tip
            ]
            drawing.add("path", d=path(turned, closed=True), fill=BLACK)


def _arrows(points: Sequence[Position]) -> Iterator[tuple[Position, float]]:
    """Where arrows stand on a line, and the way they point."""
    line = shapely.LineString(points)
    apart = 70.0
    count = max(1, int(line.length // apart))
    for step in range(count):
        at = line.length * (step + 0.6) / count
        here, ahead = line.interpolate(at - 1.0), line.interpolate(at + 1.0)
        yield (here.x, here.y), math.atan2(ahead.y - here.y, ahead.x - here.x)


def _signs(drawing: Drawing, view: _View, network: Network, sheet: Sheet, ways: Sequence[int]) -> None:
    """Signs first, then what they are called, then as many streets' names as there is room for."""
    taken: list[Box] = []
    shown = [(mark, view.point(mark.at)) for mark in sheet.marks]
    shown = [(mark, spot) for mark, spot in shown if view.frame.contains(shapely.Point(spot))]
    share, size = (1.0, 11.0) if len(shown) <= _CROWDED else (_SMALL, 8.0)
    half = _SIGN_R * share
    for mark, (x, y) in shown:
        move = None if share == 1.0 else f"translate({x:.1f} {y:.1f}) scale({share:g}) translate({-x:.1f} {-y:.1f})"
        _sign(drawing, mark, x, y, drawing.add("g", transform=move))
        taken.append((x - half, y - half, x + half, y + half))
    labels = [(mark.label, spot, size) for mark, spot in shown if mark.label]
    labels += [(trace.label, middle, size) for trace in sheet.traces if trace.label for middle in _middles(view, trace)]
    for text, spot, size in labels:
        _label(drawing, view, text, spot, size, taken)
    _names(drawing, view, network, ways, taken)


def _middles(view: _View, trace: Trace) -> Iterator[Position]:
    """Where the number of a line stands: in the middle of the longest piece of it that is on the map."""
    inside = shapely.LineString(view.points(trace.line)).intersection(view.frame)
    if pieces := _lines(inside):
        spot = max(pieces, key=lambda piece: piece.length).interpolate(0.5, normalized=True)
        yield spot.x, spot.y


def _sign(drawing: Drawing, mark: Mark, x: float, y: float, group: Element) -> None:
    add = partial(drawing.add, inside=group)
    match mark.sign:
        case "barrier":
            across = f"rotate({90 - mark.along:.1f} {x:.1f} {y:.1f})" if mark.along is not None else None
            add("rect", x=x - 8.5, y=y - 3.0, width=17.0, height=6.0, fill=BLACK, transform=across)
        case "gate":
            add("circle", cx=x, cy=y, r=_SIGN_R, stroke=BLACK, stroke_width=1.6, fill=WHITE)
            add("circle", cx=x, cy=y, r=2.4, fill=BLACK)
        case "handover":
            add("rect", x=x - 6.0, y=y - 6.0, width=12.0, height=12.0, stroke=BLACK, stroke_width=1.6, fill=WHITE)
            add("path", d=f"M{x - 4:.1f} {y:.1f}H{x + 4:.1f}M{x:.1f} {y - 4:.1f}V{y + 4:.1f}", stroke=BLACK, stroke_width=2.4)
        case "hospital":
            add("rect", x=x - 6.0, y=y - 6.0, width=12.0, height=12.0, fill=BLACK)
            add("text", "H", x=x, y=y + 4.0, text_anchor="middle", fill=WHITE, font_size=11, font_weight=700)
        case "warn":
            add(
                "path",
                d=path([(x, y - 7), (x + 7, y + 5), (x - 7, y + 5)], closed=True),
                stroke=BLACK,
                stroke_width=1.6,
                fill=WHITE,
            )
            add("text", "!", x=x, y=y + 4.0, text_anchor="middle", fill=BLACK, font_size=9, font_weight=700)
        case "post":
            add(
                "path",
                d=path([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], closed=True),
                stroke=BLACK,
                stroke_width=1.6,
                fill=WHITE,
            )


def _label(drawing: Drawing, view: _View, text: str, spot: Position, size: float, taken: list[Box]) -> None:
    """What a sign is called, in a box beside it, on a line where it stands farther off."""
    wide, high = len(text) * size * _LETTER + 6, size + 4
    west, north, east, south = view.frame.bounds
    first: Box | None = None
    for step in range(_STEPS):
        for turn in range(_TURNS):
            angle = turn * 2 * math.pi / _TURNS
            far = _SIGN_R + 4 + step * 9
            cx, cy = spot[0] + math.cos(angle) * (far + wide / 2), spot[1] + math.sin(angle) * (far + high / 2)
            box = (cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2)
            first = first or box
            inside = box[0] >= west and box[1] >= north and box[2] <= east and box[3] <= south
            if inside and not any(_meet(box, one) for one in taken):
                _boxed(drawing, text, box, spot, size, line=step > 0)
                taken.append(box)
                return
    if first is not None:  # nowhere free: beside its sign, over what is there
        _boxed(drawing, text, first, spot, size, line=False)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _boxed(drawing: Drawing, text: str, box: Box, spot: Position, size: float, *, line: bool) -> None:
    west, north, east, south = box
    cx, cy = (west + east) / 2, (north + south) / 2
    if line:  # to the nearest point of the box
        x2, y2 = min(max(spot[0], west), east), min(max(spot[1], north), south)
        drawing.add("line", x1=spot[0], y1=spot[1], x2=x2, y2=y2, stroke=BLACK, stroke_width=0.8)
    drawing.add("rect", x=west, y=north, width=east - west, height=south - north, fill=WHITE, stroke=BLACK, stroke_width=0.7)
    drawing.add("text", text, x=cx, y=cy + size * 0.35, text_anchor="middle", fill=BLACK, font_size=size, font_weight=700)


def _names(drawing: Drawing, view: _View, network: Network, ways: Iterable[int], signs: Sequence[Box]) -> None:
    """One name for each street, along the longest piece of it that has room."""
    taken = [shapely.box(*one) for one in signs]
    pieces: dict[str, list[shapely.LineString]] = {}
    for way in ways:
        name = shown_name(network.street(way))
        if not name or network.class_of(way) in _MINOR:
            continue
        inside = shapely.LineString(view.points(network.geometry(way))).intersection(view.frame)
        if lines := _lines(inside):
            pieces.setdefault(name, []).extend(lines)
    size = 9.5
    for name, lines in sorted(pieces.items(), key=lambda item: -sum(line.length for line in item[1])):
        wide = len(name) * size * _LETTER
        joined = shapely.line_merge(shapely.MultiLineString(lines)) if len(lines) > 1 else lines[0]
        for line in sorted(shapely.get_parts(joined), key=lambda one: -one.length):
            if line.length < wide * 0.8:
                break
            if _written(drawing, view, name, line, size, wide, taken):
                break


def _written(
    drawing: Drawing, view: _View, name: str, line: shapely.LineString, size: float, wide: float, taken: list[shapely.Polygon]
) -> bool:
    """Whether there was room for a street's name along a line."""
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        at, half = line.length * share, wide / 2
        if at - half < -wide * 0.1 or at + half > line.length + wide * 0.1:
            continue
        here, ahead, middle = line.interpolate(max(at - half, 0)), line.interpolate(at + half), line.interpolate(at)
        if here.distance(ahead) < wide * 0.75:  # the street turns too sharply to be read along
            continue
        angle = math.degrees(math.atan2(ahead.y - here.y, ahead.x - here.x))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle  # noqa: PLR2004 - upright
        x, y = (here.x + ahead.x + 2 * middle.x) / 4, (here.y + ahead.y + 2 * middle.y) / 4
        box = rotate(shapely.box(x - half, y - size / 2, x + half, y + size / 2), angle, origin=(x, y))
        if not view.frame.contains(box) or shapely.intersects(box, taken).any():
            continue
        taken.append(box)
        turned = drawing.add("g", transform=f"rotate({angle:.1f} {x:.1f} {y:.1f})", text_anchor="middle", font_size=size)
        halo: dict[str, object] = {"fill": WHITE, "stroke": WHITE, "stroke_width": 3.4, "stroke_linejoin": "round"}
        for look in (halo, {"fill": BLACK}):  # all of the halo first: a letter's own would cover part of the one before it
            drawing.add("text", name, inside=turned, x=x, y=y + size * 0.34, **look)
        return True
    return False


def _areas(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The areas of what is left of an area within a frame."""
    return [piece for piece in shapely.get_parts(shape) if piece.geom_type == "Polygon" and not piece.is_empty]


def _lines(shape: shapely.Geometry) -> list[shapely.LineString]:
    """The lines of what is left of a line within a frame or a ground."""
    return [piece for piece in shapely.get_parts(shape) if piece.geom_type == "LineString" and not piece.is_empty]


def _strip(drawing: Drawing, view: _View, sheet: Sheet, high: float) -> None:
    """Scale, north, date and version below the map, and its frame; in two lines where the map is narrow."""
    width, top = sheet.width, sheet.height
    drawing.add("rect", x=0.0, y=top, width=width, height=high, fill=WHITE)
    drawing.add("rect", x=0.5, y=0.5, width=width - 1, height=top + high - 1, fill="none", stroke=BLACK, stroke_width=1.0)
    drawing.add("line", x1=0.0, y1=top, x2=width, y2=top, stroke=BLACK, stroke_width=1.0)
    steps = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
    metres = max((step for step in steps if step / view.metres_per_unit <= width / 4), default=steps[0])
    long, y = metres / view.metres_per_unit, top + 15.0
    drawing.add("path", d=f"M8 {y - 4:.1f}V{y:.1f}H{8 + long:.1f}V{y - 4:.1f}", fill="none", stroke=BLACK, stroke_width=1.4)
    drawing.add("text", f"{metres:,} m", x=13 + long, y=y, fill=BLACK, font_size=9.5)
    x = 13 + long + 60
    drawing.add(
        "path", d=path([(x, top + 4), (x + 4.5, top + 18), (x, top + 14.5), (x - 4.5, top + 18)], closed=True), fill=BLACK
    )
    drawing.add("text", "N", x=x + 8, y=y, fill=BLACK, font_size=9.5, font_weight=700)
    foot_y, room = (y, width - x - 30) if high == _STRIP else (top + high - 5, width - 12)
    size = min(9.5, room / max(len(sheet.foot), 1) / _LETTER)
    drawing.add("text", sheet.foot, x=width - 6, y=foot_y, text_anchor="end", fill=BLACK, font_size=round(size, 2))
