"""What one entry says otherwise than another, field by field and in words: "Vehicles left: 12 -> 14"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.record.parts import Amount, amount_words
from clearway.record.place_words import place_words
from clearway.words import time_words, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Draft

NOT_STATED = "not stated"


class Change(NamedTuple):
    """One field of which two entries say different things.

    Attributes:
        what: What the field is, such as "Vehicles left".
        before: What the first says, in words; "not stated" where it says nothing.
        after: What the second says.
    """

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.what}: {self.before} -> {self.after}"


class _Said(NamedTuple):
    """A field of an entry: what it is called, its value, and that in words."""

    called: str
    value: Any
    words: str


def changes(before: Draft, after: Draft, zone: ZoneInfo) -> list[Change]:
    """What an entry says otherwise than one before it, in the order of its fields; what is only put otherwise is left out.

    Args:
        before: The first.
        after: The second; its own fields name what both speak of.
        zone: The operation's; times are given in it.
    """
    old, new = dict(_fields(before, zone)), dict(_fields(after, zone))
    found: list[Change] = []
    for name in dict.fromkeys((*new, *old)):
        mine, theirs = new.get(name), old.get(name)
        if mine is None or theirs is None or mine.value != theirs.value:
            called = (mine or theirs or _NOTHING).called
            found.append(Change(called, theirs.words if theirs else NOT_STATED, mine.words if mine else NOT_STATED))
    return found


_NOTHING = _Said("", None, NOT_STATED)


def _fields(draft: Draft, zone: ZoneInfo) -> Iterator[tuple[str, _Said]]:
    """The fields that say something, by their name."""
    yield "kind", _said("What it is", draft.kind, vocabulary(draft.kind))
    for name in type(draft.body).model_fields:
        value = getattr(draft.body, name)
        if name != "kind" and value not in (None, ()):
            plain = value.model_copy(update={"said": None}) if isinstance(value, Amount) else value
            yield name, _said(draft.body.called(name), plain, _words(value, zone))
    if draft.places:
        yield "places", _said("Where", draft.places, place_words(draft.places))
    yield "happened", _said("When", (draft.happened.start, draft.happened.end), when_words(draft.happened, zone))
    source = draft.source
    for called, value in (("Who says so", source.office), ("On behalf of", source.organisation)):
        if value:
            yield called, _said(called, value, value)
    yield "medium", _said("Medium", source.medium, vocabulary(source.medium))
    yield "grade", _said("Grade", source.grade, source.grade)
    yield "release", _said("Visible to", draft.release, draft.release)


def _said(called: str, value: object, words: str) -> _Said:
    return _Said(called[:1].upper() + called[1:], value, words)


def _words(value: object, zone: ZoneInfo) -> str:  # noqa: PLR0911 - one for each type
    """A value of a field in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Amount():
            return amount_words(value)
        case datetime():
            return time_words(value, zone)
        case tuple():
            return ", ".join(_words(one, zone) for one in value)
        case str():
            return vocabulary(value) if " " not in value else value
        case int() | float():
            return f"{value:,.10g}"
        case _:
            return str(value)
