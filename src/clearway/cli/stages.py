"""``clearway plan stages``: who sets up, shrinks or removes a plan's barriers, in which order and minutes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import click

from clearway.cli.options.named_plan import PlanRecord
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.stages import stage_lines
from clearway.errors import BadInput
from clearway.network.store import load_network
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.stages.contract import StageName
from clearway.planning.plan.stages.means import read_means, template
from clearway.planning.plan.stages.planning import LIMIT_S, plan_stage
from clearway.planning.plan.stages.question import StageQuestion


@option_class
class Stage:
    """Which stage, with what, from when."""

    network: Path | None = option("--network", help="Road network.")
    means: Path | None = option("--means", help="Crews, trucks, forklifts, depots and kit; '--template' prints a file of them.")
    stage: StageName = option(
        "--stage", type=click.Choice(get_args(StageName)), default="set_up", show_default=True, help="Which stage."
    )
    to: str | None = option("--to", metavar="PLAN", help="Of a stage that shrinks: the plan that is to stand.")
    standing: tuple[str, ...] = option("--standing", metavar="ID", help="A barrier that stands already. May be repeated.")
    begins: str | None = option(
        "--begin", metavar="TIME", help="When the first one leaves.  [default: as the plan's stage says]"
    )
    done: str | None = option("--done-by", metavar="TIME", help="When all is to be done, instead of --begin.")
    limit_s: float = option(
        "--limit", type=click.FloatRange(1), default=LIMIT_S, show_default=True, help="Seconds; then the best so far."
    )
    changes: bool = option(
        "--changes/--no-changes", default=True, show_default=True, help="Whether to ask which input decides the time."
    )


@click.command()
@click.argument("given", metavar="PLAN")
@takes(Stage, "stage")
@takes(PlanRecord, "record")
@click.option(
    "--template", "as_template", is_flag=True, help="Print a file of crews and depots for this plan, to be filled in."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stages(given: str, stage: Stage, record: PlanRecord, *, as_template: bool, as_json: bool) -> None:
    """Say which crew sets, shrinks or removes which barrier when, in the least time, with what is open at each minute.

    PLAN is a file, or one of the record by its name. Exits with code 1 where kit is missing, or the checker refuses.
    """
    (made, *to), calendar = record.read(given, *([stage.to] if stage.to else []), network=stage.network)
    if as_template:
        click.echo(json.dumps(template(sorted({one.structure for one in made.barriers})), indent=1))
        return
    if stage.network is None or stage.means is None:
        raise BadInput("Crews drive on streets from depots. Give --network and --means; '--template' prints a file of means.")
    if stage.begins and stage.done:
        raise BadInput("A stage has one moment to go by. Give --begin or --done-by, and not both.")
    asked = StageQuestion(
        made,
        stage.stage,
        read_means(stage.means),
        to=next(iter(to), None),
        standing=stage.standing,
        begins=calendar.moment(stage.begins) if stage.begins else None,
        done=calendar.moment(stage.done) if stage.done else None,
        changes=stage.changes,
    )
    with Progress() as progress:
        progress.tell("Reading the network")
        gazetteer = Gazetteer(load_network(stage.network))
        found = stoppable(lambda tell: plan_stage(asked, gazetteer, Steps(tell, stage.limit_s)), progress.share)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(stage_lines(found, calendar.zone)))
    if not found.possible or not found.checked:
        raise click.exceptions.Exit(1)
