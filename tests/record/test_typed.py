"""What people type is read in every field of the same type, and every example in a message can be put in."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadInput
from clearway.record.entry import Draft
from clearway.record.kinds import KINDS
from clearway.record.kinds.talks import Contact
from clearway.record.moments import calendar, moment_of, written
from clearway.record.parse import draft_of
from clearway.record.parts import Amount, Typed
from clearway.record.typed import Hint, hint_of, hints
from record.test_parse import SAMPLES

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T19:30+13:00")
FIELDS = [(kind, name, hint) for kind in KINDS for name, hint in hints(KINDS[kind]).items() if name != "kind"]


def read(kind: str, name: str, value: object, **others: object) -> Any:  # noqa: ANN401 - any JSON
    body = SAMPLES[kind] | {name: value}
    said = {"kind": kind, "body": body, "happened": "day 11 morning", "place": "Hill Street"}
    draft = draft_of(said | others, CALENDAR, now=NOW)
    return json.loads(draft.content())["body"].get(name)


def of_type(*typed: Typed) -> list[tuple[str, str]]:
    return [(kind, name) for kind, name, hint in FIELDS if hint.typed in typed]


@pytest.mark.parametrize(("kind", "name"), of_type(Typed.TIME))
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("day 17 7pm", "2022-02-24T19:00+13:00"),
        ("24 Feb 6pm", "2022-02-24T18:00+13:00"),
        ("day 23 overnight", "2022-03-03T08:00+13:00"),
        ("tomorrow noon", "2022-02-19T12:00+13:00"),
        ("6am", "2022-02-19T06:00+13:00"),
        ("day 12", "2022-02-19T23:59+13:00"),
        ("Sunday", "2022-02-20T23:59+13:00"),
        ("in two hours", "2022-02-18T21:30+13:00"),
        ("2022-02-18T19:05+13:00", "2022-02-18T19:05+13:00"),
        ("2022-04-20 08:30", "2022-04-20T08:30+12:00"),
    ],
)
def test_every_time_to_come_takes_what_people_type_and_a_day_counts_to_its_end(
    kind: str, name: str, text: str, moment: str
) -> None:
    assert read(kind, name, text) == written(moment_of(moment))


@pytest.mark.parametrize(("kind", "name"), of_type(Typed.START))
def test_a_day_on_which_something_starts_counts_from_its_beginning(kind: str, name: str) -> None:
    assert read(kind, name, "day 12") == written(moment_of("2022-02-19T00:00+13:00"))


def test_what_starts_is_of_the_type_of_a_beginning() -> None:
    wrong = [
        (kind, name) for kind, name, hint in FIELDS if hint.typed is Typed.TIME and re.match(r"(?:starts?|from|since)\b", name)
    ]
    assert not wrong, "give them the type StartTime, so that a day counts from its beginning"


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, hint in FIELDS if hint.base is Amount])
@pytest.mark.parametrize(
    ("typed", "low", "high", "about"),
    [
        (300, 300, 300, False), ("300", 300, 300, False), ("about 300", 300, 300, True), ("at least 300", 300, None, False),
        ("up to 40", None, 40, False), ("10 to 12", 10, 12, False), ("a dozen", 12, 12, False), ("1,200", 1200, 1200, False),
        ("300+", 300, None, False), ("nearly two hundred", 200, 200, True), ("a few hundred", 200, None, False),
        ("none", 0, 0, False),
    ],
)  # fmt: skip
def test_every_amount_takes_a_number_as_people_say_it(
    kind: str, name: str, typed: object, low: float | None, high: float | None, about: bool  # noqa: FBT001
) -> None:  # fmt: skip
    amount = read(kind, name, typed)
    assert (amount.get("low"), amount.get("high"), amount["about"]) == (low, high, about)


@pytest.mark.parametrize(("kind", "name"), of_type(Typed.NAME))
def test_every_word_of_a_vocabulary_is_folded(kind: str, name: str) -> None:
    assert read(kind, name, "Water-filled Barriers (old)") == "water_filled_barriers_old"


@pytest.mark.parametrize("typed", ["concrete block", "Concrete Blocks", "concrete-block", "CONCRETE_BLOCK"])
def test_a_usual_word_is_found_whatever_its_form(typed: str) -> None:
    assert read("barrier_state", "barrier", typed) == "concrete_block"


def is_list_of_texts(hint: Hint) -> bool:
    if get_origin(hint.base) is not tuple:
        return False
    one = hint_of(get_args(hint.base)[0])
    return one.base is str and one.takes("shops")


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, hint in FIELDS if is_list_of_texts(hint)])
def test_a_list_takes_one_or_several(kind: str, name: str) -> None:
    assert read(kind, name, "shops") == ["shops"]
    assert read(kind, name, ["shops", "schools"]) == ["shops", "schools"]
    assert read(kind, name, "shops; schools") == ["shops", "schools"]


def test_parts_of_a_list_stand_apart_by_commas_but_places_have_their_own() -> None:
    assert read("passage_rule", "who", "residents, people on foot") == ["residents", "people on foot"]
    assert read("restriction_level", "rules", "Masks, indoors;") == ["Masks, indoors"]
    assert read("barrier_state", "moved_from", "Hill Street, even side; 58 Aitken St") == [
        "Hill Street, even side",
        "58 Aitken St",
    ]


def test_times_are_read_from_when_it_was_known_or_from_where_the_writer_looks() -> None:
    def due(**others: object) -> str:
        return str(read("promise", "due", "tomorrow noon", **others))

    assert due(known="day 9 14:00") == written(moment_of("2022-02-17T12:00+13:00"))
    assert due(known="day 9 14:00", read_at="day 5 14:00") == written(moment_of("2022-02-13T12:00+13:00"))


@pytest.mark.parametrize(
    ("typed", "known"),
    [("day 9 14:00", "2022-02-16T14:00+13:00"), ("yesterday", "2022-02-17T23:59+13:00"), ("today", "2022-02-18T19:30+13:00"),
     ("23:50", "2022-02-17T23:50+13:00"), ("20 min ago", "2022-02-18T19:10+13:00")],
)  # fmt: skip
def test_what_was_known_lies_behind(typed: str, known: str) -> None:
    draft = draft_of({"kind": "remark", "body": {"text": "x"}, "happened": "day 1", "known": typed}, CALENDAR, now=NOW)
    assert draft.known == moment_of(known)


@pytest.mark.parametrize("place", ["Lambton Quay at Bowen Street", ["Lambton Quay at Bowen Street"]])
@pytest.mark.parametrize("field", ["place", "places"])
def test_a_place_is_taken_in_words(place: object, field: str) -> None:
    draft = draft_of({"kind": "remark", "body": {"text": "x"}, "happened": "7pm", field: place}, CALENDAR, now=NOW)
    (found,) = draft.places
    assert (found.type, getattr(found, "streets", ())) == ("junction", ("Lambton Quay", "Bowen Street"))


def test_a_source_is_taken_in_words() -> None:
    draft = draft_of(
        {"kind": "remark", "body": {"text": "x"}, "happened": "7pm", "source": "officer at gate 3, Police"}, CALENDAR, now=NOW
    )
    assert (draft.source.office, draft.source.organisation) == ("officer at gate 3", "Police")


@pytest.mark.parametrize(
    ("kind", "nearest"),
    [("barriers", "barrier_state"), ("road", "road_state"), ("injury", "injuries"), ("meeting", "meeting_request"),
     ("tow", "tow_event"), ("fire", "incident"), ("staff", "staff_strength")],
)  # fmt: skip
def test_an_unknown_kind_gets_the_two_that_are_nearest(kind: str, nearest: str) -> None:
    with pytest.raises(BadInput) as refused:
        draft_of({"kind": kind, "body": {}, "happened": "7pm"}, CALENDAR, now=NOW)
    offered = re.search(r"nearest are (\w+) or (\w+);", str(refused.value))
    assert offered is not None
    assert nearest in offered.groups()
    assert set(offered.groups()) <= set(KINDS)


# Every message: the field in words, and examples that are taken.

_WRONG = [
    None,
    True,
    -7,
    1e9,
    "",
    "4x4!?",
    "soon-ish maybe",
    "31 Feb",
    "25:00",
    "7",
    "24/2/2022",
    [],
    [["x"]],
    {"low": -1},
    {"x": 1},
]
_EXAMPLE = re.compile(r'\{.*?\}|\[.*?\]|"(?:[^"\\]|\\.)*"|\'[^\']+\'|\btrue\b|\bfalse\b|(?<![\w.])\d+(?:\.\d+)?(?=[ ,.;]|$)')


def examples_in(message: str) -> list[Any]:
    """What a message recommends: all that stands in quotation marks or is JSON behind "Write"."""
    parts = re.split(r"\b[Ww]rite\b", message)[1:]
    found = [one for part in parts for one in _EXAMPLE.findall(part.split("; ")[0])]
    return [one[1:-1] if one[0] == "'" else json.loads(one) for one in found]


@pytest.mark.parametrize(("kind", "name", "hint"), [pytest.param(*one, id=f"{one[0]}-{one[1]}") for one in FIELDS])
def test_every_example_in_a_message_about_a_field_of_a_kind_is_taken(kind: str, name: str, hint: Hint) -> None:
    for wrong in _WRONG:
        try:
            read(kind, name, wrong)
        except BadInput as error:
            message = str(error)
            assert name.replace("_", " ") in message or kind in message
            for example in examples_in(message.partition(f"{name.replace('_', ' ')}:")[2] or message):
                if not re.search(rf"{name.replace('_', ' ')}(?: \d+)?, ", message):
                    read(kind, name, example, happened="day 11")
    assert hint


@pytest.mark.parametrize("name", [name for name in Draft.model_fields if name not in ("body", "entered")])
@pytest.mark.parametrize("wrong", _WRONG, ids=repr)
def test_every_example_in_a_message_about_an_entry_is_taken(name: str, wrong: object) -> None:
    good = {"kind": "statement", "body": {"summary": "x"}, "happened": "7pm"}
    try:
        draft_of(good | {name: wrong}, CALENDAR, now=NOW)
    except BadInput as error:
        for example in examples_in(str(error)):
            if f"{name}, " not in str(error) and f"{name} 1, " not in str(error):
                draft_of(good | {name: example}, CALENDAR, now=NOW)


@given(
    st.datetimes(
        min_value=moment_of("2022-02-08T00:00Z").replace(tzinfo=None),
        max_value=moment_of("2023-06-01T00:00Z").replace(tzinfo=None),
    ),
    st.sampled_from(["soon", "31 Feb", "25:61", "day 3 teatime", "9/9/22"]),
    st.booleans(),
)
def test_every_time_that_a_message_recommends_can_be_read_and_lies_behind(moment: datetime, text: str, numbered: bool) -> None:  # noqa: FBT001
    at = moment.replace(tzinfo=NOW.tzinfo)
    days = CALENDAR if numbered else calendar("Pacific/Auckland")
    entry = {"kind": "remark", "body": {"text": "x"}, "happened": "7pm"}
    with pytest.raises(BadInput) as refused:
        draft_of(entry | {"known": text}, days, now=at)
    recommended = examples_in(str(refused.value))
    assert recommended
    for example in recommended:
        known = draft_of(entry | {"known": example}, days, now=at).known
        assert at - timedelta(days=2) <= known <= at


def test_a_field_that_is_not_described_has_no_help_and_one_that_is_has_its_words() -> None:
    found = hints(Contact)
    assert (found["way"].help, found["outcome"].help, found["who"].help) == ("", "", "offices and groups")
