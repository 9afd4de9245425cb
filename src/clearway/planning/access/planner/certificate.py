"""The certificate of access: a path to every address that is reached, and the closures that cut off every one that is not.

Paths share their beginnings, so each **step** is stored once: the arc driven, the step before it, and the milliseconds at
the arc's end. ``from`` is the index of an earlier step, or ``-1 - station`` where a station's vehicles leave their own way.
An address names its last stretch in the same columns; where a station on the same way drives straight to it, ``from`` is
``-1 - station``. ``vehicle`` has the metres and tonnes by which streets were judged, and is missing where these are not known.
``hours`` says that streets, barriers and turns with hours are as they are at the moment ``at``.
``trip`` has the hospitals, and the milliseconds from each address to the nearest of them, before and after. Times hold the
``turnout_ms`` of the station and the ``ms`` of every gate on the way. Arc ``2 * way`` runs along a way,
``2 * way + 1`` against it. ``clearway access check`` accepts or refuses it by code of its own
(:mod:`clearway.planning.access.check`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from clearway.files import writing
from clearway.network.classes import SIZES
from clearway.network.model import NEVER_MS
from clearway.network.search.search import NO_EDGE
from clearway.network.store import network_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.access.planner.trip import Trips
    from clearway.planning.access.planner.vehicles import Size

FORMAT = "clearway-access-1"
"""Of one service's certificate."""
SERVICES_FORMAT = "clearway-access-2"
"""Of the certificates of several services in one file."""


class Claimed(Protocol):
    """What a certificate says of one service."""

    @property
    def service(self) -> Service:
        """Whose vehicles drive."""

    @property
    def network(self) -> Network:
        """Where."""

    @property
    def before(self) -> Timing:
        """Access without closures."""

    @property
    def after(self) -> Timing:
        """Access under them."""

    @property
    def cut_off(self) -> Mapping[int, tuple[int, ...]]:
        """For each address that the closures cut off, their indexes in ``after.closures``."""

    @property
    def size(self) -> Size | None:
        """The vehicle by which streets are judged; None: nothing is known of it."""

    @property
    def trips(self) -> Trips | None:
        """Its patients' trips to hospital; None where no hospital is known."""


