"""``clearway record``: write entries, read them again, and prove that none was touched."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.progress import Progress
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile, BadInput
from clearway.files import writing
from clearway.record.entry import now
from clearway.record.import_jsonl import import_lines
from clearway.record.kinds import BODY, KINDS
from clearway.record.open import open_record
from clearway.record.operations import calendar_of, operation_of
from clearway.record.parse import line_of
from clearway.record.store import Head

if TYPE_CHECKING:
    from clearway.record.entry import Entry
    from clearway.record.store import Store

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN = 20
RECORD = click.option(
    "--record",
    "address",
    default="data/room.record",
    show_default=True,
    envvar="CLEARWAY_RECORD",
    help="File of the record, or postgresql://user@host:5432/name.",
)
STREAM = click.option("--operation", "stream", default="operation", show_default=True, help="Name of the operation.")
CHOSEN = click.option("--operation", "stream", help="Name of the operation; the record's only one where absent.")
ZONE = click.option(
    "--zone",
    envvar="CLEARWAY_ZONE",
    help="Time zone of the operation, as Pacific/Auckland; the one that the record names where absent, else UTC.",
)
FIRST_DAY = click.option(
    "--first-day", metavar="DATE", envvar="CLEARWAY_FIRST_DAY", help="Day 1 of the operation; the record's where absent."
)


@click.group()
def record() -> None:
    """Keep what was reported: append-only, sourced, and checked for tampering."""


@record.command()
@click.argument("entry", metavar="JSON")
@RECORD
@STREAM
@ZONE
@FIRST_DAY
@click.option("--expect-version", type=click.IntRange(0), help="Refuse if the operation has another number of entries.")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
def add(
    entry: str, *, address: str, stream: str, zone: str | None, first_day: str | None, expect_version: int | None, as_json: bool
) -> None:
    """Append one entry, given as JSON, or - for standard input.

    clearway record add '{"kind": "count", "body": {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": true}},
    "happened": "day 9 evening", "source": {"office": "Assistant Commissioner", "organisation": "Police"}}'
    """
    text = sys.stdin.read() if entry == "-" else entry
    name = operation_name(stream)
    with closing(_record_to_write(address)) as store:
        draft = line_of(text, calendar_of(operation_of(store, name), zone, first_day), now=now())
        (written,) = store.append(name, [draft], expected_version=expect_version)
    click.echo(json.dumps(written.as_json()) if as_json else f"Entry {written.seq}, {written.id}: {written.draft.kind}.")


@record.command(name="import")
@click.argument("file", type=_FILE)
@RECORD
@STREAM
@ZONE
@FIRST_DAY
@click.option("--skip-bad", is_flag=True, help="Write the good lines and list the others; else one bad line stops all.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def import_(
    file: Path, *, address: str, stream: str, zone: str | None, first_day: str | None, skip_bad: bool, as_json: bool
) -> None:
    """Append the entries of a file with one JSON object on each line. Lines that are there already are not written twice."""
    name = operation_name(stream)
    with Progress() as progress, closing(_record_to_write(address)) as store:
        known = calendar_of(operation_of(store, name), zone, first_day)
        done = import_lines(store, name, file, known, skip_bad=skip_bad, tell=progress.tell)
    if as_json:
        refused = [{"line": line, "why": why} for line, why in done.refused]
        click.echo(json.dumps({"written": done.written, "there_already": done.there_already, "refused": refused}))
        return
    click.echo(f"{done.written:,} entries written, {done.there_already:,} were there already.")
    for line, why in done.refused[:_SHOWN]:
        click.echo(f"Line {line} was left out: {why}", err=True)
    if len(done.refused) > _SHOWN:
        click.echo(f"{len(done.refused) - _SHOWN:,} more lines were left out; --json lists them all.", err=True)


@record.command()
@RECORD
@click.option("--operation", "stream", help="Of this operation alone.")
@click.option("--after", type=click.IntRange(0), default=0, show_default=True, help="Entries numbered higher than this.")
@click.option("--out", type=_FILE, help="File to write; standard output where absent.")
def export(*, address: str, stream: str | None, after: int, out: Path | None) -> None:
    """Print the entries, one JSON object on each line, as 'import' reads them."""
    with closing(existing_record(address)) as store:
        lines = (json.dumps(entry.as_json(), ensure_ascii=False) for entry in store.entries(stream, after=after))
        if out is None:
            for line in lines:
                click.echo(line)
            return
        with writing(out) as file:
            file.writelines(f"{line}\n" for line in lines)


@record.command()
@RECORD
@click.option("--head", "noted", metavar="SEQ:HASH", help="A head noted down earlier: the record must still hold it.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify(*, address: str, noted: str | None, as_json: bool) -> None:
    """Check the chain over all entries: none changed, missing or reordered.

    Note the head down elsewhere, and nobody can rewrite the whole record unseen.
    """
    with closing(existing_record(address)) as store, Progress() as progress:
        progress.tell("Following the chain")
        problems = store.verify(expected=_head(noted) if noted else None)
        head = store.head()
    tell_verdict(
        [f"{head.seq:,} entries, none changed, missing or reordered. Head: {head.seq}:{head.hash}"], problems, as_json=as_json
    )


@record.command()
@click.argument("entry_id", metavar="ID")
@RECORD
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(entry_id: str, *, address: str, as_json: bool) -> None:
    """Show one entry with its source."""
    with closing(existing_record(address)) as store:
        entry = store.entry(entry_id)
    click.echo(json.dumps(entry.as_json(), ensure_ascii=False) if as_json else _told(entry))


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


def existing_record(address: str) -> Store:
    """Open a record to read it: none is made where there is none.

    Raises:
        BadFile: there is no such file, or it is no record.
        Unavailable: the database does not answer.
    """
    if "://" not in address and not Path(address).exists():
        raise BadFile(address, "there is no such record", "Name it with --record, or write a first entry with 'record add'.")
    return open_record(address)


def _record_to_write(address: str) -> Store:
    """Open a record, its file and folder made where they are absent."""
    if "://" not in address:
        try:
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadFile(address, f"cannot be made ({error.strerror})", "Choose another file with --record.") from error
    return open_record(address)


def operation_name(name: str) -> str:
    """A usable name of an operation."""
    plain = name.strip().lower().replace(" ", "-")
    if not plain or not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in plain) or not plain[0].isalnum():
        raise BadInput(f"{name!r} is no name for an operation. Use letters, digits and hyphens, such as wellington-2022.")
    return plain


def _head(noted: str) -> Head:
    seq, _, mark = noted.partition(":")
    if not seq.isdigit() or len(mark) != len("0" * 64):
        raise BadInput(f"{noted!r} is no head. Give what 'record verify' prints after 'Head:'.")
    return Head(int(seq), mark)


def _definition(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    wanted: dict[str, Any] = schema["$defs"][schema["discriminator"]["mapping"][kind].rpartition("/")[2]]
    return wanted


def _told(entry: Entry) -> str:
    draft, source = entry.draft, entry.draft.source
    happened = draft.happened.said or f"{draft.happened.start:%Y-%m-%d %H:%M} to {draft.happened.end:%Y-%m-%d %H:%M} UTC"
    named = ", ".join(filter(None, (source.office, source.organisation, source.document))) or "not given"
    ties = [(tie, getattr(draft, tie)) for tie in ("corrects", "withdraws", "confirms", "disputes")]
    lines = [
        f"Entry {entry.seq} of the record, {entry.version} of {entry.stream}: {draft.kind}",
        f"  {json.dumps(json.loads(draft.content())['body'], ensure_ascii=False)}",
        f"  happened {happened}; known {draft.known:%Y-%m-%d %H:%M} UTC; written {entry.written:%Y-%m-%d %H:%M} UTC",
        f"  source {named} ({source.grade})",
        *(f"  {tie} {', '.join(ids)}" for tie, ids in ties if ids),
        f"  hash {entry.hash}",
    ]
    return "\n".join(lines)
