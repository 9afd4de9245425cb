"""No answer of any route holds a word of an entry that its asker may not see, whoever asked before.

The record has every kind of entry at every release level, each full of a word of its own. Every route that the application
lists is asked by people of each level, who may see most first; a route that is new must say here with what it is asked, or the
test fails. That nobody is answered less since others asked before is looked at in the other order too.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from pypdf import PdfReader

from clearway.errors import BadInput
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from clearway.server.rights import ACTIONS, Person
from option_rooms import document
from record.test_parse import SAMPLES
from serving import running, square

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import Request

    from clearway.record.entry import Release
    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

pytestmark = pytest.mark.slow

MAY_SEE: dict[Release, tuple[Release, ...]] = {
    "room": ("room", "partners", "public"),
    "partners": ("partners", "public"),
    "public": ("public",),
}
"""By the level that an asker is named after: what they may see."""

WORDS: dict[Release, str] = {"room": "aardvark", "partners": "pangolin", "public": "capybara"}
"""The word that each entry of a level is full of."""

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T00:00Z")
SQUARE = "/api/operations/square"
MOMENT = {"at": "2022-02-17T15:00:00+13:00", "known_at": "2022-02-19T15:00:00+13:00"}
PRINTED = "Police said there were about 450 vehicles on Third Street."


# -- a record full of words


def filled(value: Any, word: str) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    """The same JSON with one text more replaced by a word each time, for as many texts as there are."""
    if isinstance(value, str):
        yield word
    elif isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            for part in filled(value[key], word):
                changed = value.copy()
                changed[key] = part
                yield changed


def full_of(body: dict[str, Any], kind: str, word: str) -> dict[str, Any]:
    """A sample whose every text that may hold any words is one word."""
    for number in itertools.count():
        changed = next(itertools.islice(filled(body, word), number, None), None)
        if changed is None:
            return body
        try:
            draft_of({"kind": kind, "body": changed, "happened": "day 10"}, CALENDAR, now=NOW)
        except BadInput:
            continue  # one of a fixed list of words
        body = changed
    raise AssertionError


ROOM_ONLY: dict[Release, tuple[str, ...]] = {
    "public": ("vehicle_moved", "tow_operator", "tow_order"), "partners": ("tow_order",),
}  # fmt: skip
"""Kinds that no entry of a level may have."""


def entries(level: Release) -> Iterator[dict[str, Any]]:
    """Every kind once, at one level; figures, states and ties that other levels have as well."""
    word = WORDS[level]
    source: dict[str, Any] = {
        "office": word,
        "organisation": f"{word} office",
        "name": word,
        "document": f"{word} log",
        "reliability": "B",
    }
    source |= {"credibility": 2, "medium": "stand_up", "published": "2022-02-17T12:00+13:00"}
    common = {"happened": "day 10 morning", "known": "2022-02-17T12:00+13:00", "source": source, "release": level}
    point = {"type": "point", "at": [174.778, -41.282], "label": f"{word} corner"}
    street = {"type": "street", "street": "Third Street"}
    for kind, body in SAMPLES.items():
        if kind != "operation" and kind not in ROOM_ONLY.get(level, ()):
            places = [street] if kind == "vehicle_tally" else [point]
            yield common | {"id": f"{word}-{kind}", "kind": kind, "body": full_of(body, kind, word), "places": places}
    low = {"room": 900, "partners": 600, "public": 300}[level]
    vehicles = {"what": "vehicles", "amount": {"low": low, "high": low}}
    yield common | {"id": f"{word}-vehicles", "kind": "count", "body": vehicles, "places": [street]}
    yield common | {"id": f"{word}-street", "kind": "road_state", "body": {"state": "shut"}, "places": [street]}
    text = f"{word.capitalize()} bulletin.\n{PRINTED}\nThe {word} is loud, said Mayor {word.capitalize()}.\n"
    report = {"title": f"The {word}", "text": text, "proposed": 1}
    yield common | {"id": f"{word}-bulletin", "kind": "report", "body": report}
    yield common | {"id": f"draft-{word}", "kind": "remark", "body": {"text": word}, "source": source | {
        "words": [{"report": "capybara-bulletin", "start": 0, "end": 8}]
    }}  # fmt: skip
    dropped = {"report": "capybara-bulletin", "draft": f"draft-of-{word}", "proposed": "count", "why": word}
    yield common | {"id": f"{word}-dropped", "kind": "dropped_draft", "body": dropped}
    for tie in ("confirms", "disputes"):
        yield common | {"id": f"{word}-{tie}", "kind": "remark", "body": {"text": word}, tie: ["capybara-vehicles"]}


def record(path: Path) -> Store:
    """A record whose operation is named by an entry for partners."""
    store = open_record(str(path), clock=lambda: NOW)
    opened = {"title": f"The {WORDS['partners']}", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    about = {"id": "o", "kind": "operation", "body": opened, "happened": "day 1", "release": "partners"}
    for said in (about, *entries("public"), *entries("partners"), *entries("room")):
        store.append("square", [draft_of({"known": "2022-02-17T11:00+13:00"} | said, CALENDAR, now=NOW, entered="imported")])
    only = {"kind": "remark", "body": {"text": WORDS["room"]}, "happened": "day 10"}
    store.append("hidden", [draft_of(only, CALENDAR, now=NOW, entered="imported")])
    return store


# -- every route that there is


def asked_paths(operations: list[str], keys: list[str]) -> dict[str, list[str]]:
    """With what each part of an address is filled."""
    ids = [f"{word}-{what}" for word in WORDS.values() for what in ("vehicles", "confirms")]
    return {
        "network": ["drawn-town"],
        "operation": operations,
        "entry": [*ids, "o"],
        "report": [*(f"{word}-bulletin" for word in WORDS.values()), "nothing"],
        "form": ["html", "pdf", "txt"],
        "zoom": ["14"],
        "column": ["16147"],
        "row": ["10260"],
        "way": ["3"],
        "job": ["none"],
        # of the query
        "lon": ["174.772"],
        "lat": ["-41.282"],
        "q": ["third", *WORDS.values()],
        "key": keys,
        "name": ["report.txt"],
        "published": ["day 9"],
        "at": ["0", "2022-02-18T12:00:00Z"],
        "upload": ["none"],
        "paper": ["tows.csv"],
        "order": ["1"],
        "tow": ["T001"],
        "stretch": ["Third Street"],
        "party": [*WORDS.values()],
        "contact": [f"{word}-contact" for word in WORDS.values()],
        "decision": [f"{word}-decision" for word in WORDS.values()],
        "figure": ["vehicles"],
        "text": ["Third Street at Second Avenue"],  # it is said again, as it was asked
    }


VEHICLES = [{"then": "stop", "counted": "vehicles", "where": "Third Street", "at_least": 100}]
OPTIONS = [{"name": f"{name}.json", "text": json.dumps(document(name, criteria=VEHICLES))} for name in ("wait", "talk")]

BODIES: dict[str, dict[str, Any]] = {
    "openOperation": {"json": {"id": "circle", "title": "A circle"}},
    "writeEntry": {"json": {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10", "disputes": ["aardvark-street"]}},
    "redateReport": {},
    "checkEntry": {"json": {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10", "disputes": ["aardvark-street"]}},
    "takeReport": {"content": PRINTED.encode(), "headers": {"content-type": "application/octet-stream"}},
    "openSession": {"json": {"token": "any"}},
    "checkOptions": {"json": {"files": OPTIONS}},
    "askOptions": {"json": {"files": OPTIONS}},
    "askTriggers": {"json": {"files": OPTIONS}},
    "cancelOptionsCompared": {},
    "checkDecision": {"json": {"by": "Police", "what": "Wait"}},
    "signDecision": {"json": {"by": "Police", "what": "Wait"}},
    "completeDecision": {"json": {"why": "It is calm."}},
    "plan": {"json": {"site": square(2, 2)}},
    "seal": {"json": {"site": square(2, 2), "file": "Third Street at Second Avenue"}},
    "askOthers": {"json": {"site": square(2, 2), "alternatives": 1}},
    "askImpact": {"json": {"plan": {"site": square(2, 2)}, "draws": 0}},
    "askVariants": {"json": {"plan": {"site": None}, "count": 1}},
    "askBusDetours": {"json": {"plan": {"site": square(2, 2)}}},
    "askDetours": {"json": {"plan": {"site": square(2, 2)}}},
    "proveAddress": {"json": {"question": {"site": square(2, 2)}, "address": 0}},
    "writeBatch": {"json": [{"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10"}]},
    "issueSitrep": {},
    "openUpload": {"json": {"name": "city.osm", "size": 3}},
    "sendPart": {"content": b"abc"},
    "dropUpload": {},
    "startImport": {"json": {"upload": "none", "name": "City"}},
    "cancelImport": {},
    "cancelOthers": {},
    "cancelImpact": {},
    "cancelVariants": {},
    "cancelBusDetours": {},
    "cancelDetours": {},
    "savePlan": {"json": {"document": {"plan": "own", "title": "A plan"}, "by": "planner, Council"}},
    "adoptPlan": {"json": {"by": "commander, Police", "override": "It must be"}},
    "withdrawPlan": {"json": {"plan": "own", "by": "commander, Police", "why": "It is over"}},
    "askStatus": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "askGates": {"json": {"document": {"plan": "own", "title": "A plan"}, "who": "residents"}},
    "comparePlans": {"json": {"first": {"plan": "own", "title": "A plan"}, "second": {"plan": "own", "title": "Another"}}},
    "beginFromCordon": {"json": {"document": {"plan": "own", "title": "A plan"}, "question": {"site": square(2, 2)}}},
    "beginFromRecord": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "askChecks": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "cancelChecks": {},
    "askGateChoice": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "cancelGateChoice": {},
    "askStages": {"json": {"document": {"plan": "own", "title": "A plan"}, "means": {}}},
    "cancelStages": {},
    "askPapers": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "cancelPapers": {},
    "askHandover": {"json": {"document": {"plan": "own", "title": "A plan"}}},
    "cancelHandover": {},
    "askMarch": {"json": {"document": {"plan": "own", "title": "A plan"}, "march": "M1"}},
    "cancelMarch": {},
    "askStaircase": {"json": {"stretches": [{"stretch": "Third Street", "car": 2}], "limit_seconds": 5}},
    "cancelStaircase": {},
    "askOffer": {"json": {"stretches": [{"stretch": "Third Street", "car": 2}]}},
    "cancelOffer": {},
    "askTow": {"json": {"stretches": [{"stretch": "Third Street", "car": 2}], "towing": {}}},
    "cancelTow": {},
    "makeTowPaper": {"json": {"schedule": {}}},
    "askTowInRoom": {"json": {"stretches": [{"stretch": "Third Street", "car": 2}]}},
    "askOfferInRoom": {"json": {"stretches": [{"stretch": "Third Street", "car": 2}]}},
    "orderTows": {"json": {"id": "own", "question": {"stretches": []}, "schedule": {}, "source": "officer, Police"}},
    "sayOfTow": {"json": {"id": "own-tow", "tow": "T001", "state": "done", "source": "officer, Police"}},
    "withdrawOperator": {"json": {"id": "own-word", "operator": "light 1", "source": "officer, Police"}},
    "askTowForecast": {},
    "checkTallies": {"json": {"text": "stretch,car\nThird Street,2\n"}},
    "writeTallies": {"json": {"text": "stretch,car\nThird Street,2\n", "source": "warden, Council"}},
    "findVehicle": {"json": {"plate": "ABC123", "stood": "Third Street"}},
    "takeStep": {"json": {"job": "Third Street", "step": "ask", "by": "wardens, Council"}},
}
"""What each route that is not only read from is sent."""


def questions(routes: dict[str, Any], operations: list[str], keys: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every route with every filling: method, address, what is sent; those that write last."""
    filling = asked_paths(operations, keys)
    every = [(path, method, route) for path, methods in routes.items() for method, route in methods.items()]
    for path, method, route in sorted(every, key=lambda one: one[1] != "get"):
        needed = [about for about in route.get("parameters", ()) if about["required"] or about["name"] == "q"]
        optional = [about["name"] for about in route.get("parameters", ()) if about["name"] in MOMENT]
        for values in itertools.product(*(filling[about["name"]] for about in needed)):
            given = dict(zip((about["name"] for about in needed), values, strict=True))
            address = path.format_map(given)
            query = {about["name"]: given[about["name"]] for about in needed if about["in"] == "query"}
            sent = {} if method == "get" else BODIES[route["operationId"]]
            yield method, address, {"params": query | {name: MOMENT[name] for name in optional}} | sent


