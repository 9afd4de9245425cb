"""What a cordon encloses: addresses, streets and metres that outside traffic can no longer reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.contract import Enclosed
from clearway.planning.street_names import shown_name

if TYPE_CHECKING:
    from clearway.network.model import Bools
    from clearway.planning.cordon.planner.model import Model
    from clearway.planning.cordon.planner.window import Window


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
        names=tuple(sorted({name for one in named if (name := shown_name(one))})),
        length_m=round(float((window.streets.piece_to_m[pieces] - window.streets.piece_from_m[pieces]).sum()), 1),
        way_indexes=tuple(ways.tolist()),
    )
