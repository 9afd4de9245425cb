"""How long a column is, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.march.contract import Assumption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.kinds.plans import PlannedMarch

FLOW_PER_M_MIN = 60.0
"""People a minute past each metre of width: planned with, for a stadium never saw more (Larsson et al., Fire Safety Journal
120, 2021)."""
DENSEST = 2.0
"""People a square metre: above that walking slows down (Fruin's levels, as in EPJ Data Science)."""
WIDTH_M = 7.0
"""Assumed: two lanes of 3.5 m."""
CROSS_S = 20.0
"""Assumed: an ambulance and stewards need as long to go through a gap."""
_FLOW_SOURCE = "at most 60 people a minute and metre, Larsson et al., Fire Safety Journal 120, 2021"
_M_PER_MIN_PER_KMH = 1000 / 60
"""Metres a minute in one km/h."""


def column_of(march: PlannedMarch) -> tuple[float, tuple[Assumption, ...]]:
    """The length of a march's column in metres with its gaps, and what it rests on.

    Of people it is people / (width x density); the density is 60 people a minute and metre of width divided by the pace, and at
    most 2 a square metre.
    """
    inputs = list(_unsaid(march))
    gaps_m = march.gaps * march.gap_m
    if march.people is None:
        return (march.column_m or 0.0) + gaps_m, tuple(inputs)
    width = march.width_m or WIDTH_M
    pace = march.pace_kmh * _M_PER_MIN_PER_KMH
    density = march.density or (min(FLOW_PER_M_MIN / pace, DENSEST) if pace else DENSEST)
    inputs.append(Assumption(name="width_m", value=width, unit="m", source="the plan" if march.width_m else "assumed"))
    source = "the plan" if march.density else _FLOW_SOURCE
    inputs.append(Assumption(name="density", value=round(density, 3), unit="people/m2", source=source))
    return march.people / (width * density) + gaps_m, tuple(inputs)


def _unsaid(march: PlannedMarch) -> Iterator[Assumption]:
    """The margins, and what was left out; a margin of the usual minutes is assumed, for a plan that was saved has them too."""
    for name in ("before_minutes", "after_minutes"):
        minutes = getattr(march, name)
        is_usual = minutes == type(march).model_fields[name].default
        yield Assumption(name=name, value=minutes, unit="min", source="assumed" if is_usual else "the plan")
    if march.pace_kmh and "pace_kmh" not in march.model_fields_set:
        yield Assumption(name="pace", value=march.pace_kmh, unit="km/h", source="assumed")
    if march.pace_kmh and march.people is None and march.column_m is None:
        yield Assumption(name="column_m", value=0.0, unit="m", source="assumed")
    if march.gaps:
        yield Assumption(name="cross_seconds", value=CROSS_S, unit="s", source="assumed")
