from __future__ import annotations

import random
import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.demo.wellington import bundled
from clearway.errors import BadInput
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of, shown
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

STREAM = "operation"
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
POLICE = {"office": "Assistant Commissioner", "organisation": "Police", "reliability": "B", "credibility": 2}
PAPER = {"office": "a reporter", "organisation": "a newspaper", "medium": "article"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


def at_hour(day: int, hour: int) -> datetime:
    return moment_of("2022-02-07T00:00+13:00") + timedelta(days=day, hours=hour)


def report(store: Store, entry_id: str, kind: str, body: dict[str, Any], day: int, hour: int = 12, **fields: object) -> None:
    moment = at_hour(day, hour).isoformat()
    said = {"id": entry_id, "kind": kind, "body": body, "happened": moment, "known": moment, "source": POLICE} | fields
    store.append(STREAM, [draft_of(said, CALENDAR, now=moment_of(moment), entered="imported")])


def seen(store: Store, day: int, hour: int = 23, known: tuple[int, int] | None = None) -> dict[str, Any]:
    at = at_hour(day, hour)
    known_at = at_hour(*known) if known else at
    return picture_of(store, PictureIndex(), STREAM, Moments(at, known_at), calendar=CALENDAR).model_dump(mode="json")


def vehicles(number: float, **bounds: object) -> dict[str, Any]:
    return {"what": "vehicles", "amount": {"low": number, "high": number} | bounds}


def test_figures_stand_side_by_side_as_they_were_said(store: Store) -> None:
    report(store, "a", "count", vehicles(450, about=True), day=9)
    report(store, "b", "count", vehicles(800), day=11)
    report(store, "c", "count", vehicles(300, high=1000), day=11, hour=14, source=PAPER)
    (count,) = seen(store, day=11)["counts"]
    assert [fact["id"] for fact in count["statements"]] == ["a", "b", "c"]
    assert [(fact["id"], fact["source"]["grade"]) for fact in count["latest"]] == [("c", "F6"), ("b", "B2")]
    assert count["clashes"] == []  # 800 lies within 300 to 1000
    assert count["latest"][1]["age_s"] == 11 * 3600


def test_figures_that_exclude_each_other_are_a_clash_and_none_is_dropped(store: Store) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    report(store, "b", "count", {"what": "vehicles", "amount": {"low": 600}}, day=9, hour=13, source=PAPER)
    (count,) = seen(store, day=9)["counts"]
    assert count["clashes"] == [{"first": "b", "second": "a"}]
    report(store, "c", "count", vehicles(650), day=9, hour=15)  # the same speaker again: the earlier word no longer stands
    (count,) = seen(store, day=9)["counts"]
    assert count["clashes"] == []
    assert len(count["statements"]) == 3


def test_a_correction_is_seen_from_when_it_was_known(store: Store) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    report(store, "b", "count", vehicles(540), day=9, corrects=["a"], known="2022-02-18T09:00+13:00")
    assert seen(store, day=9)["counts"][0]["latest"][0]["id"] == "a"
    assert seen(store, day=9, known=(11, 10))["counts"][0]["latest"][0]["id"] == "b"


def test_a_promise_is_overdue_once_its_time_has_passed_and_until_its_outcome_is_entered(store: Store) -> None:
    tow = {"by": "Police", "what": "tow vehicles", "due": "2022-02-16T18:00+13:00"}
    report(store, "p", "promise", tow, day=8)
    assert seen(store, day=9, hour=17)["promises"][0]["overdue"] is False
    assert seen(store, day=9, hour=19)["promises"][0]["overdue"] is True
    report(store, "q", "promise", tow | {"outcome": "not_kept"}, day=11)
    assert [(one["id"], one["overdue"]) for one in seen(store, day=11)["promises"]] == [("q", False)]


def test_a_request_waits_from_when_it_was_first_made_until_it_is_answered(store: Store) -> None:
    ask = {"asked_by": "seven groups", "asked_of": "Government"}
    report(store, "a", "meeting_request", ask, day=8)
    report(store, "b", "meeting_request", ask, day=9)
    (request,) = seen(store, day=10, hour=12)["requests"]
    assert (request["id"], request["unanswered"], request["waiting_s"]) == ("b", True, 48 * 3600)
    report(store, "c", "meeting_request", ask | {"answer": "refused"}, day=11)
    (request,) = seen(store, day=11)["requests"]
    assert (request["unanswered"], request["waiting_s"]) == (False, None)


def test_a_condition_follows_the_figure_that_it_is_tied_to(store: Store) -> None:
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


def test_a_condition_is_decided_by_the_figure_of_its_own_place_and_only_while_that_is_fresh(store: Store) -> None:
    square, yard = ({"type": "named", "name": name} for name in ("The Square", "Police yard"))
    terms: dict[str, Any] = {"by": "Police", "before": "it counts as lawful", "what": "no vehicle is parked there"}
    terms |= {"counted": "vehicles"}
    terms |= {"at_most": 0}
    report(store, "open", "condition", terms, day=8)
    report(store, "own", "condition", terms | {"before": "talks", "max_age_h": 6}, day=8, places=[square])

    def told(day: int, hour: int = 23) -> dict[str, tuple[bool | None, list[str], str]]:
        found = seen(store, day, hour)["conditions"]
        return {one["id"]: (one["met"], one["decided_by"], one["open_because"]) for one in found}

    assert told(8) == {
        "open": (None, [], "Nobody has counted vehicles."),
        "own": (None, [], "Nobody has counted vehicles there."),
    }
    report(store, "cars", "count", vehicles(3), day=9, places=[yard])
    report(store, "part", "count", vehicles(9) | {"group": "of the police"}, day=9, places=[square])
    assert told(9) == {"open": (False, ["cars"], ""), "own": (None, [], "Nobody has counted vehicles there.")}
    report(store, "none", "count", vehicles(0), day=9, hour=18, places=[square])
    two = "Vehicles were counted at 2 places. Correct the condition: name the place that it means."
    assert told(9) == {"open": (None, [], two), "own": (True, ["none"], "")}
    assert told(10, 0)["own"] == (True, ["none"], "")  # six hours old
    assert told(10, 1)["own"] == (None, [], "The last figure of vehicles is more than 6 h old.")


def test_states_are_the_latest_and_events_are_listed_latest_first(store: Store) -> None:
    place = {"type": "street", "street": "Molesworth Street"}
    report(store, "r1", "road_state", {"state": "shut"}, day=2, place=place)
    report(store, "r2", "road_state", {"state": "restricted", "passes": ["emergency"]}, day=11, place=place)
    for number in (1, 2, 3):
        report(store, f"i{number}", "incident", {"nature": "stand_off", "summary": "x"}, day=14, hour=16 + number)
    said = seen(store, day=14)
    assert [fact["body"]["state"] for fact in said["states"]] == ["restricted"]
    assert [fact["id"] for fact in said["events"]] == ["i3", "i2", "i1"]


def contested(store: Store, day: int, hour: int = 23) -> dict[str, list[str]]:
    """Ids of what is contested, by kind of contest."""
    found: dict[str, list[str]] = {}
    for one in seen(store, day, hour)["contested"]:
        found.setdefault(one["kind"], []).extend(fact["id"] for fact in one["facts"])
    return found


def test_what_is_disputed_is_shown_with_who_disputes_and_who_confirms(store: Store) -> None:
    report(store, "a", "statement", {"summary": "Shots were heard"}, day=14)
    report(store, "b", "statement", {"summary": "They were fireworks"}, day=14, hour=13, disputes=["a"], source=PAPER)
    report(store, "c", "remark", {"text": "heard it too"}, day=14, hour=14, confirms=["a"])
    assert contested(store, day=14) == {"disputed": ["a", "b", "c"]}
    assert contested(store, day=14, hour=12) == {}
    (fact,) = [fact for fact in seen(store, day=14)["events"] if fact["id"] == "a"]
    assert (fact["disputed_by"], fact["confirmed_by"]) == (["b"], ["c"])


def test_a_rumour_is_refuted_by_evidence_alone_and_verified_by_a_second_source(store: Store) -> None:
    rumour = {"office": "a post", "reliability": "E", "credibility": 4}
    for entry_id in ("a", "b"):
        body = {"nature": "fire", "summary": f"{entry_id} burns"}
        report(store, entry_id, "incident", body, day=14, source=rumour)
    assert contested(store, day=14) == {"single_source": ["b", "a"]}
    report(store, "c", "incident", {"nature": "fire", "summary": "no fire", "over": True}, day=14, hour=13, disputes=["a"])
    report(store, "d", "incident", {"nature": "fire", "summary": "it burns"}, day=14, hour=13, confirms=["b"])
    assert contested(store, day=14) == {"disputed": ["a", "c"], "verified": ["b", "d"]}  # a better grade refutes nothing
    log = {"by": "the fire service", "shows": "no call from there all day"}
    report(store, "e", "evidence", log, day=14, hour=14, disputes=["a"])
    assert contested(store, day=14) == {"refuted": ["a", "e", "c"], "verified": ["b", "d"]}


def test_two_spellings_of_one_name_are_shown_as_probably_one(store: Store) -> None:
    for entry_id, name in (("a", "Jo Harper"), ("b", "Jo Harper"), ("c", "Jo Harpur"), ("d", "Jo Hooper")):
        report(store, entry_id, "statement", {"summary": "x"}, day=11, source=POLICE | {"name": name})
    (one,) = [one for one in seen(store, day=11)["contested"] if one["kind"] == "spelling"]
    assert one["says"] == "Jo Harper and Jo Harpur are probably one name spelled two ways (2 and 1 times)"


def test_speakers_who_tell_a_state_differently_are_a_clash(store: Store) -> None:
    place = {"type": "named", "name": "Station"}
    report(store, "a", "facility_state", {"facility": "Station", "state": "open"}, day=11, place=place)
    report(store, "b", "facility_state", {"facility": "Station", "state": "shut"}, day=11, hour=15, place=place, source=PAPER)
    assert contested(store, day=11)["clash"] == ["b", "a"]
    report(store, "c", "facility_state", {"facility": "Station", "state": "shut"}, day=11, hour=16, place=place)
    assert "clash" not in contested(store, day=11)


def test_people_and_vehicles_come_before_other_figures_and_parts_come_last(store: Store) -> None:
    for entry_id, what, group in (
        ("a", "officers", None),
        ("b", "people", "at the gate"),
        ("c", "vehicles", None),
        ("d", "people", None),
    ):
        report(store, entry_id, "count", {"what": what, "amount": {"low": 5}, "group": group}, day=9)
    told = [(count["what"], count["group"]) for count in seen(store, day=9)["counts"]]
    assert told == [("people", None), ("vehicles", None), ("officers", None), ("people", "at the gate")]


def test_a_figure_that_changed_over_days_is_no_clash(store: Store) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    report(store, "b", "count", vehicles(800), day=12, source=PAPER)
    assert contested(store, day=12) == {}


def test_a_figure_has_an_estimate_with_a_band_and_a_forecast_that_is_less_sure(store: Store) -> None:
    report(store, "a", "count", vehicles(450, about=True), day=9)
    report(store, "f", "flow", {"what": "vehicles", "direction": "left", "amount": {"low": 100, "high": 100}}, day=10)
    (count,) = seen(store, day=11)["counts"]
    now, last = count["estimate"], count["band"][-1]
    assert now["low"] < 350 < now["high"]
    assert last["high"] / last["low"] > now["high"] / now["low"]
    assert (moment_of(last["at"]) - moment_of(now["at"])).total_seconds() == 48 * 3600
    assert [fact["id"] for fact in count["flows"]] == ["f"]
    assert count["estimate_rests_on"] == 1


def test_the_operation_names_the_picture_and_counts_its_days(store: Store) -> None:
    report(store, "o", "operation", {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}, day=1)
    at = at_hour(11, 9)
    found = picture_of(store, PictureIndex(), STREAM, Moments(at, at))
    assert (found.title, found.zone, found.day, found.entries) == ("A square", "Pacific/Auckland", 11, 1)
    before = at_hour(1, 1)  # before the room learnt what it is called
    assert picture_of(store, PictureIndex(), STREAM, Moments(before, before)).title == "A square"


def test_the_picture_names_the_last_entry_that_was_known_by_its_hash(store: Store) -> None:
    assert seen(store, day=9)["anchor"] is None
    for entry_id, day in (("a", 8), ("b", 9), ("c", 11)):
        report(store, entry_id, "count", vehicles(450), day=day)
    last = next(entry for entry in store.entries() if entry.id == "b")
    anchor = seen(store, day=10)["anchor"]
    assert (anchor["seq"], anchor["hash"]) == (2, last.hash)
    assert moment_of(anchor["written"]) == last.written


def test_of_each_subject_as_many_entries_are_looked_at_as_its_role_needs() -> None:
    kinds = ("count", "flow", "meeting_request", "incident", "road_state", "promise", "operation", "plan", "report")
    assert [shown(kind) for kind in kinds] == [24, 24, 20, 100, 5, 5, 5, 0, 0]


@pytest.mark.parametrize(("year", "reached"), [(1899, False), (1900, True), (2200, True), (2201, False)])
def test_a_picture_reaches_from_1900_to_2200(store: Store, year: int, *, reached: bool) -> None:
    moment, now = datetime(year, 6, 1, tzinfo=UTC), at_hour(9, 12)
    for when in (Moments(moment, now), Moments(now, moment)):
        with nullcontext() if reached else pytest.raises(BadInput, match=f"year {year}. Choose a moment from 1900 to 2200"):
            picture_of(store, PictureIndex(), STREAM, when)


def test_the_same_index_takes_up_what_is_new(store: Store) -> None:
    index = PictureIndex()
    at = moment_of("2022-02-25T12:00Z")
    report(store, "a", "count", vehicles(450), day=9)
    assert len(picture_of(store, index, STREAM, Moments(at, at)).counts[0].statements) == 1
    report(store, "b", "count", vehicles(460), day=10)
    assert len(picture_of(store, index, STREAM, Moments(at, at)).counts[0].statements) == 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_time_travel_gives_the_same_answer_whatever_the_order_in_which_entries_were_added(tmp_path: Path, seed: int) -> None:
    lines = bundled("record.jsonl").decode().splitlines()
    drafts = [line_of(line, CALENDAR, now=moment_of("2022-03-01T00:00Z"), entered="imported") for line in lines]
    shuffled = random.Random(seed).sample(drafts, len(drafts))  # noqa: S311 - no secret
    told = []
    for name, order in (("in order", drafts), ("late", shuffled)):
        store = open_record(str(tmp_path / name), clock=lambda: moment_of("2022-03-01T00:00Z"))
        store.append(STREAM, order)
        moments = [(at_hour(day, 20), at_hour(known, 9)) for day in (7, 9, 11, 14) for known in (8, 12, 15)]
        pictures = [picture_of(store, PictureIndex(), STREAM, Moments(at, known)) for at, known in moments]
        own = r'"seq":\d+|"hash":"\w+"'  # numbers, and the chain over them, follow the order
        told.append([re.sub(own, "", picture.model_dump_json()) for picture in pictures])
        store.close()
    assert told[0] == told[1]


def test_a_state_is_over_when_its_end_has_passed(store: Store) -> None:
    school = {"facility": "A school", "state": "shut", "ends": at_hour(10, 0).isoformat()}
    report(store, "school", "facility_state", school, day=8)
    offer = {"what": "parking", "summary": "a car park is lent", "ends": at_hour(9, 12).isoformat()}
    report(store, "offer", "offer", offer, day=8)
    span = f"{at_hour(8, 0).isoformat()}/{at_hour(11, 0).isoformat()}"
    report(
        store,
        "road",
        "road_state",
        {"state": "shut"},
        day=8,
        happened=span,
        places=[{"type": "street", "street": "Hill Street"}],
    )
    report(
        store,
        "day",
        "road_state",
        {"state": "shut"},
        day=8,
        happened="day 8",
        places=[{"type": "street", "street": "Bowen Street"}],
    )

    def told(day: int, hour: int) -> tuple[set[str], set[str]]:
        found = seen(store, day, hour)
        return {one["id"] for one in found["states"]}, {one["id"] for one in found["ended"]}

    assert told(9, 11) == ({"school", "offer", "road", "day"}, set())
    assert told(9, 12) == ({"school", "road", "day"}, {"offer"})
    assert told(10, 0) == ({"road", "day"}, {"school", "offer"})
    assert told(11, 0) == ({"day"}, {"school", "offer", "road"})  # a day is when it was so, not until when
    report(store, "again", "facility_state", {"facility": "A school", "state": "open"}, day=11)
    assert told(11, 13) == ({"day", "again"}, {"offer", "road"})


def test_a_state_that_ended_clashes_with_nothing(store: Store) -> None:
    place = [{"type": "street", "street": "Hill Street"}]
    report(store, "shut", "road_state", {"state": "shut", "ends": at_hour(8, 18).isoformat()}, day=8, places=place)
    report(store, "open", "road_state", {"state": "open"}, day=8, hour=11, places=place, source=PAPER)
    assert [one["kind"] for one in seen(store, 8, 17)["contested"] if one["kind"] == "clash"] == ["clash"]
    assert [one["kind"] for one in seen(store, 8, 18)["contested"] if one["kind"] == "clash"] == []
