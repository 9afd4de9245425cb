"""``clearway intake``: draft entries from reports, each with the words that support it."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.record import CalendarOptions, OneOperation, existing_record
from clearway.cli.options.second_reader import SecondReader
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.progress import Progress
from clearway.errors import BadFile, BadInput
from clearway.files import writing
from clearway.intake.datelines import dated, dateline, near_to
from clearway.record.doubts import far_from, span_of
from clearway.record.entry import now
from clearway.record.operations import chosen_operation
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clearway.intake.bounded import Readers
    from clearway.intake.compare import Compared
    from clearway.intake.contract import ReadingAnswer
    from clearway.intake.reader import Context, Reading
    from clearway.intake.report import Report
    from clearway.record.doubts import Span
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_GRADES = ("sure", "fair", "unsure")
_CLASHES_SHOWN = 3


@option_class
class About:
    """What is known of the reports besides what they say."""

    published: str | None = option(
        "--published", metavar="TIME",
        help="When they were published.  [default: what each file says itself, or the date in its name]",
    )  # fmt: skip
    publisher: str | None = option("--publisher", metavar="NAME", help="Who published them.")
    network: Path | None = option("--network", help="Road network whose streets and places the reports name.")


@option_class
class _Record:
    address: str | None = option(
        "--record", envvar="CLEARWAY_RECORD", help="Record to compare the drafts with; only --keep and --accept change it."
    )


@option_class
class Beside(CalendarOptions, OneOperation, _Record):
    """What the drafts are compared with, and the calendar that their times are read by."""


@option_class
class Outcome:
    """What becomes of reports and drafts."""

    keep: bool = option("--keep", help="Store the reports in the record, for the Read desk of the page.")
    accept: str | None = option(
        "--accept", type=click.Choice([*_GRADES, "all"]), help="Enter the drafts that are at least this sure; needs --record."
    )
    yes: bool = option("--yes", help="With --accept, enter drafts too that lie far from all that happened.")
    out: Path | None = option("--out", help="Write the drafts to a file, one on each line, for 'clearway record import'.")
    as_json: bool = option("--json", help="Print everything as JSON, with spans and reasons.")

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades of the drafts that are entered."""
        if self.accept is None:
            return ()
        return _GRADES if self.accept == "all" else _GRADES[: _GRADES.index(self.accept) + 1]


@click.command()
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@takes(About, "about")
@takes(Beside, "beside")
@takes(SecondReader, "second")
@takes(Outcome, "outcome")
def intake(files: tuple[Path, ...], about: About, beside: Beside, second: SecondReader, outcome: Outcome) -> None:
    """Read reports and propose entries for the record, each tied to the words that support it.

    Reads text, HTML, PDF, e-mail, Atom and RSS; a folder stands for the files in it. Works by rules, without a model and
    without the internet. Check the drafts, correct the file that --out writes, and enter it with 'clearway record import'; or
    decide on them one by one on the page, under Read.

    clearway intake report.txt --record data/wellington.record --network data/wellington.clearway
    """
    from clearway.intake.bounded import Readers  # noqa: PLC0415 - what it needs takes time to load

    with ExitStack() as opened:
        store = opened.enter_context(closing(existing_record(beside.address))) if beside.address else None
        if store is None and (outcome.keep or outcome.accept):
            raise BadInput("--keep and --accept write to a record. Name it with --record.")
        readers = opened.enter_context(Readers())
        readers.warm()
        progress = opened.enter_context(Progress())
        held = _Held(store, chosen_operation(store, beside.stream)) if store else None
        calendar = beside.calendar(store, held.stream if held else None)
        span = span_of(store.entries(held.stream)) if store and held else None
        near = near_to(span, calendar, now())
        reports, refused = _reports(_every(files), readers, calendar, about, progress, near=near)
        found = _readings(reports, refused, readers, held, _context(held, about.network, calendar), second, progress)
        if not found:
            raise (
                refused[0]
                if len(refused) == 1
                else BadInput(f"None of the {len(refused)} files can be read. The first: {refused[0]}")
            )
        reports, readings = [report for report, _ in found], [reading for _, reading in found]
        compared = _compared(readings, readers, held, calendar)
        if held and (outcome.keep or outcome.accept):
            progress.tell("Writing to the record")
            far = {} if outcome.yes else _far(compared, span, calendar)
            _write(held, list(zip(reports, readings, compared, strict=True)), outcome, far)
    _print(_answers(reports, readings, compared, calendar), refused, outcome)


@dataclass(frozen=True, slots=True)
class _Held:
    """The operation that drafts are compared with, and its record."""

    store: Store
    stream: str


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
    files: Sequence[Path], readers: Readers, calendar: Calendar, about: About, progress: Progress, *, near: datetime
) -> tuple[list[Report], list[BadFile]]:
    """The reports in the files, and what is wrong with the files that hold none."""
    from clearway.intake.files import MOST_BYTES  # noqa: PLC0415 - what they need takes time to load
    from clearway.intake.submit import refuse_future  # noqa: PLC0415

    published = calendar.span(about.published).end if about.published else None
    reports: list[Report] = []
    refused: list[BadFile] = []
    for number, file in enumerate(files, start=1):
        progress.tell(f"Opening {file.name}, {number} of {len(files)}")
        try:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
            found = readers.reports_in(data, file.name, published=published, publisher=about.publisher, zone=calendar.zone)
            found = [dated(report, calendar, near=near, now=now()) for report in found]
            for report in found:
                refuse_future(report, now())
            reports += found
        except OSError as error:
            refused.append(BadFile(file, f"cannot be opened ({error.strerror})", "Check the name."))
        except BadFile as error:
            refused.append(BadFile(file, error.problem, error.remedy))
    return reports, refused


