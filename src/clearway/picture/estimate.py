"""How many there probably were: an estimate with an honest band, beside what was said and never instead of it.

A local-level model in state-space form. The state is ``log(1 + N)``, which drifts as a Wiener process, and one lasting bias for
each speaker, so that ten statements of one speaker are not ten witnesses. A statement is an interval: a single figure has equal
ends, a range two, "at least" and "up to" one. The chance of an interval is that of a Gaussian falling into it; the state is
updated by the moments of the Gaussian cut off there (assumed density filtering; Minka, Expectation propagation, 2001, in one
pass), which for a single figure is the filter of Kalman (1960). Flows move the state by what came or went. What is known later
mends what was before by the smoother of Rauch, Tung and Striebel (1965).

How fast numbers drift and how far speakers are out is not known: both are taken from a grid, each pair weighted by how well it
explains what was said, and the band is of the mixture. Speakers who exclude each other make the band wide; that hides neither.

=========  =====================================================  ======
symbol     meaning                                                unit
=========  =====================================================  ======
``rate``   standard deviation of the drift of log N in one day    log
``out``    multiple of the usual error of a speaker's grade       1
``m, P``   mean and covariance of state and biases                log
=========  =====================================================  ======
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import log_ndtr, ndtr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.9
"""What share of the time the band should hold the truth."""

RELIABILITY_SPREAD: dict[str, float] = {"A": 0.10, "B": 0.16, "C": 0.25, "D": 0.40, "E": 0.60, "F": 0.35}
"""Usual lasting error of a speaker by the reliability of the Admiralty code: standard deviation of log N."""

CREDIBILITY_SPREAD: dict[int, float] = {1: 0.06, 2: 0.10, 3: 0.16, 4: 0.28, 5: 0.45, 6: 0.20}
"""Usual error of one statement by its credibility, on top of the speaker's."""

RELIABILITY_TRUST: dict[str, float] = {"A": 1.0, "B": 1.0, "C": 0.8, "D": 0.3, "E": 0.1, "F": 0.6}
CREDIBILITY_TRUST: dict[int, float] = {1: 1.0, 2: 1.0, 3: 0.8, 4: 0.4, 5: 0.1, 6: 0.7}
"""How far what came or went is taken at its word: nobody counts who left meanwhile."""

ABOUT_SPREAD = 0.08
"""What "about" adds to the error of a statement."""

SIGN = 0.1
"""How far "it grew" or "more left than came" moves log N: by a tenth, and as unsure; no number was said."""

_FIRST_SPREAD = 1.5
_WIDEST = 12.0
_LEAST_CHANCE = 1e-300
_HALVINGS = 38


@dataclass(frozen=True, slots=True)
class Grid:
    """What is tried for that which nobody knows.

    Attributes:
        rates: Standard deviations of the drift of log N in one day.
        rate_weights: How likely each rate is before anything is heard.
        outs: Multiples of the usual error of a speaker's grade.
        out_weights: How likely each multiple is before anything is heard.
    """

    rates: tuple[float, ...] = (0.04, 0.16, 0.4, 1.0)
    rate_weights: tuple[float, ...] = (0.25, 0.3, 0.25, 0.2)
    outs: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)
    out_weights: tuple[float, ...] = (0.2, 0.4, 0.3, 0.1)


USUAL = Grid()


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a figure.

    Attributes:
        day: When it holds, days from any beginning; the middle where it is imprecise.
        low: At least so many, 0 where no lower bound was said.
        high: At most so many, infinite where no upper bound was said.
        speaker: Who said it; lasting errors go by this name.
        reliability: Of the speaker, A to F.
        credibility: Of the statement, 1 to 6.
        about: Whether it was said with "about".
        within_days: How long the span is in which it may have held.
    """

    day: float
    low: float
    high: float
    speaker: str
    reliability: str = "F"
    credibility: int = 6
    about: bool = False
    within_days: float = 0.0


@dataclass(frozen=True, slots=True)
class Moved:
    """How many came or went.

    Attributes:
        day: By when, days from the same beginning.
        low: At least so many.
        high: At most so many, infinite where no upper bound was said.
        arrived: Whether they came.
        trust: From 0 to 1, what share of it is taken at its word; of 0 nothing is left, in between the estimate is less sure.
        is_sign: Whether only the direction was said ("it grew"), no number: the ends say nothing then.
    """

    day: float
    low: float
    high: float
    arrived: bool
    trust: float = 1.0
    is_sign: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """A stated drift of what is to come.

    Attributes:
        start: From which day on.
        end: Until which day.
        rate: By how much it moves log N in a day. What it moves is as unsure as it is large.
    """

    start: float
    end: float
    rate: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many there probably were at some moments.

    Attributes:
        low: (moments,) the lower end of the band, in what is counted.
        likely: (moments,) the median.
        high: (moments,) the upper end.
    """

    low: Floats
    likely: Floats
    high: Floats


