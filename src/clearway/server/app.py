"""The server: routes over rooms. Every route passes ``rights.may``; every error has one shape; ``models`` is the contract."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from clearway import __version__
from clearway.errors import ClearwayError
from clearway.server.contract import Health
from clearway.server.desks.map.models import NearestWay, NetworkSummary, SearchHit, WayDetails  # noqa: TC001 - FastAPI reads them
from clearway.server.desks.picture import routes as operation_routes
from clearway.server.desks.plan.models import NetworkDetails, PlanAnswer, PlanQuestion
from clearway.server.desks.read import routes as reading_routes
from clearway.server.desks.traffic import routes as traffic_routes
from clearway.server.feed import Feed
from clearway.server.guard import Guard
from clearway.server.jobs import Jobs
from clearway.server.networks import Room, room_of
from clearway.server.page import STATIC, Page
from clearway.server.refusals import ERRORS, install_refusals
from clearway.server.rights import may

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence
    from pathlib import Path as FilePath

    from clearway.server.desks.picture.desk import OperationDesks

MVT = "application/vnd.mapbox-vector-tile"
_FOR_GOOD = "private, max-age=31536000, immutable"
_INBOX_S = 3.0
_GONE = 499  # nobody is left to read the answer
_SEE = Depends(may("see the map"))
_PLAN = Depends(may("plan"))


router = APIRouter(prefix="/api", responses=ERRORS)


@router.get("/health", operation_id="health", summary="Whether the server is up", dependencies=[_SEE])
def health(request: Request) -> Health:
    """The version that runs and how many networks it has."""
    return Health(version=__version__, networks=len(request.app.state.rooms))


@router.get("/networks", operation_id="listNetworks", summary="The networks of this server", dependencies=[_SEE])
def list_networks(request: Request) -> list[NetworkSummary]:
    """Every network, in the order in which it was opened."""
    return [room.summary() for room in request.app.state.rooms.values()]


@router.get("/networks/{network}", operation_id="getNetwork", summary="One network and its scenario", dependencies=[_SEE])
def get_network(room: Annotated[Room, Depends(room_of)]) -> NetworkDetails:
    """All that the page must know to open a network: bounds, notices, classes, and the question it starts from."""
    return room.details()


@router.get(
    "/networks/{network}/tiles/{zoom}/{column}/{row}.mvt",
    operation_id="getTile",
    summary="One vector tile",
    dependencies=[_SEE],
    response_class=Response,
    responses={
        200: {"content": {MVT: {"schema": {"type": "string", "format": "binary"}}}},
        304: {"description": "Not modified."},
    },
)
def get_tile(
    room: Annotated[Room, Depends(room_of)],
    request: Request,
    zoom: int,
    column: int,
    row: int,
    v: Annotated[str | None, Query(description="digest")] = None,
) -> Response:
    """Layers: streets (id = way), labels, areas, addresses (id = address index, from zoom 14), places."""
    tag = f'W/"{room.digest}-{__version__}-{zoom}-{column}-{row}"'
    headers = {"etag": tag, "cache-control": _FOR_GOOD if v == room.digest else "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(room.tiles.tile(zoom, column, row), media_type=MVT, headers=headers)


@router.get("/networks/{network}/ways/{way}", operation_id="getWay", summary="One street piece", dependencies=[_SEE])
def get_way(room: Annotated[Room, Depends(room_of)], way: int) -> WayDetails:
    """Name, class, length, who may drive it each way, its line and the addresses on it."""
    return room.streets.details(way)


@router.get(
    "/networks/{network}/nearest", operation_id="nearestWay", summary="The street nearest to a point", dependencies=[_SEE]
)
def nearest_way(
    room: Annotated[Room, Depends(room_of)],
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
) -> NearestWay:
    """The nearest way that motor vehicles may drive, and where on it."""
    return room.streets.nearest(lon, lat)


@router.get(
    "/networks/{network}/search", operation_id="search", summary="Streets, places and addresses by name", dependencies=[_SEE]
)
def search(room: Annotated[Room, Depends(room_of)], q: Annotated[str, Query(max_length=200)]) -> list[SearchHit]:
    """At most a dozen, best first; accents and case do not matter."""
    return room.streets.search(q)


@router.post(
    "/networks/{network}/plan",
    operation_id="plan",
    summary="Plan cordon and access",
    dependencies=[_PLAN],
    response_model=PlanAnswer,
)
async def plan(room: Annotated[Room, Depends(room_of)], question: PlanQuestion, request: Request) -> Response:
    """The cordon with its proof, access before and after, and both in sentences. A pure function of the question.

    One plan is computed at a time; a question whose asker has gone before its turn is dropped.
    """
    async with request.app.state.turn:
        if await request.is_disconnected():
            return Response(status_code=_GONE)
        body = await run_in_threadpool(lambda: room.planner.plan(question).model_dump_json())
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


async def _watch_the_inbox(operations: OperationDesks, feed: Feed) -> None:
    """Take in what is laid into the watched folder, for as long as the server runs."""
    while True:
        with contextlib.suppress(ClearwayError, OSError):  # the next look tries again
            if await run_in_threadpool(operations.look_into_the_inbox):
                feed.nudge()
        await asyncio.sleep(_INBOX_S)


def create_app(
    rooms: Sequence[Room],
    *,
    operations: OperationDesks | None = None,
    hosts: Collection[str] | None = None,
    page: FilePath = STATIC,
) -> FastAPI:
    """The application.

    Args:
        rooms: Prepared networks; their ids must differ.
        operations: The operations of a record; None: this server keeps none.
        hosts: Host names it answers on; None: any.
        page: Folder of the built user interface.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        """While the server runs, it looks for what is new in the record; with it ends what it was working on."""
        looking: list[asyncio.Task[None]] = []
        if operations is not None:
            app.state.feed = Feed(operations.store)
            looking = [
                asyncio.create_task(app.state.feed.run()),
                asyncio.create_task(_watch_the_inbox(operations, app.state.feed)),
            ]
        yield
        app.state.jobs.close()
        for task in looking:
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
    app.state.rooms = {room.id: room for room in rooms}
    app.state.operations = operations
    app.state.turn = asyncio.Lock()
    app.state.jobs = Jobs()
    install_refusals(app)
    app.include_router(router)
    app.include_router(operation_routes.router)
    app.include_router(reading_routes.router)
    app.include_router(traffic_routes.router)
    app.router.default = Page(page)  # not mounted: a mount would turn wrong methods of the API into missing files
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, hosts=hosts)
    return app
