"""Numbers as people say and type them: "2,365", "twenty-five", "half a dozen", "several hundred", "at least 300"."""

from __future__ import annotations

import re
from typing import Any

ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "k": 1000, "m": 1_000_000}
VAGUE: dict[str, tuple[int, int | None]] = {
    "tens of thousands": (20_000, None), "hundreds of thousands": (200_000, None), "several thousand": (3000, None),
    "several hundred": (300, None), "a few thousand": (2000, None), "a few hundred": (200, None), "several dozen": (36, None),
    "a few dozen": (24, None), "dozens more": (24, None), "hundreds": (200, None), "thousands": (2000, None), "dozens": (24, None),
    "scores": (40, None), "a couple": (2, 2), "a handful": (3, None), "several": (3, None), "a few": (2, None),
    "a small number": (1, None), "a large number": (3, None), "a number": (2, None),
}  # fmt: skip
"""What words that give no number leave open: at least, at most."""

WORD = "|".join([*TENS, *sorted(ONES, key=len, reverse=True)])
_SPELLED = (
    rf"(?:a\s+|(?:{WORD})(?:[-\s](?:{WORD}))?\s+)?(?:hundred|thousand|million)(?:\s+and\s+(?:{WORD})(?:[-\s](?:{WORD}))?)?"
)
DIGITS = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,6})?"
EXACT = (
    rf"(?:(?:a|(?:{WORD}))\s+dozen\b|(?:{DIGITS})(?:\s+(?:hundred|thousand|million)\b|(?:k|m)\b)?|{_SPELLED}\b|"
    rf"(?:{WORD})(?:-(?:{WORD}))?\b|half\s+a\s+dozen\b)"
)
"""One number in a pattern."""

VAGUE_WORDS = "|".join(rf"{words.replace(' ', chr(92) + 's+')}\b" for words in VAGUE)

HELP = "Write a number such as '300', 'about 300', 'at least 300', 'up to 40', '10 to 12' or 'a dozen'"
"""What a message says where a number cannot be read; every one of these can."""

_NUMBER = rf"(?:{EXACT}|dozen)"
_ABOUT = re.compile(r"^(?:about|around|some|nearly|almost|roughly|approximately|approx\.?|circa|c\.|~)\s*", re.IGNORECASE)
_LEAST = re.compile(rf"^(?:at\s+least|more\s+than|over|from|>=?)\s*(?P<low>{_NUMBER})\+?$", re.IGNORECASE)
_MOST = re.compile(
    rf"^(?:at\s+most|no\s+more\s+than|up\s+to|less\s+than|fewer\s+than|under|<=?)\s*(?P<high>{_NUMBER})$", re.IGNORECASE
)
_RANGE = re.compile(
    rf"^(?:between\s+|from\s+)?(?P<low>{_NUMBER})\s*(?:-|–|\bto\b|\band\b|\bor\b)\s*(?P<high>{_NUMBER})$", re.IGNORECASE
)
_ONE = re.compile(rf"^(?P<one>{_NUMBER})\s*(?P<more>\+|or\s+more)?$", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}\b)")


def value_of(words: str) -> float:
    """The number that words or digits spell.

    >>> value_of("2,365"), value_of("twenty-five"), value_of("half a dozen"), value_of("three hundred and five"), value_of("1.5 million")
    (2365.0, 25.0, 6.0, 305.0, 1500000.0)
    """
    plain = words.lower().replace(",", "")
    if "dozen" in plain:
        count = plain.replace("dozen", "").strip()
        return 6.0 if count.startswith("half") else 12.0 * (1 if count in ("", "a") else ONES.get(count) or TENS.get(count, 1))
    total = part = 0.0
    for piece in re.findall(r"\d+(?:\.\d+)?|[a-z]+", plain):
        if piece in SCALES:
            scaled = (part or 1.0) * SCALES[piece]
            total, part = (total, scaled) if piece == "hundred" else (total + scaled, 0.0)
        elif piece[0].isdigit():
            part += float(piece)
        else:
            part += ONES.get(piece, 0) + TENS.get(piece, 0)
    return total + part


def amount_of(text: str) -> dict[str, Any]:
    """The fields of an amount that was typed.

    >>> amount_of("about 300"), amount_of("10 to 12"), amount_of("up to 40")
    ({'low': 300.0, 'high': 300.0, 'about': True}, {'low': 10.0, 'high': 12.0}, {'high': 40.0})
    >>> amount_of("a dozen")
    {'low': 12.0, 'high': 12.0, 'said': 'a dozen'}

    Raises:
        ValueError: it cannot be read as a number, or the higher one of a range stands first.
    """
    whole = _GROUPED.sub("", " ".join(text.split()))
    rest = _ABOUT.sub("", whole)
    amount = _bounds(rest)
    if amount is None:
        raise ValueError(f"{text!r} cannot be read as a number. {HELP}")
    if rest != whole:
        amount["about"] = True
    in_figures = re.compile(rf"(?:{DIGITS})(?:[km]\b)?|\b(?:{_HEDGES})\b", re.IGNORECASE)
    is_spelled = re.search(r"[a-z]", in_figures.sub("", whole), re.IGNORECASE)
    return amount | ({"said": whole} if is_spelled else {})


_HEDGES = (
    "about|around|some|nearly|almost|roughly|approximately|approx|circa|c|at|least|more|than|over|from|most|no|up|to|less|fewer|"
    "under|between|and|or"
)
"""Words that an amount's own fields say as well."""


def _bounds(rest: str) -> dict[str, Any] | None:
    """The lower and the upper bound of a number without its "about"; None where it is not one."""
    vague = {"none": (0, 0), "no": (0, 0), "nil": (0, 0)} | VAGUE
    if bounds := vague.get(rest.lower()):
        return {name: float(bound) for name, bound in zip(("low", "high"), bounds, strict=True) if bound is not None}
    for form in (_LEAST, _MOST, _RANGE):
        if found := form.match(rest):
            bounded = {name: value_of(words) for name, words in found.groupdict().items()}
            return _in_order(bounded, rest)
    one = _ONE.match(rest)
    if one is None:
        return None
    value = value_of(one["one"])
    return {"low": value} if one["more"] else {"low": value, "high": value}


def _in_order(bounds: dict[str, float], rest: str) -> dict[str, float]:
    if bounds.get("low", 0) > bounds.get("high", float("inf")):
        raise ValueError(f"{rest!r} has the higher number first. Write '{bounds['high']:g} to {bounds['low']:g}'")
    return bounds
