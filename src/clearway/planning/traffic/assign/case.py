"""A network to assign trips on, whatever it was read from: TNTP, GMNS or a Clearway network file.

Beside the problem and its trips it knows what people call the links, so that a street or a link can be named on a command
line and in an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from clearway.assignment.exchange.gmns import read_gmns
from clearway.assignment.exchange.tntp import read_tntp
from clearway.assignment.exchange.trip_files import names_in, read_trip_file
from clearway.errors import BadInput, UnknownName
from clearway.network.geometry import flat_scale
from clearway.planning.street_expressions import ways_called
from clearway.planning.traffic.demand.hours import hour_share
from clearway.planning.traffic.demand.roads import street_problem, with_closures
from clearway.planning.traffic.demand.synthetic import synthetic_demand
from clearway.planning.traffic.demand.zones import make_zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from clearway.assignment.exchange.tntp import TntpNetwork
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.demand.zones import Zones

_ENDS = re.compile(r"^(\d+):(\d+)$")


@dataclass(frozen=True, eq=False)
class AssignmentCase:
    """A network with its trips, and the words for its links. L links.

    Attributes:
        problem: The network side.
        trips: Who goes where.
        ids: What the source calls each link: its number (TNTP), its ``link_id`` (GMNS) or its arc (Clearway); empty for the
            ways of zones.
        streets: The street of each link, empty where it has no name.
        suburbs: The suburb of each link, empty where it has none.
        notes: What is to be known of the reading, a sentence each.
        tntp: The files' own words, of a TNTP network.
        roads: The streets and their arcs, of a Clearway network.
    """

    problem: TrafficProblem
    trips: TripTable
    ids: tuple[str, ...]
    streets: tuple[str, ...] = ()
    suburbs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tntp: TntpNetwork | None = None
    roads: StreetProblem | None = None

    def links_called(self, word: str) -> list[int]:
        """The links that a word means: an id of the source, a street, or ``3:4``: from node 3 to node 4 of a TNTP network.

        Raises:
            UnknownName: there is no such link or street.
        """
        plain = word.strip()
        if self.roads:
            ways = ways_called(self.roads.network, plain)
            links = self.roads.arc_link[np.concatenate([[2 * way, 2 * way + 1] for way in ways])]
            found: list[int] = links[links >= 0].tolist()
        elif self.tntp and (ends := _ENDS.match(plain)):
            tail, head = (int(end) - 1 for end in ends.groups())
            found = np.flatnonzero((self.tntp.links.tail == tail) & (self.tntp.links.head == head)).tolist()
        else:
            found = [link for link, name in enumerate(self.ids) if name and name == plain]
            found = found or [link for link, name in enumerate(self.streets) if name and name.casefold() == plain.casefold()]
        if not found:
            raise UnknownName("link or street", [word], [name for name in self.ids if name])
        return found

    def shut(self, words: Iterable[str], classes: Sequence[str] | None = None) -> AssignmentCase:
        """The same with some links shut, to all classes or to some.

        Raises:
            UnknownName: there is no such link or street.
            BadTraffic: there is no such class.
        """
        links = [link for word in words for one in _each_link(word) for link in self.links_called(one)]
        return replace(self, problem=self.problem.with_shut(links, classes)) if links else self

    def closed(self, closures: Sequence[Closure], moment: datetime | None = None) -> AssignmentCase:
        """The same under closures, each for the classes that it binds.

        Raises:
            BadInput: the network is no Clearway network.
        """
        if not closures:
            return self
        if self.roads is None:
            raise BadInput("Closures are drawn on a Clearway network. Name links with --shut instead.")
        return replace(self, problem=with_closures(self.roads, closures, moment))

    def scaled(self, factor: float) -> AssignmentCase:
        """The same with more trips or fewer."""
        return replace(self, trips=self.trips.scaled(factor))

    def in_hour(self, day: str, hour: int) -> AssignmentCase:
        """The same with the part of a whole day's trips that begins in an hour.

        Raises:
            BadTraffic: there is no such day or hour.
        """
        share = hour_share(day, hour).share
        return replace(
            self.scaled(share),
            notes=(*self.notes, f"Of the day's trips {share:.1%} are assigned: those that begin on a {day} from {hour}:00."),
        )


def _each_link(word: str) -> list[str]:
    """The links that one word lists, "12, 3:4"; a street's name is one, whatever its commas."""
    parts = [part.strip() for part in word.split(",")]
    return parts if all(part.isdecimal() or _ENDS.match(part) for part in parts) else [word]


def tntp_case(
    folder: Path, trips: Path | None = None, *, toll_factor: float | None = None, distance_factor: float | None = None
) -> AssignmentCase:
    """A folder of TNTP files, with its own trips or others; see :func:`read_tntp`."""
    own = trips if trips is not None and ".tntp" in trips.name.lower() else None
    network = read_tntp(folder, trips=own, toll_factor=toll_factor, distance_factor=distance_factor)
    table, notes = network.trips, network.notes
    if trips is not None and own is None:
        table, told = read_trip_file(trips, network.problem.zone_names)
        notes = (*notes, *told)
    ids = tuple(str(number) for number in range(1, network.problem.link_count + 1))
    return AssignmentCase(network.problem, table, ids, notes=notes, tntp=network)


