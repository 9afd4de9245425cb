"""Number plates are deleted when their date has come, for as long as a server serves their record."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from clearway.errors import ClearwayError
from clearway.record.entry import now
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clearway.record.store import Store

EVERY_S = 3600.0
"""A date of deletion is a day; an hour beyond its minute is soon enough."""

_LOG = logging.getLogger(__name__)


async def forget_plates(store: Store, *, every_s: float = EVERY_S, clock: Callable[[], datetime] = now) -> None:
    """Delete the plates that are due, at once and then again and again; ends only when it is cancelled.

    Args:
        store: The whole record.
        every_s: How long it rests in between, seconds.
        clock: This moment.
    """
    while True:
        try:
            count = await asyncio.to_thread(_forget, store, clock())
        except ClearwayError as error:  # the database is away, or can only be read: the next turn may do it
            _LOG.warning("Number plates that are due could not be deleted: %s", error)
        else:
            if count:
                _LOG.info("Deleted: %s.", counted(count, "number plate"))
        await asyncio.sleep(every_s)


def _forget(store: Store, moment: datetime) -> int:
    return store.plates.forget(store.plates.due(moment), moment)
