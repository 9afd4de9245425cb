"""``clearway sitrep``: a situation report, as text, page or PDF."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.picture import moment_in
from clearway.cli.progress import Progress
from clearway.cli.record import CHOSEN, FIRST_DAY, RECORD, ZONE, existing_record
from clearway.errors import BadInput
from clearway.network.whole_files import writing_bytes
from clearway.picture.index import PictureIndex
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.text import as_text
from clearway.record.entry import now
from clearway.record.operations import calendar_of, chosen_operation, operation_of

if TYPE_CHECKING:
    from clearway.planning.whereabouts import Gazetteer
    from clearway.publish.sitrep.content import Sitrep

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@RECORD
@CHOSEN
@ZONE
@FIRST_DAY
@click.option("--at", metavar="TIME", help="About which moment: '2022-02-18T19:00+13:00', 'day 11'; now where absent.")
@click.option("--known-at", metavar="TIME", help="As far as it was known then; the same moment where absent.")
@click.option("--since", metavar="TIME", help="When the last report was made; 24 hours before where absent.")
@click.option(
    "--network", "network_file", type=_FILE, help="Network to draw the map on; the only one beside the record where absent."
)
@click.option("--html", "form", flag_value="html", help="Write a page.")
@click.option("--pdf", "form", flag_value="pdf", help="Write a PDF; needs --out.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--out", type=_FILE, help="File to write; standard output where absent.")
def sitrep(  # noqa: PLR0913 - one parameter for each option
    *,
    address: str,
    stream: str | None,
    zone: str | None,
    first_day: str | None,
    at: str | None,
    known_at: str | None,
    since: str | None,
    network_file: Path | None,
    form: str | None,
    out: Path | None,
) -> None:
    """Write a situation report: what is confirmed, contested, changed and overdue, with METHANE in front.

    Everything in it comes from the record. It can be read out as it stands.
    """
    if form == "pdf" and out is None:
        raise BadInput("A PDF needs a file. Name it with --out sitrep.pdf.")
    with closing(existing_record(address)) as store, Progress() as progress:
        progress.tell("Reading the record")
        name = chosen_operation(store, stream)
        known = calendar_of(operation_of(store, name), zone, first_day)
        moment = moment_in(known, at) or now()
        last = moment_in(known, since)
        if last is not None and last > moment:
            raise BadInput(f"The last report ({since}) cannot be later than this one. Give an earlier time with --since.")
        network_file = network_file or _beside(address)
        gazetteer = _gazetteer(network_file, progress) if network_file else None
        progress.tell("Writing the report")
        report = report_of(
            store,
            PictureIndex(),
            name,
            moment,
            moment_in(known, known_at) or moment,
            since=last,
            calendar=known,
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
    from clearway.planning.whereabouts import Gazetteer  # noqa: PLC0415

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
