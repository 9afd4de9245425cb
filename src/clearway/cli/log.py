"""``clearway record list``: the log, every entry in a flat list, filtered and in order."""

from __future__ import annotations

import io
import json
from contextlib import closing
from typing import TYPE_CHECKING, get_args

import click

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress
from clearway.errors import BadInput
from clearway.files import writing
from clearway.picture.contract import Standing
from clearway.picture.log import Log, LogQuestion, Sort
from clearway.picture.log_csv import write_log
from clearway.picture.standing import STANDING_WORDS
from clearway.record.entry import RELEASES, Release
from clearway.record.kinds import KINDS
from clearway.record.operations import chosen_operation
from clearway.words import counted, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clearway.picture.log import LogAnswer, LogLine
    from clearway.record.moments import Calendar

_SHOWN = 100


@option_class
class Wanted(CalendarOptions, OneOperation, RecordOptions):
    """Which lines of which log, and in which order."""

    words: str = option("--words", default="", help="Words that the entry holds, whole or their beginnings.")
    kind: tuple[str, ...] = option("--kind", metavar="KIND", help="Kind of entry. May be repeated.")
    place: str = option("--place", default="", help="Words of its place: 'Courtenay Pl' is 'Courtenay Place'.")
    who: str = option("--who", default="", help="Words of who said it, for whom, or in what.")
    since: str = option("--from", metavar="TIME", default="", help="It went on then or later: 'day 11', '18 Feb 7pm'.")
    until: str = option("--to", metavar="TIME", default="", help="It had begun by then.")
    release: tuple[Release, ...] = option(
        "--release", type=click.Choice(get_args(Release)), help="Release level. May be repeated."
    )
    standing: tuple[Standing, ...] = option(
        "--standing", type=click.Choice(get_args(Standing)), help="Whether it still holds. May be repeated."
    )
    sort: Sort = option("--sort", type=click.Choice(get_args(Sort)), default="happened", show_default=True, help="By what.")
    ascending: bool = option("--ascending", help="The first one first.")

    def question(self, calendar: Calendar) -> LogQuestion:
        """What is asked of the log.

        Raises:
            BadInput: there is no such kind, or a time cannot be read.
        """
        if missing := [name for name in self.kind if name not in KINDS]:
            raise BadInput(f"There is no kind {missing[0]!r}. 'clearway record kinds' lists them.")
        return LogQuestion(
            words=self.words,
            kinds=self.kind,
            place=self.place,
            who=self.who,
            since=calendar.moment(self.since, start=True) if self.since else None,
            until=calendar.moment(self.until) if self.until else None,
            releases=self.release,
            standings=self.standing,
            sort=self.sort,
            descending=not self.ascending,
        )


@click.command(name="list")
@takes(Wanted, "wanted")
@click.option("--limit", type=click.IntRange(1), help="At most this many.  [default: 100; all with --csv, --json or --out]")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for a spreadsheet.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--out", type=FILE, help="Write the CSV to a file.")
def list_(wanted: Wanted, *, limit: int | None, as_csv: bool, as_json: bool, out: Path | None) -> None:
    """List the entries of an operation, and whether each still holds: in force, said anew since, corrected, withdrawn.

    clearway record list --kind count --place "Molesworth St" --from "day 9" --to "day 11" --standing in_force --csv
    """
    with closing(wanted.existing()) as store, Progress() as progress:
        progress.tell("Reading the record")
        stream = chosen_operation(store, wanted.stream)
        calendar = wanted.calendar(store, stream)
        question = wanted.question(calendar)
        log = Log(calendar.zone)
        log.take_up(store.entries(stream), RELEASES)
    is_whole = as_csv or as_json or out is not None
    found = log.answer(question, limit=limit or (log.size if is_whole else _SHOWN))
    if as_json:
        click.echo(json.dumps([line.as_json() for line in found.lines], ensure_ascii=False))
    elif out is not None:
        with writing(out) as file:
            write_log(file, found.lines, calendar.zone)
        click.echo(f"{counted(len(found.lines), 'entry', 'entries')} written to {out}.")
    elif as_csv:
        text = io.StringIO()
        write_log(text, found.lines, calendar.zone)
        click.echo(text.getvalue(), nl=False)
    else:
        click.echo("\n".join(_told(found, calendar.zone)))


def _told(found: LogAnswer, zone: ZoneInfo) -> Iterable[str]:
    yield from (_line(line, zone) for line in found.lines)
    shown = f"; the first {len(found.lines):,} are shown, --limit shows more" if len(found.lines) < found.total else ""
    yield f"{found.total:,} of {counted(found.entries, 'entry', 'entries')}{shown}."


def _line(line: LogLine, zone: ZoneInfo) -> str:
    where = f" - {line.where}" if line.where else ""
    by = f" by {', '.join(line.replaced_by)}" if line.replaced_by else ""
    stands = "" if line.standing == "in_force" else f"; {STANDING_WORDS[line.standing]}{by}"
    when = when_words(line.happened, zone)
    return (
        f"{when}  {vocabulary(line.kind)}: {line.says}{where} [{line.speaker}; {line.grade}; {line.release}{stands}; {line.id}]"
    )
