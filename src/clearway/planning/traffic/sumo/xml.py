"""The lines of SUMO's files, one element each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.network.model import EARTH_RADIUS_M
from clearway.planning.traffic.sumo.edges import CONNECTOR, NOT_THIS, SumoEdges
from clearway.planning.traffic.sumo.movements import movements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Floats, Network
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.sumo.vehicles import Vehicles

PERMISSIONS = {
    "emergency": "emergency",
    "resident": "private",
    "service": "delivery",
    "bus": "bus",
    "general": "passenger",
    "foot": "pedestrian",
    "cycle": "bicycle",
}
"""SUMO's word for each class of vehicle."""
_JAM_TAU_S = 1.4
"""SUMO's own between two jammed pieces of a street."""
_CONNECTOR_TAU_S = 0.1
"""Vehicles leave and enter zones as fast as they come."""


def nodes(streets: StreetProblem, edges: SumoEdges) -> Iterator[str]:
    """Where on Earth the file lies, then its nodes."""
    ground = _Ground(streets.network)
    yield ground.location()
    touched = np.unique(np.concatenate((edges.arms.tail, edges.arms.head)))
    touched = touched[touched != NOT_THIS]
    at = ground.metres(streets.network.junction_lon[touched], streets.network.junction_lat[touched])
    for junction, (x, y) in zip(touched.tolist(), at.tolist(), strict=True):
        yield f'<node id="junction{junction}" x="{x:.2f}" y="{y:.2f}" type="priority"/>'
    middle = ground.metres(streets.zones.lon, streets.zones.lat).tolist()
    for end, there in (("out", edges.arms.tail), ("in", edges.arms.head)):
        for zone in np.unique(edges.arms.zone[(edges.arms.zone >= 0) & (there == NOT_THIS)]).tolist():
            x, y = middle[zone]
            yield f'<node id="zone{zone}.{end}" x="{x:.2f}" y="{y:.2f}" type="priority"/>'


def edges(streets: StreetProblem, edges: SumoEdges, class_names: Sequence[str]) -> Iterator[str]:
    """The edges, arcs first."""
    network, arms = streets.network, edges.arms
    ground, kinds = _Ground(network), _kinds(network, edges)
    columns = (arms.arc, arms.tail, arms.head, arms.zone, arms.classes, edges.lanes, edges.speed_m_s, edges.length_m)
    for name, kind, arc, tail, head, zone, classes, lanes, speed, length in zip(
        edges.names, kinds, *(column.tolist() for column in columns), strict=True
    ):
        start = f"zone{zone}.out" if tail == NOT_THIS else f"junction{tail}"
        end = f"zone{zone}.in" if head == NOT_THIS else f"junction{head}"
        own = f' priority="1" {_may_drive(classes, class_names)}'
        if arc != NOT_THIS:
            own = _street(network, arc, ground) + f" {_may_drive(classes, class_names)}"
        yield (
            f'<edge id="{name}" from="{start}" to="{end}" type="{kind}" numLanes="{lanes}" speed="{speed:.3f}" '
            f'length="{length:.2f}"{own}/>'
        )


def connections(network: Network, edges: SumoEdges, class_names: Sequence[str]) -> Iterator[str]:
    """Every movement; an edge that leads nowhere says so, else ``netconvert`` would guess."""
    arms, everybody = edges.arms, (1 << len(class_names)) - 1
    for movement in movements_of(network, arms, class_names):
        start = f'<connection from="{edges.names[movement.out_of]}"'
        if movement.into is None:
            yield start + "/>"
            continue
        both = int(arms.classes[movement.out_of] & arms.classes[movement.into])
        bound = "" if movement.classes in (both, everybody) else f" {_may_drive(movement.classes, class_names)}"
        yield f'{start} to="{edges.names[movement.into]}"{bound}/>'


def net_config(network: Network, net: str) -> Iterator[str]:
    """What ``netconvert`` has to know."""
    yield from ("<input>", *(f'    <{kind}-files value="streets.{kind[:3]}.xml"/>' for kind in ("node", "edge")))
    yield from ('    <connection-files value="streets.con.xml"/>', "</input>", f'<output><output-file value="{net}"/></output>')
    side = "true" if network.driving_side == "left" else "false"
    yield f'<processing><lefthand value="{side}"/><no-internal-links value="true"/></processing>'


def capacities(network: Network, edges: SumoEdges) -> Iterator[str]:
    """Headways by type of edge."""
    tau_s = dict(zip(_kinds(network, edges), edges.tau_s.tolist(), strict=True)) | {CONNECTOR: _CONNECTOR_TAU_S}
    for kind, tau in sorted(tau_s.items()):
        yield f'<type id="{kind}"><meso tauff="{tau:.2f}" taufj="{tau:.2f}" taujf="{tau:.2f}" taujj="{_JAM_TAU_S:.2f}"/></type>'


