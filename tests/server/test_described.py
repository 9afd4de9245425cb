"""The server answers as its description says: whatever is asked, with a status and a shape that the route lists.

Every parameter and every field of every question gets values of the wrong type, out of range, huge, empty and with a NUL: what
the description forbids is refused, what it allows may be refused in a sentence, and nothing ends in a fault.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jsonschema  # type: ignore[import-untyped]
import pytest

from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from serving import GIVEN, live_record, running, square, stations

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.networks import ServedNetwork

Route = tuple[str, str, dict[str, Any]]

VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 0.5, -0.5, 2**53, -(2**63), 10**30, 1e300, "", "0.5", "true", "x", "x" * 5000, "\x00",
    "a\x00b", "\ud800", "2022-02-18", "2022-02-18T10:00", "0000-00-00T00:00Z", "9999-12-31T23:59:59Z",
    [], [[]], [None], {}, {"x": 1},
]  # fmt: skip
QUERY = {
    "text": "First Street",
    "q": "third",
    "lon": "174.772",
    "lat": "-41.282",
    "key": "vehicles",
    "name": "r.txt",
    "at": "0",
    "published": "day 9",
    "party": "nobody",
    "contact": "none",
    "stretch": "Third Street",
    "figure": "vehicles",
}
PLAN = {
    "site": square(2, 2),
    "closures": [{"way": 3}],
    "stretches": [4],
    "pins": [{"lon": 174.772, "lat": -41.282}],
    "costs": {},
}
ENTRY = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10"}
SOURCE = {"organisation": "Police", "credibility": 2}
ENTRY_WITH_PARTS = ENTRY | {
    "source": {"organisation": "Police", "credibility": 2},
    "places": [{"type": "street", "street": "Third"}],
}
DRAFT = {"plan": "tmp", "title": "A plan", "barriers": [{"id": "B1", "place": "First Street at Third Avenue"}]}
QUESTIONS: dict[str, dict[str, Any]] = {
    "openSession": {"token": "any"},
    "openOperation": {"id": "circle", "title": "A circle", "zone": "UTC", "first_day": "2022-02-08"},
    "openUpload": {"name": "city.osm", "size": 3},
    "startImport": {"upload": "none", "name": "City"},
    "writeEntry": ENTRY_WITH_PARTS,
    "plan": PLAN,
    "seal": {"site": square(2, 2), "barriers": [{"lon": 174.78, "lat": -41.282, "shuts": ["general"]}]},
    "askImpact": {"plan": {}, "hour": 8, "draws": 0},
    "askBusDetours": {"plan": {}, "day": None},
    "askDetours": {"plan": {}, "document": DRAFT, "zone": "UTC", "at": None, "heavy": {"height_m": 4.3}, "hour": None},
    "askVariants": {"plan": {}, "hour": 8, "count": 1},
    "savePlan": {"document": DRAFT, "by": "planner, Council"},
    "askStatus": {"document": DRAFT},
    "askGates": {"document": DRAFT, "who": "residents"},
    "comparePlans": {"first": DRAFT, "second": DRAFT | {"title": "Another"}},
    "beginFromCordon": {"document": {"plan": "tmp", "title": "A plan"}, "question": PLAN},
    "beginFromRecord": {"document": {"plan": "tmp", "title": "A plan"}},
    "askGateChoice": {"document": DRAFT, "wishes": {"staff": 3}, "at": "2022-02-21T03:30Z"},
    "askStages": {"document": DRAFT, "means": {"depots": []}, "done": "2022-02-21T03:30Z"},
    "askChecks": {"document": DRAFT, "stations": stations()},
    "askPapers": {"document": DRAFT, "zone": "UTC"},
    "askHandover": {"document": DRAFT, "wishes": {"max_walk_seconds": 300}, "stations": stations()},
    "askStaircase": {"stretches": [{"stretch": "Third Street", "car": 2}], "streets": ["Third Street"], "limit_seconds": 5},
    "askOffer": {"stretches": [{"stretch": "Third Street", "car": 2}], "taken": [{"at": "2022-02-18T10:00Z", "low": 1}]},
    "askTow": {"stretches": [{"stretch": "Third Street", "car": 2}], "towing": {"storage": []}, "starts": "12:00"},
    "makeTowPaper": {"schedule": {}, "call": "04 000 0000"},
    "askTowInRoom": {"stretches": [{"stretch": "Third Street", "car": 2}], "starts": "12:00"},
    "askOfferInRoom": {"stretches": [{"stretch": "Third Street", "car": 2}]},
    "orderTows": {"id": "own", "question": {"stretches": []}, "schedule": {}, "source": "officer, Police"},
    "sayOfTow": {"id": "own-tow", "tow": "T001", "state": "done", "source": "officer, Police", "note": "a note"},
    "withdrawOperator": {"id": "own-word", "operator": "light 1", "source": "officer, Police"},
    "checkTallies": {"text": "stretch,car\nThird Street,2\n"},
    "writeTallies": {"text": "stretch,car\nThird Street,2\n", "source": "warden, Council", "counted": "12:00"},
    "findVehicle": {"plate": "ABC123", "stood": "Third Street"},
    "takeStep": {"job": "Third Street", "step": "ask", "by": "wardens, Council", "where": "Third Street", "happened": "12:00"},
    "askMarch": {"document": DRAFT, "march": "M1", "delay_minutes": 5, "seen": [{"place": "First Street", "at": "12:00"}]},
}


@pytest.fixture(scope="module")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose record nobody else reads: these tests write to it."""
    folder = tmp_path_factory.mktemp("record")
    store = live_record(folder / "room.record")
    with closing(store), running(create_app([town], ServedRecord(store), cities=folder / "cities")) as opened:
        yield opened


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    whole: dict[str, Any] = client.get("/api/openapi.json").json()
    return whole


