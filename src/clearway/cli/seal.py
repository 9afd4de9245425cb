"""``clearway seal``: whether barriers as they stand seal a site, and what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from clearway.cli.options.cordon import SealOptions, seal_question
from clearway.cli.options.typed import FILE, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.seal import seal_lines
from clearway.network.store import load_network
from clearway.planning.cordon.seal.verdict import sealed

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("network", type=FILE)
@takes(SealOptions, "options")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def seal(network: Path, options: SealOptions, *, as_json: bool) -> None:
    """Check a cordon as given: do these barriers leave no route into the site? What is missing, what is idle?

    Exits with code 1 where a route is left. For a plan with its proof there is 'clearway cordon check'.
    """
    roads = load_network(network)
    question = seal_question(roads, options)
    with Progress() as progress:
        verdict = stoppable(lambda tell: sealed(roads, question, tell=tell), progress.share)
    click.echo(json.dumps(verdict.as_json()) if as_json else "\n".join(seal_lines(verdict, noun=roads.address_noun)))
    if not verdict.sealed:
        raise click.exceptions.Exit(1)
