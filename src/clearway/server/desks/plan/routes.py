"""The routes of the Plan desk: what a network opens with, and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response

from clearway.planning.access.planner.contract import AddressProof
from clearway.planning.cordon.seal.contract import Seal, SealQuestion
from clearway.planning.record_barriers import RecordBarriers
from clearway.server.desks.picture.routes import When
from clearway.server.desks.plan.desk import barriers_of, details_of, planner_of
from clearway.server.desks.plan.models import AddressQuestion, NetworkDetails, OthersJob, PlanAnswer, PlanQuestion
from clearway.server.desks.plan.planner import Planner
from clearway.server.frame import TheFrame, at_network, operation_of
from clearway.server.job_routes import Network, add_job_routes, answered, begun
from clearway.server.operations import ServedOperation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

if TYPE_CHECKING:
    pass

_SEE = Depends(May("see the map"))
_PLAN = Depends(May("plan"))
_RECORD = Depends(May("see the record"))

Plans = Annotated[Planner, Depends(at_network(planner_of))]

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get("/networks/{network}", operation_id="getNetwork", summary="One network and its scenario", dependencies=[_SEE])
def get_network(network: Network) -> NetworkDetails:
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
    network: Network, planner: Plans, frame: TheFrame, turn: TurnOf, question: PlanQuestion, request: Request
) -> Response:
    """The cordon with its proof, access before and after, and both in sentences. A pure function of the question.

    With `frontier` false and no `alternatives` the cordon comes at once; ask for the others beside it. All in one answer takes
    longer: after thirty seconds of computing it holds what was found, and its warnings say what was not looked at. Plans of
    several callers are computed side by side, whoever has had least first. The work ends if its caller disconnects.
    """
    return await answered(
        f"plan/{network.id}", lambda progress: planner.plan(question, progress).model_dump_json(), frame, turn, request
    )


@router.post(
    "/networks/{network}/seal",
    operation_id="seal",
    summary="Check a cordon as given",
    dependencies=[_PLAN],
    response_model=Seal,
)
async def seal(
    network: Network, planner: Plans, frame: TheFrame, turn: TurnOf, question: SealQuestion, request: Request
) -> Response:
    """Whether barriers as they stand leave a route into the site: what leaks, what is idle, what they enclose.

    Barriers are points, lines, words or the places of a plan; `file` takes a file of them as it is. A barrier that lies on no
    street, or that may mean several places, is refused with a sentence. For a plan with its proof there is `clearway cordon
    check`. The search for missing barriers ends after thirty seconds of computing; the leaks are then told without them.
    """
    return await answered(
        f"seal/{network.id}", lambda progress: planner.seal(question, progress).model_dump_json(), frame, turn, request
    )


@router.get(
    "/operations/{operation}/barriers",
    operation_id="getBarriers",
    summary="What the record says of barriers, gates and shut roads",
    dependencies=[_PLAN, _RECORD],
    response_model=RecordBarriers,
)
async def get_barriers(
    operation: Annotated[ServedOperation, Depends(operation_of)], when: When, frame: TheFrame, turn: TurnOf, request: Request
) -> Response:
    """How many there are, how many are named, how many are placed on the map, and where the ring of those placed is open.

    Nothing is claimed of the others. Each that is placed comes as a barrier that `seal` takes.
    """
    return await answered(
        f"barriers/{operation.name}", lambda _: barriers_of(operation, when).model_dump_json(), frame, turn, request
    )


@router.post(
    "/networks/{network}/address",
    operation_id="proveAddress",
    summary="How help reaches one address",
    dependencies=[_PLAN],
    response_model=AddressProof,
)
async def prove_address(
    network: Network, planner: Plans, frame: TheFrame, turn: TurnOf, asked: AddressQuestion, request: Request
) -> Response:
    """Station, route street by street, time, a second route, and what all that rests on, for each service under a plan.

    `before` is without closures, `after` under the plan's; `second` shares no street with `after`. Where help does not come,
    it says what cuts the address off and how far it is on foot. The plan is known already if it was asked for before.
    """
    return await answered(
        f"address/{network.id}",
        lambda progress: planner.address(asked.question, asked.address, progress).model_dump_json(),
        frame,
        turn,
        request,
    )


@router.post(
    "/networks/{network}/others",
    operation_id="askOthers",
    summary="What there is besides the cheapest cordon",
    dependencies=[_PLAN],
)
async def ask_others(network: Network, planner: Plans, frame: TheFrame, turn: TurnOf, question: PlanQuestion) -> OthersJob:
    """Starts to follow the `frontier` and to look for the `alternatives` that a plan's question asks for.

    Returns the answer if that takes under a second, else a job to poll. It takes thirty seconds of computing at most; notes
    say what was not looked at. A job that nobody polls for twenty seconds ends.
    """
    job = frame.jobs.start(f"others/{network.id}", lambda progress: planner.others(question, progress), turn)
    return await begun(job, OthersJob)


add_job_routes(
    router,
    "others",
    OthersJob,
    name="Others",
    what="the others are",
    about="How far they are, with the answer once there is one; waits a moment for the end.",
)
