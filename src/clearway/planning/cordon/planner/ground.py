"""What the streets of a network do not say about the ground round a cordon: warnings, each with its place.

A plan seals every street that the data hold. Where the data stop short of what is there (a drive that ends just outside the
site, a square or a wide footway that a vehicle can cross, streets drawn across one another without a junction), the plan says
so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.ops import substring

from clearway.network.classes import load_street_classes
from clearway.network.open_ends import open_ends_of
from clearway.planning.cordon.planner.window import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.cordon.planner.window import Window

_JUST_OUTSIDE_M = 10.0
"""A drive that ends this near to the site very likely leads on into it: two car lengths."""
_TOUCH_M = 1.0
"""What is drawn this near to an area lies on its edge."""
_WIDE_M = 2.5
"""A footway as wide as a lorry: a vehicle drives on it without touching anything."""
_MOST_SHOWN = 8
"""Of one kind; a list that nobody reads to its end warns of nothing."""


def ground_warnings(window: Window, inside: Bools) -> tuple[str, ...]:
    """Sentences on places where vehicles may come in although no street of the data leads there.

    Args:
        window: The window.
        inside: (M,) pieces that the cordon encloses, those of the site included.
    """
    ground = _Ground(window, inside)
    kinds = (ground.open_ends(), ground.doubts(), ground.drives(), ground.squares(), ground.footways())
    return tuple(sentence for kind in kinds for sentence in _shortened(list(dict.fromkeys(kind))))


class _Ground:
    """The streets inside and outside, in flat metres."""

    def __init__(self, window: Window, inside: Bools) -> None:
        self._window, self._network, self._site = window, window.network, window.site
        self._inside = window.pieces[inside]
        self._outside = window.pieces[~inside]
        self._parted = self._junctions_of(self._inside) & self._junctions_of(self._outside)
        self._lines: dict[int, Any] = {}

    def open_ends(self) -> Iterator[str]:
        """Doubtful ends of the data at the end of a street inside."""
        network = self._network
        inside = self._junctions_of(self._inside)
        for end in open_ends_of(network) if network.report.get("doubtful_ends") else ():
            if end["doubtful"] and end["junction"] in inside:
                place = f"{end['lon']},{end['lat']}"
                yield (
                    f"{end['street'] or 'An unnamed street'} ends in the data at {place}: {end['why']}. It counts as outside, "
                    f"not as a wall. If it is a true dead end, import again with --dead-end {place}."
                )

    def doubts(self) -> Iterator[str]:
        """Doubtful places of the map on a street inside."""
        inside = np.unique(self._window.streets.piece_way[self._inside])
        for doubt in self._network.report.get("doubts", ()):
            if set(doubt["ways"]).isdisjoint(inside.tolist()):
                continue
            point = shapely.Point(self._site.flat(np.array([[doubt["lon"], doubt["lat"]]]))[0])
            on = self._inside[np.isin(self._window.streets.piece_way[self._inside], doubt["ways"])]
            if any(self._line(piece).distance(point) < _TOUCH_M for piece in on.tolist()):
                yield f"{doubt['text']} If vehicles can turn off there, the cordon has a gap: look at it, and correct the map."

    def drives(self) -> Iterator[str]:
        """Streets that end just outside the site."""
        window, network = self._window, self._network
        ends = np.concatenate((network.way_tail[window.ways], network.way_head[window.ways]))
        alone = np.bincount(ends, minlength=network.junction_count) == 1
        dead = np.flatnonzero(alone[window.junctions] & (window.junction_side != SITE))
        at = window.junctions[dead]
        places = np.column_stack((network.junction_lon[at], network.junction_lat[at]))
        for junction, place, distance in zip(at.tolist(), places, self._from_site(places), strict=True):
            way = int(window.ways[np.flatnonzero(ends == junction)[0] % len(window.ways)])
            pieces = window.streets.piece_way[window.pieces] == way
            if distance <= _JUST_OUTSIDE_M and not (window.piece_side[pieces] == SITE).all():
                name = network.street(way) or "A drive without a name"
                yield (
                    f"{name} ends {distance:.0f} m before the site, at {_at(place)}. If vehicles can drive on from there, draw "
                    "the site over its end."
                )

    def squares(self) -> Iterator[str]:
        """Open ground between a street outside and the site or a street inside."""
        network = self._network
        if "square" not in network.area_kinds:
            return
        for area in np.flatnonzero(network.area_kind == network.area_kinds.index("square")).tolist():
            first, end = network.area_points[area : area + 2]
            ring = np.column_stack((network.area_lon[first:end], network.area_lat[first:end]))
            square = shapely.make_valid(shapely.Polygon(self._site.flat(ring)))
            inner = [piece for piece in self._near(self._inside, ring) if self._touches(piece, square)]
            if not inner and square.distance(self._site.ground) > _TOUCH_M:
                continue
            outer = [piece for piece in self._near(self._outside, ring) if self._touches(piece, square)]
            if outer:
                name = network.string(int(network.area_name[area])) or "A square without a name"
                streets = " and ".join(sorted({self._name(piece) for piece in outer})[:3])
                yield (
                    f"{name} at {_at(ring[:-1].mean(axis=0))} is open ground: vehicles can cross it from {streets}. No barrier "
                    "stands on it; look at it, or draw the site over it."
                )

    def footways(self) -> Iterator[str]:
        """Ways where no street class lets a car in, wide enough for one, that lead into the site."""
        network = self._network
        drivable = {row.name for row in load_street_classes() if row.drivable}
        narrow = np.array([name in drivable or name == "steps" for name in network.street_classes], np.bool_)
        west, south, east, north = self._site.box(0.0)
        box = self._window.streets.way_box
        near = (box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north)
        wide = near & ~narrow[network.way_class] & (network.way_width_m >= _WIDE_M) & (network.way_level == 0)
        for way in np.setdiff1d(np.flatnonzero(wide), self._window.ways).tolist():
            line = shapely.LineString(self._site.flat(network.geometry(way)))
            mouth = line.intersection(self._site.ground.boundary)
            if not mouth.is_empty:
                place = self._site.lonlat(shapely.get_coordinates(mouth))[0]
                name = network.street(way) or f"A {network.class_of(way)} without a name"
                yield (
                    f"{name} is {network.way_width_m[way]:g} m wide and leads into the site at {_at(place)}: a vehicle fits. "
                    "No barrier stands on it."
                )

    def _from_site(self, places: Floats) -> Floats:
        distances: Floats = shapely.distance(self._site.ground, shapely.points(self._site.flat(places)))
        return np.where(np.isnan(distances), np.inf, distances)

    def _near(self, pieces: Longs, ring: Floats) -> list[int]:
        box = self._window.streets.way_box[:, self._window.streets.piece_way[pieces]]
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        found: list[int] = pieces[(box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north)].tolist()
        return found

    def _touches(self, piece: int, square: Any) -> bool:  # noqa: ANN401 - shapely's shapes
        return bool(self._line(piece).distance(square) <= _TOUCH_M)

    def _line(self, piece: int) -> Any:  # noqa: ANN401
        """A piece; where it is cut off from a junction of the way by a barrier at the mouth, from the barrier on."""
        if piece not in self._lines:
            network, streets = self._network, self._window.streets
            way = int(streets.piece_way[piece])
            first, last = int(streets.piece_start[way]), int(streets.piece_start[way + 1]) - 1
            start, end = float(streets.piece_from_m[piece]), float(streets.piece_to_m[piece])
            if piece == first and int(network.way_tail[way]) in self._parted:
                start = float(streets.spot_m[first + way])
            if piece == last and int(network.way_head[way]) in self._parted:
                end = float(streets.spot_m[last + way + 1])
            line = shapely.LineString(self._site.flat(network.geometry(way)))
            scale = line.length / float(network.way_length_m[way])
            self._lines[piece] = substring(line, start * scale, end * scale)
        return self._lines[piece]

    def _junctions_of(self, pieces: Longs) -> set[int]:
        """Junctions where one of the pieces begins or ends."""
        streets, network = self._window.streets, self._network
        way = streets.piece_way[pieces]
        tails = network.way_tail[way[streets.piece_start[way] == pieces]]
        heads = network.way_head[way[streets.piece_start[way + 1] - 1 == pieces]]
        return set(np.concatenate((tails, heads)).tolist())

    def _name(self, piece: int) -> str:
        return self._network.street(int(self._window.streets.piece_way[piece])) or "an unnamed street"


def _at(place: Floats) -> str:
    return f"{place[0]:.5f}, {place[1]:.5f}"


def _shortened(sentences: list[str]) -> list[str]:
    left = len(sentences) - _MOST_SHOWN
    return sentences[:_MOST_SHOWN] + ([f"There are {left} more places like these."] if left > 0 else [])
