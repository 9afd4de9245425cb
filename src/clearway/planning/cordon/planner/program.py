"""The exact 0/1 program of the cordon, for questions that no plain cut decides.

One binary variable for each place, one potential for each node: 0 outside, 1 enclosed. An arc may climb from 0 to 1 only
where a place that closes it is used. Solved by HiGHS (Q. Huangfu, J. A. J. Hall, 2018) through scipy. Nodes that are cut
off without being counted as enclosed are forbidden when they turn up: one of the nodes that lead to them must be outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from clearway.planning.cordon.planner.cut_model import SITE_NODE
from clearway.planning.cordon.planner.enclosure import enclosed_nodes
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats
    from clearway.planning.cordon.planner.cut_model import Model

_MOST_ROUNDS = 60
"""Each round forbids the pockets of one answer, and one round nearly always does: sixty is so that it ends."""
_HALF = 0.5
"""Binary variables come as floats near 0 or 1."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What to minimise: ``scale * barrier units + address_weight * addresses``, with at most so many places.

    ``count_only`` minimises the number of places instead.
    """

    address_weight: int = 0
    scale: int = 1
    at_most: int | None = None
    count_only: bool = False


def solved_program(model: Model, terms: Terms) -> tuple[frozenset[int], int] | None:
    """The best places, pinned ones included, and the proven bound in the units of ``terms``; None where there are none."""
    program = _Program(model, terms)
    for _ in range(_MOST_ROUNDS):
        found = program.solved()
        if found is None:
            return None
        places, potential, bound = found
        if not program.forbid_pockets(places, potential):
            break
    return places, bound


class _Program:
    def __init__(self, model: Model, terms: Terms) -> None:
        self._model, self._terms = model, terms
        arcs = (model.arc_element >= 0) | (model.arc_fixed >= NOT_TO_BE_CUT)
        element = model.arc_element
        standing = (element >= 0) & (model.price[element] == 0)
        self._arcs = np.flatnonzero(arcs & ~standing)
        self._single = np.unique(element[self._arcs][element[self._arcs] >= 0])
        self._single = self._single[model.price[self._single] < NOT_TO_BE_CUT]
        self._bundle = np.unique(model.bundle_of[model.bundle_of >= 0])
        self._place_count = len(self._single) + len(self._bundle)
        self._width = self._place_count + model.node_count
        self._matrix = self._links()
        self._upper = np.zeros(self._matrix.shape[0])
        self._whole = np.zeros(self._width, np.int64)
        self._whole[: self._place_count] = 1
        prices = [model.bundles[index].price for index in self._bundle]
        self._price = np.concatenate((model.price[self._single], np.array(prices, dtype=np.int64))).astype(np.int64)
        if terms.at_most is not None:
            row = np.zeros((1, self._width))
            row[0, : self._place_count] = self._price % UNITS
            self._add(row, np.array([float(terms.at_most - model.pinned_price % UNITS)]))

    def solved(self) -> tuple[frozenset[int], Bools, int] | None:
        result = milp(
            self._objective(),
            integrality=self._whole,
            bounds=self._bounds(),
            constraints=LinearConstraint(self._matrix, -np.inf, self._upper),
            options={"mip_rel_gap": 0.0},
        )
        if result.x is None:
            return None
        used = result.x[: self._place_count] > _HALF
        return self._places(used), result.x[self._place_count :] > _HALF, self._bound(result.mip_dual_bound, used)

    def forbid_pockets(self, places: frozenset[int], potential: Bools) -> bool:
        """Forbid what is cut off and yet counted as outside; whether there was any."""
        model = self._model
        pocket = enclosed_nodes(model, places) & ~potential
        pocket[SITE_NODE] = False
        drivable = np.flatnonzero(model.arc_element >= 0)
        tail, head = model.arc_tail[drivable], model.arc_head[drivable]
        inner = pocket[tail] & pocket[head]
        graph = coo_array((np.ones(inner.sum()), (tail[inner], head[inner])), shape=(model.node_count,) * 2)
        _, group = connected_components(graph, directed=False)
        counted = pocket & (model.held | ((model.addresses > 0) & (self._terms.address_weight > 0)))
        for label in np.unique(group[counted]):
            here = pocket & (group == label)
            doors = np.unique(tail[here[head] & ~here[tail]])
            for node in np.flatnonzero(here & counted):
                row = np.zeros((1, self._width))
                row[0, self._place_count + doors] = 1
                row[0, self._place_count + node] = -1
                self._add(row, np.array([len(doors) - 1.0]))
        self._whole[:] = 1
        return bool(counted.any())

    def _links(self) -> csr_array:
        model, arcs = self._model, self._arcs
        rows = np.arange(len(arcs))
        element = model.arc_element[arcs]
        parts = [(rows, self._place_count + model.arc_head[arcs], 1.0), (rows, self._place_count + model.arc_tail[arcs], -1.0)]
        alone = (element >= 0) & (model.price[element] < NOT_TO_BE_CUT)
        parts.append((rows[alone], np.searchsorted(self._single, element[alone]), -1.0))
        bundle = np.where(element >= 0, model.bundle_of[element], -1)
        joint = bundle >= 0
        parts.append((rows[joint], len(self._single) + np.searchsorted(self._bundle, bundle[joint]), -1.0))
        row, column = (np.concatenate([part[axis] for part in parts]) for axis in (0, 1))
        value = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
        return coo_array((value, (row, column)), shape=(len(arcs), self._width)).tocsr()

    def _add(self, row: Floats, upper: Floats) -> None:
        self._matrix = vstack((self._matrix, csr_array(row)), format="csr")
        self._upper = np.concatenate((self._upper, upper))

    def _objective(self) -> Floats:
        objective = np.zeros(self._width)
        if self._terms.count_only:
            objective[: self._place_count] = self._price % UNITS
            return objective
        objective[: self._place_count] = self._price / UNITS
        objective[self._place_count :] = self._model.addresses * (self._terms.address_weight / self._terms.scale / UNITS)
        return objective

    def _bounds(self) -> Bounds:
        low, high = np.zeros(self._width), np.ones(self._width)
        high[self._place_count] = 0
        low[self._place_count + SITE_NODE] = 1
        high[self._place_count + np.flatnonzero(self._model.held)] = 0
        return Bounds(low, high)

    def _places(self, used: Bools) -> frozenset[int]:
        singles = self._single[used[: len(self._single)]]
        bundles = -1 - self._bundle[used[len(self._single) :]]
        return frozenset({*singles.tolist(), *bundles.tolist()}) | self._model.pinned

    def _bound(self, proven: float | None, used: Bools) -> int:
        """The proven bound as a whole number of units, at most what the places cost."""
        step = UNITS * self._terms.scale
        bound = int(np.ceil((proven or 0.0) * step - self._terms.scale / 2))
        exact = int(self._price[used].sum()) * self._terms.scale
        if self._terms.address_weight == 0 and abs(exact - bound) <= self._terms.scale:
            bound = exact
        return bound + self._model.pinned_price * self._terms.scale
