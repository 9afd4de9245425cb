"""Pages of another website in a real browser: on another port of the same machine they write nothing and hear nothing."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ENTRY = '{"kind": "remark", "body": {"text": "from elsewhere"}, "happened": "day 10"}'
TRIES = {
    "a form, as text": """
        const form = document.createElement("form");
        form.method = "POST"; form.enctype = "text/plain"; form.action = room + "/entries"; form.target = "frame";
        const field = document.createElement("input");
        field.name = entry.slice(0, -1) + ', "x": "'; field.value = '"}';
        form.append(field);
        document.body.append(form); form.submit(); await pause();""",
    "a form with a file": """
        const form = document.createElement("form");
        form.method = "POST"; form.enctype = "multipart/form-data"; form.target = "frame";
        form.action = room + "/reports?name=r.txt";
        document.body.append(form); form.submit(); await pause();""",
    "fetch as text": """await fetch(room + "/entries", {method: "POST", mode: "no-cors", body: entry});""",
    "fetch without a type": """
        await fetch(room + "/reports?name=r.txt", {method: "POST", mode: "no-cors", body: new Uint8Array([65, 66, 67])});""",
    "fetch as json": """
        await fetch(room + "/entries", {method: "POST", headers: {"content-type": "application/json"}, body: entry});""",
    "a report as octets": """
        await fetch(room + "/reports?name=r.txt", {
            method: "POST", headers: {"content-type": "application/octet-stream"}, body: "About 30 people were there."});""",
    "a beacon": """navigator.sendBeacon(room + "/entries", entry); await pause();""",
    "a beacon with a file": """navigator.sendBeacon(room + "/reports?name=r.txt", new Blob(["Seen"])); await pause();""",
    "a beacon as json": """
        navigator.sendBeacon(room + "/entries", new Blob([entry], {type: "application/json"})); await pause();""",
    "a sandboxed frame": """
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-scripts allow-forms";
        const sent = `{method: "POST", mode: "no-cors", body: ${JSON.stringify(entry)}}`;
        frame.srcdoc = `<script>fetch("${room}/entries", ${sent})</script>`;
        document.body.append(frame); await pause();""",
    "reading": """heard = await (await fetch(room + "/entries")).text();""",
    "the live stream": """
        heard = await new Promise((done, failed) => {
            const stream = new EventSource(room + "/stream?after=0");
            stream.onmessage = stream.onopen = () => done("open");
            stream.addEventListener("entry", () => done("entry"));
            stream.onerror = () => { stream.close(); failed(new Error("refused")); };
        });""",
    "a picture": """
        heard = await new Promise((done, failed) => {
            const image = new Image();
            image.onload = () => done("drawn"); image.onerror = () => failed(new Error("refused"));
            image.src = room + "/plot.svg?key=people";
        });""",
}


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """An empty page of another website: another port of this machine."""

    class Empty(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><iframe name=frame></iframe>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_on_another_port_writes_nothing_and_hears_nothing(
    chromium: Browser, address: str, elsewhere: str, name: str
) -> None:
    room = f"{address}api/operations/wellington-2022"
    before = httpx.get(room).json()["entries"]
    page = chromium.new_page()
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if answer.url.startswith(address) else None)
    for attempt, script in TRIES.items():
        page.goto(elsewhere.replace("127.0.0.1", name))
        heard = page.evaluate(
            f"""async ([room, entry]) => {{
                let heard = "";
                const pause = () => new Promise((done) => setTimeout(done, 500));
                try {{ {script} }} catch (error) {{ return ""; }}
                return heard;
            }}""",
            [room, ENTRY],
        )
        assert heard == "", attempt
        assert httpx.get(room).json()["entries"] == before, attempt
    page.close()
    assert set(statuses) == {403}


def test_the_own_page_does_all_of_this(chromium: Browser, address: str) -> None:
    """The same browser, from the server's own page: what is refused above is refused for where it comes from."""
    page = chromium.new_page()
    page.goto(address)
    room = f"{address}api/operations/wellington-2022"
    answers = page.evaluate(
        """async (room) => {
            const stream = await new Promise((done) => {
                const opened = new EventSource(room + "/stream?after=0");
                opened.addEventListener("entry", () => { opened.close(); done("entry"); });
            });
            return [stream, (await fetch(room + "/entries")).status];
        }""",
        room,
    )
    page.close()
    assert answers == ["entry", 200]
