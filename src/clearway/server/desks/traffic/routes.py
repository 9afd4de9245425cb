"""The routes about traffic: what a plan's closures do to the city. Long work is a job: started, looked at, cancelled.

The jobs on one network are done one after the other: each holds a whole assignment in memory.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from clearway.server.desks.traffic.desk import TrafficDesk, traffic_of
from clearway.server.desks.traffic.models import ImpactJob, ImpactQuestion, VariantsJob, VariantsQuestion
from clearway.server.frame import TheFrame, at_network
from clearway.server.job_routes import Network, add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

router = APIRouter(prefix="/api", responses=ERRORS)

_PLAN = Depends(May("plan"))

Desk = Annotated[TrafficDesk, Depends(at_network(traffic_of))]


@router.post(
    "/networks/{network}/impact", operation_id="askImpact", summary="What a plan does to traffic", dependencies=[_PLAN]
)
async def ask_impact(network: Network, desk: Desk, frame: TheFrame, turn: TurnOf, question: ImpactQuestion) -> ImpactJob:
    """Starts the work: returns the answer if that takes under a second, else a job to poll.

    The demand is synthetic unless the server has a trip table; every answer states its basis and how sure it is. A first
    answer comes without draws of the demand, the last one with them. A job that nobody polls for twenty seconds ends.
    """
    name, alone = f"impact/{network.id}", f"traffic/{network.id}"
    job = frame.jobs.start(name, lambda progress: desk.impact(question, progress), turn, alone=alone)
    return await begun(job, ImpactJob)


add_job_routes(
    router,
    "impact",
    ImpactJob,
    name="Impact",
    what="an impact is",
    about="How far it is, with the last answer there is; waits a moment for the end.",
)


@router.post(
    "/networks/{network}/variants",
    operation_id="askVariants",
    summary="Other cordons, ranked by their impact",
    dependencies=[_PLAN],
)
async def ask_variants(network: Network, desk: Desk, frame: TheFrame, turn: TurnOf, question: VariantsQuestion) -> VariantsJob:
    """Starts to find other cordons round the same site and to evaluate each; a job to poll, as for an impact."""
    name, alone = f"variants/{network.id}", f"traffic/{network.id}"
    job = frame.jobs.start(name, lambda progress: desk.variants(question, progress), turn, alone=alone)
    return await begun(job, VariantsJob)


add_job_routes(
    router,
    "variants",
    VariantsJob,
    name="Variants",
    what="variants are",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
