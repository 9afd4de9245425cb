"""The routes of the Decide desk."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Path as InPath
from fastapi.concurrency import run_in_threadpool

from clearway.picture.subjects import place_key
from clearway.planning.decide.contract import Basis, DecisionLog, Fired, Followed, Opened, Review, SignCheck, Signed
from clearway.planning.decide.draft import Completion, DecisionDraft
from clearway.planning.decide.level_contract import Levels
from clearway.planning.decide.risk_contract import RiskRegister
from clearway.planning.talks.figures import Bounds
from clearway.record.entry import EntryId
from clearway.record.place_text import place_of_text
from clearway.server.desks.decide.desk import DecideDesk
from clearway.server.desks.picture.routes import When
from clearway.server.frame import TheOperations, at_operation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

_SEE = Depends(May("see the record"))
_WRITE = Depends(May("write entries"))
_PDF: dict[int | str, dict[str, Any]] = {200: {"description": "The file", "content": {"application/pdf": {}}}}
_DECISIONS = "/operations/{operation}/decisions"

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[DecideDesk, Depends(at_operation(DecideDesk))]
Decision = Annotated[EntryId, InPath(description="the entry of the decision")]
Figure = Annotated[str, Query(min_length=1, max_length=64, description="what is counted: vehicles, people")]
Threshold = Annotated[float | None, Query(ge=0, allow_inf_nan=False)]


@router.get(_DECISIONS, operation_id="getDecisions", summary="The log of decisions", dependencies=[_SEE])
def get_decisions(desk: Desk, when: When) -> DecisionLog:
    """Every decision and proposal with its status, how it stands, and what of its record is empty; contradictions."""
    return desk.log(when)


@router.get(f"{_DECISIONS}/review", operation_id="getReview", summary="What was expected and what came", dependencies=[_SEE])
def get_review(desk: Desk, when: When) -> Review:
    """Decisions, announcements, promises and forecasts held against the record; calibration by office and by kind."""
    return desk.review(when)


@router.get(f"{_DECISIONS}/trigger", operation_id="getTrigger", summary="When a threshold was crossed", dependencies=[_SEE])
def get_trigger(
    desk: Desk,
    when: When,
    figure: Figure,
    at_most: Threshold = None,
    at_least: Threshold = None,
    place: Annotated[str | None, Query(max_length=2000, description="needed where it was counted at several places")] = None,
) -> Fired:
    """The first moment at which all that was known of a figure said so, and not before."""
    return desk.trigger(when, figure, Bounds(at_most, at_least), place_key(place_of_text(place)) if place else None)


@router.get(f"{_DECISIONS}/follow", operation_id="getFollowed", summary="What follows from decisions", dependencies=[_SEE])
def get_followed(desk: Desk, when: When) -> Followed:
    """The objective that holds and which posts have read it, tasks, notices; who is still to be reminded, and nobody else."""
    return desk.follow(when)


@router.get(
    f"{_DECISIONS}/log.pdf",
    operation_id="getDecisionLog",
    summary="The decision log as PDF",
    dependencies=[_SEE],
    response_class=Response,
    responses=_PDF,
)
def get_decision_log(desk: Desk, when: When) -> Response:
    """Every decision with its frozen picture, its hashes and every later change. Proposals stand apart."""
    headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="decision-log.pdf"'}
    return Response(desk.printed(when), media_type="application/pdf", headers=headers)


@router.post(
    f"{_DECISIONS}/check", operation_id="checkDecision", summary="What to see before signing", dependencies=[_SEE, _WRITE]
)
def check_decision(desk: Desk, draft: DecisionDraft) -> SignCheck:
    """Contradicted and single-sourced beliefs that it rests on, what is empty, what it contradicts. Nothing is written."""
    return desk.check(draft)


@router.post(
    _DECISIONS, operation_id="signDecision", summary="Sign a decision", dependencies=[_SEE, _WRITE], status_code=201,
    responses={409: ERRORS[409]},
)  # fmt: skip
async def sign_decision(
    desk: Desk,
    operations: TheOperations,
    draft: DecisionDraft,
    quick: Annotated[bool, Query(description="write it with gaps, to be filled in later")] = False,  # noqa: FBT002 - a query
) -> Signed:
    """Writes it with its expectations, or nothing. Refused while contrary word was not seen or something is empty.

    Sent again under the same `id`, it is written once.
    """
    written = await run_in_threadpool(lambda: desk.sign(draft, is_quick=quick))
    operations.feed.nudge()
    return written


@router.post(
    f"{_DECISIONS}/{{decision}}/completion", operation_id="completeDecision", summary="Fill in what is empty",
    dependencies=[_SEE, _WRITE], status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def complete_decision(desk: Desk, operations: TheOperations, decision: Decision, completion: Completion) -> Signed:
    """A later entry that fills in what was empty, or says what came of it. What is said already stays."""
    written = await run_in_threadpool(lambda: desk.complete(decision, completion))
    operations.feed.nudge()
    return written


@router.get(
    f"{_DECISIONS}/{{decision}}/picture",
    operation_id="openDecision",
    summary="The picture it was signed on",
    dependencies=[_SEE],
)
def open_decision(desk: Desk, when: When, decision: Decision) -> Opened:
    """Exactly as it was, whatever came later; its digest is checked, and a difference is said."""
    return desk.opened(decision, when)


@router.get(
    f"{_DECISIONS}/{{decision}}/basis", operation_id="getBasis", summary="What a decision rests on", dependencies=[_SEE]
)
def get_basis(desk: Desk, when: When, decision: Decision) -> Basis:
    """What was known before it, the contradicted and the single-sourced first; apart, what is known since."""
    return desk.basis(decision, when)


@router.get("/operations/{operation}/risks", operation_id="getRisks", summary="The risk register", dependencies=[_SEE])
def get_risks(desk: Desk, when: When) -> RiskRegister:
    """Threats and risks as last judged, with what is overdue, unsaid or judged otherwise; comparable events beside them."""
    return desk.risks(when)


@router.get(
    "/operations/{operation}/restrictions", operation_id="getLevels", summary="Which restrictions hold", dependencies=[_SEE]
)
def get_levels(
    desk: Desk,
    when: When,
    place: Annotated[str | None, Query(max_length=2000, description="whose people are held against limits")] = None,
) -> Levels:
    """Levels of each scheme, what they mean for this gathering and its staff, what others would change, what eases them."""
    return desk.levels(when, place_key(place_of_text(place)) if place else None)
