"""``clearway talks enter`` and ``list``: contacts, parties and advice from CSV into the record and out, promises out."""

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
from clearway.planning.reading import Reading
from clearway.planning.talks.tables import Entered, Listed, drafts_of, rows_of, write_rows
from clearway.words import joined

if TYPE_CHECKING:
    from pathlib import Path


@option_class
class SaidOfTalks:
    """Who says so, and when it was so."""

    by: str = option("--by", metavar="WHO", required=True, help="The office, and behind a comma the organisation.")
    at: str | None = option(
        "--when", metavar="TIME", help="When it was so, for lines that do not say.  [default: now; a contact has to say]"
    )


@click.command("enter")
@click.argument("table", type=click.Choice(get_args(Entered)))
@click.argument("file", type=FILE)
@takes(SaidOfTalks, "said")
@takes(WrittenOperation, "operation")
def enter(table: Entered, file: Path, said: SaidOfTalks, operation: WrittenOperation) -> None:
    """Write contacts, parties or advice of a CSV file into the record, or none where a line cannot be right.

    Cells take what people type: "day 9 4pm", "talk on site", "about 300", "yes"; several in one cell are parted by semicolons.
    Offices and groups, never names of persons. Sent twice, a line that says when is written once.
    'clearway talks list TABLE --csv -' prints the columns.

    clearway talks enter contacts contacts.csv --by "liaison officer, Police"
    """
    enter_lines(operation, file, said.at, partial(drafts_of, table=table, source=said.by))


@click.command("list")
@click.argument("table", type=click.Choice(get_args(Listed)))
@takes(Question, "question")
@click.option("--csv", "out", type=FILE, help="Write them as CSV; - prints it. 'talks enter' reads all but commitments.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_table(table: Listed, question: Question, *, out: Path | None, as_json: bool) -> None:
    """List the log of contacts, commitments and how they stand, parties, or advice and whether it was heeded.

    By offices and groups: whoever a source names is listed by office or role.
    """
    with seen(question) as look:
        rows = rows_of(Reading(look.store, look.stream, look.when, look.typed), table)
    if out is not None and str(out) == "-":
        write_rows(rows, table, sys.stdout)
    elif out is not None:
        with writing(out) as file:
            write_rows(rows, table, file)
    elif as_json:
        click.echo(json.dumps(rows))
    else:
        lines = [joined(*(f"{column}: {said}" for column, said in row.items() if said != "")) for row in rows]
        click.echo("\n".join(lines) or f"The record has no {table}.")
