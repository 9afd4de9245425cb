"""What the record says of an operation itself: its name and the calendar that its times are read by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.errors import NotFound
from clearway.record.kinds.operation import Operation
from clearway.record.moments import Calendar, calendar
from clearway.record.place import NamedPlace, Point

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.record.entry import Entry, Knowledge
    from clearway.record.store import Store


def operation_of(
    store: Store, stream: str, *, known_at: datetime | None = None, knowledge: Knowledge = "had"
) -> Operation | None:
    """What the last entry about the operation itself says, None where there is none; to change it, write another.

    Args:
        store: The record.
        stream: The operation's name.
        known_at: The last that was known by then. Before the first, the first counts too: an operation has a name and a
            calendar at every moment. (Not one that was entered live after others: pictures were taken without it.) By default
            the last of all.
        knowledge: What "known" means.

    Raises:
        Unavailable: the database does not answer.
    """
    entry = operation_entry(store, stream, known_at=known_at, knowledge=knowledge)
    return entry.draft.body if entry and isinstance(entry.draft.body, Operation) else None


def operation_entry(
    store: Store, stream: str, *, known_at: datetime | None = None, knowledge: Knowledge = "had"
) -> Entry | None:
    """The entry about the operation itself that :func:`operation_of` reads, with its source and its place.

    Raises:
        Unavailable: the database does not answer.
    """
    entries = list(store.entries(stream, kind="operation"))
    by_then = [entry for entry in entries if known_at is None or entry.counts_from(knowledge) <= known_at]
    first = [entry for entry in entries[:1] if entry.version == 1 or entry.draft.entered != "live"]
    return next(reversed(by_then or first), None)


def spot_of(store: Store, stream: str) -> tuple[float, float] | None:
    """Longitude and latitude of the operation, as the last entry about itself that gives a position says; None where none does.

    Raises:
        Unavailable: the database does not answer.
    """
    places = [place for entry in store.entries(stream, kind="operation") for place in entry.draft.places]
    return next((place.at for place in reversed(places) if isinstance(place, Point | NamedPlace) and place.at), None)


def calendar_of(operation: Operation | None, zone: str | None = None, first_day: str | None = None) -> Calendar:
    """The calendar of an operation; a zone or a first day that is given overrides what the record says.

    Raises:
        BadInput: the zone or the date is unknown.
    """
    given = calendar(zone or "UTC", first_day)
    if operation is None:
        return given
    return Calendar(
        given.zone if zone else ZoneInfo(operation.zone),
        given.first_day if first_day else operation.first_day,
    )


def chosen_operation(store: Store, name: str | None) -> str:
    """The operation that somebody means: the one named, or the only one of the record where none is.

    Raises:
        NotFound: the record holds none of that name, or none or several where none is named; the message lists them.
    """
    held = sorted(store.streams())
    if name is None and len(held) == 1:
        return held[0]
    if not held:
        raise NotFound("The record holds no entry yet. Enter one with 'clearway record add', or a file with 'record import'.")
    listed = ", ".join(held)
    if name is None:
        raise NotFound(f"The record holds {len(held)} operations: {listed}. Name one with --operation.")
    if name not in held:
        raise NotFound(f"The record holds no operation {name!r}. It holds: {listed}.")
    return name
