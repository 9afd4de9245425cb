"""A small report by hand: line by line as text, its documents numbered as they are read, its page without markup of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.references import numbered
from clearway.publish.sitrep.shape import Drawn, Head, Item, Section, Sitrep
from clearway.publish.sitrep.text import as_text

REPORT = Sitrep(
    title="A square",
    as_of="As of noon.",
    marking="For the public",
    head=(("Number", "7"), ("To", " ".join(["police"] * 16))),
    front=(Section("In short", (Item("All is quiet", "warden", 3, ("a",), new=True, standing="confirmed"),), lead="Read on."),),
    methane=(
        ("M", "Major incident", (Item("None.", reference=1), Item("None before.", new=True))),
        ("E", "Exact location", ()),
    ),
    sections=(Section("Streets", (Item("Shut", standing="said"),), parts=(Section("Works", (Item("None", reference=3),)),)),),
    sources=("log 1", "log 2", "log 3"),
    since="yesterday",
)
WHOLE = """\
SITUATION REPORT: A square
As of noon.

Number: 7
To: police police police police police police police police police police police police police
  police police police

IN SHORT
Read on.
- NEW CONFIRMED All is quiet (warden) [3]

METHANE
M  Major incident: None. [1]
   NEW None before.

STREETS
- SAID Shut

Works
- None [3]

SOURCES
[1] log 1
[2] log 2
[3] log 3

For the public
"""


def test_a_report_as_text_is_read_line_by_line() -> None:
    assert as_text(REPORT) == WHOLE


def test_a_report_of_nothing_has_its_title_its_time_and_its_marking() -> None:
    empty = replace(REPORT, head=(), front=(), methane=(), sections=(), sources=())
    assert as_text(empty) == "SITUATION REPORT: A square\nAs of noon.\n\n\nMETHANE\n\nFor the public\n"


def test_the_map_and_how_the_record_is_checked_stand_where_there_are_such() -> None:
    told = replace(REPORT, map=Drawn("Where it is", "<svg/>", ("1 gate", "2 yard")), anchored="The record up to entry 3.")
    assert as_text(told) == WHOLE.replace(
        "\nSTREETS", "\nMAP, AS DRAWN IN THE PAGE AND THE PDF\nWhere it is\n1 gate\n2 yard\n\nSTREETS"
    ).replace("\nFor the public", "\nThe record up to entry 3.\n\nFor the public")


def two_words(before: str, more: int) -> str:
    """Two words that fill a line of a hundred signs with what stands before them, or are some signs too many."""
    return f"{'a' * (50 - len(before))} {'b' * (49 + more)}"


@pytest.mark.parametrize("more", [0, 1])
def test_a_line_holds_a_hundred_signs_and_what_goes_on_is_set_in(more: int) -> None:
    long = Sitrep(
        title=two_words("SITUATION REPORT: ", more),
        as_of=two_words("", more),
        head=(("To", two_words("To: ", more)),),
        front=(Section("In short", (Item(two_words("- ", more)),), lead=two_words("", more)),),
        methane=(("M", "Type", (Item(two_words("M  Type: ", more)), Item(two_words("   ", more)))),),
        map=Drawn(two_words("", more), ""),
        sections=(),
        sources=(two_words("[1] ", more),),
        since="",
        marking=two_words("", more),
    )
    ends = [line for line in as_text(long).splitlines() if line.endswith("b")]
    if more:
        assert [len(line) - len(line.lstrip()) for line in ends] == [0, 0, 2, 0, 2, 3, 3, 2, 4, 0]
    else:
        assert {len(line) for line in ends} == {100}


def test_documents_are_numbered_as_they_are_first_read_and_the_others_are_left_out() -> None:
    found = numbered(REPORT)
    assert found.sources == ("log 3", "log 1")
    assert [item.reference for item in found.front[0].items] == [1]
    assert [item.reference for _, _, items in found.methane for item in items] == [2, 0]
    assert [item.reference for part in found.sections for item in (*part.items, *part.parts[0].items)] == [0, 1]
    assert numbered(found) == found


def test_a_section_says_something_by_a_line_a_part_or_a_word_before() -> None:
    said = [Section("A", (Item("x"),)), Section("A", parts=(Section("B"),)), Section("A", lead="x"), Section("A")]
    assert [one.says_something for one in said] == [True, True, True, False]


def test_what_nobody_said_of_a_report_or_of_a_line_is_left_empty() -> None:
    head = Head()
    assert (head.author, head.approver, head.marking, head.release) == ("", "", "", "room")
    assert as_text(replace(REPORT, front=(Section("X", (Item("plain"),)),))).count("- plain\n") == 1


def test_a_page_shows_words_as_they_are_and_drawings_as_drawings() -> None:
    drawn = Drawn("Where it is", '<svg id="drawn"/>')
    page = as_page(replace(REPORT, title="<b>A</b>", map=drawn, plots=(replace(drawn, svg='<svg id="plot"/>'),)))
    assert "&lt;b&gt;A&lt;/b&gt;" in page
    assert "<b>A</b>" not in page
    assert '<svg id="drawn"/>' in page
    assert '<svg id="plot"/>' in page