def text_of(client: httpx.Client, method: str, address: str, **sent: Any) -> str:  # noqa: ANN401 - whatever httpx takes
    """All that an answer says."""
    if address.endswith("/stream"):
        return heard(client, address)
    answer = client.request(method, address, **sent)
    assert answer.status_code < 500, (address, answer.text)
    if answer.headers.get("content-type") == "application/pdf":
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return "\n".join([answer.headers["content-disposition"], *(page.extract_text() for page in pages)])
    said = answer.content.decode("utf-8", "replace")
    if answer.status_code >= 400:
        for own in [*address.split("/"), *_disputed(sent)]:
            said = said.replace(f"'{own}'", "'...'").replace(f": {own}.", ": ...")  # what the asker said is repeated
    return said


def _disputed(sent: dict[str, Any]) -> list[str]:
    """The entries that what is sent disputes."""
    entries = sent.get("json", [])
    return [name for entry in (entries if isinstance(entries, list) else [entries]) for name in entry.get("disputes", ())]


def heard(client: httpx.Client, address: str) -> str:
    """What a live stream says until it is silent for a second."""
    lines: list[str] = []
    with contextlib.suppress(httpx.ReadTimeout), client.stream("GET", address, timeout=1) as stream:
        lines.extend(stream.iter_lines())
    return "\n".join(lines)


