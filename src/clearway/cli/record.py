"""``clearway record``: write entries, read them again, and prove that none was touched."""

from __future__ import annotations

import json
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.log import list_
from clearway.cli.note import note
from clearway.cli.options.record import RecordOptions, WrittenOperation, existing_record
from clearway.cli.options.typed import FILE, takes
from clearway.cli.progress import Progress
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile, BadInput, NotFound, UnknownName
from clearway.files import writing
from clearway.record.backup import back_up, restore
from clearway.record.changes import changes
from clearway.record.corrections import does_correct, notices
from clearway.record.doubts import doubts, refuse_disorder, span_of, ungraded
from clearway.record.entry import now, refuse_future
from clearway.record.import_jsonl import import_lines
from clearway.record.kinds import BODY, KINDS
from clearway.record.moments import written
from clearway.record.parse import line_of
from clearway.record.rows import Head
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from clearway.record.entry import Entry
    from clearway.record.import_jsonl import Told
    from clearway.record.store import Store

_SHOWN = 20


@click.group()
def record() -> None:
    """Record reports: append-only, sourced, and checked for tampering."""


record.add_command(list_)
record.add_command(note)


@record.command()
@click.argument("entry", metavar="JSON")
@takes(WrittenOperation, "operation")
@click.option("--expect-version", type=click.IntRange(0), help="Refuse if the operation has another number of entries.")
@click.option("--yes", is_flag=True, help="Write it even where its time is doubtful.")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
def add(entry: str, operation: WrittenOperation, *, expect_version: int | None, yes: bool, as_json: bool) -> None:
    """Append one entry, given as JSON, or - for standard input.

    Asks first where it lies far from all that happened, or was known before it happened; --yes writes it all the same.

    clearway record add '{"kind": "count", "body": {"what": "vehicles", "amount": "about 450"}, "happened": "day 9 evening",
    "place": "Lambton Quay at Bowen Street", "source": "Assistant Commissioner, Police"}'
    """
    text = sys.stdin.read() if entry == "-" else entry
    name = operation.name
    with closing(operation.writable()) as store:
        calendar = operation.calendar(store, name)
        draft = line_of(text, calendar, now=now())
        refuse_future(draft, now())
        refuse_disorder(draft.body)
        asked = doubts(draft, span_of(store.entries(name)), calendar.zone)
        if asked and not yes:
            _ask(asked, can_answer=entry != "-" and sys.stdin.isatty())
        (added,) = store.append(name, [draft], expected_version=expect_version)
        corrected = [store.entry(one) for one in added.draft.corrects]
        told = [*notices(added.draft, corrected), *ungraded(added.draft), *asked]
        told += [str(one) for other in corrected for one in changes(other.draft, added.draft, calendar.zone)]
        operation.tell_of_once(store)
    click.echo(json.dumps(added.as_json()) if as_json else f"Entry {added.seq}, {added.id}: {added.draft.kind}.")
    for notice in told:
        click.echo(notice, err=True)


def _ask(doubtful: Sequence[str], *, can_answer: bool) -> None:
    """Ask whether an entry is meant; who cannot be asked is told how to say so."""
    said = " ".join(doubtful)
    if not can_answer:
        raise BadInput(f"{said} Nothing was written. Correct it, or give --yes if it is meant.")
    click.echo(said, err=True)
    click.confirm("Write it all the same?", abort=True, err=True)


