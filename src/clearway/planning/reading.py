"""A record, read at many moments: what was in force of which kinds, each entry read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.index import PictureIndex
from clearway.picture.view import refuse_far
from clearway.record.kind import Role
from clearway.record.kinds import KINDS
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from clearway.picture.subjects import Subject
    from clearway.picture.view import Moments
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_EACH_COUNTS = (Role.EVENT, Role.FLOW, Role.COUNT)
_ALL = 100_000
"""More entries of one subject than any record holds."""


class Reading:
    """What an operation's record says at a moment, and at those before it.

    Args:
        store: The record, as far as the asker may see it.
        stream: The operation's name.
        when: About which moment, as known when.
        calendar: The operation's; as its record said by then where absent.
        index: Of the same operation, where one is kept.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """

    def __init__(
        self, store: Store, stream: str, when: Moments, calendar: Calendar | None = None, index: PictureIndex | None = None
    ) -> None:
        self.store, self.stream, self.when = store, stream, when
        self.index = index or PictureIndex()
        self.index.add(store.entries(stream, after=self.index.seq))
        refuse_far(when)
        operation = operation_of(store, stream, known_at=when.known_at, knowledge=when.knowledge)
        self.title = operation.title if operation else stream
        self.calendar = calendar or calendar_of(operation)
        self.zone = self.calendar.zone
        self._entries: dict[int, Entry] = {}
        self._found: dict[tuple[datetime, datetime, frozenset[str]], dict[Subject, list[Entry]]] = {}

    def in_force(
        self, kinds: Collection[type[Kind]], at: datetime | None = None, known_at: datetime | None = None
    ) -> dict[Subject, list[Entry]]:
        """All entries of some kinds that are in force, by subject, latest first.

        Args:
            kinds: Their classes.
            at: About which moment; the reading's own where absent.
            known_at: As known then; at the moment itself where only that is given.
        """
        moment = at or self.when.at
        known = known_at or at or self.when.known_at
        names = frozenset(name for name in KINDS if KINDS[name] in kinds)
        key = moment, known, names
        if key not in self._found:
            entries = self._all_entries()
            found = self.index.in_force(moment, known, knowledge=self.when.knowledge, most=lambda kind: _ALL * (kind in names))
            self._found[key] = {subject: [entries[seq] for seq in seqs] for subject, seqs in sorted(found.items()) if seqs}
        return self._found[key]

    def latest(self, kinds: Collection[type[Kind]]) -> list[Entry]:
        """The last word about each subject of some kinds, and all events, flows and figures; the first that happened first."""
        found = [
            entry
            for subject, entries in self.in_force(kinds).items()
            for entry in (entries if KINDS[subject.kind].about.role in _EACH_COUNTS else entries[:1])
        ]
        return sorted(found, key=lambda entry: (entry.draft.happened.start, entry.had_from, entry.seq))

    def known(self) -> dict[str, Entry]:
        """Every entry of the operation that was known by then, by id, also what was corrected or withdrawn since."""
        knowledge, known_at = self.when.knowledge, self.when.known_at
        return {one.id: one for one in self._all_entries().values() if one.counts_from(knowledge) <= known_at}

    def _all_entries(self) -> dict[int, Entry]:
        """Every entry of the operation by its number, read once."""
        if not self._entries:
            self._entries = {entry.seq: entry for entry in self.store.entries(self.stream)}
        return self._entries

    def turns(self, kinds: Collection[type[Kind]]) -> list[datetime]:
        """When something of some kinds came to be known, or an entry made another void; the first first."""
        knowledge = self.when.knowledge
        return sorted(
            {
                entry.counts_from(knowledge)
                for entry in self.known().values()
                if type(entry.draft.body) in kinds or entry.draft.withdraws or entry.draft.corrects
            }
        )


def ids_of(entries: Iterable[Entry]) -> list[str]:
    """The ids of some entries, in their order."""
    return [entry.id for entry in entries]
