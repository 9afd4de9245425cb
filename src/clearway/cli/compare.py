"""``clearway decide compare``: options side by side, by the desks' own figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from clearway.cli.options.option_ground import OptionStreets, option_ground, prepared
from clearway.cli.options.typed import FILE, takes
from clearway.cli.progress import Progress
from clearway.cli.text.compare import compare_lines
from clearway.demo.wellington import bundled
from clearway.planning.options.compare import compare as side_by_side
from clearway.planning.options.document import read_option, refuse_twins
from clearway.planning.plan.jurisdiction import read_jurisdiction

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--option", "files", type=FILE, multiple=True, required=True, help="An option as JSON. Give two or more.")
@takes(OptionStreets, "streets")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def compare(files: tuple[Path, ...], streets: OptionStreets, *, as_json: bool) -> None:
    """Set options side by side: the same figures for all, the least restrictive first, dominated ones marked.

    Figures come from the desks: access certificates, rings, timetable, stages, schedules of trucks. What only people can say is
    a judgement with its range and its office. There is no score: people choose.
    """
    options = [read_option(path) for path in files]
    refuse_twins(options)
    powers = read_jurisdiction(streets.jurisdiction)
    with option_ground(streets) as against, Progress() as progress:
        progress.tell("Holding the options against the streets")
        given = [prepared(one, path.parent, against) for one, path in zip(options, files, strict=True)]
        found = side_by_side(
            given, against.ground, jurisdiction=powers, reading=against.reading, notes=against.notes, tell=progress.share
        )
        zone = against.reading.zone if against.reading else ZoneInfo("UTC")
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(compare_lines(found, zone)))


@click.command("option-template")
def option_template() -> None:
    """Print an example of an option, to be changed and given to 'decide compare'."""
    click.echo(bundled("options/offer-and-move.json").decode(), nl=False)
