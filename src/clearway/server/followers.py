"""Who follows the live stream: each has a seat, and there are so many, in all and for one address."""

from __future__ import annotations

import contextlib
from collections import Counter
from ipaddress import ip_address
from typing import TYPE_CHECKING

from fastapi.responses import StreamingResponse

from clearway.errors import TooMany, Unavailable
from clearway.server.token import site_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.types import Receive, Scope, Send

    from clearway.server.limits import Limits

EVENTS = "text/event-stream"


class Seats:
    """Room for those who follow.

    Args:
        limits: How many may.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: Counter[str] = Counter()

    @contextlib.contextmanager
    def one(self, address: str) -> Iterator[None]:
        """One seat, while the block runs.

        Raises:
            TooMany: its address has its share.
            Unavailable: there is no room at all.
        """
        site = site_of(address)
        if self._taken.total() >= self._limits.streams:
            raise Unavailable(f"All {self._limits.streams} live streams are in use. Ask again in a moment.")
        if self._taken[site] >= self._limits.streams_of_one and not _is_here(site):
            raise TooMany(f"Your address has {self._taken[site]} live streams open. Close some, or ask again in a moment.")
        self._taken[site] += 1
        try:
            yield
        finally:
            self._taken[site] -= 1
            if not self._taken[site]:
                del self._taken[site]


class LiveStream(StreamingResponse):
    """Server-sent events for one follower, who has a seat for as long as they are sent.

    Args:
        seats: Where the seat is.
        events: What is sent.
    """

    def __init__(self, seats: Seats, events: AsyncIterator[bytes]) -> None:
        super().__init__(events, media_type=EVENTS, headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        self._seats = seats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        with self._seats.one(scope["client"][0] if scope.get("client") else ""):
            await super().__call__(scope, receive, send)


def _is_here(site: str) -> bool:
    """Whether an address is this machine's own: a proxy's, or a program of the same people."""
    try:
        return ip_address(site).is_loopback
    except ValueError:
        return False
