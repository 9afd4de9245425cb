"""Which entries are in force at a moment, as far as they were known at another: every subject at once, in milliseconds.

An entry has a row for each subject that it says something about. Rows stand in the order in which they were added, and
``order`` sorts them by subject and then by time. What is in force is one pass over flat arrays: happened by ``at``, known by
``known_at``, and by then not withdrawn, nor corrected by whose word it is. An entry whose correction was withdrawn is in force
again, and has a second row for that. "Known" means either as the room had it or as it could have been known; each has columns
of its own. The order does not depend on when entries were added.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.picture.subjects import Subject, aspects_of
from clearway.record.doubts import happened_at
from clearway.record.source import body_of, voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from clearway.record.entry import Entry, Knowledge

    Longs = NDArray[np.int64]
    Bools = NDArray[np.bool_]

_NEVER = np.iinfo(np.int64).max
_ROOM = 1024
_HOUR = 3_600_000_000
_COLUMNS = 13
(
    _SUBJECT, _START, _END, _KNOWN, _HAD, _SINCE_KNOWN, _SINCE_HAD, _NOT_KNOWN, _NOT_HAD, _SEQ, _BODY, _VOICE, _IS_FIRST,
) = range(_COLUMNS)  # fmt: skip
_ANYBODY = -1
_LEARNT: dict[Knowledge, int] = {"had": _HAD, "could": _KNOWN}
"""The column that says from when an entry is known."""
_FROM_TO: dict[Knowledge, tuple[int, int]] = {"had": (_SINCE_HAD, _NOT_HAD), "could": (_SINCE_KNOWN, _NOT_KNOWN)}
"""The columns that say from when a row is in force, and from when it is withdrawn or corrected."""
_KINDS_OF_KNOWING: tuple[Knowledge, Knowledge] = ("could", "had")

_Spell = tuple[int, int]
"""From when until when, microseconds."""


class _Void(NamedTuple):
    """That an entry makes another void.

    Attributes:
        by: The entry that does.
        whose: Whose words it can make void: those of a body by its number; of ``_ANYBODY`` where it withdraws.
        since: From when, as it could have been known and as the room had it.
    """

    by: str
    whose: int
    since: dict[Knowledge, int]


class PictureIndex:
    """The entries of one operation, as far as a picture needs them. Not safe for writers at the same time."""

    def __init__(self) -> None:
        self.subjects: list[Subject] = []
        self.count = 0
        """How many rows there are."""
        self.seq = 0
        """The highest number of the record that was taken up; 0 before the first."""
        self._number: dict[Subject, int] = {}
        self._rows: dict[str, slice] = {}
        self._ids: list[str] = []
        self._bodies: dict[str, int] = {}
        self._voices: dict[str, int] = {}
        self._voids: dict[str, list[_Void]] = {}
        self._voiding: dict[str, tuple[str, ...]] = {}
        self._again: dict[str, list[slice]] = {}
        self._tied: dict[str, list[int]] = {}
        self._gone: set[str] = set()
        self._happened: dict[str, datetime] = {}
        self._columns = np.empty((_COLUMNS, _ROOM), np.int64)  # times in microseconds
        self._order = np.empty(0, np.int64)
        self._ordered: dict[Knowledge, list[Longs]] = {}  # columns in that order, made when they are first needed

    def __contains__(self, entry_id: str) -> bool:
        """Whether it holds an entry that is shown."""
        return entry_id in self._rows

    @property
    def last(self) -> int:
        """The highest number of an entry that was added; 0 before the first."""
        return int(self._columns[_SEQ, : self.count].max(initial=0))

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, in any order; those that are there already are passed over."""
        try:
            for entry in entries:
                self.seq = max(self.seq, entry.seq)
                if entry.id not in self._rows:
                    self._append(entry)
        finally:  # the database may go away in the middle
            self._put_in_order()

    def add_hidden(self, entries: Iterable[Entry]) -> None:
        """Entries that are not shown: what they withdraw or correct is void all the same."""
        for entry in entries:
            self.seq = max(self.seq, entry.seq)
            self._replace(entry)
            self._ordered.clear()
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Take up the rows that are new."""
        fresh = np.arange(len(self._order), self.count)
        if not len(fresh):
            return
        self._ordered.clear()
        ranked = np.concatenate((self._order, fresh))
        if len(fresh) * 8 > len(ranked):
            self._order = ranked[self._sorted(ranked)]
            return
        fresh = fresh[self._sorted(fresh)]
        places = [self._place(int(row)) for row in fresh]
        self._order = np.insert(self._order, places, fresh)

    def naming(self, entry_id: str) -> list[int]:
        """Numbers of the entries that correct, withdraw, confirm or dispute an entry."""
        return self._tied.get(entry_id, [])

    def seqs_of(self, entry_ids: Iterable[str]) -> list[int]:
        """Numbers of some entries by their ids; ids that there are not are passed over."""
        rows = [self._rows[one].start for one in entry_ids if one in self._rows]
        return [int(seq) for seq in self._columns[_SEQ, rows]]

    def known_from_to(self) -> tuple[datetime, datetime] | None:
        """When the first and the last entry could be known; None where there is none."""
        if not self.count:
            return None
        known = self._columns[_KNOWN, : self.count]
        first, last = (datetime.fromtimestamp(int(moment) / 1_000_000, UTC) for moment in (known.min(), known.max()))
        return first, last

    def happened_from_to(self) -> tuple[datetime, datetime] | None:
        """Between which moments all happened; None where nothing did.

        An entry counts where its span ends, or where it was known before that: a plan for next year has not happened. What is
        about the record itself does not count, nor what was withdrawn or corrected since: a wrong date moves nothing for good.
        """
        moments = [moment for named, moment in self._happened.items() if named not in self._gone]
        return (min(moments), max(moments)) if moments else None

    def is_void(self, entry_id: str) -> bool:
        """Whether an entry was withdrawn since, or corrected by the body whose word it is."""
        return entry_id in self._gone

    def void_by(self, entry_id: str) -> list[tuple[str, bool]]:
        """What makes an entry void by now: ids, also of hidden entries, and whether each withdraws it."""
        if not self.is_void(entry_id):
            return []
        whose = _ANYBODY, int(self._columns[_BODY, self._rows[entry_id].start])
        return [
            (void.by, void.whose == _ANYBODY) for void in self._voids[entry_id] if void.whose in whose and self._lasts(void.by)
        ]

    def last_words(self, *, by_voice: Callable[[str], bool]) -> set[int]:
        """Numbers of the entries that nothing has followed: nothing else said anew about all that they are about.

        Args:
            by_voice: Whether on the subjects of a kind each speaker's last word stands beside the others', not one for all.
        """
        since, until = _FROM_TO["could"]
        latest_first = self._columns[:, self._order[::-1]]
        rows = latest_first[:, (latest_first[since] < _NEVER) & (latest_first[until] == _NEVER)]
        is_voiced = np.array([by_voice(about.kind) for about in self.subjects], np.bool_)
        owners = rows[_SUBJECT] * (len(self._voices) + 1) + is_voiced[rows[_SUBJECT]] * (rows[_VOICE] + 1)
        _, last = np.unique(owners, return_index=True)
        return set(rows[_SEQ, last].tolist())

    def known_by_hour(self, knowledge: Knowledge) -> dict[datetime, int]:
        """How many entries became known in each hour in which any did, in order of time."""
        known = self._columns[_LEARNT[knowledge], : self.count][self._columns[_IS_FIRST, : self.count] == 1]
        hours, counts = np.unique(known // _HOUR, return_counts=True)
        return {
            datetime.fromtimestamp(hour * 3600, UTC): count for hour, count in zip(hours.tolist(), counts.tolist(), strict=True)
        }

    def known_by(self, known_at: datetime, *, knowledge: Knowledge = "had") -> int:
        """How many entries were known by a moment."""
        known = self._columns[_LEARNT[knowledge], : self.count] <= _micros(known_at)
        return int(self._columns[_IS_FIRST, : self.count].sum(where=known))

    def last_known(self, known_at: datetime, *, knowledge: Knowledge = "had") -> int:
        """The highest number of an entry that was known by a moment; 0 where none was."""
        known = self._columns[_LEARNT[knowledge], : self.count] <= _micros(known_at)
        return int(self._columns[_SEQ, : self.count].max(initial=0, where=known))

    def beside(
        self, at: datetime, *, knowledge: Knowledge = "had", until: datetime | None = None
    ) -> tuple[datetime | None, datetime | None]:
        """The moments before and after one at which an entry joined the picture: it had happened, and was known.

        Args:
            at: A moment; one at which an entry joined is passed over.
            knowledge: What "known" means.
            until: Later ones do not count.

        Returns:
            The last one before it and the first one after it, each None where there is none.
        """
        since, _ = _FROM_TO[knowledge]
        columns = self._columns[:, : self.count]
        joined, moment = np.maximum(columns[_START], columns[since]), _micros(at)
        before = joined[joined < moment]
        after = joined[(joined > moment) & (joined < _NEVER if until is None else joined <= _micros(until))]
        found = int(before.max()) if len(before) else None, int(after.min()) if len(after) else None
        first, last = (None if one is None else datetime.fromtimestamp(one / 1_000_000, UTC) for one in found)
        return first, last

    def in_force(
        self,
        at: datetime,
        known_at: datetime,
        *,
        knowledge: Knowledge = "had",
        most: Callable[[str], int] = lambda _: 1,
    ) -> Mapping[Subject, list[int]]:
        """The entries in force, by subject, latest first, as numbers of the record.

        Args:
            at: About which moment.
            known_at: As far as it was known then.
            knowledge: What "known" means.
            most: How many entries of each subject of a kind are wanted, the latest; one where absent.

        Returns:
            Subjects without an entry in force are left out.
        """
        if knowledge not in self._ordered:
            wanted = (_SUBJECT, _START, *_FROM_TO[knowledge], _SEQ)
            self._ordered[knowledge] = [self._columns[column][self._order] for column in wanted]
        subject, start, since, until, seq = self._ordered[knowledge]
        moment, then = _micros(at), _micros(known_at)
        rows = np.flatnonzero((start <= moment) & (since <= then) & (until > then))
        if not len(rows):
            return {}
        owners = subject[rows]
        first = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
        ends = np.append(first[1:], len(rows))
        found: dict[Subject, list[int]] = {}
        for owner, low, high in zip(owners[first].tolist(), first.tolist(), ends.tolist(), strict=True):
            about = self.subjects[owner]
            found[about] = seq[rows[max(low, high - most(about.kind)) : high][::-1]].tolist()
        return found

    def _append(self, entry: Entry) -> None:
        draft, first = entry.draft, self.count
        times = [_micros(moment) for moment in (draft.happened.start, draft.happened.end, draft.known, entry.had_from)]
        for about in dict.fromkeys(aspect.subject for aspect in aspects_of(draft)):
            self._make_room(1)
            number = self._number.setdefault(about, len(self.subjects))
            if number == len(self.subjects):
                self.subjects.append(about)
            spoken = self._number_of(entry), self._voices.setdefault(voice(draft.source), len(self._voices))
            row = (number, *times, *times[2:], _NEVER, _NEVER, entry.seq, *spoken, self.count == first)
            self._columns[:, self.count] = row
            self._ids.append(entry.id)
            self.count += 1
        self._rows[entry.id] = slice(first, self.count)
        if (moment := happened_at(draft)) is not None:
            self._happened[entry.id] = moment
        if entry.id in self._voids:
            self._mark(entry.id)
        for named in draft.tied:
            self._tied.setdefault(named, []).append(entry.seq)
        self._replace(entry)

    def _number_of(self, entry: Entry) -> int:
        """A number for the body that said it."""
        return self._bodies.setdefault(body_of(entry.draft.source), len(self._bodies))

    def _make_room(self, rows: int) -> None:
        while self.count + rows > self._columns.shape[1]:
            self._columns = np.concatenate((self._columns, np.empty_like(self._columns)), axis=1)

    def _replace(self, entry: Entry) -> None:
        """Make void what an entry withdraws, and what it corrects of the same body's, from when it was known."""
        draft = entry.draft
        if not (draft.withdraws or draft.corrects):
            return
        since: dict[Knowledge, int] = {"could": _micros(draft.known), "had": _micros(entry.had_from)}
        for whose, replaced in ((_ANYBODY, draft.withdraws), (self._number_of(entry), draft.corrects)):
            for named in replaced:
                self._voids.setdefault(named, []).append(_Void(entry.id, whose, since))
        self._voiding[entry.id] = (*draft.withdraws, *draft.corrects)
        waiting, seen = [*self._voiding[entry.id]], set[str]()
        while waiting:  # what is void no longer makes others void, which may be back in force
            if (named := waiting.pop()) not in seen:
                seen.add(named)
                self._mark(named)
                waiting += self._voiding.get(named, ())

    def _mark(self, named: str) -> None:
        """Write from when until when an entry is in force; for every time that it is back it has further rows."""
        rows = self._rows.get(named)
        if rows is None:
            return
        spells = {knowledge: self._spells(named, rows.start, knowledge) for knowledge in _KINDS_OF_KNOWING}
        (self._gone.discard if spells["could"][-1][1] == _NEVER else self._gone.add)(named)
        copies = self._again.setdefault(named, []) if max(map(len, spells.values())) > 1 else self._again.get(named, [])
        while len(copies) < max(map(len, spells.values())) - 1:
            copies.append(self._copied(rows))
        for knowledge, (since, until) in _FROM_TO.items():
            for number, these in enumerate((rows, *copies)):
                own = spells[knowledge]
                self._columns[since, these], self._columns[until, these] = (
                    own[number] if number < len(own) else (_NEVER, _NEVER)
                )

    def _copied(self, rows: slice) -> slice:
        """The rows of an entry once more; they count as none of its first."""
        count = rows.stop - rows.start
        self._make_room(count)
        copy = slice(self.count, self.count + count)
        self._columns[:, copy] = self._columns[:, rows]
        self._columns[_IS_FIRST, copy] = 0
        self._ids += self._ids[rows]
        self.count += count
        return copy

    def _spells(self, named: str, row: int, knowledge: Knowledge) -> list[_Spell]:
        """From when until when an entry is in force, as it is known; none are left out, so that the first is its own."""
        since = int(self._columns[_LEARNT[knowledge], row])
        void = self._void_times(named, (_ANYBODY, int(self._columns[_BODY, row])), knowledge)
        return _without((since, _NEVER), void) or [(since, since)]

    def _lasts(self, named: str) -> bool:
        """Whether the word of an entry, also of a hidden one, is not itself withdrawn for good."""
        left = _without((0, _NEVER), self._void_times(named, (_ANYBODY,), "could"))
        return bool(left) and left[-1][1] == _NEVER

    def _void_times(self, named: str, whose: tuple[int, ...], knowledge: Knowledge) -> list[_Spell]:
        """When an entry is void: since each word that says so, but not while that word is itself withdrawn."""
        return [
            spell
            for void in self._voids.get(named, ())
            if void.whose in whose
            for spell in _without((void.since[knowledge], _NEVER), self._void_times(void.by, (_ANYBODY,), knowledge))
        ]

    def _sorted(self, rows: Longs) -> Longs:
        """Positions of some rows in the order of subject, start, end, known, and of the id where all are alike."""
        keys = self._columns[: _KNOWN + 1, rows]
        order: Longs = np.lexsort(keys[::-1])
        alike = (np.diff(keys[:, order], axis=1) == 0).all(axis=0)
        for first, end in _runs(alike):
            tied = order[first : end + 1]
            order[first : end + 1] = sorted(tied.tolist(), key=lambda at: self._ids[int(rows[at])])
        return order

    def _key(self, row: int) -> tuple[int, int, int, int, str]:
        subject, start, end, known = self._columns[: _KNOWN + 1, row].tolist()
        return subject, start, end, known, self._ids[row]

    def _place(self, row: int) -> int:
        """Where a row belongs in the present order."""
        key, low, high = self._key(row), 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if self._key(int(self._order[middle])) < key:
                low = middle + 1
            else:
                high = middle
        return low


def _without(spell: _Spell, gaps: Iterable[_Spell]) -> list[_Spell]:
    """What is left of a time without some gaps, in order.

    >>> _without((0, 9), [(2, 4), (3, 5), (8, 20)])
    [(0, 2), (5, 8)]
    """
    left = [spell]
    for first, last in gaps:
        parts = [part for start, end in left for part in ((start, min(end, first)), (max(start, last), end))]
        left = [(start, end) for start, end in parts if start < end]
    return left


def _runs(alike: Bools) -> list[tuple[int, int]]:
    """First and last position of each run of neighbours that are alike.

    >>> _runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.diff(np.concatenate(([0], alike.astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)
