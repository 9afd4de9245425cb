"""``clearway decide risks``: the threat and risk register, and comparable events with their lessons."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import takes
from clearway.cli.text.risks import risk_lines
from clearway.planning.decide.risks import register_of
from clearway.planning.reading import Reading


@click.command()
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the register as JSON.")
def risks(question: Question, *, as_json: bool) -> None:
    """List what may happen: how likely, how bad, for whom, what is done, whose it is; and comparable events beside it.

    A review time that has passed, what others judge otherwise, what nobody has said, and what was reported since are shown.
    """
    with seen(question) as look:
        found = register_of(Reading(look.store, look.stream, look.when, look.typed))
    click.echo(found.model_dump_json() if as_json else "\n".join(risk_lines(found, ZoneInfo(found.zone))))
