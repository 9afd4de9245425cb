"""``clearway decide levels``: which restrictions hold, what they mean here, what would ease them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.text.levels import level_lines
from clearway.picture.subjects import place_key
from clearway.planning.decide.levels import levels_of
from clearway.planning.reading import Reading
from clearway.record.place_text import place_of_text


@option_class
class People:
    """Whose people are held against limits."""

    place: str | None = option(
        "--place", help="Place whose people are held against limits; needed where they were counted at several."
    )


@click.command()
@takes(People, "people")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the levels as JSON.")
def levels(people: People, question: Question, *, as_json: bool) -> None:
    """Say which levels of restrictions hold and what they mean for this gathering and its staff.

    Beside it stand what is announced, what would ease a level as published and as asked, what was answered, and what each other
    level would change.
    """
    place = place_key(place_of_text(people.place)) if people.place else None
    with seen(question) as look:
        found = levels_of(Reading(look.store, look.stream, look.when, look.typed), place)
    click.echo(found.model_dump_json() if as_json else "\n".join(level_lines(found, ZoneInfo(found.zone))))
