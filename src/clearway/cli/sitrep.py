"""``clearway sitrep``: a situation report, as text, page or PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import FILE, takes
from clearway.errors import BadInput
from clearway.files import writing_bytes
from clearway.picture.index import PictureIndex
from clearway.publish.sitrep.access import read_access
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.text import as_text

if TYPE_CHECKING:
    from clearway.cli.progress import Progress
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.content import Sitrep


@click.command()
@takes(Question, "question")
@click.option("--since", metavar="TIME", help="When the last report was made.  [default: 24 hours before]")
@click.option("--network", type=FILE, help="Network to draw the map on.  [default: the only one in the record's folder]")
@click.option("--access", "access_file", type=FILE, help="Say what 'clearway access --json' found, each service apart.")
@click.option("--html", "form", flag_value="html", help="Write a page.")
@click.option("--pdf", "form", flag_value="pdf", help="Write a PDF; needs --out.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--out", type=FILE, help="File to write.  [default: standard output]")
def sitrep(
    question: Question, since: str | None, network: Path | None, access_file: Path | None, form: str | None, out: Path | None
) -> None:
    """Write a situation report: what is confirmed, contested, changed and overdue, with METHANE in front.

    Everything in it comes from the record, but for emergency access, which is computed. It can be read out as it stands.
    """
    if form == "pdf" and out is None:
        raise BadInput("A PDF needs a file. Name it with --out sitrep.pdf.")
    access = read_access(access_file) if access_file else None
    with seen(question) as look:
        last = look.moment(since)
        if last is not None and last > look.when.at:
            raise BadInput(f"The last report ({since}) cannot be later than this one. Give an earlier time with --since.")
        network = network or _beside(question.address)
        gazetteer = _gazetteer(network, look.progress) if network else None
        look.progress.tell("Writing the report")
        report = report_of(
            look.store,
            PictureIndex(),
            look.stream,
            look.when,
            since=last,
            calendar=look.typed,
            gazetteer=gazetteer,
            access=access,
        )
        written = _written(report, form)
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


def _gazetteer(file: Path, progress: Progress) -> Gazetteer:
    from clearway.network.store import load_network  # noqa: PLC0415 - only who wants a map waits for it
    from clearway.planning.gazetteer import Gazetteer  # noqa: PLC0415

    progress.tell("Reading the network")
    return Gazetteer(load_network(file))


def _written(report: Sitrep, form: str | None) -> bytes:
    match form:
        case "pdf":
            return as_pdf(report)
        case "html":
            return as_page(report).encode()
        case "json":
            return json.dumps(report.as_json(), ensure_ascii=False).encode() + b"\n"
        case _:
            return as_text(report).encode()
