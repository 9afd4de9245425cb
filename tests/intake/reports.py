"""Reports of our own words for tests: what happened in them never did, and nobody in them has a name that is not public."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from clearway.intake.reader import Context, Reading, read
from clearway.intake.report import Report
from clearway.record.moments import Calendar, moment_of
from clearway.record.place import NamedPlace

CALENDAR = Calendar(ZoneInfo("Pacific/Auckland"), date(2022, 2, 8))
PUBLISHED = moment_of("2022-02-18T20:00+13:00")  # a Friday, day 11
SITE = NamedPlace(name="Parliament grounds", at=(174.777, -41.278))
CONTEXT = Context(
    CALENDAR, organisations=("New Zealand Police", "New Zealand Defence Force", "Wellington City Council"), site=SITE
)


def reading(text: str, context: Context = CONTEXT, **told: object) -> Reading:
    """A text read as published on the evening of day 11."""
    fields = {"name": "report.txt", "published": PUBLISHED, "publisher": "The paper"} | told
    return read(Report(text, **fields), context)  # type: ignore[arg-type]


def local(moment: object) -> str:
    """A moment in the operation's time, as ``18 19:05``."""
    return f"{moment.astimezone(CALENDAR.zone):%d %H:%M}"  # type: ignore[attr-defined]
