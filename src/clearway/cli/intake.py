"""``clearway intake``: draft entries out of reports, each with the words that support it."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.progress import Progress
from clearway.cli.record import CHOSEN, FIRST_DAY, ZONE, existing_record
from clearway.errors import BadFile, BadInput
from clearway.files import writing
from clearway.record.entry import now
from clearway.record.operations import calendar_of, chosen_operation, operation_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.intake.contract import ReadingAnswer
    from clearway.intake.report import Report
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_GRADES = ("sure", "fair", "unsure")
_PATH = click.Path(path_type=Path)
_CLASHES_SHOWN = 3


@click.command()
@click.argument("files", metavar="FILE...", type=_PATH, nargs=-1, required=True)
@click.option(
    "--published",
    metavar="TIME",
    help="When they were published; what each says itself, or the date in its name, where absent.",
)
@click.option("--publisher", metavar="NAME", help="Who published them.")
@click.option("--network", type=click.Path(path_type=Path, dir_okay=False), help="Road network: finds its streets and places.")
@click.option(
    "--record", "address", envvar="CLEARWAY_RECORD", help="Record to hold the drafts against; it is not changed without --keep."
)
@CHOSEN
@ZONE
@FIRST_DAY
@click.option("--keep", is_flag=True, help="Keep the reports in the record, for the reading room of the page.")
@click.option(
    "--accept", type=click.Choice([*_GRADES, "all"]), help="Enter the drafts that are at least so sure; needs --record."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the drafts, one a line, as 'record import' reads them.",
)
@click.option(
    "--model", metavar="URL", envvar="CLEARWAY_MODEL", help="A language model as second reader: an OpenAI-compatible address."
)
@click.option(
    "--model-name", default="default", show_default=True, envvar="CLEARWAY_MODEL_NAME", help="Which model to ask for there."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with spans and reasons.")
def intake(files: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401 - click's own
    """Read reports and propose entries for the record, each tied to the words that support it.

    Text, HTML, PDF, e-mail, Atom and RSS; a folder stands for the files in it. Works by rules, without a model and without a
    network. Look at the drafts, mend the file that --out writes, and enter it with 'clearway record import'; or confirm them
    one by one on the page, under Read.

    clearway intake reports/*.txt --record data/wellington.record --network data/wellington.clearway
    """
    with ExitStack() as opened:
        store = opened.enter_context(_closing(existing_record(options["address"]))) if options["address"] else None
        if store is None and (options["keep"] or options["accept"]):
            raise BadInput("--keep and --accept write to a record. Name it with --record.")
        progress = opened.enter_context(Progress())
        stream = chosen_operation(store, options["stream"]) if store else None
        calendar = calendar_of(operation_of(store, stream) if store and stream else None, options["zone"], options["first_day"])
        found, refused = _reports(_every(files), calendar, options, progress)
        if not found:
            raise (
                BadFile(*refused[0])
                if len(refused) == 1
                else BadInput(f"None of the {len(refused)} files can be read. First: {BadFile(*refused[0])}")
            )
        answers = _read(found, store, stream, calendar, options, progress)
    _tell(answers, refused, options)


def _closing(store: Store) -> Any:  # noqa: ANN401 - a context manager
    from contextlib import closing  # noqa: PLC0415 - beside its only use

    return closing(store)


def _every(files: Sequence[Path]) -> list[Path]:
    """The files that were named, and those in the folders that were named."""
    found: list[Path] = []
    for file in files:
        found += (
            sorted(one for one in file.iterdir() if one.is_file() and not one.name.startswith(".")) if file.is_dir() else [file]
        )
    return found


def _reports(
    files: Sequence[Path], calendar: Calendar, options: dict[str, Any], progress: Progress
) -> tuple[list[Report], list[tuple[str, str, str]]]:
    """The reports in the files, and what is wrong with the files that hold none."""
    from clearway.intake.files import MOST_BYTES, reports_in  # noqa: PLC0415 - what it needs takes time to load

    published = _published(options["published"], calendar)
    found: list[Report] = []
    refused: list[tuple[str, str, str]] = []
    for number, file in enumerate(files, start=1):
        progress.tell(f"Opening {file.name}, {number} of {len(files)}")
        try:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
            found += reports_in(data, file.name, published=published, publisher=options["publisher"], zone=calendar.zone)
        except OSError as error:
            refused.append((str(file), f"cannot be opened ({error.strerror})", "Check the name"))
        except BadFile as error:
            what, _, remedy = str(error).removeprefix(f"{error.path}: ").partition(". ")
            refused.append((str(file), what, remedy))
    return found, refused


def _published(text: str | None, calendar: Calendar) -> datetime | None:
    return calendar.span(text).end if text else None


def _read(
    found: Sequence[Report],
    store: Store | None,
    stream: str | None,
    calendar: Calendar,
    options: dict[str, Any],
    progress: Progress,
) -> list[ReadingAnswer]:
    from clearway.intake.compare import Known  # noqa: PLC0415
    from clearway.intake.context import context_of, fresh_index, known_of  # noqa: PLC0415
    from clearway.intake.contract import answer_of  # noqa: PLC0415
    from clearway.intake.language_model import Model  # noqa: PLC0415
    from clearway.intake.reader import read  # noqa: PLC0415
    from clearway.intake.submit import enter, keep  # noqa: PLC0415 - what it needs takes time to load
    from clearway.network.store import load_network  # noqa: PLC0415

    network = load_network(options["network"]) if options["network"] else None
    context, moment = context_of(store, stream, network, calendar), now()
    readings = []
    found = [replace(report, operation=stream or "") for report in found]
    for number, report in enumerate(found, start=1):
        progress.tell(f"Reading {report.name}, {number} of {len(found)}")
        reading = read(report, context, at=moment)
        if options["model"]:
            reading.proposals.extend(
                Model(options["model"], options["model_name"], os.environ.get("CLEARWAY_MODEL_KEY")).propose(reading)
            )
        readings.append(reading)
    known = Known(calendar.zone)
    if store is not None and stream is not None:
        last = max(reading.report.published or moment for reading in readings)
        known = known_of(store, stream, fresh_index(store, stream), calendar, at=last, but={report.id for report in found})
    weighed = known.weigh(readings)
    if store is not None and stream is not None and (options["keep"] or options["accept"]):
        progress.tell("Writing to the record")
        for reading, drafts in zip(readings, weighed, strict=True):
            keep(store, stream, reading, len(drafts))
            if options["accept"]:
                least = len(_GRADES) if options["accept"] == "all" else _GRADES.index(options["accept"]) + 1
                enter(store, stream, [one.proposal.draft for one in drafts if one.proposal.grade in _GRADES[:least]])
    return [
        answer_of(reading, drafts, calendar.zone, published_known=report.published is not None)
        for report, reading, drafts in zip(found, readings, weighed, strict=True)
    ]


def _tell(answers: Sequence[ReadingAnswer], refused: Sequence[tuple[str, str, str]], options: dict[str, Any]) -> None:
    drafts = [draft for answer in answers for draft in answer.drafts]
    if options["out"]:
        with writing(options["out"]) as file:
            file.writelines(json.dumps(draft.entry, ensure_ascii=False) + "\n" for draft in drafts)
    for name, what, remedy in refused:
        click.echo(f"clearway: {BadFile(name, what, remedy)}.", err=True)
    if options["as_json"]:
        click.echo(json.dumps({"reports": [answer.model_dump(mode="json") for answer in answers]}, ensure_ascii=False))
        return
    for answer in answers:
        _tell_one(answer)
    entered = f", {options['accept']} ones entered" if options["accept"] else ""
    kept = f"; written to {options['out']}" if options["out"] else ""
    click.echo(f"{len(drafts)} drafts out of {len(answers)} {'report' if len(answers) == 1 else 'reports'}{entered}{kept}.")


def _tell_one(answer: ReadingAnswer) -> None:
    when = (
        f"{answer.published:%Y-%m-%d %H:%M} UTC"
        if answer.published_known
        else "publication not known, taken as now: give --published"
    )
    click.echo(f"{answer.title or answer.name} ({when})")
    for spelling in answer.spellings:
        click.echo(f"  {spelling.other} is taken for {spelling.first}")
    if not answer.drafts:
        click.echo("  Nothing was found that would be an entry.")
    for draft in answer.drafts:
        words = " ".join(answer.text[draft.span.start : draft.span.end].split())
        click.echo(
            f"  {draft.grade:<7}{draft.kind.replace('_', ' '):<18}{draft.says}{f' [{draft.where}]' if draft.where else ''}"
        )
        click.echo(f"  {'':<25}{draft.speaker}: {words}")
        for clash in draft.clashes[:_CLASHES_SHOWN]:
            click.echo(f"  {'':<25}clashes with {clash.speaker}: {clash.says}")
    click.echo("")
