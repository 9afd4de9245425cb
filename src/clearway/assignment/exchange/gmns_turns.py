"""Movements of a GMNS network as a graph: junctions split so that every path of edges is a way that may be driven.

Where ``movement.csv`` lists a junction, only the movements that it lists may be made there, each by the uses it allows; a
junction that it does not list lets everybody turn everywhere. A class that comes by different links to different choices
finds the junction in several copies, one for each set of choices; a link that leaves several copies has an edge from each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.assignment.exchange.gmns_tables import read_gmns_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.assignment.exchange.gmns_links import Streets

_S_PER_MIN = 60.0
"""Penalties of movements are seconds, times here are minutes."""

Choices = tuple[tuple[int, float], ...]
"""Links out of a junction, each with the minutes that turning into it costs."""


@dataclass(slots=True)
class Movements:
    """Which turns may be made: at each listed node, minutes and classes of each listed pair of links."""

    nodes: set[str] = field(default_factory=set)
    turns: dict[int, list[tuple[int, float, int]]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Layer:
    """The graph of one class: an edge is tail, head, link, and minutes beyond the link's time.

    ``starts`` and ``ends`` are the nodes at which a trip that begins or ends at a junction may do so.
    """

    node_count: int = 0
    edges: list[tuple[int, int, int, float]] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def node(self) -> int:
        """A new node."""
        self.node_count += 1
        return self.node_count - 1


def read_movements(folder: Path, streets: Streets) -> Movements:
    """The movements of a folder; none where it has no ``movement.csv``.

    Movements of links that none of the classes may drive are passed over.

    Raises:
        BadFile: the table cannot be read, or a movement's link does not come to its node or does not leave it.
    """
    found, path = Movements(), folder / "movement.csv"
    if not path.exists():
        return found
    into = {(link.id, link.head): number for number, link in enumerate(streets.links)}
    out = {(link.id, link.tail): number for number, link in enumerate(streets.links)}
    driven = {link.id for link in streets.links}
    for row in read_gmns_table(path, ["node_id", "ib_link_id", "ob_link_id"]):
        node, arriving, leaving = (row.name(column) for column in ("node_id", "ib_link_id", "ob_link_id"))
        if node not in streets.nodes:
            raise row.fault(f"there is no node {node} in node.csv", "Correct the id.")
        for link, known, verb in ((arriving, into, "come to"), (leaving, out, "leave")):
            if link in driven and (link, node) not in known:
                raise row.fault(f"the link {link} does not {verb} the node {node}", "Correct the movement.")
        found.nodes.add(node)
        if arriving in driven and leaving in driven:
            first, then = into[arriving, node], out[leaving, node]
            both = streets.links[first].classes & streets.links[then].classes
            classes = streets.uses.mask(row.text("allowed_uses")) & both
            found.turns[first].append((then, (row.amount("penalty") or 0.0) / _S_PER_MIN, classes))
    return found


def class_layer(streets: Streets, movements: Movements, user_class: int, doors: set[str]) -> Layer:
    """The graph of one class.

    Args:
        streets: Nodes and links.
        movements: Which turns may be made.
        user_class: The class's number.
        doors: Nodes where trips begin and end.
    """
    bit = 1 << user_class
    out: dict[str, list[int]] = defaultdict(list)
    into: dict[str, list[int]] = defaultdict(list)
    for number, street in enumerate(streets.links):
        if street.classes & bit:
            out[street.tail].append(number)
            into[street.head].append(number)
    layer, arrives = Layer(), dict[int, int]()
    for node in dict.fromkeys([*out, *into, *sorted(doors)]):
        everywhere: Choices = tuple((link, 0.0) for link in out[node])
        copies: dict[Choices, int] = {}
        if node in doors:
            copies[everywhere] = layer.starts[node] = layer.node()
        closed = node in doors and streets.nodes[node].centre
        for link in into[node]:
            choices = () if closed else _choices(movements, link, bit) if node in movements.nodes else everywhere
            if choices not in copies:
                copies[choices] = layer.node()
            arrives[link] = copies[choices]
        layer.ends[node] = list(dict.fromkeys(arrives[link] for link in into[node])) or list(copies.values())[:1]
        layer.edges += [(copy, link, link, wait) for choices, copy in copies.items() for link, wait in choices]
    layer.edges = [(tail, arrives[link], link, wait) for tail, _, link, wait in layer.edges]
    return layer


def _choices(movements: Movements, link: int, bit: int) -> Choices:
    listed: dict[int, float] = {}
    for then, wait, classes in movements.turns.get(link, ()):
        if classes & bit:
            listed[then] = min(wait, listed.get(then, wait))
    return tuple(sorted(listed.items()))


def stuck_links(streets: Streets, movements: Movements) -> Sequence[str]:
    """Labels of links at whose end no listed movement begins, though links leave there."""
    leaving = {link.tail for link in streets.links}
    return [
        link.label
        for number, link in enumerate(streets.links)
        if link.head in movements.nodes and link.head in leaving and number not in movements.turns
    ]
