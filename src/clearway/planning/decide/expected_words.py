"""What words expect of a figure: "fewer vehicles", "at most 20 people on Hill Street"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.planning.talks.figures import Bounds
from clearway.record.parts import Amount
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

Direction = Literal["more", "fewer", "no_more"]

_DENIED = re.compile(r"\b(?:no|not|never|nor|nobody|without)\b|n't\b", re.IGNORECASE)
_HOW = r"\b(?P<how>more|new|further|fewer|less|at most|up to|at least|over|above|under|below)(?P<than>\s+than)?"
_NUMBER = r"(?:(?P<number>\d[\d,]*)\s+)?"
_REST = re.compile(
    r"(?P<come>\s+(?:arrives?|comes?|joins?|enters?))?(?:\s+(?:there|now|left|in all|(?:are |is )?left|remains?|stays?))?"
    r"(?:\s+than (?:before|now|today|at present))?(?:\s+(?:on|at|in|near)\s+(?P<where>[^.;,]+))?[.\s]*",
    re.IGNORECASE,
)


class Wanted(NamedTuple):
    """What a figure is expected to be.

    Attributes:
        figure: What is counted.
        bounds: What it is held to.
        direction: More or fewer than before the decision; "no_more": not more.
        where: The place that the words name; None: none.
    """

    figure: str
    bounds: Bounds = Bounds()
    direction: Direction | None = None
    where: str | None = None


def wanted_in(text: str, counted: Collection[str]) -> Wanted | None:
    """What words expect of a figure; None where they name none that anybody counts, or say more than this reads.

    >>> wanted_in("fewer vehicles", ["vehicles"]).direction
    'fewer'
    >>> wanted_in("no more vehicles arrive", ["vehicles"]).direction
    'no_more'
    >>> str(wanted_in("Not more than 20 vehicles on Hill Street", ["vehicles"]).bounds)
    'at most 20'
    >>> wanted_in("more vehicles leave", ["vehicles"])
    """
    names = {vocabulary(one).casefold(): one for one in sorted(counted, key=len, reverse=True)}
    if not names:
        return None
    figures = "|".join(map(re.escape, names))
    found = re.search(rf"{_HOW}\s+{_NUMBER}(?P<figure>{figures})\b(?P<rest>.*)$", text, re.IGNORECASE | re.DOTALL)
    rest = found and _REST.fullmatch(found["rest"])
    if not found or not rest:
        return None
    how, number = found["how"].casefold(), found["number"]
    is_denied = bool(_DENIED.search(text[: found.start()]))
    where = rest["where"].strip() if rest["where"] else None
    figure = names[found["figure"].casefold()]
    if number is not None:
        bounds = _bounds(how, float(number.replace(",", "")), is_than=found["than"] is not None, is_denied=is_denied)
        return Wanted(figure, bounds, where=where) if bounds and not rest["come"] else None
    direction = _direction(how, is_denied=is_denied) if found["than"] is None else None
    is_flow = rest["come"] and direction == "fewer"
    return Wanted(figure, direction=direction, where=where) if direction and not is_flow else None


def _bounds(how: str, number: float, *, is_than: bool, is_denied: bool) -> Bounds | None:
    exact = Amount(low=number, high=number)
    if how in {"at most", "up to", "at least"}:
        return None if is_denied else Bounds(at_least=number) if how == "at least" else Bounds(at_most=number)
    if how in {"fewer", "less", "under", "below"} and is_than == (how in {"fewer", "less"}):
        return Bounds(at_least=number) if is_denied else Bounds(below=exact)
    if how in {"more", "over", "above"} and is_than == (how == "more"):
        return Bounds(at_most=number) if is_denied else Bounds(above=exact)
    return None


def _direction(how: str, *, is_denied: bool) -> Direction | None:
    if how in {"more", "new", "further"} and is_denied:
        return "no_more"
    if is_denied:
        return None
    return "more" if how == "more" else "fewer" if how in {"fewer", "less"} else None
