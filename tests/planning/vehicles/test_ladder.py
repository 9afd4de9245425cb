"""When not to move vehicles: each condition held against records of a few entries, and the days of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.demo.wellington import bundled
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.vehicles.ladder.answer import ladder_of
from clearway.record.import_jsonl import import_lines
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from ladder_rooms import clock, ladder_at, quiet_noon, reason, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.planning.vehicles.ladder.contract import LadderAnswer
    from clearway.record.store import Store

AT = clock("12:30")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


def test_all_conditions_met_and_nothing_lacking_is_a_go(store: Store) -> None:
    quiet_noon(store)
    found = ladder_at(store, AT)
    assert {one.verdict for one in found.reasons} == {"go"}
    assert {one.state for one in found.needed} == {"there"}
    assert (found.advice, found.tow_advice) == ("go", "go")
    assert found.says.startswith("Go: no condition holds a step back. Whoever")


def test_an_empty_record_is_a_hold_and_says_what_nobody_has_said(store: Store) -> None:
    say(store, "operation", clock("08:00"), {"title": "A square", "zone": "Europe/Vienna"})
    found = ladder_at(store, AT)
    unknown = {one.condition for one in found.reasons if one.verdict == "unknown"}
    assert unknown == {"people_near_by", "children", "last_incident", "talks"}
    assert (found.advice, found.tow_advice) == ("hold", "hold")
    assert {one.need: one.state for one in found.needed} == {
        "decision_to_tow": "lacking", "legal_basis": "lacking", "trucks": "unknown", "heavy_operators": "unknown",
        "storage": "unknown", "escort": "unknown",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ({"low": 50, "high": 50}, "go"),
        ({"low": 51, "high": 51}, "hold"),
        ({"low": 30, "high": 70}, "unknown"),
        ({"low": 51, "high": 900}, "hold"),
        ({"low": 30}, "unknown"),
        ({"high": 40}, "go"),
        ({"low": 45, "high": 45, "about": True}, "unknown"),
        ({"low": 62, "high": 62, "about": True}, "unknown"),
        ({"low": 63, "high": 63, "about": True}, "hold"),
    ],
)
def test_people_near_by_are_held_against_the_limit_by_the_whole_of_what_was_said(
    store: Store, amount: dict[str, Any], verdict: str
) -> None:
    say(store, "count", clock("12:00"), {"what": "people", "amount": amount})
    assert reason(ladder_at(store, AT), "people_near_by").verdict == verdict


def test_a_figure_of_people_counts_for_twelve_hours_and_not_once_more_came(store: Store) -> None:
    first = say(store, "count", clock("00:00"), {"what": "people", "amount": {"low": 5, "high": 5}})
    assert reason(ladder_at(store, clock("12:00")), "people_near_by").verdict == "go"
    late = reason(ladder_at(store, clock("12:01")), "people_near_by")
    assert (late.verdict, late.rests_on) == ("unknown", (first.id,))
    assert late.says.startswith("Nobody has counted people in the last 12 h. The last word: 5 people")
    came = say(store, "flow", clock("09:00"), {"what": "people", "direction": "arrived"})
    since = reason(ladder_at(store, clock("11:00")), "people_near_by")
    assert (since.verdict, came.id in since.rests_on) == ("unknown", True)


def test_of_two_speakers_the_one_who_says_more_holds(store: Store) -> None:
    say(store, "count", clock("12:00"), {"what": "people", "amount": {"low": 20, "high": 20}})
    more = say(store, "count", clock("12:10"), {"what": "people", "amount": {"low": 90}}, source="reporter, The Daily")
    found = reason(ladder_at(store, AT), "people_near_by")
    assert (found.verdict, found.rests_on) == ("hold", (more.id,))
    assert "More than 50 people" in found.says
    assert "reporter, The Daily" in found.says


def test_children_hold_whether_counted_or_spoken_of_and_only_a_count_of_none_is_a_go(store: Store) -> None:
    assert reason(ladder_at(store, AT), "children").verdict == "unknown"
    say(store, "count", clock("10:00"), {"what": "children", "amount": {"low": 0, "high": 0}})
    assert reason(ladder_at(store, AT), "children").verdict == "go"
    seen = say(store, "statement", clock("11:00"), {"summary": "Two children sleep in a van."})
    assert reason(ladder_at(store, AT), "children").rests_on == (seen.id,)
    assert reason(ladder_at(store, clock("10:59")), "children").verdict == "go"
    assert reason(ladder_at(store, clock("11:01", day=10)), "children").verdict == "unknown"
    few = say(store, "count", clock("12:00"), {"what": "people", "group": "children", "amount": {"high": 3}})
    assert reason(ladder_at(store, AT), "children").rests_on == (few.id,)


@pytest.mark.parametrize(
    ("time", "verdict"), [("21:59", "go"), ("22:00", "hold"), ("03:00", "hold"), ("05:59", "hold"), ("06:00", "go")]
)
def test_night_is_by_the_clock_of_the_operation(store: Store, time: str, verdict: str) -> None:
    assert reason(ladder_at(store, clock(time)), "night").verdict == verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ({"severity": "serious"}, "stop"),
        ({"severity": "major", "over": False}, "stop"),
        ({"severity": "serious", "over": True}, "hold"),
        ({}, "hold"),
        ({"severity": "minor"}, "go"),
    ],
)
def test_an_incident_that_may_go_on_stops_and_one_that_is_over_holds(store: Store, body: dict[str, Any], verdict: str) -> None:
    say(store, "incident", clock("11:00"), {"nature": "stand_off", "summary": "lines met", **body})
    assert reason(ladder_at(store, AT), "last_incident").verdict == verdict
    assert ladder_at(store, AT).advice == ("stop" if verdict == "stop" else "hold")
    say(store, "count", clock("10:00", day=9), {"what": "people", "amount": {"low": 1, "high": 1}})
    assert reason(ladder_at(store, clock("11:01", day=9)), "last_incident").verdict == "go"


def test_injuries_hold_and_none_injured_does_not(store: Store) -> None:
    say(store, "injuries", clock("11:00"), {"amount": {"low": 0, "high": 0}})
    assert reason(ladder_at(store, AT), "last_incident").verdict == "go"
    hurt = say(store, "injuries", clock("11:30"), {"amount": {"low": 2, "high": 2}})
    assert reason(ladder_at(store, AT), "last_incident").rests_on == (hurt.id,)


def test_that_nothing_is_on_record_shows_nothing_once_the_record_is_silent(store: Store) -> None:
    say(store, "statement", clock("09:00"), {"summary": "All is calm."})
    assert reason(ladder_at(store, clock("21:00")), "last_incident").verdict == "go"
    silent = reason(ladder_at(store, clock("21:01")), "last_incident")
    assert (silent.verdict, "has had no new word for 12 h" in silent.says) == ("unknown", True)
    assert reason(ladder_at(store, clock("21:01")), "talks").verdict == "unknown"


def test_talks_hold_for_two_days_after_a_contact_and_while_a_meeting_is_asked_for(store: Store) -> None:
    contact = say(store, "contact", clock("12:00", day=6), {"who": ["Police", "organisers"], "outcome": "small steps"})
    say(store, "statement", clock("12:00"), {"summary": "Nothing new."})
    assert reason(ladder_at(store, clock("12:00")), "talks").rests_on == (contact.id,)
    assert reason(ladder_at(store, clock("12:01")), "talks").verdict == "go"
    asked = say(store, "meeting_request", clock("12:02"), {"asked_by": "organisers", "asked_of": "the mayor"})
    found = reason(ladder_at(store, AT), "talks")
    assert (found.verdict, found.rests_on) == ("hold", (asked.id,))
    say(store, "meeting_request", clock("12:20"), {"asked_by": "organisers", "asked_of": "the mayor", "answer": "refused"})
    assert reason(ladder_at(store, AT), "talks").verdict == "go"


def growth(store: Store, at: str = AT) -> tuple[str, tuple[str, ...]]:
    found = reason(ladder_at(store, at), "growth_after_announcement")
    return found.verdict, found.rests_on


def test_a_crowd_that_grew_after_towing_was_announced_holds(store: Store) -> None:
    say(store, "flow", clock("08:00"), {"what": "people", "direction": "grew"})
    assert growth(store) == ("go", ())
    announced = say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("18:00")})
    assert growth(store) == ("unknown", (announced.id,))
    grew = say(store, "flow", clock("10:00"), {"what": "people", "direction": "grew"})
    assert growth(store) == ("hold", (announced.id, grew.id))
    dropped = {"by": "Police", "what": "Towing starts", "due": clock("18:00"), "outcome": "dropped"}
    say(store, "announcement", clock("11:00"), dropped)
    assert growth(store) == ("hold", (announced.id, grew.id)), "a later word about it does not undo when it was said first"
    assert growth(store, clock("10:01", day=11)) == ("go", ())


def test_two_figures_of_one_speaker_show_whether_the_crowd_grew(store: Store) -> None:
    say(store, "count", clock("08:00"), {"what": "people", "amount": {"low": 100, "high": 100}})
    told = say(store, "notice", clock("09:00"), {"by": "Police", "text": "Vehicles may be towed from tonight."})
    say(store, "count", clock("10:00"), {"what": "people", "amount": {"low": 900, "high": 900}}, source="reporter, The Daily")
    assert growth(store) == ("unknown", (told.id,)), "another speaker's figure is no growth"
    same = say(store, "count", clock("11:00"), {"what": "people", "amount": {"low": 100, "high": 100}})
    assert growth(store) == ("go", (told.id, same.id))
    more = say(store, "count", clock("12:00"), {"what": "people", "amount": {"low": 101, "high": 120}})
    assert growth(store) == ("hold", (told.id, more.id))


def test_a_crowd_that_grew_on_the_same_day_is_not_said_to_have_grown_after(store: Store) -> None:
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts"})
    say(store, "flow", "2024-05-08", {"what": "people", "direction": "grew"}, known=clock("12:00"))
    assert growth(store)[0] == "unknown"


def test_words_against_towing_announce_none(store: Store) -> None:
    say(store, "notice", clock("09:00"), {"by": "Police", "text": "No vehicle will be towed today."})
    say(store, "flow", clock("10:00"), {"what": "people", "direction": "grew"})
    assert growth(store) == ("go", ())


def test_the_last_decision_about_towing_counts_and_what_it_rejects(store: Store) -> None:
    for time, body, verdict in (
        ("09:00", {"what": "Tow the vans on Hill Street"}, "go"),
        ("10:00", {"what": "Keep talking", "rejected": ["towing"]}, "hold"),
        ("11:00", {"what": "Open the library"}, "hold"),
        ("12:00", {"what": "Tow from two o'clock on"}, "go"),
        ("12:10", {"what": "Do not tow; park at the stadium"}, "hold"),
    ):
        say(store, "decision", clock(time), {"by": "commander", **body})
        assert reason(ladder_at(store, AT), "decided_against").verdict == verdict, body


def test_a_condition_of_the_record_before_a_tow_is_one_more_reason(store: Store) -> None:
    condition = {"by": "commander", "before": "vehicles are towed", "what": "Few tents", "counted": "tents", "at_most": 5}
    say(store, "condition", clock("09:00"), condition)
    assert reason(ladder_at(store, AT), "set_condition").verdict == "unknown"
    say(store, "count", clock("10:00"), {"what": "tents", "amount": {"low": 6, "high": 6}})
    assert reason(ladder_at(store, AT), "set_condition").verdict == "hold"
    say(store, "count", clock("11:00"), {"what": "tents", "amount": {"low": 4, "high": 4}})
    assert reason(ladder_at(store, AT), "set_condition").verdict == "go"


def test_an_office_sets_the_limits_and_what_it_leaves_open_is_assumed(store: Store) -> None:
    say(store, "count", clock("12:00"), {"what": "people", "amount": {"low": 80, "high": 80}})
    assert reason(ladder_at(store, AT), "people_near_by").assumed
    limits = {"by": "commander", "people_at_most": 100, "figure_hours": 1, "night_from": "12:15", "night_until": "12:45"}
    say(store, "ladder_limits", clock("12:10"), limits)
    found = ladder_at(store, AT)
    assert (reason(found, "people_near_by").verdict, reason(found, "people_near_by").assumed) == ("go", False)
    assert (reason(found, "night").verdict, reason(found, "night").assumed) == ("hold", False)
    assert "Talks are in progress for 48 h after a contact." in found.assumed
    assert not any("people" in one and "near by" in one for one in found.assumed)


def test_a_power_without_an_instrument_and_one_that_lapsed_are_lacking(store: Store) -> None:
    def power() -> str:
        return next(one.state for one in ladder_at(store, AT).needed if one.need == "legal_basis")

    say(store, "power", clock("09:00"), {"power": "to close roads", "by": "Police", "instrument": "an act"})
    assert power() == "lacking"
    say(store, "power", clock("10:00"), {"power": "to remove vehicles", "by": "Police"})
    assert power() == "lacking"
    say(store, "power", clock("11:00"), {"power": "to remove vehicles", "by": "Police", "instrument": "an act"})
    assert power() == "there"
    lapsed = {"power": "to remove vehicles", "by": "Police", "instrument": "an act", "state": "lapsed"}
    say(store, "power", clock("12:00"), lapsed)
    assert power() == "lacking"


def test_what_is_lacking_holds_a_tow_and_no_other_step(store: Store) -> None:
    quiet_noon(store)
    say(store, "tow_capability", clock("12:20"), {"state": "refused", "by": "heavy operators"})
    found = ladder_at(store, AT)
    assert (found.advice, found.tow_advice) == ("go", "hold")
    assert [one.need for one in found.needed if one.state != "there"] == ["heavy_operators"]


@pytest.mark.parametrize(
    ("tow", "at", "outcome"),
    [
        (None, clock("17:59"), "announced"),
        (None, clock("18:01"), "not_known"),
        ({"done": False}, clock("18:01"), "not_known"),
        ({"done": True, "amount": {"low": 2, "high": 2}}, clock("18:01"), "done"),
        ({"done": True, "amount": {"low": 0, "high": 0}}, clock("18:01"), "not_known"),
    ],
)
def test_an_announced_tow_is_done_by_a_tow_in_time_and_not_known_where_nobody_says(
    store: Store, tow: dict[str, Any] | None, at: str, outcome: str
) -> None:
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("18:00")})
    if tow:
        say(store, "tow_event", clock("12:00"), tow)
    assert [one.outcome for one in ladder_at(store, at).announcements] == [outcome]


@pytest.mark.parametrize("tow", [{"done": False}, {"done": True, "amount": {"low": 3, "high": 3}}])
def test_an_announced_tow_is_not_done_where_none_was_made_by_then(store: Store, tow: dict[str, Any]) -> None:
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("18:00")})
    event = say(store, "tow_event", clock("19:00"), tow)
    (found,) = ladder_at(store, clock("20:00")).announcements
    assert (found.outcome, found.rests_on[1:]) == ("not_done", (event.id,))


def test_nothing_that_was_known_later_is_in_it(store: Store) -> None:
    quiet_noon(store)
    say(store, "incident", clock("11:00"), {"nature": "stand_off", "summary": "lines met"}, known=clock("12:40"))
    assert ladder_at(store, AT).advice == "go"
    assert ladder_at(store, AT, known_at=clock("12:40")).advice == "hold"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The record of the demonstration."""
    folder = tmp_path_factory.mktemp("ladder")
    lines = folder / "record.jsonl"
    lines.write_bytes(bundled("record.jsonl"))
    opened = open_record(str(folder / "room.record"))
    import_lines(opened, "wellington-2022", lines, calendar("Pacific/Auckland", "2022-02-08"))
    yield opened
    opened.close()


