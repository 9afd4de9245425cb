"""Entries as facts: in words, with source, age, and what confirms or disputes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.picture.contract import Fact, FactSource, When, WordsOf
from clearway.picture.subjects import aspects_of
from clearway.record.corrections import does_dispute
from clearway.record.entry import lean
from clearway.record.parts import amount_words
from clearway.record.place_words import place_words
from clearway.record.source import body_of, short_speaker, speaker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.picture.subjects import Aspect, Subject
    from clearway.record.entry import Draft, Entry
    from clearway.record.kind import Kind
    from clearway.record.place import Place
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

    def parts_of(self, entry: Entry, held: Collection[Subject]) -> list[Fact]:
        """One entry as facts of what still holds: for each class that it names, at the places where nothing was said since.

        Args:
            entry: One that says several things, or one.
            held: The subjects of which it is the latest word.
        """
        by_value: dict[object, list[Aspect]] = {}
        for aspect in aspects_of(entry.draft):
            if not aspect.left:
                by_value.setdefault(aspect.value, []).append(aspect)
        made = []
        for value, said in by_value.items():
            kept = [aspect for aspect in said if aspect.subject in held]
            if len(by_value) == 1 and len(kept) == len(said):
                made.append(self.of(entry))
            elif kept:
                made.append(Fact.model_construct(**self.fields(entry) | self._part(entry, value, kept, said)))
        return made

    def _part(self, entry: Entry, value: object, kept: Sequence[Aspect], said: Sequence[Aspect]) -> dict[str, Any]:
        """What tells a part of an entry from the whole."""
        body = entry.draft.body if value is None else entry.draft.body.only(value)
        places = [aspect.place for aspect in kept if aspect.place]
        gone = [aspect.place for aspect in said if aspect.place and aspect not in kept]
        return {
            "part": str(value or ""),
            "says": body.says(self.zone),
            "where": where_words(body, places, gone),
            "body": lean(body.model_dump(mode="json")),
            "places": [lean(place.model_dump(mode="json")) for place in places],
        }

    def fields(self, entry: Entry) -> dict[str, Any]:
        """The fields of a fact, for those that say more."""
        draft = entry.draft
        return {
            "id": entry.id,
            "seq": entry.seq,
            "kind": draft.kind,
            "says": draft.body.says(self.zone),
            "where": where_words(draft.body, draft.places),
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
            "part": "",
            "corrects": [one for one in draft.corrects if not self._is_disputed(draft, one)],
            "confirmed_by": self._confirming.get(entry.id, []),
            "disputed_by": self._disputing.get(entry.id, []),
        }


def where_words(body: Kind, places: Sequence[Place], gone: Sequence[Place] = ()) -> str:
    """Where something is; at how many places, where fewer or more are named; and where it no longer is.

    Args:
        body: What is there.
        places: Where it is.
        gone: Places that were named with them, of which something else was said since.
    """
    said, named = body.places_said, len(places) + len(gone)
    notes = [
        f"{amount_words(said)} places said, {named} named" if said and not said.low == said.high == named else "",
        f"no longer {place_words(gone)}" if gone else "",
    ]
    note = "; ".join(filter(None, notes))
    return " ".join(filter(None, (place_words(places), note and f"({note})")))


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
    """The last moment that somebody's word can be about: nobody knows of the evening what was said at noon of a whole day.

    What was known before it was published was said before.
    """
    said = min(draft.source.published or draft.known, draft.known)
    return min(draft.happened.end, max(said, draft.happened.start))


def newest_first(entry: Entry) -> tuple[datetime, datetime, str]:
    """By which entries are put in order, reversed."""
    return entry.draft.happened.start, entry.draft.known, entry.id


def organisation(source: Source) -> str:
    """For whom somebody spoke; themselves where nothing is said."""
    return body_of(source)
