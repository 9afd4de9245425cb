"""From when until when a state holds, by its own words: what holds now, what is announced for later, what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.record.entry import Draft, Entry


class Holding(NamedTuple):
    """What was said of one subject, by whether it holds.

    Attributes:
        now: What has begun and was not replaced by an announcement that has begun since, the latest first. Its first holds, or
            is over.
        coming: What is announced and has not begun, the latest word first.
    """

    now: list[Entry]
    coming: list[Entry]


def holding(entries: Sequence[Entry], at: datetime) -> Holding:
    """What was said of one subject, by whether it holds at a moment.

    What is announced for later takes effect then, even where somebody spoke of the state between; a later announcement that is
    made before that takes its place.

    Args:
        entries: In force, the latest first.
        at: The moment.
    """
    if all(begins(entry.draft) <= entry.draft.happened.start for entry in entries):
        return Holding(list(entries), [])
    valid = [entry for number, entry in enumerate(entries) if not _replaced(entry, entries[:number])]
    valid.sort(key=lambda entry: begins(entry.draft), reverse=True)
    return Holding([one for one in valid if begins(one.draft) <= at], [one for one in valid if begins(one.draft) > at])


def begins(draft: Draft) -> datetime:
    """From when it holds: since it happened or was said, later where it says so itself."""
    starts: datetime | None = getattr(draft.body, "starts", None)
    return max(starts, draft.happened.start) if starts else draft.happened.start


def ended(draft: Draft, at: datetime) -> bool:
    """Whether it is over by its own words: it says until when, or tells of a span with two ends."""
    said, ends = draft.happened, draft.body.holds_until
    if ends is None and said.start < said.end and ("/" in said.said or not said.said):
        ends = said.end
    return ends is not None and ends <= at


def _replaced(entry: Entry, later: Sequence[Entry]) -> bool:
    """Whether another announcement was made before this one had begun."""
    starts = begins(entry.draft)
    return _is_announced(entry) and any(_is_announced(one) and one.draft.happened.start < starts for one in later)


def _is_announced(entry: Entry) -> bool:
    return begins(entry.draft) > entry.draft.happened.start
