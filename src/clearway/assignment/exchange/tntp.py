"""Read the public benchmark networks: a folder of TNTP files into a problem with its trips.

``<name>_net.tntp`` holds the links, ``<name>_trips.tntp`` who goes where, ``<name>_node.tntp`` (where there is one) where the
nodes lie, ``<name>_flow.tntp`` the best flows that are known. A link's generalised cost is its time + toll factor * toll +
distance factor * length. Neither factor is part of the format's rows: the caller gives them, or else the metadata
(``<TOLL FACTOR>``, ``<DISTANCE FACTOR>``), else found in the flow file, whose costs hold them, else 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.exchange.tntp_net import costs_of, problem_of, read_links
from clearway.assignment.exchange.tntp_tables import read_flows, read_nodes, read_trips
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.assignment.exchange.tntp_net import TntpLinks
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.model import Floats

_KINDS = {
    "net": re.compile(r"(^|[_-])net(work)?s?([_-][^.]*)?\.(tntp|txt)(\.gz|\.zip)?$", re.IGNORECASE),
    "trips": re.compile(r"(^|[_-])trips?([_-][^.]*)?\.(tntp|txt)(\.gz|\.zip)?$", re.IGNORECASE),
    "node": re.compile(r"(^|[_-])nodes?([_-][^.]*)?\.(tntp|txt)(\.gz|\.zip)?$", re.IGNORECASE),
    "flow": re.compile(r"(^|[_-])flows?([_-][^.]*)?\.(tntp|txt)(\.gz|\.zip)?$", re.IGNORECASE),
}
_MISFIT_SHARE = 1e-6
"""Published costs carry more digits than this: factors that miss the cost of a link by more are not the file's."""


@dataclass(frozen=True, eq=False)
class TntpNetwork:
    """What a folder of TNTP files holds.

    Attributes:
        problem: The network; link l is row l of the network file.
        trips: Who goes where.
        links: The network file as it is, for writing it again.
        toll_factor: Units of time that a unit of toll is worth, in ``problem``.
        distance_factor: Units of time that a unit of length is worth.
        node_xy: (nodes, 2) coordinates, None without a node file.
        best_flow: (L,) the best flows that are known, None without a flow file.
        best_cost: (L,) generalised cost at these flows, as the file gives it.
        notes: Sentences on what is strange in the files and was read all the same.
    """

    problem: TrafficProblem
    trips: TripTable
    links: TntpLinks
    toll_factor: float = 0.0
    distance_factor: float = 0.0
    node_xy: Floats | None = None
    best_flow: Floats | None = None
    best_cost: Floats | None = None
    notes: tuple[str, ...] = ()


def read_tntp(
    folder: Path | None = None,
    *,
    net: Path | None = None,
    trips: Path | None = None,
    node: Path | None = None,
    flow: Path | None = None,
    toll_factor: float | None = None,
    distance_factor: float | None = None,
) -> TntpNetwork:
    """The network and the trips of a folder, or of files.

    Args:
        folder: Where the files are found by the ends of their names: ``_net.tntp``, ``_trips.tntp``, ``_node.tntp``,
            ``_flow.tntp``, in any case, packed by gzip or not.
        net: The network file, if not that of the folder.
        trips: The trips.
        node: Coordinates.
        flow: Best known flows.
        toll_factor: Units of time that a unit of toll is worth; None: as the files tell.
        distance_factor: Units of time that a unit of length is worth; None: as the files tell.

    Raises:
        BadFile: a file is missing, cut short, or holds what cannot be; the sentence names the line.
        BadTraffic: a factor is negative or makes a link's cost negative.
    """
    found = _files(folder) if folder else {}
    paths = found | {kind: path for kind, path in (("net", net), ("trips", trips), ("node", node), ("flow", flow)) if path}
    for kind in ("net", "trips"):
        if kind not in paths:
            raise BadFile(
                folder or ".", f"no file ends in _{kind}.tntp", "Give the folder of a TNTP network, or name its files."
            )
    links = read_links(paths["net"])
    table, notes = read_trips(paths["trips"], links.zones)
    best = read_flows(paths["flow"], links.tail, links.head, links.nodes) if "flow" in paths else None
    factors, factor_notes = _factors(links, best, toll_factor, distance_factor)
    problem = problem_of(links, _name(paths["net"]), toll_factor=factors[0], distance_factor=factors[1])
    _check_cost(problem)
    return TntpNetwork(
        problem=problem,
        trips=table,
        links=links,
        toll_factor=factors[0],
        distance_factor=factors[1],
        node_xy=read_nodes(paths["node"], links.nodes) if "node" in paths else None,
        best_flow=best[0] if best else None,
        best_cost=best[1] if best else None,
        notes=(*notes, *factor_notes, *_parallel(links), *_unconnected(links, table)),
    )


