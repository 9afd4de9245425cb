"""The exact 0/1 program of the cordon, for questions that no plain cut decides.

One binary variable for each part of a place (an element, a bundle, a level of a corner), one potential for each node: 0
outside, 1 enclosed. An arc may climb from 0 to 1 only where a place that closes it is used. Solved by HiGHS (Q. Huangfu, J. A.
J. Hall, 2018) through scipy. Nodes that are cut off without being counted as enclosed are forbidden when they turn up: one of
the nodes that lead to them must be outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE
from clearway.planning.cordon.planner.enclosure import enclosed_nodes
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.cordon.planner.cut_model import Model

_MOST_ROUNDS = 60
"""Each round forbids the pockets of one answer, and one round nearly always does: sixty is so that it ends."""
_LIMIT_REACHED = 1
"""Of scipy's solver, its status when the time ended."""
_HALF = 0.5
"""Binary variables come as floats near 0 or 1."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What to minimise: ``scale * barrier units + address_weight * addresses``, with at most so many places.

    ``count_only`` minimises the number of places instead. ``most_units`` is the most that the barriers may cost: addresses
    alone are then minimised.
    """

    address_weight: int = 0
    scale: int = 1
    at_most: int | None = None
    count_only: bool = False
    most_units: int | None = None


class TimeUp(Exception):
    """The time ended before the program had an answer."""


def solved_program(
    model: Model, terms: Terms, *, groups: Longs | None = None, steps: Steps = UNHURRIED
) -> tuple[frozenset[int], int] | None:
    """The best parts of places, pinned ones included, and their proven bound in units of ``terms``; None if there are none.

    Args:
        model: The problem.
        terms: What to minimise.
        groups: (N,) group of each node, where it is known that the best cordon parts no group; each node its own by default.
        steps: Whose limit ends it early: then the best places so far, with a bound that does not reach them.

    Raises:
        TimeUp: the time ended, and there are no places yet.
    """
    program = _Program(model, terms, np.arange(model.node_count) if groups is None else groups)
    for _ in range(_MOST_ROUNDS):
        steps.check()
        found = program.solved(steps.left_s)
        if found is None:
            return None
        places, potential, bound = found
        if not program.forbid_pockets(places, potential):
            break
        if steps.late:
            raise TimeUp
    return places, bound


class _Program:
    def __init__(self, model: Model, terms: Terms, groups: Longs) -> None:
        self._model, self._terms, self._groups = model, terms, groups
        arcs = (model.arc_element >= 0) | (model.arc_fixed >= NOT_TO_BE_CUT)
        arcs &= groups[model.arc_tail] != groups[model.arc_head]
        element = model.arc_element
        standing = (element >= 0) & (model.price[element] == 0)
        self._arcs = np.flatnonzero(arcs & ~standing)
        self._single = np.unique(element[self._arcs][element[self._arcs] >= 0])
        self._bundle = np.unique(model.bundle_of[self._single])
        self._bundle = self._bundle[self._bundle >= 0]
        self._single = self._single[model.price[self._single] < NOT_TO_BE_CUT]
        self._place_count = len(self._single) + len(self._bundle)
        self._width = self._place_count + int(groups.max()) + 1
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
        if terms.most_units is not None:
            row = np.zeros((1, self._width))
            row[0, : self._place_count] = self._price / UNITS
            self._add(row, np.array([(terms.most_units - model.pinned_price + _HALF) / UNITS]))

    def solved(self, limit_s: float) -> tuple[frozenset[int], Bools, int] | None:
        result = milp(
            self._objective(),
            integrality=self._whole,
            bounds=self._bounds(),
            constraints=LinearConstraint(self._matrix, -np.inf, self._upper),
            options={"mip_rel_gap": 0.0, "time_limit": limit_s},
        )
        if result.x is None:
            if result.status == _LIMIT_REACHED:
                raise TimeUp
            return None
        used = result.x[: self._place_count] > _HALF
        potential = result.x[self._place_count :][self._groups] > _HALF
        return self._parts(used, potential), potential, self._bound(result.mip_dual_bound, used)

    def forbid_pockets(self, places: frozenset[int], potential: Bools) -> bool:
        """Forbid what is cut off and yet counted as outside; whether there was any."""
        model = self._model
        pocket = enclosed_nodes(model, places) & ~potential
        pocket[SITE_NODE] = False
        drivable = np.flatnonzero(model.drives)
        tail, head = model.arc_tail[drivable], model.arc_head[drivable]
        inner = pocket[tail] & pocket[head]
        graph = coo_array((np.ones(inner.sum()), (tail[inner], head[inner])), shape=(model.node_count,) * 2)
        _, group = connected_components(graph, directed=False)
        counted = pocket & (model.held | ((model.addresses > 0) & (self._terms.address_weight > 0)))
        for label in np.unique(group[counted]):
            here = pocket & (group == label)
            doors = np.unique(self._groups[tail[here[head] & ~here[tail]]])
            for node in np.flatnonzero(here & counted):
                row = np.zeros((1, self._width))
                row[0, self._place_count + doors] = 1
                row[0, self._place_count + self._groups[node]] -= 1
                self._add(row, np.array([len(doors) - 1.0]))
        self._whole[:] = 1
        return bool(counted.any())

    def _links(self) -> csr_array:
        model, arcs = self._model, self._arcs
        rows = np.arange(len(arcs))
        element = model.arc_element[arcs]
        ends = [self._place_count + self._groups[end[arcs]] for end in (model.arc_head, model.arc_tail)]
        parts = [(rows, ends[0], 1.0), (rows, ends[1], -1.0)]
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
        addresses = np.bincount(self._groups, self._model.addresses)
        if self._terms.most_units is not None:
            objective[self._place_count :] = addresses
            return objective
        objective[: self._place_count] = self._price / UNITS
        objective[self._place_count :] = addresses * (self._terms.address_weight / self._terms.scale / UNITS)
        return objective

    def _bounds(self) -> Bounds:
        low, high = np.zeros(self._width), np.ones(self._width)
        high[self._place_count + self._groups[OUTSIDE_NODE]] = 0
        low[self._place_count + self._groups[SITE_NODE]] = 1
        high[self._place_count + self._groups[self._model.held]] = 0
        return Bounds(low, high)

    def _parts(self, used: Bools, potential: Bools) -> frozenset[int]:
        """The parts that are closed and part something; what corners pay once follows from them."""
        model = self._model
        parting = model.drives & ~potential[model.arc_tail] & potential[model.arc_head]
        elements = np.unique(model.arc_element[parting])
        singles = np.intersect1d(self._single[used[: len(self._single)]], elements)
        bundles = np.intersect1d(self._bundle[used[len(self._single) :]], model.bundle_of[elements])
        return frozenset({*singles.tolist(), *(-1 - bundles).tolist()}) | model.pinned

    def _bound(self, proven: float | None, used: Bools) -> int:
        """The proven bound as a whole number of units, at most what the places cost."""
        step = UNITS * self._terms.scale
        bound = int(np.ceil((proven or 0.0) * step - self._terms.scale / 2))
        exact = int(self._price[used].sum()) * self._terms.scale
        if self._terms.address_weight == 0 and abs(exact - bound) <= self._terms.scale:
            bound = exact
        return bound + self._model.pinned_price * self._terms.scale
