"""The server's connections: bounded in number and in time, whatever the clients do or leave undone.

A connection that is slow to ask, or to take the answer, is cut after a while, and at once when there is no room for a new one:
then that of the address with most connections that has waited longest. Long work and live streams are never cut for it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from clearway.server.refusals import RETRY_S
from clearway.server.token import site_of

if TYPE_CHECKING:
    import asyncio
    import socket
    from collections.abc import Callable, Iterable

    from fastapi import FastAPI

    from clearway.server.limits import Limits

_ACCEPTED_AT_ONCE = 16
"""Connections taken in before their number is looked at: few beside the files that are left for other work."""

_BACKLOG = 1024
"""Connections that may wait in the system to be taken in, when a whole room comes back after the network failed."""

_TICKS_A_LOOK = 5
"""Twice a second: a limit of seconds is kept to half of one."""

_LAST_SECONDS = 1
"""For answers under way when the server ends."""

_FULL_BODY = json.dumps(
    {
        "error": {
            "kind": "Unavailable",
            "message": f"The server has no room for more connections. Try again in {RETRY_S} seconds.",
        }
    }
)
_FULL = (
    "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncache-control: no-store\r\n"
    f"retry-after: {RETRY_S}\r\nconnection: close\r\ncontent-length: {len(_FULL_BODY)}\r\n\r\n{_FULL_BODY}"
).encode()


class Connection(H11Protocol):
    """One connection, which knows for how long its client has kept it waiting."""

    limits: ClassVar[Limits]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it in, if need be in place of another."""
        super().connection_made(transport)
        self.site = site_of(self.client[0] if self.client else "")
        self._waits_since = self._asked_at = self.loop.time()
        self._stalled_since: float | None = None
        self._asked: object = None
        if len(self.connections) > self.limits.connections:
            self._make_room()

    def handle_events(self) -> None:
        """Note when a request began."""
        super().handle_events()
        if self.cycle is not self._asked:
            self._asked, self._asked_at = self.cycle, self.loop.time()

    def on_response_complete(self) -> None:
        """From now on it waits for the next request."""
        self._waits_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client takes nothing more."""
        super().pause_writing()
        self._stalled_since = self.loop.time()

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        self._stalled_since = None

    def kept_waiting(self) -> tuple[float, float] | None:
        """Since when its client has kept it waiting, and until when it may; None where it is not the client's turn."""
        if self._stalled_since is not None:
            return self._stalled_since, self._stalled_since + self.limits.stalled_s
        if self.cycle is None or self.cycle.response_complete:
            return self._waits_since, self._waits_since + self.limits.head_s
        if self.cycle.more_body:
            return self._asked_at, self._asked_at + self.limits.body_s
        return None

    def cut(self) -> None:
        """End it at once, whatever is still to be sent."""
        self.connections.discard(self)
        self.transport.abort()

    def _make_room(self) -> None:
        others = [(one, waits) for one in _ours(self.connections) if one is not self and (waits := one.kept_waiting())]
        if others:
            held = Counter(one.site for one in _ours(self.connections))
            one, _ = min(others, key=lambda pair: (-held[pair[0].site], pair[1][0]))
            one.cut()
        else:
            self.transport.write(_FULL)
            self.transport.close()
            self.connections.discard(self)


class Server(uvicorn.Server):
    """A server that cuts connections which are kept waiting too long.

    Args:
        config: Its settings.
        end: Called when it is to end: ends what would go on for ever.
    """

    def __init__(self, config: uvicorn.Config, *, end: Callable[[], None]) -> None:
        super().__init__(config)
        self._end = end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open; what comes at once may wait in the system."""
        await super().startup(sockets=sockets)
        for listener in sockets or ():
            listener.listen(_BACKLOG)

    async def on_tick(self, counter: int) -> bool:
        """Look at the connections now and then."""
        if counter % _TICKS_A_LOOK == 0:
            for one in _ours(self.server_state.connections):
                waits = one.kept_waiting()
                if waits is not None and waits[1] < one.loop.time():
                    one.cut()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, once the answers under way are sent to those who take them."""
        self._end()
        for one in _ours(self.server_state.connections):
            if one.kept_waiting():
                one.cut()
        await super().shutdown(sockets=sockets)


def server_of(app: FastAPI) -> Server:
    """The server of an application, with the application's limits and a quiet log."""
    bounded = type("BoundedConnection", (Connection,), {"limits": app.state.limits})
    return Server(
        uvicorn.Config(
            app,
            http=bounded,
            backlog=_ACCEPTED_AT_ONCE,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_SECONDS,
        ),
        end=app.state.frame.end,
    )


def _ours(connections: Iterable[object]) -> list[Connection]:
    return [one for one in connections if isinstance(one, Connection)]
