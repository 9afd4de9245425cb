"""What was printed before: a quotation in two reports is one statement with two places of publication, an old paragraph no news."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.intake.passages import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.intake.passages import Passages

_GRAM = 6
_SHARE = 0.6
_LEAST_WORDS = 4
_MOST_OF_ONE = 20
"""Where the same six words stand in more sentences, the first ones tell it: a form, or a text that is made to be slow."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a sentence was printed before.

    Attributes:
        report: Id of the earlier report.
        name: What that is called.
        span: The sentence in it.
    """

    report: str
    name: str
    span: Stretch


class Printings:
    """The sentences of earlier reports, found again by runs of six words."""

    def __init__(self) -> None:
        self._sentences: list[Printed] = []
        self._grams: dict[tuple[str, ...], list[int]] = {}
        self._whole: dict[tuple[str, ...], int] = {}

    def add(self, report: str, name: str, passages: Passages) -> None:
        """Remember a report's sentences.

        Args:
            report: Its id.
            name: What it is called.
            passages: Its text.
        """
        for sentence in passages.sentences:
            words = _words(sentence.text)
            number = len(self._sentences)
            self._sentences.append(Printed(report, name, Stretch(sentence.start, sentence.end)))
            if len(words) >= _LEAST_WORDS:
                self._whole.setdefault(words, number)
            for gram in set(_grams(words)):
                earlier = self._grams.setdefault(gram, [])
                if len(earlier) < _MOST_OF_ONE:
                    earlier.append(number)

    def of(self, text: str) -> Printed | None:
        """Where a sentence was printed before: most of its runs of six words stand in one earlier sentence; None where it is new."""
        words = _words(text)
        if words in self._whole:
            return self._sentences[self._whole[words]]
        grams = list(_grams(words))
        if not grams:
            return None
        met = Counter(number for gram in grams for number in self._grams.get(gram, ()))
        number, count = max(met.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
        return self._sentences[number] if count >= _SHARE * len(grams) else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _grams(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (words[at : at + _GRAM] for at in range(len(words) - _GRAM + 1))
