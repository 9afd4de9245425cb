"""Write TNTP files that read back to the last bit: net, trips, node, flow; and any problem that the format can say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BPR, FIXED, BadTraffic
from clearway.assignment.exchange.tntp import TntpNetwork
from clearway.assignment.exchange.tntp_net import COLUMNS, TntpLinks
from clearway.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats, Ints

_ENTRIES_PER_LINE = 5
"""As in the published files."""
_NO_LIMIT = 999999.0
"""The capacity that published files give to links without one."""
_HEADING = "~\t" + "\t".join(COLUMNS) + "\t;\n"


def write_tntp(folder: Path, network: TntpNetwork, *, flow: Floats | None = None, cost: Floats | None = None) -> list[Path]:
    """Write all files of a network into a folder, which is made where absent; returns their paths.

    Args:
        folder: Where to.
        network: What to write.
        flow: (L,) flows of a solution; the best known ones where absent.
        cost: (L,) generalised cost of each link at these flows.

    Raises:
        BadFile: a file cannot be written.
        BadTraffic: there is more than one user class.
    """
    flow, cost = (network.best_flow, network.best_cost) if flow is None or cost is None else (flow, cost)
    paths = {kind: folder / f"{network.problem.name}_{kind}.tntp" for kind in ("net", "trips", "node", "flow")}
    factors = (network.toll_factor, network.distance_factor)
    write_links(paths["net"], network.links, toll_factor=factors[0], distance_factor=factors[1])
    write_trips(paths["trips"], network.trips)
    if network.node_xy is not None:
        write_nodes(paths["node"], network.node_xy)
    if flow is not None and cost is not None:
        write_flows(paths["flow"], network.links, flow=flow, cost=cost)
    return [path for path in paths.values() if path.exists()]


def write_solution(folder: Path, solution: Solution, network: TntpNetwork | None = None) -> list[Path]:
    """Write the network, the trips and the flows of a solution; returns the paths.

    Args:
        folder: Where to.
        solution: An assignment; the cost of a link is its time and its fixed cost.
        network: The files that it was read from, where it was; else the problem is put in the words of the format.

    Raises:
        BadFile: a file cannot be written.
        BadTraffic: the format has no words for the problem.
    """
    problem = solution.problem
    if network is not None:
        cost = solution.link_time + problem.edge_fixed
        return write_tntp(folder, replace(network, trips=solution.trips), flow=solution.link_flow, cost=cost)
    made = tntp_of(problem, solution.trips)
    flow, cost = solution.edge_flow[~problem.edge_shut], problem.edge_costs(solution.link_time)[~problem.edge_shut]
    more = made.links.link_count - len(flow)
    going = _going(solution)
    ways = [going.sum(axis=axis)[nodes >= 0] for axis, nodes in ((1, problem.zone_out[0]), (0, problem.zone_in[0]))]
    return write_tntp(
        folder,
        made,
        flow=np.concatenate((flow, *ways))[: len(flow) + more],
        cost=np.concatenate((cost, np.zeros(more))),
    )


def _going(solution: Solution) -> Floats:
    """(Z, Z) trips that are on the streets."""
    going: Floats = solution.trips.trips[0].copy()
    np.fill_diagonal(going, 0.0)
    for lost in solution.lost:
        going[lost.start, lost.end] = 0.0
    return going


def write_links(path: Path, links: TntpLinks, *, toll_factor: float = 0.0, distance_factor: float = 0.0) -> None:
    """Write a network file; the factors go into its metadata where they are not 0.

    Raises:
        BadFile: the file cannot be written.
    """
    counts = (
        ("NUMBER OF ZONES", links.zones),
        ("NUMBER OF NODES", links.nodes),
        ("FIRST THRU NODE", links.first_thru),
        ("NUMBER OF LINKS", links.link_count),
        ("TOLL FACTOR", toll_factor or None),
        ("DISTANCE FACTOR", distance_factor or None),
        ("ORIGINAL HEADER", links.heading or None),
    )
    with writing(path) as file:
        file.writelines(f"<{tag}> {value}\n" for tag, value in counts if value is not None)
        file.write("<END OF METADATA>\n\n" + _HEADING)
        ends = zip((links.tail + 1).tolist(), (links.head + 1).tolist(), links.values.tolist(), strict=True)
        file.writelines(f"\t{tail}\t{head}\t{_columns(values)}\t;\n" for tail, head, values in ends)


def write_trips(path: Path, table: TripTable) -> None:
    """Write a trip table of one class; pairs without trips are left out.

    Raises:
        BadFile: the file cannot be written.
        BadTraffic: there is more than one user class.
    """
    if len(table.class_names) > 1:
        raise BadTraffic(f"A TNTP file holds one user class, not {len(table.class_names)}. Write the trips as CSV or OMX.")
    with writing(path) as file:
        file.write(f"<NUMBER OF ZONES> {len(table.zone_names)}\n<TOTAL OD FLOW> {table.total!r}\n<END OF METADATA>\n")
        file.writelines(f"~ {line}\n" for line in table.statement.splitlines())
        for origin, row in enumerate(table.trips[0], 1):
            entries = [f"{zone + 1} : {row[zone].item()!r};" for zone in np.flatnonzero(row).tolist()]
            lines = (
                " ".join(entries[first : first + _ENTRIES_PER_LINE]) for first in range(0, len(entries), _ENTRIES_PER_LINE)
            )
            file.write(f"\nOrigin {origin}\n" + "".join(f"{line}\n" for line in lines))


def write_nodes(path: Path, xy: Floats) -> None:
    """Write (nodes, 2) coordinates.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        file.write("Node\tX\tY\t;\n")
        file.writelines(f"{node}\t{_columns(pair)}\t;\n" for node, pair in enumerate(xy.tolist(), 1))


