"""How much of the server one address, and all together, may take: so that it answers while others misuse or forget it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

WANTED_FILES = 8192
"""Open files that are asked of the system: for 4,000 connections, and as many left for records, networks and PDF readers."""

MOST_CONNECTIONS = 4096
"""A room, its partners and its screens on the wall are some hundreds; each connection costs about 100 kB of memory."""

_SHARE_FOR_STREAMS = 0.75
"""Of the connections: the rest is for questions, so that those who listen never keep those who ask out."""

_STREAMS_OF_ONE = 64
"""A page holds one stream open, and a browser opens at most six connections to a server."""

_FEW_FILES = 1024
"""What most systems give a program by default, where nothing can be asked."""


@dataclass(frozen=True)
class Limits:
    """The limits of one server.

    Attributes:
        connections: Open connections.
        streams: Live streams among them.
        streams_of_one: Live streams of one address; programs on the server's own machine, such as a proxy, are not counted.
        head_s: Seconds for the head of a request, and for the pause before it.
        body_s: Seconds for its body: 6 MB by a telephone of half a megabit a second.
        stalled_s: Seconds for which a client may take nothing of what is sent to it.
        lookups_of_one: Vehicles that are looked up by their plates from one address within ``lookup_s``.
        lookups: The same from all addresses: behind a proxy they are one.
        lookup_s: Seconds for which a look-up counts.
    """

    connections: int = MOST_CONNECTIONS
    streams: int = int(MOST_CONNECTIONS * _SHARE_FOR_STREAMS)
    streams_of_one: int = _STREAMS_OF_ONE
    head_s: float = 10.0
    body_s: float = 120.0
    stalled_s: float = 30.0
    lookups_of_one: int = 5
    lookups: int = 120
    lookup_s: float = 600.0


USUAL = Limits()
"""Where the system gives as many files as are wanted."""


def limits_of(files: int) -> Limits:
    """Limits that fit the number of files that the system lets the program open: half of them are for connections.

    >>> limits_of(256).connections, limits_of(256).streams
    (128, 96)
    """
    connections = min(MOST_CONNECTIONS, files // 2)
    streams = int(connections * _SHARE_FOR_STREAMS)
    return Limits(connections, streams, min(_STREAMS_OF_ONE, max(streams // 2, 1)))


def open_files() -> int:
    """The number of files that the program may open, once as many are asked for as are wanted and the system gives."""
    if sys.platform == "win32":
        return _FEW_FILES
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft != unlimited and soft < WANTED_FILES:
        soft = WANTED_FILES if hard == unlimited else max(soft, min(WANTED_FILES, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return WANTED_FILES if soft == unlimited else soft
