"""Numbers as people say them: their value, and what they leave open."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.record.number_words import amount_of, value_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zero", 0), ("twelve", 12), ("twenty-five", 25), ("ninety nine", 99), ("dozen", 12), ("another dozen", 12),
        ("a dozen", 12),
        ("two dozen", 24),
        ("twenty dozen", 240), ("half a dozen", 6), ("hundred", 100), ("a hundred", 100), ("two hundred and five", 205),
        ("three thousand", 3000), ("one thousand two hundred", 1200), ("two thousand and six", 2006),
        ("five hundred thousand", 500_000),
        ("twenty-five thousand", 25_000), ("1,200,000", 1_200_000), ("1.5k", 1500), ("2m", 2_000_000), ("2 million", 2_000_000),
    ],
)  # fmt: skip
def test_words_and_digits_have_their_value(words: str, value: float) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("typed", "low", "high", "more"),
    [
        ("none", 0, 0, {"said": "none"}), ("No", 0, 0, {}), ("nil", 0, 0, {"said": "nil"}),
        ("hundreds", 200, None, {"said": "hundreds"}), ("tens of thousands", 20_000, None, {"said": "tens of thousands"}),
        ("a couple", 2, 2, {"said": "a couple"}), ("a handful", 3, None, {"said": "a handful"}),
        ("several dozen", 36, None, {"said": "several dozen"}), ("scores", 40, None, {"said": "scores"}),
        ("at least 5", 5, None, {}), ("more than 5", 5, None, {}), ("over 5", 5, None, {}), ("from 5", 5, None, {}),
        (">=5", 5, None, {}), (">5", 5, None, {}), ("5+", 5, None, {}), ("5 or more", 5, None, {}),
        ("at least 5+", 5, None, {}),
        ("at most 5", None, 5, {}), ("no more than 5", None, 5, {}), ("up to 5", None, 5, {}), ("less than 5", None, 5, {}),
        ("fewer than 5", None, 5, {}), ("under 5", None, 5, {}), ("<=5", None, 5, {}),
        ("5-7", 5, 7, {}), ("5 \u2013 7", 5, 7, {}), ("5 to 7", 5, 7, {}),
        ("between 5 and 7", 5, 7, {}), ("from 5 to 7", 5, 7, {}),
        ("5 or 7", 5, 7, {}), ("7 to 7", 7, 7, {}), ("about 5 to 7", 5, 7, {"about": True}),
        ("approx. 5", 5, 5, {"about": True}), ("c. 5", 5, 5, {"about": True}), ("~5", 5, 5, {"about": True}),
        ("some 5", 5, 5, {"about": True}), ("nearly 5", 5, 5, {"about": True}), ("1 200", 1200, 1200, {}),
        ("about  1 200", 1200, 1200, {"about": True}), ("twelve", 12, 12, {"said": "twelve"}),
        ("dozen", 12, 12, {"said": "dozen"}),
        ("about twelve", 12, 12, {"about": True, "said": "about twelve"}), ("1.5k", 1500, 1500, {}),
    ],
)  # fmt: skip
def test_an_amount_leaves_open_what_its_words_leave_open_and_keeps_those_that_are_no_figures(
    typed: str, low: float | None, high: float | None, more: dict[str, Any]
) -> None:
    bounds = {name: float(bound) for name, bound in (("low", low), ("high", high)) if bound is not None}
    assert amount_of(typed) == bounds | more


@pytest.mark.parametrize("typed", ["", "lots", "5 vehicles", "five or so", "-5"])
def test_what_is_no_number_is_refused_with_numbers_that_can_be_read(typed: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read as a number\. Write a number such as '300', 'about 300'"):
        amount_of(typed)


def test_the_higher_number_stands_behind() -> None:
    with pytest.raises(ValueError, match=r"'7 to 5' has the higher number first\. Write '5 to 7'"):
        amount_of("7 to 5")


def test_words_that_give_no_number_leave_open_how_many_more_there_are() -> None:
    least = {
        "hundreds of thousands": 200_000, "tens of thousands": 20_000, "several thousand": 3000, "a few thousand": 2000,
        "thousands": 2000, "several hundred": 300, "a few hundred": 200, "hundreds": 200, "scores": 40, "several dozen": 36,
        "a few dozen": 24, "dozens more": 24, "dozens": 24, "several": 3, "a handful": 3, "a large number": 3, "a few": 2,
        "a number": 2, "a small number": 1,
    }  # fmt: skip
    assert {words: amount_of(words) for words in least} == {words: {"low": low, "said": words} for words, low in least.items()}
