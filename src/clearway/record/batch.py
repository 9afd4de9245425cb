"""Many entries at once: all of them are written, or none; what is wrong with one is said with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput, Conflict, UnknownName
from clearway.record.doubts import refuse_disorder
from clearway.record.entry import refuse_future
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.record.entry import Draft
    from clearway.record.moments import Calendar
    from clearway.record.rows import Appended
    from clearway.record.store import Store

_SHOWN = 3


def write_batch(store: Store, stream: str, documents: Sequence[Any], calendar: Calendar, *, now: datetime) -> Appended:
    """Append entries from parsed JSON in their order; those that the record holds already stay as they are.

    Args:
        store: The record.
        stream: The operation's name.
        documents: One for each entry, as :func:`clearway.record.parse.draft_of` reads them. They may be tied to each other.
        calendar: The operation's, to read times by.
        now: This moment.

    Raises:
        BadInput: one of them is no entry, two have the same id, or there are none.
        Conflict: an id is used for something else.
        UnknownName: one is tied to an entry that the operation does not hold.
        Unavailable: the database does not answer.
    """
    drafts = _drafts(documents, calendar, now)
    try:
        return store.appended(stream, drafts)
    except (Conflict, UnknownName) as error:
        error.args = (f"{_numbers(str(error), drafts)}{error} Nothing was written.",)
        raise


def _drafts(documents: Sequence[Any], calendar: Calendar, now: datetime) -> list[Draft]:
    if not documents:
        raise BadInput("The list holds no entry. Give one at least.")
    drafts: list[Draft] = []
    wrong: list[str] = []
    numbers: dict[str, int] = {}
    for number, document in enumerate(documents, start=1):
        try:
            draft = draft_of(document, calendar, now=now)
            refuse_future(draft, now)
            refuse_disorder(draft.body)
        except BadInput as error:
            wrong.append(f"Entry {number}: {error}")
            continue
        first = numbers.setdefault(draft.id, number)
        if first != number:
            wrong.append(f"Entry {number}: it has the id {draft.id!r}, as entry {first} has. Give each its own.")
        drafts.append(draft)
    if wrong:
        more = len(wrong) - _SHOWN
        rest = f" {more} more cannot be used either." if more > 0 else ""
        raise BadInput(f"{' '.join(wrong[:_SHOWN])}{rest} Nothing was written.")
    return drafts


def _numbers(message: str, drafts: Sequence[Draft]) -> str:
    """Which entries of a batch a message of the record speaks of, by the ids in it."""
    named = {word.strip("'\".,:;") for word in message.split()}
    found = [str(number) for number, draft in enumerate(drafts, start=1) if named & {draft.id, *draft.tied}]
    return f"Entry {', '.join(found[:_SHOWN])}: " if found else ""
