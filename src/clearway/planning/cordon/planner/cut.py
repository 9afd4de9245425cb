"""The cheapest cut of a model, with a flow of the same value where there is one.

A bundle's price is split over its elements and the rest, prices of corners included, is a plain minimum cut: its flow is a
lower bound for every cordon (L. R. Ford, D. R. Fulkerson, 1956; the split is a Lagrangian relaxation of the bundles). Shares
move towards the elements that the cut pays for until the cut pays whole prices, and then cut and flow prove each other. Where
no split does that, the exact program (:mod:`clearway.planning.cordon.planner.program`) decides.

A flow also says what no cordon near its value does: to cut an arc that could carry ``r`` more costs at least ``r`` more than
the flow. Nodes that only such arcs join, too dear for the cordon that is known, are one node in all that is still to be
decided (reduced costs, as G. B. Dantzig, D. R. Fulkerson and S. M. Johnson, 1954, fix variables by them).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE, Model
from clearway.planning.cordon.planner.enclosure import enclosed_nodes
from clearway.planning.cordon.planner.max_flow import incidence, max_flow
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS
from clearway.planning.cordon.planner.program import Terms, TimeUp, solved_program
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs

_MOST_ROUNDS = 12
"""Measured, splits prove themselves in the first round or the third; what has not by the twelfth the exact program decides."""
_FEW_ROUNDS = 3
"""Where no flow is wanted as a proof, the exact program is the quicker way from here on."""
_PATIENCE_ROUNDS = 3
"""Rounds without a better bound after which the exact program is the quicker way."""
_FIRST_PART, _FIRST_PART_OF_ALL = 64, 200
"""Of the gap between cut and flow, and of the flow, the part in which the exact program looks first: measured, the best
cordon often lies there, and a program that finds nothing takes milliseconds."""
_WIDER = 4
"""So many times as far the program looks where it found nothing."""
_PAIR_ELEMENTS = 2
"""A bundle of two: the carriageways of one street."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A cordon as the solver sees it.

    Attributes:
        parts: Parts of places used: an element, or -1 - a bundle; the pinned ones too.
        enclosed: (N,) nodes on the site's side: those that outside traffic can no longer reach.
        barrier_units: What the places cost; modulo ``UNITS``, how many they are.
        addresses: Addresses enclosed.
        bound_units: Proven lower bound of ``barrier_units * scale + address_weight * addresses``.
        flow: (A,) flow on each arc that proves the bound, None where the exact program did.
        value: ``barrier_units * scale + address_weight * addresses``.
    """

    parts: frozenset[int]
    enclosed: Bools
    barrier_units: int
    addresses: int
    bound_units: int
    flow: Longs | None
    value: int

    @property
    def place_count(self) -> int:
        """How many places there are: of a corner's arms, those that are closed are one."""
        return self.barrier_units % UNITS

    @property
    def proven(self) -> bool:
        """Whether no cordon has a smaller value."""
        return self.value <= self.bound_units


def cheapest_cut(
    model: Model,
    *,
    address_weight: int = 0,
    scale: int = 1,
    at_most: int | None = None,
    fewest_addresses: bool = True,
    below: int | None = None,
    steps: Steps = UNHURRIED,
) -> Cut | None:
    """The cut of least ``scale * barrier units + address_weight * addresses enclosed``.

    Args:
        model: The problem; some cut must exist.
        address_weight: Units for each address enclosed.
        scale: Multiplies the price of barriers, so that any ratio of the two is whole.
        at_most: Most places, None: any number.
        fewest_addresses: Whether addresses decide between equally cheap cuts where they weigh nothing.
        below: Only a cut of a smaller value is wanted.
        steps: Whose limit ends the search early, so that the cut may be unproven.

    Returns:
        The cut; None where ``at_most`` places cannot do it, or nothing is ``below``.

    Raises:
        TimeUp: the time ended before there was a cut of ``at_most`` places.
    """
    search = _Search(model, steps, at_most)
    cut = search.best(Terms(address_weight, scale, at_most), below)
    if cut is None or address_weight or not fewest_addresses:
        return cut
    return search.with_fewer_addresses(cut)


