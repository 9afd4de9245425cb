"""Say where each barrier stands in words that a crew can follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask, class_names
from clearway.network.geometry import point_at
from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS, LANE_M, lane_counts
from clearway.planning.cordon.planner.contract import Barrier, Counts
from clearway.planning.cordon.planner.places import UNITS, Post, posts_of
from clearway.planning.street_names import name_stem
from clearway.shapes import Spot

if TYPE_CHECKING:
    from clearway.network.model import Floats, Network
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.street_pieces import Streets
    from clearway.planning.cordon.planner.window import Window

_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_STOP_NEAR_M = 15.0
"""A bollard or gate this near to a barrier is what the crew will see beside it."""
_MOST_STEPS = 12
"""Pieces of a street that are followed to its next cross street; beyond, the crew would not know it either."""


_SPOT_DECIMALS = 6
"""Of degrees: a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class _Arm:
    """One line of a barrier across one way: where, how wide, and the line itself (lon, lat)."""

    way: int
    at_m: float
    width_m: float
    width_known: bool
    line: list[list[float]]


def _bearing(window: Window, barrier: Barrier) -> float:
    east, north = window.site.flat(np.array([[barrier.lon, barrier.lat]]))[0]
    return float(np.degrees(np.arctan2(east, north)) % 360)


def _spot(lonlat: Floats) -> Spot:
    """As a link of the page has a point."""
    return Spot(lon=round(float(lonlat[0]), _SPOT_DECIMALS), lat=round(float(lonlat[1]), _SPOT_DECIMALS))


