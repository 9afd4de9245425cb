"""The trade-off between what barriers cost and how many addresses they enclose.

Each address is given a weight; the cheapest cut as a function of the weight is concave and made of straight lines. Every
line is found by cutting at the weight where two known ones meet, in whole numbers (the recursion of D. Eisner, D. G.
Severance, 1976; for cuts: G. Gallo, M. D. Grigoriadis, R. E. Tarjan, 1989). Where no bundle is involved the cordons are
nested: a larger weight encloses a part of what a smaller one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS
from clearway.planning.cordon.planner.contract import FrontierCordon
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.enclosure import enclosure_of
from clearway.planning.cordon.planner.places import UNITS
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.describe import Writer
    from clearway.planning.cordon.planner.window import Window


def frontier_of(
    window: Window,
    model: Model,
    writer: Writer,
    *,
    first: Cut | None = None,
    tell: Callable[[float], None] = lambda _share: None,
    steps: Steps = UNHURRIED,
) -> tuple[tuple[FrontierCordon, ...], bool]:
    """The lower frontier, cheapest barriers first; a single point where nothing can be traded.

    Args:
        window: The part of the network that decides.
        model: The cut problem.
        writer: Puts cuts into words.
        first: The cheapest cordon, where it is known.
        tell: Called with the share that is followed, 0 to 1.
        steps: Whose limit ends it early.

    Returns:
        The cordons, and whether they are all there are; else those from the cheapest on, as far as it was followed.
    """
    corners, whole = frontier_cuts(model, first, tell=tell, steps=steps)
    turns = [0.0, *(_turning_weight(low.cut, high.cut) for low, high in pairwise(corners))]
    costs = [_between(turns, index) for index in range(len(corners))]
    if corners and not whole:
        costs[-1] = corners[-1].weight / UNITS / HUNDREDTHS
    return tuple(_cordon(window, model, writer, one.cut, cost) for one, cost in zip(corners, costs, strict=True)), whole


def _cordon(window: Window, model: Model, writer: Writer, cut: Cut, address_cost: float) -> FrontierCordon:
    points = (cut.barrier_units // UNITS) / HUNDREDTHS
    barriers, enclosed = writer.described(cut), enclosure_of(window, model, cut.enclosed)
    return FrontierCordon(
        cost=points,
        barrier_cost=points,
        **writer.counts(cut).model_dump(),
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


@dataclass(frozen=True, eq=False)
class Corner:
    """A corner of the frontier.

    Attributes:
        cut: The cut.
        weight: Units for each address at which no other cut is cheaper.
    """

    cut: Cut
    weight: float


def frontier_cuts(
    model: Model,
    first: Cut | None = None,
    *,
    tell: Callable[[float], None] = lambda _share: None,
    steps: Steps = UNHURRIED,
) -> tuple[list[Corner], bool]:
    """The corners of the frontier, most addresses first, and whether they are all.

    It is followed from the cheapest cordon on, so that where the time ends it is whole as far as it goes.
    """
    tell(0.0)
    first = first or cheapest_cut(model, steps=steps)
    if first is None:
        return [], True
    dear = int(model.addresses.max(initial=0)) and first.barrier_units + _dearest(model)
    last = cheapest_cut(model, address_weight=dear, steps=steps) or first
    if last.addresses >= first.addresses:
        return [Corner(first, 0.0)], not steps.late
    done, pending = [Corner(first, 0.0)], [Corner(last, float(dear))]
    while pending and not steps.late:
        low, high = done[-1].cut, pending[-1].cut
        tell((first.addresses - low.addresses) / (first.addresses - last.addresses))
        weight, scale = high.barrier_units - low.barrier_units, low.addresses - high.addresses
        line = scale * low.barrier_units + weight * low.addresses
        cut = cheapest_cut(model, address_weight=weight, scale=scale, below=line, steps=steps)
        if steps.late:
            break
        if cut is None or cut.value >= line or not low.addresses > cut.addresses > high.addresses:
            done.append(pending.pop())
        else:
            pending.append(Corner(cut, weight / scale))
    return done, not pending


def _dearest(model: Model) -> int:
    """A weight so large that one address outweighs every barrier of the window."""
    usable = model.price[model.price < 1 << 50]
    return int(usable.sum()) + sum(bundle.price for bundle in model.bundles) + 1


def _turning_weight(low: Cut, high: Cut) -> float:
    return (high.barrier_units - low.barrier_units) / (low.addresses - high.addresses) / UNITS / HUNDREDTHS
