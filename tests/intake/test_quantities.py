"""Numbers, by hand: what was said, what it counts, and what is no count."""

from __future__ import annotations

import pytest

from clearway.intake.passages import Passages
from clearway.intake.quantities import Quantity, quantities


def found(text: str) -> list[Quantity]:
    cut = Passages(text)
    return [one for sentence in cut.sentences for one in quantities(cut, sentence) if one.sort != "measure"]


def counted(text: str) -> list[tuple[str, float | None, float | None, bool]]:
    return [(one.what, one.amount.low, one.amount.high, one.amount.about) for one in found(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("There are about 450 vehicles in the streets.", ("vehicles", 450, 450, True)),
        ("Numbers of protesters varied from between 300 and 3000.", ("people", 300, 3000, False)),
        ("A dozen tents stood there.", ("tents", 12, 12, False)),
        ("Up to 40 officers came.", ("officers", None, 40, False)),
        ("More than 2,500 people marched.", ("people", 2500, None, False)),
        ("Seven different groups signed it.", ("groups", 7, 7, False)),
        ("At least twenty-three vans were moved.", ("vehicles", 23, None, False)),
        ("Nearly two hundred and fifty students came.", ("students", 250, 250, True)),
        ("Dozens of police officers lined up.", ("officers", 24, None, False)),
        ("1.5 million people watched.", ("people", 1_500_000, 1_500_000, False)),
        ("Between 60 and 70 buses were late.", ("buses", 60, 70, False)),
        ("70-80 tractors drove in.", ("tractors", 70, 80, False)),
        ("250+ supporters turned up.", ("people", 250, None, False)),
        ("Around 30 or so barricades stand.", ("barriers", 30, 30, True)),
        ("No arrests were made.", ("arrests", 0, 0, False)),
        ("Organisers put the number at more than 1,200.", ("people", 1200, None, False)),
        ("Organisers put it as high as 5,000.", ("people", None, 5000, False)),
        ("Two dozen tents stood there.", ("tents", 24, 24, False)),
        ("The march passed without a single arrest.", ("arrests", 0, 0, False)),
        ('The union puts the number of officers on the streets at "north of 500".', ("officers", 500, None, False)),
        ("The crowd was measured at about 800.", ("people", 800, 800, True)),
        ("Organisers said 2000 had turned out.", ("people", 2000, 2000, False)),
        ("Some 12 kayaks were on the water.", ("kayaks", 12, 12, True)),
        ("As many as 600 demonstrators came.", ("people", None, 600, False)),
    ],
)
def test_a_number_with_its_hedge_and_unit(text: str, told: tuple[str, float | None, float | None, bool]) -> None:
    assert counted(text) == [told]


def test_a_number_without_a_unit_counts_what_the_one_before_it_counted() -> None:
    text = "Eight people were arrested, seven for disorder and one for obstruction."
    assert [(one.what, one.amount.low) for one in found(text)] == [("people", 8), ("people", 7), ("people", 1)]


def test_none_of_two_things() -> None:
    assert counted("There were no major incidents or arrests.") == [("incidents", 0, 0, False), ("arrests", 0, 0, False)]


@pytest.mark.parametrize(
    "text",
    [
        "A 71-year-old from Geraldine came.",
        "A man aged 45 came.",
        "In 2021 it was quiet.",
        "It stands at 12 Hill Street.",
        "The harbour near Shed 6 is dirty.",
        "They waited for two weeks.",
        "Alert level 3 is in force.",
        "It rose by 12 per cent.",
        "The 14th time was the last.",
        "Covid-19 is about.",
        "The road is 3.5 km long.",
        "Call 105 for help.",
        "The claim came from Jo Public, 57.",
        "Two rows of police stood there.",
    ],
)
def test_ages_years_houses_names_and_measures_are_no_counts(text: str) -> None:
    assert [one for one in found(text) if one.is_count] == []


def test_money_is_kept_with_its_sign() -> None:
    (cost,) = found("It cost $3.3 million to clear.")
    assert (cost.sort, cost.what, cost.amount.low) == ("money", "$", 3_300_000)


def test_the_words_of_a_number_are_kept_where_they_say_more_than_digits() -> None:
    (one,) = found("Up to 40 officers came.")
    assert one.amount.said == "Up to 40"
    (plain,) = found("11 officers came.")
    assert plain.amount.said is None
