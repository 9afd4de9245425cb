"""The proof that goes with a plan: drives into the site, so many and so placed that no cordon stops them all for less.

A flow is written as paths. Each path is a drive from outside to the site with an amount; every place for a barrier is passed by
no more than its price. To stop every path therefore costs at least the sum of the amounts (weak duality). A path
may go over arms of a corner at the expense of what the corner pays once, if each of these arms makes it pay. A path
may also begin at addresses whose enclosing costs something, and may step from a piece of street to a point that every way
to it passes (its dominator): if the piece is outside then so is that point.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.cordon.planner.corners import PRICE_RULE
from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE
from clearway.planning.cordon.planner.excluded import too_short_ways
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.window import Window


def certificate_of(window: Window, places: Places, model: Model, cut: Cut, address_weight: int) -> dict[str, Any]:
    """The certificate of a cut as JSON.

    ``units_per_point`` turns amounts into points; of each price one unit is a tie-break for the place itself. ``price_rule``
    says how corners are priced, ``excluded`` which ways are too short for a barrier. ``paths`` hold ``amount`` and ``steps``:
    ``["spot", way, spot number along the way]`` at the expense of the barrier there, of a corner's arm its own part;
    ``["corner", a junction of it, hundredths, [[way, spot number], ...]]`` at the expense of what the corner pays once, of arms
    with so much or more of it; as a first step also ``["addresses", way, piece number along the way]`` or ``["held", ...]``;
    and ``["leads", ...]`` where the path steps to a dominator: ``"part", way, piece number``, ``"corner", junction`` or
    ``"site"``. ``paths`` is null where the exact solver alone proves the bound.
    """
    writer = _Writer(window, places, model)
    standing = sorted({int(places.spot_of[element]) for element in places.elements_of(model.pinned)})
    return {
        "units_per_point": UNITS * 100,
        "price_rule": PRICE_RULE,
        "method": "flow" if cut.flow is not None else "exact solver",
        "value": cut.bound_units,
        "address_weight": address_weight,
        "standing_price": model.pinned_price,
        "enclosed_for_good": writer.site_pieces() if address_weight else [],
        "corners": writer.corners(),
        "excluded": too_short_ways(window, places).tolist(),
        "barred": writer.barred(),
        "standing": [writer.step(spot) for spot in standing],
        "pairs": [[writer.step(int(places.spot_of[element])) for element in bundle.elements] for bundle in places.bundles],
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
        self._first_level_node = model.node_count - 2 * (len(model.price) - len(places.price))
        self._piece_at = {int(node): index for index, node in reversed(list(enumerate(model.piece_node)))}

    def step(self, spot: int) -> list[str | int]:
        index = int(self._window.spots[spot])
        way = int(self._window.streets.spot_way[index])
        return ["spot", way, index - way - int(self._window.streets.piece_start[way])]

    def barred(self) -> list[list[str | int]]:
        """Spots at which the wishes let no barrier stand."""
        spots = slice(self._places.spot_count)
        barred = (self._places.price[spots] < NOT_TO_BE_CUT) & (self._model.price[spots] >= NOT_TO_BE_CUT)
        return [self.step(int(spot)) for spot in np.flatnonzero(barred)]

    def corners(self) -> list[list[int]]:
        """Junctions of each corner that has several."""
        of_junction = self._places.corners.of_junction
        order = np.argsort(of_junction, kind="stable")
        order = order[of_junction[order] >= 0]
        groups = np.split(self._window.junctions[order], np.flatnonzero(np.diff(of_junction[order])) + 1)
        return [group.tolist() for group in groups if len(group) > 1]

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
        model, steps, at = self._model, list[list[Any]](), 0
        while at < len(arcs):
            if int(model.arc_head[arcs[at]]) < self._first_level_node:
                steps += self._step(arcs[at])
                at += 1
                continue
            end = at
            while int(model.arc_head[arcs[end]]) >= self._first_level_node:
                end += 1
            level = max(int(model.arc_element[arc]) for arc in arcs[at:end]) - len(self._places.price)
            start, goal = int(model.arc_tail[arcs[at]]), int(model.arc_head[arcs[end]])
            over = self._over_arms(level, start, goal)
            if over is None and (over := self._over_arms(level, start, SITE_NODE)) is not None:
                return {"amount": amount, "steps": [*steps, self._corner_step(level, over)]}
            if over is None:
                over, steps = self._over_arms(level, OUTSIDE_NODE, goal) or [], []
            while over and steps and steps[-1] == self.step(over[0]):  # over a spot and back again
                steps.pop()
                over.pop(0)
            steps += [self._corner_step(level, over)] if over else []
            at = end + 1
        return {"amount": amount, "steps": steps}

    def _step(self, arc: int) -> list[list[str | int]]:
        """A step along an arc that is no corner's; none where the spot's other element is the step."""
        model = self._model
        if model.drives[arc]:
            element = int(model.arc_element[arc])
            return [self.step(element)] if element < self._places.spot_count else []
        tail, head = int(model.arc_tail[arc]), int(model.arc_head[arc])
        if arc >= int(min(model.address_arc, default=len(model.arc_tail))):
            return [["addresses", *self._node(head)[1:]]]
        return [["held", *self._node(head)]] if tail == OUTSIDE_NODE else [["leads", *self._node(head)]]

    def _corner_step(self, level: int, spots: list[int]) -> list[Any]:
        places, arm = self._places, int(np.flatnonzero(self._model.level_of == level)[0])
        junction = self._window.junctions[places.corners.of_junction == places.corner_of[arm]].min()
        return ["corner", int(junction), (int(places.first[arm]) - 1) // UNITS, [self.step(spot)[1:] for spot in spots]]

    def _over_arms(self, level: int, start: int, goal: int) -> list[int] | None:
        """Spots of arms of a level, or of dearer ones of the corner, that lead from one node to another; None where none do."""
        model, came = self._model, dict[int, tuple[int, int] | None]({start: None})
        queue = deque([start])
        while queue and goal not in came:
            node = queue.popleft()
            if node in {OUTSIDE_NODE, SITE_NODE} and node != start:
                continue
            for arc in model.order[model.start[node] : model.start[node + 1]].tolist():
                element, head = int(model.arc_element[arc]), int(model.arc_head[arc])
                if head not in came and model.drives[arc] and self._pays(element, level):
                    came[head] = (node, element)
                    queue.append(head)
        spots, node = list[int](), goal
        while (step := came.get(node)) is not None:
            node = step[0]
            spots.append(step[1])
        return spots[::-1] if node == start else None

    def _pays(self, element: int, level: int) -> bool:
        """Whether an element makes its corner pay a level, or no barrier can stand there on a link of that corner."""
        model, places = self._model, self._places
        arm = int(np.flatnonzero(model.level_of == level)[0])
        corner = int(places.corner_of[arm])
        if element >= places.spot_count:
            return False
        if model.level_of[element] >= 0:
            return bool(places.corner_of[element] == corner and model.level_of[element] >= level)
        free = model.price[element] >= NOT_TO_BE_CUT and model.bundle_of[element] < 0
        return bool(free and places.corners.is_link[element] and places.corners.of_spot[element] == corner)

    def _node(self, node: int) -> list[str | int]:
        """What a node is: a piece by way and number, a junction, or the site."""
        if node == SITE_NODE:
            return ["site"]
        index = self._piece_at.get(node)
        if index is not None:
            piece = int(self._window.pieces[index])
            way = int(self._window.streets.piece_way[piece])
            return ["part", way, piece - int(self._window.streets.piece_start[way])]
        junction = int(np.flatnonzero(self._model.junction_node == node)[0])
        return ["corner", int(self._window.junctions[junction])]
