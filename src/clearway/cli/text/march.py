"""Marches in plain text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.planning.plan.march.contract import MarchAnswer

_BUSES = 10
"""Routes that are printed; JSON has them all."""


def march_lines(answer: MarchAnswer, zone: ZoneInfo) -> Iterator[str]:
    """The summary, each street with its times, each crossing, the routes that are held."""

    def clock(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%H:%M:%S}"

    def until(moment: datetime) -> str:
        """To the next whole second: nobody is there any more."""
        return clock(moment + timedelta(microseconds=-moment.microsecond % 1_000_000))

    yield from answer.summary
    rows = [
        (one.street, f"{one.from_m:.0f}", clock(one.closed_from), clock(one.head), until(one.tail), clock(one.reopens))
        for one in answer.stretches
    ]
    yield from aligned(("street", "metre", "shut from", "head", "tail", "open again"), rows)
    if answer.crossings:
        yield "An ambulance crosses there except from:"
        yield from aligned(
            ("crossing", "metre", "people are on it"),
            [
                (
                    f"{one.id} {one.where}",
                    f"{one.metres:.0f}",
                    ", ".join(f"{clock(span.starts)}-{until(span.ends)}" for span in one.shut),
                )
                for one in answer.crossings
            ],
        )
    if answer.buses:
        yield "Buses, if they wait:"
        yield from aligned(
            ("route", "towards", "trips", "longest, min", "all, min"),
            [
                (one.route, one.towards, f"{one.trips}", f"{one.longest_seconds / 60:.0f}", f"{one.total_seconds / 60:.0f}")
                for one in answer.buses[:_BUSES]
            ],
        )
    yield from (f"{one.name.replace('_', ' ')}: {one.value:g} {one.unit} ({one.source})" for one in answer.inputs)
    yield from answer.warnings
