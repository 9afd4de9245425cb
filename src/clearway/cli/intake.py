"""``clearway intake``: draft entries from reports, each with the words that support it."""

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
    help="When they were published.  [default: what each file says itself, or the date in its name]",
)
@click.option("--publisher", metavar="NAME", help="Who published them.")
@click.option(
    "--network", type=click.Path(path_type=Path, dir_okay=False), help="Road network whose streets and places the reports name."
)
@click.option(
    "--record",
    "address",
    envvar="CLEARWAY_RECORD",
    help="Record to compare the drafts with; only --keep and --accept change it.",
)
@CHOSEN
@ZONE
@FIRST_DAY
@click.option("--keep", is_flag=True, help="Store the reports in the record, for the Read desk of the page.")
@click.option(
    "--accept", type=click.Choice([*_GRADES, "all"]), help="Enter the drafts that are at least this sure; needs --record."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the drafts to a file, one on each line, for 'clearway record import'.",
)
@click.option(
    "--model", metavar="URL", envvar="CLEARWAY_MODEL", help="Address of a language model as second reader, OpenAI-compatible."
)
@click.option(
    "--model-name",
    default="default",
    show_default=True,
    envvar="CLEARWAY_MODEL_NAME",
    help="Which model to use at that address.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with spans and reasons.")
def intake(files: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401 - click's own
    """Read reports and propose entries for the record, each tied to the words that support it.

    Reads text, HTML, PDF, e-mail, Atom and RSS; a folder stands for the files in it. Works by rules, without a model and
    without the internet. Check the drafts, correct the file that --out writes, and enter it with 'clearway record import'; or
    decide on them one by one on the page, under Read.

    clearway intake report.txt --record data/wellington.record --network data/wellington.clearway
    """
    with ExitStack() as opened:
        store = opened.enter_context(_closing(existing_record(options["address"]))) if options["address"] else None
        if store is None and (options["keep"] or options["accept"]):
            raise BadInput("--keep and --accept write to a record. Name it with --record.")
        progress = opened.enter_context(Progress())
        stream = chosen_operation(store, options["stream"]) if store else None
        calendar = calendar_of(operation_of(store, stream) if store and stream else None, options["zone"], options["first_day"])
        reports, refused = _reports(_every(files), calendar, options, progress)
        if not reports:
            raise (
                BadFile(*refused[0])
                if len(refused) == 1
                else BadInput(f"None of the {len(refused)} files can be read. The first: {BadFile(*refused[0])}")
            )
        answers = _read(reports, store, stream, calendar, options, progress)
    _print(answers, refused, options)


def _closing(store: Store) -> Any:  # noqa: ANN401 - a context manager
    from contextlib import closing  # noqa: PLC0415 - beside its only use

    return closing(store)


def _every(files: Sequence[Path]) -> list[Path]:
    """The files that were named, and those in the folders that were named."""
    listed: list[Path] = []
    for file in files:
        listed += (
            sorted(held for held in file.iterdir() if held.is_file() and not held.name.startswith("."))
            if file.is_dir()
            else [file]
        )
    return listed


def _reports(
    files: Sequence[Path], calendar: Calendar, options: dict[str, Any], progress: Progress
) -> tuple[list[Report], list[tuple[str, str, str]]]:
    """The reports in the files, and what is wrong with the files that hold none."""
    from clearway.intake.files import MOST_BYTES, reports_in  # noqa: PLC0415 - what it needs takes time to load

    published = _published(options["published"], calendar)
    reports: list[Report] = []
    refused: list[tuple[str, str, str]] = []
    for number, file in enumerate(files, start=1):
        progress.tell(f"Opening {file.name}, {number} of {len(files)}")
        try:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
            reports += reports_in(data, file.name, published=published, publisher=options["publisher"], zone=calendar.zone)
        except OSError as error:
            refused.append((str(file), f"cannot be opened ({error.strerror})", "Check the name."))
        except BadFile as error:
            what, _, remedy = str(error).removeprefix(f"{error.path}: ").partition(". ")
            refused.append((str(file), what, remedy))
    return reports, refused


def _published(text: str | None, calendar: Calendar) -> datetime | None:
    return calendar.span(text).end if text else None


def _read(
    reports: Sequence[Report],
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
    reports = [replace(report, operation=stream or "") for report in reports]
    for number, report in enumerate(reports, start=1):
        progress.tell(f"Reading {report.name}, {number} of {len(reports)}")
        reading = read(report, context, at=moment)
        if options["model"]:
            reading.proposals.extend(
                Model(options["model"], options["model_name"], os.environ.get("CLEARWAY_MODEL_KEY")).propose(reading)
            )
        readings.append(reading)
    known = Known(calendar.zone)
    if store is not None and stream is not None:
        last = max(reading.report.published or moment for reading in readings)
        known = known_of(store, stream, fresh_index(store, stream), calendar, at=last, but={report.id for report in reports})
    compared = known.compare(readings)
    if store is not None and stream is not None and (options["keep"] or options["accept"]):
        progress.tell("Writing to the record")
        for reading, drafts in zip(readings, compared, strict=True):
            keep(store, stream, reading, len(drafts))
            if options["accept"]:
                least = len(_GRADES) if options["accept"] == "all" else _GRADES.index(options["accept"]) + 1
                enter(store, stream, [draft.proposal.draft for draft in drafts if draft.proposal.grade in _GRADES[:least]])
    return [
        answer_of(reading, drafts, calendar.zone, published_known=report.published is not None)
        for report, reading, drafts in zip(reports, readings, compared, strict=True)
    ]


def _print(answers: Sequence[ReadingAnswer], refused: Sequence[tuple[str, str, str]], options: dict[str, Any]) -> None:
    drafts = [draft for answer in answers for draft in answer.drafts]
    if options["out"]:
        with writing(options["out"]) as file:
            file.writelines(json.dumps(draft.entry, ensure_ascii=False) + "\n" for draft in drafts)
    for name, what, remedy in refused:
        click.echo(f"clearway: {BadFile(name, what, remedy)}", err=True)
    if options["as_json"]:
        click.echo(json.dumps({"reports": [answer.model_dump(mode="json") for answer in answers]}, ensure_ascii=False))
        return
    for answer in answers:
        _print_answer(answer)
    entered = f"; entered: {options['accept']}" if options["accept"] else ""
    written = f"; written to {options['out']}" if options["out"] else ""
    numbers = (
        f"{len(drafts)} draft{'' if len(drafts) == 1 else 's'} from {len(answers)} report{'' if len(answers) == 1 else 's'}"
    )
    click.echo(f"{numbers}{entered}{written}.")


def _print_answer(answer: ReadingAnswer) -> None:
    when = (
        f"{answer.published:%Y-%m-%d %H:%M} UTC"
        if answer.published_known
        else "date of publication unknown, so now is assumed; give --published"
    )
    click.echo(f"{answer.title or answer.name} ({when})")
    for spelling in answer.spellings:
        click.echo(f"  {spelling.other} is read as {spelling.first}")
    if not answer.drafts:
        click.echo("  Nothing in it would make an entry.")
    for draft in answer.drafts:
        words = " ".join(answer.text[draft.span.start : draft.span.end].split())
        click.echo(
            f"  {draft.grade:<7}{draft.kind.replace('_', ' '):<18}{draft.says}{f' [{draft.where}]' if draft.where else ''}"
        )
        click.echo(f"  {'':<25}{draft.speaker}: {words}")
        for clash in draft.clashes[:_CLASHES_SHOWN]:
            click.echo(f"  {'':<25}clashes with {clash.speaker}: {clash.says}")
    click.echo("")
