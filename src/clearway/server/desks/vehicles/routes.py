"""The routes of the Vehicles desk."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool

from clearway.planning.vehicles.ladder.contract import LadderAnswer
from clearway.server.desks.picture.routes import When
from clearway.server.desks.vehicles.desk import VehiclesDesk
from clearway.server.desks.vehicles.models import (
    OfferAsked,
    OfferJob,
    StaircaseJob,
    StaircaseQuestion,
    StepQuestion,
    StepWritten,
    StretchesCounted,
    TowAsked,
    TowJob,
    TowMeansKnown,
    TowPaper,
    TowPapersAsked,
)
from clearway.server.desks.vehicles.moving import offer, staircase, tow_means, tow_paper, tow_schedule
from clearway.server.frame import TheFrame, TheOperations, at_operation
from clearway.server.job_routes import Network, add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

_RECORD = Depends(May("see the record"))
_PLAN = Depends(May("plan"))
_WRITE = Depends(May("write entries"))
_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
_PAPERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}
}
_VEHICLES = "/operations/{operation}/vehicles"

Desk = Annotated[VehiclesDesk, Depends(at_operation(VehiclesDesk))]

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get(
    f"{_VEHICLES}/ladder", operation_id="getLadder", summary="When not to move vehicles, and each job", dependencies=[_RECORD]
)
def get_ladder(desk: Desk, when: When) -> LadderAnswer:
    """Go, hold or stop with each reason and the entries that it rests on, what a tow still lacks, and the steps of each job.

    As known at a moment: nothing that was learnt later is in it. It decides nothing.
    """
    return desk.ladder(when)


@router.get(
    f"{_VEHICLES}/stretches", operation_id="getStretches", summary="Vehicles on stretches of street", dependencies=[_RECORD]
)
def get_stretches(desk: Desk, when: When) -> StretchesCounted:
    """The newest tally of each stretch with its age and its lines: of the record, else of the server's file, marked assumed."""
    return desk.stretches(when)


@router.post(
    f"{_VEHICLES}/steps", operation_id="takeStep", summary="Take a step of the ladder, or write its answer",
    dependencies=[_RECORD, _WRITE], status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def take_step(desk: Desk, operations: TheOperations, question: StepQuestion) -> StepWritten:
    """One step at a time. Out of turn, or against the desk's advice, `because` must give the reason.

    From a ticket on, `power` must name the law. Sent again under the same `id`, it is written once.
    """
    written = await run_in_threadpool(desk.take, question)
    operations.feed.nudge()
    return written


@router.post(
    "/networks/{network}/staircase", operation_id="askStaircase", summary="Which vehicles to move first", dependencies=[_PLAN]
)
async def ask_staircase(network: Network, frame: TheFrame, turn: TurnOf, question: StaircaseQuestion) -> StaircaseJob:
    """Of the vehicles on some stretches the fewest that must go, wish by wish, with proof: a job to poll.

    In this order: help within its standard, two approaches, bus routes, streets.
    """
    job = frame.jobs.start(f"staircase/{network.id}", lambda progress: staircase(network, question, progress), turn)
    return await begun(job, StaircaseJob)


@router.post(
    "/networks/{network}/offer", operation_id="askOffer", summary="Which vehicles could go where", dependencies=[_PLAN]
)
async def ask_offer(network: Network, frame: TheFrame, turn: TurnOf, question: OfferAsked) -> OfferJob:
    """Vehicles sent to places to park with the least driving, queues at gates, uptake with a band, offers that end.

    A job to poll.
    """
    job = frame.jobs.start(f"offer/{network.id}", lambda progress: offer(network, question, progress), turn)
    return await begun(job, OfferJob)


@router.get("/networks/{network}/towing", operation_id="getTowing", summary="What there is to tow with", dependencies=[_PLAN])
def get_towing(network: Network) -> TowMeansKnown:
    """Storage places, trucks and escorts as the server was given them, and the powers to tow; operators' names are left out."""
    return tow_means(network)


@router.post("/networks/{network}/tow", operation_id="askTow", summary="How trucks fetch vehicles", dependencies=[_PLAN])
async def ask_tow(network: Network, frame: TheFrame, turn: TurnOf, question: TowAsked) -> TowJob:
    """A schedule of trucks and escorts in the least time, wish by wish, with its bound and its weak points: a job to poll.

    A question, unless `row` and `by` say who orders it, by which power. It names no operator. With `board` it goes on from what
    is done, has failed or is under way of a schedule.
    """
    job = frame.jobs.start(f"tow/{network.id}", lambda progress: tow_schedule(network, question, progress), turn)
    return await begun(job, TowJob)


@router.post(
    "/networks/{network}/tow/papers/{paper}", operation_id="makeTowPaper", summary="A paper of a schedule of tow trucks",
    dependencies=[_PLAN], response_class=Response, responses=_PAPERS,
)  # fmt: skip
def make_tow_paper(network: Network, paper: TowPaper, question: TowPapersAsked) -> Response:
    """The tow sheet and the notices to drivers as PDF, which need an order, and the tows as CSV. None names an operator.

    The schedule is checked again first, and one that does not hold is refused.
    """
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{paper}"'}
    return Response(tow_paper(network, paper, question), media_type=_TYPES[paper.partition(".")[2]], headers=headers)


add_job_routes(
    router,
    "staircase",
    StaircaseJob,
    name="Staircase",
    what="a staircase is",
    about="How far it is; waits a moment for the end.",
)
add_job_routes(
    router,
    "offer",
    OfferJob,
    name="Offer",
    what="an offer is",
    about="How far it is; waits a moment for the end.",
)
add_job_routes(
    router,
    "tow",
    TowJob,
    name="Tow",
    what="a schedule of tow trucks is",
    about="How far it is; waits a moment for the end.",
)
