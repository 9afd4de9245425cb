"""From an entry's writing to the last of 500 browsers, and what 50 writers get done while 500 or 2,000 watch.

The browsers are simulated: plain sockets on loopback that read server-sent events and ask for the picture as the page does.
Server, browsers and writers share the machine's cores. There is no peer; the aim is a second, and that nobody misses an entry.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import re
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, TypeVar

from benchmarks.measure import Figure
from clearway.demo.prepare import OPERATION, demo_record
from clearway.server.app import create_app
from clearway.server.connections import server_of
from clearway.server.limits import limits_of, open_files
from clearway.server.operations import ServedRecord
from clearway.server.serve import LOCAL, bound_socket

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine, Iterator

T = TypeVar("T")

CLIENTS = 500
ROUNDS = 15
WATCHERS = (500, 2000)
WRITERS = 50
LOAD_S = 60.0
_FULLY_READ = 20  # every so manieth watcher looks at each number, the others count: looking takes longer than telling
_MOMENT = "2022-02-21T09:00:00Z"
_PICTURE = f"/api/operations/{OPERATION}/picture?at={_MOMENT}&known_at={_MOMENT}&bands=false"


def figures() -> Iterator[Figure]:
    """Measure hearing of an entry, having the new picture, and writing while many watch."""
    heard, fetched, sizes = _with_server(_measured)
    note = f"the slowest of {ROUNDS} entries: {max(heard) * 1000:.0f} ms"
    yield Figure(f"an entry is written and the last of {CLIENTS} browsers has heard of it", median(heard), note=note)
    note = f"the slowest: {max(fetched) * 1000:.0f} ms; {sizes / 1024:.0f} KiB each, compressed"
    yield Figure(f"... and the last of {CLIENTS} has the new picture", median(fetched), note=note)
    for watchers in WATCHERS:
        load = _with_server(partial(_loaded, watchers))
        written = len(load.took)
        note = f"{written / LOAD_S:.0f} writes a second; of {written:,} entries, heard by each, {load.missed} were missed"
        name = f"a write while {watchers:,} watch and {WRITERS} write for {LOAD_S:.0f} s, median"
        yield Figure(name, median(load.took), note=note)
        note = f"the last was heard {load.behind_s:.1f} s after it was written"
        yield Figure("... the slowest of a hundred (p99)", quantiles(load.took, n=100)[-1], note=note)


def _with_server(measure: Callable[[int], Coroutine[None, None, T]]) -> T:
    """What a measurement finds on the port of a server of its own."""
    open_files()
    with tempfile.TemporaryDirectory() as folder, bound_socket(LOCAL, 0) as listener:
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(Path(folder), listener))
        process.start()
        try:
            return asyncio.run(measure(listener.getsockname()[1]))
        finally:
            process.terminate()
            process.join()


def _serve(folder: Path, listener: socket.socket) -> None:
    app = create_app(record=ServedRecord(demo_record(folder)), limits=limits_of(open_files()))
    server_of(app).run(sockets=[listener])


@dataclass(frozen=True)
class _Load:
    """What came of it.

    Attributes:
        took: Seconds of each write.
        missed: Entries that some watcher did not hear of, or heard of out of order.
        behind_s: From the last write's answer to the last watcher's hearing of it.
    """

    took: list[float]
    missed: int
    behind_s: float


async def _loaded(watchers: int, port: int) -> _Load:
    loop = asyncio.get_running_loop()
    seq = json.loads(await _asked(port, "GET", f"/api/operations/{OPERATION}"))["seq"]
    watching = []
    for number in range(watchers):
        _, watcher = await loop.create_connection(partial(_Watcher, seq, fully=number % _FULLY_READ == 0), "127.0.0.1", port)
        watching.append(watcher)
    await asyncio.gather(*(watcher.is_open for watcher in watching))
    ends = loop.time() + LOAD_S
    took = [
        seconds
        for part in await asyncio.gather(*(_writes(port, number, ends) for number in range(WRITERS)))
        for seconds in part
    ]
    done = loop.time()
    while any(watcher.heard < len(took) for watcher in watching) and loop.time() < done + LOAD_S:  # noqa: ASYNC110 - few looks
        await asyncio.sleep(0.05)
    behind = loop.time() - done
    missed = sum(abs(len(took) - watcher.heard) + watcher.gaps for watcher in watching)
    for watcher in watching:
        watcher.close()
    return _Load(took, missed, behind)


async def _writes(port: int, writer: int, ends: float) -> list[float]:
    """One writer, who enters one entry after the other: how long each took."""
    reader, sender = await asyncio.open_connection("127.0.0.1", port)
    took: list[float] = []
    while asyncio.get_running_loop().time() < ends:
        name = f"w{writer}-{len(took)}"
        entry = {"id": name, "kind": "remark", "body": {"text": "load"}, "happened": _MOMENT, "known": _MOMENT}
        started = time.perf_counter()
        sender.write(_request("POST", f"/api/operations/{OPERATION}/entries", json.dumps(entry).encode()))
        answer = await _body(reader)
        took.append(time.perf_counter() - started)
        if json.loads(answer)["fact"]["id"] != name:
            raise AssertionError(answer)
    sender.close()
    return took


class _Watcher(asyncio.Protocol):
    """One browser that listens to the stream."""

    def __init__(self, seq: int, *, fully: bool) -> None:
        self.is_open = asyncio.get_running_loop().create_future()
        self.heard = self.gaps = 0
        self._last, self._fully, self._rest = seq, fully, b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        path = f"/api/operations/{OPERATION}/stream?after={self._last}"
        transport.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if not self.is_open.done():
            self.is_open.set_result(None)
        data = self._rest + data
        end = data.rfind(b"\n\n") + 1
        self._rest = data[end:]
        if self._fully:
            for found in re.findall(rb"\nid: (\d+)\n", data[:end]):
                self.gaps += int(found) != self._last + 1
                self._last = int(found)
                self.heard += 1
        else:
            self.heard += data.count(b"event: entry", 0, end)

    def close(self) -> None:
        self._transport.close()


async def _measured(port: int) -> tuple[list[float], list[float], int]:
    seq = json.loads(await _asked(port, "GET", f"/api/operations/{OPERATION}"))["seq"]
    clients = [_Client(port, seq) for _ in range(CLIENTS)]
    await asyncio.gather(*(client.open() for client in clients))
    heard, fetched, size = [], [], 0
    for number in range(ROUNDS):
        entry = {"id": f"live-{number}", "kind": "remark", "body": {"text": "live"}, "happened": _MOMENT, "known": _MOMENT}
        started = time.perf_counter()
        times = asyncio.gather(*(client.round() for client in clients))
        await _asked(port, "POST", f"/api/operations/{OPERATION}/entries", json.dumps(entry).encode())
        done = await times
        heard.append(max(at for at, _, _ in done) - started)
        fetched.append(max(at for _, at, _ in done) - started)
        size = done[0][2]
    for client in clients:
        client.close()
    return heard, fetched, size


class _Client:
    """One browser: a stream that stays open, and a connection that is kept for questions."""

    def __init__(self, port: int, seq: int) -> None:
        self._port = port
        self._seq = seq

    async def open(self) -> None:
        self._stream, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(
            f"GET /api/operations/{OPERATION}/stream?after={self._seq} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        await self._stream.readuntil(b": open")
        self._asks, self._asking = await asyncio.open_connection("127.0.0.1", self._port)

    async def round(self) -> tuple[float, float, int]:
        """When the next event came, when the picture after it was whole, and its size."""
        await self._stream.readuntil(b"event: entry")
        heard = time.perf_counter()
        self._asking.write(f"GET {_PICTURE} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        body = await _body(self._asks)
        return heard, time.perf_counter(), len(body)

    def close(self) -> None:
        self._writer.close()
        self._asking.close()


async def _asked(port: int, method: str, path: str, body: bytes = b"") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_request(method, path, body))
    answer = await _body(reader)
    writer.close()
    return answer


def _request(method: str, path: str, body: bytes) -> bytes:
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    return await reader.readexactly(length)