def write_certificate(
    path: Path, services: Iterable[Claimed], moment: datetime | None = None, *, network: Network | None = None
) -> None:
    """Write the certificate of every service, whole or not at all.

    Args:
        path: The file.
        services: Access before and after, of each.
        moment: The moment asked about, None where every closure counts.
        network: The network of which theirs is what holds at the moment; None: the same.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        file.write(json.dumps(services_certificate(services, moment, network=network), separators=(",", ":")))


def services_certificate(
    services: Iterable[Claimed], moment: datetime | None = None, *, network: Network | None = None
) -> dict[str, Any]:
    """The certificates of every service in one document; the arguments are those of :func:`certificate_of`."""
    each = [{"service": one.service.name, **certificate_of(one, moment, network=network)} for one in services]
    return {"format": SERVICES_FORMAT, "services": each}


def certificate_of(report: Claimed, moment: datetime | None = None, *, network: Network | None = None) -> dict[str, Any]:
    """The certificate of a report as JSON.

    Args:
        report: Access before and after.
        moment: The moment asked about, None where every closure counts.
        network: The network of which the report's is what holds at the moment; None: the same.
    """
    starts = report.before.tree.origins
    made_on = network or report.network
    return {
        "format": FORMAT,
        "network": {"name": made_on.name, "digest": network_digest(made_on)},
        "class": report.after.graph.vehicle_class,
        **_vehicle(report.size),
        "at": moment.isoformat() if moment else None,
        **({"hours": True} if made_on is not report.network else {}),
        "stations": [
            {"name": station.name, "lon": station.lon, "lat": station.lat, "way": way, "at_m": at_m, "turnout_ms": turnout_ms}
            for station, way, at_m, turnout_ms in zip(
                report.after.stations, starts.way.tolist(), starts.offset_m.tolist(), starts.start_ms.tolist(), strict=True
            )
        ],
        "closures": [_closure(closure) for closure in report.after.closures],
        "gates": [{**_closure(gate), "ms": gate.delay_ms} for gate in report.after.gates],
        "before": _side(report.before, {}),
        "after": _side(report.after, report.cut_off),
        **_trip(report.trips),
    }


def _trip(trips: Trips | None) -> dict[str, Any]:
    """Where the hospitals are, and the milliseconds from each address to the nearest; nothing where nobody is taken there."""
    if trips is None or not trips.carries:
        return {}
    hospitals = trips.before.hospitals
    rows = zip(hospitals.places, hospitals.way.tolist(), hospitals.at_m.tolist(), strict=True)
    return {
        "trip": {
            "hospitals": [
                {"name": place.name, "lon": place.lon, "lat": place.lat, "way": way, "at_m": at_m} for place, way, at_m in rows
            ],
            **{
                side: [None if ms == NEVER_MS else ms for ms in drives.ms.tolist()]
                for side, drives in (("before", trips.before), ("after", trips.after))
            },
        }
    }


def _vehicle(size: Size | None) -> dict[str, Any]:
    """The vehicle by which streets were judged; nothing where nothing is known of it."""
    return {} if size is None else {"vehicle": {name: figure or None for name, figure in zip(SIZES, size, strict=True)}}


def _closure(closure: Closure) -> dict[str, Any]:
    return {
        "way": closure.way,
        "at_m": closure.at_m,
        "along": closure.along,
        "against": closure.against,
        "label": closure.label,
    }


def _side(timing: Timing, cut_off: Mapping[int, tuple[int, ...]]) -> dict[str, Any]:
    nodes, number = _steps(timing)
    graph, tree = timing.graph, timing.tree
    seeded = tree.edge[nodes] == NO_EDGE
    seed, edge = tree.node_seed[nodes[seeded]], tree.edge[nodes[~seeded]]
    before, arc = np.empty(len(nodes), np.int64), np.empty(len(nodes), np.int64)
    before[seeded], arc[seeded] = -1 - tree.origins.seed_origin[seed], tree.origins.seed_arc[seed]
    before[~seeded], arc[~seeded] = number[graph.edge_tail[edge]], graph.edge_arc[edge]
    unreached = np.flatnonzero(timing.ms == NEVER_MS).tolist()
    return {
        "steps": {"from": before.tolist(), "arc": arc.tolist(), "ms": tree.ms[nodes].tolist()},
        "addresses": _addresses(timing, number),
        "unreached": {str(address): list(cut_off.get(address, ())) for address in unreached},
    }


def _steps(timing: Timing) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """The nodes that paths to addresses go through, parents first; and (N,) the number of each, -1 for none."""
    tree, graph = timing.tree, timing.graph
    used = np.zeros(graph.node_count, np.bool_)
    taken = timing.arrivals.approach
    here = np.unique(timing.targets.node[taken[taken >= 0]])
    while len(here):
        used[here] = True
        edge = tree.edge[here]
        parents = np.unique(graph.edge_tail[edge[edge != NO_EDGE]])
        here = parents[~used[parents]]
    nodes = np.flatnonzero(used)
    nodes = nodes[np.argsort(tree.ms[nodes], kind="stable")]
    number = np.full(graph.node_count, -1, np.int64)
    number[nodes] = np.arange(len(nodes))
    return nodes, number


def _addresses(timing: Timing, number: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, list[int | None]]:
    network, ms, direct = timing.graph.network, timing.ms, timing.arrivals.direct_origin
    taken = np.maximum(timing.arrivals.approach, 0)
    node, arc = (np.append(column, 0)[taken] for column in (timing.targets.node, timing.targets.arc))
    start_m = np.append(timing.tree.origins.offset_m, 0.0)[direct]
    straight = direct >= 0
    columns = {
        "from": np.where(straight, -1 - direct, np.append(number, 0)[node]),
        "arc": np.where(straight, 2 * network.address_way + (network.address_offset_m < start_m), arc),
        "ms": ms,
    }
    unreached = np.flatnonzero(ms == NEVER_MS).tolist()
    found: dict[str, list[int | None]] = {name: column.tolist() for name, column in columns.items()}
    for column in found.values():
        for address in unreached:
            column[address] = None
    return found
