"""The routes of the Plan desk: what a network opens with, and plans."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from clearway.server.desks.plan.desk import details_of, planner_of
from clearway.server.desks.plan.models import NetworkDetails, PlanAnswer, PlanQuestion
from clearway.server.desks.plan.planner import Planner
from clearway.server.frame import TheFrame, at_network, network_of
from clearway.server.networks import ServedNetwork
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

_GONE = 499  # nobody is left to read the answer
_SEE = Depends(May("see the map"))
_PLAN = Depends(May("plan"))

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get("/networks/{network}", operation_id="getNetwork", summary="One network and its scenario", dependencies=[_SEE])
def get_network(network: Annotated[ServedNetwork, Depends(network_of)]) -> NetworkDetails:
    """All that the page must know to open a network: bounds, notices, classes, and the question it starts from."""
    return details_of(network)


@router.post(
    "/networks/{network}/plan",
    operation_id="plan",
    summary="Plan cordon and access",
    dependencies=[_PLAN],
    response_model=PlanAnswer,
)
async def plan(
    planner: Annotated[Planner, Depends(at_network(planner_of))], frame: TheFrame, question: PlanQuestion, request: Request
) -> Response:
    """The cordon with its proof, access before and after, and both in sentences. A pure function of the question.

    One plan is computed at a time; a question is dropped if its caller disconnects before its turn.
    """
    async with frame.turn:
        if await request.is_disconnected():
            return Response(status_code=_GONE)
        body = await run_in_threadpool(lambda: planner.plan(question).model_dump_json())
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})
