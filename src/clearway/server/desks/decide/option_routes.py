"""The routes of the Decide desk about options: what files hold, options side by side, and thresholds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from clearway.planning.options.trigger_contract import Triggers
from clearway.server.desks.decide.models import CompareAsked, CompareJob, OptionFiles, OptionsSeen, TriggersAsked
from clearway.server.desks.decide.options import OptionsDesk
from clearway.server.desks.picture.routes import When
from clearway.server.frame import TheFrame, at_operation
from clearway.server.job_routes import add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

_SEE = Depends(May("see the record"))
_PLAN = Depends(May("plan"))
_OPTIONS = "/operations/{operation}/options"

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[OptionsDesk, Depends(at_operation(OptionsDesk))]


@router.post(f"{_OPTIONS}/check", operation_id="checkOptions", summary="What files of options hold", dependencies=[_SEE, _PLAN])
def check_options(desk: Desk, when: When, given: OptionFiles) -> OptionsSeen:
    """Each option in words, what it names and where that comes from, and what is wrong with each file that cannot be used.

    Nothing is computed and nothing is written.
    """
    return desk.seen(given, when)


@router.post(f"{_OPTIONS}/compare", operation_id="askOptions", summary="Set options side by side", dependencies=[_SEE, _PLAN])
async def ask_options(desk: Desk, when: When, frame: TheFrame, turn: TurnOf, question: CompareAsked) -> CompareJob:
    """The same figures for all, by the desks' own functions, the least restrictive first; no score.

    A job to poll, at `/api/networks/{network}/options/{job}`. Where a file that an option names was not sent, what the room has
    counts instead, and a note says so.
    """
    served = desk.network
    alone = f"traffic/{served.id}" if question.traffic else f"options/{served.id}"
    job = frame.jobs.start(f"options/{served.id}", lambda progress: desk.compared(question, when, progress), turn, alone=alone)
    return await begun(job, CompareJob)


@router.post(
    "/operations/{operation}/decisions/triggers", operation_id="askTriggers", summary="Thresholds of decisions and options",
    dependencies=[_SEE],
)  # fmt: skip
def ask_triggers(desk: Desk, when: When, asked: TriggersAsked) -> Triggers:
    """Each with the moment at which it was first known to be crossed, and how its figure stands now; and missing minutes.

    Thresholds of what decisions expect are of the record; those of options are of the files that are sent.
    """
    return desk.triggers(asked.files, when)


add_job_routes(
    router,
    "options",
    CompareJob,
    name="OptionsCompared",
    what="a comparison of options is",
    about="How far it is, with the options side by side once they are; waits a moment for the end.",
)
