"""The trade-off between what barriers cost and how many addresses they enclose.

Each address is given a weight; the cheapest cut as a function of the weight is concave and made of straight lines. Every
line is found by cutting at the weight where two known ones meet, in whole numbers (the recursion of D. Eisner, D. G.
Severance, 1976; for cuts: G. Gallo, M. D. Grigoriadis, R. E. Tarjan, 1989). Where no bundle is involved the cordons are
nested: a larger weight encloses a part of what a smaller one does.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS
from clearway.planning.cordon.planner.contract import FrontierCordon
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.enclosure import enclosure_of
from clearway.planning.cordon.planner.places import UNITS

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.describe import Writer
    from clearway.planning.cordon.planner.window import Window


def frontier_of(window: Window, model: Model, writer: Writer) -> tuple[FrontierCordon, ...]:
    """The whole lower frontier, cheapest barriers first; a single point where nothing can be traded."""
    cuts = frontier_cuts(model)
    turns = [0.0, *(_turning_weight(low, high) for low, high in pairwise(cuts))]
    return tuple(_cordon(window, model, writer, cut, _between(turns, index)) for index, cut in enumerate(cuts))


def _cordon(window: Window, model: Model, writer: Writer, cut: Cut, address_cost: float) -> FrontierCordon:
    points = (cut.barrier_units // UNITS) / HUNDREDTHS
    barriers, enclosed = writer.described(model, cut), enclosure_of(window, model, cut.enclosed)
    return FrontierCordon(
        cost=points,
        barrier_cost=points,
        places=len(barriers),
        addresses=enclosed.addresses,
        address_cost=address_cost,
        barriers=barriers,
        enclosed=enclosed,
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
