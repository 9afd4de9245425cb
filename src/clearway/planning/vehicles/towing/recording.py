"""Orders of tows and words on their tows, read from a record and written to it; sent again under one id, written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, Conflict, NotFound
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.vehicles.ladder.answer import entries_of
from clearway.planning.vehicles.towing.order_board import board_called, boards_of
from clearway.planning.vehicles.towing.ordered import progress_body
from clearway.record.entry import Draft, Happened, now
from clearway.record.kinds.tows import TowOrder, TowProgress
from clearway.record.kinds.vehicles import VehicleMoved

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from clearway.planning.vehicles.towing.order_board import OrderBoard
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind
    from clearway.record.kinds.tows import TowState
    from clearway.record.source import Source
    from clearway.record.store import Store

_ATTEMPTS = 5
"""How often an entry is made again while others write to the same operation."""
_OF_ORDERS, _ON_TOWS = (
    frozenset(str(kind.model_fields["kind"].default) for kind in kinds)
    for kinds in ((TowOrder, TowProgress), (VehicleMoved, TowProgress))
)


def order_boards(store: Store, index: PictureIndex, when: Moments) -> list[OrderBoard]:
    """The orders of an operation with what became of their tows, as known at a moment; the newest first.

    Args:
        store: The record.
        index: Of the operation, up to date.
        when: Which moment, as known when.
    """
    entries = entries_of(store, index, when, lambda kind: kind in _OF_ORDERS)
    return boards_of(entries, entries_of(store, index, when, lambda kind: kind == "tow_operator"))


def words_on_tows(store: Store, index: PictureIndex, when: Moments) -> list[Entry]:
    """What was said of tows and of vehicles that were moved, as known at a moment."""
    return entries_of(store, index, when, lambda kind: kind in _ON_TOWS)


def order_tows(
    store: Store, stream: str, make: Callable[[int], TowOrder], source: Source, moment: datetime, entry_id: str
) -> Entry:
    """Write an order, and with it that none of its tows is done yet.

    Args:
        store: The record.
        stream: The operation's name.
        make: Gives the order by its number.
        source: Who writes it.
        moment: Now.
        entry_id: Of the order's entry; sent again, it is the same order.

    Raises:
        BadInput: the schedule cannot be ordered.
        Conflict: others write all the time, or the id is used for something else.
        Unavailable: the database does not answer.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        if held := _held(store, entry_id, "tow_order"):
            return held
        version = store.version(stream)
        number = max((_number(one) for one in store.entries(stream, kind="tow_order")), default=0) + 1
        order = make(number)
        begun = TowProgress(order=number, starts=order.starts, tows=len(order.tows))
        drafts = [_draft(entry_id, order, source, moment), _draft(f"{entry_id}-0", begun, source, moment)]
        try:
            return store.append(stream, drafts, expected_version=version)[0]
        except Conflict:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError  # the last attempt returned or raised


def say_of_tow(  # noqa: PLR0913 - a word on a tow; all but the first two by keyword
    store: Store, stream: str, *, order: int, tow: str, state: TowState, source: Source, moment: datetime, entry_id: str,
    note: str | None = None,
) -> Entry:  # fmt: skip
    """Write what became of a tow, with how far the order is with it.

    Args:
        store: The record.
        stream: The operation's name.
        order: Its number.
        tow: The id of the tow in it.
        state: What became of it.
        source: Who says so.
        moment: Now.
        entry_id: Of the entry; sent again, it is written once.
        note: What else there is to say.

    Raises:
        BadInput: that was said of it already.
        Conflict: others write all the time, or the id is used for something else.
        NotFound: there is no such order.
        UnknownName: the order has no such tow.
        Unavailable: the database does not answer.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        if held := _held(store, entry_id, "tow_progress"):
            return held
        version, index = store.version(stream), PictureIndex()
        index.add(store.entries(stream))
        seen = max(moment, now())  # what others wrote in between is known too
        board = board_called(order_boards(store, index, Moments(seen, seen)), order)
        draft = _draft(entry_id, progress_body(board, tow, state, moment, note), source, moment)
        try:
            return store.append(stream, [draft], expected_version=version)[0]
        except Conflict:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError  # the last attempt returned or raised


def _number(entry: Entry) -> int:
    body = entry.draft.body
    assert isinstance(body, TowOrder)  # noqa: S101 - only orders are asked
    return body.order


def _draft(entry_id: str, body: Kind, source: Source, moment: datetime) -> Draft:
    fields: dict[str, Any] = {
        "id": entry_id, "body": body, "happened": Happened(start=moment, end=moment), "source": source,
    }  # fmt: skip
    return Draft.of_now(fields, moment)


def _held(store: Store, entry_id: str, kind: str) -> Entry | None:
    """The entry that an id names already.

    Raises:
        Conflict: it is of another kind.
    """
    try:
        found = store.entry(entry_id)
    except NotFound:
        return None
    if found.draft.kind != kind:
        raise Conflict(f"The id {entry_id!r} is used for something else. Send it under another.")
    return found


def named_operator(board: OrderBoard, name: str) -> str:
    """An operator of an order, by its name or by the name of one of its trucks.

    Raises:
        BadInput: the order has no truck of it.
    """
    for truck in board.order.trucks:
        if name in (truck.operator, truck.id):
            return truck.operator
    raise BadInput(f"Tow order {board.order.order} has no truck of {name!r}. Name an operator of it, or one of its trucks.")
