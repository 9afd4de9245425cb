"""Lines of a CSV file into the record, all of them or none: what commands that enter lists share."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Protocol

import click

from clearway.record.entry import now
from clearway.record.moments import View
from clearway.tables import text_of_table
from clearway.words import counted

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from clearway.cli.options.record import WrittenOperation
    from clearway.record.entry import Draft
    from clearway.record.moments import Calendar


class DraftsOf(Protocol):
    """Makes entries of the lines of a file; raises BadInput that names each faulty line."""

    def __call__(  # noqa: D102 - the class says it
        self, text: str, *, stream: str, at: datetime | None, calendar: Calendar, now: datetime, name: str
    ) -> list[Draft]: ...


def enter_lines(operation: WrittenOperation, file: Path, when: str | None, drafts_of: DraftsOf) -> None:
    """Write a file's lines and say how many were new.

    Args:
        operation: Where they are written.
        file: CSV.
        when: When it was so, as typed; None: nobody said.
        drafts_of: Makes entries of them.

    Raises:
        BadInput: a line or the time cannot be right; nothing is written.
    """
    moment = now()
    with closing(operation.writable()) as store:
        calendar = operation.calendar(store, operation.name)
        at = calendar.moment(when, View(moment, latest=moment)) if when else None
        drafts = drafts_of(text_of_table(file), stream=operation.name, at=at, calendar=calendar, now=moment, name=str(file))
        new = store.appended(operation.name, drafts).new
    known = len(drafts) - new
    click.echo(f"{counted(new, 'line')} written, {known} {'was' if known == 1 else 'were'} there already.")