def routes(whole: dict[str, Any]) -> list[Route]:
    """Every route but the endless one: method, path, description."""
    every = [(method, path, route) for path, methods in whole["paths"].items() for method, route in methods.items()]
    return [one for one in every if not one[1].endswith("/stream")]


def allows(whole: dict[str, Any], schema: dict[str, Any], value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether a value fits a schema of the description."""
    rooted = {"components": whole["components"], **schema}
    checker = jsonschema.Draft202012Validator(rooted, format_checker=jsonschema.FormatChecker(["date"]))
    return bool(checker.is_valid(value))


def resolved(whole: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects that a schema may stand for."""
    if "$ref" in schema:
        return resolved(whole, whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema or "oneOf" in schema:
        return [one for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())) for one in resolved(whole, part)]
    return [schema]


def checked(whole: dict[str, Any], route: Route, answer: httpx.Response, sent: object) -> None:
    """The answer is one that the description lists, in the shape that it names; and no fault."""
    about = (route[0], route[1], sent, answer.status_code, answer.text[:300])
    assert answer.status_code < 500, about
    assert str(answer.status_code) in route[2]["responses"], about
    content = route[2]["responses"][str(answer.status_code)].get("content", {})
    if not content:
        assert answer.content == b"", about
        return
    named = answer.headers["content-type"].partition(";")[0]
    assert named in content, about
    if named == "application/json":
        assert allows(whole, content[named]["schema"], answer.json()), about
    if answer.status_code >= 400:
        assert answer.json()["error"]["message"].endswith("."), about


def asked(client: httpx.Client, route: Route, *, given: dict[str, str] | None = None, query: dict[str, str] | None = None,
          content: bytes | None = None) -> httpx.Response:  # fmt: skip
    """A route's answer to what is usual, but for what is given otherwise."""
    method, path, about = route
    wanted = {one["name"] for one in about.get("parameters", ()) if one["in"] == "query" and one["required"]}
    params = {name: QUERY[name] for name in wanted} | (query or {})
    headers = {}
    if "requestBody" in about:
        headers["content-type"] = next(iter(about["requestBody"]["content"]))
        question = QUESTIONS.get(about["operationId"])
        content = content if content is not None else json.dumps(question).encode() if question else b"About 30 people came."
    address = path.format_map({name: encoded(value) for name, value in (GIVEN | (given or {})).items()})
    return client.request(method, address, params=params, content=content, headers=headers)