def days(store: Store, at: str) -> LadderAnswer:
    moment = moment_of(at)
    return ladder_of(store, PictureIndex(), "wellington-2022", Moments(moment, moment))


@pytest.mark.parametrize(
    ("at", "holding"),
    [
        ("2022-02-16T18:00+13:00", {"talks": "d09-progress", "growth_after_announcement": "d09-people-growing"}),
        (
            "2022-02-18T15:00+13:00",
            {
                "people_near_by": "d11-people-800",
                "children": "d09-union-long-haul",
                "talks": "d11-talks",
                "growth_after_announcement": "d11-growth-people",
                "decided_against": "d11-no-tow",
            },
        ),
    ],
)
def test_on_16_and_18_february_it_says_hold_by_what_was_known(demonstration: Store, at: str, holding: dict[str, str]) -> None:
    found = days(demonstration, at)
    assert (found.advice, found.tow_advice) == ("hold", "hold")
    assert {one.condition for one in found.reasons if one.verdict == "hold"} == holding.keys()
    assert all(entry in reason(found, condition).rests_on for condition, entry in holding.items())
    lacking = {one.need for one in found.needed if one.state != "there"}
    assert lacking == {"decision_to_tow", "legal_basis", "heavy_operators", "storage", "escort"}
    said = " ".join(one.says for one in found.vehicles)
    assert all(words in said for words in ("About 450 vehicles", "Vehicles left: about a dozen", "None was towed: Not towed"))
    assert {fact.id for fact in found.facts} >= {one for each in found.reasons for one in each.rests_on}


