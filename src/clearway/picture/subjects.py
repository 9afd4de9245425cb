"""What an entry is about: entries about the same thing follow one another, the others stand beside.

A subject is the kind and those fields that tell one thing from another, as the kind itself declares them: the parking at the
stadium from the parking at the port, police sick from police isolating. Kinds whose entries each stand for themselves (an
incident, a statement) are listed; none replaces another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clearway.record.place import Address, Along, Area, Junction, NamedPlace, Place, Point, Street
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from clearway.record.entry import Draft


class Subject(NamedTuple):
    """What entries are about: a kind, and what tells it apart from others of the kind."""

    kind: str
    key: str


def subject_of(draft: Draft) -> Subject:
    """The subject of a draft; one for all entries of a kind that is listed."""
    body, about = draft.body, draft.body.about
    if about.subject is None:
        return Subject(body.kind, "")
    values = [_plain(getattr(body, field)) for field in about.subject]
    where = where_key(draft) if about.place_counts else []
    return Subject(body.kind, json.dumps([values, where], ensure_ascii=False))


def where_key(draft: Draft) -> list[str]:
    """The places of a draft as subjects compare them."""
    return sorted(map(_where, draft.places))


def _where(place: Place) -> str:
    """A place as subjects compare it: names, not the exact position where there is a name."""
    match place:
        case Point():
            return str(_plain(place.label) or place.at)
        case Area():
            return str(_plain(place.label) or place.ring)
        case Street():
            return str([_plain(place.street), _plain(place.between), *([place.side] if place.side else [])])
        case Junction():
            return str([_plain(place.streets), place.side] if place.side else _plain(place.streets))
        case Address() | Along():
            return str(_plain(words_of_place(place)))
        case NamedPlace():
            return str(_plain(place.name))


def _plain(value: object) -> object:
    """Texts without case and double spaces; several in order of their texts."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return sorted((_plain(part) for part in value), key=str) if isinstance(value, tuple) else value
