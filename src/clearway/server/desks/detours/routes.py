"""The routes about detours of general traffic. Long work is a job: started, looked at, cancelled."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from clearway.server.desks.detours.desk import DetourDesk
from clearway.server.desks.detours.models import DetoursJob, DetoursQuestion
from clearway.server.frame import TheFrame, at_network
from clearway.server.job_routes import Network, add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[DetourDesk, Depends(at_network(DetourDesk))]


@router.post(
    "/networks/{network}/detours",
    operation_id="askDetours",
    summary="How all other traffic drives under a plan, and where to warn it",
    dependencies=[Depends(May("plan"))],
)
async def ask_detours(network: Network, desk: Desk, frame: TheFrame, turn: TurnOf, question: DetoursQuestion) -> DetoursJob:
    """Starts to find the detour of each movement that a plan's closures cut; a job to poll, as for an impact.

    By movement: the detour turn by turn for every street by which traffic comes, with metres and minutes added, the ways past
    it on foot, without steps and by bicycle. Beside them: where to warn, heavy vehicles, places near by. What is null is not
    known.
    """
    name = f"detours/{network.id}"
    alone = name if question.hour is None else f"traffic/{network.id}"  # an assignment is one at a time
    job = frame.jobs.start(name, lambda progress: desk.found(question, progress), turn, alone=alone)
    return await begun(job, DetoursJob)


add_job_routes(
    router,
    "detours",
    DetoursJob,
    name="Detours",
    what="detours are",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