def test_towing_that_was_announced_for_16_february_turns_not_done(demonstration: Store) -> None:
    before, after = (days(demonstration, at).announcements for at in ("2022-02-16T20:00+13:00", "2022-02-17T00:10+13:00"))
    assert [one.outcome for one in before] == ["announced"]
    assert [(one.outcome, one.entry) for one in after] == [("not_done", "d09-tow-outcome")]


@pytest.mark.parametrize(("first_done", "outcome"), [("18:00", "done"), ("18:01", "not_done"), (None, "not_known")])
def test_an_announced_tow_is_done_where_the_first_of_an_order_was_by_then(
    store: Store, first_done: str | None, outcome: str
) -> None:
    """The order went on for long after: what counts is when its first vehicle was away."""
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("18:00")})
    body = {"order": 1, "starts": clock("17:00"), "tow": "T009", "tows": 20}
    done = {"state": "done", "done": 9, "first_done": clock(first_done)} if first_done else {"state": "failed", "failed": 9}
    say(store, "tow_progress", clock("19:30"), body | done, places=[])
    found = ladder_at(store, clock("20:00"))
    assert [one.outcome for one in found.announcements] == [outcome]
    towed = found.vehicles[-1].says
    assert towed.startswith("Vehicles were towed: Tow order 1" if first_done else "No tow is on record")
