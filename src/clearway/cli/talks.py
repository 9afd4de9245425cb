"""``clearway talks``: who wants what, what was promised, what waits for an answer, and where each side waits for the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from click.core import ParameterSource

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import takes
from clearway.cli.talk_lists import enter, list_table
from clearway.cli.text.meetings import minute_lines, preparation_lines
from clearway.cli.text.talks import open_lines, talks_lines
from clearway.planning.reading import Reading
from clearway.planning.talks.preparing import minute_form, preparation_of
from clearway.planning.talks.talks import talks_of
from clearway.words import listed

if TYPE_CHECKING:
    from clearway.planning.talks.contract import TalksAnswer


@click.group(invoke_without_command=True)
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def talks(context: click.Context, question: Question, *, as_json: bool) -> None:
    """Say where the talks stand: terms and figures, promises, requests, common ground, deadlocks, what is late.

    Groups and offices alone: no answer holds the name of a person.
    """
    if context.invoked_subcommand is None:
        found = _talks(question)
        click.echo(found.model_dump_json() if as_json else "\n".join(talks_lines(found, ZoneInfo(found.zone))))
    else:
        _hand_down(context, context.invoked_subcommand)


def _hand_down(context: click.Context, name: str) -> None:
    """What was typed before a subcommand holds for it.

    Raises:
        click.UsageError: the subcommand does not take it.
    """
    group = context.command
    known = {tuple(one.opts) for one in group.commands[name].params} if isinstance(group, click.Group) else set()
    typed = [one for one in group.params if context.get_parameter_source(str(one.name)) is ParameterSource.COMMANDLINE]
    if strange := [one.opts[0] for one in typed if tuple(one.opts) not in known]:
        raise click.UsageError(f"'talks {name}' does not take {listed(strange)}. Leave it out.", context)
    context.default_map = {name: {str(one.name): context.params[str(one.name)] for one in typed}}


@talks.command(name="open")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the requests as JSON.")
def show_open(question: Question, *, as_json: bool) -> None:
    """List what was asked or offered: how long it has waited, who owes the answer, or by which entry it was answered."""
    found = _talks(question)
    if as_json:
        click.echo(json.dumps([one.model_dump(mode="json") for one in found.requests]))
    else:
        click.echo("\n".join(open_lines(found, ZoneInfo(found.zone))))


@talks.command()
@click.argument("party")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the sheet as JSON.")
def prepare(party: str, question: Question, *, as_json: bool) -> None:
    """Print the sheet to take to a meeting with a group or an office, with what must not be promised there."""
    found = _talks(question)
    sheet = preparation_of(found, party)
    click.echo(sheet.model_dump_json() if as_json else "\n".join(preparation_lines(sheet, ZoneInfo(found.zone))))


@talks.command()
@click.argument("contact")
@takes(Question, "question")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the form as JSON; its 'entry' is what 'clearway record add' takes."
)
def minutes(contact: str, question: Question, *, as_json: bool) -> None:
    """Print minutes of a contact, to be filled in: with an outside authority they are due the same day."""
    found = _talks(question)
    form = minute_form(found, contact)
    click.echo(form.model_dump_json() if as_json else "\n".join(minute_lines(form, ZoneInfo(found.zone))))


talks.add_command(enter)
talks.add_command(list_table)


def _talks(question: Question) -> TalksAnswer:
    with seen(question) as look:
        return talks_of(Reading(look.store, look.stream, look.when, look.typed))
