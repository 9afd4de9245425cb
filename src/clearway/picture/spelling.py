"""Names that are probably one, spelled two ways."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from clearway.record.street_words import in_full

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = 0.8
"""From which likeness on two words that differ are probably one, by the ratio of Ratcliff and Obershelp."""

_LEAST_LETTERS = 5


def spelled_alike(first: str, second: str) -> bool:
    """Whether two names are probably one that is spelled two ways: all their words but one are equal, and that one is alike.

    Case, accents and the usual short forms of street types do not count as a difference; a digit does.

    >>> spelled_alike("Andrew Coster", "Andrew Coaster"), spelled_alike("Hutt City Council", "Porirua City Council")
    (True, False)
    >>> spelled_alike("Molesworth St", "Molesworth Street"), spelled_alike("Fifth Street", "Sixth Street")
    (True, False)
    """
    return first != second and words_alike(words_of(first), words_of(second))


def words_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the words of two names are equal, but for one at most that is alike."""
    if len(words) != len(others):
        return False
    if words == others:
        return True
    unlike = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(unlike) == 1 and _alike(*unlike[0])


def _alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _LEAST_LETTERS or word[0] != other[0] or any(map(str.isdigit, word + other)):
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE


def words_of(name: str) -> list[str]:
    """The words of a name, folded, short forms written out."""
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return [in_full(word) for word in re.findall(r"[^\W_]+", folded)]
