"""The second reader, against a real server on loopback: what it cannot prove by words of the report is dropped."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, Unavailable
from clearway.intake.language_model import Model
from intake.reports import reading
from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

TEXT = "Police said the street was loud. Three floats went by the Cenotaph and a choir of forty sang for an hour."
LINE = "Three floats went by the Cenotaph"


class Answering(HTTPServer):
    """Answers every question with ``said``; keeps what it was asked."""

    said: str = ""
    status: int = 200
    asked: dict[str, Any] | None = None
    key: str | None = None


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_POST(self) -> None:  # the name is the library's
        length = int(self.headers["content-length"])
        self.server.asked = json.loads(self.rfile.read(length))
        self.server.key = self.headers["authorization"]
        body = json.dumps({"choices": [{"message": {"content": self.server.said}}]}).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Answering]:
    opened = Answering(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=opened.serve_forever)
    thread.start()
    yield opened
    opened.shutdown()
    thread.join()
    opened.server_close()


def model(server: Answering) -> Model:
    return Model(f"http://127.0.0.1:{server.server_port}/v1", "small", "secret", timeout_s=LAST_RESORT_S)


def proposed(server: Answering, *entries: dict[str, Any]) -> list[str]:
    server.said = f"Here you are: {json.dumps({'entries': entries})} I hope it helps."
    return [one.draft.kind for one in model(server).propose(reading(TEXT))]


def test_a_proposal_that_points_at_its_words_becomes_a_draft(server: Answering) -> None:
    server.said = json.dumps(
        {"entries": [{"quote": "the street was loud", "body": {"kind": "incident", "nature": "noise", "summary": "Loud"}}]}
    )
    (one,) = model(server).propose(reading(TEXT))
    assert TEXT[one.span.start : one.span.end] == "the street was loud"
    assert one.draft.source.organisation == "New Zealand Police"
    assert one.grade == "fair"
    assert server.asked is not None
    assert server.asked["messages"][1]["content"] == TEXT
    assert server.key == "Bearer secret"


@pytest.mark.parametrize(
    "entry",
    [
        {"quote": "words that are not there", "body": {"kind": "incident", "nature": "noise", "summary": "x"}},
        {"quote": "the street was loud", "body": {"kind": "count", "what": "people", "amount": {"low": 900, "high": 900}}},
        {"quote": "the street was loud", "body": {"kind": "gossip"}},
        {"quote": "the street was loud", "body": {"kind": "incident"}},
        {"quote": "the street was loud", "body": {"kind": "operation", "title": "mine now"}},
        {"quote": "", "body": {"kind": "incident", "nature": "noise", "summary": "x"}},
        {"body": {"kind": "incident", "nature": "noise", "summary": "x"}},
        {"quote": 7, "body": []},
    ],
)
def test_what_its_words_do_not_support_is_dropped(server: Answering, entry: dict[str, Any]) -> None:
    assert proposed(server, entry) == []


def test_figures_must_stand_in_the_quoted_words(server: Answering) -> None:
    body = {"kind": "flow", "what": "floats", "direction": "arrived", "amount": {"low": 3, "high": 3, "said": "Three"}}
    assert proposed(server, {"quote": LINE, "body": body}) == ["flow"]
    assert proposed(server, {"quote": LINE, "body": body | {"amount": {"low": 4, "high": 4}}}) == []


@pytest.mark.parametrize("said", ["no JSON at all", "{}", '{"entries": 7}', '{"entries": [null, 3, "x"]}'])
def test_an_answer_of_another_form_is_no_draft(server: Answering, said: str) -> None:
    server.said = said
    try:
        assert model(server).propose(reading(TEXT)) == []
    except Unavailable as error:
        assert "complete without it" in str(error)  # noqa: PT017 - either is right


def test_a_server_that_fails_or_is_not_there_is_one_sentence(server: Answering) -> None:
    server.status = 500
    with pytest.raises(Unavailable, match="gave no usable answer"):
        model(server).propose(reading(TEXT))
    with pytest.raises(Unavailable):
        Model("http://127.0.0.1:9/v1", "none", timeout_s=LAST_RESORT_S).propose(reading(TEXT))
    with pytest.raises(BadInput, match="is not the address"):
        Model("not an address", "none").propose(reading(TEXT))
