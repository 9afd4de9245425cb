"""The routes about traffic: what a plan's closures do to the city. Long work is a job: started, looked at, cancelled."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request

from clearway.server.contract import ErrorBody
from clearway.server.desks.traffic.models import ImpactJob, ImpactQuestion, VariantsJob, VariantsQuestion
from clearway.server.jobs import Job, Jobs
from clearway.server.networks import Room, room_of
from clearway.server.refusals import ERRORS
from clearway.server.rights import may

router = APIRouter(prefix="/api", responses=ERRORS)

AT_ONCE_S = 0.8
"""So long an answer is waited for before the job is answered instead."""

_LOOK_S = 0.4
_PLAN = Depends(may("plan"))


def jobs_of(request: Request) -> Jobs:
    """The jobs of this server."""
    return cast("Jobs", request.app.state.jobs)


Works = Annotated[Jobs, Depends(jobs_of)]
Seen = Annotated[int, Query(ge=0, description="number of answers that the asker has; the same one is not sent again")]


@router.post(
    "/networks/{network}/impact", operation_id="askImpact", summary="What a plan does to traffic", dependencies=[_PLAN]
)
def ask_impact(room: Annotated[Room, Depends(room_of)], jobs: Works, question: ImpactQuestion) -> ImpactJob:
    """Starts to work it out: with the answer where that takes under a second, else a job to look at again.

    The demand is synthetic unless somebody has given a trip table; every answer says what it rests on and how sure it is. A
    first answer comes without draws of the demand, the last one with them. A job that nobody looks at for twenty seconds ends.
    """
    desk = room.traffic
    job = jobs.start(f"impact/{room.id}", lambda told: desk.impact(question, told))
    return ImpactJob.model_validate(_shown(job.look(AT_ONCE_S), seen=0))


@router.get("/networks/{network}/impact/{job}", operation_id="getImpact", summary="How far an impact is", dependencies=[_PLAN])
def get_impact(room: Annotated[Room, Depends(room_of)], jobs: Works, job: str, seen: Seen = 0) -> ImpactJob:
    """How far it is, with the last answer there is; waits a moment for the end."""
    return ImpactJob.model_validate(_shown(jobs.of(f"impact/{room.id}", job).look(_LOOK_S), seen))


@router.delete(
    "/networks/{network}/impact/{job}", operation_id="cancelImpact", summary="Cancel an impact", dependencies=[_PLAN]
)
def cancel_impact(room: Annotated[Room, Depends(room_of)], jobs: Works, job: str) -> ImpactJob:
    """Ends the work at its next step; what it has answered is kept."""
    found = jobs.of(f"impact/{room.id}", job)
    found.cancel()
    return ImpactJob.model_validate(_shown(found, seen=0))


@router.post(
    "/networks/{network}/variants",
    operation_id="askVariants",
    summary="Other cordons, ranked by their impact",
    dependencies=[_PLAN],
)
def ask_variants(room: Annotated[Room, Depends(room_of)], jobs: Works, question: VariantsQuestion) -> VariantsJob:
    """Starts to look for other cordons round the same site and to weigh each; a job to look at again, as for an impact."""
    desk = room.traffic
    job = jobs.start(f"variants/{room.id}", lambda told: desk.variants(question, told))
    return VariantsJob.model_validate(_shown(job.look(AT_ONCE_S), seen=0))


@router.get(
    "/networks/{network}/variants/{job}", operation_id="getVariants", summary="How far variants are", dependencies=[_PLAN]
)
def get_variants(room: Annotated[Room, Depends(room_of)], jobs: Works, job: str, seen: Seen = 0) -> VariantsJob:
    """How far it is, with the answer once there is one; waits a moment for the end."""
    return VariantsJob.model_validate(_shown(jobs.of(f"variants/{room.id}", job).look(_LOOK_S), seen))


@router.delete(
    "/networks/{network}/variants/{job}", operation_id="cancelVariants", summary="Cancel variants", dependencies=[_PLAN]
)
def cancel_variants(room: Annotated[Room, Depends(room_of)], jobs: Works, job: str) -> VariantsJob:
    """Ends the work at its next step."""
    found = jobs.of(f"variants/{room.id}", job)
    found.cancel()
    return VariantsJob.model_validate(_shown(found, seen=0))


def _shown(job: Job[Any], seen: int) -> dict[str, Any]:
    """A job as it is answered; its answer where the asker has not seen it."""
    error = job.failure
    return {
        "id": job.id,
        "state": job.state,
        "doing": job.doing,
        "share": round(job.share, 3),
        "seconds_left": job.seconds_left,
        "answers": job.answers,
        "answer": job.answer if job.answers > seen else None,
        "error": ErrorBody(kind=error.kind, message=str(error)) if error else None,
    }
