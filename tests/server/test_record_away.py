"""The record is gone, or does not answer, while the server runs: it says so, pretends nothing, and goes on by itself."""

from __future__ import annotations

import json
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest
from psycopg import conninfo

from clearway.record.open import open_record
from clearway.record.postgres import PostgresDatabase
from clearway.record.store import Store
from clearway.server.operations import ServedRecord
from patience import LAST_RESORT_S, until
from record_drafts import draft
from relay import Relay
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.server.networks import ServedNetwork

pytestmark = pytest.mark.slow

ENTRIES = "/api/operations/square/entries"
SCHEMA = "away"


def remark(entry_id: str) -> dict[str, Any]:
    return {"id": entry_id, "kind": "remark", "body": {"text": entry_id}, "happened": "2022-02-18"}


def refused(answer: httpx.Response) -> str:
    """The sentence of a refusal."""
    assert answer.status_code == 503, answer.text
    return str(answer.json()["error"]["message"])


class Follower:
    """Follows the live stream: ids of entries, and what was said of the record, as they come."""

    def __init__(self, client: httpx.Client) -> None:
        self.heard: list[str | None] = []
        self.silences = -1  # the first comment greets
        self._client = client
        self._connected = threading.Event()
        threading.Thread(target=self._follow, daemon=True).start()
        assert self._connected.wait(LAST_RESORT_S)

    def _follow(self) -> None:
        path = "/api/operations/square/stream?after=1"
        with (
            suppress(httpx.HTTPError, httpx.StreamError),
            self._client.stream("GET", path) as stream,
        ):  # it ends with the server
            self._connected.set()
            for line in stream.iter_lines():
                self.silences += line.startswith(":")
                if line.startswith("data: "):
                    said = json.loads(line[6:])
                    self.heard.append(said["id"] if "id" in said else said["problem"])

    def until(self, count: int) -> list[str | None]:
        until(lambda: len(self.heard) >= count)
        return self.heard


@contextmanager
def served(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with serving(town, record=ServedRecord(store)) as client:
        opened = {"id": "square", "title": "A square is taken", "zone": "Pacific/Auckland"}
        if client.get("/api/health").status_code == 200:
            assert client.post("/api/operations", json=opened).status_code == 201
        yield client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "room" / "room.record"


@pytest.fixture
def on_file(town: ServedNetwork, path: Path) -> Iterator[httpx.Client]:
    path.parent.mkdir()
    with closing(open_record(str(path))) as store, served(town, store) as client:
        yield client


def test_a_file_that_is_moved_away_is_said_at_once_and_nothing_is_called_saved(on_file: httpx.Client, path: Path) -> None:
    follower = Follower(on_file)
    path.rename(path.with_name("away"))
    sentence = refused(on_file.post(ENTRIES, json=remark("a")))
    assert f"The record {path} was deleted or moved" in sentence
    for where in (ENTRIES, "/api/operations/square/picture", "/api/operations", "/api/health"):
        assert refused(on_file.get(where)) == sentence
    assert follower.until(1) == [sentence]
    assert follower.silences == 0
    path.with_name("away").rename(path)
    assert on_file.post(ENTRIES, json=remark("a")).status_code == 201
    assert follower.until(3) == [sentence, None, "a"]
    assert on_file.get("/api/health").json()["record"] == "open"


def test_a_file_that_is_replaced_stays_refused_until_the_server_is_started_again(
    on_file: httpx.Client, path: Path, tmp_path: Path
) -> None:
    with closing(open_record(str(tmp_path / "other.record"))):
        pass
    (tmp_path / "other.record").replace(path)
    for _ in range(2):
        assert "end the program, put a copy in its place, and start again" in refused(on_file.post(ENTRIES, json=remark("a")))


def test_a_server_without_a_record_is_in_good_health(town: ServedNetwork) -> None:
    with serving(town) as client:
        assert client.get("/api/health").json() | {"version": ""} == {
            "version": "",
            "networks": 1,
            "record": "none",
            "notices": [],
        }


@pytest.fixture
def address(postgres: str) -> Iterator[str]:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {SCHEMA}".encode())
    yield f"{postgres}?options=-csearch_path%3D{SCHEMA}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE".encode())


