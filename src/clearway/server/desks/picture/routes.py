"""The routes about operations: picture, map, plots, entries, live stream, situation report."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - FastAPI reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime  # noqa: TC002 - same

from clearway.errors import BadInput, Conflict, NotFound
from clearway.picture.contract import Fact, PictureAnswer
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.text import as_text
from clearway.record.entry import EntryId, now
from clearway.record.kinds import KINDS
from clearway.server.desks.picture.desk import MOST_FOUND, OperationDesk, OperationDesks
from clearway.server.desks.picture.kinds import KindsAnswer, kinds_answer
from clearway.server.desks.picture.models import (
    EntryAnswer,
    EntryQuestion,
    MarkCollection,
    OperationDetails,
    OperationQuestion,
    OperationSummary,
)
from clearway.server.refusals import ERRORS
from clearway.server.rights import Person, allows, may, person_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clearway.record.entry import Entry
    from clearway.server.desks.picture.desk import Packed, Visible

SVG, PDF, HTML, TEXT, EVENTS = "image/svg+xml", "application/pdf", "text/html", "text/plain", "text/event-stream"
SITREP_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
_SEE = Depends(may("see the record"))
_WRITE = Depends(may("write entries"))
_OPEN = Depends(may("open operations"))
LAST_NUMBER = 2**53
"""No record has so many entries; more is no number that every browser and database can hold."""

_NO_STORE = {"cache-control": "no-store"}

router = APIRouter(prefix="/api", responses=ERRORS)


def desks_of(request: Request) -> OperationDesks:
    """The record's operations.

    Raises:
        NotFound: the server was started without a record.
    """
    desks: OperationDesks | None = request.app.state.operations
    if desks is None:
        raise NotFound("This server keeps no record. Start it with --record FILE.")
    return desks


def desk_of(
    operation: Annotated[str, Path(description="operation id, as /api/operations lists it")], request: Request
) -> OperationDesk:
    """The operation that an address names.

    Raises:
        NotFound: there is none.
    """
    return desks_of(request).of(operation)


def visible_to(person: Annotated[Person, Depends(person_of)]) -> Visible:
    """Which entries whoever asks may see."""

    def visible(entry: Entry) -> bool:
        return allows(person, "see the record", entry.draft.release)

    return visible


class Moments:
    """About which moment, and as known when; now where absent."""

    def __init__(
        self,
        at: Annotated[AwareDatetime | None, Query(description="about which moment, with its zone; now where absent")] = None,
        known_at: Annotated[AwareDatetime | None, Query(description="as known then; the same moment where absent")] = None,
    ) -> None:
        self.at: datetime = at or now()
        self.known_at: datetime = known_at or self.at


Seen = Annotated[Any, Depends(visible_to)]
When = Annotated[Moments, Depends()]


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
def list_operations(request: Request) -> list[OperationSummary]:
    """Every operation by name; none where the server keeps no record."""
    desks: OperationDesks | None = request.app.state.operations
    return [] if desks is None else [desk.summary() for desk in desks.all()]


@router.post("/operations", operation_id="openOperation", summary="Open an operation", dependencies=[_OPEN], status_code=201)
def open_operation(question: OperationQuestion, request: Request, visible: Seen) -> OperationSummary:
    """Begin the record of an operation with an entry about itself."""
    desks = desks_of(request)
    if question.id in desks.store.streams():
        raise Conflict(f"There is an operation {question.id!r} already. Open it, or choose another id.")
    desk = OperationDesk(desks.store, question.id, None, None)
    body = question.model_dump(mode="json", exclude={"id"}, exclude_none=True)
    desk.write({"kind": "operation", "body": body, "happened": now().isoformat()}, 0, visible)
    request.app.state.feed.nudge()
    return desks.of(question.id).summary()


@router.get("/operations/{operation}", operation_id="getOperation", summary="One operation", dependencies=[_SEE])
def get_operation(desk: Annotated[OperationDesk, Depends(desk_of)]) -> OperationDetails:
    """Its name, its calendar, and when entries became known, by the hour."""
    return desk.details()


@router.get(
    "/operations/{operation}/picture", operation_id="getPicture", summary="The picture", dependencies=[_SEE],
    response_model=PictureAnswer,
)  # fmt: skip
def get_picture(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    when: When,
    visible: Seen,
    request: Request,
    bands: Annotated[bool, Query(description="whether estimates are told over time too")] = True,  # noqa: FBT002 - a query
) -> Response:
    """What the room believes about a moment, given what it knew at another. The same answer today and in a year."""
    return _sent(request, desk.picture_packed(when.at, when.known_at, visible, bands=bands))


@router.get(
    "/operations/{operation}/map", operation_id="getMap", summary="The picture on the map", dependencies=[_SEE],
    response_model=MarkCollection,
)  # fmt: skip
def get_map(desk: Annotated[OperationDesk, Depends(desk_of)], when: When, visible: Seen, request: Request) -> Response:
    """Where the facts of the picture lie: a point for each place, the pieces of each street."""
    return _sent(request, desk.map_packed(when.at, when.known_at, visible))


@router.get(
    "/operations/{operation}/plot.svg", operation_id="getPlot", summary="A figure over time", dependencies=[_SEE],
    response_class=Response, responses={200: {"content": {SVG: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def get_plot(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    when: When,
    visible: Seen,
    key: Annotated[str, Query(description="the figure's key in the picture")],
    width: Annotated[float, Query(ge=200, le=4000, description="user units")] = 640.0,
    height: Annotated[float, Query(ge=120, le=4000, description="user units")] = 240.0,
) -> Response:
    """Ranges as bars, single statements as dots, the estimate as a band; each statement carries its entry's id."""
    drawn = desk.plot(key, when.at, when.known_at, visible, width=width, height=height)
    return Response(drawn, media_type=SVG, headers=_NO_STORE)