def encoded(value: str) -> str:
    return quote(value, safe="", errors="surrogatepass") or "%20"


@pytest.mark.slow
def test_what_is_usual_is_answered_as_described(client: httpx.Client, described: dict[str, Any]) -> None:
    for route in routes(described):
        checked(described, route, asked(client, route), "the usual")


SPELLED = {"0", "1"}
"""Of true and false, as programs have always been able to write them in an address."""


_MET: Counter[str] = Counter()


def values_for(schema: dict[str, Any]) -> list[Any]:
    """Every value for a schema that is met the first time; for one that was met before an eighth, another each time."""
    rules = {name: part for name, part in schema.items() if name not in {"title", "description", "examples"}}
    met = json.dumps(rules, sort_keys=True)
    _MET[met] += 1
    return VALUES if _MET[met] == 1 else VALUES[_MET[met] % 8 :: 8]


@pytest.mark.slow
def test_every_parameter_takes_what_the_description_allows_and_nothing_else(
    client: httpx.Client, described: dict[str, Any]
) -> None:
    for route in routes(described):
        for about in route[2].get("parameters", ()):
            for value in values_for({"in": about["in"], "name": about["name"], **about["schema"]}):
                if value is None or isinstance(value, list | dict):
                    continue
                text = value if isinstance(value, str) else json.dumps(value)
                if about["in"] == "header" or (about["in"] == "path" and ("/" in text or text == "\ud800")):
                    continue
                text = text.encode("utf-8", "replace").decode()
                where = {"given": {about["name"]: text}} if about["in"] == "path" else {"query": {about["name"]: text}}
                answer = asked(client, route, **where)  # type: ignore[arg-type]
                checked(described, route, answer, {about["name"]: text[:50]})
                kinds = {kind.get("type") for kind in resolved(described, about["schema"])}
                if "array" in kinds:  # in an address a list of one is its item
                    assert answer.status_code < 500
                    continue
                read = json.loads(text) if kinds & {"integer", "number", "boolean"} and is_json(text) else text
                if not allows(described, about["schema"], read) and not (kinds == {"boolean"} and text in SPELLED):
                    assert 400 <= answer.status_code < 500, (route[:2], about["name"], text[:50])


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def changed(whole: dict[str, Any], schema: dict[str, Any], question: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 - any JSON
    """A question with one part otherwise each time, at any depth, and where."""
    for value in values_for(schema):
        yield value, ""
    if isinstance(question, dict) and question:
        yield question | {"unknown": 1}, ".unknown"
        for one in resolved(whole, schema):
            for name, about in one.get("properties", {}).items():
                for part, where in changed(whole, about, question.get(name)):
                    yield question | {name: part}, f".{name}{where}"
                yield {key: part for key, part in question.items() if key != name}, f" without {name}"
    if isinstance(question, list) and question:
        for one in resolved(whole, schema):
            for part, where in changed(whole, one.get("items", {}), question[0]):
                yield [part, *question[1:]], f"[]{where}"


@pytest.mark.slow
@pytest.mark.parametrize("operation", sorted(QUESTIONS))
def test_every_field_takes_what_the_description_allows_and_nothing_else(
    client: httpx.Client, described: dict[str, Any], operation: str
) -> None:
    (route,) = [one for one in routes(described) if one[2]["operationId"] == operation]
    schema = route[2]["requestBody"]["content"]["application/json"]["schema"]
    for question, where in changed(described, schema, QUESTIONS[operation]):
        answer = asked(client, route, content=json.dumps(question).encode())
        checked(described, route, answer, where)
        if not allows(described, schema, question):
            assert 400 <= answer.status_code < 500, (operation, where, question)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"\xff", b'"\xff"', b"{}" * 10, b'{"a":' * 5000, b"NaN", b"\x00"]
)
def test_a_body_that_is_cut_short_or_not_json_is_refused_in_a_sentence(
    client: httpx.Client, described: dict[str, Any], content: bytes
) -> None:
    for route in routes(described):
        if route[2]["operationId"] in QUESTIONS:
            answer = asked(client, route, content=content)
            assert answer.status_code in {400, 422}, (route[1], answer.text)
            checked(described, route, answer, content[:20])
