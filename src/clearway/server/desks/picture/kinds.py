"""What ``GET /api/kinds`` answers: the JSON schema of all kinds, and what the page needs to show, draw and type them.

All of it is worked out from the classes of ``clearway.record.kinds``; the page has no list of kinds of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import ConfigDict, Field

from clearway.record.kind import Sign
from clearway.record.kinds import BODY, KINDS
from clearway.record.source import Medium
from clearway.record.typed import suggested
from clearway.server.contract import Answer
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.record.kind import Kind

FieldType = Literal["text", "long", "name", "amount", "choice", "yes-no", "number", "time", "date", "list", "places"]
_NAME = "^[a-z]"
_SHAPES = ("street", "street_and_sign", "sign")


class FormField(Answer):
    """One field of a kind as the entry form asks for it."""

    name: str
    label: str
    help: str
    type: FieldType = Field(
        description="long: several lines; name: of a vocabulary; list: of texts; places: parted by semicolons"
    )
    needed: bool
    choices: list[str] = Field(description="of a choice")
    suggestions: list[str] = Field(description="of a name: usual words; others may be typed")


class MapMark(Answer):
    """How entries of a kind are drawn on the map."""

    letter: str
    means: str = Field(description="for the legend")
    sign: Sign = Field(description="the colour of the legend; each mark of GET .../map carries its own")
    shape: Literal["sign", "street", "street_and_sign"] = Field(
        description="street: along the street; a sign only where no street is known"
    )
    days: int | None = Field(description="how long it is shown after it happened; null: as long as it is in force")


class KindAnswer(Answer):
    """One kind of entry."""

    name: str
    title: str
    help: str
    role: str = Field(description="state, event, count, flow, promise, intent, request, condition or administration")
    theme: str | None = Field(description="id of its theme; null where its entries stand in a part of their own")
    is_belief: bool = Field(description="whether it describes how things are, and so can be contested")
    mark: MapMark | None
    fields: list[FormField] = Field(description="those that are needed first")


class ThemeAnswer(Answer):
    """One heading and the kinds under it."""

    id: str
    title: str
    kinds: list[str] = Field(description="their names, in the order in which they are shown")


class KindsAnswer(Answer):
    """Every kind: beside the JSON schema of an entry's body, what a page needs to show, draw and type it."""

    model_config = ConfigDict(extra="allow")  # the schema's own words: $defs, discriminator, oneOf

    kinds: list[KindAnswer] = Field(description="in the order of the themes")
    themes: list[ThemeAnswer] = Field(description="in the order in which they are shown")
    form: list[str] = Field(description="names of the kinds that the entry form offers, the usual ones first")
    legend: list[MapMark] = Field(description="each letter of the map once: what happened, lines along streets, signs")
    media: list[str] = Field(description="how something can be reported, in the order of the entry form")


@cache
def kinds_answer() -> KindsAnswer:
    """All kinds, worked out once."""
    schema = BODY.json_schema()
    defined = {name: schema["$defs"][ref.rpartition("/")[2]] for name, ref in schema["discriminator"]["mapping"].items()}
    return KindsAnswer(
        **schema,
        kinds=[_kind(name, kind, defined[name]) for name, kind in KINDS.items()],
        themes=[ThemeAnswer(id=theme.id, title=theme.title, kinds=list(names)) for theme, names in KINDS.by_theme.items()],
        form=list(KINDS.in_form),
        legend=_legend(),
        media=list(get_args(Medium)),
    )


def _legend() -> list[MapMark]:
    """Each letter once: what happened, then lines along streets, then signs."""
    marked = [(kind.about.is_listed, mark) for kind in KINDS.values() if (mark := _mark(kind)) is not None]
    marked.sort(key=lambda one: (not one[0], _SHAPES.index(one[1].shape)))
    found: dict[str, MapMark] = {}
    for _, mark in marked:
        found.setdefault(mark.letter, mark)
    return list(found.values())


def _kind(name: str, kind: type[Kind], schema: Mapping[str, Any]) -> KindAnswer:
    about, needed = kind.about, frozenset(schema.get("required", ()))
    fields = [_field(field, said, needed=field in needed) for field, said in schema["properties"].items() if field != "kind"]
    return KindAnswer(
        name=name,
        title=_label(name),
        help=schema["description"].partition("\n")[0],
        role=about.role.value,
        theme=about.theme.id if about.theme else None,
        is_belief=about.is_belief,
        mark=_mark(kind),
        fields=sorted(fields, key=lambda field: not field.needed),
    )


def _mark(kind: type[Kind]) -> MapMark | None:
    mark = kind.about.mark
    if mark is None:
        return None
    return MapMark(letter=mark.letter, means=mark.means, sign=mark.sign, shape=mark.shape, days=mark.days)


def _field(name: str, said: Mapping[str, Any], *, needed: bool) -> FormField:
    options = [option for option in said.get("anyOf", ()) if option.get("type") != "null"]
    schema = {**said, **(options[0] if options else {})}
    text, kind = str(said.get("description", "")), _type(schema)
    return FormField(
        name=name,
        label=_label(name),
        help=text,
        type=kind,
        needed=needed,
        choices=schema.get("enum", []),
        suggestions=list(suggested(text)) if kind == "name" else [],
    )


def _type(schema: Mapping[str, Any]) -> FieldType:  # noqa: PLR0911 - one way out for each type
    """How a field is typed, by its JSON schema; an amount is the only part that has fields of its own."""
    types: dict[str, FieldType] = {"boolean": "yes-no", "number": "number", "integer": "number", "array": "list"}
    formats: dict[str, FieldType] = {"date-time": "time", "date": "date"}
    if schema.get("items", {}).get("place"):
        return "places"
    match schema:
        case {"$ref": _}:
            return "amount"
        case {"enum": _}:
            return "choice"
        case {"type": plain} if plain in types:
            return types[plain]
        case {"format": plain} if plain in formats:
            return formats[plain]
        case {"pattern": pattern} if pattern.startswith(_NAME):
            return "name"
    return "long" if schema.get("multiline") else "text"


def _label(name: str) -> str:
    return vocabulary(name).capitalize()
