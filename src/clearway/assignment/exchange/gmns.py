"""Read a network in the General Modeling Network Specification (GMNS, Zephyr Foundation) as a traffic problem.

``node.csv`` and ``link.csv`` are needed; ``config.csv`` (units), ``use_definition.csv`` and ``use_group.csv`` (who is who),
``movement.csv`` (turns), ``zone.csv`` (names) and ``demand.csv`` (trips) are read where they are. Time is in minutes.

===================  ========================================================================================================
capacity             of a lane, times ``lanes`` (1 where empty); where empty, of ``road_classes.csv`` by ``facility_type``
BPR                  B 0.15 and power 4, or the columns ``vdf_alpha`` and ``vdf_beta``
zones                nodes of one ``zone_id``; a node whose ``node_type`` is a centroid is not driven through
no zones             the nodes that the trip table names
directed false       a link each way
movement.csv         at a node that it lists, only the listed movements may be made, by the uses they allow
===================  ========================================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BPR, FIXED, BadTraffic, LinkCosts
from clearway.assignment.exchange.gmns_links import read_streets
from clearway.assignment.exchange.gmns_tables import plain_id, read_gmns_table
from clearway.assignment.exchange.gmns_turns import class_layer, read_movements, stuck_links
from clearway.assignment.exchange.trip_files import names_in, read_trip_file
from clearway.assignment.problem import NO_NODE, TrafficProblem
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.assignment.exchange.gmns_links import Streets
    from clearway.assignment.exchange.gmns_turns import Layer
    from clearway.assignment.problem import TripTable

_NO_ZONE = ("", "0", "-1")


@dataclass(frozen=True, eq=False)
class GmnsNetwork:
    """What a GMNS folder holds.

    Attributes:
        problem: The network; its first links are those of ``link.csv`` that its classes may drive, then the ways of zones.
        trips: Who goes where, None where nobody says.
        link_ids: ``link_id`` of each link of the problem, empty for the ways of zones.
        streets: Street name of each link, empty where it has none.
        notes: Sentences on what was assumed.
    """

    problem: TrafficProblem
    trips: TripTable | None
    link_ids: tuple[str, ...]
    streets: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_gmns(
    folder: Path,
    *,
    classes: Sequence[str] = (),
    toll_factor: float = 0.0,
    trips: Path | None = None,
    matrices: Sequence[str] = (),
) -> GmnsNetwork:
    """The network of a folder, with trips where they are given or ``demand.csv`` holds them.

    Args:
        folder: The folder.
        classes: User classes: uses or groups of uses; none: the common car, by whatever word the folder has for it.
        toll_factor: Minutes that a unit of the folder's currency is worth.
        trips: A trip table; its zones are the network's, or nodes where the network has no zones.
        matrices: Which matrix of an OMX file holds the trips of each class.

    Raises:
        BadFile: a file cannot be used; the sentence names the line.
        BadTraffic: a toll is negative, or the factor is.
        UnknownName: a class is no use of the folder; a zone of the trips is unknown.
    """
    if not 0 <= toll_factor < np.inf:
        raise BadTraffic(f"The toll factor is {toll_factor:g}. Give a number, 0 or more.")
    streets = read_streets(folder, classes)
    movements = read_movements(folder, streets)
    held = folder / "demand.csv"
    table = trips or (held if held.exists() else None)
    zones = _zones(folder, streets, table)
    doors = {node for nodes in zones.values() for node in nodes}
    layers = [class_layer(streets, movements, number, doors) for number in range(len(streets.uses.names))]
    problem = _problem(folder.resolve().name, streets, layers, zones=zones, toll_factor=toll_factor)
    notes = [*streets.notes, *_stuck(stuck_links(streets, movements)), *_unworthy_tolls(streets, toll_factor)]
    asked = None
    if table is not None:
        asked, trip_notes = read_trip_file(table, problem.zone_names, class_names=problem.class_names, matrices=matrices)
        notes += trip_notes
    ways = ("",) * (problem.link_count - len(streets.links))
    ids = (*(link.id for link in streets.links), *ways)
    names = (*(link.name for link in streets.links), *ways)
    return GmnsNetwork(problem, asked, ids, names, tuple(notes))


def _zones(folder: Path, streets: Streets, table: Path | None) -> dict[str, list[str]]:
    """The nodes of each zone: by ``zone_id``; where no node has one, the nodes that the trip table names."""
    path = folder / "zone.csv"
    listed = {row.name("zone_id") for row in read_gmns_table(path, ["zone_id"])} if path.exists() else set()
    zones: dict[str, list[str]] = {}
    for name, node in streets.nodes.items():
        zone = plain_id(node.zone) if node.zone else ""
        if zone and (zone in listed or zone not in _NO_ZONE):
            zones.setdefault(zone, []).append(name)
    if zones or table is None:
        return zones
    named = [plain_id(name) for name in names_in(table)]
    if unknown := [name for name in named if name not in streets.nodes]:
        problem = f"names {unknown[0]!r}, but no node has a zone_id and no node has that node_id"
        raise BadFile(table, problem, "Give trips between zones of node.csv, or between nodes.")
    return {name: [name] for name in dict.fromkeys(named)}


def _problem(
    name: str, streets: Streets, layers: Sequence[Layer], *, zones: dict[str, list[str]], toll_factor: float
) -> TrafficProblem:
    """Layers one after the other, and each zone joined to its nodes."""
    ways = _Ways(len(streets.links), len(zones))
    for number, layer in enumerate(layers):
        ways.add(layer, number, zones)
    tail, head, link, user, wait = np.array(ways.edges, np.float64).reshape(-1, 5).T
    links = streets.links
    toll = np.array([link.toll for link in links] + [0.0] * ways.used) * toll_factor
    if (toll < 0).any():
        label = links[int(np.flatnonzero(toll < 0)[0])].label.capitalize()
        raise BadTraffic(f"{label} has a negative toll. A toll factor above 0 needs tolls of 0 or more.")
    return TrafficProblem(
        name=name,
        costs=_costs(streets, ways.used),
        node_count=ways.nodes,
        edge_tail=tail.astype(np.int32),
        edge_head=head.astype(np.int32),
        edge_link=link.astype(np.int32),
        edge_class=user.astype(np.uint8),
        edge_fixed=wait + toll[link.astype(np.int64)],
        edge_shut=np.zeros(len(tail), np.bool_),
        zone_out=np.array(ways.out, np.int32).reshape(len(layers), len(zones)),
        zone_in=np.array(ways.into, np.int32).reshape(len(layers), len(zones)),
        zone_names=tuple(zones),
        class_names=streets.uses.names,
        link_names=(*(link.label for link in links), *(f"way {way} zone {zone}" for zone, way in _way_names(zones, ways))),
        link_length=np.array([link.length_m for link in links] + [np.nan] * ways.used),
        time_unit="min",
    )


class _Ways:
    """Edges of all layers, with ways of time 0 between zones and their nodes where one node is not enough."""

    def __init__(self, first_link: int, zones: int) -> None:
        self.nodes = 0
        self.edges: list[tuple[int, int, int, int, float]] = []
        self.out: list[int] = []
        self.into: list[int] = []
        self._link: dict[tuple[int, str], int] = {}
        self._first_link, self._zones = first_link, zones

    @property
    def used(self) -> int:
        """How many links the ways are."""
        return len(self._link)

    @property
    def named(self) -> list[tuple[int, str]]:
        """Zone and direction of each of them, in their order."""
        return list(self._link)

    def add(self, layer: Layer, user_class: int, zones: dict[str, list[str]]) -> None:
        """The layer of a class."""
        first = self.nodes
        self.nodes += layer.node_count
        self.edges += [(first + tail, first + head, link, user_class, wait) for tail, head, link, wait in layer.edges]
        for zone, nodes in enumerate(zones.values()):
            starts = [first + layer.starts[node] for node in nodes]
            ends = [first + end for node in nodes for end in layer.ends[node]]
            self.out.append(self._joined(starts, zone, user_class, "out of"))
            self.into.append(self._joined(ends, zone, user_class, "into"))

    def _joined(self, nodes: list[int], zone: int, user_class: int, way: str) -> int:
        if len(nodes) <= 1:
            return nodes[0] if nodes else NO_NODE
        link = self._link.setdefault((zone, way), self._first_link + len(self._link))
        centre, self.nodes = self.nodes, self.nodes + 1
        pairs = ((centre, node) if way == "out of" else (node, centre) for node in nodes)
        self.edges += [(tail, head, link, user_class, 0.0) for tail, head in pairs]
        return centre


def _way_names(zones: dict[str, list[str]], ways: _Ways) -> list[tuple[str, str]]:
    names = list(zones)
    return [(names[zone], way) for zone, way in ways.named]


def _costs(streets: Streets, ways: int) -> LinkCosts:
    links, none = streets.links, [0.0] * ways
    return LinkCosts(
        kind=np.array([BPR if link.curve[0] > 0 else FIXED for link in links] + [FIXED] * ways, np.uint8),
        free=np.array([link.free_min for link in links] + none),
        capacity=np.array([link.capacity for link in links] + [np.inf] * ways),
        factor=np.array([link.curve[0] for link in links] + none),
        power=np.array([link.curve[1] for link in links] + none),
        period=np.ones(len(links) + ways),
    )


def _stuck(labels: Sequence[str]) -> list[str]:
    if not labels:
        return []
    return [f"No listed movement leads on from {len(labels)} of the links; the first is {labels[0]}."]


def _unworthy_tolls(streets: Streets, toll_factor: float) -> list[str]:
    tolled = sum(link.toll != 0 for link in streets.links)
    sentence = f"{tolled} of {len(streets.links)} links have a toll, which counts only with a toll factor."
    return [sentence] if tolled and not toll_factor else []
