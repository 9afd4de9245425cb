from __future__ import annotations

import pytest

from clearway.intake.passages import Passages


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in Passages(text).sentences]


def test_short_forms_and_numbers_end_no_sentence() -> None:
    text = "Police shut Bowen St at 7.30 p.m. on Friday. Approx. 450 cars stood on Hill St. The rest had left."
    assert sentences(text) == [
        "Police shut Bowen St at 7.30 p.m. on Friday.",
        "Approx. 450 cars stood on Hill St.",
        "The rest had left.",
    ]


def test_a_full_stop_within_quotation_marks_ends_the_sentence() -> None:
    assert sentences('"We will stay." He left. "Go," she said.') == ['"We will stay."', "He left.", '"Go," she said.']


def test_offsets_point_into_the_text_as_it_came() -> None:
    text = "\r\n  First line.\r\n\r\nSecond, with M\u0101ngere. Third.\n"
    cut = Passages(text)
    assert [text[one.start : one.end] for one in cut.sentences] == ["First line.", "Second, with M\u0101ngere.", "Third."]
    assert [one.paragraph for one in cut.sentences] == [0, 1, 1]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" and "never".', ['"no"', '"never"']),
        ("\u201cWe stay,\u201d she said.", ["\u201cWe stay,\u201d"]),
        ('"It goes on.\nAnother paragraph.', ['"It goes on.']),
        ("'We are going to stay here for weeks,' one said.", ["'We are going to stay here for weeks,'"]),
        ("They called it 'stupid' and it's over.", []),
    ],
)
def test_what_stands_between_quotation_marks(text: str, quoted: list[str]) -> None:
    assert [text[one.start : one.end] for one in Passages(text).quotes] == quoted


def test_lines_that_were_broken_at_a_width_are_one_paragraph() -> None:
    text = (
        "The council says that the street will stay shut until the barriers are\n"
        "taken away, and that buses will go round by the quay for as long as the\n"
        "work takes; people on foot can pass at any time of the day and of the\n"
        "night.\n\nA second paragraph begins here.\n"
    )
    assert len(Passages(text).paragraphs) == 2


def test_each_line_of_a_log_is_its_own_paragraph() -> None:
    cut = Passages("0615 Control: cordon in place.\n0632 Unit 7: about 60 people.\n")
    assert len(cut.paragraphs) == 2
    assert cut.is_log


@pytest.mark.parametrize("text", ["a" * 5000, "word " * 2000, "1 to " * 2000, '" ' * 3000])
def test_what_nobody_wrote_as_a_sentence_is_read_in_pieces_and_no_letter_is_lost(text: str) -> None:
    cut = Passages(text)
    assert max(sentence.end - sentence.start for sentence in cut.sentences) <= 1000
    assert "".join(sentence.text for sentence in cut.sentences).replace(" ", "") == text.replace(" ", "")