def sign_in(request: Request) -> Person:
    """An asker is who they say they are: this is a test."""
    level = cast("Release", request.headers["asker"])
    return Person(level, ACTIONS, frozenset(MAY_SEE[level]))


@pytest.fixture(params=[("room", "partners", "public"), ("public", "partners", "room")], ids="-".join)
def askers(request: pytest.FixtureRequest) -> tuple[Release, ...]:
    levels: tuple[Release, ...] = request.param
    return levels


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(record(tmp_path / "room.record")) as opened:
        yield opened


@contextlib.contextmanager
def asking(town: ServedNetwork, store: Store, asker: Release = "room") -> Iterator[httpx.Client]:
    """A client of a server on which nobody has asked anything."""
    with running(create_app([town], ServedRecord(store), sign_in=sign_in)) as opened:
        opened.headers["asker"] = asker
        yield opened


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with asking(town, store) as opened:
        yield opened


@pytest.mark.slow
def test_no_answer_holds_a_word_that_its_asker_may_not_see(client: httpx.Client) -> None:
    """Who may see everything asks first: what is kept of an answer must not reach the next."""
    askers = tuple(MAY_SEE)
    routes = client.get("/api/openapi.json").json()["paths"]
    counts = client.get(f"{SQUARE}/picture", params=MOMENT).json()["counts"]
    every = list(questions(routes, ["square", "hidden"], [count["key"] for count in counts]))
    seen: dict[Release, set[str]] = {level: set() for level in askers}
    for method, address, sent in every:
        for asker in askers:
            client.headers["asker"] = asker
            said = text_of(client, method, address, **sent).casefold()
            for level, word in WORDS.items():
                if level not in MAY_SEE[asker]:
                    assert word not in said, (
                        asker,
                        method,
                        address,
                        said[max(said.index(word) - 200, 0) : said.index(word) + 50],
                    )
                elif word in said:
                    seen[asker].add(f"{level} {address}")
    for asker in askers:
        for level in MAY_SEE[asker]:
            for part in (
                "picture",
                "map",
                "plot.svg",
                "entries",
                "stream",
                "reports",
                "sitrep.html",
                "sitrep.pdf",
                "sitrep.txt",
            ):
                assert f"{level} {SQUARE}/{part}" in seen[asker], "what may be seen is answered"


