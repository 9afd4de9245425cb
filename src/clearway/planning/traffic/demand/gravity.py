"""A doubly constrained gravity model: trips between zones from what each sends and draws, and how far apart they are.

``T[i, j] = a[i] O[i] b[j] D[j] f(c[i, j])`` with balancing factors a and b such that row i adds up to O[i] and column j to D[j]
(A. Wilson, Entropy in urban and regional modelling, 1970; J. Ortuzar and L. Willumsen, Modelling Transport, 4th edition,
2011, chapter 5). The factors are found by scaling rows and columns in turn (K. Furness, "Time function iteration", Traffic
Engineering and Control 7, 1965), which converges where any table with these margins has zeros where f has. Deterrence is
``f(c) = c ** shape * exp(-beta c)`` (J. Tanner 1961), with shape 0 the exponential function; beta is calibrated so that the
mean trip takes as long as it should (G. Hyman, "The calibration of trip distribution models", Environment and Planning 1,
1969).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq

from clearway.assignment.costs import BadTraffic

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats

TOLERANCE_SHARE = 1e-10
"""Largest error of a row or column sum as a part of all trips: far below a vehicle."""
MOST_ROUNDS = 2000
"""Wellington's tables settle after 14 to 315 rounds, the flatter the deterrence the sooner; this is so that it ends."""
_MET_SHARE = 1e-3
"""A mean time is met within a thousandth: half a second in ten minutes."""
_MOST_BETA = 20.0
"""Over the mean time: with a steeper deterrence nearly every trip goes to the nearest zone."""


@dataclass(frozen=True, eq=False)
class Balanced:
    """A table fitted to row and column sums. Z zones.

    Attributes:
        trips: (Z, Z), >= 0.
        rounds: How many times rows and columns were scaled.
        error: The largest difference of a row or column sum from what it should be, as part of all trips.
    """

    trips: Floats
    rounds: int
    error: float


@dataclass(frozen=True, eq=False)
class Gravity:
    """A gravity model, calibrated.

    Attributes:
        trips: (Z, Z).
        beta: Of the deterrence, one over the unit of time.
        mean_time: Trip-weighted mean time of the trips that count, in that unit.
        met: Whether the mean time is the one asked for, to a thousandth; where no beta gives it, the nearest is taken.
        error: The largest difference of a row or column sum from what it should be, as part of all trips.
    """

    trips: Floats
    beta: float
    mean_time: float
    met: bool
    error: float = 0.0


def furness(
    seed: Floats, out: Floats, into: Floats, *, tolerance: float = TOLERANCE_SHARE, most_rounds: int = MOST_ROUNDS
) -> Balanced:
    """Scale the rows and columns of a table in turn until they add up to given sums.

    Rows and columns that should hold nothing are emptied. Column sums are first brought to the total of the row sums where the
    two differ, as rounding makes them.

    >>> fitted = furness(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([6.0, 4.0]), np.array([5.0, 5.0]))
    >>> fitted.trips.sum(axis=1).round(6).tolist()
    [6.0, 4.0]

    Args:
        seed: (Z, Z) >= 0, zero where there can be no trips.
        out: (Z,) row sums, >= 0.
        into: (Z,) column sums, >= 0.
        tolerance: Of the largest error as part of all trips.
        most_rounds: When to stop all the same.

    Raises:
        BadTraffic: a number is negative or no number, the sums differ by more than a millionth, or a row or column that should
            hold trips has no cell that may.
    """
    _check(seed, out, into)
    total = float(out.sum())
    if total <= 0:
        return Balanced(np.zeros_like(seed), 0, 0.0)
    table, target = seed.astype(np.float64), into * (total / into.sum())
    error, rounds = np.inf, 0
    for rounds in range(1, most_rounds + 1):  # noqa: B007 - how many it took is part of the answer
        table *= _ratio(out, table.sum(axis=1))[:, None]
        table *= _ratio(target, table.sum(axis=0))[None, :]
        error = float(np.abs(table.sum(axis=1) - out).max()) / total
        if error <= tolerance:
            break
    return Balanced(table, rounds, error)


def deterrence(time: Floats, beta: float, shape: float = 0.0) -> Floats:
    """``time ** shape * exp(-beta time)``, scaled so that its largest value is 1; 0 where the time is infinite.

    >>> deterrence(np.array([0.0, 10.0, np.inf]), 0.1).round(4).tolist()
    [1.0, 0.3679, 0.0]

    Args:
        time: Any shape, >= 0.
        beta: >= 0, one over the unit of time.
        shape: 0 for the exponential function; above it, the shortest trips are rarer than those a little longer.
    """
    reached = np.isfinite(time)
    with np.errstate(divide="ignore"):
        power = shape * np.log(np.where(reached, time, 1.0)) if shape else 0.0
    exponent = np.where(reached, power - beta * np.where(reached, time, 0.0), -np.inf)
    largest = exponent.max(initial=-np.inf)
    return np.exp(exponent - largest) if np.isfinite(largest) else np.zeros_like(exponent)