def holds_tntp(folder: Path) -> bool:
    """Whether a folder has a network file by its name."""
    return folder.is_dir() and any(_KINDS["net"].search(path.name) for path in folder.iterdir())


def _files(folder: Path) -> dict[str, Path]:
    """The file of each kind in a folder."""
    try:
        listed = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise BadFile(folder, f"cannot be opened ({error.strerror})", "Give the folder of a TNTP network.") from error
    found: dict[str, Path] = {}
    for kind, pattern in _KINDS.items():
        named = [path for path in listed if pattern.search(path.name)]
        if len(named) > 1:
            both = " and ".join(path.name for path in named[:2])
            raise BadFile(folder, f"{both} are both {kind} files", "Remove one of them, or name the files.")
        if named:
            found[kind] = named[0]
    return found


def _name(path: Path) -> str:
    """What a network is called: the file's name before ``_net``."""
    stem = path.name.partition(".")[0]
    return re.split(r"[_-]net", stem, flags=re.IGNORECASE)[0] or stem


def _factors(
    links: TntpLinks, best: tuple[Floats, Floats] | None, toll_factor: float | None, distance_factor: float | None
) -> tuple[tuple[float, float], tuple[str, ...]]:
    """Toll and distance factor, and what is to be said of them."""
    given = [
        file if caller is None else caller
        for caller, file in ((toll_factor, links.toll_factor), (distance_factor, links.distance_factor))
    ]
    for name, value in zip(("toll", "distance"), given, strict=True):
        if value is not None and not 0 <= value < np.inf:
            raise BadTraffic(f"The {name} factor is {value:g}. Give a number, 0 or more.")
    fitted = _fitted(links, best) if best and given == [None, None] else None
    if fitted:
        toll, distance = (f"{value:g}" for value in fitted)
        return fitted, (
            f"The costs in the flow file imply a toll factor of {toll} and a distance factor of {distance}; both are used.",
        )
    return (given[0] or 0.0, given[1] or 0.0), ()


def _fitted(links: TntpLinks, best: tuple[Floats, Floats]) -> tuple[float, float] | None:
    """The factors that make the flow file's costs, None where there are none or none fit every link."""
    flow, cost = best
    rest = cost - costs_of(links).times(flow)
    columns = np.column_stack((links.column("toll"), links.column("length")))
    found = np.linalg.lstsq(columns, rest, rcond=None)[0].round(9) + 0.0
    misfit = np.abs(columns @ found - rest)
    if not found.any() or (found < 0).any() or (misfit > _MISFIT_SHARE * np.maximum(cost, 1.0)).any():
        return None
    return float(found[0]), float(found[1])


def _check_cost(problem: TrafficProblem) -> None:
    wrong = np.flatnonzero(problem.edge_fixed < 0)
    if len(wrong):
        label = problem.link_label(int(wrong[0])).capitalize()
        raise BadTraffic(f"{label} has a negative toll. A toll factor above 0 needs tolls of 0 or more.")


def _parallel(links: TntpLinks) -> tuple[str, ...]:
    ends = np.unique(np.column_stack((links.tail, links.head)), axis=0)
    more = links.link_count - len(ends)
    sentence = f"{more} of {links.link_count} links run between the same nodes as another: each stays a link of its own."
    return (sentence,) if more else ()


def _unconnected(links: TntpLinks, table: TripTable) -> tuple[str, ...]:
    """Zones with trips that no link leaves or enters."""
    sentences = []
    for ends, axis, way in ((links.tail, 2, "leaves"), (links.head, 1, "enters")):
        bound = table.trips.sum(axis=(0, axis)) - np.einsum("kzz->z", table.trips)
        alone = np.flatnonzero((bound > 0) & (np.bincount(ends, minlength=links.nodes)[: links.zones] == 0))
        sentences += [f"No link {way} zone {zone + 1}: its {bound[zone]:g} trips have no route." for zone in alone.tolist()]
    return tuple(sentences)
