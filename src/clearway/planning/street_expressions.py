"""Find ways by what people call them: a street's name, a part of a street, or the source's own id."""

from __future__ import annotations

import re
from collections import deque
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import UnknownName
from clearway.planning.street_names import name_stem
from clearway.record.street_words import SHORT

if TYPE_CHECKING:
    from clearway.network.model import Longs, Network

_PART = re.compile(r"^(?P<street>.+?) from (?P<first>.+?) to (?P<last>.+)$", re.IGNORECASE)


def ways_called(network: Network, called: str, near: tuple[float, float, float, float] | None = None) -> tuple[int, ...]:
    """The ways that a text means.

    Args:
        network: The network.
        called: ``"Hill Street"``, ``"Molesworth St from Lambton Quay to Hill St"``, or a source's id such as ``"177000"``.
        near: West, south, east, north: only ways that reach into this box; anywhere where absent.

    Raises:
        UnknownName: there is no such street or id, or the two cross streets do not meet the street.
    """
    if called.strip().isdigit():
        found = np.flatnonzero(network.way_source == int(called))
    elif part := _PART.match(called.strip()):
        found = _part(network, part["street"], part["first"], part["last"])
    else:
        found = _within(network, _named(network, called), near)
    if not len(found):
        raise UnknownName("street", [called], _like(network, called))
    return tuple(found.tolist())


def _like(network: Network, called: str) -> list[str]:
    """Names of streets that are spelled much like a text."""
    used = np.unique(network.way_name[network.way_name >= 0])
    names = {plain_name(name): name_stem(name) for index in used if (name := network.string(int(index)))}
    return [names[plain] for plain in get_close_matches(plain_name(called), names, n=3)]


def plain_name(name: str) -> str:
    """A street's name as compared: lower case, carriageway left out, usual words shortened.

    >>> plain_name("Molesworth Street"), plain_name("Lambton Quay-EAST")
    ('molesworth st', 'lambton qy')
    """
    words = re.split(r"[\s.]+", name_stem(name.strip()).lower())
    return " ".join(SHORT.get(word, word) for word in words if word)


def _named(network: Network, name: str) -> Longs:
    wanted = plain_name(name)
    used = np.unique(network.way_name[network.way_name >= 0])
    same = [index for index in used if plain_name(network.string(int(index)) or "") == wanted]
    return np.flatnonzero(np.isin(network.way_name, same))


def _within(network: Network, ways: Longs, near: tuple[float, float, float, float] | None) -> Longs:
    if near is None or not len(ways):
        return ways
    west, south, east, north = near
    inside = [
        way
        for way in ways.tolist()
        if ((lonlat := network.geometry(way)).max(axis=0) >= (west, south)).all()
        and (lonlat.min(axis=0) <= (east, north)).all()
    ]
    return np.array(inside, dtype=np.int64)


def _part(network: Network, street: str, first: str, last: str) -> Longs:
    """Ways of the shortest run of a street between two cross streets."""
    ways = _named(network, street)
    if not len(ways):
        raise UnknownName("street", [street])
    starts, goals = (_corners(network, _named(network, cross)) & _corners(network, ways) for cross in (first, last))
    for cross, corners in ((first, starts), (last, goals)):
        if not corners:
            raise UnknownName(f"cross street of {street}", [cross])
    at: dict[int, list[int]] = {}
    for way in ways.tolist():
        for end in (int(network.way_tail[way]), int(network.way_head[way])):
            at.setdefault(end, []).append(way)
    queue: deque[tuple[int, tuple[int, ...]]] = deque((corner, ()) for corner in sorted(starts))
    seen = set(starts)
    while queue:
        corner, run = queue.popleft()
        if corner in goals and run:
            return np.array(run, dtype=np.int64)
        for way in at.get(corner, []):
            other = int(network.way_tail[way]) + int(network.way_head[way]) - corner
            if other not in seen:
                seen.add(other)
                queue.append((other, (*run, way)))
    raise UnknownName(f"part of {street}", [f"from {first} to {last}"])


def _corners(network: Network, ways: Longs) -> set[int]:
    return {*network.way_tail[ways].tolist(), *network.way_head[ways].tolist()}
