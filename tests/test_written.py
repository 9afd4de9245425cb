"""How places, times and amounts are written, as the reference page lists it: every example is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clearway.record.moments import View, calendar, moment_of
from clearway.record.number_words import amount_of
from clearway.record.parts import Amount
from clearway.record.place import Street
from clearway.record.place_text import place_of_text

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "words.md").read_text("utf-8")
SECTION = PAGE.split("## How places, times and amounts are written")[1].split("\n## ")[0]
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T19:30+13:00")
TYPES = {
    "junction": "junction",
    "street": "street",
    "address": "address",
    "distance": "along",
    "point": "point",
    "place": "named",
}


def examples(what: str) -> list[tuple[str, str]]:
    """Each example of a table with what it is said to be."""
    table = SECTION.split(f"| {what} | is |")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    return [(example, row[1]) for row in rows for example in re.findall(r"`([^`]+)`", row[0])]


@pytest.mark.parametrize(("text", "means"), examples("a place"))
def test_a_place_is_read_as_the_page_says(text: str, means: str) -> None:
    words = means.replace(",", " ").replace(":", " ").split()
    assert place_of_text(text).type == TYPES[words[1]]


def test_parts_sides_and_suburbs_are_kept() -> None:
    written = {text for text, _ in examples("a place")}
    assert {
        "Featherston Street between Bunny Street and Whitmore Street",
        "Hill Street, even side",
        "Hill Street, Karori",
    } <= written
    part = place_of_text("Featherston Street between Bunny Street and Whitmore Street")
    assert part == Street(street="Featherston Street", between=("Bunny Street", "Whitmore Street"))
    assert place_of_text("Hill Street, even side") == Street(street="Hill Street", side="even")
    assert place_of_text("Hill Street, Karori") == Street(street="Hill Street", locality="Karori")


@pytest.mark.parametrize(("text", "_means"), examples("a time"))
def test_a_time_is_read(text: str, _means: str) -> None:
    span = CALENDAR.span(text, View(NOW, latest=NOW))
    assert span.start <= span.end


@pytest.mark.parametrize(("text", "means"), examples("an amount"))
def test_an_amount_is_read_as_the_page_says(text: str, means: str) -> None:
    amount = Amount.model_validate(amount_of(text))
    bounds = [amount.low is not None, amount.high is not None, amount.low == amount.high, amount.about]
    assert (
        bounds
        == {
            "exactly": [True, True, True, False],
            "rounded": [True, True, True, True],
            "between": [True, True, False, False],
            "one": [text.startswith("at least"), text.startswith("up to"), False, False],
        }[means.split(maxsplit=1)[0].rstrip(" |,")]
    )
