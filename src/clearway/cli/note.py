"""``clearway record note``: a sentence as it is said over the radio, read, shown and, when somebody agrees, written."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.record import WrittenOperation
from clearway.cli.options.said import SaidBy
from clearway.cli.options.typed import option, option_class, takes
from clearway.errors import BadInput
from clearway.record.doubts import doubts, span_of
from clearway.record.entry import now, refuse_future
from clearway.record.moments import View
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.words import counted, time_words

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.intake.note import Note
    from clearway.record.entry import Draft
    from clearway.record.moments import Calendar
    from clearway.record.store import Store


@option_class
class Said(SaidBy):
    """Who says it, how and when."""

    at: str | None = option("--at", metavar="TIME", help="When it was said: '14:20', 'day 9 4pm'.  [default: now]")
    network: Path | None = option("--network", help="Road network whose streets and places the words name.")


@click.command()
@click.argument("text", metavar="WORDS")
@takes(Said, "said")
@takes(WrittenOperation, "operation")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
def note(text: str, said: Said, operation: WrittenOperation, *, yes: bool, as_json: bool) -> None:
    """Read a sentence, show the entries that it gives, ask, and write them with the words beside them.

    Reads by rules what reports say too: figures, comings and goings, arrests, injuries, roads, barriers, incidents, promises. A
    place or a time that the words do not name is not added.

    clearway record note "12 cars left Molesworth St northbound 14:20" --by "officer, Police"
    """
    with closing(operation.writable()) as store:
        calendar = operation.calendar(store, operation.name)
        read = _read(store, operation.name, text, said, calendar)
        if not read.drafts:
            raise BadInput(f"Nothing could be read in it, and nothing was written. Enter it by: {read.remedy(said.by)}")
        if not as_json or not yes:
            _show(read, calendar.zone)
        span = span_of(store.entries(operation.name))
        for doubt in dict.fromkeys(doubt for draft in read.drafts for doubt in doubts(draft, span, calendar.zone)):
            click.echo(doubt, err=True)
        if not yes and not click.confirm(f"Write {counted(len(read.drafts), 'entry', 'entries')}?", err=as_json):
            click.echo("Nothing was written.", err=as_json)
            return
        added = store.append(operation.name, [read.report, *read.drafts], texts=[read.text])[1:]
    click.echo(json.dumps([entry.as_json() for entry in added]) if as_json else _written([entry.seq for entry in added]))


def _read(store: Store, stream: str, text: str, said: Said, calendar: Calendar) -> Note:
    from clearway.intake.context import context_of  # noqa: PLC0415 - what they need takes time to load
    from clearway.intake.note import MOST_CHARACTERS, read_note  # noqa: PLC0415
    from clearway.network.store import load_network  # noqa: PLC0415

    if not text.strip() or len(text) > MOST_CHARACTERS:
        raise BadInput(
            f"A note is a sentence or a few, up to {MOST_CHARACTERS:,} characters. Give a report to 'clearway intake'."
        )
    network = load_network(said.network) if said.network else None
    moment = now()
    at = _moment(said.at, calendar, moment) if said.at else moment
    context = context_of(store, stream, network, calendar)
    read = read_note(text.strip(), context, source=said.source(), stream=stream, at=at)
    refuse_future(read.report, moment)
    return read


def _moment(text: str, calendar: Calendar, moment: datetime) -> datetime:
    return calendar.moment(text, View(moment, latest=moment))


def _show(read: Note, zone: ZoneInfo) -> None:
    for number, draft in enumerate(read.drafts, start=1):
        where = place_words(draft.places) or "place not given"
        click.echo(f"{number}. {draft.kind.replace('_', ' ')}: {draft.body.says(zone)}")
        click.echo(f"   {_when(draft, zone)}; {where}; {speaker(draft.source)} ({draft.source.grade})")
    for sentence in read.unread:
        click.echo(f"Not read: {sentence}")


def _when(draft: Draft, zone: ZoneInfo) -> str:
    start, end, words = draft.happened.start, draft.happened.end, draft.happened.said
    if start == end:
        return time_words(start, zone)
    span = f"{time_words(start, zone)} to {time_words(end, zone)}"
    return f"{span} ({words})" if words else f"time not given, so {span}"


def _written(seqs: list[int]) -> str:
    return f"Written: {', '.join(f'entry {seq}' for seq in seqs)}."
