"""The cheapest cut of a model, with a flow of the same value where there is one.

A bundle's price is split over its elements and the rest is a plain minimum cut: its flow is a lower bound for every cordon
(L. R. Ford, D. R. Fulkerson, 1956; the split is a Lagrangian relaxation of the bundles). Shares move towards the elements
that the cut pays for until the cut pays whole prices, and then cut and flow prove each other. Where no split does that,
the exact program (:mod:`clearway.planning.cordon.planner.program`) decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.cut_model import OUTSIDE_NODE, SITE_NODE, Model
from clearway.planning.cordon.planner.enclosure import enclosed_nodes
from clearway.planning.cordon.planner.max_flow import max_flow
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, UNITS
from clearway.planning.cordon.planner.program import Terms, solved_program

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs

_MOST_ROUNDS = 12
"""Measured, splits prove themselves in the first round or the third; what has not by the twelfth the exact program decides."""
_PATIENCE_ROUNDS = 3
"""Rounds without a better bound after which the exact program is the quicker way."""
_PAIR_ELEMENTS = 2
"""A bundle of two: the carriageways of one street."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A cordon as the solver sees it.

    Attributes:
        places: Places used: an element, or -1 - a bundle; the pinned ones too.
        enclosed: (N,) nodes on the site's side: those that outside traffic can no longer reach.
        barrier_units: What the places cost.
        addresses: Addresses enclosed.
        bound_units: Proven lower bound of ``barrier_units * scale + address_weight * addresses``.
        flow: (A,) flow on each arc that proves the bound, None where the exact program did.
        value: ``barrier_units * scale + address_weight * addresses``.
    """

    places: frozenset[int]
    enclosed: Bools
    barrier_units: int
    addresses: int
    bound_units: int
    flow: Longs | None
    value: int


def cheapest_cut(
    model: Model, *, address_weight: int = 0, scale: int = 1, at_most: int | None = None, fewest_addresses: bool = True
) -> Cut | None:
    """The cut of least ``scale * barrier units + address_weight * addresses enclosed``.

    Args:
        model: The problem; some cut must exist.
        address_weight: Units for each address enclosed.
        scale: Multiplies the price of barriers, so that any ratio of the two is whole.
        at_most: Most places, None: any number.
        fewest_addresses: Whether addresses decide between equally cheap cuts where they weigh nothing.

    Returns:
        The cut; None where ``at_most`` places cannot do it.
    """
    cut = _optimal_cut(model, address_weight, scale, at_most)
    tied = fewest_addresses and not address_weight
    return _with_fewer_addresses(model, cut, at_most) if cut and tied else cut


def _with_fewer_addresses(model: Model, cut: Cut, at_most: int | None) -> Cut:
    """A cut of the same price that encloses fewer addresses, where there is one; the proof stays the same."""
    tied = _optimal_cut(model, 1, int(model.addresses.sum()) + 1, at_most)
    if tied is None or tied.barrier_units > cut.barrier_units or tied.addresses >= cut.addresses:
        return cut
    return replace(cut, places=tied.places, enclosed=tied.enclosed, addresses=tied.addresses)


def _optimal_cut(model: Model, address_weight: int, scale: int, at_most: int | None) -> Cut | None:
    cut = relaxed_cut(model, address_weight, scale)
    if cut.value == cut.bound_units and (at_most is None or len(cut.places) <= at_most):
        return cut
    terms = Terms(address_weight, scale, at_most)
    program = solved_program(model, terms)
    if program is None:
        return None
    places, bound = program
    best = _as_cut(model, places, terms, bound=bound)
    if at_most is None and cut.value <= best.value:
        return _as_cut(model, cut.places, terms, bound=max(bound, cut.bound_units))
    return best


def relaxed_cut(model: Model, address_weight: int = 0, scale: int = 1, *, rounds: int = _MOST_ROUNDS) -> Cut:
    """The best cut and the best bound that splitting bundles finds; the two may differ."""
    share = _first_shares(model)
    terms = Terms(address_weight, scale, None)
    best, bound, proof, raised = None, -1, None, 0
    for turn in range(rounds):
        value, flow, sink = _plain_cut(model, share, terms)
        if value > bound:
            bound, proof, raised = value, flow, turn
        places, gaps = _paid(model, sink, share)
        cut = _as_cut(model, places, terms, bound=bound)
        if best is None or cut.value < best.value:
            best = cut
        if gaps and best.value > bound:
            best = min(best, _aligned(model, share, terms), key=lambda cut: cut.value)
        if not gaps or best.value == bound or turn - raised >= _PATIENCE_ROUNDS:
            break
        _shift(model, share, sink, gaps, turn)
    assert best is not None  # noqa: S101 - there is at least one round
    return Cut(best.places, best.enclosed, best.barrier_units, best.addresses, bound, proof, best.value)


def _aligned(model: Model, share: Longs, terms: Terms) -> Cut:
    """The best cut when each bundle is a little cheaper than the next: one that goes straight through both carriageways.

    Where shares are alike along a street, a cut that goes through the carriageways at two spots ties with one that goes
    through both at one spot, and only the second pays a whole bundle.
    """
    cheaper = share.copy()
    for index, bundle in enumerate(model.bundles):
        for element in bundle.elements:
            if model.bundle_of[element] == index:
                cheaper[element] -= min(int(share[element]), 1 + index % UNITS)
    _, _, sink = _plain_cut(model, cheaper, terms)
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
    capacity[model.address_arc] = model.addresses[2:] * terms.address_weight
    return capacity


def _plain_cut(model: Model, share: Longs, terms: Terms) -> tuple[int, Longs, Bools]:
    capacity = capacities(model, share, terms)
    value, residual, sink = max_flow(model.arc_head, model.start, model.order, capacity, OUTSIDE_NODE, SITE_NODE)
    constant = int(model.addresses[SITE_NODE]) * terms.address_weight + model.pinned_price * terms.scale
    return value + constant, capacity - residual, sink


def crossed_elements(model: Model, sink: Bools) -> Longs:
    """Elements that a division of the nodes cuts."""
    crossing = ~sink[model.arc_tail] & sink[model.arc_head] & (model.arc_element >= 0)
    return np.unique(model.arc_element[crossing])


def _paid(model: Model, sink: Bools, share: Longs) -> tuple[frozenset[int], dict[int, int]]:
    """Places that close what a cut crosses, and by how much each bundle was paid short."""
    places, gaps = set(model.pinned), {}
    crossed = crossed_elements(model, sink)
    crossed = crossed[model.price[crossed] > 0]
    bundle = model.bundle_of[crossed]
    places.update(crossed[bundle < 0].tolist())
    for index in np.unique(bundle[bundle >= 0]):
        members = crossed[bundle == index]
        apart = int(model.price[members].sum()) if model.price[members].max() < NOT_TO_BE_CUT else NOT_TO_BE_CUT
        together = model.bundles[index].price
        places.update([-1 - int(index)] if together < apart else members.tolist())
        gap = min(apart, together) - int(share[members].sum())
        if gap > 0:
            gaps[int(index)] = gap
    return frozenset(places), gaps


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


def _as_cut(model: Model, places: frozenset[int], terms: Terms, *, bound: int, flow: Longs | None = None) -> Cut:
    enclosed = enclosed_nodes(model, places)
    units = model.pinned_price + sum(
        int(model.price[place]) if place >= 0 else model.bundles[-1 - place].price for place in places - model.pinned
    )
    addresses = int(model.addresses[enclosed].sum())
    return Cut(places, enclosed, units, addresses, bound, flow, units * terms.scale + addresses * terms.address_weight)
