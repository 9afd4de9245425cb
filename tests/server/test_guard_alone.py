"""The guard by itself, round an application that answers everything: headers word for word, each method, each bound."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import HTTPConnection

from clearway.server.guard import LOCAL_NAMES, Guard
from clearway.server.token import Token

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

SECRET = "correct-horse-battery-staple"  # noqa: S105 - a test's
JSON = {"content-type": "application/json", "content-length": "2"}
READING, WRITING = ["GET", "HEAD"], ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"]
MOST = 6 * 1024 * 1024
PROTECTION = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Room:
    """An application behind a guard, and what it saw."""

    def __init__(self, *, token: Token | None = None, headers: dict[str, str] | None = None) -> None:
        self.bodies: list[bytes] = []
        self.headers = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        self.guard = Guard(self.answer, hosts=LOCAL_NAMES, token=token)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", scope["type"] == "http"
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"in"})

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, parts: tuple[bytes, ...] = (b"",)) -> Answer:
        """What the guard answers to a request whose body comes in parts."""
        incoming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        incoming[-1]["more_body"] = False
        return self.hear({"type": "http", "method": method, "path": path}, headers, incoming)

    def hear(self, scope: dict[str, Any], headers: dict[str, str] | None, incoming: list[dict[str, Any]]) -> Answer:
        named = {"host": "127.0.0.1:8000"} | (headers or {})
        scope |= {"headers": [(name.encode(), value.encode()) for name, value in named.items()], "client": ("192.0.2.1", 5)}
        sent: list[Message] = []

        async def receive() -> Message:
            return incoming.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.guard(scope, receive, send))
        return Answer(sent)


class Answer:
    """What was sent."""

    def __init__(self, sent: list[Message]) -> None:
        self.sent = sent

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name.decode(), value.decode()) for name, value in self.sent[0]["headers"]]

    @property
    def error(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(b"".join(message["body"] for message in self.sent[1:]))["error"]
        return found


@pytest.mark.parametrize("path", ["/", "/app.mjs", "/apiary", "/api"])
def test_a_file_of_the_page_carries_these_headers_and_no_others(path: str) -> None:
    answer = Room().ask("GET", path)
    assert (answer.status, dict(answer.headers)) == (200, PROTECTION)
    assert len(answer.headers) == len(PROTECTION)


def test_what_the_api_answers_is_stored_by_nobody_besides() -> None:
    assert dict(Room().ask("GET", "/api/networks").headers) == PROTECTION | {"cache-control": "no-store"}


def test_what_an_answer_says_itself_stands_once_and_as_it_said_it() -> None:
    answer = Room(headers={"cache-control": "max-age=60", "x-frame-options": "SAMEORIGIN"}).ask("GET", "/api/tiles")
    expected = PROTECTION | {"cache-control": "max-age=60", "x-frame-options": "SAMEORIGIN"}
    assert sorted(answer.headers) == sorted(expected.items())


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/api/networks", {"host": "evil.example"}, 421),
        ("GET", "/api/networks", {"origin": "http://evil.example"}, 403),
        ("POST", "/api/networks", {"content-type": "text/plain", "content-length": "2"}, 415),
    ],
)
def test_a_refusal_carries_them_too(method: str, path: str, headers: dict[str, str], status: int) -> None:
    answer = Room().ask(method, path, headers)
    assert answer.status == status
    assert {*PROTECTION.items(), ("cache-control", "no-store")} <= set(answer.headers)
    assert len(dict(answer.headers)) == len(answer.headers)


@pytest.mark.parametrize("method", [*READING, *WRITING])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "",
        "localhost.",
        "127.0.0.2",
        "[::1",
        "[::2]:80",
        "::1",
        "[::1].evil.example",
        "localhost:80.evil.example",
    ],
)
def test_each_method_is_refused_under_a_foreign_name(method: str, host: str) -> None:
    room = Room()
    answer = room.ask(method, "/", JSON | {"host": host}, (b"{}",))
    assert (answer.status, answer.error["kind"], room.bodies) == (421, "BadInput", [])


@pytest.mark.parametrize("method", [*READING, *WRITING])
@pytest.mark.parametrize("host", ["localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
def test_each_method_passes_under_a_name_of_this_machine(method: str, host: str) -> None:
    room = Room()
    assert room.ask(method, "/api/x", JSON | {"host": host}, (b"{}",)).status == 200
    assert len(room.bodies) == 1


FOREIGN = [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("method", WRITING)
@pytest.mark.parametrize("path", ["/", "/api/networks"])
def test_another_websites_page_writes_nowhere(method: str, path: str, headers: dict[str, str]) -> None:
    room = Room()
    answer = room.ask(method, path, JSON | headers | {"sec-fetch-mode": "navigate"}, (b"{}",))
    assert (answer.status, answer.error["kind"], room.bodies) == (403, "NotAllowed", [])


@pytest.mark.parametrize("method", READING)
def test_another_websites_page_reads_files_and_no_data_but_follows_links(method: str) -> None:
    foreign, link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, {"sec-fetch-mode": "navigate"}
    assert Room().ask(method, "/app.mjs", foreign).status == 200
    assert Room().ask(method, "/api/networks", foreign).status == 403
    assert Room().ask(method, "/api/networks", foreign | link).status == 200
    assert Room().ask(method, "/api/networks", foreign | link | {"origin": "http://evil.example"}).status == 403


@pytest.mark.parametrize(("size", "status"), [(MOST - 1, 200), (MOST, 200), (MOST + 1, 413)])
@pytest.mark.parametrize("parts", [1, 3])
def test_a_body_is_taken_up_to_six_megabytes_and_not_a_byte_more(size: int, status: int, parts: int) -> None:
    room, part = Room(), size // parts
    answer = room.ask("POST", "/api/x", JSON, (*[b"x" * part] * (parts - 1), b"x" * (size - part * (parts - 1))))
    assert answer.status == status
    assert [len(body) for body in room.bodies] == ([size] if status == 200 else [])
    if status == 413:
        assert (answer.error["kind"], "larger than 6 MB" in answer.error["message"]) == ("TooLarge", True)


def test_a_request_that_breaks_off_reaches_no_route() -> None:
    room = Room()
    half: dict[str, Any] = {"type": "http.request", "body": b"half", "more_body": True}
    incoming = [half, {"type": "http.disconnect"}]
    assert room.hear({"type": "http", "method": "POST", "path": "/api/x"}, JSON, incoming).sent == []
    assert room.bodies == []


def test_what_comes_after_a_body_reaches_the_route_too() -> None:
    heard = []

    async def listening(_: Scope, receive: Receive, __: Send) -> None:
        heard.extend([await receive(), await receive()])

    room = Room()
    room.guard = Guard(listening, hosts=LOCAL_NAMES)
    body: dict[str, Any] = {"type": "http.request", "body": b"{}"}
    gone: dict[str, Any] = {"type": "http.disconnect"}
    room.hear({"type": "http", "method": "POST", "path": "/api/x"}, JSON, [body, gone])
    assert heard == [body, gone]


def test_the_start_of_the_server_passes_as_it_is() -> None:
    answer = Room().hear({"type": "lifespan"}, {"host": "evil.example"}, [])
    assert (answer.status, answer.headers) == (200, [])


@pytest.mark.parametrize("method", [*READING, *WRITING])
def test_each_method_of_the_api_needs_the_token_but_its_exchange_and_the_page_do_not(method: str) -> None:
    room = Room(token=Token(SECRET))
    for path, status in [("/api/networks", 401), ("/api/session/x", 401), ("/api/session", 200), ("/", 200), ("/apis", 200)]:
        assert room.ask(method, path, JSON, (b"{}",)).status == status, path
    assert room.ask(method, "/api/networks", JSON | {"authorization": f"Bearer {SECRET}"}, (b"{}",)).status == 200


@pytest.mark.parametrize(
    "given", [f"Basic {SECRET}", SECRET, f"Bearer {SECRET}x", f"Bearer {SECRET[:-1]}", "Bearer", f"Bearer {SECRET.upper()}"]
)
def test_only_the_token_itself_as_bearer_lets_in(given: str) -> None:
    assert Room(token=Token(SECRET)).ask("GET", "/api/x", {"authorization": given}).status == 401


def test_the_right_cookie_lets_in_beside_anything_else_and_another_tokens_does_not() -> None:
    token, other = Token(SECRET), Token(SECRET + "x")
    room = Room(token=token)
    caller = HTTPConnection({"type": "http", "headers": [], "client": ("192.0.2.1", 1)})
    name, value = token.exchange(SECRET, caller)
    assert room.ask("GET", "/api/x", {"cookie": f"{name}={value}", "authorization": "Basic dTpw"}).status == 200
    assert name != other.cookie
    assert room.ask("GET", "/api/x", {"cookie": f"{name}={value[:-1]}"}).status == 401
    assert room.ask("GET", "/api/x", {"cookie": f"{other.cookie}={value}"}).status == 401
    assert (len(name), len(value), SECRET in value) == (17, 56, False)
