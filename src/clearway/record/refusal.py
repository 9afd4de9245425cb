"""What is wrong with an entry, in a sentence: the field in words, and an example that can be used in its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from clearway.record.entry import Happened
from clearway.record.kind import Kind
from clearway.record.kinds import KINDS
from clearway.record.parts import Amount, Part, Typed
from clearway.record.source import Source
from clearway.record.typed import DRAFT, Hint, folded, hint_of, hints, is_place, suggested
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from clearway.record.moments import Calendar

_SHOWN = 3
_STEM = 3
Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Says why a draft cannot be used.

    Attributes:
        kind: The name of its kind.
        calendar: The operation's, in whose days examples are given.
        now: This moment.
    """

    kind: str
    calendar: Calendar
    now: datetime

    def sentence(self, error: ValidationError | None, unread: Mapping[Where, str]) -> str:
        """All that is wrong, the first few in words.

        Args:
            error: What does not fit the types of the fields.
            unread: What was typed and cannot be read, by where it stands.
        """
        problems = {where: self._unread(where, why) for where, why in unread.items()}
        for one in error.errors(include_url=False) if error else ():
            where = self._fields(one["loc"])
            if not any(where[: len(other)] == other for other in unread):
                problems.setdefault(where, self._problem(where, one))
        more = len(problems) - _SHOWN
        listed = "; ".join(list(problems.values())[:_SHOWN])
        return f"The entry cannot be used: {listed}{f'; and {more} more' if more > 0 else ''}."

    def examples(self, hint: Hint) -> list[Any]:
        """Values that a field of some type takes; none where only the writer can know one."""
        base = hint.base
        if get_origin(base) is tuple:
            one = self.examples(hint_of(get_args(base)[0], hint.help))[:2]
            return [one] if one and get_args(base)[1:] == (...,) else []
        if get_origin(base) is Literal:
            return list(get_args(base))
        if hint.typed is Typed.NAME:
            return list(suggested(hint.help)) or ["vehicles"]
        if hint.typed is not None or base in (Happened, date):
            times = self.calendar.examples(self.now, ahead=hint.typed is Typed.TIME)
            return times if base is not date else [self.now.astimezone(self.calendar.zone).date().isoformat()]
        usual = ("Lambton Quay at Bowen Street",) if is_place(hint) else _EXAMPLES.get(base, ())
        fitting = [example for example in usual if base in _IN_WORDS or hint.takes(example)]
        return fitting[:1] if base is str else fitting

    def _unread(self, where: Where, why: str) -> str:
        return f"{_named(where)}: {why.rstrip('.')}"

    def _problem(self, where: Where, one: ErrorDetails) -> str:
        hint = self._hint(where)
        if one["type"] == "extra_forbidden":
            return self._unknown_field(where, chosen=one["loc"][-2:-1])
        what = _what(one, hint)
        if one["type"] == "value_error" and hint.base is not Amount:  # of a whole part: what it says names the field
            return f"{_named(where)}: {what}" if _named(where) else what
        examples = [json.dumps(example, ensure_ascii=False) for example in self.examples(hint)[:_SHOWN]]
        return f"{_named(where)}: {what}{f'; write it as {_or(examples)}' if examples else ''}"

    def _unknown_field(self, where: Where, chosen: Where) -> str:
        """What to say of it; of a place by the name of its type, by which it was chosen."""
        hint = self._hint(where[:-1])
        types = get_args(hint.base) if is_place(hint) else ()
        part = next((one for one in types if get_args(hints(one)["type"].base) == chosen), hint.base)
        names = list(hints(KINDS[self.kind] if part is Kind else part)) if isinstance(part, type) else []
        known = ", ".join(vocabulary(name) for name in names if name not in ("kind", "entered"))
        article = "an" if self.kind[0] in "aeiou" else "a"
        owner = f"{article} {vocabulary(self.kind)}" if part is Kind else _named(where[:-1]) if len(where) > 1 else "an entry"
        return f"{owner} has no field '{where[-1]}'; its fields are {known}"

    def _hint(self, where: Where) -> Hint:
        """The type of what stands somewhere in an entry."""
        hint = DRAFT
        for step in where:
            base = KINDS[self.kind] if hint.base is Kind else hint.base
            if get_origin(base) is tuple:
                hint = hint_of(get_args(base)[0], hint.help)
            elif isinstance(base, type) and issubclass(base, Part):
                hint = hints(base).get(str(step), Hint(None))
            else:
                several = [part for part in get_args(base) if isinstance(part, type) and issubclass(part, Part)]
                hint = next((hints(part)[str(step)] for part in several if step in hints(part)), Hint(None))
        return hint

    def _fields(self, loc: Iterable[str | int]) -> Where:
        """Where it is, without the names by which one of several types was chosen."""
        where: list[str | int] = []
        chosen = False  # a kind may have a field of its own name
        for step in loc:
            chosen = not chosen and step in self._tags(self._hint(tuple(where)))
            where += [] if chosen else [step]
        return tuple(where)

    def _tags(self, hint: Hint) -> tuple[object, ...]:
        """The names by which one of several types is chosen."""
        if hint.base is Kind:
            return (self.kind,)
        return tuple(get_args(hints(part)["type"].base)[0] for part in get_args(hint.base)) if is_place(hint) else ()