def write_flows(path: Path, links: TntpLinks, *, flow: Floats, cost: Floats) -> None:
    """Write flow and generalised cost of each link.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        file.write("From\tTo\tVolume\tCost\n")
        rows = zip((links.tail + 1).tolist(), (links.head + 1).tolist(), flow.tolist(), cost.tolist(), strict=True)
        file.writelines(f"{tail}\t{head}\t{_columns(values)}\n" for tail, head, *values in rows)


def tntp_of(problem: TrafficProblem, trips: TripTable) -> TntpNetwork:
    """A problem in the words of TNTP: zones become the first nodes, shut links are left out, fixed costs become tolls.

    Where zones share nodes, or some may be driven through and others not, each gets a node of its own with links of time 0.

    Raises:
        BadTraffic: the problem has several classes, turn restrictions or cost functions other than BPR.
    """
    _check_sayable(problem)
    open_ = np.flatnonzero(~problem.edge_shut)
    tail, head = problem.edge_tail[open_], problem.edge_head[open_]
    out, into = problem.zone_out[0], problem.zone_in[0]
    through = _own_nodes(problem, out, into)
    values = _values(problem)[open_]
    if through is None:
        zones = problem.node_count + np.arange(problem.zone_count, dtype=np.int32)
        connected = [(zones[out >= 0], out[out >= 0]), (into[into >= 0], zones[into >= 0])]
        tail, head = (np.concatenate((ends, *(pair[side] for pair in connected))) for side, ends in enumerate((tail, head)))
        connector = np.array([_NO_LIMIT, 0, 0, 0, 0, 0, 0, 0])
        values = np.vstack((values, np.tile(connector, (len(tail) - len(values), 1))))
        out = into = zones
        through = False
    number, nodes = _numbered(out, into, max(problem.node_count, int(out.max(initial=0)) + 1))
    links = TntpLinks(
        zones=problem.zone_count,
        nodes=nodes,
        first_thru=1 if through else problem.zone_count + 1,
        tail=number[tail],
        head=number[head],
        values=values,
        toll_factor=1.0 if problem.edge_fixed.any() else None,
        time_unit=problem.time_unit,
    )
    return TntpNetwork(problem=problem, trips=trips, links=links, toll_factor=links.toll_factor or 0.0)


def _columns(values: Iterable[float]) -> str:
    return "\t".join(f"{value!r}" for value in values)


def _check_sayable(problem: TrafficProblem) -> None:
    remedy = "Write the flows as CSV."
    if problem.class_count > 1:
        raise BadTraffic(f"A TNTP file holds one user class, not {problem.class_count}. {remedy}")
    if len(np.unique(problem.edge_link)) < problem.edge_count:
        raise BadTraffic(f"A TNTP file cannot hold turn restrictions. {remedy}")
    if not np.isin(problem.costs.kind, (BPR, FIXED)).all():
        raise BadTraffic(f"A TNTP file holds BPR cost functions only. {remedy}")


def _own_nodes(problem: TrafficProblem, out: Ints, into: Ints) -> bool | None:
    """Whether zones may be driven through, as the format says it for all zones alike; None where it cannot."""
    both = np.concatenate((out, into))
    if (both < 0).any():
        return None
    if (out == into).all():
        return True if len(np.unique(out)) == len(out) else None
    apart = len(np.unique(both)) == len(both)
    closed = not (np.isin(problem.edge_head, out).any() or np.isin(problem.edge_tail, into).any())
    return False if apart and closed else None


def _values(problem: TrafficProblem) -> Floats:
    """(E, 8) columns of the format."""
    costs, link = problem.costs, problem.edge_link
    grows = (costs.kind == BPR) & (costs.factor > 0) & np.isfinite(costs.capacity)
    length = np.nan_to_num(problem.link_length) if len(problem.link_length) else np.zeros(problem.link_count)
    table = np.zeros((problem.edge_count, len(COLUMNS) - 2))
    table[:, 0] = np.where(grows, costs.capacity, _NO_LIMIT)[link]
    table[:, 1], table[:, 2] = length[link], costs.free[link]
    table[:, 3] = np.where(grows, costs.factor, 0.0)[link]
    table[:, 4] = np.where(costs.kind == BPR, costs.power, 0.0)[link]
    table[:, 6] = problem.edge_fixed
    return table


def _numbered(out: Ints, into: Ints, nodes: int) -> tuple[np.ndarray, int]:
    """(nodes,) int64 number, from 0, of each node, zones first; and how many there are."""
    number = np.full(nodes, -1, np.int64)
    number[out] = number[into] = np.arange(len(out))
    rest = np.flatnonzero(number < 0)
    number[rest] = len(out) + np.arange(len(rest))
    return number, len(out) + len(rest)
