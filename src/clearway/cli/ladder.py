"""``clearway vehicles ladder`` and ``climb``: when not to move vehicles, and a step that is taken."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any, get_args

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.text.ladder import ladder_lines
from clearway.picture.index import PictureIndex
from clearway.planning.vehicles.ladder.answer import ladder_of
from clearway.planning.vehicles.ladder.climbing import climb as write_step
from clearway.record.entry import now
from clearway.record.kinds.ladder import STEPS, Answer
from clearway.record.operations import chosen_operation
from clearway.record.parse import draft_of


@click.command()
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def ladder(question: Question, *, as_json: bool) -> None:
    """Say whether vehicles may be moved against the will of those who parked them, and what a tow still lacks.

    Go, hold or stop, with each reason and the entries that it rests on: people near by, children, night, the last incident,
    talks, a crowd that grew after towing was announced, decisions, conditions. What nobody has said is unknown, and that is no
    go. Limits that no 'ladder_limits' entry sets are assumed, and said to be. Lists each job with its steps, and each
    announcement of towing with whether it was done. It decides nothing.
    """
    with seen(question) as look:
        found = ladder_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(ladder_lines(found)))


@option_class
class Taken(CalendarOptions, OneOperation, RecordOptions):
    """A step that is taken, or its answer."""

    job: str = option(
        "--job",
        required=True,
        help="The stretch or the group of vehicles, always by the same words; never a person or a plate.",
    )
    step: str = option("--step", type=click.Choice(STEPS), required=True, help="Which step.")
    by: str = option("--by", metavar="WHO", required=True, help="The office, and behind a comma the organisation.")
    where: str | None = option("--where", metavar="PLACE", help="The stretch as a place: 'Hill Street between A and B'.")
    power: str | None = option("--power", metavar="LAW", help="The law that it is taken by; from a ticket on.")
    row: str | None = option(
        "--row", metavar="ROW", help="Row of the jurisdiction file; 'clearway plan jurisdiction' lists them."
    )
    answer: Answer = option(
        "--answer", type=click.Choice(get_args(Answer)), default="none_yet", show_default=True, help="What came of it."
    )
    moved: str | None = option("--moved", metavar="NUMBER", help="How many vehicles went: 3, 'about 10'.")
    because: str | None = option(
        "--because", metavar="REASON", help="Why a step is skipped, an answer not waited for, or the advice not followed."
    )
    expects: str | None = option("--expects", metavar="WORDS", help="What is expected to happen.")
    at: str | None = option("--at", metavar="TIME", help="When it was taken.  [default: now]")
    as_json: bool = option("--json", help="Print the entry as JSON.")

    def document(self) -> dict[str, Any]:
        """The entry as people write it."""
        body = {
            "kind": "ladder_step", "job": self.job, "step": self.step, "by": self.by, "power": self.power,
            "power_row": self.row, "answer": self.answer, "moved": self.moved, "because": self.because, "expects": self.expects,
        }  # fmt: skip
        said = {name: value for name, value in body.items() if value is not None}
        place = {"place": self.where} if self.where else {}
        return {"body": said, "happened": self.at or now().isoformat(), "source": self.by, **place}


@click.command()
@takes(Taken, "taken")
def climb(taken: Taken) -> None:
    """Write a step of the ladder, or the answer to one, to the record.

    In order: ask, offer, help (fuel, a driver, a mechanic), notice, ticket, push aside, tow to the next legal place, tow to
    storage. A step out of turn, and one against the desk's advice, needs a reason; from a ticket on it needs a power.
    """
    with closing(taken.existing()) as store:
        stream = chosen_operation(store, taken.stream)
        entry = write_step(store, stream, draft_of(taken.document(), taken.calendar(store, stream), now=now()))
        zone = taken.calendar(store, stream).zone
    click.echo(json.dumps(entry.as_json()) if taken.as_json else f"Written: entry {entry.seq}. {entry.draft.body.says(zone)}.")
