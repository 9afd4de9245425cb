"""The routes of the Talks desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from clearway.planning.talks.contract import MinuteForm, Preparation, TalksAnswer
from clearway.record.entry import EntryId
from clearway.server.desks.picture.routes import When
from clearway.server.desks.talks.desk import TalksDesk
from clearway.server.frame import at_operation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

_SEE = Depends(May("see the record"))
_NAME = 2000

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[TalksDesk, Depends(at_operation(TalksDesk))]


@router.get("/operations/{operation}/talks", operation_id="getTalks", summary="Where talks stand", dependencies=[_SEE])
def get_talks(desk: Desk, when: When) -> TalksAnswer:
    """Parties, terms held against live figures, promises, requests, common ground, deadlocks; no name of a person."""
    return desk.talks(when)


@router.get(
    "/operations/{operation}/talks/preparation",
    operation_id="getPreparation",
    summary="What to know before a meeting",
    dependencies=[_SEE],
)
def get_preparation(
    desk: Desk, when: When, party: Annotated[str, Query(min_length=1, max_length=_NAME, description="as any entry names it")]
) -> Preparation:
    """The sheet to take to a meeting with one group or office, with what must not be promised there, and why."""
    return desk.preparation(party, when)


@router.get(
    "/operations/{operation}/talks/minutes",
    operation_id="getMinuteForm",
    summary="Minutes to be filled in",
    dependencies=[_SEE],
)
def get_minute_form(
    desk: Desk, when: When, contact: Annotated[EntryId, Query(description="the entry of the contact")]
) -> MinuteForm:
    """The headings of a meeting's minutes, with who was there and by when they are due, and the entry to send."""
    return desk.minute_form(contact, when)
