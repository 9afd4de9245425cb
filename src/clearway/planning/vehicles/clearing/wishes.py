"""What moving vehicles is to win besides help: bus routes that run, streets that are free, each with its ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.errors import UnknownName
from clearway.network.transit.bus_network import paths_of_feed
from clearway.network.transit.shape_matching import OFF
from clearway.planning.vehicles.tally import stretch_ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.planning.gazetteer import Gazetteer


@dataclass(frozen=True)
class Wishes:
    """Way indexes of each bus route and of each street, by their names, in the order of the wishes."""

    routes: Mapping[str, frozenset[int]] = field(default_factory=dict)
    streets: Mapping[str, frozenset[int]] = field(default_factory=dict)


def route_ways(network: Network, feed: Path, names: Sequence[str]) -> dict[str, frozenset[int]]:
    """The ways that bus routes drive on the busiest day of a GTFS feed, both directions together.

    Args:
        network: The network.
        feed: The timetable.
        names: Numbers of routes, or their ids.

    Raises:
        BadFile: the feed cannot be used.
        UnknownName: it has no such route on that day.
    """
    timetable, driven = paths_of_feed(network, feed)
    found: dict[str, frozenset[int]] = {}
    for name in names:
        paths = [
            path
            for pattern, path in zip(timetable.patterns, driven.paths, strict=True)
            if name in (pattern.route.name, pattern.route.route_id)
        ]
        if not paths:
            raise UnknownName("bus route", [name], sorted({one.route.name for one in timetable.patterns}))
        found[name] = frozenset(int(arc) >> 1 for path in paths for arc in path.arcs if arc != OFF)
    return found


def street_ways(gazetteer: Gazetteer, names: Sequence[str]) -> dict[str, frozenset[int]]:
    """The ways of streets, or of parts of them; raises as :func:`stretch_ways` does."""
    return {name: frozenset(stretch_ways(name, gazetteer)) for name in names}
