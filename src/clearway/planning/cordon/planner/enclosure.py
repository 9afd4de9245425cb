"""What a cordon encloses: the nodes that outside traffic can no longer reach, and their addresses, streets and metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.contract import Enclosed
from clearway.planning.cordon.planner.cut_model import SITE_NODE
from clearway.planning.cordon.planner.dominators import reached_nodes
from clearway.planning.cordon.planner.places import elements_of
from clearway.planning.street_names import shown_name

if TYPE_CHECKING:
    from clearway.network.model import Bools
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.window import Window


def enclosed_nodes(model: Model, parts: frozenset[int]) -> Bools:
    """(N,) nodes that could be reached from outside and no longer can; the site is always one."""
    closed = [element for part in parts for element in elements_of(model.bundles, part)]
    open_arc = model.drives & ~np.isin(model.arc_element, closed)
    reached = reached_nodes(model.node_count, model.arc_tail, model.arc_head, open_arc)
    enclosed: Bools = ~reached & model.reached
    enclosed[SITE_NODE] |= not reached[SITE_NODE]
    return enclosed


def enclosure_of(window: Window, model: Model, enclosed: Bools) -> Enclosed:
    """What the enclosed nodes of a model hold."""
    pieces = window.pieces[enclosed[model.piece_node]]
    ways = np.unique(window.streets.piece_way[pieces])
    names = window.network.way_name[ways]
    named = [window.network.string(index) or "" for index in np.unique(names[names >= 0]).tolist()]
    return Enclosed(
        addresses=int(model.addresses[enclosed].sum()),
        streets=len(named) + int((names < 0).sum()),
        street_names=tuple(sorted(filter(None, named))),
        names=tuple(sorted({name for own in named if (name := shown_name(own))})),
        length_m=round(float((window.streets.piece_to_m[pieces] - window.streets.piece_from_m[pieces]).sum()), 1),
        way_indexes=tuple(ways.tolist()),
    )
