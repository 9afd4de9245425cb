"""The transportation problem: who goes where so that all drives together take least, each place having only so much room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSENT_S = 1_000_000
"""Seconds that leaving a vehicle without a place counts: more than any drive, so that as many as can be are sent."""


class Transport(NamedTuple):
    """The cheapest sending, with the prices that prove it.

    Attributes:
        sent: (sources, places) vehicles.
        source_prices: (sources,) seconds that one more vehicle costs.
        place_prices: (places,) seconds that one more space saves, as 0 or less.
    """

    sent: list[list[int]]
    source_prices: list[float]
    place_prices: list[float]


def transported(supply: Sequence[int], room: Sequence[int], seconds: Sequence[Sequence[int | None]]) -> Transport:
    """As many as can be are sent, and their drives take the least in all (Hitchcock 1941; a linear program with whole answers).

    Prices prove it: with u for a vehicle and v for a space, u + v <= seconds for each pair, u <= ``UNSENT_S``, v <= 0, and the
    cost of the sending is the sum of supply times u and room times v (linear programming duality).

    >>> transported([3], [2, 5], [[10, 20]]).sent
    [[2, 1]]

    Args:
        supply: Vehicles of each source.
        room: Spaces at each place.
        seconds: (sources, places) of each drive; None where no way leads.
    """
    pairs = [(one, place) for one, row in enumerate(seconds) for place, cost in enumerate(row) if cost is not None]
    columns = len(pairs) + len(supply)
    cost = np.array([*(seconds[one][place] for one, place in pairs), *(UNSENT_S for _ in supply)], np.float64)
    all_sent = coo_array(
        (np.ones(columns), ([*(one for one, _ in pairs), *range(len(supply))], range(columns))), shape=(len(supply), columns)
    )
    fits = coo_array((np.ones(len(pairs)), ([place for _, place in pairs], range(len(pairs)))), shape=(len(room), columns))
    found = linprog(cost, A_eq=all_sent.toarray(), b_eq=list(supply), A_ub=fits.toarray(), b_ub=list(room), method="highs-ds")
    sent = [[0] * len(room) for _ in supply]
    values: list[float] = [] if found.x is None else found.x.tolist()
    for (one, place), value in zip(pairs, values[: len(pairs)], strict=True):
        sent[one][place] = round(value)
    return Transport(sent, [float(one) for one in found.eqlin.marginals], [float(one) for one in found.ineqlin.marginals])
