"""``clearway vehicles enter`` and ``list``: places to park and to store and operators, from CSV into the record and out."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, get_args

import click

from clearway.cli.entering import enter_lines
from clearway.cli.options.moments import Question, seen
from clearway.cli.options.record import WrittenOperation
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.files import writing
from clearway.picture.index import PictureIndex
from clearway.planning.vehicles.ladder.answer import entries_of
from clearway.planning.vehicles.record_tables import KIND_OF, Table, columns_of, drafts_of, newest, write_table

if TYPE_CHECKING:
    from pathlib import Path

TABLES = click.Choice(get_args(Table))


@option_class
class SaidOfTable:
    """Who says so, and when it was so."""

    by: str = option("--by", metavar="WHO", required=True, help="The office, and behind a comma the organisation.")
    at: str | None = option("--when", metavar="TIME", help="When it was so: '14:20', 'day 9 4pm'.  [default: now]")


@click.command("enter")
@click.argument("table", type=TABLES)
@click.argument("file", type=FILE)
@takes(SaidOfTable, "said")
@takes(WrittenOperation, "operation")
def enter(table: Table, file: Path, said: SaidOfTable, operation: WrittenOperation) -> None:
    """Write places to park, places to store or operators of a CSV file into the record, or none where a line cannot be right.

    Cells take what people type: "about 300", "Mo-Fr 07:00-19:00", "yes". Sent twice for the same --when, they are written
    once. 'clearway vehicles list TABLE --csv -' prints the columns.

    clearway vehicles enter parking places.csv --by "planner, Council"
    """
    enter_lines(operation, file, said.at, partial(drafts_of, table=table, source=said.by))


@click.command("list")
@click.argument("table", type=TABLES)
@takes(Question, "question")
@click.option("--csv", "out", type=FILE, help="Write them as CSV, as 'vehicles enter' reads it; - prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_table(table: Table, question: Question, *, out: Path | None, as_json: bool) -> None:
    """List places to park, places to store or operators of the record: the newest word on each.

    Operators are named, with their conditions: that list is for the room alone.
    """
    with seen(question) as look:
        index = PictureIndex()
        index.add(look.store.entries(look.stream))
        entries = newest(entries_of(look.store, index, look.when, lambda kind: kind == KIND_OF[table]), table)
        zone = look.calendar.zone
    if out is not None and str(out) == "-":
        write_table(entries, table, sys.stdout)
    elif out is not None:
        with writing(out) as file:
            write_table(entries, table, file)
    elif as_json:
        click.echo(json.dumps([entry.as_json() for entry in entries]))
    else:
        none = f"The record has none. A file to be entered has the columns: {', '.join(columns_of(table))}."
        click.echo("\n".join(f"{entry.draft.body.says(zone)} [{entry.id}]" for entry in entries) or none)
