"""The routes of the Vehicles desk about one operation's record: means, tows that were ordered, tables, the owner's look-up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from clearway.planning.vehicles.towing.tow_record import TowRecord
from clearway.server.desks.picture.routes import When
from clearway.server.desks.vehicles.lookup import found_vehicle, lookups_of
from clearway.server.desks.vehicles.means import MeansDesk
from clearway.server.desks.vehicles.models import OfferAsked, OfferJob, TowAsked, TowJob
from clearway.server.desks.vehicles.moving import offer, tow_schedule
from clearway.server.desks.vehicles.room_models import (
    EntryWritten,
    OperatorWithdrew,
    PlaceWay,
    TableGiven,
    TableRead,
    TableWritten,
    TowOrdered,
    TowOrders,
    TowSaid,
    VehicleFound,
    VehicleMeans,
    VehicleSought,
)
from clearway.server.desks.vehicles.tables import TablesDesk
from clearway.server.desks.vehicles.tows import TowsDesk
from clearway.server.frame import TheFrame, TheOperations, at_operation, operation_of
from clearway.server.job_routes import begun
from clearway.server.operations import ServedOperation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

_RECORD = Depends(May("see the record"))
_PLAN = Depends(May("plan"))
_WRITE = Depends(May("write entries"))
_FIND = Depends(May("find a vehicle"))
_CSV, _PDF = "text/csv", "application/pdf"
_VEHICLES = "/operations/{operation}/vehicles"

Means = Annotated[MeansDesk, Depends(at_operation(MeansDesk))]
Tows = Annotated[TowsDesk, Depends(at_operation(TowsDesk))]
Tables = Annotated[TablesDesk, Depends(at_operation(TablesDesk))]
Operation = Annotated[ServedOperation, Depends(operation_of)]
Order = Annotated[int, Path(ge=1, le=99_999, description="the number of the tow order")]

TowId = Annotated[str, Path(min_length=1, max_length=100, description="the id of a tow in the order")]

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get(
    f"{_VEHICLES}/means", operation_id="getVehicleMeans", summary="What there is to move vehicles with", dependencies=[_RECORD]
)
def get_vehicle_means(desk: Means, when: When) -> VehicleMeans:
    """Places to park and to store, and what tow operators answered, with what of it is assumed.

    Of the record as known at a moment, and of the server's file where the record says nothing; where both speak, the record
    counts, and a note says so. Operators' names and words are left out.
    """
    return desk.means(when)


@router.get(
    f"{_VEHICLES}/ways", operation_id="getPlaceWays", summary="How vehicles of a stretch drive to the places",
    dependencies=[_RECORD],
)  # fmt: skip
def get_place_ways(
    desk: Means, when: When,
    stretch: Annotated[str, Query(min_length=1, max_length=200, description="'Hill Street between A and B'")],
) -> list[PlaceWay]:  # fmt: skip
    """The quickest drive to each place to park or to store, with its line; no barrier is counted, and nobody is boxed in."""
    return desk.ways(stretch, when)


@router.post(
    f"{_VEHICLES}/tow", operation_id="askTowInRoom", summary="How trucks fetch vehicles, by what the record says",
    dependencies=[_RECORD, _PLAN],
)  # fmt: skip
async def ask_tow_in_room(desk: Means, when: When, frame: TheFrame, turn: TurnOf, question: TowAsked) -> TowJob:
    """As askTow, with the operators and storage places of the record where the question gives none.

    A job to poll, at `/api/networks/{network}/tow/{job}`.
    """
    served = desk.network
    job = frame.jobs.start(
        f"tow/{served.id}", lambda progress: tow_schedule(served, question, progress, desk.towing(when).means), turn
    )
    return await begun(job, TowJob)


@router.post(
    f"{_VEHICLES}/offer", operation_id="askOfferInRoom", summary="Which vehicles could go where, by what the record says",
    dependencies=[_RECORD, _PLAN],
)  # fmt: skip
async def ask_offer_in_room(desk: Means, when: When, frame: TheFrame, turn: TurnOf, question: OfferAsked) -> OfferJob:
    """As askOffer, with the places of the record, how far they were taken up and its plans where the question gives none.

    A job to poll, at `/api/networks/{network}/offer/{job}`.
    """
    served = desk.network
    job = frame.jobs.start(
        f"offer/{served.id}",
        lambda progress: offer(served, question, progress, desk.parking(when)[0], desk.plans(when)),
        turn,
    )
    return await begun(job, OfferJob)


@router.get(f"{_VEHICLES}/tows", operation_id="getTows", summary="Tows that were ordered", dependencies=[_RECORD])
def get_tows(desk: Tows, when: When) -> TowOrders:
    """Every order with what became of each of its tows, and which operators withdrew since; the newest first.

    An order names operators: only who may see entries of the room has it.
    """
    return desk.boards(when)


@router.get(
    f"{_VEHICLES}/tows/{{order}}/{{tow}}/record", operation_id="getTowRecord", summary="What is asked of a tow",
    dependencies=[_RECORD],
)  # fmt: skip
def get_tow_record(desk: Tows, when: When, order: Order, tow: TowId) -> TowRecord:
    """Which firm, to which street, how far, what if it is broken into, who may order it, what evidence, what an owner pays.

    What nobody said is left open. It names the firm: only who may see entries of the room has it.
    """
    return desk.record(order, tow, when)


@router.get(
    f"{_VEHICLES}/tows/{{order}}/{{tow}}/record.pdf", operation_id="getTowRecordPaper", summary="The record of a tow on paper",
    dependencies=[_RECORD], response_class=Response, responses={200: {"description": "The paper", "content": {_PDF: {}}}},
)  # fmt: skip
def get_tow_record_paper(desk: Tows, when: When, order: Order, tow: TowId) -> Response:
    """As getTowRecord, as PDF."""
    headers = {"cache-control": "no-store", "content-disposition": f'inline; filename="tow-{order}.pdf"'}
    return Response(desk.record_paper(order, tow, when), media_type=_PDF, headers=headers)


@router.post(
    f"{_VEHICLES}/tows", operation_id="orderTows", summary="Order tows", dependencies=[_RECORD, _PLAN, _WRITE],
    status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def order_tows(desk: Tows, operations: TheOperations, question: TowOrdered) -> EntryWritten:
    """Write a schedule that an office has ordered to the record, so that everybody works it off on one board.

    It is checked again first. Sent again under the same `id`, it is one order.
    """
    written = await run_in_threadpool(desk.order, question)
    operations.feed.nudge()
    return written


@router.post(
    f"{_VEHICLES}/tows/{{order}}/progress", operation_id="sayOfTow", summary="Say what became of a tow",
    dependencies=[_RECORD, _WRITE], status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def say_of_tow(desk: Tows, operations: TheOperations, order: Order, said: TowSaid) -> EntryWritten:
    """An entry: under way, done, failed (it is tried again), gone (its driver drove it away), withdrawn, or taken back."""
    written = await run_in_threadpool(desk.say, order, said)
    operations.feed.nudge()
    return written


@router.post(
    f"{_VEHICLES}/tows/{{order}}/withdrawals", operation_id="withdrawOperator",
    summary="Say that an operator sends its trucks no more", dependencies=[_RECORD, _WRITE], status_code=201,
    responses={409: ERRORS[409]},
)  # fmt: skip
async def withdraw_operator(desk: Tows, operations: TheOperations, order: Order, said: OperatorWithdrew) -> EntryWritten:
    """An entry of the kind `tow_operator`. What its trucks were at goes back, and the forecast is made without them."""
    written = await run_in_threadpool(desk.withdraw, order, said)
    operations.feed.nudge()
    return written


@router.post(
    f"{_VEHICLES}/tows/{{order}}/forecast", operation_id="askTowForecast", summary="When the rest of an order is done",
    dependencies=[_RECORD, _PLAN],
)  # fmt: skip
async def ask_tow_forecast(
    means: Means, desk: Tows, when: When, frame: TheFrame, turn: TurnOf, order: Order,
    limit: Annotated[float, Query(ge=1, le=120, description="seconds of looking for a better schedule")] = 10.0,
) -> TowJob:  # fmt: skip
    """A schedule of what is left, from the moment shown on: what is done is done, what failed is tried again.

    A job to poll, at `/api/networks/{network}/tow/{job}`.
    """
    job = frame.jobs.start(f"tow/{means.network.id}", lambda progress: desk.forecast(order, when, progress, limit), turn)
    return await begun(job, TowJob)


@router.post(
    f"{_VEHICLES}/tallies/check", operation_id="checkTallies", summary="What a CSV file of tallies would write",
    dependencies=[_RECORD],
)  # fmt: skip
def check_tallies(desk: Tables, given: TableGiven) -> TableRead:
    """Each stretch as it would be written, and each line that cannot be right with its number. Nothing is written."""
    return desk.read(given)


@router.post(
    f"{_VEHICLES}/tallies", operation_id="writeTallies", summary="Write the tallies of a CSV file",
    dependencies=[_RECORD, _WRITE], status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def write_tallies(desk: Tables, operations: TheOperations, given: TableGiven) -> TableWritten:
    """An entry for each stretch, or none at all where a line cannot be right. Sent again, they are written once."""
    written = await run_in_threadpool(desk.write, given)
    operations.feed.nudge()
    return written


@router.get(
    f"{_VEHICLES}/tallies.csv", operation_id="getTalliesFile", summary="The newest tally of each stretch as CSV",
    dependencies=[_RECORD], response_class=Response,
    responses={200: {"description": "The file", "content": {_CSV: {}}}},
)  # fmt: skip
def get_tallies_file(desk: Tables, when: When) -> Response:
    """Of the record alone, with when each was counted and whether it is assumed. `writeTallies` takes it again."""
    headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="tallies.csv"'}
    return Response(desk.csv(when).encode(), media_type=f"{_CSV}; charset=utf-8", headers=headers)


@router.post(f"{_VEHICLES}/find", operation_id="findVehicle", summary="Where a vehicle is, for its owner", dependencies=[_FIND])
def find_vehicle(operation: Operation, frame: TheFrame, request: Request, sought: VehicleSought) -> VehicleFound:
    """For who gives the whole plate and the street where it stood: where it is, and how it comes back. Never a list.

    A wrong plate and a wrong street get the same answer. Each address may try five times in ten minutes.
    """
    frame.desk(lookups_of).take(request.client.host if request.client else "")
    return found_vehicle(operation, sought)