def _readings(
    reports: Sequence[Report],
    refused: list[BadFile],
    readers: Readers,
    held: _Held | None,
    context: Context,
    second: SecondReader,
    progress: Progress,
) -> list[tuple[Report, Reading]]:
    """The reports as they are read, by rules and by the second reader; what cannot be read joins the refused."""
    reader, moment, found = second.reader(), now(), []
    for number, report in enumerate(reports, start=1):
        progress.tell(f"Reading {report.name}, {number} of {len(reports)}")
        try:
            reading = readers.read(replace(report, operation=held.stream if held else ""), context, at=moment)
        except BadFile as error:
            refused.append(error)
            continue
        if reader is not None:
            reading.proposals.extend(reader.propose(reading))
        found.append((report, reading))
    return found


def _context(held: _Held | None, network: Path | None, calendar: Calendar) -> Context:
    """What is known beforehand."""
    from clearway.intake.context import context_of  # noqa: PLC0415 - what they need takes time to load
    from clearway.network.store import load_network  # noqa: PLC0415

    store, stream = (held.store, held.stream) if held else (None, None)
    return context_of(store, stream, load_network(network) if network else None, calendar)


def _compared(readings: Sequence[Reading], readers: Readers, held: _Held | None, calendar: Calendar) -> list[list[Compared]]:
    """The drafts of each reading beside what is known."""
    from clearway.intake.compare import Known  # noqa: PLC0415 - what they need takes time to load
    from clearway.intake.context import fresh_index, in_force_at, known_of  # noqa: PLC0415

    if held is None:
        return Known(calendar.zone).compare(readings)
    last = max(reading.report.published or now() for reading in readings)
    current = in_force_at(fresh_index(held.store, held.stream), last)
    own = {reading.report.id for reading in readings}
    return known_of(held.store, held.stream, current, calendar, readers.passages, but=own).compare(readings)


def _far(compared: Sequence[Sequence[Compared]], span: Span | None, calendar: Calendar) -> dict[str, str]:
    """Drafts that lie far from all that happened, by id, each with how far."""
    drafts = (one.proposal.draft for of_one in compared for one in of_one)
    return {draft.id: far for draft in drafts if (far := far_from(draft, span, calendar.zone))}


def _write(
    held: _Held, read: Sequence[tuple[Report, Reading, Sequence[Compared]]], outcome: Outcome, far: Mapping[str, str]
) -> None:
    """Store the reports, and enter the drafts that are sure enough; those that lie far from all that happened are left out."""
    from clearway.intake.submit import enter, keep  # noqa: PLC0415 - what they need takes time to load

    left_out: list[str] = []
    for report, reading, drafts in read:
        keep(held.store, held.stream, reading, len(drafts), is_dated=report.published is not None)
        sure = [draft.proposal.draft for draft in drafts if draft.proposal.grade in outcome.grades]
        enter(held.store, held.stream, [draft for draft in sure if draft.id not in far])
        left_out += [far[draft.id] for draft in sure if draft.id in far]
    if left_out:
        what = counted(len(left_out), "draft")
        remedy = "Say with --published when the report was published, or enter them all the same with --yes."
        click.echo(f"{what} not entered: {left_out[0]} {remedy}", err=True)


def _answers(
    reports: Sequence[Report], readings: Sequence[Reading], compared: Sequence[Sequence[Compared]], calendar: Calendar
) -> list[ReadingAnswer]:
    from clearway.intake.contract import answer_of  # noqa: PLC0415 - what it needs takes time to load

    return [
        answer_of(
            reading,
            drafts,
            calendar.zone,
            published_known=report.published is not None,
            dated_by=_dated_by(report, calendar),
        )
        for report, reading, drafts in zip(reports, readings, compared, strict=True)
    ]


def _dated_by(report: Report, calendar: Calendar) -> str:
    """The words of a report that say when it was published; empty where something else does."""
    if report.published is None:
        return ""
    line = dateline(report.text, calendar, near=report.published, now=now())
    return line.said if line and line.moment == report.published else ""


def _print(answers: Sequence[ReadingAnswer], refused: Sequence[BadFile], outcome: Outcome) -> None:
    drafts = [draft for answer in answers for draft in answer.drafts]
    if outcome.out:
        with writing(outcome.out) as file:
            file.writelines(json.dumps(draft.entry, ensure_ascii=False) + "\n" for draft in drafts)
    for error in refused:
        click.echo(f"clearway: {error}", err=True)
    if outcome.as_json:
        click.echo(json.dumps({"reports": [answer.model_dump(mode="json") for answer in answers]}, ensure_ascii=False))
        return
    for answer in answers:
        _print_answer(answer)
    entered = f"; entered: {outcome.accept}" if outcome.accept else ""
    written = f"; written to {outcome.out}" if outcome.out else ""
    numbers = (
        f"{len(drafts)} draft{'' if len(drafts) == 1 else 's'} from {len(answers)} report{'' if len(answers) == 1 else 's'}"
    )
    click.echo(f"{numbers}{entered}{written}.")


def _print_answer(answer: ReadingAnswer) -> None:
    by = f", by \u201c{answer.dated_by}\u201d" if answer.dated_by else ""
    when = (
        f"{answer.published:%Y-%m-%d %H:%M} UTC{by}"
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
