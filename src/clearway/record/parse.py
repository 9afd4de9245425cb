"""Read drafts from JSON that people and programs write; one clear sentence where it cannot be."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.record.entry import Draft
from clearway.record.kinds import KINDS
from clearway.record.refusal import Refusal, unknown_kind
from clearway.record.texts import text_mark
from clearway.record.typed import DRAFT, Typist, folded
from clearway.words import vocabulary

if TYPE_CHECKING:
    from clearway.record.entry import Entered
    from clearway.record.moments import Calendar

_PASSED_OVER = frozenset({"seq", "stream", "version", "written", "hash"})


def draft_of(document: object, calendar: Calendar, *, now: datetime, entered: Entered | None = None) -> Draft:
    """A draft from parsed JSON.

    Every field takes what people type for it, by its type; see :mod:`clearway.record.typed`. Beside that, ``known`` may be
    absent (now), ``id`` too (a new one), ``kind`` may stand beside ``body`` instead of in it, and ``place`` instead of
    ``places``. Words such as "7pm" and "tomorrow" are read from ``read_at``, by default from ``known``. What only the record
    sets (``seq``, ``stream``, ``version``, ``written``, ``hash``, ``entered``) is passed over: an export can be imported.

    Args:
        document: Parsed JSON.
        calendar: The operation's, to read times by.
        now: This moment.
        entered: How it comes into the record; by default the record says so when it is written.

    Raises:
        BadInput: it is no entry; the message names the field.
    """
    fields = _fields(document)
    known = _moment(fields, "known", Typist(calendar, now, now)) or now
    near = _moment(fields, "read_at", Typist(calendar, known, known)) or known
    fields.pop("read_at", None)
    typist = Typist(calendar, near, known)
    fields = typist.read(fields | {"entered": entered}, DRAFT)
    refusal = Refusal(fields["body"]["kind"], calendar, now)
    try:
        draft = Draft.model_validate(fields) if fields.get("known") is not None else Draft.of_now(fields, now)
    except ValidationError as error:
        raise BadInput(refusal.sentence(error, typist.problems)) from error
    if typist.problems:
        raise BadInput(refusal.sentence(None, typist.problems))
    if draft.source.name and not draft.source.office:
        raise BadInput("The entry names a person without an office. Give 'office', or leave 'name' out.")
    return draft


def _fields(document: object) -> dict[str, Any]:
    """The fields of an entry, each in its own place.

    Raises:
        BadInput: it is no object, says no known kind, or not when it happened.
    """
    if not isinstance(document, dict):
        raise BadInput("An entry is a JSON object with 'body' and 'happened'.")
    fields = {name: value for name, value in document.items() if name not in _PASSED_OVER}
    body = fields.pop("body", None) or {}
    if not isinstance(body, dict):
        raise BadInput('The entry\'s \'body\' is not a JSON object. Write it as {"kind": "remark", "text": "a few words"}.')
    name = body.get("kind", fields.pop("kind", None))
    kind = folded(name, tuple(KINDS)) if isinstance(name, str) else name
    if kind not in KINDS:
        raise BadInput(unknown_kind(name))
    if fields.get("happened") is None:
        raise BadInput("The entry does not say when it happened. Give 'happened', such as \"2022-02-18 19:05\".")
    if "place" in fields and "places" in fields:
        raise BadInput(
            "The entry has both 'place' and 'places'. Give one of them, such as \"place\": \"Lambton Quay at Bowen Street\"."
        )
    if "place" in fields:
        fields.setdefault("places", fields.pop("place"))
    fields.setdefault("id", uuid.uuid4().hex)
    return fields | {"body": body | {"kind": kind}}


def _moment(fields: dict[str, Any], name: str, typist: Typist) -> datetime | None:
    """A moment that other words are read from, read first; what cannot be read is left for the message that names it."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value if isinstance(value, datetime) else None
    try:
        moment = typist.past(value)
    except BadInput as error:
        raise BadInput(f"The entry cannot be used: {vocabulary(name)}: {str(error).rstrip('.')}.") from error
    fields[name] = moment
    return moment


def line_of(text: str, calendar: Calendar, *, now: datetime, entered: Entered | None = None) -> Draft:
    """A draft from one line of JSON.

    Raises:
        BadInput: it is no JSON, or no entry.
    """
    return line_with_text_of(text, calendar, now=now, entered=entered)[0]


def line_with_text_of(
    text: str, calendar: Calendar, *, now: datetime, entered: Entered | None = None
) -> tuple[Draft, str | None]:
    """A draft from one line of JSON; and of a report its text, where the line has it beside the entry.

    Raises:
        BadInput: it is no JSON, or no entry, or the text is not the one that the entry names.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("It is not JSON. Write one entry on each line, as 'clearway record export' does.") from error
    body = document.get("body") if isinstance(document, dict) else None
    words = document.pop("text", None) if isinstance(body, dict) and "text_sha256" in body else None
    draft = draft_of(document, calendar, now=now, entered=entered)
    if words is not None and (not isinstance(words, str) or text_mark(words) != draft.text_mark):
        raise BadInput("Its 'text' is not the one whose SHA-256 the entry holds. Export the record again.")
    return draft, words
