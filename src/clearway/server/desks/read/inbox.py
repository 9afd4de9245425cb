"""The folder that is watched for reports, for as long as the server runs."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from fastapi.concurrency import run_in_threadpool

from clearway.errors import ClearwayError
from clearway.record.entry import RELEASES
from clearway.server.desks.read.desk import ReportDesk

if TYPE_CHECKING:
    from clearway.server.frame import Frame
    from clearway.server.operations import Operations

_LOOK_S = 3.0


async def watch_inbox(frame: Frame) -> None:
    """Take in what is laid into the watched folder."""
    if frame.operations is None or frame.operations.record.inbox is None:
        return
    while True:
        with contextlib.suppress(ClearwayError, OSError):  # the next look tries again
            if await run_in_threadpool(_take_new, frame.operations):
                frame.operations.feed.nudge()
        await asyncio.sleep(_LOOK_S)


def _take_new(operations: Operations) -> int:
    """Take what is new; how many reports came in."""
    return sum(operation.desk(ReportDesk).look_into_inbox() for operation in operations.all(RELEASES) if operation.inbox)
