"""``clearway cordon``: the cheapest places for barriers round a site, and the checker of such plans."""

from __future__ import annotations

import json
import math
from pathlib import Path

import click

from clearway.cli.groups import DefaultGroup
from clearway.cli.options.cordon import CordonWishes, cordon_question
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.cordon import cordon_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile
from clearway.files import writing
from clearway.network.store import load_network
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.geojson_out import cordon_geojson
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.geojson import read_json


@option_class
class PlanAnswers:
    """What to look for besides the cheapest cordon, and where to write it."""

    frontier: bool = option("--frontier", help="Also show what more barriers would gain.")
    alternatives: int = option("--alternatives", default=0, metavar="K", help="Also find K really different cordons.")
    limit_s: float | None = option(
        "--limit", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
        help="Stop the search after so long and show what was found.  [default: no limit]",
    )  # fmt: skip
    geojson: Path | None = option("--geojson", metavar="OUT", help="Write barriers and enclosed streets to a GeoJSON file.")
    out: Path | None = option("--out", help="Write the plan, with its proof, to a JSON file.")
    as_json: bool = option("--json", help="Print the plan as JSON.")


@click.group(cls=DefaultGroup, default="plan")
def cordon() -> None:
    """Find the cheapest places for barriers round a site, with proof."""


@cordon.command()
@click.argument("network", type=FILE)
@takes(CordonWishes, "wishes")
@takes(PlanAnswers, "answers")
def plan(network: Path, wishes: CordonWishes, answers: PlanAnswers) -> None:
    """Plan a cordon: the cheapest places for barriers that leave no route into a site, with proof.

    Check a plan afterwards, by code that shares nothing with the planner: 'clearway cordon check PLAN.json NETWORK'.
    """
    roads = load_network(network)
    question = cordon_question(roads, wishes, frontier=answers.frontier, alternatives=answers.alternatives)
    with Progress() as progress:
        limit_s = answers.limit_s or math.inf
        found = stoppable(lambda tell: plan_cordon(roads, question, tell=tell, limit_s=limit_s), progress.share)
    document = found.as_json()
    for path, content in ((answers.geojson, cordon_geojson(roads, found)), (answers.out, document)):
        if path:
            with writing(path) as file:
                file.write(json.dumps(content))
    click.echo(json.dumps(document) if answers.as_json else "\n".join(cordon_lines(found, noun=roads.address_noun)))


@cordon.command()
@click.argument("plan_file", metavar="PLAN", type=FILE)
@click.argument("network", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(plan_file: Path, network: Path, *, as_json: bool) -> None:
    """Check a plan's seal, cost and proof, by code that shares nothing with the planner."""
    remedy = "Give the JSON that 'clearway cordon NETWORK --site SITE.geojson --json' prints."
    plan = read_json(plan_file, remedy)
    if not isinstance(plan, dict):
        raise BadFile(plan_file, "is not a cordon plan", remedy)
    holds, fails = check_cordon(load_network(network), plan)
    tell_verdict(holds, fails, as_json=as_json)
