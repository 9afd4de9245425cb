"""The proof that goes with a plan: drives into the site, so many and so placed that no cordon stops them all for less.

A flow is written as paths. Each path is a drive from outside to the site with an amount; every place for a barrier is passed by
no more than its price. To stop every path therefore costs at least the sum of the amounts (weak duality). A path
may also begin at addresses whose enclosing costs something, and may step from a piece of street to a point that every way
to it passes (its dominator): if the piece is outside then so is that point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS
from clearway.planning.cordon.planner.wishes import elements_of

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.window import Window


def certificate_of(window: Window, places: Places, model: Model, cut: Cut, address_weight: int) -> dict[str, Any]:
    """The certificate of a cut as JSON.

    ``units_per_point`` turns amounts into points; of each price one unit is a tie-break for the place itself. ``paths`` hold
    ``amount`` and ``steps``: ``["spot", way, spot number along the way]``, ``["junction", index]``, ``["crossing", number]``;
    as a first step also ``["addresses", way, piece number along the way]`` or ``["held", ...]``; and ``["leads", ...]`` where
    the path steps to a dominator: ``"part", way, piece number``, ``"corner", junction``, ``"crossing", number`` or ``"site"``.
    ``paths`` is null where the exact solver alone proves the bound.
    """
    writer = _Writer(window, places, model)
    return {
        "units_per_point": UNITS * 100,
        "method": "flow" if cut.flow is not None else "exact solver",
        "value": cut.bound_units,
        "address_weight": address_weight,
        "standing_price": model.pinned_price,
        "enclosed_for_good": writer.site_pieces() if address_weight else [],
        "crossings": [window.junctions[members].tolist() for members in places.crossings],
        "barred": writer.barred(),
        "standing": [writer.step(element) for place in sorted(model.pinned) for element in elements_of(places.bundles, place)],
        "pairs": [[writer.step(element) for element in bundle.elements] for bundle in places.bundles],
        "spots": writer.offsets(),
        "paths": None if cut.flow is None else [writer.path(amount, arcs) for amount, arcs in _paths(model, cut.flow)],
    }


def _paths(model: Model, flow: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[tuple[int, list[int]]]:
    """Amounts and arcs of paths from outside to the site that together make the flow; cycles fall away."""
    left = np.maximum(flow, 0)
    outgoing: dict[int, list[int]] = {}
    for arc in np.flatnonzero(left > 0):
        outgoing.setdefault(int(model.arc_tail[arc]), []).append(int(arc))
    found = []
    while (arcs := _one_path(model, left, outgoing)) is not None:
        amount = int(left[arcs].min())
        left[arcs] -= amount
        found.append((amount, arcs))
    return found


def _one_path(model: Model, left: np.ndarray[Any, Any], outgoing: dict[int, list[int]]) -> list[int] | None:
    """Arcs of one path that still has flow, None where none is left."""
    node, path, position = OUTSIDE_NODE, list[int](), {OUTSIDE_NODE: 0}
    while node != SITE_NODE:
        choices = outgoing.get(node, [])
        while choices and left[choices[-1]] == 0:
            choices.pop()
        if not choices:
            return None
        arc = choices[-1]
        node = int(model.arc_head[arc])
        path.append(arc)
        if node in position:
            cycle = path[position[node] :]
            left[cycle] -= left[cycle].min()
            for arc in cycle[:-1]:
                position.pop(int(model.arc_head[arc]), None)
            path = path[: position[node]]
        else:
            position[node] = len(path)
    return path


class _Writer:
    """Puts elements and nodes of a model into indexes of the network."""

    def __init__(self, window: Window, places: Places, model: Model) -> None:
        self._window, self._places, self._model = window, places, model
        self._piece_at = {int(node): index for index, node in reversed(list(enumerate(model.piece_node)))}

    def step(self, element: int) -> list[str | int]:
        window = self._window
        if element < len(window.spots):
            spot = int(window.spots[element])
            way = int(window.streets.spot_way[spot])
            return ["spot", way, spot - way - int(window.streets.piece_start[way])]
        junction = element - len(window.spots)
        if junction < len(window.junctions):
            return ["junction", int(window.junctions[junction])]
        return ["crossing", junction - len(window.junctions)]

    def barred(self) -> list[list[str | int]]:
        """Elements at which the wishes let no barrier stand."""
        usable = self._places.price < NOT_TO_BE_CUT
        return [self.step(int(element)) for element in np.flatnonzero(usable & (self._model.price >= NOT_TO_BE_CUT))]

    def offsets(self) -> dict[str, list[float]]:
        """Metres from the tail of every spot of the window, by way."""
        streets = self._window.streets
        first = streets.piece_start[self._window.ways] + self._window.ways
        last = streets.piece_start[self._window.ways + 1] + self._window.ways + 1
        spans = zip(self._window.ways.tolist(), first.tolist(), last.tolist(), strict=True)
        return {str(way): streets.spot_m[low:high].tolist() for way, low, high in spans}

    def site_pieces(self) -> list[list[int]]:
        """Way and piece number of everything that is enclosed in every cordon."""
        streets, model = self._window.streets, self._model
        inside = self._window.pieces[(model.piece_node == SITE_NODE) & model.reached[model.piece_node]]
        ways = streets.piece_way[inside]
        pairs: list[list[int]] = np.column_stack((ways, inside - streets.piece_start[ways])).tolist()
        return pairs

    def path(self, amount: int, arcs: list[int]) -> dict[str, Any]:
        steps = [step for arc in arcs if (step := self._step(arc)) is not None]
        return {"amount": amount, "steps": steps}

    def _step(self, arc: int) -> list[str | int] | None:
        model = self._model
        element = int(model.arc_element[arc])
        if element >= 0:
            return self.step(element)
        tail, head = int(model.arc_tail[arc]), int(model.arc_head[arc])
        if arc >= int(model.address_arc[0]):
            return ["addresses", *self._node(head)[1:]]
        return ["held", *self._node(head)] if tail == OUTSIDE_NODE else ["leads", *self._node(head)]

    def _node(self, node: int) -> list[str | int]:
        """What a node is: a piece by way and number, a junction, a crossing, or the site."""
        if node == SITE_NODE:
            return ["site"]
        index = self._piece_at.get(node)
        if index is not None:
            piece = int(self._window.pieces[index])
            way = int(self._window.streets.piece_way[piece])
            return ["part", way, piece - int(self._window.streets.piece_start[way])]
        both = (self._model.junction_in == node) | (self._model.junction_out == node)
        junction = int(np.flatnonzero(both)[0])
        crossing = int(self._places.crossing_of[junction])
        return ["crossing", crossing] if crossing >= 0 else ["corner", int(self._window.junctions[junction])]
