"""Clients that are slow, silent, greedy or gone: each is cut or refused in a sentence, and everybody else is answered.

Raw sockets against a server with small limits, and against a real process that may open 256 files.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Self

import httpx
import pytest

from clearway.network.store import save_network
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.app import create_app
from clearway.server.limits import Limits, limits_of, open_files
from clearway.server.operations import ServedRecord
from patience import LAST_RESORT_S, until
from serving import drawn_town, live_record, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clearway.record.entry import Draft
    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

pytestmark = pytest.mark.slow

FEW = Limits(connections=12, streams=8, streams_of_one=3, head_s=0.6, body_s=1.2, stalled_s=0.6)
HEAD = b"Host: 127.0.0.1\r\n"
ASK = b"GET /api/health HTTP/1.1\r\n" + HEAD + b"\r\n"
STREAM = b"GET /api/operations/square/stream HTTP/1.1\r\n" + HEAD
ENTRY = (
    b"POST /api/operations/square/entries HTTP/1.1\r\n"
    + HEAD
    + b"Content-Type: application/json\r\nContent-Length: 200\r\n\r\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(live_record(tmp_path / "room.record")) as opened:
        yield opened


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with running(create_app([town], ServedRecord(store), limits=FEW)) as opened:
        yield opened


class Lines:
    """Raw connections to a server."""

    def __init__(self, address: str) -> None:
        host, port = re.findall(r"//([\d.]+):(\d+)", address)[0]
        self._address = host, int(port)
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def line(self, sent: bytes = b"") -> socket.socket:
        """One more, on which something was sent."""
        opened = self._open.enter_context(socket.create_connection(self._address, timeout=LAST_RESORT_S))
        opened.sendall(sent)
        return opened

    def lines(self, count: int, sent: bytes = b"") -> list[socket.socket]:
        """Many more."""
        return [self.line(sent) for _ in range(count)]


def ended(line: socket.socket) -> bool:
    """Whether the server has ended a connection; what it said before is passed over."""
    try:
        while select.select([line], [], [], 0)[0]:
            if not line.recv(65_536):
                return True
    except ConnectionError:
        return True
    return False


def said(line: socket.socket) -> tuple[int, dict[str, str], str]:
    """What the server answers: status, headers, and the sentence."""
    data = b""
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65_536):
            data += part
            head, _, body = data.partition(b"\r\n\r\n")
            if body:
                break
    first, *rest = head.decode().lower().split("\r\n")
    headers = dict(one.split(": ", 1) for one in rest)
    return int(first.split()[1]), headers, json.loads(body)["error"]["message"] if first.split()[1] >= "400" else body.decode()


def healthy(address: object) -> bool:
    """Whether a client that comes now is answered."""
    return httpx.get(f"{address}/api/health".replace("//api", "/api"), timeout=20).status_code == 200


def trickle(lines: list[socket.socket], ends: threading.Event) -> threading.Thread:
    """Send a byte on each connection now and then, for as long as somebody listens."""

    def work() -> None:
        while not ends.wait(0.1):
            for line in lines:
                with contextlib.suppress(OSError):
                    line.send(b"x")

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET /api/health HTTP/1.1\r\nx-slow: ", ASK[:-2], ASK + b"GET /", ENTRY, ENTRY + b'{"kind": ', b"\x16\x03\x01\x00"],
    ids=["silent", "slow head", "no end", "slow second head", "no body", "slow body", "not http"],
)
def test_who_keeps_the_server_waiting_is_cut(client: httpx.Client, store: Store, sent: bytes) -> None:
    before = store.head().seq
    ends = threading.Event()
    with Lines(str(client.base_url)) as at:
        lines = at.lines(3, sent)
        thread = trickle(lines[:2], ends) if sent else None  # two go on slowly, one is silent
        until(lambda: all(map(ended, lines)))
        ends.set()
        if thread:
            thread.join()
    assert store.head().seq == before
    assert healthy(client.base_url)


def test_half_a_connection_is_no_connection(client: httpx.Client) -> None:
    with Lines(str(client.base_url)) as at:
        lines = [at.line(), at.line(ASK[:20]), at.line(ENTRY), at.line(STREAM + b"\r\n")]
        for line in lines:
            line.shutdown(socket.SHUT_WR)
        until(lambda: all(map(ended, lines)))
    assert healthy(client.base_url)


def test_who_comes_when_all_is_taken_gets_the_place_of_who_waits_longest(client: httpx.Client) -> None:
    with Lines(str(client.base_url)) as at:
        idle = at.lines(FEW.connections * 4)
        for _ in range(5):
            assert healthy(client.base_url)
        until(lambda: all(map(ended, idle)))


def test_live_streams_are_bounded_by_address_and_in_all(client: httpx.Client) -> None:
    def follow(at: Lines, who: int) -> tuple[socket.socket, int]:
        line = at.line(STREAM + b"X-Forwarded-For: 192.0.2.%d\r\n\r\n" % who)
        return line, int(line.recv(13)[9:12])

    with Lines(str(client.base_url)) as at:
        first = [follow(at, 1) for _ in range(FEW.streams_of_one)]
        assert [status for _, status in first] == [200] * 3
        status, headers, sentence = said(at.line(STREAM + b"X-Forwarded-For: 192.0.2.1\r\n\r\n"))
        assert (status, headers["retry-after"].isdigit()) == (429, True)
        assert sentence.startswith("Your address has 3 live streams open.")
        others = [follow(at, who) for who in (2, 2, 3, 3, 4)]
        assert [status for _, status in others] == [200] * 5
        status, headers, sentence = said(at.line(STREAM + b"X-Forwarded-For: 192.0.2.5\r\n\r\n"))
        assert (status, headers["retry-after"].isdigit()) == (503, True)
        assert sentence.startswith("All 8 live streams are in use.")
        assert healthy(client.base_url)
        first[0][0].close()
        until(lambda: follow(at, 1)[1] == 200)  # a seat that is left is free again
        assert client.head("/api/operations/square/stream").status_code in {200, 503}


def test_programs_on_the_servers_own_machine_share_all_streams(client: httpx.Client) -> None:
    with Lines(str(client.base_url)) as at:
        for line in at.lines(FEW.streams, STREAM + b"\r\n"):
            assert said(line)[0] == 200
        assert said(at.line(STREAM + b"\r\n"))[0] == 503


def remark(number: int) -> Draft:
    said = {"id": f"r{number}", "kind": "remark", "body": {"text": "x"}, "happened": "2022-02-18", "known": "2022-02-18T08:00Z"}
    return draft_of(said, calendar(), now=moment_of("2022-02-18T08:00Z"))


@pytest.mark.slow
def test_who_reads_from_the_beginning_and_takes_nothing_is_cut_and_others_hear_everything(
    town: ServedNetwork, tmp_path: Path
) -> None:
    entries = 5_000  # more than is held of a stream that nobody takes
    with closing(open_record(str(tmp_path / "long.record"))) as store:
        store.append("square", [remark(number) for number in range(entries)])
        app = create_app([town], ServedRecord(store), limits=FEW)
        with running(app, held_bytes=65_536) as client, Lines(str(client.base_url)) as at:
            lazy = at.lines(5, STREAM + b"\r\n")
            for line in lazy:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            assert healthy(client.base_url)
            heard = []
            with client.stream("GET", "/api/operations/square/stream") as stream:
                for line_of in stream.iter_lines():
                    if line_of.startswith("id: "):
                        heard.append(int(line_of[4:]))
                    if len(heard) == entries:
                        break
            assert heard == list(range(1, entries + 1))
            until(lambda: len(client.get("/api/health").content) and cut_off(lazy))


def cut_off(lines: list[socket.socket]) -> bool:
    """Whether the server has given connections up whose clients never read."""
    for line in lines:
        try:
            line.send(b"x")
        except OSError:
            continue
        return False
    return True


# -- a real process that may open 256 files


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``clearway serve`` in a shell that lets it open 256 files, and its address."""
    save_network(drawn_town(), folder / "town.clearway")
    live_record(folder / "room.record").close()
    command = 'ulimit -n 256 && exec "$0" -m clearway serve town.clearway --no-browser --record room.record'
    process = subprocess.Popen(  # noqa: S603 - our own program
        ["/bin/sh", "-c", command, sys.executable],
        cwd=folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://[\d.]+:\d+", line):
                yield process, found[0]
                break
        else:
            pytest.fail("The server did not start.")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.slow
def test_with_256_files_everybody_is_answered_while_hundreds_misbehave(tmp_path: Path) -> None:
    begun: list[tuple[str, Callable[[Lines], list[socket.socket]]]] = [
        ("silent", lambda at: at.lines(300)),
        ("slow heads", lambda at: at.lines(300, b"GET /api/health HTTP/1.1\r\n")),
        ("slow bodies", lambda at: at.lines(300, ENTRY + b"{")),
        ("streams from 0", lambda at: at.lines(200, STREAM + b"\r\n")),
        ("silent beside them", lambda at: at.lines(200)),
    ]
    with served(tmp_path) as (process, address), Lines(address) as at, httpx.Client(base_url=address, timeout=20) as page:
        for number, (name, begin) in enumerate(begun):
            begin(at)
            for _ in range(3):
                assert healthy(address), name
            entry = {"id": f"kept-{number}", "kind": "remark", "body": {"text": name}, "happened": "day 10"}
            assert page.post("/api/operations/square/entries", json=entry).status_code == 201, name
        found = page.get("/api/operations/square/entries", params={"kind": "remark"}).json()
        assert {f"kept-{number}" for number in range(len(begun))} <= {fact["id"] for fact in found}
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=LAST_RESORT_S)[0].strip() == "Clearway has ended."


def test_as_many_files_are_asked_for_as_the_system_gives() -> None:
    code = "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (100, 300))\n"
    code += "from clearway.server.limits import open_files; print(open_files(), r.getrlimit(r.RLIMIT_NOFILE))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == "300 (300, 300)"
    assert open_files() >= 256


def test_the_limits_leave_files_for_other_work() -> None:
    for files in (64, 256, 1024, 8192, 1_000_000):
        limits = limits_of(files)
        assert 0 < limits.streams_of_one <= limits.streams < limits.connections <= files // 2
