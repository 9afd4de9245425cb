"""JSON documents that people write by hand: read whole, or refused with one sentence that names the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from clearway.errors import BadFile, BadInput
from clearway.planning.geojson import read_json
from clearway.shapes import Exact, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Document = TypeVar("_Document", bound=Exact)
_Read = TypeVar("_Read")


def document_of(kind: type[_Document], parsed: object, remedy: str) -> _Document:
    """A document from parsed JSON.

    Raises:
        BadInput: it is no such document; the sentence names the field.
    """
    try:
        return kind.model_validate(parsed)
    except ValidationError as error:
        raise BadInput(sentence_of(error.errors(), remedy=remedy)) from error


def read_document(path: Path, make: Callable[[object], _Read], problem: str, remedy: str) -> _Read:
    """A document from a file.

    Args:
        path: Where it lies.
        make: Makes it of parsed JSON; raises BadInput for what cannot be used.
        problem: What is said of a file that ``make`` refuses, such as "is not a plan that can be used".
        remedy: What to do about a file that is no JSON.

    Raises:
        BadFile: it cannot be read, or cannot be used.
    """
    parsed = read_json(path, remedy)
    try:
        return make(parsed)
    except BadInput as error:
        raise BadFile(path, problem, str(error)) from error
