"""``clearway decide after-action``: the report that puts itself together from the record."""

from __future__ import annotations

from pathlib import Path

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import takes
from clearway.errors import BadInput
from clearway.files import writing_bytes
from clearway.planning.decide.after_action import after_action as report_of
from clearway.planning.reading import Reading


@click.command(name="after-action")
@takes(Question, "question")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write it as PDF to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def after_action(question: Question, *, pdf: Path | None, as_json: bool) -> None:
    """Put an after-action report together from decisions, expectations, talks, risks, timeline and figures.

    It states no cause and no blame; what the record does not say is listed, and what is to be learnt is left to people.
    """
    if pdf is None and not as_json:
        raise BadInput("Say in which form the report is wanted. Give --pdf FILE, --json or both.")
    with seen(question) as look:
        look.progress.tell("Reading what was decided, expected and said")
        report = report_of(Reading(look.store, look.stream, look.when, look.typed))
        if pdf is not None:
            from clearway.publish.after_action.pdf import as_pdf  # noqa: PLC0415 - takes a moment

            look.progress.tell("Setting the pages")
            content = as_pdf(report)
    if pdf is not None:
        with writing_bytes(pdf) as file:
            file.write(content)
    if as_json:
        click.echo(report.model_dump_json())
    else:
        click.echo(f"Wrote {pdf}.")
