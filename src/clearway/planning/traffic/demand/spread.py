"""How a figure varies over an ensemble: the middle, the range, and in how many draws it grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats, Longs

LOW, HIGH = 5.0, 95.0
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Spread:
    """A figure, or an array of figures, over the draws of an ensemble.

    Attributes:
        draws: How many draws there are.
        median: Half of the draws are below, half above.
        low: 5 percent of the draws are below.
        high: 5 percent are above.
        grows: Draws in which it is above 0.
        falls: Draws in which it is below 0.
    """

    draws: int
    median: Floats
    low: Floats
    high: Floats
    grows: Longs
    falls: Longs

    def agreement(self, at: int | tuple[int, ...] = ()) -> str:
        """In how many draws a change goes the way that most draws go.

        >>> spread_of([3.0, 1.0, -1.0, 2.0]).agreement()
        'grows in 3 of 4 draws'

        Args:
            at: Which figure, where there are several.
        """
        grows, falls = int(self.grows[at]), int(self.falls[at])
        if grows == falls == 0:
            return f"is unchanged in all {self.draws} draws"
        word, count = ("grows", grows) if grows >= falls else ("falls", falls)
        return f"{word} in {count} of {self.draws} draws"


def spread_of(values: Sequence[Floats | float] | Floats, *, nothing: float = _NOTHING) -> Spread:
    """How figures vary over draws.

    Args:
        values: One figure, or one array of figures, for each draw. NaN in a draw: that draw says nothing of the figure.
        nothing: Changes no larger than this are none.

    Raises:
        BadTraffic: there are no draws.
    """
    held = np.asarray(values, np.float64)
    if not held.ndim or not len(held):
        raise BadTraffic("There are no draws to say anything of.")
    known = np.isfinite(held)
    filled = np.where(known, held, 0.0)
    low, median, high = _percentiles(held, known)
    return Spread(len(held), median, low, high, (filled > nothing).sum(axis=0), (filled < -nothing).sum(axis=0))


def _percentiles(held: Floats, known: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """(3, ...) percentiles of what is known; NaN where no draw says anything."""
    spoken = known.any(axis=0)
    safe = np.where(spoken, held, 0.0)
    found: Floats = np.where(spoken, np.nanpercentile(safe, (LOW, 50.0, HIGH), axis=0), np.nan)
    return found
