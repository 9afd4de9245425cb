"""The streets as the checker of a schedule drives them, from the network's own definition, by scipy's searches."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from clearway.network.classes import MOTOR_CLASSES, VEHICLE_CLASSES, load_street_classes
from clearway.network.model import NO_NAME
from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Bools, Floats, Ints, Longs, Network

    Kind = tuple[str, float | None]

_ROUNDING_MS = 50
"""Milliseconds: a drive of some parts, each rounded by itself, is this much longer or shorter at most."""
_METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
"""Of latitude, on a globe of the Earth's mean radius."""
_AT_M = 2.0
"""A crew works this near to its barrier: half a metre, and what coordinates of seven decimals and a bend leave."""
_AT_WORKS_M = 200.0
"""Metres from the ends of a way that is cut, as the format says."""
_WORK_KMH = 20.0
"""km/h against a sign, as the format says."""
_MS_PER_MINUTE = 60_000
"""Milliseconds of a minute."""


class CheckedStreets:
    """Drives and traffic past places that are shut.

    Args:
        network: The streets.
        cuts: Where each place shuts them: ways, and metres from their tails.
        depots: Longitude and latitude of each depot.
        stands: The same of the spot from which each place is worked on.
        kept_out: The classes that are kept out.
    """

    def __init__(
        self,
        network: Network,
        cuts: Mapping[str, Sequence[tuple[int, float]]],
        depots: Mapping[str, tuple[float, float]],
        stands: Mapping[str, tuple[float, float]],
        kept_out: Sequence[str],
    ) -> None:
        self.network, self._cuts = network, cuts
        self._kinds: dict[tuple[str, float | None], Streets] = {}
        self._signed: dict[str, Streets] = {}
        self._spots: dict[str, tuple[int, float]] = {}
        self.beside: list[str] = []
        for name, spot in stands.items():
            offset = [(self._located(way, spot), at_m) for way, at_m in cuts[name]]
            away, (found, at_m), (way, _) = min(
                (abs(found - at_m) + distance, (found, at_m), cut)
                for ((found, distance), at_m), cut in zip(offset, cuts[name], strict=True)
            )
            self._spots[name] = way, found
            if away > _AT_M or found == at_m:
                self.beside.append(name)
        self._depots = depots
        self._forgiven: dict[str, Bools] = {}
        self._reached: dict[tuple[object, ...], dict[str, int]] = {}
        self._main: dict[str, tuple[Bools, Longs]] = {}
        self._crews = _for_crews(network, cuts)
        alike: dict[bytes, str] = {}
        for name in kept_out:
            if name in MOTOR_CLASSES:
                streets = self._traffic(name)
                alike.setdefault(streets.permitted.tobytes() + streets.stop_arc.tobytes(), name)
        self._kept_out = list(alike.values())

    def _located(self, way: int, spot: tuple[float, float]) -> tuple[float, float]:
        """Metres from the tail of a way to the point nearest to a spot, and metres between the two."""
        points = self.network.geometry(way)
        scale = np.array([math.cos(math.radians(float(points[0, 1]))), 1.0]) * _METRES_PER_DEGREE
        line, point = shapely.LineString(points * scale), shapely.Point(np.array(spot) * scale)
        share = line.project(point) / line.length if line.length else 0.0
        return share * float(self.network.way_length_m[way]), float(line.distance(point))

    def _streets(self, kind: Kind) -> Streets:
        if kind not in self._kinds:
            name, limit = kind
            network = self._crews
            if limit is not None:
                network = replace(network, arc_speed_kmh=np.minimum(network.arc_speed_kmh, np.float32(limit)))
            self._kinds[kind] = Streets(network, name)
        return self._kinds[kind]

    def _traffic(self, name: str) -> Streets:
        """The streets of a class that is kept out, which are no crew's."""
        if name not in self._signed:
            self._signed[name] = Streets(self.network, name)
        return self._signed[name]

    def _spot(self, name: str, streets: Streets) -> tuple[int, float]:
        """Where a place or depot lies: a depot on the way nearest to it that the class may drive."""
        if name not in self._spots:
            lon, lat = self._depots[name]
            ways = np.flatnonzero(streets.permitted[0::2] | streets.permitted[1::2])
            scale = np.array([math.cos(math.radians(lat)), 1.0]) * _METRES_PER_DEGREE
            lines = np.array([shapely.LineString(self.network.geometry(way) * scale) for way in ways.tolist()])
            way = int(ways[shapely.distance(lines, shapely.Point(np.array([lon, lat]) * scale)).argmin()])
            self._spots[name] = way, self._located(way, (lon, lat))[0]
        return self._spots[name]

    def minutes(self, start: str, end: str, kind: Kind, shut: frozenset[str], gates: Mapping[str, float]) -> float:
        """Whole minutes of the quickest drive, infinite where no way leads."""
        key = (start, kind, shut, tuple(sorted(gates.items())))
        if key not in self._reached:
            streets = self._streets(kind)
            names = [*self._cuts, *self._depots]
            spots = {name: self._spot(name, streets) for name in names if name in self._spots or name in self._depots}
            way, at_m = np.array(list(spots.values())).T
            streets_to = replace_addresses(streets, way.astype(np.int32), at_m, np.zeros(len(spots)))
            reading = NetworkReading(streets_to, self._closed(shut), self._gates(gates))
            on, offset = spots[start]
            reached = reading.address_ms([StationClaim(start, 0.0, 0.0, on, offset, 0)])
            self._reached[key] = dict(zip(spots, reached.tolist(), strict=True))
        ms = self._reached[key][end]
        return math.inf if ms >= NEVER else max(math.ceil((ms - _ROUNDING_MS) / _MS_PER_MINUTE), 0)

    def _closed(self, shut: frozenset[str]) -> list[ClosureClaim]:
        return [ClosureClaim(way, at_m, True, True) for name in sorted(shut) for way, at_m in self._cuts[name]]  # noqa: FBT003

    def _gates(self, gates: Mapping[str, float]) -> list[GateClaim]:
        return [
            GateClaim(way, at_m, True, True, round(seconds * 1000))  # noqa: FBT003
            for name, seconds in gates.items()
            for way, at_m in self._cuts[name]
        ]

    def gets_out(self, at: str, name: str, shut: frozenset[str]) -> bool:
        """Whether a vehicle of a class comes from a place to the outside."""
        streets = self._streets((name, None))
        reading = NetworkReading(streets, self._closed(shut))
        way, at_m = self._spot(at, streets)
        claim = StationClaim(at, 0.0, 0.0, way, at_m, 0)
        starts = [int(streets.moves.after[arc]) for arc in (2 * way, 2 * way + 1) if reading.seed(claim, arc) is not None]
        graph = _graph(reading, self._outside(name, streets)[1])
        return any(_from(graph, start)[-1] for start in starts)

    def forgive(self, shut: frozenset[str]) -> None:
        """Pass over what is trapped with just these places shut: no order changes that."""
        for name in self._kept_out:
            self._forgiven[name] = self._forgiven.get(name, np.zeros(1, np.bool_)) | self._lost(name, shut)

    def _lost(self, name: str, shut: frozenset[str]) -> Bools:
        """(states,) where vehicles of a class come in from outside and cannot drive out again."""
        streets = self._traffic(name)
        main, outside = self._outside(f"{name} kept out", streets)
        graph = _graph(NetworkReading(streets, self._closed(shut)), outside)
        lost: Bools = main & (_from(graph, -1) & ~_from(csr_array(graph.T), -1))[:-1]
        return lost

    def trapped(self, shut: frozenset[str]) -> str:
        """Who comes in from outside and cannot drive out again, in words; empty where nobody does."""
        for name in self._kept_out:
            streets = self._traffic(name)
            lost = np.flatnonzero(self._lost(name, shut) & ~self._forgiven.get(name, np.zeros(1, np.bool_)))
            if len(lost):
                arcs = np.flatnonzero(streets.moves.state == lost[0])
                street = self.network.street(int(streets.moves.arc[arcs[0]]) >> 1) if len(arcs) else None
                return f"vehicles ({name}) on {street or 'a street without a name'}"
        return ""

    def _outside(self, name: str, streets: Streets) -> tuple[Bools, Longs]:
        """Whence one gets out and back with nothing shut, and the junctions outside.

        Those are the ends of the map, and the one farthest from the places in the largest part in which one drives everywhere.
        """
        if name not in self._main:
            network = self.network
            reading = NetworkReading(streets, ())
            part = _parts(_graph(reading, np.array([], np.int64)))
            ways = [way for own in self._cuts.values() for way, _ in own]
            corner = network.way_tail[ways]
            lon, lat = float(network.junction_lon[corner].mean()), float(network.junction_lat[corner].mean())
            away = np.hypot((network.junction_lon - lon) * math.cos(math.radians(lat)), network.junction_lat - lat)
            largest = part[: network.junction_count] == np.bincount(part[: network.junction_count]).argmax()
            outside = np.append(np.flatnonzero(network.junction_edge), np.where(largest, away, -1.0).argmax())
            part = _parts(_graph(reading, outside))
            self._main[name] = part[:-1] == part[-1], outside
        return self._main[name]


