"""The trade-off between what barriers cost and how many addresses they enclose.

Each address is given a weight; the cheapest cut as a function of the weight is concave and made of straight lines. Every
line is found by cutting at the weight where two known ones meet, in whole numbers (the recursion of D. Eisner, D. G.
Severance, 1976; for cuts: G. Gallo, M. D. Grigoriadis, R. E. Tarjan, 1989). Where no bundle is involved the cordons are
nested: a larger weight encloses a part of what a smaller one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clearway.planning.cordon.planner.costs import HUNDREDTHS
from clearway.planning.cordon.planner.enclosure import Enclosure, enclosure_of
from clearway.planning.cordon.planner.places import UNITS
from clearway.planning.cordon.planner.solve import cheapest_cut

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.describe import Barrier, Writer
    from clearway.planning.cordon.planner.model import Model
    from clearway.planning.cordon.planner.solve import Cut
    from clearway.planning.cordon.planner.window import Window


@dataclass(frozen=True, eq=False)
class FrontierPoint:
    """One corner of the trade-off.

    Attributes:
        barrier_cost: Points of its barriers.
        address_cost: Points for each address at which this cordon is the cheapest.
        barriers: The barriers, numbered clockwise from north.
        enclosed: What they enclose.
    """

    barrier_cost: float
    address_cost: float
    barriers: tuple[Barrier, ...]
    enclosed: Enclosure

    def as_json(self) -> dict[str, Any]:
        """The point as JSON."""
        return {
            "cost": self.barrier_cost,
            "barrier_cost": self.barrier_cost,
            "places": len(self.barriers),
            "address_cost": round(self.address_cost, 6),
            "enclosed": self.enclosed.as_json(),
            "barriers": [barrier.as_json() for barrier in self.barriers],
        }


def frontier_of(window: Window, model: Model, writer: Writer) -> tuple[FrontierPoint, ...]:
    """The whole lower frontier, cheapest barriers first; a single point where nothing can be traded."""
    cuts = frontier_cuts(model)
    turns = [0.0, *(_turning_weight(low, high) for low, high in pairwise(cuts))]
    return tuple(
        FrontierPoint(
            barrier_cost=(cut.barrier_units // UNITS) / HUNDREDTHS,
            address_cost=_between(turns, index),
            barriers=writer.described(model, cut),
            enclosed=enclosure_of(window, model, cut.enclosed),
        )
        for index, cut in enumerate(cuts)
    )


def _between(turns: list[float], index: int) -> float:
    """An address cost at which a corner is the cheapest: none for the first, else amid the two at which it turns."""
    if index == 0:
        return 0.0
    return turns[index] + 1.0 if index + 1 == len(turns) else (turns[index] + turns[index + 1]) / 2


def frontier_cuts(model: Model) -> list[Cut]:
    """The cuts at the corners of the frontier, most addresses first."""
    first = cheapest_cut(model)
    if first is None:
        return []
    dear = int(model.addresses.max(initial=0)) and first.barrier_units + _dearest(model)
    last = cheapest_cut(model, address_weight=dear) or first
    found = [first, last] if last.addresses < first.addresses else [first]
    pending = [(first, last)] if len(found) > 1 else []
    while pending:
        low, high = pending.pop()
        weight, scale = high.barrier_units - low.barrier_units, low.addresses - high.addresses
        cut = cheapest_cut(model, address_weight=weight, scale=scale)
        if cut is None or cut.value >= scale * low.barrier_units + weight * low.addresses:
            continue
        found.append(cut)
        pending += [(low, cut), (cut, high)]
    found.sort(key=lambda cut: (cut.barrier_units, cut.addresses))
    return [cut for index, cut in enumerate(found) if not index or cut.addresses < found[index - 1].addresses]


def _dearest(model: Model) -> int:
    """A weight so large that one address outweighs every barrier of the window."""
    usable = model.price[model.price < 1 << 50]
    return int(usable.sum()) + sum(bundle.price for bundle in model.bundles) + 1


def _turning_weight(low: Cut, high: Cut) -> float:
    return (high.barrier_units - low.barrier_units) / (low.addresses - high.addresses) / UNITS / HUNDREDTHS
