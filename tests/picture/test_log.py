"""The log: every entry once, how it stands, filters and order."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest

from clearway.picture.contract import Standing
from clearway.picture.log import Log, LogQuestion, Sort
from clearway.picture.log_csv import write_log
from clearway.picture.standing import STANDING_WORDS
from clearway.record.entry import RELEASES, Entry, Release
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ZONE = ZoneInfo("Pacific/Auckland")
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
WRITTEN = datetime(2022, 3, 1, tzinfo=UTC)
POLICE = {"office": "Commissioner", "organisation": "Police", "reliability": "B", "credibility": 2, "document": "log 7"}
GROUPS = {"office": "spokesperson", "organisation": "Groups", "reliability": "D", "credibility": 4}


def said(
    kind: str, body: dict[str, object], when: str, source: dict[str, object] = POLICE, **fields: object
) -> dict[str, object]:
    known = CALENDAR.span(when).end.isoformat()
    return {"kind": kind, "body": body, "happened": when, "known": known, "source": source} | fields


def cars(low: int) -> dict[str, object]:
    return {"what": "vehicles", "amount": {"low": low, "high": low}}


SAID = [
    said("count", cars(12), "day 9 12:00", id="slip", places=["Molesworth St at Hill St"]),
    said("count", cars(14), "day 9 12:00", id="right", places=["Molesworth St at Hill St"], corrects=["slip"]),
    said("count", cars(90), "day 9 13:00", GROUPS, id="groups", places=["Molesworth St at Hill St"]),
    said("count", cars(20), "day 10 12:00", id="later", places=["Molesworth St at Hill St"], release="public"),
    said("road_state", {"state": "shut"}, "day 10 09:00", id="shut", places=["Courtenay Pl"]),
    said("road_state", {"state": "open"}, "day 11 09:00", id="open", places=["Courtenay Place"]),
    said("incident", {"nature": "noise", "summary": "Horns near Te P\u0101t\u0101ka"}, "day 10 22:00", GROUPS, id="horns"),
    said("incident", {"nature": "fire", "summary": "Fire at the bridge"}, "day 11 08:00", id="wrong"),
    said("remark", {"text": "No fire was seen"}, "day 11 08:30", id="taken-back", withdraws=["wrong"], release="partners"),
]  # fmt: skip


def entries(lines: Sequence[Mapping[str, object]] = SAID) -> list[Entry]:
    drafts = [draft_of(dict(line), CALENDAR, now=WRITTEN, entered="imported") for line in lines]
    return [
        Entry(seq=seq, stream="s", version=seq, written=WRITTEN, draft=draft, hash="0" * 64)
        for seq, draft in enumerate(drafts, start=1)
    ]


def logged(releases: frozenset[Release] = RELEASES) -> Log:
    log = Log(ZONE)
    log.take_up(entries(), releases)
    return log


def ids(question: LogQuestion, releases: frozenset[Release] = RELEASES) -> list[str]:
    return [line.id for line in logged(releases).answer(question).lines]


def test_every_entry_is_there_once_the_last_that_happened_first() -> None:
    assert ids(LogQuestion()) == ["open", "taken-back", "wrong", "horns", "later", "shut", "groups", "right", "slip"]
    assert ids(LogQuestion(sort="written", descending=False)) == [str(line["id"]) for line in SAID]


def test_each_says_how_it_stands_and_by_what() -> None:
    log = logged()
    stands = {line.id: (line.standing, line.replaced_by) for line in log.answer(LogQuestion()).lines}
    assert stands == {
        "slip": ("corrected", ["right"]),
        "right": ("replaced", []),  # the same speaker counted anew
        "groups": ("in_force", []),  # another speaker's last word
        "later": ("in_force", []),
        "shut": ("replaced", []),
        "open": ("in_force", []),
        "horns": ("in_force", []),
        "wrong": ("withdrawn", ["taken-back"]),
        "taken-back": ("in_force", []),
    }


def test_every_standing_has_its_words() -> None:
    assert list(STANDING_WORDS) == list(get_args(Standing))
    assert [*STANDING_WORDS.values()] == ["in force", "a later word since", "corrected", "withdrawn"]


def test_a_promise_or_a_flow_that_is_told_anew_is_not_replaced_as_a_state_is() -> None:
    tow: dict[str, object] = {"by": "Police", "what": "tow vehicles"}
    shut: dict[str, object] = {"state": "shut"}
    left: dict[str, object] = {"what": "vehicles", "direction": "left", "amount": {"low": 3, "high": 3}}
    lines = [
        said(kind, body, f"day 9 1{hour}:00", id=f"{kind}-{hour}")
        for kind, body in (("promise", tow), ("flow", left), ("road_state", shut))
        for hour in (1, 2)
    ]
    log = Log(ZONE)
    log.take_up(entries(lines), RELEASES)
    stands = {line.id: line.standing for line in log.answer(LogQuestion()).lines}
    assert {name for name, standing in stands.items() if standing == "replaced"} == {"road_state-1"}
    assert len(stands) == 6


def test_what_was_corrected_and_withdrawn_is_withdrawn() -> None:
    lines = [*SAID[:2], said("remark", {"text": "both were slips"}, "day 9 14:00", id="sorry", withdraws=["slip"])]
    log = Log(ZONE)
    log.take_up(entries(lines), RELEASES)
    told = {line.id: (line.standing, line.replaced_by) for line in log.answer(LogQuestion()).lines}
    in_force: tuple[str, list[str]] = ("in_force", [])
    assert told == {"slip": ("withdrawn", ["right", "sorry"]), "right": in_force, "sorry": in_force}


def test_what_is_new_changes_how_the_old_stands() -> None:
    every, log = entries(), Log(ZONE)
    for one, standing in ((every[:1], "in_force"), (every[1:2], "corrected")):
        log.take_up(one, RELEASES)
        found = log.answer(LogQuestion()).lines
        assert {line.id: line.standing for line in found}["slip"] == standing


def test_what_was_made_void_by_mistake_is_in_force_again() -> None:
    drafts = [
        said("incident", {"nature": "fire", "summary": "Fire"}, "day 11 08:00", id="fire"),
        said("remark", {"text": "No fire"}, "day 11 08:30", id="no", withdraws=["fire"]),
        said("remark", {"text": "It was a fire"}, "day 11 08:40", id="yes", withdraws=["no"]),
        said("count", cars(5), "day 11 09:00", id="five"),
        said("count", cars(6), "day 11 09:00", GROUPS, id="six", corrects=["five"]),  # of another body: a dispute
        said("count", cars(7), "day 11 09:00", id="seven", corrects=["five"]),
        said("remark", {"text": "Five after all"}, "day 11 09:30", id="after-all", withdraws=["seven"]),
    ]
    stands: dict[str, list[object]] = {}
    log = Log(ZONE)
    for one in entries(drafts):
        log.take_up([one], RELEASES)
        for line in log.answer(LogQuestion()).lines:
            stands.setdefault(line.id, []).append((line.standing, *line.replaced_by))
    assert stands["fire"] == [("in_force",), ("withdrawn", "no"), *[("in_force",)] * 5]
    assert stands["no"] == [("in_force",), *[("withdrawn", "yes")] * 5]
    assert stands["five"] == [("in_force",), ("in_force",), ("corrected", "seven"), ("in_force",)]
    assert stands["seven"] == [("in_force",), ("withdrawn", "after-all")]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (LogQuestion(words="fire"), ["taken-back", "wrong"]),
        (LogQuestion(words="FIRE bridge"), ["wrong"]),
        (LogQuestion(words="te pataka"), ["horns"]),
        (LogQuestion(words="molesworth street"), ["later", "groups", "right", "slip"]),
        (LogQuestion(words="at", kinds=["incident"]), ["wrong"]),  # a short word is not looked for within "Pataka"
        (LogQuestion(place="courtenay place"), ["open", "shut"]),
        (LogQuestion(place="courtenay pl"), ["open", "shut"]),
        (LogQuestion(place="fire"), []),
        (LogQuestion(who="groups"), ["horns", "groups"]),
        (LogQuestion(who="commissioner log 7", kinds=["road_state"]), ["open", "shut"]),
        (LogQuestion(kinds=["incident", "remark"]), ["taken-back", "wrong", "horns"]),
        (LogQuestion(releases=["public", "partners"]), ["taken-back", "later"]),
        (LogQuestion(standings=["corrected", "withdrawn"]), ["wrong", "slip"]),
        (LogQuestion(since=moment_of("2022-02-18T08:30+13:00")), ["open", "taken-back"]),
        (LogQuestion(until=moment_of("2022-02-16T13:00+13:00")), ["groups", "right", "slip"]),
        (LogQuestion(sort="who", kinds=["count"]), ["groups", "later", "right", "slip"]),
        (LogQuestion(sort="grade", descending=False, kinds=["incident"]), ["wrong", "horns"]),
    ],
)
def test_lines_are_filtered_and_put_in_order(question: LogQuestion, found: list[str]) -> None:
    assert ids(question) == found


@pytest.mark.parametrize(("since", "found"), [("11:59", ["lasted", "noon"]), ("12:00", ["noon"]), ("12:01", [])])
def test_what_had_ended_by_then_is_left_out_and_what_happened_just_then_is_not(since: str, found: list[str]) -> None:
    lines = [
        said("incident", {"nature": "noise", "summary": "Horns"}, "2022-02-16 10:00/2022-02-16 12:00", id="lasted"),
        said("incident", {"nature": "fire", "summary": "Fire"}, "day 9 12:00", id="noon"),
    ]
    log = Log(ZONE)
    log.take_up(entries(lines), RELEASES)
    question = LogQuestion(since=moment_of(f"2022-02-16T{since}+13:00"), sort="written", descending=False)
    assert [line.id for line in log.answer(question).lines] == found


def test_lines_are_put_in_order_by_whatever_may_be_asked_for_and_then_by_time() -> None:
    by_time = ["slip", "right", "groups", "shut", "later", "horns", "wrong", "taken-back", "open"]
    by_who = ["slip", "right", "shut", "later", "wrong", "taken-back", "open", "groups", "horns"]
    orders = {
        "happened": by_time,
        "known": by_time,
        "written": [str(line["id"]) for line in SAID],
        "kind": ["slip", "right", "groups", "later", "horns", "wrong", "taken-back", "shut", "open"],
        "place": ["horns", "wrong", "taken-back", "shut", "open", "slip", "right", "groups", "later"],
        "who": by_who,
        "grade": by_who,
        "release": ["taken-back", "later", "slip", "right", "groups", "shut", "horns", "wrong", "open"],
    }
    assert {sort: ids(LogQuestion(sort=sort, descending=False)) for sort in get_args(Sort)} == orders
    assert ids(LogQuestion(sort="release")) == orders["release"][::-1]


def test_a_part_is_given_with_how_many_there_are_and_what_may_be_chosen() -> None:
    log = logged()
    answer = log.answer(LogQuestion(kinds=["count", "incident"]), offset=2, limit=2)
    assert (answer.entries, answer.total, answer.offset) == (9, 6, 2)
    assert [line.id for line in answer.lines] == ["later", "groups"]
    assert [(one.name, one.count) for one in answer.kinds[:1]] == [("count", 4)]
    assert {one.name: one.count for one in answer.speakers} == {"Commissioner, Police": 7, "spokesperson, Groups": 2}


def test_nobody_sees_what_is_not_theirs_and_what_it_withdraws_is_withdrawn_all_the_same() -> None:
    room, public = frozenset[Release](("room", "public")), frozenset[Release](("public",))
    assert ids(LogQuestion(), public) == ["later"]
    log = logged(room)
    wrong = next(line for line in log.answer(LogQuestion()).lines if line.id == "wrong")
    assert (wrong.standing, wrong.replaced_by) == ("withdrawn", [])
    assert log.answer(LogQuestion()).entries == 8


def test_a_spreadsheet_gets_local_times_and_no_formula() -> None:
    log = Log(ZONE)
    formula = said("remark", {"text": "=1+1"}, "day 9 12:00", id="x", source={"office": "@SUM(A1)"})
    (entry,) = [
        Entry(seq=1, stream="s", version=1, written=WRITTEN, hash="0" * 64,
              draft=draft_of(formula, CALENDAR, now=WRITTEN, entered="imported"))
    ]  # fmt: skip
    log.take_up([entry], RELEASES)
    text = io.StringIO()
    write_log(text, log.answer(LogQuestion()).lines, ZONE)
    head, line = text.getvalue().splitlines()
    assert head == (
        "number,happened_from,happened_to,said_as,kind,says,where,who,document,grade,release,standing,replaced_by,known,"
        "written,id"
    )
    assert line == (
        "1,2022-02-16T12:00+13:00,2022-02-16T12:00+13:00,day 9 12:00,remark,'=1+1,,'@SUM(A1),,F6,room,in force,,"
        "2022-02-16T12:00+13:00,2022-03-01T13:00+13:00,x"
    )
