from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.record.moments import calendar, moment_of
from clearway.record.opening import open_record
from clearway.record.reading import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from clearway.record.store import SqlStore

STREAM = "operation"
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
POLICE = {"office": "Assistant Commissioner", "organisation": "Police", "reliability": "B", "credibility": 2}
PAPER = {"office": "a reporter", "organisation": "a newspaper", "medium": "article"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


def at_hour(day: int, hour: int) -> datetime:
    return moment_of("2022-02-07T00:00+13:00") + timedelta(days=day, hours=hour)


def report(store: SqlStore, entry_id: str, kind: str, body: dict[str, Any], day: int, hour: int = 12, **fields: object) -> None:
    moment = at_hour(day, hour).isoformat()
    said = {"id": entry_id, "kind": kind, "body": body, "happened": moment, "known": moment, "source": POLICE} | fields
    store.append(STREAM, [draft_of(said, CALENDAR, now=moment_of(moment))])


def seen(store: SqlStore, day: int, hour: int = 23, known: tuple[int, int] | None = None) -> dict[str, Any]:
    at = at_hour(day, hour)
    known_at = at_hour(*known) if known else at
    return picture_of(store, PictureIndex(), STREAM, at, known_at).as_json()


def vehicles(number: float, **bounds: object) -> dict[str, Any]:
    return {"what": "vehicles", "amount": {"low": number, "high": number} | bounds}


def test_figures_stand_side_by_side_as_they_were_said(store: SqlStore) -> None:
    report(store, "a", "count", vehicles(450, about=True), day=9)
    report(store, "b", "count", vehicles(800), day=11)
    report(store, "c", "count", vehicles(300, high=1000), day=11, hour=14, source=PAPER)
    (count,) = seen(store, day=11)["counts"]
    assert [fact["id"] for fact in count["statements"]] == ["a", "b", "c"]
    assert [(fact["id"], fact["grade"]) for fact in count["latest"]] == [("c", "F6"), ("b", "B2")]
    assert count["clashes"] == []  # 800 lies within 300 to 1000
    assert count["latest"][1]["age_s"] == 11 * 3600


def test_figures_that_exclude_each_other_are_a_clash_and_none_is_dropped(store: SqlStore) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    report(store, "b", "count", {"what": "vehicles", "amount": {"low": 600}}, day=9, hour=13, source=PAPER)
    (count,) = seen(store, day=9)["counts"]
    assert count["clashes"] == [["b", "a"]]
    report(store, "c", "count", vehicles(650), day=9, hour=15)  # the same speaker again: the earlier word no longer stands
    (count,) = seen(store, day=9)["counts"]
    assert count["clashes"] == []
    assert len(count["statements"]) == 3


def test_a_correction_is_seen_from_when_it_was_known(store: SqlStore) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    report(store, "b", "count", vehicles(540), day=9, corrects=["a"], known="2022-02-18T09:00+13:00")
    assert seen(store, day=9)["counts"][0]["latest"][0]["id"] == "a"
    assert seen(store, day=9, known=(11, 10))["counts"][0]["latest"][0]["id"] == "b"


def test_a_promise_is_overdue_once_its_time_has_passed_and_until_its_outcome_is_entered(store: SqlStore) -> None:
    tow = {"by": "Police", "what": "tow vehicles", "due": "2022-02-16T18:00+13:00"}
    report(store, "p", "promise", tow, day=8)
    assert seen(store, day=9, hour=17)["promises"][0]["overdue"] is False
    assert seen(store, day=9, hour=19)["promises"][0]["overdue"] is True
    report(store, "q", "promise", tow | {"outcome": "not_kept"}, day=11)
    assert [(one["id"], one["overdue"]) for one in seen(store, day=11)["promises"]] == [("q", False)]


def test_a_request_waits_from_when_it_was_first_made_until_it_is_answered(store: SqlStore) -> None:
    ask = {"asked_by": "seven groups", "asked_of": "Government"}
    report(store, "a", "meeting_request", ask, day=8)
    report(store, "b", "meeting_request", ask, day=9)
    (request,) = seen(store, day=10, hour=12)["requests"]
    assert (request["id"], request["unanswered"], request["waiting_s"]) == ("b", True, 48 * 3600)
    report(store, "c", "meeting_request", ask | {"answer": "refused"}, day=11)
    (request,) = seen(store, day=11)["requests"]
    assert (request["unanswered"], request["waiting_s"]) == (False, None)


def test_a_condition_follows_the_figure_that_it_is_tied_to(store: SqlStore) -> None:
    terms = {"by": "Speaker", "before": "talks", "what": "no vehicle is left", "counted": "vehicles", "at_most": 0}
    report(store, "t", "condition", terms, day=8)
    assert seen(store, day=8)["conditions"][0]["met"] is None
    report(store, "a", "count", vehicles(450), day=9)
    assert seen(store, day=9)["conditions"][0]["met"] is False
    report(store, "b", "count", {"what": "vehicles", "amount": {"high": 20}}, day=20)
    assert seen(store, day=20)["conditions"][0]["met"] is None  # up to 20 may be none
    report(store, "c", "count", vehicles(0), day=23)
    condition = seen(store, day=23)["conditions"][0]
    assert (condition["met"], condition["decided_by"]) == (True, ["c"])


def test_states_are_the_latest_and_events_are_listed_latest_first(store: SqlStore) -> None:
    place = {"type": "street", "street": "Molesworth Street"}
    report(store, "r1", "road_state", {"state": "shut"}, day=2, place=place)
    report(store, "r2", "road_state", {"state": "restricted", "passes": ["emergency"]}, day=11, place=place)
    for number in (1, 2, 3):
        report(store, f"i{number}", "incident", {"nature": "stand_off", "summary": "x"}, day=14, hour=16 + number)
    said = seen(store, day=14)
    assert [fact["body"]["state"] for fact in said["states"]] == ["restricted"]
    assert [fact["id"] for fact in said["events"]] == ["i3", "i2", "i1"]


def test_what_is_disputed_is_shown_with_who_disputes_and_who_confirms(store: SqlStore) -> None:
    report(store, "a", "statement", {"summary": "Shots were heard"}, day=14)
    report(store, "b", "statement", {"summary": "They were fireworks"}, day=14, hour=13, disputes=["a"], source=PAPER)
    report(store, "c", "remark", {"text": "heard it too"}, day=14, hour=14, confirms=["a"])
    assert seen(store, day=14)["disputed"] == [{"entry": "a", "disputed_by": "b", "confirmed_by": ["c"]}]
    assert seen(store, day=14, hour=12)["disputed"] == []


def test_the_same_index_takes_up_what_is_new(store: SqlStore) -> None:
    index = PictureIndex()
    at = moment_of("2022-02-25T12:00Z")
    report(store, "a", "count", vehicles(450), day=9)
    assert len(picture_of(store, index, STREAM, at, at).as_json()["counts"][0]["statements"]) == 1
    report(store, "b", "count", vehicles(460), day=10)
    assert len(picture_of(store, index, STREAM, at, at).as_json()["counts"][0]["statements"]) == 2
