"""Where a tally comes from: a CSV file, or the tallies of a record at a moment."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.named_plan import has_record
from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option, option_class
from clearway.errors import BadInput
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.vehicles.record_tally import record_tallies
from clearway.planning.vehicles.tally import read_tally
from clearway.record.entry import now
from clearway.record.operations import chosen_operation

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.vehicles.record_tally import RecordTallies
    from clearway.planning.vehicles.tally import Stretch
    from clearway.record.moments import Calendar
    from clearway.record.store import Store


@option_class
class TallySource(CalendarOptions, OneOperation, RecordOptions):
    """What stands where."""

    tally: Path | None = option(
        "--tally",
        help="CSV of stretches with their vehicles; 'vehicles template' prints one.  [default: the tallies of the record]",
    )

    def beside(self, given: Path | None, what: str) -> tuple[str, ...]:
        """That a file counts and the record does not, in a sentence; none where no file is given, or there is no record.

        Args:
            given: The file.
            what: Of which the record may say something too.
        """
        if given is None or not has_record(self):
            return ()
        return (f"The {what} are those of {given.name}. What the record says of {what} is left aside.",)

    def read(self, gazetteer: Gazetteer, at: datetime | None = None) -> tuple[list[Stretch], tuple[str, ...]]:
        """The stretches, and what else is to be known of them.

        Args:
            gazetteer: Of the network.
            at: Of a record, the tallies that held at this moment; None: now.

        Raises:
            BadFile: the file, or the record, cannot be read.
            BadInput: the tally cannot be right, or there is none.
        """
        if self.tally is not None:
            return read_tally(self.tally, gazetteer), self.beside(self.tally, "tallies")
        if not has_record(self):
            raise BadInput("Nobody said what stands where. Give a tally with --tally FILE, or a record with --record.")
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            found = tallies_of(store, stream, self.calendar(store, stream), gazetteer, self.moments(at))
        if not found.counted:
            why = " ".join(found.left_out) or "Enter one with 'clearway vehicles count', or give --tally FILE."
            raise BadInput(f"The record has no tally of a stretch at that moment that can be used. {why}")
        return found.stretches, (*found.left_out, *found.notes)

    def moments(self, at: datetime | None) -> Moments:
        """Which picture of the record is meant: as it is known by now."""
        moment = at or now()
        return Moments(moment, max(moment, now()))


def tallies_of(store: Store, stream: str, calendar: Calendar, gazetteer: Gazetteer, when: Moments) -> RecordTallies:
    """The tallies of a record that held at a moment, as it was known at another."""
    picture = picture_of(store, PictureIndex(), stream, when, calendar=calendar, bands=False)
    return record_tallies(picture.states, gazetteer, calendar.zone)
