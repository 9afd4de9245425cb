"""What entries are made of: parts that cannot be changed, with fields that refuse what makes no sense."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from clearway.record.moments import written
from clearway.shapes import not_a_number
from clearway.words import joined, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo


def without_nul(value: str) -> str:
    """A text, refused where it holds a sign that no database keeps.

    Raises:
        ValueError: it holds a NUL.
    """
    if "\x00" in value:
        raise ValueError("it holds a NUL sign, which no database keeps; leave it out")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(without_nul)]
"""A few words."""

LongText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(without_nul),
    Field(json_schema_extra={"multiline": True}),
]
"""A statement in full."""

Prose = Annotated[Text, Field(json_schema_extra={"multiline": True})]
"""A sentence or two: forms give it several lines."""


class Typed(Enum):
    """What a field's type says of the words that people type for it; :mod:`clearway.record.typed` reads them."""

    NAME = "name"
    """Folded to a word of a vocabulary: "Concrete blocks" is concrete_block."""
    TIME = "time"
    """A time to come; of a day, its end."""
    START = "start"
    """From when something is; of a day, its start."""
    PAST = "past"
    """A time gone by; of a day, its end, but never later than now."""
    PLACE = "place"
    """A place in words that the grammar of places reads; a list of them is parted by semicolons alone."""


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$"), Typed.NAME]
"""A word of a vocabulary: lower case, digits and underscores."""

PlaceText = Annotated[Text, Field(json_schema_extra={"place": True}), Typed.PLACE]
"""A place in words."""

Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Time = Annotated[
    AwareDatetime, BeforeValidator(not_a_number), AfterValidator(_in_utc), PlainSerializer(written, return_type=str), Typed.TIME
]
"""A moment with its zone; stored in UTC. Until when something is, or by when: a day that is typed for it counts to its end."""

StartTime = Annotated[Time, Typed.START]
"""The same of a beginning: a day that is typed for it counts from its start."""

PastTime = Annotated[Time, Typed.PAST]
"""The same of what lies behind: when something was known, or published."""

Starts = Annotated[StartTime | None, Field(description="from when, where it is announced for later")]
Ends = Annotated[Time | None, Field(description="until when")]


class Part(BaseModel):
    """A frozen part of an entry: unknown fields are refused, numbers are finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


class Amount(Part):
    """A number as it was said: exact, a range, "at least", "up to" or "about".

    ``low`` and ``high`` are equal where one number was said; one of them is absent where only a bound was.
    """

    low: float | None = Field(None, ge=0, description="at least this many; absent if no lower bound was said")
    high: float | None = Field(None, ge=0, description="at most this many; absent if no upper bound was said")
    about: bool = Field(default=False, description="said with 'about', 'nearly', 'some' or the like")
    said: Text | None = Field(None, description="the words themselves")

    def model_post_init(self, _: object, /) -> None:
        """Check that it says a number, and its bounds in order."""
        if self.low is None and self.high is None:
            raise ValueError("an amount needs 'low', 'high' or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("an amount's 'low' is above its 'high'")

    def is_apart(self, other: Amount) -> bool:
        """Whether no number is both.

        >>> Amount(low=3, high=5).is_apart(Amount(low=6)), Amount(low=3, high=6).is_apart(Amount(low=6))
        (True, False)
        """
        return _is_above(self, other) or _is_above(other, self)


def _is_above(one: Amount, other: Amount) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


def sum_of(amounts: Sequence[Amount]) -> Amount:
    """Several numbers together: from the sum of their lowest to the sum of their highest.

    Where one has no lowest, that counts as 0; where one has no highest, nor has the sum. Where one is "about", so is the sum.

    >>> sum_of([Amount(low=3, high=3), Amount(low=2, high=4, about=True)])
    Amount(low=5.0, high=7.0, about=True, said=None)
    """
    lows, highs = [one.low for one in amounts], [one.high for one in amounts]
    low = sum(one for one in lows if one is not None)
    high = None if None in highs else sum(one for one in highs if one is not None)
    return Amount(low=low, high=high, about=any(one.about for one in amounts))


def lasting_words(starts: datetime | None, ends: datetime | None, zone: ZoneInfo) -> str:
    """From when until when something lasts; empty where nobody said."""
    return joined(
        starts and f"from {time_words(starts, zone)}",
        ends and f"until {time_words(ends, zone)}",
        by=" ",
    )


def amount_words(amount: Amount) -> str:
    """A number as it was said.

    >>> [amount_words(Amount(**said)) for said in ({"low": 450, "high": 450, "about": True}, {"low": 2500}, {"high": 40})]
    ['about 450', 'at least 2,500', 'up to 40']
    >>> amount_words(Amount(low=800, about=True))
    'at least about 800'
    >>> amount_words(Amount(low=1, said="a few"))
    'a few'
    """
    if amount.said:
        return amount.said
    low, high = (None if bound is None else f"{bound:,.10g}" for bound in (amount.low, amount.high))
    about = "about " if amount.about else ""
    if low == high:
        return f"{about}{low}"
    if low and high:
        return f"{about}{low} to {high}"
    return f"at least {about}{low}" if low else f"up to {about}{high}"
