"""A plan that a command is given: a file, or one of the record by its name; and what is reported beside it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option_class
from clearway.picture.index import PictureIndex
from clearway.picture.view import entries_in_force
from clearway.planning.plan.document import read_plan
from clearway.planning.plan.versions import versions_of
from clearway.record.entry import now
from clearway.record.operations import chosen_operation

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.cli.options.moments import Seen
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.moments import Calendar
    from clearway.record.store import Store


@option_class
class PlanRecord(CalendarOptions, OneOperation, RecordOptions):
    """Whose calendar reads a plan's times, and the record that it may be of."""

    def read(self, *given: str) -> tuple[list[TrafficPlan], Calendar]:
        """Plans, each a file or one of the record by its name as it is now, and the calendar.

        The record is opened where a name is given, or where somebody says which record or operation is meant.

        Raises:
            BadFile: a file, or the record, cannot be read, or is no plan.
            BadInput: a zone or a day is unknown.
            NotFound: there is no such file, and the record has no such plan or operation.
            Unavailable: the database does not answer.
        """
        if all(map(_is_file, given)) and _is_usual(self) and self.stream is None:
            calendar = self.calendar(None, None)
            return [read_plan(Path(one), calendar, now()) for one in given], calendar
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            calendar = self.calendar(store, stream)
            return [
                read_plan(Path(one), calendar, now()) if _is_file(one) else _of_record(one, store, stream, now())
                for one in given
            ], calendar


def has_record(question: RecordOptions) -> bool:
    """Whether a record is named, or the usual one is there."""
    return not _is_usual(question) or Path(question.address).exists()


def _is_usual(question: RecordOptions) -> bool:
    return bool(question.address == RecordOptions.__dataclass_fields__["address"].default)


def _is_file(given: str) -> bool:
    return bool(Path(given).suffix) or Path(given).exists()


def _of_record(name: str, store: Store, stream: str, known_at: datetime) -> TrafficPlan:
    """A plan of the record, as known at a moment: the version in force, or the last one saved."""
    versions = versions_of(store, stream, name, known_at=known_at)
    return next((one for one in reversed(versions) if one.adopted), versions[-1]).plan


def named_plan(given: str, look: Seen) -> TrafficPlan:
    """A plan by its file, or by its name in the record: as known at the moment the version in force, or the last one saved.

    Raises:
        BadFile: the file cannot be read, or is no plan.
        NotFound: there is no such file, and the record has no such plan.
    """
    if _is_file(given):
        return read_plan(Path(given), look.calendar, look.when.at)
    return _of_record(given, look.store, look.stream, look.when.known_at)


def reports_of(look: Seen) -> list[Entry]:
    """The entries in force at a moment, each once."""
    index = PictureIndex()
    index.add(look.store.entries(look.stream))
    found = {entry.id: entry for entries in entries_in_force(look.store, index, look.when).values() for entry in entries}
    return list(found.values())
