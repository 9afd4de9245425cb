"""``clearway decide``: options side by side, what came of what was expected, what decisions rest on, thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from clearway.cli.after_action import after_action
from clearway.cli.compare import compare, option_template
from clearway.cli.ensemble import ensemble, scenario_template
from clearway.cli.levels import levels
from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.risks import risks
from clearway.cli.sign import complete_, draft_template, follow_, log_, open_, sign_
from clearway.cli.text.decide import basis_lines, review_lines, trigger_lines, triggers_lines
from clearway.picture.subjects import place_key
from clearway.planning.decide.basis import basis_of
from clearway.planning.decide.review import review_of
from clearway.planning.decide.triggers import fired
from clearway.planning.options.document import read_option
from clearway.planning.options.triggers import triggers_of
from clearway.planning.reading import Reading
from clearway.planning.talks.figures import Bounds
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def decide() -> None:
    """Set options side by side, hold what was expected against what came, and say what a decision rests on."""


decide.add_command(compare)
decide.add_command(option_template)
decide.add_command(ensemble)
decide.add_command(scenario_template)
decide.add_command(sign_)
decide.add_command(complete_)
decide.add_command(open_)
decide.add_command(log_)
decide.add_command(follow_)
decide.add_command(draft_template)
decide.add_command(risks)
decide.add_command(levels)
decide.add_command(after_action)


@decide.command()
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the review as JSON.")
def review(question: Question, *, as_json: bool) -> None:
    """Hold decisions, announcements, promises and forecasts against what the record says came.

    Kept or missed only where all of a figure's range says so, contested where speakers differ, unknown where nobody counted.
    """
    with seen(question) as look:
        found = review_of(Reading(look.store, look.stream, look.when, look.typed))
    click.echo(found.model_dump_json() if as_json else "\n".join(review_lines(found, ZoneInfo(found.zone))))


@decide.command()
@click.argument("entry")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the basis as JSON.")
def basis(entry: str, question: Question, *, as_json: bool) -> None:
    """List what was known before the decision of an entry, what spoke against it, and apart what is known since.

    The picture that was looked at has a digest: entered with the decision, it shows later whether that picture is the same.
    """
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        found = basis_of(reading, entry)
    click.echo(found.model_dump_json() if as_json else "\n".join(basis_lines(found, reading.zone)))


@decide.command()
@click.option("--option", "files", type=FILE, multiple=True, help="An option as JSON, whose criteria are looked at too.")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def triggers(files: tuple[Path, ...], question: Question, *, as_json: bool) -> None:
    """List the thresholds of what decisions expect, and of options, with when each fired; and contacts without minutes."""
    options = [read_option(path) for path in files]
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        found = triggers_of(reading, options)
    click.echo(found.model_dump_json() if as_json else "\n".join(triggers_lines(found, reading.zone)))


@option_class
class Threshold:
    """A threshold on a figure."""

    figure: str = option("--figure", required=True, metavar="WHAT", help="What is counted: vehicles, people.")
    at_most: float | None = option("--at-most", metavar="N", help="It fires when the figure is not above this.")
    at_least: float | None = option("--at-least", metavar="N", help="It fires when the figure is not below this.")
    place: str | None = option("--place", help="Where; needed where it was counted at several places.")


@decide.command()
@takes(Threshold, "threshold")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def trigger(threshold: Threshold, question: Question, *, as_json: bool) -> None:
    """Say when a threshold on a figure was first known to be crossed."""
    bounds = Bounds(threshold.at_most, threshold.at_least)
    place = place_key(place_of_text(threshold.place)) if threshold.place else None
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        found = fired(reading, threshold.figure, bounds, place)
    click.echo(found.model_dump_json() if as_json else "\n".join(trigger_lines(found, reading.zone)))
