"""Find zones and user classes by the words that a file has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.assignment.exchange.tntp_text import number
from clearway.errors import BadFile, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence


class ZoneWords:
    """The zones of a network by name; ``7.0`` and ``07`` find the zone ``7``."""

    def __init__(self, names: Sequence[str], source: str) -> None:
        self.names = tuple(names)
        self._source = source
        self._exact = {name: zone for zone, name in enumerate(self.names)}
        self._plain = {name.strip().casefold(): zone for zone, name in enumerate(self.names)}

    def index(self, word: str, line: int = 0) -> int:
        """The zone of a word.

        Raises:
            UnknownName: there is none.
        """
        zone = self._find(word)
        if zone is None:
            where = f"line {line} of {self._source}" if line else self._source
            raise UnknownName(f"zone in {where}", [word.strip() or "(empty)"], self.names)
        return zone

    def indexes(self, words: Sequence[str], line: int = 0) -> list[int]:
        """The zones of a row or column of words.

        Raises:
            UnknownName: a zone is unknown.
            BadFile: one is named twice.
        """
        found = [self.index(word, line) for word in words]
        if twice := [word for place, word in enumerate(words) if found[place] in found[:place]]:
            raise BadFile(self._source, f"names the zone {twice[0].strip()!r} twice", "Name each zone once.")
        return found

    def knows(self, words: Sequence[str]) -> bool:
        """Whether every word is a zone, each another one."""
        found = [self._find(word) for word in words]
        return None not in found and len(set(found)) == len(found)

    def _find(self, word: str) -> int | None:
        plain = word.strip().casefold()
        zone = self._exact.get(word.strip(), self._plain.get(plain))
        if zone is not None:
            return zone
        value = number(plain)
        return self._plain.get(str(int(value))) if value is not None and value.is_integer() else None


class ClassWords:
    """The user classes of a network by name."""

    def __init__(self, names: Sequence[str], source: str) -> None:
        self.names = tuple(names)
        self._source = source

    def index(self, word: str | None, line: int) -> int:
        """The class of a word; of no word where there is only one class.

        Raises:
            UnknownName: there is none.
            BadFile: there are several and the file does not say which.
        """
        if word is None:
            if len(self.names) > 1:
                known = ", ".join(self.names)
                raise BadFile(
                    self._source, f"does not say which class its trips are: {known}", "Add a column 'class', or give OMX."
                )
            return 0
        if word.strip() not in self.names:
            raise UnknownName(f"class on line {line} of {self._source}", [word.strip() or "(empty)"], self.names)
        return self.names.index(word.strip())
