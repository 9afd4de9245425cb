"""What is wrong with an entry, word for word: the field, what stands there, and what may stand there instead."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.errors import BadInput
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T19:30+13:00")
TIME = "a time such as '19:05', '17 Feb 7pm', 'day 10 morning', '2022-02-17 19:05' or 'yesterday about 7pm'"


def refused(kind: object, body: dict[str, Any], **fields: Any) -> str:  # noqa: ANN401 - any JSON
    with pytest.raises(BadInput) as refusal:
        draft_of({"kind": kind, "body": body, "happened": "7pm"} | fields, CALENDAR, now=NOW)
    return str(refusal.value).removeprefix("The entry cannot be used: ")


def test_a_name_with_signs_that_it_may_not_have_is_shown_one_without() -> None:
    said = refused("remark", {"text": "x"}, id="a b")
    assert said == 'id: "a b" has signs that it may not have; write it as "gate-3-1905".'


COUNT = {"what": "vehicles", "amount": 5}


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (
            "incident",
            {"nature": "fire", "summary": "x", "plate": 1},
            "an incident has no field 'plate'; its fields are nature, summary, severity, over.",
        ),
        ("count", COUNT | {"plate": 1}, "a count has no field 'plate'; its fields are what, amount, group."),
        (
            "count",
            {"what": "vehicles", "amount": {"low": 5, "plate": 1}},
            "amount has no field 'plate'; its fields are low, high, about, said.",
        ),
        (
            "count",
            {},
            (
                'what: it is missing; write it as "people", "vehicles" or "tents"; '
                "amount: it is missing; write it as 300, "
                '"about 300" or "10 to 12".'
            ),
        ),
        (
            "count",
            COUNT | {"what": "1a"},
            (
                'what: "1a" cannot be a word of a vocabulary, which begins with a letter; '
                "write it as "
                '"people", "vehicles" or "tents".'
            ),
        ),
        (
            "cost",
            {"what": "x", "currency": "dollars"},
            'currency: "dollars" has signs that it may not have; write it as "NZD".',
        ),
        ("count", COUNT | {"amount": {"low": "x"}}, 'amount, low: "x" is not a number it takes; write it as 10 or 0.5.'),
        (
            "count",
            COUNT | {"amount": [5]},
            'amount: [5] stands where fields must be: low, high, about, said; write it as 300, "about 300" or "10 to 12".',
        ),
        (
            "weather",
            {"summary": "x" * 3000, "wind_kmh": 900, "rain_mm_h": -1, "temperature_c": "hot"},
            (
                f'summary: "{"x" * 59}... is longer than 2000 signs; write it as "a few words"; wind kmh: 900 is more '
                "than 500; write it as 10 or 0.5; rain mm h: -1 is less than 0; write it as 10 or 0.5; and 1 more."
            ),
        ),
        (
            "weather",
            {"summary": "x", "forecast": "perhaps"},
            'forecast: "perhaps" is neither true nor false; write it as true or false.',
        ),
        ("gate_state", {"state": "ajar"}, 'state: "ajar" is not one of its words; write it as "open", "restricted" or "shut".'),
        ("remark", {"text": ""}, 'text: "" is empty; write it as "a few words".'),
        ("contact", {"who": []}, 'who: [] is empty; it needs one at least; write it as ["a few words"].'),
        ("ultimatum", {"by": "a"}, "an ultimatum needs 'demand', 'otherwise' or both."),
        ("operation", {"title": "a", "first_day": "x"}, f"first day: 'x' cannot be read as a time. Write {TIME}."),
    ],
)
def test_a_field_of_its_kind_is_named_with_what_may_stand_there(kind: str, body: dict[str, Any], said: str) -> None:
    assert refused(kind, body) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"suspect": 1},
            (
                "an entry has no field 'suspect'; its fields are id, body, happened, known, source, places, "
                "corrects, "
                "withdraws, confirms, disputes, release."
            ),
        ),
        (
            {"places": [{"type": "street", "street": "a", "colour": 1}]},
            "places 1 has no field 'colour'; its fields are type, street, between, side, locality.",
        ),
        ({"release": "everybody"}, 'release: "everybody" is not one of its words; write it as "room", "partners" or "public".'),
        ({"corrects": ["a", "a b"]}, 'corrects 2: "a b" has signs that it may not have; write it as "gate-3-1905".'),
        ({"source": {"credibility": 9}}, "source, credibility: 9 is more than 6; write it as 2."),
        ({"source": {"reliability": "Z"}}, 'source, reliability: "Z" is not one of its words; write it as "A", "B" or "C".'),
        (
            {"happened": 5},
            (
                'happened: 5 stands where fields must be: start, end, said; write it as "17 Feb 7pm", "day 10 morning" or '
                '"2022-02-17 19:05".'
            ),
        ),
        ({"happened": {"start": "soon", "end": "7pm"}}, f"happened, start: 'soon' cannot be read as a time. Write {TIME}."),
        ({"id": 5}, 'id: 5 cannot stand here; write it as "gate-3-1905".'),
        ({"places": [{"type": "point", "at": [1]}]}, "places 1, at 2: it is missing; write it as 10 or 0.5."),
    ],
)
def test_a_field_of_the_entry_is_named_with_what_may_stand_there(fields: dict[str, Any], said: str) -> None:
    assert refused("count", COUNT, **fields) == said


@pytest.mark.parametrize("kind", [None, "", 5, ["count"]])
def test_an_entry_that_does_not_say_its_kind_is_told_what_one_looks_like(kind: object) -> None:
    assert refused(kind, COUNT) == 'The entry does not say its kind. Give \'kind\', such as "count" or "incident".'
