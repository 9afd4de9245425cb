"""The typist by itself: what it makes of each type of field, and what it leaves for the checks behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest

from clearway.record.entry import Happened
from clearway.record.kinds.streets import BarrierState, PassageRule
from clearway.record.moments import calendar, moment_of
from clearway.record.parts import Amount, LongText, Name, PastTime, PlaceText, StartTime, Text, Time, Typed
from clearway.record.place import PLACE, NamedPlace, Place, Point, Position
from clearway.record.source import Source
from clearway.record.typed import DRAFT, Hint, Typist, folded, hint_of, hints, is_place, parts_of, source_parts, suggested

WELLINGTON = calendar("Pacific/Auckland", "2022-02-08")
NEAR, KNOWN = moment_of("2022-02-18T12:00+13:00"), moment_of("2022-02-18T19:30+13:00")


def read(value: Any, annotation: Any, help_: str = "") -> Any:  # noqa: ANN401 - any JSON, any type
    typist = Typist(WELLINGTON, NEAR, KNOWN)
    found = typist.read(value, hint_of(annotation, help_), "field")
    return typist.problems.get(("field",), found)


def at(text: str) -> object:
    return moment_of(f"2022-02-{text}+13:00")


@pytest.mark.parametrize(
    ("value", "annotation", "read_as"),
    [
        ("about 5", Amount, {"low": 5.0, "high": 5.0, "about": True}), (5, Amount, {"low": 5, "high": 5}),
        (5.5, Amount | None, {"low": 5.5, "high": 5.5}), (True, Amount, True), ({"low": 5}, Amount, {"low": 5}),
        ("7pm", Time, at("18T19:00")), ("11am", Time, at("19T11:00")), ("day 12", Time, at("19T23:59")),
        ("day 12", StartTime, at("19T00:00")), ("7pm", StartTime, at("18T19:00")), ("11am", StartTime, at("18T11:00")),
        ("yesterday", PastTime, at("17T23:59")), ("today", PastTime, at("18T19:30")), ("7pm", PastTime, at("18T19:00")),
        ("8pm", PastTime, at("17T20:00")), ("day 12", PastTime, at("19T00:00")),
        ("day 12", date, date(2022, 2, 19)), ("tomorrow", date | None, date(2022, 2, 19)),
        ("Concrete Blocks", Name, "concrete_blocks"), ("Shut", Literal["open", "shut"], "shut"),
        ("ENTER and leave", Literal["enter_and_leave"], "enter_and_leave"), ("ajar", Literal["open", "shut"], "ajar"),
        ("6", Literal[5, 6], 6), ("Hill St", PlaceText, "Hill St"), ("a, b", Text, "a, b"), ("a; b", LongText, "a; b"),
        ("officer, Police", Source, {"office": "officer", "organisation": "Police"}),
        ("officer", Source, {"office": "officer"}),
        ("a, b", tuple[Text, ...], ["a", "b"]), ("a, b; c", tuple[Text, ...], ["a, b", "c"]), ("a", tuple[Text, ...], ["a"]),
        (["a", "b"], tuple[Text, ...], ["a", "b"]), (("a",), tuple[Text, ...], ["a"]), (5, tuple[Text, ...], 5),
        ("Hill St, even side", tuple[PlaceText, ...], ["Hill St, even side"]), ("5; about 6", tuple[Amount, ...], [
            {"low": 5.0, "high": 5.0}, {"low": 6.0, "high": 6.0, "about": True}]),
        ("174, -41", Position, "174, -41"), ([174, -41], Position, [174, -41]), (None, Text, None), (True, bool, True),
        ("yes", bool, "yes"),
        ("7", int, "7"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_type_stores_it(value: Any, annotation: Any, read_as: Any) -> None:  # noqa: ANN401
    assert read(value, annotation) == read_as


def test_a_word_is_a_usual_one_where_it_differs_by_an_s_alone() -> None:
    usual = "what stands there: concrete_block, fences, gas ..."
    words = [read(word, Name, usual) for word in ("Concrete Blocks", "fence", "Fences", "gas", "cones", "M\u0101ori")]
    assert words == ["concrete_block", "fences", "fences", "gas", "cones", "maori"]
    assert suggested(usual) == ("concrete_block", "fences", "gas")
    assert [suggested(help_) for help_ in ("a, b", "a ...", "a: b, c ...", "")] == [(), (), ("b", "c"), ()]
    assert [folded(word) for word in ("--A  b!", "", "4x4")] == ["a_b", "", "4x4"]


def test_places_are_read_wherever_a_field_holds_some_and_a_place_that_cannot_be_read_is_a_problem() -> None:
    street = PLACE.validate_python(read("Hill St", Place))
    assert street == PLACE.validate_python({"type": "street", "street": "Hill Street"})
    assert len(read("Hill St; Bowen St", tuple[Place, ...])) == 2
    assert [is_place(hint_of(kind)) for kind in (Place, Place | None, NamedPlace, Point, Text)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert "cannot be used. Write one such as 'Lambton Quay at Bowen Street'" in read("x" * 3000, PlaceText)


def test_what_cannot_be_read_is_named_by_where_it_stands_and_left_as_it_is() -> None:
    typist = Typist(WELLINGTON, NEAR, KNOWN)
    body = {"kind": "barrier_state", "amount": "lots", "starts": "soonish", "state": "Standing", "owner": "Police"}
    found = typist.read({"body": body, "places": ["Hill St", "Bowen St"]}, DRAFT)
    assert (found["body"]["amount"], found["body"]["starts"], found["body"]["state"]) == ("lots", "soonish", "standing")
    assert set(typist.problems) == {("body", "amount"), ("body", "starts")}
    assert typist.problems["body", "amount"].startswith("'lots' cannot be read as a number")
    typist = Typist(WELLINGTON, NEAR, KNOWN)
    assert typist.read(["5", "lots"], hint_of(tuple[Amount, ...]), "counts") == [{"low": 5.0, "high": 5.0}, "lots"]
    assert set(typist.problems) == {("counts", 1)}


def test_when_it_happened_lies_behind_and_its_parts_are_read_each_by_itself() -> None:
    happened = read("8pm", Happened)
    assert (happened.start, happened.end, happened.said) == (at("17T20:00"), at("17T20:00"), "8pm")
    parts = read({"start": "day 11", "end": "today", "said": "all day"}, Happened)
    assert parts == {"start": at("18T00:00"), "end": at("18T19:30"), "said": "all day"}
    assert read({"start": "day 11", "other": "8pm"}, Happened)["other"] == "8pm", "a field that there is not is left as it is"


def test_the_type_of_a_field_is_seen_through_what_wraps_it() -> None:
    fields = hints(BarrierState)
    assert (fields["starts"].typed, fields["ends"].typed, fields["barrier"].typed) == (Typed.START, Typed.TIME, Typed.NAME)
    assert (fields["amount"].base, fields["amount"].help) == (Amount, "how many")
    assert hint_of(Annotated[Annotated[str, Typed.TIME], Typed.START]).typed is Typed.START
    assert hint_of(Annotated[Annotated[str, Typed.TIME], "a mark"]).typed is Typed.TIME
    assert hint_of(int | str).base == int | str
    assert [hints(PassageRule)["who"].takes(value) for value in (["a"], [], "a")] == [True, False, False]
    assert [hint_of(Text).takes(value) for value in ("a", "", 5)] == [True, False, False]


def test_lists_are_parted_by_semicolons_or_else_by_commas() -> None:
    text, place = Hint(str), Hint(str, Typed.PLACE)
    assert [parts_of(said, text) for said in ("a", "a, b,", "a; b, c ;", " ; ")] == [["a"], ["a", "b"], ["a", "b, c"], []]
    assert parts_of("a, b", place) == ["a, b"]
    assert [source_parts(said) for said in ("a", "a, b, c", " a ,b")] == [
        {"office": "a"}, {"office": "a", "organisation": "b, c"}, {"office": "a", "organisation": "b"},
    ]  # fmt: skip
