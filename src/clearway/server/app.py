"""The server: a frame, and the routes of its desks. Every route passes ``rights.May``; every error has one shape."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware

from clearway import __version__
from clearway.server.contract import Health, SessionQuestion
from clearway.server.desks import all_desks
from clearway.server.forgetting import forget_plates
from clearway.server.frame import Frame, TheFrame
from clearway.server.guard import LOCAL_NAMES, Guard
from clearway.server.limits import USUAL, Limits
from clearway.server.methods import Head
from clearway.server.networks import Networks
from clearway.server.operations import Operations
from clearway.server.page import STATIC, Page
from clearway.server.refusals import ERRORS, install_refusals
from clearway.server.rights import May, local_user
from clearway.server.stopping import Stopping

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence
    from pathlib import Path

    from clearway.server.frame import ServerDesk
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord
    from clearway.server.rights import SignIn
    from clearway.server.token import Token

router = APIRouter(prefix="/api", responses=ERRORS)


@router.get(
    "/health", operation_id="health", summary="Whether the server and its record are up",
    dependencies=[Depends(May("see the map"))],
)  # fmt: skip
async def health(frame: TheFrame) -> Health:
    """The version that runs, how many networks it has, and that its record answers; within a second, also where it hangs.

    A load balancer sends requests where the status is 200. It is 503, with the reason, while the record does not answer.
    """
    if frame.operations is None:
        return Health(version=__version__, networks=len(frame.networks), record="none", notices=[])
    notices = await frame.operations.feed.check()
    return Health(version=__version__, networks=len(frame.networks), record="open", notices=notices)


@router.post(
    "/session",
    operation_id="openSession",
    summary="Exchange the token for a cookie",
    dependencies=[Depends(May("see the map"))],
    status_code=204,
)
async def open_session(question: SessionQuestion, request: Request) -> Response:
    """Programs need none: they send ``Authorization: Bearer TOKEN``. Without a token nothing is asked for and nothing given."""
    answer = Response(status_code=204)
    token: Token | None = request.app.state.token
    if token is not None:
        name, value = token.exchange(question.token, request)
        answer.set_cookie(name, value, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/api")
    return answer


def create_app(  # noqa: PLR0913 - as many as a server has parts; all but the first two by keyword
    networks: Sequence[ServedNetwork] = (),
    record: ServedRecord | None = None,
    *,
    desks: Sequence[ServerDesk] | None = None,
    sign_in: SignIn = local_user,
    hosts: Collection[str] = LOCAL_NAMES,
    token: Token | None = None,
    limits: Limits = USUAL,
    page: Path = STATIC,
    cities: Path | None = None,
) -> FastAPI:
    """The application.

    Args:
        networks: Networks; their ids must differ.
        record: The record; None: this server keeps none.
        desks: What it can do; every desk where None.
        sign_in: Says who sends a request, and what they may do.
        hosts: Host names that it answers to.
        token: What every request to the API must carry; None: nothing.
        limits: How much of it one address, and all together, may take.
        page: Folder of the built user interface.
        cities: Folder of the cities that people bring in by the page; None: this server takes none.
    """
    desks = all_desks() if desks is None else desks
    served = Networks(networks)
    frame = Frame(served, Operations(record, served, limits=limits) if record else None, cities, limits)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        """While the server runs, so does what its desks watch; with it ends what it was working on."""
        running = [desk.run(frame) for desk in desks if desk.run]
        running += [frame.operations.feed.run()] if frame.operations else []
        running += [forget_plates(record.store)] if record else []
        tasks = [asyncio.create_task(work) for work in running]
        yield
        frame.end()
        for task in tasks:
            task.cancel()

    app = FastAPI(
        lifespan=lifespan,
        title="Clearway",
        version=__version__,
        description="The operations room for a street that people have taken: one sourced picture, cordons with proof, access "
        "certified.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.frame = frame
    app.state.desks = desks
    app.state.sign_in = sign_in
    app.state.token = token
    app.state.limits = limits
    install_refusals(app)
    for part in (router, *(desk.router for desk in desks)):
        app.router.routes.extend(part.routes)  # as they are: included, each would be built anew for every application
    app.router.default = Page(page)  # not mounted: a mount would turn wrong methods of the API into missing files
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Head)
    app.add_middleware(Stopping)
    app.add_middleware(Guard, hosts=hosts, token=token)
    return app


def prepare(app: FastAPI) -> None:
    """Have each desk of an application prepare itself, so that nobody waits for what takes long the first time."""
    for desk in app.state.desks:
        if desk.prepare:
            desk.prepare(app.state.frame)