class _Search:
    """The search for one cut, and what it has learnt of the model."""

    def __init__(self, model: Model, steps: Steps, at_most: int | None) -> None:
        self._model, self._steps, self._at_most = model, steps, at_most
        self._graph = _whole(model)
        self._relaxed: Relaxed | None = None

    def best(self, terms: Terms, below: int | None = None) -> Cut | None:
        """The cut of least value; where it is wanted below some value, None if there is none."""
        rounds = _MOST_ROUNDS if below is None else _FEW_ROUNDS
        self._relaxed = _relaxed(self._graph, terms, self._steps, rounds, aligning=below is None)
        return self._exact(self._relaxed, terms, below)

    def with_fewer_addresses(self, cut: Cut) -> Cut:
        """A cut of the same price that encloses fewer addresses, where there is one; the proof stays the same."""
        terms = Terms(1, int(self._model.addresses.sum()) + 1, self._at_most, most_units=cut.barrier_units)
        if self._relaxed is not None:
            self._graph = self._narrowed(self._relaxed, cut.value)
        try:
            tied = self.best(terms, below=cut.barrier_units * terms.scale + cut.addresses)
        except TimeUp:
            return cut
        if tied is None or tied.barrier_units > cut.barrier_units or tied.addresses >= cut.addresses:
            return cut
        return replace(cut, parts=tied.parts, enclosed=tied.enclosed, addresses=tied.addresses)

    def _exact(self, relaxed: Relaxed, terms: Terms, below: int | None) -> Cut | None:
        model, cut = self._model, relaxed.cut
        if below is not None and cut.bound_units >= below:
            return None
        allowed = self._at_most is None or cut.place_count <= self._at_most
        if cut.proven and allowed:
            return cut
        try:
            program = self._program(relaxed, terms, below, allowed=allowed)
        except TimeUp:
            if allowed and not (cut.enclosed & model.held).any():
                return cut
            raise
        if program is None:
            return None
        parts, bound = program
        best = _as_cut(model, parts, terms, bound=bound)
        if self._at_most is None and cut.value <= best.value:
            return _as_cut(model, cut.parts, terms, bound=max(bound, cut.bound_units))
        return best

    def _program(
        self, relaxed: Relaxed, terms: Terms, below: int | None, *, allowed: bool
    ) -> tuple[frozenset[int], int] | None:
        """The exact program, first among the cordons that cost little more than the flow: the best is nearly always one.

        A cordon found there that costs no more than was looked at is the best of all; a dearer one says how far to look.
        """
        bound, most = relaxed.cut.bound_units, NOT_TO_BE_CUT
        if allowed:
            most = relaxed.cut.value
        if below is not None:
            most = min(most, below - 1)
        unknown = 0 if most < NOT_TO_BE_CUT else bound // _FIRST_PART_OF_ALL
        value, best = bound + max((min(most, relaxed.cut.value) - bound) // _FIRST_PART, unknown, 1), None
        found, size = None, 0
        while True:
            value = min(value, most)
            whole = value == most or not self._dear(relaxed, value)[relaxed.residual < NOT_TO_BE_CUT // 2].any()
            graph = self._narrowed(relaxed, value)
            try:
                found = graph.solved(terms, self._steps) if graph.size > size else found
            except TimeUp:
                if best is None:
                    raise
                return best, bound
            if found is not None:
                best, least = found[0], _as_cut(self._model, found[0], terms, bound=0).value
                most = min(most, least)
                if whole or least <= value:
                    return found
            if whole:
                return None
            size = graph.size
            value = bound + _WIDER * (value - bound)

    def _narrowed(self, relaxed: Relaxed, value: int) -> _Graph:
        """The graph in which nodes that no cut of at most some value parts are joined."""
        return _joined(self._model, self._graph, self._dear(relaxed, value))

    def _dear(self, relaxed: Relaxed, value: int) -> Bools:
        """(A,) arcs that no cut of at most some value cuts."""
        dear: Bools = relaxed.residual > value - relaxed.cut.bound_units
        return dear


@dataclass(frozen=True, eq=False)
class _Graph:
    """The graph of a model in which groups of nodes are one node each."""

    model: Model
    group: Longs  # (N,) node of the graph for each of the model's
    arcs: Longs  # (a,) arcs of the model that join two groups, pairs beside each other
    head: Longs  # (a,) group that each enters
    start: Longs  # (G + 1,) incidence
    order: Longs  # (a,)

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.start) - 1

    @property
    def parts_nothing(self) -> bool:
        """Whether outside and site are one group, so that no cut is left."""
        return bool(self.group[OUTSIDE_NODE] == self.group[SITE_NODE])

    def solved(self, terms: Terms, steps: Steps) -> tuple[frozenset[int], int] | None:
        """The exact program's answer; None where there is none."""
        if self.parts_nothing:
            return None
        return solved_program(self.model, terms, groups=self.group, steps=steps)

    def cut(self, share: Longs, terms: Terms, like: Relaxed | None = None) -> tuple[int, Longs, Bools]:
        """Value of a plain cut where elements cost their shares, residual capacity of all arcs, and the site's side.

        The flow begins with that of a cut of the whole graph in which nothing cost more.
        """
        model = self.model
        capacity = capacities(model, share, terms)
        ends = (int(self.group[OUTSIDE_NODE]), int(self.group[SITE_NODE]))
        left = None if like is None else capacity - like.capacity + like.residual
        value, left, sink = max_flow(self.head, self.start, self.order, capacity[self.arcs], *ends, left)
        residual = np.full(len(capacity), NOT_TO_BE_CUT)
        residual[self.arcs] = left
        constant = int(model.addresses[SITE_NODE]) * terms.address_weight + model.pinned_price * terms.scale
        return value + constant, residual, sink[self.group]


def _whole(model: Model) -> _Graph:
    """The graph of a model as it is."""
    arcs = np.arange(len(model.arc_head))
    return _Graph(model, np.arange(model.node_count), arcs, model.arc_head, model.start, model.order)


def _joined(model: Model, graph: _Graph, dear: Bools) -> _Graph:
    """A graph with arcs that are too dear to cut: a node is outside if one is that such an arc leads from."""
    count = int(graph.group.max()) + 1
    inner = np.arange(count)
    arcs = np.flatnonzero(dear)
    tail = np.concatenate((graph.group[model.arc_tail[arcs]], np.full(count, graph.group[SITE_NODE]), inner))
    head = np.concatenate((graph.group[model.arc_head[arcs]], inner, np.full(count, graph.group[OUTSIDE_NODE])))
    links = coo_array((np.ones(len(tail), np.bool_), (tail, head)), shape=(count, count))
    count, label = connected_components(links, directed=True, connection="strong")
    group = label[graph.group].astype(np.int64)
    parting = np.flatnonzero(group[model.arc_tail] != group[model.arc_head])
    start, order = incidence(count, group[model.arc_tail[parting]])
    return _Graph(model, group, parting, group[model.arc_head[parting]], start, order)


def relaxed_cut(model: Model, address_weight: int, *, rounds: int = _MOST_ROUNDS, steps: Steps = UNHURRIED) -> Relaxed:
    """The best cut and the best bound that splitting bundles finds; the two may differ."""
    return _relaxed(_whole(model), Terms(address_weight), steps, rounds)


def narrower_cut(
    model: Model, wider: Relaxed, address_weight: int, *, rounds: int = _MOST_ROUNDS, steps: Steps = UNHURRIED
) -> Relaxed:
    """The same of a model in which fewer places can be closed than in one whose flow is known, and is begun with."""
    return _relaxed(_whole(model), Terms(address_weight), steps, rounds, like=wider)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A cut with the bound of a flow, and what each arc could carry beside that flow."""

    cut: Cut
    share: Longs  # (E + L,) of its bundle's price, what each element costs in the cut that gives the bound
    capacity: Longs  # (A,)
    residual: Longs  # (A,)


def _relaxed(
    graph: _Graph,
    terms: Terms,
    steps: Steps,
    rounds: int = _MOST_ROUNDS,
    *,
    aligning: bool = True,
    like: Relaxed | None = None,
) -> Relaxed:
    model = graph.model
    share = best_share = _first_shares(model) if like is None else _shares_like(model, like.share)
    best, bound, raised = None, -1, 0
    capacity = residual = np.empty(0, np.int64)
    for turn in range(rounds):
        steps.check()
        if best is not None and steps.late:
            break
        value, left, sink = graph.cut(share, terms, None if turn else like)
        if value > bound:
            bound, best_share, residual, raised = value, share.copy(), left, turn
            capacity = capacities(model, share, terms)
        parts, gaps = _paid(model, sink, share)
        cut = _as_cut(model, parts, terms, bound=bound)
        if best is None or cut.value < best.value:
            best = cut
        if aligning and gaps and best.value > bound:
            best = min(best, _aligned(graph, share, terms), key=lambda cut: cut.value)
        if not gaps or best.value == bound or turn - raised >= _PATIENCE_ROUNDS:
            break
        _shift(model, share, sink, gaps, turn)
    assert best is not None  # noqa: S101 - there is at least one round
    return Relaxed(replace(best, bound_units=bound, flow=capacity - residual), best_share, capacity, residual)


def _shares_like(model: Model, share: Longs) -> Longs:
    """Shares of a model with fewer places: whole prices where no barrier may stand or a bundle is no more."""
    same = (model.price < NOT_TO_BE_CUT) & (model.bundle_of >= 0)
    return np.where(same, share, model.price)


def _aligned(graph: _Graph, share: Longs, terms: Terms) -> Cut:
    """The best cut when each bundle is a little cheaper than the next: one that goes straight through both carriageways.

    Where shares are alike along a street, a cut that goes through the carriageways at two spots ties with one that goes
    through both at one spot, and only the second pays a whole bundle.
    """
    model, cheaper = graph.model, share.copy()
    for index, bundle in enumerate(model.bundles):
        for element in bundle.elements:
            if model.bundle_of[element] == index:
                cheaper[element] -= min(int(share[element]), 1 + index % UNITS)
    _, _, sink = graph.cut(cheaper, terms)
    return _as_cut(model, _paid(model, sink, share)[0], terms, bound=0)


def _first_shares(model: Model) -> Longs:
    share = model.price.copy()
    for index, bundle in enumerate(model.bundles):
        members = [element for element in bundle.elements if model.bundle_of[element] == index]
        if not members:
            continue
        own = [min(int(model.price[element]), bundle.price) for element in members]
        total = sum(own)
        if total <= bundle.price:
            share[members] = own
            continue
        share[members] = [bundle.price * part // total for part in own]
        share[members[0]] += min(bundle.price - int(share[members].sum()), own[0] - int(share[members[0]]))
    return share


def capacities(model: Model, share: Longs, terms: Terms) -> Longs:
    """(A,) capacity of every arc when elements cost their shares."""
    capacity = model.arc_fixed.copy()
    priced = model.arc_element >= 0
    cost = np.where(share < NOT_TO_BE_CUT, share * terms.scale, NOT_TO_BE_CUT)
    capacity[priced] = cost[model.arc_element[priced]]
    capacity[model.address_arc] = model.addresses[model.arc_head[model.address_arc]] * terms.address_weight
    return capacity


def crossed_elements(model: Model, sink: Bools) -> Longs:
    """Elements that a division of the nodes cuts."""
    crossing = model.drives & ~sink[model.arc_tail] & sink[model.arc_head]
    return np.unique(model.arc_element[crossing])


def _paid(model: Model, sink: Bools, share: Longs) -> tuple[frozenset[int], dict[int, int]]:
    """Parts of places that close what a cut crosses, and by how much each bundle was paid short."""
    parts, gaps = set(model.pinned), {}
    crossed = crossed_elements(model, sink)
    crossed = crossed[model.price[crossed] > 0]
    bundle = model.bundle_of[crossed]
    parts.update(crossed[bundle < 0].tolist())
    for index in np.unique(bundle[bundle >= 0]):
        members = crossed[bundle == index]
        apart = int(model.price[members].sum()) if model.price[members].max() < NOT_TO_BE_CUT else NOT_TO_BE_CUT
        together = model.bundles[index].price
        parts.update([-1 - int(index)] if together < apart else members.tolist())
        gap = min(apart, together) - int(share[members].sum())
        if gap > 0:
            gaps[int(index)] = gap
    return frozenset(parts), gaps


def _shift(model: Model, share: Longs, sink: Bools, gaps: dict[int, int], turn: int) -> None:
    """Move the share of bundles paid short towards the carriageway that the cut crosses, all along the street."""
    crossed = set(crossed_elements(model, sink).tolist())
    pace = 1.0 if turn == 0 else 2.0 / (turn + 2)
    wishes: dict[tuple[int, ...], tuple[float, int]] = {}
    for index, gap in gaps.items():
        bundle = model.bundles[index]
        for element, strand in zip(bundle.elements, bundle.strands, strict=False):
            if element in crossed:
                wishes[tuple(sorted(bundle.strands))] = (pace * gap / bundle.price, strand)
    for index, bundle in enumerate(model.bundles):
        wish = wishes.get(tuple(sorted(bundle.strands)))
        if wish is not None and len(bundle.elements) == _PAIR_ELEMENTS and model.bundle_of[bundle.elements[0]] == index:
            _move(model, share, index, wish)


def _move(model: Model, share: Longs, index: int, wish: tuple[float, int]) -> None:
    """Move a part of a bundle's price to its element on one strand."""
    part, strand = wish
    bundle = model.bundles[index]
    to = bundle.elements[0] if bundle.strands[0] == strand else bundle.elements[1]
    away = bundle.elements[0] if to == bundle.elements[1] else bundle.elements[1]
    own = min(int(model.price[to]), bundle.price, int(share[to]) + max(1, int(part * bundle.price)))
    share[to] = own
    share[away] = min(bundle.price - own, int(model.price[away]))


def _as_cut(model: Model, parts: frozenset[int], terms: Terms, *, bound: int) -> Cut:
    parts = model.settled(parts)
    enclosed, units = enclosed_nodes(model, parts), model.units(parts)
    addresses = int(model.addresses[enclosed].sum())
    return Cut(parts, enclosed, units, addresses, bound, None, units * terms.scale + addresses * terms.address_weight)
