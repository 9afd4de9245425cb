"""Reading what an answer claims: what checkers share with one another, and with nobody who makes an answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

from clearway.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

MOST = 2**31 - 1
"""No whole number of an answer is larger."""


def claim_of(document: object, part: str, command: str, read: Callable[[Mapping[str, Any]], T]) -> T:
    """The content of a parsed answer.

    Args:
        document: The answer.
        part: A field that every answer of the command has, and no other.
        command: Which prints such answers with ``--json``.
        read: Reads the fields; raises what a damaged one makes it raise.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    remedy = f"Give the JSON that '{command} --json' prints."
    if not isinstance(document, dict) or part not in document:
        raise BadInput(f"This is not an answer of '{command}'. {remedy}")
    try:
        return read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The answer is damaged ({error!r}). {remedy}") from error


def whole(value: object, most: int = MOST) -> int:
    """A whole number from 0 to ``most``.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is not a whole number from 0 to {most:,}")
    return value


def whole_or_none(value: object) -> int | None:
    """A whole number from 0 to ``MOST``, or none.

    Raises:
        ValueError: it is neither.
    """
    return None if value is None else whole(value)


def number(value: object) -> float:
    """A finite number.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)
