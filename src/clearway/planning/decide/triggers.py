"""Triggers: a threshold on a figure fires at the first moment at which it is known to be crossed, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.picture.counts import KNOWN_FOR, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import where_key
from clearway.planning.decide.contract import Fired
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.record.kinds.figures import Count
from clearway.words import vocabulary

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry


def fired(
    reading: Reading,
    figure: str,
    bounds: Bounds,
    place: str | None = None,
    *,
    since: datetime | None = None,
    after: datetime | None = None,
) -> Fired:
    """When a threshold was first known to be crossed, as the picture of each moment had it.

    Args:
        reading: The record; nothing later than its moments is looked at.
        figure: What is counted.
        bounds: What it must be.
        place: The key of a place, as the picture compares places; None: wherever it was counted, which must be one place.
        since: Not before this moment, which is looked at too: what holds by then fires then; None: from the first count on.
        after: Only what was said of moments after this one counts; None: all.

    Raises:
        BadInput: there are no bounds, or in the wrong order; or the figure was counted at several places and none is named.
        Unavailable: the database does not answer.
    """
    if bounds == Bounds():
        raise BadInput("A trigger needs a threshold. Give at most how many, at least how many, or both.")
    if bounds.at_most is not None and bounds.at_least is not None and bounds.at_most < bounds.at_least:
        raise BadInput("At most is below at least. Exchange them.")
    lines, possible = Lines(reading.when.at, reading.zone), None
    last = min(reading.when.at, reading.when.known_at)
    is_counted = bool(_said(reading, figure, place, last, None))
    turns = reading.turns([Count])
    if since is not None:
        turns = [since, *(one for one in turns if one > since)]
    for moment in (one for one in turns if one <= last):
        said = _said(reading, figure, place, moment, after)
        verdict = bounds.of_all(said) if said else "failed"
        if verdict != "failed" and possible is None:
            possible = moment
        if verdict == "met":
            return Fired(
                figure=figure, bounds=str(bounds), fired=moment, by=lines.all(said), first_possible=possible, is_counted=True
            )
    return Fired(figure=figure, bounds=str(bounds), fired=None, by=[], first_possible=possible, is_counted=is_counted)


def _said(reading: Reading, figure: str, place: str | None, moment: datetime, after: datetime | None) -> list[Entry]:
    """Each speaker's last word on a figure at a moment, as known then, no older than a week."""
    found = [
        entries
        for entries in reading.in_force([Count], moment, moment).values()
        if isinstance(body := entries[0].draft.body, Count) and body.what == figure and is_of_everybody(entries[0])
    ]
    there = [entries for entries in found if place is None or place in where_key(entries[0].draft)]
    if len(there) > 1:
        what = vocabulary(figure).capitalize()
        raise BadInput(f"{what} were counted at {len(there)} places. Name one of them with --place.")
    fresh = [entry for said in there for entry in said if after is None or said_until(entry.draft) > after]
    return [entry for entry in latest_by_voice(fresh) if moment - said_until(entry.draft) <= KNOWN_FOR]