def estimate(
    said: Sequence[Said],
    moved: Sequence[Moved],
    days: Sequence[float],
    *,
    pushed: Sequence[Pushed] = (),
    grid: Grid = USUAL,
) -> Estimate | None:
    """The estimate at some moments, before, between and after what was said (after: a forecast).

    Args:
        said: Statements, in any order.
        moved: Flows, in any order; those before the first statement are passed over.
        days: Moments, in the unit of the statements, in any order.
        pushed: Stated drifts of what is to come, after all that was said.
        grid: What is tried for drift and errors.

    Returns:
        None where nothing was said. A single bound gives a wide band, not a sharp one.

    Example:
        >>> sharp = estimate([Said(0.0, 450, 450, "police", "B", 2)], [], [0.0])
        >>> bool(sharp.low[0] < 450 < sharp.high[0]), round(float(sharp.likely[0]), -1)
        (True, 450.0)
    """
    if not said:
        return None
    speakers = {name: index for index, name in enumerate(dict.fromkeys(one.speaker for one in said), start=1)}
    steps = sorted(
        [*((one.day, 1, one) for one in said), *((one.day, 0, one) for one in moved), *((day, 2, None) for day in set(days))],
        key=lambda step: step[:2],
    )
    run = _Filter(said, speakers, grid)
    for day, _, what in steps:
        run.drift_to(day)
        if isinstance(what, Moved):
            run.move(what)
        elif isinstance(what, Said):
            run.hear(what, speakers[what.speaker])
        run.remember()
    at = {step[0]: index for index, step in enumerate(steps)}
    wanted = np.array([at[day] for day in days])
    first = int(wanted.min())
    means, variances = run.smoothed(first)
    moves = _moves(pushed, np.asarray(days))
    means = means[wanted - first] + moves.sum(axis=0)[:, None]
    variances = variances[wanted - first] + (moves**2).sum(axis=0)[:, None]
    low, likely, high = _quantiles(means, variances, run.weights())
    return Estimate(low, likely, high)


class _Filter:
    """Means and covariances for every pair of the grid at once; the first axis is the pair."""

    def __init__(self, said: Sequence[Said], speakers: dict[str, int], grid: Grid) -> None:
        rates, outs = (part.ravel() for part in np.meshgrid(grid.rates, grid.outs, indexing="ij"))
        self._rate, self._out = rates, outs
        self._log_weight = np.log(np.outer(grid.rate_weights, grid.out_weights).ravel())
        grades = {one.speaker: one.reliability for one in reversed(said)}
        first = min(said, key=lambda one: one.day)
        size = len(speakers) + 1
        self._m = np.zeros((len(rates), size))
        self._m[:, 0] = np.log1p(_middle(first.low, first.high))
        self._p = np.zeros((len(rates), size, size))
        self._p[:, 0, 0] = _FIRST_SPREAD**2
        for name, index in speakers.items():
            self._p[:, index, index] = (RELIABILITY_SPREAD[grades[name]] * outs) ** 2
        self._day: float | None = None
        self._level = np.ones(len(rates))
        self._slope = self._level
        self._before = (self._m, self._p)
        self._steps: list[tuple[Floats, Floats, Floats, Floats, Floats]] = []

    def drift_to(self, day: float) -> None:
        """Let time pass: the state drifts, biases stay."""
        passed = 0.0 if self._day is None else day - self._day
        self._day = day
        self._m, self._p = self._m.copy(), self._p.copy()
        self._p[:, 0, 0] += self._rate**2 * passed
        self._slope = self._level
        self._before = (self._m, self._p)

    def move(self, moved: Moved) -> None:
        """What came or went, by the tangent of ``log(1 + N)``."""
        if not self._steps:
            return
        if moved.is_sign:
            self._lean(SIGN if moved.arrived else -SIGN, moved.trust)
            return
        said = _middle(moved.low, moved.high)
        middle = said * moved.trust
        own = (moved.high - moved.low) / 4 if np.isfinite(moved.high) else said
        spread = moved.trust * np.hypot(own, said * (1 - moved.trust))
        now = np.expm1(np.clip(self._m[:, 0], 0.0, 40.0))
        then = np.maximum(now + (middle if moved.arrived else -middle), now / 4)
        slope = (1 + now) / (1 + then)
        self._m, self._p = self._m.copy(), self._p.copy()
        self._m[:, 0] = np.log1p(then)
        self._p[:, 0, :] *= slope[:, None]
        self._p[:, :, 0] *= slope[:, None]
        self._p[:, 0, 0] += (spread / (1 + then)) ** 2
        self._slope = slope
        self._before = (self._m, self._p)

    def _lean(self, step: float, trust: float) -> None:
        """Lean in a direction: the state moves a little, and is as unsure of it as it moved."""
        self._m, self._p = self._m.copy(), self._p.copy()
        self._m[:, 0] = np.maximum(self._m[:, 0] + step * trust, 0.0)
        self._p[:, 0, 0] += (step * trust) ** 2
        self._before = (self._m, self._p)

    def hear(self, said: Said, speaker: int) -> None:
        """Take up a statement."""
        own = CREDIBILITY_SPREAD[said.credibility] ** 2 + (ABOUT_SPREAD**2 if said.about else 0.0)
        noise = own * self._out**2 + self._rate**2 * said.within_days / 4
        gain = self._p[:, :, 0] + self._p[:, :, speaker]
        variance = gain[:, 0] + gain[:, speaker] + noise
        mean = self._m[:, 0] + self._m[:, speaker]
        ends = np.log1p(said.low) if said.low > 0 else -np.inf, np.log1p(said.high)
        heard, left, chance = _cut(mean, variance, *ends)
        gain = gain / variance[:, None]
        self._m = self._m + gain * (heard - mean)[:, None]
        self._p = self._p - gain[:, :, None] * gain[:, None, :] * (variance - left)[:, None, None]
        self._log_weight = self._log_weight + chance

    def remember(self) -> None:
        """Keep a step for the smoother."""
        self._steps.append((self._m, self._p, *self._before, self._slope))

    def weights(self) -> Floats:
        """(pairs,) how well each pair of the grid explains what was said; they add up to 1."""
        weight: Floats = np.exp(self._log_weight - self._log_weight.max())
        return np.asarray(weight / weight.sum())

    def smoothed(self, first: int) -> tuple[Floats, Floats]:
        """(steps, pairs) means and variances of the state from a step on, knowing all that was said."""
        m, p = self._m, self._p
        means, variances = [m[:, 0]], [p[:, 0, 0]]
        for now, after in zip(reversed(self._steps[first:-1]), reversed(self._steps[first + 1 :]), strict=True):
            m_now, p_now = now[:2]
            m_next, p_next, slope = after[2:]
            crossing = p_now.copy()
            crossing[:, :, 0] *= slope[:, None]
            tiny = 1e-12 * np.eye(p_next.shape[1])
            back = np.swapaxes(np.linalg.solve(p_next + tiny, np.swapaxes(crossing, 1, 2)), 1, 2)
            m = m_now + np.einsum("gij,gj->gi", back, m - m_next)
            p = p_now + back @ (p - p_next) @ np.swapaxes(back, 1, 2)
            means.append(m[:, 0])
            variances.append(p[:, 0, 0])
        return np.array(means[::-1]), np.maximum(np.array(variances[::-1]), 1e-12)