def replace_addresses(
    streets: Streets,
    way: np.ndarray[tuple[int, ...], np.dtype[np.int32]],
    at_m: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    none: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> Streets:
    """The same streets with spots in the place of addresses; what was read of them is kept."""
    copy = object.__new__(Streets)
    copy.__dict__.update(streets.__dict__)
    copy.network = replace(
        streets.network,
        address_way=way,
        address_offset_m=at_m,
        address_side=none.astype(np.int8),
        address_lon=none,
        address_lat=none,
        address_label=np.full(len(none), NO_NAME, np.int32),
    )
    return copy


def _for_crews(network: Network, cuts: Mapping[str, Sequence[tuple[int, float]]]) -> Network:
    """The streets of crews: near a barrier both ways, any motor vehicle where a car fits; without a speed at 20 km/h."""
    permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
    bits = sum(1 << VEHICLE_CLASSES.index(name) for name in MOTOR_CLASSES)
    fits = [name in {row.name for row in load_street_classes() if row.drivable} for name in network.street_classes]
    cut = sorted({way for own in cuts.values() for way, _ in own})
    ends = shapely.MultiPoint(_flat(network, np.concatenate((network.way_tail[cut], network.way_head[cut])), cut[0]))
    near = shapely.dwithin(shapely.points(_flat(network, np.arange(network.junction_count), cut[0])), ends, _AT_WORKS_M)
    for way in range(network.way_count):
        if way in cut or (near[network.way_tail[way]] and near[network.way_head[way]]):
            allowed = (
                bits if way in cut or fits[network.way_class[way]] else (int(permit[2 * way]) | int(permit[2 * way + 1])) & bits
            )
            for arc in (2 * way, 2 * way + 1):
                permit[arc] |= allowed
                speed[:, arc] = np.where(speed[:, arc] > 0, speed[:, arc], _WORK_KMH)
    return replace(network, arc_permit=permit, arc_speed_kmh=speed)


def _flat(network: Network, junctions: Ints | Longs, way: int) -> Floats:
    """(n, 2) metres east and north of junctions."""
    scale = np.array([math.cos(math.radians(float(network.junction_lat[network.way_tail[way]]))), 1.0]) * _METRES_PER_DEGREE
    return np.column_stack((network.junction_lon[junctions], network.junction_lat[junctions])) * scale


def _graph(reading: NetworkReading, outside: Longs) -> csr_array:
    """The moves of streets, and one state more, the last: beyond, to and from which junctions outside lead."""
    streets = reading.streets
    kept = reading.passable[streets.moves.arc]
    beyond = np.full(len(outside), streets.state_count)
    tail = np.concatenate((streets.moves.state[kept], outside, beyond))
    head = np.concatenate((streets.moves.after[kept], beyond, outside))
    count = streets.state_count + 1
    return csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(count, count))


def _parts(graph: csr_array) -> Ints:
    part: Ints = connected_components(graph, directed=True, connection="strong")[1]
    return part


def _from(graph: csr_array, start: int) -> Bools:
    count = graph.shape[0]
    reached = np.zeros(count, np.bool_)
    reached[breadth_first_order(graph, start % count, directed=True, return_predecessors=False)] = True
    return reached
