"""The server: a frame, and the routes of its desks. Every route passes ``rights.May``; every error has one shape."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from clearway import __version__
from clearway.server.contract import Health
from clearway.server.desks import all_desks
from clearway.server.frame import Frame, TheFrame
from clearway.server.guard import Guard
from clearway.server.operations import Operations
from clearway.server.page import STATIC, Page
from clearway.server.refusals import ERRORS, install_refusals
from clearway.server.rights import May, local_user

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence
    from pathlib import Path

    from clearway.server.frame import ServerDesk
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedRecord
    from clearway.server.rights import SignIn

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


def create_app(
    networks: Sequence[ServedNetwork] = (),
    record: ServedRecord | None = None,
    *,
    desks: Sequence[ServerDesk] | None = None,
    sign_in: SignIn = local_user,
    hosts: Collection[str] | None = None,
    page: Path = STATIC,
) -> FastAPI:
    """The application.

    Args:
        networks: Networks; their ids must differ.
        record: The record; None: this server keeps none.
        desks: What it can do; every desk where None.
        sign_in: Says who sends a request, and what they may do.
        hosts: Host names it answers on; None: any.
        page: Folder of the built user interface.
    """
    desks = all_desks() if desks is None else desks
    frame = Frame({network.id: network for network in networks}, Operations(record, networks) if record else None)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        """While the server runs, so does what its desks watch; with it ends what it was working on."""
        running = [desk.run(frame) for desk in desks if desk.run]
        running += [frame.operations.feed.run()] if frame.operations else []
        tasks = [asyncio.create_task(work) for work in running]
        yield
        frame.jobs.close()
        if frame.operations:
            frame.operations.record.readers.close()
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
    install_refusals(app)
    for part in (router, *(desk.router for desk in desks)):
        app.include_router(part)
    app.router.default = Page(page)  # not mounted: a mount would turn wrong methods of the API into missing files
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, hosts=hosts)
    return app


def prepare(app: FastAPI) -> None:
    """Have each desk of an application prepare itself, so that nobody waits for what takes long the first time."""
    for desk in app.state.desks:
        if desk.prepare:
            desk.prepare(app.state.frame)
