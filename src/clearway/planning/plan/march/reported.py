"""Where a march was seen, as the record says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.march.finding import Sighting
from clearway.record.kinds.plans import MarchSighting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.entry import Entry


def marches_seen(reports: Iterable[Entry]) -> list[tuple[str, Sighting]]:
    """Where head and tail of marches were seen, each with the id of its march, the earliest first."""
    seen = [
        (entry.draft.happened.end, entry.seq, body.march, entry.draft.places[0], body.part == "tail")
        for entry in reports
        if isinstance(body := entry.draft.body, MarchSighting) and entry.draft.places
    ]
    return [(march, Sighting(place, at, tail)) for at, _, march, place, tail in sorted(seen, key=lambda one: one[:2])]


def sightings(reports: Iterable[Entry], march: str) -> list[Sighting]:
    """Where head and tail of one march were seen, the earliest first: each moves all that comes after it.

    Args:
        reports: The entries in force at the moment that is looked at.
        march: Its id in the plan.
    """
    return [one for name, one in marches_seen(reports) if name == march]
