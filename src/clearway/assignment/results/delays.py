"""Delay by street, by suburb or by whatever else the links have names for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.results.difference import link_delay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.solution import Solution


@dataclass(frozen=True, slots=True)
class NamedDelay:
    """The links of one name.

    Attributes:
        name: Street or suburb.
        links: Their indexes.
        delay: Vehicle time beyond that on empty streets, flow times time in the network's unit.
        vehicle_time: All vehicle time on them.
        saturation: Flow by capacity of the fullest of them.
        worst_link: The link with most delay.
    """

    name: str
    links: tuple[int, ...]
    delay: float
    vehicle_time: float
    saturation: float
    worst_link: int


def delay_by(solution: Solution, names: Sequence[str | None]) -> tuple[NamedDelay, ...]:
    """The delay of all links of each name, most first; links without a name (None or empty) are left out.

    Args:
        solution: An assignment.
        names: L names: the street or the suburb of each link.

    Raises:
        BadTraffic: there are not as many names as links.
    """
    if len(names) != solution.problem.link_count:
        raise BadTraffic(f"There are {solution.problem.link_count} links but {len(names)} names. Give one for each link.")
    links_of: dict[str, list[int]] = {}
    for link, name in enumerate(names):
        if name:
            links_of.setdefault(name, []).append(link)
    delay, spent, full = link_delay(solution), solution.link_flow * solution.link_time, solution.saturation
    rows = (
        NamedDelay(
            name=name,
            links=tuple(links),
            delay=float(delay[links].sum()),
            vehicle_time=float(spent[links].sum()),
            saturation=float(full[links].max()),
            worst_link=links[int(np.argmax(delay[links]))],
        )
        for name, links in links_of.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.delay, row.name)))
