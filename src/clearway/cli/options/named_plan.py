"""A plan that a command is given: a file, or one of the record by its name; and what is reported beside it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option_class
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, entries_in_force
from clearway.planning.plan.document import read_plan
from clearway.planning.plan.versions import version_by_name, versions_of
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

    def read(self, *given: str, network: Path | None = None) -> tuple[list[TrafficPlan], Calendar]:
        """Plans, each a file or one of the record by its name as it is now, and the calendar.

        The record is opened where a name is given, or where somebody says which record or operation is meant; else times are
        those of the network, where one is given.

        Raises:
            BadFile: a file, or the record, cannot be read, or is no plan.
            BadInput: a zone or a day is unknown.
            NotFound: there is no such file, and the record has no such plan or operation.
            Unavailable: the database does not answer.
        """
        if all(map(is_file, given)) and _is_usual(self) and self.stream is None:
            calendar = self.calendar_on(network)
            return [read_plan(Path(one), calendar, now()) for one in given], calendar
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            calendar = self.calendar(store, stream)
            return [
                read_plan(Path(one), calendar, now()) if is_file(one) else plan_of_record(one, store, stream, now())
                for one in given
            ], calendar

    def reported(self, given: str, network: Path) -> tuple[TrafficPlan | None, list[Entry], Calendar]:
        """A plan of the record by its name, None where there is no such; what is in force now; and the calendar.

        Without a record, nothing is in force, and times are those of the network.

        Raises:
            BadFile: the record cannot be read.
            BadInput: a zone or a day is unknown.
            NotFound: the record has no such operation.
            Unavailable: the database does not answer.
        """
        if not has_record(self):
            return None, [], self.calendar_on(network)
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            names = {one.plan.plan for one in versions_of(store, stream)}
            plan = plan_of_record(given, store, stream, now()) if given in names and not is_file(given) else None
            return plan, _in_force(store, stream, Moments(now(), now())), self.calendar(store, stream)


def has_record(question: RecordOptions) -> bool:
    """Whether a record is named, or the usual one is there."""
    return not _is_usual(question) or Path(question.address).exists()


def _is_usual(question: RecordOptions) -> bool:
    return bool(question.address == RecordOptions.__dataclass_fields__["address"].default)


def is_file(given: str) -> bool:
    """Whether a plan is given as a file, not by its name in the record."""
    return bool(Path(given).suffix) or Path(given).exists()


def plan_of_record(name: str, store: Store, stream: str, known_at: datetime) -> TrafficPlan:
    """A plan of the record, as known at a moment: the version in force, or the last one saved."""
    return version_by_name(store, stream, name, known_at).plan


def named_plan(given: str, look: Seen) -> TrafficPlan:
    """A plan by its file, or by its name in the record: as known at the moment the version in force, or the last one saved.

    Raises:
        BadFile: the file cannot be read, or is no plan.
        NotFound: there is no such file, and the record has no such plan.
    """
    if is_file(given):
        return read_plan(Path(given), look.calendar, look.when.at)
    return plan_of_record(given, look.store, look.stream, look.when.known_at)


def reports_of(look: Seen) -> list[Entry]:
    """The entries in force at a moment, each once."""
    return _in_force(look.store, look.stream, look.when)


def _in_force(store: Store, stream: str, when: Moments) -> list[Entry]:
    index = PictureIndex()
    index.add(store.entries(stream))
    found = {entry.id: entry for entries in entries_in_force(store, index, when).values() for entry in entries}
    return list(found.values())
