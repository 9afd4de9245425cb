"""The folder that is watched for reports, for as long as the server runs."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync

from clearway.errors import ClearwayError
from clearway.record.entry import RELEASES
from clearway.server.desks.read.desk import ReportDesk

if TYPE_CHECKING:
    from clearway.server.frame import Frame
    from clearway.server.operations import Operations

_LOOK_S = 3.0


def warm_readers(frame: Frame) -> None:
    """Start a process that reads reports, so that the first one does not wait for it."""
    if frame.operations is not None:
        frame.operations.record.readers.warm()


async def watch_inbox(frame: Frame) -> None:
    """Take in what is laid into the watched folder."""
    if frame.operations is None or frame.operations.record.inbox is None:
        return
    while True:
        try:
            if await run_sync(_take_new, frame.operations, limiter=frame.arriving):
                frame.operations.feed.nudge()
        except ClearwayError:
            pass  # the database does not answer: the next look tries again
        except Exception:  # the edge of the task: nobody else would learn of it, and the folder would be watched no more
            logging.getLogger(__name__).exception("Looking into the watched folder failed")
        await asyncio.sleep(_LOOK_S)


def _take_new(operations: Operations) -> int:
    """Take what is new; how many reports came in."""
    return sum(operation.desk(ReportDesk).look_into_inbox() for operation in operations.all(RELEASES) if operation.inbox)
