"""What entries are about: places that are the same by whichever name, and entries that say several things."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clearway.picture.facts import where_words
from clearway.picture.subjects import aspects_of, place_key, place_named, subject_of, where_key
from clearway.record.kinds import BODY
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from clearway.record.place import PLACE, NamedPlace, Place

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")


def place(kind: str, **fields: Any) -> Place:  # noqa: ANN401 - any JSON
    return PLACE.validate_python({"type": kind} | fields)


def named(name: str) -> Place:
    return place("named", name=name)


def draft(kind: str, body: dict[str, Any], *places: Place) -> Any:  # noqa: ANN401 - a draft
    listed = [one.model_dump(mode="json") for one in places]
    return draft_of({"kind": kind, "body": body, "happened": "day 11", "places": listed}, CALENDAR, now=NOW)


RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
SAME: list[list[Place]] = [
    [
        place("junction", streets=["Hill Street", "Molesworth Street"]),
        place("junction", streets=["Molesworth St", "Hill St"]),
        named("Corner of Hill St and Molesworth St"), named("Molesworth Street at Hill Street"),
        place("point", at=[174.7, -41.2], label="Hill St at Molesworth St"),
    ],
    [place("junction", streets=["Hill Street", "Molesworth Street"], side="north")],
    [place("street", street="Hill Street"), place("street", street="hill  st"), named("Hill Street"), named("Hill St")],
    [place("street", street="Hill Street", side="even"), place("street", street="Hill St", side="even")],
    [
        place("street", street="Hill Street", between=["Aitken Street", "Molesworth Street"]),
        place("street", street="Hill St", between=["Molesworth St", "Aitken St"]),
    ],
    [place("street", street="Hill Street", between=["Aitken Street"])],
    [place("address", street="Hill Street", number="12"), place("address", street="Hill St", number="12"), named("12 Hill St")],
    [place("address", street="Hill Street", number="14")],
    [
        place("along", street="Hill Street", start="Aitken Street", metres=30),
        place("along", street="Hill St", start="Aitken St", metres=30),
    ],
    [place("along", street="Hill Street", start="Aitken Street", metres=31)],
    [place("along", start="the station", metres=30), place("along", start="The  Station", metres=30)],
    [named("Sky Stadium"), named("sky  stadium"), place("point", at=[174.7, -41.2], label="Sky Stadium")],
    [place("street", street="Sky Stadium")],
    [place("point", at=[174.7, -41.2])],
    [place("point", at=[174.7, -41.3])],
    [place("area", ring=RING)],
    [place("area", ring=RING, label="The Lawn"), place("area", ring=[[0, 0], [2, 0], [2, 2], [0, 0]], label="the lawn")],
]  # fmt: skip


def test_places_are_the_same_by_whichever_name_and_others_are_others() -> None:
    keys = [{place_key(one) for one in same} for same in SAME]
    assert [len(found) for found in keys] == [1] * len(SAME), keys
    assert len(set.union(*keys)) == len(SAME)


def test_a_name_that_describes_a_place_is_that_place() -> None:
    assert place_named(named("Hill St")) == place("street", street="Hill Street")
    assert place_named(named("Sky Stadium")) == named("Sky Stadium")
    point = place("point", at=[174.7, -41.2], label="Hill St")
    assert place_named(point) is point
    unread = "\u201cx" * 40
    assert place_named(NamedPlace(name=unread)) == NamedPlace(name=unread), "no words that can be read as a place"


def test_the_places_of_an_entry_are_compared_in_no_order() -> None:
    hill, bowen = place("street", street="Hill Street"), place("street", street="Bowen Street")
    keys = [where_key(draft("road_state", {"state": "shut"}, *both)) for both in ((hill, bowen), (bowen, hill))]
    assert keys[0] == keys[1] == sorted(map(place_key, (hill, bowen)))


def test_a_subject_is_its_fields_and_its_place_where_that_counts() -> None:
    hill = place("street", street="Hill Street")
    count = {"what": "vehicles", "amount": {"low": 5, "high": 5}}
    said = subject_of(draft("count", count, hill))
    assert (said.kind, json.loads(said.key)) == ("count", [["vehicles", None], ["['hill street', []]"]])
    assert said == subject_of(draft("count", count | {"amount": {"low": 9, "high": 9}}, named("Hill St")))
    assert said != subject_of(draft("count", count))
    assert said != subject_of(draft("count", count | {"group": "trucks"}, hill))
    loan = {"what": "Fences", "lender": "the  Region", "borrower": "Police"}
    assert subject_of(draft("loan", loan, hill)) == subject_of(draft("loan", loan | {"what": "fences", "lender": "the region"}))
    listed = [subject_of(draft("incident", {"nature": nature, "summary": "x"})) for nature in ("fire", "noise")]
    assert listed[0] == listed[1] == ("incident", "")


def test_an_entry_about_two_classes_at_two_gates_says_four_things() -> None:
    gates = named("Gate 1"), named("Gate 2")
    said = aspects_of(draft("passage_rule", {"who": ["residents", "traders"], "may": "enter"}, *gates))
    assert [(aspect.value, aspect.place, aspect.left) for aspect in said] == [
        (who, gate, False) for who in ("residents", "traders") for gate in gates
    ]
    assert len({aspect.subject for aspect in said}) == 4
    assert said[0].subject == aspects_of(draft("passage_rule", {"who": ["Residents"], "may": "enter"}, gates[0]))[0].subject
    (alone,) = aspects_of(draft("service_level", {"partner": "the post", "level": "stopped"}))
    assert (alone.value, alone.place, alone.left) == (None, None, False)
    hill = place("street", street="Hill Street")
    whole = draft("count", {"what": "vehicles", "amount": {"low": 5, "high": 5}}, hill, gates[0])
    assert aspects_of(whole) == [(subject_of(whole), None, None, False)]


def test_a_barrier_that_was_moved_is_no_longer_where_it_was_and_one_with_a_name_is_itself_wherever_it_stands() -> None:
    hill = place("street", street="Hill Street")
    moved = {"barrier": "fence", "state": "standing", "moved_from": ["Bowen Street"]}
    said = aspects_of(draft("barrier_state", moved, hill))
    assert [(aspect.place and place_key(aspect.place), aspect.left) for aspect in said] == [
        (place_key(hill), False),
        (place_key(named("Bowen Street")), True),
    ]
    called = [
        aspects_of(draft("barrier_state", moved | {"label": word}, where))
        for word, where in (("B  7", hill), ("b 7", named("x")))
    ]
    assert [len(one) for one in called] == [1, 1]
    assert called[0][0].subject == called[1][0].subject
    assert json.loads(called[0][0].subject.key) == {"called": "b 7"}


def exactly(number: int) -> dict[str, int]:
    return {"low": number, "high": number}


@pytest.mark.parametrize(
    ("said", "gone", "words"),
    [
        (None, False, "Hill Street"),
        (exactly(1), False, "Hill Street"),
        (exactly(3), False, "Hill Street (3 places said, 1 named)"),
        ({"low": 1}, False, "Hill Street (at least 1 places said, 1 named)"),
        (None, True, "Hill Street (no longer Bowen Street)"),
        (exactly(2), True, "Hill Street (no longer Bowen Street)"),
        (exactly(1), True, "Hill Street (1 places said, 2 named; no longer Bowen Street)"),
    ],
)
def test_where_something_is_says_at_how_many_places_it_was_said_to_be_and_where_it_is_no_longer(
    said: dict[str, int] | None, gone: bool, words: str  # noqa: FBT001
) -> None:  # fmt: skip
    fields = {"barrier": "fence", "state": "standing", "at_places": said}
    body = BODY.validate_python({"kind": "barrier_state"} | fields)
    hill, bowen = place("street", street="Hill Street"), place("street", street="Bowen Street")
    assert where_words(body, [hill], [bowen] * gone) == words
