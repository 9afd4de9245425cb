"""A server deletes number plates when their date has come, also after a turn in which the database was away."""

from __future__ import annotations

import asyncio
from contextlib import closing, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.errors import Unavailable
from clearway.record.open import open_record
from clearway.server.forgetting import forget_plates
from plate_contract import DUE, moved, ticking

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pytest


def test_plates_that_are_due_are_deleted_again_and_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    moments = [DUE - timedelta(seconds=1), None, DUE]
    left: list[int] = []

    def clock() -> datetime:
        left.append(len(store.plates.held("square")))
        if not moments:
            raise asyncio.CancelledError
        if (moment := moments.pop(0)) is None:
            raise Unavailable("The database does not answer.")
        return moment

    with closing(open_record(str(tmp_path / "room.record"), clock=ticking)) as store, suppress(asyncio.CancelledError):
        moved(store)
        asyncio.run(forget_plates(store, every_s=0.0, clock=clock))
    assert left == [1, 1, 1, 0]
    assert "could not be deleted: The database does not answer." in caplog.text
