"""The links of a street problem as SUMO's edges: arcs first, in their order, then the connectors of the zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.costs import FIXED
from clearway.planning.traffic.demand.road_classes import arc_lanes
from clearway.planning.traffic.sumo.movements import Arms

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.traffic.demand.roads import StreetProblem

ARC, CONNECTOR = "arc", "connector"
NOT_THIS = -1
"""The arc of a connector, and the zone of an arc."""
_SPACE_M = 7.5
"""A queueing car in SUMO: 5 m long, 2.5 m to the next."""
_LEAST_TAU_S = 0.1
"""Headways below it pass more vehicles than any lane, and SUMO refuses 0."""
_TAU_STEP_S = 0.05
"""Headways are rounded to it, so that streets share types: about a hundredth of the capacity of a lane."""
_MOST_M_S = 70.0
"""250 km/h: beyond any car, so that it only catches streets whose time is all but nothing."""
_CONNECTOR_M_S = 25.0
"""Fast enough that a vehicle on a connector holds nobody up behind it."""
_CONNECTOR_LANES = 4
"""Wide enough that no connector is narrower than the street it leads to."""
_LEAST_CONNECTOR_M = 25.0
"""Room for a vehicle of any kind, and a second at that speed."""


class SumoEdges(NamedTuple):
    """Edges, and what SUMO asks of each. E edges.

    Attributes:
        link: (E,) link of the problem.
        names: E ids.
        arms: Where they meet, and who may drive them.
        lanes: (E,) at least 1.
        speed_m_s: (E,)
        length_m: (E,)
        tau_s: (E,) headway of the mesoscopic model, the space that a car takes aside.
        loops: Arcs that were left out, for they end where they begin.
    """

    link: Longs
    names: list[str]
    arms: Arms
    lanes: Longs
    speed_m_s: Floats
    length_m: Floats
    tau_s: Floats
    loops: int


def sumo_edges(streets: StreetProblem, problem: TrafficProblem, *, junctions_in_speed: bool) -> SumoEdges:
    """The edges of a problem.

    Args:
        streets: The streets.
        problem: The same with closures, or with other costs.
        junctions_in_speed: Whether what a junction costs slows the edge down.
    """
    classes = _link_classes(problem)
    network, count = streets.network, streets.street_links
    arc = streets.link_arc[:count].astype(np.int64)
    through = np.flatnonzero(network.arc_tail[arc] != network.arc_head[arc])
    link, arc = np.concatenate((through, np.arange(count, problem.link_count))), arc[through]
    names, ends, zone = _connector_ends(streets)
    connectors = len(names)
    none = np.full(len(arc), NOT_THIS, np.int64)
    arms = Arms(
        arc=np.concatenate((arc, np.full(connectors, NOT_THIS, np.int64))),
        tail=np.concatenate((network.arc_tail[arc], ends[0])),
        head=np.concatenate((network.arc_head[arc], ends[1])),
        zone=np.concatenate((none, zone)),
        classes=classes[link],
    )
    connector_m = np.maximum(problem.costs.free[count:] * _CONNECTOR_M_S, _LEAST_CONNECTOR_M)
    length = np.concatenate((network.way_length_m[arc >> 1], connector_m))
    free = problem.costs.free[through] if junctions_in_speed else _driven_s(streets)[through]
    speed = np.concatenate(
        (length[: len(arc)] / np.maximum(free, length[: len(arc)] / _MOST_M_S), np.full(connectors, _CONNECTOR_M_S))
    )
    lanes = np.concatenate((np.ceil(arc_lanes(network)[arc]).astype(np.int64), np.full(connectors, _CONNECTOR_LANES)))
    tau = _tau_s(_capacity(problem)[link] / lanes, speed)
    return SumoEdges(
        link, [*(f"{ARC}{number}" for number in arc.tolist()), *names], arms, lanes, speed, length, tau, count - len(arc)
    )


def _link_classes(problem: TrafficProblem) -> Longs:
    """(L,) mask of the problem's classes that may drive each link as things stand."""
    mask = np.zeros(problem.link_count, np.int64)
    is_open = ~problem.edge_shut
    np.bitwise_or.at(mask, problem.edge_link[is_open], 1 << problem.edge_class[is_open].astype(np.int64))
    return mask


def _connector_ends(streets: StreetProblem) -> tuple[list[str], tuple[Longs, Longs], Longs]:
    """Ids of the connectors' edges, the junctions they leave and enter, and their zones; those out first, as in the problem."""
    connectors = streets.connectors
    out, into = np.flatnonzero(connectors.out), np.flatnonzero(connectors.into)
    names = [f"zone{zone}.out{number}" for zone, number in _numbered(connectors.zone[out].tolist())]
    names += [f"zone{zone}.in{number}" for zone, number in _numbered(connectors.zone[into].tolist())]
    tail = np.concatenate((np.full(len(out), NOT_THIS), connectors.junction[into])).astype(np.int64)
    head = np.concatenate((connectors.junction[out], np.full(len(into), NOT_THIS))).astype(np.int64)
    return names, (tail, head), np.concatenate((connectors.zone[out], connectors.zone[into])).astype(np.int64)


def _numbered(zones: list[int]) -> list[tuple[int, int]]:
    """Each zone with how many times it came before."""
    seen: dict[int, int] = {}
    found = []
    for zone in zones:
        found.append((zone, seen.get(zone, 0)))
        seen[zone] = seen.get(zone, 0) + 1
    return found


def _driven_s(streets: StreetProblem) -> Floats:
    """(streets,) seconds of the fastest class that may drive each, junctions aside."""
    problem, count = streets.problem, streets.street_links
    soonest = np.full(count, np.inf)
    for user_class, name in enumerate(problem.class_names):
        driven = np.unique(problem.edge_link[problem.edge_class == user_class])
        driven = driven[driven < count]
        taken = streets.network.travel_ms(name)[streets.link_arc[driven]] / 1000.0
        soonest[driven] = np.minimum(soonest[driven], taken)
    return soonest


def _capacity(problem: TrafficProblem) -> Floats:
    bound: Bools = problem.costs.kind != FIXED
    return np.where(bound, problem.costs.capacity, np.inf)


def _tau_s(lane_capacity: Floats, speed_m_s: Floats) -> Floats:
    """(E,) what makes a lane's headway one over its capacity, which is an hour's."""
    tau = 3600.0 / lane_capacity - _SPACE_M / speed_m_s
    return np.maximum(np.round(tau / _TAU_STEP_S) * _TAU_STEP_S, _LEAST_TAU_S)
