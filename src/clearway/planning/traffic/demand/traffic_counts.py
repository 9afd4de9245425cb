"""Traffic counts: where, which way, how many an hour. Several places may make one screen line, which has one count.

A CSV file with the columns

==================  ==========================================================================================================
street              "Hill Street", "Hill Street from Bay Road to Park Lane", or the id of a way in its source
direction           northbound, eastbound, southbound or westbound; along or against (the way as it is drawn)
vehicles_per_hour   0 or more
screen_line         a name, or empty; the counts of one screen line are added up and fitted as one
error               standard error as a part of the count; 0.1 where empty or absent
==================  ==========================================================================================================

A street counts at one place: of the ways that run in the direction, the one nearest to the middle of them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.errors import UnknownName
from clearway.planning.street_expressions import ways_called
from clearway.planning.traffic.demand.names import HEADINGS, arc_headings
from clearway.tables import Row, number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats, Network
    from clearway.planning.traffic.demand.roads import StreetProblem

ERROR_SHARE = 0.1
"""Standard error of a count of one day, as a part of it: traffic varies by about as much from day to day."""
_COLUMNS = ("street", "direction", "vehicles_per_hour")
_ALONG = ("along", "against")


@dataclass(frozen=True, eq=False)
class Counts:
    """What was counted. C counts.

    Attributes:
        names: C names, for people: a link, or a screen line.
        links: C tuples of the links that each count is taken over; flows of a screen line's links are added up.
        vehicles: (C,) an hour, >= 0.
        error: (C,) standard error, vehicles an hour, > 0.
    """

    names: tuple[str, ...]
    links: tuple[tuple[int, ...], ...]
    vehicles: Floats
    error: Floats

    def __len__(self) -> int:
        """Number of counts."""
        return len(self.names)

    def modelled(self, link_flow: Floats) -> Floats:
        """(C,) what the flows of all links, (L,), make of the counts."""
        return np.array([float(link_flow[list(links)].sum()) for links in self.links])


def make_counts(
    names: list[str], links: list[tuple[int, ...]], vehicles: list[float], *, error: list[float] | None = None
) -> Counts:
    """Counts on known links.

    Args:
        names: A name each.
        links: The links of each.
        vehicles: An hour each.
        error: Standard error of each as a part of the count; a tenth where absent. No error is taken below one vehicle an hour.

    Raises:
        BadTraffic: a count is negative or no number, an error not above 0, or a count has no link.
    """
    held = np.array(vehicles, np.float64)
    parts = np.full(len(held), ERROR_SHARE) if error is None else np.array(error, np.float64)
    for name, count, part, its in zip(names, held.tolist(), parts.tolist(), links, strict=True):
        if not (np.isfinite(count) and count >= 0):
            raise BadTraffic(f"The count on {name} is {count:g} vehicles an hour. A count is 0 or more.")
        if not (np.isfinite(part) and part > 0):
            raise BadTraffic(f"The error of the count on {name} is {part:g}. Give a share of the count above 0, such as 0.1.")
        if not its:
            raise BadTraffic(f"The count on {name} has no link.")
    return Counts(tuple(names), tuple(links), held, np.maximum(parts * held, 1.0))


def read_counts(path: Path, streets: StreetProblem) -> Counts:
    """The counts of a CSV file.

    Raises:
        BadFile: it cannot be read, lacks a column, or a number is none.
        BadTraffic: a count is negative, a street does not run in the direction, or may not be driven; the line is named.
    """
    lines: dict[str, list[tuple[int, float, float]]] = {}
    for index, row in enumerate(read_table(path, _COLUMNS), start=1):
        try:
            link = _link(streets, row)
        except (BadTraffic, UnknownName) as error:
            raise BadTraffic(f"{path}, count {index}: {error}") from error
        part = number(row, "error", path) if row.get("error") else ERROR_SHARE
        name = row.get("screen_line") or f"{streets.problem.link_label(link)}, count {index}"
        vehicles = number(row, "vehicles_per_hour", path)
        if not vehicles >= 0:
            where = streets.problem.link_label(link)
            raise BadTraffic(f"{path}, count {index}: {vehicles:g} vehicles an hour on {where}. A count is 0 or more.")
        lines.setdefault(name, []).append((link, vehicles, part))
    sums = [float(sum(count for _, count, _ in line)) for line in lines.values()]
    errors = [_joint_error(line) for line in lines.values()]
    return make_counts(list(lines), [tuple(link for link, _, _ in line) for line in lines.values()], sums, error=errors)


def _joint_error(line: list[tuple[int, float, float]]) -> float:
    """The error of a sum of counts whose errors are independent, as a part of the sum."""
    total = sum(count for _, count, _ in line)
    if total <= 0 or len(line) == 1:
        return line[0][2]
    return float(np.sqrt(sum((count * part) ** 2 for _, count, part in line)) / total)


def _link(streets: StreetProblem, row: Row) -> int:
    """The link that a row of the file means."""
    network = streets.network
    called, direction = ((row[column] or "").strip() for column in ("street", "direction"))
    ways = np.array(ways_called(network, called))
    arcs = np.concatenate((2 * ways, 2 * ways + 1)).astype(np.int32)
    arcs = arcs[streets.arc_link[arcs] >= 0]
    if not len(arcs):
        raise BadTraffic(f"No traffic of this assignment may drive on {called}.")
    if direction.lower() in _ALONG:
        running = arcs[arcs % 2 == _ALONG.index(direction.lower())]
    elif direction.lower() in HEADINGS:
        running = arcs[arc_headings(network, arcs) == HEADINGS.index(direction.lower())]
    else:
        raise BadTraffic(f"'{direction}' is not a direction. Give {', '.join(HEADINGS)}, along or against.")
    if not len(running):
        known = sorted({HEADINGS[heading] for heading in arc_headings(network, arcs).tolist()})
        raise BadTraffic(f"{called} has no traffic {direction}. It runs {' and '.join(known)}.")
    return int(streets.arc_link[_middle_arc(network, running)])


def _middle_arc(network: Network, arcs: np.ndarray[tuple[int], np.dtype[np.int32]]) -> int:
    """Of some arcs the one nearest to the middle of them all, by the middles of their ends."""
    lon = (network.junction_lon[network.arc_tail[arcs]] + network.junction_lon[network.arc_head[arcs]]) / 2
    lat = (network.junction_lat[network.arc_tail[arcs]] + network.junction_lat[network.arc_head[arcs]]) / 2
    return int(arcs[np.hypot(lon - lon.mean(), lat - lat.mean()).argmin()])
