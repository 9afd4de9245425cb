"""Connections to one database that threads share."""

from __future__ import annotations

import contextlib
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from clearway.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

C = TypeVar("C")

MOST = 6
"""Connections at a time: one writes, and more readers than this only wait for the same disk."""
WAIT_S = 30.0
"""How long a thread waits for a connection: longer than any that is in use may take to answer or to fail."""


class Pool(Generic[C]):
    """Connections, each lent to one thread at a time: made when needed, checked before they are lent again.

    Args:
        connect: Makes one.
        is_sound: Whether one that lay idle can be lent again.
        close: Closes one, sound or not.
    """

    def __init__(self, connect: Callable[[], C], *, is_sound: Callable[[C], bool], close: Callable[[C], None]) -> None:
        self._connect, self._is_sound, self._close = connect, is_sound, close
        self._idle: list[C] = []
        self._places = threading.BoundedSemaphore(MOST)
        self._own = threading.local()
        self._closed = False

    @contextmanager
    def lent(self) -> Iterator[C]:
        """The connection that this thread holds already, else one that it holds until the block ends.

        Raises:
            Unavailable: every connection has been in use for long.
        """
        held: C | None = getattr(self._own, "held", None)
        if held is not None:
            yield held
            return
        if not self._places.acquire(timeout=WAIT_S):
            raise Unavailable("The record is busy: every connection to it has been in use for long. Try again in a moment.")
        try:
            connection = self._taken()
            self._own.held = connection
            try:
                yield connection
            finally:
                self._own.held = None
                self._put_back(connection)
        finally:
            self._places.release()

    def close(self) -> None:
        """Close them all: those that are in use once they come back."""
        self._closed = True
        self._drop_idle()

    def _taken(self) -> C:
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._connect()
        if self._is_sound(connection):
            return connection
        self._close(connection)
        self._drop_idle()  # what broke it broke the others
        return self._connect()

    def _put_back(self, connection: C) -> None:
        self._idle.append(connection)
        if self._closed:
            self._drop_idle()

    def _drop_idle(self) -> None:
        with contextlib.suppress(IndexError):  # none is left
            while True:
                self._close(self._idle.pop())
