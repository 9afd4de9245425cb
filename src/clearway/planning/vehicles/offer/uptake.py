"""How far an offer was taken up: a curve with a band, and how long the streets take to empty at that rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.planning.vehicles.offer.contract import Uptake
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Taken(NamedTuple):
    """How many had taken an offer up by a moment, as somebody said; ``high`` None: no upper figure."""

    at: datetime
    low: int
    high: int | None


def uptake_of(figures: Sequence[Taken], *, capacity: int, vehicles: int, mark: str = "", parked: int = 0) -> Uptake:
    """What two or more figures say of the rate; of one or none no rate is known.

    The total never falls: a later figure lifts the lower ends after it, and lowers the upper ends before it.

    Args:
        figures: In any order.
        capacity: Spaces of the offer: no more can have taken it up.
        vehicles: Vehicles that stand in the streets now.
        mark: Behind a figure that is the capacity, where that is assumed.
        parked: Vehicles of the offer that stand there now, at least: they took it up.

    Raises:
        BadInput: figures contradict each other, such as 40 at noon and 20 at most in the evening.
    """
    if not figures:
        least = min(parked, capacity)
        says = (
            f"How many took it up is unknown: nobody gave a figure. It may be anything from {least or 'none'} to all "
            f"{capacity:,} spaces{mark}."
        )
        return _unknown(says, least, capacity)
    order = sorted(figures)
    low = [max(one.low for one in order[: at + 1]) for at in range(len(order))]
    tops = [capacity if one.high is None else one.high for one in order]
    high = [min([*tops[at:], capacity]) for at in range(len(order))]
    if wrong := next((one for one, least, most in zip(order, low, high, strict=True) if least > most), None):
        raise BadInput(
            f"How many took the offer up cannot be: {wrong.low} or more by {wrong.at:%d %b %H:%M}, yet fewer later, or more "
            "than fit. A total never falls: correct the figures."
        )
    first, last = order[0], order[-1]
    hours = (last.at - first.at).total_seconds() / 3600
    count = f"{low[-1]}" if low[-1] == high[-1] else f"{low[-1]} to {high[-1]}{mark if high[-1] == capacity else ''}"
    if hours <= 0:
        return _unknown(f"{count} took it up by {last.at:%d %b %H:%M}. One figure gives no rate.", low[-1], high[-1])
    slow, fast = max(low[-1] - high[0], 0) / hours, (high[-1] - low[0]) / hours
    says = f"{count} took it up by {last.at:%d %b %H:%M}, {slow:.1f} to {fast:.1f} an hour: {_empties(vehicles, slow, fast)}"
    return Uptake(
        says=says,
        low=low[-1],
        high=high[-1],
        per_hour_low=slow,
        per_hour_high=fast,
        empty_h_low=vehicles / fast if fast else None,
        empty_h_high=vehicles / slow if slow else None,
    )


def _empties(vehicles: int, slow: float, fast: float) -> str:
    many = counted(vehicles, "vehicle")
    if not fast:
        return f"at this rate none of {many} leaves."
    if not slow:
        return f"{many} would need {vehicles / fast:.0f} h or more at this rate; it may be that none leaves."
    return f"{many} would need {vehicles / fast:.0f} to {vehicles / slow:.0f} h at this rate, if none comes."


def _unknown(says: str, low: int, high: int | None) -> Uptake:
    return Uptake(says=says, low=low, high=high, per_hour_low=None, per_hour_high=None, empty_h_low=None, empty_h_high=None)