class Writer:
    """Writes the barriers of one window's cordons; a place that several cordons use is written once."""

    def __init__(self, window: Window, places: Places, question: CordonQuestion, pinned: frozenset[int] = frozenset()) -> None:
        self._window, self._places = window, places
        self._pinned = {int(places.spot_of[element]) for element in places.elements_of(pinned)}
        self._network: Network = window.network
        self._streets: Streets = window.streets
        self._shut = class_mask(question.shut)
        self._written: dict[frozenset[int], Barrier] = {}
        self._called: dict[int, str] = {}

    def described(self, cut: Cut) -> tuple[Barrier, ...]:
        """The barriers of a cut, numbered clockwise from north round the site."""
        barriers = [self._barrier(post) for post in posts_of(self._places, cut.parts)]
        barriers.sort(key=lambda barrier: (_bearing(self._window, barrier), barrier.lon, barrier.lat))
        return tuple(barrier.model_copy(update={"number": number}) for number, barrier in enumerate(barriers, start=1))

    def counts(self, cut: Cut) -> Counts:
        """How many barriers and places a cut has, and how many of them are at corners: two at one corner are one."""
        posts = posts_of(self._places, cut.parts)
        corners: list[set[int]] = []
        for post in posts:
            own = self._corners_at(post)
            joined = [other for other in corners if other & own]
            corners = [other for other in corners if not other & own] + ([own.union(*joined)] if own else [])
        return Counts(
            places=len(posts),
            barrier_count=sum(len(post.spots) for post in posts),
            corner_count=len(corners),
            mid_block_count=sum(1 for post in posts if not self._corners_at(post)),
        )

    def _corners_at(self, post: Post) -> set[int]:
        """The corners that a place is at, each by a number of its own; none in the middle of a block."""
        found = set()
        for spot in post.spots:
            ends = (int(self._window.spot_first[spot]), int(self._window.spot_second[spot]))
            corner = int(self._places.corners.of_spot[spot])
            found.update({corner} if corner >= 0 else {end for end in ends if end < 0})
        return {number if number >= 0 else number - self._places.corners.count for number in found}

    def _barrier(self, post: Post) -> Barrier:
        if post.parts not in self._written:
            self._written[post.parts] = self._worded_barrier(post)
        return self._written[post.parts]

    def _worded_barrier(self, post: Post) -> Barrier:
        corners = self._junctions_of(post) if post.corner >= 0 and len(post.parts) > 1 else []
        arms = tuple(self._arm(spot) for spot in post.spots)
        ways = [arm.way for arm in arms]
        open_to = ~self._shut & self._permitted(ways)
        whole = bool(corners) and set(self._outer_spots(post.corner)) <= set(post.spots)
        lon, lat = self._corner(corners) if whole else self._middle(arms)
        return Barrier(
            number=0,
            place="junction" if corners else "street",
            street=" / ".join(self._names_at(corners)) if corners else self.called(ways[0]),
            between=tuple(self._names_at(corners)) if corners else self._between(post.spots[0]),
            side=self._arms_worded(post, whole=whole) if corners else self._side(post.spots[0]),
            lon=lon,
            lat=lat,
            spots=self._spots_of(post),
            origin=self._origin(post),
            at_corner=bool(self._corners_at(post)),
            cost=(post.units // UNITS) / HUNDREDTHS,
            kind="gate" if open_to & class_mask(MOTOR_CLASSES) else "block",
            today=self._today(arms),
            shuts=class_names(self._shut),
            passes=class_names(open_to),
            ways=tuple(dict.fromkeys(int(self._network.way_source[way]) for way in ways)),
            way_indexes=tuple(ways),
            at_m=tuple(arm.at_m for arm in arms),
            width_m=round(sum(arm.width_m for arm in arms), 1),
            width_known=all(arm.width_known for arm in arms),
            lines=tuple(arm.line for arm in arms),
        )

    def _spots_of(self, post: Post) -> tuple[Spot, ...]:
        """Points whose nearest places are this one: its arms, or the middle between two carriageways."""
        if post.corner < 0 and len(post.spots) > 1:
            return (_spot(self._places.lonlat[list(post.spots)].mean(axis=0)),)
        return tuple(_spot(self._places.lonlat[spot]) for spot in post.spots)

    def _origin(self, post: Post) -> Literal["pinned", "added", "pinned and added"]:
        if self._pinned.issuperset(post.spots):
            return "pinned"
        return "added" if self._pinned.isdisjoint(post.spots) else "pinned and added"

    def _junctions_of(self, post: Post) -> list[int]:
        """Junctions of the corner."""
        members: list[int] = self._window.junctions[self._places.corners.of_junction == post.corner].tolist()
        return members

    def _outer_spots(self, corner: int) -> list[int]:
        """Spots of the arms that lead away from a corner and are not occupied."""
        window, corners = self._window, self._places.corners
        outer = (corners.of_spot == corner) & ~corners.is_link & ~window.spot_occupied
        return np.flatnonzero(outer & (window.spot_along | window.spot_against)).tolist()

    def _arms_worded(self, post: Post, *, whole: bool) -> str:
        """Which arms of a corner are closed."""
        if whole:
            return "across the junction"
        middle = self._corner(self._junctions_of(post))
        named = [f"{self.called(self._way(spot))} ({self._compass(spot, middle)})" for spot in post.spots]
        return f"on {', '.join(named[:-1])} and {named[-1]}"

    def _way(self, spot: int) -> int:
        return int(self._streets.spot_way[self._window.spots[spot]])

    def _compass(self, spot: int, seen_from: tuple[float, float]) -> str:
        """Where a spot lies as seen from a place (lon, lat)."""
        index = int(self._window.spots[spot])
        here = np.array([[self._streets.spot_lon[index], self._streets.spot_lat[index]]])
        east, north = (self._window.site.flat(here) - self._window.site.flat(np.array([seen_from])))[0]
        return _COMPASS[round(float(np.degrees(np.arctan2(east, north))) / 45) % 8]

    def called(self, way: int) -> str:
        """The street's name, or what it is and what it leads off."""
        if way not in self._called:
            self._called[way] = self._worded(way)
        return self._called[way]

    def _worded(self, way: int) -> str:
        name = self._network.street(way)
        if name:
            return name_stem(name)
        kind = {"service": "lane", "footway": "path", "path": "path", "steps": "steps"}.get(
            self._network.class_of(way), "street"
        )
        for corner in (int(self._network.way_tail[way]), int(self._network.way_head[way])):
            for other in self._around(corner):
                if parent := self._network.street(other):
                    return f"unnamed {kind} off {name_stem(parent)}"
        return f"unnamed {kind}"

    def _arm(self, spot: int) -> _Arm:
        index = int(self._window.spots[spot])
        way = int(self._streets.spot_way[index])
        at_m = self._window.moved_spot_m.get(index, float(self._streets.spot_m[index]))
        lon, lat = point_at(self._network.geometry(way), at_m)
        known = bool(self._network.way_lanes[way]) or not np.isnan(self._network.way_width_m[way])
        width = float(self._network.way_width_m[way])
        if np.isnan(width):
            width = float(lane_counts(self._network, np.array([way]))[0]) * LANE_M
        across = np.array([-self._streets.spot_north[index], self._streets.spot_east[index]]) * width / 2
        ends = np.round(np.array([[lon, lat], [lon, lat]]) + np.array([across, -across]) / self._window.site.scale, 7)
        return _Arm(way, round(at_m, 2), round(width, 1), known, ends.tolist())

    def _middle(self, arms: tuple[_Arm, ...]) -> tuple[float, float]:
        points: Floats = np.array([point for arm in arms for point in arm.line])
        lon, lat = np.round(points.mean(axis=0), 7)
        return float(lon), float(lat)

    def _corner(self, corners: list[int]) -> tuple[float, float]:
        lon, lat = (values[corners].mean() for values in (self._network.junction_lon, self._network.junction_lat))
        return round(float(lon), 7), round(float(lat), 7)

    def _permitted(self, ways: list[int]) -> int:
        return int(np.bitwise_or.reduce(self._network.arc_permit[[2 * way + side for way in ways for side in (0, 1)]]))

    def _around(self, corner: int) -> list[int]:
        first, end = self._streets.junction_start[corner : corner + 2]
        return [int(way) for way in self._streets.junction_ways[first:end]]

    def _names_at(self, corners: list[int]) -> list[str]:
        return list(dict.fromkeys(self.called(way) for corner in corners for way in sorted(self._around(corner))))

    def _between(self, spot: int) -> tuple[str, ...]:
        way = self._way(spot)
        return tuple(self._cross_street(way, int(end)) for end in (self._network.way_tail[way], self._network.way_head[way]))

    def _cross_street(self, way: int, corner: int) -> str:
        """The first other street met beyond a way's end."""
        name, came = self.called(way), way
        for _ in range(_MOST_STEPS):
            others = [other for other in self._around(corner) if other != came]
            crossing = [self.called(other) for other in others if self.called(other) != name and self._network.street(other)]
            if crossing:
                return max(sorted(set(crossing)), key=crossing.count)
            if len(others) != 1:
                return "its end" if not others else self.called(others[0])
            came = others[0]
            ends = int(self._network.way_tail[came]), int(self._network.way_head[came])
            corner = ends[1] if ends[0] == corner else ends[0]
        return "its far end"

    def _side(self, spot: int) -> str:
        window = self._window
        first, second = int(window.spot_first[spot]), int(window.spot_second[spot])
        if first >= 0 and second >= 0:
            return "middle of the block"
        corner = int(window.junctions[-1 - (first if first < 0 else second)])
        seen_from = (float(self._network.junction_lon[corner]), float(self._network.junction_lat[corner]))
        compass, way = self._compass(spot, seen_from), self._way(spot)
        return f"{compass} side of {self._cross_street(way, corner)}"

    def _today(self, arms: tuple[_Arm, ...]) -> str:
        network = self._network
        found: dict[str, None] = {}
        for arm in arms:
            near = (network.stop_way == arm.way) & (np.abs(network.stop_offset_m - arm.at_m) <= _STOP_NEAR_M)
            found |= dict.fromkeys(network.stop_kinds[kind].replace("_", " ") for kind in network.stop_kind[near])
        return ", ".join(found) or "nothing"
