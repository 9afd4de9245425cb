"""How well probabilities were judged: the Brier score, and a reliability table, by office and by kind.

Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950): the mean of (p - o)^2,
with o 1 for what was kept and 0 for what was missed. Left out is what is contested, unknown or not due, or has no probability.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from clearway.planning.decide.contract import Bin, Calibration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.planning.decide.contract import Held

_BINS = 5
"""Of a fifth each: a room has tens of expectations, not thousands."""

Pair = tuple[float, bool]
"""A probability, and whether what was expected came."""


def calibration(held: Iterable[Held]) -> list[Calibration]:
    """The scores of each office, then of each kind, in the order of their names; none for who gave no probability."""
    found: dict[tuple[Literal["office", "kind"], str], list[Pair]] = {}
    for one in held:
        if one.probability is not None and one.came in ("kept", "missed"):
            pair = one.probability, one.came == "kept"
            found.setdefault(("office", one.office), []).append(pair)
            found.setdefault(("kind", one.of.kind), []).append(pair)
    ranked = sorted(found, key=lambda key: (key[0] != "office", key[1]))
    return [
        Calibration(of=name, by=by, expectations=len(found[by, name]), brier=brier(found[by, name]), bins=bins(found[by, name]))
        for by, name in ranked
    ]


def brier(pairs: Sequence[Pair]) -> float:
    """The mean squared distance of probability and outcome.

    >>> brier([(1.0, True), (0.5, False)])
    0.125
    """
    return sum((probability - came) ** 2 for probability, came in pairs) / len(pairs)


def bins(pairs: Sequence[Pair]) -> list[Bin]:
    """How often what was thought about so probable came true; empty bins are left out.

    >>> [(one.low, one.expectations, one.came_true) for one in bins([(1.0, True), (0.85, False), (0.1, False)])]
    [(0.0, 1, 0.0), (0.8, 2, 0.5)]
    """
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(min(int(pair[0] * _BINS + 1e-9), _BINS - 1), []).append(pair)
    return [
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            expectations=len(within),
            mean_probability=sum(probability for probability, _ in within) / len(within),
            came_true=sum(came for _, came in within) / len(within),
        )
        for number, within in sorted(found.items())
    ]
