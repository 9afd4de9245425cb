"""Who is who: groups and offices by name; a name that is spelled two ways is one, a group that split off is another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from clearway.picture.spelling import words_alike, words_of
from clearway.record.kinds.talks import Party, Relation
from clearway.record.source import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.entry import Entry
    from clearway.record.source import Source

Sort = Literal["group", "authority", "partner"]

_LOOSE = frozenset(["a", "an", "the", "of", "for", "and", "s"])
_AUTHORITY = re.compile(
    r"\b(?:police|government|council|ministers?|ministry|mayors?|parliament|speaker of|members of parliament|defence force|"
    r"commissioner|commander|department|agency|authority|transport|fire and emergency|ambulance|court|political parties|"
    r"politicians|cabinet|governor|senate|congress|embassy|iwi)\b",
    re.IGNORECASE,
)
_BODY_OF_PEOPLE = re.compile(
    r"\b(?:union|association|federation|society|protest|protesters?|supporters|students?)\b", re.IGNORECASE
)
_GROUP = re.compile(rf"{_BODY_OF_PEOPLE.pattern}|\b(?:groups?|leaders|occupiers|residents|crowd|camp)\b", re.IGNORECASE)
_ANYBODY = re.compile(r"^(?:an?|one|some) ", re.IGNORECASE)


@dataclass(slots=True)
class Known:
    """A party as the entries speak of it.

    Attributes:
        name: As it was declared, else as it was first written.
        spellings: Every other way in which it was written.
        sort: Group, authority or partner.
        is_assumed: Whether nobody said which of these it is, so that its name alone tells.
        declared: The entry that describes it.
        split_from: The party that it split off.
    """

    name: str
    spellings: list[str] = field(default_factory=list)
    sort: Sort = "group"
    is_assumed: bool = True
    declared: Entry | None = None
    split_from: str | None = None


class Parties:
    """Everybody whom the entries name, each once.

    Args:
        entries: In force; those that describe a party give its names.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_key: dict[tuple[str, ...], Known] = {}
        self._all: list[Known] = []
        splits: list[Relation] = []
        for entry in entries:
            match entry.draft.body:
                case Party() as body:
                    known = self.of(body.name)
                    if known.declared is None:  # the latest comes first
                        known.sort, known.is_assumed, known.declared = body.sort, False, entry
                        for name in body.also:
                            self._by_key[_key(name)] = known
                case Relation(relation="split_from") as body:
                    splits.append(body)
        for body in splits:
            self.of(body.of).split_from = self.of(body.to).name

    def of(self, name: str) -> Known:
        """The party of a name; a new one where no name so far is spelled like it."""
        key = _key(name)
        known = self._spelled(key)
        if known is None:
            known = Known(name, sort="authority" if is_authority(name) else "group")
            self._all.append(known)
        elif name != known.name and name not in known.spellings:
            known.spellings.append(name)
        self._by_key[key] = known
        return known

    def call(self, name: str, party: str) -> None:
        """Take a name for that of a party, however the two are spelled."""
        self._by_key[_key(name)] = self.of(party)

    def known_as(self, name: str) -> str | None:
        """What the party of a name is called; None where no name so far is spelled like it."""
        known = self._spelled(_key(name))
        return known.name if known else None

    def _spelled(self, key: tuple[str, ...]) -> Known | None:
        return self._by_key.get(key) or next((self._by_key[one] for one in self._by_key if _is_one(one, key)), None)

    def name(self, name: str) -> str:
        """What the party of a name is called here."""
        return self.of(name).name

    def who_speaks(self, source: Source) -> str:
        """The party whose word an entry is: the organisation; a person of no office by their role alone."""
        if source.office and _ANYBODY.match(source.office):
            return self.name(source.office)
        return self.name(source.organisation or speaker(source))

    def named_speaker(self, source: Source) -> str:
        """The same; by their office where entries name that as a party of its own."""
        return (self.known_as(source.office) if source.office else None) or self.who_speaks(source)

    def all(self) -> list[Known]:
        """Every party that was named, in the order in which they were."""
        return self._all


def is_authority(name: str) -> bool:
    """Whether a name alone tells that of an office with public powers.

    >>> is_authority("Mayor of Wellington"), is_authority("Police Association")
    (True, False)
    """
    return _AUTHORITY.search(name) is not None and _BODY_OF_PEOPLE.search(name) is None


def is_of_the_press(source: Source) -> bool:
    """Whether it is a reporter's own word."""
    return source.organisation is not None and source.organisation == source.publisher


def is_group(name: str) -> bool:
    """Whether a name alone tells that of people who came together.

    >>> is_group("leaders of protest groups"), is_group("Duty officer")
    (True, False)
    """
    return _GROUP.search(name) is not None


def named_in(text: str) -> list[str]:
    """The names of a list in words: "protest groups and Government" names two.

    >>> named_in("protest groups and Government"), named_in("Wellington City Council")
    (['protest groups', 'Government'], ['Wellington City Council'])
    """
    return [part for part in re.split(r"\s*(?:,|;|\band\b|&)\s*", text) if part]


@lru_cache(maxsize=4096)
def _key(name: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(name) if word not in _LOOSE) or tuple(words_of(name)) or (name,)


def _is_one(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return words_alike(first, second) or "".join(first) == "".join(second)
