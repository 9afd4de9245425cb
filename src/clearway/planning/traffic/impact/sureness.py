"""How sure an answer is: its figures over the draws of the demand, in numbers and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.traffic.impact.contract import HowSure, ImpactRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Floats
    from clearway.planning.traffic.impact.change import Change
    from clearway.planning.traffic.impact.contract import StreetImpact

AGREED_SHARE = 0.9
"""Share of the draws that must point the same way for a street to count as agreed."""

LEAST_FLOW_PER_HOUR = 1.0
"""A way whose flow changes by less does not count as changed."""


def range_of(main: float, draws: Iterable[float]) -> ImpactRange | None:
    """One figure over the draws; None without draws.

    >>> range_of(2.0, [1.0, 3.0, -0.5])
    ImpactRange(low=-0.5, middle=1.0, high=3.0, draws=3, agree=2)
    """
    values = np.array([float(value) for value in draws])
    if not len(values):
        return None
    agree = int((np.sign(values) == np.sign(main)).sum())
    return ImpactRange(
        low=float(values.min()), middle=float(np.median(values)), high=float(values.max()), draws=len(values), agree=agree
    )


def how_sure(change: Change, draws: Sequence[Change], worst: Sequence[StreetImpact], *, gaps: tuple[float, float]) -> HowSure:
    """What is known of the error, in numbers and in words.

    Args:
        change: Of the main demand.
        draws: Of each draw.
        worst: The worst streets.
        gaps: Relative gaps of the main demand's assignments, without closures and with them.
    """
    drawn_hours = tuple(draw.extra_hours for draw in draws)
    drawn_lost = tuple(float(draw.trips_lost[0]) for draw in draws)
    hours = range_of(change.extra_hours, drawn_hours)
    agreeing = [street for street in worst if _agrees(street.flow_change_range_per_hour)]
    ranks = [rank_correlation(change.way_flow_change, draw.way_flow_change) for draw in draws]
    known = [rank for rank in ranks if np.isfinite(rank)]
    correlation = float(np.median(known)) if known else None
    return HowSure(
        sentence=_sure_sentence(hours, len(agreeing), len(worst), correlation),
        draws=len(draws),
        extra_vehicle_hours=hours,
        trips_lost_per_hour=range_of(float(change.trips_lost[0]), drawn_lost),
        streets_that_agree=len(agreeing) if draws else None,
        rank_correlation=correlation,
        gap_before=gaps[0],
        gap_after=gaps[1],
        draw_extra_vehicle_hours=drawn_hours,
        draw_trips_lost_per_hour=drawn_lost,
    )


def _agrees(flow: ImpactRange | None) -> bool:
    return flow is not None and flow.agree >= AGREED_SHARE * flow.draws


def _sure_sentence(hours: ImpactRange | None, agreeing: int, worst: int, correlation: float | None) -> str:
    if hours is None:
        return "One demand was assigned, so no range is known: ask for draws of the demand to see how far the answer holds."
    said = f"In {hours.draws} draws of the demand the extra vehicle hours lie between {hours.low:,.0f} and {hours.high:,.0f}"
    if worst:
        said += f"; {agreeing} of the {worst} worst streets change the same way in at least nine draws of ten"
    if correlation is not None:
        said += (
            f"; the order of the streets agrees with this answer by a rank correlation of {correlation:.2f} (the median draw)"
        )
    return said + "."


def rank_correlation(first: Floats, second: Floats) -> float:
    """Spearman's rank correlation of the ways whose flow changes in either; NaN where fewer than two do.

    >>> rank_correlation(np.array([0.0, 1.0, 5.0, -3.0]), np.array([0.0, 2.0, 9.0, -4.0]))
    1.0
    """
    moved = (np.abs(first) >= LEAST_FLOW_PER_HOUR) | (np.abs(second) >= LEAST_FLOW_PER_HOUR)
    ranks = [_ranks(values[moved]) for values in (first, second)]
    if moved.sum() < 2 or any(np.ptp(rank) == 0 for rank in ranks):  # noqa: PLR2004 - one way has no order
        return float("nan")
    return round(float(np.corrcoef(ranks[0], ranks[1])[0, 1]), 12)


def _ranks(values: Floats) -> Floats:
    """Rank of each value, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])
