"""Tows that were ordered lie in the record: one board for every screen, an operator that withdraws, the forecast."""

from __future__ import annotations

import io
import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from clearway.planning.vehicles.towing.means import means_of
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.moved import enter_moved
from clearway.record.open import open_record
from clearway.record.plates import room_key
from clearway.server.operations import ServedRecord
from clearway.server.sources import TrafficSources
from patience import until
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

ROOM = "/api/operations/square/vehicles"
POINT = [174.771, -41.2835]
YARD = {"id": "yard", "lon": POINT[0], "lat": POINT[1], "capacity": 20, "release": "Ask at the gate"}
FIRMS = [
    {"id": "Smith Towing", "light": {"trucks": 1, "willing": "yes"}, "conditions": "only with Smith & Sons", "rate": "Smith's"},
    {"id": "Jones Recovery", "light": {"trucks": 2, "willing": "yes"}},
]
MEANS = {"storage": [YARD], "operators": FIRMS}
QUESTION: dict[str, Any] = {
    "stretches": [{"stretch": "Third Street", "car": 6, "across": 6, "lanes_left": 0, "lane_moves": 2}],
    "starts": "2022-02-16T08:00:00+13:00",
    "row": "officer_on_road",
    "by": "police",
    "limit_seconds": 1,
}


@pytest.fixture
def client(town: ServedNetwork, tmp_path: Path) -> Iterator[httpx.Client]:
    """A server with a file of one storage place and two operators, and a room."""
    served = replace(town, sources=TrafficSources(towing=means_of(MEANS)))
    with closing(open_record(str(tmp_path / "room.record"))) as store, serving(served, record=ServedRecord(store)) as opened:
        zone = {"id": "square", "title": "A square", "zone": "Pacific/Auckland"}
        assert opened.post("/api/operations", json=zone).status_code == 201
        yield opened


