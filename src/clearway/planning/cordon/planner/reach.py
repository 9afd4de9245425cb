"""Where vehicles from outside still get to once places are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.dominators import reached_nodes
from clearway.planning.cordon.planner.model import SITE_NODE
from clearway.planning.cordon.planner.wishes import elements_of

if TYPE_CHECKING:
    from clearway.network.model import Bools
    from clearway.planning.cordon.planner.model import Model


def enclosed_nodes(model: Model, places: frozenset[int]) -> Bools:
    """(N,) nodes that could be reached from outside and no longer can; the site is always one.

    A junction closed as one place is shut on every arm.
    """
    closed = [element for place in places for element in closed_elements(model, place)]
    open_arc = (model.arc_element >= 0) & ~np.isin(model.arc_element, closed)
    reached = reached_nodes(model.node_count, model.arc_tail, model.arc_head, open_arc)
    enclosed: Bools = ~reached & model.reached
    enclosed[SITE_NODE] |= not reached[SITE_NODE]
    return enclosed


def closed_elements(model: Model, place: int) -> tuple[int, ...]:
    """The elements that a place closes, pinned ones too."""
    return elements_of(model.bundles, place)
