"""Whole vehicles from a trip table: SUMO moves vehicles, a table holds parts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Floats, Longs


class Vehicles(NamedTuple):
    """Vehicles in the order in which they leave. V vehicles.

    Attributes:
        user_class: (V,) class of each.
        start: (V,) zone it leaves.
        end: (V,) zone it goes to.
        depart_s: (V,) seconds after the hour began, to the hundredth.
    """

    user_class: Longs
    start: Longs
    end: Longs
    depart_s: Floats


def vehicles_of(trips: Floats, *, seed: int, over_s: float = 3600.0) -> Vehicles:
    """The vehicles of a table, spread evenly over a time.

    Systematic sampling (W. G. Madow and L. H. Madow, Annals of Mathematical Statistics 15, 1944): the pairs are laid end to
    end, each as long as it has trips, and a comb with teeth one trip apart is laid on them. So every pair, every row and the
    whole table are rounded down or up by less than one vehicle. The seed places the comb, and says when each one leaves.

    >>> vehicles_of(np.array([[[0.0, 2.5], [0.5, 0.0]]]), seed=1).start.tolist().count(0) in (2, 3)
    True

    Args:
        trips: (K, Z, Z) float64, >= 0.
        seed: Of the random numbers.
        over_s: How long vehicles leave for, seconds.
    """
    rng = np.random.default_rng(seed)
    ends = np.cumsum(trips.ravel())
    teeth = np.arange(rng.random(), float(ends[-1]) if len(ends) else 0.0)
    pair = np.searchsorted(ends, teeth, side="right")
    depart_s = np.floor(rng.uniform(0.0, over_s, len(pair)) * 100) / 100
    order = np.lexsort((pair, depart_s))
    user_class, start, end = np.unravel_index(pair[order], trips.shape)
    return Vehicles(user_class, start, end, depart_s[order])
