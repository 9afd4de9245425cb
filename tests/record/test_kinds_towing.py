"""Places to park and to store, and answers of tow operators: what they refuse, what they say, who may read them."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.errors import BadInput
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from record.test_parse import SAMPLES

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T08:00Z")


def entered(kind: str, body: dict[str, Any], **others: object) -> Any:  # noqa: ANN401 - a body
    return draft_of({"kind": kind, "body": body, "happened": "day 11 morning"} | others, CALENDAR, now=NOW).body


FIRM = {"operator": "Firm A"}


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("tow_operator", FIRM, "needs 'light_willing' or 'heavy_willing': yes, no, or unknown"),
        ("tow_operator", FIRM | {"light_trucks": 3}, "needs 'light_willing' or 'heavy_willing'"),
        ("tow_operator", FIRM | {"light_willing": "yes", "reason": "sympathy"}, "gives a reason and refuses nothing"),
        ("tow_operator", FIRM | {"heavy_willing": "yes", "heavy_trucks": 0}, "is willing and has no heavy truck"),
        ("tow_operator", FIRM | {"light_willing": "no", "assumed": ["rates"]}, '"rates" is not one of its words'),
        ("parking_place", {"name": "Field", "assumed": ["colour"]}, '"colour" is not one of its words; write it as "capacity"'),
        ("storage_place", {"name": "Yard", "assumed": ["kind"]}, '"kind" is not one of its words; write it as "capacity"'),
    ],
)
def test_what_contradicts_itself_is_refused_with_what_to_do(kind: str, body: dict[str, Any], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        entered(kind, body)


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        (
            "tow_operator",
            FIRM | {"light_willing": "yes", "heavy_willing": "no", "heavy_trucks": 2, "reason": "sympathy"},
            "Tow operator Firm A; sends light trucks, number not said; does not send 2 heavy trucks; reason: sympathy",
        ),
        (
            "tow_operator",
            FIRM | {"heavy_willing": "unknown", "light_trucks": 2, "escort": False},
            "Tow operator Firm A; 2 light trucks; no answer yet on heavy trucks, number not said; wants no escort",
        ),
        (
            "storage_place",
            {"name": "Yard", "secure": False, "capacity": 40, "assumed": ["capacity"]},
            "Storage place Yard; room for 40; not secure; assumed: capacity",
        ),
        (
            "parking_place",
            {"name": "Field", "come_back": False, "height_m": 2.1, "free": True},
            "Parking place Field; free of charge; one may not drive back; height at most 2.1 m",
        ),
    ],
)
def test_an_entry_says_what_was_answered_and_no_more(kind: str, body: dict[str, Any], says: str) -> None:
    assert entered(kind, body).says(CALENDAR.zone) == says


def test_an_operator_is_for_the_room_and_its_partners_and_places_are_for_all() -> None:
    assert entered("tow_operator", SAMPLES["tow_operator"], release="partners").operator == "Firm A"
    with pytest.raises(BadInput, match="cannot be released to the public: it names a tow operator"):
        entered("tow_operator", SAMPLES["tow_operator"], release="public")
    for kind in ("parking_place", "storage_place"):
        assert entered(kind, SAMPLES[kind], release="public").name


def test_two_answers_contradict_each_other_where_one_sends_trucks_and_the_other_does_not() -> None:
    yes, no, open_ = (entered("tow_operator", FIRM | {"heavy_willing": word}) for word in ("yes", "no", "unknown"))
    light = entered("tow_operator", FIRM | {"light_willing": "no"})
    assert (yes.contradicts(no), no.contradicts(yes)) == (True, True)
    assert not any(yes.contradicts(other) for other in (yes, open_, light))
    field, wide = (entered("parking_place", {"name": "Field", "capacity": room}) for room in (40, 90))
    assert (field.contradicts(wide), field.contradicts(field), field.contradicts(yes)) == (True, False, False)
    yard, wider, silent = (entered("storage_place", {"name": "Yard"} | room) for room in ({"capacity": 4}, {"capacity": 9}, {}))
    assert (yard.contradicts(wider), yard.contradicts(silent)) == (True, False)
