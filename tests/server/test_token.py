"""The token: what lets a request in, what does not, and how often somebody may guess."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.requests import HTTPConnection

from clearway.errors import BadInput, NeedsToken, TooMany
from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from clearway.server.token import Token, new_token
from serving import GIVEN, live_record, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.server.networks import ServedNetwork

MOST_GUESSES = 10

SECRET = "correct-horse-battery-staple"  # noqa: S105 - a test's
BEARER = {"authorization": f"Bearer {SECRET}"}


@pytest.fixture(scope="module")
def guarded(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = live_record(tmp_path_factory.mktemp("record") / "room.record")
    with closing(store), running(create_app([town], ServedRecord(store), token=Token(SECRET))) as opened:
        yield opened


@pytest.fixture
def client(guarded: httpx.Client) -> Iterator[httpx.Client]:
    """A browser of its own, without a cookie."""
    with httpx.Client(base_url=guarded.base_url, timeout=guarded.timeout) as opened:
        yield opened


def kind_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.json()["error"]["message"].endswith(".")
    assert SECRET not in answer.text
    return answer.status_code, answer.json()["error"]["kind"]


@pytest.mark.slow
def test_nothing_of_the_api_is_answered_without_the_token(client: httpx.Client) -> None:
    routes = client.get("/api/openapi.json", headers=BEARER).json()["paths"]
    asked = [(method, path.format_map(GIVEN)) for path, methods in routes.items() for method in methods]
    for method, path in [*asked, ("get", "/api/openapi.json"), ("get", "/api/nothing"), ("head", "/api/networks")]:
        if path == "/api/session":
            continue
        answer = client.request(method, path)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
    assert kind_of(client.get("/api/networks")) == (401, "NeedsToken")


def test_the_page_itself_is_answered_without_it(client: httpx.Client) -> None:
    assert client.get("/").status_code in {200, 503}  # 503: the page is not built


def test_a_program_sends_the_token_with_each_request(client: httpx.Client) -> None:
    assert client.get("/api/operations", headers=BEARER).status_code == 200
    assert client.get("/api/operations", headers={"authorization": f"bearer  {SECRET}"}).status_code == 200
    with client.stream("GET", "/api/operations/square/stream", headers=BEARER) as stream:
        assert stream.status_code == 200
    entry = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10"}
    assert client.post("/api/operations/square/entries", json=entry, headers=BEARER).status_code == 201
    assert client.post("/api/operations/square/entries", json=entry).status_code == 401


def test_a_browser_exchanges_the_token_for_a_cookie(client: httpx.Client) -> None:
    answer = client.post("/api/session", json={"token": SECRET})
    assert (answer.status_code, answer.content) == (204, b"")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/api"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # over plain http a browser would drop it
    assert SECRET not in cookie
    assert client.get("/api/operations").status_code == 200
    with client.stream("GET", "/api/operations/square/stream") as stream:
        assert stream.status_code == 200
    assert client.get("/api/operations", headers={"origin": "http://evil.example"}).status_code == 403


def test_behind_a_proxy_with_https_the_cookie_goes_no_other_way(client: httpx.Client) -> None:
    answer = client.post("/api/session", json={"token": SECRET}, headers={"x-forwarded-proto": "https"})
    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_wrong_tokens_are_refused_in_a_sentence_and_soon_nothing_more_is_heard(client: httpx.Client) -> None:
    there = {"x-forwarded-for": "192.0.2.7"}
    assert kind_of(client.post("/api/session", json={"token": "wrong"}, headers=there)) == (401, "NeedsToken")
    for guess in range(MOST_GUESSES - 1):
        answer = client.get("/api/operations", headers=there | {"authorization": f"Bearer {guess}"})
        assert kind_of(answer) == (401, "NeedsToken")
    refused = client.get("/api/operations", headers=there | BEARER)  # the right one too, or guessing would go on
    assert kind_of(refused) == (429, "TooMany")
    assert int(refused.headers["retry-after"]) > 0
    assert kind_of(client.post("/api/session", json={"token": SECRET}, headers=there)) == (429, "TooMany")
    assert client.get("/api/operations", headers=BEARER).status_code == 200, "another address"


@pytest.mark.slow
def test_who_is_in_stays_in_while_somebody_at_the_same_address_guesses(client: httpx.Client) -> None:
    there = {"x-forwarded-for": "192.0.2.8"}
    client.post("/api/session", json={"token": SECRET}, headers=there)
    for _ in range(MOST_GUESSES):
        httpx.get(f"{client.base_url}/api/operations", headers=there | {"authorization": "Bearer wrong"})
    assert client.get("/api/operations", headers=there).status_code == 200


def test_a_wrong_cookie_is_a_guess(client: httpx.Client) -> None:
    there = {"x-forwarded-for": "192.0.2.9", "cookie": f"{Token(SECRET).cookie}=guess"}
    answers = [client.get("/api/operations", headers=there).status_code for _ in range(MOST_GUESSES + 1)]
    assert answers == [401] * MOST_GUESSES + [429]


def request_of(address: str, given: str) -> HTTPConnection:
    headers = [(b"authorization", f"Bearer {given}".encode())]
    return HTTPConnection({"type": "http", "headers": headers, "client": (address, 1)})


def test_after_a_minute_somebody_may_try_again() -> None:
    at = [0.0]
    token = Token(SECRET, clock=lambda: at[0])
    for _ in range(MOST_GUESSES):
        with pytest.raises(NeedsToken):
            token.admit(request_of("2001:db8::1", "wrong"))
    with pytest.raises(TooMany):
        token.admit(request_of("2001:db8::2", SECRET))  # one network, one guesser
    token.admit(request_of("2001:db8:1::1", SECRET))
    at[0] = 61.0
    token.admit(request_of("2001:db8::1", SECRET))


@pytest.mark.parametrize(
    "text", ["", "short", "x" * 19, "correct horse battery staple", "correct-horse-battery-stäple", "x" * 30 + "\n"]
)
def test_a_token_that_can_be_guessed_or_not_sent_is_refused_with_one_that_would_do(text: str) -> None:
    with pytest.raises(BadInput, match="such as") as refused:
        Token(text)
    Token(str(refused.value).rpartition(" ")[2])


def test_a_new_token_is_another_each_time() -> None:
    assert len({new_token() for _ in range(100)}) == 100


def test_without_a_token_nothing_is_asked_and_nothing_given(town: ServedNetwork) -> None:
    with running(create_app([town])) as client:
        answer = client.post("/api/session", json={"token": "whatever"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (204, False)
        assert client.get("/api/networks").status_code == 200


def test_a_foreign_host_name_is_refused_before_the_token_is_looked_at(client: httpx.Client) -> None:
    for host in ("evil.example", "", "127.0.0.1.evil.example", "evil.example:8000", "[::2]", "localhost."):
        for headers in ({}, BEARER):
            assert client.get("/api/networks", headers=headers | {"host": host}).status_code == 421, host
    for host in ("localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8000"):
        assert client.get("/api/networks", headers=BEARER | {"host": host}).status_code == 200


def test_a_request_without_a_host_is_refused(client: httpx.Client) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as line:
        line.sendall(b"GET /api/networks HTTP/1.0\r\n\r\n")
        head, _, body = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")
    assert b" 421 " in head.splitlines()[0]
    assert json.loads(body)["error"]["kind"] == "BadInput"
