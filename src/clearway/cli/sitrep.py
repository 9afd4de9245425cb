"""``clearway sitrep``: a situation report, as text, page or PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.moments import Question, looking, looking_options
from clearway.errors import BadInput
from clearway.files import writing_bytes
from clearway.picture.index import PictureIndex
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.text import as_text

if TYPE_CHECKING:
    from clearway.cli.progress import Progress
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.content import Sitrep

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@looking_options
@click.option("--since", metavar="TIME", help="When the last report was made; 24 hours before where absent.")
@click.option(
    "--network", "network_file", type=_FILE, help="Network to draw the map on; the only one beside the record where absent."
)
@click.option("--html", "form", flag_value="html", help="Write a page.")
@click.option("--pdf", "form", flag_value="pdf", help="Write a PDF; needs --out.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--out", type=_FILE, help="File to write; standard output where absent.")
def sitrep(*, question: Question, since: str | None, network_file: Path | None, form: str | None, out: Path | None) -> None:
    """Write a situation report: what is confirmed, contested, changed and overdue, with METHANE in front.

    Everything in it comes from the record. It can be read out as it stands.
    """
    if form == "pdf" and out is None:
        raise BadInput("A PDF needs a file. Name it with --out sitrep.pdf.")
    with looking(question) as seen:
        last = seen.moment(since)
        if last is not None and last > seen.at:
            raise BadInput(f"The last report ({since}) cannot be later than this one. Give an earlier time with --since.")
        network_file = network_file or _beside(question.address)
        gazetteer = _gazetteer(network_file, seen.progress) if network_file else None
        seen.progress.tell("Writing the report")
        report = report_of(
            seen.store,
            PictureIndex(),
            seen.stream,
            seen.at,
            seen.known_at,
            since=last,
            calendar=seen.calendar,
            gazetteer=gazetteer,
        )
        written = _written(report, form)
    if out is None:
        click.echo(written, nl=False)
        return
    with writing_bytes(out) as file:
        file.write(written)
    click.echo(f"Written to {out}.")


def _beside(address: str) -> Path | None:
    """The network that lies beside a record, where there is just one."""
    found = [] if "://" in address else list(Path(address).parent.glob("*.clearway"))
    return found[0] if len(found) == 1 else None


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
