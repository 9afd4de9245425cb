"""The live stream: whoever follows hears of every entry once, in order, whoever wrote it; who comes back misses none."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.entry import RELEASES
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.rows import Head
from clearway.server.feed import Feed
from clearway.server.operations import ServedRecord
from patience import LAST_RESORT_S
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.record.entry import Release
    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

NOW = moment_of("2022-02-18T08:00Z")


def remark(entry_id: str) -> Any:  # noqa: ANN401 - a draft
    said = {
        "id": entry_id,
        "kind": "remark",
        "body": {"text": entry_id},
        "happened": "2022-02-18",
        "known": "2022-02-18T08:00Z",
    }
    return draft_of(said, calendar(), now=NOW)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "room.record")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_record(address)
    opened.append("square", [remark("a"), remark("b")])
    yield opened
    opened.close()


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with serving(town, record=ServedRecord(store)) as opened:
        yield opened


def heard(
    client: httpx.Client,
    count: int,
    into: list[str],
    *,
    after: int = 0,
    headers: dict[str, str] | None = None,
    connected: threading.Barrier | None = None,
) -> None:
    """Follow until so many entries were heard; their ids as they came."""
    path = f"/api/operations/square/stream?after={after}"
    with client.stream("GET", path, headers=headers or {}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        if connected:
            connected.wait()
        for line in stream.iter_lines():
            if line.startswith("data: "):
                into.append(json.loads(line[6:])["id"])
            if len(into) == count:
                return


def test_who_comes_back_hears_what_was_missed(client: httpx.Client) -> None:
    first: list[str] = []
    heard(client, 2, first)
    assert first == ["a", "b"]
    rest: list[str] = []
    heard(client, 1, rest, headers={"Last-Event-ID": "1"})
    assert rest == ["b"]


@pytest.mark.slow
def test_each_entry_comes_with_the_hash_of_the_record_up_to_it(client: httpx.Client, address: str) -> None:
    with client.stream("GET", "/api/operations/square/stream?after=1") as stream:
        told = next(json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
    with closing(open_record(address)) as store:
        head = store.head()
        assert (told["seq"], told["hash"], moment_of(told["written"])) == (head.seq, head.hash, store.entry("b").written)
        assert store.verify(expected=Head(told["seq"], told["hash"])) == []


def test_what_another_process_writes_is_heard(client: httpx.Client, address: str) -> None:
    into: list[str] = []
    connected = threading.Barrier(2, timeout=LAST_RESORT_S)
    thread = threading.Thread(target=heard, args=(client, 3, into), kwargs={"after": 2, "connected": connected})
    thread.start()
    connected.wait()
    other = open_record(address)
    other.append("square", [remark("c")])
    other.append("elsewhere", [remark("not ours".replace(" ", "-"))])
    other.append("square", [remark("d"), remark("e")])
    other.close()
    thread.join(timeout=LAST_RESORT_S)
    assert into == ["c", "d", "e"]


@pytest.mark.slow
def test_followers_by_the_dozen_hear_every_entry_of_writers_at_the_same_time(client: httpx.Client) -> None:
    lists: list[list[str]] = [[] for _ in range(12)]
    connected = threading.Barrier(13, timeout=LAST_RESORT_S)
    following = {"after": 2, "connected": connected}
    threads = [threading.Thread(target=heard, args=(client, 20, one), kwargs=following) for one in lists]
    for thread in threads:
        thread.start()
    connected.wait()

    def write(writer: int) -> None:
        for number in range(5):
            entry = {"id": f"w{writer}-{number}", "kind": "remark", "body": {"text": "x"}, "happened": "2022-02-18"}
            assert client.post("/api/operations/square/entries", json=entry).status_code == 201

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in [*writers]:
        thread.start()
    for thread in [*writers, *threads]:
        thread.join(timeout=LAST_RESORT_S)
    assert len(set(lists[0])) == 20
    assert all(one == lists[0] for one in lists)


@pytest.mark.slow
def test_who_starts_from_the_beginning_of_a_long_record_hears_every_entry_once(town: ServedNetwork, tmp_path: Path) -> None:
    """Longer than what is in memory, its pages full and begun, another operation between, and written to meanwhile."""
    with closing(open_record(str(tmp_path / "long.record"))) as store:
        for part in range(7):
            store.append("square", [remark(f"s{part}-{number}") for number in range(600)])
            store.append("elsewhere", [remark(f"e{part}-{number}") for number in range(150)])
        ids = [entry.id for entry in store.entries("square")]
        with serving(town, record=ServedRecord(store)) as client:
            assert len(ids) == 4200
            for after in (0, 1, 999, 1000, 1001, 2500, 3249, 3250, 3251, 4000, 5249):
                expected = [entry.id for entry in store.entries("square", after=after)]
                into: list[str] = []
                heard(client, len(expected), into, after=after)
                assert into == expected, after
            into = []
            connected = threading.Barrier(2, timeout=LAST_RESORT_S)
            thread = threading.Thread(target=heard, args=(client, 4205, into), kwargs={"connected": connected})
            thread.start()
            connected.wait()
            store.append("square", [remark(f"late-{number}") for number in range(5)])
            thread.join(timeout=LAST_RESORT_S)
            assert into == [*ids, *(f"late-{number}" for number in range(5))]


@pytest.mark.slow
def test_more_than_is_remembered_written_at_once_reaches_who_follows(town: ServedNetwork, tmp_path: Path) -> None:
    with closing(open_record(str(tmp_path / "long.record"))) as store:
        store.append("square", [remark("first")])
        with serving(town, record=ServedRecord(store)) as client:
            into: list[str] = []
            connected = threading.Barrier(2, timeout=LAST_RESORT_S)
            thread = threading.Thread(target=heard, args=(client, 5001, into), kwargs={"connected": connected})
            thread.start()
            connected.wait()
            store.append("square", [remark(f"r{number}") for number in range(5000)])
            thread.join(timeout=LAST_RESORT_S)
            assert into == ["first", *(f"r{number}" for number in range(5000))]


def test_a_number_beyond_the_record_is_waited_for(client: httpx.Client, store: Store) -> None:
    into: list[str] = []
    connected = threading.Barrier(2, timeout=LAST_RESORT_S)
    thread = threading.Thread(target=heard, args=(client, 1, into), kwargs={"after": 3, "connected": connected})
    thread.start()
    connected.wait()
    store.append("square", [remark("c")])
    store.append("square", [remark("d")])
    thread.join(timeout=LAST_RESORT_S)
    assert into == ["d"]


@pytest.mark.parametrize("releases", [frozenset({"public"}), RELEASES])
def test_news_is_put_into_words_once_and_never_for_those_who_may_not_see_it(store: Store, releases: frozenset[Release]) -> None:
    """Followers of other levels share the memory of what was said, and not what was said."""

    async def followed() -> tuple[list[bytes], list[bytes]]:
        feed = Feed(store)
        running = asyncio.create_task(feed.run())
        found = []
        for asked in (RELEASES, releases):
            events = feed.follow("square", 0, asked)
            await anext(events)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    found.append(await anext(events))
        running.cancel()
        return found[:1], found[1:]

    everything, some = asyncio.run(followed())
    assert len(everything) == 1
    assert bool(some) == (releases == RELEASES)
    if some:
        assert some[0] is everything[0]
