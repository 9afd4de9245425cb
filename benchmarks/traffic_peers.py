"""AequilibraE beside our solver: the same links, trips and costs, its bi-conjugate Frank-Wolfe on all cores.

Its own stop test cannot see that flow was lost, and it stops between two gaps: so its flows are evaluated by our plain
function, and it is run to the gap that was asked for, no further.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import timed
from clearway.assignment.equilibrium.gap import evaluate
from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from clearway.assignment.exchange.tntp import TntpNetwork

CITED = {
    "Winnipeg": ((0.16, 0.29, 1.1), (0.37, 0.49, 0.77)),
    "Chicago-Sketch": ((0.35, 0.47, 1.8), (0.53, 0.74, 0.84)),
    "Berlin-Center": ((17.4, 6.8, 19.0), (11.0, 16.0, 20.0)),
}
"""Seconds to 1e-4, 1e-6, 1e-12 of tap-b (C, Algorithm B, two threads) and of STA-Garden (Java, iTAPAS, one thread), measured on
another 2-core machine: neither can be installed from a package index."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What AequilibraE took and what its flows are worth."""

    seconds: float
    gap: float
    sweeps: int


def aequilibrae(network: TntpNetwork, gap: float, *, most: int = 2000) -> Peer | None:
    """Seconds of AequilibraE to a gap, its set-up aside; None where it is not installed."""
    if importlib.util.find_spec("aequilibrae") is None:
        return None
    logging.disable(logging.CRITICAL)
    from aequilibrae.paths import TrafficAssignment  # noqa: PLC0415 - a peer may be absent

    user = _user(network)
    assignment = TrafficAssignment()
    assignment.set_classes([user])
    assignment.set_vdf("BPR")
    assignment.set_vdf_parameters({"alpha": "b", "beta": "power"})
    assignment.set_capacity_field("capacity")
    assignment.set_time_field("free_flow_time")
    assignment.set_algorithm("bfw")
    assignment.set_cores(core_count())
    assignment.max_iter, assignment.rgap_target = most, gap
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stderr(nowhere):  # its progress bars
        taken = timed(lambda: assignment.execute(log_specification=False))
    found = assignment.results()
    flow = np.zeros(network.problem.link_count)
    flow[found.index.to_numpy() - 1] = np.nan_to_num(found["matrix_ab"].to_numpy())
    worth = evaluate(network.problem, network.trips, flow)
    return Peer(taken, worth.gap, int(assignment.assignment.iter))


def _user(network: TntpNetwork):  # type: ignore[no-untyped-def] # noqa: ANN202 - a class of a peer that may be absent
    import pandas as pd  # noqa: PLC0415 - comes with the peer
    from aequilibrae.matrix import AequilibraeMatrix  # noqa: PLC0415
    from aequilibrae.paths import Graph, TrafficClass  # noqa: PLC0415

    links, problem = network.links, network.problem
    zones = np.arange(1, links.zones + 1)
    costs = problem.costs
    table = pd.DataFrame(
        {
            "link_id": np.arange(1, problem.link_count + 1),
            "a_node": links.tail + 1,
            "b_node": links.head + 1,
            "direction": 1,
            "capacity": np.where(np.isfinite(costs.capacity) & (costs.capacity > 0), costs.capacity, 1e9),
            "free_flow_time": np.maximum(costs.free, 1e-9),
            "b": np.where(costs.kind == 0, 0.0, costs.factor),
            "power": np.maximum(costs.power, 1.0),
            "fixed": problem.edge_fixed,
        }
    )
    graph = Graph()
    graph.network = table
    graph.mode = "car"
    graph.prepare_graph(zones)
    graph.set_graph("free_flow_time")
    graph.set_blocked_centroid_flows(links.first_thru > 1)
    matrix = AequilibraeMatrix()
    matrix.create_empty(zones=links.zones, matrix_names=["matrix"], memory_only=True)
    matrix.index[:] = zones
    matrix.matrix["matrix"][:, :] = network.trips.trips[0] * ~np.eye(links.zones, dtype=bool)
    matrix.computational_view(["matrix"])
    user = TrafficClass("car", graph, matrix)
    if problem.edge_fixed.any():
        user.set_fixed_cost("fixed")
        user.set_vot(1.0)
    return user