def _moves(pushed: Sequence[Pushed], days: Floats) -> Floats:
    """(pushes, days) how far each push has moved log N by each day."""
    lasted = [np.clip(days, push.start, push.end) - push.start for push in pushed]
    return np.array([push.rate * part for push, part in zip(pushed, lasted, strict=True)]).reshape(len(pushed), len(days))


def _middle(low: float, high: float) -> float:
    """A figure between two ends: their geometric mean, or somewhat beyond the only one.

    >>> _middle(100, 400), _middle(100, np.inf), _middle(0, 80)
    (200.0, 150.0, 40.0)
    """
    if not np.isfinite(high):
        return low * 1.5
    return float(np.sqrt(low * high)) if low > 0 else high / 2


def _cut(mean: Floats, variance: Floats, low: float, high: float) -> tuple[Floats, Floats, Floats]:
    """Mean, variance and log chance of a Gaussian cut off at two ends; of one value where they are equal."""
    deviation = np.sqrt(variance)
    if high <= low:
        z = (low - mean) / deviation
        return np.full_like(mean, low), np.zeros_like(mean), -0.5 * z**2 - np.log(deviation)
    a, b = (low - mean) / deviation, (high - mean) / deviation
    flipped = a > 0  # the side where the tails are computed without loss
    a, b = np.where(flipped, -b, a), np.where(flipped, -a, b)
    log_chance = _log_between(a, b)
    at_a, at_b = (np.where(np.isfinite(x), np.exp(-0.5 * x**2 - log_chance) / np.sqrt(2 * np.pi), 0.0) for x in (a, b))
    shift = at_a - at_b
    spread = np.where(np.isfinite(a), a, 0.0) * at_a - np.where(np.isfinite(b), b, 0.0) * at_b
    left = np.clip(1 + spread - shift**2, 1e-9, 1.0)
    shift = np.where(flipped, -shift, shift)
    return mean + deviation * shift, variance * left, log_chance


def _log_between(a: Floats, b: Floats) -> Floats:
    """Log of the chance that a standard Gaussian lies between two values; the lower one is not above zero."""
    upper, lower = log_ndtr(np.clip(b, -_WIDEST * 3, np.inf)), log_ndtr(np.clip(a, -_WIDEST * 4, np.inf))
    between: Floats = upper + np.log1p(-np.exp(np.minimum(lower - upper, -_LEAST_CHANCE)))
    return np.maximum(between, -1e4)


def _quantiles(means: Floats, variances: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Lower end, median and upper end of the mixtures, in what is counted, by bisection."""
    deviation = np.sqrt(variances)
    shares = np.array([[(1 - LEVEL) / 2], [0.5], [(1 + LEVEL) / 2]])
    low = np.tile((means - _WIDEST * deviation).min(axis=1), (3, 1))
    high = np.tile((means + _WIDEST * deviation).max(axis=1), (3, 1))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (weights * ndtr((middle[:, :, None] - means) / deviation)).sum(axis=2) < shares
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    ends = np.maximum(np.expm1(np.clip((low + high) / 2, -1.0, 40.0)), 0.0)
    return ends[0], ends[1], ends[2]
