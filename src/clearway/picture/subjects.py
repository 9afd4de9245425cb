"""What an entry is about: entries about the same thing follow one another, the others stand beside.

A subject is the kind and those fields that tell one thing from another, as the kind itself declares them: the parking at the
stadium from the parking at the port, police sick from police isolating. Kinds whose entries each stand for themselves (an
incident, a statement) are listed; none replaces another.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.record.classes import class_of
from clearway.record.place import Address, Along, Area, Junction, NamedPlace, Place, Point, Street
from clearway.record.place_text import read_place, street_name
from clearway.record.place_words import words_of_place
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.entry import Draft


class Subject(NamedTuple):
    """What entries are about: a kind, and what tells it apart from others of the kind."""

    kind: str
    key: str


class Aspect(NamedTuple):
    """One of the things that an entry says.

    Attributes:
        subject: What it is about.
        value: Of a subject field with several values, which.
        place: Where; None where the place does not tell subjects apart.
        left: Whether it says that the thing is no longer there.
    """

    subject: Subject
    value: object = None
    place: Place | None = None
    left: bool = False


def subject_of(draft: Draft) -> Subject:
    """The subject of a draft as a whole; one for all entries of a kind that is listed."""
    about = draft.body.about
    values = [] if about.subject is None else [getattr(draft.body, field) for field in about.subject]
    return _subject(draft, values, where_key(draft) if about.place_counts else [])


def aspects_of(draft: Draft) -> list[Aspect]:
    """Everything that a draft says, each with its subject: several of a kind that keeps its values and places apart."""
    body, about = draft.body, draft.body.about
    if not about.apart or about.subject is None:
        return [Aspect(subject_of(draft))]
    if body.identity:
        return [Aspect(Subject(body.kind, json.dumps({"called": _plain(body.identity)}, ensure_ascii=False)))]
    combined = list(product(*(_values(getattr(body, field)) for field in about.subject)))
    several = [isinstance(getattr(body, field), tuple) for field in about.subject]
    return [
        Aspect(
            _subject(draft, values, [place_key(place)] if place else []),
            next((value for value, is_one in zip(values, several, strict=True) if is_one), None),
            place,
            left,
        )
        for values in combined
        for place, left in [*((place, False) for place in draft.places or (None,)), *((one, True) for one in body.leaves)]
    ]


def where_key(draft: Draft) -> list[str]:
    """The places of a draft as subjects compare them."""
    return sorted(map(place_key, draft.places))


def place_key(place: Place) -> str:
    """A place as subjects compare it: a corner is the same by whichever name, "St" is "Street"."""
    match place:
        case NamedPlace():
            return _key_of(place.name)
        case Point() if place.label:
            return _key_of(place.label)
        case Street() if not place.between and place.side is None:
            return _key_of(place.street, is_street=True)
        case _:
            return _where(place)


def place_named(place: Place) -> Place:
    """The place that a name describes, where it describes one; any other place as it is."""
    return _read(place.name) if isinstance(place, NamedPlace) else place


def _subject(draft: Draft, values: Iterable[object], where: list[str]) -> Subject:
    about = draft.body.about
    if about.subject is None:
        return Subject(draft.kind, "")
    classed = [class_of(value) if about.apart and isinstance(value, str) else _plain(value) for value in values]
    return Subject(draft.kind, json.dumps([classed, where], ensure_ascii=False))


def _values(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


@lru_cache(maxsize=16_384)
def _key_of(name: str, *, is_street: bool = False) -> str:
    return _where(_read(name, is_street=is_street))


def _read(name: str, *, is_street: bool = False) -> Place:
    """What a name stands for: the corner that it describes, a street, else a place by that name."""
    words = " ".join(name.split())
    try:
        place = read_place(words)
    except (BadInput, ValidationError):
        place = NamedPlace(name=name)
    return Street(street=name) if is_street and isinstance(place, NamedPlace) else place


def _where(place: Place) -> str:
    """A place as subjects compare it: names, not the exact position where there is a name."""
    match place:
        case Point():
            return str(_plain(place.label) or place.at)
        case Area():
            return str(_plain(place.label) or place.ring)
        case Street():
            between = tuple(map(written_out, place.between))
            return str([_plain(written_out(place.street)), _plain(between), *([place.side] if place.side else [])])
        case Junction():
            streets = _plain(tuple(map(street_name, place.streets)))
            return str([streets, place.side] if place.side else streets)
        case Address() | Along():
            streets = {name: street for name in ("street", "start") if (street := getattr(place, name, None))}
            in_full = {name: written_out(street) for name, street in streets.items()}
            return str(_plain(words_of_place(place.model_copy(update=in_full))))
        case NamedPlace():
            return str(_plain(place.name))


def _plain(value: object) -> object:
    """Texts without case and double spaces; several in order of their texts."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return sorted((_plain(part) for part in value), key=str) if isinstance(value, tuple) else value
