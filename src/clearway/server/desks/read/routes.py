"""The routes of the Read desk: reports in, their drafts out. Drafts are entered as any entry is."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator

from clearway.intake.contract import ReadingAnswer
from clearway.record.entry import EntryId
from clearway.record.parts import without_nul
from clearway.server.bodies import Takes
from clearway.server.desks.read.desk import ReportDesk
from clearway.server.desks.read.models import ReportList, ReportSummary
from clearway.server.frame import TheFrame, TheOperations, at_operation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

router = APIRouter(prefix="/api", responses=ERRORS)

_SEE = Depends(May("see the record"))
_WRITE = Depends(May("write entries", release="room"))
_FILE = Takes(
    "application/octet-stream",
    "application/pdf",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
    "message/rfc822",
    "text/html",
    "text/xml",
)  # a text goes as octets: as text/plain the pages of other websites could send one

Plain = Annotated[str, AfterValidator(without_nul)]

Desk = Annotated[ReportDesk, Depends(at_operation(ReportDesk))]


@router.get("/operations/{operation}/reports", operation_id="listReports", summary="Reports that came in", dependencies=[_SEE])
def list_reports(desk: Desk) -> ReportList:
    """Every report, the latest published first, with how many of its drafts were entered and dropped."""
    return desk.reports()


@router.post(
    "/operations/{operation}/reports", operation_id="takeReport", summary="Take a report in",
    dependencies=[_WRITE, Depends(_FILE)], status_code=201, openapi_extra=_FILE.described,
)  # fmt: skip
async def take_report(
    desk: Desk,
    frame: TheFrame,
    operations: TheOperations,
    request: Request,
    name: Annotated[Plain, Query(min_length=1, max_length=200, description="name of the file")],
    published: Annotated[
        Plain | None, Query(max_length=200, description="'2022-02-18T19:05+13:00', 'day 11'; default: the report's own")
    ] = None,
    publisher: Annotated[Plain | None, Query(max_length=200, description="who published it")] = None,
) -> list[ReportSummary]:
    """Text, HTML, PDF, e-mail or a feed as the request's body. Stored in the record; sent again, it is not stored twice."""
    data = await request.body()
    take = partial(desk.take, data, name, published=published, publisher=publisher)
    taken = await run_sync(take, limiter=frame.arriving)
    operations.feed.nudge()
    return taken


@router.post(
    "/operations/{operation}/reports/{report}/date", operation_id="redateReport", summary="Say when a report was published",
    dependencies=[_WRITE], response_model=ReadingAnswer,
)  # fmt: skip
async def redate_report(
    desk: Desk,
    frame: TheFrame,
    operations: TheOperations,
    report: EntryId,
    published: Annotated[
        Plain, Query(min_length=1, max_length=200, description="'2022-02-18T19:05+13:00', 'day 11', '16/02/2022'")
    ],
) -> Response:
    """Read it again as of that date. It has another id then, and other drafts; what was entered from it stays."""
    body = await run_sync(lambda: desk.redate(report, published).model_dump_json(), limiter=frame.arriving)
    operations.feed.nudge()
    return Response(body, media_type="application/json")


@router.get(
    "/operations/{operation}/reports/{report}",
    operation_id="readReport",
    summary="A report and its drafts",
    dependencies=[_SEE],
    response_model=ReadingAnswer,
)
async def read_report(desk: Desk, frame: TheFrame, report: EntryId) -> Response:
    """The text, what was found in it, and the drafts, each with the words that support it and what it would change.

    Enter a draft by POSTing its ``entry`` to the operation's entries; drop it by an entry of kind ``dropped_draft``.
    """
    body = await run_sync(lambda: desk.reading(report).model_dump_json(), limiter=frame.reading)
    return Response(body, media_type="application/json")  # made in that thread: it may be long
