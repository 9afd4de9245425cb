"""Read drafts from JSON that people and programs write; one clear sentence where it cannot be."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.record.entry import Draft, Happened
from clearway.record.kinds import KINDS
from clearway.record.moments import moment_of
from clearway.record.texts import text_mark

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.record.entry import Entered
    from clearway.record.moments import Calendar

_SHOWN = 3
_PASSED_OVER = frozenset({"seq", "stream", "version", "written", "hash"})


def draft_of(document: object, calendar: Calendar, *, now: datetime, entered: Entered | None = None) -> Draft:
    """A draft from parsed JSON.

    Convenient forms are taken: ``happened`` as text ("day 11 about 7pm"), ``known`` absent (now), ``id`` absent (a new one),
    ``kind`` beside ``body`` instead of in it, and one ``place`` instead of ``places``. What only the record sets (``seq``,
    ``stream``, ``version``, ``written``, ``hash``, ``entered``) is passed over, so that an export can be imported.

    Args:
        document: Parsed JSON.
        calendar: The operation's, to read times by.
        now: This moment.
        entered: How it comes into the record; by default the record says so when it is written.

    Raises:
        BadInput: it is no entry; the message names the field.
    """
    if not isinstance(document, dict):
        raise BadInput("An entry is a JSON object with 'body' and 'happened'.")
    fields = {name: value for name, value in document.items() if name not in _PASSED_OVER}
    body = dict(fields.pop("body", None) or {})
    if "kind" in fields:
        body.setdefault("kind", fields.pop("kind"))
    if body.get("kind") not in KINDS:
        raise BadInput(f"The entry's kind {body.get('kind')!r} is unknown. Known: {', '.join(sorted(KINDS))}.")
    if "place" in fields:
        fields.setdefault("places", [fields.pop("place")])
    fields.setdefault("id", uuid.uuid4().hex)
    fields["happened"] = _happened(fields.get("happened"), calendar)
    if isinstance(fields.get("known"), str):
        fields["known"] = moment_of(fields["known"])
    fields |= {"body": body, "entered": entered}
    try:
        draft = Draft.model_validate(fields) if "known" in fields else Draft.of_now(fields, now)
    except ValidationError as error:
        raise BadInput(_sentence(error)) from error
    if draft.source.name and not draft.source.office:
        raise BadInput("The entry names a person without an office. Give 'office', or leave 'name' out.")
    return draft


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


def _happened(value: object, calendar: Calendar) -> object:
    if value is None:
        raise BadInput("The entry does not say when it happened. Give 'happened', such as \"2022-02-18T19:05+13:00\".")
    return Happened.of(calendar.span(value)) if isinstance(value, str) else value


def _sentence(error: ValidationError) -> str:
    problems = [_problem(dict(one)) for one in error.errors(include_url=False)[:_SHOWN]]
    more = error.error_count() - len(problems)
    return f"The entry cannot be used: {'; '.join(problems)}{f'; and {more} more' if more > 0 else ''}."


def _problem(one: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in one["loc"] if part not in KINDS) or "it"
    what = str(one["msg"]).removeprefix("Value error, ")
    return f"{where}: {what[:1].lower()}{what[1:]}"