@router.get("/operations/{operation}/entries", operation_id="findEntries", summary="Entries of the record", dependencies=[_SEE])
def find_entries(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    visible: Seen,
    q: Annotated[str, Query(max_length=200, description="words that it holds")] = "",
    kind: Annotated[str | None, Query(description="one of GET /api/kinds")] = None,
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER, description="numbered higher than this")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 50,
) -> list[Fact]:
    """Entries in the order of the record, corrected and withdrawn ones too; the next page is after the last number."""
    if kind is not None and kind not in KINDS:
        raise BadInput(f"There is no kind {kind!r}. GET /api/kinds lists them.")
    return desk.found(visible, words=q.replace("\x00", " ").split(), kind=kind, after=after, limit=limit)


@router.get("/operations/{operation}/entries/{entry}", operation_id="getEntry", summary="One entry", dependencies=[_SEE])
def get_entry(desk: Annotated[OperationDesk, Depends(desk_of)], visible: Seen, entry: EntryId) -> EntryAnswer:
    """What was said, by whom, where it can be read again, and every entry that is tied to it."""
    return desk.entry(entry, visible)


@router.post(
    "/operations/{operation}/entries", operation_id="writeEntry", summary="Write an entry", dependencies=[_WRITE],
    status_code=201, responses={409: ERRORS[409]},
)  # fmt: skip
async def write_entry(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    request: Request,
    visible: Seen,
    question: EntryQuestion,
    expected_version: Annotated[int | None, Query(ge=0, description="refuse if the operation has another number")] = None,
) -> EntryAnswer:
    """Append one entry. Sent again with the same id it is not written twice."""
    document = question.model_dump(mode="json", exclude_none=True)
    answer = await run_in_threadpool(desk.write, document, expected_version, visible)
    request.app.state.feed.nudge()
    return answer


@router.get(
    "/operations/{operation}/stream", operation_id="followOperation", summary="Live stream", dependencies=[_SEE],
    response_class=StreamingResponse, responses={200: {"content": {EVENTS: {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def follow_operation(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    request: Request,
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER, description="the last number that was seen")] = 0,
    last_event_id: Annotated[str | None, Header(description="sent by browsers that come back; counts more")] = None,
) -> StreamingResponse:
    """Server-sent events, one for each entry, its number as the event's id; who comes back misses nothing."""
    known = last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit()
    seen = min(int(last_event_id or 0), LAST_NUMBER) if known else after
    events: AsyncIterator[bytes] = request.app.state.feed.follow(desk.stream, seen)
    return StreamingResponse(events, media_type=EVENTS, headers={"cache-control": "no-store", "x-accel-buffering": "no"})


@router.get(
    "/operations/{operation}/sitrep.{form}", operation_id="getSitrep", summary="Situation report", dependencies=[_SEE],
    response_class=Response,
    responses={200: {"content": {form: {"schema": {"type": "string"}} for form in (HTML, PDF, TEXT)}}},
)  # fmt: skip
def get_sitrep(
    desk: Annotated[OperationDesk, Depends(desk_of)],
    when: When,
    form: Literal["html", "pdf", "txt"],
    since: Annotated[AwareDatetime | None, Query(description="when the last was made; 24 hours before where absent")] = None,
) -> Response:
    """What is confirmed, contested, changed and overdue, with METHANE in front, maps and plots in it."""
    report = desk.sitrep(when.at, when.known_at, since)
    match form:
        case "pdf":
            headers = _NO_STORE | {"content-disposition": f'inline; filename="sitrep-{desk.stream}.pdf"'}
            return Response(as_pdf(report), media_type=PDF, headers=headers)
        case "txt":
            return Response(as_text(report), media_type=TEXT, headers=_NO_STORE)
        case "html":
            return Response(as_page(report), media_type=HTML, headers=_NO_STORE | {"content-security-policy": SITREP_POLICY})
