"""A barrier in words: a street and a cross street, with the side where both go on beyond.

* "Hill Street at Molesworth Street" shuts the arm of Hill Street; where it has two, the one that leads towards the site, with a
  note that says so. A side tells them apart: "Hill Street at Molesworth Street, north side", or "Hill Street, north side of
  Molesworth Street" as plans say.
* "Hill Street between Molesworth Street and Lambton Quay" shuts it in the middle.
* "Junction of Hill Street and Molesworth Street" shuts all arms.
* "Filter at Hill Street and Molesworth Street, north and east from south and west" parts the arms of the junction.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput, UnknownName
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.cordon.planner.carriageways import APART_M
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.seal.placing import COMPASS, Parting, Placed, octant_of
from clearway.planning.street_expressions import ways_called
from clearway.words import counted, listed

if TYPE_CHECKING:
    from clearway.planning.cordon.seal.contract import GivenBarrier
    from clearway.planning.cordon.seal.placing import Placer

    Arm = tuple[int, bool]

_SIDE = r"(?P<side>(?:north|south|east|west)(?:[ -]?(?:east|west))?)(?:ern)?"
_FORMS = (
    (
        "filter",
        re.compile(
            r"^(?:diagonal )?filter (?:at|across)(?: the junction of)? (?P<a>.+?) (?:and|/|at) (?P<b>.+?), "
            r"(?P<one>[\w, -]+?) from (?P<other>[\w, -]+)$",
            re.IGNORECASE,
        ),
    ),
    ("junction", re.compile(r"^(?:across )?(?:the )?(?:whole )?junction of (?P<a>.+?) (?:and|/|at) (?P<b>.+)$", re.IGNORECASE)),
    ("between", re.compile(r"^(?P<a>.+?),? between (?P<b>.+?) and (?P<c>.+)$", re.IGNORECASE)),
    ("at", re.compile(rf"^(?P<a>.+?) at (?P<b>.+?),? (?:on the )?{_SIDE} side$", re.IGNORECASE)),
    ("at", re.compile(rf"^(?P<a>.+?),? (?:on the )?{_SIDE} side of (?P<b>.+)$", re.IGNORECASE)),
    ("at", re.compile(rf"^(?P<a>.+?),? {_SIDE} of (?P<b>.+)$", re.IGNORECASE)),
    ("at", re.compile(r"^(?P<a>.+?) at (?P<b>.+)$", re.IGNORECASE)),
    ("at", re.compile(r"^(?P<a>[^,]+), (?P<b>[^,]+)$", re.IGNORECASE)),
)  # fmt: skip
_EXAMPLES = "Write 'Hill Street at Molesworth Street', 'Hill Street, north side of Molesworth Street' or longitude,latitude."
_NEAR_M = 2000.0
"""Beyond the radius: a street of that name farther off is another one."""
_LINK_M = 70.0
"""A way no longer than this between two corners of the same crossing lies inside it."""
_SAME_SIDE_COSINE = 0.7
"""Of the angle between two arms, 45 degrees: they leave the crossing on one side."""
_SAME_CROSSING_M = 90.0
"""Corners of one crossing: its carriageways, and half a block more."""
_FITS_COSINE = 0.5
"""Of the angle between an arm and the side named, 60 degrees."""


def placed_by_words(placer: Placer, given: GivenBarrier, number: int) -> Placed:
    """A barrier that is given in words.

    Raises:
        BadInput: the words cannot be read, or fit several places.
        UnknownName: a street is unknown, or the two do not meet.
    """
    words = " ".join(given.words.split()).rstrip(".")
    title = f"Barrier {number} ({words})"
    fits = [(form, match.groupdict()) for form, pattern in _FORMS if (match := pattern.match(words))]
    if not fits:
        raise BadInput(f"{title} cannot be read. {_EXAMPLES}")
    form, parts = fits[0]
    reader = _Reader(placer, title, number)
    if form == "between":
        return reader.between(parts["a"], parts["b"], parts["c"])
    if form == "junction":
        return placer.closed_junction(number, reader.crossing(parts["a"], parts["b"]))
    if form == "filter":
        return reader.filter(parts["a"], parts["b"], (parts["one"], parts["other"]))
    return reader.at(parts["a"], parts["b"], parts.get("side"))


class _Reader:
    """Reads one barrier's words."""

    def __init__(self, placer: Placer, title: str, number: int) -> None:
        self._placer, self._network = placer, placer.network
        self._title, self._number = title, number
        self._site = located_site(placer.network, placer.question)
        self._near = self._site.box(placer.question.radius_m + _NEAR_M)

    def at(self, street: str, cross: str, side: str | None) -> Placed:
        """The arm of a street where another crosses it."""
        corners, ways = self._corners(street, cross), self._ways(street)
        arms = [
            (way, at_tail)
            for corner in corners
            for way, at_tail in self._placer.arms(corner)
            if way in ways and not self._is_link(way, corners)
        ]
        groups = self._groups(arms)
        if side is not None:
            groups = self._on_side(groups, side)
        if not groups:
            raise UnknownName(
                f"side of {cross} on which {street} goes on, in {self._title}", [side], self._sides(self._groups(arms))
            )
        note = ""
        if len(groups) > 1:
            choices = self._choices(street, cross, groups)
            groups = self._towards_site(groups, corners)
            if not groups:
                raise BadInput(f"{self._title} fits {choices}")
            [taken] = self._sides(groups)
            note = f"{self._title} is taken to stand on the {taken} side of {cross}, towards the site. If not, name its side."
        cuts = [self._placer.mouth(way, at_tail=at_tail) for way, at_tail in groups[0]]
        return replace(self._placer.of_cuts(self._number, cuts), note=note)

    def _towards_site(self, groups: list[list[Arm]], corners: list[int]) -> list[list[Arm]]:
        """The one group of arms that leads from a crossing towards the site; none where that is not plain to see."""
        if self._spread_m(corners) > _SAME_CROSSING_M:
            return []
        mouths = [self._mouth_at(group[0]) for group in groups]
        away = self._site.distances_m(np.array(mouths))
        nearest, second = np.argsort(away, kind="stable")[:2].tolist()
        gap = self._apart_m(groups[nearest][0], groups[second][0])
        plain = float(away[second] - away[nearest]) >= _FITS_COSINE * gap and away[nearest] > 0
        return [groups[nearest]] if plain else []

    def between(self, street: str, first: str, last: str) -> Placed:
        """The middle of a street's part between two others."""
        ways = [way for way in ways_called(self._network, f"{street} from {first} to {last}") if self._placer.usable[way]]
        if not ways:
            raise UnknownName(f"part of a street in {self._title}", [f"{first} to {last}"])
        lengths = self._network.way_length_m[ways]
        middle = float(lengths.sum()) / 2
        index = int(np.searchsorted(np.cumsum(lengths), middle))
        way, at_m = ways[index], middle - float(lengths[:index].sum())
        if index and int(self._network.way_tail[way]) not in self._ends(ways[index - 1]):
            at_m = float(lengths[index]) - at_m
        return self._placer.of_cuts(self._number, self._placer.beside([(way, at_m)]))

    def filter(self, street: str, cross: str, sides: tuple[str, str]) -> Placed:
        """The arms of a junction parted by what lies on which side."""
        corners = self.crossing(street, cross)
        if len(corners) > 1:
            raise BadInput(f"{self._title} lies on a crossing of carriageways. Draw its line as GeoJSON, through one junction.")
        arms = self._placer.arms(corners[0])
        one, other = (self._named_arms(arms, text) for text in sides)
        if not one or not other or one & other or len(one | other) < len(arms):
            raise BadInput(
                f"{self._title} does not put each arm on one side. The junction has arms to the "
                f"{listed(self._sides([[arm] for arm in arms]))}; name each once, as in 'north and east from south and west'."
            )
        names = list(dict.fromkeys(self._placer.name(way) for way, _ in arms))
        lon, lat = (float(axis[corners[0]]) for axis in (self._network.junction_lon, self._network.junction_lat))
        called = f"the filter across the junction of {listed(names)}"
        return Placed(self._number, "", called, lon, lat, (), self._placer.shut, Parting(corners[0], frozenset(one)))

    def crossing(self, street: str, cross: str) -> list[int]:
        """The junctions where two streets meet, all of one crossing."""
        corners = self._corners(street, cross)
        if self._spread_m(corners) > _SAME_CROSSING_M:
            raise BadInput(
                f"{self._title}: {street} and {cross} meet at {counted(len(corners), 'place')}: "
                f"{self._listed_places(corners)}. Give longitude,latitude instead."
            )
        return corners

    def _ways(self, street: str) -> frozenset[int]:
        """The usable ways of a street near the site; where it has none there, wherever it is."""
        try:
            ways = ways_called(self._network, street, self._near)
        except UnknownName:
            ways = self._anywhere(street)
        return frozenset(way for way in ways if self._placer.usable[way])

    def _anywhere(self, street: str) -> tuple[int, ...]:
        try:
            return ways_called(self._network, street)
        except UnknownName as error:
            raise UnknownName(f"street in {self._title}", [street], _known(error)) from error

    def _corners(self, street: str, cross: str) -> list[int]:
        first, second = (self._junctions(self._ways(name)) for name in (street, cross))
        corners = sorted(first & second)
        if not corners:
            raise BadInput(
                f"{self._title}: {street} and {cross} do not meet. Name the cross street next to the barrier, or give "
                "longitude,latitude."
            )
        return corners

    def _junctions(self, ways: frozenset[int]) -> set[int]:
        return {corner for way in ways for corner in self._ends(way)}

    def _ends(self, way: int) -> set[int]:
        return {int(self._network.way_tail[way]), int(self._network.way_head[way])}

    def _is_link(self, way: int, corners: list[int]) -> bool:
        return self._ends(way) <= set(corners) and float(self._network.way_length_m[way]) <= _LINK_M

    def _groups(self, arms: list[Arm]) -> list[list[Arm]]:
        """Arms that one crew closes as one: the carriageways of one street on one side of one crossing."""
        groups: list[list[Arm]] = []
        for arm in arms:
            for group in groups:
                if all(self._abreast(arm, other) for other in group):
                    group.append(arm)
                    break
            else:
                groups.append([arm])
        return groups

    def _abreast(self, arm: Arm, other: Arm) -> bool:
        first, second = (self._placer.heading(way, at_tail=at_tail) for way, at_tail in (arm, other))
        return float(first @ second) >= _SAME_SIDE_COSINE and self._apart_m(arm, other) <= APART_M

    def _apart_m(self, arm: Arm, other: Arm) -> float:
        one, two = (np.array(self._mouth_at(end)) for end in (arm, other))
        return float(np.hypot(*((two - one) * flat_scale(float(one[1])))))

    def _mouth_at(self, arm: Arm) -> tuple[float, float]:
        way, at_m = self._placer.mouth(arm[0], at_tail=arm[1])
        return point_at(self._network.geometry(way), at_m)

    def _on_side(self, groups: list[list[Arm]], side: str) -> list[list[Arm]]:
        octant = octant_of(side)
        if octant is None:
            return []
        wanted = np.array([np.sin(octant * np.pi / 4), np.cos(octant * np.pi / 4)])
        fit = [float(self._heading(group) @ wanted) for group in groups]
        best = max(fit, default=-1.0)
        return [group for group, cosine in zip(groups, fit, strict=True) if cosine >= max(_FITS_COSINE, best - 0.1)]

    def _heading(self, group: list[Arm]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        way, at_tail = group[0]
        return self._placer.heading(way, at_tail=at_tail)

    def _sides(self, groups: list[list[Arm]]) -> list[str]:
        return [COMPASS[round(float(np.degrees(np.arctan2(*self._heading(group)))) / 45) % 8] for group in groups]

    def _named_arms(self, arms: list[Arm], text: str) -> set[Arm]:
        found: set[Arm] = set()
        for word in filter(None, re.split(r",| and ", text)):
            groups = self._on_side([[arm] for arm in arms], word)
            found.update(arm for group in groups for arm in group)
        return found

    def _choices(self, street: str, cross: str, groups: list[list[Arm]]) -> str:
        sides = self._sides(groups)
        several = counted(len(groups), "place")
        if len(set(sides)) == len(sides):
            return (
                f"{several}: {street} goes on to the {listed(sides)} of {cross}. "
                f"Name the side, as in '{street} at {cross}, {sides[0]} side'."
            )
        places = "; ".join("{:.5f},{:.5f}".format(*self._mouth_at(group[0])) for group in groups)
        return f"{several}: {places}. Give the one that is meant as longitude,latitude."

    def _spread_m(self, corners: list[int]) -> float:
        at = np.column_stack((self._network.junction_lon[corners], self._network.junction_lat[corners]))
        return float(np.hypot(*((at.max(axis=0) - at.min(axis=0)) * flat_scale(float(at[0, 1])))))

    def _listed_places(self, corners: list[int]) -> str:
        lon, lat = self._network.junction_lon, self._network.junction_lat
        return "; ".join(f"{lon[corner]:.5f},{lat[corner]:.5f}" for corner in corners[:4])


def _known(error: UnknownName) -> list[str]:
    """The names that an error offers instead."""
    _, _, known = str(error).partition("Known: ")
    return [name for name in known.rstrip(".").split(", ") if name]