@pytest.mark.slow
def test_the_same_is_answered_whoever_asked_before(town: ServedNetwork, store: Store) -> None:
    parts = ("", "/picture", "/map", "/sitrep.html", "/sitrep.txt", "/reports", "/reports/capybara-bulletin")

    def answers(client: httpx.Client, asker: Release) -> list[bytes]:
        said = [client.get(SQUARE + part, params=MOMENT, headers={"asker": asker}) for part in parts]
        assert all(answer.status_code == 200 for answer in said)
        return [answer.content for answer in said]

    alone: dict[Release, list[bytes]] = {}
    for asker in MAY_SEE:
        with asking(town, store) as client:
            alone[asker] = answers(client, asker)
    for order in (list(MAY_SEE), list(reversed(MAY_SEE))):
        with asking(town, store) as client:
            for asker in order:
                assert answers(client, asker) == alone[asker], (asker, order)


def test_numbers_count_what_may_be_seen_and_nothing_else(
    store: Store, client: httpx.Client, askers: tuple[Release, ...]
) -> None:
    for asker in askers:
        client.headers["asker"] = asker
        visible = [entry for entry in store.entries("square") if entry.draft.release in MAY_SEE[asker]]
        listed = client.get("/api/operations").json()
        assert [one["id"] for one in listed] == (["hidden", "square"] if asker == "room" else ["square"])
        details = client.get(SQUARE).json()
        picture = client.get(f"{SQUARE}/picture", params=MOMENT).json()
        paged: list[str] = []
        after = 0
        while page := client.get(f"{SQUARE}/entries", params={"limit": 7, "after": after}).json():
            paged, after = [*paged, *(fact["id"] for fact in page)], page[-1]["seq"]
        assert paged == [entry.id for entry in visible]
        assert details["seq"] == after
        counts = [listed[-1]["entries"], details["entries"], sum(hour["entries"] for hour in details["timeline"])]
        assert [*counts, picture["entries"]] == [len(visible)] * 4
        report = client.get(f"{SQUARE}/sitrep.txt", params=MOMENT).text
        assert f"{len(visible):,} entries in the record" in report
        assert len(client.get(f"{SQUARE}/reports").json()["reports"]) == sum(entry.draft.kind == "report" for entry in visible)
        assert heard(client, f"{SQUARE}/stream").count("event: entry") == len(visible)


