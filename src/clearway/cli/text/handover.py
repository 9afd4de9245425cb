"""Handover points in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.handover.contract import HandoverAnswer

_SHOWN = 12
"""Places whose walks are printed, the longest first; JSON has them all."""


def handover_lines(answer: HandoverAnswer) -> Iterator[str]:
    """The summary, each point with its approaches, the longest walks."""
    yield from answer.summary
    for one in answer.points:
        come = counted(one.patients, "place comes", "places come")
        yield f"{one.id}, {one.where} ({one.lat:.5f}, {one.lon:.5f}): {come} here"
        for called, ways in (("in", one.ways_in), ("out", one.ways_out)):
            for way in ways:
                yield f"  {called}: {way.to_from}, {way.seconds / 60:.1f} min, by {listed(way.streets)}"
    order = sorted(answer.places, key=lambda one: (one.seconds is not None, -(one.seconds or 0.0)))
    rows = [
        (
            one.label,
            one.point or "none",
            "nobody can walk there" if one.seconds is None else f"{one.seconds:.0f} s",
            "" if one.metres is None else f"{one.metres:,.0f} m",
            "" if one.in_time else "too far",
        )
        for one in order[:_SHOWN]
    ]
    yield "The longest walks:"
    yield from aligned(("from", "to", "on foot", "metres", ""), rows)
    if len(order) > _SHOWN:
        yield f"and {counted(len(order) - _SHOWN, 'shorter walk')}; --json lists them"
    yield from answer.warnings
