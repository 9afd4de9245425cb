"""Whom and what the record names, taken up entry by entry: what is offered to those who type."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clearway.record.place_words import words_of_place
from clearway.server.desks.picture.models import Names, PlaceName, SpeakerName

if TYPE_CHECKING:
    from clearway.record.entry import Entry
    from clearway.record.source import Source

_MOST = 500
"""So many speakers, and so many places, are offered: the most used."""

_Speaker = tuple[str | None, str | None]


class NamesSoFar:
    """The names in the entries that were added. Not safe for several threads at the same time."""

    def __init__(self) -> None:
        self.seq = 0
        """The number of the last entry that was added."""
        self._speakers: Counter[_Speaker] = Counter()
        self._last: dict[_Speaker, Source] = {}
        self._places: Counter[str] = Counter()

    def add(self, entry: Entry) -> None:
        """Take up one entry; those about the record itself name nobody who speaks."""
        self.seq = entry.seq
        if not entry.draft.body.about.is_typed:
            return
        source = entry.draft.source
        if source.office or source.organisation:
            called = (source.office, source.organisation)
            self._speakers[called] += 1
            self._last[called] = source
        self._places.update(filter(None, map(words_of_place, entry.draft.places)))

    def answer(self) -> Names:
        """The most used first."""
        return Names(
            speakers=[
                SpeakerName(
                    office=called[0],
                    organisation=called[1],
                    medium=self._last[called].medium,
                    grade=self._last[called].grade,
                    entries=count,
                )
                for called, count in self._speakers.most_common(_MOST)
            ],
            places=[PlaceName(words=words, entries=count) for words, count in self._places.most_common(_MOST)],
        )
