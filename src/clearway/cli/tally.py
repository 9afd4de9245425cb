"""``clearway vehicles count`` and ``tally``: tallies of a file into the record, and what the record says stands where."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from clearway.cli.options.means import WITH_HINDSIGHT
from clearway.cli.options.moments import Question, seen
from clearway.cli.options.record import WrittenOperation
from clearway.cli.options.said import SaidBy
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.files import writing
from clearway.network.store import load_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.record_tally import record_tallies, tally_drafts, write_csv
from clearway.planning.vehicles.tally import read_figures
from clearway.record.doubts import doubts, span_of
from clearway.record.entry import now
from clearway.record.moments import View
from clearway.words import age_words, counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.picture.contract import TallySum
    from clearway.planning.vehicles.record_tally import RecordTallies


@option_class
class CountedBy(SaidBy):
    """Who counted, how and when."""

    method: str | None = option(
        "--method", type=click.Choice(["walk_through", "drone", "phone", "estimate"]), help="How it was counted."
    )
    counted_at: str | None = option("--counted", metavar="TIME", help="When: '14:20', 'day 9 4pm'.  [default: now]")


@click.command()
@click.argument("tally", type=FILE)
@click.argument("network", type=FILE)
@takes(CountedBy, "by")
@takes(WrittenOperation, "operation")
@click.option("--yes", is_flag=True, help="Write it even where its time is doubtful.")
def count(tally: Path, network: Path, by: CountedBy, operation: WrittenOperation, *, yes: bool) -> None:
    """Write the tallies of a CSV file into the record, an entry for each stretch, or none where one cannot be right.

    Sent twice for the same --counted, they are written once. 'clearway vehicles template' prints an example of the file.

    clearway vehicles count tally.csv city.clearway --by "warden, Council" --method walk_through --counted "day 9 4pm"
    """
    gazetteer, moment = Gazetteer(load_network(network)), now()
    with closing(operation.writable()) as store:
        calendar = operation.calendar(store, operation.name)
        at = calendar.moment(by.counted_at, View(moment, latest=moment)) if by.counted_at else moment
        lines = read_figures(tally, gazetteer)
        drafts = tally_drafts(lines, stream=operation.name, source=by.source(), at=at, method=by.method)
        span = span_of(store.entries(operation.name))
        asked = list(dict.fromkeys(doubt for draft in drafts for doubt in doubts(draft, span, calendar.zone)))
        for doubt in asked:
            click.echo(doubt, err=True)
        if asked and not yes:
            click.confirm("Write it all the same?", abort=True, err=True)
        new = store.appended(operation.name, drafts).new
    click.echo(f"{counted(new, 'tally', 'tallies')} written, {len(drafts) - new} were there already.")


@click.command()
@click.argument("network", type=FILE)
@takes(Question, "question")
@click.option("--csv", "out", type=FILE, help="Write them as CSV, as --tally reads it; - prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tally(network: Path, question: Question, *, out: Path | None, as_json: bool) -> None:
    """Show the newest tally of each stretch with its age, and what all of them come to.

    The sum is of the stretches that were counted: streets without a tally are not in it.
    """
    gazetteer = Gazetteer(load_network(network))
    with seen(question) as look:
        picture = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed, bands=False)
    found = record_tallies(picture.states, gazetteer, look.calendar.zone)
    if out is not None:
        if str(out) == "-":
            write_csv(found.counted, sys.stdout)
            return
        with writing(out) as file:
            write_csv(found.counted, file)
    click.echo(json.dumps(_as_json(found, picture.tallies)) if as_json else "\n".join(_lines(found, picture.tallies)))
    if not found.counted and look.when.known_at < now() and not as_json:
        click.echo(WITH_HINDSIGHT)


def _as_json(found: RecordTallies, total: TallySum | None) -> dict[str, object]:
    stretches = [
        {
            "entry": one.entry,
            "stretch": one.stretch.name,
            "vehicles": {name: [amount.low or 0, amount.high] for name, amount in one.tally.vehicles.items()},
            "across": one.tally.across,
            "lanes_left": one.tally.lanes_left,
            "lane_moves": one.tally.lane_moves,
            "method": one.tally.method,
            "counted_by": one.speaker,
            "counted_at": one.at.isoformat(),
            "age_s": one.age_s,
            "assumed": list(one.stretch.assumed),
        }
        for one in found.counted
    ]
    return {
        "stretches": stretches,
        "sum": total.model_dump(mode="json") if total else None,
        "left_out": list(found.left_out),
        "notes": list(found.notes),
    }


def _lines(found: RecordTallies, total: TallySum | None) -> Iterator[str]:
    yield f"{total.says}." if total else "The record has no tally of a stretch at that moment."
    for one in found.counted:
        yield f"  {one.stretch.name}: {one.says} [{one.speaker}; {age_words(one.age_s)} ago; {one.entry}]"
    yield from found.left_out
    yield from (f"Note: {one}" for one in found.notes)
