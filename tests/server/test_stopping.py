"""A request that the server's end cuts short gets a sentence, not a broken answer."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx

from clearway.server.app import create_app
from patience import LAST_RESORT_S
from serving import running

if TYPE_CHECKING:
    import pytest


def test_who_waits_for_long_work_when_the_server_ends_is_told_so(capfd: pytest.CaptureFixture[str]) -> None:
    app, asked = create_app([]), threading.Event()

    @app.get("/api/long")
    async def _long() -> None:
        asked.set()
        await asyncio.Event().wait()

    with ThreadPoolExecutor(1) as pool:
        with running(app) as client:
            waiting = pool.submit(httpx.get, client.base_url.join("/api/long"), timeout=LAST_RESORT_S)
            assert asked.wait(LAST_RESORT_S)
        answer = waiting.result()
    assert answer.status_code == 503
    assert answer.json()["error"] == {"kind": "Unavailable", "message": "The server is stopping. Ask again when it is back."}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in capfd.readouterr().err
