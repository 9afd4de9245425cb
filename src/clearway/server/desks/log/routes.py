"""The routes of the log: a part of it as JSON, all that fits as CSV."""

from __future__ import annotations

import io
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BeforeValidator

from clearway.errors import BadInput
from clearway.picture.contract import Standing
from clearway.picture.log import LogAnswer, LogQuestion, Sort
from clearway.picture.log_csv import write_log
from clearway.record.entry import Release, now
from clearway.record.kinds import KINDS
from clearway.record.moments import View
from clearway.server.desks.log.desk import LogDesk
from clearway.server.frame import at_operation
from clearway.server.refusals import ERRORS
from clearway.server.rights import May
from clearway.shapes import not_a_number

CSV = "text/csv"
MOST_LINES = 500
"""At most so many lines in one answer."""
_LAST = 2**53
_SEE = Depends(May("see the record"))
_WORDS = 200

router = APIRouter(prefix="/api", responses=ERRORS)

Desk = Annotated[LogDesk, Depends(at_operation(LogDesk))]
Words = Annotated[str, Query(max_length=_WORDS)]


def question_of(  # noqa: PLR0913, PLR0917 - one parameter for each of the query
    desk: Desk,
    q: Annotated[str, Query(max_length=_WORDS, description="words that the entry holds, whole or their beginnings")] = "",
    kind: Annotated[list[str] | None, Query(max_length=200, description="of GET /api/kinds; may be repeated")] = None,
    place: Annotated[str, Query(max_length=_WORDS, description="words of its place; 'Pl' is 'Place'")] = "",
    who: Annotated[str, Query(max_length=_WORDS, description="words of who said it, for whom, or in what")] = "",
    since: Annotated[str, Query(max_length=_WORDS, description="it went on then or later: 'day 11', '18 Feb 7pm'")] = "",
    until: Annotated[str, Query(max_length=_WORDS, description="it had begun by then, in the same words")] = "",
    near: Annotated[
        AwareDatetime | None,
        BeforeValidator(not_a_number),
        Query(description="the moment that words such as 'yesterday' are read from; default: now"),
    ] = None,
    release: Annotated[list[Release] | None, Query(max_length=3, description="may be repeated")] = None,
    standing: Annotated[list[Standing] | None, Query(max_length=4, description="may be repeated")] = None,
    sort: Sort = "happened",
    descending: Annotated[bool, Query(description="the last first")] = True,  # noqa: FBT002 - a query
) -> LogQuestion:
    """Which lines are asked for.

    Raises:
        BadInput: there is no such kind, or a time cannot be read.
    """
    if missing := [name for name in kind or () if name not in KINDS]:
        raise BadInput(f"There is no kind {missing[0]!r}. GET /api/kinds lists them.")
    calendar, view = desk.calendar(), View(near or now())
    return LogQuestion(
        words=q,
        kinds=tuple(kind or ()),
        place=place,
        who=who,
        since=calendar.moment(since, view, start=True) if since.strip() else None,
        until=calendar.moment(until, view) if until.strip() else None,
        releases=tuple(release or ()),
        standings=tuple(standing or ()),
        sort=sort,
        descending=descending,
    )


Question = Annotated[LogQuestion, Depends(question_of)]


@router.get("/operations/{operation}/log", operation_id="getLog", summary="The log", dependencies=[_SEE])
def get_log(
    desk: Desk,
    question: Question,
    offset: Annotated[int, Query(ge=0, le=_LAST, description="pass over so many lines")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES)] = 100,
) -> LogAnswer:
    """Every entry, also those that were corrected or withdrawn, each with how it stands now; a part at a time."""
    return desk.lines(question, offset=offset, limit=limit)


@router.get(
    "/operations/{operation}/log.csv", operation_id="getLogCsv", summary="The log as CSV", dependencies=[_SEE],
    response_class=Response, responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def get_log_csv(desk: Desk, question: Question) -> Response:
    """All lines that fit, times in the operation's own zone; for a spreadsheet."""
    text = io.StringIO()
    write_log(text, desk.lines(question).lines, desk.calendar().zone)
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="log-{desk.name}.csv"'}
    return Response("\ufeff" + text.getvalue(), media_type=CSV, headers=headers)
