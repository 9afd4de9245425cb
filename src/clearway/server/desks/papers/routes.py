"""The routes about the papers of a plan: made as a job, looked at as a page, downloaded in each form."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from clearway.publish.plan.shape import PAPERS, Paper
from clearway.server.desks.papers.desk import Form, PapersDesk
from clearway.server.desks.papers.models import PapersJob, PapersQuestion
from clearway.server.desks.picture.routes import SITREP_POLICY, When
from clearway.server.frame import TheFrame, at_operation
from clearway.server.job_routes import add_job_routes, begun
from clearway.server.refusals import ERRORS
from clearway.server.rights import May, TurnOf

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[PapersDesk, Depends(at_operation(PapersDesk))]

_READING = [Depends(May("plan")), Depends(May("see the record"))]
_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml",
    "csv": "text/csv; charset=utf-8",
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}
}


@router.post(
    "/operations/{operation}/plans/papers",
    operation_id="askPapers",
    summary="The papers of a plan: for crews, staff at gates and residents",
    dependencies=_READING,
)
async def ask_papers(desk: Desk, when: When, frame: TheFrame, turn: TurnOf, question: PapersQuestion) -> PapersJob:
    """Starts to make the plan with its risk register and maps, an operation order, a leaflet, a card for each gate.

    A job to poll, at `/api/networks/{network}/papers/{job}`. The answer holds a page to look at, and the key by which each form
    is downloaded. What the plan leaves empty is marked; `gaps` counts the marks. The plan need not be saved.
    """
    job = frame.jobs.start(f"papers/{desk.network}", lambda progress: desk.papers(question, when, progress), turn)
    return await begun(job, PapersJob)


add_job_routes(
    router,
    "papers",
    PapersJob,
    name="Papers",
    what="the papers are",
    about="How far they are, with the answer once there is one; waits a moment for the end.",
)


@router.get(
    "/operations/{operation}/plans/papers/{key}.{form}", operation_id="getPapersFile", summary="The papers of a plan as a file",
    dependencies=_READING, response_class=Response, responses=_FILES,
)  # fmt: skip
def get_papers_file(
    desk: Desk,
    key: Annotated[str, Path(description="as the answer of the job has it")],
    form: Form,
    paper: Annotated[tuple[Paper, ...], Query(description="of PDF and HTML only these papers; without, all")] = (),
) -> Response:
    """PDF and HTML hold the papers; GeoJSON, KML, GPX and CSV what lies on the map."""
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="plan.{form}"'}
    if form == "html":
        headers |= {"content-security-policy": SITREP_POLICY}
    return Response(desk.file(key, form, paper or PAPERS), media_type=_TYPES[form], headers=headers)
