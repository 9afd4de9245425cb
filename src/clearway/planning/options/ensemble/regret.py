"""What an ensemble shows: regret, whether a difference is more than chance, and what would be worth knowing.

Regret of an option in a scenario is its loss above that of the best option there. The order by mean loss is the order by mean
regret, since both differ by the same amount for all. It is held against bootstrap draws of whole scenarios, so that options
stay paired (common random numbers). The value of knowing a factor is the fall of the least mean loss when the choice may differ
between the fifths of that factor (expected value of partial perfect information, binned).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.options.ensemble.contract import Difference, Knowing, OptionResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats

DRAWS = 2000
"""Bootstrap draws: the share that holds is then known to half a percent."""
HELD = 0.95
"""A difference that holds in fewer draws is not shown to be one."""
_FIFTHS = 5
"""Parts of a factor's range: with 200 scenarios, 40 in each."""
FEWEST = 200
"""Scenarios below which nothing is said to differ."""


def results(options: Sequence[str], loss: Floats, traffic: tuple[Floats, Floats] | None = None) -> list[OptionResult]:
    """Each option over all scenarios, the least mean regret first; of equals, by id.

    Args:
        options: Ids. (O,)
        loss: (O, S) the loss of each option in each scenario.
        traffic: (O, S) vehicle hours lost, and trips without a route; None: no trips were assigned.
    """
    regret = loss - loss.min(axis=0)
    found = [
        OptionResult(
            option=name,
            mean_late=float(loss[at].mean()),
            worst_late=int(loss[at].max()),
            mean_regret=float(regret[at].mean()),
            worst_regret=int(regret[at].max()),
            best_in=float((regret[at] == 0).mean()),
            mean_hours_lost=float(traffic[0][at].mean()) if traffic else None,
            worst_hours_lost=float(traffic[0][at].max()) if traffic else None,
            mean_trips_cut_off=float(traffic[1][at].mean()) if traffic else None,
        )
        for at, name in enumerate(options)
    ]
    return sorted(found, key=lambda one: (one.mean_regret, one.option))


def differences(options: Sequence[str], loss: Floats, *, seed: int, draws: int = DRAWS) -> list[Difference]:
    """Neighbours in the order by mean regret, and whether the one is shown to be better than the other."""
    place = {name: at for at, name in enumerate(options)}
    order = [one.option for one in results(options, loss)]
    count = loss.shape[1]
    chosen = np.random.default_rng(seed).integers(0, count, (draws, count))
    found = []
    for better, worse in pairwise(order):
        gap = loss[place[worse]] - loss[place[better]]
        held = float((gap[chosen].mean(axis=1) > 0).mean())
        is_shown = held >= HELD and count >= FEWEST
        few = f": fewer than {FEWEST} scenarios" if count < FEWEST else ""
        not_shown = f"no difference shown between {better} and {worse}{few}"
        says = f"{better} does better than {worse}" if is_shown else not_shown
        found.append(Difference(better=better, worse=worse, held=held, says=says))
    return found


def knowing(options: Sequence[str], loss: Floats, factors: Sequence[str], drawn: Floats) -> list[Knowing]:
    """What each factor would be worth to know, the most first.

    Args:
        options: Ids. (O,)
        loss: (O, S)
        factors: Names. (F,)
        drawn: (S, F) where in its range each factor lies, 0 to 1.
    """
    least = float(loss.mean(axis=1).min())
    found = []
    for at, name in enumerate(factors):
        fifth = np.minimum((drawn[:, at] * _FIFTHS).astype(int), _FIFTHS - 1)
        known, choices = 0.0, []
        for part in range(_FIFTHS):
            inside = fifth == part
            if inside.any():
                means = loss[:, inside].mean(axis=1)
                known += float(means.min()) * float(inside.mean())
                choices.append(options[int(means.argmin())])
        found.append(Knowing(factor=name, value=max(least - known, 0.0), choices=tuple(choices)))
    return sorted(found, key=lambda one: (-one.value, one.factor))
