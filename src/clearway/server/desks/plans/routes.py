"""The routes of plans: begin one, hold it against the reports, check, compare, save, adopt, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from clearway.planning.plan.contract import GateAnswer, PlanDiff, PlanStanding, PlanStatus, SavedVersion
from clearway.record.entry import EntryId
from clearway.server.desks.picture.routes import When
from clearway.server.desks.plans.desk import PlansDesk, checked, gates_chosen
from clearway.server.desks.plans.ground import PlanGround
from clearway.server.desks.plans.models import (
    AdoptQuestion,
    ChecksJob,
    ChecksQuestion,
    ChosenGiven,
    CordonGiven,
    DiffQuestion,
    GateChoiceJob,
    GateChoiceQuestion,
    HandoverJob,
    HandoverQuestion,
    MarchJob,
    MarchQuestion,
    MarchSeen,
    PlanBegun,
    PlanGiven,
    PlanVersion,
    SaveQuestion,
    StageAsked,
    StageMeans,
    StagesJob,
    WhoQuestion,
    WithdrawQuestion,
)
from clearway.server.desks.plans.stages import means_known, staged
from clearway.server.frame import TheFrame, TheOperations, at_operation
from clearway.server.job_routes import Network, add_job_routes, answered, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

if TYPE_CHECKING:
    from clearway.server.jobs import JobProgress

_PLAN = Depends(May("plan"))
_RECORD = Depends(May("see the record"))
_WRITE = Depends(May("write entries"))
_READING = [_PLAN, _RECORD]
_WRITING = [_PLAN, _RECORD, _WRITE]
_PLANS = "/operations/{operation}/plans"

Desk = Annotated[PlansDesk, Depends(at_operation(PlansDesk))]

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get(
    _PLANS,
    operation_id="findPlans",
    summary="The plans of an operation, held against what is reported",
    dependencies=_READING,
    response_model=list[PlanStanding],
)
async def find_plans(desk: Desk, when: When, frame: TheFrame, turn: TurnOf, request: Request) -> Response:
    """Of each the version in force, or the last one saved: which barriers and handover points fail, and each way in by name."""

    def found(_: JobProgress[str]) -> str:
        return f"[{','.join(one.model_dump_json() for one in desk.standings(when))}]"

    return await answered(f"plans/{desk.name}", found, frame, turn, request)


@router.get(f"{_PLANS}/versions", operation_id="listVersions", summary="Every version of every plan", dependencies=_READING)
def list_versions(desk: Desk) -> list[SavedVersion]:
    """In the order in which they were saved, with who adopted which; also those that were withdrawn."""
    return desk.versions()


@router.get(
    f"{_PLANS}/versions/{{entry}}", operation_id="getVersion", summary="One version of a plan, whole", dependencies=_READING
)
def get_version(desk: Desk, entry: EntryId) -> PlanVersion:
    """By the id of the entry that holds it: its document can be changed, checked and saved as the next version."""
    return desk.version(entry)


@router.post(
    _PLANS, operation_id="savePlan", summary="Save a version of a plan", dependencies=_WRITING,
    status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def save_plan(desk: Desk, operations: TheOperations, question: SaveQuestion) -> PlanVersion:
    """Its `version` is the next one of its name. Refused where somebody saved one in between; the message says what differs.

    Sent again, the same plan is not saved twice.
    """
    answer = await run_in_threadpool(desk.save, question.document, question.by)
    operations.feed.nudge()
    return answer


@router.post(
    f"{_PLANS}/versions/{{entry}}/adoption",
    operation_id="adoptPlan",
    summary="Check a version of a plan and adopt it",
    dependencies=_WRITING,
    response_model=PlanVersion,
)
async def adopt_plan(
    desk: Desk,
    entry: EntryId,
    operations: TheOperations,
    frame: TheFrame,
    turn: TurnOf,
    question: AdoptQuestion,
    request: Request,
) -> Response:
    """By an office. Where checks fail it is refused, unless `override` says why it is adopted all the same.

    Which checks failed, and the reason, stand in the record.
    """

    def adopted(progress: JobProgress[str]) -> str:
        return desk.adopt(entry, question, progress).model_dump_json()

    answer = await answered(f"plans/{desk.name}", adopted, frame, turn, request)
    operations.feed.nudge()
    return answer


@router.post(
    f"{_PLANS}/withdrawal", operation_id="withdrawPlan", summary="Withdraw the adoption of a plan", dependencies=_WRITING,
    status_code=201,
)  # fmt: skip
async def withdraw_plan(desk: Desk, operations: TheOperations, question: WithdrawQuestion) -> list[SavedVersion]:
    """Its versions stay in the record, none of them in force; they are answered."""
    answer = await run_in_threadpool(desk.withdraw, question)
    operations.feed.nudge()
    return answer


@router.post(
    f"{_PLANS}/status",
    operation_id="askStatus",
    summary="Hold a plan against what is reported",
    dependencies=_READING,
    response_model=PlanStatus,
)
async def ask_status(desk: Desk, when: When, frame: TheFrame, turn: TurnOf, question: PlanGiven, request: Request) -> Response:
    """Where each barrier stands on the map, which are reported gone, and each way in by name. The plan need not be saved."""
    return await answered(
        f"plans/{desk.name}", lambda _: desk.status(question.document, when).model_dump_json(), frame, turn, request
    )


@router.post(f"{_PLANS}/gates", operation_id="askGates", summary="Who may pass which gate, and when", dependencies=_READING)
def ask_gates(desk: Desk, when: When, question: WhoQuestion) -> GateAnswer:
    """In which direction, what changes when, and what the record says of them. The plan need not be saved."""
    return desk.gates(question.document, question.who, when)


@router.get(f"{_PLANS}/marches", operation_id="findMarchesSeen", summary="Where marches were seen", dependencies=_READING)
def find_marches_seen(desk: Desk, when: When) -> list[MarchSeen]:
    """Where the head or tail of each passed (`march_sighting`), the earliest first: what `seen` of a march takes."""
    return desk.marches_seen(when)


@router.post(
    f"{_PLANS}/diff",
    operation_id="comparePlans",
    summary="What differs between two plans",
    dependencies=_READING,
    response_model=PlanDiff,
)
async def compare_plans(desk: Desk, frame: TheFrame, turn: TurnOf, question: DiffQuestion, request: Request) -> Response:
    """Which barrier moved how far, which rules changed, who is newly inside or outside. Neither need be saved."""
    return await answered(
        f"plans/{desk.name}", lambda _: desk.diff(question.first, question.second).model_dump_json(), frame, turn, request
    )


@router.post(
    f"{_PLANS}/from-cordon",
    operation_id="beginFromCordon",
    summary="Begin a plan from a cordon",
    dependencies=_READING,
    response_model=PlanBegun,
)
async def begin_from_cordon(desk: Desk, frame: TheFrame, turn: TurnOf, question: CordonGiven, request: Request) -> Response:
    """A barrier for each street that the cordon closes, each with its place in words, and rules for those whom it lets pass."""
    return await answered(
        f"plans/{desk.name}", lambda progress: desk.from_cordon(question, progress).model_dump_json(), frame, turn, request
    )


@router.post(
    f"{_PLANS}/from-record",
    operation_id="beginFromRecord",
    summary="Begin a plan from what the record says",
    dependencies=_READING,
    response_model=PlanBegun,
)
async def begin_from_record(
    desk: Desk, when: When, frame: TheFrame, turn: TurnOf, question: ChosenGiven, request: Request
) -> Response:
    """The barriers that the record places at a moment, and for the others the pieces of street to choose from."""
    return await answered(
        f"plans/{desk.name}", lambda _: desk.from_record(question, when).model_dump_json(), frame, turn, request
    )


@router.post("/networks/{network}/checks", operation_id="askChecks", summary="Check a plan", dependencies=[_PLAN])
async def ask_checks(network: Network, frame: TheFrame, turn: TurnOf, question: ChecksQuestion) -> ChecksJob:
    """Starts to check a plan before anybody signs: ring, emergency access with its checker, rules, law, works, what is missing.

    Returns the answer if that takes under a second, else a job to poll. A job that nobody polls for twenty seconds ends.
    """
    job = frame.jobs.start(f"checks/{network.id}", lambda progress: checked(network, question, progress), turn)
    return await begun(job, ChecksJob)


@router.post(
    "/networks/{network}/gate-choice", operation_id="askGateChoice", summary="Choose the gates of a plan", dependencies=[_PLAN]
)
async def ask_gate_choice(network: Network, frame: TheFrame, turn: TurnOf, question: GateChoiceQuestion) -> GateChoiceJob:
    """Starts to choose which barriers become gates: help in time, buses, short ways, the fewest staff, with a reason for each.

    A job to poll, as for the checks. `staff_bound` is what is proved to be needed at least.
    """
    job = frame.jobs.start(f"gate-choice/{network.id}", lambda progress: gates_chosen(network, question, progress), turn)
    return await begun(job, GateChoiceJob)


@router.get(
    "/networks/{network}/means",
    operation_id="getMeans",
    summary="Crews, trucks and depots to set plans up",
    dependencies=[_PLAN],
)
def get_means(network: Network) -> StageMeans:
    """As the server was given them, to be changed and sent with a stage."""
    return means_known(network)


@router.post("/networks/{network}/stages", operation_id="askStages", summary="Plan a stage of a plan", dependencies=[_PLAN])
async def ask_stages(network: Network, frame: TheFrame, turn: TurnOf, question: StageAsked) -> StagesJob:
    """Starts to plan who sets, shrinks or removes the barriers of a plan, in the least time, and what is open at each minute.

    A job to poll, as for the checks. `bound` is what is proved to be needed at least; `decides` names the input that decides.
    """
    job = frame.jobs.start(f"stages/{network.id}", lambda progress: staged(network, question, progress), turn)
    return await begun(job, StagesJob)


@router.post(
    "/networks/{network}/handover", operation_id="askHandover", summary="Where crews meet patients", dependencies=[_PLAN]
)
async def ask_handover(network: Network, frame: TheFrame, turn: TurnOf, question: HandoverQuestion) -> HandoverJob:
    """Starts to choose corners outside the ring, each with two approaches, with the seconds on foot from every place inside.

    A job to poll, as for the checks. `accepted` says whether the independent checker accepts the certificate.
    """
    ground = network.desk(PlanGround)
    job = frame.jobs.start(f"handover/{network.id}", lambda progress: ground.handover(question, progress), turn)
    return await begun(job, HandoverJob)


@router.post("/networks/{network}/march", operation_id="askMarch", summary="A march as it rolls", dependencies=[_PLAN])
async def ask_march(network: Network, frame: TheFrame, turn: TurnOf, question: MarchQuestion) -> MarchJob:
    """What is shut at each minute, where an ambulance crosses and, with `proof`, the worst minute for help and the buses held.

    Returns the answer if that takes under a second, else a job to poll.
    """
    ground = network.desk(PlanGround)
    job = frame.jobs.start(f"march/{network.id}", lambda progress: ground.march(question, progress), turn)
    return await begun(job, MarchJob)


add_job_routes(
    router,
    "stages",
    StagesJob,
    name="Stages",
    what="the stage is",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
add_job_routes(
    router,
    "handover",
    HandoverJob,
    name="Handover",
    what="the choice of handover points is",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
add_job_routes(
    router,
    "march",
    MarchJob,
    name="March",
    what="the work on the march is",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
add_job_routes(
    router,
    "gate-choice",
    GateChoiceJob,
    name="GateChoice",
    what="the choice of gates is",
    about="How far it is, with the answer once there is one; waits a moment for the end.",
)
add_job_routes(
    router,
    "checks",
    ChecksJob,
    name="Checks",
    what="the checks are",
    about="How far they are, with the answer once there is one; waits a moment for the end.",
)
