"""What tests of plans share: a ring of eight barriers in a grid of streets, and the entries in force at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, entries_in_force
from clearway.record.moments import calendar, moment_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.store import Store

    Plans = Callable[..., TrafficPlan]
    Reports = Callable[..., list[Entry]]

DAYS = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-03-01T12:00+13:00")
RING = (
    "Col 3 at Row 4, south side", "Row 3 at Col 4, west side", "Row 2 at Col 4, west side", "Col 3 at Row 1, north side",
    "Col 2 at Row 1, north side", "Row 2 at Col 1, east side", "Row 3 at Col 1, east side", "Col 2 at Row 4, south side",
)  # fmt: skip
"""Eight corners that shut every street into the block in the middle of the grid."""


def in_force(store: Store, at: datetime) -> list[Entry]:
    """The entries in force at a moment, each once."""
    index = PictureIndex()
    index.add(store.entries("op"))
    found = entries_in_force(store, index, Moments(at, at)).values()
    return list({entry.id: entry for entries in found for entry in entries}.values())
