"""The routes by which a city is brought in: its file in parts, then its import as a piece of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool

from clearway.server.bodies import Takes
from clearway.server.desks.cities.desk import Cities
from clearway.server.desks.cities.models import ImportJob, ImportQuestion, Upload, UploadQuestion
from clearway.server.desks.cities.uploads import MOST_BYTES, PART_BYTES
from clearway.server.frame import TheFrame
from clearway.server.job_routes import LOOK_S, Seen, begun, shown
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

if TYPE_CHECKING:
    from clearway.server.desks.cities.uploads import Arriving

_JOB = "import"
_ALONE = "import of a city"
_MOST_WAITING = 2
_OPEN = Depends(May("open operations"))
_PART = Takes("application/octet-stream")

router = APIRouter(prefix="/api", responses=ERRORS)


def the_cities(frame: TheFrame) -> Cities:
    """What brings cities in.

    Raises:
        NotFound: this server takes none.
    """
    return frame.desk(Cities)


TheCities = Annotated[Cities, Depends(the_cities)]


@router.post(
    "/uploads", operation_id="openUpload", summary="Begin to send a city's file", dependencies=[_OPEN], status_code=201
)
def open_upload(question: UploadQuestion, cities: TheCities) -> Upload:
    """An OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2, .o5m, .opl, Overpass JSON) or centrelines (.geojson).

    At most 512 MB, and four at once. What nobody goes on with for a quarter of an hour is dropped.
    """
    return _shown(cities.uploads.open(question.name, question.size))


@router.post(
    "/uploads/{upload}", operation_id="sendPart", summary="Send a part of it",
    dependencies=[_OPEN, Depends(_PART)], openapi_extra=_PART.described, responses={409: ERRORS[409]},
)  # fmt: skip
async def send_part(
    upload: str,
    cities: TheCities,
    request: Request,
    at: Annotated[int, Query(ge=0, le=MOST_BYTES, description="where the part begins, in bytes")],
) -> Upload:
    """The parts one after the other, each of at most `part` bytes. One that is sent again changes nothing."""
    part = await request.body()
    return _shown(await run_in_threadpool(cities.uploads.take, upload, at, part))


@router.delete("/uploads/{upload}", operation_id="dropUpload", summary="Send no more of it", dependencies=[_OPEN])
def drop_upload(upload: str, cities: TheCities) -> Upload:
    """Removes what has come."""
    arriving = cities.uploads.of(upload)
    cities.uploads.drop(arriving)
    return _shown(arriving)


@router.post("/imports", operation_id="startImport", summary="Import a city", dependencies=[_OPEN])
async def start_import(question: ImportQuestion, cities: TheCities, frame: TheFrame, turn: TurnOf) -> ImportJob:
    """Makes a network of a file that was sent; it can be used at once, and is there again when the server is started anew.

    One after the other. A file that cannot be used is refused in a sentence; nothing is left of it, nor of an import that is
    cancelled.
    """
    arriving = cities.uploads.whole(question.upload)
    job = frame.jobs.start(
        _JOB,
        lambda progress: cities.imported(arriving, question, progress),
        turn,
        alone=_ALONE,
        most_waiting=_MOST_WAITING,
    )
    return await begun(job, ImportJob)


@router.get("/imports/{job}", operation_id="getImport", summary="How far an import is", dependencies=[_OPEN])
async def get_import(job: str, frame: TheFrame, seen: Seen = 0) -> ImportJob:
    """What is being done, in words; the network once it is there. An import that nobody looks at is cancelled."""
    return ImportJob.model_validate(shown(await frame.jobs.of(_JOB, job).look(LOOK_S), seen))


@router.delete("/imports/{job}", operation_id="cancelImport", summary="Cancel an import", dependencies=[_OPEN])
def cancel_import(job: str, frame: TheFrame) -> ImportJob:
    """Ends it within a second; nothing of it is left."""
    found = frame.jobs.of(_JOB, job)
    found.cancel()
    return ImportJob.model_validate(shown(found))


def _shown(arriving: Arriving) -> Upload:
    return Upload(id=arriving.id, name=arriving.name, size=arriving.size, taken=arriving.taken, part=PART_BYTES)