def unknown_kind(name: object) -> str:
    """What to say of a kind that there is none of: the two whose names are nearest."""
    if not isinstance(name, str) or not name:
        return 'The entry does not say its kind. Give \'kind\', such as "count" or "incident".'
    nearest = sorted(KINDS, key=lambda kind: -_likeness(folded(name), kind))[:2]
    return f"The entry's kind {name!r} is unknown. The nearest are {_or(nearest)}; 'clearway record kinds' lists all."


def _likeness(name: str, kind: str) -> float:
    """How near a word comes to a kind: to its name, by words that begin alike, or to what its fields suggest."""
    begins = {word[:_STEM] for word in name.split("_")} & {word[:_STEM] for word in kind.split("_")}
    usual = any(name in suggested(hint.help) for hint in hints(KINDS[kind]).values())
    return SequenceMatcher(None, name, kind).ratio() + len(begins) + usual


def _what(one: ErrorDetails, hint: Hint) -> str:  # noqa: PLR0911 - one for each kind of mistake
    """What is wrong, in words."""
    given = json.dumps(one["input"], ensure_ascii=False, default=str)
    shown = given if len(given) <= 60 else f"{given[:60]}..."  # noqa: PLR2004 - a line
    match one["type"]:
        case "missing":
            return "it is missing"
        case "literal_error":
            return f"{shown} is not one of its words"
        case "string_pattern_mismatch" if hint.typed is Typed.NAME:
            return f"{shown} cannot be a word of a vocabulary, which begins with a letter"
        case "string_pattern_mismatch":
            return f"{shown} has signs that it may not have"
        case "model_type" | "model_attributes_type" if isinstance(hint.base, type):
            return f"{shown} stands where fields must be: {', '.join(map(vocabulary, hints(hint.base)))}"
        case "value_error" | "time_type":
            message = str(one["msg"]).removeprefix("Value error, ").removeprefix("Input ")
            return message[:1].lower() + message[1:]
        case _:
            return f"{shown} {_NOT_TAKEN.get(one['type'], 'cannot stand here').format(**one.get('ctx', {}))}"


_NOT_TAKEN = {
    "too_short": "is empty; it needs one at least",
    "string_too_short": "is empty",
    "too_long": "has more than {max_length} parts",
    "string_too_long": "is longer than {max_length} signs",
    "greater_than": "is not more than {gt:g}",
    "greater_than_equal": "is less than {ge:g}",
    "less_than": "is not less than {lt:g}",
    "less_than_equal": "is more than {le:g}",
    "finite_number": "is not a finite number",
    **dict.fromkeys(("float_type", "float_parsing", "int_type", "int_parsing", "int_from_float"), "is not a number it takes"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "is neither true nor false"),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "timezone_aware"), "is not a time"),
}
"""What is wrong by the type of the error, with its bounds."""


def _named(where: Where) -> str:
    """A field in words: those of the body by their name alone; of an entry as a whole nothing."""
    steps = where[1:] if where[:1] == ("body",) else where
    words = [f"{step + 1}" if isinstance(step, int) else vocabulary(step) for step in steps]
    return re.sub(r",(?= \d)", "", ", ".join(words))


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


_EXAMPLES: dict[type, tuple[Any, ...]] = {
    Amount: (300, "about 300", "10 to 12"),
    Source: ({"office": "officer at gate 3", "organisation": "Police"},),
    str: ("a few words", "gate-3-1905", "Pacific/Auckland", "NZD"),
    bool: (True, False),
    float: (10, 0.5),
    int: (2,),
}
"""Examples by type; a field is offered those that it takes."""

_IN_WORDS = (Amount, Source)
"""Types whose fields take words too."""