def test_a_report_is_held_against_what_its_reader_may_see(client: httpx.Client) -> None:
    """The bulletin's 450 vehicles clash with the figures that each asker knows of."""
    clashes = {}
    for asker in MAY_SEE:
        client.headers["asker"] = asker
        drafts = client.get(f"{SQUARE}/reports/capybara-bulletin").json()["drafts"]
        (count,) = [draft for draft in drafts if draft["kind"] == "count"]
        clashes[asker] = sorted(clash["id"] for clash in count["clashes"])
    everyone = ["aardvark-vehicles", "capybara-vehicles", "pangolin-vehicles"]
    assert clashes == {"room": everyone, "partners": everyone[1:], "public": everyone[1:2]}


def test_a_wrong_report_that_the_room_withdrew_is_shown_to_nobody(store: Store, client: httpx.Client) -> None:
    slip = {"kind": "remark", "body": {"text": "A slip"}, "happened": "day 10", "withdraws": ["capybara-street"]}
    store.append("square", [draft_of(slip | {"known": "2022-02-17T13:00+13:00"}, CALENDAR, now=NOW, entered="imported")])
    for asker in MAY_SEE:
        client.headers["asker"] = asker
        states = client.get(f"{SQUARE}/picture", params=MOMENT).json()["states"]
        assert "capybara-street" not in [fact["id"] for fact in states], asker


def test_what_somebody_may_not_see_they_may_not_write_or_name(client: httpx.Client) -> None:
    client.headers["asker"] = "partners"
    entry = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 10", "known": "2022-02-17T13:00+13:00"}
    assert client.post(f"{SQUARE}/entries", json=entry | {"release": "partners"}).status_code == 201
    refused = client.post(f"{SQUARE}/entries", json=entry)
    assert (refused.status_code, refused.json()["error"]["kind"]) == (403, "NotAllowed")
    for hidden in ("aardvark-street", "nothing"):
        named = client.post(f"{SQUARE}/entries", json=entry | {"release": "partners", "confirms": [hidden]})
        assert (named.status_code, named.json()["error"]["kind"]) == (422, "UnknownName")
    assert client.post(f"{SQUARE}/reports", params={"name": "r.txt"}, **BODIES["takeReport"]).status_code == 403
    assert client.post("/api/operations", json={"id": "circle", "title": "A circle"}).status_code == 403
