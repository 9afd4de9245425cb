"""Ways in that no barrier may close: found before the cut, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order

from clearway.errors import Infeasible
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts, street_prices
from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.window import Window


def refuse_open_way(window: Window, model: Model, *, allow_motorway: bool) -> None:
    """Stop where a way leads from outside into the site over streets that may not be cut.

    Args:
        window: The part of the network that decides.
        model: The cut problem.
        allow_motorway: Whether barriers may stand on motorways.

    Raises:
        Infeasible: there is such a way; the message names it.
    """
    arcs = open_path(model)
    if arcs is None:
        return
    elements = model.arc_element[arcs]
    spots = elements[(elements >= 0) & (elements < len(window.spots))]
    ways = window.streets.spot_way[window.spots[spots]]
    if (model.arc_fixed[arcs] >= NOT_TO_BE_CUT).any():
        street = _called(window, ways)
        raise Infeasible(
            f"{street} cannot stay open: it leads into the site, and no barrier can stand in between. Allow it to be closed."
        )
    prices = street_prices(window.network, ways, BarrierCosts(), allow_motorway=allow_motorway)
    if (prices < 0).any():
        street = _called(window, ways[prices < 0])
        raise Infeasible(
            f"{street} leads into the site and may not be closed. Allow barriers on motorways (--allow-motorway), "
            "or draw the site so that it does not touch it."
        )
    edge = window.network.junction_edge
    beyond = ways[edge[window.network.way_tail[ways]] | edge[window.network.way_head[ways]]]
    if len(beyond):
        raise Infeasible(
            f"{_called(window, beyond)} leads from the site over the edge of the data, where no barrier can be planned. "
            "Import more of the surroundings, or make the site smaller."
        )
    raise Infeasible(
        f"{_called(window, ways)} leads into the site from outside, and no barrier can stand on it. Make the site smaller, "
        "the radius larger, or remove what forbids a barrier there."
    )


def open_path(model: Model) -> list[int] | None:
    """Arcs of a path from outside to the site that no place closes, None where there is none."""
    element = model.arc_element
    alone = (element >= 0) & (model.price[element] >= NOT_TO_BE_CUT) & (model.bundle_of[element] < 0)
    arcs = np.flatnonzero(alone | (model.arc_fixed >= NOT_TO_BE_CUT))
    arcs = arcs[(model.arc_tail[arcs] != SITE_NODE) & (model.arc_head[arcs] != OUTSIDE_NODE)]
    ends = (model.arc_tail[arcs], model.arc_head[arcs])
    graph = coo_array((np.ones(len(arcs)), ends), shape=(model.node_count,) * 2).tocsr()
    _, parent = breadth_first_order(graph, OUTSIDE_NODE, directed=True, return_predecessors=True)
    if parent[SITE_NODE] < 0:
        return None
    by_ends = {(int(tail), int(head)): int(arc) for arc, tail, head in zip(arcs, *ends, strict=True)}
    path, node = [], SITE_NODE
    while node != OUTSIDE_NODE:
        path.append(by_ends[int(parent[node]), node])
        node = int(parent[node])
    return path[::-1]


def _called(window: Window, ways: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> str:
    names = [name for way in ways if (name := window.network.street(int(way)))]
    return names[0] if names else "An unnamed street"