def zones(streets: StreetProblem, edges: SumoEdges) -> Iterator[str]:
    """The zones that have a connector."""
    connectors: dict[int, list[str]] = {}
    for name, zone, tail in zip(edges.names, edges.arms.zone.tolist(), edges.arms.tail.tolist(), strict=True):
        if zone >= 0:
            kind = "tazSource" if tail == NOT_THIS else "tazSink"
            connectors.setdefault(zone, []).append(f'<{kind} id="{name}" weight="1"/>')
    for zone, listed in sorted(connectors.items()):
        yield f'<taz id="zone{zone}" name={quoteattr(streets.zones.names[zone])}>{"".join(listed)}</taz>'


def table(trips: Floats, class_name: str) -> Iterator[str]:
    """A (Z, Z) table of trips as SUMO's relations between TAZ."""
    yield f'<interval id="{class_name}" begin="0" end="3600">'
    for start, end in np.argwhere(trips > 0).tolist():
        yield f'    <tazRelation from="zone{start}" to="zone{end}" count="{trips[start, end]:.6g}"/>'
    yield "</interval>"


def vehicle_types(problem: TrafficProblem) -> Iterator[str]:
    """A type of vehicle for each class, without spread; a slower class is so by as much as it is at the median edge."""
    time = problem.costs.free[problem.edge_link]
    share = time / np.maximum(time + problem.edge_fixed, 1e-9)
    for user_class, name in enumerate(problem.class_names):
        own = share[(problem.edge_class == user_class) & (time > 0)]
        factor = float(np.median(own)) if len(own) else 1.0
        yield f'<vType id="{name}" vClass="{PERMISSIONS[name]}" speedFactor="{factor:.3f}" speedDev="0" maxSpeed="70"/>'


def vehicles(listed: Vehicles, class_names: Sequence[str]) -> Iterator[str]:
    """A trip for each vehicle."""
    columns = zip(*(column.tolist() for column in listed), strict=True)
    for number, (user_class, start, end, depart_s) in enumerate(columns):
        yield (
            f'<trip id="{number}" type="{class_names[user_class]}" depart="{depart_s:.2f}" '
            f'fromTaz="zone{start}" toTaz="zone{end}" departPos="last" departSpeed="max"/>'
        )


class _Ground:
    """Metres east and north of the south-west corner of the data."""

    def __init__(self, network: Network) -> None:
        self.west, self.south, self.east, self.north = network.coverage
        self.middle = (self.south + self.north) / 2
        self.scale = np.array(flat_scale(self.middle))

    def metres(self, lon: Floats, lat: Floats) -> Floats:
        """(n, 2) metres of (n,) degrees."""
        flat: Floats = (np.column_stack((lon, lat)) - (self.west, self.south)) * self.scale
        return flat

    def location(self) -> str:
        """How SUMO gets back to degrees."""
        origin = f"+lat_ts={self.middle:.6f} +lat_0={self.south:.6f} +lon_0={self.west:.6f}"
        corner = self.metres(np.array([self.east]), np.array([self.north]))[0].tolist()
        degrees = ",".join(f"{value:.6f}" for value in (self.west, self.south, self.east, self.north))
        return (
            f'<location netOffset="0.00,0.00" convBoundary="0.00,0.00,{corner[0]:.2f},{corner[1]:.2f}" '
            f'origBoundary="{degrees}" projParameter="+proj=eqc {origin} +R={EARTH_RADIUS_M} +units=m +no_defs"/>'
        )


def _kinds(network: Network, edges: SumoEdges) -> list[str]:
    """The type of each edge: the class of its street and its headway, for that is what SUMO reads by type."""
    rows = zip(edges.arms.arc.tolist(), edges.tau_s.tolist(), strict=True)
    return [CONNECTOR if arc == NOT_THIS else f"{network.class_of(arc >> 1)}-{tau:.2f}" for arc, tau in rows]


def _street(network: Network, arc: int, ground: _Ground) -> str:
    """What only a street has: name, rank and shape."""
    points = network.geometry(arc >> 1)[:: -1 if arc & 1 else 1]
    shape = " ".join(f"{x:.2f},{y:.2f}" for x, y in ground.metres(points[:, 0], points[:, 1]).tolist())
    rank = len(network.street_classes) - int(network.way_class[arc >> 1]) + 1
    name = network.street(arc >> 1)
    return f' priority="{rank}"' + (f" name={quoteattr(name)}" if name else "") + f' shape="{shape}"'


def _may_drive(classes: int, class_names: Sequence[str]) -> str:
    allowed = [PERMISSIONS[name] for user_class, name in enumerate(class_names) if classes >> user_class & 1]
    return f'allow="{" ".join(allowed)}"' if allowed else 'disallow="all"'
