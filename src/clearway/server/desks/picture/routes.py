"""The routes about operations: picture, map, plots, entries, live stream, situation report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, SkipValidation, StringConstraints

from clearway.errors import BadInput
from clearway.picture.contract import Fact, PictureAnswer
from clearway.picture.view import Moments
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.shape import Head, Sitrep
from clearway.publish.sitrep.text import as_text
from clearway.record.entry import EntryId, Knowledge, Release, now
from clearway.record.kinds import KINDS
from clearway.record.kinds.issued import Form
from clearway.record.parts import without_nul
from clearway.server.desks.picture.desk import MOST_FOUND, MOST_IN_BATCH, PictureDesk, opened_operation
from clearway.server.desks.picture.kinds import KindsAnswer, kinds_answer
from clearway.server.desks.picture.models import (
    BatchAnswer,
    EntryAnswer,
    EntryCheck,
    EntryQuestion,
    MarkCollection,
    Names,
    OperationDetails,
    OperationQuestion,
    OperationSummary,
    TimeRead,
    TimesBeside,
)
from clearway.server.followers import EVENTS, LiveStream
from clearway.server.frame import TheFrame, TheOperations, at_operation, operation_of
from clearway.server.operations import ServedOperation
from clearway.server.refusals import ERRORS
from clearway.server.rights import Asker, May
from clearway.shapes import not_a_number

if TYPE_CHECKING:
    from clearway.server.desks.picture.desk import Packed

SVG, PDF, HTML, TEXT = "image/svg+xml", "application/pdf", "text/html", "text/plain"
SITREP_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
_SEE = Depends(May("see the record"))
_WRITE = Depends(May("write entries"))
_OPEN = Depends(May("open operations"))
LAST_NUMBER = 2**53
"""No record has so many entries; more is no number that every browser and database can hold."""

_NO_STORE = {"cache-control": "no-store"}

router = APIRouter(prefix="/api", responses=ERRORS)


Asked = Annotated[AwareDatetime, BeforeValidator(not_a_number)]
"""A moment of a question."""
Said = Annotated[str, StringConstraints(max_length=200), AfterValidator(without_nul)]
"""A few words that the record will hold."""


async def moments_of(
    at: Annotated[Asked | None, Query(description="the moment to show, with its time zone; default: now")] = None,
    known_at: Annotated[Asked | None, Query(description="as known at this time; default: the same moment")] = None,
    knowledge: Annotated[
        Knowledge,
        Query(
            description="had: as the room had it, what was entered live counting from when it was written; could: as it could "
            "have been known, every entry counting from its 'known'"
        ),
    ] = "had",
    without: Annotated[
        list[EntryId] | None, Query(max_length=50, description="ids of entries whose push on the forecasts is left out")
    ] = None,
) -> Moments:
    """The moments of a question; now where absent."""
    about = at or now()
    return Moments(about, known_at or about, knowledge, frozenset(without or ()))


Desk = Annotated[PictureDesk, Depends(at_operation(PictureDesk))]
When = Annotated[Moments, Depends(moments_of)]


def _sent(request: Request, body: Packed) -> Response:
    """A kept answer in the form that the client takes."""
    headers = _NO_STORE | {"vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.gzipped, media_type="application/json", headers=headers | {"content-encoding": "gzip"})
    return Response(body.plain, media_type="application/json", headers=headers)


@router.get("/kinds", operation_id="listKinds", summary="The kinds of entry", dependencies=[_SEE])
def list_kinds() -> KindsAnswer:
    """Every kind with its fields: the JSON schema of a body, and what a page needs to show, draw and type it."""
    return kinds_answer()


@router.get("/operations", operation_id="listOperations", summary="The operations of the record", dependencies=[_SEE])
def list_operations(frame: TheFrame, person: Asker) -> list[OperationSummary]:
    """Every operation by name; none if the server has no record."""
    operations = frame.operations.all(person.releases) if frame.operations else []
    return [operation.desk(PictureDesk).summary() for operation in operations]


@router.post("/operations", operation_id="openOperation", summary="Open an operation", dependencies=[_OPEN], status_code=201)
async def open_operation(
    question: OperationQuestion, operations: TheOperations, person: Asker, frame: TheFrame
) -> OperationSummary:
    """Begin the record of an operation with an entry about itself.

    Its times are by its city's own zone where none is given.
    """
    summary = await run_in_threadpool(opened_operation, operations, question, person, frame.networks)
    operations.feed.nudge()
    return summary


@router.get("/operations/{operation}", operation_id="getOperation", summary="One operation", dependencies=[_SEE])
def get_operation(desk: Desk) -> OperationDetails:
    """Its name, its calendar, and when entries became known, by the hour."""
    return desk.details()


@router.get(
    "/operations/{operation}/picture", operation_id="getPicture", summary="The picture", dependencies=[_SEE],
    response_model=PictureAnswer,
)  # fmt: skip
def get_picture(
    desk: Desk,
    when: When,
    request: Request,
    bands: Annotated[bool, Query(description="whether to include estimates over time")] = True,  # noqa: FBT002 - a query
) -> Response:
    """The picture at one moment, as the room knew it at that time or another.

    As the room had it, a past moment is answered the same today and in a year; only an import can change it, and marks what it
    brought. As it could have been known, entries that were learnt late are in it too.
    """
    return _sent(request, desk.picture_packed(when, bands=bands))


@router.get(
    "/operations/{operation}/map", operation_id="getMap", summary="The picture on the map", dependencies=[_SEE],
    response_model=MarkCollection,
)  # fmt: skip
def get_map(desk: Desk, when: When, request: Request) -> Response:
    """Where the facts of the picture lie: a point for each place, the pieces of each street."""
    return _sent(request, desk.map_packed(when))


@router.get("/operations/{operation}/time", operation_id="readTime", summary="A time in words", dependencies=[_SEE])
def read_time(
    desk: Desk,
    text: Annotated[str, Query(min_length=1, max_length=200, description="'22 Feb 6pm', 'half past two', 'day 11 9:00'")],
    near: Annotated[
        Asked | None, Query(description="the moment that words such as '7pm' and 'yesterday' are read from; default: now")
    ] = None,
) -> TimeRead:
    """The moment that people mean, in the words that entries take."""
    return desk.time_read(text, near or now())


@router.get(
    "/operations/{operation}/beside",
    operation_id="getTimesBeside",
    summary="When the picture changes next",
    dependencies=[_SEE],
)
def get_times_beside(
    desk: Desk,
    at: Annotated[Asked, Query(description="the moment shown")],
    knowledge: Knowledge = "had",
    until: Annotated[Asked | None, Query(description="later ones do not count; default: all count")] = None,
) -> TimesBeside:
    """The last moment before one, and the first after it, at which an entry joined the picture."""
    return desk.times_beside(at, knowledge=knowledge, until=until)


@router.get(
    "/operations/{operation}/plot.svg", operation_id="getPlot", summary="A figure over time", dependencies=[_SEE],
    response_class=Response, responses={200: {"content": {SVG: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def get_plot(
    desk: Desk,
    when: When,
    key: Annotated[str, Query(description="the figure's key in the picture")],
    width: Annotated[float, Query(ge=200, le=4000, description="user units")] = 640.0,
    height: Annotated[float, Query(ge=120, le=4000, description="user units")] = 240.0,
) -> Response:
    """Ranges as bars, single statements as dots, the estimate as a band; each statement carries its entry's id."""
    drawn = desk.plot(key, when, width=width, height=height)
    return Response(drawn, media_type=SVG, headers=_NO_STORE)


