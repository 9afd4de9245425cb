"""Entries as facts: what is left out says nothing, how old a word is, and what confirms or disputes it."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.picture.contract import CountOf, Fact, FactSource, Promised, When
from clearway.picture.facts import Facts, newest_first, said_until, source_of
from clearway.picture.subjects import aspects_of
from clearway.record.entry import Entry
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from clearway.record.source import Source

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
AT = moment_of("2022-02-18T12:00+13:00")
LATE = moment_of("2022-03-01T12:00+13:00")


def entry(name: str, kind: str = "statement", **fields: Any) -> Entry:  # noqa: ANN401 - any JSON
    said = {"id": name, "kind": kind, "body": {"summary": name}, "happened": "day 11 10:00", "known": "day 11 10:00"} | fields
    draft = draft_of(said, CALENDAR, now=LATE, entered="imported")
    return Entry(seq=1, stream="s", version=1, written=LATE, draft=draft, hash="0" * 64)


def test_a_field_that_is_left_out_says_nothing() -> None:
    models = (FactSource, When, Fact, CountOf, Promised)
    every = [one for model in models for one in model.model_fields.items()]
    fields = {name: field.default for name, field in every if not field.is_required()}
    assert fields == {
        "office": None, "organisation": None, "name": None, "medium": "other",
        "document": None, "title": None, "publisher": None,
        "published": None, "words": [], "said": "", "standing": "in_force", "part": "", "history": "", "corrected": [],
        "part_of": None, "stale_since": None, "not_known_since": None, "pushes": [], "proposed": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "known", "published", "until"),
    [
        ("day 11 10:00", "day 11 10:30", None, "10:00"),
        ("day 11 morning", "day 11 10:30", None, "10:30"),
        ("day 11 morning", "day 11 13:00", None, "12:00"),
        ("day 11 morning", "day 11 05:00", None, "06:00"),
        ("day 11 morning", "day 11 10:30", "day 11 09:00", "09:00"),
        ("day 11 morning", "day 11 10:30", "day 11 11:00", "10:30"),
    ],
)
def test_nobodys_word_is_about_what_came_after_it(happened: str, known: str, published: str | None, until: str) -> None:
    one = entry("a", happened=happened, known=known, source={"office": "Mayor", "published": published} if published else {})
    assert said_until(one.draft) == moment_of(f"2022-02-18T{until}+13:00")
    age = Facts([one], AT, CALENDAR.zone).of(one).age_s
    assert age == (AT - said_until(one.draft)).total_seconds()
    assert Facts([one], moment_of("2022-02-17T12:00+13:00"), CALENDAR.zone).of(one).age_s == 0


def test_what_confirms_and_disputes_an_entry_is_named_and_another_bodys_correction_disputes() -> None:
    police, groups = {"organisation": "Police"}, {"organisation": "Groups"}
    first = entry("first", source=police)
    every = [
        first, entry("yes", confirms=["first"]), entry("no", disputes=["first"]),
        entry("theirs", source=groups, corrects=["first"]), entry("own", source=police, corrects=["first"]),
        entry("gone", source=groups, corrects=["unseen"]),
    ]  # fmt: skip
    facts = Facts(every, AT, CALENDAR.zone)
    fact = facts.of(first)
    assert (fact.confirmed_by, fact.disputed_by) == (["yes"], ["no", "theirs"])
    assert [one.id for one in facts.confirming("first")] == ["yes"]
    assert [one.id for one in facts.disputing("first")] == ["no", "theirs"]
    assert [facts.of(one).corrects for one in every[3:]] == [[], ["first"], ["unseen"]]
    assert facts.of(first) is fact
    assert (facts.confirming("own"), facts.of(every[4]).confirmed_by) == ([], [])


def test_of_an_entry_about_two_classes_at_two_gates_what_still_holds_is_said_by_class() -> None:
    rule = entry("rule", "passage_rule", body={"who": ["residents", "traders"], "may": "enter"}, places=["Gate A", "Gate B"])
    facts, subjects = Facts([rule], AT, CALENDAR.zone), [aspect.subject for aspect in aspects_of(rule.draft)]

    def told(*held: int) -> list[tuple[str, str, list[str]]]:
        made = facts.parts_of(rule, {subjects[at] for at in held})
        return [(fact.part, fact.where, fact.body["who"]) for fact in made]

    assert told(0, 1, 2, 3) == [("residents", "Gate A; Gate B", ["residents"]), ("traders", "Gate A; Gate B", ["traders"])]
    assert told(0, 2, 3) == [
        ("residents", "Gate A (no longer Gate B)", ["residents"]),
        ("traders", "Gate A; Gate B", ["traders"]),
    ]
    assert told(3) == [("traders", "Gate B (no longer Gate A)", ["traders"])]
    assert told() == []
    one = entry("one", "passage_rule", body={"who": ["residents"], "may": "enter"}, places=["Gate A"])
    whole = Facts([one], AT, CALENDAR.zone)
    assert whole.parts_of(one, {aspects_of(one.draft)[0].subject}) == [whole.of(one)]
    assert whole.of(one).part == ""


def test_a_source_is_shown_with_all_that_it_says() -> None:
    told = {
        "office": "President", "organisation": "Police Association", "name": "A. Name", "medium": "interview",
        "document": "Radio",
        "title": "Morning", "publisher": "RNZ", "words": [{"report": "r1", "start": 3, "end": 9}], "reliability": "B",
        "credibility": 2,
    }  # fmt: skip
    shown = source_of(Source.model_validate(told | {"published": AT}))
    assert {
        name: getattr(shown, name) for name in ("office", "organisation", "name", "medium", "document", "title", "publisher")
    } == {name: told[name] for name in ("office", "organisation", "name", "medium", "document", "title", "publisher")}
    assert (shown.published, shown.grade, shown.speaker, shown.short) == (
        AT, "B2", "President, Police Association", "President, Police Association",
    )  # fmt: skip
    assert [(one.report, one.start, one.end) for one in shown.words] == [("r1", 3, 9)]


def test_the_newest_is_what_happened_last_then_what_was_known_last() -> None:
    ordered = [
        entry("a"),
        entry("b"),
        entry("c", known="day 11 11:00"),
        entry("d", happened="day 11 10:01", known="day 11 10:01"),
    ]
    mixed = [ordered[at] for at in (2, 0, 3, 1)]
    assert sorted(mixed, key=newest_first) == ordered
