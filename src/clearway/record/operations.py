"""What the record says of an operation itself: its name and the calendar that its times are read by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.errors import NotFound
from clearway.record.kinds.operation import Operation
from clearway.record.moments import Calendar, calendar

if TYPE_CHECKING:
    from clearway.record.store import Store


def operation_of(store: Store, stream: str) -> Operation | None:
    """What the last entry about the operation itself says, None where there is none; to change it, write another.

    Raises:
        Unavailable: the database does not answer.
    """
    bodies = [entry.draft.body for entry in store.entries(stream, kind="operation")]
    return next((body for body in reversed(bodies) if isinstance(body, Operation)), None)


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
    listed = ", ".join(held) or "none"
    if name is None:
        raise NotFound(f"The record holds {len(held)} operations: {listed}. Name one with --operation.")
    if name not in held:
        raise NotFound(f"The record holds no operation {name!r}. It holds: {listed}.")
    return name
