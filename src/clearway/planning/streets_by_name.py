"""The streets of one network by name: whole, in the pieces that lie apart, between cross streets, and where they meet."""

from __future__ import annotations

import unicodedata
from collections import deque
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.geometry import flat_scale, point_at
from clearway.planning.street_expressions import plain_name
from clearway.planning.street_names import name_stem, said_name
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.model import Floats, Longs, Network

_JOINED_M = 400.0
"""Pieces of a street of one name farther apart than this are streets of their own."""
_CROSSING_M = 80.0
"""Corners of one crossing lie this near to each other: its carriageways, and half a block more."""
_LINKED_M = 60.0
"""Two streets that a roundabout or a link joins have no corner in common, and come this near."""


class Called(NamedTuple):
    """A street by name: as the network writes it, with its type in full; and its way indexes."""

    name: str
    ways: Longs


class StreetsByName:
    """Built once for a network; safe for several threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.scale = np.array(flat_scale(float(network.junction_lat.mean()) if network.junction_count else 0.0))
        used, row = np.unique(network.way_name, return_inverse=True)
        self._by_plain: dict[str, list[int]] = {}
        self._name: dict[str, str] = {}
        self._short: dict[str, set[str]] = {}
        self._said: dict[str, str] = {}
        order, start = np.argsort(row, kind="stable"), np.searchsorted(np.sort(row), np.arange(len(used) + 1))
        for at, index in enumerate(used.tolist()):
            if name := network.string(index):
                plain = folded(name)
                self._by_plain.setdefault(plain, []).extend(order[start[at] : start[at + 1]].tolist())
                self._name.setdefault(plain, written_out(name_stem(name)))
                self._short.setdefault(plain.rpartition(" ")[0], set()).add(plain)
                self._said.setdefault(folded(said_name(name) or name), plain)

    def called(self, name: str) -> Called | None:
        """The street of a name, as written or as said, or the only one that has the name before its type; else None."""
        plain = folded(name)
        plain = plain if plain in self._by_plain else self._said.get(plain, plain)
        longer = self._short.get(plain, set())
        if plain not in self._by_plain and len(longer) == 1:
            (plain,) = longer
        ways = self._by_plain.get(plain)
        return Called(self._name[plain], np.array(sorted(ways), dtype=np.int64)) if ways else None

    def like(self, name: str, most: int = 3) -> list[str]:
        """Names of streets that are spelled much like a text, the likest first."""
        plain = folded(name)
        longer = sorted(self._short.get(plain, ()))
        near = get_close_matches(plain, self._by_plain, n=most) or get_close_matches(plain, self._short, n=most)
        found = [*longer, *(known for one in near for known in ([one] if one in self._name else sorted(self._short[one])))]
        return list(dict.fromkeys(self._name[one] for one in found))[:most]

    def pieces(self, ways: Longs) -> list[Longs]:
        """Ways of one name as the streets that they are: pieces that lie far apart are streets of their own."""
        left, pieces = list(range(len(ways))), []
        ends = self.ends(ways).reshape(2, -1, 2)
        while left:
            reached, edge = {left[0]}, [left[0]]
            while edge:
                near = ends[:, edge].reshape(-1, 1, 1, 2)
                away = np.hypot(*np.moveaxis(ends[:, left][None] - near, -1, 0)).min(axis=(0, 1))
                edge = [one for one, metres in zip(left, away, strict=True) if metres <= _JOINED_M and one not in reached]
                reached.update(edge)
            pieces.append(ways[sorted(reached)])
            left = [one for one in left if one not in reached]
        return pieces

    def ends(self, ways: Longs) -> Floats:
        """(2 * ways, 2) flat metres: the first ends, then the last ends."""
        return self.flat(np.concatenate((self.network.way_tail[ways], self.network.way_head[ways])))

    def flat(self, junctions: Longs) -> Floats:
        """(junctions, 2) flat metres."""
        network = self.network
        return np.asarray(np.column_stack((network.junction_lon[junctions], network.junction_lat[junctions])) * self.scale)

    def corners(self, streets: Iterable[Longs]) -> list[Longs]:
        """The crossings at which streets meet: of each the junctions that are its corners, none where they never meet.

        Streets that a roundabout joins meet at the junctions by which they come nearest.
        """
        ends = ((self.network.way_tail[ways], self.network.way_head[ways]) for ways in streets)
        of_each: list[Longs] = [np.unique(np.concatenate(pair)).astype(np.int64) for pair in ends]
        met = of_each[0]
        for other in of_each[1:]:
            met = np.intersect1d(met, other)
        if not len(met) and len(of_each) == 2:  # noqa: PLR2004 - a pair of streets
            step = np.subtract(self.flat(of_each[0])[:, None], self.flat(of_each[1])[None])
            apart = np.hypot(step[..., 0], step[..., 1])
            first, last = np.unravel_index(int(apart.argmin()), apart.shape)
            met = np.array([of_each[0][first], of_each[1][last]]) if apart[first, last] <= _LINKED_M else met
        return self._grouped(np.asarray(met, dtype=np.int64))

    def run_between(self, ways: Longs, starts: Iterable[int], goals: Iterable[int]) -> Longs:
        """The ways of the shortest run of a street from some junctions to others, in order; none where none leads there."""
        at: dict[int, list[int]] = {}
        for way in ways.tolist():
            for end in (int(self.network.way_tail[way]), int(self.network.way_head[way])):
                at.setdefault(end, []).append(way)
        wanted = set(goals)
        queue: deque[tuple[int, tuple[int, ...]]] = deque((corner, ()) for corner in sorted(starts))
        seen = {corner for corner, _ in queue}
        while queue:
            corner, run = queue.popleft()
            if corner in wanted and run:
                return np.array(run, dtype=np.int64)
            for way in at.get(corner, []):
                other = int(self.network.way_tail[way]) + int(self.network.way_head[way]) - corner
                if other not in seen:
                    seen.add(other)
                    queue.append((other, (*run, way)))
        return np.empty(0, dtype=np.int64)

    def middle(self, run: Longs) -> tuple[float, float]:
        """Longitude and latitude half way along a run of ways."""
        network = self.network
        left = float(network.way_length_m[run].sum()) / 2
        ends = [{int(network.way_tail[way]), int(network.way_head[way])} for way in run[:2]]
        here = next(iter(ends[0] - ends[-1]), int(network.way_tail[run[0]]))
        for way in run.tolist():
            length, is_along = float(network.way_length_m[way]), network.way_tail[way] == here
            if left <= length:
                break
            left -= length
            here = int(network.way_tail[way]) + int(network.way_head[way]) - here
        return point_at(network.geometry(way), left if is_along else length - left)

    def _grouped(self, junctions: Longs) -> list[Longs]:
        groups: list[list[int]] = []
        for junction, spot in zip(junctions.tolist(), self.flat(junctions), strict=True):
            near = next((one for one in groups if np.hypot(*(self.flat(np.array(one)) - spot).T).min() <= _CROSSING_M), None)
            groups.append([junction]) if near is None else near.append(junction)
        return [np.array(group, dtype=np.int64) for group in groups]


def folded(text: str) -> str:
    """A name as names are compared: lower case, no accents, usual words shortened.

    >>> folded("Taranaki Street"), folded("Pōneke")
    ('taranaki st', 'poneke')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return plain_name(plain)
