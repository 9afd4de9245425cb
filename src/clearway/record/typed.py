"""What people type, as the record stores it: the same words in every field of the same type, wherever an entry comes from.

A time takes "day 17 7pm", an amount "about 300", a place "Lambton Quay at Bowen Street", a word of a vocabulary "Concrete
blocks", a list one text or several. What a field takes follows from its type alone; no field is known here by its name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from clearway.errors import BadInput
from clearway.record.entry import Draft, Happened
from clearway.record.kind import Kind
from clearway.record.kinds import KINDS
from clearway.record.moments import View
from clearway.record.number_words import amount_of
from clearway.record.parts import Amount, Part, Typed
from clearway.record.place import NamedPlace, Place
from clearway.record.place_text import place_of_text, places_of_text
from clearway.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.record.moments import Calendar

_SUGGESTED = re.compile(r"^(?:.*: )?((?:[a-z_]+, )+[a-z_]+) \.\.\.$")


class Hint(NamedTuple):
    """The type of a field, without what wraps it.

    Attributes:
        base: The type itself; a union where it may be one of several parts.
        typed: How its words are read, where the type says so.
        help: The field's description.
        annotation: The type with what wraps it.
    """

    base: Any
    typed: Typed | None = None
    help: str = ""
    annotation: Any = None

    def takes(self, value: object) -> bool:
        """Whether a value fits the type as it is stored."""
        try:
            TypeAdapter(self.annotation).validate_python(value)
        except ValidationError:
            return False
        return True


def hint_of(annotation: Any, help_: str = "") -> Hint:  # noqa: ANN401 - any annotation
    """What an annotation says of a field."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        found = hint_of(inner, help_)
        return found._replace(
            annotation=annotation, typed=next((mark for mark in reversed(marks) if isinstance(mark, Typed)), found.typed)
        )
    if get_origin(annotation) in {Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        if len(parts) == 1:
            return hint_of(parts[0], help_)
    return Hint(annotation, None, help_, annotation)


@cache
def hints(part: type[Part]) -> dict[str, Hint]:
    """The fields of a part."""
    return {
        name: hint_of(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation, info.description or "")
        for name, info in part.model_fields.items()
    }


def is_place(hint: Hint) -> bool:
    """Whether a field holds a place."""
    return hint.base == Place or NamedPlace in get_args(hint.base)


def suggested(help_: str) -> tuple[str, ...]:
    """The usual words of a vocabulary, as a field's description lists them.

    >>> suggested("what is counted: people, vehicles, tents ...")
    ('people', 'vehicles', 'tents')
    """
    found = _SUGGESTED.match(help_)
    return tuple(found[1].split(", ")) if found else ()


def folded(text: str, usual: tuple[str, ...] = ()) -> str:
    """A word of a vocabulary as the record writes it; one of the usual words where it differs from it by an s.

    >>> folded("Concrete Blocks", ("concrete_block", "fence")), folded("stand-off"), folded("Māori wardens")
    ('concrete_block', 'stand_off', 'maori_wardens')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return next((same for same in (word, word.removesuffix("s"), f"{word}s") if same in usual), word)


@dataclass(frozen=True, slots=True)
class Typist:
    """Reads what was typed, from where it was typed.

    Attributes:
        calendar: The operation's.
        near: The moment that "today" means the day of.
        known: When the room could first know it: what happened lies before.
        problems: Where something cannot be read, and why; what stands there is left as it is.
    """

    calendar: Calendar
    near: datetime
    known: datetime
    problems: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def read(self, value: Any, hint: Hint, *where: str | int) -> Any:  # noqa: ANN401 - any JSON
        """A value as a field of some type stores it."""
        try:
            return self._read(value, hint, where)
        except (BadInput, ValueError) as error:
            self.problems[where] = str(error)
            return value

    def happened(self, text: str) -> Happened:
        """When it happened; it lies behind where that is open."""
        return Happened.of(self.calendar.span(text, View(self.near, latest=self.known)))

    def past(self, text: str) -> datetime:
        """A moment that lies behind: of a span that is not over yet, now."""
        view = View(self.near, latest=self.known)
        return min(self.calendar.moment(text, view), max(self.known, self.calendar.moment(text, view, start=True)))

    def _read(self, value: Any, hint: Hint, where: tuple[str | int, ...]) -> Any:  # noqa: ANN401
        if get_origin(hint.base) is tuple:
            return self._several(value, hint, where)
        if isinstance(value, dict) and isinstance(hint.base, type) and issubclass(hint.base, Part):
            return self._part(value, hint.base, where)
        if hint.base is Amount and isinstance(value, int | float) and not isinstance(value, bool):
            return {"low": value, "high": value}
        return self._words(value, hint) if isinstance(value, str) else value

    def _words(self, value: str, hint: Hint) -> Any:  # noqa: ANN401
        if hint.typed is not None:
            return self._word_or_time(value, hint)
        if is_place(hint):
            return place_of_text(value)
        if get_origin(hint.base) is Literal:
            words = {folded(str(choice)): choice for choice in get_args(hint.base)}
            return words.get(folded(value), value)
        readers: dict[Any, Callable[[str], Any]] = {
            Amount: amount_of,
            Happened: self.happened,
            Source: source_parts,
            date: lambda text: self.calendar.moment(text, View(self.near), start=True).astimezone(self.calendar.zone).date(),
        }
        reader = readers.get(hint.base)
        return reader(value) if reader else value

    def _several(self, value: Any, hint: Hint, where: tuple[str | int, ...]) -> Any:  # noqa: ANN401
        """A list; one alone may be given without the brackets."""
        one, *_ = get_args(hint.base)
        if len(get_args(hint.base)) == 2 and get_args(hint.base)[1] is not ...:  # noqa: PLR2004 - a pair, as of a position
            return value
        inner = hint_of(one, hint.help)
        if isinstance(value, str):
            if is_place(inner):
                return list(places_of_text(value))
            if isinstance(inner.base, type) and issubclass(inner.base, Part) and inner.base is not Amount:
                return value  # no words say it
            value = parts_of(value, inner)
        listed = [value] if isinstance(value, dict) else value
        if not isinstance(listed, list | tuple):
            return value
        return [self.read(part, inner, *where, number) for number, part in enumerate(listed)]

    def _part(self, value: dict[str, Any], part: type[Part], where: tuple[str | int, ...]) -> dict[str, Any]:
        kind = KINDS[value["kind"]] if part is Kind else part
        fields = hints(kind)
        if part is Happened:
            fields = fields | {"end": fields["end"]._replace(typed=Typed.PAST)}
        return {
            name: self.read(given, fields[name], *where, name) if name in fields else given for name, given in value.items()
        }

    def _word_or_time(self, value: str, hint: Hint) -> Any:  # noqa: ANN401
        match hint.typed:
            case Typed.NAME:
                return folded(value, suggested(hint.help))
            case Typed.START:
                return self.calendar.moment(value, View(self.near), start=True)
            case Typed.PLACE:
                place_of_text(value)
                return value
            case Typed.PAST:
                return self.past(value)
            case _:
                return self.calendar.moment(value, View(self.near, ahead=True))


def parts_of(text: str, hint: Hint) -> list[str]:
    """The parts of a list that was typed: between semicolons, or commas where there is none; places have commas of their own.

    >>> parts_of("residents, workers", Hint(str)), parts_of("Hill St, even side", Hint(str, Typed.PLACE))
    (['residents', 'workers'], ['Hill St, even side'])
    """
    sign = ";" if ";" in text or hint.typed is Typed.PLACE else ","
    return [part.strip() for part in text.split(sign) if part.strip()]


def source_parts(text: str) -> dict[str, str]:
    """A source that was typed: the office, and behind a comma the organisation."""
    return dict(zip(("office", "organisation"), (part.strip() for part in text.split(",", 1)), strict=False))


DRAFT = Hint(Draft)
"""The type of a whole entry."""
