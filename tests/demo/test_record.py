"""The demonstration record: what the five reports hold is in it, with its source, and their disagreements are kept."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.demo.prepare import demo_record
from clearway.demo.wellington import bundled
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.import_jsonl import import_lines
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.operations import calendar_of, operation_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.picture.contract import PictureAnswer
    from clearway.record.store import Store

OPERATION = "wellington-2022"
LINES = [json.loads(line) for line in bundled("record.jsonl").decode().splitlines()]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = demo_record(tmp_path_factory.mktemp("data"))
    yield opened
    opened.close()


def picture(store: Store, at: str, known_at: str | None = None) -> PictureAnswer:
    days = calendar_of(operation_of(store, OPERATION))
    moment = days.span(at).end
    return picture_of(store, PictureIndex(), OPERATION, Moments(moment, days.span(known_at).end if known_at else moment))


def test_every_entry_has_its_report_its_day_and_its_speaker() -> None:
    assert len(LINES) >= 150
    reports = {"2022-02-14.txt", "2022-02-16.txt", "2022-02-18-stand-up.txt", "2022-02-18-dialogue.txt", "2022-02-21.txt"}
    assert {line["source"]["document"] for line in LINES} == reports
    assert all(line["source"]["office"] and line["source"]["published"] and line["happened"] for line in LINES)
    assert len({line["kind"] for line in LINES}) >= 30


def test_it_is_taken_in_whole_and_again_without_doubles(store: Store, tmp_path: Path) -> None:
    assert store.version(OPERATION) == len(LINES)
    assert store.verify() == []
    for _ in range(2):
        again = demo_record(tmp_path)
        assert again.version(OPERATION) == len(LINES)
        again.close()


def test_a_record_of_an_older_version_is_kept_and_what_people_wrote_is_carried_over(tmp_path: Path) -> None:
    older = [line for line in LINES if line["id"] != "d14-arrests"]
    gone = next(line for line in LINES if line["kind"] == "statement") | {"id": "d14-no-longer-said"}
    with closing(open_record(str(tmp_path / "wellington.record"))) as store:
        (tmp_path / "old.jsonl").write_text("\n".join(map(json.dumps, [*older, gone])))
        import_lines(store, OPERATION, tmp_path / "old.jsonl", calendar())
        mine = {"kind": "count", "body": {"what": "tents", "amount": 40}, "happened": "day 12 noon"}
        days = calendar_of(operation_of(store, OPERATION))
        said = [mine | {"id": "mine"}, mine | {"id": "tied", "confirms": ["d14-no-longer-said"], "happened": "day 13 noon"}]
        drafts = [draft_of(one, days, now=moment_of("2026-01-05T00:00Z"), entered="live") for one in said]
        store.append(OPERATION, drafts)
        store.append("other", [drafts[0].model_copy(update={"id": "elsewhere"})])
        head = store.head()
    told: list[str] = []
    with closing(demo_record(tmp_path, told.append)) as now_:
        assert now_.version(OPERATION) == len(LINES) + 1
        assert [entry.id for entry in now_.entries("other")] == ["elsewhere"]
        assert now_.entry("mine").draft == drafts[0]
        assert now_.verify() == []
    assert told[0].split(". ") == [
        "wellington.record was made by an older version and stays as it was: wellington-older-1.record",
        "wellington.record now holds the demonstration of this version",
        "It has 2 entries that you wrote",
        "1 entry of yours could not be carried over: tied.",
    ]
    with closing(open_record(str(tmp_path / "wellington-older-1.record"))) as kept:
        assert kept.head() == head
        assert kept.verify() == []
    demo_record(tmp_path, told.append).close()
    assert len(told) == 1


def test_eight_barriers_are_said_and_six_streets_known(store: Store) -> None:
    barriers = next(fact for fact in picture(store, "day 14").states if fact.kind == "barrier_state")
    assert barriers.body["at_places"]["low"] == 8
    assert "8 places said, 6 named" in barriers.where
    assert len(barriers.places) == 6


def test_a_letter_of_six_groups_and_a_statement_of_seven_do_not_clash(store: Store) -> None:
    shown = picture(store, "day 14")
    groups = [count for count in shown.counts if count.what == "groups"]
    assert sorted(fact.body["amount"]["low"] for count in groups for fact in count.latest) == [6, 7]
    assert not any(count.clashes or count.estimate for count in groups)
    assert not any("Figures clash, groups" in one.says for one in shown.contested)


def test_a_name_spelled_two_ways_is_kept_both_ways(store: Store) -> None:
    (spelling,) = [one for one in picture(store, "day 14").contested if one.kind == "spelling"]
    assert "Coster" in spelling.says
    assert "Coaster" in spelling.says


def test_towing_was_announced_and_not_done_and_its_threat_lapsed(store: Store) -> None:
    def standing(at: str, part: str) -> str:
        (found,) = [one.status for one in picture(store, at).intents if part in one.says]
        return found

    assert [standing(at, "Towing starts") for at in ("day 9 6pm", "day 10")] == ["announced", "not done"]
    assert [standing(at, "Vehicles are towed") for at in ("day 8", "day 10", "day 11")] == [
        "ultimatum open",
        "ultimatum open",
        "lapsed",
    ]


def test_the_traffic_management_plan_was_announced_and_is_said_to_be_in_place(store: Store) -> None:
    (plan,) = [one for one in picture(store, "day 11").intents if "traffic management plan" in one.says]
    assert (plan.status, plan.source.organisation) == ("done", None)


def test_a_hope_is_never_overdue_and_work_is_under_way_when_last_heard_of(store: Store) -> None:
    standing = {one.kind: one.status for one in picture(store, "day 14").intents}
    assert standing["aspiration"] == "hoped for"
    assert standing["work_under_way"] == "under way when last heard of"


def test_what_was_told_of_one_night_or_one_day_is_not_told_of_the_next(store: Store) -> None:
    shown = picture(store, "day 15")
    assert [fact.id for fact in shown.ended] == ["d07-weather"]
    assert all("21 February" in fact.says for fact in shown.states if "ommunity cases" in fact.says)
    assert not any(" today" in fact.says or " tonight" in fact.says for fact in shown.states)


def test_the_speakers_terms_follow_the_vehicles(store: Store) -> None:
    conditions = [one for one in picture(store, "day 11").conditions if one.body["by"] == "Speaker of the House"]
    assert sorted(str(one.met) for one in conditions) == ["False", "None", "None"]


def test_what_the_room_knew_on_day_9_does_not_hold_what_came_later(store: Store) -> None:
    then, now = picture(store, "day 14", "day 9"), picture(store, "day 14")
    known = {fact.id for fact in (*then.states, *then.events)}
    assert not any(entry_id.startswith(("d10", "d11", "d14")) for entry_id in known)
    assert len(now.events) > 2 * len(then.events)


def test_what_police_say_of_the_afternoon_does_not_refute_what_protesters_say_of_the_morning(store: Store) -> None:
    assert not [one for one in picture(store, "day 14").contested if one.kind in ("refuted", "disputed")]


def test_who_may_pass_on_foot_is_said(store: Store) -> None:
    rules = {
        tuple(fact.body["who"]): fact.body["may"] for fact in picture(store, "day 14").states if fact.kind == "passage_rule"
    }
    assert rules["people on foot",] == "enter_and_leave"
    assert rules["drivers who leave",] == "leave_not_return"
    assert all(len(who) == 1 for who in rules)


def test_only_what_somebody_undertook_is_a_promise_and_only_what_somebody_asked_a_request(store: Store) -> None:
    shown = picture(store, "day 14")
    promised = " ".join(one.says for one in shown.promises)
    assert not any(word in promised for word in ("aspiration", "hope", "passes", "reopen"))
    assert {one.body["asked_of"] for one in shown.requests if one.kind == "resource_request"} == {"New Zealand Defence Force"}


def test_what_is_likely_is_not_told_as_certain(store: Store) -> None:
    (said,) = [fact for fact in picture(store, "day 14").events if "vaccine passes" in fact.says]
    assert said.kind == "forecast"
    assert "likely" in said.says


def test_eight_arrests_are_eight(store: Store) -> None:
    arrests = [fact.body["amount"] for fact in picture(store, "day 14").events if fact.kind == "arrests"]
    assert sorted(amount.get("low") for amount in arrests) == [0, 1, 8]
