"""The routes about traffic: what a plan's closures do to the city. Long work is a job: started, looked at, cancelled."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from clearway.server.contract import ErrorBody
from clearway.server.desks.traffic.desk import TrafficDesk, traffic_of
from clearway.server.desks.traffic.models import ImpactJob, ImpactQuestion, VariantsJob, VariantsQuestion
from clearway.server.frame import TheFrame, at_network, network_of
from clearway.server.jobs import Job
from clearway.server.networks import ServedNetwork
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

router = APIRouter(prefix="/api", responses=ERRORS)

AT_ONCE_S = 0.8
"""So long an answer is waited for before the job is answered instead."""

_LOOK_S = 0.4
_PLAN = Depends(May("plan"))

Network = Annotated[ServedNetwork, Depends(network_of)]
Desk = Annotated[TrafficDesk, Depends(at_network(traffic_of))]
Seen = Annotated[int, Query(ge=0, description="number of the answer that the caller has; it is not sent again")]


@router.post(
    "/networks/{network}/impact", operation_id="askImpact", summary="What a plan does to traffic", dependencies=[_PLAN]
)
def ask_impact(network: Network, desk: Desk, frame: TheFrame, question: ImpactQuestion) -> ImpactJob:
    """Starts the work: returns the answer if that takes under a second, else a job to poll.

    The demand is synthetic unless the server has a trip table; every answer states its basis and how sure it is. A first
    answer comes without draws of the demand, the last one with them. A job that nobody polls for twenty seconds ends.
    """
    job = frame.jobs.start(f"impact/{network.id}", lambda progress: desk.impact(question, progress))
    return ImpactJob.model_validate(_shown(job.look(AT_ONCE_S), seen=0))


@router.get("/networks/{network}/impact/{job}", operation_id="getImpact", summary="How far an impact is", dependencies=[_PLAN])
def get_impact(network: Network, frame: TheFrame, job: str, seen: Seen = 0) -> ImpactJob:
    """How far it is, with the last answer there is; waits a moment for the end."""
    return ImpactJob.model_validate(_shown(frame.jobs.of(f"impact/{network.id}", job).look(_LOOK_S), seen))


@router.delete(
    "/networks/{network}/impact/{job}", operation_id="cancelImpact", summary="Cancel an impact", dependencies=[_PLAN]
)
def cancel_impact(network: Network, frame: TheFrame, job: str) -> ImpactJob:
    """Ends the work at its next step; its answers so far remain."""
    found = frame.jobs.of(f"impact/{network.id}", job)
    found.cancel()
    return ImpactJob.model_validate(_shown(found, seen=0))


@router.post(
    "/networks/{network}/variants",
    operation_id="askVariants",
    summary="Other cordons, ranked by their impact",
    dependencies=[_PLAN],
)
def ask_variants(network: Network, desk: Desk, frame: TheFrame, question: VariantsQuestion) -> VariantsJob:
    """Starts to find other cordons round the same site and to evaluate each; a job to poll, as for an impact."""
    job = frame.jobs.start(f"variants/{network.id}", lambda progress: desk.variants(question, progress))
    return VariantsJob.model_validate(_shown(job.look(AT_ONCE_S), seen=0))


@router.get(
    "/networks/{network}/variants/{job}", operation_id="getVariants", summary="How far variants are", dependencies=[_PLAN]
)
def get_variants(network: Network, frame: TheFrame, job: str, seen: Seen = 0) -> VariantsJob:
    """How far it is, with the answer once there is one; waits a moment for the end."""
    return VariantsJob.model_validate(_shown(frame.jobs.of(f"variants/{network.id}", job).look(_LOOK_S), seen))


@router.delete(
    "/networks/{network}/variants/{job}", operation_id="cancelVariants", summary="Cancel variants", dependencies=[_PLAN]
)
def cancel_variants(network: Network, frame: TheFrame, job: str) -> VariantsJob:
    """Ends the work at its next step."""
    found = frame.jobs.of(f"variants/{network.id}", job)
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
