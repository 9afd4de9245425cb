"""``clearway vehicles balance``: what can be true of the number of vehicles, and which statements cannot all hold."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.text.verdict import tell_verdict
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, entries_in_force
from clearway.planning.geojson import read_json
from clearway.planning.vehicles.balance.answer import balanced, figures
from clearway.planning.vehicles.balance.check import check_balance as checked
from clearway.planning.vehicles.balance.check.claim import read_claim
from clearway.planning.vehicles.balance.said import ABOUT, said_of
from clearway.record.entry import now
from clearway.record.operations import chosen_operation, operation_of
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clearway.planning.vehicles.balance.contract import Balance
    from clearway.planning.vehicles.balance.said import Said
    from clearway.record.moments import Calendar

_REMEDY = "Give the JSON that 'clearway vehicles balance --json' prints."
_MOST_ABOUT = 0.9
"""A figure that may be off by all of itself says nothing."""


_NO_ZONE = "Nobody said in which time zone the operation lies: days and hours are as UTC has them. Give it with --zone."


@option_class
class Told(CalendarOptions, OneOperation, RecordOptions):
    """Which record, and how it is read."""

    place: str = option("--place", default="", help="Whose vehicles.  [default: the place of which most figures were said]")
    about: float = option(
        "--about", type=click.FloatRange(0, _MOST_ABOUT), default=ABOUT, show_default=True,
        help="By what share of itself a figure said with 'about' may be off.",
    )  # fmt: skip

    def said(self, span: Callable[[Calendar], tuple[datetime, datetime]]) -> tuple[Said, tuple[datetime, datetime], ZoneInfo]:
        """What is said by the end of a time, the time, and the operation's zone.

        Args:
            span: Its beginning and end by the operation's calendar.

        Raises:
            BadInput: the record, the operation or the time is none.
            Unavailable: the database does not answer.
        """
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            calendar = self.calendar(store, stream)
            start, end = span(calendar)
            index = PictureIndex()
            index.add(store.entries(stream))
            in_force = entries_in_force(store, index, Moments(end, max(end, now())))
            is_known = bool(self.zone) or operation_of(store, stream) is not None
        entries = {entry.id: entry for every in in_force.values() for entry in every}.values()
        said = said_of(entries, calendar.zone, place=self.place, about=self.about)
        return said if is_known else said._replace(assumed=(_NO_ZONE, *said.assumed)), (start, end), calendar.zone


@option_class
class Between(Told):
    """From when to when, beside the record."""

    start: str = option("--from", metavar="TIME", required=True, help="Beginning of the time: 'day 9', '2022-02-16 08:00'.")
    end: str = option("--to", metavar="TIME", required=True, help="Its end; of a day, its end.")

    def span(self, calendar: Calendar) -> tuple[datetime, datetime]:
        """The time that is asked about.

        Raises:
            BadInput: it is none.
        """
        return calendar.span(self.start).start, calendar.span(self.end).end


@click.command()
@takes(Between, "asked")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def balance(asked: Between, *, as_json: bool) -> None:
    """Hold figures, comings, goings, tows and parking together: what can be true at each moment, and what cannot.

    All that is known by now counts. Says which statements contradict each other, in the smallest sets, and how many vehicles
    must have come or left of which nobody spoke. Figures of one day for those who came or left are one running total, never
    added. It is checked before it is printed; check its JSON again with 'clearway vehicles check-balance'.

    clearway vehicles balance --from "day 7" --to "day 14"
    """
    said, (start, end), zone = asked.said(asked.span)
    found = balanced(said, start, end)
    click.echo(found.model_dump_json() if as_json else "\n".join(_lines(found, zone)))


@click.command("check-balance")
@click.argument("answer", type=FILE)
@takes(Told, "told")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check_balance(answer: Path, told: Told, *, as_json: bool) -> None:
    """Check an answer of 'vehicles balance' against the record, by code that shares nothing with what made it.

    Each bound needs a history that reaches it and figures that add up to prove it; so does each set that cannot all hold.
    Give the record, --place and --about as for the answer.
    """
    document = read_json(answer, _REMEDY)
    claim = read_claim(document)
    said, _, _ = told.said(lambda _: (claim.start, claim.end))
    holds, fails = checked(document, said.where, figures(said))
    tell_verdict(holds, fails, as_json=as_json)


def _lines(found: Balance, zone: ZoneInfo) -> Iterator[str]:
    where = found.where or "the whole operation"
    yield f"Vehicles of {where}, {time_words(found.start, zone)} to {time_words(found.end, zone)} ({zone.key})."
    yield from found.summary
    yield from (one.says for one in found.contradictions)
    if not found.is_all:
        yield "There are more such sets."
    for one in found.moments:
        yield f"  {time_words(one.at, zone)}: {one.words}"
    yield from (f"Assumed: {one}" for one in found.assumed)
    yield from (f"Left out: {one}" for one in found.left_out)
