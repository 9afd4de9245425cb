"""What the Vehicles desk does for one operation, as the people who are answered may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.answer import ladder_of
from clearway.planning.vehicles.ladder.climbing import climb
from clearway.planning.vehicles.ladder.jobs import body_of
from clearway.record.entry import now
from clearway.record.parse import draft_of
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.vehicles.models import StepWritten
from clearway.server.desks.vehicles.standing import stretches_counted

if TYPE_CHECKING:
    from clearway.picture.view import Moments
    from clearway.planning.vehicles.ladder.contract import LadderAnswer
    from clearway.server.desks.vehicles.models import StepQuestion, StretchesCounted
    from clearway.server.operations import ServedOperation


class VehiclesDesk:
    """Vehicles of one operation. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self.name = operation.name
        self._operation = operation
        self._store = operation.store

    def ladder(self, when: Moments) -> LadderAnswer:
        """When not to move vehicles, what a tow lacks, and where each job stands."""
        with self._operation.index() as index:
            return ladder_of(self._store, index, self.name, when)

    def stretches(self, when: Moments) -> StretchesCounted:
        """The newest tally of each stretch, of the record, and where that has none of the server's file.

        Raises:
            BadFile, BadInput: the server's file cannot be used.
        """
        served = self._operation.streets("nobody can say where its stretches lie")
        picture = self._operation.desk(PictureDesk).picture(when, bands=False)
        return stretches_counted(served, picture.states, self._operation.calendar().zone)

    def take(self, question: StepQuestion) -> StepWritten:
        """Write a step; sent again under the same id, it is written once.

        Raises:
            BadInput: it is no step, or it needs a reason or a power and has none.
            Conflict: its id is used for something else.
            NotAllowed: entries of its release level may not be seen.
        """
        calendar, moment = self._operation.calendar(), now()
        entry = climb(self._store, self.name, draft_of(question.document(moment.isoformat()), calendar, now=moment))
        body = body_of(entry)
        return StepWritten(entry=entry.id, says=body.says(calendar.zone), advice=body.advice)
