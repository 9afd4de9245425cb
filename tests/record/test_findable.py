"""What a search finds: words without case and accents, types of streets in full and in short, parts of long words."""

from __future__ import annotations

import pytest

from clearway.record.findable import findable, holds, without_accents, words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("P\u014dneke", "poneke"),
        ("STRASSE", "strasse"),
        ("Stra\u00dfe", "strasse"),
        ("A\u030ab", "ab"),
        ("Caf\u00c9 1", "cafe 1"),
        ("", ""),
    ],
)
def test_case_and_accents_are_left_out(text: str, plain: str) -> None:
    assert without_accents(text) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Courtenay Pl.", ("courtenay", "pl")),
        ("Te Whanganui-a-Tara", ("te", "whanganui", "a", "tara")),
        ("O'Connell's, Mary\u2019s", ("oconnells", "marys")),
        ("tow_order 12/3", ("tow", "order", "12", "3")),
        (" .-_ ", ()),
    ],
)
def test_words_are_letters_and_digits(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "looked_in"),
    [
        ("Courtenay Place", " courtenay place pl "),
        ("Courtenay Pl", " courtenay pl place "),
        ("Wakefield Terr.", " wakefield terr tce terrace "),
        ("Hill", " hill "),
        ("", "  "),
    ],
)
def test_a_type_of_street_stands_in_full_and_in_short(text: str, looked_in: str) -> None:
    assert findable(text) == looked_in


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("first street", True),
        ("FIRST St.", True),
        ("street first", True),
        ("irst", True),  # three letters or more are found within a word
        ("rst", True),
        ("rs", False),
        ("st", True),  # the type of the street
        ("fi", True),
        ("first road", False),
        ("first lane gate", False),
        ("", True),
    ],
)
def test_every_word_is_looked_for_short_ones_at_the_beginning_of_words_alone(said: str, found: bool) -> None:  # noqa: FBT001
    assert holds(findable("First Street, Gate 4"), words_of(said)) is found


@pytest.mark.parametrize(
    ("said", "found"), [("terr", True), ("terrace", True), ("tce", True), ("ter", True), ("te", True), ("tr", False)]
)
def test_a_type_is_found_by_each_of_its_forms(said: str, found: bool) -> None:  # noqa: FBT001
    assert holds(findable("The Tce"), words_of(said)) is found
