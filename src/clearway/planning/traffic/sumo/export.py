"""Give a traffic problem to SUMO (Lopez and others, "Microscopic traffic simulation using SUMO", 2018), as plain XML.

===================  ========================================================================================================
file                 what it holds
===================  ========================================================================================================
streets.nod.xml      a node for each junction that a street of the problem touches, and two for each zone
streets.edg.xml      an edge for each arc that somebody may drive, and one for each connector of a zone and direction
streets.con.xml      every movement from edge to edge that is not forbidden; what is not listed cannot be driven
streets.netccfg      ``netconvert -c streets.netccfg`` makes ``streets.net.xml`` of these three
capacity.add.xml     headways of the mesoscopic model that let through what the problem's capacities say
zones.add.xml        zones as TAZ: their connectors are sources and sinks
trips-CLASS.od.xml   the trip table of a class, unrounded, for ``od2trips`` and ``marouter``
trips.rou.xml        the same trips as whole vehicles, each with a moment to leave, for ``duarouter --with-taz``
===================  ========================================================================================================

The edge of arc 17 is called ``arc17``; :func:`arc_of` reads it back. Zone 3 is ``zone3``, its connectors are the edges
``zone3.out0``, ``zone3.in0`` and so on. Nothing here needs SUMO, and the same problem gives the same bytes.

The mesoscopic model (Eissfeldt 2004) lets a vehicle out of a lane one headway after the last: ``tau + 7.5 m / speed``. The
``tau`` of an edge is what makes that ``lanes / capacity``. A street that is shut has no permission, but still is an edge. A
turn restriction over three arcs or more has no place in SUMO, nor has an arc that ends where it begins: both are counted
and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.problem import check_problem
from clearway.files import writing
from clearway.planning.traffic.sumo import xml as sumo_xml
from clearway.planning.traffic.sumo.edges import ARC, sumo_edges
from clearway.planning.traffic.sumo.movements import restrictions_left_out
from clearway.planning.traffic.sumo.vehicles import vehicles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.roads import StreetProblem

NET_CONFIG = "streets.netccfg"
NET, CAPACITY, ZONES, TRIPS = "streets.net.xml", "capacity.add.xml", "zones.add.xml", "trips.rou.xml"


@dataclass(frozen=True, slots=True)
class SumoExport:
    """What was written, and what could not be.

    Attributes:
        nodes: Junctions and ends of zones.
        edges: Arcs and connectors.
        movements: From edge to edge.
        vehicles: Whole trips.
        trips_left_out: Trips within a zone, and those of zones without a connector.
        restrictions_left_out: Turn restrictions over three arcs or more.
        loops_left_out: Arcs that end where they begin.
    """

    nodes: int
    edges: int
    movements: int
    vehicles: int
    trips_left_out: float
    restrictions_left_out: int
    loops_left_out: int


def export_sumo(
    streets: StreetProblem,
    trips: TripTable,
    folder: Path,
    *,
    problem: TrafficProblem | None = None,
    junctions_in_speed: bool = True,
    seed: int = 0,
) -> SumoExport:
    """Write streets, zones and trips as SUMO's files into a folder, which is made where absent.

    Args:
        streets: The streets.
        trips: The trips of an hour, of the same zones and classes.
        folder: Where to.
        problem: The same streets with closures or other capacities (``with_closures``); as they are where absent.
        junctions_in_speed: Lower each edge's speed so that an empty street takes as long as in the problem, which counts what a
            junction costs. False where SUMO's own junctions are to do that: then edges have the speed of the street.
        seed: Moves the moments at which vehicles leave, and which parts of trips become whole ones.

    Raises:
        BadTraffic: the trips are of other zones or classes than the streets.
        BadFile: a file cannot be written.
    """
    taken = problem or streets.problem
    check_problem(taken, trips)
    edges = sumo_edges(streets, taken, junctions_in_speed=junctions_in_speed)
    table = _between_connected_zones(trips, streets)
    vehicles = vehicles_of(table, seed=seed)
    names = taken.class_names
    nodes = _write(folder / "streets.nod.xml", "nodes", sumo_xml.nodes(streets, edges), counting="<node")
    _write(folder / "streets.edg.xml", "edges", sumo_xml.edges(streets, edges, names))
    movements = _write(
        folder / "streets.con.xml", "connections", sumo_xml.connections(streets.network, edges, names), counting=" to="
    )
    _write(folder / NET_CONFIG, "configuration", sumo_xml.net_config(streets.network, NET))
    _write(folder / CAPACITY, "additional", sumo_xml.capacities(streets.network, edges))
    _write(folder / ZONES, "additional", sumo_xml.zones(streets, edges))
    for user_class, name in enumerate(names):
        _write(folder / f"trips-{name}.od.xml", "data", sumo_xml.table(table[user_class], name))
    _write(folder / TRIPS, "routes", (*sumo_xml.vehicle_types(taken), *sumo_xml.vehicles(vehicles, names)))
    return SumoExport(
        nodes=nodes,
        edges=len(edges.names),
        movements=movements,
        vehicles=len(vehicles.start),
        trips_left_out=float(trips.total - table.sum()),
        restrictions_left_out=restrictions_left_out(streets.network, names),
        loops_left_out=edges.loops,
    )


def arc_of(edge: str) -> int | None:
    """The arc of an edge by its id; None for a connector, and for what is not ours.

    >>> arc_of("arc17"), arc_of("zone3.out0"), arc_of(":n5_0")
    (17, None, None)
    """
    number = edge.removeprefix(ARC)
    return int(number) if number != edge and number.isdecimal() else None


def _write(path: Path, root: str, lines: Iterable[str], *, counting: str = "") -> int:
    """Write lines into a root element; returns how many of them hold a piece of text."""
    count = 0
    with writing(path) as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>\n')
        for line in lines:
            file.write(f"    {line}\n")
            count += counting in line
        file.write(f"</{root}>\n")
    return count


def _between_connected_zones(trips: TripTable, streets: StreetProblem) -> Floats:
    """(K, Z, Z) the trips without those within a zone, and without those that no connector lets out or in."""
    connectors = streets.connectors
    out, into = (np.isin(np.arange(streets.zones.count), connectors.zone[way]) for way in (connectors.out, connectors.into))
    return np.where(out[:, None] & into[None, :] & ~np.eye(len(out), dtype=np.bool_), trips.trips, 0.0)