@record.command(name="import")
@click.argument("file", type=FILE)
@takes(WrittenOperation, "operation")
@click.option("--skip-bad", is_flag=True, help="Write the good lines and list the others; else one bad line stops all.")
@click.option("--yes", is_flag=True, help="Write lines too that are doubtful, such as a date far from all others.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def import_(file: Path, operation: WrittenOperation, *, skip_bad: bool, yes: bool, as_json: bool) -> None:
    """Append the entries of a file with one JSON object on each line. Lines that are there already are not written twice.

    They are marked as imported: the room is taken to have had each when it says that it was known, so an import changes the
    picture of the past. What the room learns now is entered with 'record add' or on the page. Lines that may not be meant are
    asked about: a date far from all others, something known before it happened.
    """
    name = operation.name
    with Progress() as progress, closing(operation.writable()) as store:

        def is_meant(doubtful: Told) -> bool:
            progress.clear()
            return yes or (sys.stdin.isatty() and _is_meant(doubtful))

        calendar = operation.calendar(store, name)
        done = import_lines(store, name, file, calendar, skip_bad=skip_bad, is_meant=is_meant, tell=progress.tell)
        progress.clear()
        operation.tell_of_once(store)
    if as_json:
        refused = [{"line": line, "why": why} for line, why in done.refused]
        told = [{"line": line, "notice": notice} for line, notice in done.notices]
        document = {"written": done.written, "there_already": done.there_already, "refused": refused, "notices": told}
        click.echo(json.dumps(document))
        return
    click.echo(f"{counted(done.written, 'entry', 'entries')} written, {done.there_already:,} were there already.")
    _tell_of_lines([f"Line {line} was left out: {why}" for line, why in done.refused], "were left out")
    _tell_of_lines([f"Line {line}: {notice}" for line, notice in done.notices], "are to be looked at")


def _is_meant(doubtful: Told) -> bool:
    _tell_of_lines([f"Line {line}: {doubt}" for line, doubt in doubtful], "are doubtful")
    return click.confirm("Write them all the same?", err=True)


@record.command()
@takes(RecordOptions, "record_")
@click.option("--operation", "stream", help="Only entries of this operation.")
@click.option("--after", type=click.IntRange(0), default=0, show_default=True, help="Entries numbered higher than this.")
@click.option("--out", type=FILE, help="File to write.  [default: standard output]")
def export(record_: RecordOptions, *, stream: str | None, after: int, out: Path | None) -> None:
    """Print the entries, one JSON object on each line, as 'import' reads them."""
    with closing(record_.existing()) as store:
        lines = (json.dumps(_with_text(store, entry), ensure_ascii=False) for entry in store.entries(stream, after=after))
        if out is None:
            for line in lines:
                click.echo(line)
            return
        with writing(out) as file:
            file.writelines(f"{line}\n" for line in lines)


@record.command()
@takes(RecordOptions, "record_")
@click.option("--head", "noted", metavar="SEQ:HASH", help="A head noted earlier, which the record must still contain.")
@click.option("--heads", type=FILE, help="A file that 'record head --append' wrote: the record must contain all its heads.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify(record_: RecordOptions, *, noted: str | None, heads: Path | None, as_json: bool) -> None:
    """Check the chain over all entries: none changed, missing or reordered.

    A record whose last entries were cut off, or an older copy, has a sound chain too. So note the head down elsewhere and
    give it here: without one, a sound record is called sound, and not accepted.
    """
    expected = [*([_head(noted)] if noted else []), *(_heads(heads) if heads else [])]
    with closing(record_.existing()) as store, Progress() as progress:
        progress.tell("Verifying the chain")
        problems = store.verify(expected=expected[-1] if expected else None)
        problems += [problem for head in expected[:-1] for problem in _lost(store, head)]
        span = store.span()
        if span is None and not problems:
            problems = ["The record holds no entry. Is it the right file?"]
        holds = [] if problems or span is None else [_ends(store.head(), span), *_deleted(store), *store.steps_back()]
        holds += store.notices() if holds else []
    if expected or problems:
        tell_verdict(holds, problems, as_json=as_json)
        return
    unknown = "Whether entries after these are missing is not known: give a head that was noted down, with --head or --heads."
    if as_json:
        click.echo(json.dumps({"accepted": None, "holds": [*holds, unknown], "fails": []}))
    else:
        click.echo("\n".join(["Sound.", *holds, unknown]))


@record.command()
@takes(RecordOptions, "record_")
@click.option("--append", type=FILE, help="Add a line to this file, which should lie elsewhere.  [default: print it]")
def head(record_: RecordOptions, *, append: Path | None) -> None:
    """Print where the record ends: the number and hash of its last entry, and when that was written.

    Stored elsewhere, it proves later that nothing up to there was changed or is missing: 'record verify --heads FILE'. Have
    it run by the clock, once an hour say.
    """
    with closing(record_.existing()) as store:
        end, span = store.head(), store.span()
    line = f"{end.seq}:{end.hash} {written(span[1]) if span else '-'}"
    if append is None:
        click.echo(line)
        return
    try:
        with append.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    except OSError as error:
        raise BadFile(append, f"cannot be written ({error.strerror})", "Give a file that you may write to.") from error


@record.command()
@click.argument("file", type=FILE)
@takes(RecordOptions, "record_")
def backup(file: Path, record_: RecordOptions) -> None:
    """Write a backup into a new file, while the record is in use, and verify it.

    A copy of the record's file is no backup: its last entries may lie in the file beside it.
    """
    with closing(record_.existing()) as store, Progress() as progress:
        progress.tell("Copying and verifying")
        end = back_up(store, file)
    click.echo(f"{end.seq:,} entries are backed up in {file}. Head: {end.seq}:{end.hash}")


@record.command(name="restore")
@click.argument("file", type=FILE)
@takes(RecordOptions, "record_")
def restore_(file: Path, record_: RecordOptions) -> None:
    """Restore a backup into a new record, or an empty database, and verify it."""
    with closing(existing_record(str(file))) as source, closing(record_.writable()) as target, Progress() as progress:
        progress.tell("Copying and verifying")
        end = restore(source, target)
    click.echo(f"{end.seq:,} entries are restored. Head: {end.seq}:{end.hash}")


@record.command()
@takes(WrittenOperation, "operation")
@click.option("--before", required=True, metavar="DATE", help="Reports that came in before this: 2022-03-01, or 'day 30'.")
def forget_texts(operation: WrittenOperation, *, before: str) -> None:
    """Delete the texts of reports that came in before a date; what was entered from them stays.

    The entries hold the SHA-256 of the texts, so the record is verified as before. Nothing brings the texts back, but copies of
    the record that were made before still hold them.

    clearway record forget-texts --before 2022-03-01
    """
    name = operation.name
    with closing(operation.existing()) as store:
        if name not in store.streams():
            raise UnknownName("operation", [name], sorted(store.streams()))
        moment = operation.calendar(store, name).span(before).start
        count = store.delete_texts(name, moment)
        inline = sum(entry.draft.text_mark is None and entry.written < moment for entry in store.entries(name, kind="report"))
    click.echo(f"Deleted: {counted(count, 'text')} of reports that came in before {moment:%Y-%m-%d %H:%M} UTC.")
    if inline:
        whose = "has its" if inline == 1 else "have their"
        told = f"{counted(inline, 'report')} of an earlier program {whose} text within the entry, which is never deleted."
        click.echo(told, err=True)


@record.command()
@click.argument("entry_id", metavar="ID")
@takes(RecordOptions, "record_")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(entry_id: str, record_: RecordOptions, *, as_json: bool) -> None:
    """Show one entry with its source."""
    with closing(record_.existing()) as store:
        entry = store.entry(entry_id)
        shown, corrected_by = _with_text(store, entry) | _words(store, entry), _corrected_by(store, entry)
        told = notices(entry.draft, (store.entry(one) for one in entry.draft.corrects))
    if as_json:
        click.echo(json.dumps(shown | ({"corrected_by": corrected_by} if corrected_by else {}), ensure_ascii=False))
    else:
        click.echo("\n".join([*_as_text(entry, corrected_by, shown.get("text"), shown.get("said")), *told]))


@record.command()
@click.argument("kind", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON schema.")
def kinds(*, kind: str | None, as_json: bool) -> None:
    """List the kinds of entry, or the fields of one."""
    schema = BODY.json_schema()
    if as_json:
        click.echo(json.dumps(schema))
    elif kind is None:
        for name in sorted(KINDS):
            click.echo(f"{name:<20} {_definition(schema, name)['description'].splitlines()[0]}")
    elif kind in KINDS:
        wanted = _definition(schema, kind)
        click.echo(wanted["description"])
        for field, what in wanted["properties"].items():
            if field != "kind":
                needed = "needed" if field in wanted.get("required", ()) else ""
                click.echo(f"  {field:<16} {needed:<7} {what.get('description', '')}".rstrip())
    else:
        raise BadInput(f"There is no kind {kind!r}. Known: {', '.join(sorted(KINDS))}.")


def _tell_of_lines(sentences: Sequence[str], what: str) -> None:
    """Print what is to be known of the first lines of a file, and how many more there are."""
    for sentence in sentences[:_SHOWN]:
        click.echo(sentence, err=True)
    if len(sentences) > _SHOWN:
        click.echo(f"{len(sentences) - _SHOWN:,} more lines {what}; --json lists them all.", err=True)


def _ends(head: Head, span: tuple[datetime, datetime]) -> str:
    first, last = (f"{moment:%Y-%m-%d %H:%M} UTC" for moment in span)
    return f"{head.seq:,} entries, written {first} to {last}, none changed, missing or reordered. Head: {head.seq}:{head.hash}"


def _heads(file: Path) -> list[Head]:
    """The heads of a file, the latest last."""
    try:
        lines = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(file, "cannot be read", "Give the file that 'clearway record head --append' wrote.") from error
    heads = sorted((_head(line.split(" ")[0]) for line in lines if line.strip()), key=lambda end: end.seq)
    if not heads:
        raise BadFile(file, "holds no head", "Give the file that 'clearway record head --append' wrote.")
    return [end for end in heads if end.seq] or heads[-1:]


def _lost(store: Store, head: Head) -> list[str]:
    """That the record does not contain a head."""
    held = [entry.hash for entry in store.numbered([head.seq])]
    return [] if not head.seq or held == [head.hash] else [f"Entry {head.seq} is not the one whose hash was noted down."]


def _deleted(store: Store) -> list[str]:
    """That texts of reports were deleted."""
    count = len(store.deleted_texts())
    return [f"The texts of {counted(count, 'report')} were deleted; what was entered from them stays."] if count else []


def _with_text(store: Store, entry: Entry) -> dict[str, Any]:
    """An entry as JSON; that of a report with its text beside it, where that was not deleted."""
    if entry.draft.text_mark is None:
        return entry.as_json()
    with suppress(NotFound):
        return entry.as_json() | {"text": store.report_text(entry)}
    return entry.as_json()


def _words(store: Store, entry: Entry) -> dict[str, list[str]]:
    """The words of reports and notes that say so, where their text was not deleted."""
    said: list[str] = []
    for words in entry.draft.source.words:
        with suppress(NotFound):
            said.append(store.report_text(store.entry(words.report))[words.start : words.end])
    return {"said": said} if said else {}


def _head(noted: str) -> Head:
    seq, _, mark = noted.partition(":")
    if not seq.isdigit() or len(mark) != len("0" * 64):
        raise BadInput(f"{noted!r} cannot be a head. Give what 'record verify' prints after 'Head:'.")
    return Head(int(seq), mark)


def _definition(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    wanted: dict[str, Any] = schema["$defs"][schema["discriminator"]["mapping"][kind].rpartition("/")[2]]
    return wanted


def _corrected_by(store: Store, entry: Entry) -> list[str]:
    """The entries of the same body that correct an entry."""
    naming = store.entries(entry.stream, words=[entry.id], after=entry.seq)
    return [other.id for other in naming if does_correct(other.draft, entry.draft)]


def _as_text(entry: Entry, corrected_by: Sequence[str], text: str | None, said: Sequence[str] | None = None) -> list[str]:
    draft, source = entry.draft, entry.draft.source
    happened = draft.happened.said or f"{draft.happened.start:%Y-%m-%d %H:%M} to {draft.happened.end:%Y-%m-%d %H:%M} UTC"
    named = ", ".join(filter(None, (source.office, source.organisation, source.document))) or "not given"
    ties = [(tie, getattr(draft, tie)) for tie in ("corrects", "withdraws", "confirms", "disputes")]
    came = {"late": "; learnt late", "imported": "; imported"}.get(entry.came or "", "")
    return [
        f"Entry {entry.seq} of the record, {entry.version} of {entry.stream}: {draft.kind}",
        f"  {json.dumps(json.loads(draft.content())['body'], ensure_ascii=False)}",
        f"  happened {happened}; known {draft.known:%Y-%m-%d %H:%M} UTC; written {entry.written:%Y-%m-%d %H:%M} UTC{came}",
        f"  source {named} ({source.grade})",
        *(f"  {tie} {', '.join(ids)}" for tie, ids in ties if ids),
        *([f"  corrected by {', '.join(corrected_by)}"] if corrected_by else []),
        *(f"  said: {' '.join(words.split())}" for words in said or ()),
        f"  hash {entry.hash}",
        *(f"  text {line}" for line in (text or "").splitlines()),
    ]
