"""The live stream: whatever is appended to the record reaches every browser, whoever wrote it and from where.

One task looks at the record several times a second, and soon after this server itself wrote. Followers wait for it, and what it
found is put into words once for all of them. A follower that comes back says the last number that it saw, gets what it missed
in pages that are read once for all, and misses nothing. When the record does not answer, followers are told so and wait; once
it does they go on from the last number they heard of.

Waking two thousand followers takes about as long as writing ten entries, so the next look waits for as long as the last wave
took: followers get half of the time, and those who write the other half.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from clearway.cache import Cache
from clearway.errors import ClearwayError, Unavailable
from clearway.record.moments import written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from clearway.record.entry import Entry, Release
    from clearway.record.store import Store

LOOK_S = 0.2
"""How often the record is looked at for what others wrote."""

ANSWER_S = 0.8
"""How long a question about the record's health waits: its answer is there within a second."""

SILENT_S = 3.0
"""After how long without an answer the record is said not to answer."""

QUIET_S = 15.0
"""After how long without news a follower gets a sign of life."""

_PAGE = 1000
"""Entries in a page of what was missed: read in some 20 ms, and 100 kB to send."""

_REMEMBERED = 2 * _PAGE
"""So many pieces of news are in memory; who missed more reads pages of the record."""

_PAGES = 50
"""Pages in memory, 20 MB or so: 50,000 entries that somebody missed."""

_SAID_BYTES = 16 * 2**20
"""Of events in memory as they are sent: some hundred pages."""

_SAID_LEAST_BYTES = 200
"""What an answer costs to remember, however little it says."""

_NO_ANSWER = "The record does not answer. Nothing can be saved or read. Check that its database or disk can be reached."


class _News(NamedTuple):
    """One entry, as followers hear of it."""

    seq: int
    stream: str
    release: Release
    event: bytes


class Feed:
    """News of one record. Lives in one event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._news: list[_News] = []
        self._seen: int | None = None
        self._problem = ""
        self._notices: list[str] = []
        self._pages: Cache[list[_News]] = Cache(_PAGES)
        self._said: Cache[tuple[bytes, int]] = Cache(_SAID_BYTES, size=lambda said: len(said[0]) + _SAID_LEAST_BYTES)
        self._changed = asyncio.Event()
        self._looked = asyncio.Event()
        self._nudge = asyncio.Event()
        self._over = False

    def nudge(self) -> None:
        """Look soon: something was written."""
        self._nudge.set()

    def end(self) -> None:
        """Send every follower home: the server ends."""
        self._over = True
        self._changed.set()

    async def check(self) -> list[str]:
        """Look at the record now, and say what those who run it should know.

        Raises:
            Unavailable: it does not answer, or not in time.
        """
        self.nudge()
        try:
            await asyncio.wait_for(self._looked.wait(), ANSWER_S)
        except TimeoutError as error:
            raise Unavailable(_NO_ANSWER) from error
        if self._problem:
            raise Unavailable(self._problem)
        return self._notices

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        own = ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed")  # what others read must not keep it waiting
        clock = asyncio.get_running_loop().time
        try:
            while True:
                before = self._changed
                await self._look(own)
                if before is not self._changed:
                    began = clock()
                    await asyncio.sleep(0)  # the followers, all of them, come first
                    await asyncio.sleep(clock() - began)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._nudge.wait(), LOOK_S)
                self._nudge.clear()
        finally:
            own.shutdown(wait=False, cancel_futures=True)

    async def follow(self, stream: str, after: int, releases: frozenset[Release]) -> AsyncIterator[bytes]:
        """Events of an operation's entries of some release levels, from the entry after a number on, for ever.

        An event ``record`` says that the record does not answer, and why; or, without a reason, that it does again.
        """
        yield format_sse_event(comment="open", retry=500)
        told = ""
        while not self._over:
            changed = self._changed
            if self._problem != told:
                told = self._problem
                yield format_sse_event(data_str=json.dumps({"problem": told or None}), event="record")
            events, last = (b"", after) if told else await self._after(stream, after, releases)
            if events:
                yield events
            if last > after:
                after = last
                continue
            try:
                async with asyncio.timeout(QUIET_S):
                    await changed.wait()
            except TimeoutError:
                yield KEEPALIVE_COMMENT

    async def _after(self, stream: str, after: int, releases: frozenset[Release]) -> tuple[bytes, int]:
        """The events after a number, those of a page at most, and the number of the last entry that they reach."""
        if self._seen is None or after >= self._seen:
            return b"", after
        key = self._seen, stream, after, releases
        if said := self._said.get(key):
            return said
        try:
            fresh = await self._fresh(after)
        except Unavailable:  # the next look says why
            return b"", after
        events = b"".join(news.event for news in fresh if news.stream == stream and news.release in releases)
        return self._said.of(key, lambda: (events, fresh[-1].seq if fresh else after))

    async def _fresh(self, after: int) -> Sequence[_News]:
        """Pieces of news after a number, from memory or a page of the record; numbers have no gap."""
        if self._news and self._news[0].seq <= after + 1:
            return self._news[after + 1 - self._news[0].seq :]
        start = after - after % _PAGE
        page = self._pages.get(start)
        if page is None:
            page = await asyncio.to_thread(self._pages.of, start, lambda: self._missed(start, _PAGE))
        return page[after - start :]

    async def _look(self, own: ThreadPoolExecutor) -> None:
        """Look at the record once, however long it takes to answer."""
        look = asyncio.get_running_loop().run_in_executor(own, self._new, self._seen)
        done, _ = await asyncio.wait({look}, timeout=SILENT_S)
        if not done:
            self._take_up([], self._seen, _NO_ANSWER)
        try:
            fresh, seen = await look
        except ClearwayError as error:  # it may come back; followers wait
            self._take_up([], self._seen, str(error))
        else:
            self._take_up(fresh, seen, "")

    def _new(self, seen: int | None) -> tuple[list[_News], int]:
        """What was written since a number, as much as is remembered, and the last number; the first time the record's end."""
        head = self._store.head().seq
        self._notices = self._store.notices()
        after = max(head - _REMEMBERED, 0) if seen is None else seen
        fresh = self._missed(after, _REMEMBERED) if head > after else []
        return fresh, fresh[-1].seq if fresh else head

    def _take_up(self, fresh: list[_News], seen: int | None, problem: str) -> None:
        """What a look brought; followers wake where that is anything."""
        known = self._news if fresh and self._news and self._news[-1].seq + 1 == fresh[0].seq else []
        if fresh:
            self._news = [*known, *fresh][-_REMEMBERED:]
        if len(fresh) == _REMEMBERED:
            self.nudge()  # there may be more
        looked, self._looked = self._looked, asyncio.Event()
        is_news = (seen, problem) != (self._seen, self._problem)
        self._seen, self._problem = seen, problem
        looked.set()
        if is_news:
            changed, self._changed = self._changed, asyncio.Event()
            changed.set()

    def _missed(self, after: int, limit: int) -> list[_News]:
        entries = self._store.entries(after=after, limit=limit)
        return [_News(entry.seq, entry.stream, entry.draft.release, _event(entry)) for entry in entries]


def _event(entry: Entry) -> bytes:
    """Which entry is new, and by its hash the whole record up to it; followers ask for what it says."""
    news = {"seq": entry.seq, "id": entry.id, "kind": entry.draft.kind, "hash": entry.hash, "written": written(entry.written)}
    return format_sse_event(data_str=json.dumps(news), event="entry", id=str(entry.seq))
