"""Every way an error can arise has one shape: a kind and a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.server.guard import MAX_BODY_BYTES

if TYPE_CHECKING:
    import httpx

TOWN = "/api/networks/drawn-town"
PLAN = f"{TOWN}/plan"
JSON = {"content-type": "application/json"}
BOW_TIE = [[174.774, -41.286], [174.775, -41.285], [174.774, -41.285], [174.775, -41.286], [174.774, -41.286]]


def the_error(answer: httpx.Response, status: int, kind: str) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert list(body) == ["error"]
    assert sorted(body["error"]) == ["kind", "message"]
    assert body["error"]["kind"] == kind
    message: str = body["error"]["message"]
    assert message.endswith(".")
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/nothing", 404, "NotFound"),
        ("/nothing.js", 404, "NotFound"),
        ("/../../etc/passwd", 404, "NotFound"),
        ("/api/networks/atlantis", 404, "NotFound"),
        ("/api/networks/atlantis/search?q=x", 404, "NotFound"),
        (f"{TOWN}/ways/999999", 404, "NotFound"),
        (f"{TOWN}/ways/-1", 404, "NotFound"),
        (f"{TOWN}/ways/one", 422, "BadInput"),
        (f"{TOWN}/tiles/3/9/1.mvt", 404, "NotFound"),
        (f"{TOWN}/tiles/99/0/0.mvt", 404, "NotFound"),
        (f"{TOWN}/tiles/a/0/0.mvt", 422, "BadInput"),
        (f"{TOWN}/nearest?lon=174.77", 422, "BadInput"),
        (f"{TOWN}/nearest?lon=NaN&lat=-41", 422, "BadInput"),
        (f"{TOWN}/nearest?lon=174&lat=-91", 422, "BadInput"),
        (f"{TOWN}/search", 422, "BadInput"),
        (f"{TOWN}/search?q={'x' * 300}", 422, "BadInput"),
    ],
)
def test_an_address_that_cannot_be_answered_says_why(client: httpx.Client, path: str, status: int, kind: str) -> None:
    the_error(client.get(path), status, kind)


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/networks"), ("DELETE", TOWN), ("GET", PLAN), ("POST", "/")])
def test_a_wrong_method_says_so(client: httpx.Client, method: str, path: str) -> None:
    the_error(client.request(method, path), 405, "MethodNotAllowed")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"radius_m": -5}, "'radius_m' should be greater than 0"),
        ({"radius": 5}, "'radius' is not known"),
        ({"shut": ["tram"]}, "'shut.0' should be 'emergency'"),
        ({"site": {"type": "Point", "coordinates": [1, 2]}}, "'site'"),
        ({"site": {"type": "Polygon"}}, "'site.coordinates' is missing"),
        ({"stretches": [-1]}, "'stretches.0' should be greater than or equal to 0"),
        ({"stretches": ["Hill Street"]}, "'stretches.0' should be a valid integer"),
        ({"pins": [{"lon": 1}]}, "'pins.0.lat' is missing"),
        ({"closures": [{"way": 1, "shuts": []}]}, "'closures.0.shuts'"),
        ([], "The request"),
    ],
)
def test_a_question_that_is_malformed_names_the_field(client: httpx.Client, question: Any, words: str) -> None:  # noqa: ANN401
    assert words in the_error(client.post(PLAN, json=question), 422, "BadInput")


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ({"stretches": [999_999]}, "UnknownName", "Unknown way: 999999"),
        ({"closures": [{"way": 999_999}]}, "UnknownName", "Unknown way: 999999"),
        ({"closures": [{"way": 0, "at_m": 5000}]}, "BadGeometry", "lies beyond way 0"),
        ({"site": {"type": "Polygon", "coordinates": [BOW_TIE]}}, "BadGeometry", "crosses"),
        ({"site": {"type": "Polygon", "coordinates": [BOW_TIE[:3]]}}, "BadGeometry", "corners"),
        ({"site": {"type": "Polygon", "coordinates": [BOW_TIE[:4]]}}, "BadGeometry", "open"),
        ({"site": {"type": "Polygon", "coordinates": [[point[::-1] for point in BOW_TIE]]}}, "BadGeometry", "swapped"),
        (
            {"site": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}},
            "BadGeometry",
            "outside the network",
        ),
    ],
)
def test_a_question_that_makes_no_sense_here_says_why(client: httpx.Client, question: Any, kind: str, words: str) -> None:  # noqa: ANN401
    assert words in the_error(client.post(PLAN, json=question), 422, kind)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_no_number_may_be_infinite_or_none_at_all(client: httpx.Client, number: str) -> None:
    answer = client.post(PLAN, content=f'{{"radius_m": {number}}}', headers=JSON)
    assert "NaN or infinity" in the_error(answer, 422, "BadInput")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"radius_m": 1,}', b"[" * 100_000])
def test_a_body_that_is_no_json_says_so(client: httpx.Client, body: bytes) -> None:
    answer = client.post(PLAN, content=body, headers=JSON)
    assert answer.status_code in (400, 422)
    the_error(answer, answer.status_code, "BadInput")


def test_a_body_of_another_type_says_how_to_send_it(client: httpx.Client) -> None:
    answer = client.post(PLAN, content=b"radius_m=5", headers={"content-type": "text/plain"})
    assert "Content-Type: application/json" in the_error(answer, 415, "WrongType")


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_its_length(client: httpx.Client) -> None:
    body = json.dumps({"closures": [], "label": "x" * MAX_BODY_BYTES}).encode()
    assert "6 MB" in the_error(client.post(PLAN, content=body, headers=JSON), 413, "TooLarge")
    assert "6 MB" in the_error(client.post(PLAN, content=iter([body]), headers=JSON), 413, "TooLarge")


def test_wishes_that_contradict_each_other_name_the_conflict(client: httpx.Client) -> None:
    question = client.get(TOWN).json()["scenario"]["question"] | {"at_most": 1}
    assert "4 can" in the_error(client.post(PLAN, json=question), 422, "Infeasible")


def test_a_request_under_another_host_name_is_refused(client: httpx.Client) -> None:
    the_error(client.get("/api/networks", headers={"host": "evil.example"}), 421, "BadInput")


@pytest.mark.parametrize("body", [b"\xff", b"[" * 100_000])
def test_a_body_that_cannot_be_read_is_said_to_be_so(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/api/networks/drawn-town/plan", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "The request cannot be read. Send one JSON object in UTF-8."
