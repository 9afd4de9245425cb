"""What an answer claims is read as it stands, or refused in one sentence: bounds exactly at, and one beside."""

from __future__ import annotations

import pytest

from clearway.errors import BadInput
from clearway.planning.claims import MOST, claim_of, number, whole, whole_or_none


def test_a_whole_number_is_one_from_nought_to_the_most() -> None:
    assert [whole(0), whole(MOST), whole(3, 3), whole_or_none(None), whole_or_none(7)] == [0, MOST, 3, None, 7]
    for wrong, most in ((-1, MOST), (MOST + 1, MOST), (4, 3), (True, MOST), (1.0, MOST), ("1", MOST), (None, MOST)):
        with pytest.raises(ValueError, match=r"is not a whole number from 0 to"):
            whole(wrong, most)
    with pytest.raises(ValueError, match=r"-1 is not a whole number"):
        whole_or_none(-1)


def test_a_number_is_finite_and_no_truth() -> None:
    assert [number(-2), number(0.5)] == [-2.0, 0.5]
    for wrong in (float("inf"), float("nan"), True, "1", None):
        with pytest.raises(ValueError, match="is not a number"):
            number(wrong)


def test_what_is_no_such_answer_or_damaged_is_refused_with_what_to_give() -> None:
    def read(document: object) -> int:
        return claim_of(document, "tows", "clearway vehicles tow", lambda item: whole(item["tows"]["count"]))

    assert read({"tows": {"count": 3}}) == 3
    remedy = r"Give the JSON that 'clearway vehicles tow --json' prints\.$"
    others: list[object] = [{}, [], None, "tows"]
    for other in others:
        with pytest.raises(BadInput, match=rf"^This is not an answer of 'clearway vehicles tow'\. {remedy}"):
            read(other)
    faults: list[object] = [{"count": -1}, None, {}]
    for damaged in faults:
        with pytest.raises(BadInput, match=rf"^The answer is damaged \(.+\)\. {remedy}"):
            read({"tows": damaged})
