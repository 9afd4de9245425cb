"""Names of persons are not repeated: whoever a source of the record names stands in answers by office or role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.entry import Entry
    from clearway.shapes import Shape

    Answer = TypeVar("Answer", bound=Shape)

_LEAST_WORDS = 2
"""A single word may be a place, or an office."""
_SOMEBODY = "a person"
_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame)\.?"
"""Before a surname alone, which may be a place's name too."""


class Names:
    """The names that sources bear.

    Args:
        known: Entries, whose sources may name persons beside their offices.
    """

    def __init__(self, known: Iterable[Entry]) -> None:
        sources = [entry.draft.source for entry in known]
        named = {one.name: one.office or _SOMEBODY for one in sources if one.name and len(one.name.split()) >= _LEAST_WORDS}
        self._offices = {_folded(name): office for name, office in named.items()}
        patterns = sorted((r"\s+".join(map(re.escape, name.split())) for name in named), key=len, reverse=True)
        patterns += [rf"{_TITLES}\s+{re.escape(name.split()[-1])}" for name in named]
        self._pattern = re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE) if patterns else None

    def left_out(self, answer: Answer) -> Answer:
        """An answer with the office of each person who is named, in place of the name."""
        if self._pattern is None:
            return answer
        return type(answer).model_validate(self._without(answer.model_dump()))

    def in_words(self, text: str) -> str:
        """A text with the office of each person who is named, in place of the name."""
        return str(self._without(text))

    def _without(self, value: object) -> object:
        if isinstance(value, str) and self._pattern is not None:
            return self._pattern.sub(lambda found: self._offices.get(_folded(found[0]), _SOMEBODY), value)
        if isinstance(value, dict):
            return {name: self._without(part) for name, part in value.items()}
        return [self._without(part) for part in value] if isinstance(value, list) else value


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
