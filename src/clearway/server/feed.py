"""The live stream: whatever is appended to the record reaches every browser, whoever wrote it and from where.

One task looks at the record's head several times a second, and at once when this server itself wrote; each follower reads what
it has missed from the record and then waits. A follower that comes back says the last number that it saw and misses nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from clearway.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clearway.record.entry import Entry, Release
    from clearway.record.store import Store

LOOK_S = 0.2
"""How often the record is looked at for what others wrote."""

QUIET_S = 15.0
"""After how long without news a follower gets a sign of life."""

_REMEMBERED = 2000
"""So many pieces of news are in memory; who missed more reads them from the record."""


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
        self._seen = 0
        self._changed = asyncio.Event()
        self._nudge = asyncio.Event()

    def nudge(self) -> None:
        """Look now: something was written."""
        self._nudge.set()

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        self._seen = (await asyncio.to_thread(self._store.head)).seq
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._nudge.wait(), LOOK_S)
            self._nudge.clear()
            with contextlib.suppress(Unavailable):  # it may come back; followers wait
                await self._look()

    async def follow(self, stream: str, after: int, releases: frozenset[Release]) -> AsyncIterator[bytes]:
        """Events of an operation's entries of some release levels, from the entry after a number on, for ever."""
        yield format_sse_event(comment="open", retry=500)
        while True:
            changed = self._changed
            if self._news and self._news[0].seq <= after + 1:
                fresh = [news for news in self._news if news.seq > after]
            else:
                fresh = await asyncio.to_thread(self._missed, stream, after)
            for news in fresh:
                if news.stream == stream and news.release in releases:
                    yield news.event
            after = fresh[-1].seq if fresh else after
            if changed is self._changed:
                try:
                    await asyncio.wait_for(changed.wait(), QUIET_S)
                except TimeoutError:
                    yield KEEPALIVE_COMMENT

    async def _look(self) -> None:
        head = await asyncio.to_thread(self._store.head)
        if head.seq <= self._seen:
            return
        fresh = await asyncio.to_thread(self._missed, None, self._seen)
        self._news = [*self._news, *fresh][-_REMEMBERED:]
        self._seen = fresh[-1].seq if fresh else head.seq
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _missed(self, stream: str | None, after: int) -> list[_News]:
        entries = self._store.entries(stream, after=after)
        return [_News(entry.seq, entry.stream, entry.draft.release, _event(entry)) for entry in entries]


def _event(entry: Entry) -> bytes:
    """Which entry is new; followers ask for what it says."""
    news = {"seq": entry.seq, "id": entry.id, "kind": entry.draft.kind}
    return format_sse_event(data_str=json.dumps(news), event="entry", id=str(entry.seq))
