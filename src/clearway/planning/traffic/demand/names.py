"""What zones and links are called in a sentence: a zone by a name of its own, a link by its street and its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.network.model import Ints, Network

HEADINGS = ("northbound", "eastbound", "southbound", "westbound")


def unique_names(names: list[str]) -> tuple[str, ...]:
    """The same names, those that occur again numbered from 2.

    >>> unique_names(["Hill Street", "Hill Street", "Bay Road"])
    ('Hill Street', 'Hill Street 2', 'Bay Road')
    """
    taken: set[str] = set()
    for index, name in enumerate(names):
        again, unique = 2, name
        while unique in taken:
            unique, again = f"{name} {again}", again + 1
        taken.add(unique)
        names[index] = unique
    return tuple(names)


def arc_headings(network: Network, arcs: Ints) -> Ints:
    """(n,) index into ``HEADINGS``: where each arc leads, from its tail to its head; of a loop, the first."""
    tail, head = network.arc_tail[arcs], network.arc_head[arcs]
    _, south, _, north = network.coverage
    across, along = flat_scale((south + north) / 2)
    dx = (network.junction_lon[head] - network.junction_lon[tail]) * across
    dy = (network.junction_lat[head] - network.junction_lat[tail]) * along
    quarter = np.rint(np.arctan2(dx, dy) / (np.pi / 2)).astype(np.int32)
    return quarter % len(HEADINGS)


def arc_names(network: Network, arcs: Ints) -> list[str]:
    """A name for each arc: "Lambton Quay northbound"; a nameless street is called by its class and junction.

    >>> from clearway.network.build import NetworkDraft
    >>> draft = NetworkDraft("two streets")
    >>> corner, end = draft.junction(174.77, -41.28), draft.junction(174.78, -41.28)
    >>> way = draft.way(corner, end, name="Hill Street"), draft.way(end, corner, street_class="service")
    >>> arc_names(draft.finish(), np.array([0, 2], np.int32))
    ['Hill Street eastbound', 'service street at Hill Street westbound']
    """
    near = _names_met(network)
    words = [HEADINGS[heading] for heading in arc_headings(network, arcs).tolist()]
    return [f"{_street(network, arc >> 1, near)} {word}" for arc, word in zip(arcs.tolist(), words, strict=True)]


def _street(network: Network, way: int, near: dict[int, str]) -> str:
    if name := network.street(way):
        return name
    at = near.get(int(network.way_tail[way])) or near.get(int(network.way_head[way]))
    plain = f"{network.class_of(way).replace('_', ' ')} street"
    return f"{plain} at {at}" if at else plain


def _names_met(network: Network) -> dict[int, str]:
    """One name of a street at each junction that has a named one."""
    named = np.flatnonzero(network.way_name >= 0)[::-1].tolist()
    met = {}
    for way in named:
        name = network.street(way)
        if name is not None:
            met[int(network.way_tail[way])] = met[int(network.way_head[way])] = name
    return met
