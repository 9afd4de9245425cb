"""Entries as they are cited: what they say, by which office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.facts import said_until
from clearway.planning.talks.contract import CitedEntry
from clearway.record.source import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry


class Lines:
    """Cites entries.

    Args:
        at: The moment that is looked at.
        zone: The operation's.
    """

    def __init__(self, at: datetime, zone: ZoneInfo) -> None:
        self.at, self.zone = at, zone

    def of(self, entry: Entry) -> CitedEntry:
        """One entry."""
        draft = entry.draft
        return CitedEntry(
            id=entry.id,
            kind=draft.kind,
            says=draft.body.says(self.zone),
            speaker=speaker(draft.source),
            grade=draft.source.grade,
            happened=draft.happened.start,
            known=draft.known,
            age_s=max((self.at - said_until(draft)).total_seconds(), 0.0),
        )

    def all(self, entries: Iterable[Entry]) -> list[CitedEntry]:
        """Several, in their order."""
        return [self.of(entry) for entry in entries]
