"""``clearway sitrep``: a situation report, as text, page or PDF."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.errors import BadInput
from clearway.files import writing_bytes
from clearway.picture.index import PictureIndex
from clearway.publish.sitrep.access import read_access
from clearway.publish.sitrep.issued import issue_draft, next_number, refuse_twice
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.shape import Head
from clearway.publish.sitrep.text import as_text
from clearway.record.entry import Release, may_have, now
from clearway.record.moments import Calendar
from clearway.record.operations import operation_of, spot_of
from clearway.record.visible import VisibleStore

if TYPE_CHECKING:
    from clearway.cli.options.moments import Seen
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.shape import Sitrep
    from clearway.record.kinds.issued import Form
    from clearway.record.store import Store


@option_class
class HeadOptions:
    """What people say of a report; all else comes from the record."""

    number: int | None = option(
        "--number", type=click.IntRange(1, 99_999), help="Of the report.  [default: with --issue, the next; else none]"
    )
    author: str = option("--author", default="", help="Whose report it is, by office.")
    approver: str = option("--approver", default="", help="Who approved it, by office.")
    marking: str = option("--marking", default="", help="Marking on every page.  [default: as the release level says]")
    distribution: tuple[str, ...] = option("--to", metavar="WHOM", help="Who gets it; may be given several times.")
    next_due: str | None = option("--next-due", metavar="TIME", help="When the next one is due.")
    since: str | None = option(
        "--since",
        metavar="TIME",
        help="When the last report was made.  [default: the last that was issued, else 24 hours before]",
    )
    release: Release = option(
        "--release", type=click.Choice(get_args(Release)), default="room", show_default=True,
        help="Who may have it. Nothing of a higher level is read for it.",
    )  # fmt: skip

    def head(self, look: Seen) -> Head:
        """The head of a report.

        Raises:
            BadInput: a time cannot be read, or the last report is later than this one.
        """
        last = look.moment(self.since)
        if last is not None and last > look.when.at:
            raise BadInput(f"The last report ({self.since}) cannot be later than this one. Give an earlier time with --since.")
        return Head(
            number=self.number,
            author=self.author.strip(),
            approver=self.approver.strip(),
            marking=self.marking.strip(),
            distribution=tuple(filter(None, map(str.strip, self.distribution))),
            next_due=look.moment(self.next_due),
            release=self.release,
            since=last,
        )


@click.command()
@takes(Question, "question")
@takes(HeadOptions, "heading")
@click.option("--network", type=FILE, help="Network to draw the map on.  [default: the only one in the record's folder]")
@click.option("--access", "access_file", type=FILE, help="Say what 'clearway access --json' found, each service apart.")
@click.option("--html", "form", flag_value="html", help="Write a page.")
@click.option("--pdf", "form", flag_value="pdf", help="Write a PDF; needs --out.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--out", type=FILE, help="File to write.  [default: standard output]")
@click.option(
    "--issue", is_flag=True, help="Enter in the record that it was issued: its number and the SHA-256 of what is written."
)
def sitrep(
    question: Question,
    heading: HeadOptions,
    network: Path | None,
    access_file: Path | None,
    form: Form | None,
    out: Path | None,
    *,
    issue: bool,
) -> None:
    """Write a situation report: a first page that stands alone, METHANE, what is known and how surely, what is next.

    Everything in it comes from the record, but for emergency access, which is computed. It can be read out as it stands.
    """
    if form == "pdf" and out is None:
        raise BadInput("A PDF needs a file. Name it with --out sitrep.pdf.")
    access = read_access(access_file) if access_file else None
    with seen(question) as look:
        head = heading.head(look)
        store = look.store if head.release == "room" else VisibleStore(look.store, may_have(head.release))
        if issue and head.number is None:
            head = replace(head, number=next_number(look.store, look.stream, head.release))
        network = network or _beside(question.address)
        gazetteer = _gazetteer(network, look) if network else None
        look.progress.tell("Writing the report")
        report = report_of(
            store,
            PictureIndex(),
            look.stream,
            look.when,
            calendar=look.typed or _calendar(look, store),
            gazetteer=gazetteer,
            access=access,
            head=head,
        )
        written = _written(report, form)
        draft = issue_draft(report, written, at=look.when.at, head=head, form=form or "text", now=now())
        if issue:
            refuse_twice(look.store, look.stream, head)
        _put(written, out)
        if issue:
            look.store.append(look.stream, [draft])
    if issue:
        click.echo(f"Issued: report {head.number}, entry {draft.id}.", err=out is None)


def _calendar(look: Seen, store: Store) -> Calendar | None:
    """The zone alone where readers may not see the operation's own entry: without it nobody could read the times."""
    return None if operation_of(store, look.stream) else Calendar(look.calendar.zone)


def _put(written: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(written, nl=False)
        return
    with writing_bytes(out) as file:
        file.write(written)
    click.echo(f"Written to {out}.")


def _beside(address: str) -> Path | None:
    """The network in a record's folder, where there is just one."""
    networks = [] if "://" in address else list(Path(address).parent.glob("*.clearway"))
    return networks[0] if len(networks) == 1 else None


def _gazetteer(file: Path, look: Seen) -> Gazetteer:
    from clearway.network.store import load_network  # noqa: PLC0415 - only who wants a map waits for it
    from clearway.planning.gazetteer import Gazetteer  # noqa: PLC0415

    look.progress.tell("Reading the network")
    return Gazetteer(load_network(file), spot_of(look.store, look.stream))


def _written(report: Sitrep, form: Form | None) -> bytes:
    match form:
        case "pdf":
            return as_pdf(report)
        case "html":
            return as_page(report).encode()
        case "json":
            return json.dumps(report.as_json(), ensure_ascii=False).encode() + b"\n"
        case _:
            return as_text(report).encode()
