"""The way from each gate of a plan to the nearest hospital, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.closures import Closure, gate_ms, shut_arcs
from clearway.network.headings import Headings
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins_at
from clearway.network.search.search import NO_EDGE, shortest_tree
from clearway.network.search.targets import nearest_approach, spot_targets
from clearway.planning.access.planner.trip import hospitals_on
from clearway.planning.plan.closures import barriers_placed, plan_closures
from clearway.planning.street_names import StreetNames
from clearway.planning.turn_by_turn import TurnLeg, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clearway.network.model import Ints
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.obstacles import Obstacles
    from clearway.network.search.search import Tree
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.trip import Hospitals
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan

DRIVES = "emergency"
"""The class of an ambulance."""


class HospitalWay(NamedTuple):
    """The way from a gate to the nearest hospital.

    Attributes:
        hospital: What it is called.
        seconds: On empty streets, from the gate.
        metres: As many are driven.
        legs: Turn by turn.
        opens: Ids of barriers that are opened on the way; none where it keeps outside the ring.
    """

    hospital: str
    seconds: float
    metres: float
    legs: tuple[TurnLeg, ...]
    opens: tuple[str, ...]


def ways_to_hospital(
    plan: TrafficPlan, gazetteer: Gazetteer, hospitals: Sequence[Station], at: datetime | None
) -> Mapping[str, HospitalWay]:
    """The quickest way from each gate to a hospital: past no other barrier, or, failing that, through those opened for help.

    A gate that stands nowhere on the map, or from which no hospital is reached, has none.

    Args:
        plan: The plan.
        gazetteer: Finds places on the network.
        hospitals: Where patients are taken.
        at: When; None counts every barrier.

    Raises:
        BadInput: help may drive nowhere.
        BadGeometry: the plan's site cannot be used on the network.
    """
    if not hospitals:
        return {}
    graph = routing_graph(gazetteer.network, DRIVES)
    there = hospitals_on(graph, hospitals)
    placed = barriers_placed(plan, gazetteer, at)
    opened = plan_closures(plan, gazetteer, at).closures
    shut = class_mask([DRIVES])
    found: dict[str, HospitalWay] = {}
    for gate, cuts in zip(placed.barriers, placed.cuts, strict=True):
        if not gate.is_gate or not there.places:
            continue
        walls = tuple(
            Closure(way=way, shuts=shut, at_m=at_m, label=other.id)
            for other, others in zip(placed.barriers, placed.cuts, strict=True)
            for way, at_m in others
            if other.id != gate.id
        )
        lets = tuple(one for one in opened if one.label != gate.id)
        for closures in (walls, lets):
            if way := _way(graph, [(way, at_m, 0.0) for way, at_m in cuts], there, closures):
                found[gate.id] = way
                break
    return found


def _way(
    graph: RoutingGraph, starts: Sequence[tuple[int, float, float]], there: Hospitals, closures: Sequence[Closure]
) -> HospitalWay | None:
    network = graph.network
    shut, lost_ms = shut_arcs(network, closures, DRIVES), gate_ms(network, closures, DRIVES)
    tree = shortest_tree(graph, origins_at(graph, starts, closures=closures), shut, lost_ms)
    targets = spot_targets(graph, there.way, there.at_m, closures)
    ms, approach = np.empty(len(there.places), np.int32), np.empty(len(there.places), np.int32)
    nearest_approach(tree.ms, targets.start, targets.node, targets.extra_ms, ms, approach)
    straight = _straight(targets.obstacles, starts, there)
    nearest = int(np.minimum(ms, straight.min(axis=0)).argmin())
    end_m, start = float(there.at_m[nearest]), int(straight[:, nearest].argmin())
    if min(int(ms[nearest]), int(straight[start, nearest])) == NEVER_MS:
        return None
    if straight[start, nearest] <= ms[nearest]:
        way, start_m, _ = starts[start]
        arcs, metres = [2 * way + int(end_m < start_m)], {0: abs(end_m - start_m)}
    else:
        arcs, origin = _driven(graph, tree, int(targets.node[approach[nearest]]))
        arcs.append(int(targets.arc[approach[nearest]]))
        start_m = float(tree.origins.offset_m[origin])
        length = network.way_length_m
        metres = {0: start_m if arcs[0] & 1 else float(length[arcs[0] >> 1]) - start_m}
        metres[len(arcs) - 1] = float(length[arcs[-1] >> 1]) - end_m if arcs[-1] & 1 else end_m
    each = [metres.get(index, float(network.way_length_m[arc >> 1])) for index, arc in enumerate(arcs)]
    legs, done = [], 0
    for leg in stretches(StreetNames(network), Headings(network), arcs, None, None):
        legs.append(TurnLeg(turn=leg.turn, street=leg.street, metres=sum(each[done : done + len(leg.driven)])))
        done += len(leg.driven)
    ways = {arc >> 1 for arc in arcs}
    opens = dict.fromkeys(one.label for one in closures if one.way in ways and not one.holds(DRIVES))
    taken_ms = min(int(ms[nearest]), int(straight[start, nearest]))
    return HospitalWay(there.places[nearest].name, taken_ms / 1000, sum(each), tuple(legs), tuple(filter(None, opens)))


def _straight(obstacles: Obstacles, starts: Sequence[tuple[int, float, float]], there: Hospitals) -> Ints:
    """(S, H) milliseconds straight along one street from each start to each hospital, ``NEVER_MS`` where that does not go."""
    found = np.full((len(starts), len(there.places)), NEVER_MS, np.int32)
    for start, (way, from_m, _) in enumerate(starts):
        for place in np.flatnonzero(there.way == way).tolist():
            to_m = float(there.at_m[place])
            arc = 2 * way + int(to_m < from_m)
            if obstacles.usable[arc] and not obstacles.part(arc, from_m, to_m):
                found[start, place] = obstacles.stretch_ms(arc, abs(to_m - from_m)) + obstacles.gates_ms(arc, from_m, to_m)
    return found


def _driven(graph: RoutingGraph, tree: Tree, node: int) -> tuple[list[int], int]:
    """The arcs driven to a node, that of the start first, and the origin."""
    arcs: list[int] = []
    while tree.edge[node] != NO_EDGE:
        edge = int(tree.edge[node])
        arcs.append(int(graph.edge_arc[edge]))
        node = int(graph.edge_tail[edge])
    seed = int(tree.node_seed[node])
    arcs.append(int(tree.origins.seed_arc[seed]))
    return arcs[::-1], int(tree.origin[node])
