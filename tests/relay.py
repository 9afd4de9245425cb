"""A wire to a server that a test can cut, or deaden: what is open breaks or falls silent, and nothing new gets through."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK_BYTES = 65_536


class Relay:
    """Passes bytes on to a port of this machine, both ways, until it is cut or deadened.

    ``mend`` lets new connections through again; those that were deadened stay so, and neither end hears of it.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._dead: set[socket.socket] = set()
        self._is_cut = False
        self._is_dead = False
        self._trap: tuple[bytes, Callable[[], None]] | None = None
        self._arrives = False
        self._swallowed = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.getsockname()[1])

    def cut(self, *, for_good: bool = True) -> None:
        """Break every connection, and whatever connects from now on if it is for good."""
        with self._lock:
            self._is_cut = for_good
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def deaden(self) -> None:
        """Take what is sent, now and on new connections, and pass nothing on: a wire that nobody noticed to be broken."""
        with self._lock:
            self._is_dead = True
            self._dead |= self._open

    def deaden_at(self, word: bytes) -> None:
        """Deaden it when a client sends this word."""
        self._trap = word, self.deaden

    def cut_at(self, word: bytes, *, arrives: bool, mends: bool) -> None:
        """Cut once when a client sends this word.

        Args:
            word: The word.
            arrives: Whether it reaches the server, so that the answer alone is lost.
            mends: Whether new connections get through again at once.
        """

        self._trap, self._arrives = (word, lambda: self.cut(for_good=not mends)), arrives

    def mend(self) -> None:
        """Let new connections through."""
        self._is_cut = self._is_dead = False

    def close(self) -> None:
        """End it all."""
        self.cut()
        for end in (self._server, *self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
            end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the server was closed
            while True:
                near, _ = self._server.accept()
                if self._is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._target))
                with self._lock:
                    self._open |= {near, far}
                    self._dead |= {near, far} if self._is_dead else set()
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_CHUNK_BYTES):
                if self._trap and self._trap[0] in data:
                    self._spring(data, target)
                elif source in self._dead:
                    self._swallowed.set()
                else:
                    target.sendall(data)
        if source not in self._dead:  # a dead wire does not say that one end has gone either
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_RDWR)

    def _spring(self, data: bytes, target: socket.socket) -> None:
        """Do what a trap was set for."""
        assert self._trap
        (_, act), self._trap = self._trap, None
        if self._arrives:
            self._dead.add(target)
            target.sendall(data)
            self._swallowed.wait(LAST_RESORT_S)  # the answer
        act()


@contextlib.contextmanager
def relayed(address: str) -> Iterator[tuple[Relay, str]]:
    """A relay to the server at an address, and its own address."""
    relay = Relay(int(address.rstrip("/").rpartition(":")[2]))
    try:
        yield relay, f"http://127.0.0.1:{relay.port}/"
    finally:
        relay.close()
