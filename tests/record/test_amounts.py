"""Numbers that are known from one bound to the other, or on one side alone."""

from __future__ import annotations

import pytest

from clearway.record.parts import Amount


def amount(low: float | None, high: float | None) -> Amount:
    return Amount.model_validate({name: value for name, value in (("low", low), ("high", high)) if value is not None})


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((3, 5), (6, None), True), ((3, 6), (6, None), False), ((3, 6), (6, 9), False), ((3, 5), (6, 9), True),
        ((None, 5), (6, None), True), ((None, 5), (None, 3), False), ((3, None), (9, None), False),
        ((None, 5), (3, 4), False), ((None, 5), (5, 5), False), ((None, 5), (5.5, 7), True),
    ],
)  # fmt: skip
def test_two_amounts_are_apart_where_no_number_is_both(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], apart: bool  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    assert amount(*one).is_apart(amount(*other)) is apart
    assert amount(*other).is_apart(amount(*one)) is apart
