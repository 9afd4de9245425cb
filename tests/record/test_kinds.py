from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from clearway.record.kinds import BODY, KINDS
from record.test_parse import SAMPLES

ZONE = ZoneInfo("Pacific/Auckland")


def says(kind: str, body: dict[str, object]) -> str:
    return BODY.validate_python({"kind": kind} | body).says(ZONE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sentence_without_our_own_signs(kind: str) -> None:
    told = says(kind, SAMPLES[kind])
    assert told[0] == told[0].upper()
    assert not any(sign in told for sign in ("_", "None", "True", "False", "{", "=", ";;"))


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("count", {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}, "About 450 vehicles"),
        ("arrests", {"amount": {"low": 7, "high": 7}, "ground": "disorderly behaviour"}, "7 arrested for disorderly behaviour"),
        (
            "promise",
            {"by": "Police", "what": "tow", "due": "2022-02-16T18:00+13:00"},
            "Police will: tow, by Wed 16 Feb 2022 18:00",
        ),
        ("passage_rule", {"who": ["drivers"], "may": "leave_not_return"}, "Drivers may go out and not come back"),
        ("tow_event", {"done": False, "note": "none was towed"}, "Not towed; none was towed"),
        ("staff_absence", {"organisation": "Police", "reason": "sick", "amount": {"low": 6, "high": 6}}, "Police: 6 sick"),
        ("meeting_request", {"asked_by": "groups", "asked_of": "PM"}, "Groups asked to meet PM: not answered yet"),
    ],
)
def test_sentences_are_those_that_an_officer_would_say(kind: str, body: dict[str, object], told: str) -> None:
    assert says(kind, body) == told
