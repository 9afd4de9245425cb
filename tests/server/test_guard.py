"""What reaches the routes and what does not, and the headers of every answer."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.server.guard import HEADERS
from clearway.server.operations import ServedRecord
from serving import GIVEN, live_record, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.networks import ServedNetwork

SQUARE = "/api/operations/square"
ENTRY = b'{"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10"}'
JSON = {"content-type": "application/json"}
FILE = {"content-type": "application/octet-stream"}
FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:1"},  # a page on another port of the same machine
    {"origin": "http://localhost"},
    {"origin": "null"},
    {"origin": "HOST", "sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "anything new"},
]
OWN = [
    {},  # a program
    {"origin": "HOST"},
    {"origin": "HOST", "sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
]


@pytest.fixture(scope="module")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose record nobody else reads: these tests write to it."""
    folder = tmp_path_factory.mktemp("record")
    store = live_record(folder / "room.record")
    with closing(store), serving(town, record=ServedRecord(store), cities=folder / "cities") as opened:
        yield opened


def sent(client: httpx.Client, headers: dict[str, str]) -> dict[str, str]:
    """Headers in which HOST is the server's own origin."""
    return {name: str(client.base_url).rstrip("/") if value == "HOST" else value for name, value in headers.items()}


def written(client: httpx.Client) -> int:
    return int(client.get(SQUARE).json()["entries"])


def kind_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.json()["error"]["message"].endswith(".")
    return answer.status_code, answer.json()["error"]["kind"]


@pytest.mark.parametrize("path", ["/", "/api/networks", "/api/nothing", "/api/networks/drawn-town/tiles/14/16145/10259.mvt"])
def test_every_answer_carries_the_protective_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "strict-transport-security" not in headers  # it is plain http


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


def reads(client: httpx.Client) -> Iterator[str]:
    """Every address of the API that is read, but the endless one."""
    entry = client.get(f"{SQUARE}/entries").json()[0]["id"]
    key = client.get(f"{SQUARE}/picture").json()["counts"][0]["key"]
    given = GIVEN | {"entry": entry}
    for path, methods in client.get("/api/openapi.json").json()["paths"].items():
        if "get" in methods and not path.endswith("/stream"):
            address = path.format_map(given)
            query = {"plot": f"?key={key}", "near": "?lon=174.772&lat=-41.282", "sear": "?q=third"}
            yield address + next((asked for part, asked in query.items() if f"/{part}" in address), "")


def test_nobody_stores_what_the_api_answers_but_tiles(client: httpx.Client) -> None:
    stored = {path: client.get(path).headers.get("cache-control") for path in reads(client)}
    assert {path for path, kept in stored.items() if kept != "no-store"} == {
        "/api/networks/drawn-town/tiles/14/16145/10259.mvt"
    }
    assert client.get("/").headers["cache-control"] != "no-store"
    assert client.get("/api/nothing").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", f"{SQUARE}/entries", {"content": ENTRY, "headers": JSON}),
        ("POST", f"{SQUARE}/reports?name=r.txt", {"content": b"Seen", "headers": FILE}),
        ("POST", "/api/operations", {"content": b'{"id": "theirs", "title": "Theirs"}', "headers": JSON}),
        ("POST", "/api/session", {"content": b'{"token": "x"}', "headers": JSON}),
        ("DELETE", "/api/networks/drawn-town/impact/none", {"headers": {}}),
        ("OPTIONS", f"{SQUARE}/entries", {"headers": {"access-control-request-method": "POST"}}),
        ("POST", "/", {"headers": {}}),
    ],
)
def test_a_page_of_another_website_writes_nothing(
    client: httpx.Client, headers: dict[str, str], method: str, path: str, body: dict[str, Any]
) -> None:
    before = written(client), len(client.get("/api/operations").json())
    answer = client.request(method, path, **body | {"headers": body["headers"] | sent(client, headers)})
    assert kind_of(answer) == (403, "NotAllowed")
    assert (written(client), len(client.get("/api/operations").json())) == before
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/stream", "/entries", "/picture", "/sitrep.html", "/reports", ""])
def test_a_page_of_another_website_reads_nothing(client: httpx.Client, headers: dict[str, str], path: str) -> None:
    assert kind_of(client.get(SQUARE + path, headers=sent(client, headers))) == (403, "NotAllowed")
    assert client.head(SQUARE + path, headers=sent(client, headers)).status_code == 403


def test_a_link_from_another_website_can_be_followed(client: httpx.Client) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/", headers=followed).status_code == 200
    assert client.get(f"{SQUARE}/sitrep.html", headers=followed).status_code == 200
    posted = client.post(f"{SQUARE}/entries", content=ENTRY, headers=JSON | followed)
    assert kind_of(posted) == (403, "NotAllowed")


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_the_own_page_and_programs_write(client: httpx.Client, headers: dict[str, str]) -> None:
    before = written(client)
    assert client.post(f"{SQUARE}/entries", content=ENTRY, headers=JSON | sent(client, headers)).status_code == 201
    assert written(client) == before + 1


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/plain;charset=UTF-8",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "text/html",
        "application/jsonx",
        "application/json; charset=latin-1",
        "application/json; charset=utf-16",
        "application/json, text/plain",
    ],
)
def test_an_entry_is_taken_as_json_in_utf_8_alone(client: httpx.Client, content_type: str | None) -> None:
    before = written(client)
    headers = {} if content_type is None else {"content-type": content_type}
    answer = client.post(f"{SQUARE}/entries", content=ENTRY, headers=headers)
    assert kind_of(answer) == (415, "WrongType")
    assert "Content-Type: application/json" in answer.json()["error"]["message"]
    assert written(client) == before


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
)
def test_the_usual_ways_to_say_json_are_taken(client: httpx.Client, content_type: str) -> None:
    answer = client.post(f"{SQUARE}/entries", content=ENTRY, headers={"content-type": content_type})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json"]
)
def test_a_report_is_taken_as_one_of_the_types_that_the_api_lists(client: httpx.Client, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    answer = client.post(f"{SQUARE}/reports?name=r.txt", content=b"About 30 people were there.", headers=headers)
    assert kind_of(answer) == (415, "WrongType")
    assert "Content-Type: application/octet-stream" in answer.json()["error"]["message"]
    path = client.get("/api/openapi.json").json()["paths"]["/api/operations/{operation}/reports"]
    for listed in path["post"]["requestBody"]["content"]:
        text = f"About 30 people were there, said {listed}.".encode()
        answer = client.post(f"{SQUARE}/reports?name=r.txt", content=text, headers={"content-type": listed})
        assert answer.status_code == 201, answer.text


def test_every_route_that_takes_json_refuses_a_text(client: httpx.Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    asked = [
        path
        for path, methods in paths.items()
        if "application/json" in methods.get("post", {}).get("requestBody", {}).get("content", {})
    ]
    assert len(asked) > 4
    for path in asked:
        for content_type in ("text/plain", "application/octet-stream"):
            answer = client.post(path.format_map(GIVEN), content=b"{}", headers={"content-type": content_type})
            assert kind_of(answer) == (415, "WrongType"), path
