"""Names that sources bear: left out of answers, whole or behind a title, and nothing else with them."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.planning.talks.names import Names
from clearway.record.entry import Entry
from clearway.shapes import Shape
from record_drafts import draft


class Preparing(Shape):
    """An answer of several parts."""

    title: str
    rows: list[dict[str, Any]]


def entry(name: str | None, office: str | None = "a camper") -> Entry:
    """An entry whose source bears a name."""
    said = draft("a")
    source = said.source.model_copy(update={"name": name, "office": office})
    return Entry.model_construct(
        seq=1, stream="a", version=1, written=said.known, hash="", draft=said.model_copy(update={"source": source})
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quinn Canary spoke", "a camper spoke"),
        ("QUINN   canary spoke", "a camper spoke"),
        ("Ms Canary spoke", "a person spoke"),
        ("Dr. Canary spoke", "a person spoke"),
        ("Canary Street is shut", "Canary Street is shut"),
        ("Canary spoke, and Q. CANARY agreed", "a person spoke, and a person agreed"),
        ("Superintendent Quinn Canary and Senior Sergeant Canary", "a camper and a person"),
        ("a camper, Quinn Canary", "a camper"),
        ("Canary spoke of a canary", "Canary spoke of a canary"),
        ("see entry d07-Canary and Canary-2", "see entry d07-Canary and Canary-2"),
        ("Quinn Canaryson spoke", "Quinn Canaryson spoke"),
        ("the MsCanary", "the MsCanary"),
        ("Quinn Canary and Quinn Canary", "a camper and a camper"),
        ("", ""),
    ],
)
def test_a_name_that_a_source_bears_gives_way_to_its_office(text: str, said: str) -> None:
    assert Names([entry("Quinn Canary")]).in_words(text) == said


def test_a_surname_that_a_place_or_an_office_has_too_stays_where_it_stands_alone() -> None:
    known = [entry("Quinn Canary"), entry(None, "Canary Wharf liaison")]
    assert Names(known).in_words("at Canary, with Sgt Canary and Quinn Canary") == "at Canary, with a person and a camper"


def test_one_word_alone_may_be_a_place_or_an_office_and_stays() -> None:
    assert Names([entry("Canary")]).in_words("Canary and Ms Canary") == "Canary and Ms Canary"
    assert Names([entry(None)]).in_words("None of them") == "None of them"
    assert Names([]).in_words("Quinn Canary") == "Quinn Canary"


def test_who_has_no_office_is_a_person_and_a_longer_name_goes_before_a_shorter_one() -> None:
    known = [entry("Quinn Canary", None), entry("Quinn Canary Jones", "Mayor"), entry("Al")]
    assert Names(known).in_words("Quinn Canary met Quinn Canary Jones and Al") == "a person met Mayor and Al"


def test_names_are_left_out_of_every_part_of_an_answer() -> None:
    answer = Preparing(title="Hear Quinn Canary", rows=[{"said": ["by Quinn Canary", "at noon"], "count": 2}])
    left = Names([entry("Quinn Canary")]).left_out(answer)
    assert (left.title, left.rows) == ("Hear a camper", [{"said": ["by a camper", "at noon"], "count": 2}])
    assert Names([]).left_out(answer) is answer