def gmns_case(
    folder: Path,
    trips: Path | None = None,
    *,
    classes: Sequence[str] = (),
    matrices: Sequence[str] = (),
    toll_factor: float = 0.0,
) -> AssignmentCase:
    """A GMNS folder with a trip table, or with its own ``demand.csv``; see :func:`read_gmns`.

    Raises:
        BadInput: there are no trips.
    """
    network = read_gmns(folder, classes=classes, trips=trips, matrices=matrices, toll_factor=toll_factor)
    if network.trips is None:
        raise BadInput(f"{folder} holds no demand.csv. Give the trips with --demand TRIPS.")
    return AssignmentCase(network.problem, network.trips, network.link_ids, streets=network.streets, notes=network.notes)


@dataclass(frozen=True, slots=True)
class DemandChoice:
    """Which trips to put on a Clearway network.

    Attributes:
        trips: A trip table between its zones; None: a synthetic demand.
        areas: The zones; None: compact parts of the town.
        zone_count: How many zones to aim at where the demand is synthetic.
        day: "weekday" or "weekend", of a synthetic demand.
        hour: 0 to 23, of a synthetic demand.
        matrices: Which matrix of an OMX file holds the trips of each class.
    """

    trips: Path | None = None
    areas: Areas | None = None
    zone_count: int = 100
    day: str = "weekday"
    hour: int = 8
    matrices: tuple[str, ...] = ()


def network_case(
    network: Network, demand: DemandChoice, *, classes: Sequence[str] = ("general",), costs: str = "bpr"
) -> AssignmentCase:
    """A Clearway network with a user's own trips, or with a synthetic demand.

    Raises:
        BadTraffic: nobody lives in the network, or a choice is none.
        BadFile: the trips cannot be read.
        UnknownName: a zone of the trips is unknown.
    """
    own = _own_zones(network, demand) if demand.trips else None
    if own is None:
        made = synthetic_demand(
            network, areas=demand.areas, zone_count=demand.zone_count, vehicle_classes=classes, day=demand.day, hour=demand.hour
        )
        roads, trips, own = made.streets, made.trips, made.zones
    if demand.trips is not None or costs != "bpr":
        roads = street_problem(network, own, vehicle_classes=classes, costs=costs)
    told: tuple[str, ...] = ()
    if demand.trips is not None:
        trips, told = _own_trips(demand.trips, demand, roads)
    arcs = roads.link_arc.tolist()
    return AssignmentCase(
        problem=roads.problem,
        trips=trips,
        ids=tuple(str(arc) if arc >= 0 else "" for arc in arcs),
        streets=tuple((network.street(arc >> 1) or "") if arc >= 0 else "" for arc in arcs),
        suburbs=_suburbs(roads),
        notes=(*roads.zones.notes, *roads.notes, *told),
        roads=roads,
    )


def own_table(network: Network, demand: DemandChoice) -> tuple[StreetProblem, TripTable]:
    """The streets of a Clearway network and a user's own trips on them, which say where they come from.

    Raises:
        BadInput, BadFile, UnknownName: as :func:`network_case`; or the choice names no trips.
    """
    case = network_case(network, demand)
    if case.roads is None or demand.trips is None:
        raise BadInput("There are no trips of your own. Give --demand TRIPS.")
    statement = case.trips.statement or (
        f"The trips are those of {demand.trips.name}, taken as those of the hour that is assigned."
    )
    return case.roads, replace(case.trips, statement=statement)


def _own_zones(network: Network, demand: DemandChoice) -> Zones | None:
    """The areas as zones, one each, where the trips name them; None where they may name the zones of a synthetic demand."""
    if demand.areas is None or demand.trips is None:
        return None
    zones = make_zones(network, areas=demand.areas, zone_count=1)
    known = {name.casefold() for name in zones.names}
    named = [name.casefold() for name in names_in(demand.trips)]
    strangers = sum(name not in known for name in named)
    return zones if strangers <= len(named) / 2 else None


def _own_trips(path: Path, demand: DemandChoice, roads: StreetProblem) -> tuple[TripTable, tuple[str, ...]]:
    problem = roads.problem
    try:
        return read_trip_file(path, problem.zone_names, class_names=problem.class_names, matrices=demand.matrices)
    except UnknownName as error:
        if demand.areas is not None:
            raise
        raise BadInput(f"{error} Draw the zones of the trips with --areas AREAS.geojson, each with its name.") from error


def _suburbs(roads: StreetProblem) -> tuple[str, ...]:
    """The suburb of each link: that of the address nearest to the middle of its street."""
    network, zones = roads.network, roads.zones
    held = np.flatnonzero(zones.address_zone >= 0)
    ways = roads.link_arc[: roads.street_links] >> 1
    if not len(held) or not len(ways):
        return ("",) * len(roads.link_arc)
    scale = np.array(flat_scale(float(network.junction_lat.mean())))
    at = np.column_stack((network.junction_lon, network.junction_lat)) * scale
    middle = (at[network.way_tail[ways]] + at[network.way_head[ways]]) / 2
    tree = cKDTree(np.column_stack((network.address_lon[held], network.address_lat[held])) * scale)
    zone = zones.address_zone[held[tree.query(middle)[1]]]
    names = zones.suburb or zones.names
    return (*(names[one] for one in zone.tolist()), *("",) * (len(roads.link_arc) - len(ways)))
