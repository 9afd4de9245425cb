"""Names of persons are not repeated: whoever a source of the record names stands in answers by office or role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from clearway.record.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.record.entry import Entry
    from clearway.record.source import Source
    from clearway.shapes import Shape

    Answer = TypeVar("Answer", bound=Shape)

_LEAST_WORDS = 2
"""A single word may be a place, or an office."""
_SOMEBODY = "a person"
_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Hon|Prof(?:essor)?|Pastor|Rev(?:erend)?|"
    "(?:Det(?:ective)?|Snr|Senior|Assistant|Deputy|Acting|Chief|Area|Police|Prime)(?= )|"
    "Const(?:able)?|Sgt|Serge?ant|Insp(?:ector)?|Supt|Superintendent|Commander|Commissioner|Captain|Colonel|Major|"
    "Minister|Mayor|Cr|Councillor|Speaker|President|Secretary|Officer"
)
"""Before a name: of courtesy, of rank, of office."""
_WORD = re.compile(r"[^\W\d_]+")


class Names:
    """The names that sources bear.

    A whole name gives way to its office wherever it stands. A surname behind a title or an initial may be somebody else's, and
    gives way to "a person"; so does one alone, where it is written as one: not before another name as in "Tane Street", not
    where a place, an office or an organisation of the record has that word too, nor where the answer has it in small letters.

    Args:
        known: Entries, whose sources may name persons beside their offices.
    """

    def __init__(self, known: Iterable[Entry]) -> None:
        entries = list(known)
        named = {one.name: one for one in (entry.draft.source for entry in entries) if one.name and _is_whole(one.name)}
        self._people = sorted(named.values(), key=lambda one: len(str(one.name)), reverse=True)
        self._taken = set(_words_of_others(entries)) if named else set[str]()

    def left_out(self, answer: Answer) -> Answer:
        """An answer with the office of each person who is named, in place of the name."""
        if not self._people:
            return answer
        return type(answer).model_validate(_without(answer.model_dump(), self._pattern(answer.model_dump_json()), self._people))

    def in_words(self, text: str) -> str:
        """A text with the office of each person who is named, in place of the name."""
        return str(_without(text, self._pattern(text), self._people)) if self._people else text

    def _pattern(self, text: str) -> re.Pattern[str]:
        """However they may be named; the whole name of each person is a group."""
        small = {word for word in _WORD.findall(text) if word.islower()} | self._taken
        return re.compile("|".join(_forms(one, small) for one in self._people))


def _forms(source: Source, taken: set[str]) -> str:
    """How a person may be named: whole, by surname behind a title or an initial, or by surname alone if nothing else has it."""
    parts = str(source.name).split()
    last, office = parts[-1], rf"(?i:{re.escape(source.office)})|" if source.office else ""
    title = rf"(?:{office}(?:{_TITLES})\.?|{re.escape(parts[0][0])}\.?),?\s+"
    surname = rf"(?:{re.escape(last)}|{re.escape(last.upper())})"
    whole = r"\s+".join(map(re.escape, parts))
    alone = "*" if last.casefold() not in taken else "+"
    return rf"((?:\b{title})*\b(?i:{whole})\b)|(?<![\w/:.-])(?:{title}){alone}{surname}(?![\w/:-]|\s+[A-Z])"


def _is_whole(name: str) -> bool:
    return len(name.split()) >= _LEAST_WORDS


def _words_of_others(entries: Iterable[Entry]) -> Iterator[str]:
    """Words of places, offices and organisations, folded."""
    for draft in (entry.draft for entry in entries):
        source = draft.source
        for said in (place_words(draft.places), source.office, source.organisation, source.publisher):
            yield from (word.casefold() for word in _WORD.findall(said or ""))


def _without(value: object, pattern: re.Pattern[str], people: list[Source]) -> object:
    if isinstance(value, str):
        return pattern.sub(lambda found: (found.lastindex and people[found.lastindex - 1].office) or _SOMEBODY, value)
    if isinstance(value, dict):
        return {name: _without(part, pattern, people) for name, part in value.items()}
    return [_without(part, pattern, people) for part in value] if isinstance(value, list) else value
