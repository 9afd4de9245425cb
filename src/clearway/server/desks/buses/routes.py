"""The routes about buses: how they drive under a plan. Long work is a job: started, looked at, cancelled."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from clearway.server.desks.buses.desk import BusDesk
from clearway.server.desks.buses.models import BusJob, BusQuestion
from clearway.server.frame import TheFrame, at_network
from clearway.server.job_routes import Network, add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[BusDesk, Depends(at_network(BusDesk))]


@router.post(
    "/networks/{network}/bus-detours",
    operation_id="askBusDetours",
    summary="How buses drive under a plan, and where riders go",
    dependencies=[Depends(May("plan"))],
)
async def ask_bus_detours(network: Network, desk: Desk, frame: TheFrame, turn: TurnOf, question: BusQuestion) -> BusJob:
    """Starts to re-route the buses of the server's timetable round a plan's closures; a job to poll, as for an impact.

    By route: trips cut, the detour turn by turn, stops missed. By stop: the nearest open one, temporary stops, what riders are
    told. A first answer takes some seconds, in which the timetable is put on the streets.
    """
    name = f"bus-detours/{network.id}"
    job = frame.jobs.start(name, lambda progress: desk.changes(question, progress), turn, alone=name)
    return await begun(job, BusJob)


add_job_routes(
    router,
    "bus-detours",
    BusJob,
    name="BusDetours",
    what="the detours of buses are",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
