"""Long work as routes have it: asked for, looked at, cancelled; one shape for all desks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from fastapi import Depends, Query, Response
from pydantic import Field

from clearway.server.contract import Answer, ErrorBody
from clearway.server.frame import TheFrame, network_of
from clearway.server.networks import ServedNetwork
from clearway.server.rights import May

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import APIRouter, Request

    from clearway.server.frame import Frame
    from clearway.server.jobs import Job, JobProgress

AT_ONCE_S = 0.8
"""So long an answer is waited for before the job is answered instead."""
LOOK_S = 0.4
"""So long a look waits for the end."""
_GONE = 499  # nobody is left to read the answer
_MOST_ANSWERS_WAITING = 32
"""Of one asker: a script may ask for many at once."""
_STILL_THERE_S = 0.25
"""How often it is looked whether somebody still waits for an answer."""

T = TypeVar("T")
P = TypeVar("P", bound="Progress")

Network = Annotated[ServedNetwork, Depends(network_of)]
Seen = Annotated[int, Query(ge=0, description="number of the answer that the caller has; it is not sent again")]


class Progress(Answer):
    """How far a piece of long work is."""

    id: str
    state: Literal["waiting", "working", "done", "failed", "cancelled"]
    doing: str = Field(description="what is being done, for display")
    share: float = Field(description="of the whole, 0 to 1")
    seconds_left: int | None = Field(description="an estimate; null until there is one")
    answers: int = Field(description="how many answers there have been: a first one may come before that of all draws")
    error: ErrorBody | None


def shown(job: Job[Any], seen: int = 0) -> dict[str, Any]:
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


async def begun(job: Job[Any], model: type[P]) -> P:
    """A job as it is answered to the one who asked for it: with its answer where that comes at once."""
    return model.model_validate(shown(await job.look(AT_ONCE_S)))


def add_job_routes(router: APIRouter, kind: str, model: type[Progress], *, name: str, what: str, about: str) -> None:
    """Add the routes that look at a kind of job on a network, and cancel it.

    Args:
        router: The desk's routes.
        kind: As it stands in the address; the job's name is ``kind/network``.
        model: What is answered.
        name: Of the operations: ``getName``, ``cancelName``.
        what: The work, in words.
        about: What a look gives, in a sentence.
    """
    address, allowed = f"/networks/{{network}}/{kind}/{{job}}", [Depends(May("plan"))]

    async def look(network: Network, frame: TheFrame, job: str, seen: Seen = 0) -> Any:  # noqa: ANN401 - checked by response_model
        return model.model_validate(shown(await frame.jobs.of(f"{kind}/{network.id}", job).look(LOOK_S), seen))

    async def cancel(network: Network, frame: TheFrame, job: str) -> Any:  # noqa: ANN401 - checked by response_model
        found = frame.jobs.of(f"{kind}/{network.id}", job)
        found.cancel()
        return model.model_validate(shown(found))

    router.get(
        address,
        response_model=model,
        operation_id=f"get{name}",
        summary=f"How far {what}",
        description=about,
        dependencies=allowed,
    )(look)
    router.delete(
        address,
        response_model=model,
        operation_id=f"cancel{name}",
        summary=f"Cancel {what.removesuffix(' is').removesuffix(' are')}",
        description="Ends the work at its next step; its answers so far remain.",
        dependencies=allowed,
    )(cancel)


async def waited_for(job: Job[T], frame: Frame, request: Request) -> T | None:
    """The answer of a job that somebody waits for; None where they have gone, and then the work ends too.

    Raises:
        ClearwayError: the work has no answer.
    """
    try:
        while not (await job.look(_STILL_THERE_S)).over:
            if await request.is_disconnected():
                return None
        if job.failure is not None:
            raise job.failure
        return job.answer
    finally:
        frame.jobs.forget(job)


async def answered(name: str, work: Callable[[JobProgress[str]], str], frame: Frame, turn: str, request: Request) -> Response:
    """The JSON that a piece of work gives, in its caller's turn; it ends if the caller disconnects."""
    body = await waited_for(frame.jobs.start(name, work, turn, most_waiting=_MOST_ANSWERS_WAITING), frame, request)
    if body is None:
        return Response(status_code=_GONE)
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})