@router.get("/operations/{operation}/entries", operation_id="findEntries", summary="Entries of the record", dependencies=[_SEE])
def find_entries(
    desk: Desk,
    q: Annotated[str, Query(max_length=200, description="words to look for")] = "",
    kind: Annotated[str | None, Query(description="one of GET /api/kinds")] = None,
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER, description="numbered higher than this")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 50,
) -> list[Fact]:
    """Entries in the order of the record, corrected and withdrawn ones too; the next page is after the last number."""
    if kind is not None and kind not in KINDS:
        raise BadInput(f"There is no kind {kind!r}. GET /api/kinds lists them.")
    return desk.found(words=q.replace("\x00", " ").split(), kind=kind, after=after, limit=limit)


@router.get("/operations/{operation}/entries/{entry}", operation_id="getEntry", summary="One entry", dependencies=[_SEE])
def get_entry(desk: Desk, entry: EntryId) -> EntryAnswer:
    """What was stated, by whom, where to read it, and every entry that is tied to it."""
    return desk.entry(entry)


@router.post(
    "/operations/{operation}/entries", operation_id="writeEntry", summary="Write an entry", dependencies=[_WRITE],
    status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def write_entry(
    desk: Desk,
    operations: TheOperations,
    question: EntryQuestion,
    expected_version: Annotated[int | None, Query(ge=0, description="refuse if the operation has another number")] = None,
) -> EntryAnswer:
    """Append one entry. Sent again with the same id it is not written twice."""
    answer = await run_in_threadpool(desk.write, question.given(), expected_version)
    operations.feed.nudge()
    return answer


@router.post(
    "/operations/{operation}/check",
    operation_id="checkEntry",
    summary="Check an entry before it is written",
    dependencies=[_WRITE],
)
def check_entry(desk: Desk, question: EntryQuestion) -> EntryCheck:
    """What an entry would say, what it would change, and what to ask before it is written. Nothing is written."""
    return desk.check(question.given())


@router.get(
    "/operations/{operation}/names", operation_id="listNames", summary="Speakers and places of the record", dependencies=[_SEE]
)
def list_names(desk: Desk) -> Names:
    """Whom and what the record names, the most used first: for those who type."""
    return desk.names()


@router.post(
    "/operations/{operation}/batch", operation_id="writeBatch", summary="Write many entries", dependencies=[_WRITE],
    status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def write_batch(
    desk: Desk,
    operations: TheOperations,
    entries: Annotated[
        list[SkipValidation[EntryQuestion]], Body(min_length=1, max_length=MOST_IN_BATCH, description="in their order")
    ],
) -> BatchAnswer:
    """Append entries, all of them or none; what is wrong with one is said with its number, the first being 1.

    They may be tied to each other by the ids that you give them. Sent again with the same ids they are not written twice.
    """
    answer = await run_in_threadpool(desk.write_batch, entries)
    operations.feed.nudge()
    return answer


@router.get(
    "/operations/{operation}/stream", operation_id="followOperation", summary="Live stream", dependencies=[_SEE],
    response_class=StreamingResponse, responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def follow_operation(
    operation: Annotated[ServedOperation, Depends(operation_of)],
    operations: TheOperations,
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER, description="number of the last entry received")] = 0,
    last_event_id: Annotated[str | None, Header(description="sent by browsers that reconnect; overrides 'after'")] = None,
) -> LiveStream:
    """Server-sent events, one for each entry, its number as the event's id; a client that reconnects misses nothing.

    An event ``record`` says why the record does not answer, or, without a ``problem``, that it does again.
    """
    known = last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit()
    seen = min(int(last_event_id or 0), LAST_NUMBER) if known else after
    return LiveStream(operations.seats, operations.feed.follow(operation.name, seen, operation.releases))


async def head_of(  # noqa: PLR0913, PLR0917 - one parameter for each of the query
    operation: Annotated[ServedOperation, Depends(operation_of)],
    number: Annotated[int | None, Query(ge=1, le=99_999, description="of the report")] = None,
    author: Annotated[Said, Query(max_length=200, description="whose report it is, by office")] = "",
    approver: Annotated[Said, Query(max_length=200, description="who approved it, by office")] = "",
    marking: Annotated[Said, Query(max_length=200, description="default: as the release level says")] = "",
    to: Annotated[list[Said] | None, Query(max_length=50, description="who gets it")] = None,
    next_due: Annotated[Asked | None, Query(description="when the next report is due")] = None,
    release: Annotated[Release | None, Query(description="who may have it; default: all that the asker may see")] = None,
    since: Annotated[
        Asked | None, Query(description="when the last report was made; default: the last issued one, else 24 hours earlier")
    ] = None,
) -> Head:
    """What people say of a report."""
    highest = next(level for level in get_args(Release) if level in operation.releases)
    return Head(
        number=number,
        author=author.strip(),
        approver=approver.strip(),
        marking=marking.strip(),
        distribution=tuple(filter(None, map(str.strip, to or ()))),
        next_due=next_due,
        release=release or highest,
        since=since,
    )


SitrepHead = Annotated[Head, Depends(head_of)]
PRINTED: dict[str, tuple[str, Form, Callable[[Sitrep], bytes]]] = {
    "pdf": (PDF, "pdf", as_pdf),
    "html": (HTML, "html", lambda report: as_page(report).encode()),
    "txt": (TEXT, "text", lambda report: as_text(report).encode()),
}
_SITREPS: dict[int | str, dict[str, Any]] = {
    200: {"content": {form: {"schema": {"type": "string"}} for form in (HTML, PDF, TEXT)}}
}


@router.get(
    "/operations/{operation}/sitrep.{form}", operation_id="getSitrep", summary="Situation report", dependencies=[_SEE],
    response_class=Response, responses=_SITREPS,
)  # fmt: skip
def get_sitrep(desk: Desk, when: When, form: Literal["html", "pdf", "txt"], head: SitrepHead) -> Response:
    """A first page that stands alone, METHANE, what is known and how surely, what is done and next, with map and plots."""
    return _document(desk.name, form, PRINTED[form][2](desk.sitrep(when, head)))


@router.post(
    "/operations/{operation}/sitrep.{form}", operation_id="issueSitrep", summary="Issue a situation report",
    dependencies=[_WRITE], response_class=Response, responses=_SITREPS,
)  # fmt: skip
async def issue_sitrep(
    desk: Desk, operations: TheOperations, when: When, form: Literal["html", "pdf", "txt"], head: SitrepHead
) -> Response:
    """The report as it leaves the room: its number and the SHA-256 of this very answer are entered in the record."""
    issued = await run_in_threadpool(desk.issued, when, head, PRINTED[form][1], PRINTED[form][2])
    operations.feed.nudge()
    answer = _document(desk.name, form, issued.document)
    answer.headers["clearway-report"] = str(issued.number)
    answer.headers["clearway-entry"] = issued.entry
    return answer


def _document(operation: str, form: Literal["html", "pdf", "txt"], printed: bytes) -> Response:
    headers = _NO_STORE | {"content-disposition": f'inline; filename="sitrep-{operation}.{form}"'}
    if form == "html":
        headers |= {"content-security-policy": SITREP_POLICY}
    return Response(printed, media_type=PRINTED[form][0], headers=headers)
