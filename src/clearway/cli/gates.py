"""``clearway plan choose-gates``: which barriers of a plan become gates."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearway.cli.options.named_plan import PlanRecord
from clearway.cli.options.plan_ground import Helpers
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.options.values import Names
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.plan import choice_lines
from clearway.planning.access.planner.certificate import write_certificate
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import write_plan
from clearway.planning.plan.gate_choice.choosing import choose_gates as chosen_gates
from clearway.planning.plan.gate_choice.contract import LIMIT_S, LONGER_S, STAFF, STAFFED_S, GateWishes


@option_class
class Wishes:
    """What a gate needs, and what people put up with; each option is named after its field."""

    staff: int = option("--staff", type=click.IntRange(1, 100), default=STAFF, show_default=True, help="At a staffed gate.")
    staffed_seconds: float = option(
        "--staffed-seconds", type=click.FloatRange(0, 7200), default=STAFFED_S, show_default=True,
        help="Until staff have opened, where the plan says nothing else.",
    )  # fmt: skip
    swing_seconds: float | None = option(
        "--swing-seconds", type=click.FloatRange(0, 7200),
        help="Any barrier may be a swing gate, opened in so many seconds.  [default: those alone that are one]",
    )  # fmt: skip
    people: tuple[str, ...] = option(
        "--people", type=Names(), multiple=False, default="residents,workers", show_default=True, metavar="WHO,...",
        help="Whose ways are to stay short, of those whom the rules let in.",
    )  # fmt: skip
    longer_seconds: float = option(
        "--longer-seconds", type=click.FloatRange(0, 7200), default=LONGER_S, show_default=True,
        help="How much longer their way may become than with every barrier staffed.",
    )  # fmt: skip
    keep: tuple[str, ...] = option(
        "--keep", metavar="ID", multiple=True, help="A barrier that must be a gate. May be repeated."
    )
    never: tuple[str, ...] = option("--never", metavar="ID", multiple=True, help="A barrier that stays shut; repeatable.")
    one_blocked: bool = option(
        "--one-blocked/--none-blocked", default=True, show_default=True,
        help="Whether help must also come with any one gate blocked.",
    )  # fmt: skip

    def wishes(self) -> GateWishes:
        """As the planner takes them."""
        return GateWishes(**vars(self))


@option_class
class Outputs:
    """What is written besides the answer."""

    out: Path | None = option("--out", help="Write the plan with its gates to a file.")
    certificate: Path | None = option("--certificate", help="Write the certificate of access through the gates to a file.")


@click.command("choose-gates")
@click.argument("given", metavar="PLAN")
@takes(Helpers, "helpers")
@takes(Wishes, "wishes")
@takes(Outputs, "outputs")
@takes(PlanRecord, "record")
@click.option("--at", metavar="TIME", help="For which moment.  [default: when most barriers stand]")
@click.option(
    "--limit", "limit_s", type=click.FloatRange(1), default=LIMIT_S, show_default=True, help="Seconds; then the best so far."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def choose_gates(
    given: str,
    helpers: Helpers,
    wishes: Wishes,
    outputs: Outputs,
    record: PlanRecord,
    *,
    at: str | None,
    limit_s: float,
    as_json: bool,
) -> None:
    """Choose which barriers of a plan are gates: help in time, buses, short ways, fewest staff, with proof.

    PLAN is a file, or one of the record by its name; its rules say who passes a gate. Exits with code 1 where the checker
    refuses the certificate of access.
    """
    (made,), times = record.read(given, network=helpers.network)
    moment = times.moment(at) if at else None
    with Progress() as progress:
        progress.tell("Reading the network")
        roads, services = helpers.on_streets()
        found = stoppable(
            lambda tell: chosen_gates(
                made, Gazetteer(roads), AccessTimer(roads), services, wishes.wishes(), moment, Steps(tell, limit_s)
            ),
            progress.share,
        )
    if outputs.out:
        write_plan(outputs.out, found.plan)
    if outputs.certificate:
        write_certificate(outputs.certificate, found.access, found.answer.at)
    click.echo(json.dumps(found.answer.as_json()) if as_json else "\n".join(choice_lines(found.answer)))
    if not found.answer.help_ok:
        raise click.exceptions.Exit(1)
