"""A record as somebody may see it: the entries of some release levels, and nothing of the others, not even their number.

Whatever is made of such a store, a picture, a report, a list, can hold no word of an entry that its reader may not see.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from clearway.errors import NotAllowed, NotFound, UnknownName
from clearway.record.entry import RELEASES
from clearway.record.rows import no_entry
from clearway.record.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from clearway.record.entry import Draft, Entry, Release
    from clearway.record.plates import Sealed
    from clearway.record.rows import Appended, Head


class VisibleStore(Store):
    """The entries of some release levels of a record. It has no database of its own: it answers from the whole record's store.

    Args:
        store: The whole record.
        releases: The release levels that may be seen, and written.
    """

    def __init__(self, store: Store, releases: Collection[Release]) -> None:  # no database to open
        self._store = store
        self._releases = frozenset(releases)
        self._counts: dict[str, tuple[int, int]] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every entry may be seen."""
        return self._releases == RELEASES and self._store.is_whole

    def sees(self, entry: Entry) -> bool:
        """Whether an entry may be seen."""
        return entry.draft.release in self._releases

    def appended(
        self,
        stream: str,
        drafts: Sequence[Draft],
        *,
        expected_version: int | None = None,
        texts: Collection[str] = (),
        plates: Sequence[Sealed] = (),
    ) -> Appended:
        """Append drafts; see :meth:`Store.appended`.

        Raises:
            NotAllowed: an entry of such a release level may not be seen, so not written either.
            UnknownName: a draft is tied to an entry that may not be seen.
        """
        for draft in drafts:
            if draft.release not in self._releases:
                raise NotAllowed(
                    f"You may not write an entry of the release level '{draft.release}', which you may not see. "
                    f"Choose one of: {', '.join(sorted(self._releases)) or 'none'}."
                )
        own = {draft.id for draft in drafts}
        tied = dict.fromkeys(entry_id for draft in drafts for entry_id in draft.tied if entry_id not in own)
        if missing := [entry_id for entry_id in tied if not self._holds(stream, entry_id)]:
            raise UnknownName(f"entry of {stream!r} that is to be corrected, withdrawn, confirmed or disputed", missing)
        return self._store.appended(stream, drafts, expected_version=expected_version, texts=texts, plates=plates)

    def entries(
        self,
        stream: str | None = None,
        *,
        kind: str | None = None,
        words: Sequence[str] = (),
        after: int = 0,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """Entries in order; see :meth:`Store.entries`."""
        every = self._store.entries(stream, kind=kind, words=words, after=after)
        yield from islice(filter(self.sees, every), limit)

    def entry(self, entry_id: str) -> Entry:
        """One entry; see :meth:`Store.entry`."""
        entry = self._store.entry(entry_id)
        if not self.sees(entry):
            raise no_entry(entry_id)
        return entry

    def numbered(self, seqs: Sequence[int]) -> list[Entry]:
        """Some entries by number; see :meth:`Store.numbered`."""
        return [entry for entry in self._store.numbered(seqs) if self.sees(entry)]

    def report_text(self, entry: Entry) -> str:
        """The text of a report that may be seen; see :meth:`Store.report_text`."""
        if not self.sees(entry):
            raise no_entry(entry.id)
        return self._store.report_text(entry)

    def deleted_texts(self) -> dict[str, datetime]:
        """When texts were deleted; see :meth:`Store.deleted_texts`."""
        return self._store.deleted_texts()

    def delete_texts(self, stream: str, before: datetime) -> int:
        """Delete texts of the whole record; see :meth:`Store.delete_texts`."""
        return self._store.delete_texts(stream, before)

    def version(self, stream: str) -> int:
        """How many entries of a stream may be seen."""
        last, count = self._counts.get(stream, (0, 0))
        for entry in self._store.entries(stream, after=last):
            last, count = entry.seq, count + self.sees(entry)
        self._counts[stream] = last, count
        return count

    def streams(self) -> dict[str, int]:
        """Every stream of which something may be seen, and how many entries."""
        return {name: count for name in self._store.streams() if (count := self.version(name))}

    def head(self) -> Head:
        """Where the whole record ends; see :meth:`Store.head`."""
        return self._store.head()

    def notices(self) -> list[str]:
        """What should be known of the whole record; see :meth:`Store.notices`."""
        return self._store.notices()

    def steps_back(self) -> list[str]:
        """Where the clock was set back; see :meth:`Store.steps_back`."""
        return self._store.steps_back()

    def verify(self, *, expected: Head | None = None) -> list[str]:
        """What is wrong with the whole record; see :meth:`Store.verify`."""
        return self._store.verify(expected=expected)

    def close(self) -> None:
        """Nothing: the record belongs to others too."""

    def _holds(self, stream: str, entry_id: str) -> bool:
        try:
            return self.entry(entry_id).stream == stream
        except NotFound:
            return False
