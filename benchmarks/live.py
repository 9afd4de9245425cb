"""From an entry's writing to the last of 500 browsers, each of which hears of it by the live stream and fetches the picture.

The browsers are simulated: plain sockets on loopback that read server-sent events and ask for the picture as the page does.
Server and browsers share the machine's cores. There is no peer; the aim is a second.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import uvicorn

from benchmarks.measure import Figure
from clearway.demo.prepare import OPERATION, demo_record
from clearway.server.app import create_app
from clearway.server.operations import ServedRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 500
ROUNDS = 15
_MOMENT = "2022-02-21T09:00:00Z"
_PICTURE = f"/api/operations/{OPERATION}/picture?at={_MOMENT}&known_at={_MOMENT}&bands=false"


def figures() -> Iterator[Figure]:
    """Measure hearing of an entry, and having the new picture."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(Path(folder), listener))
        process.start()
        try:
            heard, fetched, sizes = asyncio.run(_measured(listener.getsockname()[1]))
        finally:
            process.terminate()
            process.join()
    note = f"the slowest of {ROUNDS} entries: {max(heard) * 1000:.0f} ms"
    yield Figure(f"an entry is written and the last of {CLIENTS} browsers has heard of it", median(heard), note=note)
    note = f"the slowest: {max(fetched) * 1000:.0f} ms; {sizes / 1024:.0f} KiB each, compressed"
    yield Figure(f"... and the last of {CLIENTS} has the new picture", median(fetched), note=note)


def _serve(folder: Path, listener: socket.socket) -> None:
    app = create_app(record=ServedRecord(demo_record(folder)))
    uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False)).run(sockets=[listener])


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
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await _body(reader)
    writer.close()
    return answer


async def _body(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    return await reader.readexactly(length)
