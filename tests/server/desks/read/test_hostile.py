"""Whatever a report holds, the server answers others meanwhile: a real server process, and files that are made to stop it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

import pytest

from intake.hostile import pages
from patience import until
from room_process import room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

REPORTS = "/api/operations/square/reports"
TOLD = b"Police said there were about 450 vehicles on Third Street."
SECONDS = 2
ASKED_EVERY_S = 0.05
LONGEST_WAIT_S = 5
"""Alone on a machine the answer takes milliseconds; this allows for the tests beside it."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with room(tmp_path_factory.mktemp("room"), seconds=SECONDS) as opened:
        yield opened


class Health:
    """Asks whether the server is up, all the while."""

    def __init__(self, client: httpx.Client) -> None:
        self.waits: list[float] = []
        self._client = client
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.is_set():
            begin = time.monotonic()
            self._client.get("/api/health").raise_for_status()
            self.waits.append(time.monotonic() - begin)
            time.sleep(ASKED_EVERY_S)


def posted(client: httpx.Client, name: str, data: bytes) -> httpx.Response:
    return client.post(REPORTS, params={"name": name}, content=data, headers={"content-type": "application/octet-stream"})


# One of each form for each way to stop its reader: depth, number, length, entities, unfolding.
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *("nested.html", "attributes.html", "entities.html", "unclosed.html"),
        *("nested.eml", "headers.eml", "parts.eml", "words.eml"),
        *("laughs.xml", "file.xml", "items.xml", "content.atom"),
        *("deep.json", "one-token.txt", "capital.txt", "counts.txt", "streets.txt", "nul.txt"),
        *("bomb.pdf", "bomb.zip", "bomb.gz"),
    ],
)
def test_a_hostile_file_is_read_or_refused_in_a_sentence_while_others_are_answered(client: httpx.Client, name: str) -> None:
    with Health(client) as health:
        answer = posted(client, name, pages()[name])
        if answer.status_code == 201:
            read = client.get(f"{REPORTS}/{answer.json()[0]['id']}")
            assert read.status_code == 200, read.text
    assert max(health.waits) < LONGEST_WAIT_S
    if answer.status_code != 201:
        assert answer.status_code == 400
        message = answer.json()["error"]["message"]
        assert message.startswith(name)
        assert "\n" not in message
        assert message.endswith(".")


@pytest.mark.slow
def test_many_hostile_files_at_once_keep_nobody_else_waiting(tmp_path: Path) -> None:
    """More of them than the server has threads for requests; an ordinary report waits for its turn and is read."""
    attributes = pages()["attributes.html"]
    with ThreadPoolExecutor(50) as crowd:
        with room(tmp_path, seconds=SECONDS, ends="at once") as client, Health(client) as health:
            answers = [crowd.submit(posted, client, "first.html", attributes)]
            until(lambda: len(health.waits) > 5)
            told = crowd.submit(posted, client, "told.txt", TOLD)
            until(lambda: len(health.waits) > 10)
            answers += [crowd.submit(posted, client, f"{number}.html", attributes) for number in range(48)]
            until(lambda: len(health.waits) > 20)
            assert client.get(REPORTS).status_code == 200
            assert told.result().status_code == 201
            assert sum(answer.done() for answer in answers) < len(answers) // 2
        assert max(health.waits) < LONGEST_WAIT_S
