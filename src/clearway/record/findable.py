"""Texts as a search compares them: no case, no accents, and street types the same in full and in short."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from clearway.record.street_words import IN_FULL, in_short

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_SHORT_WORD = 2
"""Words no longer than this are looked for at the beginning of words only: "st" is not in "first"."""


def without_accents(text: str) -> str:
    """Lower case without accents: macrons of M\u0101ori names are often left out.

    >>> without_accents("P\u014dneke")
    'poneke'
    """
    plain = text.casefold()
    if plain.isascii():
        return plain
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))


def words_of(text: str) -> tuple[str, ...]:
    """The words that somebody looks for.

    >>> words_of("Courtenay Pl."), words_of("Te Whanganui-a-Tara")
    (('courtenay', 'pl'), ('te', 'whanganui', 'a', 'tara'))
    """
    return tuple(_WORD.findall(without_accents(text).replace("'", "").replace("\u2019", "")))


def findable(text: str) -> str:
    """A text to be looked in: its words, street types in full and in short beside each other.

    >>> findable("Courtenay Place")
    ' courtenay place pl '
    """
    return f" {' '.join(map(_forms, words_of(text)))} "


def holds(looked_in: str, words: Sequence[str]) -> bool:
    """Whether a findable text holds all of some words, or words that begin with them.

    >>> [holds(findable("Courtenay Pl"), words_of(said)) for said in ("courtenay place", "PL", "court", "plaza")]
    [True, True, True, False]
    """
    return all(_has(looked_in, word) for word in words)


def _has(looked_in: str, word: str) -> bool:
    return f" {word}" in looked_in or (len(word) > _SHORT_WORD and word in looked_in) or f" {in_short(word)} " in looked_in


@lru_cache(maxsize=16_384)
def _forms(word: str) -> str:
    """A word, and where it is the type of a street its other form behind it."""
    short = in_short(word)
    return " ".join(dict.fromkeys((word, short, IN_FULL.get(short, word).casefold())))
