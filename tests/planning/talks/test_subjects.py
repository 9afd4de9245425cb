"""What words are about, whether they ask for it or for its contrary, and which names are one."""

from __future__ import annotations

import pytest

from clearway.planning.talks.parties import Parties, is_authority, is_group, is_of_the_press, named_in
from clearway.planning.talks.subjects import act_of, asks_for, is_same_name, stems_of, subject_of, subjects
from clearway.record.source import Source


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Nobody moves until the cars go", "vehicles"),
        ("A kind word", ""),
        ("", ""),
        ("Come out and address the people", "talks"),
    ],
)
def test_the_first_subject_that_words_name_is_theirs(text: str, subject: str) -> None:
    assert subject_of(text) == subject
    assert act_of(text).subject == subject
    assert act_of(text, "water").subject == "water", "what somebody said it is about goes before"


@pytest.mark.parametrize(
    ("text", "subject", "asked"),
    [
        ("All parked cars are cleared", "vehicles", "wants"),
        ("No car stays on the road", "vehicles", "wants"),
        ("No car is cleared", "vehicles", "refuses"),
        ("The cars stay", "vehicles", "refuses"),
        ("No talks until Monday", "talks", "refuses"),
        ("A song", "talks", "unclear"),
        ("Cars are cleared, cars stay", "vehicles", "unclear"),
        ("All parked cars are cleared", "nothing that is listed", "unclear"),
    ],
)
def test_words_ask_for_a_subject_or_for_its_contrary_and_a_denial_turns_them_round(text: str, subject: str, asked: str) -> None:
    assert asks_for(text, subject) == asked


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("the port reopens its gate", "The gate of the port is reopened", True),
        ("choir band drum", "choir band flute", True),  # two of three words
        ("choir band drum flute", "choir band horn harp", False),  # two of four
        ("choir", "choir band drum flute", True),
        ("choir", "drum", False),
        ("", "", False),
        ("the of and", "the of and", False),  # no word that says anything
        ("Cars are cleared", "No vehicle stays", True),  # one subject
        ("Cars are cleared", "the mayor speaks with us", False),
    ],
)
def test_two_texts_are_about_one_thing_by_the_table_or_by_two_thirds_of_the_shorter(
    text: str, other: str, *, same: bool
) -> None:
    assert act_of(text).is_same(act_of(other)) is same
    assert act_of(other).is_same(act_of(text)) is same


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("talking talked talks", {"talk"}),
        ("the bus", {"bus"}),
        ("use used", {"use", "used"}),
        ("gates gate", {"gat"}),
        ("of at the", set()),
    ],
)
def test_endings_say_nothing_where_three_letters_are_left(text: str, stems: set[str]) -> None:
    assert stems_of(text) == stems


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Fire in the camp", "fire in camps", True),
        ("Fire in the camp", "Flood in the camp", False),
        ("Counter-protest", "Counterprotest", True),
        ("No water in the camp", "Water in the camp", False),
        ("Without water", "Water", False),
        ("The", "the", True),
        ("The", "Of", False),
    ],
)
def test_two_names_are_one_whatever_the_endings_and_the_small_words(name: str, other: str, *, same: bool) -> None:
    assert is_same_name(name, other) is same


def test_small_words_say_nothing() -> None:
    small = (
        "a all an and any are as at be been before by come comes do does for from go goes has have in into is it its let no "
        "not of on or our out over so that the their them then they this to up was we were when which will with would you your"
    )
    assert stems_of(small) == set()
    assert act_of("the cows").is_same(act_of("was a cow there")), "none of them counts where words are compared"


def test_subjects_are_in_the_order_of_their_table() -> None:
    assert list(subjects())[:3] == ["talks", "mandates", "towing"]
    assert subjects()["roads"] == "Roads"
    assert subject_of("the mandates, and talks of them") == subject_of("talks of the mandates") == "talks"


@pytest.mark.parametrize(
    ("name", "authority", "group"),
    [
        ("Mayor of Wellington", True, False),
        ("Police", True, False),
        ("Police Association", False, True),
        ("leaders of protest groups", False, True),
        ("Duty officer", False, False),
        ("students", False, True),
    ],
)
def test_a_name_alone_tells_an_authority_and_people_who_came_together(name: str, *, authority: bool, group: bool) -> None:
    assert (is_authority(name), is_group(name)) == (authority, group)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("protest groups and Government", ["protest groups", "Government"]),
        ("Wellington City Council", ["Wellington City Council"]),
        ("A, B; C & D", ["A", "B", "C", "D"]),
        ("Sandy", ["Sandy"]),
        ("", []),
    ],
)
def test_a_list_in_words_names_each(text: str, names: list[str]) -> None:
    assert named_in(text) == names


@pytest.mark.parametrize(
    "name",
    ["a Dock union", "An dock union", "The Dock Union", "union of Dock", "Dock for union", "Dock and union", "Dock's union"],
)
def test_small_words_make_no_other_party(name: str) -> None:
    parties = Parties()
    parties.of("union Dock" if name.startswith("union") else "Dock union")
    assert parties.known_as(name) is not None
    assert len(parties.all()) == 1
    assert parties.known_as("Choir") is None


@pytest.mark.parametrize(
    ("source", "press"),
    [
        ({"office": "a reporter", "organisation": "The Daily", "publisher": "The Daily"}, True),
        ({"office": "a reporter", "organisation": "The Daily"}, False),
        ({"office": "clerk", "organisation": "Harbour council", "publisher": "The Daily"}, False),
        ({"office": "a reader", "publisher": "The Daily"}, False),
        ({}, False),
    ],
)
def test_a_word_is_of_the_press_where_the_publisher_speaks_for_itself(source: dict[str, str], *, press: bool) -> None:
    assert is_of_the_press(Source.model_validate(source)) is press
