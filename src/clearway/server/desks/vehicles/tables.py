"""Tallies of a CSV file into the record of an operation: looked at first, then written whole or not at all; and out again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from clearway.errors import BadFile, BadInput
from clearway.planning.vehicles.record_tally import record_tallies, tally_drafts, write_csv
from clearway.planning.vehicles.tally import Fault, lines_of
from clearway.record.entry import now
from clearway.record.moments import View
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.vehicles.means import MeansDesk
from clearway.server.desks.vehicles.room_models import TableFault, TableRead, TableWritten
from clearway.server.desks.vehicles.standing import of_file
from clearway.server.desks.vehicles.tows import source_of
from clearway.words import counted

if TYPE_CHECKING:
    from clearway.picture.view import Moments
    from clearway.planning.vehicles.tally import Line
    from clearway.server.desks.vehicles.room_models import TableGiven
    from clearway.server.operations import ServedOperation

_FILE = "The file"


class TablesDesk:
    """Tallies of one operation as CSV. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation

    def read(self, given: TableGiven) -> TableRead:
        """What a file says, and which of its lines cannot be right; nothing is written."""
        lines, faults = self._lines(given.text)
        served = self._operation.desk(MeansDesk).network
        total = sum(line.stretch.total for line in lines)
        if faults:
            wrong = counted(len(faults), "line")
            says = f"{wrong} cannot be right: nothing would be written. Correct the file, and load it again."
        else:
            says = f"{counted(total, 'vehicle')} on {counted(len(lines), 'stretch', 'stretches')} would be written."
        return TableRead(
            stretches=[of_file(served, *line) for line in lines],
            faults=[TableFault(line=one.line, says=one.says) for one in faults],
            says=says,
        )

    def write(self, given: TableGiven) -> TableWritten:
        """Write a file, an entry for each stretch, or none where a line cannot be right; sent again, it is written once.

        Raises:
            BadInput: a line cannot be right, nobody said who counted, or the time cannot be read.
        """
        lines, faults = self._lines(given.text)
        if faults:
            line, says = faults[0]
            raise BadInput(f"Nothing was written. {f'Line {line}: ' if line else ''}{says}")
        if given.source is None:
            raise BadInput("Nobody said who counted. Give 'source', the office, and behind a comma its organisation.")
        moment, calendar = now(), self._operation.calendar()
        at = calendar.moment(given.counted, View(moment, latest=moment)) if given.counted else moment
        name = self._operation.name
        drafts = tally_drafts(lines, stream=name, source=source_of(given.source), at=at, method=given.method)
        new = self._operation.store.appended(name, drafts).new
        known = len(drafts) - new
        there = f", {known} were there already" if known else ""
        return TableWritten(written=new, known=known, says=f"{counted(new, 'tally', 'tallies')} written{there}.")

    def csv(self, when: Moments) -> str:
        """The newest tally of each stretch of the record, as a file that can be read again."""
        picture = self._operation.desk(PictureDesk).picture(when, bands=False)
        gazetteer = self._operation.desk(MeansDesk).network.gazetteer
        text = io.StringIO()
        write_csv(record_tallies(picture.states, gazetteer, self._operation.calendar().zone).counted, text)
        return text.getvalue()

    def _lines(self, text: str) -> tuple[list[Line], list[Fault]]:
        try:
            return lines_of(text.removeprefix("\ufeff"), self._operation.desk(MeansDesk).network.gazetteer, _FILE)
        except BadFile as error:
            return [], [Fault(None, str(error))]