def answer_of(client: httpx.Client, path: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    begun = client.post(f"{ROOM}/{path}", json=question)
    assert begun.is_success, begun.text
    job: dict[str, Any] = begun.json()

    def over() -> bool:
        nonlocal job
        if job["state"] in ("waiting", "working"):
            job = client.get(f"/api/networks/drawn-town/tow/{job['id']}").json()
        return job["state"] not in ("waiting", "working")

    until(over)
    return job


def schedule_of(client: httpx.Client, path: str = "tow", question: dict[str, Any] | None = None) -> dict[str, Any]:
    job = answer_of(client, path, question)
    assert job["state"] == "done", job
    found: dict[str, Any] = job["answer"]
    return found


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{ROOM}/{path}", json={"source": "officer, Police"} | body)
    assert answer.status_code == 201, answer.text
    written: dict[str, Any] = answer.json()
    return written


def board(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{ROOM}/tows").json()["orders"][0]
    return found


def ordered(client: httpx.Client) -> dict[str, Any]:
    schedule = schedule_of(client, question=QUESTION)
    body = {"id": "order-a", "question": QUESTION, "schedule": schedule}
    first = post(client, "tows", body)
    assert post(client, "tows", body) == first, "sent again, it is one order"
    return schedule


def states(client: httpx.Client) -> dict[str, str]:
    return {one["id"]: one["state"] for one in board(client)["tows"]}


def test_an_order_is_in_the_record_and_its_forecast_moves_with_each_word(client: httpx.Client) -> None:
    schedule = ordered(client)
    assert "Smith" not in json.dumps(schedule)
    shown = board(client)
    assert (shown["order"], shown["by"], shown["says"]) == (1, "police", "0 of 6 tows done, 6 to come.")
    assert [one["name"] for one in shown["operators"]] == ["Smith Towing", "Jones Recovery"]
    assert shown["power"] == "Land Transport Act 1998, section 113"
    said = post(client, "tows/1/progress", {"id": "a", "tow": "T001", "state": "done"})
    assert "1 of 6 done" in said["says"]
    assert post(client, "tows/1/progress", {"id": "a", "tow": "T001", "state": "done"}) == said, "written once"
    post(client, "tows/1/progress", {"id": "b", "tow": "T002", "state": "failed", "note": "somebody sat in it"})
    post(client, "tows/1/progress", {"id": "c", "tow": "T003", "state": "gone"})
    post(client, "tows/1/progress", {"id": "d", "tow": "T004", "state": "withdrawn"})
    shown = board(client)
    words = "1 of 6 tows done, 1 failed and to be tried again, 1 driven away by their drivers, 1 withdrawn, 2 to come."
    assert shown["says"] == words
    assert next(one["note"] for one in shown["tows"] if one["id"] == "T002") == "somebody sat in it"
    rest = schedule_of(client, "tows/1/forecast")
    assert len(rest["tows"]) == 3
    assert rest["storage"][0]["capacity"] == 19, "who drove away takes no space"
    assert rest["stretches"][0]["lane_moves"] == 0, "a towed car and one that drove away free the lane"
    assert any("1 vehicle driven away" in note for note in rest["notes"])
    assert "Smith" not in json.dumps(rest)
    post(client, "tows/1/progress", {"id": "e", "tow": "T001", "state": "to_come"})
    assert states(client)["T001"] == "to_come"
    assert len(schedule_of(client, "tows/1/forecast")["tows"]) == 4
    picture = client.get("/api/operations/square/picture").json()
    (progress,) = [one for one in picture["states"] if one["kind"] == "tow_progress"]
    assert progress["says"].startswith("Tow order 1: T001 (car, Third Street) is to come again; 0 of 6 done")


def test_an_operator_that_withdraws_in_mid_job_is_told_and_its_tows_go_back(client: httpx.Client) -> None:
    schedule = ordered(client)
    of_smith = [one["id"] for one in schedule["tows"] if one["truck"] == "light 1"]
    others = [one["id"] for one in schedule["tows"] if one["truck"] != "light 1"]
    post(client, "tows/1/progress", {"id": "a", "tow": of_smith[0], "state": "under_way"})
    post(client, "tows/1/progress", {"id": "b", "tow": others[0], "state": "under_way"})
    before = schedule_of(client, "tows/1/forecast")
    assert len(before["tows"]) == 4
    written = post(client, "tows/1/withdrawals", {"id": "w", "operator": "light 1", "reason": "safety"})
    assert "does not send light trucks" in written["says"]
    shown = board(client)
    assert states(client)[of_smith[0]] == "to_come"
    assert states(client)[others[0]] == "under_way", "another's truck goes on"
    (told,) = shown["told"]
    assert told.startswith("Smith Towing has withdrawn at ")
    assert f"Trucks that come no more: light 1. Under way, and to be done again: {of_smith[0]}." in told
    assert [one["withdrew"] is None for one in shown["operators"]] == [False, True]
    after = schedule_of(client, "tows/1/forecast")
    assert len(after["tows"]) == 5
    assert {one["truck"] for one in after["tows"]} == {"light 2", "light 3"}
    assert after["steps"][-1]["done_s"] > before["steps"][-1]["done_s"]
    post(client, "tows/1/progress", {"id": "c", "tow": of_smith[0], "state": "under_way"})
    assert states(client)[of_smith[0]] == "under_way", "a later word counts: another truck took it over"


WHEN = {"source": "planner, Council", "happened": "2026-01-05T10:00+13:00"}


def yard(client: httpx.Client, **fields: Any) -> None:  # noqa: ANN401 - fields of a storage place
    body = {"name": "yard", "release_procedure": "Ask at the gate"} | fields
    document = {"id": f"yard-{len(fields)}", "kind": "storage_place", "body": body, "place": {"type": "point", "at": POINT}}
    answer = client.post("/api/operations/square/entries", json=document | WHEN)
    assert answer.status_code == 201, answer.text


def asked_of(client: httpx.Client, tow: str = "T001") -> dict[str, dict[str, Any]]:
    found = client.get(f"{ROOM}/tows/1/{tow}/record")
    assert found.is_success, found.text
    return {one["asks"]: one for one in found.json()["answers"]}


def test_a_tow_answers_what_is_asked_of_it_and_leaves_open_what_nobody_said(client: httpx.Client) -> None:
    schedule = ordered(client)
    truck = next(one["truck"] for one in schedule["tows"] if one["id"] == "T001")
    said = asked_of(client)
    assert said["Which firm tows it?"]["says"] in (
        [f"Smith Towing, with the truck '{truck}'."], [f"Jones Recovery, with the truck '{truck}'."],
    )  # fmt: skip
    assert said["From which street to which?"]["says"] == ["From Third Street to yard, 84 m from First Avenue."]
    assert said["How far is it?"]["says"][0] == "668 m by the quickest way for a truck, with no barrier in the way."
    assert said["How far is it?"]["says"][1].startswith("Planned: ")
    who = said["Who may order it, and who did?"]["says"]
    assert who[0].startswith("It was ordered by police. Power: Land Transport Act 1998, section 113 (officer_on_road).")
    assert any(one.startswith("parking warden, where this holds: ") for one in who)
    open_ = [asks for asks, one in said.items() if not one["is_known"]]
    assert open_ == ["What if it is broken into?", "What evidence is there?"]
    assert said["How does its owner get it back, and what does that cost?"]["says"] == ["Ask at the gate"]


def test_the_record_of_a_tow_holds_evidence_who_answers_for_a_break_in_and_a_fee_above_its_cap(
    client: httpx.Client, tmp_path: Path
) -> None:
    ordered(client)
    yard(client, break_in="The yard's insurer pays", secure=True, release_fee=500, tow_fee=80, assumed=["tow_fee"])
    post(client, "tows/1/progress", {"id": "a", "tow": "T001", "state": "done", "note": "a door was dented before"})
    moved = {
        "state": "stored", "purpose": "to free a lane", "power": "Land Transport Act 1998, section 113",
        "delete_by": "2040-01-01T00:00+13:00", "moved_by": "Smith Towing", "moved_to": "yard", "photos": ["ab" * 32],
        "condition": "one door dented", "tow": "1:T001",
    }  # fmt: skip
    with closing(open_record(str(tmp_path / "room.record"))) as store:
        key = room_key(tmp_path / "plate.key", make=True)
        kept = enter_moved(
            store, "square", "ABC123", {"id": "m", "body": moved} | WHEN, key, calendar=calendar("UTC"), now=now()
        )
    assert kept.id == "m"
    said = asked_of(client)
    assert said["What if it is broken into?"]["says"] == ["The yard's insurer pays", "yard is locked or guarded."]
    evidence = " ".join(said["What evidence is there?"]["says"])
    for part in ("Condition: one door dented.", "Photos by SHA-256: abababababab.", "done: a door was dented before", "Police"):
        assert part in evidence
    assert set(said["What evidence is there?"]["entries"]) == {"m", "a"}
    cost = said["How does its owner get it back, and what does that cost?"]["says"]
    assert cost[:2] == ["Ask at the gate", "An owner pays: tow NZD 80.00 (assumed), release NZD 500.00."]
    assert cost[3].startswith("The release fee of yard, NZD 500.00, is above the cap of NZD 100.00 where a wheel clamp")
    assert "What evidence is there?" in [one for one, found in asked_of(client, "T002").items() if not found["is_known"]]
    (place,) = client.get(f"{ROOM}/means").json()["places"]
    assert [one.partition(",")[0] for one in place["over_cap"]] == ["The tow fee of yard", "The release fee of yard"]
    assert "an owner pays: tow NZD 80.00 (assumed), release NZD 500.00" in place["says"]
    notes = schedule_of(client, question=QUESTION)["notes"]
    assert notes[0].startswith("The tow fee of yard, NZD 80.00, is above the cap of NZD 52.50 where ")


def test_the_record_of_a_tow_is_printed(client: httpx.Client) -> None:
    ordered(client)
    paper = client.get(f"{ROOM}/tows/1/T001/record.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "What if it is broken into?" in " ".join(said.split())
    assert client.get(f"{ROOM}/tows/1/T999/record").status_code == 422
    assert client.get(f"{ROOM}/tows/7/T001/record").status_code == 404


def test_when_all_is_done_there_is_no_forecast(client: httpx.Client) -> None:
    schedule = ordered(client)
    for number, one in enumerate(schedule["tows"]):
        post(client, "tows/1/progress", {"id": f"d{number}", "tow": one["id"], "state": "done" if number else "gone"})
    assert board(client)["is_over"]
    job = answer_of(client, "tows/1/forecast")
    assert (job["state"], job["error"]["message"]) == ("failed", "Nothing is left of tow order 1: there is no forecast of it.")


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("tows/2/progress", {"tow": "T001", "state": "done"}, 404, "The record has no tow order 2. It has: 1."),
    ("tows/1/progress", {"tow": "T999", "state": "done"}, 422, "Unknown tow on the board: T999"),
    ("tows/1/progress", {"tow": "T001", "state": "to_come"}, 400, "Of T001 it is said already that it is to come."),
    ("tows/1/progress", {"tow": "T001", "state": "lost"}, 422, "state"),
    ("tows/1/progress", {"tow": "T001", "state": "done", "source": "  "}, 422, "source"),
    ("tows/1/withdrawals", {"operator": "Nobody's"}, 400, 'Tow order 1 has no truck of "Nobody\'s"'),
    ("tows", {"question": QUESTION, "schedule": {"order": None}}, 400, "Nobody ordered these tows"),
    ("tows", {"question": QUESTION, "schedule": {"network": "0" * 64}}, 400, "The schedule does not hold here"),
]


def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(client: httpx.Client) -> None:
    schedule = ordered(client)

    def entries() -> list[str]:
        return [one["id"] for one in client.get("/api/operations/square/entries").json()]

    before = entries()
    for path, body, status, sentence in REFUSED:
        given = body | ({"schedule": schedule | body["schedule"]} if "schedule" in body else {})
        answer = client.post(f"{ROOM}/{path}", json={"id": "x", "source": "officer, Police"} | given)
        assert (answer.status_code, sentence in answer.json()["error"]["message"]) == (status, True), answer.text
    assert entries() == before


def firm(client: httpx.Client, name: str, **body: Any) -> None:  # noqa: ANN401 - fields of a body
    entry = {"kind": "tow_operator", "body": {"operator": name} | body, "happened": "now", "source": "officer, Police"}
    answer = client.post("/api/operations/square/entries", json=entry)
    assert answer.status_code == 201, answer.text


def place(client: httpx.Client, kind: str, name: str, at: list[float], **body: Any) -> None:  # noqa: ANN401 - fields of a body
    entry = {"kind": kind, "body": {"name": name} | body, "happened": "now", "source": "officer, Police"}
    answer = client.post("/api/operations/square/entries", json=entry | {"place": {"type": "point", "at": at, "label": name}})
    assert answer.status_code == 201, answer.text


def test_what_the_record_says_counts_before_the_file_and_that_is_said(client: httpx.Client) -> None:
    firm(client, "SMITH  towing", light_willing="no", reason="sympathy")
    place(client, "storage_place", "Depot", POINT, capacity=3, assumed=["capacity"])
    place(client, "parking_place", "Field", POINT, capacity=10, assumed=["capacity"])
    known = client.get(f"{ROOM}/means").json()
    assert [(one["what"], one["name"], one["of"]) for one in known["places"]] == [
        ("parking", "Field", "record"), ("storage", "Depot", "record"), ("storage", "yard", "file"),
    ]  # fmt: skip
    assert "room for 3 (assumed)" in known["places"][1]["says"].lower()
    assert [(one["label"], one["light"], one["of"]) for one in known["operators"]] == [
        ("operator 1", None, "record"), ("operator 2", 2, "file"),
    ]  # fmt: skip
    assert any("Smith Towing the record and the server's file both speak: what the record says counts" in one
               for one in known["notes"])  # fmt: skip
    assert "Smith" not in json.dumps(known["operators"])
    schedule = schedule_of(client, question=QUESTION)
    assert [one["id"] for one in schedule["trucks"]] == ["light 1", "light 2"]
    assert {one["operator"] for one in schedule["trucks"]} == {"operator 2"}
    assert {one["id"] for one in schedule["storage"]} == {"Depot", "yard"}
    assert any(one == "Of Depot: capacity." for one in schedule["assumed"])


def test_conditions_in_words_are_in_no_answer_about_means(client: httpx.Client) -> None:
    """They could name the firm; that there are some is said."""
    said = client.get("/api/networks/drawn-town/towing").text + json.dumps(schedule_of(client, question=QUESTION))
    assert "Smith" not in said
    assert "operator 1 tows only on its conditions: in its own words, for the room alone." in said
