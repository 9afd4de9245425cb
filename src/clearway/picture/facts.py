"""Entries as facts: in words, with source, age, and what confirms or disputes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.picture.contract import Fact, FactSource, When, WordsOf
from clearway.record.corrections import does_dispute
from clearway.record.entry import lean
from clearway.record.place_words import place_words
from clearway.record.source import body_of, short_speaker, speaker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Draft, Entry
    from clearway.record.source import Source


class Facts:
    """Makes facts of the entries of one picture.

    Args:
        entries: All that are in force and shown.
        at: About which moment.
        zone: The operation's.
    """

    def __init__(self, entries: Iterable[Entry], at: datetime, zone: ZoneInfo) -> None:
        self.at = at
        self.zone = zone
        self.entries = {entry.id: entry for entry in entries}
        self._confirming: dict[str, list[str]] = {}
        self._disputing: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for one in entry.draft.confirms:
                self._confirming.setdefault(one, []).append(entry.id)
            for one in self._disputed(entry.draft):
                self._disputing.setdefault(one, []).append(entry.id)
        self._made: dict[str, Fact] = {}

    def of(self, entry: Entry) -> Fact:
        """One entry as a fact, made once."""
        if entry.id not in self._made:
            # the entry was checked when it was read: to check it again would take most of the time that a picture takes
            self._made[entry.id] = Fact.model_construct(**self.fields(entry))
        return self._made[entry.id]

    def confirming(self, entry_id: str) -> list[Entry]:
        """Those that confirm an entry."""
        return [self.entries[one] for one in self._confirming.get(entry_id, ())]

    def disputing(self, entry_id: str) -> list[Entry]:
        """Those that dispute an entry."""
        return [self.entries[one] for one in self._disputing.get(entry_id, ())]

    def _disputed(self, draft: Draft) -> list[str]:
        """What an entry disputes: also what it would correct, where another body said that."""
        return [*draft.disputes, *(one for one in draft.corrects if self._is_disputed(draft, one))]

    def _is_disputed(self, draft: Draft, named: str) -> bool:
        return named in self.entries and does_dispute(draft, self.entries[named].draft)

    def fields(self, entry: Entry) -> dict[str, Any]:
        """The fields of a fact, for those that say more."""
        draft = entry.draft
        return {
            "id": entry.id,
            "seq": entry.seq,
            "kind": draft.kind,
            "says": draft.body.says(self.zone),
            "where": place_words(draft.places),
            "body": lean(draft.body.model_dump(mode="json")),
            "happened": When.model_construct(start=draft.happened.start, end=draft.happened.end, said=draft.happened.said),
            "known": draft.known,
            "written": entry.written,
            "came": entry.came,
            "had_from": entry.had_from,
            "source": source_of(draft.source),
            "places": [lean(place.model_dump(mode="json")) for place in draft.places],
            "age_s": max((self.at - said_until(draft)).total_seconds(), 0.0),
            "release": draft.release,
            "corrects": [one for one in draft.corrects if not self._is_disputed(draft, one)],
            "confirmed_by": self._confirming.get(entry.id, []),
            "disputed_by": self._disputing.get(entry.id, []),
        }


def source_of(source: Source) -> FactSource:
    """A source as it is shown; it was checked when the entry was read."""
    return FactSource.model_construct(
        office=source.office,
        organisation=source.organisation,
        name=source.name,
        medium=source.medium,
        document=source.document,
        title=source.title,
        publisher=source.publisher,
        published=source.published,
        words=[WordsOf.model_construct(report=one.report, start=one.start, end=one.end) for one in source.words],
        grade=source.grade,
        speaker=speaker(source),
        short=short_speaker(source),
    )


def said_until(draft: Draft) -> datetime:
    """The last moment that somebody's word can be about: nobody knows of the evening what was said at noon of a whole day."""
    said = draft.source.published or draft.known
    return min(draft.happened.end, max(said, draft.happened.start))


def newest_first(entry: Entry) -> tuple[datetime, datetime, str]:
    """By which entries are put in order, reversed."""
    return entry.draft.happened.start, entry.draft.known, entry.id


def organisation(source: Source) -> str:
    """For whom somebody spoke; themselves where nothing is said."""
    return body_of(source)


def voice(source: Source) -> str:
    """Whose word follows whose: the office within its organisation, by however many names."""
    return f"{(source.office or '').casefold()} / {(source.organisation or '').casefold()}"