@pytest.fixture
def relay(address: str) -> Iterator[Relay]:
    with closing(Relay(int(str(conninfo.conninfo_to_dict(address).get("port", 5432))))) as wire:
        yield wire


@pytest.fixture
def store(address: str, relay: Relay) -> Iterator[Store]:
    by_wire = conninfo.make_conninfo(address, host="127.0.0.1", port=relay.port, application_name="away")
    with closing(Store(PostgresDatabase(by_wire, patience_s=1.0), at_once=False)) as opened:
        yield opened


def test_connections_that_the_database_ended_are_made_anew_and_the_stream_goes_on(
    town: ServedNetwork, store: Store, address: str
) -> None:
    with served(town, store) as client:
        follower = Follower(client)
        for number in range(3):
            with psycopg.connect(address, autocommit=True) as connection:
                ended = connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'away'"
                )
                assert ended.fetchall()
            answer = client.post(ENTRIES, json=remark(f"n{number}"))
            if answer.status_code == 503:  # it was ended in the middle of this one
                answer = client.post(ENTRIES, json=remark(f"n{number}"))
            assert answer.status_code == 201
            assert client.get("/api/health").status_code == 200
        until(lambda: [said for said in follower.heard if said and said.startswith("n")] == ["n0", "n1", "n2"])


def test_a_database_that_is_away_is_said_and_the_stream_goes_on_from_its_last_number(
    town: ServedNetwork, store: Store, relay: Relay, address: str
) -> None:
    with served(town, store) as client:
        follower = Follower(client)
        assert client.post(ENTRIES, json=remark("a")).status_code == 201
        follower.until(1)
        relay.cut()
        assert "does not answer" in refused(client.post(ENTRIES, json=remark("b")))
        assert "does not answer" in refused(client.get("/api/health"))
        follower.until(2)
        with closing(open_record(address)) as other:
            other.append("square", [draft("c")])
        relay.mend()
        assert "c" in follower.until(4)
        assert client.post(ENTRIES, json=remark("b")).status_code == 201
        heard = follower.until(5)
        assert heard[0] == "a"
        assert heard[-3:] == [None, "c", "b"]


def test_health_answers_while_the_database_hangs(town: ServedNetwork, store: Store, relay: Relay) -> None:
    with served(town, store) as client:
        follower = Follower(client)
        relay.deaden()
        waiting = threading.Thread(target=client.post, args=(ENTRIES,), kwargs={"json": remark("a")})
        waiting.start()
        said = refused(client.get("/api/health"))
        assert waiting.is_alive()  # health does not wait for the database as that does
        assert "does not answer" in said
        first = str(follower.until(1)[0])  # in the words of whichever notices first: the feed, or the connection that it uses
        assert "Check that its database or disk can be reached" in first or "no answer for" in first
        relay.mend()
        waiting.join()
        until(lambda: client.get("/api/health").status_code == 200)
        assert client.post(ENTRIES, json=remark("a")).status_code == 201
        until(lambda: follower.heard[-1] == "a")


def test_a_server_that_starts_before_its_database_goes_on_once_that_is_there(
    town: ServedNetwork, store: Store, relay: Relay
) -> None:
    relay.cut()
    with served(town, store) as client:
        assert "does not answer" in refused(client.get("/api/health"))
        assert client.get("/api/networks").status_code == 200
        relay.mend()
        until(lambda: client.get("/api/health").status_code == 200)
        assert client.post("/api/operations", json={"id": "square", "title": "A square"}).status_code == 201
        follower = Follower(client)
        assert client.post(ENTRIES, json=remark("a")).status_code == 201
        assert follower.until(1) == ["a"]
