"""Headers of every answer, and compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.server.guard import HEADERS

if TYPE_CHECKING:
    import httpx


@pytest.mark.parametrize("path", ["/", "/api/networks", "/api/nothing", "/api/networks/drawn-town/tiles/14/16145/10259.mvt"])
def test_every_answer_carries_the_protective_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_nothing_may_come_from_another_host() -> None:
    policy = HEADERS["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "worker-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src" not in policy


def test_large_answers_are_compressed_and_small_ones_are_not(client: httpx.Client) -> None:
    assert client.get("/api/networks/drawn-town").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/api/health").headers
