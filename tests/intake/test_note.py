"""Sentences as they come over the radio, with what a person reads in them: how many are read so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clearway.intake.note import read_note
from clearway.intake.reader import Context
from clearway.record.moments import calendar, moment_of
from clearway.record.place import NamedPlace
from clearway.record.place_words import place_words
from clearway.record.source import Source

if TYPE_CHECKING:
    from clearway.record.entry import Draft

CONTEXT = Context(calendar("Pacific/Auckland", "2022-02-08"), site=NamedPlace(name="Parliament"))
AT = moment_of("2022-02-18T19:30+13:00")
BY = Source(office="officer", organisation="Police", medium="radio")
NOTES = [json.loads(line) for line in Path(__file__).with_name("notes.jsonl").read_text("utf-8").splitlines()]
LEAST_READ, LEAST_RIGHT = 0.88, 0.92


def drafts(text: str) -> list[Draft]:
    return list(read_note(text, CONTEXT, source=BY, stream="square", at=AT).drafts)


def fits(truth: dict[str, Any], draft: Draft) -> bool:
    amount = getattr(draft.body, "amount", None)
    found = {
        name: draft.kind if name == "kind"
        else getattr(amount, name, None) if name in ("low", "high")
        else value if name == "place" and value in place_words(draft.places)
        else draft.source.office if name == "office"
        else getattr(draft.body, name, None)
        for name, value in truth.items()
    }  # fmt: skip
    return found == truth


def matched(note: dict[str, Any], found: list[Draft]) -> int:
    left = list(found)
    for truth in note["gives"]:
        if (fit := next((draft for draft in left if fits(truth, draft)), None)) is not None:
            left.remove(fit)
    return len(found) - len(left)


def test_sentences_are_read_as_a_person_reads_them() -> None:
    found = [drafts(note["text"]) for note in NOTES]
    right = sum(map(matched, NOTES, found))
    assert right / sum(len(note["gives"]) for note in NOTES) >= LEAST_READ
    assert right / sum(map(len, found)) >= LEAST_RIGHT


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Roughly 90 people at the steps, five arrested", {"count": 90, "arrests": 5}),
        ("40 officers outside the court, 1 arrested", {"count": 40, "arrests": 1}),
        ("Nine people were arrested", {"arrests": 9}),
        ("Two vans on fire", {"incident": None}),
        ("Bins alight by the fountain", {"incident": None}),
        ("Bus stuck on Willis Street", {"incident": None}),
    ],
)
def test_each_number_belongs_to_its_own_clause(text: str, kinds: dict[str, float | None]) -> None:
    found = {draft.kind: getattr(getattr(draft.body, "amount", None), "low", None) for draft in drafts(text)}
    assert found == kinds


@pytest.mark.parametrize(("text", "of"), [("4 police hurt", "officers"), ("Two residents injured", "residents")])
def test_the_injured_are_those_who_are_named(text: str, of: str) -> None:
    (hurt,) = drafts(text)
    assert getattr(hurt.body, "of", None) == of


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note["text"])
def test_a_note_adds_no_place(note: dict[str, Any]) -> None:
    for draft in drafts(note["text"]):
        for place in draft.places:
            assert place_words([place]).split()[0] in note["text"]