def gravity(
    out: Floats,
    into: Floats,
    *,
    time: Floats,
    beta: float,
    shape: float = 0.0,
    likely: Floats | None = None,
) -> Balanced:
    """The gravity model at a given beta.

    Args:
        out: (Z,) trips that leave each zone.
        into: (Z,) trips that arrive in each.
        time: (Z, Z), infinite where there is no way.
        beta: Of the deterrence.
        shape: Of the deterrence.
        likely: (Z, Z) multiplies the deterrence, or stands for it where it is given and ``time`` is NaN; 1 where absent.

    Raises:
        BadTraffic: as :func:`furness` does.
    """
    known = ~np.isnan(time)
    seed = np.where(known, deterrence(np.where(known, time, np.inf), beta, shape), 0.0)
    if likely is not None:
        typical = _typical(seed, known, out, into)
        seed = np.where(known, seed, typical) * likely
    return furness(seed, out, into)


def calibrated(
    out: Floats,
    into: Floats,
    *,
    time: Floats,
    mean_time: float,
    counts: Bools | None = None,
    shape: float = 0.0,
    likely: Floats | None = None,
) -> Gravity:
    """The gravity model whose trips take a given time on average.

    Args:
        out: (Z,) trips that leave each zone.
        into: (Z,) trips that arrive in each.
        time: (Z, Z), infinite where there is no way, NaN where only ``likely`` counts.
        mean_time: What the mean should be, in the unit of ``time``.
        counts: (Z, Z) the pairs whose trips the mean is taken over; those with a time where absent.
        shape: Of the deterrence.
        likely: As for :func:`gravity`.

    Raises:
        BadTraffic: as :func:`furness` does, or the mean time asked for is not above 0.
    """
    if not mean_time > 0:
        raise BadTraffic(f"A mean trip of {mean_time:g} is impossible. Give a time above 0.")
    counted = np.isfinite(time) if counts is None else counts & np.isfinite(time)
    spent = np.where(counted, np.where(np.isfinite(time), time, 0.0), 0.0)

    def model(beta: float) -> Gravity:
        fitted = gravity(out, into, time=time, beta=beta, shape=shape, likely=likely)
        held = float(fitted.trips[counted].sum())
        got = float((fitted.trips * spent).sum()) / held if held > 0 else 0.0
        met = abs(got / mean_time - 1) < _MET_SHARE
        return Gravity(fitted.trips, beta, got, met, fitted.error)

    least, most = model(0.0), model(_MOST_BETA / mean_time)
    if least.mean_time <= mean_time:
        return least
    if most.mean_time >= mean_time:
        return most
    return model(
        float(brentq(lambda beta: model(beta).mean_time - mean_time, 0.0, most.beta, xtol=1e-9 * most.beta, rtol=1e-8))
    )


def _typical(seed: Floats, known: Bools, out: Floats, into: Floats) -> float:
    """The deterrence that a trip between two zones with a time meets on average, each pair by what its ends send and draw."""
    weight = np.where(known, np.outer(out, into), 0.0)
    total = float(weight.sum())
    return float((seed * weight).sum()) / total if total > 0 else 1.0


def _ratio(wanted: Floats, have: Floats) -> Floats:
    return np.divide(wanted, have, out=np.zeros_like(have), where=have > 0)


def _check(seed: Floats, out: Floats, into: Floats) -> None:
    numbers = (("cell of the table", seed), ("row sum", out), ("column sum", into))
    for what, values in numbers:
        if not np.isfinite(values).all() or (values < 0).any():
            raise BadTraffic(f"A {what} is negative or not a number. Trips are 0 or more.")
    if seed.shape != (len(out), len(into)):
        raise BadTraffic(
            f"A table of {seed.shape[0]} by {seed.shape[1]} zones cannot have {len(out)} row and {len(into)} column sums."
        )
    if abs(out.sum() - into.sum()) > 1e-6 * max(out.sum(), into.sum()):
        raise BadTraffic(f"{out.sum():g} trips leave but {into.sum():g} arrive. Make the two equal.")
    for what, sums, other, cells in (("leave", out, into, seed), ("arrive in", into, out, seed.T)):
        stuck = (sums > 0) & ((cells * (other > 0)).sum(axis=1) <= 0)
        if stuck.any():
            zone = int(np.flatnonzero(stuck)[0])
            raise BadTraffic(
                f"{sums[zone]:g} trips should {what} zone {zone + 1}, but nothing can be reached from or to there."
            )
