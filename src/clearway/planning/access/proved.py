"""Drives between places under closures, each proved: found by the planner, and driven again by the independent checker.

The ends of the drives are made the only addresses of the network, so that one certificate holds all of them and is checked
in the time of one search.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale, nearest_on_line, point_at
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.route import drive_to, route_of
from clearway.planning.access.planner.timing import AccessTimer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import Route
    from clearway.planning.access.planner.stations import Station

EMERGENCY = "emergency"
"""The class of vehicles that help drives."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot on a street where vehicles of a class may drive.

    Attributes:
        way: A way index.
        at_m: Metres from the way's tail.
        metres: Between it and the place that it was looked for.
    """

    way: int
    at_m: float
    metres: float


@dataclass(frozen=True, slots=True)
class Drive:
    """What is proved of driving to a spot.

    Attributes:
        route: The quickest drive from the station that is there first; None where none was found.
        street_leads: Whether a drive would be found without the closures.
        cut_off_by: The labels of the closures that alone cut the spot off; empty where it is reached, or no street leads there.
    """

    route: Route | None
    street_leads: bool
    cut_off_by: tuple[str, ...] = ()


def spots_near(network: Network, place: tuple[float, float], within_m: float) -> list[Spot]:
    """The point of each street nearest to a place, for the streets that help may drive; the nearest street first.

    Args:
        network: The streets.
        place: Longitude and latitude, degrees.
        within_m: How far from the place, metres.
    """
    graph = routing_graph(network, EMERGENCY)
    ends = np.stack((network.way_tail, network.way_head))
    off = np.hypot(*((axis[ends] - at) * scale for axis, at, scale in zip(
        (network.junction_lon, network.junction_lat), place, flat_scale(place[1]), strict=True)))  # fmt: skip
    near = off.min(axis=0) <= network.way_length_m + within_m
    usable = graph.arc_permitted[0::2] | graph.arc_permitted[1::2]
    found = []
    for way in np.flatnonzero(near & usable).tolist():
        metres, at_m, _ = nearest_on_line(network.geometry(way), *place)
        if metres <= within_m:
            found.append(Spot(way, min(at_m, float(network.way_length_m[way])), metres))
    return sorted(found, key=lambda spot: (spot.metres, spot.way))


def spot_at(network: Network, spot: Spot) -> tuple[float, float]:
    """Longitude and latitude of a spot."""
    return point_at(network.geometry(spot.way), spot.at_m)


def proved_drives(
    network: Network, starts: Sequence[Station], goals: Sequence[Spot], closures: Sequence[Closure]
) -> list[Drive] | None:
    """How help drives from the first of some stations to each of some spots; None where the checker refuses a claim.

    Args:
        network: The streets.
        starts: Where vehicles start, at least one.
        goals: At least one spot.
        closures: What is shut, for every class that they name.

    Raises:
        BadInput: help may drive nowhere.
        BadGeometry: every start lies off the streets.
    """
    points = np.array([spot_at(network, goal) for goal in goals])
    ends = replace(
        network,
        address_way=np.array([goal.way for goal in goals], np.int32),
        address_offset_m=np.array([goal.at_m for goal in goals]),
        address_side=np.zeros(len(goals), np.int8),
        address_lon=points[:, 0],
        address_lat=points[:, 1],
        address_label=np.full(len(goals), -1, np.int32),
    )
    report = assess_access(AccessTimer(ends), tuple(starts), closures=closures)
    _, flaws = check_access(ends, certificate_of(report))
    if flaws:
        return None
    before, after = report.before.ms < NEVER_MS, report.after
    labels = [closure.label for closure in after.closures]
    drives = [drive_to(after, goal) for goal in range(len(goals))]
    return [
        Drive(
            route_of(report.names, after, drive) if drive else None,
            bool(before[goal]),
            tuple(dict.fromkeys(labels[index] for index in report.cut_off.get(goal, ()))),
        )
        for goal, drive in enumerate(drives)
    ]
