"""The live stream: whatever is appended to the record reaches every browser, whoever wrote it and from where.

One task looks at the record's head several times a second, and at once when this server itself wrote; each follower reads what
it has missed from the record and then waits. A follower that comes back says the last number that it saw and misses nothing.
When the record does not answer, followers are told so and wait; once it does they go on from the last number they heard of.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from clearway.errors import ClearwayError, Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

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

_REMEMBERED = 2000
"""So many pieces of news are in memory; who missed more reads them from the record."""

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
        self._changed = asyncio.Event()
        self._looked = asyncio.Event()
        self._nudge = asyncio.Event()

    def nudge(self) -> None:
        """Look now: something was written."""
        self._nudge.set()

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
        try:
            while True:
                await self._look(own)
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
        while True:
            changed = self._changed
            if self._problem != told:
                told = self._problem
                yield format_sse_event(data_str=json.dumps({"problem": told or None}), event="record")
            fresh = [] if told else await self._fresh(stream, after)
            for news in fresh:
                if news.stream == stream and news.release in releases:
                    yield news.event
            after = fresh[-1].seq if fresh else after
            if changed is self._changed:
                try:
                    await asyncio.wait_for(changed.wait(), QUIET_S)
                except TimeoutError:
                    yield KEEPALIVE_COMMENT

    async def _fresh(self, stream: str, after: int) -> list[_News]:
        """What a follower has not heard of; nothing while the record does not answer."""
        if self._news and self._news[0].seq <= after + 1:
            return [news for news in self._news if news.seq > after]
        with contextlib.suppress(Unavailable):  # the next look says why
            return await asyncio.to_thread(self._missed, stream, after)
        return []

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
        """What was written since a number, and the last number; nothing the first time."""
        head = self._store.head().seq
        self._notices = self._store.notices()
        fresh = self._missed(None, seen) if seen is not None and head > seen else []
        return fresh, fresh[-1].seq if fresh else head

    def _take_up(self, fresh: list[_News], seen: int | None, problem: str) -> None:
        """What a look brought; followers wake where that is anything."""
        self._news = [*self._news, *fresh][-_REMEMBERED:]
        looked, self._looked = self._looked, asyncio.Event()
        is_news = (seen, problem) != (self._seen, self._problem)
        self._seen, self._problem = seen, problem
        looked.set()
        if is_news:
            changed, self._changed = self._changed, asyncio.Event()
            changed.set()

    def _missed(self, stream: str | None, after: int) -> list[_News]:
        entries = self._store.entries(stream, after=after)
        return [_News(entry.seq, entry.stream, entry.draft.release, _event(entry)) for entry in entries]


def _event(entry: Entry) -> bytes:
    """Which entry is new; followers ask for what it says."""
    news = {"seq": entry.seq, "id": entry.id, "kind": entry.draft.kind}
    return format_sse_event(data_str=json.dumps(news), event="entry", id=str(entry.seq))
