"""The pieces of a street between its cross streets, to choose from where only the street is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.plan.contract import PlaceChoice
from clearway.record.place_text import place_of_text
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Longs
    from clearway.planning.cordon.planner.site import Site
    from clearway.planning.gazetteer import Gazetteer

MOST_CHOICES = 40
"""Blocks of a street that a person looks through; the nearest to the site come first."""


def street_choices(name: str, gazetteer: Gazetteer, site: Site | None = None) -> tuple[PlaceChoice, ...]:
    """The blocks of a street, the nearest to the site first; in the network's order without one. None for an unknown street.

    Each is called by words that :class:`Gazetteer` reads as that very block, or by the point at its middle.

    Args:
        name: Of the street.
        gazetteer: Of the network.
        site: The ground that people hold.
    """
    street = gazetteer.streets.called(name)
    if street is None:
        return ()
    choices: dict[str, PlaceChoice] = {}
    for run in _runs(street.ways, gazetteer):
        lon, lat = gazetteer.streets.middle(run)
        away = None if site is None else round(float(site.distances_m(np.array([[lon, lat]]))[0]), 1)
        words = _words(street.name, run, gazetteer) or f"{lat:.6f}, {lon:.6f}"
        ways = tuple(np.unique(gazetteer.network.way_source[run]).tolist())
        length_m = round(float(gazetteer.network.way_length_m[run].sum()), 1)
        choices.setdefault(words, PlaceChoice(words=words, lon=lon, lat=lat, length_m=length_m, ways=ways, from_site_m=away))
    found = list(choices.values())
    if site is not None:
        found.sort(key=lambda choice: (choice.from_site_m, choice.words))
    return tuple(found[:MOST_CHOICES])


def _runs(ways: Longs, gazetteer: Gazetteer) -> list[Longs]:
    """Runs of ways from one cross street to the next, in the order of the network."""
    network = gazetteer.network
    at: dict[int, list[int]] = {}
    for way in ways.tolist():
        for end in (int(network.way_tail[way]), int(network.way_head[way])):
            at.setdefault(end, []).append(way)
    crossed = {end for end, here in at.items() if len(here) != 2 or gazetteer.crosses(end, here[0])}  # noqa: PLR2004 - goes on
    left, runs = dict.fromkeys(ways.tolist()), []
    while left:
        run = [next(iter(left))]
        left.pop(run[0])
        for side in (0, -1):
            _grow(run, side, at, crossed, left, gazetteer)
        runs.append(np.array(run, dtype=np.int64))
    return runs


def _grow(
    run: list[int], side: int, at: dict[int, list[int]], crossed: set[int], left: dict[int, None], gazetteer: Gazetteer
) -> None:
    """Lengthen a run at one of its ends, as far as the next cross street."""
    network = gazetteer.network
    end = int(network.way_tail[run[0]] if side == 0 else network.way_head[run[-1]])
    while end not in crossed:
        following = [way for way in at[end] if way in left]
        if not following:
            return
        way = following[0]
        left.pop(way)
        run.insert(0, way) if side == 0 else run.append(way)
        end = int(network.way_tail[way]) + int(network.way_head[way]) - end


def _words(street: str, run: Longs, gazetteer: Gazetteer) -> str | None:
    """Words that mean this very block; None where there are none."""
    for first in _crosses(run, gazetteer, 0):
        for last in _crosses(run, gazetteer, -1):
            words = f"{street} between {first} and {last}"
            where = gazetteer.of(place_of_text(words))
            if first != last and where.certainty == "stretch" and set(where.ways) == set(run.tolist()):
                return words
    return None


def _crosses(run: Longs, gazetteer: Gazetteer, side: int) -> Sequence[str]:
    """Names of the streets that meet a run at one of its ends."""
    network = gazetteer.network
    way = int(run[side])
    ends = {int(network.way_tail[way]), int(network.way_head[way])}
    if len(run) > 1:
        inner = int(run[1] if side == 0 else run[-2])
        ends -= {int(network.way_tail[inner]), int(network.way_head[inner])}
        corners = sorted(ends)
    else:
        corners = [int(network.way_tail[way] if side == 0 else network.way_head[way])]
    names = (gazetteer.crosses(corner, way) for corner in corners)
    return [written_out(name) for name in names if name]
