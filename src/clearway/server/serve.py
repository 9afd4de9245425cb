"""Run the application: a port of our own, a quiet log, one line at the end."""

from __future__ import annotations

import errno
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.server.app import create_app, prepare
from clearway.server.connections import server_of
from clearway.server.limits import limits_of, open_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clearway.server.door import Door
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord

DEFAULT_PORT = 8000
LOCAL = "127.0.0.1"
_TRIED = 20
_GONE_MS = 30_000
"""What was sent to a client and is not acknowledged for so long was sent to nobody: a cable was pulled."""


def bound_socket(host: str, port: int | None) -> socket.socket:
    """A listening socket: on this port, or where None is given on the first free one from ``DEFAULT_PORT``.

    Raises:
        BadInput: the port is in use or may not be used, or the host is not this machine's.
    """
    if port is not None:
        return _listening(host, port)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + _TRIED):
        try:
            return _listening(host, candidate)
        except _PortTaken:
            continue
    return _listening(host, 0)


def serve(
    networks: Sequence[ServedNetwork],
    listener: socket.socket,
    door: Door,
    *,
    record: ServedRecord | None = None,
    cities: Path | None = None,
    browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C.

    Args:
        networks: The networks; they are prepared first.
        listener: A listening socket.
        door: How the server is reached.
        record: The record.
        cities: The folder of the cities that people bring in by the page; None: none are taken.
        browser: Whether to open the page in the user's browser. Never done with a token, which others could see on its way.
        say: Called with the address, and with the end.
    """
    app = create_app(networks, record, hosts=door.names, token=door.token, limits=limits_of(open_files()), cities=cities)
    prepare(app)
    if door.warning:
        say(door.warning)
    say(f"Clearway is open at {door.address} (Ctrl-C ends it).")
    for address in door.also:
        say(f"It also answers at {address}")
    if browser and door.token is None:
        threading.Thread(target=webbrowser.open, args=(door.address,), daemon=True).start()
    try:
        server_of(app).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
    say("Clearway has ended.")


class _PortTaken(BadInput):
    """Another program listens on the port."""

    @property
    def kind(self) -> str:
        return "BadInput"


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # named as TCP, so that asyncio sends small answers at once (TCP_NODELAY): 40 ms an answer otherwise
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise BadInput(f"The host '{host}' is not known ({error.strerror}). Use {LOCAL} for this machine alone.") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # on Linux; the connections that it accepts inherit both
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _GONE_MS)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise _PortTaken(
                f"Port {port} is in use. Give another with --port, or leave --port out to use a free one."
            ) from error
        raise BadInput(f"{host} port {port} cannot be used ({error.strerror}). Give another --host or --port.") from error
    return listener
