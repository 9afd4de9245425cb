"""Enter a vehicle that is moved or is to be, by its plate; and find it again for its owner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput, NotFound
from clearway.record.kinds.vehicles import VehicleMoved
from clearway.record.parse import draft_of
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place
from clearway.record.plates import plain_plate, seal
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.record.entry import Entry
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_NO_SUCH = "No vehicle with that plate was moved from there. Check both, or ask the office that moves vehicles."


def enter_moved(
    store: Store, stream: str, plate: str, document: dict[str, Any], key: bytes, *, calendar: Calendar, now: datetime
) -> Entry:
    """Append what becomes of a vehicle: its plate goes, encrypted, where plates lie, and its mark into the entry.

    Args:
        store: The whole record.
        stream: The operation's name.
        plate: As it was typed.
        document: The entry as JSON, without the vehicle.
        key: The room's key for plates.
        calendar: The operation's.
        now: This moment.

    Raises:
        BadInput: it is no plate, the entry cannot be read, the date of deletion has passed, the key is another one, or the
            vehicle is recorded so already.
        Unavailable: the database does not answer.
    """
    plain = plain_plate(plate)
    if _holds(document, plain):
        raise BadInput("The number plate stands in the words of the entry, which are never deleted. Leave it out of them.")
    mark = store.plates.mark_of(stream, plain, key)
    fresh = [] if mark else [seal(plain, key)]
    body = dict(document.get("body") or {}) | {"vehicle": mark or fresh[0].mark}
    draft = draft_of(document | {"kind": "vehicle_moved", "body": body}, calendar, now=now)
    before = last_of(store, stream, mark) if mark else None
    if before and _moved(before).state == body.get("state") and before.id not in draft.corrects:
        raise BadInput(
            f"The vehicle with that plate is in the record already, as {_moved(before).state.replace('_', ' ')}: entry "
            f"{before.id}. Correct that entry, or say what has become of the vehicle since."
        )
    (entry,) = store.append(stream, [draft], plates=fresh)
    return entry


def last_of(store: Store, stream: str, mark: str) -> Entry | None:
    """The last word on a vehicle that was not withdrawn; None where there is none."""
    entries = list(store.entries(stream, words=[mark]))
    withdrawn = {
        named for entry in store.entries(stream, after=entries[0].seq if entries else 0) for named in entry.draft.withdraws
    }
    kept = [entry for entry in entries if entry.id not in withdrawn and isinstance(entry.draft.body, VehicleMoved)]
    return max(kept, key=lambda entry: (entry.draft.happened.end, entry.seq), default=None)


def find_moved(store: Store, stream: str, plate: str, stood: str, key: bytes) -> VehicleMoved:
    """Where a vehicle is now, for who knows its whole plate and the street where it stood.

    A wrong plate and a wrong street are answered alike, and never with a list: nobody can try whose vehicle was moved.

    Args:
        store: The whole record.
        stream: The operation's name.
        plate: The whole plate, as it was typed.
        stood: Where it stood: a street, or a part of one.
        key: The room's key for plates.

    Raises:
        BadInput: it is no plate, or no place.
        NotFound: there is no such vehicle, or its plate was deleted.
    """
    plain, street = plain_plate(plate), _street(stood)
    mark = store.plates.mark_of(stream, plain, key)
    entry = last_of(store, stream, mark) if mark else None
    if entry is None or not (moved_from := _moved(entry).moved_from) or _street(moved_from) != street:
        raise NotFound(_NO_SUCH)
    return _moved(entry)


def _holds(value: object, plate: str) -> bool:
    """Whether a plate stands in some text of a document, however it is spaced."""
    if isinstance(value, dict):
        return any(_holds(part, plate) for part in value.values())
    if isinstance(value, list | tuple):
        return any(_holds(part, plate) for part in value)
    spaced = r"[\W_]*".join(map(re.escape, plate))
    return isinstance(value, str) and re.search(rf"(?<!\w){spaced}(?!\w)", value, re.IGNORECASE) is not None


def _street(text: str) -> str:
    """The street of a place in words, as streets are compared."""
    place = place_of_text(text)
    return written_out(getattr(place, "street", None) or words_of_place(place)).casefold()


def _moved(entry: Entry) -> VehicleMoved:
    body = entry.draft.body
    assert isinstance(body, VehicleMoved)  # noqa: S101 - only such entries are asked
    return body
