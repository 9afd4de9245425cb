"""Operations over HTTP: pictures of two moments, entries written and read again, everything one click from its source."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.operations import ServedRecord
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

SQUARE = "/api/operations/square"
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
POLICE = {"office": "Commissioner", "organisation": "Police", "reliability": "B", "credibility": 2}
OPENED = {"title": "A square is taken", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
DAY_11 = {"at": "2022-02-18T12:00:00+13:00"}


def told(store: Store, entry_id: str, kind: str, body: dict[str, Any], when: str, **fields: object) -> None:
    moment = CALENDAR.span(when).end
    said = {"id": entry_id, "kind": kind, "body": body, "happened": when, "known": moment.isoformat(), "source": POLICE}
    store.append("square", [draft_of(said | fields, CALENDAR, now=moment, entered="imported")])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    told(opened, "o", "operation", OPENED, "2022-02-08")
    vehicles = {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}
    told(opened, "v1", "count", vehicles, "day 9 12:00")
    told(opened, "v2", "count", {"what": "vehicles", "amount": {"low": 800, "high": 800}}, "day 10 12:00")
    street = {"type": "street", "street": "Third Street"}
    told(opened, "r", "road_state", {"state": "shut"}, "day 10 09:00", places=[street])
    told(opened, "i", "incident", {"nature": "noise", "summary": "horns"}, "day 10 10:00", release="room", places=[
        {"type": "junction", "streets": ["Third Street", "Fourth Avenue"]}
    ])  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    with serving(town, record=ServedRecord(store)) as opened:
        yield opened


def write(client: httpx.Client, **fields: object) -> httpx.Response:
    entry = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 11 about 7pm"}
    return client.post(f"{SQUARE}/entries", json=entry | fields)


def test_operations_are_listed_with_their_own_names_and_calendar(client: httpx.Client) -> None:
    (listed,) = client.get("/api/operations").json()
    assert listed == OPENED | {"id": "square", "network": "drawn-town", "entries": 5}
    details = client.get(SQUARE).json()
    assert details["first_known"] == "2022-02-08T11:00:00.000000Z"
    assert details["last_known"] == "2022-02-16T23:00:00.000000Z"
    assert details["first_happened"] == "2022-02-15T23:00:00.000000Z"
    assert details["last_happened"] == "2022-02-16T23:00:00.000000Z"
    assert sum(hour["entries"] for hour in details["timeline"]) == 5
    assert details["seq"] == 5


def test_a_picture_of_two_moments(client: httpx.Client) -> None:
    now = client.get(f"{SQUARE}/picture", params=DAY_11).json()
    assert (now["title"], now["day"]) == ("A square is taken", 11)
    assert [fact["id"] for fact in now["counts"][0]["latest"]] == ["v2"]
    then = client.get(f"{SQUARE}/picture", params=DAY_11 | {"known_at": "2022-02-16T20:00:00+13:00"}).json()
    assert [fact["id"] for fact in then["counts"][0]["latest"]] == ["v1"]
    assert then["counts"][0]["estimate"]["low"] < 450 < then["counts"][0]["estimate"]["high"]


def test_the_map_shows_where_facts_lie_on_the_network(client: httpx.Client, town: ServedNetwork) -> None:
    features = client.get(f"{SQUARE}/map", params=DAY_11).json()["features"]
    kinds = [(feature["properties"]["entry"], feature["geometry"]["type"]) for feature in features]
    assert sorted(kinds) == [("i", "Point"), ("r", "MultiLineString")]
    lines = next(feature for feature in features if feature["geometry"]["type"] == "MultiLineString")
    assert lines["properties"]["sign"] == "shut"
    assert len(lines["geometry"]["coordinates"]) == 5
    (lon, lat) = next(feature for feature in features if feature["properties"]["entry"] == "i")["geometry"]["coordinates"]
    assert (lon, lat) == pytest.approx((174.770 + 3 * 0.004, -41.290 + 2 * 0.004))
    assert town.network.way_count > 0


def test_a_figure_is_drawn_with_every_statement_named(client: httpx.Client) -> None:
    (count,) = client.get(f"{SQUARE}/picture", params=DAY_11).json()["counts"]
    answer = client.get(f"{SQUARE}/plot.svg", params=DAY_11 | {"key": count["key"]})
    assert answer.headers["content-type"] == "image/svg+xml"
    assert 'data-entry="v1"' in answer.text
    assert 'data-entry="v2"' in answer.text
    assert client.get(f"{SQUARE}/plot.svg", params=DAY_11 | {"key": "none"}).status_code == 404


def test_an_entry_is_written_once_and_leads_to_what_it_is_tied_to(client: httpx.Client) -> None:
    first = write(client, id="d", disputes=["v2"], source=POLICE)
    assert first.status_code == 201
    answer = first.json()
    assert (answer["fact"]["says"], answer["version"]) == ("Seen", 6)
    assert [(tie["relation"], tie["to_this"], tie["fact"]["id"]) for tie in answer["ties"]] == [("disputes", False, "v2")]
    assert write(client, id="d", disputes=["v2"], source=POLICE, known=answer["fact"]["known"]).json()["version"] == 6
    disputed = client.get(f"{SQUARE}/entries/v2").json()
    assert [(tie["relation"], tie["to_this"], tie["fact"]["id"]) for tie in disputed["ties"]] == [("disputes", True, "d")]
    picture = client.get(f"{SQUARE}/picture", params={"at": "2022-02-19T12:00:00+13:00", "known_at": "2099-01-01T00:00:00Z"})
    assert [one["kind"] for one in picture.json()["contested"]] == ["disputed"]


def test_a_request_whose_answer_was_lost_is_sent_again_as_it_was(client: httpx.Client, store: Store) -> None:
    once, again = write(client, id="d"), write(client, id="d")
    assert (once.status_code, again.status_code) == (201, 201)
    assert once.json()["hash"] == again.json()["hash"]
    assert write(client, id="d", body={"text": "Else"}).status_code == 409
    assert store.version("square") == 6


@pytest.mark.slow
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", '"nan"'])
@pytest.mark.parametrize(
    "entry",
    [
        '{"kind": "count", "body": {"what": "x", "amount": {"low": %s, "high": 3}}',
        '{"kind": "gate_state", "body": {"gate": "x", "state": "open", "wait_minutes": %s}',
        '{"kind": "remark", "body": {"text": "x"}, "places": [{"type": "point", "at": [%s, 1]}]',
        '{"kind": "remark", "body": {"text": "x"}, "places": [{"type": "named", "name": "x", "at": [1, %s]}]',
        '{"kind": "remark", "body": {"text": "x"}, "places": [{"type": "area", "ring": [[0, 0], [1, %s], [1, 1], [0, 0]]}]',
    ],
)
def test_a_number_that_is_not_one_is_refused_and_never_left_out(
    client: httpx.Client, store: Store, entry: str, number: str
) -> None:
    said = entry % number + ', "happened": "day 11"}'
    answer = client.post(f"{SQUARE}/entries", content=said, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert "finite number" in answer.text or "not NaN or infinity" in answer.text
    assert store.version("square") == 5


def test_the_writer_of_another_bodys_correction_is_told(client: httpx.Client) -> None:
    (source,) = {one["source"]["organisation"] for one in client.get(f"{SQUARE}/entries?kind=count").json()[:1]}
    figure = {"kind": "count", "body": {"what": "vehicles", "amount": {"low": 7, "high": 7}}, "corrects": ["v1"]}
    other = write(client, source={"organisation": "Harbour board"}, **figure).json()
    (tie,) = other["ties"]
    assert (tie["relation"], tie["fact"]["id"], tie["to_this"]) == ("disputes", "v1", False)
    assert len(other["notices"]) == 1
    assert "Only the body that said it can correct it" in other["notices"][0]
    same = write(client, source={"organisation": source}, **figure).json()
    assert (same["notices"], [tie["relation"] for tie in same["ties"]]) == ([], ["corrects"])
    ties = client.get(f"{SQUARE}/entries/v1").json()["ties"]
    assert sorted(tie["relation"] for tie in ties) == ["corrects", "disputes"]


def test_entries_are_found_by_words_and_by_kind_in_pages(client: httpx.Client) -> None:
    assert [fact["id"] for fact in client.get(f"{SQUARE}/entries", params={"q": "HORNS"}).json()] == ["i"]
    assert [fact["id"] for fact in client.get(f"{SQUARE}/entries", params={"kind": "count"}).json()] == ["v1", "v2"]
    page = client.get(f"{SQUARE}/entries", params={"limit": 2}).json()
    rest = client.get(f"{SQUARE}/entries", params={"after": page[-1]["seq"]}).json()
    assert [fact["id"] for fact in page + rest] == ["o", "v1", "v2", "r", "i"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"kind": "gossip"}, 400, "The entry's kind 'gossip' is unknown. The nearest are "),
        ({"body": {}}, 400, 'text: it is missing; write it as "a few words"'),
        ({"happened": "soon"}, 400, "'soon' cannot be read as a time"),
        ({"corrects": ["nobody"], "kind": "count", "body": {"what": "x", "amount": {"low": 1}}}, 422, "nobody"),
        ({"id": "v1"}, 409, "The id 'v1' is used for another entry already"),
        ({"body": {"text": "a\x00b"}}, 400, "it holds a NUL sign"),
        ({"plate": "ABC"}, 422, "'plate' is not known"),
        (
            {"source": {"reliability": "Z"}},
            400,
            'source, reliability: "Z" is not one of its words; write it as "A", "B" or "C"',
        ),
    ],
)
def test_a_bad_entry_gets_one_sentence_and_nothing_is_written(
    client: httpx.Client, store: Store, fields: dict[str, object], status: int, sentence: str
) -> None:
    answer = write(client, **fields)
    assert answer.status_code == status
    assert sentence in answer.json()["error"]["message"]
    assert store.version("square") == 5


def test_who_has_not_seen_the_last_entry_is_told_so(client: httpx.Client) -> None:
    entry = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 11"}
    answer = client.post(f"{SQUARE}/entries", json=entry, params={"expected_version": 4})
    assert answer.status_code == 409
    assert "has 5 entries, not 4" in answer.json()["error"]["message"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/operations/circle", 404),
        (f"{SQUARE}/entries/nobody", 404),
        (f"{SQUARE}/picture?at=yesterday", 422),
        (f"{SQUARE}/picture?at=9999-12-31T23:00:00Z", 400),
        (f"{SQUARE}/map?at=0001-01-01T00:00:00Z", 400),
        (f"{SQUARE}/sitrep.txt?at=0001-01-01T00:00:00Z", 400),
        (f"{SQUARE}/picture?at=2022-02-18T12:00", 422),
        (f"{SQUARE}/entries?limit=100000", 422),
        (f"{SQUARE}/entries?after=99999999999999999999", 422),
        (f"{SQUARE}/stream?after=99999999999999999999", 422),
        (f"{SQUARE}/entries?kind=gossip", 400),
        (f"{SQUARE}/entries/a%00b", 422),
        (f"{SQUARE}/sitrep.doc", 422),
    ],
)
def test_what_is_not_there_or_cannot_be_read_is_refused_in_one_shape(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"kind", "message"}


def test_an_operation_is_opened_and_can_be_written_to(client: httpx.Client) -> None:
    question = {"id": "circle", "title": "A circle", "zone": "Europe/Berlin", "first_day": "2022-03-01"}
    assert client.post("/api/operations", json=question).status_code == 201
    assert client.post("/api/operations", json=question).json()["entries"] == 1  # sent again, it is the same request
    assert client.post("/api/operations", json=question | {"title": "Another"}).status_code == 409
    assert client.post("/api/operations", json=question | {"id": "c2", "zone": "Mars"}).status_code == 400
    entry = {"kind": "remark", "body": {"text": "x"}, "happened": "day 2 9am"}
    fact = client.post("/api/operations/circle/entries", json=entry).json()["fact"]
    assert moment_of(fact["happened"]["start"]) == moment_of("2022-03-02T09:00+01:00")


@pytest.mark.slow
def test_a_report_is_issued_once_and_is_what_the_record_says_that_it_is(client: httpx.Client) -> None:
    head: dict[str, Any] = {
        "author": "Night desk",
        "to": ["Fire", "Port"],
        "next_due": "2022-02-19T08:00+13:00",
        "release": "partners",
    }
    answer = client.post(f"{SQUARE}/sitrep.pdf", params=DAY_11 | head)
    assert answer.status_code == 200, answer.text
    entry = client.get(f"{SQUARE}/entries/{answer.headers['clearway-entry']}").json()["fact"]
    assert entry["body"]["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert (entry["body"]["number"], entry["body"]["distribution"], entry["release"]) == (1, ["Fire", "Port"], "partners")
    assert answer.headers["clearway-report"] == "1"
    again = client.post(f"{SQUARE}/sitrep.txt", params={**DAY_11, **head, "number": 1})
    assert again.status_code == 400
    assert "Report 1 was issued before" in again.json()["error"]["message"]
    text = client.get(f"{SQUARE}/sitrep.txt", params={**DAY_11, **head}).text
    assert "Author: Night desk" in text
    assert "Distribution: Fire and Port" in text
    assert "Next report due: Sat 19 Feb 2022 08:00" in text
    assert "For partner organisations" in text


def test_situation_reports_in_three_forms(client: httpx.Client) -> None:
    page = client.get(f"{SQUARE}/sitrep.html", params=DAY_11)
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src" not in page.headers["content-security-policy"]
    assert "Situation report: A square is taken" in page.text
    assert "<svg" in page.text
    assert client.get(f"{SQUARE}/sitrep.pdf", params=DAY_11).content.startswith(b"%PDF-")
    assert client.get(f"{SQUARE}/sitrep.txt", params=DAY_11).text.startswith("SITUATION REPORT: A square is taken")


def test_a_server_without_a_record_lists_no_operation_and_says_what_to_do(town: ServedNetwork) -> None:
    with serving(town) as bare:
        assert bare.get("/api/operations").json() == []
        refused = bare.get(SQUARE)
        assert refused.status_code == 404
        assert "--record" in refused.json()["error"]["message"]


def test_what_is_learnt_years_later_or_planned_does_not_stretch_what_happened(client: httpx.Client) -> None:
    before = client.get(SQUARE).json()
    for happened in ("day 9 noon", "2099-02-18"):
        assert write(client, happened=happened).status_code == 201
    assert write(client, happened="day 10 11:00", known="day 10 11:30").status_code == 201
    details = client.get(SQUARE).json()
    assert details["first_happened"] == before["first_happened"]
    assert details["last_happened"] > "2026"  # planned for 2099, known now
    assert details["last_known"] > "2026"


REMARKS = [
    {"id": "r1", "kind": "remark", "body": {"text": "One"}, "happened": "day 11 7pm"},
    {
        "id": "r2",
        "kind": "count",
        "body": {"what": "Tents", "amount": "about 40"},
        "happened": "day 11 8pm",
        "disputes": ["r1"],
    },
]


def send(client: httpx.Client, entries: object) -> httpx.Response:
    return client.post(f"{SQUARE}/batch", json=entries)


def test_a_place_is_written_in_words_alone_or_among_several(client: httpx.Client) -> None:
    kept = write(client, place="Lambton Quay at Bowen St").json()["fact"]["where"]
    assert kept == write(client, places=["Lambton Quay at Bowen St"]).json()["fact"]["where"] == "Lambton Quay at Bowen Street"
    both = write(client, place="Hill St", places=["Hill St"])
    assert both.status_code == 400
    assert "both 'place' and 'places'" in both.json()["error"]["message"]


def test_a_batch_is_written_once_in_its_order(client: httpx.Client) -> None:
    assert send(client, REMARKS).json() == {"written": 2, "there_already": 0, "ids": ["r1", "r2"], "notices": []}
    assert send(client, REMARKS).json() == {"written": 0, "there_already": 2, "ids": ["r1", "r2"], "notices": []}
    council = {"organisation": "City Council", "office": "Duty officer"}
    other = REMARKS[1] | {"id": "r3", "disputes": [], "corrects": ["r2"], "source": council}
    (notice,) = send(client, [other]).json()["notices"]
    assert notice.startswith("Entry 1: Entry 'r2' is the word of ")
    body = client.get(f"{SQUARE}/entries/r2").json()["fact"]["body"]
    assert (body["what"], body["amount"]["low"], body["amount"]["about"]) == ("tents", 40, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"kind": "gossip", "body": {}, "happened": "7pm"}, 400, "Entry 3: The entry's kind 'gossip'"),
        (
            {"kind": "remark", "body": {"text": "x"}, "happened": "soon"},
            400,
            "Entry 3: The entry cannot be used: happened: 'soon'",
        ),
        (
            {"id": "r1", "kind": "remark", "body": {"text": "x"}, "happened": "7pm"},
            400,
            "Entry 3: it has the id 'r1', as entry 1",
        ),
        ({"id": "v1", "kind": "remark", "body": {"text": "x"}, "happened": "7pm"}, 409, "Entry 3: The id 'v1' is used"),
        ({"kind": "remark", "body": {"text": "x"}, "happened": "7pm", "disputes": ["nobody"]}, 422, "Entry 3: Unknown entry"),
        ({"kind": "remark", "body": {"text": "x"}, "happened": "7pm", "known": "2099-01-01"}, 400, "Entry 3: "),
        ("a line", 400, "Entry 3: An entry is a JSON object"),
    ],
)
def test_of_a_batch_all_is_written_or_nothing_and_the_wrong_one_is_named(
    client: httpx.Client, store: Store, wrong: object, status: int, sentence: str
) -> None:
    answer = send(client, [*REMARKS, wrong])
    assert (answer.status_code, sentence in answer.json()["error"]["message"]) == (status, True), answer.text
    assert "Nothing was written" in answer.json()["error"]["message"]
    assert store.version("square") == 5


@pytest.mark.parametrize("wrong", [[], {}, "x", [REMARKS[0]] * 1001])
def test_a_batch_is_a_list_of_some_entries(client: httpx.Client, store: Store, wrong: object) -> None:
    assert send(client, wrong).status_code in (400, 422)
    assert store.version("square") == 5


@pytest.mark.parametrize(
    ("text", "near", "moment", "day"),
    [
        ("22 February 2022 6pm", "2022-02-18T19:05+13:00", "2022-02-22T05:00:00.000000Z", 15),
        ("day 11 9:00", "2022-02-08T00:00+13:00", "2022-02-17T20:00:00.000000Z", 11),
        ("half past two", "2022-02-18T19:05+13:00", "2022-02-17T13:30:00.000000Z", 11),
        ("half past two in the afternoon", "2022-02-18T19:05+13:00", "2022-02-18T01:30:00.000000Z", 11),
        ("yesterday noon", "2022-02-18T19:05+13:00", "2022-02-16T23:00:00.000000Z", 10),
        ("day 11", "2022-02-08T00:00+13:00", "2022-02-18T10:59:00.000000Z", 11),
        ("Fri 18 Feb 19:05", "2022-02-09T00:00+13:00", "2022-02-18T06:05:00.000000Z", 11),
    ],
)
def test_a_typed_time_is_read_from_the_moment_looked_at(
    client: httpx.Client, text: str, near: str, moment: str, day: int
) -> None:
    answer = client.get(f"{SQUARE}/time", params={"text": text, "near": near}).json()
    assert (answer["moment"], answer["day"]) == (moment, day)


def test_what_is_no_time_is_refused_with_times_that_can_be_read(client: httpx.Client) -> None:
    answer = client.get(f"{SQUARE}/time", params={"text": "soon", "near": "2022-02-18T19:05+13:00"})
    assert answer.status_code == 400
    said = answer.json()["error"]["message"]
    assert said.startswith("'soon' cannot be read as a time. Write a time such as '19:05', '17 Feb 7pm', 'day 10 morning'")


def test_the_page_asks_when_the_picture_changed_last_and_changes_next(client: httpx.Client) -> None:
    def beside(**asked: str) -> dict[str, str | None]:
        answer = client.get(f"{SQUARE}/beside", params=asked)
        assert answer.status_code == 200
        return dict(answer.json())

    between = {"before": "2022-02-16T20:00:00.000000Z", "after": "2022-02-16T23:00:00.000000Z"}
    assert beside(at="2022-02-17T11:00+13:00") == between | {"before": "2022-02-16T21:00:00.000000Z"}
    assert beside(at="2022-02-17T09:30+13:00") == between | {"after": "2022-02-16T21:00:00.000000Z"}
    assert beside(at="2022-02-17T11:00+13:00", until="2022-02-17T11:30+13:00")["after"] is None
    assert beside(at="2022-02-17T12:00+13:00")["after"] is None


FLOW = {
    "kind": "flow",
    "body": {"what": "cars", "direction": "left", "amount": 12},
    "happened": "day 10 14:20",
    "source": POLICE,
}


def check(client: httpx.Client, **fields: object) -> dict[str, Any]:
    answer = client.post(f"{SQUARE}/check", json=FLOW | fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_entry_is_checked_before_it_is_written(client: httpx.Client, store: Store) -> None:
    write(client, **(FLOW | {"id": "f"}))
    version = store.version("square")
    checked = check(client, body={"what": "cars", "direction": "left", "amount": 14}, corrects=["f"], places="Third St")
    assert checked["changes"] == [
        {"what": "Cars left", "before": "12", "after": "14"},
        {"what": "Where", "before": "not stated", "after": "Third Street"},
    ]
    assert (checked["says"], checked["where"], checked["speaker"]) == ("Cars left: 14", "Third Street", "Commissioner, Police")
    assert (checked["notices"], checked["asks"]) == ([], [])
    assert store.version("square") == version


def test_a_check_says_what_is_kept_as_a_dispute_what_has_no_grade_and_what_is_far_away(client: httpx.Client) -> None:
    write(client, **(FLOW | {"id": "f"}))
    other = check(client, corrects=["f"], source={"organisation": "Council"})
    assert "so this stands beside it as a dispute" in other["notices"][0]
    nobody = check(client, source={"reliability": "B", "credibility": 2})
    assert nobody["notices"] == [
        "Nobody is named as its source, so it has no grade. Say who says so, by office or organisation, and grade that."
    ]
    (far,) = check(client, happened="2025-06-01 09:00")["asks"]
    assert far == "Sun 01 Jun 2025 09:00 is 3 years after the operation's last entry (Thu 17 Feb 2022 14:20)."
    assert client.post(f"{SQUARE}/check", json=FLOW | {"happened": "some day"}).status_code == 400


def test_who_writes_what_is_doubtful_is_told_so(client: httpx.Client) -> None:
    answer = write(client, **(FLOW | {"happened": "2025-06-01 09:00"})).json()
    assert answer["notices"][0].startswith("Sun 01 Jun 2025 09:00 is 3 years after the operation's last entry")
    ends = FLOW | {"kind": "road_state", "body": {"state": "shut", "starts": "day 10 9am", "ends": "day 10 8am"}}
    refused = write(client, **ends)
    assert (refused.status_code, refused.json()["error"]["message"]) == (
        400, "The entry cannot be used: ends: it ends before it starts. Put the earlier time into 'starts'."
    )  # fmt: skip


def test_entries_say_whether_they_count_and_a_correction_what_it_changed(client: httpx.Client) -> None:
    write(client, **(FLOW | {"id": "f"}))
    write(client, **(FLOW | {"id": "g", "body": {"what": "cars", "direction": "left", "amount": 14}, "corrects": ["f"]}))
    write(client, id="w", withdraws=["i"])
    stands = {fact["id"]: fact["standing"] for fact in client.get(f"{SQUARE}/entries").json()}
    assert (stands["f"], stands["g"], stands["i"], stands["v1"]) == ("corrected", "in_force", "withdrawn", "replaced")
    before = client.get(f"{SQUARE}/entries/f").json()
    assert (before["fact"]["standing"], before["ties"][0]["fact"]["standing"]) == ("corrected", "in_force")
    change = [{"what": "Cars left", "before": "12", "after": "14"}]
    assert [tie["changes"] for tie in before["ties"]] == [change]
    assert [tie["changes"] for tie in client.get(f"{SQUARE}/entries/g").json()["ties"]] == [change]


def test_a_withdrawn_date_gives_the_time_bar_back(client: httpx.Client) -> None:
    before = client.get(SQUARE).json()["last_happened"]
    write(client, id="far", happened="2025-06-01 09:00")
    assert client.get(SQUARE).json()["last_happened"] == "2025-05-31T21:00:00.000000Z"
    write(client, withdraws=["far"], happened="now")
    assert client.get(SQUARE).json()["last_happened"] == before


def test_names_are_offered_the_most_used_first(client: httpx.Client) -> None:
    write(client, source={"office": "Officer at gate 3", "medium": "radio"}, places="Third Street; 12 Fourth Avenue")
    names = client.get(f"{SQUARE}/names").json()
    assert [(one["office"], one["organisation"], one["grade"], one["entries"]) for one in names["speakers"]] == [
        ("Commissioner", "Police", "B2", 4), ("Officer at gate 3", None, "F6", 1)
    ]  # fmt: skip
    assert [one["words"] for one in names["places"]][:2] == ["Third Street", "Third Street at Fourth Avenue"]


def test_arrivals_and_departures_lie_on_the_map(client: httpx.Client) -> None:
    write(client, **(FLOW | {"id": "f", "places": "Third Street at Fourth Avenue"}))
    features = client.get(f"{SQUARE}/map", params={"at": "2099-01-01T00:00Z"}).json()["features"]
    assert [one["geometry"]["type"] for one in features if one["properties"]["entry"] == "f"] == ["Point"]
