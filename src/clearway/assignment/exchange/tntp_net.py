"""The links of a TNTP network: read with every fault named by its line, made into a problem, written again.

What is strange but legal is kept as it is:

==========================  ====================================================================================
free-flow time 0            time is 0 at every flow (connectors)
B 0                         time never grows; the capacity is not read
power 0                     time is ``free * (1 + B)`` at every flow
capacity infinite           time is ``free`` at every flow
two links from a to b       each is a link of its own, unless all their columns are the same: that is refused
nodes below FIRST THRU      nobody drives through: links leave one node of theirs and enter another
==========================  ====================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BPR, FIXED, LinkCosts
from clearway.assignment.exchange.tntp_text import node_numbers, numbers_of, read_text, rows_of
from clearway.assignment.problem import TrafficProblem
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.assignment.exchange.tntp_text import TntpText
    from clearway.network.model import Bools, Floats, Longs

COLUMNS = ("init_node", "term_node", "capacity", "length", "free_flow_time", "b", "power", "speed", "toll", "link_type")
_LEAST_COLUMNS = 7
"""Two ends, capacity, length, time, B and power: a line without these is no link."""
_CAPACITY, _LENGTH, _FREE, _B, _POWER, _SPEED, _TOLL, _TYPE = range(2, 10)
_TIME = re.compile(r"(?:fft+|free\s*flow\s*time|ftime)\s*\(\s*(s|min|h)(?:ec|inute|our)?s?\s*\)", re.IGNORECASE)
_SPARE_NODES = 100
"""A file may count some nodes that no link uses; more than a hundred beyond twice as many is a slip of the pen."""
_REMEDY = "Correct the row."


@dataclass(frozen=True, eq=False)
class TntpLinks:
    """A network file.

    Attributes:
        zones: How many zones; they are nodes 1 to this.
        nodes: How many nodes.
        first_thru: The first node that may be driven through.
        tail: (L,) int64, node each link leaves, from 0.
        head: (L,) int64, node each link enters, from 0.
        values: (L, 8) float64: capacity, length, free-flow time, B, power, speed, toll, type; 0 where the file has no column.
        toll_factor: Units of time that a unit of toll is worth, None where the file does not say.
        distance_factor: Units of time that a unit of length is worth beyond its free-flow time, None where it does not say.
        time_unit: "s", "min" or "h", empty where the heading does not say.
        heading: ``<ORIGINAL HEADER>``, as it is.
    """

    zones: int
    nodes: int
    first_thru: int
    tail: Longs
    head: Longs
    values: Floats
    toll_factor: float | None = None
    distance_factor: float | None = None
    time_unit: str = ""
    heading: str = ""

    def column(self, name: str) -> Floats:
        """(L,) a column of ``values``, by its name in the format."""
        return self.values[:, COLUMNS.index(name) - 2]

    @property
    def link_count(self) -> int:
        """Number of links."""
        return len(self.tail)


def read_links(path: Path) -> TntpLinks:
    """The links of a network file.

    Raises:
        BadFile: the file is cut short or its counts are wrong; a row names an unknown node, lacks a column, repeats another
            row, or holds a number that no link can have.
    """
    text = read_text(path)
    zones, nodes = text.count("NUMBER OF ZONES"), text.count("NUMBER OF NODES")
    if zones > nodes:
        raise BadFile(path, f"has {zones} zones but {nodes} nodes", "Zones are the first nodes, so correct the counts.")
    wanted = text.count("NUMBER OF LINKS")
    lines, rows = rows_of(text, least=_LEAST_COLUMNS, what="link")
    if len(rows) != wanted:
        raise BadFile(
            path, f"states {wanted} links but lists {len(rows)}", "Get the complete file again, or correct the count."
        )
    read = numbers_of(text, lines, rows, COLUMNS[: min(len(rows[0]), len(COLUMNS))])
    tail, head = node_numbers(text, lines, read[:, :2], most=nodes).T.copy()
    _check_nodes(text, nodes, np.concatenate((tail, head)))
    values = np.zeros((len(rows), len(COLUMNS) - 2))
    values[:, : read.shape[1] - 2] = read[:, 2:]
    _check_values(text, lines, values)
    _check_repeats(text, lines, np.column_stack((tail, head, values)))
    heading = text.metadata.get("ORIGINAL HEADER", "")
    unit = _TIME.search(heading)
    return TntpLinks(
        zones=zones,
        nodes=nodes,
        first_thru=text.count("FIRST THRU NODE", default=1),
        tail=tail,
        head=head,
        values=values,
        toll_factor=text.amount("TOLL FACTOR"),
        distance_factor=text.amount("DISTANCE FACTOR"),
        time_unit=unit[1].lower() if unit else "",
        heading=heading,
    )


def problem_of(links: TntpLinks, name: str, *, toll_factor: float, distance_factor: float) -> TrafficProblem:
    """The links as a problem of one class; its links are the file's, in the file's order.

    A link's generalised cost is its time + ``toll_factor`` * toll + ``distance_factor`` * length.
    """
    thru = links.first_thru - 1
    head = np.where(links.head < thru, links.nodes + links.head, links.head)
    zone = np.arange(links.zones)
    return TrafficProblem(
        name=name,
        costs=costs_of(links),
        node_count=links.nodes + min(thru, links.nodes),
        edge_tail=links.tail.astype(np.int32),
        edge_head=head.astype(np.int32),
        edge_link=np.arange(links.link_count, dtype=np.int32),
        edge_class=np.zeros(links.link_count, np.uint8),
        edge_fixed=toll_factor * links.column("toll") + distance_factor * links.column("length"),
        edge_shut=np.zeros(links.link_count, np.bool_),
        zone_out=zone[None].astype(np.int32),
        zone_in=np.where(zone < thru, links.nodes + zone, zone)[None].astype(np.int32),
        zone_names=tuple(str(number) for number in range(1, links.zones + 1)),
        link_names=_names(links),
        link_length=links.column("length").copy(),
        time_unit=links.time_unit,
    )


def costs_of(links: TntpLinks) -> LinkCosts:
    """BPR costs of the links; a link whose B is 0 has a fixed time."""
    factor = links.column("b")
    return LinkCosts(
        kind=np.where(factor > 0, BPR, FIXED).astype(np.uint8),
        free=links.column("free_flow_time").copy(),
        capacity=links.column("capacity").copy(),
        factor=factor.copy(),
        power=links.column("power").copy(),
        period=np.ones(links.link_count),
    )


def _names(links: TntpLinks) -> tuple[str, ...]:
    ends = zip((links.tail + 1).tolist(), (links.head + 1).tolist(), strict=True)
    return tuple(f"link {number} from {tail} to {head}" for number, (tail, head) in enumerate(ends, 1))


def _check_nodes(text: TntpText, nodes: int, ends: Longs) -> None:
    """Refuse a count of nodes that the links are far from needing; some public networks have some nodes without links."""
    used = len(np.unique(ends))
    if nodes > 2 * used + _SPARE_NODES:
        raise BadFile(text.path, f"states {nodes} nodes, but its links use only {used}", "Correct <NUMBER OF NODES>.")


def _check_values(text: TntpText, lines: Sequence[int], values: Floats) -> None:
    free, capacity, factor = values[:, _FREE - 2], values[:, _CAPACITY - 2], values[:, _B - 2]
    no_room = ~(capacity >= 0) | ((capacity == 0) & (factor > 0))
    rules = (
        (_CAPACITY, no_room, "above 0, or B must be 0", "If nobody may use the link, leave it out or shut it."),
        (_FREE, _unfit(free), "0 or more", _REMEDY),
        *((column, _unfit(values[:, column - 2]), "0 or more", _REMEDY) for column in (_LENGTH, _B, _POWER)),
        (_TOLL, ~np.isfinite(values[:, _TOLL - 2]), "a number", _REMEDY),
        *((column, np.isnan(values[:, column - 2]), "a number", _REMEDY) for column in (_SPEED, _TYPE)),
    )
    for column, wrong, must, remedy in rules:
        for row in np.flatnonzero(wrong)[:1].tolist():
            raise text.fault(lines[row], f"{COLUMNS[column]} is {values[row, column - 2]:g}; it must be {must}", remedy)


def _unfit(column: Floats) -> Bools:
    return ~(np.isfinite(column) & (column >= 0))


def _check_repeats(text: TntpText, lines: Sequence[int], rows: Floats) -> None:
    """Refuse a row that is another row again; two different links between the same nodes are legal."""
    order = np.lexsort(rows.T)
    same = (rows[order[1:]] == rows[order[:-1]]).all(axis=1)
    if same.any():
        pairs = np.sort(np.column_stack((order[:-1][same], order[1:][same])), axis=1)
        first, again = pairs[np.argmin(pairs[:, 1])].tolist()
        problem = f"the link from {rows[again, 0] + 1:.0f} to {rows[again, 1] + 1:.0f} is the same as on line {lines[first]}"
        raise text.fault(lines[again], problem, "Delete one; for two equal carriageways give one link with both capacities.")
